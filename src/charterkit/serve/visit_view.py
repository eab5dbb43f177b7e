"""What the page of a visit shows: a card for each aspect with the school's own rating beside it, and the whole."""

from collections.abc import Callable, Iterator, Mapping

from charterkit.choices import EVIDENCE_KINDS
from charterkit.insight.evaluations.awards import awards_of
from charterkit.insight.evaluations.evaluated import RatingState, Standing
from charterkit.insight.visits.outcome import whose_word
from charterkit.insight.written import foreign
from charterkit.records import dataclass
from charterkit.render.report.evidence import KINDS, evidence_lines
from charterkit.render.shared.audience import AUDIENCES
from charterkit.render.shared.levels import Badge, badge_of
from charterkit.render.visits.words import ended, kind_of, people, seen_line, support_lines
from charterkit.serve.evaluate_view import (
    NOTHING,
    Box,
    Choice,
    Named,
    Piece,
    Told,
    by_name,
    choices_of,
    keys_shown,
    point_on_page,
)
from charterkit.serve.sheet import CardPlace
from charterkit.serve.typed import KIND, plain, stood
from charterkit.serve.visit_sheet import THE_VISIT, VisitSheet
from charterkit.serve.visit_typed import NEVER
from charterkit.session.asked_words import examples_said
from charterkit.text.english import joined, sentence

FILTERS = {"all": "All", "open": "Not rated by you", "differs": "You and the school differ", "below": "Below the mark"}
"""The filters, by their names in an address."""


@dataclass(frozen=True, slots=True)
class VisitCard:
    """One aspect: what the school says of it and shows for it, and what the visitor has said so far."""

    place: CardPlace
    heading: str
    number: str
    detail: str
    examples: tuple[str, ...]
    wanted: str
    """What the charter asks to look at."""
    seen: str
    badge: Badge
    why: str
    choices: tuple[Choice, ...]
    school: Badge | None
    """What the school says itself; None where it has no self-evaluation to lay beside."""
    of_school: tuple[Named, ...]
    boxes: Mapping[str, Box]
    pieces: tuple[Piece, ...]
    groups: tuple[tuple[str, Box], ...]
    in_the_way: str
    """Why a certification visit would not be met; empty where it does not stand in the way."""
    is_answered: bool


def visit_view(sheet: VisitSheet, show: str, told: Told = NOTHING) -> dict[str, object]:
    """All of the page."""
    names = set(_shown(sheet, show))
    points = []
    for point in sheet.charter.key_points:
        cards = tuple(visit_card(sheet, CardPlace(aspect.id), told) for aspect in point.aspects if aspect.id in names)
        if cards:
            points.append(point_on_page(sheet, point, cards))
    return {
        **visit_frame(sheet),
        **visit_progress(sheet, show),
        **whole(sheet, told),
        "show": show,
        "points": points,
        "keys": keys_shown(sheet),
        "told": told,
    }


def visit_frame(sheet: VisitSheet) -> dict[str, object]:
    """What every page of a visit has."""
    file, visit = sheet.file, sheet.found.visit
    school = sheet.found.school
    return {
        "slug": sheet.slug,
        "school": file.folder.school.name,
        "charter": file.charter.title,
        "charter_id": file.charter.id,
        "charter_lang": foreign(file.charter, file.workspace),
        "kind": kind_of(visit),
        "day": sheet.day.spoken,
        "date": str(sheet.day),
        "cycle": sheet.day.spoken,
        "noun": file.charter.rated_noun,
        "path": file.path,
        "address": sheet.address,
        "query": sheet.query,
        "kinds": [(kind, KINDS[kind]) for kind in EVIDENCE_KINDS],
        "levels": [(level.id, level.label) for level in file.charter.levels.values()],
        "kept": f"{sheet.desk.place}|{sheet.slug}|{file.path}",
        "here": "act",
        "rater": "",
        "is_begun": file.existing is not None,
        "is_certification": visit.purpose == "certification",
        "beside": school.cycle.spoken if school else "",
        "told": NOTHING,
    }


def visit_progress(sheet: VisitSheet, show: str = "all") -> dict[str, object]:
    """How many aspects the visitor has rated, where to go on, and the filters with their numbers."""
    open_ones = [aspect for aspect, own in sheet.standings.items() if not own.is_answered]
    counts = {name: sum(1 for _ in _shown(sheet, name)) for name in FILTERS}
    of = len(sheet.standings)
    return {
        "rated": f"{of - len(open_ones)} of {of} {sheet.charter.rated_noun}s rated by the visitor",
        "done": of - len(open_ones),
        "of": of,
        "go_on": open_ones[0] if open_ones else "",
        "shows": [(name, words, counts[name], name == show) for name, words in FILTERS.items()],
        "can_undo": sheet.file.can_undo,
    }


def _shown(sheet: VisitSheet, show: str) -> Iterator[str]:
    for aspect, own in sheet.standings.items():
        beside = sheet.found.of_school(aspect)
        if (
            show == "all"
            or (show == "open" and not own.is_answered)
            or (show == "differs" and own.is_answered and beside and beside.is_answered and own.word != beside.word)
            or (show == "below" and aspect in sheet.against)
        ):
            yield aspect


def whole(sheet: VisitSheet, told: Told = NOTHING) -> dict[str, object]:
    """What is said of the visit and of no aspect, and what stands in the way of met."""
    visit, charter = sheet.found.visit, sheet.charter
    left = told.left if told.anchor == THE_VISIT.anchor else {}
    box = _boxes(left)
    return {
        "whole": {
            "anchor": THE_VISIT.anchor,
            "seen": sheet.fingerprint(THE_VISIT),
            "visitors": people(visit.visitors),
            "looked_at": [seen_line(each) for each in visit.looked_at],
            "support": support_lines(visit),
            "ended": ended(sheet.found),
            "boxes": {
                **{name: box(name, "") for name in ("visitor", "with", "looked", "support")},
                "kind": box("kind", ""),
                "summary": box("summary", visit.summary or ""),
                "outcome": box("outcome", visit.outcome or NEVER),
                "award": box("award", visit.award or NEVER),
            },
            "outcomes": [(NEVER, "not decided"), ("met", "met"), ("not-yet", "not yet met")],
            "awards": [(NEVER, "none named"), *((each.id, each.label) for each in awards_of(charter))]
            if charter.awards
            else [],
            "in_the_way": [
                (each.aspect, charter.aspects[each.aspect].text, sentence(whose_word(each)), each.reason)
                for each in sheet.against.values()
            ],
        }
    }


def _boxes(left: Mapping[str, str]) -> Callable[[str, str], Box]:
    """Makes fields; in those of which something is typed and not saved that stands."""
    return lambda name, value: Box(name, left.get(name, plain(name, value)), stood(name, value))


def visit_card(sheet: VisitSheet, place: CardPlace, told: Told = NOTHING) -> VisitCard:
    """One card as it stands on disk; where something was typed that is not saved, that stands in its fields."""
    own, aspect, known = sheet.standings[place.name], sheet.charter.aspects[place.name], sheet.badges
    box = _boxes(told.left if told.anchor == place.anchor else {})
    entry, beside = own.entry, sheet.found.of_school(place.name)
    reason = (entry.reason or "") if entry else ""
    is_apart = own.state is RatingState.NOT_APPLICABLE
    against = sheet.against.get(place.name)
    is_certification = sheet.found.visit.purpose == "certification"
    return VisitCard(
        place=place,
        heading=aspect.text,
        number=sheet.numbers.get(place.name, ""),
        detail=aspect.detail or "",
        examples=tuple(examples_said(aspect.examples, plain=False)),
        wanted=joined([KINDS[kind].lower() for kind in aspect.evidence]),
        seen=sheet.fingerprint(place),
        badge=badge_of(own, known),
        why=own.why if own.state is RatingState.UNREADABLE else "",
        choices=choices_of(sheet, aspect, own),
        school=badge_of(beside, known) if beside else None,
        of_school=by_name(_of_school(sheet, beside)) if beside else (),
        boxes={
            "note": box("note", (entry.note or "") if entry else ""),
            "reason": box("reason", reason if is_apart else ""),
            "why": box("why", "" if is_apart else reason),
            "looked": box("looked", ""),
            "with": box("with", ""),
            "kind": box("kind", KIND),
        },
        pieces=tuple(
            Piece(seen_line(each), (box(f"looked-{number}", each.note or ""),))
            for number, each in enumerate(entry.evidence if entry else ())
        ),
        groups=tuple(
            (group.name, box(f"group-{group.id}", entry.groups.get(group.id, "") if entry else ""))
            for group in sheet.charter.focus_groups
        ),
        in_the_way=sentence(whose_word(against)) if against and is_certification else "",
        is_answered=own.is_answered,
    )


def _of_school(sheet: VisitSheet, beside: Standing) -> Iterator[tuple[str, str]]:
    """What the school says of an aspect besides its level, and what it shows for it."""
    entry = beside.entry
    if entry is None:
        return
    for label, text in (("Reason", entry.reason), ("Strengths", entry.strengths), ("Note", entry.note)):
        if text and text.strip():
            yield label, text.strip()
    for seen in evidence_lines(entry.evidence, sheet.surveys, AUDIENCES["leaders"]):
        yield seen.kind, " – ".join(part for part in (seen.text, seen.note) if part)
    groups = {group.id: group.name for group in sheet.charter.focus_groups}
    for group, level in entry.groups.items():
        known = sheet.charter.levels.get(level)
        yield groups.get(group, group), known.label if known else level
