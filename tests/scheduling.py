"""Which worker runs what: tests that share what takes long to make go to one, every other to whichever is free.

A worker that is free goes on in the file it is in, so that what a file's tests share is made once; then it takes the
next file that nobody is in; when all are begun, it helps with the one of which most is left.

pytest-xdist has groups for this, but 3.8 does not see them under pytest 9.2, which no longer lets a test's id be changed.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

TOGETHER = (
    ("tests/browser/",),
    (
        "tests/test_architecture.py",
        "tests/test_choices.py::test_no_choice_stands_a_second_time",
        "tests/test_expressions.py",
        "tests/test_sentences.py",
        "tests/files/test_git.py::test_nothing_else_starts_programs",
        "tests/rules/test_codes.py::test_no_code_is_written_out",
        "tests/text/test_safe.py::test_dangerous_characters_are_listed_nowhere_else",
    ),
)
"""The browser and its pages; the package's code as trees (tests/sources.py)."""


Files = dict[str, list[str]]
"""What waits of each file, in its order."""


def lot_of(test: str) -> str:
    """The lot that it is of; else it is one by itself."""
    return next((lot[0] for lot in TOGETHER if test.startswith(lot)), test)


def file_of(lot: str) -> str:
    return lot.partition("::")[0]


def chosen(waiting: Files, mine: str, others: set[str]) -> str:
    """The file of what comes next for a worker that is in `mine`, while others are in theirs."""
    if mine in waiting:
        return mine
    free = (file for file in waiting if file not in others)
    return next(free, None) or max(waiting, key=lambda file: len(waiting[file]))


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]  # it says nothing of types
    """The largest lot goes first, so that the other worker has all the rest meanwhile."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        self.waiting: Files = {}
        self.places: dict[WorkerController, str] = {}

    def _split_scope(self, nodeid: str) -> str:
        return lot_of(nodeid)

    def _assign_work_unit(self, node: WorkerController) -> None:
        """As there, of the lot that is chosen, which goes to the front."""
        if sum(map(len, self.waiting.values())) != len(self.workqueue):  # at first, and when a worker has gone
            self.waiting = {}
            for lot in self.workqueue:
                self.waiting.setdefault(file_of(lot), []).append(lot)
        others = {file for other, file in self.places.items() if other is not node}
        file = self.places[node] = chosen(self.waiting, self.places.get(node, ""), others)
        self.workqueue.move_to_end(self.waiting[file].pop(0), last=False)
        if not self.waiting[file]:
            del self.waiting[file]
        super()._assign_work_unit(node)

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """As there; what is done is not counted again with each test that follows."""
        super().mark_test_complete(node, item_index, duration)
        lot = lot_of(self.registered_collections[node][item_index])
        if all(self.assigned_work[node][lot].values()):
            del self.assigned_work[node][lot]
