"""One school's line in an overview."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import overload

from charterkit.insight.evaluations.summary import Distribution
from charterkit.insight.overview.bodies import Bodies, Recognised, recognised
from charterkit.insight.overview.census import about, by_name
from charterkit.insight.overview.counting import MoveCount, counts_of_school, moves_of
from charterkit.insight.overview.placing import Stand, stand_of
from charterkit.insight.overview.signs import (
    Places,
    inherited_moves,
    inherited_signs,
    inherited_stuck,
    moves_between,
    not_comparable,
)
from charterkit.insight.overview.summary import EvaluationSummary, SchoolSummary, UnreadFile
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school. What of it is about ratings is that of the cycle, and empty where it is not `RATED`.

    `ratings`, `moves`, `stuck` and `groups` have a sign for each aspect that the overview shows.
    """

    slug: str
    name: str
    phase: str
    trust: str
    """Its slug; empty where the school is in none."""
    trust_name: str
    local_authority: str
    is_signed: bool
    stand: Stand
    cycle: str
    """Of the self-evaluation that is counted, else of the nearest one that says how the school stands."""
    version: str
    day: str
    is_agreed: bool
    recognised: Recognised
    actions_overdue: int
    policies_overdue: int
    unread: tuple[UnreadFile, ...]
    ratings: str = ""
    counts: Distribution | None = None
    before: str = ""
    moves: str = ""
    moved: MoveCount | None = None
    stuck: str = ""
    groups: tuple[tuple[str, str], ...] = ()
    group_moves: tuple[tuple[str, str], ...] = ()

    @property
    def is_rated(self) -> bool:
        """Whether it is counted."""
        return self.stand is Stand.RATED

    @property
    def is_complete(self) -> bool:
        """Whether everything that it is asked has been answered."""
        return self.counts is not None and 0 < self.counts.answered == self.counts.total


class LinesLater(Sequence[SchoolLine]):
    """So many lines, made when the first of them is asked for."""

    def __init__(self, many: int, make: Callable[[], Sequence[SchoolLine]]) -> None:
        self._many, self._make = many, make

    @cached_property
    def _lines(self) -> Sequence[SchoolLine]:
        return self._make() if self._many else ()

    def __len__(self) -> int:
        return self._many

    @overload
    def __getitem__(self, at: int) -> SchoolLine: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[SchoolLine]: ...
    def __getitem__(self, at: int | slice) -> SchoolLine | Sequence[SchoolLine]:
        return self._lines[at]

    def __iter__(self) -> Iterator[SchoolLine]:
        return iter(self._lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment]  # as of a list


@dataclass(frozen=True, slots=True)
class OverdueCount:
    """What is overdue: in how many schools, and how much."""

    schools: int
    many: int


def actions_overdue(school: SchoolSummary, charter: str, today: date) -> int:
    """How many of a school's open actions of a charter should have been done."""
    return sum(about == charter and "" < due < today.isoformat() for about, due in school.actions)


def policies_overdue(school: SchoolSummary, today: date) -> int:
    """How many of an organisation's own policies should have been reviewed."""
    return sum("" < due < today.isoformat() for due in school.reviews)


@dataclass(frozen=True)
class Lines:
    """Makes each school's line. `places` say how each version's aspects lie on those of the one that is shown."""

    shown: Charter
    places: Mapping[str, Places | None]
    bodies: Bodies
    cycle: Cycle
    before: Cycle | None
    """The cycle that movement is counted from."""
    is_asked: bool
    """Whether somebody asked for that one: it need not be the last one that a school had before."""
    is_public: bool
    today: date

    def of(self, schools: Iterable[SchoolSummary]) -> list[SchoolLine]:
        """The lines of some organisations, of which the schools alone have any, by their names."""
        charter, is_public = self.shown.id, self.is_public
        found = (about(each, charter, is_public=is_public) for each in schools if each.kind == "school")
        return [self._of(school) for school in sorted(found, key=by_name)]

    def _of(self, school: SchoolSummary) -> SchoolLine:
        stand, found = stand_of(school, self.cycle, self.shown.id, is_public=self.is_public)
        line = self._line(school, recognised(self.bodies.visits_of(school), self.today), stand, found)
        return self._rated(line, self._moved(school, found)) if stand is Stand.RATED and found else line

    def _line(
        self, school: SchoolSummary, visits: Recognised, stand: Stand, found: EvaluationSummary | None
    ) -> SchoolLine:
        trust = self.bodies.trust(school)
        return SchoolLine(
            school.slug,
            school.name,
            school.phase,
            trust,
            self.bodies.names.get(trust, trust),
            self.bodies.authority(school),
            self.shown.id in school.signed,
            stand,
            found.cycle if found else "",
            found.version if found else "",
            found.day if found else "",
            found is not None and found.is_agreed,
            visits,
            actions_overdue(school, self.shown.id, self.today),
            policies_overdue(school, self.today),
            tuple(each for each in school.unread if each.charter in ("", None, self.shown.id)),
        )

    def _rated(self, line: SchoolLine, found: EvaluationSummary) -> SchoolLine:
        """With what it is rated, read on the version that is shown; set apart where that cannot be done."""
        if found.version == self.shown.version:
            return self._read(line, found)
        places = self.places.get(found.version)
        return self._read(line, _read_on(found, places)) if places else replace(line, stand=Stand.APART)

    def _moved(self, school: SchoolSummary, found: EvaluationSummary) -> EvaluationSummary:
        """With what moved since the cycle that was asked for, where that is not the one before it anyway; else since
        the one before, where that is not told yet.
        """
        before = str(self.before) if self.is_asked else found.before
        if not before or (found.before == before and found.moves):
            return found
        then = next((each for each in school.evaluations if each.cycle == before), None)
        if then is None or not (then.is_agreed or not self.is_public) or not _is_earlier(then, found):
            return found
        now, old = self._on_shown(found), self._on_shown(then)
        if now is None:
            return found
        groups = dict(old.groups) if old else {}
        both = [(group, groups[group], signs) for group, signs in now.groups if group in groups]
        return replace(
            now,
            version=self.shown.version,
            before=before,
            moves=moves_between(old.ratings, now.ratings) if old else not_comparable(now.ratings),
            group_moves=tuple((group, moves_between(was, signs)) for group, was, signs in both),
        )

    def _on_shown(self, found: EvaluationSummary) -> EvaluationSummary | None:
        if found.version == self.shown.version:
            return found
        places = self.places.get(found.version)
        return _read_on(found, places) if places else None

    def _read(self, line: SchoolLine, found: EvaluationSummary) -> SchoolLine:
        is_moved = bool(found.moves) and found.before == str(self.before)
        return replace(
            line,
            ratings=found.ratings,
            counts=counts_of_school(found.ratings, self.shown),
            before=found.before,
            moves=found.moves if is_moved else "",
            moved=moves_of(Counter(found.moves), 1) if is_moved else None,
            stuck=found.stuck,
            groups=found.groups,
            group_moves=found.group_moves if is_moved else (),
        )


def _is_earlier(then: EvaluationSummary, found: EvaluationSummary) -> bool:
    return Cycle.parse(then.cycle).last < Cycle.parse(found.cycle).first


def _read_on(found: EvaluationSummary, places: Places) -> EvaluationSummary:
    """A self-evaluation by another version of the charter, as the one that is shown has it."""
    return replace(
        found,
        ratings=inherited_signs(found.ratings, places),
        moves=inherited_moves(found.moves, places) if found.moves else "",
        stuck=inherited_stuck(found.stuck, places) if found.stuck else "",
        groups=tuple((group, inherited_signs(signs, places)) for group, signs in found.groups),
        group_moves=tuple((group, inherited_moves(signs, places)) for group, signs in found.group_moves),
    )
