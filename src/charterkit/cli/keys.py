"""Keys and lines from a terminal, so that nothing typed or pasted ahead is lost.

On POSIX the terminal stays in one mode for the whole sitting (a key at a time, no echo), and is changed without
throwing input away; lines are edited with readline, where there is one. Windows has its own way to read a key.
"""

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from typing import Any

import typer

from charterkit.text.safe import UNTYPED

try:
    import readline  # line editing for input(), and pasting of several lines as one
except ImportError:  # Windows has none; mypy knows only the module
    readline = None  # type: ignore[assignment]
try:
    import termios
    import tty
except ImportError:  # Windows
    termios = None  # type: ignore[assignment]

ARROWS = {"\x1b[D": "left", "\x1bOD": "left", "\x1b[C": "right", "\x1bOC": "right", "\xe0K": "left", "\xe0M": "right"}
"""What terminals (and Windows) send for the arrow keys that mean something here."""
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?|[\xe0\x00].?", re.DOTALL)
_UNTYPED = re.compile(UNTYPED)
_SETTLE = 0.05
"""Seconds in which the rest of a paste has arrived."""


class StoppedError(Exception):
    """^C, ^D or a closed terminal in the middle of a text; `text` is what was typed of it."""

    def __init__(self, text: str = "") -> None:
        """Keep what was typed."""
        super().__init__(text)
        self.text = text


class Keys:
    """One key at a time; or, with `by_line`, a line at a time, for screen readers that echo what is typed."""

    def __init__(self, *, by_line: bool) -> None:
        """Start with nothing typed ahead."""
        self.by_line = by_line
        self.ahead = ""
        self._cooked: list[Any] | None = None
        if readline is not None:
            readline.set_completer(lambda _text, _state: None)  # Tab must not offer the names of files

    @contextlib.contextmanager
    def sitting(self) -> Iterator[None]:
        """Hold the terminal for the time of the questions, and give it back as it was."""
        if self.by_line or termios is None:
            yield
            return
        self._cooked = termios.tcgetattr(sys.stdin)
        try:
            self._by_key()
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._cooked)

    def _by_key(self) -> None:
        if termios is not None and self._cooked is not None:
            tty.setcbreak(sys.stdin, termios.TCSADRAIN)

    def key(self, prompt: str) -> str:
        """The next key: a character, "enter", "left", "right", or "" for one that means nothing; by line, the line.

        Raises KeyboardInterrupt for ^C and EOFError for ^D or a closed terminal.
        """
        if self.by_line:
            return input(prompt).strip() or "enter"
        if not self.ahead:
            sys.stdout.write(prompt)
            sys.stdout.flush()
            self.ahead = self._read()
        return self._take()

    def _read(self) -> str:
        """What has been typed, at least one character."""
        if termios is None:
            return typer.getchar()
        self._by_key()  # also after the program was in the background
        data = os.read(sys.stdin.fileno(), 4096)
        if not data:
            raise EOFError
        while data[-1] & 0x80 and not _is_whole(data):  # a letter of several bytes that came in parts
            data += os.read(sys.stdin.fileno(), 1)
        return data.decode(errors="replace")

    def _take(self) -> str:
        sequence = _SEQUENCE.match(self.ahead)
        if sequence:
            self.ahead = self.ahead[sequence.end() :]
            return ARROWS.get(sequence[0], "")
        first, self.ahead = self.ahead[0], self.ahead[1:]
        if first == "\x03":
            raise KeyboardInterrupt
        if first == "\x04":
            raise EOFError
        return "enter" if first in "\r\n" else first

    def line(self, prompt: str) -> str:
        """One line of text, with what was typed ahead before it. Raises StoppedError with what was typed so far."""
        text, ended = self._typed_ahead()
        if ended:
            return text
        try:
            return _clean(self._input(prompt, text))
        except (KeyboardInterrupt, EOFError):
            raise StoppedError(_clean(readline.get_line_buffer() if readline else text)) from None

    def _typed_ahead(self) -> tuple[str, bool]:
        """What waits in the buffer up to the end of its first line, and whether that line has ended."""
        ahead, self.ahead = self.ahead.replace("\r", "\n"), ""
        for stop in ("\x03", "\x04"):
            if stop in ahead.partition("\n")[0]:
                raise StoppedError(_clean(ahead.partition(stop)[0]))
        text, found, rest = ahead.partition("\n")
        self.ahead = rest
        return (_clean(text), True) if found else (_clean(text), False)

    def _input(self, prompt: str, start: str) -> str:
        if termios is not None and self._cooked is not None:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._cooked)
        try:
            if readline is None:
                return start + input(prompt + start)
            readline.set_startup_hook(lambda: readline.insert_text(start))
            return input(prompt)
        finally:
            if readline is not None:
                readline.set_startup_hook()
            self._by_key()

    def lines(self, prompt: str, more: str) -> str:
        """Several lines, up to an empty one that nothing follows at once: a pasted text keeps its empty lines."""
        found: list[str] = []
        try:
            while True:
                found.append(self.line(more if found else prompt))
                if not found[-1].strip() and not self._is_pasting():
                    break
        except StoppedError as stopped:
            raise StoppedError("\n".join([*found, stopped.text]).strip()) from None
        return "\n".join(found).strip()

    def _is_pasting(self) -> bool:
        if self.ahead:
            return True
        if termios is None:
            return False
        import select

        return bool(select.select([sys.stdin], [], [], _SETTLE)[0])


def _is_whole(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError as bad:
        return bad.reason != "unexpected end of data"
    return True


def _clean(text: str) -> str:
    """What was typed without what arrow and control keys leave behind."""
    return _UNTYPED.sub("", _SEQUENCE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
