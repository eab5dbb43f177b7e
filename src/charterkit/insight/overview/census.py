"""What has to be known of all schools before any of them can be placed: which cycles there are, and which bodies."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

from charterkit.insight.evaluations.compare import STUCK_CYCLES
from charterkit.insight.overview.placing import is_begun, is_rated_in
from charterkit.insight.overview.summary import EvaluationSummary, SchoolSummary, VisitSummary
from charterkit.model.dates import Cycle
from charterkit.records import dataclass


@dataclass(frozen=True)
class Census:
    """Of all schools that are meant, on one charter."""

    has_counted: bool
    """Whether any school has a self-evaluation that counts, though nothing may be rated in it."""
    counted: Counter[Cycle]
    """How many schools have rated themselves in each cycle; in public, how many have agreed that."""
    begun: Counter[Cycle]
    """The same with drafts."""
    rated: Mapping[str, Mapping[str, int]]
    """By cycle the version that schools were rated by, and the cycle before, with how many."""
    authorities: tuple[str, ...]
    """The names of authorities as schools write them."""
    bodies: tuple[SchoolSummary, ...]
    """Trusts and authorities, by name."""
    elsewhere: tuple[VisitSummary, ...]
    """Visits that lie in another folder than that of the school they are about."""

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> Self:
        """What the plain data of `census` say, of all batches added together."""
        bodies = [SchoolSummary.from_data(each) for each in found.get("bodies", ())]
        return cls(
            found.get("has", 0) > 0,
            Counter({Cycle.parse(cycle): many for cycle, many in found.get("counted", {}).items()}),
            Counter({Cycle.parse(cycle): many for cycle, many in found.get("begun", {}).items()}),
            found.get("rated", {}),
            tuple(found.get("authorities", ())),
            tuple(sorted(bodies, key=by_name)),
            tuple(VisitSummary.from_data(each) for each in found.get("elsewhere", ())),
        )

    def versions(self, cycle: Cycle) -> Counter[str]:
        """By version how many schools were rated by it in a cycle."""
        found: Counter[str] = Counter()
        for pair, many in self.rated.get(str(cycle), {}).items():
            found[pair.partition("\0")[0]] += many
        return found

    def before(self, cycle: Cycle) -> Cycle | None:
        """The cycle that most schools had before one; of as many the newest."""
        found: Counter[Cycle] = Counter()
        for pair, many in self.rated.get(str(cycle), {}).items():
            if before := pair.partition("\0")[2]:
                found[Cycle.parse(before)] += many
        return max(found, key=lambda one_before: (found[one_before], one_before.last, one_before.first), default=None)


def by_name(school: SchoolSummary) -> tuple[str, str]:
    """The order in which schools and bodies are shown, never by their results."""
    return school.name.casefold(), school.slug


def census(summaries: Sequence[SchoolSummary], charter: str, *, is_public: bool) -> dict[str, Any]:
    """Some schools' part of it, as plain data that can be added."""
    counted: Counter[str] = Counter()
    begun: Counter[str] = Counter()
    rated: dict[str, Counter[str]] = {}
    authorities: dict[str, int] = {}
    bodies, elsewhere, has = [], [], 0
    for school in (about(each, charter, is_public=is_public) for each in summaries):
        elsewhere += [visit.as_data() for visit in school.visits if visit.school != school.slug]
        if school.kind != "school":
            bodies.append(school.as_data())
            continue
        if school.local_authority:
            authorities[school.local_authority] = 1
        for found in school.evaluations:
            has |= found.is_agreed or not is_public
            if is_begun(found):
                begun[found.cycle] += 1
                counted[found.cycle] += found.is_agreed or not is_public
                if is_rated_in(school, found, charter, is_public=is_public):
                    rated.setdefault(found.cycle, Counter())[f"{found.version}\0{found.before}"] += 1
    return {
        "has": int(has),
        "counted": {cycle: many for cycle, many in counted.items() if many},
        "begun": dict(begun),
        "rated": {cycle: dict(pairs) for cycle, pairs in rated.items()},
        "authorities": authorities,
        "bodies": bodies,
        "elsewhere": elsewhere,
    }


def about(found: SchoolSummary, charter: str, *, is_public: bool) -> SchoolSummary:
    """What of a summary is about a charter; in public without the movement that would tell what a draft says."""
    evaluations = tuple(each for each in found.evaluations if each.charter == charter)
    return replace(
        found,
        evaluations=_moved_in_public(evaluations) if is_public and found.kind == "school" else evaluations,
        actions=tuple(pair for pair in found.actions if pair[0] == charter),
        visits=tuple(each for each in found.visits if each.charter in ("", charter)),
    )


def _moved_in_public(found: Sequence[EvaluationSummary]) -> tuple[EvaluationSummary, ...]:
    """Without the movement since a draft, and without what a draft says is stuck: both would tell what it says.

    What moved since the last that was agreed is told in its place; of one that says what it moved since and not what,
    that is found out where its line is made.
    """
    told = []
    for place, each in enumerate(found):
        if place and not found[place - 1].is_agreed:
            before = next((earlier.cycle for earlier in found[place - 1 :: -1] if earlier.is_agreed), "")
            told.append(replace(each, before=before, moves="", group_moves=(), stuck=""))
        elif not all(earlier.is_agreed for earlier in found[max(0, place - STUCK_CYCLES + 1) : place]):
            told.append(replace(each, stuck=""))
        else:
            told.append(each)
    return tuple(told)
