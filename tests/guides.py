"""What people have, and what they do between two commands, where a guide tells them to: by hand, in words."""

import re
import shutil
from pathlib import Path

from openpyxl import Workbook
from pypdf import PdfWriter

from charterkit.files.workspace import Workspace
from tests.cli.calling import ROOT, call
from tests.render.forms import filled

DOCS = ROOT / "docs"
TODAY = "2026-11-29"
KEY = "key-3f9a1c2b"
"""The key that a guide shows: a real one has an id of its own."""


def here(folder: Path) -> dict[str, str]:
    """What a person's computer tells a command: the day, where their own things are, and no program to open pages."""
    home = folder.parent / "home"
    settings = {"CHARTERKIT_SETTINGS": str(home / "settings"), "HOME": str(home)}
    return {"CHARTERKIT_TODAY": TODAY, "COLUMNS": "400", "BROWSER": "true", **settings}


def do(folder: Path, *arguments: str) -> str:
    """A command that goes through."""
    done = call(*arguments, cwd=folder, **here(folder))
    assert done.returncode == 0, f"{arguments}\n{done.stdout}{done.stderr}"
    return done.stdout


def block(guide: str, language: str, holding: str) -> str:
    """The block of a guide in which something stands."""
    text = (DOCS / f"{guide}.md").read_text(encoding="utf-8")
    found = re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return next(str(each) for each in found if holding in each)


# -- where guides begin


def our_school(folder: Path) -> None:
    do(folder, "init", "--no-example")
    do(folder, "new", "school", "Our School")


def rated(folder: Path) -> None:
    our_school(folder)
    all_green(folder, "our-school")


def all_green(folder: Path, school: str) -> None:
    """A self-evaluation with all that a visit asks for, agreed."""
    place = folder / "schools" / school
    paper(place / "evidence/gate-rota.pdf")
    survey = place / "surveys/parents-2026.yaml"
    survey.parent.mkdir(exist_ok=True)
    survey.write_text(block("surveys", "yaml", "sent: 309").partition("  - id: happy")[0], encoding="utf-8")
    kinds = "{kind: document, path: evidence/gate-rota.pdf, date: 2026-11-02}, {kind: survey, survey: parents-2026}"
    said = f"{{rating: green, note: Seen in every class this term, evidence: [{kinds}]}}"
    ratings = "".join(f"  {aspect}: {said}\n" for aspect in Workspace(folder).choose_charter(None).aspects)
    head = 'charter: community-engagement\ncharter_version: "1"\ncycle: 2026-27\nrated_by: [{role: Leadership team}]\n'
    made = place / "evaluations/2026-27.yaml"
    made.parent.mkdir(exist_ok=True)
    made.write_text(f"{head}date: 2026-11-20\nstatus: agreed\nratings:\n{ratings}", encoding="utf-8")


def last_year(folder: Path) -> None:
    """An action that is open from the year before."""
    our_school(folder)
    action = "actions: [{id: paint-the-gate, action: Paint the gate, owner: Caretaker, due: 2026-10-01}]\n"
    head = 'charter: community-engagement\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-11-20\nstatus: agreed\n'
    made = folder / "schools/our-school/evaluations/2025-26.yaml"
    made.parent.mkdir(exist_ok=True)
    made.write_text(f"{head}ratings: {{gate-greeting: {{rating: amber}}}}\n{action}", encoding="utf-8")


def rated_twice(folder: Path) -> None:
    last_year(folder)
    all_green(folder, "our-school")


def with_papers(folder: Path) -> None:
    rated(folder)
    paper(folder.parent / "home/Downloads/rota.pdf")


def paper(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = PdfWriter()
    made.add_blank_page(200, 200)
    made.write(path)


def larkfield(folder: Path) -> None:
    do(folder, "init", "--no-example")
    do(folder, "new", "school", "Larkfield")
    rows = "".join(f"2026/10/0{day} 9:00:00 am GMT+1,{said}\n" for day in range(1, 8) for said in ("Agree", "Disagree"))
    sheet = f"Timestamp,I feel welcome at the gate\n{rows}"
    (folder / "Parent survey (Responses).csv").write_text(sheet, encoding="utf-8")


def lunch(folder: Path) -> None:
    """The charter is written, as the guide for authors has it; the school comes later."""
    do(folder, "init", "--no-example")
    do(folder, "new", "charter", "Good Lunchtimes Charter", "--id", "good-lunchtimes")
    path = folder / "charters/good-lunchtimes-v1.yaml"
    path.write_text(block("charters", "yaml", "Nobody eats alone"), encoding="utf-8")


def a_framework(folder: Path) -> None:
    do(folder, "init", "--no-example")
    book = Workbook()
    sheet = book.create_sheet("Framework", 0)
    sheet.append(["Key point", "Aspect", "Red", "Amber", "Green"])
    for text in ("Every visitor is greeted", "The sign at the gate can be read"):
        sheet.append(["Welcome", text, "Nobody does", "Some do", "All do"])
    other = book.create_sheet("Standards 2026")
    other.append(["Standard", "We can say that", "Not there", "There", "Column for us"])
    other.append(["Welcome", "Every visitor is greeted", "Nobody is at the door", "Somebody comes at once", "x"])
    other.append(["Welcome", "The sign at the gate can be read", "There is none", "It is in four languages", ""])
    book.save(folder / "framework.xlsx")


def an_example(folder: Path) -> None:
    """A school that is ready to be visited."""
    do(folder, "init", "--no-example")
    do(folder, "new", "school", "Example Primary")
    all_green(folder, "example-primary")
    done = [part for duty in ("staff-launch", "poster-displayed") for part in ("--done", f"{duty}=2026-09-02")]
    do(folder, "sign", "--school", "example-primary", "--by", "The headteacher", "--on", "2026-09-01", *done)


# -- what is done by hand


def a_met_visit(folder: Path, day: str = "2026-11-26") -> None:
    words = ("--visitor", "Helen Marsh, School improvement adviser", "--looked-at", "walkthrough=All of the school")
    said = ("--purpose", "certification", "--date", day, *words, "--outcome", "met")
    do(folder, "visit", "record", "example-primary", *said)


def another_met_visit(folder: Path) -> None:
    a_met_visit(folder, TODAY)


def the_issuer_said(folder: Path) -> None:
    said = block("certificates", "yaml", "prefix: CE").replace(KEY, key(folder))
    with (folder / "charterkit.yaml").open("a", encoding="utf-8") as settings:
        settings.write(said)


def key(folder: Path) -> str:
    """The oldest key in the person's own settings; the guide's where there is none yet."""
    keys = sorted((folder.parent / "home/settings/keys").glob("key-*"), key=lambda path: path.stat().st_mtime_ns)
    return keys[0].name.partition(".")[0] if keys else KEY


def a_key_and_a_met_visit(folder: Path) -> None:
    do(folder, "keys", "new")
    the_issuer_said(folder)
    a_met_visit(folder)


def form_filled(folder: Path) -> None:
    path = folder / "form.xlsx"
    path.write_bytes(filled(path.read_bytes(), {"gate-greeting": {"rating": "Green", "note": "Four adults out"}}))


def text_in_the_editor(folder: Path) -> None:
    shutil.copy(folder / "schools/our-school/school.yaml", folder / "buffer")


def self_evaluation_agreed(folder: Path) -> None:
    all_green(folder, "our-school")


def our_charter(folder: Path) -> None:
    do(folder, "new", "charter", "--from", "framework.xlsx", "--id", "our-charter", "--yes")


def survey_taken_in(folder: Path) -> None:
    file = "Parent survey (Responses).csv"
    do(folder, "import", "survey", file, "--school", "larkfield", "--date", "2026-10", "--audience", "parents", "--yes")
