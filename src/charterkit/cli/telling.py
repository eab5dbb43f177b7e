"""Sentences on stderr: in a terminal broken between words, in a pipe each on its line."""

import os
import sys

_NARROWEST = 20


def tell(text: str) -> None:
    """Write lines to stderr; what is invisible or turns other text round becomes U+FFFD."""
    from charterkit.text.safe import visible
    from charterkit.text.wrap import broken

    columns = _columns()
    lines = visible(text).split("\n")
    sys.stderr.write("".join(f"{part}\n" for line in lines for part in broken(line, columns)))


def _columns() -> int:
    """How wide the terminal behind stderr is; 0 where there is none."""
    if not sys.stderr.isatty():
        return 0
    try:
        return max(os.get_terminal_size(sys.stderr.fileno()).columns or 80, _NARROWEST)
    except OSError:
        return 80
