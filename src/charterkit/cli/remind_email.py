"""`charterkit remind --format email`: one message for each owner, as files or sent."""

import contextlib
import os
import re
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from charterkit.choices import MAIL_SECURITIES
from charterkit.cli.options import Session
from charterkit.cli.output import deliver, foreign
from charterkit.cli.params import among
from charterkit.errors import Missing, Refused
from charterkit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from email.message import EmailMessage

    from charterkit.exchange.mail import Sent, Server
    from charterkit.files.told import ToldRecord
    from charterkit.insight.telling import Letter
    from charterkit.render.listings.due import Due

MOST_PORTS = 65535
MOST_TOKEN = 16_384
"""Bytes of a token; those of Microsoft 365 have about two thousand."""
_LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_SERVER = re.compile(rf"({_LABEL}(?:\.{_LABEL})*|\[[0-9A-Fa-f:.]+\])(?::([0-9]{{1,5}}))?")
"""A name, an IPv4 address or an IPv6 address in brackets; and a port."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What the call says about where messages go. Without `is_wanted` nothing is sent."""

    is_wanted: bool
    smtp: str | None
    security: str
    sender: str | None
    output: str | None
    in_holidays: bool = False
    clerk: str | None = None
    is_again: bool = False


def deliver_letters(call: Session, due: "Due", sending: Sending) -> bool:
    """Write one message for each person who can be reached, or send them; the others are named aloud.

    Whether messages were sent, and somebody had to be told who cannot be reached. Raises CharterkitError after all
    others were tried, where a message could not be sent.
    """
    from charterkit.insight.addresses import is_address

    if sending.sender and not is_address(sending.sender):
        raise Refused("no-email-address", sender=sending.sender)
    if sending.is_wanted and sending.output is not None:
        raise Refused("send-or-write")
    if sending.is_wanted:
        return _send_what_is_new(call, due, sending, _server(sending))
    _show_or_write(call, due, sending)
    return False


def _show_or_write(call: Session, due: "Due", sending: Sending) -> None:
    from charterkit.exchange.mail import NOBODY, message
    from charterkit.render.listings.letters import letters

    made = letters(due, clerk=sending.clerk)
    _say_lost(call, made.lost)
    if sending.output is None or sending.output == "-":
        _preview(call, list(made.written))
        return
    today = due.window.today
    messages = [message(each, sending.sender or NOBODY, today) for each in made.written]
    _write(call, [each.name for each in made.written], messages, sending.output, today.isoformat())


def _say_lost(call: Session, lost: dict[str, int]) -> None:
    for why, count in lost.items():
        reach = "reminder reaches" if count == 1 else "reminders reach"
        call.warn(f"{why}: {count} {reach} nobody." if count else f"{why}: no copy is sent.")


def _preview(call: Session, letters: "list[Letter]") -> None:
    """What would be sent, to read through."""
    if not letters:
        call.say("There is nobody to write to.")
        return
    from charterkit.text.safe import in_header

    parts = [
        f"To: {in_header(each.name)} <{each.to}>\n{_cc(each)}Subject: {in_header(each.subject)}\n\n{each.text}"
        for each in letters
    ]
    deliver(call, "\n----\n\n".join(parts), None)
    many = "message is" if len(letters) == 1 else "messages are"
    call.say(f"{len(letters)} {many} shown and none was sent: -o FOLDER writes them, --send sends them.")


def _cc(made: "Letter") -> str:
    return f"Cc: {', '.join(made.copies)}\n" if made.copies else ""


def _write(call: Session, names: list[str], messages: "list[EmailMessage]", folder: str, day: str) -> None:
    from charterkit.exchange.mail import as_file
    from charterkit.files.leaving import place
    from charterkit.files.write import write_output

    top, tops = Path(folder).absolute(), foreign(call.root)
    if top.exists() and not top.is_dir():
        raise Refused("folder-is-file", folder=folder)
    paths = [top / f"{stem}.eml" for stem in _stems(names, day)]
    with contextlib.suppress(OSError):  # a loop of links is told when it is written to
        for path in paths:
            place(path, tops)  # all of them before the first is written
    for path, made in zip(paths, messages, strict=True):
        write_output(path, as_file(made), tops)
    call.say(f"{len(messages)} {'message' if len(messages) == 1 else 'messages'} written to {folder}; none was sent.")


def _stems(names: list[str], day: str) -> "Iterable[str]":
    """What each owner's file is called, no two alike."""
    from charterkit.model.base import slug

    taken: dict[str, None] = {}
    for name in names:
        stem = f"{day}-{slug(name)[:60].strip('-') or 'owner'}"
        stem = next(text for text in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if text not in taken)
        taken[stem] = None
    return taken


# -- sending


def _server(sending: Sending) -> "Server":
    from charterkit.exchange.mail import PORTS, Server

    among("--security", [sending.security], MAIL_SECURITIES)
    if not sending.smtp:
        raise Missing("no-mail-server")
    if not sending.sender:
        raise Missing("no-sender")
    found = _SERVER.fullmatch(sending.smtp)
    host, port = found.groups() if found else ("", None)
    if not host or int(port or 1) not in range(1, MOST_PORTS + 1):
        raise Refused("bad-mail-server", smtp=sending.smtp)
    user, password = os.environ.get("CHARTERKIT_SMTP_USER", ""), os.environ.get("CHARTERKIT_SMTP_PASSWORD", "")
    token = _token()
    if token and password:
        raise Refused("password-or-token")
    if token and not user:
        raise Missing("no-token-user")
    is_near = host in ("localhost", "127.0.0.1", "[::1]")
    if user and sending.security == "none" and not is_near:
        raise Refused("login-in-clear")
    security = sending.security
    place = host.strip("[]"), int(port or PORTS[security])  # type: ignore[index]  # a choice
    return Server(*place, security, user, password, token=token)  # type: ignore[arg-type]  # a choice


def _token() -> str:
    """The token to log in by, from the environment or the file that it names; empty without one."""
    name = os.environ.get("CHARTERKIT_SMTP_TOKEN_FILE", "")
    if not name:
        return os.environ.get("CHARTERKIT_SMTP_TOKEN", "").strip()
    try:
        handle = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as opened:
            about = os.fstat(handle)
            if not stat.S_ISREG(about.st_mode):
                raise Refused("token-file-unfit", path=name)
            if os.name == "posix" and about.st_mode & 0o077:
                raise Refused("token-file-open", path=name)
            token = opened.read(MOST_TOKEN + 1).strip()
    except OSError:
        raise Refused("token-file-unfit", path=name) from None
    if not token or len(token) > MOST_TOKEN or not token.isascii() or len(token.split()) > 1:
        raise Refused("token-file-unfit", path=name)
    return token.decode("ascii")


def _rest(due: "Due") -> str:
    """Why nothing is sent today; empty where it is."""
    from charterkit.insight.promises.school_days import SATURDAY
    from charterkit.render.listings.listing import spoken

    today, said = due.window.today, due.workspace.config.reminders
    until = due.window.school_days.holiday_until(today)
    if until is not None:
        return f"There is no school until {spoken(until)}"
    if due.window.school_days.free(today):
        return "Today is a bank holiday"
    return "It is the weekend" if said and said.weekends is False and today.weekday() >= SATURDAY else ""


def _send_what_is_new(call: Session, due: "Due", sending: Sending, server: "Server") -> bool:
    """Send what nobody was told yet, and remember it, each message as soon as it is settled."""
    from charterkit.files.told import ToldRecord, told

    rest = "" if sending.in_holidays else _rest(due)
    if rest:
        call.say(f"{rest}: nothing was sent. Add --in-holidays to send all the same.")
        return False
    with contextlib.ExitStack() as stack:
        record: ToldRecord | None = None
        try:
            record = stack.enter_context(told(due.workspace.config.id, call.root))
        except OSError as error:
            call.warn(f"What is sent cannot be remembered ({error.strerror}): a second call will send it again.")
        if record and record.is_spoilt:
            call.warn("The record of what was sent cannot be read, and is begun anew: some may be told twice.")
        return _send(call, due, sending, server, record)


def _send(call: Session, due: "Due", sending: Sending, server: "Server", record: "ToldRecord | None") -> bool:
    from charterkit.exchange.mail import message, send
    from charterkit.render.listings.letters import letters

    known = () if sending.is_again or record is None else record.marks
    made = letters(due, known, sending.clerk)
    _say_lost(call, made.lost)
    salt = secrets.token_hex(8) if sending.is_again else ""
    messages = [message(each, sending.sender or "", due.window.today, salt) for each in made.written]
    failed = 0
    for sent in send(messages, server, [each.done for each in made.written]):
        what = "copy to" if sent.is_copy else "to"
        if sent.error:
            failed += 1
            call.warn(f"Not sent {what} {sent.address}: {sent.error}.")
            continue
        call.say(f"Sent {what} {sent.address}.")
        if record is not None:
            _remember(call, record, _marks(made.written[sent.number], sent), due.window.today)
    count = sum(len(each.addresses) for each in made.written)
    if failed:
        which = "message was" if count == 1 else "messages were"
        raise Refused("not-sent", failed=failed, count=count, which=which)
    if not messages:
        call.say(_nothing_new(made.known))
    lost = sum(made.lost.values())
    if lost:
        call.warn(f"{'One reminder' if lost == 1 else f'{lost} reminders'} reached nobody: the lines above say why.")
    return bool(lost)


def _marks(letter: "Letter", sent: "Sent") -> list[str]:
    """What is settled when a letter went to one address: of a copy that; else also which copies are owed."""
    from charterkit.render.listings.letters import copied_mark, owed_mark

    if sent.is_copy:
        return [copied_mark(mark, sent.address) for mark in letter.marks]
    return [*letter.marks, *(owed_mark(mark, each) for mark in letter.marks for each in letter.copies)]


def _nothing_new(known: int) -> str:
    if not known:
        return "There is nobody to write to."
    return "Nothing is new: whoever has something to do was told at this step. Add --again to send it all the same."


def _remember(call: Session, record: "ToldRecord", marks: "Iterable[str]", today: "date") -> None:
    try:
        record.add(marks, today)
    except OSError as error:
        call.warn(f"What was sent cannot be remembered ({error.strerror}): a second call will send it again.")
