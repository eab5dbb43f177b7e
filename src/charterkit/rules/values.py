"""CK2xx: the file as data. Most are found while it is read; the rest look at one file at a time."""

from collections.abc import Iterable, Iterator
from typing import Any

from charterkit.choices import Severity
from charterkit.files.load import UNREADABLE
from charterkit.files.workspace import Document
from charterkit.findings import Code, TreePath
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Evaluation, Rating
from charterkit.model.policy import Policy
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.model.survey import Survey
from charterkit.model.visit import VisitFinding
from charterkit.rules.base import Report, Rule, aspects_of, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown


class UnknownKey(Rule):
    """A key that does not belong here.

    Why: a misspelt key would silently lose what stands under it.
    Bad: ratign: amber
    Good: rating: amber
    Mend: spell it as the message says, or delete it.
    """

    code = Code.UNKNOWN_KEY


class MissingKey(Rule):
    """A key that must be there is missing.

    Why: without it the file cannot be placed or shown.
    Bad: an evaluation without `cycle`
    Good: cycle: 2025-26-autumn
    Mend: add it.
    """

    code = Code.MISSING_KEY


class Shape(Rule):
    """Text, a list or keys with values stand where one of the others belongs.

    Why: the value cannot be read.
    Bad: ideas: More tea
    Good: ideas: [More tea]
    Mend: write it in the form that the message names.
    """

    code = Code.WRONG_SHAPE


class NotAnId(Rule):
    """An id is not in small letters, digits and hyphens.

    Why: ids link files to each other; one form avoids near misses.
    Bad: Gate Greeting
    Good: gate-greeting
    Mend: write it as the message says.
    """

    code = Code.NOT_AN_ID


class NotADate(Rule):
    """A date is not written year-month-day.

    Why: 1/05/17 is May in Britain and January elsewhere.
    Bad: 1/05/17
    Good: 2017-05-01, 2017-05 or 2017
    Mend: write it as the message says.
    """

    code = Code.NOT_A_DATE


class NotACycle(Rule):
    """A cycle is not an academic year or one of its terms.

    Why: cycles are compared and sorted.
    Bad: 2025/26
    Good: 2025-26 or 2025-26-autumn
    Mend: write it as the message says.
    """

    code = Code.NOT_A_CYCLE


class NotAnInterval(Rule):
    """An interval is not a number and a unit.

    Why: the next review is worked out from it.
    Bad: every: annually
    Good: every: 1 year
    Mend: write years, months, weeks or days with a number, or live, or as needed; `check --fix` writes what it knows.
    """

    code = Code.NOT_AN_INTERVAL


class NotAChoice(Rule):
    """A word is not one of those this key knows.

    Why: the word decides how the entry is treated.
    Bad: status: finished
    Good: status: done
    Mend: write one of the words in the message.
    """

    code = Code.NOT_A_CHOICE


class NotANumber(Rule):
    """A count is not a whole number.

    Why: totals are added up.
    Bad: responses: about 190
    Good: responses: 187
    Mend: write digits only.
    """

    code = Code.NOT_A_NUMBER


class NotYesOrNo(Rule):
    """A value is neither yes nor no.

    Why: the key is a switch.
    Bad: shares_practice: maybe
    Good: shares_practice: yes
    Mend: write yes or no.
    """

    code = Code.NOT_YES_OR_NO


class BadForm(Rule):
    """A URN, DfE number, UKPRN, colour or language is not in its form.

    Why: other systems look these up.
    Bad: urn: URN 119774
    Good: urn: "119774"
    Mend: write it as the message says.
    """

    code = Code.BAD_FORM


class DuplicateId(Rule):
    """Two entries of one list share an id.

    Why: nobody can tell which is meant; only the first is used.
    Bad: two aspects with the id gate-greeting
    Good: gate-greeting and gate-farewell
    Mend: give one of them another id.
    """

    code = Code.DUPLICATE_ID

    def check(self, context: Context) -> Iterator[Report]:
        """Every list with ids, in every file."""
        for document in context.documents:
            if document.model is not None:
                yield from self._of(document, document.model)

    def _of(self, document: Document[Any], model: Any) -> Iterator[Report]:  # noqa: ANN401 - any file kind
        if document.kind is Charter:
            yield from self._twice(document, [(aspect.id, (*at, "id")) for aspect, at in aspects_of(document)])
        for key in _LISTS.get(type(model), ()):
            if key in model.model_fields_set:
                yield from self._twice(document, _ids(document, (key,), getattr(model, key)))

    def _twice(self, document: Document[Any], ids: list[tuple[str, TreePath]]) -> Iterator[Report]:
        seen: set[str] = set()
        for name, at in ids:
            if name in seen:
                yield (
                    document,
                    self.problem(f"the id '{shown(name)}' stands here a second time", "Choose another one.", *at),
                )
            seen.add(name)


_LISTS: dict[type[Any], tuple[str, ...]] = {
    Charter: ("key_points", "scale", "focus_groups", "pledge", "awards", "references"),
    Evaluation: ("actions",),
    Policy: ("commitments", "concerns", "references"),
    Survey: ("questions",),
}
"""The lists whose entries have ids, besides a charter's aspects."""


def _ids(document: Document[Any], way: TreePath, entries: Any) -> list[tuple[str, TreePath]]:  # noqa: ANN401
    """The ids of a list's entries and their places; not those that stand in for one that could not be read."""
    found = [(entry.id, (*way, position(document, way, number), "id")) for number, entry in enumerate(entries)]
    return [(name, at) for name, at in found if name and name != UNREADABLE]


class ReasonMissing(Rule):
    """An aspect is said not to apply, without a reason.

    Why: "not applicable" is neither better nor worse than anything, so it must not be a way round a hard question.
    Bad: rating: not-applicable
    Good: rating: not-applicable, with reason: We have no early years classes
    Mend: add a `reason`, or a rating.
    """

    code = Code.REASON_MISSING

    def check(self, context: Context) -> Iterator[Report]:
        """Every rating of a school and of a visitor."""
        for _, document, evaluation, _ in context.evaluations:
            yield from self._of(document, evaluation.entries)
        for _, found, visit, _ in context.visits:
            yield from self._of(found, ((("findings", name), entry) for name, entry in visit.findings.items()))

    def _of(
        self, document: Document[Any], entries: Iterable[tuple[TreePath, Rating | VisitFinding]]
    ) -> Iterator[Report]:
        for way, entry in entries:
            if entry.rating == NOT_APPLICABLE and not (entry.reason or "").strip():
                message = f"{shown(way[-1])}: not-applicable without a reason"
                yield document, self.problem(message, "Add a line 'reason: ...' below it.", *way, "rating")


class FutureDate(Rule):
    """An evaluation is dated after today.

    Why: a slip in the year would put it behind all later ones.
    Bad: date: 2052-10-14
    Good: date: 2025-10-14
    Mend: correct the date.
    """

    code = Code.FUTURE_DATE
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every evaluation."""
        for _, document, evaluation, _ in context.evaluations:
            when = evaluation.date
            if when is not None and when.first > context.today:
                yield document, self.problem(f"the date {when} has not come yet", "Check the year.", "date")
