"""One visit as a document: what the visitor found, beside what the school says itself; never one rating of the two."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from charterkit.errors import Missing
from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.choosing import problems_beside, say_unread
from charterkit.insight.evaluations.evaluated import RatingState, Standing
from charterkit.insight.origin import origin
from charterkit.insight.visits.agreement import VisitAgreement, agreement
from charterkit.insight.visits.choosing import held_visit
from charterkit.insight.visits.visited import Visited, visited
from charterkit.model.charter import Aspect, KeyPoint
from charterkit.model.dates import PartialDate
from charterkit.records import dataclass
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.shared.levels import Badge, badge_of, badges
from charterkit.render.shared.voice import Voice
from charterkit.render.visits.data import visit_json
from charterkit.render.visits.words import (
    agreement_words,
    answered,
    ended,
    kind_of,
    many_rated,
    people,
    point_words,
    seen_line,
    support_lines,
)
from charterkit.text.english import counted

_COLUMNS = (
    Column("Aspect", share=32),
    Column("The school says", share=17),
    Column("The visitor says", share=17),
    Column("What the visitor saw", share=34),
)


@dataclass(frozen=True, slots=True)
class VisitPage:
    """A visit beside the school's own self-evaluation."""

    found: Visited
    agreed: VisitAgreement
    today: date

    @property
    def view(self) -> Listing:
        """For people."""
        return visit_listing(self.found, self.agreed, self.today)

    @property
    def data(self) -> dict[str, Any]:
        """For programs."""
        return visit_json(self.found, self.agreed)


def visit_page(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    charter: str | None = None,
    when: PartialDate | None = None,
) -> VisitPage:
    """The visit of a day, or the newest that has taken place. Raises CharterkitError where there is none."""
    folder = workspace.choose_school(school)
    document = held_visit(workspace, folder, charter, when)
    found = visited(workspace, folder, document)
    if found is None:
        raise Missing("unreadable-first", path=document.path)
    say_unread(found.document, found.document.loaded.problems, voice.warn)
    problems_beside(workspace, [found.school] if found.school else [], voice.warn)
    return VisitPage(found, agreement(found), today)


def visit_listing(found: Visited, agreed: VisitAgreement, today: date) -> Listing:
    """A visit for people: in a terminal, as text, as a page and on paper."""
    visit, charter = found.visit, found.charter
    sections = tuple(_sections(found, agreed))
    unrated = len(charter.aspects) - many_rated(found)
    left = f"The visitor gave no rating of {counted(unrated, charter.rated_noun)}." if unrated else ""
    day = f"{found.day.spoken}. " if found.day else ""
    by = f"Visited by {people(visit.visitors)}." if visit.visitors else ""
    beside = (
        f"Beside it stands the school’s own self-evaluation of {found.school.cycle.spoken}, "
        f"{'agreed' if found.school.evaluation.status == 'agreed' else 'a draft'}. Neither changes the other."
        if found.school
        else "The school has no self-evaluation of this version of the charter to lay beside it."
    )
    lead = (
        f"{day}{by}".strip(),
        ended(found),
        visit.summary or "",
        answered(visit),
        *agreement_words(agreed, charter.rated_noun),
    )
    return Listing(
        kind_of(visit),
        found.folder.school.name,
        tuple(line for line in (*lead, beside, left) if line),
        _COLUMNS,
        sections,
        spoken(today),
        subtitle=f"{charter.title}, version {charter.version}",
        footer=tuple(_footer(found)),
        empty="The visitor has rated nothing yet.",
    )


def _footer(found: Visited) -> Iterator[str]:
    for seen in found.visit.looked_at:
        yield f"Looked at: {seen_line(seen)}"
    for line in support_lines(found.visit):
        yield f"Support: {line}"
    yield from filter(None, (origin(found.charter),))


def _sections(found: Visited, agreed: VisitAgreement) -> Iterator[Section]:
    known = badges(found.charter)
    for point, both in agreed.points:
        rows = tuple(_row(found, aspect, known) for aspect in point.aspects if found.standings[aspect.id] != _NOTHING)
        if rows:
            yield Section(
                _heading(found, point), rows, point_words(both, noun=found.charter.rated_noun) if both.of else ""
            )


_NOTHING = Standing(RatingState.NOT_RATED)


def _heading(found: Visited, point: KeyPoint) -> str:
    number = point.number or f"{found.charter.key_points.index(point) + 1}."
    return f"{number} {point.title}"


def _row(found: Visited, aspect: Aspect, known: dict[str, Badge]) -> tuple[Cell, ...]:
    own, beside = found.standings[aspect.id], found.of_school(aspect.id)
    school, entry = badge_of(beside, known) if beside else None, beside.entry if beside else None
    words = [own.entry.note or "" if own.entry else ""]
    words += [seen_line(seen) for seen in (own.entry.evidence if own.entry else ())]
    reason = f"Although below the mark: {own.entry.reason}" if own.level and own.entry and own.entry.reason else ""
    said = "\n".join(text for text in ((entry.note or "").strip() if entry else "", _groups(found, beside)) if text)
    return (
        Cell(aspect.text),
        _cell(school, said) if school else Cell("–"),
        _cell(badge_of(own, known), _groups(found, own)),
        Cell(words[0].strip(), "\n".join(line for line in (*words[1:], reason) if line)),
    )


def _cell(badge: Badge, below: str) -> Cell:
    return Cell(badge.word, below, badge.shape)


def _groups(found: Visited, standing: Standing | None) -> str:
    """What is said of focus groups: "Black Caribbean pupils: Amber"."""
    names = {group.id: group.name for group in found.charter.focus_groups}
    levels = found.charter.levels
    entries = standing.entry.groups.items() if standing and standing.entry else ()
    return "\n".join(
        f"{names.get(group, group)}: {levels[level].label if level in levels else level}" for group, level in entries
    )
