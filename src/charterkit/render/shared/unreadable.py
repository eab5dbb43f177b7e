"""What could not be read in a self-evaluation: shown beside the rest, so that nothing looks taken away."""

from dataclasses import dataclass

from charterkit.files.load import Unreadable
from charterkit.insight.evaluations.evaluated import SPOILT, Evaluated, RatingState, unknown_level
from charterkit.model.base import slug

_NOT_ASKED = "the charter does not ask this of a school of this phase and type; it is kept, and not counted"


@dataclass(frozen=True, slots=True)
class UnreadableLine:
    """One entry. `why` is empty for readers who are not shown what the file says."""

    what: str
    why: str = ""


def unreadable_lines(evaluation: Evaluated, *, reasons: bool) -> tuple[UnreadableLine, ...]:
    """Aspects, ratings the charter knows nothing of, actions, and values that stand anywhere else in the file."""
    lines = [*_aspects(evaluation)]
    if not reasons:
        lines += [UnreadableLine("Part of the action plan")] if _actions(evaluation) else []
        return tuple(UnreadableLine(line.what) for line in lines)
    return (*lines, *_actions(evaluation), *_unknown(evaluation), *_groups(evaluation), *_elsewhere(evaluation))


def _aspects(evaluation: Evaluated) -> list[UnreadableLine]:
    if evaluation.charter.ratings_key in evaluation.document.loaded.broken:
        return [UnreadableLine("All the ratings", "the ratings of this file cannot be read")]
    return [
        UnreadableLine(aspect.text, evaluation.standings[key].why)
        for key, aspect in evaluation.charter.aspects.items()
        if evaluation.standings[key].state is RatingState.UNREADABLE
    ]


def _unknown(evaluation: Evaluated) -> list[UnreadableLine]:
    bad = evaluation.document.loaded.unreadable_in(evaluation.charter.ratings_key)
    keys = [*evaluation.evaluation.ratings, *(str(key) for key in bad)]
    return [
        UnreadableLine(f"The rating for ‘{key}’", _why_not(evaluation, slug(key)))
        for key in keys
        if slug(key) not in evaluation.charter.aspects
    ]


def _why_not(evaluation: Evaluated, key: str) -> str:
    if key in evaluation.not_asked:
        return _NOT_ASKED
    if evaluation.is_spoilt(key):
        return SPOILT.why
    return f"this version of the charter has no such {evaluation.charter.rated_noun}"


def _groups(evaluation: Evaluated) -> list[UnreadableLine]:
    names = {group.id: group.name for group in evaluation.charter.focus_groups}
    found = []
    for key, standing in evaluation.standings.items():
        for group, level in standing.entry.groups.items() if standing.entry else ():
            what = f"{evaluation.charter.aspects[key].text} ({names.get(group, group)})"
            if group not in names:
                found.append(UnreadableLine(what, f"this charter has no focus group ‘{group}’"))
            elif level not in evaluation.charter.levels:
                found.append(UnreadableLine(what, unknown_level(level, evaluation.charter)))
    return found


def _actions(evaluation: Evaluated) -> list[UnreadableLine]:
    found = evaluation.document.loaded.unreadable_in("actions")
    return [UnreadableLine(_action_name(place, entry), entry.problem.message) for place, entry in found.items()]


def _action_name(place: str | int, entry: Unreadable) -> str:
    number = f"Action {place + 1}" if isinstance(place, int) else f"The action on {place} of the file"
    words = entry.raw.get("action") if isinstance(entry.raw, dict) else None
    return f"{number}: {words}" if isinstance(words, str) else number


def _elsewhere(evaluation: Evaluated) -> list[UnreadableLine]:
    loaded = evaluation.document.loaded
    entries = [entry.at for entry in loaded.unreadable]
    return [
        UnreadableLine(" → ".join(str(key) for key in problem.at) or "The file", problem.message)
        for problem in loaded.problems
        if not any(problem.at[: len(at)] == at for at in entries)
    ]
