"""`import register`: other people's sheets, as a clerk takes them in; and nothing invented, doubled or lost on the way."""

import io
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from charterkit.exchange.register.read import TRIED
from charterkit.files.load import load
from charterkit.files.workspace import Workspace
from charterkit.insight.policies.register import register
from charterkit.model.policy import Policy

from .conftest import Caller

HERE = Path(__file__).parent
FOLDER = "schools/elm-tree/policies"


@pytest.fixture
def elm(tmp_path: Path) -> Path:
    (tmp_path / "schools/elm-tree").mkdir(parents=True)
    (tmp_path / "schools/elm-tree/school.yaml").write_text("name: Elm Tree School\n", encoding="utf-8")
    (tmp_path / "charterkit.yaml").write_text("organisation: Ours\n", encoding="utf-8")
    return tmp_path


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("schools/**/*.yaml")
        if path.is_file()
    }


def policies(root: Path) -> dict[str, Policy]:
    found = list(register(Workspace(root), date(2026, 11, 22)))
    assert not [each.id for each in found if each.document.loaded.problems]
    return {each.id: each.policy for each in found}


def flat(text: str) -> str:
    return " ".join(text.split())


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_the_register_as_people_keep_it(said: Caller, elm: Path) -> None:
    """Ten policies; by its cell what is not understood; nothing invented; the archived one only when told; once."""
    shutil.copy(HERE / "registers/elm-tree.xlsx", elm / "register.xlsx")
    before = files(elm)
    trial = said("import", "register", "register.xlsx", cwd=elm)
    assert (trial.code, files(elm)) == (0, before), trial.err
    out = flat(trial.out)
    for words in (
        "10 to make, 0 to change",
        "E13: “Bi-annual”: twice a year or every two years: write “every 6 months” or “every 2 years”.",
        "E12: “4 years (info annually)”: not clear how often",
        "A16 “Total: 10”: a total",
        'J10: the formula =HYPERLINK("http://x") is kept as text',
        "F12: “Spring 2024” is kept as 2024",
        "1 row is about a policy out of use",
    ):
        assert words in out
    assert "trial run" in trial.err
    assert said("import", "register", "register.xlsx", "--yes", cwd=elm).code == 0
    made = policies(elm)
    assert len(made) == 10
    assert not any(policy.status == "archived" for policy in made.values())
    known = made["charging-and-remissions"]
    assert (str(known.approver), str(known.history[0].date)) == ("Resources Committee", "2025-06-12")
    assert [event.event for event in known.history] == ["reviewed"]
    assert (made["mobile-phones"].history, made["mobile-phones"].next_review) == ((), None)
    assert made["tyr-ysgol-lettings"].review is None
    assert made["tyr-ysgol-lettings"].title == "Tŷ’r Ysgol lettings"
    assert str(made["safeguarding-and-child-protection"].next_review) == "2027-28-autumn"
    assert made["early-years-foundation-stage-eyfs"].note == '=HYPERLINK("http://x")'
    assert {each.approver.name for each in made.values() if each.approver and each.approver.name} == {
        "Resources Committee"
    }, "the second spelling is the same committee"
    written = files(elm)
    again = said("import", "register", "register.xlsx", "--yes", cwd=elm)
    assert (again.code, files(elm)) == (0, written)
    assert "nothing to change" in again.err
    assert said("import", "register", "register.xlsx", "--archived", "--yes", cwd=elm).code == 0
    old = policies(elm)["internet-use"]
    assert (old.status, [(str(event.date), event.event) for event in old.history]) == (
        "archived",
        [("2021-07-01", "withdrawn")],
    )
    assert {**files(elm), f"{FOLDER}/internet-use.yaml": b""} == {**written, f"{FOLDER}/internet-use.yaml": b""}


SHEETS: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "a trust's, with semicolons, in Windows-1252": (
        (
            "Northern Light Trust – policies;;;;;\r\n"
            "Academy;Document;SLT lead;Ratified by;How often reviewed?;Date approved;Review due;Link\r\n"
            "Elm Tree School;Safeguarding;Ann Ofori (DSL);Trust Board;Every year;1 Sept 2026;Sept 27;"
            "https://elm.example/safe\r\n"
            "Oak School;Behaviour;B. Käse;LGB;18 months;03/02/2026;;\r\n"
            "Elm Tree School;Behaviour;Head;Local governing body;termly;3.2.26;n/a;oak.example/b\r\n"
            "Ash School;Attendance;Head;LGB;1;;;\r\n"
        ).encode("cp1252"),
        (
            "3 to make",
            "H5: “oak.example/b”: not the whole address: write https://oak.example/b",
            "A6: “Ash School”: no school of this workspace",
            "E6: “1”: years or months?",
            "approved 1 September 2026",
            "next review September 2027",
            "every 4 months",
        ),
    ),
    "a head over two lines, and everything in words": (
        (
            "Policy,Responsible,Review,,,Required by law\n"
            ",,How often,Last,Next,\n"
            "Curriculum,Curriculum lead,annually,January 2026,Jan 2027,non-statutory\n"
            "Pay policy 2026-27,Business manager,every two years,31st March 2026,31/03/28,x\n"
            "Visits,,biennial,14 Oct 2027,rolling,\n"
            "Marking,,,2026,annually,Yes\n"
        ).encode("utf-16"),
        (
            "its headings stand in row 2",
            "4 to make",
            "D5: “14 Oct 2027”: still to come",
            "F4: “x”: neither yes nor no",
            "next review 31 March 2028",
            "E6: “annually” is taken for how often: 1 year",
            "E5: “rolling”: how often, and another column says otherwise",
        ),
    ),
    "a column a committee": (
        (
            "No.,Policy name,FGB,Resources,Curriculum & standards,Head,Reviewed\n"
            "1,Admissions,✓,,,,12/01/2026\n"
            "2,Lettings,,✓,,,Feb-26\n"
            "3,Homework,,,x,x,\n"
            "4,STATUTORY,,,,,\n"
            "5,Uniform,,,✓,,\n"
            ",Total: 5,,,,,\n"
        ).encode("utf-8-sig"),
        (
            "approved by Resources, where it is ticked",
            "E4 and F4: two bodies are ticked",
            "B7 “Total: 5”: a total",
            "approved by Curriculum & standards",
            "reviewed February 2026",
        ),
    ),
    "dates without a heading that says which": (
        (
            b"Title,Review date,Status,Governors\n"
            b"Prayer,1/2/2025,Statutory,FGB\n"
            b"Pets,3/4/2026,Non-statutory,Premises panel\n"
            b"Pets,3/4/2026,Non-statutory,Premises panel\n"
        ),
        (
            "when it was last reviewed: by its dates",
            "whether the law requires it",
            "approved by Premises panel",
            "the same as row 3",
            "1 row not taken in",
        ),
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_registers_in_other_shapes(said: Caller, elm: Path, name: str) -> None:
    data, expected = SHEETS[name]
    if "trust" in name:
        (elm / "schools/oak").mkdir()
        (elm / "schools/oak/school.yaml").write_text("name: Oak School\n", encoding="utf-8")
    (elm / "our.csv").write_bytes(data)
    trial = said("import", "register", "our.csv", cwd=elm)
    out = flat(trial.out)
    assert [words for words in expected if words not in out] == [], f"{trial.out}\n{trial.err}"
    assert said("import", "register", "our.csv", "--yes", cwd=elm).code == 0
    made = files(elm)
    policies(elm)
    again = said("import", "register", "our.csv", "--yes", cwd=elm)
    assert (files(elm), "nothing to change" in again.err) == (made, True), again.out


KEPT = b"""\
# what the office wrote
id: behaviour
title: Behaviour   # short
status: live
owner: {role: Deputy headteacher, name: Ann Ofori}
review: {every: 1 year}
history:
  - {date: 2024-03-01, event: drafted}
  - {date: 2025-03-10, event: approved, version: "2.0", by: Governing body}  # minute 7
"""


def test_an_edited_sheet_changes_what_was_edited_and_no_more(said: Caller, elm: Path) -> None:
    path = elm / FOLDER / "behaviour.yaml"
    path.parent.mkdir()
    path.write_bytes(KEPT)
    heads = "Policy,Owner,Approved by,Last approved,Next review,Version,How often,Notes\n"

    def sheet(row: str) -> str:
        (elm / "s.csv").write_text(heads + row + "\n", encoding="utf-8")
        return flat(said("import", "register", "s.csv", "--yes", cwd=elm).out)

    assert "1 to stay" in sheet("Behaviour,Ann Ofori,,10/03/2025,10/03/2026,2.0,12 months,")
    assert path.read_bytes() == KEPT
    sheet("Behaviour,Tom Field,FGB,,,,,")
    assert path.read_bytes() == KEPT.replace(b"Ann Ofori", b"Tom Field") + b"approver: full-governing-body\n"
    changed = path.read_bytes()
    out = sheet("Behaviour policy 2026,Tom Field,,12/04/2025,,2.1,,=SUM(A1)")
    assert "title Behaviour policy 2026; note =SUM(A1); approved 12 April 2025, version 2.1" in out
    lines = path.read_bytes().splitlines()
    assert b'  - {date: 2025-04-12, event: approved, version: "2.1"}' in lines
    assert set(changed.splitlines()) - set(lines) == {b"title: Behaviour   # short"}
    before = path.read_bytes()
    out = sheet("Behaviour policy 2026,,,1/2/2025,,1.0,,")
    assert "D2: “1/2/2025”: the file’s history goes on to 12 April 2025" in out
    assert "F2: “1.0”: the file’s history says 2.1" in out
    assert path.read_bytes() == before, "what contradicts the history is asked about"


def test_all_or_nothing(said: Caller, elm: Path) -> None:
    folder = elm / FOLDER
    folder.mkdir()
    (folder / "behaviour.yaml").write_bytes(KEPT)
    (elm / "twice.csv").write_text("Policy,Owner\nPets,Head\nPETS,Bursar\n", encoding="utf-8")
    before = files(elm)
    done = said("import", "register", "twice.csv", "--yes", cwd=elm)
    assert (done.code, files(elm)) == (2, before)
    assert "A2 and A3 are about one policy" in flat(done.out)
    (elm / "s.csv").write_text("Policy,Owner\nArt,Head\nBehaviour,Head\nZoo visits,Head\n", encoding="utf-8")
    (folder / "zoo-visits.yaml").mkdir()  # stands in the last file's place
    done = said("import", "register", "s.csv", "--yes", cwd=elm)
    assert (done.code, files(elm)) == (2, before), done.out
    (folder / "zoo-visits.yaml").rmdir()
    assert said("import", "register", "s.csv", "--yes", cwd=elm).code == 0
    assert load(Policy, (folder / "zoo-visits.yaml").read_bytes()).problems == ()


def test_rows_that_are_ticked_otherwise_are_not_the_same(said: Caller, elm: Path) -> None:
    sheet = "Policy,FGB,Resources committee\nPets,x,\nPets,{}\n"
    for last, words in (("x,", "the same as row 2"), (",x", "A2 and A3 are about one policy")):
        (elm / "s.csv").write_text(sheet.format(last), encoding="utf-8")
        assert words in flat(said("import", "register", "s.csv", cwd=elm).out)


def test_of_a_large_sheet_the_trial_makes_a_few_files_and_yes_all(said: Caller, elm: Path) -> None:
    rows = "".join(f"Rule {number},Head\n" for number in range(TRIED + 5))
    (elm / "s.csv").write_text(f"Policy,Owner\n{rows}", encoding="utf-8")
    trial = said("import", "register", "s.csv", cwd=elm)
    assert f"{TRIED + 5} to make" in flat(trial.out)
    assert "nothing is written" in trial.err
    assert said("import", "register", "s.csv", "--yes", cwd=elm).code == 0
    assert len(list((elm / FOLDER).glob("*.yaml"))) == TRIED + 5


def test_wrong_calls_and_files_say_what_to_write(said: Caller, elm: Path) -> None:
    (elm / "s.csv").write_text("Thing,Person\nPets,Head\nArt,Head of art\n", encoding="utf-8")
    (elm / "s.txt").write_text("x", encoding="utf-8")
    workbook(elm / "two.xlsx", Register=[["Policy", "Owner"], ["Pets", "Head"]], Lists=[["a"], ["b"]])
    for arguments, words in (
        (("s.csv",), "--map"),
        (("s.csv", "--map", "Thing"), "equals sign"),
        (("s.csv", "--map", "Thing=titel"), "Did you mean title?"),
        (("s.csv", "--map", "Thng=title"), "no column"),
        (("s.txt",), ".csv"),
        (("none.csv",), "none.csv"),
        (("two.xlsx", "--sheet", "Old"), "Register"),
    ):
        done = said("import", "register", *arguments, cwd=elm)
        assert (done.code, words in done.err) == (2, True), done.err
    done = said("import", "register", "s.csv", "--map", "A=title", "--map", "Person=-", cwd=elm)
    assert "2 to make" in done.out
    assert "left out: as you said" in done.out
    assert "no row of it names the columns" in said("import", "register", "two.xlsx", cwd=elm).out


def test_what_is_odd_in_a_workbook(said: Caller, elm: Path) -> None:
    """Joined cells, hidden sheets, months that Excel keeps as days, and text that would act."""
    path = workbook(
        elm / "r.xlsx",
        Mine=[
            ["Policy", "Lead", "Next review", "Note"],
            ["Safeguarding policies", None, None, None],
            ["\x1b[31m=1+1"[5:], "Head", date(2027, 3, 1), "see \u202egnp"],
            ["Pets", None, date(2027, 4, 5), "-2"],
        ],
        Secret=[["Policy", "Lead"], ["Hidden", "Head"]],
    )
    book = openpyxl.load_workbook(path)
    book["Mine"].merge_cells("B3:B4")
    book["Mine"]["C3"].number_format = "mmm yyyy"
    book["Secret"].sheet_state = "hidden"
    held = io.BytesIO()
    book.save(held)
    path.write_bytes(held.getvalue())
    done = said("import", "register", "r.xlsx", "--yes", cwd=elm)
    assert done.code == 0, done.err
    assert "“Secret”: it is hidden" in done.out
    assert "“Safeguarding policies”: a heading above other rows" in done.out
    made = policies(elm)
    assert set(made) >= {"pets"}
    assert "hidden" not in made
    assert {str(each.next_review) for each in made.values()} >= {"2027-04-05"}
    assert made["pets"].owner is not None
    assert made["pets"].owner.role == "Head"


def test_who_reviewed_has_not_approved_odd_terms_are_asked_about_and_all_of_it_can_be_taken_back(
    said: Caller, elm: Path
) -> None:
    before = files(elm)
    rows = "Policy,Reviewed by,Date approved,Next review\nPets,Mrs Hill,01/02/2026,Autumn 9999\n"
    (elm / "r.csv").write_text(rows, encoding="utf-8")
    done = said("import", "register", "r.csv", "--yes", cwd=elm)
    assert done.code == 0, done.err
    assert "D2: “Autumn 9999”" in done.out
    (event,) = policies(elm)["pets"].history
    assert (event.event, event.by, event.note) == ("approved", None, "reviewed by Mrs Hill")
    assert "0 to make, 0 to change and 1 to stay" in flat(said("import", "register", "r.csv", cwd=elm).out)
    assert "Taken back: Pets, taken in from a register." in flat(said("policy", "undo", cwd=elm).err)
    assert files(elm) == before
