"""A school's evidence for one charter, from its evaluations, its visits, its surveys and its folder."""

from collections.abc import Sequence
from datetime import date

from charterkit.files.attachments import Attachments
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evidence.index import Around, AspectEvidence, evidence_index


def index_until(
    workspace: Workspace,
    folder: SchoolFolder,
    history: Sequence[Evaluated],
    today: date,
    attachments: Attachments | None = None,
) -> list[AspectEvidence]:
    """The index of evidence as it stood in the last of some evaluations of one charter, oldest first."""
    charter = history[-1].charter
    about = (charter.id, None)
    visits = [each.model for each in folder.visits if each.model and each.model.charter in about]
    known = {document.stem: document.model for document in folder.surveys if document.model}
    around = Around(folder.path, known, attachments or Attachments(workspace.root), today)
    return evidence_index(history, workspace.versions(charter.id), visits, around)
