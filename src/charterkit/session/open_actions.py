"""The actions that are still open from before an evaluation: what has become of each is written into the evaluation.

There it says from which cycle it comes: the earlier line is history then, and stays as it was written.
"""

from collections.abc import Iterable, Sequence

from charterkit.errors import CharterkitError, Refused
from charterkit.files.yaml.edit import Change
from charterkit.insight.evaluations.actions import Tracked, all_actions, new_id, open_before
from charterkit.insight.evaluations.part_answers import planned_on
from charterkit.insight.evaluations.planning import (
    Became,
    Facts,
    PlanAnswer,
    added,
    aspect_in,
    carried,
    changed,
    demand_fit,
)
from charterkit.model.dates import PartialDate
from charterkit.session.evaluation_file import EvaluationFile

_CLOSED = {"done": "done", "drop": "dropped"}


def from_before(file: EvaluationFile) -> list[Tracked]:
    """The actions that were open in the evaluation before and of which this one says nothing yet, by their due date."""
    this, before = file.existing, file.previous
    held = [each.document if each else None for each in (this, before)]
    return open_before(file.folder, file.charter.id, *held)


def last_time(file: EvaluationFile, aspect: str) -> list[Tracked]:
    """Those of them that are to improve an aspect, whatever it was called when they were written."""
    return [tracked for tracked in from_before(file) if aspect_now(file, tracked) == aspect]


def aspect_now(file: EvaluationFile, tracked: Tracked) -> str | None:
    """The aspect of this evaluation's charter version that an action is about; None where nobody can tell."""
    model = tracked.document.model
    old = planned_on(file.workspace, model) if model else None
    return aspect_in(tracked.action.aspect, old, file.charter, file.workspace.versions(file.charter.id))


def changes_for(file: EvaluationFile, tracked: Tracked, became: Became, facts: Facts | None = None) -> list[Change]:
    """How this evaluation comes to say what has become of an action; nothing is written yet.

    What is done or dropped is so today. Where the action's last line stands in this evaluation itself, that is changed.
    Raises CharterkitError where it cannot be read.
    """
    status = _CLOSED.get(became)
    said = {**(facts or {}), **({"status": status, "closed": PartialDate.of(file.today)} if status else {})}
    if tracked.document.path == file.path:
        return changed(tracked, said) if said else []
    return [carried(tracked, file.evaluated.document, aspect_now(file, tracked), said)]


def plan_changes(file: EvaluationFile, answers: Sequence[PlanAnswer]) -> list[Change]:
    """What a form says of the action plan; nothing of what stands there already, so that it can be taken in twice.

    Raises CharterkitError with every complaint and its place.
    """
    last = file.existing or file.previous
    known = {each.id: each for each in all_actions(file.folder, file.charter.id, until=last.document)} if last else {}
    made, complaints, taken = [], [], set(known)
    for answer in answers:
        tracked = known.get(answer.id)
        try:
            if tracked is None:
                made += _new(answer, known.values(), taken)
            elif not _stands(file, tracked, answer):
                made += changes_for(file, tracked, answer.became or "carry on", _others(tracked, answer.facts))
        except CharterkitError as error:
            complaints.append(f"{answer.where}: {error.message}")
    if complaints:
        raise Refused("bad-answers", complaints="\n".join(complaints))
    return made


def _new(answer: PlanAnswer, known: Iterable[Tracked], taken: set[str]) -> list[Change]:
    facts = answer.facts
    if any(_plain(each.action.action) == _plain(facts["action"]) and each.is_open for each in known):
        return []
    demand_fit({key: facts.get(key) for key in ("action", "owner", "note")})
    name = new_id(facts["action"], facts.get("aspect") or "action", taken)
    taken.add(name)
    return [added(name, facts)]


def _stands(file: EvaluationFile, tracked: Tracked, answer: PlanAnswer) -> bool:
    """Whether that is said already."""
    status = _CLOSED.get(answer.became or "")
    if status:
        return tracked.action.status == status
    return tracked.is_open and tracked.document.path == file.path and not _others(tracked, answer.facts)


def _others(tracked: Tracked, facts: Facts) -> Facts:
    """Those facts that are not the action's already; an empty cell leaves what it has."""
    return {key: value for key, value in facts.items() if value and value != getattr(tracked.action, key)}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def settle(file: EvaluationFile, tracked: Tracked, became: Became) -> None:
    """Write it. It can be taken back like any other answer."""
    aspect = aspect_now(file, tracked)
    file.plan(changes_for(file, tracked, became), *([aspect] if aspect else []))
