"""Of a long row of cases that are alike, those that a commit looks at: others with every commit, all in `make soak`."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

Case = TypeVar("Case")

WHOLE = "CHARTERKIT_WHOLE"
"""What `make soak` sets."""


@cache
def seed_of_commit() -> int:
    """A number from the hash of the commit that is checked out; 0 where git does not say."""
    command = ["git", "rev-parse", "HEAD"]
    try:
        done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    return int(done.stdout[:8], 16)


def sample(cases: Iterable[Case], of: int) -> Iterator[Case]:
    """One in so many."""
    step = 1 if WHOLE in os.environ else of
    return (case for number, case in enumerate(cases) if (number - seed_of_commit()) % step == 0)
