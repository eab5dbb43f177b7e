"""What a part of the soak gives back, and what it says while it runs."""

import sys
import time
from dataclasses import dataclass, field

EVERY = 30.0
"""Seconds between two lines that say how far a part is."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A line to print, and how much of what must never happen has happened."""

    line: str
    bad: int


@dataclass(slots=True)
class Progress:
    """How far a part is, of so many rounds: for whoever sits before it."""

    count: int
    begun: float = field(default_factory=time.monotonic)
    said: float = field(default_factory=time.monotonic)

    def reached(self, number: int) -> None:
        """So many are done; now and then that is said, with how long the others will take."""
        now = time.monotonic()
        if not number or now - self.said < EVERY:
            return
        self.said = now
        left = (now - self.begun) / number * (self.count - number) / 60
        sys.stderr.write(f"  {number:,} of {self.count:,}, about {left:.0f} min left\n")
