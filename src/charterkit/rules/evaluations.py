"""CK306, CK308 and CK414: a school's evaluations, each with its own cycle and date, and looked at again."""

from collections.abc import Iterator

from charterkit.choices import TERMS, Severity
from charterkit.files.copies import Rival, original
from charterkit.findings import Code
from charterkit.insight.evaluations.raters import folded, rater_of
from charterkit.model.dates import Cycle
from charterkit.model.evaluation import Evaluation
from charterkit.rules.base import Report, Rule
from charterkit.rules.context import Context, KeptEvaluation
from charterkit.text.english import counted
from charterkit.text.safe import shown


class DuplicateEvaluation(Rule):
    """Two files of one school are about the same charter and cycle; or two raters' drafts are by the same person.

    Why: nobody can tell which holds. The one named after its cycle is used; nothing is published until one is left.
    Bad: evaluations/2025-26.yaml and 2025-26 - Copy.yaml, both cycle: 2025-26
    Good: 2025-26-autumn.yaml and 2025-26-summer.yaml
    Mend: take over into the one what only the other has and delete that, or correct the cycle of one.
    """

    code = Code.DUPLICATE_EVALUATION

    def check(self, context: Context) -> Iterator[Report]:
        """School by school."""
        for folder in context.schools:
            for rival in folder.rivals("evaluations"):
                yield from self._of(rival)
        seen: dict[tuple[str, str, str, str], str] = {}
        for folder, document, evaluation, _ in sorted(context.drafts, key=_is_copy):
            name = rater_of(document)
            earlier = seen.setdefault(
                (folder.path, evaluation.charter, str(evaluation.cycle), folded(name)), document.path
            )
            if earlier != document.path:
                message = f"{shown(earlier, 200)} has the ratings of '{shown(name)}' for the same charter and cycle"
                yield document, self.problem(message, "Correct `rater:` in one of them, or delete the copy.", "rater")

    def _of(self, rival: Rival[Evaluation]) -> Iterator[Report]:
        model, real = rival.document.model, rival.real.path
        if model is None or model.cycle is None or rival.real.model is None or rival.real.model.cycle is None:
            return  # a copy by its name alone, of which another rule says so
        if rival.is_copy:
            message = f"this is a copy of {shown(real, 200)}, which is about the same charter and cycle, {model.cycle}"
            remedy = f"Take over into {real} what only this file has, then delete this file."
        else:
            message = f"{shown(real, 200)} is about the same charter and cycle, {model.cycle}, and is used"
            remedy = "Join the two, or correct the cycle of one."
        yield rival.document, self.problem(message, remedy, "cycle")


def _is_copy(found: KeptEvaluation) -> bool:
    return bool(original(found.document.stem))


class DateOutsideCycle(Rule):
    """An evaluation's date does not lie in its cycle.

    Why: evaluations are ordered by date; one of the two is probably a slip.
    Bad: cycle: 2025-26-autumn with date: 2026-02-03
    Good: cycle: 2025-26-spring with date: 2026-02-03
    Mend: correct the date or the cycle.
    """

    code = Code.DATE_OUTSIDE_CYCLE
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every evaluation with both."""
        for _, document, evaluation, _ in context.evaluations:
            cycle, when = evaluation.cycle, evaluation.date
            if cycle and when and not cycle.holds(when):
                message = f"the date {when} is not in {cycle}, which runs from {cycle.first} to {cycle.last}"
                terms = [Cycle(Cycle.containing(when.first).year, term if cycle.term else None) for term in TERMS]
                right = next(cycle for cycle in terms if cycle.holds(when))
                yield document, self.problem(message, f"That day lies in {right}.", "date")


class NotLookedAt(Rule):
    """What was said of aspects was copied from last time, and nobody has looked at it again.

    Why: last year's note would stand in this year's report as if somebody had written it.
    Bad: gate-greeting: {note: Two leaders every day, carried: 2024-25}
    Good: gate-greeting: {rating: green, note: Two leaders every day}
    Mend: rate the aspect, or write anything about it: the mark goes with the first answer.
    """

    code = Code.NOT_LOOKED_AT
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """Once a file, at the first of them."""
        for _, document, evaluation, _ in context.evaluations:
            carried = [at for at, entry in evaluation.entries if entry.carried is not None]
            if carried:
                many = counted(len(carried), "aspect")
                message = f"what stands of {many} was copied from last time, and nobody has looked at it again"
                remedy = "Go through them with 'charterkit evaluate'."
                yield document, self.problem(message, remedy, *carried[0], "carried")
