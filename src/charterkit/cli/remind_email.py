"""`charterkit remind --format email`: one message for each owner, as files or sent."""

import contextlib
import os
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from charterkit.choices import MAIL_SECURITIES
from charterkit.cli.options import Session
from charterkit.cli.output import deliver, foreign
from charterkit.cli.params import among
from charterkit.errors import Missing, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from email.message import EmailMessage

    from charterkit.exchange.mail import Letter, Server
    from charterkit.insight.reminders import Reminder
    from charterkit.render.listings.due import Due
    from charterkit.render.listings.reminders import Window

MOST_PORTS = 65535
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


def deliver_letters(call: Session, due: "Due", sending: Sending) -> None:
    """Write one message for each person who can be reached, or send them; the others are named aloud.

    Raises CharterkitError after all others were tried, where a message could not be sent.
    """
    from charterkit.exchange.mail import NOBODY, message
    from charterkit.insight.addresses import is_address

    if sending.sender and not is_address(sending.sender):
        raise Refused("no-email-address", sender=sending.sender)
    if sending.is_wanted and sending.output is not None:
        raise Refused("send-or-write")
    server, view = _server(sending) if sending.is_wanted else None, due.window
    until = view.school_days.holiday_until(view.today) if server and not sending.in_holidays else None
    if until is not None:
        from charterkit.render.listings.listing import spoken

        call.say(f"There is no school until {spoken(until)}: nothing was sent. Add --in-holidays to send all the same.")
        return
    letters = _letters(call, due.letters, view)
    sender = sending.sender or NOBODY
    if server is not None:
        _send(call, [message(each, sender, view.today) for each in letters], server)
    elif sending.output is None or sending.output == "-":
        _preview(call, letters)
    else:
        messages = [message(each, sender, view.today) for each in letters]
        _write(call, [each.name for each in letters], messages, sending.output, view.today.isoformat())


def _letters(call: Session, found: "list[Reminder]", view: "Window") -> "list[Letter]":
    """A letter an address, in the order of what is due first; whom nothing can be sent to is said."""
    from charterkit.exchange.mail import Letter
    from charterkit.insight.addresses import Addresses
    from charterkit.render.listings.reminder_letter import letter

    addresses = Addresses(call.workspace)
    theirs: dict[str, list[Reminder]] = defaultdict(list)
    names: dict[str, str] = {}
    lost: dict[str, int] = defaultdict(int)
    for reminder in found:
        reached = addresses.of(reminder)
        if reached.address is None:
            lost[reached.why] += 1
            continue
        key = reached.address.casefold()
        names.setdefault(key, reached.name)
        theirs[key].append(reminder)
    for why, count in lost.items():
        call.warn(f"{why}: {count} {'reminder reaches' if count == 1 else 'reminders reach'} nobody.")
    made = []
    for key, mine in theirs.items():
        words = letter(names[key], mine, view, call.workspace.root)
        made.append(Letter(addresses.spelt[key], names[key], words.subject, words.text, words.html))
    return made


def _preview(call: Session, letters: "list[Letter]") -> None:
    """What would be sent, to read through."""
    if not letters:
        call.say("There is nobody to write to.")
        return
    from charterkit.exchange.mail import line

    parts = [f"To: {line(each.name)} <{each.to}>\nSubject: {line(each.subject)}\n\n{each.text}" for each in letters]
    deliver(call, "\n----\n\n".join(parts), None)
    many = "message is" if len(letters) == 1 else "messages are"
    call.say(f"{len(letters)} {many} shown and none was sent: -o FOLDER writes them, --send sends them.")


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
    is_near = host in ("localhost", "127.0.0.1", "[::1]")
    if user and sending.security == "none" and not is_near:
        raise Refused("login-in-clear")
    security = sending.security
    return Server(host.strip("[]"), int(port or PORTS[security]), security, user, password)  # type: ignore[index,arg-type]  # a choice


def _send(call: Session, messages: "list[EmailMessage]", server: "Server") -> None:
    from charterkit.exchange.mail import send

    failed = 0
    for sent in send(messages, server):
        if sent.error:
            failed += 1
            call.warn(f"Not sent to {sent.address}: {sent.error}.")
        else:
            call.say(f"Sent to {sent.address}.")
    if failed:
        which = "message was" if len(messages) == 1 else "messages were"
        raise Refused("not-sent", failed=failed, count=len(messages), which=which)
    if not messages:
        call.say("There is nobody to write to.")
