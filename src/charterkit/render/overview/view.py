"""An overview as a document: its view, made of plain data."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from charterkit.choices import PHASES
from charterkit.insight.evaluations.naming import numbers_shown
from charterkit.insight.evaluations.summary import Distribution
from charterkit.insight.overview.counting import MoveCount
from charterkit.insight.overview.grouping import GroupCount
from charterkit.insight.overview.lines import SchoolLine
from charterkit.insight.overview.overview import AspectCount, Overview
from charterkit.model.dates import PartialDate
from charterkit.records import dataclass
from charterkit.render.engine.paper import Paper, paper
from charterkit.render.overview.heat import HeatMap, heat_map
from charterkit.render.overview.words import KINDS, STANDS, lead, notes, overdue, percent, recognition, standing
from charterkit.render.shared.headings import with_number
from charterkit.render.shared.levels import Badge, badges
from charterkit.render.shared.tally import Tally, tally
from charterkit.text.english import counted, figures, sentence

MOST_NAMED = 200
"""Schools that a table on paper names one by one; the workbook and the page in the browser have all."""
TOO_FEW = "fewer than five schools"
PROTECTS = "not shown, as it would tell of fewer than five"
"""What stands for a group that is large enough, of which a small one would be what is left of the whole."""


@dataclass(frozen=True, slots=True)
class AspectLine:
    """One aspect over all schools. `number` is the framework's, or counted; the same as the heat map's columns have."""

    id: str
    number: str
    title: str
    key_point: str
    schools: str
    """How many rated it, of those that it applies to."""
    tally: Tally | None
    """None where that is not shown."""
    met: str
    moved: str
    stuck: str

    @property
    def numbered(self) -> str:
        """Its sentence with its number."""
        return with_number(self.number, self.title)


@dataclass(frozen=True, slots=True)
class GroupCountLine:
    """Schools together, or a focus group."""

    name: str
    schools: str
    tally: Tally | None
    met: str
    moved: str
    more: str
    """How much is answered, how many self-evaluations are complete and agreed, and certificates."""


@dataclass(frozen=True, slots=True)
class StandLine:
    """How many schools stand how, and their names where they are told."""

    what: str
    schools: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedSchool:
    """A school in a table that names them, in the order of their names."""

    name: str
    standing: str
    tally: Tally | None
    met: str
    moved: str
    late: str


@dataclass(frozen=True, slots=True)
class OverviewView:
    """Everything an overview's templates show."""

    title: str
    charter: str
    cycle: str
    version: str
    counted: str
    """How many schools are counted, of how many: "12 of 16 schools"; where there is none, "0 schools"."""
    lead: tuple[str, ...]
    notes: tuple[str, ...]
    scale: tuple[Badge, ...]
    tally: Tally
    weakest: tuple[AspectLine, ...]
    strongest: tuple[AspectLine, ...]
    stuck: tuple[AspectLine, ...]
    with_three: str
    """Of how many schools it can be told what is stuck."""
    aspects: tuple[AspectLine, ...]
    """Every one; none where no school is counted."""
    by: str
    """What schools are put together by; empty where they are not."""
    groups: tuple[GroupCountLine, ...]
    focus_groups: tuple[GroupCountLine, ...]
    """None where no school is counted."""
    stands: tuple[StandLine, ...]
    """With the next two, empty where there is no school yet: then the lead is all there is to say."""
    recognition: tuple[tuple[str, str], ...]
    overdue: tuple[tuple[str, str], ...]
    schools: tuple[NamedSchool, ...]
    unnamed: str
    """Where there are too many schools to be named on paper, where they are; else empty."""
    unread: tuple[tuple[str, str], ...]
    """Files that cannot be used, each with why."""
    heat: HeatMap | None
    is_public: bool
    made: str
    noun: str = "aspect"

    @property
    def has_movement(self) -> bool:
        """Whether any aspect's movement is known."""
        return any(aspect.moved for aspect in self.aspects)


def overview_view(found: Overview, title: str, report_of: Callable[[str], str] | None = None) -> OverviewView:
    """The overview to be shown. `report_of` gives the address of a school's report, empty where there is none; without
    it there is no heat map, which no format but the page has.
    """
    known = badges(found.charter)
    numbers = numbers_shown(found.charter)
    every = {each.aspect.id: _aspect(each, known, numbers[each.aspect.id]) for each in found.aspects}
    is_many = len(found.lines) > MOST_NAMED
    all_schools = figures(len(found.lines), "school")
    return OverviewView(
        title=title,
        charter=found.charter.title,
        cycle=found.cycle.spoken,
        version=found.charter.version,
        counted=f"{found.schools:,} of {figures(found.population, 'school')}" if found.population else "0 schools",
        lead=tuple(lead(found)),
        notes=tuple(notes(found)),
        scale=tuple(known.values()),
        tally=tally(found.counts, known),
        weakest=tuple(every[each.aspect.id] for each in found.weakest()),
        strongest=tuple(every[each.aspect.id] for each in found.strongest()),
        stuck=tuple(every[each.aspect.id] for each in found.stuck()),
        with_three=_with_three(found),
        aspects=tuple(every.values()) if found.schools else (),
        by=KINDS[found.by] if found.by else "",
        groups=tuple(_group(group, known) for group in found.groups),
        focus_groups=_focus_groups(found, known) if found.schools else (),
        stands=tuple(_stands(found, is_many=is_many)),
        recognition=tuple(recognition(found)),
        overdue=tuple(overdue(found)),
        schools=() if is_many else tuple(_school(line, known) for line in found.lines),
        unnamed=f"{all_schools}: the workbook and the page for the browser name each of them." if is_many else "",
        unread=found.unread,
        heat=heat_map(found, known, numbers, report_of) if report_of and found.lines else None,
        is_public=found.is_public,
        made=PartialDate.of(found.today).spoken,
        noun=found.charter.rated_noun,
    )


def overview_paper(view: OverviewView, today: date) -> Paper:
    """The overview as a PDF."""
    title = f"{view.title}: {view.charter}, {view.cycle}"
    return paper("overview.typ", _on_paper(view), title=title, author=view.title, when=today)


def _on_paper(view: OverviewView) -> OverviewView:
    """What its sheets show: bars and levels that stand on none would make one of 156 aspects too much for paper."""
    return replace(
        view,
        aspects=tuple(map(_short, view.aspects)),
        groups=tuple(map(_short, view.groups)),
        stuck=tuple(replace(line, tally=None) for line in view.stuck),
        schools=tuple(replace(line, tally=None) for line in view.schools),
    )


_Counted = TypeVar("_Counted", AspectLine, GroupCountLine)


def _short(line: _Counted) -> _Counted:
    levels = tuple(each for each in line.tally.counts if each[0].is_level) if line.tally else ()
    return replace(line, tally=line.tally and replace(line.tally, counts=levels, segments=()))


def _with_three(found: Overview) -> str:
    return sentence(
        f"{counted(found.with_three, 'school has', 'schools have')} three self-evaluations, of which it can be told"
    )


def _aspect(found: AspectCount, known: dict[str, Badge], number: str) -> AspectLine:
    counts = found.counts
    return AspectLine(
        found.aspect.id,
        number,
        found.aspect.text,
        found.point.title,
        f"{counts.rated:,} of {found.asked:,}" if counts else TOO_FEW,
        tally(counts, known) if counts else None,
        met_words(counts),
        moved_words(found.moves),
        f"{found.stuck:,}" if found.stuck else "",
    )


def level_counts(counts: Tally | None) -> str:
    """Letters with how many: "R 3  A 6  G 2"; empty where they are not shown."""
    shown = counts.counts if counts else ()
    return "  ".join(f"{badge.letter or badge.shape} {many}" for badge, many in shown if badge.is_level)


def met_words(counts: Distribution | None) -> str:
    """How many ratings are at the mark, of all: "3 of 10, 30%"; empty where there are none, or they are not shown."""
    if counts is None or not counts.rated:
        return ""
    return f"{counts.met:,} of {counts.rated:,}, {percent(counts.met, counts.rated)}"


def moved_words(moves: MoveCount | None) -> str:
    """How many ratings went which way, in signs and figures; empty where that is not shown, or nothing was compared."""
    if moves is None or not moves.compared:
        return ""
    return f"↑ {moves.improved:,}  ↓ {moves.declined:,}  = {moves.unchanged:,}"


def group_name(group: GroupCount) -> str:
    """A group's name; of those of which nothing says where they belong, that."""
    if not group.id:
        return "Not said"
    return PHASE_NAMES.get(group.name, group.name)


PHASE_NAMES: dict[str, str] = {phase: phase.replace("-", " ").capitalize() for phase in PHASES}
"""As people read them."""


def _group(found: GroupCount, known: dict[str, Badge]) -> GroupCountLine:
    if found.schools is None:
        return GroupCountLine(group_name(found), TOO_FEW if found.is_few else PROTECTS, None, "", "", "")
    counts = found.counts
    answered = [f"{percent(counts.answered, counts.total)} answered"] if counts and counts.total else []
    parts = ((found.complete, "complete"), (found.agreed, "agreed"), (found.certified, "certified"))
    return GroupCountLine(
        group_name(found),
        f"{found.schools:,} of {found.population:,}",
        tally(counts, known) if counts else None,
        met_words(counts),
        moved_words(found.moves),
        ", ".join([*answered, *(f"{many:,} {word}" for many, word in parts if many)]),
    )


def _focus_groups(found: Overview, known: dict[str, Badge]) -> tuple[GroupCountLine, ...]:
    return tuple(_group(group, known) for group in found.focus_groups if found.by != "group")


def _stands(found: Overview, *, is_many: bool) -> Iterator[StandLine]:
    for stand, many in found.stands.items():
        if many:
            is_told = not (is_many and many > MOST_NAMED)
            yield StandLine(STANDS[stand], many, tuple(found.names.get(stand, ())) if is_told else ())


def _school(line: SchoolLine, known: dict[str, Badge]) -> NamedSchool:
    late = [f"{figures(line.actions_overdue, 'action')}"] if line.actions_overdue else []
    late += [figures(line.policies_overdue, "policy", "policies")] if line.policies_overdue else []
    return NamedSchool(
        line.name,
        standing(line),
        tally(line.counts, known) if line.counts else None,
        met_words(line.counts),
        moved_words(line.moved),
        ", ".join(late),
    )
