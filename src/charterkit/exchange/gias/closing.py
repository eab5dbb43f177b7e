"""Schools of a workspace that are no more in an extract: closed, merged or split, shown and left as they are."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from charterkit.exchange.gias.extract import Establishment
from charterkit.exchange.gias.facts import one_line
from charterkit.exchange.gias.folders import FoundFolder
from charterkit.exchange.gias.links import Fate
from charterkit.exchange.gias.outcome import GiasPlan
from charterkit.exchange.gias.trusts import trust_key
from charterkit.model.base import BadValue
from charterkit.model.dates import PartialDate
from charterkit.text.english import figures, joined, joined_some
from charterkit.text.safe import shown

if TYPE_CHECKING:
    from charterkit.exchange.gias.plan import GiasPlanner

_DATE = re.compile("([0-9]{2})[-/]([0-9]{2})[-/]([0-9]{4})")


def ended(planner: "GiasPlanner", matched: frozenset[str]) -> Iterator[GiasPlan]:
    """The schools here that are closed; those that the file does not have are named, and those that left a trust.

    They are looked for whether they are asked for or not: what is closed is in no trust any more.
    """
    for urn, folders in sorted(planner.folders.by_urn.items()):
        for found in folders:
            if found.slug in matched:
                continue
            row = planner.extract.by_urn.get(urn)
            if row is None:
                planner.made.absent.append(f"{found.school.name} ({found.slug})")
            elif row.is_closed and planner.heir(urn, found) is None:
                yield _closed(planner, found, row)
            elif row.is_closed:
                yield from _heir_elsewhere(planner, found, row)
            else:
                _left_trust(planner, found, row)


def _closed(planner: "GiasPlanner", found: FoundFolder, row: Establishment) -> GiasPlan:
    fate = planner.links.fate(row.urn, planner.extract.open)
    name = found.school.name
    return GiasPlan(fate.kind, f"urn {row.urn}", name, found.slug, [_when(row), *_told(planner, row.urn, fate)])


def _heir_elsewhere(planner: "GiasPlanner", found: FoundFolder, row: Establishment) -> Iterator[GiasPlan]:
    """One whose new number has a folder already, which somebody made beside it."""
    heir = planner.heir(row.urn, found)
    if heir is not None and heir.urn in planner.folders.by_urn:
        words = [_when(row), f"is URN {heir.urn} now, which is {_where(planner, heir.urn)}: nothing is put together"]
        yield GiasPlan("closed", f"urn {row.urn}", found.school.name, found.slug, words)


def _told(planner: "GiasPlanner", urn: str, fate: Fate) -> Iterator[str]:
    ends = [f"{_name(planner, end)} ({_where(planner, end)})" for end in fate.ends]
    others = {other for end in fate.ends for other in planner.links.before.get(end, ())} - {urn}
    if fate.kind == "split":
        yield f"split into {joined(ends)}"
    elif fate.kind == "merged":
        beside = f", with {figures(len(others), 'other')}," if others else ""
        yield f"merged{beside} into {joined(ends)}" if ends else "merged"
    elif ends:
        yield f"followed by {joined(ends)}"
    elif after := sorted(planner.links.after.get(urn, ())):
        names = [f"{_name(planner, each)} (URN {each})" for each in after]
        yield f"followed by {joined_some(names)}, not open in this file"


def _name(planner: "GiasPlanner", urn: str) -> str:
    row = planner.extract.by_urn.get(urn)
    return shown(one_line(row.name) if row else planner.links.names.get(urn, "") or "a school")


def _where(planner: "GiasPlanner", urn: str) -> str:
    here = planner.folders.by_urn.get(urn)
    made = planner.slugs.get(urn)
    return f"schools/{here[0].slug}" if here else f"to be schools/{made}" if made else f"URN {urn}, not here"


def _when(row: Establishment) -> str:
    day = _spoken(row.closed)
    return f"closed on {day}" if day else "closed"


def _spoken(text: str) -> str:
    """A date as GIAS writes it, day first, in words; in quotes as it stands where it is none."""
    said = f"“{shown(text.strip())}”" if text.strip() else ""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return said
    day, month, year = found.groups()
    try:
        return PartialDate.parse(f"{year}-{month}-{day}").spoken
    except BadValue:
        return said


def _left_trust(planner: "GiasPlanner", found: FoundFolder, row: Establishment) -> None:
    """A school that names a trust which is asked for, where the register has it in another one by now."""
    held = planner.folders.trust_of(found)
    now_with = planner.trusts.get(trust_key(row))
    asked = {trust.slug for trust in planner.trusts.values()}
    if held and held in asked and (now_with is None or now_with.slug != held):
        now = one_line(row.trust) or "no trust"
        planner.made.notes.append(
            f"{found.slug} says that it belongs to {held}; the register has it in {shown(now)}. It was not asked for."
        )
