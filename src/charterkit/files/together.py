"""Several files rewritten as one: all of them, or none."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from charterkit.errors import CharterkitError
from charterkit.files import write


class Rewrite(NamedTuple):
    """A file by its path in the workspace, the bytes that were read, those that take their place, and what that is."""

    path: str
    before: bytes
    after: bytes
    said: str = ""


def save_all(root: Path, rewrites: Sequence[Rewrite]) -> None:
    """Write each file that changes. Where one cannot be written, the others get back what they held.

    Raises what `write.save` raises for the first that cannot.
    """
    done: list[Rewrite] = []
    try:
        for rewrite in rewrites:
            if rewrite.before != rewrite.after:
                write.save(root / rewrite.path, rewrite.before, rewrite.after, root)
                done.append(rewrite)
    except BaseException:
        for rewrite in reversed(done):
            with suppress(CharterkitError):  # somebody has changed it in that moment: theirs stands
                write.save(root / rewrite.path, rewrite.after, rewrite.before, root)
        raise
