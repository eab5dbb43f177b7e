"""What was written into a file, so that it can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass


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
