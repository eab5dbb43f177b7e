"""What the list of evidence and the pack for a visit are made of: one charter's evaluations, visits and surveys."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from charterkit.files.attachments import Attachments, Lies
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.choosing import demand_levels, evaluations_of, pick, problems_beside
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evidence.gathering import index_until
from charterkit.insight.evidence.index import AspectEvidence
from charterkit.model.dates import Cycle
from charterkit.model.survey import Survey
from charterkit.records import dataclass
from charterkit.render.evidence.data import KEYS, data_of, rows_of
from charterkit.render.evidence.listing import evidence_listing
from charterkit.render.listings.listed import Listed
from charterkit.render.report.evidence import surveys
from charterkit.render.shared.voice import Voice


@dataclass(frozen=True, slots=True)
class Gathered:
    """A school's evidence for one charter, up to one evaluation."""

    folder: SchoolFolder
    evaluation: Evaluated
    index: Sequence[AspectEvidence]
    known: Mapping[str, Survey]
    attachments: Attachments
    """What was looked up of the files, each once."""


def gathered(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None,
    charter: str | None,
    cycle: Cycle | None,
    sized: Callable[[str, Sequence[str]], None] | None = None,
) -> Gathered:
    """The index as it stood in a cycle, or in the newest. Raises CharterkitError where there is no evaluation.

    `sized` is told the school's folder and the files' paths before any is read, so that it may refuse.
    """
    folder = workspace.choose_school(school)
    found = evaluations_of(workspace, folder, charter, voice.warn, cycle)
    chosen = pick(found, cycle)
    problems_beside(workspace, [chosen], voice.warn)
    demand_levels([chosen])
    until, known = found[: found.index(chosen) + 1], surveys(folder)
    attachments = Attachments(workspace.root)
    if sized:
        sized(folder.path, _there(folder, chosen, attachments))
    index = index_until(workspace, folder, until, today, attachments)
    return Gathered(folder, chosen, index, known, attachments)


def _there(folder: SchoolFolder, chosen: Evaluated, attachments: Attachments) -> list[str]:
    """The files that its aspects name and that are there, each once."""
    entries = (standing.entry for standing in chosen.standings.values() if standing.entry)
    paths = dict.fromkeys(piece.path for entry in entries for piece in entry.evidence if piece.path)
    return [path for path in paths if attachments.lies(folder.path, "", path) is Lies.INSIDE]


def evidence_listed(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    charter: str | None = None,
    cycle: Cycle | None = None,
) -> Listed:
    """What there is for each aspect over all cycles, and what a visitor would miss."""
    found = gathered(workspace, today, voice, school=school, charter=charter, cycle=cycle)
    slug = found.folder.slug
    return Listed(
        rows_of(found.index, slug),
        KEYS,
        lambda: evidence_listing(found.index, found.known, found.folder.school.name, found.evaluation, today),
        lambda: data_of(found.index, slug),
    )
