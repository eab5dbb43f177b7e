"""A school's newest evaluation of each charter, and all of them in their order."""

from datetime import date

from charterkit.files.load import UNREADABLE
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.model.evaluation import Evaluation


def newest(folder: SchoolFolder) -> list[Document[Evaluation]]:
    """A school's newest evaluation of each charter: by date, ties by cycle."""
    return [documents[-1] for documents in plans(folder).values()]


def plans(folder: SchoolFolder) -> dict[str, list[Document[Evaluation]]]:
    """A school's evaluations of each charter, oldest first: by date, ties by cycle."""
    found: dict[str, list[tuple[tuple[date, date], Document[Evaluation]]]] = {}
    for document in folder.evaluations:
        evaluation, order = document.model, _order(document)
        if evaluation is not None and evaluation.charter != UNREADABLE and order is not None:
            found.setdefault(evaluation.charter, []).append((order, document))
    return {
        charter: [document for _, document in sorted(documents, key=lambda each: each[0])]
        for charter, documents in found.items()
    }


def _order(document: Document[Evaluation]) -> tuple[date, date] | None:
    """Its date and its cycle's end, as far as they can be read; None where neither can."""
    evaluation = document.model
    days = [when.last for when in (evaluation.date, evaluation.cycle) if when is not None] if evaluation else []
    return (days[0], days[-1]) if days else None
