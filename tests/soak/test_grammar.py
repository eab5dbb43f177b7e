"""The odd corners of YAML, ten times as many as there are examples of other tests, and others in every run."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.grammar import documents
from tests.fuzz.test_grammar import PLACES, compare, look

pytestmark = pytest.mark.soak


@settings(max_examples=10 * settings().max_examples, derandomize=False)
@given(st.sampled_from(PLACES), documents())
def test_ten_times_as_many(path: str, data: bytes) -> None:
    look(path, data)
    compare(data)
