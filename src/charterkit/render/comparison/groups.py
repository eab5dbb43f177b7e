"""What a comparison shows of each focus group: ratings, evidence, and what its families said in surveys."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.compare import COUNTED, Comparison, GroupMoves, MoveKind
from charterkit.insight.readiness.groups import GroupAnswer, group_answers, group_evidence
from charterkit.insight.readiness.words import answer_said
from charterkit.model.base import slug
from charterkit.records import dataclass
from charterkit.render.shared.movement import Movement, Scales, besides, changes, is_draft, moved, since
from charterkit.text.speech import tr


@dataclass(frozen=True, slots=True)
class GroupSection:
    """One focus group: a sentence, and the aspects that did not stay the same."""

    name: str
    sentence: str
    changes: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class AnswerPair:
    """A question to a group's families: in the last survey, and in the one that the earlier cycle knew."""

    now: GroupAnswer
    before: GroupAnswer | None
    """None where no other survey asked the same."""


def group_section(folder: SchoolFolder, comparison: Comparison, group: GroupMoves, known: Scales) -> GroupSection:
    """One group, for people."""
    found = moved(since(comparison), group.counts, comparison.after.charter.rated_noun)
    said = [found, besides(group.counts, draft=is_draft(comparison.after))]
    then, now = _evidence(comparison, group)
    if then or now:
        pieces = tr("Pieces of evidence for what was rated for it: %(before)s, now %(after)s.", before=then, after=now)
        said.append(pieces)
    said += [_said(pair) for pair in _pairs(folder, comparison, group)]
    different = [move for move in group.moves if move.kind is not MoveKind.UNCHANGED]
    shown = tuple(replace(change, value="") for change in changes(comparison, different, known))
    return GroupSection(group.group.name, " ".join(part for part in said if part), shown)


def groups_json(folder: SchoolFolder, comparison: Comparison) -> dict[str, Any]:
    """The groups for other programs; nothing where the charter has none."""
    made = [_json(folder, comparison, group) for group in comparison.groups]
    return {"groups": made} if made else {}


def _json(folder: SchoolFolder, comparison: Comparison, group: GroupMoves) -> dict[str, Any]:
    then, now = _evidence(comparison, group)
    kinds = (*COUNTED, MoveKind.NOT_COMPARABLE, MoveKind.UNREADABLE)
    return {
        "group": group.group.id,
        "name": group.group.name,
        "counts": {kind.value.replace("-", "_"): group.counts[kind] for kind in kinds},
        "evidence": {"from": then, "to": now},
        "answers": [
            {
                "question": pair.now.question.id,
                "text": pair.now.question.text,
                **({"from": _percent(pair.before)} if pair.before else {}),
                "to": _percent(pair.now),
            }
            for pair in _pairs(folder, comparison, group)
        ],
    }


def _evidence(comparison: Comparison, group: GroupMoves) -> tuple[int, int]:
    """How many pieces there were for what was rated for the group, and how many there are."""
    name = group.group.id
    return group_evidence(comparison.before, name), group_evidence(comparison.after, name)


def _pairs(folder: SchoolFolder, comparison: Comparison, group: GroupMoves) -> Iterator[AnswerPair]:
    """The questions of the later cycle's surveys, each with the same of an earlier survey of the same audience."""
    before = list(group_answers(folder, comparison.before, group.group.id))
    for now in group_answers(folder, comparison.after, group.group.id):
        same = [
            then
            for then in before
            if then.survey is not now.survey
            and then.survey.audience == now.survey.audience
            and slug(then.question.text) == slug(now.question.text)
        ]
        yield AnswerPair(now, same[0] if same else None)


def _said(pair: AnswerPair) -> str:
    """An answer and what it was. Of so few nothing is said of a change: chance alone may explain it."""
    said = answer_said(pair.now)
    if pair.before is None:
        return said
    if pair.before.share is None:
        return f"{said} {tr('Before: not shown, as it could point at few people.')}"
    return f"{said} {tr('Before: %(share)s.', share=f'{_percent(pair.before)}%')}"


def _percent(answer: GroupAnswer | None) -> int | None:
    return None if answer is None or answer.share is None else round(100 * answer.share)
