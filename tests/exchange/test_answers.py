"""Answers from YAML and CSV files and from options: read whole, or refused with every complaint and its place."""

import csv
import io
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.errors import CharterkitError
from charterkit.exchange.answers import answers_of, from_csv, from_options, plain_bytes
from charterkit.exchange.columns import COLUMNS
from charterkit.exchange.workbook.sheet import read_sheet
from charterkit.files.load import load
from charterkit.files.yaml.edit import Change
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.insight.evaluations.answers import Answer, changes, level_meant
from charterkit.insight.evaluations.naming import aspect_meant
from charterkit.model.charter import Charter

SCALE = """\
scale:
  - {id: not-yet, label: Not yet}
  - {id: getting-there, label: Getting there}
  - {id: good, label: Good}
  - {id: great, label: Ausgezeichnet}
"""
TEXT = """\
id: small
version: "1"
title: Small
status: draft
focus_groups: [{id: boys, name: Boys}]
key_points:
  - {id: welcome, title: Welcome, aspects: [{id: gate, text: The gate}, {id: phone, text: The phone}, {id: post, text: The post}]}
"""


def charter(more: str = "") -> Charter:
    found = load(Charter, f"{TEXT}{more}".encode()).model
    assert found
    return found


def read(tmp_path: Path, name: str, data: str | bytes) -> list[Answer]:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return answers_of(path.name, path.read_bytes())


def refusal(tmp_path: Path, name: str, data: str | bytes) -> list[str]:
    with pytest.raises(CharterkitError) as refused:
        read(tmp_path, name, data)
    return refused.value.message.split("\n")


# -- YAML


def test_yaml_with_and_without_the_key_ratings(tmp_path: Path) -> None:
    plain = "gate: amber\nphone:\n  rating: n/a\n  reason: We have none\npost:\n  note: Soon\n  ideas: [One, Two]\n  groups: {boys: red}\n"
    inside = "cycle: 2025-26\nratings:\n" + "".join(f"  {line}\n" for line in plain.splitlines())
    expected = [
        ("gate", "amber", {}, (), {}),
        ("phone", "n/a", {"reason": "We have none"}, (), {}),
        ("post", None, {"note": "Soon"}, ("One", "Two"), {"boys": "red"}),
    ]
    for text in (plain, inside):
        found = read(tmp_path, "a.yaml", text)
        assert [(one.aspect, one.rating, one.texts, one.ideas, one.groups) for one in found] == expected
    assert [one.where for one in read(tmp_path, "a.yaml", plain)] == [
        "a.yaml, line 1, column 1",
        "a.yaml, line 2, column 1",
        "a.yaml, line 5, column 1",
    ]
    assert read(tmp_path, "a.yml", inside)[0].where == "a.yml, line 3, column 3"


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("gate: [amber]\n", ["a.yaml, line 1, column 1: gate: write a level, or keys such as 'rating: amber'"]),
        ("gate: {ratign: amber}\n", ["a.yaml, line 1, column 1: gate: 'ratign' is not a key of an answer: did you mean 'rating'?"]),
        ("gate: {rating: [amber]}\n", ["a.yaml, line 1, column 1: gate: 'rating' holds something else than text"]),
        ("gate: {groups: red}\n", ["a.yaml, line 1, column 1: gate: 'groups' holds something else than text"]),
        ("gate: {ideas: {a: b}}\n", ["a.yaml, line 1, column 1: gate: 'ideas' holds something else than text"]),
        ("gate: {ideas: [[a]]}\n", ["a.yaml, line 1, column 1: gate: ideas and groups hold text only"]),
        ("gate: {groups: {boys: [red]}}\n", ["a.yaml, line 1, column 1: gate: ideas and groups hold text only"]),
        ("- gate\n", ["a.yaml, line 1: write one line an aspect, such as 'gate-greeting: amber'."]),
        ("", ["a.yaml, line 1: write one line an aspect, such as 'gate-greeting: amber'."]),
        ("gate:\n", ["a.yaml holds no answers."]),
        ("gate: amber\ngate: red\n", ["a.yaml, line 2, column 1: 'gate' stands here a second time. Keep one of the two."]),
        ("x: {y: z}\nb: [c]\n", [
            "a.yaml, line 1, column 1: x: 'y' is not a key of an answer",
            "a.yaml, line 2, column 1: b: write a level, or keys such as 'rating: amber'",
        ]),
    ],
)  # fmt: skip
def test_yaml_that_is_refused(tmp_path: Path, text: str, complaints: list[str]) -> None:
    assert refusal(tmp_path, "a.yaml", text) == complaints


ABOUT = {"charter": "small", "charter_version": "1", "cycle": "2025-26"}


def test_a_file_that_says_what_it_is_for_is_taken_at_its_word(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    head = "".join(f"{key}: {value}\n" for key, value in ABOUT.items())
    path.write_text(f"{head}ratings:\n  gate: red\n", encoding="utf-8")
    assert len(answers_of(path.name, path.read_bytes(), ABOUT)) == 1
    path.write_text("cycle: 2024-25\ncharter: other\nactions: []\nratings:\n  gate: red\n", encoding="utf-8")
    with pytest.raises(CharterkitError) as refused:
        answers_of(path.name, path.read_bytes(), ABOUT)
    assert refused.value.message.split("\n") == [
        "a.yaml, line 1, column 1: these answers are for the cycle 2024-25, not 2025-26",
        "a.yaml, line 2, column 1: these answers are for the charter other, not small",
        (
            "a.yaml, line 3, column 1: 'actions' is not taken in, only ratings are: take it out, "
            "or write it in the evaluation's own file"
        ),
    ]


def test_evidence_is_taken_in_as_the_model_reads_it(tmp_path: Path) -> None:
    text = "gate:\n  evidence:\n    - {kind: conversation, with: Year 6, date: 2026-10-14}\n    - kind: document\n"
    (one,) = read(tmp_path, "a.yaml", text)
    made, complaints = changes([one], charter())
    assert complaints == []
    assert [(change.at, change.append, {key: str(text) for key, text in change.value.items()}) for change in made] == [
        (("ratings", "gate", "evidence"), True, {"kind": "conversation", "with": "Year 6", "date": "2026-10-14"}),
        (("ratings", "gate", "evidence"), True, {"kind": "document"}),
    ]
    wrong = "gate: {evidence: [{kind: rumour}]}\nphone: {evidence: {kind: document}}\npost: {evidence: [{kind: document, date: 1/2/25}]}\n"
    assert refusal(tmp_path, "a.yaml", wrong) == [
        (
            "a.yaml, line 1, column 1: gate: evidence 1: kind: 'rumour' is not one of the words for this. "
            "Write survey, document, link, walkthrough, observation or conversation."
        ),
        (
            "a.yaml, line 2, column 1: phone: evidence: a list should stand here, not keys with values. "
            "Put '- ' before its first key, and indent the others as far: below 'evidence:' stands a list."
        ),
        "a.yaml, line 3, column 1: post: evidence 1: date: '1/2/25' is not a date. Write 2025-02-01 (day first).",
    ]


# -- CSV


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_as_spreadsheets_write_it(tmp_path: Path, separator: str, encoding: str, newline: str) -> None:
    rows = [["Aspect", " rating ", "NOTE"], ["gate", "Amber", "Café at £2 – naïve"], ["phone", "", ""]]
    text = newline.join(separator.join(row) for row in rows) + newline
    found = read(tmp_path, "a.csv", text.encode(encoding))
    assert [(one.aspect, one.rating, dict(one.texts)) for one in found] == [
        ("gate", "Amber", {"note": "Café at £2 – naïve"}),
        ("phone", None, {}),
    ]


def test_cells_over_several_lines_and_empty_rows_keep_the_line_numbers(tmp_path: Path) -> None:
    text = '\r\n,,\r\naspect,rating,note,idea\r\ngate,red,"One\r\ntwo, three","First\n\nSecond "\r\n,,,\r\n\r\nphone,green,"a ""quoted"" word",\r\n'
    found = read(tmp_path, "a.csv", text)
    assert [one.where for one in found] == ["a.csv, line 4", "a.csv, line 10"]
    assert found[0].texts == {"note": "One\ntwo, three"}
    assert found[0].ideas == ("First", "Second")
    assert found[1].texts == {"note": 'a "quoted" word'}


def test_text_stays_as_it_is(tmp_path: Path) -> None:
    notes = ["=1+1", "+44 20", "-", "@SUM(A1)", "مرحبا بكم", "<b>bold</b> [red]", "x" * 200_000]
    out = io.StringIO()
    csv.writer(out).writerows([["aspect", "note"], *(["gate", note] for note in notes)])
    assert [one.texts["note"] for one in read(tmp_path, "a.csv", out.getvalue())] == notes


def test_empty_cells_at_the_end_of_rows_mean_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", "rating,aspect,,\nred,gate,,\ngreen,phone,,,,,\n")
    assert [(one.aspect, one.rating) for one in found] == [("gate", "red"), ("phone", "green")]


HEADING = "the columns are aspect, rating, reason, strengths, note, idea, evidence, target, target by, value."


@pytest.mark.parametrize(
    ("data", "complaints"),
    [
        ("aspect,ratign\ngate,red\n", [f"a.csv, line 1, cell B1: 'ratign' is not a column of answers (did you mean 'rating'?): {HEADING}"]),
        ("aspect,zzz\ngate,red\n", [f"a.csv, line 1, cell B1: 'zzz' is not a column of answers: {HEADING}"]),
        ("rating,note\nred,x\n", [f"a.csv, line 1, cell A1: there is no column 'aspect': {HEADING}"]),
        ("gate,red\nphone,green\n", [f"a.csv, line 1, cell A1: the first line does not name the columns: {HEADING}"]),
        ("aspect,rating,rating\n", [f"a.csv, line 1, cell C1: the column 'rating' stands here twice: {HEADING}"]),
        ("aspect,idea,ideas\n", [f"a.csv, line 1, cell C1: the column 'idea' stands here twice: {HEADING}"]),
        ("aspect,note\ngate,Come, please\nphone,a\npost,b,c\n", [
            "a.csv, line 2, cell C2: 'please' stands under no column: put text with commas in quotes.",
            "a.csv, line 4, cell C4: 'c' stands under no column: put text with commas in quotes.",
        ]),
        ("aspect;;note\ngate;x;y\n", ["a.csv, line 2, cell B2: 'x' stands under no column: put text with semicolons in quotes."]),
        ("rating,aspect\nred\n,gate\n", ["a.csv, line 2: no aspect is named in this row."]),
        ('aspect,note\ngate,"One\nphone,two\npost,three\n', ["a.csv, line 2: quotes are opened here and never closed."]),
        ('aspect,note\ngate,"One" two\n', ["a.csv, line 2: this is not a table: ',' expected after '\"'."]),
        (b"aspect,note\ngate,a\nphone,b\0c\n", ["a.csv, line 3: a NUL character stands here: save the table as CSV."]),
        ("aspect,note\ngate,a\n".encode("utf-16"), ["a.csv, line 1: the file is saved as UTF-16: save it as 'CSV UTF-8'."]),
        (b"aspect,note\ngate,\x81\n", ["a.csv, line 2: the letters are neither UTF-8 nor Windows-1252: save it as 'CSV UTF-8'."]),
        (b"aspect,note\n" + b"gate,x\n" * (MAX_BYTES // 7), ["a.csv, line 1: the file is larger than 1 MiB, which is the most."]),
        ("", ["a.csv holds no answers."]),
        ("aspect,rating\n", ["a.csv holds no answers."]),
    ],
)  # fmt: skip
def test_csv_that_is_refused(tmp_path: Path, data: str | bytes, complaints: list[str]) -> None:
    assert refusal(tmp_path, "a.csv", data) == complaints


def test_a_file_of_exactly_1_mib_is_read_whole(tmp_path: Path) -> None:
    head = b"aspect,note\n"
    data = head + b"gate," + b"x" * (MAX_BYTES - len(head) - 6) + b"\n"
    assert len(data) == MAX_BYTES
    assert len(read(tmp_path, "a.csv", data)[0].texts["note"]) == MAX_BYTES - len(head) - 6


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n",;\t'), max_size=20)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_whatever_a_spreadsheet_quotes_comes_back(rows: list[tuple[str, str]], separator: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([["aspect", "note", "reason"], *(["gate", *row] for row in rows)])
    answers, complaints = from_csv("a.csv", out.getvalue().encode())
    assert complaints == []
    assert [one.texts for one in answers] == [
        {key: cell for key, cell in zip(("note", "reason"), row, strict=True) if cell.strip()} for row in rows
    ]


@given(st.binary(max_size=200))
def test_no_bytes_end_in_a_traceback(data: bytes) -> None:
    answers, complaints = from_csv("a.csv", b"aspect,note\n" + data)
    assert all(said.startswith("a.csv, line ") for said in complaints)
    assert all(one.aspect for one in answers)


# -- files


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CharterkitError) as refused:
        answers_of("a.ods", b"")
    assert refused.value.message == "a.ods: answers are read from .csv, .xlsx, .yaml or .yml files."
    with pytest.raises(CharterkitError) as refused:
        plain_bytes(tmp_path / "none.csv")
    assert refused.value.message == f"{tmp_path / 'none.csv'} cannot be read: No such file or directory."
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(CharterkitError):
        plain_bytes(tmp_path / "folder.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes")
def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(CharterkitError, match="is no plain file"):
        plain_bytes(tmp_path / "pipe.csv")


@pytest.mark.skipif(os.name == "nt", reason="names with capitals are the same there")
def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    assert len(read(tmp_path, "A.CSV", "aspect,rating\ngate,red\n")) == 1


# -- options


def test_options() -> None:
    found = from_options(["gate=red", " phone = n/a "], ["post=a=b"])
    assert [(one.aspect, one.rating, dict(one.texts), one.where) for one in found] == [
        ("gate", "red", {}, "--set gate=red"),
        ("phone", " n/a ", {}, "--set  phone = n/a "),
        ("post", None, {"note": "a=b"}, "--note post"),
    ]


@pytest.mark.parametrize("value", ["gate", "=red", " =red", ""])
def test_options_without_an_aspect_or_an_equals_sign(value: str) -> None:
    with pytest.raises(CharterkitError, match=r"write --set ASPECT=LEVEL"):
        from_options([value], [])
    with pytest.raises(CharterkitError, match=r"write --note ASPECT=TEXT"):
        from_options([], [value])


@pytest.mark.parametrize(
    ("value", "meant"),
    [("gate", "gate=LEVEL"), ("gate green", "gate=green"), ("gate:green", "gate=green"), (" =red", "ASPECT=LEVEL")],
)
def test_an_option_without_an_equals_sign_says_how_it_is_written(value: str, meant: str) -> None:
    with pytest.raises(CharterkitError) as caught:
        from_options([value], [])
    assert caught.value.facts["meant"] == meant


# -- read against a charter


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("not-yet", "not-yet"),
        ("NOT YET", "not-yet"),
        (" Not-Yet ", "not-yet"),
        ("n", "not-yet"),
        ("g", None),
        ("a", "great"),
        ("Ausgezeichnet", "great"),
        ("GREAT", "great"),
        ("n/a", "not-applicable"),
        ("NA", "not-applicable"),
        ("Not applicable", "not-applicable"),
        ("not-applicable", "not-applicable"),
        ("grea", None),
        ("", None),
        ("3", "good"),
        ("5", None),
    ],
)
def test_levels_by_id_label_or_letter(word: str, level: str | None) -> None:
    assert level_meant(word, charter(SCALE)) == level


@pytest.mark.parametrize(("word", "level"), [("R", "red"), ("amber", "amber"), ("Green", "green"), ("g", "green")])
def test_levels_of_the_default_scale(word: str, level: str) -> None:
    assert level_meant(word, charter()) == level


NUMBERED = (
    "scale:\n"
    "  - {id: inadequate, label: 4 Inadequate}\n"
    "  - {id: ri, label: 3 Requires improvement}\n"
    "  - {id: good, label: 2 Good}\n"
    "  - {id: outstanding, label: 1 Outstanding}\n"
)
LEVEL_NA = "scale:\n  - {id: na, label: NA}\n  - {id: pa, label: PA}\n  - {id: a, label: A}\n"
CROSSED = "scale:\n  - {id: b, label: Advanced}\n  - {id: a, label: Beginning}\n"


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        (NUMBERED, {"1": "outstanding", "4": "inadequate", "2 good": "good", "Good": "good", "g": None, "0": None}),
        (LEVEL_NA, {"na": "na", "NA": "na", "n/a": "not-applicable", "not applicable": "not-applicable", "p": "pa"}),
        (CROSSED, {"a": None, "B": None, "advanced": "b", "Beginning": "a"}),
        ("", {"1": None, "3": None, "n/a": "not-applicable"}),
    ],
)
def test_a_level_is_what_its_charter_calls_it_and_nothing_is_guessed(scale: str, words: dict[str, str | None]) -> None:
    assert {word: level_meant(word, charter(scale)) for word in words} == words


def test_a_word_for_two_levels_is_complained_about_by_their_labels() -> None:
    _, complaints = changes([Answer("gate", "--set", "a")], charter(CROSSED))
    assert complaints == ["--set: gate: 'a' may mean more than one level: write “Advanced” or “Beginning”."]


def said(*answers: Answer, there: Mapping[str, Any] = MappingProxyType({})) -> list[str]:
    made, complaints = changes(answers, charter(), there)
    return complaints or [
        f"{'.'.join(map(str, change.at[1:]))}{'+' if change.append else ''}={change.value}" for change in made
    ]


def test_what_is_written() -> None:
    one = Answer("gate", "a", "G", {"note": "Well", "strengths": "Staff"}, ("Tea", "Milk"), {"boys": "RED"})
    two = Answer("phone", "b", "n/a", {"reason": "None"})
    assert said(one, two) == [
        "gate.rating=green",
        "gate.groups.boys=red",
        "gate.note=Well",
        "gate.strengths=Staff",
        "gate.ideas+=Tea",
        "gate.ideas+=Milk",
        "phone.rating=not-applicable",
        "phone.reason=None",
    ]


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (Answer("gaet", "x", "red"), "x: 'gaet' is not an aspect of this charter: did you mean gate?"),
        (Answer("zzz", "x", "red"), "x: 'zzz' is not an aspect of this charter (small, version 1)."),
        (Answer("", "x", "red"), "x: no aspect is named here."),
        (Answer("gate", "x", "gold"), "x: gate: 'gold' is not a level of this charter: write red, amber, green or not-applicable."),
        (Answer("gate", "x", ""), "x: gate: '' is not a level of this charter: write red, amber, green or not-applicable."),
        (Answer("gate", "x", "n/a"), "x: gate is not-applicable without a reason: write why under its reason."),
        (Answer("gate", "x", "n/a", {"reason": " "}), "x: gate is not-applicable without a reason: write why under its reason."),
        (Answer("gate", "x", groups={"girls": "red"}), "x: gate: 'girls' is not a focus group of this charter: write boys."),
        (Answer("gate", "x", groups={"boys": "n/a"}), "x: gate: 'n/a' is not a level of this charter: write red, amber or green."),
        (Answer("\x1b[31m" * 99, "x", "red"), f"x: '{'�[31m' * 11}�[31…' is not an aspect of this charter (small, version 1)."),
    ],
)  # fmt: skip
def test_every_complaint_has_its_place(answer: Answer, complaint: str) -> None:
    assert said(answer) == [complaint]


def test_all_complaints_at_once() -> None:
    assert (
        len(said(Answer("gate", "1", "x"), Answer("phone", "2", "red"), Answer("zzz", "3"), Answer("post", "4", "n/a")))
        == 3
    )


def test_a_reason_may_stand_in_the_file_already_or_in_another_answer() -> None:
    na = Answer("gate", "x", "n/a")
    there = {"gate": {"reason": "No gate"}, "phone": "red"}
    assert said(na, there=there) == ["gate.rating=not-applicable"]
    assert said(na, Answer("gate", "y", texts={"reason": "None"})) == ["gate.rating=not-applicable", "gate.reason=None"]
    assert len(said(na, Answer("gate", "y", texts={"reason": ""}), there=there)) == 1


def test_answers_that_agree_and_answers_that_do_not() -> None:
    assert said(Answer("gate", "1", "red"), Answer("gate", "2", "R")) == ["gate.rating=red", "gate.rating=red"]
    assert said(
        Answer("gate", "1", "red", {"note": "a"}, groups={"boys": "red"}),
        Answer("gate", "2", "green", {"note": "b"}, groups={"boys": "green"}),
    ) == [
        "2: gate was rated otherwise at 1.",
        "2: gate was rated otherwise at 1.",
        "2: the note of gate was given otherwise at 1.",
    ]


def test_a_change_names_its_place_below_ratings() -> None:
    assert changes([Answer("gate", "x", "red")], charter())[0] == [Change(("ratings", "gate", "rating"), "red")]
    assert COLUMNS[:2] == ("aspect", "rating")


POINTS = """\
id: long
version: "1"
title: Long
status: draft
key_points:
  - {id: one, title: One, aspects: [ASPECTS]}
  - {id: two, title: Two, aspects: [{id: last, text: "Children’s work is shown – everywhere."}, {id: next, text: مرحبا بكم}]}
"""


def test_an_aspect_is_meant_by_its_id_its_sentence_or_its_number() -> None:
    aspects = ", ".join(f"{{id: a{number}, text: Aspect {number}}}" for number in range(1, 13))
    found = load(Charter, POINTS.replace("ASPECTS", aspects).encode()).model
    assert found
    assert [aspect_meant(words, found) for words in ("last", "childrens WORK is shown - everywhere", "2.1", "13")] == [
        "last"
    ] * 4
    assert [aspect_meant(words, found) for words in ("مرحبا بكم", "2.2", "14.")] == ["next"] * 3
    assert [aspect_meant(words, found) for words in ("1.2", "1.12")] == ["a2", "a12"]
    assert [aspect_meant(words, found) for words in ("1.1", "1.10")] == [None, None], "Excel writes one for the other"
    assert [aspect_meant(words, found) for words in ("", "0", "15", "3.1", "2.0", "Aspect", "…")] == [None] * 7
    for aspect in found.aspects.values():
        assert aspect_meant(aspect.id, found) == aspect_meant(f" {aspect.text.upper()} ", found) == aspect.id


def test_targets_and_values_are_columns_too(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(
        "aspect,rating,Target,Target by,Value\ngate,amber,Green,2027-07,62%\nforum,,red,,\n", encoding="utf-8"
    )
    gate, forum = answers_of(path.name, plain_bytes(path))
    assert (str(gate.target), str(gate.value), str(forum.target), forum.value) == ("Green@2027-07", "62%", "red", None)
    path.write_text(
        "aspect,target,target by,value\ngate,green,soon,62%\ngate,,2027-07,\ngate,,,many\n", encoding="utf-8"
    )
    with pytest.raises(CharterkitError) as caught:
        answers_of(path.name, plain_bytes(path))
    places = [line.split(": ")[0] for line in str(caught.value).splitlines()]
    assert places[:3] == [f"answers.csv, line {line}, cell {cell}" for line, cell in ((2, "C2"), (3, "C3"), (4, "D4"))]
    path = tmp_path / "answers.yaml"
    path.write_text(
        "gate: {target: green@2027-07, value: 62%}\nforum: {target: {level: red, by: 2027}, value: 3}\n",
        encoding="utf-8",
    )
    gate, forum = answers_of(path.name, plain_bytes(path))
    assert [(str(each.target), str(each.value)) for each in (gate, forum)] == [
        ("green@2027-07", "62%"),
        ("red@2027", "3"),
    ]
    for text in (
        "target: [red]",
        "target: {by: 2027}",
        "target: {level: red, until: 2027}",
        "target: red@",
        "value: many",
    ):
        path.write_text(f"gate: {{{text}}}\n", encoding="utf-8")
        with pytest.raises(CharterkitError, match=r"answers.yaml, line 1, column 1: gate: "):
            answers_of(path.name, plain_bytes(path))
    book = openpyxl.Workbook()
    for row in (["Aspect", "Value", "Target", "Target by"], ["gate", 0.62, "green", 2027], ["forum", 14, None, None]):
        book.worksheets[0].append(row)
    book.worksheets[0]["B2"].number_format = "0.0%"
    held = io.BytesIO()
    book.save(held)
    gate, forum = read_sheet("own.xlsx", held.getvalue())
    assert (str(gate.value), str(gate.target), str(forum.value)) == ("62%", "green@2027", "14")
    book.worksheets[0].merge_cells("B2:B3")
    book.save(held := io.BytesIO())
    with pytest.raises(CharterkitError, match=r"Sheet!B3: this cell is merged with Sheet!B2: unmerge them, and write"):
        read_sheet("own.xlsx", held.getvalue())
