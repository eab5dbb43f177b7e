"""What a person typed into a card, told from what stood in its fields already, and written piece by piece."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import partial
from typing import Generic, TypeVar

from starlette.datastructures import FormData

from charterkit.choices import EVIDENCE_KINDS, EvidenceKind
from charterkit.errors import Conflict, Refused
from charterkit.insight.evaluations.aims import STATEMENTS, Aim
from charterkit.insight.evaluations.answers import Answer
from charterkit.insight.evaluations.planning import Became
from charterkit.model.base import BadValue
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Evaluation
from charterkit.model.value import Value
from charterkit.records import dataclass
from charterkit.serve.pages import fingerprint, text
from charterkit.serve.sheet import CardPlace, CardSheet, RatingSheet
from charterkit.session.open_actions import settle
from charterkit.session.statements import LONGEST
from charterkit.text.safe import visible

MOST = 20_000
"""Characters of one text: a few pages."""
WAS = "was-"
"""Before a field's name: the fingerprint of what stood in it when it was shown."""
BECAME: dict[str, Became] = {"done": "done", "carry": "carry on", "drop": "drop"}
WORDS = {
    "note": "Note",
    "reason": "Why it does not apply",
    "idea": "Idea",
    "action": "Action",
    "owner": "Who sees to it",
    "due": "By when",
    "evidence": "What was seen, and where",
    "kind": "Where it can be seen",
    "group": "For a group",
    "level": "Target",
    "by": "Target, by when",
    "value": "What was counted",
    "looked": "What you saw or heard, and where",
    "with": "With whom",
    "why": "Why it may be met although it is below the mark",
    "visitor": "Who came",
    "support": "What was done to help",
    "summary": "Of the whole",
    "outcome": "How it ended",
    "award": "At which level",
}
"""What a field is called, by the first word of its name."""
KIND: EvidenceKind = "observation"
"""The kind of evidence that is offered first."""
_LINES = frozenset({"note", "reason", "why", "summary", *STATEMENTS})
"""Fields whose line breaks are kept."""
SheetT = TypeVar("SheetT", bound=CardSheet)

Step = tuple[tuple[str, ...], str, Callable[[], object]]
"""The fields that a step takes, what it says when it is done, and what it does."""


def plain(name: str, value: str) -> str:
    """A field's text as it is shown and compared: what a browser does to line ends and blanks is no change."""
    clean = visible(value.replace("\r\n", "\n")).strip()
    return clean if name.partition("-")[0] in _LINES else " ".join(clean.split())


def stood(name: str, value: str) -> str:
    """The fingerprint of a field's text, to go with its form."""
    return fingerprint(plain(name, value))


def typed(fields: FormData) -> dict[str, str]:
    """The fields that hold something else than when they were shown, by name."""
    found = {}
    for name in fields:
        if name.partition("-")[0] not in WORDS:
            continue
        said = plain(name, text(fields, name))
        if fingerprint(said) == (text(fields, WAS + name) or fingerprint("")):
            continue
        found[name] = said
    return found


def typed_statements(fields: FormData, evaluation: Evaluation) -> dict[str, str]:
    """What is newly said of the whole cycle.

    Raises Conflict where that has changed since it was shown, and Refused for what is too long.
    """
    said = {}
    for name in STATEMENTS:
        value, was = plain(name, text(fields, name)), text(fields, WAS + name)
        if fingerprint(value) == was:
            continue
        if stood(name, getattr(evaluation, name) or "") not in (was, fingerprint(value)):
            raise Conflict("page-moved-on")
        if len(value) > LONGEST:
            raise Refused("page-long-text", what=STATEMENTS[name], most=LONGEST, length=len(value))
        said[name] = value
    return said


def demand_fit(said: Mapping[str, str]) -> None:
    """Raises Refused for a text that is longer than anybody reads."""
    for name, value in said.items():
        if len(value) > MOST:
            raise Refused("page-long-text", what=WORDS[name.partition("-")[0]], most=MOST, length=len(value))


def in_words(said: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was typed, each piece after what its field is called."""
    return [(WORDS[name.partition("-")[0]], value) for name, value in said.items() if value]


def unsaved(fields: FormData) -> list[tuple[str, str]]:
    """What somebody typed into a form of any room, for a page that could not take it."""
    named = {**{name: WORDS[name] for name in WORDS if name not in _CHOSEN}, **_OTHERS}
    said = ((words, name, text(fields, name).strip()) for name, words in named.items())
    return [(words, value) for words, name, value in said if value and stood(name, value) != text(fields, WAS + name)]


_CHOSEN = frozenset({"action", "kind", "level"})
"""Fields that elsewhere are no words of anybody's."""
_OTHERS = {
    "name": "Name",
    "by": "Who, or by when",
    "date": "When",
    "outcome": "What was decided",
    "version": "Version",
    "next": "Next review",
    "url": "Published at",
    "changes": "What the school does otherwise",
    "category": "What sort of concern",
    "reference": "Number of its file",
    "propose": "Days that would suit",
    "agreed": "The day that is agreed",
    "anyway": "Why you ask all the same",
    **STATEMENTS,
    "text": "Text of the file",
}
"""What fields besides those of a card are called."""


@dataclass
class AnyPress(Generic[SheetT]):
    """One press of a button in a card: the button, and what was typed; `left` is what of it is not written yet."""

    sheet: SheetT
    place: CardPlace
    button: str
    left: dict[str, str]
    done: list[str] = field(default_factory=list)

    def write(self) -> str:
        """Write all of it, the button's own last, to be taken back as one answer. What is to be said.

        Raises CharterkitError; `left` tells how far it came.
        """
        with self.sheet.at_once():
            for names, words, step in [*self._steps()]:
                step()
                self.sheet.forget()
                self.done.append(words)
                for name in names:
                    self.left.pop(name, None)
        return " ".join(words for words in self.done if words) or "Nothing was changed."

    @abstractmethod
    def _steps(self) -> Iterator[Step]:
        """All that is to be written. What cannot be read is refused before any of it is."""

    def _numbers(self, kind: str) -> list[int]:
        """The places of what was changed of a kind, the last first: what is taken out moves those behind it."""
        rests = [name.removeprefix(f"{kind}-") for name in self.left if name.startswith(f"{kind}-")]
        return sorted((int(rest) for rest in rests if rest.isascii() and rest.isdecimal()), reverse=True)


class Press(AnyPress[RatingSheet]):
    """One in a card of a self-evaluation."""

    def _steps(self) -> Iterator[Step]:
        """All that is to be written. What cannot be read is refused before any of it is."""
        if "note" in self.left:
            words = "Note saved." if self.left["note"] else "The note is taken out."
            yield ("note",), words, partial(self._note, self.left["note"])
        if not self.place.is_whole:
            yield from self._of_an_aspect()
        yield self._button()

    def _note(self, said: str) -> None:
        if self.place.is_whole:
            self.sheet.parts.note(self.place.name, said)
        else:
            self.sheet.file.change_note(self.place.name, said)

    def _of_an_aspect(self) -> Iterator[Step]:
        yield from self._aims()
        yield from self._changed()
        yield from self._added()

    def _changed(self) -> Iterator[Step]:
        """Groups, and what the aspect holds."""
        file, aspect, left = self.sheet.file, self.place.name, self.left
        for name in [name for name in left if name.startswith("group-")]:
            group, level = name.removeprefix("group-"), left[name]
            step = partial(file.rate_group, aspect, group, level) if level else partial(file.clear_group, aspect, group)
            yield (name,), "Saved for the group.", step
        entry = file.standings[aspect].entry
        ideas, seen = (len(entry.ideas), len(entry.evidence)) if entry else (0, 0)
        for kind, change, held in (("idea", file.change_idea, ideas), ("evidence", file.change_evidence, seen)):
            for place in self._numbers(kind):
                if place >= held:
                    raise Refused("page-no-button")
                name = f"{kind}-{place}"
                words = f"The {kind} is {'changed' if left[name] else 'taken out'}."
                yield (name,), words, partial(change, aspect, place, left[name])
        for place in sorted({*self._numbers("action"), *self._numbers("owner"), *self._numbers("due")}, reverse=True):
            yield self._changed_action(place)

    def _added(self) -> Iterator[Step]:
        """A new idea, action or piece of evidence."""
        file, aspect, left = self.sheet.file, self.place.name, self.left
        if "idea" in left:
            yield ("idea",), "Idea saved.", partial(file.add_idea, aspect, left["idea"])
        if {"action", "owner", "due"} & set(left):
            if not left.get("action"):
                raise Refused("empty-action")
            due = _date("due", left.get("due", ""))
            step = partial(file.add_action, aspect, left["action"], left.get("owner", ""), due)
            yield ("action", "owner", "due"), "Action saved.", step
        if "evidence" in left:
            kind = left.get("kind", KIND)
            if kind not in EVIDENCE_KINDS:
                raise Refused("page-no-button")
            yield ("evidence", "kind"), "Evidence saved.", partial(file.add_evidence, aspect, kind, left["evidence"])

    def _changed_action(self, place: int) -> Step:
        names = (f"action-{place}", f"owner-{place}", f"due-{place}")
        actions = self.sheet.file.evaluated.evaluation.actions
        if place >= len(actions) or actions[place].aspect != self.place.name:
            raise Refused("page-no-button")
        said = self.left.get(names[0], actions[place].action)
        due = _date("due", self.left.get(names[2], ""))
        step = partial(self.sheet.file.change_action, place, said, self.left.get(names[1], ""), due)
        return names, f"The action is {'changed' if said else 'taken out'}.", step

    def _aims(self) -> Iterator[Step]:
        """Target and value."""
        file, aspect, left = self.sheet.file, self.place.name, self.left
        if "level" in left or "by" in left:
            entry = file.standings[aspect].entry
            held = entry.target if entry else None
            level = left.get("level", held.level if held else "")
            by = _date("by", left["by"]) if "by" in left else held.by if held else None
            answer = (
                Answer(aspect, WORDS["level"], target=Aim(level, by))
                if level
                else Answer(aspect, WORDS["level"], cleared=("target",))
            )
            yield ("level", "by"), "The target is saved." if level else "No target.", partial(file.answer, [answer])
        if "value" in left:
            value = _value(left["value"]) if left["value"] else None
            answer = Answer(aspect, WORDS["value"], value=value, cleared=() if value else ("value",))
            yield ("value",), "The value is saved." if value else "No value.", partial(file.answer, [answer])

    def _button(self) -> Step:
        """What the button itself does."""
        what, _, which = self.button.partition(":")
        of = self.sheet.parts if self.place.is_whole else self.sheet.file
        if what == "rate":
            level = self.sheet.file.charter.levels.get(which)
            return (), f"{level.label if level else which} saved.", partial(of.rate, self.place.name, which)
        if what == "clear":
            return (), "The rating is taken out.", partial(of.clear, self.place.name)
        if what == "na" or (what == "save" and "reason" in self.left):
            reason = self.left.get("reason", self._reason())
            return ("reason",), "Saved: it does not apply.", partial(of.not_applicable, self.place.name, reason)
        if what in BECAME:
            return (), "Saved.", partial(self._settle, which, BECAME[what])
        if what == "keep" and self.sheet.merging:
            return (), "Saved: what the raters wrote.", partial(self.sheet.merging.keep_words, self.place.name)
        if what == "save":
            return (), "", lambda: None
        raise Refused("page-no-button")

    def _reason(self) -> str:
        entry = self.sheet.standing(self.place).entry
        return (entry.reason or "") if entry else ""

    def _settle(self, action: str, became: Became) -> None:
        tracked = next((each for each in self.sheet.open_before.get(self.place.name, []) if each.id == action), None)
        if tracked is None:
            raise Refused("page-no-button")
        settle(self.sheet.file, tracked, became)


def _date(name: str, said: str) -> PartialDate | None:
    try:
        return PartialDate.meant(said) if said else None
    except BadValue as bad:
        raise Refused("page-not-read", what=WORDS[name], why=bad.message, remedy=bad.remedy) from None


def _value(said: str) -> Value:
    try:
        return Value.parse(said)
    except BadValue as bad:
        raise Refused("page-not-read", what=WORDS["value"], why=bad.message, remedy=bad.remedy) from None
