"""What a register would make and change: a policy a row, by its id or its title's words, and never two for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from charterkit.exchange.register.compare import RowComparison, approver_said
from charterkit.exchange.register.readings import Somebody, When
from charterkit.exchange.register.rows import RegisterRow, happened, interval_of
from charterkit.exchange.register.words import words_in
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.files.yaml.edit import Change
from charterkit.insight.addresses import Addresses
from charterkit.insight.policies.deciding import APPROVERS
from charterkit.insight.policies.register import Registered, register
from charterkit.insight.policies.titles import LONGEST_ID, id_of_title, words_of
from charterkit.model.base import is_device, slug
from charterkit.text.english import plain
from charterkit.text.safe import shown

Becomes = Literal["made", "changed", "stays", "left out"]
_TELLING = ("issued", "last_review", "approved", "ratified")
"""Columns with a date that a version can stand with."""
_MOST_LIKE = 2_000
"""Rows of a sheet in which titles are compared by all that is known of how schools word them."""


@dataclass(eq=False)
class RowPlan:
    """What becomes of one row: the policy's place, what is said of it in words, and what its file is to hold."""

    row: RegisterRow
    becomes: Becomes
    title: str
    said: Sequence[str] = ()
    slug: str = ""
    id: str = ""
    changes: Sequence[Change] = field(default=(), init=False)
    known: Registered | None = field(default=None, init=False)

    @property
    def facts(self) -> dict[str, Any] | None:
        """The file of a new policy as plain data; None of every other row."""
        return new_facts(self.row, self.id, self.title)[0] if self.becomes == "made" else None

    @property
    def words(self) -> Sequence[str]:
        """What is made or changed; of a row that is left out, why."""
        return new_facts(self.row, self.id, self.title)[1] if self.becomes == "made" else self.said

    @property
    def path(self) -> str:
        """Of its file."""
        return self.known.document.path if self.known else f"schools/{self.slug}/policies/{self.id}.yaml"


@dataclass
class RegisterPlan:
    """All rows, and what stops the writing: `blocks` are sentences. `absent` are policies that no row is about."""

    rows: list[RowPlan] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    absent: list[Registered] = field(default_factory=list)
    archived: int = 0
    """Rows about policies out of use, which nobody asked for."""
    elsewhere: int = 0
    """Rows of other schools than the one that was asked for."""

    def of(self, becomes: Becomes) -> list[RowPlan]:
        """The rows of which that becomes."""
        return [row for row in self.rows if row.becomes == becomes]


class _School:
    """The policies that one organisation has, and the ids that are taken."""

    def __init__(self, folder: SchoolFolder, today: date, addresses: Addresses) -> None:
        self.folder, self.addresses = folder, addresses
        found = [each for each in register(folder.workspace, today, folder.slug) if each.folder.slug == folder.slug]
        self.known = found
        self.by_id = {each.id: each for each in found}
        self.by_title: dict[str, list[Registered]] = defaultdict(list)
        self.by_words: dict[frozenset[str], list[Registered]] = defaultdict(list)
        for each in found:
            self.by_title[plain_title(each.title)].append(each)
            self.by_words[words_of(each.title)].append(each)
        self.taken = {document.stem for document in folder.policies} | set(self.by_id)
        self.slug = folder.slug
        self.used: dict[str, RegisterRow] = {}
        self.named: set[str] = set()
        """Those that a row names by id or title; what is only like it is another one then."""

    def names(self, row: RegisterRow) -> bool:
        """Whether a row names a policy that there is."""
        if not self.known:
            return False
        found = self.by_id.get(row.said.get("id", ""))
        options = [found] if found else self.by_title.get(plain_title(_title(row)), [])
        self.named.update(each.id for each in options)
        return bool(options)

    def is_free(self, name: str) -> bool:
        """Whether a new policy can have an id."""
        return name == slug(name)[:LONGEST_ID] and name not in self.taken and not is_device(name)

    def free_id(self, title: str) -> str:
        """An id for a new policy; empty where no letter of its title can stand in one."""
        made = id_of_title(title)
        number, found = 2, made
        while found in self.taken and made:
            found, number = f"{made}-{number}", number + 1
        return found

    def email(self, known: Registered) -> str:
        """Where the owner can be written to by the school's contacts."""
        owner = known.policy.owner
        return (self.addresses.find(known.folder, owner).address or "") if owner and not owner.email else ""


def plain_title(title: str) -> str:
    """A title as small words: what is alike is one policy."""
    return words_in(title.replace("&", " and "))


@dataclass
class Planner:
    """Makes the plan of all rows. `slug_asked` is the one organisation that is asked for; else a column names each."""

    workspace: Workspace
    today: date
    slug_asked: str | None = None
    takes_archived: bool = False
    plan: RegisterPlan = field(default_factory=RegisterPlan)
    schools: dict[str, _School] = field(default_factory=dict)
    slugs: dict[str, str | None] = field(default_factory=dict)
    committees: dict[str, str] = field(default_factory=dict)
    is_large: bool = False

    def made(self, rows: Iterable[RegisterRow]) -> RegisterPlan:
        """The plan. What a row says of archived policies counts only where that is asked for."""
        placed: list[tuple[RegisterRow, _School]] = []
        for row in rows:
            if row.is_archived and not self.takes_archived:
                self.plan.archived += 1
            elif school := self.school_of(row):
                placed.append((row, school))
        self.is_large = len(placed) > _MOST_LIKE
        if any(school.known for school in self.schools.values()):
            placed.sort(key=lambda each: not each[1].names(each[0]))  # whose title is a policy's own comes first
        for row, school in placed:
            self.committee(row)
            self.plan.rows.append(self.planned(row, school))
        for school in self.schools.values():
            self.plan.absent += [each for each in school.known if each.id not in school.used]
        self.plan.rows.sort(key=lambda each: (each.row.table.grid.name, each.row.number))
        return self.plan

    def school_of(self, row: RegisterRow) -> _School | None:
        """Whose policy a row is about; None where it is another's, or nobody's here."""
        said = row.said.get("school")
        if said is None:
            wanted = self.slug_asked or self.workspace.choose_school(None).slug
        else:
            if said not in self.slugs:
                self.slugs[said] = _slug_of(self.workspace, said)
            found = self.slugs[said]
            if found is None:
                row.ask("school", "no school of this workspace: write its name or its folder’s")
                self.plan.rows.append(RowPlan(row, "left out", _title(row), ["its school is not known"]))
                return None
            if self.slug_asked and found != self.slug_asked:
                self.plan.elsewhere += 1
                return None
            wanted = found
        if wanted not in self.schools:
            self.schools[wanted] = _School(self.workspace.school(wanted), self.today, Addresses(self.workspace))
        return self.schools[wanted]

    def committee(self, row: RegisterRow) -> None:
        """One committee has one name, as it is written first: here, or in the sheet."""
        body = row.said.get("approver")
        if body is None or not body.name:
            return
        if not self.committees:
            for school in self.schools.values():
                names = [each.policy.approver.name for each in school.known if each.policy.approver]
                self.committees.update({name.casefold(): name for name in names if name})
        first = self.committees.setdefault(body.name.casefold(), body.name)
        if first != body.name:
            row.said["approver"] = type(body)(body.body, first)

    def planned(self, row: RegisterRow, school: _School) -> RowPlan:
        """What becomes of one row."""
        title = _title(row)
        if "title" not in row.said and row.said.get("id") not in school.by_id:
            return RowPlan(row, "left out", title, ["its title cannot be read"], school.slug)
        known = self.match(row, school, title)
        if isinstance(known, str):
            return RowPlan(row, "left out", title, [known], school.slug)
        return self.made_new(row, school, title) if known is None else self.changed(row, school, known)

    def match(self, row: RegisterRow, school: _School, title: str) -> Registered | str | None:
        """The policy that a row is about; None where there is none yet, a sentence where that cannot be told."""
        said_id = row.said.get("id")
        known = school.by_id.get(said_id) if said_id else None
        plain_words = plain_title(title)
        options = [known] if known else school.by_title.get(plain_words, [])
        if not options and school.known and not self.is_large and (loose := words_of(title)):
            options = [each for each in school.by_words.get(loose, []) if each.id not in school.named]
        if len(options) > 1:
            ids = " and ".join(each.id for each in options)
            self.plan.blocks.append(
                f"{row.where('title', sheet=True)}: “{shown(title)}” may be {ids}: add a column ID."
            )
            return "it may be one of several policies"
        key = options[0].id if options else f" {plain_words}"
        first = school.used.setdefault(key, row)
        if first is row:
            return options[0] if options else None
        if (first.texts, first.ticks) == (row.texts, row.ticks):
            return f"the same as row {first.number + 1}"
        both = f"{first.where('title', sheet=True)} and {row.where('title', sheet=True)}"
        self.plan.blocks.append(
            f"{both} are about one policy, “{shown(title)}”: delete one of them, or tell their titles apart."
        )
        return f"row {first.number + 1} is about the same policy"

    # -- a policy that is there

    def changed(self, row: RegisterRow, school: _School, known: Registered) -> RowPlan:
        """What the row says otherwise than the file."""
        if row.is_archived:
            row.said["status"] = "archived"
        compared = RowComparison(row, known, school.email(known)).made()
        made = RowPlan(row, "changed" if compared.changes else "stays", known.title, compared.words)
        made.slug, made.id, made.known, made.changes = school.slug, known.id, known, compared.changes
        if compared.changes and known.document.loaded.problems:
            self.plan.blocks.append(
                f"{known.document.path} has mistakes, and row {row.number + 1} would change it: mend it first, with "
                f"charterkit check {known.document.path}"
            )
        return made

    # -- a new one

    def made_new(self, row: RegisterRow, school: _School, title: str) -> RowPlan:
        """A policy with what the row says, and nothing else."""
        said_id = row.said.get("id") or ""
        name = said_id if said_id and school.is_free(said_id) else school.free_id(title)
        if not name:
            row.ask("title", "no id can be made of this: add a column ID with small letters, digits and hyphens")
            return RowPlan(row, "left out", title, ["no id can be made of its title"], school.slug)
        school.taken.add(name)
        if row.said.keys().isdisjoint(_TELLING):
            for each in ("version", "by"):
                if each in row.said:
                    row.ask(each, "no date stands beside it: write when it was last reviewed or approved")
        return RowPlan(row, "made", title, (), school.slug, name)


def _slug_of(workspace: Workspace, said: str) -> str | None:
    """The folder of a school by its name or slug; None where there is none, or several."""
    wanted = words_in(said)
    names = [slug for slug in workspace.own_slugs if words_in(workspace.school(slug).school.name) == wanted]
    folders = [name for name in workspace.slugs if name == said.strip().casefold()]
    found = folders or names
    return found[0] if len(found) == 1 else None


def _title(row: RegisterRow) -> str:
    return row.said.get("title") or " ".join(row.texts.get("title", "").split())


def new_facts(row: RegisterRow, name: str, title: str) -> tuple[dict[str, Any], list[str]]:
    """The file of a new policy as plain data, and what it says in words."""
    said = row.said
    words: list[str] = []
    status = "archived" if row.is_archived else said.get("status", "live")
    facts: dict[str, Any] = {"id": name, "title": title, "status": status}
    if status != "live":
        words.append(status.replace("-", " "))
    if owner := _owner(row):
        facts["owner"] = owner
        words.append(f"owner {owner.get('name') or owner.get('role') or owner['email']}")
    if body := said.get("approver"):
        facts["approver"] = approver_said(body)
        words.append(f"approved by {body.name or plain(APPROVERS[body.body])}")
    if "statutory" in said:
        facts["statutory"] = said["statutory"]
        words.append("statutory" if said["statutory"] else "not statutory")
    if every := interval_of(row):
        facts["review"] = {"every": every}
        words.append(f"every {every}" if every.count else str(every))
    if isinstance(found := said.get("next_review"), When):
        facts["next_review"] = found.date or found.stated
        words.append(f"next review {(found.date or found.term).spoken}")  # type: ignore[union-attr]  # one is there
    if history := _history(row):
        facts["history"] = history
        words += [f"{event['event']} {event['date'].spoken}" for event in history]
        words += [f"version {event['version']}" for event in history if "version" in event]
    if "address" in said and said["address"] is not False:
        is_known = isinstance(said["address"], str)
        facts["publication"] = {"url": said["address"]} if is_known else {"visibility": "public"}
        words.append(said["address"] if is_known else "on the website")
    if "note" in said:
        facts["note"] = said["note"]
        words.append(f"note “{shown(said['note'])}”")
    return facts, words


def _owner(row: RegisterRow) -> dict[str, str]:
    """Post, name and address, as far as they are said."""
    found = row.said.get("owner")
    somebody = found if isinstance(found, Somebody) else Somebody()
    made = {"role": row.said.get("role") or somebody.role, "name": somebody.name, "email": row.said.get("email") or ""}
    return {key: text for key, text in made.items() if text}


def _history(row: RegisterRow) -> list[dict[str, Any]]:
    """What has happened, oldest first; the version goes with the newest, who reviewed it with the newest review."""
    events = sorted(happened(row), key=lambda each: each[1])
    made: list[dict[str, Any]] = [{"date": when, "event": kind} for kind, when, _ in events]
    telling = [event for event in made if event["event"] != "withdrawn"]
    reviews = [event for event in made if event["event"] == "reviewed"]
    for name, told in (("version", telling), ("by", reviews)):
        said = row.said.get(name)
        if said is not None and told:
            told[-1][name] = said
    for event, (_, _, term) in zip(made, events, strict=True):
        if term:
            event["note"] = term
    if telling and not reviews and (by := row.said.get("by")):  # who reviewed it has not decided on it
        telling[-1]["note"] = "; ".join(text for text in (telling[-1].get("note"), f"reviewed by {by}") if text)
    return made
