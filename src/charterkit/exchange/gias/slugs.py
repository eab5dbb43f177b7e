"""Folders for schools of which very many share a name: by the name where that tells, else with the place or the URN."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import field

from charterkit.files.new import LONGEST
from charterkit.model.base import is_device, slug
from charterkit.records import dataclass

_TELLS_NOTHING = frozenset({"london", ""})
"""Towns that tell no schools apart: the local authority does there."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """Somebody who is to have a folder: a number that is theirs alone, a name, and where they are, nearest first."""

    number: str
    name: str
    places: tuple[str, ...] = ()


@dataclass
class FolderNames:
    """Gives folders their names. In `taken` are those that are there, in small letters.

    What comes out does not depend on the order in which organisations are named.
    """

    taken: set[str] = field(default_factory=set)

    def named(self, every: Iterable[NamedPlace], there: frozenset[str] = frozenset()) -> dict[str, str]:
        """By number the folder of each that has none yet; `there` are the numbers of those that have.

        Those with a folder count too where names are shared: who is named on their own in one call and with others in
        the next would have another folder.
        """
        alike: dict[str, list[NamedPlace]] = defaultdict(list)
        for each in every:
            alike[slug(each.name)].append(each)
        found: dict[str, str] = {}
        alike_ones: list[NamedPlace] = []
        for base, those in alike.items():
            if len(those) > 1 or not self._is_free(base) or len(base) > LONGEST:
                alike_ones += those
            elif those[0].number not in there:
                found[those[0].number] = base
        self.taken |= {*found.values()}
        return found | self._told_apart(alike_ones, alike.keys(), there)

    def _told_apart(self, those: list[NamedPlace], bases: Collection[str], there: frozenset[str]) -> dict[str, str]:
        """With a place behind the name where that is nobody else's, nor anybody's name alone, else with the number."""
        wanted: dict[str, list[str]] = {each.number: [*_options(each)] for each in those}
        asked: dict[str, int] = defaultdict(int)
        for options in wanted.values():
            for option in set(options):
                asked[option] += 1
        found: dict[str, str] = {}
        for number in sorted(wanted.keys() - there):
            free = (option for option in wanted[number] if asked[option] == 1 and option not in bases)
            last = wanted[number][-1]
            made = next((option for option in free if self._is_free(option)), last)
            count = 2
            while not self._is_free(made):
                made, count = f"{last}-{count}", count + 1
            self.taken.add(made)
            found[number] = made
        return found

    def _is_free(self, made: str) -> bool:
        return bool(made) and made not in self.taken and not is_device(made)


def folder_names(each: NamedPlace) -> Iterator[str]:
    """Every folder that somebody may have been given: the name alone first."""
    yield slug(each.name)
    yield from _options(each)


def _options(each: NamedPlace) -> Iterator[str]:
    """Names for a folder, best first; the last one has the number."""
    base = slug(each.name) or "school"
    for place in each.places:
        if (end := slug(place)[:30].strip("-")) not in _TELLS_NOTHING:
            yield _joined(base, end)
    yield _joined(base, each.number)


def _joined(base: str, end: str) -> str:
    """Both, the first cut so that they have room; a place that the name ends with stands there once."""
    if base == end or base.endswith(f"-{end}"):
        return base[:LONGEST].strip("-")
    return f"{base[: LONGEST - len(end) - 1].strip('-')}-{end}"
