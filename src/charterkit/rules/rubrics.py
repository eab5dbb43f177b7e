"""CK709 and CK710: what a level looks like here, and what comes next."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.findings import Code
from charterkit.rules.base import Report, Rule, aspects_of, is_said
from charterkit.rules.context import Context
from charterkit.text.english import alternatives, joined, plural
from charterkit.text.safe import shown


class MisplacedRubric(Rule):
    """An aspect says what a level looks like that the scale lacks, or what comes after the highest level.

    Why: the text would be shown nowhere.
    Bad: levels: {gold: Two leaders greet every day}, where the scale is red, amber, green
    Good: levels: {green: Two leaders greet every day}
    Mend: write the id of a level of the charter's scale; `next` says what takes a school from a level to the one above.
    """

    code = Code.MISPLACED_RUBRIC
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """`levels` and `next` of every aspect of every charter."""
        for document, charter in context.charters:
            if is_said(document, "scale") or not charter.levels:
                continue
            known = list(charter.levels)
            for aspect, at in aspects_of(document):
                for key, texts in (("levels", aspect.levels), ("next", aspect.next)):
                    for level in texts:
                        if level not in charter.levels:
                            message = f"{shown(aspect.id)}: '{shown(level)}' is not a level of the scale"
                            remedy = self.meant(context, document, level, known)
                            yield document, self.problem(message, remedy, *at, key, level, on_key=True)
                if known[-1] in aspect.next:
                    message = f"{shown(aspect.id)}: nothing comes after '{known[-1]}', the highest level"
                    remedy = f"Delete it, or write it for {alternatives(known[:-1])}."
                    yield document, self.problem(message, remedy, *at, "next", known[-1], on_key=True)


class IncompleteRubric(Rule):
    """An aspect says what some levels look like, and not what the others do.

    Why: whoever rates has nothing to tell the level without a text by. It may be left out where it goes without saying.
    Bad: levels: {red: Nobody greets, green: Two leaders greet every day}
    Good: levels: {red: Nobody greets, amber: Somebody greets on most days, green: Two leaders greet every day}
    Mend: write what the missing level looks like, or leave it.
    """

    code = Code.INCOMPLETE_RUBRIC
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """Every aspect with a rubric."""
        for document, charter in context.charters:
            if is_said(document, "scale"):
                continue
            for aspect, at in aspects_of(document):
                left = [level for level in charter.levels if level not in aspect.levels]
                if aspect.levels and left and len(left) < len(charter.levels) and not is_said(document, *at, "levels"):
                    looks = plural(len(left), "looks", "look")
                    message = f"{shown(aspect.id)}: nothing says what {joined(left)} {looks} like"
                    yield document, self.problem(message, "Write it, or leave it.", *at, "levels", on_key=True)
