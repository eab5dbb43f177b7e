"""Promises by the aspects of the charter they serve, and the aspects no promise serves."""

from typing import Any

from charterkit.insight.origin import origin
from charterkit.insight.promises.kinds import UNSAID
from charterkit.insight.promises.serving import Served, Serving
from charterkit.insight.promises.year import Planned
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.promises.data import promises_json
from charterkit.render.promises.words import SHAPES, Year, notes, rhythm_words, source_words, subtitle, why
from charterkit.text.english import counted, number, sentence

KEYS = ("aspect", "key_point", "title", "school", "policy", "commitment", "what", "when")
_COLUMNS = (Column("Aspect or promise"), Column("When"), Column("To whom"), Column("Who sees to it"))


def serving_listing(year: Year, serving: Serving) -> Listing:
    """A heading an aspect that a promise serves, then the aspects that none does."""
    sections = [
        Section(served.aspect.text, tuple(_promise(year, each) for each in served.promises), served.key_point.title)
        for served in serving.served
    ]
    unserved = Section(
        "Aspects that no promise serves",
        tuple((Cell(served.aspect.text, below=served.key_point.title), *[Cell("")] * 3) for served in serving.unserved),
        "No commitment of a policy names these under aspects.",
    )
    unnamed = Section(
        "Promises that name no aspect",
        tuple(_promise(year, planned) for planned in serving.naming_none),
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
        footer=tuple(filter(None, (origin(serving.charter),))),
        empty="The charter has no aspects.",
    )


def _lead(serving: Serving) -> tuple[str, ...]:
    served, all_of_them = len(serving.served), len(serving.aspects)
    many = "none of" if not served else "all" if served == all_of_them > 1 else f"{number(served)} of"
    said = f"{many} the {number(all_of_them)} aspects {'are' if served > 1 else 'is'} served by a promise"
    unnamed = len(serving.naming_none)
    more = f"{counted(unnamed, 'promise names', 'promises name')} no aspect" if unnamed else ""
    return tuple(sentence(line) for line in (said, more) if line)


def _unknown(serving: Serving) -> tuple[str, ...]:
    return tuple(
        f"The commitment {planned.promise.commitment.id} in {planned.promise.folder.path}/policies names the aspect "
        f"{name}, which this charter does not have."
        for planned, name in serving.unknown
    )


def _promise(year: Year, planned: Planned) -> tuple[Cell, ...]:
    promise = planned.promise
    return (
        Cell(promise.commitment.what, below=source_words(year, planned)),
        Cell(
            "" if planned.kind in UNSAID else rhythm_words(planned),
            below=why(planned, year.plan),
        ),
        Cell(promise.whom, mark=SHAPES[promise.audiences[0]]),
        Cell(promise.owner or "Nobody named"),
    )


def _ids(planned: Planned) -> dict[str, str]:
    promise = planned.promise
    return {"school": promise.folder.slug, "policy": promise.policy.id, "commitment": promise.commitment.id}


def _aspect(served: Served) -> dict[str, str]:
    return {"aspect": served.aspect.id, "key_point": served.key_point.id, "title": served.aspect.text}


def serving_rows(serving: Serving) -> list[dict[str, Any]]:
    """A row for each promise of each aspect, and one for each aspect without any."""
    rows: list[dict[str, Any]] = []
    for served in serving.aspects:
        for each in served.promises:
            commitment = each.promise.commitment
            said = {"what": commitment.what, "when": str(commitment.when) if commitment.when else None}
            rows.append({**_aspect(served), **_ids(each), **said})
        if not served.promises:
            rows.append(_aspect(served))
    return rows


def serving_json(year: Year, serving: Serving, slug: str | None) -> dict[str, Any]:
    """The year as plain data, with the aspects beside it; what the keys mean is written in docs/json.md."""
    return {
        **promises_json(year, slug),
        "aspects": {
            "charter": serving.charter.id,
            "version": serving.charter.version,
            "served": [
                {**_aspect(served), "promises": [_ids(each) for each in served.promises]} for served in serving.served
            ],
            "unserved": [_aspect(served) for served in serving.unserved],
            "unknown": [{**_ids(planned), "aspect": name} for planned, name in serving.unknown],
        },
    }
