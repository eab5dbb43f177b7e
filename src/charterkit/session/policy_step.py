"""A step in a policy's life, put into its file."""

from datetime import date

from charterkit.files import write
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.edit import edited
from charterkit.insight.policies.control import Step, Taken, take
from charterkit.insight.policies.register import Registered


def record(workspace: Workspace, found: Registered, step: Step, today: date, called: str = "") -> Taken:
    """Write it, and how the policy stands then. Raises CharterkitError for a step that makes no sense."""
    taken = take(found.document, step, today, called)
    path, root = found.document.path, workspace.root
    write.change(root / path, found.document.data, lambda text: edited(text, taken.changes), root)
    workspace.refresh()
    return taken
