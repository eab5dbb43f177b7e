"""The odd corners of YAML: a finding with a place or a clean pass, never a fault; and both readers read the same."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from charterkit.files.yaml import reader as yaml_text
from charterkit.files.yaml.quick import quick
from charterkit.files.yaml.reader import cleaned, decode, parse, parser

from .faults import checked, mended
from .grammar import documents

PLACES = (
    "charterkit.yaml",
    "charters/small.yaml",
    "schools/lathom/school.yaml",
    "schools/lathom/evaluations/2025-26-autumn.yaml",
    "schools/lathom/policies/behaviour.yaml",
    "schools/lathom/visits/2026-03-12.yaml",
    "schools/lathom/surveys/parents.yaml",
)
MANY = 2 * settings().max_examples


def look(path: str, data: bytes) -> None:
    checked({path: data})
    mended({path: data})


def compare(data: bytes) -> None:
    text, problem = decode(data)
    found = None if problem or cleaned(text) != text else quick(parser(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "quick", lambda _parser, **_: None)
        careful = parse(data)
    if found is not None:
        assert (careful.tree, careful.empty) == found
        assert not careful.problems
    else:
        assert careful.problems or careful.empty or not isinstance(careful.tree, dict)


@given(st.sampled_from(PLACES), documents())
@example(PLACES[4], b"charter: \n? id")  # found by the soak: said of a line behind the end
@example(PLACES[0], "charter: 👩\u200d👩\u200d👧".encode())  # an emoji of several in a message
def test_a_hundred(path: str, data: bytes) -> None:
    look(path, data)
    compare(data)


@pytest.mark.slow
@settings(max_examples=MANY)
@given(st.sampled_from(PLACES), documents())
def test_hundreds(path: str, data: bytes) -> None:
    look(path, data)
    compare(data)
