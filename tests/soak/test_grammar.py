"""The odd corners of YAML, ten thousand of them and others in every run."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.grammar import documents
from tests.fuzz.test_grammar import PLACES, compare, look

pytestmark = pytest.mark.soak


@settings(max_examples=10_000, derandomize=False)
@given(st.sampled_from(PLACES), documents())
def test_ten_thousand(path: str, data: bytes) -> None:
    look(path, data)
    compare(data)
