"""Calendars as RFC 5545 has them (.ics), and the promises as one.

The same input gives the same bytes, and an import of a newer file updates the events of an older one instead of
doubling them: an event's UID names what it is about and the period it stands for, never its date, and its SEQUENCE
grows when the date moves. As nothing is remembered between two calls, SEQUENCE is the time of the last change to what
the date comes from, the file and the settings, in seconds since 2000. No event makes its day look busy.
"""

import contextlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from charterkit import __version__
from charterkit.files.workspace import SETTINGS, Workspace
from charterkit.insight.promises.kinds import PromiseKind
from charterkit.insight.promises.occurrence import Occurrence
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.saying import rhythm_words
from charterkit.insight.promises.school_days import DAY
from charterkit.insight.promises.year import AUDIENCE_WORDS, Planned
from charterkit.text.safe import shown

if TYPE_CHECKING:
    from icalendar import Event

PRODID = f"-//charterkit//charterkit {__version__}//EN"
START = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())
MOST = 2**31 - 1
"""The largest integer of RFC 5545, section 3.3.8; reached in 2068."""
LONGEST = 4000
"""Characters of one line of people's text that a calendar gets."""
_WEEK = ("MO", "TU", "WE", "TH", "FR")


def last_change(workspace: Workspace, path: str) -> int:
    """When a file of the workspace, or its settings, was last written to, in seconds since 2000."""
    times = [0]
    for text in (path, SETTINGS):
        with contextlib.suppress(OSError, ValueError):
            times.append(int((workspace.root / text).stat().st_mtime) - START)
    return min(max(times), MOST)


def event(
    uid: str,
    summary: str,
    day_first: date,
    day_last: date,
    today: date,
    *,
    sequence: int,
    description: str = "",
    categories: Sequence[str] = (),
) -> "Event":
    """An all-day event from its first to its last day.

    Texts may hold anything; what no calendar could show becomes U+FFFD. `description` may have several lines.
    """
    from icalendar import Event  # noqa: PLC0415 - only where a calendar is asked for

    made = Event()
    made.add("uid", line(uid))
    made.add("dtstamp", datetime.combine(today, time(), UTC))
    made.add("sequence", sequence)
    made.add("dtstart", day_first)
    made.add("dtend", day_last + DAY)
    made.add("summary", line(summary))
    if description:
        made.add("description", "\n".join(line(splitline) for splitline in description.splitlines()))
    if categories:
        made.add("categories", [line(category) for category in categories])
    made.add("transp", "TRANSPARENT")
    return made


def line(text: str) -> str:
    """People's text as one line that a calendar can show."""
    return shown(text, LONGEST)


def calendar_bytes(name: str, events: Iterable["Event"]) -> bytes:
    """The file of a calendar of this name. Of events with one UID each further one gets a number behind it."""
    from icalendar import Calendar  # noqa: PLC0415 - as above

    made = Calendar()
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", line(name))
    seen: Counter[str] = Counter()
    for component in events:
        uid = str(component["uid"])
        seen[uid] += 1
        if seen[uid] > 1:
            del component["uid"]
            component.add("uid", f"{uid}-{seen[uid]}")
        made.add_component(component)
    return bytes(made.to_ical())


def promises_calendar(name: str, found: Collection[Planned], plan: YearPlan, today: date, *, is_many: bool) -> bytes:
    """The promises with a date as a calendar; `is_many` where they are several schools', which it then names."""
    return calendar_bytes(name, _events(found, plan, today, is_many=is_many))


def _events(found: Collection[Planned], plan: YearPlan, today: date, *, is_many: bool) -> Iterator["Event"]:
    for planned in found:
        for occurrence in planned.occurrences:
            made = _event(planned, occurrence, today, planned.promise.folder.school.name if is_many else "")
            if planned.kind is PromiseKind.DAILY:
                _repeat_each_school_day(made, occurrence, planned.plan or plan)
            yield made


def _event(planned: Planned, occurrence: Occurrence, today: date, school: str) -> "Event":
    promise = planned.promise
    policy, commitment = promise.policy, promise.commitment
    lines = (
        line(school),
        f"Policy: {line(policy.title)}",
        f"Who sees to it: {line(promise.owner)}" if promise.owner else "",
        f"How often: {line(rhythm_words(commitment.when, commitment.from_))}",
    )
    return event(
        f"promise/{promise.folder.slug}/{policy.id}/{commitment.id}/{occurrence.period}@charterkit",
        f"{commitment.what} ({school})" if school else commitment.what,
        occurrence.first,
        occurrence.first if planned.kind is PromiseKind.DAILY else occurrence.last,
        today,
        sequence=last_change(promise.folder.workspace, promise.path),
        description="\n".join(text for text in lines if text),
        categories=[AUDIENCE_WORDS[name] for name in promise.audiences],
    )


def _repeat_each_school_day(made: "Event", occurrence: Occurrence, plan: YearPlan) -> None:
    """One event a term: every weekday, less those without school."""
    weekdays = (occurrence.first + number * DAY for number in range((occurrence.last - occurrence.first).days + 1))
    free = [day for day in weekdays if day.weekday() < len(_WEEK) and not plan.is_school_day(day)]
    made.add("rrule", {"FREQ": "WEEKLY", "UNTIL": occurrence.last, "BYDAY": list(_WEEK)})
    if free:
        made.add("exdate", free, parameters={"VALUE": "DATE"})
