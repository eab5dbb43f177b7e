"""Numbers, yes and no, ids and identifiers: read by our own parsers, strictly."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from charterkit.model.base import Colour, Count, DfeNumber, GroupUid, Id, Ukprn, Urn, YesNo, nearest, slug
from charterkit.model.dates import PartialDate
from charterkit.model.language import Language


def read(kind: Any, text: Any) -> Any:
    return TypeAdapter(kind).validate_python(text)


GOOD = [
    (Count, "187", 187),
    (Count, "0", 0),
    (Count, "007", 7),
    (YesNo, "yes", True),
    (YesNo, "No", False),
    (YesNo, "true", True),
    (YesNo, "FALSE", False),
    (Id, "gate-greeting", "gate-greeting"),
    (Id, "7b", "7b"),
    (Colour, "#3d9A74", "#3d9A74"),
    (Urn, "119774", "119774"),
    (Urn, "12345", "12345"),
    (DfeNumber, "888/4042", "888/4042"),
    (Ukprn, "10012345", "10012345"),
    (GroupUid, "2053", "2053"),
    (Language, "zh-Hant", "zh-Hant"),
]
BAD: list[tuple[Any, list[Any]]] = [
    (Count, ["4_20", "187.0", "-1", "+1", "1e3", "0x1F", "٣", "", " 5", "5\n", "1,000", "9999999999", None, ["5"]]),
    (YesNo, ["y", "n", "on", "off", "1", "0", "t", "", "ja", None, {}]),
    (Id, ["Gate", "gate_greeting", "-gate", "gate-", "gate--greeting", "", "gate\n", "gäte", "a b", None]),
    (Colour, ["#fff", "3d9a74", "#3d9a7g", "#3d9a74ff", "red", ""]),
    (Urn, ["1234", "1234567", "11977a", "119774 ", ""]),
    (DfeNumber, ["8884042", "888/404", "888-4042"]),
    (Ukprn, ["1001234", "100123456"]),
    (GroupUid, ["TR00046", "", "1234567", "20 53"]),
    (Language, ["english", "e", "zh_Hant", "-en", "en-"]),
]


@pytest.mark.parametrize(("kind", "text", "value"), GOOD)
def test_read(kind, text, value):
    assert read(kind, text) == value


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in BAD for text in texts])
def test_refused(kind, text):
    with pytest.raises(ValidationError):
        read(kind, text)


@given(st.text(max_size=30))
def test_a_slug_is_an_id_or_nothing(text):
    made = slug(text)
    assert not made or read(Id, made) == made


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=5))
def test_nearest_is_one_of_the_known_or_nothing(word, known):
    assert nearest(word, known) in ("", *known)


def test_nearest():
    assert nearest("gren", ["red", "amber", "green"]) == "green"
    assert nearest("xyz", ["red"]) == ""
    assert nearest("form", ["format", "from"]) == "from"
    assert nearest("gate", ["gate-greeting", "garden"]) == "gate-greeting"
    assert nearest("gate", ["gate-greeting", "gate-rota-for-everybody"]) == ""


def test_a_value_built_in_code_passes_through():
    when = PartialDate(2025, 10)
    assert read(PartialDate, when) is when
    assert TypeAdapter(PartialDate).dump_python(when, mode="json") == "2025-10"
