"""Many schools on one charter in one cycle: what comes of their summaries, in whichever order they come.

It ranks nobody. A group of fewer than five schools is not shown, nor what would tell it when the others are taken from
the whole; what is to be published names no school, and counts what schools have agreed alone.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from charterkit.choices import GroupedBy
from charterkit.errors import Refused
from charterkit.insight.certificates.held import CertificateState
from charterkit.insight.evaluations.compare import STUCK_CYCLES
from charterkit.insight.evaluations.summary import Distribution
from charterkit.insight.overview.bodies import YEAR
from charterkit.insight.overview.counting import (
    MoveCount,
    added,
    asked_in,
    column,
    counts_of,
    moves_of,
)
from charterkit.insight.overview.grouping import FEWEST, GroupCount, Grouping, split
from charterkit.insight.overview.lines import Lines, OverdueCount, SchoolLine, policies_overdue
from charterkit.insight.overview.placing import (
    NOT_STARTED,
    Stand,
    cycle_meant,
    cycles_of,
    places_on,
    stand_of,
    version_meant,
)
from charterkit.insight.overview.signs import STUCK
from charterkit.insight.overview.summary import EvaluationSummary, SchoolSummary
from charterkit.model.charter import Aspect, Charter, KeyPoint, version_key
from charterkit.model.dates import Cycle


@dataclass(frozen=True)
class OverviewWish:
    """What an overview is to be of. `versions` are those of the charter; the cycle is chosen where none is asked."""

    versions: Sequence[Charter]
    today: date
    cycle: Cycle | None = None
    before: Cycle | None = None
    """The cycle that movement is counted from, where one is asked for."""
    by: GroupedBy | None = None
    is_public: bool = False
    beside: Collection[str] = ()
    """Trusts and authorities that are no part of it: only what lies in their folders about its schools counts."""


@dataclass(frozen=True, slots=True)
class AspectCount:
    """One aspect over all schools that are counted. What is None is not shown: it would speak for too few schools."""

    aspect: Aspect
    point: KeyPoint
    asked: int
    """How many schools it applies to."""
    rated: int | None
    counts: Distribution | None
    moves: MoveCount | None
    stuck: int | None
    """In how many schools it has been below the mark in the last three self-evaluations."""

    @property
    def share(self) -> float:
        """The part of those who rated it that are at the mark, from 0 to 1."""
        return self.counts.met / self.counts.rated if self.counts and self.counts.rated else 0.0


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A trust or an authority, and how many of its own policies should have been reviewed."""

    slug: str
    name: str
    policies_overdue: int


@dataclass(frozen=True)
class Overview:
    """Many schools on one charter in one cycle. In what is public there are no lines, and nothing that is overdue."""

    charter: Charter
    """The version whose aspects are shown, as it is rated."""
    cycle: Cycle
    is_chosen: bool
    """Whether nobody asked for this cycle."""
    by: GroupedBy | None
    is_public: bool
    today: date
    population: int
    """All schools, those too that are not counted."""
    schools: int
    """Those that are counted: every table that says nothing else speaks for them."""
    counts: Distribution
    aspects: tuple[AspectCount, ...]
    groups: tuple[GroupCount, ...]
    """In public without those that are not shown: a trust of one school may bear its name."""
    left_out: int
    """How many groups are not shown."""
    focus_groups: tuple[GroupCount, ...]
    before: Cycle | None
    """The cycle that movement is counted from: the one that most of them had before this one."""
    moves: MoveCount | None
    before_others: int
    """Those that rated themselves before, but in another cycle: their movement is not counted."""
    with_three: int
    """Those with three self-evaluations, of which it can be told what is stuck."""
    complete: int
    agreed: int
    stands: Mapping[Stand, int]
    versions: Mapping[str, int]
    """By version, how many of the counted were rated by it."""
    apart: Mapping[str, int]
    """By version, how many were rated on levels that cannot be compared."""
    cycles: Mapping[Cycle, int]
    """How many schools have rated themselves in each cycle, oldest first."""
    certificates: Mapping[CertificateState, int]
    visited: int
    """Schools that were visited within a year."""
    to_be_visited: int
    waiting: int
    """Schools that have asked for a visit which has no day yet."""
    signed: int
    actions: OverdueCount
    policies: OverdueCount
    lines: tuple[SchoolLine, ...]
    bodies: tuple[BodyLine, ...]

    @property
    def not_started(self) -> int:
        """Schools that have rated nothing in this cycle, nor in another part of its year."""
        return sum(self.stands.get(stand, 0) for stand in NOT_STARTED)

    def weakest(self, most: int = 5) -> list[AspectCount]:
        """The aspects that the smallest part of schools has at the mark, of those that enough have rated.

        Enough is five, or half of the schools where that is fewer. Of as small a part, first the one that more have at
        the lowest level.
        """
        return self._ordered()[: min(most, self._half)]

    def strongest(self, most: int = 5) -> list[AspectCount]:
        """Those that the largest part has at the mark; none that is among the weakest."""
        return self._ordered()[::-1][: min(most, self._half)]

    def _ordered(self) -> list[AspectCount]:
        return sorted(self._ranked(), key=lambda each: (each.share, -_lowest(each)))

    @property
    def _half(self) -> int:
        return len(self._ranked()) // 2

    def _ranked(self) -> list[AspectCount]:
        enough = max(1, min(FEWEST, (self.schools + 1) // 2))
        return [each for each in self.aspects if each.counts is not None and each.counts.rated >= enough]

    def stuck(self, most: int = 10) -> list[AspectCount]:
        """The aspects that some school has been stuck at, those of most schools first."""
        return sorted((each for each in self.aspects if each.stuck), key=lambda each: -(each.stuck or 0))[:most]


def _lowest(found: AspectCount) -> float:
    """The part of those who rated it that are at the lowest level."""
    counts = found.counts
    return next(iter(counts.levels.values())) / counts.rated if counts and counts.rated else 0.0


def overview(summaries: Iterable[SchoolSummary], charter: str, wish: OverviewWish) -> Overview:
    """What comes of the summaries, which are gone through once. Raises ValueError where there is no such charter."""
    every = sorted((_only(each, charter) for each in summaries), key=lambda each: (each.name.casefold(), each.slug))
    schools = [each for each in every if each.kind == "school"]
    if wish.is_public:
        schools = [_moved_in_public(school) for school in schools]
    counted = [_agreed(school) for school in schools] if wish.is_public else schools
    has_any = any(each.evaluations for each in counted)
    cycle = wish.cycle or cycle_meant(counted if has_any else schools, wish.today)
    if wish.before and (wish.before.last, wish.before.first) >= (cycle.last, cycle.first):
        raise Refused("from-not-before", before=wish.before, cycle=cycle.spoken)
    versions = {
        each.version: each.as_rated() for each in sorted(wish.versions, key=lambda each: version_key(each.version))
    }
    stands = {each.slug: stand_of(each, cycle, charter, is_public=wish.is_public) for each in schools}
    rated = [found for stand, found in stands.values() if stand is Stand.RATED and found]
    shown = version_meant(rated, versions)
    before = wish.before or _before(rated)
    lines = Lines(every, shown, places_on(shown, versions), wish.today).of(
        stands, before, _of_cycle(counted, wish.before)
    )
    bodies = [
        BodyLine(each.slug, each.name, policies_overdue(each, wish.today))
        for each in every
        if each.kind != "school" and each.slug not in wish.beside
    ]
    return _Whole(wish, shown, lines).made(cycle, before, cycles_of(counted), bodies)


def _only(found: SchoolSummary, charter: str) -> SchoolSummary:
    """What of a summary is about the charter: the rest of very many is let go of at once."""
    return replace(
        found,
        evaluations=tuple(each for each in found.evaluations if each.charter == charter),
        actions=tuple(pair for pair in found.actions if pair[0] == charter),
        visits=tuple(each for each in found.visits if each.charter in ("", charter)),
    )


def _agreed(school: SchoolSummary) -> SchoolSummary:
    return replace(school, evaluations=tuple(each for each in school.evaluations if each.is_agreed))


def _of_cycle(schools: Iterable[SchoolSummary], cycle: Cycle | None) -> dict[str, EvaluationSummary]:
    """Each school's self-evaluation of a cycle, by its slug."""
    return {each.slug: found for each in schools for found in each.evaluations if found.cycle == str(cycle)}


def _moved_in_public(school: SchoolSummary) -> SchoolSummary:
    """Without the movement since a draft, and without what a draft says is stuck: both would tell what it says."""
    found, told = school.evaluations, []
    for place, each in enumerate(found):
        if place and not found[place - 1].is_agreed:
            told.append(replace(each, before="", moves="", group_moves=(), stuck=""))
        elif not all(earlier.is_agreed for earlier in found[max(0, place - STUCK_CYCLES + 1) : place]):
            told.append(replace(each, stuck=""))
        else:
            told.append(each)
    return replace(school, evaluations=tuple(told))


def _before(rated: Sequence[EvaluationSummary]) -> Cycle | None:
    """The cycle that most schools had before this one; of as many the newest."""
    found = Counter(Cycle.parse(each.before) for each in rated if each.before)
    return max(found, key=lambda cycle: (found[cycle], cycle.last, cycle.first), default=None)


@dataclass(frozen=True)
class _Whole:
    """Counts all schools' lines."""

    wish: OverviewWish
    charter: Charter
    lines: Sequence[SchoolLine]

    def made(
        self, cycle: Cycle, before: Cycle | None, cycles: Mapping[Cycle, int], bodies: Sequence[BodyLine]
    ) -> Overview:
        """The overview."""
        lines, is_public = self.lines, self.wish.is_public
        rated = [line for line in lines if line.is_rated]
        aspects = tuple(self._aspect(at, rated) for at in range(len(self.charter.aspects)))
        since = self.wish.today - YEAR
        stands = Counter(line.stand for line in lines)
        groups = self._groups(aspects)
        return Overview(
            charter=self.charter,
            cycle=cycle,
            is_chosen=self.wish.cycle is None,
            by=self.wish.by,
            is_public=is_public,
            today=self.wish.today,
            population=len(lines),
            schools=len(rated),
            counts=added([each.counts for each in aspects if each.counts], self.charter),
            aspects=aspects,
            groups=tuple(group for group in groups if not (is_public and group.is_withheld)),
            left_out=sum(group.is_withheld for group in groups),
            focus_groups=self._grouping(aspects).focus_groups(lines),
            before=before,
            moves=self._moves(aspects, rated),
            before_others=sum(bool(line.before) and line.moved is None for line in rated),
            with_three=sum(bool(line.stuck) for line in rated),
            complete=sum(line.is_complete for line in rated),
            agreed=sum(line.is_agreed for line in rated),
            stands={stand: stands[stand] for stand in Stand},
            versions=_by_version(rated),
            apart=_by_version([line for line in lines if line.stand is Stand.APART]),
            cycles=dict(sorted(cycles.items(), key=lambda pair: (pair[0].last, pair[0].first))),
            certificates=Counter(state for line in lines if (state := line.recognised.certificate)),
            visited=sum(line.recognised.was_visited_since(since) for line in lines),
            to_be_visited=sum(bool(line.recognised.next_visit) for line in lines),
            waiting=sum(line.recognised.is_waiting for line in lines),
            signed=sum(line.is_signed for line in lines),
            actions=_overdue([] if is_public else [line.actions_overdue for line in lines]),
            policies=_overdue([] if is_public else [line.policies_overdue for line in lines]),
            lines=() if is_public else tuple(lines),
            bodies=() if is_public else tuple(bodies),
        )

    def _aspect(self, at: int, rated: Sequence[SchoolLine]) -> AspectCount:
        """One aspect; in public only where five schools have rated it, and its movement where five have moved."""
        key, aspect = list(self.charter.aspects.items())[at]
        found = column((line.ratings for line in rated), at)
        counts = counts_of(found, self.charter, key)
        moved = column((line.moves for line in rated if line.moved is not None), at)
        moves = moves_of(moved, asked_in(moved))
        stuck = column((line.stuck for line in rated if line.stuck), at)
        least = FEWEST if self.wish.is_public else 1
        has_counts = counts.rated >= FEWEST or not self.wish.is_public
        return AspectCount(
            aspect,
            self.charter.key_point_of[key],
            asked_in(found),
            counts.rated if has_counts else None,
            counts if has_counts else None,
            moves if moves.schools >= least and has_counts else None,
            stuck[STUCK] if stuck.total() >= least and has_counts else None,
        )

    def _moves(self, aspects: Sequence[AspectCount], rated: Sequence[SchoolLine]) -> MoveCount | None:
        """Of all aspects whose movement is shown."""
        found = [each.moves for each in aspects if each.moves]
        schools = sum(line.moved is not None for line in rated)
        if not found or (self.wish.is_public and schools < FEWEST):
            return None
        return MoveCount(
            schools,
            sum(each.improved for each in found),
            sum(each.declined for each in found),
            sum(each.unchanged for each in found),
            sum(each.other for each in found),
        )

    def _grouping(self, aspects: Sequence[AspectCount]) -> Grouping:
        without = frozenset(at for at, each in enumerate(aspects) if each.counts is None)
        return Grouping(self.charter, without, frozenset(at for at, each in enumerate(aspects) if each.moves is None))

    def _groups(self, aspects: Sequence[AspectCount]) -> tuple[GroupCount, ...]:
        grouping, by = self._grouping(aspects), self.wish.by
        if by is None:
            return ()
        if by == "group":
            return grouping.focus_groups(self.lines)
        groups, names = split(self.lines, by)
        return grouping.each_school(groups, names) if by == "school" else grouping.partition(groups, names)


def _by_version(lines: Sequence[SchoolLine]) -> dict[str, int]:
    found = Counter(line.version for line in lines)
    return {version: found[version] for version in sorted(found, key=version_key)}


def _overdue(many: Sequence[int]) -> OverdueCount:
    return OverdueCount(sum(each > 0 for each in many), sum(many))
