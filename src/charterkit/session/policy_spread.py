"""A plan of reviews, written into policies' files: one line of each, all or none."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from charterkit.files.together import Rewrite
from charterkit.files.workspace import Workspace
from charterkit.files.write import remade
from charterkit.files.yaml.edit import Change, edited
from charterkit.insight.policies.by_term import MovedReview, SpreadPlan, spread
from charterkit.insight.policies.register import register
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.session.policy_step import write_all


def planned_spread(workspace: Workspace, slug: str, today: date) -> SpreadPlan:
    """The plan for the policies in one organisation's own folder. Nothing is written."""
    own = [found for found in register(workspace, today, slug) if found.folder.slug == slug]
    return spread(own, today, SchoolDays.at(workspace, slug))


def write_spread(workspace: Workspace, moves: Sequence[MovedReview]) -> None:
    """State each proposed term as the next review. Raises CharterkitError as `files.write.save` does."""
    rewrites = []
    for move in moves:
        path, before = move.policy.document.path, move.policy.document.data
        changes = (Change(("next_review",), move.proposed),)
        after = remade(workspace.root / path, before, partial(edited, changes=changes))
        rewrites.append(Rewrite(path, before, after, f"{move.policy.title}: next review {move.proposed.spoken}"))
    write_all(workspace, rewrites)
