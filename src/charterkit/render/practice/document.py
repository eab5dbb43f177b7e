"""`best-practice` as a document: schools at the top on one aspect that agreed to share, in their own words."""

from datetime import date
from functools import partial
from typing import Any

from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.naming import demand_aspect
from charterkit.insight.practice import FEWEST, Practice, Practices, practices
from charterkit.model.charter import Charter
from charterkit.render.evidence.words import kinds_said
from charterkit.render.listings.listed import Listed
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.shared.voice import Voice
from charterkit.rules.personal import has_personal
from charterkit.text.english import counted, number, plural, sentence

KEYS = ("school", "school_name", "aspect", "level", "cycle", "version", "strengths", "withheld", "kinds", "website")
OWN_WORDS = "The words are the schools' own, from agreed self-evaluations. Read them before you pass them on."
INSIDE = "Notes, ideas, other ratings and the evidence itself stay at the school."


def best_practice(
    workspace: Workspace, today: date, voice: Voice, *, aspect: str, charter: str | None = None
) -> Listed:
    """Who is at the top on an aspect and agreed to share. Raises CharterkitError where none or several are meant."""
    chosen = workspace.choose_charter(charter).as_rated()
    name = demand_aspect(aspect, chosen)
    found = practices(workspace, chosen, [name], workspace.own_slugs, partial(has_personal, today=today))
    for path in found.unread:
        voice.warn(f"{path} has mistakes, and what cannot be read does not count: 'charterkit check' says where.")
    rows = [_row(each) for each in found.found]
    make = partial(practice_listing, found, chosen, name, today)
    return Listed(rows, KEYS, make, make_data=partial(_data, found, chosen, name))


def _data(found: Practices, charter: Charter, name: str) -> dict[str, Any]:
    return {
        "charter": charter.id,
        "version": charter.version,
        "aspect": name,
        "title": charter.aspects[name].text,
        "looked_at": found.looked_at,
        "not_agreed": found.silent_said,
        "schools": [_row(each) for each in found.found],
        "unread": list(found.unread),
    }


def _row(each: Practice) -> dict[str, Any]:
    return {
        "school": each.slug,
        "school_name": each.school,
        "aspect": each.aspect,
        "level": each.level,
        "cycle": str(each.cycle),
        "version": each.version,
        "strengths": each.strengths or None,
        "withheld": each.is_withheld,
        "kinds": list(each.kinds),
        "website": each.website or None,
    }


def practice_listing(found: Practices, charter: Charter, name: str, today: date) -> Listing:
    """The schools as people read them."""
    return Listing(
        "What goes well elsewhere",
        charter.aspects[name].text,
        leads(found),
        (Column("In its own words"), Column("School"), Column("What shows it")),
        (Section("", tuple(_line(each, charter) for each in found.found)),),
        spoken(today),
        subtitle=charter.key_point_of[name].title,
        footer=(OWN_WORDS, INSIDE) if found.found else (),
        empty="",
    )


def leads(found: Practices) -> tuple[str, ...]:
    """How many were looked at, and how many of them nobody may be told of."""
    many = len(found.found)
    there = counted(many, "school is", "schools are") if many else "no school is"
    first = f"of {counted(found.looked_at, 'school')} looked at, {there} at the top on this and agreed to share"
    silent = found.silent_said
    if silent is None:
        second = f"fewer than {number(FEWEST)} have not agreed to share what they do (shares_practice in school.yaml)"
    else:
        have = plural(silent, "has", "have")
        second = f"{number(silent)} {have} not agreed to share what they do (shares_practice in school.yaml)"
    return sentence(first), sentence(second)


def _line(each: Practice, charter: Charter) -> tuple[Cell, ...]:
    version = "" if each.version == charter.version else f", by version {each.version} of the charter"
    if each.is_withheld:
        words = Cell("–", below="Not shown: it may hold a telephone number, an address or a date of birth of a person.")
    else:
        words = Cell(" ".join(each.strengths.split()) or "–", below="" if each.strengths else "It wrote no strengths.")
    school = Cell(each.school, below=f"{each.level}, {each.cycle.spoken}{version}", link=each.website)
    return words, school, Cell(sentence(kinds_said(each.kinds)).rstrip(".") or "–")
