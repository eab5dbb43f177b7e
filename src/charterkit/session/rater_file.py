"""One person's ratings before the meeting, on disk: answered like an evaluation, and none of the school's."""

from datetime import date
from pathlib import Path

from charterkit.errors import Conflict, Missing, Refused
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.beginning import meant
from charterkit.insight.evaluations.evaluated import evaluated
from charterkit.insight.evaluations.raters import LONGEST_NAME, draft_path, folded, rater_of
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.evaluation import Evaluation, RaterDraft
from charterkit.session.evaluation_file import EvaluationFile


class RaterFile(EvaluationFile):
    """The draft of one rater for the evaluation that is meant; it begins with its first answer, as that does."""

    kind: type[Evaluation] = RaterDraft

    def __init__(
        self,
        workspace: Workspace,
        folder: SchoolFolder,
        charter: Charter,
        cycle: Cycle | None,
        today: date,
        *,
        rater: str,
        when: PartialDate | None = None,
    ) -> None:
        """Find the draft of a rater, by name. Raises CharterkitError where the name is none or another one's."""
        found = meant(workspace, folder, charter, cycle, today, when=when)
        self.rater = _named(rater)
        self.workspace, self.folder, self.today = workspace, folder, today
        self.charter, self.cycle, self.previous = found.charter, found.cycle, found.previous
        its = found.existing.evaluation.date if found.existing else None
        self.date = found.date or its or PartialDate.of(today)
        self.path = self._found_path()
        self._blank = found.blank
        self._written = []
        self.existing = None
        self.refresh()

    def _found_path(self) -> str:
        """Raises CharterkitError where a draft of somebody else has the name, or one that cannot be read."""
        for charter in ("", self.charter.id):
            path = draft_path(self.folder, self.cycle, self.rater, charter)
            if not Path(self.workspace.root, path).exists():
                return path
            document = self.workspace.read(path, self.kind)
            model = document.model
            if model is None or model.cycle is None or evaluated(document, self.charter) is None:
                raise Missing("unreadable-first", path=path)
            if model.charter != self.charter.id and not charter:
                continue
            other = rater_of(document)
            if folded(other) != folded(self.rater) or model.cycle != self.cycle or model.charter != self.charter.id:
                raise Conflict("rater-in-the-way", name=self.rater, other=other, path=path)
            self.rater = other
            return path
        raise AssertionError("one of the two is returned or refused")  # pragma: no cover


_JOINERS = {0x200C: None, 0x200D: None}
"""Characters that nobody sees and that names in Urdu and Bengali need."""


def _named(name: str) -> str:
    """A rater's name without blanks around it. Raises CharterkitError for one that is none."""
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or not plain.translate(_JOINERS).isprintable():
        raise Refused("bad-rater", name=name[:LONGEST_NAME], most=LONGEST_NAME)
    return plain
