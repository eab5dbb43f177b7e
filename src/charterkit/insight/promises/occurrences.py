"""On which days of an academic year a promise is kept."""

from charterkit.insight.promises.occurrence import Occurrence
from charterkit.insight.promises.rhythms import RULES
from charterkit.insight.promises.school_calendar import SchoolCalendar
from charterkit.model.policy import Commitment


class YearPlan(SchoolCalendar):
    """One academic year's school days, and what falls on them. Make one and ask it for every promise."""

    def occurrences(self, commitment: Commitment) -> tuple[Occurrence, ...]:
        """When a commitment is kept in the year, in order; none where that cannot be said."""
        rule = RULES.get(commitment.when.kind) if commitment.when else None
        if rule is None or commitment.when is None:
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
