"""What a body has to decide at a meeting: as a listing, for Word, as an email to be sent, and for other programs."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from charterkit.files.workspace import Workspace
from charterkit.files.yaml.emit import inline
from charterkit.insight.policies.agenda import Agenda, AgendaItem, Decision, agenda
from charterkit.insight.policies.choosing import warn_of_unread_policies, whole_name
from charterkit.insight.policies.register import Registered
from charterkit.records import dataclass
from charterkit.render.engine.environment import render
from charterkit.render.engine.paper import Paper
from charterkit.render.engine.word import Lines, WordDocument
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.shared.voice import Voice
from charterkit.text.english import counted, joined, number, sentence
from charterkit.text.safe import in_header, visible

KEYS = ("body", "meeting", "why", "school", "policy", "title", "version", "owner", "due", "detail")
HEADINGS = {
    Decision.WAITING: "Waiting for a decision",
    Decision.FIRST: "For the first time",
    Decision.DUE: "Due for review",
}
_COLUMNS = (
    Column("Policy", share=36),
    Column("What there is to decide", share=38),
    Column("Owner", share=26),
)


@dataclass(frozen=True, slots=True)
class MeetingAgenda:
    """An agenda, and whose policies it is about."""

    agenda: Agenda
    whose: str
    today: date
    root: Path
    is_many: bool
    keys: Sequence[str] = KEYS

    @property
    def view(self) -> Listing:
        """As people read it."""
        made = self.agenda
        sections = (
            Section(heading, tuple(_row(item, is_many=self.is_many) for item in made.items if item.why is why))
            for why, heading in HEADINGS.items()
        )
        day = f"meeting on {spoken(made.meeting)}" if made.meeting else "next meeting"
        return Listing(
            "Agenda",
            f"{made.body}: {day}",
            (_lead(made),),
            _COLUMNS,
            tuple(section for section in sections if section.rows),
            spoken(self.today),
            subtitle=self.whose,
            notes=_notes(made),
            empty="There is nothing to decide.",
        )

    @property
    def data(self) -> list[dict[str, Any]]:
        """For programs, a policy a row."""
        made = self.agenda
        return [
            {
                "body": made.body,
                "meeting": made.meeting.isoformat() if made.meeting else None,
                "why": item.why.value,
                "school": item.registered.folder.slug,
                "policy": item.registered.id,
                "title": item.registered.title,
                "version": _version(item.registered),
                "owner": item.registered.owner,
                "due": str(item.due) if item.due else None,
                "detail": detail(item) or None,
            }
            for item in made.items
        ]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The same."""
        return self.data


def meeting_agenda(
    workspace: Workspace, today: date, voice: Voice, *, body: str, school: str | None = None, on: date | None = None
) -> MeetingAgenda:
    """What a body has to decide, at a meeting on a day or its next one. Raises CharterkitError for no known body."""
    slug = workspace.school(school).slug if school else None
    made = agenda(workspace, today, body, slug, on)
    warn_of_unread_policies(workspace, slug, voice.warn)
    is_many = len({item.registered.folder.slug for item in made.items}) > 1
    return MeetingAgenda(made, whole_name(workspace, slug), today, workspace.root, is_many)


def _lead(made: Agenda) -> str:
    count = Counter(item.why for item in made.items)
    parts = {
        "waiting for a decision": count[Decision.WAITING],
        "for the first time": count[Decision.FIRST],
        f"due for review before {spoken(made.until)}": count[Decision.DUE],
    }
    said = [(many, what) for what, many in parts.items() if many]
    if not said:
        return "No policy is to be decided on."
    whole = counted(len(made.items), "policy", "policies")
    if len(said) == 1:
        return sentence(f"{whole} {said[0][1]}")
    return sentence(f"{whole}: {joined([f'{number(many)} {what}' for many, what in said])}")


def _notes(made: Agenda) -> tuple[str, ...]:
    if not made.is_stated:
        line = f"meetings: [{{body: {inline(made.body)}, date: {made.until.isoformat()}}}]"
        return (f"No meeting of {made.body} is stated. Write its meetings in charterkit.yaml: {line}",)
    if made.meeting is None:
        return (f"All stated meetings of {made.body} are over: add the next one to 'meetings' in charterkit.yaml.",)
    if made.following is None:
        return (f"No later meeting is stated: what is due before {spoken(made.until)} is listed.",)
    return ()


def _row(item: AgendaItem, *, is_many: bool) -> tuple[Cell, ...]:
    each = item.registered
    version = _version(each)
    below = [f"version {version}" if version else "", each.folder.school.name if is_many else ""]
    mark = "▲" if item.why is Decision.WAITING else ""
    return (
        Cell(each.title, below=", ".join(part for part in below if part)),
        Cell(_what(item), mark=mark, below=detail(item)),
        Cell(each.owner or "Nobody named"),
    )


def _version(each: Registered) -> str | None:
    """The version that is to be decided on: the one that waits, else the one that holds."""
    waiting = each.undecided.version if each.undecided else None
    return waiting or each.version


def _what(item: AgendaItem) -> str:
    event = item.registered.undecided
    if item.why is Decision.WAITING and event:
        return f"{event.event.capitalize()} {event.date.spoken}"
    if item.why is Decision.FIRST:
        return "A new policy"
    by = item.registered.latest
    return f"Review due by {item.due.spoken}{f', {by.spoken}' if by else ''}" if item.due else "Review"


def detail(item: AgendaItem) -> str:
    """Who brings it and what came of it."""
    policy, event = item.registered.policy, item.registered.undecided
    if item.why is Decision.FIRST:
        event = next((each for each in reversed(policy.history) if each.event in ("reviewed", "drafted")), None)
        return f"{event.event} {event.date.spoken}" if event else ""
    if item.why is not Decision.WAITING or event is None:
        return ""
    by = f"by {policy.people.get(event.by, event.by)}" if event.by else ""
    return "; ".join(part for part in (by, event.outcome or "", event.note or "") if part)


# -- other forms


def agenda_docx(view: Listing, today: date) -> Paper:
    """The agenda for Word."""
    word = WordDocument(view.title, view.subtitle, today, view.title)
    word.heading(1, f"{view.overline}: {view.title}")
    for line in (view.subtitle, *view.lead, *view.notes):
        word.line(line)
    for section in view.sections:
        word.heading(2, section.heading)
        rows: list[list[Lines]] = [
            [[cell.plain, cell.below] if cell.below else cell.plain for cell in row] for row in section.rows
        ]
        word.table(
            section.heading, [each.share for each in view.columns], [each.heading for each in view.columns], rows
        )
    if not view.sections:
        word.line(view.empty)
    return word.paper()


def agenda_eml(made: MeetingAgenda) -> str:
    """The agenda as an email that is still to be sent, to whom whoever opens it says."""
    view = made.view
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = in_header(f"{view.overline}: {view.title}")
    mail["Date"] = format_datetime(datetime.combine(made.today, time(8), UTC))
    mail["X-Unsent"] = "1"  # what Outlook and Thunderbird take for a draft
    mail.set_content(_words(view), cte="quoted-printable")
    mail.add_alternative(render("listing.html.j2", view, made.root), subtype="html", cte="quoted-printable")
    mail.set_boundary("==charterkit-agenda==")
    return mail.as_string()


def _words(view: Listing) -> str:
    parts = [view.title, view.subtitle, "", *view.lead, *view.notes, ""]
    for section in view.sections:
        parts += [section.heading, ""]
        for row in section.rows:
            parts += [f"- {'; '.join(': '.join(filter(None, (cell.text, cell.below))) for cell in row)}"]
        parts.append("")
    return visible("\n".join(parts if view.sections else [*parts, view.empty]))
