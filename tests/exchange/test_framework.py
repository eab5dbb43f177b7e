"""Frameworks in people's own sheets, read into the draft of a charter: real workbooks and CSV files."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from charterkit.errors import CharterkitError
from charterkit.exchange.cells import letters
from charterkit.exchange.framework.draft import Draft
from charterkit.exchange.framework.ids import ids
from charterkit.exchange.framework.read import TICKS, read_framework
from charterkit.exchange.framework.told import told
from charterkit.exchange.framework.words import folded, same
from charterkit.exchange.grid import Grid, grids_of
from charterkit.files.load import load
from charterkit.files.yaml.emit import document
from charterkit.insight.charter_sheet import charter_rows, example_text, examples_of, level_rows
from charterkit.model.charter import AppliesTo, Aspect, Charter, Example, KeyPoint
from charterkit.model.scale import Level


def book(*tables: tuple[str, list[list[Any]]], merged: tuple[str, ...] = ()) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in tables:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def read(name: str, data: bytes, *said: str, sheet: str | None = None) -> Draft:
    return read_framework(name, grids_of(name, data), sheet=sheet, said=said, title="Untitled")


def charter(draft: Draft) -> Charter:
    assert not draft.complaints
    found = load(Charter, document(draft.facts("made")).encode())
    assert not found.problems
    assert found.model
    return found.model


def outline(draft: Draft) -> list[Any]:
    return [(point.part, point.number, point.title, [each.text for each in point.aspects]) for point in draft.points]


@given(st.lists(st.builds(Example, text=st.text("ab[]\n-•", min_size=1), school=st.none() | st.text("xy", min_size=1))))
def test_examples_come_back_out_of_one_cell(examples: list[Example]) -> None:
    clear = [each for each in examples if each.text.strip("[]\n-• ") and "\n\n" not in each.text.strip()]
    clear = [each for each in clear if each.text.strip()[0] not in "-•"]
    read_back = [Example(text=text, school=school or None) for text, school in examples_of(example_text(clear))]
    assert read_back == [Example(text=each.text.strip(), school=each.school) for each in clear]


def test_merged_cells_two_lines_of_headings_and_levels_from_the_best() -> None:
    rows: list[list[Any]] = [
        ["A framework for families"],
        [],
        ["Area", "Standard", "Ref", "Statement", "Description", "What it looks like", None, None, "Owner"],
        [None, None, None, None, None, "Green – in place", "Amber", "Red", None],
        ["Leadership", "Welcome", 1.1, "The gate", "At eight", "Two leaders", "One", "Nobody", "Head"],
        [None, None, 1.2, "The phone", None, None, "Some calls", None, None],
        [],
        [None, "Home", 2, "A visit", None, None, None, None, None],
    ]
    draft = read("f.xlsx", book(("Sheet1", rows), merged=("A3:A4", "F3:H3", "A5:A6", "B5:B6")))
    assert draft.title == "A framework for families"
    assert outline(draft) == [
        ("Leadership", "", "Welcome", ["The gate", "The phone"]),
        ("Leadership", "", "Home", ["A visit"]),
    ]
    made = charter(draft)
    assert [(level.id, level.meaning) for level in made.scale] == [("red", ""), ("amber", ""), ("green", "in place")]
    assert made.aspects["gate"].levels == {"red": "Nobody", "amber": "One", "green": "Two leaders"}
    assert [aspect.number for aspect in made.aspects.values()] == ["1.1", "1.2", "2"]
    said = "\n".join(told(draft))
    assert "I  Owner                     left out: it holds answers, or who sees to them" in said
    assert "Levels, from worst to best: Red, Amber, Green." in said


@pytest.mark.parametrize(
    ("coding", "separator"), [("cp1252", ";"), ("utf-8-sig", ","), ("utf-8", "\t"), ("utf-8", ";")]
)
def test_csv_as_programs_write_it(coding: str, separator: str) -> None:
    lines = [
        ["No.", "Question", "Not yet", "Partly", "Yes"],
        ["1", "Café and welcome", "", "", ""],
        ["1.1", "Is there ‘coffee’?", "None; at all", "", ""],
        ["", "", "", "", ""],
        ["2", "Home", "", "", ""],
        ["2.1", "=SUM(A1)", "", "", "x"],
    ]
    text = "\r\n".join(separator.join(f'"{cell}"' if ";" in cell else cell for cell in line) for line in lines)
    draft = read("f.csv", text.encode(coding))
    assert outline(draft) == [
        ("", "1", "Café and welcome", ["Is there ‘coffee’?"]),
        ("", "2", "Home", ["=SUM(A1)"]),
    ]
    made = charter(draft)
    assert list(made.aspects) == ["there-coffee", "sum-a1"]
    assert made.aspects["there-coffee"].levels == {"not-yet": "None; at all"}
    assert "charterkit evaluate --from takes them in" in draft.notes[1]


def test_every_cell_that_is_not_understood_is_said_with_its_place() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"strings_to_formulas": False}) as made:
        sheet = made.add_worksheet("Standards & more")
        day = made.add_format({"num_format": "d mmm"})
        rows = [
            ["Key point", "Number", "Aspect", "Red", "Green"],
            ["", "", "Above all key points"],
            ["Welcome", "1", "The gate"],
            ["", "2", "The  GATE"],
            ["", "3", "", "Nobody"],
            ["Empty"],
            ["Home", "4", "A visit"],
        ]
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text)
        sheet.write_datetime(6, 1, date(2026, 2, 1), day)
        sheet.write_formula(7, 2, '="A "&"meal"', None, "A meal")
        sheet.write_formula(8, 2, "=A1", None, "")
        sheet.write_formula(9, 2, "=1/0", None, "#DIV/0!")
    draft = read("f.xlsx", held.getvalue())
    place = "'Standards & more'!"
    assert [line.partition(": ")[0] for line in draft.complaints] == [
        f"{place}{cell}" for cell in ("A2", "C4", "C5", "B7", "C9", "C10", "A6")
    ]
    assert "the same aspect stands at 'Standards & more'!C3" in draft.complaints[1]
    assert "as text, with an apostrophe" in draft.complaints[3]
    assert [each.text for each in draft.aspects] == ["The gate", "A visit", "A meal"]


def test_columns_may_be_said() -> None:
    rows = [
        ["Thema", "Satz", "Was wir sehen wollen", "Schwach", "Stark", "Wer"],
        ["Tor", "Wir grüßen", "Laut", "a", "b", ""],
    ]
    data = book(("Eins", rows), ("Zwei", [["Notes"], ["none"]]))
    with pytest.raises(CharterkitError, match="no line of headings"):
        read("f.xlsx", data)
    maps = ("Key point=Thema", "Aspect=B", "detail=was wir sehen  wollen", "Level=Schwach", "Level=Stark", "-=Wer")
    made = charter(read("f.xlsx", data, *maps))
    assert made.key_points[0].title == "Tor"
    assert made.aspects["wir-gru-en"].detail == "Laut"
    assert list(made.levels) == ["schwach", "stark"]
    for wrong, said in (
        ("Colour=Thema", "write what a column is"),
        ("Detail=Nix", "no column Nix"),
        ("=", "write what"),
    ):
        with pytest.raises(CharterkitError, match=said):
            read("f.xlsx", data, "Aspect=Satz", wrong)
    with pytest.raises(CharterkitError, match="no sheet “Drei”") as refused:
        read("f.xlsx", data, sheet="Drei")
    assert "Eins, Zwei" in str(refused.value.hint)


def test_numbers_before_the_texts_and_levels_told_by_numbers() -> None:
    rows: list[list[Any]] = [
        ["Standard", "Criteria", "Our own thoughts", 4, 3, 2, 1],
        ["Standard 1: Welcome", "1.1a The gate is open", "x", "Nobody", None, None, "Two leaders"],
        [None, "1.1b 24 hours", None, None, None, None, None],
        ["Standard 2 – Home", "2.1) A visit", None, None, None, None, None],
    ]
    draft = read("f.xlsx", book(("A", rows)))
    assert outline(draft) == [("", "1", "Welcome", ["The gate is open", "24 hours"]), ("", "2", "Home", ["A visit"])]
    made = charter(draft)
    assert [aspect.number for aspect in made.aspects.values()] == ["1.1a", "1.1b", "2.1"]
    assert [level.label for level in made.scale] == ["1", "2", "3", "4"]
    assert any("Our own thoughts" in line and "left out" in line for line in told(draft))
    once: list[list[Any]] = [["Key point", "Aspect"], ["2026 plans", "3 leaders greet"], [None, "Everybody is greeted"]]
    assert outline(read("f.xlsx", book(("A", once)))) == [
        ("", "", "2026 plans", ["3 leaders greet", "Everybody is greeted"])
    ]


LINE = st.text("aB=1.[]()–: -\"'é", min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)
TEXT = st.none() | st.text("a=1.\n[]:", min_size=1, max_size=8).map(str.strip).filter(bool)
ID = st.from_regex("[a-w][a-z0-9]{1,3}", fullmatch=True)


@st.composite
def charters(draw: st.DrawFn) -> Charter:
    """What a table has columns for."""
    labels = draw(st.lists(LINE, min_size=2, max_size=4, unique_by=same))
    names = draw(st.lists(ID, min_size=len(labels), max_size=len(labels), unique=True))
    scale = [Level(id=each, label=label, meaning=draw(LINE)) for each, label in zip(names, labels, strict=True)]
    parts = sorted(draw(st.lists(st.none() | LINE, min_size=1, max_size=3)), key=bool)
    own = iter(draw(st.lists(ID, min_size=12, max_size=12, unique=True)))
    rubric = st.dictionaries(st.sampled_from(names), LINE.filter(lambda text: folded(text) not in TICKS))
    points = []
    for part in parts:
        aspects = tuple(
            Aspect(
                id=next(own),
                text=draw(LINE),
                number=draw(st.none() | LINE),
                detail=draw(TEXT),
                levels=draw(rubric),
                next=draw(rubric),
            )
            for _ in range(draw(st.integers(1, 3)))
        )
        about = {"number": draw(st.none() | LINE), "detail": draw(TEXT), "part": part}
        points.append(KeyPoint(id=next(own), title=draw(LINE), aspects=aspects, **about))
    return Charter(
        id="made",
        version="1",
        title=draw(LINE),
        status="draft",
        scale=tuple(scale),
        met_at=names[0],
        key_points=tuple(points),
    )


@given(charters())
def test_the_table_of_any_charter_makes_it_again(known: Charter) -> None:
    tables = [
        Grid(name, rows, lambda row, column: f"{row}/{column}")
        for name, rows in (("Charter", charter_rows(known)), ("Levels", level_rows(known)))
    ]
    assert charter(read_framework("f.xlsx", tables, sheet=None, said=(), title="Untitled")) == known


@pytest.mark.parametrize(
    ("heads", "levels", "fields"),
    [
        (["Standard", "Minimum requirement", "Emerging", "Established", "Enhanced", "Evidence", "RAG"], "CDE", "A B"),
        (
            ["Strand", "Aspect", "4 Outstanding", "3 Good", "2 Requires improvement", "1 Inadequate", "Notes"],
            "FEDC",
            "A B",
        ),
        (["Aspect of practice", "Focusing (1)", "Developing (2)", "Establishing (3)", "Enhancing (4)"], "BCDE", " A"),
        (["Question", "Yes", "No", "Partly", "Comments"], "CDB", " A"),
        (["Domain", "Strand", "Indicator", "Our view", "Score 0", "Score 1"], "EF", "B C"),
        (["No", "Area", "Statement", "R", "A", "G", "Why?"], "DEF", "B C"),
        (["Goal", "Item", "Gold", "Silver", "Bronze"], "EDC", "A B"),
    ],
)
def test_columns_are_told_by_their_headings(heads: list[str], levels: str, fields: str) -> None:
    columns = read("f.csv", f"{','.join(heads)}\nSomething,To rate,this,or,that,and,more\n".encode()).columns
    assert "".join(letters(level.column) for level in columns.levels) == levels
    point, aspect = fields.split(" ")
    found = {name: letters(at) for name, at in columns.fields.items()}
    assert (found.get("point", ""), found["aspect"]) == (point, aspect)
    assert columns.is_order_known


def test_who_is_asked_and_a_mark_of_ones_own() -> None:
    heads = ["Key point", "Aspect", "Phase", "Types", "Met at", "Key point phases"]
    rows = [heads, ["Home", "A visit", "Primary, Sixth form", "academy", "amber", "special"]]
    made = charter(read("f.xlsx", book(("A", rows))))
    aspect = made.aspects["visit"]
    assert aspect.applies_to == AppliesTo(phases=("primary", "sixth-form"), types=("academy",))
    assert (aspect.met_at, made.key_points[0].applies_to) == ("amber", AppliesTo(phases=("special",)))
    wrong = read("f.xlsx", book(("A", [heads, ["Home", "A visit", "prep", "free", "blue", ""]])))
    assert [line.partition(":")[0] for line in wrong.complaints] == ["A!C2", "A!D2", "A!E2"]


def test_two_sheets_that_may_be_it_are_asked_about() -> None:
    rows = [["Key point", "Aspect"], ["Welcome", "The gate"]]
    data = book(("One", rows), ("Two", rows))
    with pytest.raises(CharterkitError, match="One, Two"):
        read("f.xlsx", data)
    assert outline(read("f.xlsx", data, sheet="two")) == [("", "", "Welcome", ["The gate"])]


def test_more_rows_than_are_read_are_refused() -> None:
    rows = [["Key point", "Aspect"], *([f"Point {row // 50}", f"Aspect {row}"] for row in range(10_000))]
    with pytest.raises(CharterkitError, match="5,000 rows"):
        read("f.xlsx", book(("Many", rows)))
    with pytest.raises(CharterkitError, match="5,000 rows"):
        read("f.csv", "\n".join(",".join(row) for row in rows).encode())
    draft = read("f.xlsx", book(("Many", rows[:5000])))
    assert len(draft.aspects) == len({each.id for each in draft.aspects}) == 4999
    assert len(list(told(draft))) < 200


HOSTILE = [b"PK\3\4 nothing", b"", b"\xd0\xcf\x11\xe0", b"\xff\xfea\0", b"Aspect\0", b'Aspect,Red\n"never closed']


@pytest.mark.parametrize("data", HOSTILE)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_no_table_is_refused(data: bytes, ending: str) -> None:
    with pytest.raises(CharterkitError):
        read(f"f.{ending}", data)


def test_ids_are_telling_apart_and_stay() -> None:
    texts = [
        "Leaders greet the families at the gate each morning",
        "Leaders greet the families at the gate each evening",
    ]
    texts += ["X-ray", "مرحبا", "你好", "12", "The", "Home", "Home"]
    made = ids(texts, ["home"], otherwise="aspect")
    assert len(set(made)) == len(made)
    assert made[2:7] == ["aspect-x-ray", "aspect", "aspect-2", "aspect-12", "the"]
    assert ids(["Another first", *texts], ["home"], otherwise="aspect")[1:] == made
    assert ids([*texts[1:], texts[0]], ["home"], otherwise="aspect")[-1] == made[0]


@given(
    st.lists(st.lists(st.sampled_from(["", "Key point", "Aspect", "Red", "Green", "x", "=a", "1", "Part"]), max_size=5))
)
def test_no_table_is_too_odd(rows: list[list[str]]) -> None:
    data = "\n".join(",".join(row) for row in rows).encode()
    try:
        draft = read("f.csv", data)
    except CharterkitError:
        return
    list(told(draft))
    if not draft.complaints:
        charter(draft)


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    from charterkit.exchange.grid import grids

    for name in ("none.csv", "f.ods"):
        with pytest.raises(CharterkitError):
            grids(tmp_path / name)


def test_numbers_that_repeat_are_named_in_the_trial() -> None:
    draft = read("f.csv", b"Key point,Number,Aspect,Red,Green\nWelcome,1,The gate,,\n,1,The phone,,\n")
    assert not draft.complaints
    assert "the number 1 stands at f.csv, line 2, cell C2 too: give this aspect another one." in "\n".join(told(draft))


def test_headings_that_are_printed_again_are_no_aspect() -> None:
    draft = read(
        "f.csv", b"Key point,Aspect,Red,Green\nWelcome,The gate,,\nKey point,Aspect, red,GREEN\n,The phone,,\n"
    )
    assert not draft.complaints
    assert [aspect.text for point in draft.points for aspect in point.aspects] == ["The gate", "The phone"]
    assert "The headings stand in row 3 again, which is passed over." in "\n".join(told(draft))
