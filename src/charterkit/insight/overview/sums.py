"""Schools' lines added up: plain data, so that those of one batch can be kept and added to those of the others."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from charterkit.insight.overview.lines import SchoolLine
from charterkit.insight.overview.placing import Stand

Sums = Mapping[str, Any]
"""Numbers by name, and in `ratings`, `moves` and `stuck` by aspect and sign how many there are."""
_NO_SUMS: Sums = {}


def sums_of(lines: Sequence[SchoolLine], key: Callable[[SchoolLine], tuple[str, str]] | None, since: str) -> Sums:
    """Everything that an overview says of some schools. `key` gives a school's group with its name, where schools are
    put together; `since` is the day from which on a visit is one of the last year.
    """
    rated = [line for line in lines if line.is_rated]
    return {
        **_rated(rated),
        "population": len(lines),
        "stands": dict(Counter(str(line.stand) for line in lines)),
        "stuck": columns(line.stuck for line in rated if line.stuck),
        "with_three": sum(bool(line.stuck) for line in rated),
        "before_others": sum(bool(line.before) and line.moved is None for line in rated),
        "versions": dict(Counter(line.version for line in rated)),
        "apart": dict(Counter(line.version for line in lines if line.stand is Stand.APART)),
        "certificates": dict(Counter(str(state) for line in lines if (state := line.recognised.certificate))),
        "visited": sum(line.recognised.last_visit >= since for line in lines),
        "to_be_visited": sum(bool(line.recognised.next_visit) for line in lines),
        "waiting": sum(line.recognised.is_waiting for line in lines),
        "signed": sum(line.is_signed for line in lines),
        **_overdue("actions", [line.actions_overdue for line in lines]),
        **_overdue("policies", [line.policies_overdue for line in lines]),
        "names": _names(lines),
        "unread": [[*_order(line), file.path, file.why] for line in lines for file in line.unread],
        "groups": _groups(lines, key) if key else {},
        "focus": _focus_groups(rated),
    }


def _rated(rated: Sequence[SchoolLine]) -> dict[str, Any]:
    moved = [line for line in rated if line.moved is not None]
    return {
        "schools": len(rated),
        "ratings": columns(line.ratings for line in rated),
        "moved": len(moved),
        "moves": columns(line.moves for line in moved),
        "complete": sum(line.is_complete for line in rated),
        "agreed": sum(line.is_agreed for line in rated),
    }


def columns(texts: Iterable[str]) -> dict[str, dict[str, int]]:
    """What stands at each place of some texts, with how often."""
    return {str(at): dict(Counter(column)) for at, column in enumerate(zip(*texts, strict=True))}


def column(found: Mapping[str, Mapping[str, int]], at: int) -> Mapping[str, int]:
    """What stands at one place."""
    return found.get(str(at), {})


def _overdue(name: str, many: Sequence[int]) -> dict[str, int]:
    return {f"{name}_schools": sum(each > 0 for each in many), f"{name}_many": sum(many)}


def _order(line: SchoolLine) -> list[str]:
    """By which lines of several batches are put in their order."""
    return [line.name.casefold(), line.slug]


def _names(lines: Sequence[SchoolLine]) -> dict[str, list[list[str]]]:
    """The schools that are not counted, by how they stand."""
    found: dict[str, list[list[str]]] = {}
    for line in lines:
        if not line.is_rated:
            found.setdefault(str(line.stand), []).append([*_order(line), line.name])
    return found


def _groups(lines: Sequence[SchoolLine], key: Callable[[SchoolLine], tuple[str, str]]) -> dict[str, Sums]:
    found: dict[str, list[SchoolLine]] = {}
    names: dict[str, str] = {}
    for line in lines:
        group, name = key(line)
        found.setdefault(group, []).append(line)
        names[group] = name
    return {
        group: {
            **_rated([line for line in inside if line.is_rated]),
            "name": names[group],
            "population": len(inside),
            "certified": sum(line.recognised.certificate == "valid" for line in inside),
        }
        for group, inside in found.items()
    }


def _focus_groups(rated: Sequence[SchoolLine]) -> dict[str, Sums]:
    texts: dict[str, list[str]] = {}
    moves: dict[str, list[str]] = {}
    for line in rated:
        for group, text in line.groups:
            texts.setdefault(group, []).append(text)
        for group, text in line.group_moves if line.moved is not None else ():
            moves.setdefault(group, []).append(text)
    return {
        group: {
            "schools": len(found),
            "ratings": columns(found),
            "moved": len(moves.get(group, ())),
            "moves": columns(moves.get(group, ())),
            "complete": sum("." not in text for text in found),
        }
        for group, found in texts.items()
    }


def of_group(groups: Mapping[str, Sums], group: str) -> Sums:
    """The sums of one group; of one that nobody is in nothing."""
    return groups.get(group, _NO_SUMS)
