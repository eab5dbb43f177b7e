"""Files made to be slow come to an end, and what is said about them stays short. The time limit is a guard only."""

import subprocess
import sys
from collections import Counter

import pytest

from charterkit.files.yaml.subset import MAX_BYTES, MOST_SAID

from .hostile import HOSTILE

GUARD = 60
"""Seconds, in which a machine of any kind is done with one of them, unless the time grows with the square."""
QUICK = ("broken and good actions", "one long path", "nested beyond the limit", "ignore comments with many codes")
RUN = """
import sys
from tests.fuzz.faults import checked
from tests.fuzz.hostile import HOSTILE
for one in checked({path: text.encode() for path, text in HOSTILE[sys.argv[1]]().items()}):
    print(one.path, one.code)
"""


@pytest.mark.parametrize(
    "name", [one if one in QUICK else pytest.param(one, marks=pytest.mark.slow) for one in HOSTILE]
)
def test_it_comes_to_an_end_and_is_told_in_short(name: str) -> None:
    assert all(len(text.encode()) <= MAX_BYTES for text in HOSTILE[name]().values())
    done = subprocess.run([sys.executable, "-c", RUN, name], capture_output=True, text=True, timeout=GUARD, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert max(Counter(done.stdout.splitlines()).values(), default=0) <= MOST_SAID + 1
