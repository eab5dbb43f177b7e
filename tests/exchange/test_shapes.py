"""Answers in the shapes that people's sheets have: crosses under levels, percentages, a row a school."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from charterkit.errors import CharterkitError
from charterkit.exchange.shapes import AskedSchool, Shaped, read_shape
from charterkit.files.load import load
from charterkit.insight.evaluations.answers import changes
from charterkit.model.charter import Charter

TEXT = """\
id: small
version: "1"
title: Small
status: draft
key_points:
  - {id: welcome, title: Welcome, aspects: [{id: gate, text: The gate is open}, {id: phone, text: The phone is answered}, {id: post, text: The post}]}
"""
SCHOOL = AskedSchool("Elm Primary (North)", "elm-primary", "119774")


def charter() -> Charter:
    found = load(Charter, TEXT.encode()).model
    assert found
    return found


def book(*tables: Sequence[Sequence[Any]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(tables):
        sheet = made.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def read(data: bytes, name: str = "a.xlsx") -> Shaped | None:
    return read_shape(name, data, charter(), SCHOOL)


def written(shaped: Shaped | None) -> dict[tuple[Any, ...], Any]:
    """What becomes of the answers: by the place in the evaluation, the value."""
    assert shaped
    made, complaints = changes(shaped.answers, charter())
    assert not complaints
    return {change.at[1:]: change.value for change in made}


def refusal(data: bytes, name: str = "a.xlsx") -> list[str]:
    with pytest.raises(CharterkitError) as refused:
        read(data, name)
    return refused.value.message.split("\n")


TICKED: list[list[Any]] = [
    ["Our year"],
    ["Theme", "Statement", "How are we doing?", None, None, "Comments", "Owner"],
    [None, None, "Red", "Amber", "Green – in place", None, None],
    ["Welcome", "the  GATE is open.", None, "x", None, "From autumn", "Head"],
    [None, "The phone is answered", None, None, "✓", None, None],
    [None, "The post", None, None, None, None, None],
]


def test_a_cross_under_a_level_is_a_rating() -> None:
    for data, name in ((book(TICKED), "a.xlsx"), (table(TICKED, ";"), "a.csv")):
        shaped = read(data, name)
        assert written(shaped) == {
            ("gate", "rating"): "amber",
            ("gate", "note"): "From autumn",
            ("phone", "rating"): "green",
        }
        assert shaped
        assert shaped.notices == ("Not taken in: the column “Owner”.",)


def table(rows: Sequence[Sequence[Any]], separator: str = ",") -> bytes:
    return "\r\n".join(separator.join(str(cell or "") for cell in row) for row in rows).encode("utf-8-sig")


def test_each_wrong_cross_is_named() -> None:
    rows: list[list[Any]] = [
        ["Statement", "R", "Amber", "green"],
        ["The gate is open", "x", "X", None],
        ["The phone is answered", None, "soon", None],
        [None, "x", None, None],
    ]
    assert refusal(book(rows)) == [
        "Sheet0!C2: there is a cross under “Red” and “Amber”: keep one.",
        "Sheet0!C3: ‘soon’ stands under a level: put an x under one of them.",
        "Sheet0!A4: no aspect is named in this row.",
    ]


def test_a_statement_that_is_no_aspect_is_named_with_its_cell() -> None:
    shaped = read(book([["Statement", "Red", "Green"], ["The gat is open", None, "x"]]))
    assert shaped
    _, complaints = changes(shaped.answers, charter())
    assert complaints == [
        "Sheet0!A2: 'The gat is open' is not an aspect of this charter: did you mean “The gate is open”?"
    ]


def test_a_rubric_beside_a_rating_is_no_answer() -> None:
    rows: list[list[Any]] = [
        ["Statement", "Red", "Green", "RAG"],
        ["The gate is open", "Nobody is there", "Two leaders", "G"],
        ["2", "", "", ""],
    ]
    assert written(read(book(rows))) == {("gate", "rating"): "green"}


def test_percentages_are_kept_as_numbers_and_never_become_levels() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as made:
        sheet = made.add_worksheet("Survey")
        share = made.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ["No.", "Percentage", "Comment"])
        sheet.write_row(1, 0, [1, 0.625], share)
        sheet.write_number(1, 0, 1)
        sheet.write_row(2, 0, [2, 71, "Better"])
        sheet.write_row(3, 0, [3, "80 %"])
    assert written(read(held.getvalue())) == {
        ("gate", "value"): "62.5%",
        ("phone", "value"): "71%",
        ("phone", "note"): "Better",
        ("post", "value"): "80%",
    }
    rows: list[list[Any]] = [["Statement", "%"], ["The gate is open", "0.6"], ["The post", "many"]]
    said = refusal(table(rows), "a.csv")
    assert said[0] == "a.csv, line 2, cell B2: 0.6 may be 60% or 0.6%: write the percent sign."
    assert "'many' is not a number" in said[1]
    counted: list[list[Any]] = [["Statement", "Value", "RAG"], ["The gate is open", "14 families", "amber"]]
    assert written(read(book(counted))) == {("gate", "value"): "14 families", ("gate", "rating"): "amber"}


SURVEY: list[list[Any]] = [
    ["Timestamp", "School", "URN", "The gate is open", "Phone is answered?", "phone", "The post"],
    ["1 May", "Oak Primary", 100001, "Red", "", "Red", "Red"],
    ["2 May", "Elm Primary (South)", 100002, "Red", "", "Red", "Red"],
    ["3 May", "The Elm", 119774, "Green", "", "", "62%"],
]


def test_of_many_organisations_the_one_that_is_meant() -> None:
    shaped = read(book(SURVEY))
    assert shaped
    assert [(each.aspect, each.rating, each.where) for each in shaped.answers] == [
        ("gate", "Green", "Sheet0!D4"),
        ("post", None, "Sheet0!G4"),
    ]
    assert str(shaped.answers[1].value) == "62%"
    assert shaped.notices[0] == "2 rows of other organisations left out."
    for name in ("Elm Primary (North)", "ELM-PRIMARY"):
        rows: list[list[Any]] = [SURVEY[0], ["", name, "", "amber", "", "", ""]]
        assert written(read(table(rows), "a.csv")) == {("gate", "rating"): "amber"}


def test_a_table_of_organisations_that_does_not_tell_is_refused() -> None:
    rows: list[list[Any]] = [SURVEY[0], ["", "Elm Primary (Nord)", "", "Red", "", "", ""]]
    with pytest.raises(CharterkitError, match="no row of Elm Primary") as refused:
        read(book(rows))
    assert "Did you mean Elm Primary (Nord)?" in str(refused.value.hint)
    twice = [SURVEY[0], *([["", "elm-primary", "", "Red", "", "", ""]] * 2)]
    assert "Sheet0!B2, Sheet0!B3" in refusal(book(twice))[0]
    unknown = [SURVEY[0], ["", "elm-primary", "", "Red", "Amber", "", ""]]
    assert refusal(book(unknown)) == ["Sheet0!E1: ‘Phone is answered?’ is no aspect of the charter."]


def test_other_tables_are_left_to_their_own_reader() -> None:
    assert read(book([["statement", "rating"], ["The gate is open", "red"]])) is None
    assert read(b'statement,rating\n"never closed', "a.csv") is None
    assert read(b"", "a.csv") is None
    with pytest.raises(CharterkitError, match="Sheet0"):
        read(book(TICKED, TICKED))
    formula: list[list[Any]] = [["Statement", "Red", "Green"], ["The gate is open", "=1", None]]
    assert "formula" in refusal(book(formula))[0]
