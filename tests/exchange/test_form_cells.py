"""A form cell by cell: what each may hold, what is said of each that cannot be taken in, and where it lies."""

from datetime import datetime, time

import pytest

from charterkit.errors import CharterkitError
from charterkit.exchange.cells import letters
from charterkit.exchange.workbook.carry import Target
from charterkit.exchange.workbook.read import FormAnswers, read_form
from charterkit.files.yaml.subset import MAX_BYTES, MOST_SAID
from charterkit.insight.evaluations.form_layout import MACHINE_SHEET, SHEET
from tests.render.forms import HEAD, TWO, blank, charter, filled, opened, places, saved

BLANK = blank()
BOOK = filled(BLANK, {"gate": {"rating": "Good"}})


def target(spoken: str = "2026-27", cycle: str = "2026-27") -> Target:
    return Target(charter(), [charter(), charter(TWO)], cycle, spoken, "elm", "Elm Primary School")


def read(data: bytes, to: Target | None = None) -> FormAnswers:
    return read_form("f.xlsx", data, to or target())


def refused(data: bytes, to: Target | None = None) -> CharterkitError:
    with pytest.raises(CharterkitError) as caught:
        read(data, to)
    return caught.value


def at(aspect: str, column: str, sheet: str = SHEET) -> str:
    rows, columns = places(opened(BLANK))
    return f"{sheet}!{letters(columns[column] - 1)}{rows[aspect]}"


def written(place: str, value: object, data: bytes = BOOK, sheet: str = SHEET) -> bytes:
    """The workbook with another value in one cell."""
    book = opened(data)
    book[sheet][place].value = value
    return saved(book)


# -- the workbook


def test_one_of_the_very_size_that_is_allowed_is_looked_at():
    assert "is no XLSX workbook" in refused(bytes(MAX_BYTES)).message
    assert "larger than 1 MiB" in refused(bytes(MAX_BYTES + 1)).message


def test_one_that_another_charterkit_made_says_so():
    found = refused(written("B1", "99", sheet=MACHINE_SHEET))
    assert found.message == "f.xlsx was made by another version of charterkit."
    assert "copy the answers" in (found.hint or "")


@pytest.mark.parametrize("place", ["C1", "B3", "A30"])
def test_a_formula_anywhere_on_the_hidden_sheet_makes_it_nobody_s(place):
    assert "is no self-evaluation form" in refused(written(place, "=1", sheet=MACHINE_SHEET)).message


@pytest.mark.parametrize("column", ["rating", "note", "ideas", "reason", "text"])
def test_a_column_that_was_taken_out_is_named(column):
    book = opened(BOOK)
    sheet = book[SHEET]
    top = next(row for row in sheet.iter_rows() if row[0].value == "charterkit:aspect")
    sheet.delete_cols(next(cell.column for cell in top if cell.value == f"charterkit:{column}"))
    found = refused(saved(book))
    assert found.message == f"The sheet “{SHEET}” of f.xlsx has lost its column for {column}."
    assert "charterkit render-form" in (found.hint or "")


def test_the_columns_may_stand_in_another_order():
    book = opened(BOOK)
    sheet = book[SHEET]
    _, columns = places(book)
    for row in sheet.iter_rows():
        one, other = row[columns["note"] - 1], row[columns["rating"] - 1]
        one.value, other.value = other.value, one.value
    (answer,) = read(saved(book)).answers
    assert (answer.rating, dict(answer.texts)) == ("good", {})
    assert answer.where == at("gate", "note")


@pytest.mark.parametrize("said", ["   ", "=1+1", "Good"])
def test_of_two_sheets_one_with_blanks_alone_is_empty_and_one_with_a_formula_is_not(said):
    book = opened(BOOK)
    copy = book.copy_worksheet(book[SHEET])
    rows, columns = places(book)
    copy.cell(rows["gate"], columns["rating"]).value = said
    if said.strip():
        assert "more than one form with answers" in refused(saved(book)).message
    else:
        assert [one.where for one in read(saved(book)).answers] == [at("gate", "rating")]


def test_an_answer_in_the_first_row_below_the_headings_counts_too():
    book = opened(BOOK)
    copy = book.copy_worksheet(book[SHEET])
    _, columns = places(book)
    for row in copy.iter_rows(min_row=8, min_col=columns["rating"], max_col=columns["rating"]):
        row[0].value = "Good" if row[0].row == 8 else None
    assert "id" in [cell.value for cell in copy[7]]
    assert "more than one form with answers" in refused(saved(book)).message


def test_the_headings_above_the_answers_are_no_answers_and_need_not_stand_there():
    book = opened(BLANK)
    rows, columns = places(book)
    book.copy_worksheet(book[SHEET])
    assert refused(saved(book)).message == "f.xlsx holds no answers yet."
    book = opened(BOOK)
    sheet = book[SHEET]
    heading = next(row[0].row for row in sheet.iter_rows() if row[0].value == "id")
    assert heading < min(rows.values())
    for cell in sheet[heading]:
        cell.value = None
    assert [one.aspect for one in read(saved(book)).answers] == ["gate"]
    sheet.cell(heading, columns["note"]).value = "Above"
    assert f"B{heading}: this row belongs to no aspect" in refused(saved(book)).message


def test_no_more_is_complained_of_than_can_be_read():
    aspects = range(MOST_SAID + 3)
    text = "version: '1'\n" + HEAD + "  - id: p\n    title: P\n    aspects:\n"
    text += "".join(f"      - {{id: a{n}, text: Aspect {n}}}\n" for n in aspects)
    to = Target(charter(text), [charter(text)], "2026-27", "2026-27", "elm", "Elm")
    for many, more in ((MOST_SAID, []), (MOST_SAID + 1, ["And 1 more."]), (MOST_SAID + 3, ["And 3 more."])):
        found = refused(filled(blank(text), {f"a{n}": {"rating": "Ambr"} for n in range(many)}), to)
        said = found.message.split("\n")
        assert len(said) == MOST_SAID + len(more)
        assert said[MOST_SAID:] == more
        assert all("is no level" in line for line in said[:MOST_SAID])
        assert found.hint == "Nothing was changed."


# -- its cells


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("note", 2.0, "a number stands here, not text"),
        ("note", 2, "a number stands here, not text"),
        ("rating", 1.5, "a number stands here, not text"),
        ("rating", False, "a yes or no (TRUE or FALSE) stands here, not text"),
        ("note", datetime(2026, 1, 2, 3, 4), "a date or time stands here, not text"),  # noqa: DTZ001 - as a cell has it
        ("ideas", time(3, 4), "a date or time stands here, not text"),
        ("note", "#DIV/0!", "an error of the workbook stands here: write the answer anew"),
        ("rating", "#N/A", "an error of the workbook stands here: write the answer anew"),
    ],
)
def test_what_is_no_text_is_named_once(column, value, said):
    book = opened(BLANK)
    rows, columns = places(book)
    cell = book[SHEET].cell(rows["gate"], columns[column])
    cell.value = value
    if str(value).startswith("#"):
        cell.data_type = "e"
    (line,) = refused(saved(book)).message.split("\n")
    assert line.startswith(f"{at('gate', column)}: {said}")


def test_a_row_with_something_wrong_is_not_complained_of_twice():
    book = opened(filled(BLANK, {"gate": {"note": 5}, "phone": {"rating": "Good"}}))
    rows, _ = places(book)
    book[SHEET].cell(rows["gate"], 2).value = "Nothing known"
    assert len(refused(saved(book)).message.split("\n")) == 1


@pytest.mark.parametrize("value", ["=A1", 5, None])
def test_a_sentence_that_is_none_is_nobody_s(value):
    book = opened(BOOK)
    rows, _ = places(book)
    book[SHEET].cell(rows["gate"], 2).value = value
    assert f"B{rows['gate']}: this is not the sentence of an aspect" in refused(saved(book)).message


@pytest.mark.parametrize("value", ["=A1", 5, None])
def test_an_id_that_is_none_leaves_the_sentence_to_tell(value):
    book = opened(BOOK)
    rows, _ = places(book)
    book[SHEET].cell(rows["gate"], 1).value = value
    assert [one.aspect for one in read(saved(book)).answers] == ["gate"]


def test_an_answer_lies_where_its_first_word_stands():
    found = read(
        filled(BLANK, {"gate": {"note": "x", "ideas": "y"}, "web": {"reason": "r", "rating": "Does not apply"}})
    )
    assert {one.aspect: one.where for one in found.answers} == {"gate": at("gate", "note"), "web": at("web", "rating")}


def test_a_reason_beside_a_word_that_is_no_level_is_one_mistake():
    (line,) = refused(filled(BLANK, {"gate": {"rating": "Ambr", "reason": "x"}})).message.split("\n")
    assert "is no level" in line


def test_a_long_word_for_a_level_is_cut():
    (line,) = refused(filled(BLANK, {"gate": {"rating": "x" * 70}})).message.split("\n")
    assert f"‘{'x' * 60}’ is no level" in line


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ({"rating": "Good"}, {"rating": "Good"}, []),
        ({"rating": "Good"}, {"note": "x"}, []),
        ({"note": "x"}, {"note": "x", "rating": "Good"}, []),
        ({"note": "x"}, {"note": "y"}, ["note"]),
        ({"rating": "Good", "note": "x"}, {"rating": "2", "note": "y"}, ["rating", "note"]),
        ({"ideas": "x"}, {"ideas": "y"}, []),
    ],
)
def test_one_aspect_in_two_rows_must_not_say_two_things(first, second, differ):
    book = opened(filled(BLANK, {"phone": first}))
    _, columns = places(book)
    sheet = book[SHEET]
    sheet.cell(30, 1).value, sheet.cell(30, 2).value = "phone", "The phone"
    for column, value in second.items():
        sheet.cell(30, columns[column]).value = value
    data = saved(book)
    if not differ:
        assert {one.aspect for one in read(data).answers} == {"phone"}
        return
    lines = refused(data).message.split("\n")
    assert [line.partition(" of “")[0].rpartition(" ")[2] for line in lines] == differ
    where = next(column for column in ("rating", "note") if column in first)
    assert all(line.endswith(f"is another one at {at('phone', where)}: keep one.") for line in lines)


def test_rows_of_no_aspect_are_no_answers_that_could_differ():
    book = opened(BOOK)
    _, columns = places(book)
    for row, rating in ((30, "Good"), (31, "Nearly")):
        book[SHEET].cell(row, columns["rating"]).value = rating
    lines = refused(saved(book)).message.split("\n")
    assert [line.partition(":")[0] for line in lines] == [f"{SHEET}!B30", f"{SHEET}!B31"]


def test_a_mark_is_taken_off_once():
    found = read(filled(BLANK, {"gate": {"ideas": "- - one\n* - two"}}))
    assert found.answers[0].ideas == ("- one", "- two")


# -- above the table


def labelled(school: str) -> bytes:
    """The form as it is made for one school."""
    return written("B4", school, sheet=MACHINE_SHEET)


def test_the_school_that_a_form_was_made_for_must_be_the_one_that_is_meant():
    assert read(labelled("elm")).answers
    found = refused(labelled("oak")).message
    assert found == f"{SHEET}!C3: this form was made for oak, not for Elm Primary School."
    named = refused(written("C3", "Oak Academy", labelled("oak"))).message
    assert named == f"{SHEET}!C3: this form was made for Oak Academy, not for Elm Primary School."
    assert read(written("C3", "Anything", labelled("elm"))).answers, "who made it knows"


@pytest.mark.parametrize("name", ["Elm", "elm  PRIMARY school", "Elm Primary School in Larkfield", "School Elm"])
def test_a_name_written_by_hand_may_be_shorter_or_longer(name):
    assert read(written("C3", name)).answers


@pytest.mark.parametrize("name", ["Oak", "Elm Academy", "Primary of Oak"])
def test_but_not_another(name):
    found = refused(written("C3", name)).message
    assert found == (f"{SHEET}!C3: this form is filled in for {name}, not for Elm Primary School: write that name.")


def test_without_its_label_the_school_is_looked_for_nowhere():
    assert read(written("A3", None, written("C3", "Oak"))).answers
    assert refused(written("A3", None, labelled("oak"))).message.startswith(f"{SHEET}: this form was made for oak")


@pytest.mark.parametrize("said", ["2026-27", "Autumn  term 2026-27", "2026/27", None, "  "])
def test_a_cycle_as_people_say_it(said):
    assert read(written("C4", said), target("autumn term 2026-27")).answers


def test_a_cycle_of_a_term_is_another_one_than_its_year():
    found = refused(written("C4", "2026-27-autumn")).message
    assert "these answers are for the cycle 2026-27-autumn, not 2026-27" in found
    assert read(written("C4", "2026/27-Autumn"), target("autumn term 2026-27", "2026-27-autumn")).answers


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("=1", "a formula stands here"),
        (2026, "a number stands here"),
        ("#REF!", "an error of the workbook stands here"),
    ],
)
def test_what_is_no_text_above_the_table_is_named_too(value, said):
    book = opened(BOOK)
    cell = book[SHEET]["C4"]
    cell.value = value
    if value == "#REF!":
        cell.data_type = "e"
    assert refused(saved(book)).message.startswith(f"{SHEET}!C4: {said}")
