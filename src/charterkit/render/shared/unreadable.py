"""What could not be read in a self-evaluation: shown beside the rest, so that nothing looks taken away."""

from charterkit.files.load import Unreadable
from charterkit.insight.evaluations.evaluated import SPOILT, Evaluated, RatingState, unknown_level
from charterkit.model.base import slug
from charterkit.records import dataclass
from charterkit.text.speech import mark, tr, tr_of

_NOT_ASKED = mark("the charter does not ask this of a school of this phase and type; it is kept, and not counted")


@dataclass(frozen=True, slots=True)
class UnreadableLine:
    """One entry. `why` is empty for readers who are not shown what the file says."""

    what: str
    why: str = ""


def unreadable_lines(evaluation: Evaluated, *, reasons: bool) -> tuple[UnreadableLine, ...]:
    """Aspects, ratings the charter knows nothing of, actions, and values that stand anywhere else in the file."""
    lines = [*_aspects(evaluation)]
    if not reasons:
        lines += [UnreadableLine(tr("Part of the action plan"))] if _actions(evaluation) else []
        return tuple(UnreadableLine(line.what) for line in lines)
    return (*lines, *_actions(evaluation), *_unknown(evaluation), *_groups(evaluation), *_elsewhere(evaluation))


def _aspects(evaluation: Evaluated) -> list[UnreadableLine]:
    if evaluation.charter.ratings_key in evaluation.document.loaded.broken:
        return [UnreadableLine(tr("All the ratings"), tr("the ratings of this file cannot be read"))]
    return [
        UnreadableLine(aspect.text, evaluation.standings[key].why)
        for key, aspect in evaluation.charter.aspects.items()
        if evaluation.standings[key].state is RatingState.UNREADABLE
    ]


def _unknown(evaluation: Evaluated) -> list[UnreadableLine]:
    bad = evaluation.document.loaded.unreadable_in(evaluation.charter.ratings_key)
    keys = [*evaluation.evaluation.ratings, *(str(key) for key in bad)]
    return [
        UnreadableLine(tr("The rating for ‘%(key)s’", key=key), _why_not(evaluation, slug(key)))
        for key in keys
        if slug(key) not in evaluation.charter.aspects
    ]


def _why_not(evaluation: Evaluated, key: str) -> str:
    if key in evaluation.not_asked:
        return tr(_NOT_ASKED)
    return (
        tr(SPOILT.why)
        if evaluation.is_spoilt(key)
        else tr_of(evaluation.charter.rated_noun, "this version of the charter has no such aspect")
    )


def _groups(evaluation: Evaluated) -> list[UnreadableLine]:
    names = {group.id: group.name for group in evaluation.charter.focus_groups}
    found = []
    for key, standing in evaluation.standings.items():
        for group, level in standing.entry.groups.items() if standing.entry else ():
            what = f"{evaluation.charter.aspects[key].text} ({names.get(group, group)})"
            if group not in names:
                found.append(UnreadableLine(what, tr("this charter has no focus group ‘%(group)s’", group=group)))
            elif level not in evaluation.charter.levels:
                found.append(UnreadableLine(what, unknown_level(level, evaluation.charter)))
    return found


def _actions(evaluation: Evaluated) -> list[UnreadableLine]:
    found = evaluation.document.loaded.unreadable_in("actions")
    return [UnreadableLine(_action_name(place, entry), entry.problem.message) for place, entry in found.items()]


def _action_name(place: str | int, entry: Unreadable) -> str:
    number = tr("The action on %(place)s of the file", place=place)
    if isinstance(place, int):
        number = tr("Action %(number)s", number=place + 1)
    words = entry.raw.get("action") if isinstance(entry.raw, dict) else None
    return f"{number}: {words}" if isinstance(words, str) else number


def _elsewhere(evaluation: Evaluated) -> list[UnreadableLine]:
    loaded = evaluation.document.loaded
    entries = [entry.at for entry in loaded.unreadable]
    return [
        UnreadableLine(" → ".join(str(key) for key in problem.at) or tr("The file"), problem.message)
        for problem in loaded.problems
        if not any(problem.at[: len(at)] == at for at in entries)
    ]
