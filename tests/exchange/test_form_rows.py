"""Which aspect a row of a form is about: what people see decides, however they have sorted the rows."""

import pytest

from charterkit.exchange.workbook.rows import SORTED, Rows

SENTENCES = {"gate": "The  gate is open", "phone": "Calls are answered", "post": "Post is read", "mail": "post is READ"}
SORTED_BACK = "several aspects have this sentence, and the rows were sorted: sort them back"
NO_SENTENCE = (
    "this is not the sentence of an aspect, so it is not certain what the answers beside it are about: "
    "write “The gate is open” here again"
)
NO_ROW = "this row belongs to no aspect: write beside one of the charter’s aspects"


@pytest.mark.parametrize(
    ("hidden", "sentence", "aspect", "why", "is_sorted"),
    [
        ("gate", "The gate is open", "gate", "", False),
        ("gate", " the GATE is\nopen ", "gate", "", False),
        ("gate", "Calls are answered", "phone", "", True),
        ("", "Calls are answered", "phone", "", False),
        ("other", "Calls are answered", "phone", "", False),
        ("post", "Post is read", "post", "", False),
        ("mail", "Post is read", "mail", "", False),
        ("gate", "Post is read", "", SORTED_BACK, False),
        ("", "Post is read", "", SORTED_BACK, False),
        ("gate", "The gate is shut", "", NO_SENTENCE, False),
        ("gate", "", "", NO_SENTENCE, False),
        ("", "The gate is shut", "", NO_ROW, False),
        ("other", "The other", "", NO_ROW, False),
        ("old", "An older one", "", NO_ROW, False),
    ],
)
def test_a_row(hidden: str, sentence: str, aspect: str, why: str, is_sorted: bool) -> None:
    rows = Rows({**SENTENCES, "old": "An older one"}, SENTENCES)
    assert rows.aspect(hidden, sentence) == (aspect, why)
    assert rows.notices == ((SORTED,) if is_sorted else ())


def test_a_row_of_key_points_is_called_one() -> None:
    rows = Rows({"welcome": "Welcome"}, ["welcome"], "key point")
    assert rows.aspect("welcome", "Wellcome")[1].startswith("this is not the sentence of a key point, so")
    assert rows.aspect("", "x")[1] == "this row belongs to no key point: write beside one of the charter’s key points"


def test_sorted_rows_are_said_once() -> None:
    rows = Rows(SENTENCES, SENTENCES)
    assert [rows.aspect("gate", "Calls are answered")[0], rows.aspect("phone", "The gate is open")[0]] == [
        "phone",
        "gate",
    ]
    assert rows.notices == (SORTED,)
