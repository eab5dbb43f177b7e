"""What stands in a register's cells, in the words of the files; or why it cannot be told, and what to write instead.

Nothing is guessed: what may mean two things is asked about.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from charterkit.choices import TERMS, Approver
from charterkit.exchange.register.words import (
    BODY_OF,
    NO,
    NOTHING,
    STATUS_OF,
    YES,
    is_committee,
    is_role,
    words_in,
)
from charterkit.insight.addresses import is_address
from charterkit.model.base import BadValue
from charterkit.model.dates import Cycle, Interval, PartialDate
from charterkit.model.readings import in_full, iso_cycle, iso_date
from charterkit.records import dataclass
from charterkit.text.safe import is_page, visible


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a cell is not taken in, with what to write, as the rest of a sentence that begins with its text."""

    why: str


@dataclass(frozen=True, slots=True)
class When:
    """A date as a register has it: as precise as it stands there, and the term that it is in where one is named."""

    date: PartialDate | None = None
    term: Cycle | None = None
    every: Interval | None = None
    """How often, where that stands in the place of a date."""

    @property
    def stated(self) -> str:
        """As a file has it."""
        return str(self.date or self.term)


@dataclass(frozen=True, slots=True)
class Body:
    """Who approves: the word of the files, and the committee's name."""

    body: Approver
    name: str = ""


@dataclass(frozen=True, slots=True)
class Somebody:
    """An owner by name, by post, or both."""

    name: str = ""
    role: str = ""


# -- dates

_TWO = r"(?:[0-9]{4}|[’'‘]?[0-9]{2})"
_MONTH_YEAR = re.compile(rf"(?:([0-9]{{1,2}})(?:st|nd|rd|th)?[ -]+)?([a-z]{{3,9}})\.?[ ,-]*({_TWO})", re.IGNORECASE)
_TERM = re.compile(rf"(aut|autumn|spr|spring|sum|summer)(?: term)?[ ,-]*({_TWO})", re.IGNORECASE)
_SERIAL = re.compile(r"[34][0-9]{4}|5[0-4][0-9]{3}")
"""A day as Excel counts it, in a cell that is not formatted as a date: from 1982 to 2050."""
_FIRST_DAY = date(1899, 12, 30)
_TIME = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")


def _year(text: str) -> str:
    plain = text.lstrip("’'‘")
    return plain if len(plain) > 2 else f"20{plain}"  # noqa: PLR2004 - two figures


@lru_cache(maxsize=65536)
def when(text: str) -> When | Unclear | None:
    """A date as people type it; None where nothing is said."""
    said = " ".join(text.split()).strip(" .;,")
    if said.casefold() in NOTHING:
        return None
    said = _TIME.sub("", said)
    if _SERIAL.fullmatch(said):
        return When(PartialDate.of(_FIRST_DAY + timedelta(days=int(said))))
    if found := _TERM.fullmatch(said):
        said = f"{next(name for name in TERMS if name.startswith(found[1].casefold()[:3]))} {_year(found[2])}"
    try:
        return _day(said)
    except BadValue:
        return Unclear("not a term: write it as Autumn 2026")


def _day(said: str) -> When | Unclear:
    if (cycle := iso_cycle(said)).count("-") > 1:
        return When(term=Cycle.parse(cycle))
    iso = iso_date(in_full(said) or said)
    if not iso and (found := _MONTH_YEAR.fullmatch(said)):
        iso = iso_date(f"{found[1] or ''} {found[2][:3]} {_year(found[3])}".strip())
    try:
        return When(PartialDate.parse(iso or said))
    except BadValue as bad:
        if iso:
            return Unclear(f"{bad.message.partition(' is ')[2] or 'not a day'}: write it as 14/10/2026")
    often = every(said)
    if isinstance(often, Interval):
        return When(every=often)
    return Unclear("not a date: write a day (14/10/2026), a month (October 2026), a term (Autumn 2026) or a year")


# -- how often

_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twelve": 12, "other": 2}
_UNITS = {"y": "year", "m": "month", "w": "week", "d": "day", "t": "term"}
_COUNTED = re.compile(
    rf"(?:(?:once )?(?:every|each|per) |once )?(?:([0-9]{{1,3}}|{'|'.join(_NUMBERS)})[ -]?)?"
    r"(years?|yearly|yrs?|yrly|y|months?|monthly|mths?|mnths?|m|weeks?|weekly|wks?|days?|daily|terms?|termly)",
    re.IGNORECASE,
)
_OFTEN = {
    "1 year": ("annual", "annually", "anually", "annualy", "annual review", "per annum", "pa", "reviewed annually"),
    "2 years": ("biennial", "biennially", "alternate years", "every second year", "two year cycle"),
    "3 years": ("triennial", "triennially"),
    "6 months": (
        "twice a year",
        "twice yearly",
        "half yearly",
        "half-yearly",
        "semi-annual",
        "semi-annually",
        "twice per year",
    ),
    "3 months": ("quarterly",),
    "4 months": ("three times a year",),
    "2 months": ("half termly", "half-termly", "each half term", "every half term"),
    "1 month": ("monthly",),
    "live": (
        "live",
        "continuous",
        "continuously",
        "ongoing",
        "on-going",
        "rolling",
        "always up to date",
        "kept up to date",
    ),
    "as needed": (
        "as needed",
        "as required",
        "when required",
        "when needed",
        "if required",
        "as necessary",
        "when necessary",
        "as and when",
        "as and when required",
        "as and when needed",
        "ad hoc",
        "ad-hoc",
    ),
}
_INTERVAL_OF = {text: Interval.parse(interval) for interval, texts in _OFTEN.items() for text in texts}
_TWO_MEANINGS = {
    "annual": "twice a year or every two years: write “every 6 months” or “every 2 years”",
    "yearly": "twice a year or every two years: write “every 6 months” or “every 2 years”",
    "monthly": "twice a month or every two months: write “every 2 weeks” or “every 2 months”",
    "termly": "twice a term or every two terms: write “every 2 months” or “every 8 months”",
    "weekly": "twice a week or every two weeks: write “every 2 weeks” or how often it is",
}
_TWICE = re.compile(r"bi[ -]?(annual|yearly|monthly|termly|weekly)(?:ly)?", re.IGNORECASE)
MONTHS_OF_A_TERM = 4
"""There are three terms in a year."""


@lru_cache(maxsize=4096)
def every(text: str) -> Interval | Unclear | None:
    """How often a policy is reviewed; None where nothing is said."""
    said = " ".join(text.split()).strip(" .;,").casefold()
    if said in NOTHING:
        return None
    if found := _INTERVAL_OF.get(said):
        return found
    if twice := _TWICE.fullmatch(said):
        return Unclear(_TWO_MEANINGS[twice[1]])
    if counted := _COUNTED.fullmatch(said):
        number = counted[1] or "1"
        many = int(number) if number.isdecimal() else _NUMBERS[number]
        unit = _UNITS[counted[2][0]]
        many, unit = (many * MONTHS_OF_A_TERM, "month") if unit == "term" else (many, unit)
        return Interval(many, unit) if many else Unclear(_HOW_OFTEN)  # type: ignore[arg-type]  # one of the units above
    if said.isdecimal():
        return Unclear(f"years or months? Write “{said} years” or “{said} months”")
    return Unclear(_HOW_OFTEN)


_HOW_OFTEN = (
    "not clear how often: write 1 year, 18 months, termly, live or as needed alone, and what else there is to say "
    "under Notes"
)


# -- who


@lru_cache(maxsize=4096)
def body(text: str) -> Body | Unclear | None:
    """Who approves a policy."""
    said = " ".join(visible(text).split()).strip(" .;,")
    if said.casefold() in NOTHING:
        return None
    if found := BODY_OF.get(words_in(said)):
        return Body(found)
    if is_committee(said) and not {"head", "headteacher", "fgb"} & set(words_in(said).split()):
        return Body("committee", said)
    return Unclear(
        "not known who that is: write one body alone, Full governing body, Headteacher, Trustees, Individual governor, "
        "Local authority, or a committee’s name with the word Committee"
    )


def committee(text: str) -> Body | Unclear | None:
    """The committee of a column that names committees only."""
    said = " ".join(visible(text).split()).strip(" .;,")
    if said.casefold() in NOTHING:
        return None
    found = BODY_OF.get(words_in(said))
    return Body(found) if found else Body("committee", said)


_PARTS = (" (", ", ", " - ", " – ", " / ", " [")
"""What stands between a name and a post."""


def _two(text: str) -> tuple[str, str] | None:
    """A text in two parts; None where it has none, or more."""
    for sign in _PARTS:
        first, found, second = text.rstrip(")]").partition(sign)
        if found and first.strip() and second.strip() and sign not in second:
            return first.strip(), second.strip()
    return None


@lru_cache(maxsize=4096)
def owner(text: str) -> Somebody | Unclear | None:
    """Who looks after a policy: a post where its words are those of posts, else a name; both where both stand there."""
    said = " ".join(visible(text).split())
    if said.casefold() in NOTHING:
        return None
    parts = _two(said)
    if parts and is_role(parts[0]) != is_role(parts[1]):
        return Somebody(parts[1], parts[0]) if is_role(parts[0]) else Somebody(*parts)
    return Somebody(role=said) if is_role(said) or (said.isupper() and " " not in said) else Somebody(name=said)


def email(text: str) -> str | Unclear | None:
    """An address for work."""
    said = text.strip().removeprefix("mailto:")
    if said.casefold() in NOTHING:
        return None
    return said if is_address(said) else Unclear("no email address")


# -- the rest


@lru_cache(maxsize=1024)
def yes_no(text: str) -> bool | Unclear | None:
    """Yes or no."""
    said = " ".join(text.split()).strip(" .;,*").casefold()
    if said in YES or said in NO:
        return said in YES
    return None if said in NOTHING else Unclear("neither yes nor no: write Yes or No")


def address(text: str) -> str | bool | Unclear | None:
    """Where it can be read; or whether it is on the website at all."""
    said = text.strip()
    small = said.casefold()
    if small in NOTHING:
        return None
    if small in YES or small in NO:
        return small in YES
    if is_page(said):
        return said
    if "." in said and not re.search(r"\s|@|:", said):
        return Unclear(f"not the whole address: write https://{said[:60]}")
    return Unclear("no web address: write one that begins with https://, or Yes or No")


@lru_cache(maxsize=1024)
def status(text: str) -> str | Unclear | None:
    """Whether it holds."""
    said = " ".join(text.split()).strip(" .;,").casefold()
    if said in NOTHING:
        return None
    return (
        STATUS_OF.get(said)
        or STATUS_OF.get(said.replace("-", " "))
        or Unclear("no status: write Live, Draft, Under review or Archived")
    )


_MOST_VERSION = 40


def version(text: str) -> str | Unclear | None:
    """Which version."""
    said = " ".join(text.split())
    said = re.sub(r"(?:version|ver\.?|v\.?|issue) ?(?=[0-9])", "", said, flags=re.IGNORECASE)
    if said.casefold() in NOTHING:
        return None
    return visible(said) if len(said) <= _MOST_VERSION else Unclear("too long for a version: write its number alone")


def line(text: str) -> str | None:
    """A text on one line."""
    said = visible(" ".join(text.split()))
    return None if said.casefold() in NOTHING else said


def lines(text: str) -> str | None:
    """A text as it stands there."""
    return visible(text).strip() or None


READERS: dict[str, Callable[[str], Any]] = {
    "title": line,
    "id": line,
    "school": line,
    "owner": owner,
    "role": line,
    "email": email,
    "approver": body,
    "committee": committee,
    "statutory": yes_no,
    "every": every,
    "last_review": when,
    "approved": when,
    "ratified": when,
    "issued": when,
    "archived": when,
    "next_review": when,
    "by": line,
    "version": version,
    "address": address,
    "status": status,
    "note": lines,
}
"""What reads the cells of each column."""
