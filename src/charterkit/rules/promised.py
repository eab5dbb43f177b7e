"""CK219-CK221, CK503: words that say how often a promise is kept. They are asked what `calendar` asks of them."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.files.workspace import Document
from charterkit.findings import Code
from charterkit.insight.promises.kinds import PromiseKind, kind_of, why_unclear
from charterkit.model.policy import Commitment, Policy
from charterkit.model.recurrences import Recurrence
from charterkit.rules.base import Report, Rule, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown


class _Words(Rule):
    """What the rules of one kind of words share: which they look at, and what they say of each."""

    kind: PromiseKind
    is_ambiguous = False
    remedy = ""

    def check(self, context: Context) -> Iterator[Report]:
        """Every commitment of every policy in force."""
        for _, document, policy in context.policies_in_force:
            for commitment, when, place in _said(document, policy):
                found = kind_of(when, commitment.from_)
                if found is self.kind and (when.kind == "ambiguous") == self.is_ambiguous:
                    message = f"{shown(commitment.id)}: {self.said(when)}"
                    yield document, self.problem(message, self.remedy, "commitments", place, "when")

    def said(self, when: Recurrence) -> str:
        """What is wrong with them."""
        return shown(why_unclear(when)).replace("“", "'").replace("”", "'")


def _said(document: Document[Policy], policy: Policy) -> Iterator[tuple[Commitment, Recurrence, int]]:
    for number, commitment in enumerate(policy.commitments):
        if commitment.when is not None:
            yield commitment, commitment.when, position(document, ("commitments",), number)


class AmbiguousWhen(_Words):
    """Words that say how often something is promised mean two things.

    Why: dictionaries give "twice a week" and "every two weeks" for bi-weekly; one of them would be missed.
    Bad: when: bi-weekly
    Good: when: fortnightly
    Mend: write which of the two is meant.
    """

    code = Code.AMBIGUOUS_WHEN
    severity = Severity.WARNING
    kind = PromiseKind.NOT_UNDERSTOOD
    is_ambiguous = True
    remedy = "Write the one that is meant."


class WhenNotUnderstood(_Words):
    """Words that say how often something is promised are not understood.

    Why: the promise has no dates: it is in no calendar, and nobody is reminded of it.
    Bad: when: as often as possible
    Good: when: each half term
    Mend: say it in other words: docs/office.md lists those that are understood.
    """

    code = Code.WHEN_NOT_UNDERSTOOD
    severity = Severity.INFO
    kind = PromiseKind.NOT_UNDERSTOOD
    remedy = "Say it in other words, such as each term, every October or by 28 February."


class NoFirstDate(_Words):
    """A promise says how often, and not from when.

    Why: every six weeks may be any week of six, so that the promise has no dates.
    Bad: when: every 6 weeks
    Good: when: every 6 weeks, with from: 2026-09-09
    Mend: add the first date under `from`.
    """

    code = Code.NO_FIRST_DATE
    severity = Severity.INFO
    kind = PromiseKind.UNDATED
    remedy = "Add the first date beside it: 'from: 2026-09-09'."

    def said(self, when: Recurrence) -> str:
        """That the first date is missing."""
        return f"'{shown(when)}' does not say from when"


class NoFrequency(_Words):
    """A promise is made "regularly", or in other words that say no time.

    Why: nobody can keep, or check, a promise without a date.
    Bad: when: regularly
    Good: when: each term
    Mend: agree how often, and write it.
    """

    code = Code.NO_FREQUENCY
    severity = Severity.INFO
    kind = PromiseKind.VAGUE
    remedy = "Agree how often, such as monthly or each term."

    def said(self, when: Recurrence) -> str:
        """That nobody could keep it."""
        return f"'{shown(when)}' says no date that somebody could keep"
