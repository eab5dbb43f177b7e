"""The promises of a year as a listing: what holds all through it, month by month, then what has no date."""

from charterkit.insight.promises.kinds import UNSAID, PromiseKind
from charterkit.insight.promises.year import Planned
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.promises.words import (
    ALL_YEAR,
    SHAPES,
    Year,
    apart,
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
            tuple(_row(year, planned, rhythm_words(planned), _span(planned)) for planned in often),
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
        empty="No promise is listed.",
    )


def _is_all_year(planned: Planned) -> bool:
    when = planned.promise.commitment.when
    return bool(planned.occurrences) and when is not None and when.kind in ALL_YEAR


def _span(planned: Planned) -> str:
    first, last = planned.occurrences[0].first, planned.occurrences[-1].first
    return f"{counted(len(planned.occurrences), 'time')}, {spoken(first)} to {spoken(last)}"


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
        rows = (
            _row(year, planned, day_words(day), rhythm_words(planned))
            for day, _, planned in sorted(days, key=lambda x: x[:2])
        )
        made.append(Section(month.spoken, tuple(rows)))
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
