"""Parts that are tests: pytest runs them at length, with other chances every time, and says itself how far it is."""

import os
import signal
import subprocess
import sys

from tests.soak.figures import Figures

LONGEST = "faulthandler_timeout=7200"
"""What a single test may take, in seconds; in the suite five minutes are enough for each."""
STOPPED = 2
"""How pytest ends after ^C."""


def spoilt(count: int) -> Figures:
    """So many spoilt files, in twenty tests."""
    return _run("-n", "2", "-m", "soak", "tests/soak/test_mutations.py", SOAK_FILES=count)


def sittings(count: int) -> Figures:
    """So many sittings in a terminal that are killed, and writers in two homes."""
    files = ("tests/cli/test_guide.py", "tests/files/test_write.py")
    return _run("-v", *files, "-k", "killed_at_any_moment", CHARTERKIT_KILLS=count)


def laws(count: int) -> Figures:
    """So many examples of each test of Hypothesis; of YAML's grammar ten times as many."""
    return _run("-n", "2", "-m", "hypothesis", HYPOTHESIS_EXAMPLES=count)


def _run(*arguments: str, **amount: int) -> Figures:
    environment = os.environ | {name: str(number) for name, number in amount.items()}
    child = subprocess.Popen([sys.executable, "-m", "pytest", "-o", LONGEST, *arguments], env=environment)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # it hears ^C too, and says how far it came
    try:
        code = child.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    if code == STOPPED:
        raise KeyboardInterrupt
    return Figures("nothing broken" if code == 0 else "broken, as said above", int(code != 0))
