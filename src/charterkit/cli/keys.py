"""Keys and lines from a terminal. Keys that were typed ahead wait here, so that none is lost."""

import sys

import typer

ARROWS = {"\x1b[D": "left", "\x1bOD": "left", "\x1b[C": "right", "\x1bOC": "right", "\xe0K": "left", "\xe0M": "right"}
"""What terminals (and Windows) send for the arrow keys that mean something here."""


class Keys:
    """One key at a time; or, with `by_line`, the first letter of a line, for screen readers that echo what is typed."""

    def __init__(self, *, by_line: bool) -> None:
        """Start with nothing typed ahead."""
        self.by_line = by_line
        self.ahead = ""

    def key(self, prompt: str) -> str:
        """The next key: a character, "enter", "left", "right", or "" for one that means nothing.

        Raises KeyboardInterrupt for ^C and EOFError for ^D or a closed terminal.
        """
        if self.by_line:
            return input(prompt).strip()[:1] or "enter"
        if not self.ahead:
            sys.stdout.write(prompt)
            sys.stdout.flush()
            self.ahead = typer.getchar()
        return self._take()

    def _take(self) -> str:
        for sequence, name in ARROWS.items():
            if self.ahead.startswith(sequence):
                self.ahead = self.ahead[len(sequence) :]
                return name
        if self.ahead[0] in "\x1b\xe0\x00":  # any other special key: it comes alone
            self.ahead = ""
            return ""
        first, self.ahead = self.ahead[0], self.ahead[1:]
        if first == "\x03":
            raise KeyboardInterrupt
        if first == "\x04":
            raise EOFError
        return "enter" if first in "\r\n" else first

    def line(self, prompt: str) -> str:
        """One line of text, with what was typed ahead before it."""
        ahead, self.ahead = self.ahead.replace("\r", "\n"), ""
        if "\n" in ahead:
            text, _, self.ahead = ahead.partition("\n")
            return text
        return ahead + input(prompt + ahead)

    def lines(self, prompt: str, more: str) -> str:
        """Several lines, up to an empty one."""
        found = [self.line(prompt)]
        while found[-1].strip():
            found.append(self.line(more))
        return "\n".join(found).strip()
