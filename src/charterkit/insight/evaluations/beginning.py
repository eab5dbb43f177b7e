"""Which self-evaluation is meant: the one to go on with, or a new one, its file and its date."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from charterkit.errors import Conflict, Missing, Refused
from charterkit.files.copies import original
from charterkit.files.load import Loaded
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.evaluations.evaluated import (
    NOT_RATED,
    Evaluated,
    asked_of,
    in_order,
    may_be_of,
    not_asked,
    usable,
)
from charterkit.insight.evaluations.unread import why_unusable
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.evaluation import Evaluation
from charterkit.records import dataclass
from charterkit.text.english import sentence


@dataclass(frozen=True, slots=True)
class Meant:
    """One school's evaluation of one charter in one cycle, there or to be begun."""

    path: str
    charter: Charter
    """In the version it was begun with."""
    cycle: Cycle
    date: PartialDate | None
    """A new one's; or the one it gets once it is agreed, None where it keeps the one it has."""
    existing: Evaluated | None
    previous: Evaluated | None
    """The one of the cycle before."""
    not_asked: frozenset[str] = frozenset()
    """Aspects of the charter that do not apply to the school."""

    @property
    def blank(self) -> Evaluated:
        """How a new one stands before its first answer."""
        evaluation = Evaluation(
            charter=self.charter.id, charter_version=self.charter.version, cycle=self.cycle, date=self.date, ratings={}
        )
        document = Document(self.path, Evaluation, Loaded(evaluation))
        standings = dict.fromkeys(self.charter.aspects, NOT_RATED)
        parts = dict.fromkeys((point.id for point in self.charter.key_points), NOT_RATED)
        points = parts if self.charter.rated == "both" else {}
        return Evaluated(
            document, evaluation, self.charter, self.cycle, standings, not_asked=self.not_asked, points=points
        )


def meant(
    workspace: Workspace,
    folder: SchoolFolder,
    charter: Charter,
    cycle: Cycle | None,
    today: date,
    *,
    when: PartialDate | None = None,
) -> Meant:
    """The evaluation of the cycle, else of the one that `cycle_meant` tells, there or new.

    `when` is its date, where that is not today. Raises CharterkitError when its file, or one that may be it, cannot be
    read, and when a new one would get a date outside its cycle.
    """
    _refuse_left_out(workspace, folder, charter.id, cycle)
    found = in_order(usable(workspace, folder), charter.id)
    cycle = cycle or cycle_meant(found, today)
    existing = next((evaluated for evaluated in found if evaluated.cycle == cycle), None)
    on = _dated(cycle, when, today, is_new=existing is None)
    if existing:
        path = existing.document.path
        return Meant(path, existing.charter, cycle, on, existing, _before(found, existing), existing.not_asked)
    path = _new_path(workspace, folder, charter, cycle)
    new = Meant(path, asked_of(folder, charter), cycle, on, None, None, not_asked(folder, charter))
    return replace(new, previous=_before(found, new.blank))


def cycle_meant(found: Sequence[Evaluated], today: date) -> Cycle:
    """Which cycle is meant where nobody says: the newest draft's, else this term's that is there, else this year."""
    drafts = [evaluated.cycle for evaluated in found if evaluated.evaluation.status == "draft"]
    cycles = [evaluated.cycle for evaluated in found]
    terms = [cycle for cycle in cycles if cycle.term and cycle.first <= today <= cycle.last]
    return (drafts or terms[-1:] or [Cycle.containing(today)])[-1]


def _before(found: Sequence[Evaluated], this: Evaluated) -> Evaluated | None:
    earlier = [evaluated for evaluated in found if evaluated.order < this.order and evaluated.cycle != this.cycle]
    return earlier[-1] if earlier else None


def _refuse_left_out(workspace: Workspace, folder: SchoolFolder, charter: str, cycle: Cycle | None) -> None:
    """Raises CharterkitError where a file that cannot be used, or is not read, may be the very one that is meant."""
    found = may_be_meant(workspace, folder, charter, cycle)
    if found:
        why = why_unusable(workspace, found)
        raise Missing("may-be-meant" if cycle else "may-be-meant-of-any-cycle", path=found.path, why=sentence(why))
    for path, right in folder.nearly_named("evaluations"):
        if cycle is None or _stem(right) in _names(charter, cycle):
            raise Missing("nearly-named", path=path, right=right.rsplit("/", 1)[-1])
    for rival in folder.rivals("evaluations"):
        model = rival.real.model
        if not rival.is_copy and model and model.charter == charter and cycle in (None, model.cycle):
            raise Conflict("two-evaluations", path=rival.document.path, real=rival.real.path)


def may_be_meant(
    workspace: Workspace, folder: SchoolFolder, charter: str, cycle: Cycle | None
) -> Document[Evaluation] | None:
    """A file that cannot be used and that may be the one of a charter and a cycle; None where there is none."""
    used = {evaluated.document.path for evaluated in usable(workspace, folder)}
    left = (document for document in folder.evaluations if document.path not in used)
    return next((document for document in left if _may_be(document, charter, cycle)), None)


def _names(charter: str, cycle: Cycle) -> tuple[str, str]:
    """The names that an evaluation's file has, without their ending."""
    return str(cycle), f"{charter}-{cycle}"


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".yaml")


def _may_be(document: Document[Evaluation], charter: str, cycle: Cycle | None) -> bool:
    """Whether a file that cannot be used may be of a charter, and of a cycle where one is said."""
    if not may_be_of(document, charter):
        return False
    if cycle is None or {document.stem, original(document.stem)} & {*_names(charter, cycle)}:
        return True
    model = document.model
    if model is None:
        return False
    return model.cycle == cycle or (model.cycle is None and model.date is not None and cycle.holds(model.date))


def _new_path(workspace: Workspace, folder: SchoolFolder, charter: Charter, cycle: Cycle) -> str:
    """`<cycle>.yaml`, or `<charter>-<cycle>.yaml` when another charter's or cycle's evaluation has that name."""
    for name in _names(charter.id, cycle):
        path = f"{folder.path}/evaluations/{name}.yaml"
        if not Path(workspace.root, path).exists():
            return path
        document = workspace.read(path, Evaluation)
        its = document.model.cycle if document.model else None
        if may_be_of(document, charter.id) and its in (None, cycle):
            raise Missing("unreadable-first", path=path)
    raise Conflict("evaluation-in-the-way", path=path)


def _dated(cycle: Cycle, when: PartialDate | None, today: date, *, is_new: bool) -> PartialDate | None:
    """The date of a new evaluation, or of agreeing one: as said, else today; None for today outside the cycle.

    An evaluation's date decides which one is the newest, so it lies in its cycle. Raises CharterkitError for one that
    does not, for one that has not come yet, and where a new evaluation would get none.
    """
    first, last = PartialDate.of(cycle.first), PartialDate.of(cycle.last)
    if is_new and cycle.first > today:
        raise Refused("cycle-not-begun", cycle=cycle.spoken, first=first.spoken)
    if when is not None and when.first > today:
        raise Refused("date-not-come", when=when.spoken)
    if when is not None and not cycle.first <= when.last <= cycle.last:
        raise Refused("date-outside-cycle", when=when.spoken, cycle=cycle.spoken, first=first.spoken, last=last.spoken)
    if when is not None or cycle.first <= today <= cycle.last:
        return when or PartialDate.of(today)
    if is_new:
        raise Refused("cycle-over", cycle=cycle.spoken, last=last.spoken)
    return None
