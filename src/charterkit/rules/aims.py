"""CK324: the level that a school means to reach."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.findings import Code
from charterkit.rules.base import Report, Rule
from charterkit.rules.context import Context
from charterkit.text.safe import shown


class TargetNotAhead(Rule):
    """A target is below the rating, or its day is before the evaluation's.

    Why: a target is where the school means to be later; this one is behind it, or its time was over when it was set.
    One that is as high as the rating has been reached, which reports say.
    Bad: {rating: amber, target: {level: red, by: 2025-07}}, in an evaluation of October 2025
    Good: {rating: amber, target: {level: green, by: 2026-07}}
    Mend: write a higher level and a later day, or take the target out.
    """

    code = Code.TARGET_NOT_AHEAD
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every target of an aspect or a key point."""
        for _, document, evaluation, charter in context.evaluations:
            ranks = charter.ranks if charter else {}
            for way, entry in evaluation.entries:
                target, name = entry.target, str(way[-1])
                if target is None:
                    continue
                if ranks.get(target.level, len(ranks)) < ranks.get(entry.rating or "", -1):
                    message = f"{shown(name)}: the target, {target.level}, is below the rating, {entry.rating}"
                    remedy = "Write a higher level, or take the target out."
                    yield document, self.problem(message, remedy, *way, "target", "level")
                if target.by and evaluation.date and target.by.last < evaluation.date.first:
                    message = f"{shown(name)}: {target.by} is before the evaluation's date, {evaluation.date}"
                    yield document, self.problem(message, "Write a later day.", *way, "target", "by")
