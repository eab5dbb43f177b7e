"""A school's newest evaluation of each charter, and all of them in their order."""

from datetime import date

from charterkit.files.load import UNREADABLE
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.model.dates import Cycle
from charterkit.model.evaluation import Evaluation


def newest(folder: SchoolFolder) -> list[Document[Evaluation]]:
    """A school's newest evaluation of each charter: by date, ties by cycle."""
    return [documents[-1] for documents in plans(folder).values()]


def plans(folder: SchoolFolder) -> dict[str, list[Document[Evaluation]]]:
    """A school's evaluations of each charter, oldest first: by date, ties by cycle; one for each cycle.

    Of two for one cycle it is the one that bears the cycle's name, else the first by file name.
    """
    found: dict[str, dict[Cycle, tuple[tuple[date, date], Document[Evaluation]]]] = {}
    for document in sorted(folder.evaluations, key=lambda document: not _bears_its_name(document)):
        evaluation, order = document.model, _order(document)
        if evaluation is None or evaluation.charter == UNREADABLE or order is None:
            continue
        cycle = evaluation.cycle or Cycle.containing(order[0])
        found.setdefault(evaluation.charter, {}).setdefault(cycle, (order, document))
    return {
        charter: [document for _, document in sorted(cycles.values(), key=lambda each: each[0])]
        for charter, cycles in found.items()
    }


def _bears_its_name(document: Document[Evaluation]) -> bool:
    evaluation = document.model
    return evaluation is not None and document.stem in (
        str(evaluation.cycle),
        f"{evaluation.charter}-{evaluation.cycle}",
    )


def _order(document: Document[Evaluation]) -> tuple[date, date] | None:
    """Its date and its cycle's end, as far as they can be read; None where neither can."""
    evaluation = document.model
    days = [when.last for when in (evaluation.date, evaluation.cycle) if when is not None] if evaluation else []
    return (days[0], days[-1]) if days else None
