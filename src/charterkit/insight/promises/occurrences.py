"""On which days of an academic year a promise is kept."""

from charterkit.insight.promises.occurrence import Occurrence
from charterkit.insight.promises.rhythms import RULES
from charterkit.insight.promises.school_calendar import SchoolCalendar
from charterkit.model.policy import Commitment
from charterkit.model.recurrences import NEED_FROM


class YearPlan(SchoolCalendar):
    """One academic year's school days, and what falls on them. Make one and ask it for every promise."""

    def occurrences(self, commitment: Commitment) -> tuple[Occurrence, ...]:
        """When a commitment is kept in the year, in order; none where that cannot be said."""
        rule = RULES.get(commitment.when.kind) if commitment.when else None
        if rule is None or commitment.when is None or is_undated(commitment):
            return ()
        found = {
            each.first: each
            for each in rule(self, commitment.when.details, commitment.from_)
            if self._counts(each, commitment)
        }
        return tuple(found[day] for day in sorted(found))

    def _counts(self, found: Occurrence, commitment: Commitment) -> bool:
        begins = commitment.from_.first if commitment.from_ else self.first
        return max(begins, self.first) <= found.first <= self.last


def is_undated(commitment: Commitment) -> bool:
    """Whether its recurrence says how often but not from when, so that it has no dates."""
    return commitment.when is not None and commitment.when.kind in NEED_FROM and commitment.from_ is None
