"""What is said of two versions of a charter with different levels that can be compared all the same."""

from charterkit.insight.evaluations.evaluated import Standing
from charterkit.insight.evaluations.scales import Scaling
from charterkit.model.charter import Charter
from charterkit.text.english import alternatives, joined
from charterkit.text.speech import tr


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
    pairs = "; ".join(
        tr("%(new)s for %(old)s", new=new, old=old) if place else tr("%(new)s stands for %(old)s", new=new, old=old)
        for place, (new, old) in enumerate(said)
    )
    gone = [old for old in older.levels if not levels.became(old)]
    start = tr("Version %(newer)s has other levels than version %(older)s", newer=newer.version, older=older.version)
    lines = [f"{start}: {pairs}." if pairs else f"{start}."]
    if gone:
        lines.append(tr("Nothing stands for %(levels)s.", levels=joined(_labels(older, gone))))
    if levels.is_coarse:
        lines.append(tr("Where a level was split, or several became one, no move within them is told."))
    return " ".join(lines)


def untold(levels: Scaling, before: Standing, after: Standing) -> str:
    """Why it cannot be told whether one rating is better than another."""
    old, new = (after, before) if levels.is_turned else (before, after)
    if old.level is None or new.level is None:
        return ""
    became, olds = levels.became(old.level.id), levels.origins[new.level.id]
    if not became:
        return tr(
            "No level of version %(version)s stands for %(level)s.", version=levels.newer.version, level=old.level.label
        )
    newer, older = alternatives(_labels(levels.newer, became)), joined(_labels(levels.older, olds))
    parts = [tr("%(old)s has become %(new)s", old=old.level.label, new=newer)] if len(became) > 1 else []
    parts += [tr("%(new)s stands for %(old)s", new=new.level.label, old=older)] if len(olds) > 1 else []
    return tr("%(what)s: whether anything moved cannot be told.", what=joined(parts))


def _labels(charter: Charter, levels: tuple[str, ...] | list[str]) -> list[str]:
    return [charter.levels[level].label for level in levels]
