"""Several raters side by side, for a terminal and for other programs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from charterkit.insight.evaluations.aims import aimed
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState, Standing
from charterkit.insight.evaluations.raters import Agreement, Rater, SideBySide, standing_on
from charterkit.insight.evaluations.raters_words import as_written, has_words
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Evidence, Rating
from charterkit.render.report.evidence import KINDS
from charterkit.render.shared.levels import Badge, badge_of, badges
from charterkit.text.english import counted, joined
from charterkit.text.safe import visible
from charterkit.text.speech import mark, tr

HEADINGS: Mapping[Agreement, str] = {
    Agreement.FAR: mark("More than one level apart"),
    Agreement.NEAR: mark("One level apart"),
    Agreement.AGREED: mark("All agree"),
    Agreement.SOME: mark("Not rated by all of them"),
    Agreement.NOBODY: mark("Rated by nobody"),
}
_REASON, _STRENGTHS = mark("Reason"), mark("Strengths")


def raters_renderable(meeting: Evaluated, found: Sequence[Rater], beside: Sequence[SideBySide]) -> RenderableType:
    """Who said what of each aspect, in lines that fit any width; what the meeting has answered stands there too."""
    known = badges(meeting.charter)
    names = ", ".join(rater.name for rater in found)
    head = f"{counted(len(found), 'rater').capitalize()}, {meeting.cycle.spoken}: {names}"
    parts: list[RenderableType] = [Text(visible(head))]
    for agreement, group in groupby(beside, key=lambda each: each.agreement):
        rows = list(group)
        parts += [Text(), Text(f"{HEADINGS[agreement]} ({len(rows)})", style="bold")]
        for each in rows:
            if agreement is Agreement.NOBODY and not any(map(has_words, each.standings)):
                continue
            parts.append(Padding(Text(visible(each.aspect.text)), (0, 0, 0, 2)))
            parts += _said_lines(meeting, found, each, known)
    return Group(*parts)


def _said_lines(
    meeting: Evaluated, found: Sequence[Rater], each: SideBySide, known: dict[str, Badge]
) -> Iterator[RenderableType]:
    """A line for each rater who said something, one for all who did not, and one for the meeting."""
    pairs = list(zip([rater.name for rater in found], each.standings, strict=True))
    is_silent = [standing.state is RatingState.NOT_RATED and not has_words(standing) for _, standing in pairs]
    silent = [name for (name, _), nothing in zip(pairs, is_silent, strict=True) if nothing]
    for (name, standing), nothing in zip(pairs, is_silent, strict=True):
        if not nothing:
            yield Padding(Text(visible(f"{name}: {badge_of(standing, known).text}")), (0, 0, 0, 4))
            beside = words_beside(standing.entry, meeting.charter) if standing.entry else ()
            yield from (Padding(Text(visible(line)), (0, 0, 0, 6)) for line in beside)
    lines = [f"Not rated by {joined(silent)}"] if silent else []
    answered = standing_on(meeting, each.aspect.id)
    lines += [f"The meeting: {badge_of(answered, known).text}"] if answered.state is not RatingState.NOT_RATED else []
    yield from (Padding(Text(visible(line)), (0, 0, 0, 4)) for line in lines)


def words_beside(entry: Rating, charter: Charter) -> Iterator[str]:
    """What somebody wrote beside a level, a line for each thing."""
    texts = ((_REASON, entry.reason), (_STRENGTHS, entry.strengths), ("Note", entry.note))
    yield from (f"{tr(label)}: {' '.join(text.split())}" for label, text in texts if text)
    yield from (f"{tr(label)}: {text}" for label, text in aimed(entry, charter))
    yield from (f"{tr('Idea')}: {idea}" for idea in entry.ideas)
    yield from (f"{tr('Evidence')}: {_seen(piece)}" for piece in entry.evidence)
    names = {group.id: group.name for group in charter.focus_groups}
    for group, level in entry.groups.items():
        label = charter.levels[level].label if level in charter.levels else level
        yield f"{names.get(group, group)}: {label}"


def _seen(piece: Evidence) -> str:
    where = piece.path or piece.url or piece.survey or ""
    said = ": ".join(part for part in (where, " ".join((piece.note or "").split())) if part)
    kind = tr(KINDS[piece.kind])
    more = [part for part in (kind.lower() if said else "", piece.date.spoken if piece.date else "") if part]
    return f"{said or kind}{f' ({joined(more)})' if more else ''}"


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
    return {"rater": name, "rating": standing.word, **(written(standing.entry) if standing.entry else {})}


def written(entry: Rating) -> dict[str, Any]:
    """What somebody wrote beside a level, under the keys of files; only what there is."""
    target = entry.target
    found: dict[str, Any] = {
        "reason": entry.reason,
        "strengths": entry.strengths,
        "note": entry.note,
        "ideas": list(entry.ideas),
        "evidence": [{key: str(value) for key, value in as_written(piece).items()} for piece in entry.evidence],
        "groups": dict(entry.groups),
        "target": {"level": target.level, "by": str(target.by) if target.by else None} if target else None,
        "value": str(entry.value) if entry.value else None,
    }
    return {key: value for key, value in found.items() if value}
