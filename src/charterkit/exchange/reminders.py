"""What is due as a calendar (.ics): an all-day event for each thing, and alarms before it.

Nothing stands before today: what is overdue stands on today, or where there is no school on the next school day. Alarms
are told by the time from the beginning of their event's day, which belongs to no time zone: eight in the morning is
eight where the calendar is read, in summer too. None is in the past, and the nearest comes first, as Outlook keeps one.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from charterkit.exchange.calendar import OVER, calendar_bytes, event, line, uid
from charterkit.files.workspace import Workspace
from charterkit.insight.happened import address, sequence
from charterkit.insight.promises.school_days import DAY, SchoolDays
from charterkit.insight.reminder import Reminder
from charterkit.insight.telling import STEPS
from charterkit.records import dataclass
from charterkit.text.safe import leads_to

if TYPE_CHECKING:
    from icalendar import Alarm, Event

MORNING = timedelta(hours=8)
WORDS = {
    "review": "Review",
    "decision": "Decide",
    "monitoring": "Monitoring",
    "action": "Action",
    "target": "Target",
    "duty": "Duty",
    "evaluation": "Self-evaluation",
    "visit": "Visit",
    "certificate": "Certificate ends",
    "commitment": "Promise",
}


def alarms(workspace: Workspace) -> tuple[int, ...]:
    """The days before on which a calendar rings here."""
    said = workspace.config.reminders
    chosen = (said.steps if said.alarms is None else said.alarms) if said else None
    return STEPS if chosen is None else tuple(alarm.days for alarm in chosen)


def reminders_calendar(
    name: str, found: Iterable[Reminder], workspace: Workspace, today: date, over: Iterable[Reminder] = ()
) -> bytes:
    """Everything with a date as a calendar, and what is `over` as cancelled. Each by its own school's terms."""
    return calendar_bytes(name, reminder_events(found, workspace, today, over))


def reminder_events(
    found: Iterable[Reminder], workspace: Workspace, today: date, over: Iterable[Reminder] = ()
) -> list["Event"]:
    """The event of each, the same in every calendar; what is `over` as cancelled."""
    view = _View(workspace, today, alarms(workspace))
    events = [_event(reminder, view) for reminder in found]
    return [*events, *(_event(reminder, view, is_over=True) for reminder in over)]


@dataclass(frozen=True, slots=True)
class _View:
    """From where the reminders are looked at, and how many days before they are due a calendar says so."""

    workspace: Workspace
    today: date
    before: Sequence[int]

    def school_days(self, reminder: Reminder) -> SchoolDays:
        """Those of the organisation that it is about, in whichever file it stands."""
        return SchoolDays.at(self.workspace, reminder.folder.slug)

    def first(self, reminder: Reminder) -> date:
        """Today, or where there is no school the next school day: nothing stands before it."""
        days = self.school_days(reminder)
        return self.today if days.is_school_day(self.today) else days.after(self.today)


def _event(reminder: Reminder, view: _View, *, is_over: bool = False) -> "Event":
    owner = reminder.owner_name
    is_late = _is_late(reminder, view)
    day = view.first(reminder) if is_late else reminder.due_by
    link = address(view.workspace, reminder.path)
    lines = (
        line(reminder.folder.school.name),
        f"Owner: {line(owner)}" if owner else "Nobody is named as the owner.",
        f"{'Was due' if is_late else 'Due'}: {reminder.due_words}",
        f"From: {reminder.path}",
        f"Read it at: {leads_to(link)}" if leads_to(link) else "",
    )
    state = OVER if is_over else f"OVERDUE since {reminder.due.spoken}: " if is_late else ""
    made = event(
        _uid(view.workspace, reminder),
        f"{state}{WORDS[reminder.kind]}: {reminder.title} ({reminder.folder.school.name})",
        day,
        day,
        view.today,
        sequence=sequence(view.workspace, reminder.path, view.today),
        description="\n".join(text for text in lines if text),
        categories=[WORDS[reminder.kind]],
        url=link,
        is_over=is_over,
    )
    for alarm in () if is_over else _alarm_days(reminder, view):
        made.add_component(_alarm(reminder.title, alarm - day + MORNING))
    return made


def _uid(workspace: Workspace, reminder: Reminder) -> str:
    """What it is about, never when: the kind, the school, what it belongs to, the thing, and which of several.

    A promise is called the same in the year's calendar; in a workspace without an id as it has always been.
    """
    kind, *parts = reminder.key
    is_promise = kind == "commitment" and workspace.config.id is not None
    return uid(workspace, "promise" if is_promise else kind, *parts)


def _is_late(reminder: Reminder, view: _View) -> bool:
    """Nobody records that a report was made: what is over is not late."""
    return reminder.due_by < view.today and reminder.kind != "monitoring"


def _alarm_days(reminder: Reminder, view: _View) -> list[date]:
    """The last school day up to each of the days before; of what is overdue, the next school day. Each day once.

    Only what is to come, the nearest first. A promise comes again and again: of the days before, the last will do.
    """
    school_days = view.school_days(reminder)
    if _is_late(reminder, view):
        return [school_days.after(view.today)]
    before = view.before
    if reminder.kind == "commitment":
        before = sorted(before, key=lambda number: (number == 0, number))[:1]
    days = {school_days.on_or_before(reminder.due_by - number * DAY) for number in before}
    return sorted(day for day in days if day > view.today)


def _alarm(title: str, trigger: timedelta) -> "Alarm":
    from icalendar import Alarm  # noqa: PLC0415 - only where a calendar is asked for

    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", line(title))
    made.add("trigger", trigger)
    return made
