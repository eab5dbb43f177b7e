"""The form's part about the action plan: what is open from before, and room for what is new."""

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.actions import open_actions
from charterkit.insight.evaluations.form_cycle import Occasion
from charterkit.insight.evaluations.part_answers import planned_on
from charterkit.insight.evaluations.planning import aspect_in
from charterkit.records import dataclass

NEW_ROWS = 4
"""Empty rows for new actions on paper."""
CHOICES = ("done", "carry-on", "drop")
"""What may be said of an open action, by the keys of the form's words."""


@dataclass(frozen=True, slots=True)
class FormAction:
    """An open action. `due` is as people read it, `due_text` as they may write it; `aspect` is the aspect's text."""

    id: str
    action: str
    aspect: str
    owner: str
    due: str
    due_text: str


def form_actions(folder: SchoolFolder, found: Occasion) -> tuple[FormAction, ...]:
    """The actions that are open when a form is filled in, by their due date."""
    if found.last is None:
        return ()
    made = []
    for tracked in open_actions(folder, found.charter.id, until=found.last.document):
        action, workspace = tracked.action, folder.workspace
        old = planned_on(workspace, tracked.document.model) if tracked.document.model else None
        aspect = aspect_in(action.aspect, old, found.charter, workspace.versions(found.charter.id))
        made.append(
            FormAction(
                tracked.id,
                action.action,
                found.charter.aspects[aspect].text if aspect else "",
                action.owner or "",
                action.due.spoken if action.due else "",
                str(action.due or ""),
            )
        )
    return tuple(made)
