"""What families said and what was done about it, written where it belongs."""

from datetime import date

from charterkit.choices import FAMILIES
from charterkit.errors import Conflict, Missing
from charterkit.files import write
from charterkit.files.new import write_survey
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.files.yaml.edit import Change, edited
from charterkit.insight.public import is_doubtful
from charterkit.insight.surveys.choosing import find_survey
from charterkit.insight.surveys.results import when
from charterkit.model.dates import PartialDate
from charterkit.model.survey import Survey
from charterkit.records import dataclass

ALONE = "said"
"""The name of the file of a school that has no survey yet: one without questions."""


@dataclass(frozen=True, slots=True)
class PutSaid:
    """Which file holds it now, whether it was changed, and whether the public page shows what stands there."""

    path: str
    is_public: bool
    is_change: bool = True


def add_said(
    workspace: Workspace,
    where: tuple[str | None, str | None],
    line: tuple[str, str],
    on: PartialDate | None,
    today: date,
) -> PutSaid:
    """Write what was said, and what was done where that is not empty; `where` is the school and the survey.

    The same words said before get their answer. Raises CharterkitError where they have another one, where there is no
    such survey, or where it cannot be read.
    """
    school, survey = where
    folder = workspace.choose_school(school)
    said, did = line
    done = {"did": did, "date": on or PartialDate.of(today)} if did else {}
    document = find_survey(folder, survey) if survey else _newest(folder)
    if document is None:
        about = {"title": "What families have told us", "date": str(today), "audience": "parents", "questions": []}
        entry = {key: str(value) for key, value in {"said": said, **done}.items()}
        path = write_survey(workspace, folder.slug, ALONE, {**about, "you_said_we_did": [entry]})
        return PutSaid(path, is_public=True)
    made = _changes(document, said, done)
    root = workspace.root
    if made:
        write.change(root / document.path, document.data, lambda text: edited(text, made), root)
        workspace.refresh()
    is_public = document.model is not None and document.model.audience in FAMILIES and not is_doubtful(document)
    return PutSaid(document.path, is_public, bool(made))


def _newest(folder: SchoolFolder) -> Document[Survey] | None:
    """The newest survey of families; the newest that does not say whose it is where there is none."""
    found = [document for document in folder.surveys if document.model]
    if len(found) < len(folder.surveys):
        unread = next(document for document in folder.surveys if document.model is None)
        raise Missing("unreadable-first", path=unread.path)
    of_families = [document for document in found if document.model and document.model.audience in FAMILIES]
    unsaid = [document for document in found if document.model and document.model.audience is None]
    order = {document.stem: (when(document.model), document.stem) for document in found if document.model}
    return max(of_families or unsaid, key=lambda each: order[each.stem], default=None)


def _changes(document: Document[Survey], said: str, done: dict[str, object]) -> list[Change]:
    survey = document.model
    if survey is None:
        raise Missing("unreadable-first", path=document.path)
    for number, each in enumerate(survey.you_said_we_did):
        if each.said.strip().casefold() != said.casefold():
            continue
        if not done or each.did == done["did"]:
            return []
        if (each.did or "").strip():
            raise Conflict("said-answered", said=said, path=document.path)
        at = ("you_said_we_did", document.loaded.position(("you_said_we_did",), number))
        return [Change((*at, key), value) for key, value in done.items()]
    return [Change(("you_said_we_did",), {"said": said, **done}, append=True)]
