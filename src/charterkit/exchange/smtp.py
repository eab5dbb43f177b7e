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


class LoginError(smtplib.SMTPException):
    """Why a login came to nothing, in words of our own."""


NO_PASSWORDS = "the login was refused: instead of the usual password this server takes a token (XOAUTH2)"
_WANTS_TOKEN = re.compile(
    rb"5\.7\.139|5\.7\.57|(?:basic authentication|SmtpClientAuthentication) is disabled|"
    rb"application-specific password|5\.7\.9\b|badcredentials.{1,200}gsmtp",
    re.IGNORECASE | re.DOTALL,
)
"""What Microsoft 365 and Google answer to a password that may well be right, by guides to their errors of November
2026: "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant"; "534 5.7.9
Application-specific password required"; "535 5.7.8 Username and Password not accepted … BadCredentials … gsmtp"."""


def log_in(client: smtplib.SMTP, user: str, password: str) -> None:
    """By name and password. Raises LoginError where the server takes none, and says what it takes instead."""
    client.ehlo_or_helo_if_needed()
    offered = client.esmtp_features.get("auth", "").upper().split()
    is_token = "XOAUTH2" in offered
    if is_token and not {"PLAIN", "LOGIN", "CRAM-MD5"} & set(offered):
        raise LoginError(NO_PASSWORDS)
    try:
        client.login(user, password)
    except smtplib.SMTPAuthenticationError as error:
        said = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        if is_token or _WANTS_TOKEN.search(said):
            raise LoginError(NO_PASSWORDS) from None
        raise


def log_in_by_token(client: smtplib.SMTP, user: str, token: str) -> None:
    """By name and token, as Google and Microsoft have XOAUTH2 (developers.google.com/gmail/imap/xoauth2-protocol).

    A server that refuses the token says why in a challenge, to which the answer is an empty line. A long token waits
    until it is asked for, as a command has so much room (RFC 4954, section 4, July 2007). Raises LoginError.
    """
    client.ehlo_or_helo_if_needed()
    if "XOAUTH2" not in client.esmtp_features.get("auth", "").upper().split():
        raise LoginError("the server takes no token (XOAUTH2)")
    said = bearer(user, token)
    words, is_short = iter([said]), len(said) < _SHORT
    try:
        client.auth("XOAUTH2", lambda _challenge=None: next(words, ""), initial_response_ok=is_short)
    except smtplib.SMTPAuthenticationError:
        raise LoginError("the token was refused: it may have run out, or be for another address") from None


_SHORT = 360
"""Letters that, encoded, fit behind AUTH XOAUTH2 in the 512 of a command (RFC 5321, section 4.5.3.1.4)."""


def bearer(user: str, token: str) -> str:
    """What is said to log in by a token."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01"


def masked(said: str, user: str, password: str) -> str:
    """A server's words without what was said to log in, which it may repeat: as it is, and as it was sent."""
    said = _AUTH.sub(rf"\1{_MASK}", said)
    for secret in sorted(_spelt(user, password), key=len, reverse=True):
        # a server may break a long line where it likes, and Python may have spelt the break out
        said = re.sub(r"(?:\s|\\[nrt])*".join(map(re.escape, secret)), _MASK, said, flags=re.IGNORECASE)
    return said


def _spelt(user: str, password: str) -> Iterator[str]:
    for text in (user, password, f"\0{user}\0{password}", bearer(user, password) if password else ""):
        if text.strip("\0"):
            yield text
            yield base64.b64encode(text.encode(errors="replace")).decode().rstrip("=")
