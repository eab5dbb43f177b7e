"""Workspaces for documents: the example school as it stands, and a small one with every field filled in."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from charterkit.documents import DOCUMENTS, Place
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.compare import Comparison, compare
from charterkit.insight.evaluations.evaluated import Evaluated, timeline
from charterkit.render.engine.environment import render
from charterkit.render.listings.listing import Listing
from charterkit.render.report.view import ReportView, report_view
from charterkit.resources import builtin

TODAY = date(2026, 11, 22)
EXAMPLE = "example-primary"

CHARTER = """\
id: small
version: "1"
title: A small charter
status: published
focus_groups: [{id: boys, name: The boys}, {id: girls, name: The girls}]
pledge: [{id: launch, text: Launch it}, {id: poster, text: Put up the poster}]
key_points:
  - id: welcome
    title: Every family is welcome
    aspects:
      - {id: gate, text: Somebody is at the gate}
      - {id: door, text: The door is open}
      - {id: phone, text: The telephone is answered}
  - id: heard
    title: Every family is heard
    aspects:
      - {id: survey, text: We ask}
      - {id: answer, text: We answer}
"""
SCHOOL = """\
name: St Joseph’s & All Angels
charters: [{charter: small, signed: 2025-09-02, signed_by: Ann Signer, pledges: {launch: 2025-09}}]
"""
BEFORE = """\
charter: small
charter_version: "1"
cycle: 2024-25
date: 2024-10-14
status: agreed
ratings: {gate: {rating: red}, door: {rating: green}, phone: {rating: amber}, survey: {rating: amber}}
"""
AFTER = """\
charter: small
charter_version: "1"
cycle: 2025-26
date: 2025-10-14
status: agreed
ratings: {gate: {rating: amber}, door: {rating: amber}, phone: {rating: amber}}
"""


def small(root: Path, files: Mapping[str, str] | None = None) -> Workspace:
    """The small school; `files` are added to it, or take a file's place."""
    whole = {
        "charters/small.yaml": CHARTER,
        "schools/st-josephs/school.yaml": SCHOOL,
        "schools/st-josephs/evaluations/2024-25.yaml": BEFORE,
        "schools/st-josephs/evaluations/2025-26.yaml": AFTER,
        **(files or {}),
    }
    for name, text in whole.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return Workspace(root)


def after(ratings: str, more: str = "", status: str = "agreed") -> dict[str, str]:
    """The later evaluation with other ratings, as they stand in the file."""
    head = f'charter: small\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-10-14\nstatus: {status}\n'
    return {"schools/st-josephs/evaluations/2025-26.yaml": f"{head}{ratings}{more}"}


def history(workspace: Workspace, school: str = "st-josephs", charter: str = "small") -> list[Evaluated]:
    return timeline(workspace, workspace.school(school), charter)


def compared(workspace: Workspace, school: str = "st-josephs", charter: str = "small") -> Comparison:
    found = history(workspace, school, charter)
    return compare(found[-2], found[-1], workspace.versions(charter), found)


def viewed(
    workspace: Workspace,
    audience: str = "leaders",
    place: int = -1,
    school: str = "st-josephs",
    charter: str = "small",
    *,
    whole: bool = True,
) -> ReportView:
    """The report of one of the school's evaluations, by its place in the history."""
    found = history(workspace, school, charter)
    one = found[place]
    place = found.index(one)
    before = found[place - 1] if place else None
    moved = compare(before, one, workspace.versions(charter), found) if before else None
    folder = workspace.school(school)
    return report_view(
        workspace, folder, one, before=before, comparison=moved, audience=audience, today=TODAY, whole=whole
    )


def pages(view: ReportView) -> dict[str, str]:
    """The report as both documents, as its audience has them."""
    name = {"leaders": "report"}.get(view.audience, f"report-{view.audience}")
    return {kind: render(f"{name}.{kind}.j2", view, None) for kind in ("html", "md")}


def example() -> tuple[Workspace, SchoolFolder, list[Evaluated], list[Any]]:
    """The example school of the repository."""
    workspace = Workspace(builtin())
    charter = "community-engagement"
    return workspace, workspace.school(EXAMPLE), history(workspace, EXAMPLE, charter), workspace.versions(charter)


def document(listing: Listing, chosen: str, root: Path | None) -> str:
    """A listing in a format of the table."""
    made: str = DOCUMENTS["register"].formats[chosen].made(SimpleNamespace(view=listing), Place(TODAY, root))
    return made
