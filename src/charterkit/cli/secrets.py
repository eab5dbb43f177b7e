"""Where a person's own settings are, and the passphrases of their keys: asked for in a terminal, or in a file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from charterkit.cli.options import Session
from charterkit.errors import Missing, Refused

SettingsOption = Annotated[
    str | None,
    typer.Option(
        "--settings",
        metavar="DIR",
        envvar="CHARTERKIT_SETTINGS",
        help="Your own folder with keys/ and issuers/, where it is not the usual one.",
    ),
]


def settings(folder: str | None) -> Path:
    """The user's own folder. Raises Missing for a user who has none."""
    from charterkit.files.places import settings_folder

    if folder:
        return Path(folder).absolute()
    try:
        return settings_folder()
    except OSError:
        raise Missing("no-settings-folder") from None


def new_passphrase(call: Session, file: str | None) -> bytes | None:
    """The passphrase for a new key, typed twice in a terminal; None where none is given."""
    if file is not None:
        return _first_line(file)
    if not _is_asked():
        call.say("No passphrase was given, so the key is not encrypted. To encrypt it, name a --passphrase-file.")
        return None
    typed = str(
        typer.prompt("Passphrase (nothing for none)", default="", hide_input=True, show_default=False, err=True)
    )
    if not typed:
        return None
    if typed != typer.prompt("The same again", default="", hide_input=True, show_default=False, err=True):
        raise Refused("passphrases-differ")
    return typed.encode()


def passphrase_for(folder: Path, key: str, file: str | None) -> bytes | None:
    """The passphrase of a key in a folder; None where it needs none, or nobody can be asked."""
    from charterkit.credential.keys import known_keys

    if file is not None:
        return _first_line(file)
    if not _is_asked() or not any(each.is_encrypted for each in known_keys(folder) if each.id == key):
        return None
    return str(typer.prompt(f"Passphrase of {key}", default="", hide_input=True, show_default=False, err=True)).encode()


def _is_asked() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _first_line(file: str) -> bytes:
    try:
        with Path(file).open("rb") as handle:
            line = handle.readline(4096).rstrip(b"\r\n")
    except (OSError, ValueError) as error:
        raise Refused("file-not-read", path=file, reason=getattr(error, "strerror", None) or error) from None
    if not line:
        raise Refused("empty-passphrase", path=file)
    return line
