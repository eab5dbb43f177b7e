"""What is said of two versions of a charter with different levels that can be compared all the same."""

from charterkit.insight.evaluations.evaluated import Standing
from charterkit.insight.evaluations.scales import Scaling
from charterkit.model.charter import Charter
from charterkit.text.english import alternatives, joined


def rescaled(levels: Scaling | None) -> str:
    """Which levels stand for which others; empty where all stand for themselves, or nothing can be compared."""
    if levels is None or levels.is_same:
        return ""
    older, newer = levels.older, levels.newer
    said = [
        (newer.levels[new].label, joined(_labels(older, olds)))
        for new, olds in levels.origins.items()
        if _labels(older, olds) != [newer.levels[new].label]
    ]
    pairs = "; ".join(f"{new} {'for' if place else 'stands for'} {old}" for place, (new, old) in enumerate(said))
    gone = [old for old in older.levels if not levels.became(old)]
    start = f"Version {newer.version} has other levels than version {older.version}"
    lines = [f"{start}: {pairs}." if pairs else f"{start}."]
    if gone:
        lines.append(f"Nothing stands for {joined(_labels(older, gone))}.")
    if levels.is_coarse:
        lines.append("Where a level was split, or several became one, no move within them is told.")
    return " ".join(lines)


def untold(levels: Scaling, before: Standing, after: Standing) -> str:
    """Why it cannot be told whether one rating is better than another."""
    old, new = (after, before) if levels.is_turned else (before, after)
    if old.level is None or new.level is None:
        return ""
    became, olds = levels.became(old.level.id), levels.origins[new.level.id]
    if not became:
        return f"No level of version {levels.newer.version} stands for {old.level.label}."
    parts = [f"{old.level.label} has become {alternatives(_labels(levels.newer, became))}"] if len(became) > 1 else []
    parts += [f"{new.level.label} stands for {joined(_labels(levels.older, olds))}"] if len(olds) > 1 else []
    return f"{joined(parts)}: whether anything moved cannot be told."


def _labels(charter: Charter, levels: tuple[str, ...] | list[str]) -> list[str]:
    return [charter.levels[level].label for level in levels]
