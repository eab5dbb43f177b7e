"""All visits of the schools in a workspace: what was asked for, what took place, and what it ended in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from charterkit.choices import VISIT_OUTCOMES
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.certificates.held import standing_of
from charterkit.insight.policies.choosing import whole_name
from charterkit.insight.visits.stands import day_of, state_of
from charterkit.model.visit import Visit
from charterkit.render.listings.listed import Listed
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.shared.voice import Voice
from charterkit.render.visits.words import kind_of, people
from charterkit.text.english import counted

KEYS = (
    "school",
    "path",
    "charter",
    "charter_version",
    "purpose",
    "state",
    "requested",
    "proposed",
    "agreed",
    "date",
    "visitors",
    "rated",
    "outcome",
    "award",
    "certificate",
    "valid_until",
    "answered",
    "support",
)
_COLUMNS = (Column("Visit"), Column("When"), Column("How it stands"), Column("Certificate"))
STATES = {
    "requested": Cell("Asked for", mark="◆", tone="soon"),
    "agreed": Cell("Agreed", mark="◆", tone="soon"),
    "overdue": Cell("Not recorded", mark="▲", tone="late"),
    "held": Cell("Held", mark="●"),
    "met": Cell("Met", mark="●"),
    "not-yet": Cell("Not yet met", mark="○"),
}
"""How a visit stands, in words and a shape."""
_HEADINGS = {
    "Asked for, and to come": ("requested", "agreed", "overdue"),
    "Certification visits": VISIT_OUTCOMES,
    "Support, and other visits": ("held",),
}


def all_visits(workspace: Workspace, today: date, voice: Voice, *, school: str | None = None) -> Listed:
    """The visits to a school, or to all of the workspace, newest first."""
    slug = workspace.school(school).slug if school else None
    found: list[tuple[SchoolFolder, Document[Visit], Visit]] = []
    for each in [slug] if slug else workspace.own_slugs:
        folder = workspace.school(each)
        for document in folder.visits:
            if document.model is None:
                voice.warn(f"{document.path} cannot be read, and is not among them: 'charterkit check' says why.")
            else:
                found.append((folder, document, document.model))
    found.sort(key=lambda held: (day_of(held[2]), held[1].path), reverse=True)
    rows = [_row(workspace, *held, today) for held in found]

    def listing() -> Listing:
        return _listing(workspace, found, rows, whole_name(workspace, slug), today)

    return Listed(rows, KEYS, listing)


def _row(
    workspace: Workspace, folder: SchoolFolder, document: Document[Visit], visit: Visit, today: date
) -> dict[str, Any]:
    certificate = visit.certificate
    return {
        "school": visit.school if visit.school and workspace.has_school(visit.school) else folder.slug,
        "path": document.path,
        "charter": visit.charter,
        "charter_version": visit.charter_version,
        "purpose": visit.purpose,
        "state": state_of(visit, today),
        "requested": str(visit.requested) if visit.requested else None,
        "proposed": [str(when) for when in visit.proposed_dates],
        "agreed": [str(when) for when in visit.agreed_dates],
        "date": str(visit.date) if visit.date else None,
        "visitors": "; ".join(each.name or each.role or "" for each in visit.visitors) or None,
        "rated": sum(bool(finding.rating) for finding in visit.findings.values()),
        "outcome": visit.outcome,
        "award": visit.award,
        "certificate": certificate.number if certificate else None,
        "valid_until": str(certificate.valid_until) if certificate and certificate.valid_until else None,
        "answered": visit.answer.accurate if visit.answer else None,
        "support": len(visit.support_log),
    }


def _listing(
    workspace: Workspace,
    found: Sequence[tuple[SchoolFolder, Document[Visit], Visit]],
    rows: Sequence[dict[str, Any]],
    name: str,
    today: date,
) -> Listing:
    cells = [
        (
            str(row["state"]),
            _cells(workspace.school(str(row["school"])).school.name, visit, str(row["state"]), name, today),
        )
        for (_, _, visit), row in zip(found, rows, strict=True)
    ]
    made = ((title, tuple(line for state, line in cells if state in states)) for title, states in _HEADINGS.items())
    waiting = sum(state in _HEADINGS["Asked for, and to come"] for state, _ in cells)
    coming = f" {counted(waiting, 'is', 'are').capitalize()} asked for or to come." if waiting else ""
    lead = f"{counted(len(cells), 'visit').capitalize()}.{coming}" if cells else ""
    return Listing(
        "Visits",
        name,
        (lead,) if lead else (),
        _COLUMNS,
        tuple(Section(title, lines) for title, lines in made if lines),
        spoken(today),
        empty="No visit has been asked for or recorded. Ask for one with: charterkit visit request",
    )


def _cells(school: str, visit: Visit, state: str, title: str, today: date) -> tuple[Cell, ...]:
    """One visit; the school is named where the title does not."""
    when = visit.date or next(reversed(visit.agreed_dates), None)
    proposed = ", ".join(day.spoken for day in visit.proposed_dates)
    below = f"asked for {visit.requested.spoken}" if visit.requested else ""
    certificate, stands = visit.certificate, STATES[state]
    ends = f"until {certificate.valid_until.spoken}" if certificate and certificate.valid_until else ""
    ends = (standing_of(certificate, today) if certificate else "") or ends
    support = f"{counted(len(visit.support_log), 'entry', 'entries')} of support" if visit.support_log else ""
    return (
        Cell(
            kind_of(visit),
            "\n".join(part for part in (school if school != title else "", people(visit.visitors)) if part),
        ),
        Cell(when.spoken if when else f"proposed: {proposed}" if proposed else "no day yet", below),
        Cell(stands.text, support, stands.mark, stands.tone),
        Cell(certificate.number if certificate else "–", ends),
    )
