"""Wording in a policy's text that has gone out of date: bodies that no longer exist, another school's name left over
from copying, a next review that has passed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from charterkit.files.load import load
from charterkit.model.abolished import Abolished, Ended
from charterkit.model.dates import FIRST_YEAR, LAST_YEAR, MONTHS, PartialDate
from charterkit.records import dataclass
from charterkit.resources import FACTS
from charterkit.text.later import later

_FILE = FACTS / "abolished.yaml"
_WORD = re.compile(r"\w+")
_ASIDE = re.compile(r"(?<!\s)\s*+\([^()]*\)")
"""What stands in brackets after a school's name."""
MOST_WORDS = 40
"""Of a name: what is longer is none, and looking for it would take long."""
FEWEST_LETTERS = 8
"""Of a name of one word: shorter ones are words of their own, such as Hope."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something stale: the line of the text, from 1, the words there, and how often they come."""

    line: int
    words: str
    count: int = 1


@cache
def abolished() -> tuple[Ended, ...]:
    """The bodies and schemes that charterkit knows of. Raises ValueError where the list is broken."""
    loaded = load(Abolished, _FILE.read_bytes())
    if loaded.model is None or loaded.problems:
        raise ValueError(f"{_FILE.name}: {loaded.problems[:1]}")
    return loaded.model.entries


def ended_in(text: str) -> Iterator[tuple[Ended, Found]]:
    """Every body or scheme that a text names and that no longer exists, at its first place."""
    small = text.casefold().replace("’", "'")
    likely: dict[int, list[re.Pattern[str]]] = {}
    for word, expression, number in _looked_for():
        if word in small:
            likely.setdefault(number, []).append(expression)
    for number, expressions in likely.items():
        matches = (match for expression in expressions for match in expression.finditer(text))
        places = sorted((match.span() for match in matches), key=lambda place: (place[0], -place[1]))
        if places:
            yield abolished()[number], _found(text, *places[0], _apart(places))


def _apart(places: Sequence[tuple[int, int]]) -> int:
    """How many places do not overlap: "CRB check" and "CRB" are found at once."""
    count, end = 0, -1
    for first, last in places:
        count += first >= end
        end = max(end, last)
    return count


@cache
def _looked_for() -> tuple[tuple[str, re.Pattern[str], int], ...]:
    """Every name: a word without which it cannot be there, how it is looked for, and whose it is by place."""
    names = [
        (name, flag, number)
        for number, ended in enumerate(abolished())
        for known, flag in ((ended.names, re.IGNORECASE), (ended.abbreviations, re.NOFLAG))
        for name in known
    ]
    return tuple((name.split()[0].casefold(), _expression(name, flag), number) for name, flag, number in names)


def _expression(name: str, flag: re.RegexFlag) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word).replace("'", "['’]") for word in name.split())
    return later(rf"(?<!\w){words}(?!\w)", flag)


def _found(text: str, first: int, last: int, count: int = 1) -> Found:
    return Found(text.count("\n", 0, first) + 1, " ".join(text[first:last].split()), count)


# -- other schools


def findable(name: str) -> tuple[str, ...]:
    """A school's name as words to look for, without what stands in brackets; none for one too short or long to tell."""
    words = tuple(_WORD.findall(_ASIDE.sub("", name)))
    is_telling = len(words) > 1 or len("".join(words)) >= FEWEST_LETTERS
    return words if is_telling and len(words) <= MOST_WORDS else ()


@dataclass(frozen=True, slots=True)
class Names:
    """Names to look for, as words; and how many words those have that begin with a word, most first."""

    whole: frozenset[tuple[str, ...]]
    lengths: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, names: Iterable[str]) -> "Names":
        """Made of names as people write them."""
        whole = frozenset(filter(None, map(findable, names)))
        lengths: dict[str, set[int]] = {}
        for words in whole:
            lengths.setdefault(words[0], set()).add(len(words))
        return cls(whole, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()})


def names_in(text: str, names: Names) -> dict[tuple[str, ...], Found]:
    """Which of the names a text holds, each at its first place; the longest where several begin alike."""
    places = list(_WORD.finditer(text))
    words = [place[0] for place in places]
    found: dict[tuple[str, ...], Found] = {}
    until = 0
    for start, word in enumerate(words):
        if start < until:
            continue
        alike = (tuple(words[start : start + length]) for length in names.lengths.get(word, ()))
        name = next((here for here in alike if here in names.whole), None)
        if name is None:
            continue
        until = start + len(name)
        if name not in found:
            found[name] = _found(text, places[start].start(), places[until - 1].end())
    return found


# -- a next review that is over

_NEXT = later(
    r"\b(?:next\s+(?:formal\s+|full\s+|annual\s+)?review(?:ed)?|(?:due|date)\s+for\s+(?:next\s+)?review"
    r"|(?:to|will)\s+be\s+reviewed(?:\s+again)?|review\s+due)\b[^\n]{0,80}",
    re.IGNORECASE,
)
_MONTH_NAMES = {name.casefold()[:3]: number for number, name in enumerate(MONTHS, start=1)}
_DATES = later(
    r"(?<![0-9])(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ /.-]{1,2})?"
    r"(?:(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[ ,.]{1,2}|(?P<month>[0-9]{1,2})[/.-])?"
    r"(?P<year>(?:19|20)[0-9]{2})(?:[-/](?P<after>[0-9]{2})(?:-(?P<last>[0-9]{2}))?)?(?![0-9])",
    re.IGNORECASE,
)


def passed_reviews(text: str, today: date) -> Iterator[tuple[PartialDate, Found]]:
    """Every date that a text gives for its next review and that is over; of several in one line the latest counts."""
    for match in _NEXT.finditer(text):
        dates = [made for found in _DATES.finditer(match[0]) if (made := _date(found))]
        latest = max(dates, default=None)
        if latest is not None and latest.last < today:
            yield latest, _found(text, *match.span())


def _date(found: re.Match[str]) -> PartialDate | None:
    """A date as precise as it stands there; less precise where a part of it cannot be."""
    year, day = int(found["year"]), int(found["day"] or 0)
    month = _MONTH_NAMES[found["name"].casefold()] if found["name"] else int(found["month"] or 0)
    if day and not month:  # 09/2024
        month, day = day, 0
    if found["after"] and not month:
        if int(found["after"]) == (year + 1) % 100:  # 2024/25, an academic year
            year += 1
        else:  # 2024-09-15
            month, day = int(found["after"]), int(found["last"] or 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    for parts in ((year, month, day), (year, month), (year,)):
        try:
            date(*(*parts, 1, 1)[:3])
        except ValueError:
            continue
        return PartialDate(*parts)
    return None
