"""`charter diff` as a document: what differs, under headings, with the words before and after."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from charterkit.files.workspace import Workspace
from charterkit.insight.charter_versions.choosing import right_way_round, two_versions
from charterkit.insight.charter_versions.diff import CharterDiff, Difference, DiffKind, charter_diff
from charterkit.insight.charter_versions.facets import (
    ASPECT,
    AWARD,
    CHARTER,
    DUTY,
    GROUP,
    KEY_POINT,
    LEVEL,
    REFERENCE,
)
from charterkit.insight.evaluations.choosing import say_unread
from charterkit.render.charter_diff.words import facet, leads, number_of
from charterkit.render.listings.listed import Listed
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.shared.voice import Voice
from charterkit.text.changed import changed

KEYS = ("part", "id", "change", "what", "title", "key_point", "before", "after", "from_ids")
_OWN = "id"
_ROOMS: tuple[tuple[str, str, tuple[DiffKind, ...], str], ...] = (
    ("New aspects", ASPECT, (DiffKind.NEW,), "They start without a rating."),
    ("Aspects that are gone", ASPECT, (DiffKind.GONE,), "What was written of them stays in a school's file."),
    ("Joined aspects", ASPECT, (DiffKind.MERGED,), "Each takes the lowest rating of those that it joins."),
    ("Split aspects", ASPECT, (DiffKind.SPLIT,), "Each part takes the rating of the one that it was a part of."),
    ("Aspects in other words", ASPECT, (DiffKind.RENAMED, DiffKind.REWORDED), "Ratings stay."),
    ("Aspects under another key point", ASPECT, (DiffKind.MOVED,), "Ratings stay."),
    ("The scale", LEVEL, tuple(DiffKind), ""),
    ("Key points", KEY_POINT, tuple(DiffKind), ""),
    ("What a school signs up to", DUTY, tuple(DiffKind), ""),
    ("Focus groups", GROUP, tuple(DiffKind), ""),
    ("Awards", AWARD, tuple(DiffKind), ""),
    ("The charter itself", CHARTER, tuple(DiffKind), ""),
    ("References", REFERENCE, tuple(DiffKind), ""),
)
"""By heading: which part's differences, of which kinds, and what they mean for ratings."""
_WORDS = {
    DiffKind.NEW: "new",
    DiffKind.GONE: "gone",
    DiffKind.MERGED: "joined",
    DiffKind.SPLIT: "split",
    DiffKind.RENAMED: "goes on under another name",
    DiffKind.REWORDED: "in other words",
    DiffKind.MOVED: "in another place",
    DiffKind.CHANGED: "changed",
}


def charter_versions(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    old: str | None = None,
    new: str | None = None,
    charter: str | None = None,
) -> Listed:
    """Two versions of a charter: by number, as id@version or as files; the newest and the one before it unless said."""
    named = two_versions(workspace, old, new, charter)
    before, after = right_way_round(*named)
    if before.model is None or after.model is None:
        raise AssertionError("two_versions gives readable ones")
    if before is not named[0]:
        voice.warn(f"{after.model.version} is the later version: this tells what it changes of {before.model.version}.")
    for document in (before, after):
        say_unread(document, document.loaded.problems, voice.warn)
    found = charter_diff(before.model, after.model, workspace.versions(after.model.id))
    rows = [_row(each) for each in found.differences]
    unread = [document.path for document in (before, after) if document.loaded.problems]
    return Listed(rows, KEYS, partial(diff_listing, found, today), make_data=partial(diff_json, found, unread))


def diff_json(found: CharterDiff, unread: Sequence[str] = ()) -> dict[str, Any]:
    """The differences as plain data; what the keys mean is written in docs/json.md.

    `unread` are the files of the two that are not read whole.
    """
    own = [each for each in found.of(ASPECT) if each.facet in (_OWN, "text", "key_point")]
    return {
        "charter": found.new.id,
        "from": found.old.version,
        "to": found.new.version,
        "aspects": {kind.value: sum(each.kind is kind for each in own) for kind in DiffKind},
        "same_scale": found.is_same_scale,
        "scale_told": found.is_scale_told,
        "changes": [_row(each) for each in found.differences],
        "unread": list(unread),
    }


def _row(each: Difference) -> dict[str, Any]:
    return {
        "part": each.part,
        "id": each.id,
        "change": each.kind.value,
        "what": each.facet,
        "title": each.title,
        "key_point": each.key_point or None,
        "before": each.before or None,
        "after": each.after or None,
        "from_ids": list(each.from_ids),
    }


def diff_listing(found: CharterDiff, today: date) -> Listing:
    """The differences as people read them."""
    sections = [*(_section(found, *room) for room in _ROOMS), *_about_aspects(found)]
    marks = "Words in [brackets] are in one of the two only."
    old, new = number_of(found.old, found), number_of(found.new, found)
    return Listing(
        "What differs",
        found.new.title,
        leads(found),
        (Column(f"Version {new}"), Column(f"Version {old}")),
        tuple(section for section in sections if section.rows),
        spoken(today),
        subtitle=f"Version {new} beside version {old}",
        footer=(marks,) if found.differences else (),
        empty="",
    )


def _section(found: CharterDiff, heading: str, part: str, kinds: Sequence[DiffKind], sentence: str) -> Section:
    differences = found.of(part, *kinds)
    if part == ASPECT:
        differences = [each for each in differences if each.facet in (_OWN, "text", "key_point")]
    return Section(heading, tuple(_line(found, each) for each in differences), sentence)


def _about_aspects(found: CharterDiff) -> list[Section]:
    """What else is said of aspects: guidance, levels, evidence, examples."""
    rest = [each for each in found.of(ASPECT) if each.facet not in (_OWN, "text", "key_point")]
    seen = ("evidence", "evidence_max_age", "examples", "sources")
    evidence = [each for each in rest if each.facet in seen]
    guidance = [each for each in rest if each.facet not in seen]
    rooms = (("What is said of aspects", guidance), ("Evidence and examples", evidence))
    return [Section(heading, tuple(_line(found, each) for each in some), "Ratings stay.") for heading, some in rooms]


def _line(found: CharterDiff, each: Difference) -> tuple[Cell, ...]:
    """The words today, with what they are of below them, and the words before."""
    before, after = changed(each.before, each.after) if each.kind is not DiffKind.MERGED else _joined(each)
    charter = found.old if each.kind is DiffKind.GONE else found.new
    about = [] if each.facet == _OWN else [f"{facet(each.facet, charter)}: {_WORDS[each.kind]}"]
    if each.part == ASPECT and each.facet in (_OWN, "text", "key_point"):
        about = [each.key_point] if each.facet != "key_point" else [each.title]
    elif each.facet in (_OWN, "title"):
        about = [] if each.kind is DiffKind.GONE else [_WORDS[each.kind]]
    elif each.part != CHARTER:
        about = [each.title, *about]
    below = ". ".join(words.rstrip(" .") for words in about)
    return Cell(after or "Gone", below=below), Cell(before or "–")


def _joined(each: Difference) -> tuple[str, str]:
    return " + ".join(" ".join(words.split()) for words in each.before.splitlines()), " ".join(each.after.split())
