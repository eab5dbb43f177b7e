"""What a report is made of: one self-evaluation of a school, and the one before it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.choosing import demand_levels, evaluations_of, pick, problems_beside
from charterkit.insight.evaluations.compare import compare
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.public import demand_readable, demand_settled
from charterkit.model.dates import Cycle
from charterkit.records import dataclass
from charterkit.render.report.before_meeting import before_meeting, raters_json
from charterkit.render.report.data import report_json
from charterkit.render.report.view import ReportView, report_view
from charterkit.render.shared.audience import audience as audience_named
from charterkit.render.shared.voice import Voice
from charterkit.text.speech import tr

_SHORT = 12
"""Letters of a commit's id that tell it from every other of a repository that people work with."""


@dataclass(frozen=True, slots=True)
class Report:
    """One self-evaluation for one audience."""

    view: ReportView
    data: dict[str, Any]


def report(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    charter: str | None = None,
    cycle: Cycle | None = None,
    audience: str = "leaders",
    whole: bool = True,
    drafts: bool = False,
    commit: str = "",
) -> Report:
    """The report of a cycle, or of the newest; `whole` as for the view. `drafts`: with what each rater said before.

    `commit` is the git commit that the files are those of, where it is to be said.
    """
    folder = workspace.choose_school(school)
    if audience == "public":
        demand_settled(workspace, [folder])
    evaluations = evaluations_of(workspace, folder, charter, voice.warn, cycle)
    found = pick(evaluations, cycle)
    place = evaluations.index(found)
    before = evaluations[place - 1] if place else None
    if audience == "public":
        demand_readable(workspace, folder, found)
    problems_beside(workspace, [found, before] if before else [found], voice.warn)
    demand_levels([found, before] if before else [found])
    view = report_of(workspace, folder, found, before, evaluations, audience=audience, today=today, whole=whole)
    data = {**report_json(folder, found, audience_named(audience), today), **({"commit": commit} if commit else {})}
    if commit:
        view = replace(view, made=tr("%(day)s, from git commit %(commit)s,", day=view.made, commit=commit[:_SHORT]))
    if not drafts:
        return Report(view, data)
    told = before_meeting(folder, found)
    return Report(replace(view, raters=told), {**data, "raters": raters_json(told)})


def report_for_governors(workspace: Workspace, today: date, voice: Voice, **options: Any) -> Report:  # noqa: ANN401 - as above
    """The same for governors, whose first page is the answer."""
    return report(workspace, today, voice, **{**options, "audience": "governors"})


def report_for_families(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    whole: bool = False,
    **options: Any,  # noqa: ANN401 - as above
) -> Report:
    """The same for the public: one page, and every aspect below it only where the whole is asked for."""
    return report(workspace, today, voice, **{**options, "audience": "public", "whole": whole})


def report_of(
    workspace: Workspace,
    folder: SchoolFolder,
    found: Evaluated,
    before: Evaluated | None,
    evaluations: Sequence[Evaluated],
    *,
    audience: str,
    today: date,
    whole: bool = True,
) -> ReportView:
    """The report of an evaluation that was chosen, beside what moved since the one before among all of them."""
    versions = workspace.versions(found.charter.id)
    moved = compare(before, found, versions, evaluations) if before else None
    return report_view(
        workspace, folder, found, before=before, comparison=moved, audience=audience, today=today, whole=whole
    )
