"""Python's own SMTP client, whose answers end: within a time for each whole answer, and after so many lines.

smtplib reads an answer line by line for as long as the server goes on, and its timeout begins anew with every byte: a
server that never stops fills the memory, and one that sends a byte now and then is waited for without end.
"""

import base64
import re
import smtplib
import socket
import time
from collections.abc import Iterator
from typing import Any

MOST_LINES = 200
"""Of one answer: servers say about a dozen."""
_CHUNK = 4096
_MASK = "***"
_AUTH = re.compile(r"(\bAUTH\s+\S+\s+)\S+", re.IGNORECASE)


class _EndlessError(OSError):
    """More lines than an answer has."""


class _Lines:
    """What a server says, by lines; each answer has its own time and number of them."""

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self.sock = sock
        self.seconds = seconds
        self.held = b""
        self.left = 0
        self.until = 0.0

    def begin(self) -> None:
        """From here on another answer is read."""
        self.left = MOST_LINES
        self.until = time.monotonic() + self.seconds

    def readline(self, most: int) -> bytes:
        """One line with its end, as a file gives it. Raises TimeoutError, and _EndlessError after too many."""
        if not self.left:
            raise _EndlessError("the server's answer has no end")
        self.left -= 1
        while b"\n" not in self.held and len(self.held) < most:
            said = self._more()
            if not said:
                break
            self.held += said
        end = min(self.held.find(b"\n") + 1 or len(self.held), most)
        line, self.held = self.held[:end], self.held[end:]
        return line

    def _more(self) -> bytes:
        rest = self.until - time.monotonic()
        if rest <= 0:
            raise TimeoutError("timed out")
        self.sock.settimeout(rest)
        try:
            return self.sock.recv(_CHUNK)
        finally:
            self.sock.settimeout(self.seconds)

    def close(self) -> None:
        """Nothing to do: the socket is closed by whoever holds it."""


class _Ending(smtplib.SMTP):
    file: Any
    sock: socket.socket | None
    timeout: float

    def getreply(self) -> tuple[int, bytes]:
        """An answer, as smtplib has it."""
        if self.file is None and self.sock is not None:
            self.file = _Lines(self.sock, self.timeout)
        if self.file is not None:
            self.file.begin()
        try:
            return super().getreply()
        except smtplib.SMTPServerDisconnected as error:  # what smtplib makes of every OSError
            if isinstance(error.__context__, _EndlessError):
                raise smtplib.SMTPException(str(error.__context__)) from None
            raise


class Client(_Ending):
    """A connection without protection, or one that gets it by STARTTLS."""


class SafeClient(_Ending, smtplib.SMTP_SSL):
    """A connection that is protected from its first byte."""


def masked(said: str, user: str, password: str) -> str:
    """A server's words without what was said to log in, which it may repeat: as it is, and as it was sent."""
    said = _AUTH.sub(rf"\1{_MASK}", said)
    for secret in sorted(_spelt(user, password), key=len, reverse=True):
        # a server may break a long line where it likes, and Python may have spelt the break out
        said = re.sub(r"(?:\s|\\[nrt])*".join(map(re.escape, secret)), _MASK, said, flags=re.IGNORECASE)
    return said


def _spelt(user: str, password: str) -> Iterator[str]:
    for text in (user, password, f"\0{user}\0{password}"):
        if text.strip("\0"):
            yield text
            yield base64.b64encode(text.encode(errors="replace")).decode().rstrip("=")
