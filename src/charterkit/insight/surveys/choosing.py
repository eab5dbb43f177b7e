"""Which survey is meant."""

from charterkit.errors import Missing, NotThere
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.insight.surveys.results import when
from charterkit.model.base import nearest
from charterkit.model.survey import Survey


def find_survey(folder: SchoolFolder, name: str | None) -> Document[Survey]:
    """A school's survey of a name; the newest that asked something where none is given.

    Raises CharterkitError where there is none, or it cannot be read.
    """
    about = {"name": folder.school.name, "slug": folder.slug}
    known = {document.stem: document for document in folder.surveys}
    if name is not None:
        document = known.get(name)
        if document is None:
            raise NotThere("no-survey-of-school", survey=name, meant=nearest(name, known), known=list(known), **about)
        if document.model is None:
            raise Missing("unreadable-first", path=document.path)
        return document
    found = [(when(each.model), each.stem, each) for each in known.values() if each.model and each.model.questions]
    if not found:
        raise Missing("no-surveys", **about)
    return max(found, key=lambda each: each[:2])[2]
