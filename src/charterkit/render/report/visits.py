"""The visits that looked at a self-evaluation: what came of each, how far both agree, and the log of support."""

from collections.abc import Iterator
from dataclasses import dataclass

from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.visits.agreement import agreement
from charterkit.insight.visits.visited import Visited, visits_of
from charterkit.render.visits.words import agreement_words, answered, ended, kind_of, people, support_lines
from charterkit.text.english import joined


@dataclass(frozen=True, slots=True)
class VisitSection:
    """One visit: its heading, and what is said of it, a paragraph a line."""

    heading: str
    lines: tuple[str, ...]


def visit_sections(workspace: Workspace, folder: SchoolFolder, evaluation: Evaluated) -> tuple[VisitSection, ...]:
    """Every visit that looked at this self-evaluation, oldest first. Its ratings stay apart from the school's."""
    path = evaluation.document.path
    its = [
        found
        for found in visits_of(workspace, folder, evaluation.charter.id)
        if found.school and found.school.document.path == path
    ]
    return tuple(VisitSection(_heading(found), tuple(line for line in _lines(found) if line)) for found in its)


def _heading(found: Visited) -> str:
    return f"{kind_of(found.visit)}, {found.day.spoken}" if found.day else kind_of(found.visit)


def _lines(found: Visited) -> Iterator[str]:
    visit = found.visit
    if visit.requested and not found.is_held:
        days = f", for {joined([when.spoken for when in visit.proposed_dates])}" if visit.proposed_dates else ""
        yield f"Asked for on {visit.requested.spoken}{days}."
    yield f"Visited by {people(visit.visitors)}." if visit.visitors else ""
    yield ended(found)
    yield visit.summary or ""
    yield answered(visit)
    if found.is_held:
        yield from agreement_words(agreement(found), found.charter.rated_noun)
    for line in support_lines(visit):
        yield f"Support: {line}"
