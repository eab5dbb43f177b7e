"""A school's newest evaluation of each charter, and its newest action plan."""

from collections.abc import Iterable
from datetime import date

from charterkit.files.load import UNREADABLE
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.model.evaluation import Evaluation


def newest(folder: SchoolFolder) -> list[Document[Evaluation]]:
    """A school's newest evaluation of each charter: by date, ties by cycle."""
    return _newest(folder.evaluations)


def newest_plans(folder: SchoolFolder) -> list[Document[Evaluation]]:
    """The newest evaluation of each charter that has an action plan: one that was just begun takes no plan's place."""
    return _newest(document for document in folder.evaluations if document.model and document.model.actions)


def _newest(documents: Iterable[Document[Evaluation]]) -> list[Document[Evaluation]]:
    found: dict[str, tuple[tuple[date, date], Document[Evaluation]]] = {}
    for document in documents:
        evaluation = document.model
        if evaluation is None or evaluation.charter == UNREADABLE:
            continue
        days = [when.last for when in (evaluation.date, evaluation.cycle) if when is not None]
        if days:
            order = (days[0], days[-1])
            if evaluation.charter not in found or found[evaluation.charter][0] < order:
                found[evaluation.charter] = (order, document)
    return [document for _, document in found.values()]
