"""In which terms reviews fall due, and a plan by which they lie less on top of one another."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date, timedelta

from charterkit.choices import TERMS
from charterkit.insight.policies.register import Registered
from charterkit.insight.policies.review_cycle import in_place, interval
from charterkit.insight.policies.reviews import too_late
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.model.dates import Cycle, PartialDate, TermDate
from charterkit.records import dataclass

AHEAD = 3
"""Terms over which reviews are spread: those that follow the one that runs."""
SOONEST = 3
"""No review is moved to before this part of its interval is over: a third."""


@dataclass(frozen=True, slots=True)
class TermPile:
    """The reviews of one term; `term` is None for those without a date."""

    term: TermDate | None
    policies: tuple[Registered, ...]


@dataclass(frozen=True, slots=True)
class MovedReview:
    """One review, the term it falls due in, and the one proposed."""

    policy: Registered
    due: TermDate
    proposed: TermDate


@dataclass
class SpreadPlan:
    """The reviews of the terms to come, as they stand and as they are proposed, in each term's order."""

    terms: tuple[TermDate, ...]
    before: tuple[int, ...]
    after: tuple[int, ...] = ()
    moves: list[MovedReview] = field(default_factory=list)


def term_of_due(due: PartialDate, school_days: SchoolDays) -> TermDate:
    """The term in which something can be done last that is due by a date: that of the last school day before it."""
    day = school_days.on_or_before(due.last)
    term = school_days.term_of(day)
    cycle = Cycle(term.year.year, term.season) if term else _by_months(day)
    return _known(cycle, school_days)


def by_term(found: Sequence[Registered]) -> list[TermPile]:
    """The policies in force by the term of their next review, earliest first; then those without a date."""
    piles: dict[str, list[Registered]] = {}
    terms: dict[str, TermDate] = {}
    undated: list[Registered] = []
    for policy in found:
        if not policy.is_in_force:
            continue
        if policy.next.due is None or policy.school_days is None:
            undated.append(policy)
            continue
        term = term_of_due(policy.next.due, policy.school_days)
        terms.setdefault(str(term), term)
        piles.setdefault(str(term), []).append(policy)
    made = [
        TermPile(terms[name], tuple(piles[name])) for name in sorted(piles, key=lambda name: terms[name].cycle.first)
    ]
    return [*made, *([TermPile(None, tuple(undated))] if undated else [])]


def spread(found: Sequence[Registered], today: date, school_days: SchoolDays) -> SpreadPlan:
    """A plan that evens out the terms to come. None moves to after its interval, or where there is a law to before it.

    A review with a month or term of its own stays, and so does one that is overdue, due in this term or kept elsewhere.
    """
    terms = tuple(_known(cycle, school_days) for cycle in _following(today, school_days))
    place = {str(term): number for number, term in enumerate(terms)}
    piles: list[list[Registered]] = [[] for _ in terms]
    for policy in found:
        due = policy.next.due if policy.is_in_force else None
        number = place.get(str(term_of_due(due, school_days))) if due is not None and due.last >= today else None
        if number is not None:
            piles[number].append(policy)
    plan = SpreadPlan(terms, tuple(map(len, piles)))
    sizes = list(plan.before)
    waiting = [[policy for policy in pile if _may_move(policy)] for pile in piles]
    while move := _next_move(terms, sizes, waiting):
        policy, source, goal = move
        waiting[source].remove(policy)
        sizes[source] -= 1
        sizes[goal] += 1
        plan.moves.append(MovedReview(policy, terms[source], terms[goal]))
    plan.moves.sort(key=lambda each: (each.proposed.first, each.policy.title.casefold(), each.policy.id))
    plan.after = tuple(sizes)
    return plan


def _next_move(
    terms: Sequence[TermDate], sizes: Sequence[int], waiting: Sequence[Sequence[Registered]]
) -> tuple[Registered, int, int] | None:
    """From a fuller term to an emptier one, the greatest difference first; the review that comes least often."""
    pairs = [(sizes[goal] - sizes[source], source, goal) for source in range(len(terms)) for goal in range(len(terms))]
    for difference, source, goal in sorted(pairs):
        if difference > -2:  # noqa: PLR2004 - with less nothing gets more even
            return None
        fit = [policy for policy in waiting[source] if _may_be_in(policy, terms[goal])]
        if fit:
            return min(fit, key=_ease), source, goal
    return None


def _ease(policy: Registered) -> tuple[bool, int, str, str]:
    every = interval(policy.policy.review)
    days = (every.after(PartialDate(2000, 1, 1)) if every else None) or PartialDate(2000)
    return bool(policy.policy.statutory), -days.last.toordinal(), policy.title.casefold(), policy.id


def _may_move(policy: Registered) -> bool:
    review = policy.policy.review
    has_place = review is not None and (review.month or review.term)
    return not has_place and not policy.document.loaded.problems and policy.policy.status != "under-review"


def _may_be_in(policy: Registered, term: TermDate) -> bool:
    """Whether a review may be moved to a term: neither too soon nor too late after the last one."""
    last, every, due = policy.last, interval(policy.policy.review), policy.next.due
    limit = every.after(last) if every and last else None
    if last is None or limit is None:
        return due is not None and term.last <= due.last
    soonest = last.last + (limit.last - last.last) / SOONEST
    if term.last < soonest:
        return False
    if term.last <= limit.last:
        return True
    is_free = not policy.policy.statutory
    return is_free and too_late(policy.policy.model_copy(update={"next_review": term})) is None


def _following(today: date, school_days: SchoolDays) -> Iterator[Cycle]:
    """The terms after the one that runs or comes next."""
    this = term_of_due(PartialDate.of(school_days.after(today - timedelta(days=1))), school_days).cycle
    for _ in range(AHEAD):
        number = TERMS.index(this.term) + 1 if this.term in TERMS else 0
        this = Cycle(this.year + number // len(TERMS), TERMS[number % len(TERMS)])
        yield this


def _known(cycle: Cycle, school_days: SchoolDays) -> TermDate:
    found = in_place(TermDate.in_term(cycle), school_days)
    return found if isinstance(found, TermDate) else TermDate.in_term(cycle)


def _by_months(day: date) -> Cycle:
    year = Cycle.containing(day)
    return next(term for name in TERMS if (term := Cycle(year.year, name)).first <= day <= term.last)
