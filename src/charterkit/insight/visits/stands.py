"""How a visit stands: asked for, agreed, over without a record, held, or with what it ended in."""

from datetime import date

from charterkit.model.visit import Visit


def day_of(visit: Visit) -> date:
    """The last day it may be on, else when it was asked for; the beginning of time where neither is said."""
    when = visit.date or next(reversed(visit.agreed_dates), None) or visit.requested
    return when.last if when else date.min


def state_of(visit: Visit, today: date) -> str:
    """How it stands: its outcome, or requested, agreed, overdue or held."""
    if visit.outcome:
        return visit.outcome
    if visit.findings or (visit.support_log and day_of(visit) <= today):
        return "held"
    if visit.date or visit.agreed_dates:
        is_over = day_of(visit) < today
        return "overdue" if is_over and visit.purpose == "certification" else "held" if is_over else "agreed"
    return "requested" if visit.requested else "held"
