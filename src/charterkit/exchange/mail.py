"""Reminders as emails: one message for each person, as files or sent over SMTP."""

import hashlib
import smtplib
import ssl
from collections.abc import Collection, Iterator, Sequence
from dataclasses import field
from datetime import UTC, date, datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from charterkit.choices import MailSecurity
from charterkit.exchange.smtp import Client, LoginError, SafeClient, log_in, log_in_by_token, masked
from charterkit.insight.addresses import is_address
from charterkit.insight.telling import Letter
from charterkit.records import dataclass
from charterkit.text.safe import in_header

SECONDS = 20.0
"""How long a server may take for one whole answer."""
UNANSWERED = 2
"""After so many connections in a row that came to nothing, the rest of the messages is not tried."""
OK = 250
NOBODY = "reminders@charterkit.invalid"
"""The sender of messages that are only written to files: no such address can exist (RFC 2606, June 1999)."""
PORTS: dict[MailSecurity, int] = {"starttls": 587, "tls": 465, "none": 25}
"""Of RFC 8314 (January 2018), and the old one without any protection."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where messages are handed in. `user` and `password` are empty where it asks for none.

    With a `token` that is said instead of a password, as XOAUTH2 has it.
    """

    host: str
    port: int
    security: MailSecurity = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = SECONDS
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one message to one address; `error` is empty for one that was taken.

    `number` is the message's place among all of them; `is_copy` where the address is not the one it is written to.
    """

    address: str
    error: str = ""
    number: int = 0
    is_copy: bool = False


def message(letter: Letter, sender: str, today: date, salt: str = "") -> EmailMessage:
    """A letter as an email. The same input gives the same message, byte for byte.

    With another `salt` it is another message, which no mailbox takes for one that it has already.
    Raises ValueError where the sender's or the receiver's address is no mailbox.
    """
    for address in (sender, letter.to, *letter.copies):
        if not is_address(address):
            raise ValueError(f"{in_header(address)}: this is no email address")
    made = EmailMessage(policy=SMTP)
    made["Subject"] = in_header(letter.subject)
    made["From"] = Address("charterkit reminders", addr_spec=sender)
    made["To"] = Address(in_header(letter.name), addr_spec=letter.to)
    if letter.copies:
        made["Cc"] = [Address(addr_spec=copied) for copied in letter.copies]
    made["Date"] = format_datetime(datetime.combine(today, time(8), UTC))
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834, August 2004: no out-of-office answers to it
    made.set_content(_sendable(letter.text), cte="quoted-printable")
    made.add_alternative(_sendable(letter.html), subtype="html", cte="quoted-printable")
    told = "\0".join((sender, str(today), letter.to, letter.subject, letter.text, letter.html, salt))
    digest = hashlib.sha256(told.encode(errors="replace")).hexdigest()
    made["Message-ID"] = f"<{digest[:32]}@{sender.rpartition('@')[2]}>"
    made.set_boundary(f"=={digest[32:56]}==")
    return made


def _sendable(text: str) -> str:
    """Half a character, as a file's name may hold one, becomes a question mark."""
    return text.encode(errors="replace").decode()


def as_file(made: EmailMessage) -> bytes:
    """The message for a mail program to open, as one that is still to be sent."""
    made["X-Unsent"] = "1"  # what Outlook and Thunderbird take for a draft
    return made.as_bytes()


def send(messages: Sequence[EmailMessage], server: Server, done: Sequence[Collection[str]] = ()) -> Iterator[Sent]:
    """Hand in the messages, each as soon as the one before is settled; one that fails does not stop the others.

    `done` says of each message who of those whom it names has it already.

    A copy is handed in by itself, so that an address that is refused costs nobody else anything. When the server cannot
    be reached, refuses the login or falls silent twice in a row, the rest is not tried.
    """
    connection: smtplib.SMTP | None = None
    failures = 0
    for number, made, to in _envelopes(messages, done):
        sender, is_copy = made["From"].addresses[0].addr_spec, to != made["To"].addresses[0].addr_spec
        if failures >= UNANSWERED:
            yield Sent(to, "not tried, as the server could not be used before", number, is_copy)
            continue
        try:
            if connection is not None and not _is_alive(connection):
                connection.close()
                connection = None
            connection = connection or _connected(server)
            connection.sendmail(sender, [to], made.as_bytes())  # send_message would turn a line's "From " into ">From "
        except (OSError, smtplib.SMTPException, ValueError) as error:
            failures = failures + 1 if connection is None or _is_silence(error) else 0
            _left(connection)
            connection = None
            yield Sent(to, reason(error, server.user, server.token or server.password), number, is_copy)
        else:
            failures = 0
            yield Sent(to, "", number, is_copy)
    _left(connection, politely=True)


def _envelopes(
    messages: Sequence[EmailMessage], done: Sequence[Collection[str]]
) -> Iterator[tuple[int, EmailMessage, str]]:
    """Each message to each of its addresses that has it not yet."""
    for number, made in enumerate(messages):
        for name in ("To", "Cc"):
            for address in made[name].addresses if made[name] else ():
                if not done or address.addr_spec not in done[number]:
                    yield number, made, address.addr_spec


def _is_alive(connection: smtplib.SMTP) -> bool:
    """Asked before a connection is used again: some servers take one message, or a few, and hang up."""
    try:
        return bool(connection.noop()[0] == OK)
    except (OSError, smtplib.SMTPException):
        return False


def _is_silence(error: Exception) -> bool:
    """Whether the server did not answer in time, which smtplib may tell as a connection that was closed."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _connected(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == "tls":
        made: smtplib.SMTP = SafeClient(server.host, server.port, timeout=server.seconds, context=context)
    else:
        made = Client(server.host, server.port, timeout=server.seconds)
    try:
        if server.security == "starttls":
            made.starttls(context=context)
        if server.token:
            log_in_by_token(made, server.user, server.token)
        elif server.user:
            log_in(made, server.user, server.password)
    except BaseException:
        made.close()
        raise
    return made


def _left(connection: smtplib.SMTP | None, *, politely: bool = False) -> None:
    if connection is None:
        return
    try:
        if politely:
            connection.quit()
    except (OSError, smtplib.SMTPException):
        pass  # what was handed in is settled; how the server says goodbye is not our business
    finally:
        connection.close()


def reason(error: Exception, user: str = "", password: str = "") -> str:
    """Why a message did not go out, in one line; never what was said to log in, though the server repeats it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()), (0, b""))
        return f"the address was refused ({code} {in_header(masked(_words(answer), user, password))})"
    if isinstance(error, LoginError):
        return str(error)
    if isinstance(error, smtplib.SMTPResponseException) and not isinstance(error, smtplib.SMTPAuthenticationError):
        words = in_header(masked(_words(error.smtp_error), user, password))
        return f"the server refused it ({error.smtp_code} {words})"
    if _is_silence(error):
        return "the server did not answer in time"
    known = next((words for kind, words in _REASONS.items() if isinstance(error, kind)), "")
    said = masked(getattr(error, "strerror", None) or str(error), user, password)
    return known or in_header(said) or "it could not be sent"


_REASONS: dict[type[Exception], str] = {
    smtplib.SMTPAuthenticationError: "the login was refused",
    smtplib.SMTPNotSupportedError: "the server offers no STARTTLS, or no login",
    smtplib.SMTPServerDisconnected: "the server broke the connection off",
    UnicodeError: "the server's name, the login or the password has letters that cannot be sent",
    ssl.SSLCertVerificationError: "the server's certificate cannot be trusted",
    ssl.SSLError: "no safe connection could be made",
}


def _words(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)
