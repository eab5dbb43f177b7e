"""Options that commands share: how each is spelt, how what is given is read, and what Tab offers.

A day, a cycle, a number of days or one of several words is read here, before a command begins. Typer calls the parser
and looks at no type, so that the model's own, whose import loads Pydantic, are named for mypy alone.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from charterkit.choices import PAPER_SIZES
from charterkit.errors import Refused

if TYPE_CHECKING:
    from charterkit.model.dates import Cycle as Cycle  # noqa: PLC0414 - for the commands
    from charterkit.model.dates import Interval as Interval  # noqa: PLC0414 - for the commands
    from charterkit.model.dates import PartialDate as PartialDate  # noqa: PLC0414 - for the commands
else:
    Cycle = Interval = PartialDate = object

OLD_SPELLINGS = {"out": "output", "output-file": "output", "output-format": "format", "language": "lang"}
"""Names that options had before each had one: they mean the same, and no help names them."""
OLDEST_TODAY = 1900
"""A year before it is a slip of the fingers."""
_DIGITS = 5
"""A number of processes has fewer."""


def spelling(name: str) -> str:
    """An option's name, without its dashes, as it is spelt today."""
    return OLD_SPELLINGS.get(name, name)


# -- reading what is given


def jobs_of(text: str) -> int:
    """A number of processes. Raises Refused for one that is none."""
    if not (text.isascii() and text.isdigit() and len(text) < _DIGITS and int(text)):
        raise Refused("no-number-of-processes", jobs=text)
    return int(text)


def port_from(text: str) -> int:
    """The number of a port that anybody may open. Raises Refused for one that is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text) in _PORTS):
        raise Refused("no-port", port=text)
    return int(text)


_PORTS = range(1024, 65_536)
"""Those below are the system's own (RFC 6335, section 6)."""


def reader(kind: str, option: str) -> Callable[[str], Any]:
    """Reads a Cycle, PartialDate, Span or Interval; what is none is refused with the model's sentence."""

    def read(text: str) -> Any:  # noqa: ANN401 - of that kind
        from charterkit.model import dates
        from charterkit.model.base import BadValue
        from charterkit.model.readings import in_full
        from charterkit.text.safe import shown

        try:
            scalar = getattr(dates, kind)
            found = getattr(scalar, "meant", scalar.parse)(text)
        except BadValue as bad:
            facts = {"why": bad.message, "remedy": bad.remedy, "text": text, "meant": in_full(text)}
            raise Refused("bad-option", option=option, **facts) from None
        spoken = getattr(found, "spoken", str(found))
        if text not in {str(found), spoken}:
            year = "the academic year " if kind == "Cycle" and not found.term else ""
            _READ.append(f"{option} '{shown(text)}' is read as {year}{spoken}.")
        return found

    return read


_READ: list[str] = []
"""How values that were written otherwise than files have them were understood, until it is said."""


def now_read() -> tuple[str, ...]:
    """Those sentences, before anything is saved; after that there are none."""
    found = tuple(_READ)
    _READ.clear()
    return found


def _today(text: str) -> date | None:
    """The day to act on; a variable of the environment that is empty gives none."""
    from charterkit.model.base import BadValue
    from charterkit.model.dates import PartialDate as Given

    if not text:
        return None
    try:
        found = Given.meant(text)
    except BadValue:
        found = None
    if found is None or found.day is None or found.year < OLDEST_TODAY:
        raise Refused("no-day", text=text)
    return found.first


def stated_today() -> date | None:
    """The day to act on that the environment states, for a call without options."""
    return _today(os.environ.get("CHARTERKIT_TODAY", ""))


def day(today: date | None) -> date:
    """The day to act on: the one given, else the clock's."""
    return today or date.today()  # noqa: DTZ011 - the person's own day is meant


def _year(text: str) -> Any:  # noqa: ANN401 - a Cycle
    """A whole academic year."""
    found = reader("Cycle", "--year")(text)
    if found.term:
        raise Refused("year-is-one-term", text=text, year=type(found)(found.year))
    return found


def _days(text: str) -> int:
    days: int = reader("Span", "--within")(text).days
    return days


def among(option: str, given: Iterable[str], known: Sequence[str]) -> None:
    """Raises CharterkitError for a word that is not one of an option's choices."""
    for word in given:
        if word not in known:
            raise Refused("no-choice", option=option, word=word, known=known, meant=format_called(word, known))


def format_called(word: str, known: Iterable[str]) -> str:
    """The format among those known of a program that people call it by; empty where it is none."""
    found = _PROGRAMS.get(word.lower(), "")
    return found if found in known else ""


_PROGRAMS = {"word": "docx", "doc": "docx", "excel": "xlsx", "xls": "xlsx", "spreadsheet": "xlsx", "web": "html"}


def tab(name: str, *known: Sequence[str]) -> Any:  # noqa: ANN401 - as typer has it
    """What Tab offers, by its name in `offers`; None unless a shell asks, as typer takes each such function apart."""
    if _ASKING not in os.environ:
        return None
    from charterkit.cli import offers

    offer = getattr(offers, name)
    return offer(*known) if known else offer


_ASKING = "_CHARTERKIT_COMPLETE"
"""Set by a shell that wants to know what may come next."""


# -- kinds of options


def cycle_option(option: str, words: str) -> Any:  # noqa: ANN401 - as typer.Option has it
    """An academic year or a term."""
    return typer.Option(
        option, metavar="CYCLE", help=words, parser=reader("Cycle", option), autocompletion=tab("cycles")
    )


def date_option(option: str, words: str) -> Any:  # noqa: ANN401 - as typer.Option has it
    """A date of any precision."""
    return typer.Option(option, metavar="DATE", help=words, parser=reader("PartialDate", option))


def due_option(option: str, words: str) -> Any:  # noqa: ANN401 - as typer.Option has it
    """A date of any precision, or a term of a year."""
    return typer.Option(option, metavar="DATE", help=words, parser=reader("DueDate", option))


def choice_option(option: str, known: Sequence[str], words: str, **more: Any) -> Any:  # noqa: ANN401 - as typer.Option has it
    """One of some words, or several where the option is repeatable; `more` is for typer."""

    def read(text: str) -> str:
        among(option, [text], known)
        return text

    said = {"metavar": "|".join(known), "parser": read, "autocompletion": tab("words", known), **more}
    return typer.Option(option, help=words, **said)


def school_option(words: str) -> Any:  # noqa: ANN401 - as typer.Option has it
    """A school, by its folder."""
    return typer.Option("--school", metavar="SCHOOL", help=words, autocompletion=tab("schools"))


def charter_option(words: str) -> Any:  # noqa: ANN401 - as typer.Option has it
    """A charter, by its id."""
    return typer.Option("--charter", metavar="ID", help=words, autocompletion=tab("charters"))


def language_option(words: str) -> Any:  # noqa: ANN401 - as typer.Option has it
    """A language, by its tag."""
    return typer.Option("--lang", metavar="TAG", help=words, autocompletion=tab("languages"))


SPOKEN = "The language, such as cy for Welsh; the workspace's when left out."
"""What --lang is on documents that speak others than English."""


def format_option(name: str) -> Any:  # noqa: ANN401 - as typer.Option has it
    """One of a document's formats. It is read with the file's name, which may tell it too."""
    from charterkit.documents import DOCUMENTS

    formats = list(DOCUMENTS[name].formats)
    usual = {"table": "a table", "markdown": "html, and markdown into a pipe"}.get(formats[0], formats[0])
    words = f"Otherwise told from the file's name; {usual}."
    return typer.Option("--format", metavar="|".join(formats), help=words, autocompletion=tab("words", formats))


def size_option(words: str) -> Any:  # noqa: ANN401 - as typer.Option has it
    """A size of paper, in capitals or not."""

    def read(text: str) -> str:
        among("--size", [text.upper()], PAPER_SIZES)
        return text.upper()

    return choice_option("--size", PAPER_SIZES, words, parser=read)


def year_option(words: str) -> Any:  # noqa: ANN401 - as typer.Option has it
    """A whole academic year."""
    return typer.Option("--year", metavar="YEAR", help=words, parser=_year, autocompletion=tab("years"))


def within_option(words: str) -> Any:  # noqa: ANN401 - as typer.Option has it
    """A number of days."""
    return typer.Option("--within", metavar="DAYS", help=words, parser=_days)


def school_argument(words: str) -> Any:  # noqa: ANN401 - as typer.Argument has it
    """A school, where the command is about nothing else."""
    return typer.Argument(metavar="[SCHOOL]", help=words, autocompletion=tab("schools"))


def charter_argument(words: str) -> Any:  # noqa: ANN401 - as typer.Argument has it
    """A charter, where the command is about one."""
    return typer.Argument(metavar="[CHARTER]", help=words, autocompletion=tab("charters"))


SchoolArgument = Annotated[
    str | None, school_argument("The school, by its name or a part of it; may be left out where there is one.")
]
AllSchools = Annotated[
    str | None, school_argument("The school, by its name or a part of it; all of them when left out.")
]
CharterArgument = Annotated[str | None, charter_argument("Which charter, where there are several.")]
PolicyArgument = Annotated[
    str,
    typer.Argument(
        metavar="POLICY",
        help="The policy's id, which is its file's name, or its title.",
        autocompletion=tab("policies"),
    ),
]
CharterOption = Annotated[str | None, charter_option("Which charter, where there are several.")]
CycleOption = Annotated[Cycle | None, cycle_option("--cycle", "An academic year or term: 2025-26 or 2025-26-autumn.")]
DateOption = Annotated[
    PartialDate | None, date_option("--date", "When it was made, for a cycle that is over; 2025-06 will do.")
]
OutputOption = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", metavar="N", parser=jobs_of, help="How many processes; left out: as many as are worth it."),
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster", metavar="ADDRESS", help="Share the work with the workers of this Dask scheduler: tcp://HOST:8786."
    ),
]
NoCacheOption = Annotated[bool, typer.Option("--no-cache", help="Read every file, also what has not changed.")]
TodayOption = Annotated[
    date | None,
    typer.Option(
        "--today",
        metavar="DATE",
        envvar="CHARTERKIT_TODAY",
        help="Act as if today were this day: 2025-10-14.",
        parser=_today,
    ),
]
