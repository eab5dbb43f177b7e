"""What is kept of schools is never wrong: whatever happens between two calls, the second says what one without says."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from charterkit.files.workspace import Workspace
from charterkit.many.each import Failed, Keeping, Question, each
from charterkit.resources import builtin
from tests.many.asked import Told
from tests.rules.running.test_cache import Edits


class SummaryEdits(Edits):
    """Anything that may happen to a workspace, and to the cache, between two questions."""

    @invariant()
    def says_what_is_there(self) -> None:
        workspace = Workspace(self.root, builtin())
        for options in (None, "members"):
            question = Question("tests.many.asked:told", self.wish.today, options)
            expected = dict(each(workspace, question, workspace.slugs))
            assert not [answer for answer in expected.values() if isinstance(answer, Failed)]
            for _ in range(2):
                keeping = Keeping(self.cache, Told.from_data)
                assert dict(each(workspace, question, workspace.slugs, keeping=keeping)) == expected


SummaryEdits.TestCase.settings = settings(
    max_examples=settings().max_examples // 5,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestSummaryEdits = pytest.mark.slow(SummaryEdits.TestCase)
