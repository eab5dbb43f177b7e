"""A filled-in form: read whole, or refused with every cell to mend; whatever the workbook is made of."""

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from charterkit.errors import CharterkitError
from charterkit.exchange.cells import letters
from charterkit.exchange.workbook.carry import Target
from charterkit.exchange.workbook.read import FormAnswers, read_form
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.insight.evaluations.form_layout import MACHINE_SHEET, SHEET
from tests.render.forms import HEAD, ONE, TWO, blank, charter, filled, opened, places, saved

BLANK = blank()


def target(text: str = ONE, cycle: str = "2026-27") -> Target:
    versions = [charter(ONE), charter(TWO)]
    return Target(charter(text), versions, cycle, cycle, "elm", "Elm Primary School")


def read(data: bytes, to: Target | None = None) -> FormAnswers:
    return read_form("f.xlsx", data, to or target())


def refusal(data: bytes, to: Target | None = None) -> list[str]:
    with pytest.raises(CharterkitError) as refused:
        read(data, to)
    return refused.value.message.split("\n")


def plain(found: FormAnswers) -> dict[str, Any]:
    return {one.aspect: (one.rating, dict(one.texts), one.ideas) for one in found.answers}


# -- what is taken in


@pytest.mark.parametrize("word", ["2 Nearly", "2", "nearly", "NEARLY", " 2  nearly ", 2, 2.0])
def test_a_level_by_its_label_its_letter_or_both(word):
    assert plain(read(filled(BLANK, {"phone": {"rating": word}}))) == {"phone": ("nearly", {}, ())}


NUMBERED = ONE.replace(
    'scale: [{id: not-yet, label: Not yet}, {id: nearly, label: Nearly, meaning: "Almost, not quite"}, {id: good, label: Good}]',
    "scale: [{id: not-yet, label: 3 Not yet}, {id: nearly, label: 2 Nearly}, {id: good, label: 1 Good}]",
)


def test_a_number_is_the_level_whose_label_bears_it_whatever_an_older_form_called_it():
    book = opened(
        filled(blank(NUMBERED), {"gate": {"rating": 1}, "phone": {"rating": "3"}, "post": {"rating": "2 nearly"}})
    )
    options = [[str(cell.value) for cell in row] for row in book[MACHINE_SHEET].iter_rows() if row[0].value == "option"]
    assert [option[1] for option in options][:3] == ["3 Not yet", "2 Nearly", "1 Good"]
    meant: dict[str, Any] = {"gate": ("good", {}, ()), "phone": ("not-yet", {}, ()), "post": ("nearly", {}, ())}
    assert plain(read(saved(book), target(NUMBERED))) == meant
    for number, row in enumerate((row for row in book[MACHINE_SHEET].iter_rows() if row[0].value == "option"), 1):
        row[1].value, row[3].value = f"{number} {row[4].value}", str(number)  # as forms were made before
    assert plain(read(saved(book), target(NUMBERED))) == meant


def test_every_column_and_what_is_left_empty():
    answers = {
        "gate": {"rating": "3 Good", "note": "Two\nlines", "ideas": "One\n\n  Two  \n"},
        "post": {"rating": "does not apply", "reason": "We have none"},
        "web": {"note": "   "},
        "letter": {"ideas": "=1+1"},
    }
    assert plain(read(filled(BLANK, answers))) == {
        "gate": ("good", {"note": "Two\nlines"}, ("One", "Two")),
        "post": ("not-applicable", {"reason": "We have none"}, ()),
        "letter": (None, {}, ("=1+1",)),
    }


def test_targets_and_values_come_back_and_an_older_form_has_none():
    answers: dict[str, dict[str, Any]] = {
        "gate": {"target": "Good", "target-by": "2027-07", "value": "14 families"},
        "phone": {"rating": "Nearly", "target": "3", "target-by": datetime(2027, 3, 31), "value": 0.62},  # noqa: DTZ001
        "post": {"target": "good", "target-by": 2027, "value": 12.5},
    }
    book = opened(filled(BLANK, answers))
    rows, columns = places(book)
    book[SHEET].cell(rows["phone"], columns["value"]).number_format = "0%"
    found = {each.aspect: each for each in read(saved(book)).answers}
    assert [(str(each.target), str(each.value)) for each in found.values()] == [
        ("good@2027-07", "14 families"),
        ("good@2027-03-31", "62%"),
        ("good@2027", "12.5"),
    ]
    assert found["phone"].rating == "nearly"
    assert {each.number_format for each in book[SHEET][rows["gate"]][1:] if not each.protection.locked} == {"@"}
    said = refusal(filled(BLANK, {"gate": {"target-by": "2027"}, "post": {"value": "many"}, "phone": {"target": True}}))
    assert [line.partition(":")[0] for line in said] == [
        cell("gate", "target-by"),
        cell("phone", "target"),
        cell("post", "value"),
    ]
    for name in ("target", "target-by", "value"):  # as forms were made before
        next(each for row in book[SHEET].iter_rows() for each in row if each.value == f"charterkit:{name}").value = None
    assert [(each.aspect, each.target, each.value) for each in read(saved(book)).answers] == [("phone", None, None)]


def test_rows_may_be_sorted_deleted_and_the_sheet_renamed():
    book = opened(filled(BLANK, {"gate": {"rating": "Good"}, "web": {"note": "Soon"}}))
    sheet = book[SHEET]
    rows, _ = places(book)
    sheet.delete_rows(rows["phone"])
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=8)]
    for number, row in enumerate(reversed(values), 8):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
            sheet.cell(number, column).data_type = "s"
    sheet.title = "Our meeting"
    found = read(saved(book))
    assert plain(found) == {"gate": ("good", {}, ()), "web": (None, {"note": "Soon"}, ())}
    assert found.answers[0].where.startswith("'Our meeting'!")


PIECES = [
    "_x0041_",
    "_x005F_",
    "\r\n",
    "\r",
    "\n",
    "=",
    "+",
    "-",
    "@",
    "\t",
    " ",
    "'",
    "😀",
    "پ",
    "\x07",
    "&amp;",
    "<b>",
    "]]>",
]
PIECE = st.one_of(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), st.sampled_from(PIECES))
"""U+FFFE and U+FFFF are no characters, and the library that reads workbooks leaves them as _xFFFE_."""
TEXT = st.lists(PIECE, min_size=1, max_size=30).map("".join).filter(str.strip)


MARK = re.compile(r"^[-–•*]\s+(?=\S)")


def as_read(text: str) -> str:
    """CRLF becomes one line end, as everywhere; XML itself turns a bare CR that is not escaped into one."""
    return text.replace("\r\n", "\n")


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from(["gate", "phone", "night", "web"]), st.tuples(TEXT, TEXT), min_size=1))
@example({"gate": ("=cmd|' /C calc'!A0", "-1\n+2\n@x")})
@example({"gate": ("_x0041_ _x005F_x0041_ _x000D_", "\u202eabc")})
@example({"gate": ("long " * 6_500, "\x0b idea \x1f")})
def test_what_people_write_comes_back_as_they_wrote_it(texts):
    given_ = {aspect: {"rating": "Good", "note": note, "ideas": ideas} for aspect, (note, ideas) in texts.items()}
    found = read(filled(BLANK, given_))
    for one in found.answers:
        note, ideas = (as_read(text) for text in texts[one.aspect])
        assert one.texts == {"note": note}
        assert one.ideas == tuple(MARK.sub("", line.strip()) for line in ideas.split("\n") if line.strip())
    assert {one.aspect for one in found.answers} == set(texts)


# -- what is refused, with its cell


def cell(aspect: str, column: str) -> str:
    rows, columns = places(opened(BLANK))
    return f"{SHEET}!{letters(columns[column] - 1)}{rows[aspect]}"


@pytest.mark.parametrize(
    ("aspect", "column", "values", "said"),
    [
        ("gate", "rating", {"rating": "Ambr"}, "‘Ambr’ is no level: write one of 1 Not yet, 2 Nearly, 3 Good or Does not apply, as in the drop-down"),
        ("gate", "rating", {"rating": 7}, "‘7’ is no level"),
        ("gate", "rating", {"rating": True}, "a yes or no (TRUE or FALSE) stands here, not text"),
        ("gate", "note", {"note": 1.5}, "a number stands here, not text"),
        ("gate", "ideas", {"ideas": date(2026, 1, 2)}, "a date or time stands here, not text"),
        ("gate", "reason", {"rating": "Does not apply"}, "the aspect does not apply: write here why"),
        ("gate", "reason", {"rating": "Good", "reason": "Because"}, "a reason stands here, but the aspect is rated"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_taken_in_is_named(aspect, column, values, said):
    data = filled(BLANK, {aspect: values, "web": {"rating": "Good"}})
    complaints = refusal(data)
    assert len(complaints) == 1
    assert complaints[0].startswith(f"{cell(aspect, column)}: {said}")


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("https://example.org","x")', "=1/0"])
@pytest.mark.parametrize("column", ["rating", "note"])
def test_a_formula_is_never_worked_out(formula, column):
    book = opened(BLANK)
    rows, columns = places(book)
    book[SHEET].cell(rows["post"], columns[column]).value = formula
    said = refusal(saved(book))
    assert said[0].startswith(f"{cell('post', column)}: a formula stands here")


def test_answers_outside_the_table_and_copied_ids():
    book = opened(filled(BLANK, {"gate": {"rating": "Good"}}))
    rows, columns = places(book)
    sheet = book[SHEET]
    sheet.cell(40, columns["note"]).value = "Beside nothing"
    sheet.cell(rows["phone"], 2).value = "The telephone"
    sheet.cell(rows["phone"], columns["rating"]).value = "Good"
    assert refusal(saved(book)) == [
        (
            f"{SHEET}!B{rows['phone']}: this is not the sentence of an aspect, so it is not certain what the answers beside "
            "it are about: write “The phone” here again."
        ),
        f"{SHEET}!B40: this row belongs to no aspect: write beside one of the charter’s aspects.",
    ]


def test_a_cycle_or_school_that_contradicts_the_call():
    book = opened(filled(BLANK, {"gate": {"rating": "Good"}}))
    sheet = book[SHEET]
    for written, is_refused in (("Elm", False), ("elm primary school", False), ("Oak Primary", True)):
        sheet["C3"].value = written
        said = refusal(saved(book))[0] if is_refused else plain(read(saved(book)))
        assert ("for Oak Primary, not for Elm Primary School" in said) if is_refused else said
    sheet["C3"].value = None
    assert refusal(saved(book), target(cycle="2025-26")) == [
        f"{SHEET}!C4: these answers are for the cycle 2026-27, not 2025-26: write 2025-26, or add --cycle 2026-27."
    ]
    book[MACHINE_SHEET]["B4"].value = "oak"
    assert "this form was made for oak, not for Elm Primary School" in refusal(saved(book))[0]


def test_a_form_without_answers_and_one_without_a_charter():
    assert refusal(BLANK) == ["f.xlsx holds no answers yet."]
    other = charter(ONE.replace("id: small", "id: other"))
    assert "for the charter small, not other" in refusal(BLANK, Target(other, [other], "2026-27", "", "elm", "Elm"))[0]
    only = charter(TWO)
    assert "which the workspace does not have" in refusal(BLANK, Target(only, [only], "2026-27", "", "elm", "Elm"))[0]


# -- another version of the charter


def test_renamed_and_merged_aspects_are_carried_over_and_said():
    answers = {
        "gate": {"rating": "Good", "ideas": "More"},
        "phone": {"rating": "Nearly", "ideas": "A"},
        "post": {"rating": "Nearly", "ideas": "B"},
        "letter": {"rating": "Good"},
    }
    found = read(filled(BLANK, answers), target(TWO))
    assert [(one.aspect, one.rating, one.ideas) for one in found.answers] == [
        ("entrance", "good", ("More",)),
        ("messages", "nearly", ("A",)),
        ("messages", "nearly", ("B",)),
        ("letter", "good", ()),
    ]
    assert found.notices[0].startswith("The form is for version 1")
    assert "“=The gate” counts as “The entrance”." in found.notices


def test_merged_ones_that_differ_and_split_or_dropped_ones_are_named():
    answers = {
        "phone": {"rating": "Nearly"},
        "post": {"rating": "Good"},
        "night": {"rating": "Good"},
        "web": {"note": "x"},
    }
    said = refusal(filled(BLANK, answers), target(TWO))
    assert said[0].startswith(
        f"{cell('night', 'rating')}: version 2 of the charter splits this aspect into “Mornings” and “Evenings”"
    )
    assert said[1].startswith(f"{cell('web', 'note')}: version 2 of the charter no longer has this aspect")
    assert said[2].startswith(
        f"{cell('post', 'rating')}: version 2 of the charter merges this aspect with the one at {cell('phone', 'rating')}"
    )


def test_a_level_that_the_other_version_no_longer_has_is_named():
    fewer = TWO.replace('{id: nearly, label: Nearly, meaning: "Almost, not quite"}, ', "")
    to = Target(charter(fewer), [charter(ONE), charter(fewer)], "2026-27", "2026-27", "elm", "Elm")
    kept = {
        "gate": {"rating": "Good"},
        "phone": {"rating": "Does not apply", "reason": "None"},
        "letter": {"note": "x"},
    }
    assert [each.rating for each in read(filled(BLANK, kept), to).answers] == ["good", "not-applicable", None]
    assert refusal(filled(BLANK, {**kept, "post": {"rating": "Nearly"}}), to) == [
        f"{cell('post', 'rating')}: version 2 of the charter has no level “Nearly”: rate it on a form for that version."
    ]


# -- what is no form at all


def repacked(changed: dict[str, bytes], **more: bytes) -> bytes:
    """The blank form with some of its parts replaced."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BLANK)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name, part)
    return held.getvalue()


def sheet_of(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return repacked(
        {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()}
    )


def packed(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return held.getvalue()


WRONG = {
    "empty": (b"", "is no XLSX workbook"),
    "cut off": (BLANK[: len(BLANK) // 2], "is damaged"),
    "a broken part": (repacked({"xl/workbook.xml": b"<workbook><sheets>"}), "is damaged"),
    "a bad number of a text": (sheet_of('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'), "is damaged"),
    "a cell at the far end": (sheet_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "more than 5,000 rows"),
    "a bomb": (repacked({"xl/sharedStrings.xml": b"<sst>" + b"<si/>" * 2_000_000}), "more than 8 MB"),
    "two parts of one name": (repacked({}, **{"XL/workbook.xml": b"<a/>"}), "not packed as a workbook is"),
    "too large": (bytes(MAX_BYTES + 1), "larger than 1 MiB"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_form_is_a_sentence(name):
    data, said = WRONG[name]
    complaints = refusal(data)
    assert len(complaints) == 1
    assert said in complaints[0]


def test_a_workbook_of_somebody_elses():
    book = opened(BLANK)
    del book[MACHINE_SHEET]
    assert refusal(saved(book)) == ["f.xlsx is no self-evaluation form of charterkit’s."]
    book = opened(BLANK)
    book[SHEET].delete_cols(1)
    assert "lost the hidden row or column" in refusal(saved(book))[0]
    book = opened(BLANK)
    book[MACHINE_SHEET]["A1"].value = "=1"
    assert "no self-evaluation form" in refusal(saved(book))[0]


FILLED = filled(BLANK, {"gate": {"rating": "Good"}})


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 0.9999), st.integers(0, 255)), min_size=1, max_size=5))
def test_damage_anywhere_is_a_sentence_or_does_not_matter(changes):
    spoilt = bytearray(FILLED)
    for at, byte in changes:
        spoilt[int(at * len(spoilt))] = byte
    try:
        found = plain(read(bytes(spoilt)))
    except CharterkitError:
        return
    assert found["gate"][0] == "good"


# -- what is small when packed, and large when each cell gets it


def shared(text: str, cells: int) -> bytes:
    """The blank form with one more shared text, which many cells of the form's sheet hold."""
    with zipfile.ZipFile(io.BytesIO(BLANK)) as old:
        texts, sheet = old.read("xl/sharedStrings.xml").decode(), old.read("xl/worksheets/sheet1.xml").decode()
    number = texts.count("<si>")
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{one}{row}" t="s"><v>{number}</v></c>' for one in "KLMNOPQRST") + "</row>"
        for row in range(60, 60 + cells // 10)
    )
    return repacked(
        {
            "xl/sharedStrings.xml": texts.replace("</sst>", f"<si><t>{text}</t></si></sst>").encode(),
            "xl/worksheets/sheet1.xml": sheet.replace("</sheetData>", f"{rows}</sheetData>").encode(),
        }
    )


@pytest.mark.parametrize(
    ("text", "cells", "said"),
    [
        ("x" * 3_000_000, 40_000, f"more than 32,767 characters, the most of a cell, at {SHEET}!K60"),
        ("x" * 30_000, 40_000, "holds too much text"),
    ],
)
def test_a_text_that_many_cells_share_counts_each_time(text, cells, said):
    assert said in refusal(shared(text, cells))[0]


def test_far_cells_make_no_large_table_and_other_sheets_are_not_read():
    book = opened(filled(BLANK, {"gate": {"rating": "Good"}}))
    for number in range(20):
        book.create_sheet(f"More {number}").cell(5_000, 200).value = "x"
    assert plain(read(saved(book))) == {"gate": ("good", {}, ())}
    book[SHEET].cell(5_000, 200).value = "x"
    with pytest.raises(CharterkitError) as refused:
        read(saved(book))
    assert "too many cells" in refused.value.message
    assert "copy what matters into a fresh one" in refused.value.hint


# -- which aspect a row is about


def reordered(first_column: int) -> bytes:
    """A filled form whose rows were sorted from a column on; the columns before it stayed behind."""
    book = opened(
        filled(BLANK, {"phone": {"rating": "Good"}, "post": {"rating": "Not yet"}, "web": {"rating": "Nearly"}})
    )
    sheet = book[SHEET]
    rows = sorted(sheet.iter_rows(min_row=8, min_col=first_column, values_only=True), key=lambda row: str(row[-10:]))
    for number, row in enumerate(rows, 8):
        for column, value in enumerate(row, first_column):
            sheet.cell(number, column).value = value
            sheet.cell(number, column).data_type = "s"
    return saved(book)


@pytest.mark.parametrize("first_column", [1, 2])
def test_rows_sorted_with_or_without_the_hidden_column_keep_their_answers(first_column):
    found = read(reordered(first_column))
    assert {one.aspect: one.rating for one in found.answers} == {"phone": "good", "post": "not-yet", "web": "nearly"}
    assert [one[:28] for one in found.notices] == ["The rows of the form stand i"] * (first_column - 1)


def test_sorted_without_the_sentences_is_refused_or_mended():
    book = opened(filled(BLANK, {"phone": {"rating": "Good"}}))
    rows, _ = places(book)
    sheet = book[SHEET]
    sheet.cell(rows["phone"], 1).value = None
    assert plain(read(saved(book))) == {"phone": ("good", {}, ())}
    sheet.cell(rows["phone"], 2).value = None
    assert "this row belongs to no aspect" in refusal(saved(book))[0]


def test_twins_among_the_sentences_are_refused_once_they_were_sorted():
    data = blank(ONE.replace("text: The post", "text: The phone"))
    book = opened(filled(data, {"night": {"rating": "Good"}}))
    rows, _ = places(book)
    book[SHEET].cell(rows["night"], 2).value = "The phone"
    twin = charter(ONE.replace("text: The post", "text: The phone"))
    to = Target(twin, [twin], "2026-27", "2026-27", "elm", "Elm")
    assert "several aspects have this sentence" in refusal(saved(book), to)[0]


def test_one_aspect_in_two_rows_that_differ_is_named_by_its_sentence():
    book = opened(filled(BLANK, {"phone": {"rating": "Good"}}))
    _, columns = places(book)
    sheet = book[SHEET]
    sheet.cell(30, 1).value, sheet.cell(30, 2).value = "phone", "The phone"
    sheet.cell(30, columns["rating"]).value = "Nearly"
    said = f"the rating of “The phone” is another one at {cell('phone', 'rating')}: keep one."
    assert said in refusal(saved(book))[0]


def test_two_sheets_with_answers_are_refused_and_an_empty_copy_is_not():
    book = opened(filled(BLANK, {"gate": {"rating": "Good"}}))
    copy = book.copy_worksheet(book[SHEET])
    rows, columns = places(book)
    assert f"the sheets “{SHEET}” and “{copy.title}”" in refusal(saved(book))[0]
    book[SHEET].cell(rows["gate"], columns["rating"]).value = None
    assert read(saved(book)).answers[0].where.startswith(f"'{copy.title}'!")


def test_a_reason_needs_its_choice():
    said = refusal(filled(BLANK, {"gate": {"reason": "No gate"}}))
    assert said == [
        (
            f"{cell('gate', 'reason')}: a reason stands here, but the aspect has no rating: empty this cell, "
            f"or choose “Does not apply” in {cell('gate', 'rating')}."
        )
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026/27", ""),
        (" 2026-27 ", ""),
        ("2025/26", "for the cycle 2025-26, not 2026-27: write 2026-27, or add --cycle 2025-26."),
        ("Autumn 2026", "for the cycle 2026-27-autumn, not 2026-27: write 2026-27, or add --cycle 2026-27-autumn."),
        ("Michaelmas 2026", "‘Michaelmas 2026’ is no cycle: write 2026-27."),
    ],
)
def test_a_cycle_written_otherwise(written, said):
    book = opened(filled(BLANK, {"gate": {"rating": "Good"}}))
    book[SHEET]["C4"].value = written
    if said:
        assert said in refusal(saved(book))[0]
    else:
        assert read(saved(book)).answers


def test_marks_of_a_list_are_no_part_of_an_idea():
    ideas = "- one\n• two\n– three\n* four\n-\n-5 degrees\n*Note"
    found = read(filled(BLANK, {"gate": {"ideas": ideas}}))
    assert found.answers[0].ideas == ("one", "two", "three", "four", "-", "-5 degrees", "*Note")


def test_what_was_renamed_is_said_only_where_its_words_are_others_and_five_times_at_most():
    aspects = range(9)
    old = "version: '1'\n" + HEAD + "  - id: p\n    title: P\n    aspects:\n"
    new = old.replace("'1'", "'2'")
    old += "".join(f"      - {{id: a{n}, text: Old {n}}}\n" for n in aspects)
    new += "".join(f"      - {{id: b{n}, text: {'Old' if n < 2 else 'New'} {n}, replaces: [a{n}]}}\n" for n in aspects)
    to = Target(charter(new), [charter(old), charter(new)], "2026-27", "2026-27", "elm", "Elm")
    found = read(filled(blank(old), {f"a{n}": {"rating": "Good"} for n in aspects}), to)
    assert len(found.answers) == len(aspects)
    assert found.notices[1:] == (*(f"“Old {n}” counts as “New {n}”." for n in range(2, 7)), "And 2 more.")
    assert len(read(filled(blank(old), {f"a{n}": {"rating": "Good"} for n in range(7)}), to).notices) == 6
