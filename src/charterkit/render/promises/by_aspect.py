"""Promises by the aspects of the charter they serve, and the aspects no promise serves."""

from typing import Any

from charterkit.insight.promises.serving import Served, Serving
from charterkit.insight.promises.year import AUDIENCE_WORDS, Kind, Planned
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.promises.data import promises_json
from charterkit.render.promises.words import SHAPES, Year, notes, rhythm_words, source_words, subtitle, why
from charterkit.text.english import counted, number, sentence

KEYS = ("aspect", "key_point", "title", "school", "policy", "commitment", "what", "when")
_COLUMNS = (Column("Aspect or promise"), Column("When"), Column("To whom"), Column("Who sees to it"))


def serving_listing(year: Year, serving: Serving) -> Listing:
    """A heading an aspect that a promise serves, then the aspects that none does."""
    sections = [
        Section(one.aspect.text, tuple(_promise(year, each) for each in one.promises), one.key_point.title)
        for one in serving.served
    ]
    unserved = Section(
        "Aspects that no promise serves",
        tuple((Cell(one.aspect.text, below=one.key_point.title), *[Cell("")] * 3) for one in serving.unserved),
        "No commitment of a policy names these under aspects.",
    )
    unnamed = Section(
        "Promises that name no aspect",
        tuple(_promise(year, one) for one in serving.naming_none),
    )
    return Listing(
        "Promises by aspect",
        year.title,
        _lead(serving),
        _COLUMNS,
        tuple(section for section in (*sections, unserved, unnamed) if section.rows),
        spoken(year.today),
        subtitle=f"{serving.charter.title}, version {serving.charter.version}. {subtitle(year)}",
        notes=(*notes(year), *_unknown(serving)),
        empty="The charter has no aspects.",
    )


def _lead(serving: Serving) -> tuple[str, ...]:
    served, all_of_them = len(serving.served), len(serving.aspects)
    many = "none" if not served else number(served)
    said = f"{many} of the {number(all_of_them)} aspects {'are' if served > 1 else 'is'} served by a promise"
    unnamed = len(serving.naming_none)
    more = f"{counted(unnamed, 'promise names', 'promises name')} no aspect" if unnamed else ""
    return tuple(sentence(line) for line in (said, more) if line)


def _unknown(serving: Serving) -> tuple[str, ...]:
    return tuple(
        f"The commitment {one.promise.commitment.id} in {one.promise.folder.path}/policies names the aspect {name}, "
        "which this charter does not have."
        for one, name in serving.unknown
    )


def _promise(year: Year, one: Planned) -> tuple[Cell, ...]:
    promise = one.promise
    return (
        Cell(promise.commitment.what, below=source_words(year, one)),
        Cell("" if one.kind is Kind.VAGUE else rhythm_words(one), below=why(one, year.plan)),
        Cell(AUDIENCE_WORDS[promise.audience], mark=SHAPES[promise.audience]),
        Cell(promise.commitment.owner or "Nobody named"),
    )


def _ids(one: Planned) -> dict[str, str]:
    promise = one.promise
    return {"school": promise.folder.slug, "policy": promise.policy.id, "commitment": promise.commitment.id}


def _aspect(one: Served) -> dict[str, str]:
    return {"aspect": one.aspect.id, "key_point": one.key_point.id, "title": one.aspect.text}


def serving_rows(serving: Serving) -> list[dict[str, Any]]:
    """A row for each promise of each aspect, and one for each aspect without any."""
    rows: list[dict[str, Any]] = []
    for one in serving.aspects:
        for each in one.promises:
            commitment = each.promise.commitment
            said = {"what": commitment.what, "when": str(commitment.when) if commitment.when else None}
            rows.append({**_aspect(one), **_ids(each), **said})
        if not one.promises:
            rows.append(_aspect(one))
    return rows


def serving_json(year: Year, serving: Serving, slug: str | None) -> dict[str, Any]:
    """The year as plain data, with the aspects beside it; what the keys mean is written in docs/json.md."""
    return {
        **promises_json(year, slug),
        "aspects": {
            "charter": serving.charter.id,
            "version": serving.charter.version,
            "served": [{**_aspect(one), "promises": [_ids(each) for each in one.promises]} for one in serving.served],
            "unserved": [_aspect(one) for one in serving.unserved],
            "unknown": [{**_ids(one), "aspect": name} for one, name in serving.unknown],
        },
    }
