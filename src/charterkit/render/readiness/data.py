"""Readiness for other programs; what the keys mean is written in docs/json.md."""

from collections.abc import Sequence
from typing import Any

from charterkit.insight.readiness.groups import GroupAnswer
from charterkit.insight.readiness.missing import AspectReadiness, Lack, Readiness
from charterkit.insight.readiness.path import NextStep
from charterkit.insight.readiness.words import all_said


def readiness_data(ready: Readiness, following: NextStep) -> dict[str, Any]:
    """One mapping. What stops the school is `missing`; what is only worth knowing is in `hints`."""
    found = ready.found
    return {
        "school": ready.folder.slug,
        "charter": ready.charter.id,
        "charter_version": ready.charter.version,
        "cycle": str(found.cycle) if found else None,
        "award": ready.award.id,
        "ready": ready.is_ready,
        "done": ready.done,
        "of": ready.of,
        **_both(ready.school),
        "next": {"step": following.step.value, "command": " ".join(following.command) or None},
        "duties": [
            {
                "duty": duty.pledge.id,
                "text": duty.pledge.text,
                "done": duty.is_done,
                "date": str(duty.done) if duty.done else None,
                "due": str(duty.due) if duty.due else None,
                "fulfilled_by": duty.pledge.fulfilled_by,
            }
            for duty in ready.duties
        ],
        "aspects": [_aspect(each) for each in ready.aspects],
        "groups": [
            {
                "group": each.group.id,
                "name": each.group.name,
                "rated": each.rated,
                "below": list(each.below),
                "evidence": each.evidence,
                "answers": [_answer(answer) for answer in each.answers],
            }
            for each in ready.groups
        ],
        "awards": [
            {
                "award": each.award.id,
                "label": each.award.label,
                "reached": each.is_reached,
                "ready": each.is_reached and not ready.besides,
                "missing": list(each.missing),
            }
            for each in ready.awards
        ],
    }


def _aspect(each: AspectReadiness) -> dict[str, Any]:
    return {
        "aspect": each.aspect,
        "number": each.number,
        "rating": each.standing.word,
        "met": each.is_met,
        **_both(each.lacks),
    }


def _answer(answer: GroupAnswer) -> dict[str, Any]:
    """Shares in per cent; null where too few answered for it to be shown."""
    return {
        "question": answer.question.id,
        "text": answer.question.text,
        "agree": None if answer.share is None else round(100 * answer.share),
        "all": None if answer.whole is None else round(100 * answer.whole),
    }


def _both(lacks: Sequence[Lack]) -> dict[str, list[str]]:
    return {
        "missing": all_said([lack for lack in lacks if lack.stops]),
        "hints": all_said([lack for lack in lacks if not lack.stops]),
    }
