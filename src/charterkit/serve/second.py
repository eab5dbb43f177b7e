"""A second start of the same workspace finds the first: a small file of the user's own says where it answers."""

import contextlib
import hashlib
import html
import http.client
import json
import os
import secrets
from pathlib import Path

from charterkit.serve.door import is_proof, proof
from charterkit.serve.running import LOOPBACK

_WAIT = 3
"""Seconds for an answer."""


def place(folder: Path, root: Path) -> Path:
    """The file of a workspace in the user's own folder for what runs."""
    return folder / f"{_name(root)}.json"


def _name(root: Path) -> str:
    return hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]


def port_of(root: Path) -> int:
    """Where a workspace is tried first: always the same, so that a browser finds what it kept of it."""
    return 20_000 + int.from_bytes(hashlib.sha256(os.fsencode(root.resolve())).digest()[:4]) % 10_000


def keep(file: Path, port: int, secret: str) -> None:
    """Say where this run answers, to this user alone."""
    private(file, json.dumps({"port": port, "secret": secret, "process": os.getpid()}))


def private(file: Path, text: str) -> None:
    """Write a file that nobody else can read, in a folder that nobody else can enter."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.unlink(missing_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(text)


def entrance(folder: Path, root: Path, address: str) -> Path:
    """A page that leads a browser to an address, so that the address is in no list of processes."""
    there = html.escape(address)
    file = folder / f"charterkit-{_name(root)}-{secrets.token_hex(8)}.html"
    private(file, f'<meta http-equiv="refresh" content="0;url={there}"><a href="{there}">Open the page</a>\n')
    return file


def close_entrances(folder: Path | None, root: Path) -> None:
    """Take away every page that leads to a workspace."""
    for file in folder.glob(f"charterkit-{_name(root)}-*.html") if folder else ():
        with contextlib.suppress(OSError):
            file.unlink()


def forget(file: Path, secret: str) -> None:
    """Take this run's file away; another's stays."""
    held = _held(file)
    if held and held[1] == secret:
        file.unlink(missing_ok=True)


def asked_again(file: Path) -> tuple[int, str] | None:
    """The port of the run that is there already, and a token for it; None where none answers that knows the secret."""
    held = _held(file)
    if held is None:
        return None
    port, secret = held
    nonce = secrets.token_urlsafe(24)
    line = http.client.HTTPConnection(LOOPBACK, port, timeout=_WAIT)
    try:
        headers = {"X-Charterkit-Nonce": nonce, "X-Charterkit-Proof": proof(secret, "ask", nonce)}
        line.request("POST", "/again", headers={**headers, "Sec-Fetch-Site": "same-origin"})
        answer = line.getresponse()
        said = json.loads(answer.read(4096)) if answer.status == http.HTTPStatus.OK else {}
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        line.close()
    is_known = isinstance(said, dict) and is_proof(str(said.get("proof", "")), secret, "answer", nonce)
    return (port, str(said["token"])) if is_known and "token" in said else None


def _held(file: Path) -> tuple[int, str] | None:
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        return int(held["port"]), str(held["secret"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
