"""Sentences about very many schools that differ in nothing but the school: said once, with the schools' names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from charterkit.text.english import joined_some
from charterkit.text.safe import shown

MOST_NAMED = 5
"""Schools that are named before a sentence; the others are counted."""


class About(NamedTuple):
    """A sentence, and the school that it is about: its folder and its name, both empty where it is about none."""

    slug: str
    name: str
    sentence: str


def gathered(said: Iterable[About]) -> Iterator[list[About]]:
    """Those that say the same of several schools, as one, in the order of each one's first."""
    found: dict[str, list[About]] = defaultdict(list)
    for about in said:
        found[_without_school(about)].append(about)
    yield from found.values()


def of_all(those: list[About]) -> str:
    """The sentence of several schools: as it is of one school, else with "the school" for the name."""
    return those[0].sentence if len(those) == 1 else _without_school(those[0])


def _without_school(about: About) -> str:
    if not about.slug:
        return about.sentence
    names = rf"({re.escape(about.slug)})" + (f"|{re.escape(about.name)}" if about.name else "")
    return re.sub(rf"(?<![\w-])(?:{names})(?![\w-])", lambda met: "SCHOOL" if met[1] else "the school", about.sentence)


def named(those: list[About]) -> str:
    """The schools: "Elm Lane (elm-lane), Oak Park (oak-park) and 12 more"."""
    return joined_some([f"{shown(about.name)} ({shown(about.slug)})" for about in those], MOST_NAMED)


def condensed(said: Iterable[About]) -> Iterator[str]:
    """Each sentence once, in their order; what holds of more schools than can be named well is one sentence."""
    sentences: dict[str, str] = {}
    every = list(said)
    for those in gathered(every):
        for about in those:
            is_many = len(those) > MOST_NAMED and about.slug
            sentences[about.sentence] = f"{named(those)}: {of_all(those)}" if is_many else about.sentence
    yield from dict.fromkeys(sentences[about.sentence] for about in every)
