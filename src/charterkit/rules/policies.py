"""CK5xx: policies and their dates."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.findings import Code
from charterkit.insight.policies.deciding import awaited, decided_by
from charterkit.insight.policies.reviews import last_review, next_review, too_late
from charterkit.insight.promises.kinds import UNSAID, kind_of
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.rules.base import Report, Rule, is_said, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown


class NoOwner(Rule):
    """A policy in force has no owner.

    Why: nobody is reminded when its review is due.
    Bad: a live policy without `owner`
    Good: owner: {role: Deputy headteacher}
    Mend: add the owner's role, or name.
    """

    code = Code.NO_OWNER
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every policy in force."""
        for _, document, policy in context.policies_in_force:
            is_named = policy.owner is not None and (policy.owner.name or policy.owner.role)
            if not is_named and not is_said(document, "owner"):
                yield document, self.problem("the policy has no owner", "Add 'owner: {role: ...}'.", "id", on_key=True)


class ReviewOverdue(Rule):
    """A policy's review is overdue.

    Why: families and inspectors may be reading something that no longer holds.
    Bad: next_review: 2024-09, and it is November 2026
    Good: a review entered in the history
    Mend: review the policy and add the event, or correct `next_review`.
    """

    code = Code.REVIEW_OVERDUE
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every policy in force, against today's date."""
        for folder, document, policy in context.policies_in_force:
            found = next_review(policy, SchoolDays.at(folder.workspace, folder.slug))
            if found.due is not None and found.source != "waiting" and found.is_overdue(context.today):
                at = "next_review" if found.source == "stated" else "review"
                message = f"the review was due by {found.due.spoken}"
                yield document, self.problem(message, "Review the policy and add it to 'history'.", at)


class DecisionAwaited(Rule):
    """A policy was reviewed, and the body that approves it has not decided yet.

    Why: a review by somebody else is no approval, whatever came of it; what was decided before holds until then.
    Bad: approver: {body: committee, name: Resources committee}, last reviewed by the deputy headteacher
    Good: the committee's approval in the history, after the review
    Mend: put it before the body, and record its decision: charterkit policy approve.
    """

    code = Code.DECISION_AWAITED
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every policy in force on which a body has to decide."""
        for _, document, policy in context.policies_in_force:
            event = awaited(policy)
            if event is not None:
                message = f"{event.event} {event.date.spoken}, and not yet decided on by {shown(decided_by(policy))}"
                place = position(document, ("history",), policy.history.index(event))
                yield document, self.problem(message, "Record the decision once it is made.", "history", place, "event")


class MonitoringUndated(Rule):
    """A policy is monitored "periodically", or in other words that no calendar can place.

    Why: nobody is reminded of the report, and those who wait for it cannot tell when it is late.
    Bad: monitored_by: [{who: Headteacher, reports_to: governing body, every: periodically}]
    Good: every: each term
    Mend: agree how often, and write it.
    """

    code = Code.MONITORING_UNDATED
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """Every policy in force: said once, of the first such line."""
        for _, document, policy in context.policies_in_force:
            vague = [
                (number, line.every)
                for number, line in enumerate(policy.monitored_by)
                if line.every is not None and kind_of(line.every, None) in UNSAID
            ]
            for number, every in vague[:1]:
                place = position(document, ("monitored_by",), number)
                message = f"'{shown(every)}' says no date by which anybody reports on the policy"
                remedy = "Agree how often, such as each term."
                yield document, self.problem(message, remedy, "monitored_by", place, "every")


class MoreThanAll(Rule):
    """More of the staff are said to have read a policy than there are.

    Why: one of the two numbers is wrong, and the register shows both.
    Bad: acknowledged: [{date: 2026-09-01, staff: 54, of: 45}]
    Good: acknowledged: [{date: 2026-09-01, staff: 45, of: 45}]
    Mend: correct the number that is wrong.
    """

    code = Code.MORE_THAN_ALL
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every count of every policy."""
        for _, document, policy in context.policies:
            for number, counted in enumerate(policy.acknowledged):
                if counted.of is not None and counted.staff > counted.of:
                    place = position(document, ("acknowledged",), number)
                    message = f"{counted.staff} of {counted.of} staff cannot have read it"
                    yield document, self.problem(message, "Correct one of the two.", "acknowledged", place, "staff")


class NoReview(Rule):
    """A policy in force has no next review and nothing it could be worked out from.

    Why: it would never come up again.
    Bad: a live policy without `review` and `next_review`
    Good: review: {every: 1 year}
    Mend: add the interval and the last review, or `every: live` for one that is always kept up to date.
    """

    code = Code.NO_REVIEW
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every policy in force."""
        for _, document, policy in context.policies_in_force:
            said = any(is_said(document, key) for key in ("next_review", "review", "issued", "history"))
            if next_review(policy).source == "unknown" and not said:
                message = "when the policy is next reviewed cannot be told"
                remedy = "Add 'review: {every: 1 year}' and when it was last reviewed."
                yield document, self.problem(message, remedy, "id", on_key=True)


class ReviewContradicts(Rule):
    """The stated next review is not after the last one.

    Why: one of the two dates is out of date; the interval from the last review is used instead.
    Bad: next_review: 2022-09 with a review in 2023-09
    Good: next_review: 2024-09
    Mend: correct or delete `next_review`.
    """

    code = Code.REVIEW_CONTRADICTS
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every policy in force with a stated date."""
        for _, document, policy in context.policies_in_force:
            if next_review(policy).contradicts:
                message = f"the stated next review, {policy.next_review}, is not after the last one"
                yield document, self.problem(message, "Correct it, or delete it.", "next_review")


class ReviewTooLate(Rule):
    """The stated next review is later than the interval allows.

    Why: one of the two does not hold: the policy says how often it is reviewed, and the date says something else.
    Bad: review: {every: 1 year}, last reviewed 2025-01, next_review: 2028-01
    Good: next_review: 2026-01
    Mend: correct `next_review` or `every`, or delete `next_review`, which is then worked out. A quarter of the
    interval is allowed for, since boards meet when they meet.
    """

    code = Code.REVIEW_TOO_LATE
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every policy in force with a stated date, an interval and a last review."""
        for _, document, policy in context.policies_in_force:
            derived, last = too_late(policy), last_review(policy)
            if derived is not None and last is not None and policy.review is not None:
                every = policy.review.every
                message = f"reviewed every {every} and last in {last.spoken}, the policy was due by {derived.spoken}"
                remedy = "Correct this date or 'every', or delete this line."
                yield document, self.problem(message, remedy, "next_review")


class HistoryOutOfOrder(Rule):
    """An event of the history is earlier than the one above it.

    Why: a history is read from top to bottom; a date out of its order is often a slip in the year.
    Bad: a review of 2023-09 above one of 2020-11
    Good: the review of 2020-11 above that of 2023-09
    Mend: correct the date, or move the line.
    """

    code = Code.HISTORY_OUT_OF_ORDER
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every policy, the drafts too; a history from the newest to the oldest is said once."""
        for _, document, policy in context.policies:
            history = policy.history
            back = [n for n in range(1, len(history)) if history[n].date.last < history[n - 1].date.first]
            upwards = any(history[n - 1].date.last < history[n].date.first for n in range(1, len(history)))
            for number in back if upwards else back[:1]:
                place = position(document, ("history",), number)
                before = history[number - 1].date.spoken
                message = f"{history[number].date.spoken} stands below {before}"
                remedy = "Correct the date, or put the events in order, the oldest first."
                yield document, self.problem(message, remedy, "history", place, "date")
