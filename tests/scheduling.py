"""Which worker runs what: the browser's tests all go to one, every other test to whichever is free.

pytest-xdist has groups for this, but 3.8 does not see them under pytest 9.2, which no longer lets a test's id be changed.
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = "tests/browser/"


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]  # it says nothing of types
    """The largest lot goes first, so that the other worker has all the rest meanwhile."""

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER if nodeid.startswith(TOGETHER) else nodeid
