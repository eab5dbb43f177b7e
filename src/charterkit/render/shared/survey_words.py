"""What a question's answers come to, in words that a head understands at once."""

from charterkit.insight.surveys.results import SurveyChange
from charterkit.insight.surveys.totals import QuestionTotals
from charterkit.text.english import plural


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{round(100 * share)}%"


def share_words(found: QuestionTotals) -> str:
    """As in "91% agree (95% interval: 87% to 95%), 181 of 198"."""
    if found.share is None:
        return "How many agree is not known"
    between = ""
    if found.interval:
        low, high = found.interval
        between = f" (95% interval: {percent(low)} to {percent(high)})"
    of = f", {found.agreed:,} of {found.answers:,}" if found.agreed is not None else _of(found.answers)
    return f"{percent(found.share)} agree{between}{of}"


def _of(answers: int) -> str:
    return f", of {answers:,} who answered" if answers else ", of how many is not known"


def change_words(change: SurveyChange) -> str:
    """What became of it, in words that need no statistics."""
    since = f"since {change.since.date.spoken}" if change.since.date else f"since “{change.since.title}”"
    points = abs(change.points)
    way = "Up" if change.points > 0 else "Down"
    moved = (
        f"{way} {points} percentage {plural(points, 'point')} {since}" if points else f"The same share as {since[6:]}"
    )
    chance = {
        "more": "more than chance explains",
        "perhaps": "chance alone may explain it",
        "unknown": "too few answered to tell whether that is chance",
    }[change.chance]
    return f"{moved}: {chance}." if points or change.chance == "unknown" else f"{moved}."
