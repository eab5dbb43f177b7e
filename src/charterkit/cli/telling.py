"""Sentences for a terminal, broken between words, and for a pipe, each on its line."""

import io
import os
import sys
from collections.abc import Iterable
from typing import Any, TextIO

_NARROWEST = 20


class _Forgiving(io.FileIO):
    """What cannot be written is lost: the exit code tells what became of the call, not of what is said about it."""

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - whatever has bytes
        try:
            return super().write(data) or 0
        except OSError:
            return len(memoryview(data).cast("B"))


def forgiving(stream: TextIO) -> TextIO:
    """The same stream, but that a full disk or a closed end behind it is passed over."""
    try:
        raw = _Forgiving(stream.fileno(), "w", closefd=False)
    except (OSError, ValueError):  # no file is behind it
        return stream
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=stream.encoding, errors=stream.errors, newline="", line_buffering=True
    )


def tell(text: str) -> None:
    """Write lines to stderr; what is invisible or turns other text round becomes U+FFFD."""
    from charterkit.files.notices import heard
    from charterkit.text.safe import visible
    from charterkit.text.wrap import broken

    columns = _columns()
    lines = visible(text).split("\n")
    for line in text.split("\n"):
        heard(line)
    sys.stderr.write("".join(f"{part}\n" for line in lines for part in broken(line, columns)))


def lay_out(lines: Iterable[str], columns: int) -> None:
    """Write lines to stdout, broken between words where the terminal behind it has fewer columns (0: there is none)."""
    import typer

    from charterkit.text.wrap import broken

    typer.echo("\n".join(part for line in lines for part in broken(line, columns)))


def _columns() -> int:
    """How wide the terminal behind stderr is; 0 where there is none."""
    if not sys.stderr.isatty():
        return 0
    try:
        return max(os.get_terminal_size(sys.stderr.fileno()).columns or 80, _NARROWEST)
    except OSError:
        return 80
