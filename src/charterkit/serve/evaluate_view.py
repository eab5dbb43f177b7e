"""What the page of a self-evaluation shows: a card for each aspect, and how far the whole has come."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any
from urllib.parse import quote

from charterkit.choices import EVIDENCE_KINDS
from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.aims import STATEMENTS, aimed
from charterkit.insight.evaluations.best_fit import OVERALL
from charterkit.insight.evaluations.evaluated import RatingState, Standing, timeline
from charterkit.insight.written import foreign
from charterkit.model.charter import Aspect, KeyPoint
from charterkit.records import dataclass
from charterkit.render.shared.entries import all_seen, planned_words, tracked_words
from charterkit.render.shared.levels import Badge, badge_of, badges
from charterkit.serve.progress import progress, shown_aspects
from charterkit.serve.sheet import CardPlace, RatingSheet
from charterkit.serve.typed import KIND, plain, stood
from charterkit.serve.visit_sheet import VisitSheet
from charterkit.session.answer_keys import HELP
from charterkit.session.asked_words import examples_said, looks, next_step
from charterkit.text.english import counted

Named = tuple[str, tuple[str, ...]]
"""What something is called, and all that is said under that name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A level as a button: its place on the scale, its keys, and what it looks like here."""

    id: str
    rank: int
    badge: Badge
    key: str
    also: str
    looks: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A field of a form, with what stands in it; `was` tells later whether that is what was shown."""

    name: str
    value: str
    was: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that an aspect holds, in words, and the fields that change it."""

    words: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One aspect, or one whole, with everything that can be said of it."""

    place: CardPlace
    heading: str
    number: str
    detail: str
    examples: tuple[str, ...]
    seen: str
    badge: Badge
    why: str
    choices: tuple[Choice, ...]
    last: tuple[str, Badge, tuple[Named, ...]] | None
    """Which cycle that was, the level, and what was said."""
    before: tuple[tuple[str, str], ...]
    """Actions that are open from before: their ids, and in words."""
    said: tuple[tuple[str, str], ...]
    """What it holds that has no field of its own."""
    next: str
    carried: str
    fit: str
    raters: tuple[tuple[str, Badge], ...]
    """Who said what before the meeting."""
    may_keep: bool
    """Whether they wrote anything that is not in the evaluation."""
    boxes: Mapping[str, Box]
    ideas: tuple[Piece, ...] = ()
    seen_pieces: tuple[Piece, ...] = ()
    actions: tuple[Piece, ...] = ()
    groups: tuple[tuple[str, Box], ...] = ()
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is said at a card after a press: that it is saved, or what stands in the way, and what was typed."""

    anchor: str = ""
    saved: str = ""
    problem: str = ""
    hint: str = ""
    typed: tuple[tuple[str, str], ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)


NOTHING = Told()


@dataclass(frozen=True, slots=True)
class PointOnPage:
    """A key point and its cards."""

    id: str
    title: str
    part: str
    detail: str
    examples: tuple[str, ...]
    cards: tuple[Any, ...]
    """Those of a self-evaluation, or of a visit."""
    open: int
    rated: str


def sheet_view(sheet: RatingSheet, show: str, told: Told = NOTHING) -> dict[str, object]:
    """All of the page."""
    file = sheet.file
    names = set(shown_aspects(sheet, show))
    wholes = sheet.parts.headings
    points = []
    for point in file.charter.key_points:
        cards = [card(sheet, CardPlace(aspect.id), told) for aspect in point.aspects if aspect.id in names]
        if point.id in wholes and show in ("all", "open"):
            cards.append(card(sheet, CardPlace(point.id, is_whole=True), told))
        if cards:
            points.append(point_on_page(sheet, point, tuple(cards)))
    cycles = {str(each.cycle): each.cycle.spoken for each in timeline(file.workspace, file.folder, file.charter.id)}
    return {
        **frame(sheet),
        **progress(sheet, show),
        "show": show,
        "points": points,
        "whole": card(sheet, CardPlace(OVERALL, is_whole=True), told) if OVERALL in wholes and show == "all" else None,
        "notices": sheet.notices,
        "statements": _statements(sheet),
        **before_the_meeting(sheet),
        "charters": charters_of(file.workspace),
        "cycles": {**cycles, str(file.cycle): file.cycle.spoken},
        "keys": keys_shown(sheet),
        "told": told,
    }


def _statements(sheet: RatingSheet) -> list[tuple[str, Box]]:
    """What is said of the whole cycle: what it is called, and its field."""
    held = {name: getattr(sheet.file.evaluated.evaluation, name) or "" for name in STATEMENTS}
    return [(STATEMENTS[name], Box(name, plain(name, held[name]), stood(name, held[name]))) for name in STATEMENTS]


def frame(sheet: RatingSheet) -> dict[str, object]:
    """What every page of a sheet has: its school, charter and cycle."""
    file = sheet.file
    whose = [file.rater] if file.rater else []
    return {
        "school": file.folder.school.name,
        "slug": sheet.slug,
        "charter": file.charter.title,
        "charter_id": file.charter.id,
        "version": file.charter.version,
        "charter_lang": foreign(file.charter, file.workspace),
        "cycle": file.cycle.spoken,
        "cycle_id": str(file.cycle),
        "noun": file.charter.rated_noun,
        "path": file.path,
        "address": sheet.address,
        "query": sheet.query,
        "kinds": [(kind, kind) for kind in EVIDENCE_KINDS],
        "levels": [(level.id, level.label) for level in file.charter.levels.values()],
        "kept": "|".join([sheet.desk.place, sheet.slug, file.charter.id, str(file.cycle), *whose]),
        "here": "evaluate",
        "told": NOTHING,
        "is_agreed": file.is_agreed,
        "rater": file.rater,
    }


def charters_of(workspace: Workspace) -> list[tuple[str, str]]:
    """The charters there are, by id and title."""
    titles = {charter: workspace.versions(charter) for charter in workspace.charter_ids}
    return [(charter, versions[-1].title) for charter, versions in titles.items() if versions]


def point_on_page(sheet: RatingSheet | VisitSheet, point: KeyPoint, cards: tuple[Any, ...]) -> PointOnPage:
    """A key point with its cards, and how many of its aspects are answered."""
    of = [sheet.standings[aspect.id].is_answered for aspect in point.aspects]
    place = [each.id for each in sheet.charter.key_points].index(point.id) + 1
    title = f"{point.number} {point.title}" if point.number else f"{place}. {point.title}"
    examples = tuple(examples_said(point.examples, plain=False))
    count = f"{sum(of)} of {len(of)}"
    return PointOnPage(point.id, title, point.part or "", point.detail or "", examples, cards, of.count(False), count)


def keys_shown(sheet: RatingSheet | VisitSheet) -> list[tuple[str, str, str]]:
    """The keys besides levels: what is pressed, the terminal's usual key for it, and what it does."""
    answers = sheet.keys
    return [
        (key, usual, HELP.get(answers.labels[usual], answers.labels[usual]))
        for key, usual in answers.commands.items()
        if usual != "q"
    ]


def choices_of(sheet: RatingSheet | VisitSheet, aspect: Aspect | None, standing: Standing) -> tuple[Choice, ...]:
    """The levels as buttons of a card."""
    charter, known, keys = sheet.file.charter, sheet.badges, sheet.keys.levels
    here = looks(aspect, charter.levels)
    return tuple(
        Choice(
            level.id, rank, known[level.id], keys[level].key, keys[level].also, here[level.id], standing.level == level
        )
        for rank, level in enumerate(charter.levels.values())
    )


def card(sheet: RatingSheet, place: CardPlace, told: Told = NOTHING) -> Card:
    """One card as it stands on disk; where something was typed that is not saved, that stands in its fields."""
    file, standing, aspect = sheet.file, sheet.standing(place), sheet.aspect(place)
    known, entry = sheet.badges, standing.entry
    left = told.left if told.anchor == place.anchor else {}

    def box(name: str, value: str) -> Box:
        return Box(name, left.get(name, plain(name, value)), stood(name, value))

    target = entry.target if entry else None
    boxes = {
        "note": box("note", (entry.note or "") if entry else ""),
        "reason": box("reason", (entry.reason or "") if entry else ""),
        "idea": box("idea", ""),
        "action": box("action", ""),
        "owner": box("owner", ""),
        "due": box("due", ""),
        "evidence": box("evidence", ""),
        "kind": box("kind", KIND),
        "level": box("level", target.level if target else ""),
        "by": box("by", target.by.spoken if target and target.by else ""),
        "value": box("value", str(entry.value) if entry and entry.value is not None else ""),
    }
    before = sheet.parts.before(place.name) if place.is_whole else file.before(place.name)
    listed = [] if place.is_whole else sheet.open_before.get(place.name, [])
    return Card(
        place=place,
        heading=aspect.text if aspect else sheet.parts.headings[place.name],
        number=sheet.numbers.get(place.name, "") if aspect else "",
        detail=(aspect.detail or "") if aspect else "",
        examples=tuple(examples_said(aspect.examples, plain=False)) if aspect else (),
        seen=sheet.fingerprint(place),
        badge=badge_of(standing, known),
        why=standing.why if standing.state is RatingState.UNREADABLE else "",
        choices=choices_of(sheet, aspect, standing),
        last=_last(sheet, before),
        before=tuple((each.id, tracked_words(each, file.today)) for each in listed),
        said=_said(standing),
        next=next_step(file.charter, aspect, standing) if aspect else "",
        carried=entry.carried.spoken if entry and entry.carried else "",
        fit=sheet.parts.fit(place.name) if place.is_whole else "",
        raters=_raters(sheet, place.name),
        may_keep=sheet.merging is not None and sheet.merging.words(place.name) is not None,
        boxes=boxes,
        is_answered=standing.is_answered,
        **({} if place.is_whole else _pieces(sheet, place.name, box)),
    )


def _raters(sheet: RatingSheet, name: str) -> tuple[tuple[str, Badge], ...]:
    said = sheet.said_by.get(name)
    if said is None or sheet.merging is None:
        return ()
    names = [rater.name for rater in sheet.merging.raters]
    return tuple((who, badge_of(each, sheet.badges)) for who, each in zip(names, said.standings, strict=True))


def before_the_meeting(sheet: RatingSheet) -> dict[str, object]:
    """Who rated alone, with the address of each, and what all of them agree on."""
    merging = sheet.merging
    rated = merging.raters if merging else []
    return {
        "raters": [(each.name, f"{sheet.address}?{sheet.query}&rater={quote(each.name)}") for each in rated],
        "all_agree": counted(len(merging.agreed), merging.noun) if merging and merging.agreed else "",
        "own_query": sheet.query.partition("&rater=")[0],
    }


def _pieces(sheet: RatingSheet, aspect: str, box: Callable[[str, str], Box]) -> dict[str, Any]:
    file = sheet.file
    entry = file.standings[aspect].entry
    ideas = [Piece(idea, (box(f"idea-{place}", idea),)) for place, idea in enumerate(entry.ideas)] if entry else []
    seen = [
        Piece(" ".join(all_seen([each], file.folder)) or each.kind, (box(f"evidence-{place}", each.note or ""),))
        for place, each in enumerate(entry.evidence if entry else ())
    ]
    actions = [
        Piece(
            planned_words(action),
            (
                box(f"action-{place}", action.action),
                box(f"owner-{place}", action.owner or ""),
                box(f"due-{place}", action.due.spoken if action.due else ""),
            ),
        )
        for place, action in enumerate(file.evaluated.evaluation.actions)
        if action.aspect == aspect
    ]
    groups = [
        (group.name, box(f"group-{group.id}", entry.groups.get(group.id, "") if entry else ""))
        for group in file.charter.focus_groups
    ]
    return {
        "ideas": tuple(ideas),
        "seen_pieces": tuple(seen),
        "actions": tuple(actions),
        "groups": tuple(groups),
    }


def by_name(lines: Iterable[tuple[str, str]]) -> tuple[Named, ...]:
    """Lines under their names, each name once, in the order in which they first come."""
    found: dict[str, list[str]] = {}
    for name, words in lines:
        found.setdefault(name, []).append(words)
    return tuple((name, tuple(words)) for name, words in found.items())


def _last(sheet: RatingSheet, before: Standing | None) -> tuple[str, Badge, tuple[Named, ...]] | None:
    previous, file = sheet.file.previous, sheet.file
    if previous is None or before is None:
        return None
    entry = before.entry
    said = [("Reason", entry.reason), ("Note", entry.note)] if entry else []
    lines = [(label, text) for label, text in said if text] + list(_said(before))
    if entry:
        lines += aimed(entry, previous.charter)
        lines += [("Idea", idea) for idea in entry.ideas]
        lines += [("Evidence", words) for words in all_seen(entry.evidence, file.folder)]
    return previous.cycle.spoken, badge_of(before, badges(previous.charter)), by_name(lines)


def _said(standing: Standing) -> tuple[tuple[str, str], ...]:
    strengths = standing.entry.strengths if standing.entry else None
    return (("Strengths", strengths),) if strengths else ()
