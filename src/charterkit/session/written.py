"""What was written into a file, so that it can be taken back."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Self

from charterkit.errors import Refused
from charterkit.files import write
from charterkit.files.workspace import Workspace
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """The file before and after one write, and the aspects that it was about."""

    before: bytes | None
    after: bytes
    aspects: tuple[str, ...]


def together(writes: Sequence[Written]) -> list[Written]:
    """Writes that are to be taken back at once; those between which somebody else wrote stay apart."""
    made: list[Written] = []
    for each in writes:
        if made and made[-1].after == each.before:
            aspects = tuple(dict.fromkeys((*made[-1].aspects, *each.aspects)))
            made[-1] = Written(made[-1].before, each.after, aspects)
        else:
            made.append(each)
    return made


class WrittenFile(ABC):
    """A file that is written to answer by answer, and what was written that can be taken back."""

    workspace: Workspace
    path: str

    def __init__(self) -> None:
        self._written: list[Written] = []

    @abstractmethod
    def refresh(self) -> None:
        """Take in what is on disk now. Raises CharterkitError where that can no longer be read."""

    def go_on_from(self, other: Self) -> None:
        """Take back what another object of the same file wrote, too."""
        self._written = other._written

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What is written within it is taken back by one `undo`."""
        since = len(self._written)
        try:
            yield
        finally:
            self._written[since:] = together(self._written[since:])

    @property
    def can_undo(self) -> bool:
        """Whether this object has written anything that is not taken back yet."""
        return bool(self._written)

    def undo(self) -> tuple[str, ...]:
        """Take back the last write of this object, byte for byte; a file that it made goes. The aspects it was about.

        A call that found everything in the file already has written nothing, and there is nothing of it to take back.
        """
        if not self._written:
            raise Refused("nothing-to-undo")
        last, root = self._written[-1], self.workspace.root
        if last.before is None:
            write.remove(root / self.path, last.after, root)
        else:
            write.save(root / self.path, last.after, last.before, root)
        self._written.pop()
        self.refresh()
        return last.aspects
