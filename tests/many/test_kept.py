"""What is kept of schools is never wrong: whatever happens between two calls, the second says what one without says."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from charterkit.files.workspace import Workspace
from charterkit.many import sheaves
from charterkit.many.each import Asking, Failed, Keeping, SchoolQuestion, each
from charterkit.many.hands import Processes
from charterkit.resources import builtin
from tests.many.asked import Told
from tests.rules.running.test_cache import Edits


class SummaryEdits(Edits):
    """Anything that may happen to a workspace, and to the cache, between two questions; two schools make a sheaf."""

    def __init__(self) -> None:
        super().__init__()
        self.size, sheaves.SHEAF = sheaves.SHEAF, 2

    def teardown(self) -> None:
        sheaves.SHEAF = self.size
        super().teardown()

    @invariant()
    def says_what_is_there(self) -> None:
        workspace = Workspace(self.root, builtin())
        for options in (None, "members"):
            question = SchoolQuestion("tests.many.asked:told", self.wish.today, options)
            expected = dict(each(workspace, question, workspace.slugs))
            assert not [answer for answer in expected.values() if isinstance(answer, Failed)]
            for _ in range(2):
                keeping = Keeping(self.cache, Told.from_data)
                assert dict(each(workspace, question, workspace.slugs, keeping=keeping)) == expected
                assert list(added_up(workspace, question, keeping)) == [[*answer.lines] for answer in expected.values()]


def added_up(workspace: Workspace, question: SchoolQuestion, keeping: Keeping) -> Iterator[list[str]]:
    """What is found out about the schools of each batch together, which is kept with the batch."""
    asking = Asking(workspace, question, workspace.slugs, Processes(1), keeping, None)
    for batch in asking:
        yield from batch.once("lines", lambda answers: [[*answer.lines] for answer in answers])
        batch.let_go()
    asking.keep()


SummaryEdits.TestCase.settings = settings(
    max_examples=settings().max_examples // 5,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestSummaryEdits = pytest.mark.slow(SummaryEdits.TestCase)
