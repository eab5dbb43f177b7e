"""The command line. This module stays light: it is all that a shell waits for before `--version` answers."""

import os
import sys


def main() -> None:
    """What the console script calls: run the command line and exit."""
    if sys.argv[1:] == ["--version"]:
        from charterkit import __version__

        sys.stdout.write(f"charterkit {__version__}\n")
        return
    # Pydantic looks through every installed package for plugins; none is wanted, and it is a tenth of a small call.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Processes that help us start with `python -c`, which takes modules from the current folder first: anybody's files.
    os.environ["PYTHONSAFEPATH"] = "1"
    from charterkit.cli.app import main as run

    run()
