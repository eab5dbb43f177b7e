"""`charterkit keys`: the issuer's keys, which lie outside of every workspace, and what is published of them."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.cli.options import Session, session
from charterkit.cli.params import TodayOption, day
from charterkit.cli.secrets import SettingsOption, new_passphrase, passphrase_for, settings
from charterkit.errors import CharterkitError, Missing, Refused

if TYPE_CHECKING:
    from charterkit.credential.keys import PublicKey
    from charterkit.model.config import Issuer

KEYS = "keys"
"""The folder of the keys in the user's settings."""
_GOOD_FOR = 90
"""Days: after that, whoever verifies wants a newer status list."""

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Make, list, publish and change the keys that sign certificates.",
)

FileOption = Annotated[
    str | None,
    typer.Option("--passphrase-file", metavar="FILE", help="The passphrase is this file's first line."),
]


@app.command(short_help="Make a key that signs certificates.")
def new(
    ctx: typer.Context,
    passphrase_file: FileOption = None,
    settings_folder: SettingsOption = None,
    today: TodayOption = None,
) -> None:
    """Make a key that signs certificates, outside of every workspace; only you can read it.

    In a terminal you are asked for a passphrase that encrypts it; with nothing typed, it is not encrypted.
    """
    call = session(ctx)
    made = _made(call, passphrase_file, settings_folder, today)
    call.say(
        "It signs once charterkit.yaml names it: issuer: {..., key: " + made.id + "}. Keep a copy in a safe place."
    )


@app.command("list", short_help="List the keys on this computer.")
def list_keys(ctx: typer.Context, settings_folder: SettingsOption = None) -> None:
    """List the keys on this computer, and which of them signs for this workspace."""
    from charterkit.credential.keys import known_keys

    call = session(ctx)
    issuer = _issuer_here(call)
    folder = settings(settings_folder) / KEYS
    found = known_keys(folder)
    for key in found:
        signs = "  signs" if issuer and issuer.key == key.id else ""
        typer.echo(f"{key.id}  {key.created}  {'encrypted' if key.is_encrypted else 'not encrypted'}{signs}")
    if not found:
        call.say(f"There is no key in {folder}. Make one with: charterkit keys new")
    elif issuer and issuer.key and issuer.key not in {key.id for key in found}:
        call.warn(f"charterkit.yaml names {issuer.key}, which is not on this computer.")


@app.command(short_help="Make a new key and let it sign from now on.")
def rotate(
    ctx: typer.Context,
    passphrase_file: FileOption = None,
    settings_folder: SettingsOption = None,
    today: TodayOption = None,
) -> None:
    """Make a new key and name it in charterkit.yaml, so that it signs from now on.

    Old keys stay in the issuer's document, so what they signed still holds; the old key itself is not needed.
    """
    call = session(ctx)
    issuer = _issuer(call)
    if issuer.id.startswith("did:key:"):
        raise Refused("did-key-stays", issuer=issuer.id)
    made = _made(call, passphrase_file, settings_folder, today)
    _name_key(call, made.id)
    call.say("Now publish it, before the next certificate: charterkit keys publish")


@app.command(short_help="Write what an issuer puts on its website.")
def publish(
    ctx: typer.Context,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Write to this folder as well, such as that of the website."
        ),
    ] = None,
    days: Annotated[
        int, typer.Option("--days", metavar="DAYS", min=1, max=366, help="How long the status lists are good for.")
    ] = _GOOD_FOR,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="Leave out a former key that somebody else has: what it signed ends to hold."),
    ] = None,
    passphrase_file: FileOption = None,
    settings_folder: SettingsOption = None,
    today: TodayOption = None,
) -> None:
    """Write what an issuer puts on its website: its public keys (did.json and jwks.json) and the signed status lists.

    They are kept in the workspace's folder issuer/, so that the next time starts from there. With --output also a page
    of each certificate, to which its QR code leads, the signed certificate itself, and a list of all.
    """
    from charterkit.credential.keys import signing_key
    from charterkit.credential.office import taken_back
    from charterkit.credential.published import published_before, save_published
    from charterkit.credential.publishing import publication, status_address
    from charterkit.files.places import PUBLISHED
    from charterkit.files.write import write_output
    from charterkit.render.certificate.published import certificates_published, issuer_files

    call = session(ctx)
    issuer = _issuer(call)
    if issuer.key is None:
        raise Missing("no-issuer-key")
    folder = settings(settings_folder) / KEYS
    key = signing_key(folder, issuer.key, passphrase_for(folder, issuer.key, passphrase_file))
    now = moment(today)
    before = published_before(call.root)
    address = status_address(issuer.id, issuer.url, issuer.status)
    until = now + timedelta(days=days)
    files = publication(
        issuer.id, address, key, before, now=now, until=until, changes=taken_back(call.workspace), without=without or ()
    )
    save_published(call.root, before, files)
    if output is not None:
        top = Path(output).absolute()
        pages = certificates_published(call.workspace, now.date(), call).files
        for path, data in {**issuer_files(issuer.id, files), **pages}.items():
            write_output(top / path, data)
    call.say(f"Saved in {PUBLISHED}/{f' and {output}' if output else ''}. The lists are good until {until:%Y-%m-%d}.")
    call.say(f"They are looked for at {address}/")


def moment(today: "object") -> datetime:
    """Now; on the day that was named instead, noon."""
    if today is None:
        return datetime.now(UTC).replace(microsecond=0)
    return datetime.combine(day(today), time(12), UTC)  # type: ignore[arg-type]  # what the option gives is a date


def _made(call: Session, passphrase_file: str | None, settings_folder: str | None, today: "object") -> "PublicKey":
    from charterkit.credential.keys import new_key

    folder = settings(settings_folder) / KEYS
    made = new_key(folder, new_passphrase(call, passphrase_file), moment(today).date())
    typer.echo(made.id)
    call.say(f"The key is in {folder}{'' if made.is_encrypted else ', not encrypted'}.")
    return made


def _issuer(call: Session) -> "Issuer":
    found = call.workspace.config.issuer
    if found is None:
        raise Missing("no-issuer")
    return found


def _issuer_here(call: Session) -> "Issuer | None":
    try:
        return call.workspace.config.issuer
    except CharterkitError:
        return None


def _name_key(call: Session, key: str) -> None:
    from charterkit.files import write
    from charterkit.files.places import SETTINGS
    from charterkit.files.yaml.edit import Change, edited
    from charterkit.model.config import Config

    document = call.workspace.read(SETTINGS, Config)
    if document.model is None or document.loaded.problems:
        raise Refused("has-mistake", path=SETTINGS)
    made = [Change(("issuer", "key"), key)]
    write.change(call.root / SETTINGS, document.data, lambda text: edited(text, made), call.root)
    call.workspace.refresh()
    call.say(f"Saved in {SETTINGS}.")
