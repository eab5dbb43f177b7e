"""`examples propose` as a document: what may go into the charter's next version, and how it is accepted."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from charterkit.files.workspace import Workspace
from charterkit.insight.proposing import Proposal, Proposals, proposals
from charterkit.render.listings.listed import Listed
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.practice.document import OWN_WORDS
from charterkit.render.shared.voice import Voice
from charterkit.rules.personal import has_personal
from charterkit.text.english import counted, joined, plural, sentence

KEYS = ("name", "aspect", "title", "school", "school_name", "cycle", "text")


def proposed_examples(workspace: Workspace, today: date, voice: Voice, *, charter: str | None = None) -> Listed:
    """What is proposed for a charter's next version."""
    found = proposals(workspace, charter, partial(has_personal, today=today))
    say_left_out(found, voice)
    rows = [_row(each) for each in found.offered]
    return Listed(rows, KEYS, partial(proposals_listing, found, today), make_data=partial(_data, found))


def say_left_out(found: Proposals, voice: Voice) -> None:
    """Say what is not proposed although it might have been, and why."""
    for path in found.unread:
        voice.warn(f"{path} has mistakes, and what cannot be read is not proposed: 'charterkit check' says where.")
    if found.withheld:
        names = joined(sorted({each.school for each in found.withheld}))
        voice.warn(f"Words that may be about a person are not proposed: look at the strengths of {names}.")


def _data(found: Proposals) -> dict[str, Any]:
    return {
        "charter": found.charter.id,
        "version": found.charter.version,
        "looked_at": found.looked_at,
        "proposals": [_row(each) for each in found.offered],
        "withdrawn": [{"school_name": each.school, "text": each.text} for each in found.withdrawn],
        "unread": list(found.unread),
    }


def _row(each: Proposal) -> dict[str, Any]:
    return {
        "name": each.name,
        "aspect": each.practice.aspect,
        "title": each.title,
        "school": each.practice.slug,
        "school_name": each.practice.school,
        "cycle": str(each.practice.cycle),
        "text": each.example["text"],
    }


def proposals_listing(found: Proposals, today: date) -> Listing:
    """The proposals as people read them, an aspect a heading."""
    titles = dict.fromkeys(each.title for each in found.offered)
    sections = [Section(title, tuple(_line(each) for each in found.offered if each.title == title)) for title in titles]
    if found.withdrawn:
        lines = tuple((Cell(each.text), Cell(each.school), Cell("–")) for each in found.withdrawn)
        sections.append(Section("Left out of the next version", lines, "Its school does not share any more."))
    how = "Accept one with --yes-to ASPECT:SCHOOL, as in the last column, all with --all; in a terminal you are asked."
    return Listing(
        "Proposed examples",
        found.charter.title,
        leads(found),
        (Column("In the school's own words"), Column("School"), Column("Accept as", is_fixed=True)),
        tuple(sections),
        spoken(today),
        subtitle=f"After version {found.charter.version}",
        footer=(how, OWN_WORDS) if found.offered else (),
        empty="",
    )


def leads(found: Proposals) -> tuple[str, ...]:
    """How much there is to look at."""
    many, gone = len(found.offered), len(found.withdrawn)
    first = f"{counted(many, 'example is', 'examples are')} proposed, of {counted(found.looked_at, 'school')} looked at"
    if not gone:
        return (sentence(first),)
    schools: Sequence[str] = sorted({each.school for each in found.withdrawn})
    share = plural(len(schools), "does", "do")
    left = f"{counted(gone, 'example is', 'examples are')} left out: {joined(schools)} {share} not share any more"
    return sentence(first), sentence(left)


def _line(each: Proposal) -> tuple[Cell, ...]:
    level = f"{each.practice.level}, {each.practice.cycle.spoken}"
    return Cell(each.example["text"]), Cell(each.practice.school, below=level), Cell(each.name)
