"""What a register's row changes in a policy that there is: only what it says otherwise, and nothing it is silent on."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from charterkit.exchange.register.readings import Body, Somebody, When
from charterkit.exchange.register.rows import EVENTS, RegisterRow, happened
from charterkit.files.yaml.edit import Change
from charterkit.insight.evaluations.form_layout import CELL_UNITS
from charterkit.insight.policies.deciding import APPROVERS, approver_name
from charterkit.insight.policies.gaps import months
from charterkit.insight.policies.register import Registered
from charterkit.insight.policies.reviews import COUNTS_FROM, version
from charterkit.insight.policies.sheet import sheet_cells
from charterkit.model.dates import Interval, PartialDate
from charterkit.model.policy import PolicyEvent
from charterkit.records import dataclass
from charterkit.text.english import plain
from charterkit.text.safe import shown, visible


def approver_said(body: Body) -> Any:  # noqa: ANN401 - plain data
    """Who approves as a file has it."""
    return {"body": body.body, "name": body.name} if body.name else body.body


def same_text(known: str, said: str) -> bool:
    """Whether a cell says what is known, as a sheet shows it: cut, and without what nobody sees."""
    plain = " ".join(visible(known)[:CELL_UNITS].split())
    found = " ".join(visible(said).split())
    return plain in (found, found.removeprefix("'").lstrip())


def same_date(known: PartialDate, said: PartialDate) -> bool:
    """Whether two dates are one, the known one perhaps less precise and shown by its last day."""
    return known == said or (known.day is None and said.day is not None and known.last == said.last)


@dataclass
class RowComparison:
    """Goes through what one row says of one policy. `changes` are made in its file, `words` say what they are."""

    row: RegisterRow
    known: Registered
    reached: str = ""
    """Where the owner can be written to, by the school's contacts."""
    changes: list[Change] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)

    def made(self) -> "RowComparison":
        """All of it."""
        cells = sheet_cells(self.known, self.reached)
        self.drop_known(cells)
        for name, compare in _COMPARE.items():
            if name in self.row.said:
                compare(self, self.row.said[name])
        self.history()
        return self

    def drop_known(self, cells: Mapping[str, str | PartialDate]) -> None:
        """Takes out of the row what stands in it as `policies` would write it."""
        row = self.row
        for name in [*row.said, *dict(row.unread)]:
            shown_here, text = cells.get(name), row.texts.get(name, "")
            is_same = (isinstance(shown_here, str) and same_text(shown_here, text)) or (
                isinstance(shown_here, PartialDate)
                and isinstance(found := row.said.get(name), When)
                and (str(shown_here) == found.stated or (found.date and same_date(shown_here, found.date)))
            )
            if is_same or (name == "committee" and same_text(approver_name(self.known.policy.approver), text)):
                row.said.pop(name, None)
                row.unread = tuple(pair for pair in row.unread if pair[0] != name)

    def change(self, key: str, value: Any, said: str = "", at: tuple[str | int, ...] = ()) -> None:  # noqa: ANN401 - data
        """One change, and the words for it."""
        self.changes.append(Change(at or (key,), value))
        self.words.append(f"{key.replace('_', ' ')} {said or shown(value)}")

    # -- each thing

    def title(self, said: str) -> None:
        """As it stands in the sheet, but for blanks."""
        self.change("title", said)

    def status(self, said: str) -> None:
        """Whether it holds."""
        if said != self.known.policy.status:
            self.change("status", said)

    def owner(self, said: Somebody) -> None:
        """By name or by post: what is said of one leaves the other."""
        known = self.known.policy.owner
        had = [text for text in (known.name, known.role) if text] if known else []
        for key, value in (("name", said.name), ("role", said.role)):
            if value and not any(same_text(text, value) for text in had):
                self.change("owner", value, at=("owner", key))

    def role(self, said: str) -> None:
        """The owner's post."""
        self.change("owner’s role", said, at=("owner", "role"))

    def email(self, said: str) -> None:
        """The owner's address."""
        self.change("owner’s email", said, at=("owner", "email"))

    def approver(self, said: Body) -> None:
        """The body, and its name where one is said."""
        known = self.known.policy.approver
        is_same = known and known.body == said.body
        if is_same and known and (not said.name or same_text((known.name or "").casefold(), said.name.casefold())):
            return
        self.change("approver", approver_said(said), said.name or plain(APPROVERS[said.body]))

    def statutory(self, said: bool) -> None:
        """Whether the law requires it."""
        if said is not self.known.policy.statutory:
            self.change("statutory", said, "yes" if said else "no")

    def every(self, said: Interval) -> None:
        """How often; 12 months are a year."""
        known = self.known.policy.review.every if self.known.policy.review else None
        if known == said or (known and known.count and said.count and months(known) == months(said)):
            return
        self.change("every", said, str(said), ("review", "every"))

    def next_review(self, said: When) -> None:
        """When it is due."""
        due = self.known.next.due
        if said.date is not None and due is not None and same_date(due, said.date):
            return
        if said.stated in (str(self.known.policy.next_review), str(due)):
            return
        self.change("next_review", said.date or said.stated, _spoken(said))

    def address(self, said: str | bool) -> None:
        """Where it can be read; or whether it is on the website."""
        known = self.known.policy.publication
        if isinstance(said, str):
            if not known or known.url != said:
                self.change("address", said, at=("publication", "url"))
        elif said:
            if known is None or (known.visibility is None and not known.url):
                self.change("visibility", "public", at=("publication", "visibility"))
            elif known.visibility not in (None, "public"):
                self.row.ask("address", f"the file says that it is for {known.visibility}: mend one of the two")
        elif known is not None and (known.url or known.visibility == "public"):
            self.row.ask("address", "the file says where it is published: take it out there if it is not any more")

    def note(self, said: str) -> None:
        """Notes as they stand there."""
        self.change("note", said)

    # -- what has happened

    def history(self) -> None:
        """Events that the file has not; none is put before what it has, or in its place."""
        policy = self.known.policy
        last = self.known.last
        for kind, when, term in happened(self.row):
            found = self.event_of(kind, when)
            if found is not None:
                self.sharper(found, when)
            elif policy.issued is not None and _alike(policy.issued, when):
                continue
            elif last is not None and kind in COUNTS_FROM and when.last <= last.last:
                self.row.ask(_COLUMN_OF[kind], _EARLIER.format(last=last.spoken))
            else:
                self.events.append({"date": when, "event": kind, **({"note": term} if term else {})})
        self.versions()
        self.by()
        for added, event in enumerate(sorted(self.events, key=lambda each: each["date"])):
            self.add(event, added)

    def event_of(self, kind: str, when: PartialDate) -> int | None:
        """The number of the event in the file that a date is of."""
        found = [
            number
            for number, event in enumerate(self.known.policy.history)
            if _alike(event.date, when) and (event.event == kind or {event.event, kind} <= COUNTS_FROM)
        ]
        return found[-1] if found else None

    def sharper(self, number: int, when: PartialDate) -> None:
        """A day where the file's last event has a month or a year only."""
        event = self.known.policy.history[number]
        if str(when).startswith(str(event.date)) and when != event.date and event.date == self.known.last:
            self.change(event.event, when, when.spoken, ("history", number, "date"))

    def versions(self) -> None:
        """The version goes with what is added; else with the last event that counts, where no version is said yet."""
        said = self.row.said.get("version")
        if said is None:
            return
        known = version(self.known.policy) or ""
        if self.events:
            told = [each for each in self.events if each["event"] != "withdrawn"] or self.events
            max(told, key=lambda each: each["date"])["version"] = said
        elif _shortened(known) == said:
            return
        elif known:
            self.row.ask(
                "version", f"the file’s history says {shown(known)}: write beside it when the new version was approved"
            )
        elif (number := self.last_event()) is None:
            self.row.ask("version", "no date says when it became that: write when it was last reviewed or approved")
        else:
            self.change("version", said, at=("history", number, "version"))

    def by(self) -> None:
        """Who reviewed it goes with what is added; else it is only compared."""
        said = self.row.said.get("by")
        if said is None:
            return
        reviews = [each for each in self.events if each["event"] == "reviewed"]
        if reviews:
            max(reviews, key=lambda each: each["date"])["by"] = said
        elif not same_text(self.known.last_by, said) and not self._is_noted(said):
            number = self.last_event()
            last = None if number is None else self.known.policy.history[number]
            if number is not None and last is not None and last.by is None and last.event == "reviewed":
                self.change("by", said, at=("history", number, "by"))
            else:
                self.row.ask("by", f"the file’s history says {shown(self.known.last_by) or 'nothing of a review'}")

    def _is_noted(self, said: str) -> bool:
        """Whether the history has it in a note: of a decision, who reviewed it before."""
        return any(said in (event.note or "") for event in self.known.policy.history)

    def last_event(self) -> int | None:
        """The number of the last event that counts."""
        found = [
            number
            for number, event in enumerate(self.known.policy.history)
            if event.event in COUNTS_FROM and event.date == self.known.last
        ]
        return found[-1] if found else None

    def add(self, event: dict[str, Any], added: int) -> None:
        """A line for the history, after all that is not later and the lines `added` before it."""
        history: tuple[PolicyEvent, ...] = self.known.policy.history
        later = [number for number, step in enumerate(history) if step.date.first > event["date"].last]
        made = {key: event[key] for key in ("date", "event", "version", "by", "note") if key in event}
        self.changes.append(Change(("history",), made, append=True, before=later[0] + added if later else None))
        beside = f", version {event['version']}" if "version" in event else ""
        self.words.append(f"{event['event']} {event['date'].spoken}{beside}")


def _alike(known: PartialDate, said: PartialDate) -> bool:
    """Whether two dates may be of the same day."""
    return known.first <= said.last and said.first <= known.last


def _shortened(text: str) -> str:
    """A version as Excel leaves it of one that it took for a number: 4 of 4.0."""
    whole, point, rest = text.partition(".")
    is_number = whole.isdecimal() and rest.isdecimal() and point
    return f"{whole}.{rest.rstrip('0')}".removesuffix(".") if is_number else text


def _spoken(said: When) -> str:
    return said.date.spoken if said.date else said.term.spoken if said.term else ""


_COLUMN_OF = {kind: name for name, kind in EVENTS.items()}
_EARLIER = (
    "the file’s history goes on to {last} and has no such day: mend the sheet, or record what happened with charterkit "
    "policy review --backdate"
)
_COMPARE: Mapping[str, Callable[[RowComparison, Any], None]] = {
    "title": RowComparison.title,
    "status": RowComparison.status,
    "owner": RowComparison.owner,
    "role": RowComparison.role,
    "email": RowComparison.email,
    "approver": RowComparison.approver,
    "statutory": RowComparison.statutory,
    "every": RowComparison.every,
    "next_review": RowComparison.next_review,
    "address": RowComparison.address,
    "note": RowComparison.note,
}
"""What each thing that a row says is compared by."""
