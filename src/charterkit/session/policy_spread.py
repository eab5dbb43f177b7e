"""A plan of reviews, written into policies' files: one line of each, all or none."""

from collections.abc import Sequence
from functools import partial

from charterkit.files.together import Rewrite
from charterkit.files.workspace import Workspace
from charterkit.files.write import remade
from charterkit.files.yaml.edit import Change, edited
from charterkit.insight.policies.by_term import MovedReview
from charterkit.session.policy_step import write_all


def write_spread(workspace: Workspace, moves: Sequence[MovedReview]) -> None:
    """State each proposed term as the next review. Raises CharterkitError as `files.write.save` does."""
    rewrites = []
    for move in moves:
        path, before = move.policy.document.path, move.policy.document.data
        changes = (Change(("next_review",), move.proposed),)
        after = remade(workspace.root / path, before, partial(edited, changes=changes))
        rewrites.append(Rewrite(path, before, after, f"{move.policy.title}: next review {move.proposed.spoken}"))
    write_all(workspace, rewrites)
