"""Whatever anybody does: random answers by aspect, moves, undo and other people's edits, against a plain model."""

import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from charterkit.errors import Conflict
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.edit import Change, edited
from charterkit.insight.charter_text import text_hash
from charterkit.insight.evaluations.answers import Answer
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Evaluation, Rating
from charterkit.session.questionnaire import Questionnaire
from tests.insight.samples import evaluation

from .files import TODAY, again, asked, data, opened, refused, workspace

TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n") | st.sampled_from(": #-'\"\\{}[]|>%@&*!?"),
    min_size=1,
    max_size=20,
).filter(str.strip)
ASPECTS = ("gate", "phone", "post", "maths", "reading")
ASPECT = st.sampled_from(ASPECTS)
LEVEL = st.sampled_from(["red", "amber", "green"])
WHO = st.sampled_from([0, 1])
THERE = f"# A comment at the top\n{evaluation({}, '2026-27', '2026-10-01')}# and at the end\n"
NEW = 'charter: small\ncharter_version: "1"\ncycle: 2026-27\ndate: 2026-11-22\nstatus: draft\nratings: {}\n'


class Held(NamedTuple):
    """What the file holds: its text, None without a file, and what that means."""

    text: str | None
    said: dict[str, dict[str, Any]]
    actions: list[dict[str, str]]
    is_agreed: bool = False

    def entry(self, aspect: str) -> dict[str, Any]:
        return self.said.setdefault(aspect, {})


class Answering(RuleBasedStateMachine):
    """One EvaluationFile with two Questionnaires over it, and somebody with a program of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)

    @initialize(exists=st.booleans())
    def begin(self, exists: bool) -> None:
        self.file = opened(workspace(self.root, {"now": THERE} if exists else {}))
        self.path = self.root / self.file.path
        self.disk = self.seen = Held(THERE if exists else None, {}, [])
        self.written: list[tuple[Held, Held]] = []
        self.people = [Questionnaire(self.file), Questionnaire(self.file)]

    def expect(self, do: Any, changes: list[Change], held: Held) -> None:
        """An answer: the changes that it should make to the file, and what the file then means."""
        if self.disk.text != self.seen.text:
            error = None
            try:
                do()
            except Conflict as conflict:
                error = conflict
            assert (error is None) == (edited(self.seen.text or NEW, changes) == self.seen.text)
            if error:
                assert error.facts.get("kept")
                assert error.facts["kept"].read_text(encoding="utf-8") == edited(self.seen.text or NEW, changes)
                error.facts["kept"].unlink()
            self.file.refresh()
            self.seen = self.disk
            return
        do()
        now = held._replace(text=edited(self.disk.text or NEW, changes))
        if now.text != self.disk.text:
            self.written.append((self.disk, now))
        self.disk = self.seen = now

    def held(self) -> Held:
        return deepcopy(self.seen)

    # -- answers

    @rule(aspect=ASPECT, level=LEVEL)
    def rate(self, aspect: str, level: str) -> None:
        held = self.held()
        changes = rated(held, aspect, level)
        self.expect(lambda: self.file.rate(aspect, level), changes, held)

    @rule(aspect=ASPECT, reason=TEXT)
    def not_applicable(self, aspect: str, reason: str) -> None:
        held = self.held()
        held.entry(aspect).update(rating="not-applicable", reason=reason)
        at = ("ratings", aspect)
        changes = [Change((*at, "rating"), "not-applicable"), Change((*at, "reason"), reason)]
        self.expect(lambda: self.file.not_applicable(aspect, reason), changes, held)

    @rule(aspect=ASPECT, level=LEVEL)
    def rate_group(self, aspect: str, level: str) -> None:
        held = self.held()
        held.entry(aspect)["groups"] = {"boys": level}
        changes = [Change(("ratings", aspect, "groups", "boys"), level)]
        self.expect(lambda: self.file.rate_group(aspect, "boys", level), changes, held)

    @rule(aspect=ASPECT, text=TEXT)
    def note(self, aspect: str, text: str) -> None:
        held = self.held()
        entry = held.entry(aspect)
        entry["note"] = f"{entry['note']}\n\n{text}" if "note" in entry else text
        changes = [Change(("ratings", aspect, "note"), entry["note"])]
        self.expect(lambda: self.file.add_note(aspect, text), changes, held)

    @rule(aspect=ASPECT, text=TEXT)
    def idea(self, aspect: str, text: str) -> None:
        held = self.held()
        held.entry(aspect).setdefault("ideas", []).append(text)
        changes = [Change(("ratings", aspect, "ideas"), text, append=True)]
        self.expect(lambda: self.file.add_idea(aspect, text), changes, held)

    @rule(aspect=ASPECT, text=TEXT)
    def evidence(self, aspect: str, text: str) -> None:
        held = self.held()
        seen = {"kind": "document", "note": text}
        held.entry(aspect).setdefault("evidence", []).append(seen)
        changes = [Change(("ratings", aspect, "evidence"), seen, append=True)]
        self.expect(lambda: self.file.add_evidence(aspect, "document", text), changes, held)

    @precondition(lambda self: self.disk.text == self.seen.text)
    @rule(aspect=ASPECT, text=TEXT)
    def action(self, aspect: str, text: str) -> None:
        held = self.held()
        self.file.add_action(aspect, text)
        name = self.file.evaluated.evaluation.actions[-1].id
        action = {"aspect": aspect, "action": text, "status": "planned"}
        held.actions.append(action)
        now = held._replace(
            text=edited(self.disk.text or NEW, [Change(("actions",), {"id": name} | action, append=True)])
        )
        self.written.append((self.disk, now))
        self.disk = self.seen = now

    @rule(aspect=ASPECT, other=ASPECT, level=LEVEL, text=TEXT)
    def many(self, aspect: str, other: str, level: str, text: str) -> None:
        held = self.held()
        changes = rated(held, aspect, level)
        ideas = held.entry(other).setdefault("ideas", [])
        if text.strip() not in [idea.strip() for idea in ideas]:
            changes.append(Change(("ratings", other, "ideas"), text, append=True))
            ideas.append(text)
        answers = [Answer(aspect, "1", level), Answer(other, "2", ideas=(text,))]
        self.expect(lambda: self.file.answer(answers), changes, held)

    @precondition(lambda self: self.seen.text and not self.seen.is_agreed)
    @rule()
    def agree(self) -> None:
        text = text_hash(self.file.charter)
        changes = [
            Change(("status",), "agreed"),
            Change(("charter_text",), text),
            Change(("date",), PartialDate.of(TODAY)),
        ]
        self.expect(self.file.agree, changes, self.held()._replace(is_agreed=True))

    @rule()
    def undo(self) -> None:
        if not self.written:
            assert refused(self.file.undo).code == "nothing-to-undo"
            return
        before, after = self.written[-1]
        if self.disk.text == after.text:
            self.file.undo()
            self.written.pop()
            self.disk = self.seen = before
            return
        error = refused(self.file.undo)
        assert isinstance(error, Conflict)
        if error.facts.get("kept"):
            assert error.facts["kept"].read_text(encoding="utf-8") == before.text
            error.facts["kept"].unlink()

    # -- somebody else

    @rule(aspect=ASPECT, level=LEVEL)
    def somebody_rates(self, aspect: str, level: str) -> None:
        held = deepcopy(self.disk)
        changes = rated(held, aspect, level)
        again(self.file).rate(aspect, level)
        self.disk = held._replace(text=edited(self.disk.text or NEW, changes))

    @precondition(lambda self: self.disk.text)
    @rule()
    def somebody_edits_by_hand(self) -> None:
        text = f"{self.disk.text}# by hand\n"
        self.path.write_bytes(text.encode())
        self.disk = self.disk._replace(text=text)

    @rule()
    def refresh(self) -> None:
        self.file.refresh()
        self.seen = self.disk

    # -- moving

    @rule(who=WHO, move=st.sampled_from(["forward", "skip", "back", "resume"]))
    def move(self, who: int, move: str) -> None:
        other = self.people[1 - who].position
        getattr(self.people[who], move)()
        assert self.people[1 - who].position == other

    @rule(who=WHO, point=st.integers(0, 3))
    def jump(self, who: int, point: int) -> None:
        assert self.people[who].jump(point) == (point in (1, 2))

    @rule()
    def stop_and_go_on(self) -> None:
        self.file = again(self.file)
        self.seen = self.disk
        self.written.clear()
        self.people = [Questionnaire(self.file), Questionnaire(self.file)]
        answered = [key for key, entry in self.disk.said.items() if "rating" in entry]
        assert asked(self.people[0]) == next((aspect for aspect in ASPECTS if aspect not in answered), None)

    # -- what always holds

    @invariant()
    def what_is_on_disk_is_what_was_answered(self) -> None:
        assert data(self.file) == (None if self.disk.text is None else self.disk.text.encode())
        if self.disk.text is None:
            assert not self.disk.said
            return
        document = Workspace(self.root).read(self.file.path, Evaluation)
        assert document.loaded.problems == ()
        model = document.model
        assert model
        assert {key: plain(entry) for key, entry in model.ratings.items()} == without_empty(self.disk.said)
        assert [
            {"aspect": a.aspect, "action": a.action, "status": a.status} for a in model.actions
        ] == self.disk.actions
        ids = [action.id for action in model.actions]
        assert len(set(ids)) == len(ids)
        assert (model.status == "agreed") == self.disk.is_agreed
        assert [path.name for path in self.path.parent.iterdir()] == [self.path.name]

    @invariant()
    def everybody_sees_the_same(self) -> None:
        ratings = {aspect: self.seen.said.get(aspect, {}).get("rating") for aspect in ASPECTS}
        for person in self.people:
            assert person.progress == (sum(level is not None for level in ratings.values()), len(ASPECTS))
            question = person.question
            assert question is None or question.now.word == ratings[question.aspect.id]

    def teardown(self) -> None:
        self.folder.cleanup()


def rated(held: Held, aspect: str, level: str) -> list[Change]:
    """The changes of a level, made in what the file means."""
    entry = held.entry(aspect)
    changes = [Change(("ratings", aspect, "rating"), level)]
    if entry.get("rating") == "not-applicable":
        del entry["reason"]
        changes.append(Change(("ratings", aspect, "reason"), remove=True))
    entry["rating"] = level
    return changes


def plain(entry: Rating) -> dict[str, Any]:
    found = {name: getattr(entry, name) for name in ("rating", "reason", "note", "groups")}
    evidence = [{"kind": seen.kind, "note": seen.note} for seen in entry.evidence]
    found |= {"ideas": list(entry.ideas), "evidence": evidence}
    return {name: value for name, value in found.items() if value}


def without_empty(said: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    entries = {key: {name: value for name, value in entry.items() if value} for key, entry in said.items()}
    return {key: entry for key, entry in entries.items() if entry}


TestAnswering = Answering.TestCase
TestAnswering.settings = settings(max_examples=8, stateful_step_count=15, deadline=None)


class AnsweringAtLength(Answering):
    """The same for longer."""


TestAnsweringAtLength = pytest.mark.slow(AnsweringAtLength.TestCase)
TestAnsweringAtLength.settings = settings(
    max_examples=settings().max_examples // 2, stateful_step_count=30, deadline=None
)
