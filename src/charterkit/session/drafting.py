"""The draft of a charter's next version, with the examples that somebody accepted."""

from collections.abc import Sequence

from charterkit.errors import Missing
from charterkit.files.new import write_next_version
from charterkit.files.workspace import Workspace
from charterkit.insight.proposing import Proposal, Proposals, changes


def draft(workspace: Workspace, found: Proposals, accepted: Sequence[Proposal]) -> str:
    """Write the next version with the accepted examples and without those that were withdrawn; its path.

    Raises Missing where that would change nothing, and CharterkitError where a file of its name is there already.
    """
    if not accepted and not found.withdrawn:
        raise Missing("nothing-accepted" if found.offered else "nothing-proposed", charter=found.charter.id)
    return write_next_version(workspace, found.charter, changes(found, accepted))
