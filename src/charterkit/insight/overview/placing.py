"""One charter and one cycle: which of them, where each school stands to them, and on which version it is read.

Cycles do not line up by themselves. A school that rates itself each term is not counted among those that do it once a
year, nor one on another scale: it is set apart, and said.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from charterkit.insight.evaluations.lineage import lineage
from charterkit.insight.evaluations.scales import scaling
from charterkit.insight.overview.signs import NOT_ASKED, NOT_RATED, Places
from charterkit.insight.overview.summary import EvaluationSummary, SchoolSummary
from charterkit.model.charter import Charter, version_key
from charterkit.model.dates import Cycle


class Stand(StrEnum):
    """How a school stands to the charter and the cycle. Only those that are `RATED` are counted in any table."""

    RATED = "rated"
    DRAFT = "draft"
    """It has only a draft, and what is published counts none."""
    APART = "other-scale"
    """It was rated by a version whose levels cannot be compared, or with none of the aspects that are shown."""
    OTHER_CYCLE = "other-cycle"
    """It has rated itself in another part of the same academic year."""
    BEGUN = "begun"
    """Its file is there, and nothing is rated in it."""
    UNREAD = "unread"
    """It has none that can be used, and one that cannot; in public also where two files are about the same."""
    EARLIER = "earlier"
    """It has not started this one, and has rated itself before."""
    LATER = "later"
    """It has rated itself first in a later cycle."""
    NEVER = "never"
    """It has not started this one, nor rated itself in any before."""


NOT_STARTED = (Stand.BEGUN, Stand.EARLIER, Stand.LATER, Stand.NEVER)


def cycle_meant(found: Mapping[Cycle, int], today: date) -> Cycle:
    """The cycle of an overview for which none is asked, by how many schools have rated themselves in each: the newest
    in which at least half as many have as in the fullest. Where nobody has, the academic year of today.

    So a few that are early do not hide what all the others did, and last year goes once most have done this one.
    """
    if not found:
        return Cycle.containing(today)
    most = max(found.values())
    return max(
        (cycle for cycle, many in found.items() if 2 * many >= most),
        key=lambda cycle: (cycle.last, found[cycle], cycle.first),
    )


def is_begun(found: EvaluationSummary) -> bool:
    """Whether anything in it is rated, said not to apply, or unreadable."""
    return not _NOTHING.issuperset(found.ratings)


_NOTHING = frozenset((NOT_RATED, NOT_ASKED))


def version_meant(used: Mapping[str, int], versions: Mapping[str, Charter]) -> Charter:
    """The charter's version whose aspects are shown: the one that most schools were rated by, of as many the newest.

    Where nobody was, the newest that is published. Raises ValueError where there is none at all.
    """
    known = [version for version in used if version in versions]
    if known:
        return versions[max(known, key=lambda version: (used[version], version_key(version)))]
    published = [charter for charter in versions.values() if charter.status == "published"]
    return max(published or versions.values(), key=lambda charter: version_key(charter.version))


def places_on(shown: Charter, versions: Mapping[str, Charter]) -> dict[str, Places | None]:
    """By version, for each aspect that is shown the places of those it goes on from, in that version's order.

    None for a version whose levels are not those of the one that is shown, and for one of whose aspects none is shown;
    that one itself is not in it.
    """
    every = list(versions.values())
    found: dict[str, Places | None] = {}
    for name, charter in versions.items():
        if name == shown.version:
            continue
        levels = scaling(charter, shown, every)
        at = {aspect: place for place, aspect in enumerate(charter.aspects)}
        line = lineage(charter, shown, every)
        is_same = levels is not None and levels.is_same
        places = [tuple(at[old] for old in line[aspect]) for aspect in shown.aspects]
        found[name] = places if is_same and any(places) else None
    return found


def stand_of(
    school: SchoolSummary, cycle: Cycle, charter: str, *, is_public: bool
) -> tuple[Stand, EvaluationSummary | None]:
    """How a school stands, as far as its own files tell, and the self-evaluation that says so.

    Whether its version can be read on the one that is shown is asked later.
    """
    own = {each.cycle: each for each in school.evaluations}
    found = own.get(str(cycle))
    if is_public and _has_rivals(school, charter):
        return Stand.UNREAD, None
    if found is not None and is_begun(found):
        is_rated = is_rated_in(school, found, charter, is_public=is_public)
        return (Stand.RATED if is_rated else Stand.DRAFT), found
    if not all(each.is_rival for each in school.unread if each.charter in ("", charter)):
        return Stand.UNREAD, None
    return _elsewhere(school, cycle, found, is_public=is_public)


def is_rated_in(school: SchoolSummary, found: EvaluationSummary, charter: str, *, is_public: bool) -> bool:
    """Whether a school is counted in the cycle of a self-evaluation in which something is rated."""
    return not is_public or (found.is_agreed and not _has_rivals(school, charter))


def _has_rivals(school: SchoolSummary, charter: str) -> bool:
    return any(each.is_rival and each.charter in ("", charter) for each in school.unread)


def _elsewhere(
    school: SchoolSummary, cycle: Cycle, found: EvaluationSummary | None, *, is_public: bool
) -> tuple[Stand, EvaluationSummary | None]:
    """How a school stands that has rated nothing in a cycle, by the others; `found` is its empty one of that cycle."""
    begun = [each for each in school.evaluations if is_begun(each)]
    told = [each for each in begun if each.is_agreed or not is_public]
    beside = [each for each in told if Cycle.parse(each.cycle).year == cycle.year]
    if beside:
        return Stand.OTHER_CYCLE, beside[-1]
    drafts = [each for each in begun if each not in told and Cycle.parse(each.cycle).year == cycle.year]
    if drafts:
        return Stand.DRAFT, drafts[-1]
    return (Stand.BEGUN, found) if found is not None else _at_another_time(told, cycle)


def _at_another_time(told: Sequence[EvaluationSummary], cycle: Cycle) -> tuple[Stand, EvaluationSummary | None]:
    """How a school stands that has rated nothing in the cycle's year; oldest first."""
    before = [each for each in told if Cycle.parse(each.cycle).last < cycle.first]
    if before:
        return Stand.EARLIER, before[-1]
    return (Stand.LATER, told[0]) if told else (Stand.NEVER, None)
