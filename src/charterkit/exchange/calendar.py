"""Calendars as RFC 5545 has them (.ics), and the promises as one.

The same input gives the same bytes, and an import of a newer file updates the events of an older one instead of
doubling them: an event's UID names the workspace, what it is about and the period it stands for, never its date. Its
SEQUENCE grows with what the file says has happened (`insight/happened.py`), never with the time of a file, which a copy
does not share; where a date was moved without anything having happened, DTSTAMP, the day the calendar was made, tells
the newer one (RFC 5546, section 2.1.5). What is over comes as cancelled. No event makes its day look busy.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from charterkit import __version__
from charterkit.files.workspace import Workspace
from charterkit.insight.happened import MOST, address, sequence
from charterkit.insight.promises.kinds import PromiseKind
from charterkit.insight.promises.occurrence import Occurrence
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.saying import rhythm_words
from charterkit.insight.promises.school_days import DAY
from charterkit.insight.promises.year import AUDIENCE_WORDS, Planned
from charterkit.text.safe import leads_to, shown

if TYPE_CHECKING:
    from icalendar import Event

PRODID = f"-//charterkit//charterkit {__version__}//EN"
LONGEST = 4000
"""Characters of one line of people's text that a calendar gets."""
OVER = "No longer due: "
"""Before the title of what is cancelled, for programs that show it all the same."""
_WEEK = ("MO", "TU", "WE", "TH", "FR")


def uid(workspace: Workspace, kind: str, *parts: str) -> str:
    """The name of an event in all the world: what it is about, at which school, and whose workspace that is.

    One without an `id` has none to say, so that another workspace may call something else the same.
    """
    about = "/".join(part for part in (kind, *parts) if part)
    known = workspace.config.id
    return f"{about}@{known}.charterkit" if known else f"{about}@charterkit"


def event(
    name: str,
    summary: str,
    day_first: date,
    day_last: date,
    today: date,
    *,
    sequence: int,
    description: str = "",
    categories: Sequence[str] = (),
    url: str = "",
    is_over: bool = False,
) -> "Event":
    """An all-day event from its first to its last day. One that `is_over` is taken out of calendars that hold it.

    Texts may hold anything; what no calendar could show becomes U+FFFD. `description` may have several lines.
    """
    from icalendar import Event  # noqa: PLC0415 - only where a calendar is asked for

    made = Event()
    made.add("uid", line(name))
    made.add("dtstamp", datetime.combine(today, time(), UTC))
    made.add("sequence", min(sequence + is_over, MOST))
    if is_over:
        made.add("status", "CANCELLED")
    made.add("dtstart", day_first)
    made.add("dtend", day_last + DAY)
    made.add("summary", line(summary))
    if description:
        made.add("description", "\n".join(line(splitline) for splitline in description.splitlines()))
    if categories:
        made.add("categories", [line(category) for category in categories])
    if leads_to(url):
        made.add("url", leads_to(url))
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
        name = str(component["uid"])
        seen[name] += 1
        if seen[name] > 1:
            about, at, whose = name.rpartition("@")
            del component["uid"]
            component.add("uid", f"{about}-{seen[name]}{at}{whose}")
        made.add_component(component)
    return bytes(made.to_ical())


def promises_calendar(
    name: str,
    found: Collection[Planned],
    plan: YearPlan,
    today: date,
    *,
    is_many: bool,
    over: Collection[Planned] = (),
) -> bytes:
    """The promises with a date as a calendar; `is_many` where they are several schools', which it then names.

    Those that are `over`, as their policy holds no longer, are cancelled from today on.
    """
    events = [*_events(found, plan, today, is_many=is_many), *_events(over, plan, today, is_many=is_many, is_over=True)]
    return calendar_bytes(name, events)


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
        sequence=sequence(workspace, promise.path),
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
