"""What a part of the soak gives back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """A line to print, and how much of what must never happen has happened."""

    line: str
    bad: int
