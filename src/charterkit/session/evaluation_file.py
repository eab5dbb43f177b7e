"""One self-evaluation on disk: every answer, by its aspect, is in the file before its method returns.

What is asked next is the business of a Questionnaire; several of them may look at one EvaluationFile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from charterkit.errors import Missing, NotThere, Refused
from charterkit.files import write
from charterkit.files.schema_line import schema_line
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.files.yaml.edit import Change
from charterkit.files.yaml.emit import document as as_yaml
from charterkit.files.yaml.reader import parse, value_at
from charterkit.findings import TreePath
from charterkit.insight.charter_text import has_changed, text_now
from charterkit.insight.evaluations.actions import all_actions, new_id
from charterkit.insight.evaluations.answers import Answer, overwritten
from charterkit.insight.evaluations.beginning import meant
from charterkit.insight.evaluations.compare import inherited
from charterkit.insight.evaluations.evaluated import Evaluated, Standing, evaluated
from charterkit.insight.evaluations.lineage import Lineage, lineage
from charterkit.insight.evaluations.taking_out import looked_at, pruned, without, without_reason
from charterkit.insight.evaluations.whole_points import not_rated_yet
from charterkit.model.base import nearest, slug
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.evaluation import Evaluation
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.session.in_file import aspects_of, placed, unreadable, with_changes
from charterkit.session.trial import ReadAnswers, Saved, read_against
from charterkit.session.written import Written, WrittenFile


class EvaluationFile(WrittenFile):
    """One school's evaluation of one charter in one cycle. A new one is written with its first answer, not before.

    Every method that writes raises Conflict where somebody else has written meanwhile: nothing is changed then, and
    `refresh` takes in what they wrote. It raises CharterkitError, and changes nothing, for what is no answer, and where
    an entry would be unreadable with its answer in it too. It is for one thread at a time.
    """

    kind: type[Evaluation] = Evaluation
    rater = ""
    """Of a draft before the meeting: whose it is."""

    def __init__(
        self,
        workspace: Workspace,
        folder: SchoolFolder,
        charter: Charter,
        cycle: Cycle | None,
        today: date,
        *,
        when: PartialDate | None = None,
    ) -> None:
        """Find the evaluation to go on with, as `meant` does, and raise CharterkitError where it does."""
        found = meant(workspace, folder, charter, cycle, today, when=when)
        self.workspace, self.folder, self.today = workspace, folder, today
        self.path, self.charter, self.cycle, self.date = found.path, found.charter, found.cycle, found.date
        self.previous = found.previous
        self.existing = found.existing
        """What was last seen on disk; None before the first answer."""
        self._blank = found.blank
        super().__init__()

    # -- what it holds

    @property
    def evaluated(self) -> Evaluated:
        """The evaluation as it stands on disk; an empty one before the first answer."""
        return self.existing or self._blank

    @property
    def standings(self) -> Mapping[str, Standing]:
        """Where each of the charter's aspects stands now."""
        return self.evaluated.standings

    def before(self, aspect: str) -> Standing | None:
        """Last cycle's standing of an aspect, through renames, merges and splits."""
        olds = self._line.get(aspect, ())
        return inherited([self.previous.standings[old] for old in olds]) if self.previous and olds else None

    @cached_property
    def _line(self) -> Lineage:
        if self.previous is None:
            return {}
        return lineage(self.previous.charter, self.charter, self.workspace.versions(self.charter.id))

    @property
    def about(self) -> dict[str, str]:
        """What an answers file may say of itself, so that it is known to be meant for this evaluation."""
        return {"charter": self.charter.id, "charter_version": self.charter.version, "cycle": str(self.cycle)}

    @property
    def is_agreed(self) -> bool:
        """Whether somebody has agreed it: changing it still works, and is worth a warning."""
        return self.existing is not None and self.existing.evaluation.status == "agreed"

    @property
    def is_to_be_looked_at(self) -> bool:
        """Whether it was agreed against other words of the charter than there are now."""
        return self.existing is not None and has_changed(self.workspace, self.existing.evaluation)

    # -- answers

    def rate(self, aspect: str, level: str) -> None:
        """Give an aspect a level of the charter's scale; a reason why it did not apply goes."""
        rating = self._entry(aspect, "rating")
        self._refuse_unless(level, list(self.charter.levels), "a level of this charter")
        self._write([Change(rating, level), *without_reason(self._there(), aspect, level)])

    def not_applicable(self, aspect: str, reason: str) -> None:
        """Say that an aspect does not apply, and why."""
        rating = self._entry(aspect, "rating")
        if not reason.strip():
            raise Refused("no-reason", aspect=aspect)
        self._write([Change(rating, NOT_APPLICABLE), Change(self._entry(aspect, "reason"), reason)])

    def point_not_applicable(self, key_point: str, reason: str) -> int:
        """Say of a key point's aspects without an answer that they do not apply, and why, at once. How many they are.

        Nothing is written where all of them are answered.
        """
        points = {point.id: point for point in self.charter.key_points}
        self._refuse_unless(key_point, list(points), "a key point of this charter")
        if not reason.strip():
            raise Refused("no-reason", aspect=key_point)
        names = not_rated_yet(points[key_point], self.standings)
        if names:
            self._write(
                [
                    Change(self._entry(name, key), value)
                    for name in names
                    for key, value in (("rating", NOT_APPLICABLE), ("reason", reason))
                ]
            )
        return len(names)

    def rate_group(self, aspect: str, group: str, level: str) -> None:
        """Give an aspect a level for one focus group."""
        groups = [known.id for known in self.charter.focus_groups]
        self._refuse_unless(group, groups, "a focus group of this charter")
        self._refuse_unless(level, list(self.charter.levels), "a level of this charter")
        self._write([Change(self._entry(aspect, "groups", group), level)])

    def clear(self, aspect: str) -> None:
        """Take an aspect's rating out: it is not yet rated then. Nothing is written where it has none."""
        self._entry(aspect)
        self._take_out(aspect, without(self._there(), aspect, "rating"))

    def clear_group(self, aspect: str, group: str) -> None:
        """Take out an aspect's level for one focus group."""
        self._take_out(aspect, [self._without(("ratings", aspect, "groups"), group)])

    def change_note(self, aspect: str, text: str) -> None:
        """Write an aspect's note anew; an empty text takes it out."""
        note = self._entry(aspect, "note")
        if text.strip():
            self._write([Change(note, text)])
        else:
            self._take_out(aspect, without(self._there(), aspect, "note"))

    def change_idea(self, aspect: str, place: int, text: str) -> None:
        """Write an aspect's idea of a number, from 0, anew; an empty text takes it out."""
        self._change_listed(self._entry(aspect, "ideas"), place, (), text)

    def change_evidence(self, aspect: str, place: int, note: str) -> None:
        """Write anew what a piece of evidence shows, by its number from 0; an empty text takes the piece out."""
        self._change_listed(self._entry(aspect, "evidence"), place, ("note",), note)

    def change_action(self, place: int, text: str, owner: str = "", due: PartialDate | None = None) -> None:
        """Write an action of the plan anew, by its number among all of them, from 0; an empty text takes it out.

        Owner and date stay where none is given.
        """
        at, action = self._listed(("actions",), place), self.evaluated.evaluation.actions[place]
        about = [action.aspect] if action.aspect else []
        if not text.strip():
            self._write([self._without(("actions",), at[-1])], *about)
            return
        given = {"action": text, "owner": owner, "due": due}
        self._write([Change((*at, key), value) for key, value in given.items() if value], *about)

    def add_note(self, aspect: str, text: str) -> None:
        """Add a paragraph to an aspect's note. A note that cannot be read is never added to: it would be lost."""
        note = self._entry(aspect, "note")
        unread = self.evaluated.document.loaded.unreadable_in(self.charter.ratings_key).get(aspect)
        if unread is not None:
            raise unreadable(self.path, self.evaluated.document.data, unread)
        entry = self.standings[aspect].entry
        earlier = (entry.note or "").rstrip("\n") if entry else ""
        self._write([Change(note, f"{earlier}\n\n{text}" if earlier else text)])

    def add_idea(self, aspect: str, text: str) -> None:
        """Add an idea for improving an aspect."""
        self._write([Change(self._entry(aspect, "ideas"), text, append=True)])

    def add_evidence(self, aspect: str, kind: str, note: str) -> None:
        """Add where an aspect can be seen. What was seen or heard today carries today's date."""
        is_seen = kind in ("observation", "walkthrough", "conversation")
        on = {"date": PartialDate.of(self.today)} if is_seen else {}
        self._write([Change(self._entry(aspect, "evidence"), {"kind": kind, **on, "note": note}, append=True)])

    def add_action(self, aspect: str, text: str, owner: str = "", due: PartialDate | None = None) -> None:
        """Add a line to the action plan for an aspect."""
        self._entry(aspect)
        action: dict[str, Any] = {"id": self._action_id(text, aspect), "aspect": aspect, "action": text}
        action |= {"owner": owner} if owner else {}
        action |= {"due": due} if due else {}
        self._write([Change(("actions",), {**action, "status": "planned"}, append=True)], aspect)

    def answer(self, answers: Sequence[Answer], plan: Sequence[Change] = ()) -> Saved:
        """Write many answers at once, all or none; of no aspect where all of it stood there already.

        `plan` is what goes with them into the action plan.

        Raises CharterkitError with every complaint and its place.
        """
        there = self._there()
        read = self.meant_by(answers)
        if read.complaints:
            raise Refused("bad-answers", complaints="\n".join(read.complaints))
        every = [*read.made, *read.whole, *plan]
        if not every and any(answer.ideas or answer.evidence or answer.cleared for answer in answers):
            return Saved(0)
        if not every and not read.parts:
            raise Refused("no-answer")
        about = aspects_of(read.made)
        if every:
            self._write([*pruned(read.made, there), *read.whole, *plan], *about, *read.parts)
        return Saved(len(about), overwritten(read.made, self.charter, there), read.parts if read.whole else ())

    def meant_by(self, answers: Sequence[Answer]) -> ReadAnswers:
        """What many answers would change here. Nothing is written."""
        return read_against(answers, self.charter, self._tree(), self._there(), self.evaluated.not_asked)

    def held(self, way: TreePath) -> Any:  # noqa: ANN401 - whatever the file holds
        """What stands in the file at a place; None where nothing does."""
        return value_at(self._tree(), placed(way, self.charter))

    def plan(self, made: Sequence[Change], *about: str) -> None:
        """Changes to the action plan of this evaluation, about these aspects."""
        self._write(made, *about)

    def agree(self) -> None:
        """Set the status to agreed and the date to the one said, else today; one that is agreed already stays.

        What the charter's text is goes with it; where that has changed since, agreeing again says that it was looked
        at. Today outside the cycle leaves the date as it is. Raises CharterkitError where there is nothing to agree.
        """
        if self.existing is None:
            raise NotThere("nothing-to-agree")
        text = [Change(("charter_text",), text_now(self.workspace, self.existing.evaluation))]
        if self.is_agreed:
            if self.is_to_be_looked_at:
                self._write(text)
            return
        if (self.date or self.existing.evaluation.date) is None:
            raise Missing("no-date", path=self.path)
        self._write([Change(("status",), "agreed"), *text, *([Change(("date",), self.date)] if self.date else [])])

    def begin(self) -> None:
        """Write a new one without an answer, to be filled in with an editor."""
        self._write([])

    def _entry(self, aspect: str, *keys: str) -> TreePath:
        """The way to what is said about an aspect. Raises CharterkitError where the charter has no such aspect."""
        if aspect not in self.charter.aspects:
            guess = nearest(slug(aspect), self.charter.aspects)
            raise NotThere(
                "no-aspect",
                aspect=aspect,
                kind=self.charter.rated_kind,
                meant=guess,
                charter=self.charter.id,
                version=self.charter.version,
            )
        return ("ratings", aspect, *keys)

    def _listed(self, way: TreePath, place: int) -> TreePath:
        """The way to a list's readable entry of a number, from 0."""
        return (*way, self.evaluated.document.loaded.position(placed(way, self.charter), place))

    def _change_listed(self, way: TreePath, place: int, keys: TreePath, text: str) -> None:
        at, aspect = self._listed(way, place), str(way[1])
        if text.strip():
            self._write([Change((*at, *keys), text)])
        else:
            self._take_out(aspect, [self._without(way, at[-1])])

    def _without(self, way: TreePath, key: str | int) -> Change:
        """Takes an entry out of a list or mapping, and the list or mapping itself with its last one."""
        tree = parse(self.evaluated.document.data).tree
        return Change(
            way if len(value_at(tree, placed(way, self.charter)) or ()) < _SEVERAL else (*way, key), remove=True
        )

    def _take_out(self, aspect: str, made: Sequence[Change]) -> None:
        if made:
            self._write(pruned(made, self._there()), aspect)

    def _refuse_unless(self, word: str, known: Sequence[str], what: str) -> None:
        if word not in known:
            raise Refused("no-such-answer", word=word, what=what, known=known)

    def _there(self) -> dict[str, Any]:
        """What stands in the file for each aspect, whether or not it can be used."""
        there = self._tree().get(self.charter.ratings_key)
        return there if isinstance(there, dict) else {}

    def _tree(self) -> dict[str, Any]:
        tree = parse(self.evaluated.document.data).tree
        return tree if isinstance(tree, dict) else {}

    def _action_id(self, text: str, aspect: str) -> str:
        """A short name that no other action of the school's has."""
        unread = [entry.raw for entry in self.evaluated.document.loaded.unreadable_in("actions").values()]
        taken = {tracked.id for tracked in all_actions(self.folder, self.charter.id)}
        return new_id(text, aspect, taken | {str(raw.get("id")) for raw in unread if isinstance(raw, dict)})

    # -- the file

    def _write(self, made: Sequence[Change], *about: str) -> None:
        """Put changes into the file, or make the file with them; then take in what is on disk now."""
        root = self.workspace.root
        made = looked_at(made, about, self._there())
        before = self.existing.document.data if self.existing else None
        if before is None:
            after = self._edited(self._new_text(), made).encode()
            write.save(root / self.path, None, after, root)
        else:
            after = write.change(root / self.path, before, lambda text: self._edited(text, made), root)
        if after != before:
            self._written.append(Written(before, after, about or aspects_of(made)))
        self.refresh()

    def refresh(self) -> None:
        """Take in what is on disk now. Raises CharterkitError where that can no longer be read."""
        self.workspace.refresh()
        if not (self.workspace.root / self.path).exists():
            self.existing = None
            return
        found = evaluated(self.workspace.read(self.path, self.kind), self.charter)
        if found is None:
            raise Missing("no-longer-readable", path=self.path)
        self.existing = replace(found, not_asked=self._blank.not_asked)

    def _edited(self, text: str, made: Sequence[Change]) -> str:
        return with_changes(text, made, self.charter, self.path, self.evaluated.document.loaded)

    def _new_text(self) -> str:
        head = {**self.about, "cycle": self.cycle, "date": self.date, "status": "draft"}
        head |= {"rater": self.rater} if self.rater else {}
        return schema_line(self.workspace.root, self.path, "evaluation") + as_yaml(head) + "ratings: {}\n"


_SEVERAL = 2
