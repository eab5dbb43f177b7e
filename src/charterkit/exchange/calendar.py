"""Calendars as RFC 5545 has them (.ics).

The same input gives the same bytes, and an import of a newer file updates the events of an older one instead of
doubling them: an event's UID names the workspace, what it is about and the period it stands for, never its date. Its
SEQUENCE grows with what the file says has happened (`insight/happened.py`), never with the time of a file, which a copy
does not share; where a date was moved without anything having happened, DTSTAMP, the day the calendar was made, tells
the newer one (RFC 5546, section 2.1.5). What is over comes as cancelled. No event makes its day look busy.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from charterkit import __version__
from charterkit.files.workspace import Workspace
from charterkit.insight.happened import MOST
from charterkit.insight.promises.school_days import DAY
from charterkit.text.safe import leads_to, shown

if TYPE_CHECKING:
    from icalendar import Event

PRODID = f"-//charterkit//charterkit {__version__}//EN"
LONGEST = 4000
"""Characters of one line of people's text that a calendar gets."""
OVER = "No longer due: "
"""Before the title of what is cancelled, for programs that show it all the same."""


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
