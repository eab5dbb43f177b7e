"""Every kind of page there is, made once from the made-up school: what the browser and the checker of HTML look at.

A new kind of page is one line in COMMANDS, or in SITE where `charterkit site` makes it. A test holds that every
document of the table that has a page is here.
"""

import json
import os
import shutil
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from charterkit.cli.app import run
from charterkit.render.poster.pages import poster_html
from tests import many_schools
from tests.cli.calling import TODAY, example
from tests.credential.office import certified
from tests.render.posters import SCRIPTS, line, made, texts, translation

VERSIONS = Path(__file__).parents[1] / "render/versions"
AUTUMN = ("--cycle", "2025-26-autumn")
COMMANDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "leaders": ("report", ("report", *AUTUMN)),
    "governors": ("report for governors", ("report", *AUTUMN, "--audience", "governors")),
    "public": ("report for families", ("report", *AUTUMN, "--audience", "public", "--table")),
    "draft": ("report", ("report",)),
    "compare": ("comparison", ("compare", "--from", "2024-25-autumn", "--to", "2025-26-autumn")),
    "all": ("every cycle", ("compare", "--all")),
    "planner": ("promises", ("calendar",)),
    "planner-a3": ("promises", ("calendar", "--audience", "parents", "--size", "A3")),
    "promises": ("promises by aspect", ("calendar", "--by", "aspect")),
    "policy": ("policy", ("policy", "show", "parent-carer-engagement")),
    "policy-public": ("policy for families", ("policy", "show", "parent-carer-engagement", "--public")),
    "survey": ("survey", ("survey", "show", "parents-2026", "--school", "example-primary")),
    "register": ("register", ("policies",)),
    "concerns": ("concerns", ("concern", "list")),
    "gaps": ("gaps", ("policy", "gaps")),
    "agenda": ("agenda", ("agenda", "Full governing body", "--date", "2027-10-12")),
    "due": ("due", ("remind", "--all")),
    "actions": ("actions", ("actions", "--state", "all")),
    "evidence": ("evidence", ("evidence", "list")),
    "pack": ("evidence pack", ("evidence", "pack")),
    "visit": ("visit", ("visit", "show")),
    "visits": ("visits", ("visits",)),
    "visit-request": ("visit request", ("visit", "request")),
    "ready": ("ready", ("ready",)),
    "best-practice": ("best practice", ("best-practice", "gate-greeting")),
    "examples": ("proposed examples", ("examples", "propose")),
    "charter-diff": (
        "charter versions",
        ("charter", "diff", str(VERSIONS / "lunch-v1.yaml"), str(VERSIONS / "lunch-v2.yaml")),
    ),
    "translations": ("translations", ("translate", "status")),
    "own words": ("own words", ("translate", "words")),
    "form": ("form", ("render-form", "--school", "example-primary")),
    "form-blank": ("form", ("render-form", "--lang", "tr")),
    "poster": (
        "poster",
        ("render-poster", "--school", "example-primary", "--qr-url", "https://www.larkfield.example/charter"),
    ),
}
"""Each page's document in the table, and the call that makes it, without `-o`."""
SITE = {
    "site": "schools/example-primary/index.html",
    "site-all": "index.html",
    "site-poster": "schools/example-primary/poster.html",
    "site-pledge": "schools/example-primary/pledge.html",
    "site-report": "schools/example-primary/report.html",
    "site-policies": "schools/example-primary/policies/index.html",
    "site-policy": "schools/example-primary/policies/parent-carer-engagement.html",
    "site-planner": "schools/example-primary/calendar/planner.html",
    "site-said": "schools/example-primary/you-said-we-did.html",
}
RTL = "poster-ur"
CERTIFICATE = "certificate"
"""Of a school that has one, which takes an issuer with a key."""
OVERVIEW = "overview"
"""Of many schools; it has the one script that a page of ours has."""
EMAIL = "email"
"""A page without a way through it: mail programs show it inside their own."""
KINDS = (*COMMANDS, *SITE, RTL, CERTIFICATE, OVERVIEW, f"{OVERVIEW}-public", EMAIL)
ALIKE = frozenset(
    {
        "draft",
        "planner-a3",
        "promises",
        "concerns",
        "charter-diff",
        "best-practice",
        "examples",
        "translations",
        "own words",
        "actions",
        "evidence",
        "pack",
        "ready",
        "visit",
        "visits",
        "visit-request",
    }
)
"""Pages of a template that axe, which takes long, sees in another one; everything else is looked at in these too."""
SAME_COLOURS = frozenset({"form-blank", "site-poster", "site-report", "site-policy", "site-planner"})
"""Pages whose colours are looked at, in dark and print too, in the same page without the way through a site."""
HOSTILE = """<script>alert(1)</script> <img src=x onerror=alert(2)> "quotes" & مرحبا [bold] =cmd() \x1b[31m javascript:alert(3)"""


def make(folder: Path) -> dict[str, Path]:
    """All of them in a workspace made in an empty folder, each as the program writes it."""
    example(folder, "example-primary", "example-secondary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "CHARTERKIT_TODAY", TODAY)
        call(folder, "evaluate", "example-primary", *AUTUMN, "--note", f"gate-greeting={HOSTILE}")
        with patch.context() as without:
            without.setitem(sys.modules, "typst", None)  # no PDF, which takes as long as all the pages
            call(folder, "site", "--out", str(folder / "site"))
        shutil.rmtree(folder / "schools" / "example-secondary")
        found = {name: folder / f"{name}.html" for name in COMMANDS}
        for name, (_, arguments) in COMMANDS.items():
            call(folder, *arguments, "-o", str(found[name]))
        call(folder, "remind", "--format", "email", "-o", str(folder / "mail"))
    found |= {name: folder / "site" / path for name, path in SITE.items()}
    found[RTL] = folder / f"{RTL}.html"
    found[RTL].write_text(rtl(folder / "rtl"), encoding="utf-8")
    found[CERTIFICATE] = folder / f"{CERTIFICATE}.html"
    issuer = folder.with_name(f"{folder.name}-issuer")  # a key lies in no workspace
    call(certified(issuer, "Lark Invented School"), "certificate", "show", "-o", str(found[CERTIFICATE]))
    found |= overviews(folder.with_name(f"{folder.name}-many"))
    found[EMAIL] = folder / f"{EMAIL}.html"
    found[EMAIL].write_text(letter(min((folder / "mail").iterdir())), encoding="utf-8")
    return found


def overviews(folder: Path) -> dict[str, Path]:
    """The page for an adviser, in which a school has a name that tries everything, and the one for everybody."""
    many_schools.make(folder, 20)
    path = folder / "schools" / many_schools.slug(3) / "school.yaml"
    path.write_text(f"name: {json.dumps(HOSTILE)}\n", encoding="utf-8")
    made = {OVERVIEW: ("--by", "phase"), f"{OVERVIEW}-public": ("--by", "trust", "--public")}
    for name, options in made.items():
        call(folder, "overview", *options, "--today", TODAY, "-o", str(folder / f"{name}.html"))
    return {name: folder / f"{name}.html" for name in made}


def call(folder: Path, *arguments: str) -> None:
    """One call inside this process, which is quicker than one of its own; `ready` says no of the made-up school."""
    assert run(["--quiet", "--workspace", str(folder), *arguments]) == (arguments[0] == "ready"), arguments


def rtl(folder: Path) -> str:
    """A school's poster in Urdu, with a line that nobody has translated."""
    english = texts(8, 50)
    files = {"charters/wall.ur.yaml": translation(texts(7, 50, "ur"), english, "ur", line(40, SCRIPTS["ur"]))}
    address = "https://www.larkfield.example/charter"
    return poster_html(
        made(folder, english, files, school="larkfield", status="draft", address=address, language="ur"), None
    )


def letter(path: Path) -> str:
    """The page in an email."""
    _, html = message_from_bytes(path.read_bytes(), policy=default).iter_parts()
    return str(html.get_content())
