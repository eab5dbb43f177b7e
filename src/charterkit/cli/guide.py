"""The guided self-evaluation in a terminal: shows a question, takes one key, and has the answer written to the file."""

import os
import shutil
import signal
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from charterkit.choices import EVIDENCE_KINDS
from charterkit.cli.bursts import ENTER, LEFT, RIGHT, Said
from charterkit.cli.guide_actions import ask_open_actions
from charterkit.cli.guide_change import change
from charterkit.cli.guide_jump import Places
from charterkit.cli.guide_parts import PartQuestions
from charterkit.cli.guide_screen import Screen
from charterkit.cli.keys import Keys, StoppedError
from charterkit.cli.options import Session
from charterkit.insight.evaluations.naming import aspects_meant
from charterkit.insight.evaluations.whole_points import spread_said
from charterkit.model.base import BadValue
from charterkit.model.dates import PartialDate, soon
from charterkit.model.scale import Level
from charterkit.session.answer_keys import GuideAnswers
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.session.questionnaire import Questionnaire
from charterkit.text.english import alternatives
from charterkit.text.safe import shown

T = TypeVar("T")
Do = Callable[[str], bool]
"""What a key does at an aspect; True where the next question is to be shown."""

NOTE = "Note (Enter on an empty line ends it)> "
MORE_OF_NOTE = "(an empty line ends it)> "
_MORE = 3
"""Characters from which what follows a command's key is a text."""


class Guide:
    """One sitting."""

    def __init__(self, call: Session, file: EvaluationFile, *, plain: bool) -> None:
        """Prepare the screen for any width; `plain` is for screen readers and terminals without control."""
        self.file = file
        self.questions = Questionnaire(file)
        dumb = plain or os.environ.get("TERM") == "dumb"
        self.screen = Screen(call, file, self.questions, plain=dumb, width=terminal_width(), rows=terminal_rows())
        self.keys = Keys(by_line=dumb)
        self.answers = GuideAnswers(file.charter)
        self.commands = self._commands()
        self.parts = PartQuestions(self)

    def run(self) -> None:
        """Ask until everything is answered or the person stops; what was answered is on disk at every moment."""
        for name in ("SIGHUP", "SIGTERM"):  # a closed terminal is a stop like any other: what was typed is kept
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.default_int_handler)
        self.screen.welcome()
        try:
            with self.keys.sitting():
                if not self._begin():
                    self.screen.stopped()
                    return
                while self._ask():
                    pass
        except (KeyboardInterrupt, EOFError, StoppedError):
            self.screen.line("")
            self.screen.stopped()
            raise KeyboardInterrupt from None

    def _begin(self) -> bool:
        """What is asked before the first aspect; a rater is asked nothing about the school's plan. False to stop."""
        return bool(self.file.rater) or ask_open_actions(self.file, self.screen.line, self.keys.said)

    # -- one question

    def _ask(self) -> bool:
        asked = self.questions.question
        if asked is None:
            return self._end()
        self.screen.resize(terminal_width(), terminal_rows())
        if not self.screen.question(asked, self.answers.commands_shown(), self._go_on):
            self.screen.stopped()
            return False
        while True:
            said = self.keys.said(self.screen.prompt(), self.answers.words)
            meant = self.answers.meant(said.text)
            if meant == "q":
                self.screen.line("")
                self.screen.stopped()
                return False
            if self._act(said, meant, asked.aspect.id):
                self.parts.after(asked.aspect.id)
                return True

    def _go_on(self) -> bool:
        """Wait until what a key point is about has been read. False to stop."""
        while True:
            said = self.keys.said("Enter: on to its first question.  q: stop. ", _GO_ON)
            self.screen.line("")
            if said.text in (ENTER, RIGHT, " ") and not said.is_at_once:
                return True
            if said.text.casefold() in ("q", "stop", "quit", "exit"):
                return False

    def _act(self, said: Said, meant: Level | str, aspect: str) -> bool:
        """Do what was said. True where the next question is to be shown."""
        if isinstance(meant, Level):
            return self._rate(said, meant, aspect)
        command = self.commands.get(meant) or self._begun(said)
        if command is not None:
            return command(aspect)
        self.screen.line("")
        self.screen.line(self._no_answer(said))
        return False

    def _rate(self, said: Said, level: Level, aspect: str) -> bool:
        if said.is_at_once:
            self.screen.line("")
            return self._again(f"“{said.text}” came together with the answer before it, so it rates nothing.")
        self.file.rate(aspect, level.id)
        self.screen.saved(level, self.file.charter.aspects[aspect])
        self.questions.forward()
        return True

    def _begun(self, said: Said) -> Do | None:
        """The command whose key somebody typed a text straight after: that text stands in the line it asks for."""
        if self.keys.by_line or said.is_pasted or said.text[:1] not in self.answers.texts or len(said.text) < _MORE:
            return None
        self.keys.ahead = said.text[1:] + self.keys.ahead
        return self.commands[said.text[0]]

    def _no_answer(self, said: Said) -> str:
        why = "A pasted text is no answer: nothing was done with it." if said.is_pasted else "That means nothing here."
        return f"{why} {self.answers.key_list()}"

    # -- the other keys

    def _commands(self) -> dict[str, Do]:
        """What each key does, by the key that it has beside this charter's levels."""
        doing: dict[str, Do] = {
            "x": self._not_applicable,
            "k": self._point_not_applicable,
            "n": self._note,
            "i": self._idea,
            "t": self._action,
            "e": self._evidence,
            "f": self._group,
            "c": lambda aspect: change(self, aspect),
            "u": self._undo,
            "s": self._skip,
            "b": self._back,
            "j": self._jump,
            "?": self._help,
        }
        found = {key: doing[command] for key, command in self.answers.commands.items() if command in doing}
        return found | {RIGHT: self._skip, LEFT: self._back}

    def _text(self, prompt: str) -> str:
        self.screen.line("")
        return self.keys.line(f"{prompt}: ").strip()

    def _not_applicable(self, aspect: str) -> bool:
        reason = self._text("Why does it not apply? (nothing: go back to the question)")
        if not reason:
            return self._again("A reason is needed, so it was left as it was.")
        self.file.not_applicable(aspect, reason)
        self.screen.line("Saved: not applicable.")
        self.questions.forward()
        return True

    def _point_not_applicable(self, aspect: str) -> bool:
        point = self.file.charter.key_point_of[aspect]
        reason = self._text(f"Why does nothing of “{shown(point.title)}” apply? (nothing: go back to the question)")
        if not reason:
            return self._again("A reason is needed, so it was left as it was.")
        self.screen.line(spread_said(point, self.file.point_not_applicable(point.id, reason)))
        self.questions.forward()
        return True

    def _note(self, aspect: str) -> bool:
        entry = self.file.standings[aspect].entry
        self.screen.note(entry.note if entry else None)
        try:
            text = self.keys.lines(NOTE, MORE_OF_NOTE)
        except StoppedError as stopped:
            if stopped.text:
                self.file.add_note(aspect, stopped.text)
            raise
        if text:
            self.file.add_note(aspect, text)
        return self._again("Note saved." if text else "No note written.")

    def _idea(self, aspect: str) -> bool:
        try:
            text = self._text("An idea for improving it")
        except StoppedError as stopped:
            if stopped.text:
                self.file.add_idea(aspect, stopped.text)
            raise
        if text:
            self.file.add_idea(aspect, text)
        return self._again("Idea saved." if text else "No idea written.")

    def _action(self, aspect: str) -> bool:
        text = self._text("What will be done")
        if not text:
            return self._again("No action written.")
        owner = self.keys.line("Who sees to it (may be left empty): ").strip()
        due = self.due(f"By when, such as {soon(self.file.today).spoken} (may be left empty): ")
        self.file.add_action(aspect, text, owner, due)
        return self._again("Action saved.")

    def keeps_words(self, _part: str) -> bool:
        """Whether what others wrote of a key point, or of the whole, was kept for it; nobody else writes here."""
        return False

    def due(self, prompt: str) -> PartialDate | None:
        """A date, asked for until it is one; None for an empty line."""
        while True:
            text = self.keys.line(prompt).strip()
            if not text:
                return None
            try:
                due = PartialDate.meant(text)
            except BadValue as bad:
                self.screen.line(f"{bad.message}. {bad.remedy}")
                continue
            self.screen.line(f"By {due.spoken}.")
            return due

    def _evidence(self, aspect: str) -> bool:
        kinds = list[str](EVIDENCE_KINDS)
        chosen = self.choose("Where can it be seen?", kinds)
        if chosen is None:
            return self._again("No evidence written.")
        note = self.keys.line("What was seen, and where: ").strip()
        if note:
            self.file.add_evidence(aspect, kinds[chosen], note)
        return self._again("Evidence saved." if note else "No evidence written.")

    def _group(self, aspect: str) -> bool:
        groups = self.file.charter.focus_groups
        chosen = self.choose("For which group?", [group.name for group in groups])
        if chosen is None:
            return self._again("Left as it was.")
        group = groups[chosen]
        level = self.level(f"How is it for {group.name}?")
        if level is None:
            return self._again("Left as it was.")
        self.file.rate_group(aspect, group.id, level.id)
        return self._again(f"Saved for {group.name}: {level.label}.")

    def level(self, title: str, leave: str = "goes back") -> Level | None:
        """A level of the charter, asked for until it is one; None for Enter alone."""
        levels = self.answers.levels
        lines = [self.answers.spoken(level) for level in levels]
        answers = {key: level for level, known in levels.items() for key in (known.key, known.also) if key}
        has_numbers = all(any(key.isdecimal() for key in (known.key, known.also)) for known in levels.values())
        return self._pick(title, lines, answers, "Number: " if has_numbers else "Level: ", leave=leave)

    def choose(self, title: str, choices: Sequence[str]) -> int | None:
        """A position in a numbered list; None to go back."""
        numbers = {str(number): number - 1 for number in range(1, len(choices) + 1)}
        return self._pick(title, [f"{number}  {choice}" for number, choice in enumerate(choices, 1)], numbers)

    def _pick(
        self,
        title: str,
        lines: Sequence[str],
        answers: Mapping[str, T],
        prompt: str = "Number: ",
        known: Sequence[str] = (),
        leave: str = "goes back",
    ) -> T | None:
        """One of some answers, each by its key; whatever else is typed stays at this prompt. None to go back.

        `known` are the keys that are named where something else was typed, if not all of them.
        """
        self.screen.line("")
        self.screen.line(f"{title} Enter alone {leave}.")
        for line in lines:
            self.screen.line(f"  {line}")
        while True:
            said = self.keys.said(prompt, {*answers, ENTER})
            if said.text in (ENTER, LEFT):
                self.screen.line("")
                return None
            key = said.text.casefold()
            if len(key) == 1 and key.isprintable() and not self.keys.by_line:
                self.screen.line(key)
            if key in answers and not said.is_pasted:
                return answers[key]
            self.screen.line(f"Press {alternatives(list(known or answers))}; Enter alone {leave}.")

    def _skip(self, _: str = "") -> bool:
        self.screen.line("")
        self.questions.skip()
        return True

    def _back(self, _: str = "") -> bool:
        self.screen.line("")
        if not self.questions.back():
            self.screen.line(f"This is the first {self.file.charter.rated_noun}.")
        return True

    def _jump(self, _: str = "") -> bool:
        """To a key point from a list, or to an aspect by its number or id."""
        places = Places(self.file.charter)
        chosen = self._pick(places.title, places.lines, places.answers, known=places.keys)
        if chosen is None:
            return self._again("Left as it was.")
        if isinstance(chosen, int):
            self.questions.jump(chosen)
            return True
        found = aspects_meant(chosen, self.file.charter)
        if len(found) != 1:
            return self._again(
                f"Several {self.file.charter.rated_noun}s have that number: jump by the id, {alternatives(found)}."
            )
        self.questions.go_to(found[0])
        return True

    def _undo(self, _: str = "") -> bool:
        """Take the last answer back, and go where it was given."""
        self.screen.line("")
        if not self.file.can_undo:
            return self._again("There is nothing to take back: nothing was answered in this sitting.")
        about = self.file.undo()
        if about and not self.parts.taken_back(about[0]):
            self.questions.go_to(about[0])
        self.screen.line("The last answer is taken back.")
        return True

    def _help(self, aspect: str) -> bool:
        self.screen.help(self.answers.commands_shown(), self.file.charter.aspects[aspect])
        return False

    def _again(self, message: str) -> bool:
        """Say something and stay at the same question: its keys still hold."""
        self.screen.line(message)
        return False

    # -- the end

    def _end(self) -> bool:
        self.parts.at_the_end()
        self.screen.summary()
        done, of = self.questions.progress
        while True:
            said = self.keys.said("\nEnter: finish.  b: back.  u: take back.  j: jump to a key point. ", _END)
            self.screen.line("")
            key = _END.get(said.text.casefold(), "")
            if key in ("enter", "q") and not said.is_at_once:
                if done < of:
                    self.screen.stopped()
                return False
            if key == "b":
                return self._back()
            if (key == "u" and self._undo()) or (key == "j" and self._jump()):
                return True


_END = {
    ENTER: "enter",
    LEFT: "b",
    **{key: key for key in "qbuj"},
    "stop": "q",
    "quit": "q",
    "exit": "q",
    "back": "b",
    "undo": "u",
    "take back": "u",
    "jump": "j",
}
"""What may be said after the last question."""


_GO_ON = frozenset({ENTER, "q", "stop", "quit", "exit"})
"""What may be said below what a key point is about."""


def terminal_rows() -> int:
    """The terminal's height now."""
    return shutil.get_terminal_size((80, 24)).lines


def terminal_width() -> int:
    """The terminal's width now, at most 100: longer lines are hard to read."""
    return min(shutil.get_terminal_size((80, 24)).columns, 100)
