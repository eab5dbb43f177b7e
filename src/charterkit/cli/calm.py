"""What a step of GitHub Actions says goes to a runner that takes commands from it: nobody's text gives it any."""

import os
from typing import Any


class Calm:
    """A stream to a log whose reader takes commands: `::` where a line begins and `##[` anywhere are broken up.

    JSON stays the same for whoever parses it. All but `write` is the stream's own.
    """

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - a text stream
        self._stream = stream
        self._line = ""
        """What the line holds so far, of which the beginning and the end count."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the stream's
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write text that may be anybody's."""
        from charterkit.render.findings.as_github import harmless

        made, whole = text, text.strip()
        if any(
            self._line.endswith(mark[:n]) and text.startswith(mark[n:])
            for mark in ("##[", "::")
            for n in range(1, len(mark))
        ):
            made = f" {text}"  # else both together made one
        if whole[:1] + whole[-1:] in ("{}", "[]"):
            made = made.replace("##[", r"#\u0023[")
        else:
            made = harmless(self._line[:1] + made)[len(self._line[:1]) :]
        last = (self._line + made).rpartition("\n")[2]
        self._line = last[:1] + last[-2:] if last.strip() else ""
        self._stream.write(made)
        return len(text)

    def writelines(self, lines: Any) -> None:  # noqa: ANN401 - as a stream has it
        """Each of them as `write` has it."""
        for line in lines:
            self.write(line)

    def command(self, text: str) -> None:
        """Write commands of our own."""
        self._stream.write(text)


def is_action() -> bool:
    """Whether this is a step of GitHub Actions."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def command(stream: Any, text: str) -> None:  # noqa: ANN401 - a text stream, calm or not
    """Write text whose commands are our own, and in which nobody else's are."""
    (stream.command if isinstance(stream, Calm) else stream.write)(text)
