"""The promises of a year as a listing: what holds all through it, month by month, then what has no date."""

from collections.abc import Sequence
from datetime import date

from charterkit.insight.promises.beside import Beside
from charterkit.insight.promises.kinds import UNSAID, PromiseKind
from charterkit.insight.promises.year import Planned
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.promises.words import (
    ALL_YEAR,
    BESIDE,
    BESIDE_WORDS,
    SHAPES,
    Year,
    apart,
    beside_rhythm,
    beside_source,
    day_words,
    lead,
    notes,
    rhythm_words,
    source_words,
    stand_in_words,
    subtitle,
    terms_sentence,
    why,
)
from charterkit.text.english import counted

COLUMNS = (Column("Promise"), Column("When"), Column("To whom"), Column("Who sees to it"))


def promises_listing(year: Year) -> Listing:
    """The year as a listing: what holds all through it, month by month, then what has no date."""
    daily = [planned for planned in year.found if planned.kind is PromiseKind.DAILY and planned.occurrences]
    often = [planned for planned in year.found if _is_all_year(planned)]
    sections = [
        Section("Every school day", tuple(_row(year, planned, rhythm_words(planned)) for planned in daily)),
        Section(
            "All through the year",
            (
                *(_row(year, planned, rhythm_words(planned), _span(planned)) for planned in often),
                *(
                    _beside_row(year, each, beside_rhythm(each), _times(each))
                    for each in year.beside
                    if _is_often(each)
                ),
            ),
        ),
        *_months(year),
        *(
            Section(heading, tuple(_row(year, planned, *_undated_when(planned, year)) for planned in found), said)
            for _, heading, said, found in apart(year)
        ),
    ]
    return Listing(
        year.called[:1].upper() + year.called[1:],
        year.title,
        lead(year),
        COLUMNS,
        tuple(section for section in sections if section.rows),
        spoken(year.today),
        subtitle=subtitle(year),
        notes=notes(year),
        footer=tuple(line for line in (terms_sentence(year.plan), stand_in_words(year)) if line),
        empty="No promise is listed." if year.found or year.audiences else _HOW,
    )


_HOW = "A policy's file says what it promises, and how often: each promise is an entry of commitments."


def _is_all_year(planned: Planned) -> bool:
    when = planned.promise.commitment.when
    return bool(planned.occurrences) and when is not None and when.kind in ALL_YEAR


def _is_often(beside: Beside) -> bool:
    return beside.when is not None and beside.when.kind in ALL_YEAR


def _span(planned: Planned) -> str:
    return _times_words([each.first for each in planned.occurrences])


def _times(beside: Beside) -> str:
    return _times_words([each.due_by for each in beside.dates])


def _times_words(days: Sequence[date]) -> str:
    return f"{counted(len(days), 'time')}, {spoken(days[0])} to {spoken(days[-1])}"


def _months(year: Year) -> list[Section]:
    made = []
    for month in year.months:
        days = [
            (each.first, number, planned)
            for number, planned in enumerate(year.found)
            if planned.kind is PromiseKind.DATED and not _is_all_year(planned)
            for each in planned.occurrences
            if month.first <= each.first <= month.last
        ]
        rows = [
            (day, _row(year, planned, day_words(day), rhythm_words(planned)))
            for day, _, planned in sorted(days, key=lambda x: x[:2])
        ]
        rows += [
            (due.due_by, _beside_row(year, each, day_words(due.due_by), beside_rhythm(each)))
            for each in year.beside
            for due in each.dates
            if month.first <= due.due_by <= month.last and not _is_often(each)
        ]
        made.append(Section(month.spoken, tuple(row for _, row in sorted(rows, key=lambda x: x[0]))))
    return made


def _undated_when(planned: Planned, year: Year) -> tuple[str, str]:
    said = "" if year.is_for_families and planned.kind is PromiseKind.UNDATED else why(planned, year.plan)
    words = "" if planned.kind in UNSAID else rhythm_words(planned)
    return (words, said) if words else (said, "")


def _row(year: Year, planned: Planned, when: str, below: str = "") -> tuple[Cell, ...]:
    promise = planned.promise
    return (
        Cell(promise.commitment.what, below=source_words(year, planned)),
        Cell(when, below=below),
        Cell(promise.whom, mark=SHAPES[promise.audiences[0]]),
        Cell(promise.owner or "Nobody named"),
    )


def _beside_row(year: Year, beside: Beside, when: str, below: str = "") -> tuple[Cell, ...]:
    kind = BESIDE_WORDS[beside.first.kind]
    return (
        Cell(beside.first.title, below=beside_source(year, beside)),
        Cell(when, below=below),
        Cell(kind, mark=BESIDE[0]),
        Cell(beside.owner or "Nobody named"),
    )
