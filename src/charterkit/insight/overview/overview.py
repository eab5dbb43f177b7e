"""Many schools on one charter in one cycle: what comes of their summaries, in whichever order they come.

It ranks nobody. A group of fewer than five schools is not shown, nor what would tell it when the others are taken from
the whole; what is to be published names no school, and counts what schools have agreed alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any

from charterkit.choices import GroupedBy
from charterkit.errors import Refused
from charterkit.files.digests import digest
from charterkit.insight.certificates.held import CertificateState
from charterkit.insight.evaluations.summary import Distribution
from charterkit.insight.overview.batch import Batch, HeldBatch, add
from charterkit.insight.overview.bodies import YEAR, Bodies
from charterkit.insight.overview.census import Census, census
from charterkit.insight.overview.counting import MoveCount, added, asked_in, counts_of, moves_of
from charterkit.insight.overview.grouping import FEWEST, KEYS, GroupCount, Grouping, each_school
from charterkit.insight.overview.lines import Lines, LinesLater, OverdueCount, SchoolLine, policies_overdue
from charterkit.insight.overview.placing import NOT_STARTED, Stand, cycle_meant, places_on, version_meant
from charterkit.insight.overview.signs import STUCK
from charterkit.insight.overview.summary import SchoolSummary
from charterkit.insight.overview.sums import Sums, column, sums_of
from charterkit.model.charter import Aspect, Charter, KeyPoint, version_key
from charterkit.model.dates import Cycle
from charterkit.records import dataclass


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
    lines: Sequence[SchoolLine]
    """Made when they are asked for: of very many schools they take long, and much memory."""
    names: Mapping[Stand, Sequence[str]]
    """The schools that are not counted, by how they stand."""
    unread: tuple[tuple[str, str], ...]
    """Files that cannot be used, each with why."""
    bodies: tuple[BodyLine, ...]

    @property
    def not_started(self) -> int:
        """Schools that have rated nothing in this cycle, nor in another part of its year."""
        return sum(self.stands[stand] for stand in NOT_STARTED)

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
    return next(iter(counts.levels.values())) / counts.rated if counts else 0.0


def overview(summaries: Iterable[SchoolSummary | Batch], charter: str, wish: OverviewWish) -> Overview:
    """What comes of summaries, or of batches of them, of which one is held at a time.

    Raises ValueError where there is no such charter, and Refused where movement is asked for from a later cycle.
    """
    batches: list[Batch] = []
    found: dict[str, Any] = {}
    counted = partial(census, charter=charter, is_public=wish.is_public)
    for batch in _batches(summaries):
        add(found, batch.once(f"census {charter} {wish.is_public}", counted))
        batch.let_go()
        batches.append(batch)
    return _Whole(batches, Census.of(found), charter, wish).made()


def _batches(found: Iterable[SchoolSummary | Batch]) -> Iterator[Batch]:
    """Batches as they are, and all summaries beside them as one."""
    alone = []
    for each in found:
        if isinstance(each, SchoolSummary):
            alone.append(each)
        else:
            yield each
    if alone:
        yield HeldBatch(alone)


@dataclass(frozen=True)
class _Whole:
    """What is to be shown, and all batches added up."""

    batches: Sequence[Batch]
    census: Census
    charter: str
    wish: OverviewWish

    @cached_property
    def cycle(self) -> Cycle:
        """The cycle that is shown."""
        counted, before = self.census.counted if self.census.has_counted else self.census.begun, self.wish.before
        found = self.wish.cycle or cycle_meant(counted, self.wish.today)
        if before and (before.last, before.first) >= (found.last, found.first):
            raise Refused("from-not-before", before=before, cycle=found.spoken)
        return found

    @cached_property
    def shown(self) -> Charter:
        """The version that is shown."""
        return version_meant(self.census.versions(self.cycle), self.versions)

    @cached_property
    def versions(self) -> dict[str, Charter]:
        """The charter's versions as they are rated, oldest first."""
        found = sorted(self.wish.versions, key=lambda each: version_key(each.version))
        return {each.version: each.as_rated() for each in found}

    @cached_property
    def lines(self) -> Lines:
        """What makes each school's line."""
        wish = self.wish
        return Lines(
            self.shown,
            places_on(self.shown, self.versions),
            Bodies.among(self.census),
            self.cycle,
            wish.before or self.census.before(self.cycle),
            wish.before is not None,
            wish.is_public,
            wish.today,
        )

    def sums(self) -> Sums:
        """All schools added up."""
        wish, lines, found = self.wish, self.lines, dict[str, Any]()
        key = KEYS.get(wish.by or "")
        since = (wish.today - YEAR).isoformat()
        told = [self.charter, self.shown.version, str(lines.cycle), str(lines.before), lines.is_asked]
        bodies = [self.census.bodies, self.census.elsewhere, lines.bodies.spelt]
        name = digest(repr([*told, wish.is_public, wish.by, since, bodies]).encode(errors="surrogateescape"))
        for batch in self.batches:
            add(found, batch.once(f"sums {name}", lambda schools: sums_of(lines.of(schools), key, since)))
        return found or sums_of((), key, since)

    def made(self) -> Overview:
        """The overview."""
        wish, is_public, sums = self.wish, self.wish.is_public, self.sums()
        charter = self.shown
        aspects = tuple(self._aspect(at, sums) for at in range(len(charter.aspects)))
        lines = LinesLater(0 if is_public else sums["population"], self._every_line)
        groups = self._groups(aspects, sums, lines)
        return Overview(
            charter=charter,
            cycle=self.cycle,
            is_chosen=wish.cycle is None,
            by=wish.by,
            is_public=is_public,
            today=wish.today,
            population=sums["population"],
            schools=sums["schools"],
            counts=added([each.counts for each in aspects if each.counts], charter),
            aspects=aspects,
            groups=tuple(group for group in groups if not (is_public and group.is_withheld)),
            left_out=sum(group.is_withheld for group in groups),
            focus_groups=self._grouping(aspects).focus_groups(sums["focus"], sums["schools"]),
            before=self.lines.before,
            moves=self._moves(aspects, sums["moved"]),
            before_others=sums["before_others"],
            with_three=sums["with_three"],
            complete=sums["complete"],
            agreed=sums["agreed"],
            stands={stand: sums["stands"].get(stand, 0) for stand in Stand},
            versions=_by_version(sums["versions"]),
            apart=_by_version(sums["apart"]),
            cycles=dict(sorted(self.census.counted.items(), key=lambda pair: (pair[0].last, pair[0].first))),
            certificates={CertificateState(state): many for state, many in sums["certificates"].items()},
            visited=sums["visited"],
            to_be_visited=sums["to_be_visited"],
            waiting=sums["waiting"],
            signed=sums["signed"],
            actions=_overdue(sums, "actions", is_public=is_public),
            policies=_overdue(sums, "policies", is_public=is_public),
            lines=lines,
            names={} if is_public else {Stand(stand): _told(named) for stand, named in sums["names"].items()},
            unread=()
            if is_public
            else (*(tuple(told[2:]) for told in sorted(sums["unread"])), *self._unread_of_bodies()),
            bodies=() if is_public else tuple(self._bodies()),
        )

    def _unread_of_bodies(self) -> Iterator[tuple[str, str]]:
        own = (body for body in self.census.bodies if body.slug not in self.wish.beside)
        return (
            (file.path, file.why) for body in own for file in body.unread if file.charter in ("", None, self.charter)
        )

    def _bodies(self) -> Iterator[BodyLine]:
        for body in self.census.bodies:
            if body.slug not in self.wish.beside:
                yield BodyLine(body.slug, body.name, policies_overdue(body, self.wish.today))

    def _every_line(self) -> list[SchoolLine]:
        found = (line for batch in self.batches for line in self.lines.of(batch.summaries()))
        return sorted(found, key=lambda line: (line.name.casefold(), line.slug))

    def _aspect(self, at: int, sums: Sums) -> AspectCount:
        """One aspect; in public only where five schools have rated it, and its movement where five have moved."""
        key, aspect = list(self.shown.aspects.items())[at]
        found = column(sums["ratings"], at)
        counts = counts_of(found, self.shown, key)
        moved = column(sums["moves"], at)
        moves = moves_of(moved, asked_in(moved))
        stuck = column(sums["stuck"], at)
        least = FEWEST if self.wish.is_public else 1
        has_counts = counts.rated >= FEWEST or not self.wish.is_public
        return AspectCount(
            aspect,
            self.shown.key_point_of[key],
            asked_in(found),
            counts.rated if has_counts else None,
            counts if has_counts else None,
            moves if moves.schools >= least and has_counts else None,
            stuck.get(STUCK, 0) if sum(stuck.values()) >= least and has_counts else None,
        )

    def _moves(self, aspects: Sequence[AspectCount], schools: int) -> MoveCount | None:
        """Of all aspects whose movement is shown."""
        found = [each.moves for each in aspects if each.moves]
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
        return Grouping(self.shown, without, frozenset(at for at, each in enumerate(aspects) if each.moves is None))

    def _groups(
        self, aspects: Sequence[AspectCount], sums: Sums, lines: Sequence[SchoolLine]
    ) -> tuple[GroupCount, ...]:
        grouping, by = self._grouping(aspects), self.wish.by
        if by is None:
            return ()
        if by == "group":
            return grouping.focus_groups(sums["focus"], sums["schools"])
        return each_school(lines) if by == "school" else grouping.partition(sums["groups"], by)


def _told(named: Iterable[list[str]]) -> tuple[str, ...]:
    return tuple(name for _, _, name in sorted(named))


def _by_version(found: Mapping[str, int]) -> dict[str, int]:
    return {version: found[version] for version in sorted(found, key=version_key)}


def _overdue(sums: Sums, what: str, *, is_public: bool) -> OverdueCount:
    return OverdueCount(0, 0) if is_public else OverdueCount(sums[f"{what}_schools"], sums[f"{what}_many"])
