"""Several raters side by side, for a terminal and for other programs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from charterkit.insight.evaluations.evaluated import Evaluated, RatingState, Standing
from charterkit.insight.evaluations.raters import Agreement, Rater, SideBySide, standing_on
from charterkit.render.shared.levels import Badge, badge_of, badges
from charterkit.text.english import counted, joined
from charterkit.text.safe import visible
from charterkit.text.speech import mark

HEADINGS: Mapping[Agreement, str] = {
    Agreement.FAR: mark("More than one level apart"),
    Agreement.NEAR: mark("One level apart"),
    Agreement.AGREED: mark("All agree"),
    Agreement.SOME: mark("Not rated by all of them"),
    Agreement.NOBODY: mark("Rated by nobody"),
}


def raters_renderable(meeting: Evaluated, found: Sequence[Rater], beside: Sequence[SideBySide]) -> RenderableType:
    """Who said what of each aspect, in lines that fit any width; what the meeting has answered stands there too."""
    known = badges(meeting.charter)
    names = ", ".join(rater.name for rater in found)
    head = f"{counted(len(found), 'rater').capitalize()}, {meeting.cycle.spoken}: {names}"
    parts: list[RenderableType] = [Text(visible(head))]
    for agreement, group in groupby(beside, key=lambda each: each.agreement):
        rows = list(group)
        parts += [Text(), Text(f"{HEADINGS[agreement]} ({len(rows)})", style="bold")]
        if agreement is Agreement.NOBODY:
            continue
        for each in rows:
            parts.append(Padding(Text(visible(each.aspect.text)), (0, 0, 0, 2)))
            parts += _said_lines(meeting, found, each, known)
    return Group(*parts)


def _said_lines(
    meeting: Evaluated, found: Sequence[Rater], each: SideBySide, known: dict[str, Badge]
) -> Iterator[RenderableType]:
    """A line for each rater who said something, one for all who did not, and one for the meeting."""
    pairs = list(zip([rater.name for rater in found], each.standings, strict=True))
    silent = [name for name, standing in pairs if standing.state is RatingState.NOT_RATED]
    lines = [f"{name}: {_in_words(standing, known)}" for name, standing in pairs if name not in silent]
    lines += [f"Not rated by {joined(silent)}"] if silent else []
    answered = standing_on(meeting, each.aspect.id)
    lines += [f"The meeting: {badge_of(answered, known).text}"] if answered.state is not RatingState.NOT_RATED else []
    yield from (Padding(Text(visible(line)), (0, 0, 0, 4)) for line in lines)


def _in_words(standing: Standing, known: dict[str, Badge]) -> str:
    note = f" ({' '.join(standing.entry.note.split())})" if standing.entry and standing.entry.note else ""
    return f"{badge_of(standing, known).text}{note}"


def raters_json(slug: str, meeting: Evaluated, found: Sequence[Rater], beside: Sequence[SideBySide]) -> dict[str, Any]:
    """The same as plain data."""
    names = [rater.name for rater in found]
    return {
        "school": slug,
        "charter": meeting.charter.id,
        "charter_version": meeting.charter.version,
        "cycle": str(meeting.cycle),
        "raters": [{"name": rater.name, "path": rater.document.path} for rater in found],
        "aspects": [
            {
                "aspect": each.aspect.id,
                "key_point": _key_point(meeting, each),
                "title": each.aspect.text,
                "agreement": each.agreement.value,
                "said": [_said(name, standing) for name, standing in zip(names, each.standings, strict=True)],
                "meeting": standing_on(meeting, each.aspect.id).word,
            }
            for each in beside
        ],
    }


def _key_point(meeting: Evaluated, each: SideBySide) -> str | None:
    """The key point that an aspect stands under, or that is rated itself; None for the whole."""
    if each.aspect.id in meeting.points:
        return each.aspect.id
    point = meeting.charter.key_point_of.get(each.aspect.id)
    return point.id if point else None


def _said(name: str, standing: Standing) -> dict[str, Any]:
    note = {"note": standing.entry.note} if standing.entry and standing.entry.note else {}
    return {"rater": name, "rating": standing.word, **note}
