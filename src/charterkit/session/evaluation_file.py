"""The guided self-evaluation without a terminal: what is asked next, and every answer on disk before the next question.

The command line drives it key by key; a browser page can drive the same object.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from charterkit.errors import CharterkitError
from charterkit.files import write
from charterkit.files.load import Loaded, Unreadable, load
from charterkit.files.schema_line import schema_line
from charterkit.files.words import shown
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.files.yaml.edit import Change, edited
from charterkit.files.yaml.emit import document as as_yaml
from charterkit.files.yaml.marks import locate
from charterkit.files.yaml.reader import decode, parse
from charterkit.findings import alternatives
from charterkit.insight.evaluations.answers import Answer, changes, overwritten, without_reason
from charterkit.insight.evaluations.beginning import dated, refuse_left_out
from charterkit.insight.evaluations.compare import inherited
from charterkit.insight.evaluations.evaluated import Evaluated, Standing, State, evaluated, timeline
from charterkit.insight.evaluations.lineage import Lineage, lineage
from charterkit.model.base import slug
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.evaluation import Evaluation
from charterkit.model.scale import NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Question:
    """One aspect as it is asked: where it stands in the charter, what it holds now, and what was said last time."""

    key_point: KeyPoint
    point_number: int
    aspect: Aspect
    number: int
    """Its place among the aspects of its key point, from 1."""
    of: int
    now: Standing
    before: Standing | None
    """Last cycle's standing; None where there was no earlier cycle or no such aspect."""


class EvaluationSession:
    """One school's evaluation of one charter in one cycle. A new one is written with its first answer, not before."""

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
        """Find the evaluation to go on with: of the cycle, else the newest draft, else this academic year's, new.

        `when` is its date, where that is not today. Raises CharterkitError when its file, or one that may be it,
        cannot be read, and when a new one would get a date outside its cycle.
        """
        self.workspace = workspace
        self.folder = folder
        self.today = today
        refuse_left_out(workspace, folder, charter.id, cycle)
        found = timeline(workspace, folder, charter.id)
        self.existing = _chosen(found, cycle)
        self.cycle = cycle or (self.existing.cycle if self.existing else Cycle.containing(today))
        if self.existing is None:
            self.existing = next((one for one in found if one.cycle == self.cycle), None)
        self.date = dated(self.cycle, when, today, is_new=self.existing is None)
        self.charter = self.existing.charter if self.existing else charter
        self.path = self.existing.document.path if self.existing else self._new_path()
        self.previous = self._previous(found)
        self.position: int | None = None
        self.resume()

    # -- where we are

    @property
    def one(self) -> Evaluated:
        """The evaluation as it stands on disk; an empty one before the first answer."""
        if self.existing is not None:
            return self.existing
        blank = Evaluation(
            charter=self.charter.id,
            charter_version=self.charter.version,
            cycle=self.cycle,
            date=self.date,
            ratings={},
        )
        document: Document[Evaluation] = Document(self.path, Evaluation, Loaded(blank))
        found = evaluated(document, self.charter)
        if found is None:
            raise AssertionError(self.path)  # a cycle is given
        return found

    @property
    def about(self) -> dict[str, str]:
        """What an answers file may say of itself, so that it is known to be meant for this evaluation."""
        return {"charter": self.charter.id, "charter_version": self.charter.version, "cycle": str(self.cycle)}

    @property
    def is_agreed(self) -> bool:
        """Whether somebody has agreed it: changing it still works, and is worth a warning."""
        return self.existing is not None and self.existing.evaluation.status == "agreed"

    @property
    def aspects(self) -> list[Aspect]:
        """All aspects in the charter's order."""
        return list(self.charter.aspects.values())

    @property
    def progress(self) -> tuple[int, int]:
        """How many aspects are answered, of how many."""
        done = [one for one in self.one.standings.values() if one.state in (State.RATED, State.NOT_APPLICABLE)]
        return len(done), len(self.one.standings)

    @property
    def question(self) -> Question | None:
        """What is asked now; None when there is nothing left to ask."""
        if self.position is None:
            return None
        aspect = self.aspects[self.position]
        point = self.charter.key_point_of[aspect.id]
        beside = [one.id for one in point.aspects]
        number = [one.id for one in self.charter.key_points].index(point.id) + 1
        now = self.one.standings[aspect.id]
        return Question(point, number, aspect, beside.index(aspect.id) + 1, len(beside), now, self.before(aspect.id))

    def before(self, aspect: str) -> Standing | None:
        """Last cycle's standing of an aspect, through renames, merges and splits."""
        if self.previous is None:
            return None
        olds = self._line().get(aspect, ())
        return inherited([self.previous.standings[old] for old in olds]) if olds else None

    def _line(self) -> Lineage:
        if self.previous is None:
            return {}
        return lineage(self.previous.charter, self.charter, self.workspace.versions(self.charter.id))

    # -- moving

    def resume(self) -> None:
        """Go to the first aspect that is not answered."""
        self.position = self._open_from(0)

    def forward(self) -> None:
        """Go to the next aspect not answered behind this one, else to the first there is; else to the end."""
        if self.position is None:
            return
        following = self._open_from(self.position + 1)
        self.position = self._open_from(0) if following is None else following

    def skip(self) -> bool:
        """Leave this one for later: on to the next in the charter's order. False at the last one."""
        if self.position is None or self.position + 1 >= len(self.aspects):
            self.position = None
            return False
        self.position += 1
        return True

    def back(self) -> bool:
        """One aspect back; False at the first. From the end, to the last."""
        last = len(self.aspects) if self.position is None else self.position
        if last == 0:
            return False
        self.position = last - 1
        return True

    def jump(self, key_point: int) -> bool:
        """To a key point by its number from 1: its first open aspect, else its first."""
        if not 1 <= key_point <= len(self.charter.key_points):
            return False
        inside = [aspect.id for aspect in self.charter.key_points[key_point - 1].aspects]
        places = [number for number, aspect in enumerate(self.aspects) if aspect.id in inside]
        if not places:
            return False
        self.position = next((number for number in places if self._is_open(number)), places[0])
        return True

    def _is_open(self, number: int) -> bool:
        return self.one.standings[self.aspects[number].id].state in (State.NOT_RATED, State.UNREADABLE)

    def _open_from(self, start: int) -> int | None:
        return next((number for number in range(start, len(self.aspects)) if self._is_open(number)), None)

    # -- answering the current question

    def rate(self, level: str) -> None:
        """Give the current aspect a level. Raises CharterkitError for a word that is no level of the scale."""
        self._refuse_unless(level, list(self.charter.levels), "a level of this charter")
        aspect = self._asked()
        self.write([Change(("ratings", aspect, "rating"), level), *without_reason(self._there(), aspect, level)])

    def not_applicable(self, reason: str) -> None:
        """Say that the current aspect does not apply, and why."""
        at = ("ratings", self._asked())
        if not reason.strip():
            raise CharterkitError(f"{at[-1]} is not-applicable without a reason.", "Say why it does not apply.")
        self.write([Change((*at, "rating"), NOT_APPLICABLE), Change((*at, "reason"), reason)])

    def rate_group(self, group: str, level: str) -> None:
        """Give the current aspect a level for one focus group."""
        self._refuse_unless(group, [one.id for one in self.charter.focus_groups], "a focus group of this charter")
        self._refuse_unless(level, list(self.charter.levels), "a level of this charter")
        self.write([Change(("ratings", self._asked(), "groups", group), level)])

    def _refuse_unless(self, word: str, known: Sequence[str], what: str) -> None:
        if word not in known:
            hint = f"Write {alternatives(known)}." if known else "It has none."
            raise CharterkitError(f"'{shown(word)}' is not {what}.", hint)

    def add_note(self, text: str) -> None:
        """Add a paragraph to the current aspect's note."""
        self._refuse_unreadable()
        entry = self.one.standings[self._asked()].entry
        earlier = (entry.note or "").rstrip("\n") if entry else ""
        self.write([Change(("ratings", self._asked(), "note"), f"{earlier}\n\n{text}" if earlier else text)])

    def add_idea(self, text: str) -> None:
        """Add an idea for improving the current aspect."""
        self.write([Change(("ratings", self._asked(), "ideas"), text, append=True)])

    def add_evidence(self, kind: str, note: str) -> None:
        """Add where the current aspect can be seen. What was seen or heard today carries today's date."""
        evidence: dict[str, Any] = {"kind": kind}
        if kind in ("observation", "walkthrough", "conversation"):
            evidence["date"] = PartialDate.of(self.today)
        self.write([Change(("ratings", self._asked(), "evidence"), {**evidence, "note": note}, append=True)])

    def add_action(self, text: str, owner: str = "", due: PartialDate | None = None) -> None:
        """Add a line to the action plan for the current aspect."""
        unread = [entry.raw for entry in self.one.document.loaded.unreadable_in("actions").values()]
        taken = {action.id for action in self.one.evaluation.actions}
        taken |= {str(raw.get("id")) for raw in unread if isinstance(raw, dict)}
        stem = "-".join(slug(text).split("-")[:5])[:_LONGEST_ID].strip("-") or self._asked()
        name = next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if name not in taken)
        action: dict[str, Any] = {"id": name, "aspect": self._asked(), "action": text}
        action |= {"owner": owner} if owner else {}
        action |= {"due": due} if due else {}
        self.write([Change(("actions",), {**action, "status": "planned"}, append=True)])

    def _asked(self) -> str:
        if self.position is None:
            raise CharterkitError("There is no question to answer.")
        return self.aspects[self.position].id

    def _refuse_unreadable(self) -> None:
        """What is to be added to must be readable, or it would be lost."""
        bad = self.one.document.loaded.unreadable_in("ratings").get(self._asked())
        if bad is not None:
            raise _unreadable(self.path, self.one.document.data, bad)

    # -- answering without questions

    def answer(self, answers: Sequence[Answer]) -> int:
        """Write many answers at once, all or none; the number of aspects they were about, 0 where all stood there.

        Raises CharterkitError with every complaint and its place.
        """
        made, complaints = changes(answers, self.charter, self._there())
        if complaints:
            raise CharterkitError("\n".join(complaints), "Nothing was changed.")
        if not made and any(one.ideas or one.evidence for one in answers):
            return 0
        if not made:
            raise CharterkitError("There is no answer in what was given.", "Nothing was changed.")
        self.write(made)
        return len({change.at[1] for change in made})

    def overwritten(self, answers: Sequence[Answer]) -> tuple[str, ...]:
        """What `answer` would take the place of, in sentences."""
        there = self._there()
        return overwritten(changes(answers, self.charter, there)[0], self.charter, there)

    def _there(self) -> dict[str, Any]:
        """What stands in the file for each aspect, whether or not it can be used."""
        tree = parse(self.one.document.data).tree
        there = tree.get("ratings") if isinstance(tree, dict) else None
        return there if isinstance(there, dict) else {}

    def agree(self) -> None:
        """Set the status to agreed and the date to the one said, else today; one that is agreed already stays.

        Today outside the cycle leaves the date as it is. Raises CharterkitError where there is nothing to agree.
        """
        if self.existing is None:
            raise CharterkitError("There is no evaluation to agree yet.", "Answer the first question before.")
        if self.is_agreed:
            return
        if (self.date or self.existing.evaluation.date) is None:
            raise CharterkitError(f"{self.path} has no date that can be read.", "Say when it was agreed with --date.")
        self.write([Change(("status",), "agreed"), *([Change(("date",), self.date)] if self.date else [])])

    # -- on disk

    def write(self, made: Sequence[Change]) -> None:
        """Put changes into the file, or make the file with them; then take in what is on disk now.

        Raises CharterkitError, and changes nothing, when an entry would still be unreadable with its answer in it.
        """
        path = self.workspace.root / self.path
        if self.existing is None:
            write.save(path, None, self._edited(self._new_text(), made).encode(), self.workspace.root)
        else:
            write.change(path, self.existing.document.data, lambda text: self._edited(text, made), self.workspace.root)
        self._take_in()

    def _edited(self, text: str, made: Sequence[Change]) -> str:
        bad = self.one.document.loaded.unreadable_in("ratings")
        if not any(change.at[1:2] == (aspect,) for change in made for aspect in bad):
            return edited(text, made)
        after = edited(text, made)
        still = load(Evaluation, after.encode()).unreadable_in("ratings")
        for aspect in bad:
            if aspect in still and any(change.at[:2] == ("ratings", aspect) for change in made):
                raise _unreadable(self.path, text.encode(), bad[aspect])
        return after

    def _take_in(self) -> None:
        self.workspace.refresh()
        document = self.workspace.read(self.path, Evaluation)
        self.existing = evaluated(document, self.charter)
        if self.existing is None:
            raise CharterkitError(
                f"{self.path} can no longer be read.", "Run 'charterkit check' and mend what it names."
            )

    def _new_text(self) -> str:
        head = {
            "charter": self.charter.id,
            "charter_version": self.charter.version,
            "cycle": self.cycle,
            "date": self.date,
            "status": "draft",
        }
        return schema_line(self.workspace.root, self.path, "evaluation") + as_yaml(head) + "ratings: {}\n"

    def _new_path(self) -> str:
        """`<cycle>.yaml`, or `<charter>-<cycle>.yaml` when another charter's or cycle's evaluation has that name."""
        for name in (str(self.cycle), f"{self.charter.id}-{self.cycle}"):
            path = f"{self.folder.path}/evaluations/{name}.yaml"
            if not Path(self.workspace.root, path).exists():
                return path
            document = self.workspace.read(path, Evaluation)
            if self._is_another(document):
                continue
            raise CharterkitError(f"{path} cannot be read.", "Run 'charterkit check' and mend what it names first.")
        raise CharterkitError(f"There is already an evaluation in {path}.", "Say another --cycle.")

    def _is_another(self, document: Document[Evaluation]) -> bool:
        """Whether a file is a readable evaluation of another charter, or of another cycle."""
        model = document.model
        if model is None:
            return False
        is_other_charter = model.charter != self.charter.id and "charter" not in document.loaded.broken
        return is_other_charter or (model.cycle is not None and model.cycle != self.cycle)

    def _previous(self, found: Sequence[Evaluated]) -> Evaluated | None:
        order = self.one.order
        earlier = [one for one in found if one.order < order and one.cycle != self.cycle]
        return earlier[-1] if earlier else None


_LONGEST_ID = 60
"""Characters of an id that is made of a text."""


def _unreadable(path: str, data: bytes, entry: Unreadable) -> CharterkitError:
    line, column = locate(decode(data)[0], [entry.problem])[0]
    message = f"{path}, line {line}, column {column}: {entry.problem.message}."
    return CharterkitError(message, f"{entry.problem.help} Nothing was changed: mend it in an editor first.".strip())


def _chosen(found: Sequence[Evaluated], cycle: Cycle | None) -> Evaluated | None:
    if cycle is not None:
        return next((one for one in found if one.cycle == cycle), None)
    drafts = [one for one in found if one.evaluation.status == "draft"]
    return drafts[-1] if drafts else None
