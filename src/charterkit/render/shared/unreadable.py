"""What could not be read in a self-evaluation: shown beside the rest, so that nothing looks taken away."""

from dataclasses import dataclass

from charterkit.files.load import Unreadable
from charterkit.insight.evaluations.evaluated import SPOILT, Evaluated, State, unknown_level
from charterkit.model.base import slug

_NO_SUCH = "this version of the charter has no such aspect"


@dataclass(frozen=True, slots=True)
class UnreadableLine:
    """One entry. `why` is empty for readers who are not shown what the file says."""

    what: str
    why: str = ""


def unreadable_lines(one: Evaluated, *, reasons: bool) -> tuple[UnreadableLine, ...]:
    """Aspects, ratings the charter knows nothing of, actions, and values that stand anywhere else in the file."""
    lines = [*_aspects(one)]
    if not reasons:
        lines += [UnreadableLine("Part of the action plan")] if _actions(one) else []
        return tuple(UnreadableLine(line.what) for line in lines)
    return (*lines, *_actions(one), *_unknown(one), *_groups(one), *_elsewhere(one))


def _aspects(one: Evaluated) -> list[UnreadableLine]:
    if "ratings" in one.document.loaded.broken:
        return [UnreadableLine("All the ratings", "the ratings of this file cannot be read")]
    return [
        UnreadableLine(aspect.text, one.standings[key].why)
        for key, aspect in one.charter.aspects.items()
        if one.standings[key].state is State.UNREADABLE
    ]


def _unknown(one: Evaluated) -> list[UnreadableLine]:
    bad = one.document.loaded.unreadable_in("ratings")
    keys = [*one.evaluation.ratings, *(str(key) for key in bad)]
    return [
        UnreadableLine(f"The rating for ‘{key}’", SPOILT.why if one.is_spoilt(slug(key)) else _NO_SUCH)
        for key in keys
        if slug(key) not in one.charter.aspects
    ]


def _groups(one: Evaluated) -> list[UnreadableLine]:
    names = {group.id: group.name for group in one.charter.focus_groups}
    found = []
    for key, standing in one.standings.items():
        for group, level in standing.entry.groups.items() if standing.entry else ():
            what = f"{one.charter.aspects[key].text} ({names.get(group, group)})"
            if group not in names:
                found.append(UnreadableLine(what, f"this charter has no focus group ‘{group}’"))
            elif level not in one.charter.levels:
                found.append(UnreadableLine(what, unknown_level(level, one.charter)))
    return found


def _actions(one: Evaluated) -> list[UnreadableLine]:
    found = one.document.loaded.unreadable_in("actions")
    return [UnreadableLine(_action_name(place, entry), entry.problem.message) for place, entry in found.items()]


def _action_name(place: str | int, entry: Unreadable) -> str:
    number = f"Action {place + 1}" if isinstance(place, int) else f"Action {place}"
    words = entry.raw.get("action") if isinstance(entry.raw, dict) else None
    return f"{number}: {words}" if isinstance(words, str) else number


def _elsewhere(one: Evaluated) -> list[UnreadableLine]:
    loaded = one.document.loaded
    entries = [entry.at for entry in loaded.unreadable]
    return [
        UnreadableLine(" → ".join(str(key) for key in problem.at) or "The file", problem.message)
        for problem in loaded.problems
        if not any(problem.at[: len(at)] == at for at in entries)
    ]
