"""What a comparison of two git revisions is made of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from charterkit.files.history import at_revision, both_ends
from charterkit.files.workspace import Workspace
from charterkit.insight.changes import changes
from charterkit.insight.evaluations.compare import Kind
from charterkit.render.comparison.revisions import ChangesView, changes_view
from charterkit.render.comparison.revisions_data import changes_json
from charterkit.render.shared.voice import Voice


@dataclass(frozen=True, slots=True)
class Revisions:
    """What changed between two revisions, in every school."""

    view: ChangesView
    data: dict[str, Any]
    has_declined: bool
    """Whether a rating fell back."""


def revisions(workspace: Workspace, _: date, __: Voice, *, span: str) -> Revisions:
    """What changed between the revisions `A..B`; made by built-in templates alone: it may be anybody's pull request."""
    start, end = both_ends(workspace, span)
    with at_revision(workspace, start) as before, at_revision(workspace, end) as after:
        found = changes(before, after)
        compared = [each.comparison for school in found for each in school.evaluations if each.comparison]
        has_declined = any(each.of(Kind.DECLINED) for each in compared)
        return Revisions(changes_view(found, start, end), changes_json(found, start, end), has_declined)
