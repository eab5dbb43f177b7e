"""Makes docs/gallery.md and its pictures from the made-up example: what charterkit puts on paper and on the web."""

import argparse
import os
import shlex
import subprocess
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import yaml
from PIL import Image

from charterkit.files.programs import Program, located
from tests.cli.calling import call

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "gallery"
PAGE = ROOT / "docs" / "gallery.md"
WIDTH = 900
"""Pixels of a picture from side to side."""
SCHOOL = "example-primary"
DAY = "2026-11-20"
ISSUER = """
issuer:
  id: "did:web:charter.example.gov.uk"
  name: Made-up Borough
  url: https://charter.example.gov.uk
  key: {key}
  prefix: CE
  signatories:
    - {{name: A. Person, role: Director of education}}
"""
INTRODUCTION = (
    "Made by `make gallery` from the made-up example school: nobody’s real ratings. Each picture is a page of the PDF "
    "that the call below it makes in a folder made with `charterkit init`; with a file name that ends in `.html`, the "
    "same call makes a web page. The certificate is of a made-up visit and a made-up issuer: "
    "[how one is issued](certificates.md#for-the-issuer)."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the gallery: its picture's name, its heading, what is to be seen, and the call that makes it."""

    name: str
    title: str
    seen: str
    call: tuple[str, ...]
    page: int = 1
    ends: int = 0
    """The exit code of the call: `ready` ends with 1 where something is missing."""
    is_certified: bool = False
    """Whether it is of the school after a made-up visit that is met, with a certificate of a made-up issuer."""


SHEETS = (
    Sheet(
        "poster",
        "The poster",
        "The charter’s eight key points, numbered in two columns below the school’s name, and the mark of a draft.",
        ("render-poster", "--school", SCHOOL, "--qr-url", "https://example.org/charter"),
    ),
    Sheet(
        "poster-ur",
        "The poster in Urdu",
        "The same poster from right to left, marked as a draft of the charter and as a draft translation.",
        ("render-poster", "--school", SCHOOL, "--lang", "ur"),
    ),
    Sheet(
        "form",
        "The form for a meeting",
        "Aspects with their details, a box to tick for each level, last cycle’s rating and ideas, and room to write.",
        ("render-form", "--school", SCHOOL),
    ),
    Sheet(
        "report",
        "The report",
        "The first page for governors: what fell and rose, what is lowest, open actions, what to decide and to ask.",
        ("report", SCHOOL, "--cycle", "2025-26-autumn", "--audience", "governors"),
    ),
    Sheet(
        "comparison",
        "The comparison",
        "What moved from one cycle to the next: each move from level to level with a bar, and the aspects that moved.",
        ("compare", SCHOOL, "--from", "2024-25-autumn", "--to", "2025-26-autumn"),
    ),
    Sheet(
        "planner",
        "The year of promises",
        "A planner with the months as columns, and for each promise to families its symbol, its audience and its day.",
        ("calendar", SCHOOL, "--audience", "parents"),
    ),
    Sheet(
        "ready",
        "How far it is to a visit",
        "Aspect by aspect what is missing for a certification visit, what is next, and how far it is.",
        ("ready", SCHOOL),
        ends=1,
    ),
    Sheet(
        "letter",
        "The letter that asks for a visit",
        "From the school to whom it concerns: the days that would suit, and for each key point how the school stands.",
        ("visit", "request", SCHOOL, "--anyway", "The governors ask for it", "--by", "The headteacher"),
    ),
    Sheet(
        "certificate",
        "The certificate",
        "The school, the charter, what was found, the days, the issuer’s signature, and a QR code to its page.",
        ("certificate", "show", SCHOOL),
        is_certified=True,
    ),
    Sheet(
        "policy",
        "A policy’s control page",
        "Who owns, reviews, approves and ratifies the policy, when it is next reviewed, and its history.",
        ("policy", "show", "parent-carer-engagement", "--school", "example-primary"),
    ),
)


def workspace(folder: Path) -> Path:
    """The example workspace, as `charterkit init` makes it."""
    _demand(call("--quiet", "init", str(folder), cwd=folder.parent))
    return folder


def certified(folder: Path) -> Path:
    """The example workspace after a visit that is met, with a certificate; its key is made for it and thrown away."""
    settings, root = folder.with_name(f"{folder.name}-settings"), workspace(folder)

    def run(*arguments: str) -> str:
        done = call(*arguments, cwd=root, CHARTERKIT_SETTINGS=str(settings))
        _demand(done)
        return done.stdout

    key = run("keys", "new").split()[0]
    with (root / "charterkit.yaml").open("a", encoding="utf-8") as file:
        file.write(ISSUER.format(key=key))
    charter = yaml.safe_load((root / "charters" / "community-engagement-v1.yaml").read_text(encoding="utf-8"))
    aspects = [aspect["id"] for point in charter["key_points"] for aspect in point["aspects"]]
    ratings = [f"--set={aspect}=green" for aspect in aspects]
    seen = ("--visitor", "A. Adviser, School improvement adviser", "--looked-at", "walkthrough=Both gates")
    run("visit", "record", SCHOOL, "--date", DAY, "--purpose", "certification", *ratings, *seen, "--outcome", "met")
    run("certificate", "issue", SCHOOL, "--valid-for", "3 years", "--today", DAY)
    return root


def pdf_reader() -> Program | None:
    """The program that makes pictures of pages."""
    return located("pdftoppm", os.environ, [ROOT], Path.cwd())


def picture(sheet: Sheet, root: Path, width: int = WIDTH) -> Image.Image:
    """The sheet's page, made anew as a PDF and turned into a picture by poppler."""
    root = certified(root.with_name("certified")) if sheet.is_certified else root
    made = root / f"{sheet.name}.pdf"
    _demand(call("--quiet", *sheet.call, "-o", str(made), cwd=root), sheet.ends)
    page = str(sheet.page)
    reader = pdf_reader()
    assert reader
    done = subprocess.run(
        [reader.path, "-png", "-f", page, "-l", page, "-scale-to-x", str(width), "-scale-to-y", "-1", str(made)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        env=dict(reader.variables),
    )
    return Image.open(BytesIO(done.stdout)).convert("RGB")


def text() -> str:
    """The page of the gallery."""
    parts = [
        "# What it looks like",
        INTRODUCTION,
    ]
    for sheet in SHEETS:
        command = shlex.join(("charterkit", *sheet.call, "-o", f"{sheet.name}.pdf"))
        parts += [f"## {sheet.title}", f"![{sheet.seen}](gallery/{sheet.name}.png)", f"    {command}"]
    return "\n\n".join(parts) + "\n"


def _demand(done: "subprocess.CompletedProcess[str]", ends: int = 0) -> None:
    if done.returncode != ends:
        raise SystemExit(done.stderr)


def main() -> None:
    """Write the page and every picture; with --grey also each in greyscale, to look at, outside of docs/."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--grey", type=Path, help="a folder for the same pictures in greyscale")
    grey: Path | None = parser.parse_args().grey
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="charterkit-gallery-") as name:
        root = workspace(Path(name) / "gallery")
        for sheet in SHEETS:
            found = picture(sheet, root)
            found.quantize(128, dither=Image.Dither.NONE).save(FOLDER / f"{sheet.name}.png", optimize=True)
            if grey:
                grey.mkdir(parents=True, exist_ok=True)
                found.convert("L").save(grey / f"{sheet.name}.png")
    PAGE.write_text(text(), encoding="utf-8")
    for old in FOLDER.iterdir():
        if old.stem not in {sheet.name for sheet in SHEETS}:
            old.unlink()


if __name__ == "__main__":
    if pdf_reader() is None:
        raise SystemExit("The gallery needs poppler: on Debian, sudo apt-get install poppler-utils")
    main()
