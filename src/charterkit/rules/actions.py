"""CK41x: the action plan, and whether the next evaluation is due."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.files.workspace import Document
from charterkit.findings import Code
from charterkit.insight.evaluations.actions import open_actions
from charterkit.insight.evaluations.newest import newest
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Action, Evaluation
from charterkit.rules.base import Report, Rule, position
from charterkit.rules.context import Context


def _open_actions(context: Context) -> tuple[tuple[Document[Evaluation], Action, int], ...]:
    """The actions that nobody has closed, of whatever evaluation, with their place in its list."""
    return tuple(
        (tracked.document, tracked.action, position(tracked.document, ("actions",), tracked.number))
        for folder in context.schools
        for tracked in open_actions(folder)
        if not tracked.unread
    )


class ActionWithoutOwner(Rule):
    """An open action has no owner.

    Why: what everybody should do, nobody does.
    Bad: {action: Greet families at the gate, due: 2026-03}
    Good: {action: Greet families at the gate, owner: Deputy headteacher, due: 2026-03}
    Mend: add the role that sees to it.
    """

    code = Code.ACTION_WITHOUT_OWNER
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every action that is still open, whichever evaluation it was last written in."""
        for document, action, place in context.once(_open_actions):
            if not (action.owner or "").strip():
                yield document, self.problem("the action has no owner", "Add 'owner: ...'.", "actions", place)


class ActionWithoutDate(Rule):
    """An open action has no due date.

    Why: nobody is reminded of it.
    Bad: {action: Greet families at the gate, owner: Deputy headteacher}
    Good: {action: Greet families at the gate, owner: Deputy headteacher, due: 2026-03}
    Mend: add a day, or a month.
    """

    code = Code.ACTION_WITHOUT_DATE
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """Every action that is still open, whichever evaluation it was last written in."""
        for document, action, place in context.once(_open_actions):
            if action.due is None:
                yield document, self.problem("the action has no due date", "Add 'due: ...'.", "actions", place)


class ActionOverdue(Rule):
    """An open action is overdue.

    Why: what was agreed has not been done, or nobody wrote down that it has.
    Bad: {action: Greet families at the gate, due: 2024-03, status: planned}
    Good: {action: Greet families at the gate, due: 2024-03, status: done}
    Mend: write `status: done` or `dropped`, or agree on another date: `charterkit action done` does it.
    """

    code = Code.ACTION_OVERDUE
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every action that is still open, against today's date."""
        for document, action, place in context.once(_open_actions):
            if action.due is not None and action.due.last < context.today:
                message = f"the action was due by {action.due.spoken} and is {action.status}"
                remedy = "Write 'status: done' or 'status: dropped', or agree on another date."
                yield document, self.problem(message, remedy, "actions", place, "due")


class EvaluationOutdated(Rule):
    """A school's newest evaluation is older than the workspace wants.

    Why: the school has agreed to look again at its charter in good time.
    Bad: date: 2024-10-14, with re_evaluate: 1 year, in November 2026
    Good: date: 2026-10-14
    Mend: evaluate again; or change `re_evaluate` in charterkit.yaml.
    """

    code = Code.EVALUATION_OUTDATED
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """The newest evaluation of each charter, where the settings say how often.

        Nothing is said while one of the school's cannot be read: it may be newer.
        """
        reminders = context.workspace.config.reminders
        every = reminders.re_evaluate if reminders else None
        for folder in context.schools if every else ():
            for document in newest(folder) if all(document.model for document in folder.evaluations) else ():
                when = document.model.date if document.model else None
                due: PartialDate | None = every.after(when) if every and when else None
                if due is not None and due.last < context.today:
                    message = f"this is the newest evaluation, and the next was due by {due.spoken}"
                    yield document, self.problem(message, "Evaluate again.", "date")
