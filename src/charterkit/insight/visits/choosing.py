"""Which of a school's visits is meant."""

from datetime import date

from charterkit.errors import NotThere
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.evaluations.choosing import charter_for
from charterkit.model.dates import PartialDate
from charterkit.model.visit import Visit


def held_visit(
    workspace: Workspace, folder: SchoolFolder, charter: str | None, when: PartialDate | None
) -> Document[Visit]:
    """The visit of a day, else the newest that has taken place. Raises NotThere with the days that there are."""
    its = visits_about(folder, charter_for(workspace, folder, charter).id)
    held = [each for each in its if each.model and (when is not None or each.model.findings or each.model.outcome)]
    found = [each for each in held if when is None or (each.model and each.model.date == when)]
    if not found:
        known = [str(each.model.date) for each in its if each.model and each.model.date]
        facts = {"name": folder.school.name, "slug": folder.slug, "known": known}
        raise NotThere("no-visit-of" if when else "no-visit", wanted=when and when.spoken, **facts)
    return max(found, key=in_time)


def visits_about(folder: SchoolFolder, charter: str) -> list[Document[Visit]]:
    """The readable visits to a school about a charter, or that say about none, by file name."""
    return [
        document
        for document in folder.visits
        if document.model and document.model.charter in (None, charter) and document.model.school in (None, folder.slug)
    ]


def open_request(folder: SchoolFolder, charter: str) -> Document[Visit] | None:
    """The newest request for a visit that has not taken place; None where there is none."""
    its = [each for each in visits_about(folder, charter) if each.model and is_open_request(each.model)]
    return max(its, key=in_time, default=None)


def is_open_request(visit: Visit) -> bool:
    """Whether a visit was asked for, and has neither a day nor findings."""
    return visit.requested is not None and visit.date is None and not visit.findings and visit.outcome is None


def in_time(document: Document[Visit]) -> tuple[date, str]:
    """By day, or when it was asked for."""
    visit = document.model
    when = visit and (visit.date or visit.requested)
    return (when.last if when else date.min, document.path)
