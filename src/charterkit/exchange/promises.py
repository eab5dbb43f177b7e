"""The promises of a year as a calendar (.ics): an all-day event each time one is kept."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from charterkit.exchange.calendar import OVER, calendar_bytes, event, line, uid
from charterkit.exchange.reminders import reminder_events
from charterkit.files.workspace import Workspace
from charterkit.insight.happened import address, sequence
from charterkit.insight.promises.kinds import PromiseKind
from charterkit.insight.promises.occurrence import Occurrence
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.saying import rhythm_words
from charterkit.insight.promises.school_days import DAY
from charterkit.insight.promises.year import AUDIENCE_WORDS, Planned
from charterkit.insight.reminder import Reminder

if TYPE_CHECKING:
    from icalendar import Event

_WEEK = ("MO", "TU", "WE", "TH", "FR")


def promises_calendar(
    name: str,
    found: Collection[Planned],
    plan: YearPlan,
    today: date,
    *,
    is_many: bool,
    over: Collection[Planned] = (),
    workspace: Workspace | None = None,
    beside: Iterable[Reminder] = (),
    beside_over: Iterable[Reminder] = (),
) -> bytes:
    """The promises with a date as a calendar; `is_many` where they are several schools', which it then names.

    Those that are `over`, as their policy holds no longer, are cancelled from today on. What stands `beside` them in a
    `workspace` has the events that it has among the reminders.

    """
    events = [*_events(found, plan, today, is_many=is_many), *_events(over, plan, today, is_many=is_many, is_over=True)]
    more = reminder_events(beside, workspace, today, beside_over) if workspace else ()
    return calendar_bytes(name, [*events, *more])


def _events(
    found: Collection[Planned], plan: YearPlan, today: date, *, is_many: bool, is_over: bool = False
) -> Iterator["Event"]:
    for planned in found:
        for occurrence in planned.occurrences:
            if is_over and occurrence.last < today:
                continue
            school = planned.promise.folder.school.name if is_many else ""
            made = _event(planned, occurrence, today, school, is_over=is_over)
            if planned.kind is PromiseKind.DAILY and not is_over:
                _repeat_each_school_day(made, occurrence, planned.plan or plan)
            yield made


def _event(planned: Planned, occurrence: Occurrence, today: date, school: str, *, is_over: bool) -> "Event":
    promise = planned.promise
    policy, commitment, workspace = promise.policy, promise.commitment, promise.folder.workspace
    lines = (
        line(school),
        f"Policy: {line(policy.title)}",
        f"Who sees to it: {line(promise.owner)}" if promise.owner else "",
        f"How often: {line(rhythm_words(commitment.when, commitment.from_))}",
    )
    what = f"{OVER * is_over}{commitment.what}"
    return event(
        uid(workspace, "promise", promise.folder.slug, policy.id, commitment.id, occurrence.period),
        f"{what} ({school})" if school else what,
        occurrence.first,
        occurrence.first if planned.kind is PromiseKind.DAILY else occurrence.last,
        today,
        sequence=sequence(workspace, promise.path, today),
        description="\n".join(text for text in lines if text),
        categories=[AUDIENCE_WORDS[name] for name in promise.audiences],
        url=address(workspace, promise.path),
        is_over=is_over,
    )


def _repeat_each_school_day(made: "Event", occurrence: Occurrence, plan: YearPlan) -> None:
    """One event a term: every weekday, less those without school."""
    weekdays = (occurrence.first + number * DAY for number in range((occurrence.last - occurrence.first).days + 1))
    free = [day for day in weekdays if day.weekday() < len(_WEEK) and not plan.is_school_day(day)]
    made.add("rrule", {"FREQ": "WEEKLY", "UNTIL": occurrence.last, "BYDAY": list(_WEEK)})
    if free:
        made.add("exdate", free, parameters={"VALUE": "DATE"})
