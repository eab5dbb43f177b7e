"""CK520: what tells a workspace from every other one."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.findings import Code
from charterkit.model.config import Config
from charterkit.rules.base import Report, Rule, is_said
from charterkit.rules.context import Context


def lacks_id(settings: Config) -> bool:
    """Whether a workspace that works with dates, as its settings show, has nothing to tell it from every other one."""
    return settings.id is None and bool(settings.reminders or settings.terms or settings.meetings)


class NoWorkspaceId(Rule):
    """The settings say when people are reminded or terms are, and have no id of the workspace.

    Why: what is due goes into calendars under names that only this workspace may have. Without an id another school's
    workspace may use the same names, and in a calendar with both one entry takes the place of the other.
    Bad: a charterkit.yaml with `reminders`, `terms` or `meetings`, and without `id`
    Good: id: 7f3a9c1e-2b4d-4e6f-8a1b-3c5d7e9f0a2b
    Mend: run `charterkit check --fix`, which writes one. `charterkit init` gives every new workspace its own. Entries
        that a calendar has already under their old names stay there: delete them once, then take in the new file.
    """

    code = Code.NO_WORKSPACE_ID
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """`id` of charterkit.yaml."""
        if context.settings is None:
            return
        config, settings = context.settings
        if lacks_id(settings) and not is_said(config, "id"):
            yield config, self.problem("the workspace has no id of its own", "Run: charterkit check --fix")
