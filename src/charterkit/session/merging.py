"""What several raters said, put together into the meeting's evaluation. Their drafts are only read."""

from collections.abc import Sequence
from dataclasses import replace

from charterkit.errors import Conflict, NotThere
from charterkit.insight.evaluations.answers import Answer
from charterkit.insight.evaluations.raters import Rater, SideBySide, folded, raters, side_by_side, standing_on
from charterkit.insight.evaluations.raters_words import WHERE, reason_of, words_of
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.text.safe import shown


class Merging:
    """The meeting's evaluation, and the raters' drafts for it as they were last looked at."""

    def __init__(self, file: EvaluationFile) -> None:
        """Raises CharterkitError where nobody has rated, and where two drafts are by one rater."""
        self.file = file
        self.raters: list[Rater] = self._found()
        if not self.raters:
            cycle = file.cycle
            models = [document.model for document in file.folder.drafts]
            known = sorted({str(model.cycle) for model in models if model and model.charter == file.charter.id})
            raise NotThere("no-raters", cycle=cycle.spoken, slug=file.folder.slug, id=str(cycle), known=known)

    @property
    def beside(self) -> list[SideBySide]:
        """Every aspect with who said what, those furthest apart first."""
        return side_by_side(self.file.charter, self.raters)

    @property
    def noun(self) -> str:
        """What is counted as one."""
        return "part" if self.file.charter.rated == "both" else self.file.charter.rated_noun

    @property
    def agreed(self) -> list[SideBySide]:
        """What all raters agree on and the meeting has not answered; of what does not apply, where one says why."""
        meeting = self.file.evaluated
        open_ones = [
            each for each in self.beside if each.answer and not standing_on(meeting, each.aspect.id).is_answered
        ]
        return [each for each in open_ones if each.answer != NOT_APPLICABLE or self._reason(each)]

    def take(self, agreed: Sequence[SideBySide]) -> None:
        """Write what they agree on and what they wrote of it, in one write that can be taken back at once."""
        self.file.answer([self._answer(each) for each in agreed])

    def words(self, name: str) -> Answer | None:
        """What the raters wrote of an aspect, a key point or the whole and the meeting's evaluation has not."""
        each = next((each for each in self.beside if each.aspect.id == name), None)
        return self._words(each) if each else None

    def keep_words(self, name: str) -> bool:
        """Write what the raters wrote of it, below what stands there; False where there is nothing new."""
        found = self.words(name)
        if found is not None:
            self.file.answer([found])
        return found is not None

    def wrote(self, agreed: Sequence[SideBySide]) -> bool:
        """Whether there are such words of any of these."""
        return any(self._words(each) for each in agreed)

    def _words(self, each: SideBySide) -> Answer | None:
        return words_of(each, self._names, standing_on(self.file.evaluated, each.aspect.id), self.file.charter)

    def _reason(self, each: SideBySide) -> str:
        return reason_of(each, self._names)

    @property
    def _names(self) -> list[str]:
        return [rater.name for rater in self.raters]

    def _answer(self, each: SideBySide) -> Answer:
        found = self._words(each) or Answer(each.aspect.id, WHERE)
        reason = {"reason": self._reason(each)} if each.answer == NOT_APPLICABLE else {}
        return replace(found, rating=each.answer, texts={**found.texts, **reason})

    def look_again(self) -> list[str]:
        """Take in what the drafts say now; a sentence for each that has changed, come or gone since the last look."""
        before = {rater.document.path: rater for rater in self.raters}
        self.file.workspace.refresh()
        self.raters = self._found()
        now = {rater.document.path: rater for rater in self.raters}
        gone = [
            f"The draft of {shown(held.name)} is gone, or can no longer be read."
            for path, held in before.items()
            if path not in now
        ]
        said = []
        for path, rater in now.items():
            if path not in before:
                said.append(f"{shown(rater.name)} has rated the school meanwhile, and is shown from now on.")
            elif before[path].document.data != rater.document.data:
                said.append(
                    f"{shown(rater.name)} has written meanwhile: what is shown from now on is what stands there now."
                )
        return [*said, *gone]

    def _found(self) -> list[Rater]:
        found = raters(self.file.folder, self.file.charter, self.file.cycle)
        first: dict[str, Rater] = {}
        for rater in found:
            other = first.setdefault(folded(rater.name), rater)
            if other is not rater:
                raise Conflict("one-rater-twice", name=rater.name, path=rater.document.path, other=other.document.path)
        return found
