"""The year planner: months side by side, a line a promise, for the wall of a school or a family's kitchen."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from charterkit.choices import PAPER_SIZES
from charterkit.insight.promises.beside import Beside
from charterkit.insight.promises.kinds import PromiseKind
from charterkit.insight.promises.occurrence import WEEKDAYS
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.saying import when_words
from charterkit.insight.promises.school_days import DatedTerm
from charterkit.insight.promises.year import AUDIENCE_WORDS, Planned
from charterkit.model.dates import PartialDate
from charterkit.records import dataclass
from charterkit.render.engine.paper import Paper, paper
from charterkit.render.listings.listing import spoken
from charterkit.render.promises.words import (
    BESIDE,
    SHAPES,
    Year,
    apart,
    beside_rhythm,
    closed_words,
    lead,
    notes,
    policy_words,
    rhythm_words,
    source_words,
    stand_in_words,
    subtitle,
    term_words,
    why,
)
from charterkit.text.english import counted

TEMPLATE = "planner.html.j2"
PAPER = "planner.typ"
_SHORT = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_BARS = frozenset({"daily", "weekly", "weekday"})
"""Recurrences shown as one bar through the year: their days would fill every cell, and say less."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day in a month's cell: 18, "Fri", and the whole of it for whoever listens."""

    number: int
    weekday: str
    words: str


@dataclass(frozen=True, slots=True)
class PlanCell:
    """One month of one promise, or with `span` several: its days, or the words of a bar."""

    month: str
    span: int = 1
    days: tuple[Day, ...] = ()
    bar: str = ""
    is_holiday: bool = False


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One promise: what, how often, who sees to it, and its cells over the twelve months."""

    what: str
    when: str
    owner: str
    source: str
    cells: tuple[PlanCell, ...]


@dataclass(frozen=True, slots=True)
class Whom:
    """An audience: a shape and a word, and how many promises are made to it."""

    id: str
    shape: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """The promises to one audience, or what stands beside them; `count` says how many."""

    whom: Whom
    count: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class PlanTable:
    """One organisation's promises; without a heading where there is only one."""

    heading: str
    groups: tuple[PlanGroup, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A column: "Sept", "September 2026", and whether there is no school in it."""

    short: str
    name: str
    year: int
    is_holiday: bool


@dataclass(frozen=True, slots=True)
class Band:
    """What stands over some months: a term with its days, or the holidays."""

    name: str
    days: str
    span: int
    is_holiday: bool


@dataclass(frozen=True, slots=True)
class TermView:
    """A term's days, and whether the settings state them."""

    name: str
    days: str
    is_stated: bool


@dataclass(frozen=True, slots=True)
class PlannerItem:
    """A promise without a date in the year."""

    whom: Whom
    what: str
    when: str
    why: str
    owner: str
    source: str


@dataclass(frozen=True, slots=True)
class SetApart:
    """Promises that stand apart from the planner, and why."""

    heading: str
    sentence: str
    items: tuple[PlannerItem, ...]


@dataclass(frozen=True, slots=True)
class PlannerView:
    """What the planner says."""

    title: str
    overline: str
    subtitle: str
    year: str
    size: str
    date: str
    lead: tuple[str, ...]
    notes: tuple[str, ...]
    stand_in: str
    terms: tuple[TermView, ...]
    closed: tuple[str, ...]
    """Half terms and other days without school, as the settings state them."""
    key: tuple[Whom, ...]
    months: tuple[Month, ...]
    bands: tuple[Band, ...]
    tables: tuple[PlanTable, ...]
    apart: tuple[SetApart, ...]


def planner_view(year: Year, size: str = "A4") -> PlannerView:
    """The planner of a year, for paper of a size: A4 or A3, always lying down."""
    months = tuple(_month(month, year.plan) for month in year.months)
    return PlannerView(
        title=year.title,
        overline=f"Year planner: what we promise{' families' * year.is_to_families}",
        subtitle=subtitle(year),
        year=str(year.plan.year),
        size=size if size in PAPER_SIZES else PAPER_SIZES[0],
        date=spoken(year.today),
        lead=lead(year),
        notes=notes(year),
        stand_in=stand_in_words(year),
        terms=tuple(TermView(term.name.capitalize(), term_words(term), term.is_stated) for term in year.plan.terms),
        closed=closed_words(year.plan),
        key=(*_whoms(year.found), *([_beside_whom(len(year.beside))] if year.beside else [])),
        months=months,
        bands=tuple(_bands(year)),
        tables=tuple(_tables(year, months)),
        apart=tuple(
            SetApart(heading, said, tuple(_item(planned, year) for planned in _by_audience(found)))
            for _, heading, said, found in apart(year)
        ),
    )


def planner_paper(view: PlannerView, today: date) -> Paper:
    """The planner as a tagged PDF, on as many sheets as it takes.

    Raises CharterkitError where typst or a font is missing.
    """
    return paper(PAPER, view, title=f"{view.title}: year planner {view.year}", author=view.title, when=today)


def _month(month: PartialDate, plan: YearPlan) -> Month:
    number = month.month or 1
    return Month(_SHORT[number - 1], month.spoken, month.year, plan.first_within(month.first, month.last) is None)


def _bands(year: Year) -> Iterator[Band]:
    """Each month stands under the term of its first school day; one that two terms share, under the earlier."""
    terms = [_term_in(month, year.plan) for month in year.months]
    for term, run in groupby(range(len(terms)), key=lambda place: terms[place]):
        span = len(list(run))
        if term is None:
            yield Band("Holiday", "", span, is_holiday=True)
        else:
            yield Band(term.name.capitalize(), term_words(term), span, is_holiday=False)


def _term_in(month: PartialDate, plan: YearPlan) -> DatedTerm | None:
    day = plan.first_within(month.first, month.last)
    return plan.school_days.term_of(day) if day else None


def _whom(audience: str, count: int = 0) -> Whom:
    return Whom(audience, SHAPES[audience], AUDIENCE_WORDS[audience], count)


def _beside_whom(count: int) -> Whom:
    return Whom("beside", *BESIDE, count)


def _whoms(found: Sequence[Planned]) -> Iterator[Whom]:
    for audience in AUDIENCE_WORDS:
        count = sum(audience in planned.promise.audiences for planned in found)
        if count:
            yield _whom(audience, count)


def _by_audience(found: Sequence[Planned]) -> list[Planned]:
    order = list(AUDIENCE_WORDS)
    return sorted(found, key=lambda each: order.index(each.promise.audiences[0]))


def _tables(year: Year, months: Sequence[Month]) -> Iterator[PlanTable]:
    dated = [planned for planned in year.found if planned.occurrences]
    if not year.is_many:
        if dated or year.beside:
            yield PlanTable("", tuple(_groups(dated, year.beside, year, months)))
        return
    folders = [each.promise.folder for each in dated] + [each.first.folder for each in year.beside]
    for slug, folder in {folder.slug: folder for folder in folders}.items():
        own = [each for each in dated if each.promise.folder.slug == slug]
        also = [each for each in year.beside if each.first.folder.slug == slug]
        yield PlanTable(folder.school.name, tuple(_groups(own, also, year, months)))


def _groups(
    found: Sequence[Planned], also: Sequence[Beside], year: Year, months: Sequence[Month]
) -> Iterator[PlanGroup]:
    for audience in AUDIENCE_WORDS:
        own = [planned for planned in found if audience in planned.promise.audiences]
        if own:
            rows = tuple(_row(planned, year, months) for planned in _seldom_last(own))
            yield PlanGroup(_whom(audience, len(own)), counted(len(rows), "promise"), rows)
    if also:
        yield PlanGroup(_beside_whom(len(also)), "", tuple(_beside_row(each, year, months) for each in also))


def _seldom_last(found: Sequence[Planned]) -> list[Planned]:
    """What happens all the time first, then by date."""
    return sorted(found, key=lambda each: (not _is_bar(each), -len(each.occurrences), each.occurrences[0].first))


def _is_bar(planned: Planned) -> bool:
    when = planned.promise.commitment.when
    return when is not None and when.kind in _BARS


def _row(planned: Planned, year: Year, months: Sequence[Month]) -> PlanRow:
    commitment = planned.promise.commitment
    return PlanRow(
        commitment.what,
        rhythm_words(planned),
        _owner(planned, year),
        policy_words(year, planned),
        tuple(_cells(planned, year, months)),
    )


def _cells(planned: Planned, year: Year, months: Sequence[Month]) -> Iterator[PlanCell]:
    found = planned.occurrences
    if not _is_bar(planned):
        return _days([each.first for each in found], year, months)
    return _bar(found[0].first, found[-1].last, _bar_words(planned, planned.plan or year.plan), year, months)


def _beside_row(beside: Beside, year: Year, months: Sequence[Month]) -> PlanRow:
    days = [each.due_by for each in beside.dates]
    rhythm, is_bar = beside_rhythm(beside), beside.when is not None and beside.when.kind in _BARS
    bar = f"{rhythm} in term, {counted(len(days), 'time')}"
    cells = _bar(days[0], days[-1], bar, year, months) if is_bar else _days(days, year, months)
    return PlanRow(beside.first.title, rhythm, beside.owner if year.people else "", beside.source, tuple(cells))


def _owner(planned: Planned, year: Year) -> str:
    return planned.promise.owner if year.people else ""


def _bar(first: date, last: date, words: str, year: Year, months: Sequence[Month]) -> Iterator[PlanCell]:
    """Empty months, one cell from the first month to the last, empty months."""
    start, end = _place(first, year), _place(last, year)
    for place, month in enumerate(months):
        if place == start:
            yield PlanCell(f"{month.name} to {months[end].name}", end - start + 1, bar=words)
        elif not start < place <= end:
            yield PlanCell(month.name, is_holiday=month.is_holiday)


def _bar_words(planned: Planned, plan: YearPlan) -> str:
    if planned.kind is PromiseKind.DAILY:
        days = sum(each.first <= day <= each.last for each in planned.occurrences for day in plan.days)
        return f"Every school day, {days} in all"
    when = planned.promise.commitment.when
    words = "Every week" if when is not None and when.kind == "weekly" else when_words(when)
    return f"{words} in term, {counted(len(planned.occurrences), 'time')}"


def _place(day: date, year: Year) -> int:
    begins = year.months[0].first
    return (day.year - begins.year) * 12 + day.month - begins.month


def _days(found: Sequence[date], year: Year, months: Sequence[Month]) -> Iterator[PlanCell]:
    for place, month in enumerate(months):
        days = tuple(_day(each) for each in found if _place(each, year) == place)
        yield PlanCell(month.name, days=days, is_holiday=month.is_holiday)


def _day(day: date) -> Day:
    return Day(day.day, WEEKDAYS[day.weekday()][:3].capitalize(), spoken(day))


def _item(planned: Planned, year: Year) -> PlannerItem:
    commitment = planned.promise.commitment
    is_said = planned.kind not in (PromiseKind.VAGUE, PromiseKind.NONE, PromiseKind.NOT_UNDERSTOOD)
    is_advice = planned.kind is PromiseKind.UNDATED and year.is_for_families
    return PlannerItem(
        _whom(planned.promise.audiences[0]),
        commitment.what,
        rhythm_words(planned) if is_said else "",
        "" if is_advice else why(planned, year.plan),
        _owner(planned, year),
        source_words(year, planned),
    )
