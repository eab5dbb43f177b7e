"""Keys and lines from a terminal, so that nothing typed or pasted ahead is lost.

On POSIX the terminal stays in one mode for the whole sitting (a key at a time, no echo), and is changed without
throwing input away; lines are edited with readline, where there is one. Windows has its own way to read a key.
"""

import contextlib
import math
import os
import re
import sys
import time
from collections.abc import Collection, Iterator
from typing import Any

import typer

from charterkit.cli import bursts
from charterkit.cli.bursts import BACKSPACE, ENTER, LEFT, NO_KEY, PASTED, RIGHT, Begun, Said
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

ARROWS = {"\x1b[D": LEFT, "\x1bOD": LEFT, "\x1b[C": RIGHT, "\x1bOC": RIGHT, "\xe0K": LEFT, "\xe0M": RIGHT}
"""What terminals (and Windows) send for the arrow keys that mean something here."""
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?|\x00", re.DOTALL)
_ON_WINDOWS = re.compile(r"[\xe0\x00].?", re.DOTALL)
"""A key without a character, as Windows tells it: in two parts, the first of which is elsewhere the letter à."""
_PART = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O)?")
_PASTE_ENDS = "\x1b[201~"
_PASTES_TOLD, _PASTES_NOT_TOLD = "\x1b[?2004h", "\x1b[?2004l"
"""Asks the terminal to put marks around what is pasted, and not to (bracketed paste, XTerm Control Sequences)."""
_NAMES = {"\r": ENTER, "\n": ENTER, "\x7f": BACKSPACE, "\x08": BACKSPACE}
_UNTYPED = re.compile(UNTYPED)
_SETTLE = 0.05
"""Seconds in which the rest of a paste has arrived."""
_POLL = 0.01


class StoppedError(Exception):
    """^C, ^D or a closed terminal in the middle of a text; `text` is what was typed of it."""

    def __init__(self, text: str = "") -> None:
        """Keep what was typed."""
        super().__init__(text)
        self.text = text


class Keys:
    """One thing said at a time: a key, or a word and Enter. With `by_line`, a line, for screen readers that echo it."""

    def __init__(self, *, by_line: bool) -> None:
        """Start with nothing typed ahead."""
        self.by_line = by_line
        self.ahead = ""
        self._before = Begun()
        self._last = -math.inf
        """When the last key was taken in."""
        self._silence = math.inf
        """How long nothing was typed before what was said last was acted upon."""
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
            self._write(_PASTES_NOT_TOLD)
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._cooked)

    def _by_key(self) -> None:
        if termios is not None and self._cooked is not None:
            tty.setcbreak(sys.stdin, termios.TCSADRAIN)

    def said(self, prompt: str, words: Collection[str]) -> Said:
        """The next whole thing: a key by its name or character, or a word; `words`, in small letters, can be typed.

        Raises KeyboardInterrupt for ^C and EOFError for ^D or a closed terminal.
        """
        if self.by_line:
            is_at_once = self._silence == 0.0 and self._waits(0)
            self._silence = 0.0
            text = input(prompt).strip()
            return Said(text or ENTER, 1, is_at_once=is_at_once, is_pasted="\n" in text, is_ended=True)
        self._write((_PASTES_TOLD if self._cooked else "") + prompt)
        while True:
            found = self._whole(words)
            is_second_end = found.is_at_once and found.text == ENTER  # of a line that ends as on Windows
            if not (found.is_rest or is_second_end):
                return found

    def _whole(self, words: Collection[str]) -> Said:
        """One whole thing, as soon as what was typed, or that nothing more was, tells that it is whole."""
        keys: list[str] = []
        gaps: list[float] = []
        is_waiting = bool(self.ahead) or self._waits(0)  # typed at any time since the one before, so perhaps at once
        shown, found = 0, None
        while found is None:
            silence = self._pause(self._patience(keys, gaps, words))
            if self.ahead:
                first = self._silence if is_waiting else time.monotonic() - self._last
                gaps.append(silence if keys else first)
                keys.append(self._take())
                self._last, silence = time.monotonic(), 0.0
                shown = self._echo(keys, shown)
            found = bursts.said(keys, [*gaps, silence], words, self._before)
        if shown:
            self._write("\n")
        self._silence = silence
        is_known = len(found.text) == 1 or found.text.casefold() in words
        goes_on = not found.is_ended and found.text not in (LEFT, RIGHT, NO_KEY)
        self._before = Begun(found.text, words, is_known) if goes_on else Begun()
        return found

    def _patience(self, keys: list[str], gaps: list[float], words: Collection[str]) -> float:
        """Seconds until what was typed so far is whole; without end where nothing was."""
        return bursts.patience(bursts.held(keys), gaps[0], words, self._before) if keys else math.inf

    def _pause(self, most: float) -> float:
        """Seconds without a key, at most so many; where one came, it is in `ahead`, and came before they were over."""
        if self.ahead:
            return 0.0
        start = time.monotonic()
        if most < math.inf and not self._waits(most):
            return max(most, time.monotonic() - start)
        self.ahead = self._read()
        return min(time.monotonic() - start, 0.99 * most)

    def _waits(self, seconds: float) -> bool:
        """Whether anything is typed within so many seconds."""
        if termios is not None:
            import select

            return bool(select.select([sys.stdin], [], [], seconds)[0])
        if sys.platform == "win32":
            import msvcrt

            end = time.monotonic() + seconds
            while not msvcrt.kbhit() and time.monotonic() < end:
                time.sleep(_POLL)
            return msvcrt.kbhit()
        return False

    def _echo(self, keys: list[str], shown: int) -> int:
        """Show a word while it is typed, from its second key on; a key by itself is not. How many characters show."""
        typed = "".join(key for key in keys if len(key) == 1)
        if keys[-1] == BACKSPACE and shown:
            self._write("\b \b")
            return shown - 1
        if len(keys[-1]) != 1 or len(typed) < 2:  # noqa: PLR2004 - a word
            return shown
        more = _clean(typed if not shown else keys[-1])
        self._write(more)
        return shown + len(more)

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    def _read(self) -> str:
        """What has been typed, at least one character."""
        if termios is None:
            return typer.getchar()
        self._by_key()  # also after the program was in the background
        text = self._some()
        while _PART.fullmatch(text[text.rfind("\x1b") :] or " ") and self._waits(_SETTLE):
            text += self._some()
        while PASTED in text and _PASTE_ENDS not in text[text.rfind(PASTED) :] and self._waits(1):
            text += self._some()
        return text

    def _some(self) -> str:
        data = os.read(sys.stdin.fileno(), 4096)
        if not data:
            raise EOFError
        while data[-1] & 0x80 and not _is_whole(data):  # a letter of several bytes that came in parts
            data += os.read(sys.stdin.fileno(), 1)
        return data.decode(errors="replace")

    def _take(self) -> str:
        if self.ahead.startswith(PASTED):
            text, _, self.ahead = self.ahead.removeprefix(PASTED).partition(_PASTE_ENDS)
            return PASTED + _clean(text)
        sequence = (_ON_WINDOWS.match(self.ahead) if termios is None else None) or _SEQUENCE.match(self.ahead)
        if sequence:
            self.ahead = self.ahead[sequence.end() :]
            return ARROWS.get(sequence[0], NO_KEY)
        first, self.ahead = self.ahead[0], self.ahead[1:]
        if first == "\x03":
            raise KeyboardInterrupt
        if first == "\x04":
            raise EOFError
        return _NAMES.get(first, first)

    def line(self, prompt: str) -> str:
        """One line of text, with what was typed ahead before it. Raises StoppedError with what was typed so far.

        The rest of the word that asked for it is no text of it: "ote" of somebody who types "note" slowly.
        """
        before, self._before = self._before, Begun()
        text = self._line(prompt)
        if before.text and text and (before.text + text).casefold() in before.words:
            text = self._line(prompt)
        self._last, self._silence = time.monotonic(), 0.0
        return text

    def _line(self, prompt: str) -> str:
        text, ended = self._typed_ahead()
        if ended:
            return text
        try:
            return _clean(self._input(prompt, text))
        except (KeyboardInterrupt, EOFError):
            raise StoppedError(_clean(readline.get_line_buffer() if readline else text)) from None

    def offer(self, text: str) -> None:
        """Have the arrow up bring a text into the next line, to be changed."""
        if readline is not None and "\n" not in text:
            readline.add_history(text)

    def _typed_ahead(self) -> tuple[str, bool]:
        """What waits in the buffer up to the end of its first line, and whether that line has ended."""
        ahead, self.ahead = self.ahead.replace("\r", "\n"), ""
        ahead = _ON_WINDOWS.sub("", ahead) if termios is None else ahead
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

    def lines(self, prompt: str, more: str, whole: str = "") -> str:
        """Several lines, up to an empty one that nothing follows at once: a pasted text keeps its empty lines.

        `whole` needs no empty line behind it where it is all of the first one.
        """
        found: list[str] = []
        try:
            while True:
                found.append(self.line(more if found else prompt))
                is_whole = bool(whole) and found == [whole]
                if is_whole or (not found[-1].strip() and not self._is_pasting()):
                    break
        except StoppedError as stopped:
            raise StoppedError("\n".join([*found, stopped.text]).strip()) from None
        return "\n".join(found).strip()

    def _is_pasting(self) -> bool:
        return bool(self.ahead) or self._waits(_SETTLE)


def _is_whole(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError as bad:
        return bad.reason != "unexpected end of data"
    return True


def _clean(text: str) -> str:
    """What was typed without what arrow and control keys leave behind."""
    return _UNTYPED.sub("", _SEQUENCE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
