"""What a policy's title says it is: read against the names under which schools keep what a rule pack asks for.

A title is taken apart into words; fillers, years and the school's own name leave it what it is, and abbreviations
are read as what they stand for. Titles of several things ("Behaviour and anti-bullying") answer the first of them
that an entry has; what else they may answer is only near. Words that tell documents apart (a policy for staff, a form)
keep a title from being taken for something else.
"""

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from charterkit.files.load import load
from charterkit.model.base import is_device, slug
from charterkit.model.dates import MONTHS
from charterkit.model.pack import Requirement
from charterkit.model.policy import Policy
from charterkit.model.titles import Titles
from charterkit.records import dataclass
from charterkit.resources import FACTS
from charterkit.text.later import later

Words = frozenset[str]
LONGEST = 300
"""Characters of a title; what is longer is none."""
MOST_PARTS = 8
"""Of one title, as every run of them is looked at."""
MOST_GUESSED = 300
"""Titles in which misspelt words are looked for, which takes long."""


@cache
def usual_titles() -> Titles:
    """How schools word their titles. Raises ValueError where the list is broken, which a test forbids."""
    path = FACTS / "titles.yaml"
    loaded = load(Titles, path.read_bytes())
    if loaded.model is None or loaded.problems:
        raise ValueError(f"{path.name}: {loaded.problems[:1]}")
    return loaded.model


# -- a policy's id

LONGEST_ID = 80
_YEARS = later(r"\b(?:19|20)[0-9]{2}(?: ?[-–/] ?(?:[0-9]{4}|[0-9]{2}))?\b")


def id_of_title(title: str) -> str:
    """An id made of a policy's title, without years and the word policy; empty where no letter can stand in one."""
    said = title.replace("&", " and ")
    has_year = "19" in said or "20" in said
    whole = slug(_YEARS.sub(" ", said) if has_year else said) or slug(title)
    made = (whole.removesuffix("-policy").removesuffix("-policies") or whole)[:LONGEST_ID].strip("-")
    return f"{made}-policy" if is_device(made) else made


# -- a title's words

_WORD = later(r"[a-z0-9]+|[,;:/()+–—]|\s-\s")
_SIGNS = frozenset(",;:/()+–—-")
_JOINS = frozenset({"and", "including", "incorporating", "inc", "with", "plus", "or"})
_TERMS = frozenset({"autumn", "spring", "summer", "term", "sept"})
_DATED = frozenset(map(str.casefold, (*MONTHS, *(month[:3] for month in MONTHS)))) | _TERMS
"""Words of a date, where a year stands with them."""
_CLOSING = frozenset({"policy", "plan", "statement", "scheme"})
_SAME_ENDING = ("ss", "us", "is")


def _lone(word: str) -> str:
    """A word in the singular, as far as its ending tells."""
    if len(word) <= 3 or word.endswith(_SAME_ENDING) or not word.endswith("s"):  # noqa: PLR2004 - "gas"
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]  # noqa: PLR2004 - "ties"


def _split(title: str) -> list[str]:
    """The words and marks of a title, in small letters and the singular, without its years, dates and versions."""
    plain = unicodedata.normalize("NFKD", title[:LONGEST].casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.replace("'", "").replace("’", "").replace("‘", "").replace("&", " and ").replace("sen/d", "send")
    found = [word.strip() or "," for word in _WORD.findall(plain)]
    has_year = any(word.isdigit() for word in found)
    dated = _DATED if has_year else frozenset()
    return [_lone(word) for word in found if word in _SIGNS or (_says(word) and word not in dated)]


def _says(word: str) -> bool:
    """Whether it is more than a number, or a version such as v2."""
    return not word.isdigit() and not (word[0] == "v" and word[1:].isdigit())


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """What stands in titles and what it is read as, the longest first."""
    found = [
        (f" {' '.join(_split(text))} ", f" {' '.join(_split(phrase.means))} ")
        for phrase in usual_titles().phrases
        for text in phrase.says
    ]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))


@cache
def _fillers() -> Words:
    return frozenset(_lone(word) for word in usual_titles().fillers)


@cache
def _apart() -> Words:
    return frozenset(_lone(word) for word in usual_titles().apart)


@dataclass(frozen=True, slots=True)
class Reading:
    """A title taken apart. `parts` are what stands between its "and"s; a part that ends in "policy" is `closed`."""

    exact: tuple[str, ...]
    parts: tuple[Words, ...]
    closed: frozenset[int]

    @property
    def whole(self) -> Words:
        """All its words that say something."""
        return frozenset().union(*self.parts)

    def without(self, own: Words) -> "Reading":
        """The same without the school's own words."""
        return Reading(self.exact, tuple(part - own for part in self.parts), self.closed)

    def runs(self) -> Iterator[Words]:
        """Every row of neighbouring parts: all of them, then by where they begin, the longest first."""
        count = len(self.parts)
        places = [(first, end) for first in range(count) for end in range(count, first, -1)]
        for first, end in places:
            if self.closed.isdisjoint(range(first, end - 1)):
                yield frozenset().union(*self.parts[first:end])


@lru_cache(maxsize=4096)
def reading(title: str) -> Reading:
    """A title taken apart."""
    exact = tuple(word for word in _split(title) if word not in _SIGNS)
    text = f" {' '.join(_split(title))} "
    for says, means in _phrases():
        if says in text:
            text = text.replace(says, means)
    parts: list[list[str]] = [[]]
    for word in text.split():
        if word in _SIGNS or word in _JOINS:
            parts.append([])
        else:
            parts[-1].append(word)
    kept = [(frozenset(part) - _fillers(), part[-1] in _CLOSING) for part in parts if part]
    kept = [pair for pair in kept if pair[0]][:MOST_PARTS]
    closed = frozenset(number for number, (_, is_closed) in enumerate(kept) if is_closed)
    return Reading(exact, tuple(part for part, _ in kept), closed)


def words_of(title: str) -> Words:
    """What a title comes down to: its words without "policy", "the" and the like, in no order."""
    return reading(title).whole


# -- against the entries of a pack


@dataclass(frozen=True, slots=True)
class TitleMeans:
    """What a title says it is, by the ids of entries: what it answers, and what it may answer besides or instead.

    It answers one entry, or several of which no school has two: complaints in maintained schools and in academies.
    """

    answers: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class TitleNames:
    """The names of some entries, to look titles up in."""

    def __init__(self, entries: Sequence[Requirement]) -> None:
        """Those that the entries have themselves, and the usual ones."""
        self.entries = {entry.id: entry for entry in entries}
        self._exact: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._names: dict[Words, list[str]] = defaultdict(list)
        self._near: dict[Words, list[str]] = defaultdict(list)
        self._by_word: dict[str, list[Words]] = defaultdict(list)
        self._guessed = 0
        self._found: dict[tuple[str, str, Words], TitleMeans] = {}
        usual = {each.entry: each for each in usual_titles().usual}
        for entry in entries:
            more = usual.get(entry.id)
            for name in (entry.title, *entry.names, *(more.names if more else ())):
                self._exact[reading(name).exact].append(entry.id)
                self._names[words_of(name)].append(entry.id)
            for name in more.near if more else ():
                self._near[words_of(name)].append(entry.id)
        self._exact.pop((), None)
        self._names.pop(frozenset(), None)
        for words in self._names:
            for word in words:
                self._by_word[word].append(words)

    def meant(self, policy: Policy, own: Words = frozenset()) -> TitleMeans:
        """What a policy answers: what it says itself, else what its id is, else what its title says.

        `own` are words of the school's name and its trust's, which say nothing in a title.
        """
        if policy.requirement:
            return TitleMeans(policy.requirement)
        key = (policy.id, policy.title, own)
        if key not in self._found:
            self._found[key] = self._looked_up(policy, own)
        return self._found[key]

    def _looked_up(self, policy: Policy, own: Words) -> TitleMeans:
        found = reading(policy.title)
        reads = [found, found.without(own)] if own & found.whole else [found]
        claims = [[policy.id]] if policy.id in self.entries else []
        claims += [self._exact[found.exact]] if found.exact in self._exact else []
        claims += [self._names[run] for read in reads for run in self._runs(read) if run in self._names]
        near = [name for read in reads for name in self._may_be(read)]
        answers = self._apart_by_kind(claims[0]) if claims else ()
        if not answers and not near and self._guessed < MOST_GUESSED:
            self._guessed += 1
            near = self._misspelt(found)
        others = dict.fromkeys([*(name for claim in claims for name in claim), *near])
        return TitleMeans(answers, tuple(name for name in others if name not in answers))

    def _runs(self, read: Reading) -> Iterator[Words]:
        """The title, and each part of it by itself unless the title has words that make another document of it."""
        foreign = read.whole & _apart()
        return (run for run in read.runs() if run == read.whole or foreign <= run)

    def _apart_by_kind(self, claim: Sequence[str]) -> tuple[str, ...]:
        """The first entry, and those of other kinds of school."""
        kept: list[Requirement] = []
        for name in dict.fromkeys(claim):
            entry = self.entries[name]
            if all(entry.kinds and each.kinds and {*entry.kinds}.isdisjoint(each.kinds) for each in kept):
                kept.append(entry)
        return tuple(entry.id for entry in kept)

    def _may_be(self, read: Reading) -> Iterator[str]:
        """The entries to which the title is near, the nearest first."""
        for run in self._runs(read):
            yield from self._near.get(run, ())
        whole, foreign = read.whole, read.whole & _apart()
        likely = {name for word in whole for name in self._by_word.get(word, ())}
        close = [name for name in likely if foreign <= name and _is_close(whole, name)]
        for name in sorted(close, key=lambda words: (len(words ^ whole), sorted(words))):
            yield from self._names[name]

    def _misspelt(self, read: Reading) -> list[str]:
        """The entries that a title answers once its unknown words are spelt as the names have them."""
        known = sorted(self._by_word)
        spelt: set[str] = set()
        for word in sorted(read.whole)[:_MOST_WORDS]:
            found = difflib.get_close_matches(word, known, n=1, cutoff=0.84) if len(word) > _SHORT else []
            spelt.add(word if word in self._by_word or not found else found[0])
        return list(self._names.get(frozenset(spelt), ())) if spelt != read.whole else []


_MOST_WORDS, _SHORT = 12, 4


def _is_close(title: Words, name: Words) -> bool:
    """Whether a title says little more than a name, or half of it at least."""
    shared, more, less = len(title & name), title - name, name - title
    if not less:
        return len(more) <= min(len(name), 2)
    if not more:
        return 2 * shared > len(name)
    return less.isdisjoint(_apart()) and 2 * shared > len(title | name)
