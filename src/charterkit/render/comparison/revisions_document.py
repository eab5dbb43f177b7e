"""What a comparison of two git revisions is made of."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from charterkit.files.history import between
from charterkit.files.workspace import Workspace
from charterkit.insight.changes import changes
from charterkit.insight.evaluations.compare import MoveKind
from charterkit.records import dataclass
from charterkit.render.comparison.revisions import ChangesView, changes_view
from charterkit.render.comparison.revisions_data import changes_json
from charterkit.render.shared.voice import Voice
from charterkit.rules.running.silencing import silencing_changes


@dataclass(frozen=True, slots=True)
class Revisions:
    """What changed between two revisions, in every school."""

    view: ChangesView
    data: dict[str, Any]
    has_declined: bool
    """Whether a rating fell back."""


def revisions(
    workspace: Workspace, _: date, __: Voice, *, span: str, variables: Mapping[str, str], here: Path | None
) -> Revisions:
    """What changed between the revisions `A..B`; made by built-in templates alone: it may be anybody's pull request.

    `variables` and `here` are the environment and the current folder of the call, which decide which git is taken.
    """
    with between(workspace, span, variables, here) as (before, after):
        found = changes(before.workspace, after.workspace)
        compared = [each.comparison for school in found for each in school.evaluations if each.comparison]
        has_declined = any(each.of(MoveKind.DECLINED) for each in compared)
        ends = before.name, after.name
        silencing = silencing_changes(before.workspace, after.workspace)
        return Revisions(changes_view(found, silencing, *ends), changes_json(found, silencing, *ends), has_declined)
