"""A workbook as a school keeps its own: which sheet and line are meant, what each cell may hold, and what is said."""

import io
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from charterkit.errors import CharterkitError
from charterkit.exchange.columns import COLUMNS, meant
from charterkit.exchange.workbook.sheet import read_sheet
from charterkit.files.yaml.subset import MAX_BYTES, MOST_SAID
from charterkit.insight.evaluations.answers import Answer

HEADS = ["No.", "Aspect", " rag: ", "Target", "By when", "Value", "Notes", "Next steps", ""]


def book(*found: Sequence[Sequence[Any]], after: Callable[[Any], object] = bool) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "default_date_format": "d mmm yyyy"}) as made:
        for rows in found:
            sheet = made.add_worksheet()
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
        after(made)
    return held.getvalue()


def read(data: bytes) -> list[Answer]:
    return read_sheet("own.xlsx", data)


def refusal(data: bytes) -> list[str]:
    with pytest.raises(CharterkitError) as refused:
        read(data)
    return refused.value.message.split("\n")


def test_every_column_is_taken_in_and_each_part_has_its_cell() -> None:
    rows: list[list[Any]] = [
        ["1", "Gate", "G", "green", "2027-07", "14", "A\nB", "x\n\ny", 5],
        [],
        ["", "", " ", "", "", "", "", ""],
        [2.0, "", 3, "green", date(2027, 3, 31), 0.5, "", ""],
        [1.1, "", "", "", "", 12, "", ""],
        ["", 12.0, "R", "green", 2027, "", "", ""],
        ["9", "Only named", "", "", "", "", "", ""],
    ]
    found = read(book([["Our year"], [], HEADS, *rows]))
    assert [(each.aspect, each.rating, each.where) for each in found] == [
        ("Gate", "G", "Sheet1!B4"),
        ("2", "3", "Sheet1!A7"),
        ("1.1", None, "Sheet1!A8"),
        ("12", "R", "Sheet1!B9"),
    ]
    assert [(str(each.target), str(each.value)) for each in found] == [
        ("green@2027-07", "14"),
        ("green@2027-03-31", "0.5"),
        ("None", "12"),
        ("green@2027", "None"),
    ]
    assert (dict(found[0].texts), found[0].ideas) == ({"note": "A\nB"}, ("x", "y"))
    assert [found[0].place(part) for part in ("rating", "value", "note")] == ["Sheet1!C4", "Sheet1!F4", "Sheet1!G4"]


@pytest.mark.parametrize(
    ("at", "value", "said"),
    [
        (6, 5, "a number stands here, not text: write it as words."),
        (6, True, "a yes or no (TRUE or FALSE) stands here, not text: write it as words."),
        (2, False, "a yes or no (TRUE or FALSE) stands here, not text: write it as words."),
        (7, datetime(2026, 1, 2), "a date or time stands here, not text: write it as words."),  # noqa: DTZ001 - as a cell has it
        (7, time(3, 4), "a date or time stands here, not text: write it as words."),
        (6, "=1+1", "a formula stands here, and none is worked out: write what it comes to."),
        (1, "", "no aspect is named in this row."),
        (4, "2027", "a date stands here without a target: write the level as well."),
        (5, "many", "'many' is not a number with its unit"),
    ],
)
def test_a_cell_that_cannot_be_taken_in_is_said_once_and_with_it_the_others(at: int, value: Any, said: str) -> None:
    row: list[Any] = ["", "Gate", "G", "", "", "", "", "", 5]
    row[at] = value
    (line,) = refusal(book([HEADS, row, ["", "Forum", "A"]]))
    assert line.startswith(f"Sheet1!{'A' if at == 1 else 'ABCDEFGH'[at]}2: {said}")


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        (["Aspect", "RAG", "Lead"], "Sheet1!C3: 'lead' is not a column of answers: the columns are aspect, rating,"),
        (["Aspect", "RAG", "", "Rating"], "Sheet1!D3: the column 'rating' stands here twice"),
    ],
)
def test_a_heading_that_is_none_is_named(heads: Sequence[str], said: str) -> None:
    (line,) = refusal(book([["Title"], [], heads, ["Gate", "G", "x", "A"]]))
    assert line.startswith(said)


def test_headings_may_stand_below_a_title_but_not_anywhere() -> None:
    rows = [["Aspect", "RAG"], ["Gate", "G"]]
    assert read(book([*[["Title"]] * 29, *rows]))
    none = "own.xlsx is no form of charterkit’s, and has no line of headings"
    assert none in refusal(book([*[["Title"]] * 30, *rows]))[0]
    for heads in (["Aspect", "Colour"], ["Colour", "RAG"]):
        assert none in refusal(book([heads, ["Gate", "G"]]))[0]


def test_of_several_tables_none_is_chosen_and_other_sheets_do_not_matter() -> None:
    rows = [["Aspect", "RAG"], ["Gate", "G"]]
    assert [each.where for each in read(book([["Read me"]], rows))] == ["Sheet2!A2"]
    assert "“Sheet1” and “Sheet2”" in refusal(book(rows, rows))[0]
    (said,) = refusal(book(rows, rows, [["Read me"]], rows, rows))
    assert "“Sheet1” and “Sheet2” and “Sheet4”" in said
    assert "Sheet5" not in said


def test_cells_that_are_joined_to_one_above_are_named_each() -> None:
    rows = [["Aspect", "", "RAG", "Notes"], *([f"Gate {number}", "", "G", ""] for number in range(4))]

    def join(made: Any) -> None:
        made.worksheets()[0].merge_range("B2:C4", "G")
        made.worksheets()[0].merge_range("D5:F5", "Wide is nothing to complain of")
        made.worksheets()[0].merge_range("E2:F4", "")

    lines = refusal(book(rows, after=join))
    begin = "this cell is merged with Sheet1!B2: unmerge them, and write in each what it says."
    assert lines == [f"Sheet1!C{row}: {begin}" for row in (3, 4)]


def test_one_without_an_answer_and_one_that_is_too_large_say_so() -> None:
    assert "holds no answers" in refusal(book([["Aspect", "RAG"], ["Gate", ""], ["", ""]]))[0]
    assert "no XLSX workbook" in refusal(bytes(MAX_BYTES))[0]
    assert "larger than 1 MiB" in refusal(bytes(MAX_BYTES + 1))[0]


@pytest.mark.parametrize("more", [0, 1, 3])
def test_no_more_is_said_than_can_be_read(more: int) -> None:
    lines = refusal(book([["Aspect", "Notes"], *([f"Gate {number}", 5] for number in range(MOST_SAID + more))]))
    assert lines[MOST_SAID:] == ([f"And {more} more."] if more else [])
    assert all("a number stands here" in line for line in lines[:MOST_SAID])


def test_headings_mean_what_the_page_for_leaders_says() -> None:
    page = (
        (Path(__file__).parents[2] / "docs/leaders.md")
        .read_text(encoding="utf-8")
        .partition("| what it holds | headings |\n| --- | --- |\n")[2]
    )
    rows = [re.findall("`([^`]+)`", line.partition(" | ")[2]) for line in page.partition("\n\n")[0].split("\n")]
    assert {words[0] for words in rows} == {*COLUMNS, "statement", "number"}
    assert {word: meant(word) for words in rows for word in words} == {
        word: words[0] for words in rows for word in words
    }


def test_of_several_columns_that_tell_the_aspect_the_sentence_counts_first() -> None:
    rows = [["No", "ID", "Question", "RAG"], ["1", "a", "Is it open?", "G"], ["2", "b", "", "G"], ["3", "", "", "G"]]
    assert [each.aspect for each in read(book(rows))] == ["Is it open?", "b", "3"]
