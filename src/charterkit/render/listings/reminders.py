"""What is due: a digest that a busy person reads in ten seconds, and the same for other programs."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from charterkit.choices import FAMILIES, ReviewState
from charterkit.files.workspace import Workspace
from charterkit.insight.addresses import Addresses
from charterkit.insight.evaluations.actions import open_actions
from charterkit.insight.policies.register import Registered, named
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.insight.reminder import DueState, Reminder
from charterkit.records import dataclass
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.shared.workbook import SheetColumn, SheetPage
from charterkit.text.english import counted, joined, plural, sentence

KEYS = (
    "kind",
    "school",
    "item",
    "title",
    "owner",
    "due",
    "due_by",
    "state",
    "days",
    "about",
    "path",
    "school_name",
    "owner_email",
)
SHEET = (
    SheetColumn("School", 24, "school_name"),
    SheetColumn("What", 44, "title"),
    SheetColumn("Kind", 20, "kind_words"),
    SheetColumn("Owner", 24, "owner"),
    SheetColumn("Owner’s email", 28, "owner_email"),
    SheetColumn("Due", 18, "due", is_date=True),
    SheetColumn("State", 14, "state"),
    SheetColumn("Days left", 10, "days"),
    SheetColumn("File", 40, "path"),
)
STATES = {DueState.OVERDUE: "▲ Overdue", DueState.DUE: "◆ Due", DueState.UPCOMING: "● Later"}
KINDS = {
    "review": "Policy review",
    "decision": "Decision on a policy",
    "monitoring": "Monitoring report",
    "action": "Action",
    "target": "Target",
    "duty": "Duty of the sign-up",
    "evaluation": "Self-evaluation",
    "visit": "Visit",
    "certificate": "Certificate",
    "commitment": "Promise",
}
NOBODY = "Nobody named"
TO_WHOM = {
    "parents": "parents and carers",
    "pupils": "pupils",
    "staff": "staff",
    "community": "the community",
    "governors": "governors",
}
_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Window:
    """From where the reminders are looked at: today, how many days ahead count as due, and the school days."""

    today: date
    ahead: int
    school_days: SchoolDays

    @property
    def back(self) -> date | None:
        """On the eve of a holiday and in it, when school begins again; None otherwise, and without stated terms."""
        return self.school_days.holiday_until(self.today + timedelta(days=1))

    @property
    def reach(self) -> int:
        """How many days ahead a message looks: before a holiday also at what a message in it would have named."""
        return self.ahead + ((self.back - self.today).days - 1 if self.back else 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One heading of the digest: what falls due up to a day that no heading before it holds."""

    heading: str
    until: date


def spans(today: date, school_days: SchoolDays) -> list[Stretch]:
    """Overdue, this week (to Sunday), this month, this term where one runs, then everything later.

    At the weekend the week is the one that comes.
    """
    is_weekend = today.weekday() >= _SATURDAY
    sunday = today + timedelta(days=_SUNDAY - today.weekday() + 7 * is_weekend)
    month = date(today.year, today.month, monthrange(today.year, today.month)[1])
    week = Stretch("The coming week" if is_weekend else "This week", sunday)
    found = [Stretch("Overdue", today - timedelta(days=1)), week, Stretch("This month", month)]
    term = school_days.term_of(today)
    if term and term.last > month:
        found.append(Stretch("This term", term.last))
    return [*found, Stretch("Later", date.max)]


def reminders_json(found: Sequence[Reminder], today: date, ahead: int) -> list[dict[str, Any]]:
    """The reminders as plain data; what the keys mean is written in docs/json.md."""
    addresses = Addresses(found[0].folder.workspace) if found else None

    def reached(reminder: Reminder) -> str | None:
        found = addresses.of(reminder) if addresses else []
        return ", ".join(dict.fromkeys(each.address for each in found if each.address)) or None

    return [
        {
            "kind": reminder.kind,
            "school": reminder.folder.slug,
            "item": reminder.item,
            "title": reminder.title,
            "owner": reminder.owner_name,
            "due": str(reminder.due),
            "due_by": reminder.due_by.isoformat(),
            "state": reminder.standing(today, ahead).value,
            "days": reminder.days(today),
            "about": reminder.about or None,
            "path": reminder.path,
            "school_name": reminder.folder.school.name,
            "owner_email": reached(reminder),
        }
        for reminder in found
    ]


def reminders_sheet(rows: Sequence[dict[str, Any]], title: str) -> SheetPage:
    """The same as a sheet of a workbook."""
    made = [{**row, "kind_words": KINDS[row["kind"]], "state": STATES[DueState(row["state"])]} for row in rows]
    late, soon = frozenset({STATES[DueState.OVERDUE]}), frozenset({STATES[DueState.DUE]})
    return SheetPage("What is due", f"{title}: what is due", SHEET, made, late, soon, stay=2)


Leads = Callable[[Reminder], str]
"""Where a reminder's title leads to; empty where it leads nowhere."""


def by_date(found: Sequence[Reminder], view: Window, home: str = "", leads: Leads | None = None) -> list[Section]:
    """The digest's own order: overdue first, then this week, this month, this term; in each, promises after the rest.

    `home` is the folder of the organisation that the page is about, which its rows need not name.
    """
    left, made = list(found), []
    for span in spans(view.today, view.school_days):
        here = [reminder for reminder in left if reminder.due_by <= span.until]
        left = [reminder for reminder in left if reminder.due_by > span.until]
        if here:
            made.append(_section(span.heading, sorted(here, key=_is_promise), view, home, leads))
    return made


def by_owner(found: Sequence[Reminder], view: Window, home: str = "") -> list[Section]:
    """A heading an owner, in the order of who has to act first; what nobody owns comes first of all.

    What several own stands under each of them.
    """
    owners = dict.fromkeys(named(person) for reminder in found for person in reminder.people)
    names = sorted(owners, key=lambda name: name is not None)
    return [
        _section(name or NOBODY, [each for each in found if name in map(named, each.people)], view, home)
        for name in names
    ]


def by_school(found: Sequence[Reminder], view: Window, _: str = "") -> list[Section]:
    """A heading a school, by name."""
    folders = {reminder.folder.slug: reminder.folder.school.name for reminder in found}
    slugs = sorted(folders, key=lambda slug: (folders[slug].casefold(), slug))
    return [
        _section(folders[slug], [reminder for reminder in found if reminder.folder.slug == slug], view, slug)
        for slug in slugs
    ]


ORDERS: dict[str, Callable[[Sequence[Reminder], Window, str], list[Section]]] = {
    "date": by_date,
    "owner": by_owner,
    "school": by_school,
}
"""What the headings of the digest may be."""


def _is_promise(reminder: Reminder) -> bool:
    return reminder.kind == "commitment"


def _section(heading: str, found: Sequence[Reminder], view: Window, home: str, leads: Leads | None = None) -> Section:
    return Section(
        heading, tuple(_row(reminder, view.today, home, leads(reminder) if leads else "") for reminder in found)
    )


def _row(reminder: Reminder, today: date, home: str, link: str = "") -> tuple[Cell, ...]:
    days = reminder.days(today)
    is_late = days < 0
    kind = ", ".join([kind_words(reminder), *([reminder.latest.spoken] if reminder.latest else [])])
    return (
        Cell(
            reminder.title,
            below=kind if reminder.folder.slug == home else f"{kind}, {reminder.folder.school.name}",
            link=link,
        ),
        Cell(reminder.owner_name or NOBODY),
        Cell(reminder.due.spoken, mark="▲" if is_late else "", tone="late" if is_late else "", below=when(days)),
    )


def when(days: int) -> str:
    """How far off a day is, as people say it: "3 days late", "today", "in 3 weeks"."""
    near = {-1: "1 day late", 0: "today", 1: "tomorrow"}
    if days in near:
        return near[days]
    many = _long(abs(days))
    return f"{many} late" if days < 0 else f"in {many}"


def _long(days: int) -> str:
    fortnight, quarter, year = 14, 90, 365
    if days < fortnight:
        return f"{days} days"
    if days < quarter:
        return f"{days // 7} weeks"
    if days < 2 * year:
        return f"{days // 30} months"
    return f"{days // year} years"


def kind_words(reminder: Reminder) -> str:
    """What it is; a promise by those to whom it is made: "Promise to governors"."""
    kind, whom = KINDS[reminder.kind], set(reminder.audiences)
    if whom and len(whom) > 1 and whom <= set(FAMILIES):
        return f"{kind} to families"
    words = [word for name, word in TO_WHOM.items() if name in whom]
    return f"{kind} to {', '.join(words)}" if words else kind


def summary(found: Sequence[Reminder], today: date, ahead: int) -> str:
    """The digest in one sentence."""
    time = {0: "today", 1: "by tomorrow"}.get(ahead, f"in the next {counted(ahead, 'day')}")
    if not found:
        return f"Nothing is overdue, and nothing falls due {time}."
    standing = [(reminder.standing(today, ahead), _is_promise(reminder)) for reminder in found]
    late = sum(state is DueState.OVERDUE for state, _ in standing)
    soon, kept = (standing.count((DueState.DUE, is_promise)) for is_promise in (False, True))
    later = len(found) - late - soon - kept
    due = joined([counted(soon, "thing")] * bool(soon) + [counted(kept, "promise")] * bool(kept))
    parts = [
        f"{counted(late, 'thing is', 'things are')} overdue" if late else "nothing is overdue",
        f"{due} {plural(soon + kept, 'falls', 'fall')} due {time}" if due else "",
        f"{counted(later, 'thing follows', 'things follow')} later" if later else "",
    ]
    return sentence("; ".join(part for part in parts if part))


MOST_NAMED = 5


def open_questions(policies: Sequence[Registered], home: str = "") -> tuple[str, ...]:
    """What no date can remind of: policies without a next review, and those on which somebody has yet to decide."""
    undated = [registered for registered in policies if registered.state is ReviewState.UNKNOWN]
    waiting = [
        (registered, registered.undecided.date.spoken)
        for registered in policies
        if registered.undecided and registered.state is not ReviewState.WAITING  # of those there are reminders
    ]
    has = f"{counted(len(undated), 'policy has', 'policies have')} no review date"
    waits = f"{counted(len(waiting), 'policy waits', 'policies wait')} for a decision"
    said = (
        (has, [_place(registered, home) for registered in undated]),
        (waits, [f"{_place(registered, home)}, since {when}" for registered, when in waiting]),
    )
    return tuple(sentence(f"{words}: {'; '.join(_some(names))}") for words, names in said if names)


def undated_actions(workspace: Workspace, slug: str) -> tuple[str, ...]:
    """The open actions of a school that no date can remind of."""
    found = [tracked.action for tracked in open_actions(workspace.school(slug)) if tracked.action.due is None]
    has = f"{counted(len(found), 'open action has', 'open actions have')} no date"
    return (sentence(f"{has}: {'; '.join(_some([action.action for action in found]))}"),) if found else ()


def _place(registered: Registered, home: str) -> str:
    return (
        registered.title if registered.folder.slug == home else f"{registered.title} ({registered.folder.school.name})"
    )


def _some(names: Sequence[str]) -> list[str]:
    rest = len(names) - MOST_NAMED
    return [*names[:MOST_NAMED], *([f"and {rest} more"] if rest > 0 else [])]


def digest(
    found: Sequence[Reminder],
    title: str,
    view: Window,
    order: str = "date",
    home: str = "",
    *,
    notes: tuple[str, ...] = (),
    footer: tuple[str, ...] = (),
) -> Listing:
    """The reminders as people read them. `home` is the folder of the one organisation that `title` names."""
    return Listing(
        "What is due",
        title,
        (summary(found, view.today, view.ahead),),
        (Column("What", share=50), Column("Owner", share=26), Column("Due", is_fixed=True, share=24)),
        tuple(ORDERS[order](found, view, home)),
        spoken(view.today),
        subtitle=f"as of {spoken(view.today)}",
        notes=notes,
        footer=footer,
        empty="",
    )
