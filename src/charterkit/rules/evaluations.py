"""CK306 and CK308: a school's evaluations, each with its own cycle and date."""

from collections.abc import Iterator

from charterkit.choices import TERMS, Severity
from charterkit.files.load import UNREADABLE
from charterkit.findings import Code
from charterkit.model.dates import Cycle
from charterkit.rules.base import Report, Rule
from charterkit.rules.context import Context


class DuplicateEvaluation(Rule):
    """Two files of one school are about the same charter and cycle.

    Why: nobody can tell which holds; only the first by name is used.
    Bad: evaluations/a.yaml and b.yaml, both cycle: 2025-26
    Good: 2025-26-autumn and 2025-26-summer
    Mend: join them in one file, or correct the cycle of one.
    """

    code = Code.DUPLICATE_EVALUATION

    def check(self, context: Context) -> Iterator[Report]:
        """School by school."""
        seen: dict[tuple[str, str, Cycle], str] = {}
        for folder, document, evaluation, _ in context.evaluations:
            if evaluation.cycle is None or evaluation.charter == UNREADABLE:
                continue
            first = seen.setdefault((folder.slug, evaluation.charter, evaluation.cycle), document.path)
            if first != document.path:
                message = f"{first} is about the same charter and cycle, {evaluation.cycle}"
                yield document, self.problem(message, "Join the two, or correct the cycle of one.", "cycle")


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
