"""CK440 and CK441: what a visit says of itself, and whether its charter still says the same."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.findings import Code
from charterkit.insight.charter_text import text_hash
from charterkit.model.visit import Visit
from charterkit.rules.base import Report, Rule
from charterkit.rules.context import Context
from charterkit.text.safe import shown


class VisitContradicts(Rule):
    """A visit says two things of itself that do not go together.

    Why: whoever reads it cannot tell what came of it, and no certificate can rest on it.
    Bad: purpose: support, with outcome: met
    Good: purpose: certification, with outcome: met
    Mend: correct the one that is wrong.
    """

    code = Code.VISIT_CONTRADICTS
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every visit."""
        for _, document, visit, _ in context.visits:
            for key, message, remedy in _at_odds(visit, context):
                yield document, self.problem(message, remedy, key, on_key=key in ("findings", "certificate", "answer"))


def _at_odds(visit: Visit, context: Context) -> Iterator[tuple[str, str, str]]:
    is_over = bool(visit.findings) or visit.outcome is not None
    if visit.outcome and visit.purpose == "support":
        yield "outcome", "only a certification visit has an outcome", "Correct the purpose, or take the outcome out."
    if visit.certificate and visit.outcome != "met":
        message = "there is a certificate, and the visit is not said to be met"
        yield "certificate", message, "Write 'outcome: met', or take the certificate out."
    if visit.date and visit.date.first > context.today and is_over:
        message = f"the visit of {visit.date} has not come yet, and something is said to have been found"
        yield "date", message, "Check the year."
    if visit.answer and not is_over and not visit.summary:
        yield "answer", "the school answers, and the visitor has written nothing", "Take the answer out."


class CharterTextChanged(Rule):
    """The charter's text is not the one that a visit was recorded against, and its version is the same.

    Why: what was found then may not hold for what the charter asks now.
    Bad: a charter of version 1 in which an aspect was written anew after the visit
    Good: the new text as version 2 of the charter
    Mend: make a new version of the charter for the new text, or look at the visit again and take the line out.
    """

    code = Code.CHARTER_TEXT_CHANGED
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every visit that keeps what the text was."""
        for _, document, visit, charter in context.visits:
            if (
                visit.charter_text
                and charter
                and visit.charter_text != context.once(_texts)[charter.id, charter.version]
            ):
                message = (
                    f"the text of {shown(charter.id)}, version {shown(charter.version)}, has changed since this visit"
                )
                yield document, self.problem(message, "It is to be looked at again.", "charter_text")


def _texts(context: Context) -> dict[tuple[str, str], str]:
    """Each charter version's text as a hash."""
    found = context.workspace.charters
    return {version: text_hash(document.model) for version, document in found.items() if document.model}
