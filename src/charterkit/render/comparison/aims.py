"""What a comparison shows of targets, and of what the school meant to reach and has reached."""

from typing import Any

from charterkit.insight.evaluations.aims import stated, target_words
from charterkit.insight.evaluations.compare import Comparison, Move
from charterkit.insight.evaluations.reached import TargetMove, TargetState, target_moves, values_of
from charterkit.model.evaluation import Evaluation, TargetLevel
from charterkit.records import dataclass
from charterkit.render.shared.levels import Badge, badge_of, badges
from charterkit.text.speech import mark, tr

_WORDS = {
    TargetState.REACHED: mark("Reached"),
    TargetState.MISSED: mark("Not reached in time"),
    TargetState.MOVED: mark("Moved"),
    TargetState.OPEN: mark("Not reached yet"),
    TargetState.NOT_RATED: mark("Not rated this time"),
    TargetState.NOT_COMPARABLE: mark("Not a level of this charter any more"),
}


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target of the earlier cycle and what became of it."""

    title: str
    target: str
    became: str
    after: Badge


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What the school said of a whole cycle."""

    name: str
    text: str


def target_lines(comparison: Comparison) -> tuple[TargetLine, ...]:
    """The targets of the earlier self-evaluation."""
    known = badges(comparison.after.charter)
    return tuple(
        TargetLine(
            found.move.title,
            target_words(found.target, comparison.before.charter),
            _became(comparison, found),
            badge_of(found.move.after, known),
        )
        for found in target_moves(comparison)
    )


def _became(comparison: Comparison, found: TargetMove) -> str:
    word = tr(_WORDS[found.state])
    if not found.now:
        return word
    return tr("%(word)s: now %(target)s", word=word, target=target_words(found.now, comparison.after.charter))


def statement_lines(comparison: Comparison) -> tuple[StatementLine, ...]:
    """What the school meant to reach, from the earlier cycle, and what has changed for families, from the later."""
    before, after = comparison.before, comparison.after
    found = (
        (tr("What the school meant to reach in %(cycle)s", cycle=before.cycle.spoken), before.evaluation.intent),
        (tr("What has changed for families, said in %(cycle)s", cycle=after.cycle.spoken), after.evaluation.impact),
    )
    return tuple(StatementLine(name, text.strip()) for name, text in found if text and text.strip())


def statements_of(evaluation: Evaluation) -> tuple[StatementLine, ...]:
    """What the school says of one cycle."""
    return tuple(StatementLine(name, text) for name, text in stated(evaluation))


def aims_json(comparison: Comparison) -> dict[str, Any]:
    """Intent, impact and targets for other programs; nothing of what was not said."""
    targets = [_target_json(found) for found in target_moves(comparison)]
    found = {
        "intent": comparison.before.evaluation.intent,
        "impact": comparison.after.evaluation.impact,
        "targets": targets,
    }
    return {key: value for key, value in found.items() if value}


def _target_json(found: TargetMove) -> dict[str, Any]:
    now = {"now": level_json(found.now)} if found.now else {}
    return {"aspect": found.move.aspect, **level_json(found.target), "became": found.state.value, **now}


def level_json(target: TargetLevel) -> dict[str, str]:
    """A target for other programs."""
    return {"level": target.level, **({"by": str(target.by)} if target.by else {})}


def value_json(comparison: Comparison, move: Move) -> dict[str, Any]:
    """An aspect's numbers, where it has any; None for the one that it lacks."""
    before, after = values_of(comparison, move)
    if before is None and after is None:
        return {}
    return {"value": {"from": str(before) if before else None, "to": str(after) if after else None}}
