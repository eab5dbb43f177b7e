"""`python -m charterkit`."""

import os
import sys
from contextlib import suppress

with suppress(FileNotFoundError):  # the current folder is gone
    if not sys.flags.safe_path and sys.path[0] in ("", os.getcwd()):  # noqa: PTH109 - no more than needed is imported yet
        del sys.path[0]  # Python takes modules from the current folder first, and there may be anybody's files in it

from charterkit.cli import main

main()
