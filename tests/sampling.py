"""Of a long row of cases that are alike, those that a commit looks at where time is short: others with every commit.

Time is short in CI and in `make check`, which set `CHARTERKIT_SAMPLED`. `make test` and `make soak` look at all.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

Case = TypeVar("Case")

SAMPLED = "CHARTERKIT_SAMPLED"


@cache
def seed_of_commit() -> int:
    """A number from the hash of the commit that is checked out; 0 where git does not say."""
    command = ["git", "rev-parse", "HEAD"]
    try:
        done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    return int(done.stdout[:8], 16)


def some(number: int, of: int) -> int:
    """So many of something made for a test; one in `of` of them where time is short."""
    return number // of if SAMPLED in os.environ else number


def sample(cases: Iterable[Case], of: int) -> Iterator[Case]:
    """One in so many; all where time is not short."""
    step = of if SAMPLED in os.environ else 1
    return (case for number, case in enumerate(cases) if (number - seed_of_commit()) % step == 0)
