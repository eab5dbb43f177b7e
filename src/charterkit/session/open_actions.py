"""The actions that are still open from before an evaluation: what has become of each is written into the evaluation.

There it says from which cycle it comes: the earlier line is history then, and stays as it was written.
"""

from typing import Literal

from charterkit.files.yaml.edit import Change
from charterkit.insight.evaluations.actions import Tracked, all_actions, open_actions
from charterkit.insight.evaluations.planning import Facts, aspect_in, carried
from charterkit.model.dates import PartialDate
from charterkit.session.evaluation_file import EvaluationFile

Became = Literal["done", "carry on", "drop"]
"""What people say of an open action."""
BECAME: tuple[Became, ...] = ("done", "carry on", "drop")
_CLOSED = {"done": "done", "drop": "dropped"}


def from_before(file: EvaluationFile) -> list[Tracked]:
    """The actions that were open in the evaluation before and of which this one says nothing yet, by their due date."""
    last = file.existing or file.previous
    if last is None:
        return []
    found = open_actions(file.folder, file.charter.id, until=last.document)
    return [tracked for tracked in found if tracked.document.path != file.path]


def last_time(file: EvaluationFile, aspect: str) -> list[Tracked]:
    """The actions about an aspect that were open in the evaluation before, each as it stands now."""
    if file.previous is None:
        return []
    were_open = {each.id for each in open_actions(file.folder, file.charter.id, until=file.previous.document)}
    last = file.existing or file.previous
    return [
        tracked
        for tracked in all_actions(file.folder, file.charter.id, until=last.document)
        if tracked.id in were_open and aspect_now(file, tracked) == aspect
    ]


def aspect_now(file: EvaluationFile, tracked: Tracked) -> str | None:
    """The aspect of this evaluation's charter version that an action is about; None where nobody can tell."""
    model = tracked.document.model
    old = file.workspace.charter_of(model) if model else None
    return aspect_in(tracked.action.aspect, old, file.charter, file.workspace.versions(file.charter.id))


def change_for(file: EvaluationFile, tracked: Tracked, became: Became, facts: Facts | None = None) -> Change:
    """The line by which this evaluation says what has become of an action; nothing is written yet.

    What is done or dropped is so today. Raises CharterkitError where the action's last line cannot be read.
    """
    status = _CLOSED.get(became)
    closed = {"status": status, "closed": PartialDate.of(file.today)} if status else {}
    return carried(tracked, file.evaluated.document, aspect_now(file, tracked), {**(facts or {}), **closed})


def settle(file: EvaluationFile, tracked: Tracked, became: Became) -> None:
    """Write it. It can be taken back like any other answer."""
    aspect = aspect_now(file, tracked)
    file.plan([change_for(file, tracked, became)], *([aspect] if aspect else []))
