"""One visit on disk: every answer of the visitor is in the file before its method returns.

It knows what a Questionnaire asks for, and has the methods of an EvaluationFile for what both can be told, so that a
terminal and a page ask a visitor as they ask a school. The school's own rating of an aspect is what stands `before` it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from charterkit.errors import Missing, Refused
from charterkit.files import write
from charterkit.files.load import Loaded, load
from charterkit.files.schema_line import schema_line
from charterkit.files.workspace import Document, Workspace
from charterkit.files.yaml.edit import Change, edited
from charterkit.files.yaml.emit import document as as_yaml
from charterkit.files.yaml.reader import parse, value_at
from charterkit.findings import TreePath
from charterkit.insight.evaluations.answers import Answer, changes
from charterkit.insight.evaluations.evaluated import Standing, not_asked
from charterkit.insight.evaluations.naming import demand_aspect
from charterkit.insight.evaluations.taking_out import pruned
from charterkit.insight.visits.outcome import demand_borne
from charterkit.insight.visits.visited import Visited, visited
from charterkit.model.dates import PartialDate
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.model.visit import Visit
from charterkit.session.in_file import unreadable
from charterkit.session.visit_begun import VisitMeant
from charterkit.session.written import Written, WrittenFile

SEEN = ("observation", "walkthrough", "conversation")
"""Kinds of evidence that are of the day on which they are written down."""


_BEARING = ("findings", "purpose", "outcome", "award", "visitors", "looked_at")
"""What a certification visit's end hangs on."""


class VisitFile(WrittenFile):
    """One visit to a school, being recorded. A new one is written with its first answer, not before.

    Every method that writes raises CharterkitError as those of an EvaluationFile do, and changes nothing then.
    """

    rater = ""

    def __init__(self, workspace: Workspace, meant: VisitMeant, today: date) -> None:
        """The visit that is meant, as `visit_meant` finds it."""
        self.workspace, self.folder, self.today = workspace, meant.folder, today
        self.path, self.charter = meant.path, meant.charter
        self._head = meant.head
        self._not_asked = not_asked(self.folder, meant.whole)
        super().__init__()
        self.existing: Document[Visit] | None = meant.existing
        """What was last seen on disk; None before the first answer."""

    # -- what it holds

    @property
    def visit(self) -> Visit:
        """The visit as it stands on disk; before the first answer what is known of it."""
        model = self.existing.model if self.existing else None
        return model or Visit.model_validate({key: value for key, value in self._head.items() if value})

    @property
    def visited(self) -> Visited:
        """The same read against its charter, beside the school's own ratings."""
        document = self.existing or Document(self.path, Visit, Loaded(self.visit))
        found = visited(self.workspace, self.folder, document)
        if found is None:
            raise Missing("no-longer-readable", path=self.path)
        return found

    @property
    def standings(self) -> Mapping[str, Standing]:
        """What the visitor says of each aspect so far."""
        return self.visited.standings

    def before(self, aspect: str) -> Standing | None:
        """What the school says of an aspect itself."""
        return self.visited.of_school(aspect)

    # -- answers

    def rate(self, aspect: str, level: str) -> None:
        """Give an aspect the visitor's own level; a reason why it did not apply goes."""
        if level not in self.charter.levels:
            known = list(self.charter.levels)
            raise Refused("no-such-answer", word=level, what="a level of this charter", known=known)
        self._answer(Answer(self._aspect(aspect), aspect, rating=level))

    def not_applicable(self, aspect: str, reason: str) -> None:
        """Say that an aspect does not apply, and why."""
        if not reason.strip():
            raise Refused("no-reason", aspect=aspect)
        self._answer(Answer(self._aspect(aspect), aspect, rating=NOT_APPLICABLE, texts={"reason": reason}))

    def rate_group(self, aspect: str, group: str, level: str) -> None:
        """Give an aspect the visitor's own level for one focus group."""
        self._answer(Answer(self._aspect(aspect), aspect, groups={group: level}))

    def add_note(self, aspect: str, text: str) -> None:
        """Add a paragraph to what the visitor saw or heard."""
        entry = self.standings[self._aspect(aspect)].entry
        earlier = (entry.note or "").rstrip("\n") if entry else ""
        self._write([Change(self._at(aspect, "note"), f"{earlier}\n\n{text}" if earlier else text)], aspect)

    def change_note(self, aspect: str, text: str) -> None:
        """Write the note anew; an empty text takes it out."""
        self._answer(Answer(aspect, aspect, **({"texts": {"note": text}} if text.strip() else {"cleared": ("note",)})))

    def explain(self, aspect: str, reason: str) -> None:
        """Write why the visit may be met although an aspect is below the mark."""
        self._aspect(aspect)
        if not reason.strip():
            raise Refused("no-reason-below", aspect=aspect)
        self._write([Change(self._at(aspect, "reason"), reason.strip())], aspect)

    def add_evidence(self, aspect: str, kind: str, note: str, with_: str = "") -> None:
        """Add what was looked at for an aspect, and with whom the visitor talked; what is seen today has the date."""
        self._aspect(aspect)
        on = {"date": PartialDate.of(self.today)} if kind in SEEN else {}
        said = {key: value for key, value in (("with", with_), ("note", note)) if value}
        self._write([Change(self._at(aspect, "looked_at"), {"kind": kind, **on, **said}, append=True)], aspect)

    def clear_group(self, aspect: str, group: str) -> None:
        """Take out the visitor's level for one focus group."""
        self._take_out(aspect, ("groups",), group)

    def change_looked_at(self, aspect: str, place: int, note: str) -> None:
        """Write anew what a piece that was looked at shows, by its number from 0; an empty text takes the piece out."""
        listed = self._at(aspect, "looked_at")
        at = self.existing.loaded.position(listed, place) if self.existing else place
        if note.strip():
            self._write([Change((*listed, at, "note"), note)], aspect)
        else:
            self._take_out(aspect, ("looked_at",), at)

    def clear(self, aspect: str) -> None:
        """Take the visitor's rating of an aspect out."""
        self._answer(Answer(self._aspect(aspect), aspect, cleared=("rating",)))

    def record(
        self, answers: Sequence[Answer] = (), facts: Mapping[str, Any] | None = None, *, begins: bool = False
    ) -> int:
        """Write many answers, and facts of the visit under their keys, at once, all or none. How many aspects changed.

        A fact that is a list is added to what is there, and one that is None is taken out. With `begins` a new file is
        written although nothing is said.
        Raises CharterkitError with every complaint, and for an outcome that the findings do not bear.
        """
        made, complaints = changes(answers, self.charter, self._there(), self._not_asked)
        if complaints:
            raise Refused("bad-answers", complaints="\n".join(complaints))
        placed = _of_findings(pruned(made, self._there()))
        for key, value in (facts or {}).items():
            if isinstance(value, list):
                there = getattr(self.visit, key)
                placed += [Change((key,), entry, append=True) for entry in value if not _stands(entry, there)]
            elif value is None:
                placed += [] if getattr(self.visit, key) is None else [Change((key,), remove=True)]
            else:
                placed.append(Change((key,), value))
        if not placed and not (begins and self.existing is None):
            return 0
        self._write(placed, str(made[0].at[1]) if made else "")
        return len({change.at[1] for change in made})

    def answer_for_school(self, *, accurate: bool, note: str | None = None, by: str | None = None) -> None:
        """Write today what the school says to what the visitor wrote, in place of what it said before."""
        said = {"accurate": "yes" if accurate else "no", "note": note, "by": by, "date": PartialDate.of(self.today)}
        self._write([Change(("answer",), {key: value for key, value in said.items() if value})])

    def _answer(self, answer: Answer) -> None:
        self.record([answer])

    def _take_out(self, aspect: str, below: TreePath, key: str | int) -> None:
        """Take an entry out of what is listed below an aspect; what holds nothing else goes with it."""
        several = len(value_at(self._there().get(aspect), below) or ()) > 1
        at = ("ratings", aspect, *below, *((key,) if several else ()))
        self._write(_of_findings(pruned([Change(at, remove=True)], self._there())), aspect)

    # -- the file

    def refresh(self) -> None:
        """Take in what is on disk now. Raises CharterkitError where that can no longer be read."""
        self.workspace.refresh()
        self.existing = None
        if (self.workspace.root / self.path).exists():
            self.existing = self.workspace.read(self.path, Visit)
            if self.existing.model is None:
                raise Missing("no-longer-readable", path=self.path)

    def _write(self, made: Sequence[Change], aspect: str = "") -> None:
        """Put changes into the file, or make the file with them; then take in what is on disk now."""
        root, before = self.workspace.root, self.existing.data if self.existing else None
        every = [*self._heading(), *made]
        if before is None:
            after = self._edited(self._new_text(), every).encode()
            write.save(root / self.path, None, after, root)
        else:
            after = write.change(root / self.path, before, lambda old: self._edited(old, every), root)
        if after != before:
            self._written.append(Written(before, after, (aspect,) if aspect else ()))
        self.refresh()

    def _edited(self, text: str, made: Sequence[Change]) -> str:
        """The file's text with the changes. Raises CharterkitError where an entry stays unreadable with its answer, and
        where the visit would end in what its findings do not bear.
        """
        after = edited(text, made)
        loaded = load(Visit, after.encode())
        unread = self.existing.loaded.unreadable_in("findings") if self.existing else {}
        still = loaded.unreadable_in("findings")
        for change in made:
            name = str(change.at[1]) if change.at[0] == "findings" and len(change.at) > 1 else ""
            if name in unread and name in still:
                raise unreadable(self.path, text.encode(), unread[name])
        if any(change.at[0] in _BEARING for change in made):
            found = visited(self.workspace, self.folder, Document(self.path, Visit, loaded))
            if found:
                demand_borne(found)
        return after

    def _heading(self) -> list[Change]:
        """What an older file, or a request, does not say of itself yet. What stands there stays."""
        said = self.existing.model if self.existing else None
        return [Change((key,), value) for key, value in self._head.items() if said and not getattr(said, key)]

    def _new_text(self) -> str:
        return schema_line(self.workspace.root, self.path, "visit") + as_yaml(dict(self._head))

    def _there(self) -> dict[str, Any]:
        """What stands in the file for each aspect, whether or not it can be used."""
        tree = parse(self.existing.data).tree if self.existing else {}
        there = tree.get("findings") if isinstance(tree, dict) else None
        return there if isinstance(there, dict) else {}

    def _at(self, aspect: str, *keys: str) -> TreePath:
        return ("findings", aspect, *keys)

    def _aspect(self, aspect: str) -> str:
        """Raises CharterkitError for what is no aspect of the charter, or is not asked of this school."""
        return demand_aspect(aspect, self.charter)


def _of_findings(made: Sequence[Change]) -> list[Change]:
    """The changes to ratings, made to what a visitor found."""
    return [replace(change, at=("findings", *change.at[1:])) for change in made]


def _stands(entry: Any, there: Sequence[Any]) -> bool:  # noqa: ANN401 - as the file has it, and as the model does
    """Whether an entry is in a list already: a person, a piece of evidence or a day."""
    if not isinstance(entry, dict):
        return entry in there
    return any(
        all(getattr(each, _FIELDS.get(str(key), str(key))) == value for key, value in entry.items()) for each in there
    )


_FIELDS = {"with": "with_"}
"""Fields that have another name than their key."""


def person(text: str) -> dict[str, str]:
    """Somebody as files have it, from "Name, role" or a name alone."""
    name, comma, role = (part.strip() for part in text.partition(","))
    return {"name": name, "role": role} if comma and name and role else {"name": name or role}
