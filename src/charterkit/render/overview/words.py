"""What an overview says in sentences: how many schools it speaks for, how they stand, and what is not mixed."""

from collections.abc import Iterator

from charterkit.insight.certificates.held import CertificateState
from charterkit.insight.overview.grouping import FEWEST
from charterkit.insight.overview.lines import SchoolLine
from charterkit.insight.overview.overview import Overview
from charterkit.insight.overview.placing import Stand
from charterkit.model.dates import Cycle
from charterkit.text.english import counted, joined, joined_some, number, plural, sentence

STANDS = {
    Stand.RATED: "Counted here",
    Stand.DRAFT: "Only a draft, which is not published",
    Stand.APART: "Rated on other levels or aspects",
    Stand.OTHER_CYCLE: "Rated in another part of that year",
    Stand.UNREAD: "The file cannot be read",
    Stand.BEGUN: "Begun, and nothing rated yet",
    Stand.EARLIER: "Not started, rated in an earlier cycle",
    Stand.LATER: "Rated first in a later cycle",
    Stand.NEVER: "Never rated",
}
"""How a school stands to the cycle, in a few words."""
_BRIEFLY = {
    Stand.DRAFT: "Draft",
    Stand.APART: "Other levels",
    Stand.OTHER_CYCLE: "Other cycle",
    Stand.UNREAD: "Unreadable",
    Stand.BEGUN: "Begun",
    Stand.EARLIER: "Not started",
    Stand.LATER: "Later cycle",
    Stand.NEVER: "Never rated",
}
"""The same where there is little room."""
KINDS = {
    "trust": "trust",
    "local-authority": "local authority",
    "phase": "phase",
    "school": "school",
    "group": "focus group",
}
"""What schools are put together by."""


def percent(part: int, whole: int) -> str:
    """A share in whole per cent: "47%"; empty of nothing."""
    return f"{round(100 * part / whole)}%" if whole else ""


def lead(found: Overview) -> Iterator[str]:
    """What somebody in a hurry reads."""
    cycle = found.cycle.spoken
    if not found.population:
        yield "There is no school here yet; a made-up one does not count."
        yield 'Add one with: charterkit new school "Name of the school"'
        return
    if not found.schools:
        yield f"{_none(found.population)} counted in {cycle}."
        if not found.cycles:
            yield "Rate a school with: charterkit evaluate"
        return
    who = _all(found.schools) if found.schools == found.population else _part(found.schools, found.population)
    yield sentence(
        f"{who} rated {_self(found.schools)} in {cycle}; every table here speaks for those, unless it says otherwise"
    )
    counts = found.counts
    if counts.rated:
        met, answered = percent(counts.met, counts.rated), percent(counts.answered, counts.total)
        yield (
            f"{counts.met:,} of {counts.rated:,} ratings ({met}) are at the charter’s mark; {answered} of what the "
            "schools are asked is answered."
        )
    if found.moves and found.before:
        moves, schools = found.moves, counted(found.moves.schools, "school")
        yield (
            f"Since {found.before.spoken}, {moves.improved:,} {plural(moves.improved, 'rating')} improved, "
            f"{moves.declined:,} fell back and {moves.unchanged:,} stayed the same, in {schools}."
        )
    if stuck := found.stuck():
        aspect, many = stuck[0].aspect, stuck[0].stuck or 0
        yield (
            f"Stuck most often: “{aspect.text.rstrip('.')}”, below the mark in the last three self-evaluations of "
            f"{number(many)} of {counted(found.with_three, 'school')}."
        )
    if found.not_started:
        yield sentence(f"{_schools(found.not_started)} not started {cycle}")


def _none(population: int) -> str:
    return {1: "The only school is not", 2: "Neither school is"}.get(
        population, f"None of {counted(population, 'school')} is"
    )


def _all(schools: int) -> str:
    return {1: "The only school has", 2: "Both schools have"}.get(schools, f"All {number(schools)} schools have")


def _part(schools: int, population: int) -> str:
    return f"{number(schools)} of {counted(population, 'school')} {plural(schools, 'has', 'have')}"


def notes(found: Overview) -> Iterator[str]:
    """What does not line up, and so is not counted; said, so that nobody takes it for what is."""
    yield from _cycle(found)
    many = found.stands.get(Stand.OTHER_CYCLE, 0)
    if many:
        kind = (
            "a year, or another term, is never counted as this term" if found.cycle.term else "no term counts as a year"
        )
        year = Cycle(found.cycle.year).spoken
        yield sentence(f"{_schools(many)} rated {_self(many)} in another part of {year}: {kind}")
    shown = found.charter.version
    for version, schools in found.apart.items():
        yield sentence(
            f"{_schools(schools)} rated {_self(schools)} on version {version} of the charter, whose levels or "
            f"aspects are not those of version {shown}: not counted"
        )
    for version, schools in found.versions.items():
        if version != shown:
            yield sentence(
                f"{_schools(schools)} rated {_self(schools)} on version {version} of the charter: what was renamed or "
                f"split is read as version {shown} has it, what was merged by the lowest rated"
            )
    if found.before_others and found.before:
        yield sentence(
            f"{_schools(found.before_others)} rated {_self(found.before_others)} before in another cycle than "
            f"{found.before.spoken}: what moved there is not counted"
        )
    if found.moves and found.before:
        yield f"↑ counts ratings that improved since {found.before.spoken}, ↓ that fell back, = that stayed the same."
    yield from _drafts(found)
    yield from _unread(found)
    yield from _suppressed(found)


def _cycle(found: Overview) -> Iterator[str]:
    """Which cycle was chosen, and which others there are."""
    cycles = sorted(found.cycles, key=lambda cycle: (cycle.last, cycle.first), reverse=True)
    others = [f"{cycle.spoken} ({found.cycles[cycle]:,})" for cycle in cycles if cycle != found.cycle]
    if not others:
        return
    if found.is_chosen and found.schools:
        yield sentence(
            f"{found.cycle.spoken} is the newest cycle in which at least half as many schools have rated themselves as "
            "in the fullest"
        )
    yield f"Other cycles, with how many schools: {joined_some(others, 6)}."


def _drafts(found: Overview) -> Iterator[str]:
    left, drafts = found.stands.get(Stand.DRAFT, 0), found.schools - found.agreed
    if left:
        yield sentence(f"{_schools(left)} only a draft, which does not count here")
    if drafts:
        yield sentence(f"{counted(drafts, 'self-evaluation is still a draft', 'self-evaluations are still drafts')}")


def _unread(found: Overview) -> Iterator[str]:
    many, ratings = found.stands.get(Stand.UNREAD, 0), found.counts.unreadable
    if many:
        yield sentence(f"{_schools(many)} a file that cannot be read, and nothing that can be counted")
    if ratings:
        yield sentence(
            f"{counted(ratings, 'rating')} cannot be read, and {plural(ratings, 'counts', 'count')} nowhere: "
            "'charterkit check' says where"
        )


def _suppressed(found: Overview) -> Iterator[str]:
    few = any(group.is_withheld for group in found.focus_groups) or any(each.counts is None for each in found.aspects)
    what = "Nothing is shown that would speak for" if found.is_public else "No group is shown of"
    if found.left_out or (few and found.schools):
        yield (
            f"{what} fewer than {number(FEWEST)} schools, nor what would tell it when the rest is taken from the whole."
        )
    if found.left_out:
        groups = counted(found.left_out, "group is not shown", "groups are not shown")
        yield sentence(f"By {KINDS[found.by or 'group']}, {groups} for that reason")


def _schools(many: int) -> str:
    return counted(many, "school has", "schools have")


def _self(many: int) -> str:
    return plural(many, "itself", "themselves")


def recognition(found: Overview) -> Iterator[tuple[str, str]]:
    """Sign-up, visits and certificates: what, and how many schools of all; nothing where there is none."""
    if not found.population:
        return
    of = f"of {found.population:,}"
    yield "Signed up to the charter", f"{found.signed:,} {of}"
    yield "Hold a certificate", f"{found.certificates.get(CertificateState.VALID, 0):,} {of}"
    ended = [f"{many:,} {state}" for state, many in sorted(found.certificates.items()) if state != "valid"]
    if ended:
        yield "Certificates that do not hold now", joined(ended)
    yield "Visited within a year", f"{found.visited:,} {of}"
    yield "Visits to come, with a day", f"{found.to_be_visited:,}"
    yield "Visits asked for, without a day", f"{found.waiting:,}"


def overdue(found: Overview) -> Iterator[tuple[str, str]]:
    """Actions and policies that are late, by how many schools; nothing of it is public, or where there is no school."""
    if found.is_public or not found.population:
        return
    for name, count in (("Actions overdue", found.actions), ("Policies overdue", found.policies)):
        yield name, f"{count.many:,}, in {counted(count.schools, 'school')}" if count.many else "none"
    late = [f"{body.name} ({body.policies_overdue})" for body in found.bodies if body.policies_overdue]
    if late:
        yield "Policies overdue that trusts and authorities keep", joined_some(late, 8)


def standing(line: SchoolLine) -> str:
    """How a school stands, in a few words, with the cycle that it did rate itself in."""
    said = STANDS[line.stand]
    if line.stand in (Stand.OTHER_CYCLE, Stand.EARLIER, Stand.LATER) and line.cycle:
        return f"{said}: {Cycle.parse(line.cycle).spoken}"
    if line.stand is Stand.RATED:
        return "Agreed" if line.is_agreed else "Draft"
    return said


def standing_briefly(line: SchoolLine) -> str:
    """The same in a word or two."""
    return standing(line) if line.stand is Stand.RATED else _BRIEFLY[line.stand]
