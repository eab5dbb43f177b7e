"""The guided self-evaluation in a terminal: shows a question, takes one key, and has the answer written to the file."""

import os
import shutil
import signal
from collections.abc import Callable

from charterkit.choices import EVIDENCE_KINDS
from charterkit.cli.guide_screen import Screen
from charterkit.cli.keys import Keys, StoppedError
from charterkit.cli.options import Session
from charterkit.model.base import BadValue
from charterkit.model.dates import PartialDate, soon
from charterkit.model.scale import Level
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.session.questionnaire import Questionnaire
from charterkit.text.english import alternatives

Do = Callable[[str], bool]
"""What a key does at an aspect; True where the next question is to be shown."""


class Guide:
    """One sitting."""

    def __init__(self, call: Session, file: EvaluationFile, *, plain: bool) -> None:
        """Prepare the screen for any width; `plain` is for screen readers and terminals without control."""
        self.file = file
        self.questions = Questionnaire(file)
        dumb = plain or os.environ.get("TERM") == "dumb"
        self.screen = Screen(call, file, self.questions, plain=dumb, width=terminal_width())
        self.keys = Keys(by_line=dumb)
        self.commands = self._commands()

    def run(self) -> None:
        """Ask until everything is answered or the person stops; what was answered is on disk at every moment."""
        for name in ("SIGHUP", "SIGTERM"):  # a closed terminal is a stop like any other: what was typed is kept
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.default_int_handler)
        self.screen.welcome()
        try:
            with self.keys.sitting():
                while self._ask():
                    pass
        except (KeyboardInterrupt, EOFError, StoppedError):
            self.screen.line("")
            self.screen.stopped()
            raise KeyboardInterrupt from None

    # -- one question

    def _ask(self) -> bool:
        asked = self.questions.question
        if asked is None:
            return self._end()
        self.screen.resize(terminal_width())
        self.screen.question(asked, self.commands_shown())
        while True:
            key = self._meant(self.keys.key(self.screen.prompt()))
            if key == "q":
                self.screen.line("")
                self.screen.stopped()
                return False
            if self._act(key, asked.aspect.id):
                return True

    def _act(self, key: str, aspect: str) -> bool:
        level = self._level(key)
        if level is not None:
            self.file.rate(aspect, level.id)
            self.screen.saved(level)
            self.questions.forward()
            return True
        command = self.commands.get(key)
        if command is None:
            self.screen.line("")
            self.screen.line(f"That means nothing here. {self._key_list()}")
            return False
        return command[1](aspect)

    def _meant(self, said: str) -> str:
        """The key for what was said: by line, a level's or a command's whole word will do, and nothing else longer."""
        if not self.keys.by_line or len(said) <= 1 or said == "enter":
            return said
        word = said.casefold()
        for number, level in enumerate(self.file.charter.scale, 1):
            if word == level.label.casefold():
                return str(number)
        for key, label in self.commands_shown():
            if word in (label, label.partition(" ")[0]):
                return key
        return "q" if word in ("quit", "exit") else ""

    def _level(self, key: str) -> Level | None:
        scale = self.file.charter.scale
        if key.isdecimal() and key.isascii() and 1 <= int(key) <= len(scale):
            return scale[int(key) - 1]
        starting = [level for level in scale if level.label[:1].casefold() == key.casefold()]
        return starting[0] if key and len(starting) == 1 and key != "enter" else None

    # -- the other keys

    def _commands(self) -> dict[str, tuple[str, Do]]:
        """The keys that do not rate. One that starts a level's name gives way and takes its capital instead."""
        wanted: list[tuple[str, str, Do]] = [
            ("x", "not applicable", self._not_applicable),
            ("n", "note", self._note),
            ("i", "idea", self._idea),
            ("t", "action to take", self._action),
            ("e", "evidence", self._evidence),
            ("f", "focus group", self._group),
            ("s", "skip", self._skip),
            ("b", "back", self._back),
            ("j", "jump", self._jump),
            ("?", "help", self._help),
        ]
        if not self.file.charter.focus_groups:
            wanted = [command for command in wanted if command[0] != "f"]
        found = {(key.upper() if self._level(key) else key): (label, do) for key, label, do in wanted}
        found["right"] = ("", self._skip)
        found["left"] = ("", self._back)
        return found

    def commands_shown(self) -> list[tuple[str, str]]:
        """Keys and labels for the foot of a question."""
        return [*((key, label) for key, (label, _) in self.commands.items() if label), ("q", "stop")]

    def _key_list(self) -> str:
        levels = [
            f"{key} for {level.label}" if self._level(key := level.label[:1].lower()) is level else str(number)
            for number, level in enumerate(self.file.charter.scale, 1)
        ]
        return f"Press {alternatives([*levels, *(key for key, _ in self.commands_shown())])}."

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

    def _note(self, aspect: str) -> bool:
        self.screen.line("")
        self.screen.line("Your note. An empty line ends it.")
        try:
            text = self.keys.lines("> ", "> ")
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
        due = self._due()
        self.file.add_action(aspect, text, owner, due)
        return self._again("Action saved.")

    def _due(self) -> PartialDate | None:
        while True:
            text = self.keys.line(f"By when, such as {soon(self.file.today).spoken} (may be left empty): ").strip()
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
        chosen = self._choose("Where can it be seen?", kinds)
        if chosen is None:
            return self._again("No evidence written.")
        note = self.keys.line("What was seen, and where: ").strip()
        if note:
            self.file.add_evidence(aspect, kinds[chosen], note)
        return self._again("Evidence saved." if note else "No evidence written.")

    def _group(self, aspect: str) -> bool:
        groups = self.file.charter.focus_groups
        chosen = self._choose("For which group?", [group.name for group in groups])
        if chosen is None:
            return self._again("Left as it was.")
        scale = self.file.charter.scale
        number = self._choose(f"How is it for {groups[chosen].name}?", [level.label for level in scale])
        if number is None:
            return self._again("Left as it was.")
        self.file.rate_group(aspect, groups[chosen].id, scale[number].id)
        return self._again(f"Saved for {groups[chosen].name}: {scale[number].label}.")

    def _choose(self, title: str, choices: list[str]) -> int | None:
        """A position in a numbered list, or None."""
        self.screen.line("")
        self.screen.line(title)
        for number, choice in enumerate(choices, 1):
            self.screen.line(f"  {number}  {choice}")
        key = self.keys.key("Number: ")
        self.screen.line("" if self.keys.by_line or not key.isprintable() or key == "enter" else key)
        return int(key) - 1 if key.isdecimal() and key.isascii() and 1 <= int(key) <= len(choices) else None

    def _skip(self, _: str = "") -> bool:
        self.screen.line("")
        self.questions.skip()
        return True

    def _back(self, _: str = "") -> bool:
        self.screen.line("")
        if not self.questions.back():
            self.screen.line("This is the first aspect.")
        return True

    def _jump(self, _: str = "") -> bool:
        points = self.file.charter.key_points
        if len(points) > 9:  # noqa: PLR2004 - one digit
            text = self._text(f"Number of the key point, 1 to {len(points)}")
            chosen = int(text) - 1 if text.isdecimal() and text.isascii() and 1 <= int(text) <= len(points) else None
        else:
            chosen = self._choose("To which key point?", [point.title for point in points])
        if chosen is None or not self.questions.jump(chosen + 1):
            return self._again("Left as it was.")
        return True

    def _help(self, _: str = "") -> bool:
        self.screen.help(self.commands_shown())
        return False

    def _again(self, message: str) -> bool:
        """Say something and stay at the same question: its keys still hold."""
        self.screen.line(message)
        return False

    # -- the end

    def _end(self) -> bool:
        self.screen.summary()
        done, of = self.questions.progress
        while True:
            key = self.keys.key("\nEnter: finish.  b: back.  j: jump to a key point. ")
            self.screen.line("")
            if key in ("enter", "q"):
                if done < of:
                    self.screen.stopped()
                return False
            if key in ("b", "left"):
                return self._back()
            if key == "j" and self._jump():
                return True


def terminal_width() -> int:
    """The terminal's width now, at most 100: longer lines are hard to read."""
    return min(shutil.get_terminal_size((80, 24)).columns, 100)
