"""What is due as a calendar (.ics): an all-day event for each thing, and alarms before it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from charterkit.exchange.calendar import calendar_bytes, event, last_change, line
from charterkit.files.workspace import Workspace
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.insight.reminders import Reminder

if TYPE_CHECKING:
    from icalendar import Alarm, Event

ALARMS = (60, 30, 7)
"""Days before something is due on which a calendar reminds, where the settings do not say."""
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
    """The days before on which a calendar reminds here."""
    said = workspace.config.reminders
    return ALARMS if said is None or said.alarms is None else tuple(alarm.days for alarm in said.alarms)


def reminders_calendar(
    name: str, found: Iterable[Reminder], workspace: Workspace, today: date, school_days: SchoolDays
) -> bytes:
    """Everything with a date as a calendar. An alarm that would fall on a day without school comes before it."""
    before = alarms(workspace)
    return calendar_bytes(name, (_event(reminder, workspace, today, school_days, before) for reminder in found))


def _event(
    reminder: Reminder, workspace: Workspace, today: date, school_days: SchoolDays, before: Sequence[int]
) -> "Event":
    owner = reminder.owner_name
    lines = (
        line(reminder.folder.school.name),
        f"Owner: {line(owner)}" if owner else "Nobody is named as the owner.",
        f"Due: {reminder.due.spoken}",
        f"From: {reminder.path}",
    )
    is_late = reminder.due_by < today
    made = event(
        _uid(reminder),
        f"{'OVERDUE: ' * is_late}{WORDS[reminder.kind]}: {reminder.title} ({reminder.folder.school.name})",
        reminder.due_by,
        reminder.due_by,
        today,
        sequence=last_change(workspace, reminder.path),
        description="\n".join(lines),
        categories=[WORDS[reminder.kind]],
    )
    if reminder.kind == "commitment":  # it comes again and again: the last alarm will do
        before = sorted(before)[:1]
    for alarm in (
        [_alarm_now(today, school_days, reminder.title)] if is_late else _alarms(reminder, before, school_days)
    ):
        made.add_component(alarm)
    return made


def _uid(reminder: Reminder) -> str:
    """What it is about, never when: the kind, the school, what it belongs to, the thing, and which of several."""
    parts = (reminder.kind, reminder.folder.slug, reminder.about, reminder.item, reminder.period)
    return f"{'/'.join(part for part in parts if part)}@charterkit"


def _alarms(reminder: Reminder, before: Sequence[int], school_days: SchoolDays) -> "Iterator[Alarm]":
    """At eight in the morning, on the last school day up to each of the days before; each day once."""
    days = {school_days.on_or_before(reminder.due_by - timedelta(days=number)) for number in before}
    for day in sorted(days):
        yield _alarm(reminder.title, day - reminder.due_by + MORNING)


def _alarm_now(today: date, school_days: SchoolDays, title: str) -> "Alarm":
    """Of something overdue, whose day no alarm before it can name any more: on the next school day."""
    day = school_days.after(today)
    return _alarm(title, datetime.combine(day, time(), UTC) + MORNING)


def _alarm(title: str, trigger: timedelta | datetime) -> "Alarm":
    from icalendar import Alarm  # noqa: PLC0415 - only where a calendar is asked for

    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", line(title))
    made.add("trigger", trigger)
    return made
