"""What may happen to a workspace between two checks, at length and never the same."""

import pytest
from hypothesis import HealthCheck, settings

from tests.rules.running.test_cache import Edits


class EditsAtLength(Edits):
    """The same for longer."""


EditsAtLength.TestCase.settings = settings(
    max_examples=settings().max_examples // 2,
    stateful_step_count=25,
    derandomize=False,
    suppress_health_check=list(HealthCheck),
)
TestEditsAtLength = pytest.mark.soak(EditsAtLength.TestCase)
