"""Files made to be slow come to an end, and what is said about them stays short. The time limit is a guard only."""

import multiprocessing
import sys
from collections import Counter
from multiprocessing.connection import Connection

import pytest

from charterkit.files.yaml.subset import MAX_BYTES, MOST_SAID

from .faults import checked
from .hostile import HOSTILE

GUARD = 60
"""Seconds, in which a machine of any kind is done with one of them, unless the time grows with the square."""
QUICK = ("broken and good actions", "one long path", "nested beyond the limit", "ignore comments with many codes")
if sys.platform == "win32":
    PROCESSES = multiprocessing.get_context("spawn")
else:
    PROCESSES = multiprocessing.get_context("forkserver")
    PROCESSES.set_forkserver_preload([__name__])


def look(name: str, answers: Connection) -> None:
    """How often each file is said to have each mistake; in a process of its own, which can be ended."""
    found = checked({path: text.encode() for path, text in HOSTILE[name]().items()})
    answers.send(Counter((one.path, one.code) for one in found))


@pytest.mark.alike(5)
@pytest.mark.parametrize(
    "name", [one if one in QUICK else pytest.param(one, marks=pytest.mark.slow) for one in HOSTILE]
)
def test_it_comes_to_an_end_and_is_told_in_short(name: str) -> None:
    assert all(len(text.encode()) <= MAX_BYTES for text in HOSTILE[name]().values())
    answers, theirs = PROCESSES.Pipe(duplex=False)
    looking = PROCESSES.Process(target=look, args=(name, theirs), daemon=True)
    looking.start()
    theirs.close()
    try:
        assert answers.poll(GUARD), "no answer"
        said = answers.recv()  # EOFError where it ended without one: its fault stands in what it wrote
    finally:
        looking.kill()
        looking.join()
    assert max(said.values(), default=0) <= MOST_SAID + 1
