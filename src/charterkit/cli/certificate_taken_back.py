"""`charterkit certificate revoke` and `suspend`: a certificate that holds no longer, for good or for the time being."""

from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.cli.certificate_issue import FileOption, office_of
from charterkit.cli.options import Session, session
from charterkit.cli.params import CharterOption, SchoolArgument, TodayOption
from charterkit.cli.secrets import SettingsOption
from charterkit.errors import Conflict, Missing

if TYPE_CHECKING:
    from charterkit.insight.certificates.held import HeldCertificate

NumberOption = Annotated[
    str | None, typer.Option("--number", metavar="NUMBER", help="Which certificate; the newest when left out.")
]


def revoke(
    ctx: typer.Context,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why, in a sentence. It is public, so name nobody.")
    ],
    school: SchoolArgument = None,
    charter: CharterOption = None,
    number: NumberOption = None,
    passphrase_file: FileOption = None,
    settings_folder: SettingsOption = None,
    today: TodayOption = None,
) -> None:
    """Take a certificate back for good: the visit says since when and why, and the status list is signed anew."""
    call = session(ctx)
    held = _meant(call, school, charter, number)
    if held.certificate.revoked:
        raise Conflict("certificate-is", number=held.certificate.number, state="revoked")
    if not reason.strip():
        raise Missing("no-reason-to-take-back")
    office_of(call, settings_folder, passphrase_file, today).take_back(held, "revoked", reason.strip())
    _tell(call, held, "is revoked")


def suspend(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    number: NumberOption = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why, in a sentence. It is public, so name nobody.")
    ] = None,
    lift: Annotated[bool, typer.Option("--lift", help="End the suspension: it holds again.")] = False,
    passphrase_file: FileOption = None,
    settings_folder: SettingsOption = None,
    today: TodayOption = None,
) -> None:
    """Take a certificate back for the time being, or with --lift give it back."""
    call = session(ctx)
    held = _meant(call, school, charter, number)
    if held.certificate.revoked:
        raise Conflict("certificate-is", number=held.certificate.number, state="revoked")
    if lift:
        office_of(call, settings_folder, passphrase_file, today).give_back(held)
        if held.certificate.suspended:
            _tell(call, held, "is no longer suspended")
        else:
            call.say(f"{held.certificate.number} was not suspended. The status lists of issuer/ are signed anew.")
        return
    if held.certificate.suspended:
        raise Conflict("certificate-is", number=held.certificate.number, state="suspended")
    if not (reason or "").strip():
        raise Missing("no-reason-to-take-back")
    office_of(call, settings_folder, passphrase_file, today).take_back(held, "suspended", (reason or "").strip())
    _tell(call, held, "is suspended")


def _meant(call: Session, school: str | None, charter: str | None, number: str | None) -> "HeldCertificate":
    from charterkit.insight.certificates.held import certificate_meant

    return certificate_meant(call.workspace, call.workspace.choose_school(school), charter, number)


def _tell(call: Session, held: "HeldCertificate", what: str) -> None:
    call.say(f"{held.certificate.number} {what}: saved in {held.document.path}, and in the status lists of issuer/.")
    call.say("It is so for everybody once issuer/ is on the issuer's website.")
