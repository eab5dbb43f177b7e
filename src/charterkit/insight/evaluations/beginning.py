"""What must be clear before an evaluation is begun: that no file holds it already, and which date it gets."""

from datetime import date

from charterkit.errors import CharterkitError
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.evaluations.evaluated import left_out
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.evaluation import Evaluation


def refuse_left_out(workspace: Workspace, folder: SchoolFolder, charter: str, cycle: Cycle | None) -> None:
    """Raises CharterkitError where a file that cannot be used may be the very one that is meant."""
    unused = left_out(workspace, folder)
    for document in folder.evaluations:
        if document.path in unused and _may_be(document, charter, cycle):
            hint = "Run 'charterkit check' and mend it first" + ("." if cycle else ", or say which --cycle is meant.")
            raise CharterkitError(f"{document.path} cannot be used, and it may be the one that is meant.", hint)


def _may_be(document: Document[Evaluation], charter: str, cycle: Cycle | None) -> bool:
    """Whether a file that cannot be used may be of a charter, and of a cycle where one is said."""
    model = document.model
    if model is not None and model.charter != charter and "charter" not in document.loaded.broken:
        return False
    if cycle is None or document.stem in (str(cycle), f"{charter}-{cycle}"):
        return True
    if model is None:
        return False
    return model.cycle == cycle or (model.cycle is None and model.date is not None and cycle.holds(model.date))


def dated(cycle: Cycle, when: PartialDate | None, today: date, *, is_new: bool) -> PartialDate | None:
    """The date of a new evaluation, or of agreeing one: as said, else today; None for today outside the cycle.

    An evaluation's date decides which one is the newest, so it lies in its cycle. Raises CharterkitError for one that
    does not, for one that has not come yet, and where a new evaluation would get none.
    """
    first, last = PartialDate.of(cycle.first), PartialDate.of(cycle.last)
    if is_new and cycle.first > today:
        raise CharterkitError(
            f"{cycle.spoken} has not begun yet: it starts on {first.spoken}.", "Leave --cycle out, or say another."
        )
    if when is not None and when.first > today:
        raise CharterkitError(f"--date: {when.spoken} has not come yet.", "Write the day it was made.")
    if when is not None and not cycle.first <= when.last <= cycle.last:
        hint = f"Write a day or month from {first.spoken} to {last.spoken}."
        raise CharterkitError(f"--date: {when.spoken} is not in {cycle.spoken}.", hint)
    if when is not None or cycle.first <= today <= cycle.last:
        return when or PartialDate.of(today)
    if is_new:
        hint = f"Add --date with the day or month it was made, {last.spoken} at the latest."
        raise CharterkitError(f"{cycle.spoken} is over, so its evaluation cannot have today's date.", hint)
    return None
