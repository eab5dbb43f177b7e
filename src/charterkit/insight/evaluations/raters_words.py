"""What raters wrote beside their levels, put together for the meeting: nothing twice, each text with whose it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from charterkit.insight.evaluations.aims import Aim
from charterkit.insight.evaluations.answers import Answer
from charterkit.insight.evaluations.evaluated import Standing
from charterkit.insight.evaluations.raters import SideBySide
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Evidence, Rating
from charterkit.text.english import joined

TEXTS = ("strengths", "note")
WHERE = "the raters' drafts"
_T = TypeVar("_T")


def words_of(each: SideBySide, names: Sequence[str], meeting: Standing, charter: Charter) -> Answer | None:
    """What the raters wrote of an aspect, as one answer of the meeting's; None where all of it stands there already.

    A text stands below what the meeting has, behind the name of who wrote it. Ideas and evidence come once each. A
    target, a value and a group's level are taken where all who gave one gave the same, and the meeting has none.
    """
    said = [(name, held.entry) for name, held in zip(names, each.standings, strict=True) if held.entry]
    has = meeting.entry or Rating()
    texts = {key: text for key in TEXTS if (text := _together(said, key, getattr(has, key)))}
    ideas = _new((idea.strip() for _, entry in said for idea in entry.ideas), [idea.strip() for idea in has.ideas])
    pieces = (as_written(piece) for _, entry in said for piece in entry.evidence)
    evidence = _new(pieces, [as_written(piece) for piece in has.evidence])
    made = Answer(each.aspect.id, WHERE, None, texts, tuple(ideas), evidence=tuple(evidence))
    if each.aspect.id in charter.aspects:
        made = _with_figures(made, [entry for _, entry in said], has, charter)
    return made if made != Answer(each.aspect.id, WHERE) else None


def reason_of(each: SideBySide, names: Sequence[str]) -> str:
    """Why it does not apply: as it was written where all who said why say the same, else each behind a name."""
    said = [(name, held.entry) for name, held in zip(names, each.standings, strict=True) if held.entry]
    reasons = list(dict.fromkeys(text for _, entry in said if (text := (entry.reason or "").strip())))
    return reasons[0] if len(reasons) == 1 else _together(said, "reason", None)


def has_words(held: Standing) -> bool:
    """Whether a rater wrote anything beside a level."""
    entry = held.entry
    return entry is not None and any(getattr(entry, key) for key in (*TEXTS, "ideas", "evidence", *_FIGURES))


def as_written(piece: Evidence) -> dict[str, Any]:
    """A piece of evidence as files have it."""
    held = {each.name.rstrip("_"): getattr(piece, each.name) for each in fields(piece)}
    return {key: value for key, value in held.items() if value is not None}


def _together(said: Iterable[tuple[str, Rating]], key: str, before: str | None) -> str:
    """A line for each text, or what several wrote alike, below the text before; empty where nothing is new."""
    whose: dict[str, list[str]] = {}
    for name, entry in said:
        text = (getattr(entry, key) or "").strip()
        if text:
            whose.setdefault(text, []).append(name)
    earlier = (before or "").strip()
    new = [line for text, by in whose.items() if (line := f"{joined(by)}: {text}") not in earlier]
    return "\n\n".join([*([earlier] if earlier else []), "\n".join(new)]) if new else ""


def _new(found: Iterable[_T], there: Sequence[_T]) -> list[_T]:
    made: list[_T] = []
    for each in found:
        if each and each not in there and each not in made:
            made.append(each)
    return made


_FIGURES = ("target", "value", "groups")


def _with_figures(made: Answer, said: Sequence[Rating], has: Rating, charter: Charter) -> Answer:
    """With target, value and groups' levels where those who gave one agree; a level that the charter lacks is none."""
    target = None if has.target else _alike(said, lambda entry: entry.target)
    level = charter.level_of(target.level) if target else None
    aim = Aim(level, target.by) if target and level else None
    known = [group.id for group in charter.focus_groups if group.id not in has.groups]
    groups: Mapping[str, str | None] = {group: _alike(said, _level_for(group)) for group in known}
    return Answer(
        made.aspect,
        made.where,
        made.rating,
        made.texts,
        made.ideas,
        {group: level for group, level in groups.items() if level in charter.levels and level is not None},
        made.evidence,
        aim,
        None if has.value else _alike(said, lambda entry: entry.value),
    )


def _level_for(group: str) -> Callable[[Rating], str | None]:
    return lambda entry: entry.groups.get(group)


def _alike(said: Sequence[Rating], of: Callable[[Rating], _T | None]) -> _T | None:
    """What all who gave something gave alike; None where they did not, or nobody did."""
    given = [found for entry in said if (found := of(entry)) is not None]
    return given[0] if given and all(each == given[0] for each in given) else None
