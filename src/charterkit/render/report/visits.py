"""The visits that looked at a self-evaluation: what came of each, how far both agree, and the log of support."""

from collections.abc import Iterator
from datetime import date

from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.visits.agreement import agreement
from charterkit.insight.visits.visited import Visited, visits_of
from charterkit.records import dataclass
from charterkit.render.visits.words import agreement_words, answered, certified, ended, kind_of, people, support_lines
from charterkit.text.english import joined
from charterkit.text.speech import tr


@dataclass(frozen=True, slots=True)
class VisitSection:
    """One visit: its heading, and what is said of it, a paragraph a line."""

    heading: str
    lines: tuple[str, ...]


def visit_sections(
    workspace: Workspace, folder: SchoolFolder, evaluation: Evaluated, today: date
) -> tuple[VisitSection, ...]:
    """Every visit that looked at this self-evaluation, oldest first. Its ratings stay apart from the school's."""
    path = evaluation.document.path
    its = [
        found
        for found in visits_of(workspace, folder, evaluation.charter.id)
        if found.school and found.school.document.path == path
    ]
    return tuple(VisitSection(_heading(found), tuple(line for line in _lines(found, today) if line)) for found in its)


def _heading(found: Visited) -> str:
    return f"{kind_of(found.visit)}, {found.day.spoken}" if found.day else kind_of(found.visit)


def _lines(found: Visited, today: date) -> Iterator[str]:
    visit = found.visit
    if visit.requested and not found.is_held:
        on, days = visit.requested.spoken, joined([when.spoken for when in visit.proposed_dates])
        if days:
            yield tr("Asked for on %(day)s, for %(days)s.", day=on, days=days)
        else:
            yield tr("Asked for on %(day)s.", day=on)
    yield tr("Visited by %(people)s.", people=people(visit.visitors)) if visit.visitors else ""
    yield ended(found)
    yield certified(visit, today)
    yield visit.summary or ""
    yield answered(visit)
    if found.is_held:
        yield from agreement_words(agreement(found), found.charter.rated_noun)
    for line in support_lines(visit):
        yield tr("Support: %(what)s", what=line)
