"""CK440, CK441 and CK445: what a visit says of itself, and whether its charter still says the same."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.findings import Code, Problem
from charterkit.insight.charter_text import text_hash
from charterkit.insight.visits.outcome import unseen
from charterkit.model.charter import Charter
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


class VisitUnseen(Rule):
    """A certification visit is met, and does not say who came or what was looked at.

    Why: a certificate that rests on it says that somebody was there and saw it; no certificate is issued for one
    without.
    Bad: outcome: met, and neither visitors nor anything looked at or noted
    Good: outcome: met, visitors: [{name: Helen Marsh}], looked_at: [{kind: walkthrough, note: The entrance}]
    Mend: name the visitors, and write what they looked at or whom they talked with; or take the outcome out.
    """

    code = Code.VISIT_UNSEEN
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every certification visit that is met."""
        for _, document, visit, _ in context.visits:
            if visit.purpose == "certification" and visit.outcome == "met" and (unsaid := unseen(visit)):
                message = f"the visit is said to be met. {' '.join(unsaid)}".removesuffix(".")
                remedy = "Write it down under 'visitors' and 'looked_at', or take the outcome out."
                yield document, self.problem(message, remedy, "outcome")


class CharterTextChanged(Rule):
    """A charter's text has changed since an evaluation was agreed or a visit recorded on it, and not its version.

    Why: what was agreed or found then may not hold for what the charter asks now, and a certificate speaks of its
    words.
    Bad: a charter of version 1 in which an aspect was written anew after the visit
    Good: the new text as version 2 of the charter
    Mend: make a new version of the charter for the new text; or look at it again, and agree or record it again.
    """

    code = Code.CHARTER_TEXT_CHANGED
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every evaluation and visit that keeps what the text was."""
        for _, document, evaluation, charter in context.evaluations:
            if self._differs(context, charter, evaluation.charter_text):
                yield document, self._changed(charter, "this was agreed", "Look at it again, then agree it again.")
        for _, found, visit, charter in context.visits:
            if self._differs(context, charter, visit.charter_text):
                yield found, self._changed(charter, "this visit", "It is to be looked at again.")

    def _differs(self, context: Context, charter: Charter | None, then: str | None) -> bool:
        if then is None or charter is None:
            return False
        return then != context.once(_texts).get((charter.id, charter.version), then)

    def _changed(self, charter: Charter | None, since: str, remedy: str) -> Problem:
        named = f"{shown(charter.id)}, version {shown(charter.version)}," if charter else "the charter"
        return self.problem(f"the text of {named} has changed since {since}", remedy, "charter_text")


def _texts(context: Context) -> dict[tuple[str, str], str]:
    """Each charter version's text as a hash."""
    found = context.workspace.charters
    return {version: text_hash(document.model) for version, document in found.items() if document.model}
