"""`charterkit certificate issue` and `renew`: the certificate of a met certification visit."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.cli.issuer_keys import KEYS, moment
from charterkit.cli.options import Session, session
from charterkit.cli.params import (
    CharterOption,
    Interval,
    PartialDate,
    SchoolArgument,
    TodayOption,
    date_option,
    reader,
)
from charterkit.cli.secrets import SettingsOption, passphrase_for, settings
from charterkit.errors import CharterkitError, Missing, NotThere, Refused

if TYPE_CHECKING:
    from charterkit.credential.office import Office
    from charterkit.files.workspace import SchoolFolder
    from charterkit.insight.visits.visited import Visited

VisitOption = Annotated[
    PartialDate | None,
    date_option("--visit", "The day of the visit; the newest that is met and has no certificate when left out."),
]
AwardOption = Annotated[
    str | None, typer.Option("--award", metavar="ID", help="Which award it is, where the visit does not say.")
]
ForOption = Annotated[
    Interval | None,
    typer.Option(
        "--valid-for",
        metavar="TIME",
        parser=reader("Interval", "--valid-for"),
        help="How long it is valid, such as '18 months'; 3 years when left out.",
    ),
]
UntilOption = Annotated[PartialDate | None, date_option("--valid-until", "The last day on which it is valid, instead.")]
FileOption = Annotated[
    str | None,
    typer.Option("--passphrase-file", metavar="FILE", help="The key's passphrase is this file's first line."),
]


def issue(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    visit: VisitOption = None,
    award: AwardOption = None,
    valid_for: ForOption = None,
    valid_until: UntilOption = None,
    passphrase_file: FileOption = None,
    settings_folder: SettingsOption = None,
    today: TodayOption = None,
) -> None:
    """Issue the certificate of a certification visit that is met: signed, and named in the visit.

    It is refused with every reason where something is in the way.
    """
    call = session(ctx)
    folder, found = _visit(call, school, charter, visit, award)
    until = _until(moment(today).date(), valid_for, valid_until)
    office = _office(call, folder, found, award, settings_folder, passphrase_file, today)
    _tell(call, folder, office.issue(found, until), until)


def renew(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    visit: VisitOption = None,
    award: AwardOption = None,
    valid_for: ForOption = None,
    valid_until: UntilOption = None,
    reason: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="By which rule of yours another is issued for the same visit."),
    ] = None,
    passphrase_file: FileOption = None,
    settings_folder: SettingsOption = None,
    today: TodayOption = None,
) -> None:
    """Issue another certificate after a new visit that is met, or for the same visit by a rule of the issuer's.

    The one before stays as it is, and the new one names it.
    """
    from charterkit.insight.certificates.held import certificates_of

    call = session(ctx)
    folder, found = _visit(call, school, charter, visit, award)
    before = certificates_of(call.workspace, folder, found.charter.id)
    if not before:
        raise NotThere("nothing-to-renew", name=folder.school.name, slug=folder.slug)
    is_same = found.visit.certificate is not None
    if is_same and not (reason or "").strip():
        raise Refused("renewal-of-same-visit", name=folder.school.name, number=before[-1].certificate.number)
    until = _until(moment(today).date(), valid_for, valid_until)
    office = _office(call, folder, found, award, settings_folder, passphrase_file, today, is_another=is_same)
    _tell(call, folder, office.issue(found, until, replaces=before[-1].certificate.number, rule=reason), until)


def _visit(
    call: Session, school: str | None, charter: str | None, when: object, award: str | None
) -> "tuple[SchoolFolder, Visited]":
    from charterkit.insight.certificates.obstacles import visit_to_certify
    from charterkit.insight.evaluations.choosing import charter_for

    folder = call.workspace.choose_school(school)
    chosen = charter_for(call.workspace, folder, charter).id
    return folder, visit_to_certify(call.workspace, folder, chosen, when, award)  # type: ignore[arg-type]  # a PartialDate


def _office(
    call: Session,
    folder: "SchoolFolder",
    found: "Visited",
    award: str | None,
    settings_folder: str | None,
    passphrase_file: str | None,
    today: object,
    *,
    is_another: bool = False,
) -> "Office":
    """The issuer at work. Raises Refused with everything that is in the way of a certificate for a visit."""
    from charterkit.insight.certificates.obstacles import in_the_way

    now = moment(today)
    complaints = list(in_the_way(found, now.date(), award, is_another=is_another))
    try:
        made = office_of(call, settings_folder, passphrase_file, today)
    except CharterkitError as error:
        complaints.append(f"{error.message} {error.hint}".strip())
    if complaints:
        raise Refused("certificate-refused", name=folder.school.name, complaints="\n".join(complaints))
    return made


def office_of(call: Session, settings_folder: str | None, passphrase_file: str | None, today: object) -> "Office":
    """The issuer of this workspace at work, with its key. Raises CharterkitError where there is none."""
    from charterkit.credential.keys import known_keys, signing_key
    from charterkit.credential.office import Office

    issuer = call.workspace.config.issuer
    if issuer is None:
        raise Missing("no-issuer")
    folder = settings(settings_folder) / KEYS
    if issuer.key is None:
        known = [key.id for key in known_keys(folder)]
        if known:
            raise Missing("no-issuer-key-named", known=known, first=known[-1])
        raise Missing("no-issuer-key")
    key = signing_key(folder, issuer.key, passphrase_for(folder, issuer.key, passphrase_file))
    return Office(call.workspace, issuer, key, moment(today))


def _until(today: date, valid_for: object, valid_until: object) -> date:
    from charterkit.model.dates import Interval as Length
    from charterkit.model.dates import PartialDate as Day

    if valid_for and valid_until:
        raise Refused("two-validities")
    length = valid_for if isinstance(valid_for, Length) else Length(3, "year")
    last = valid_until if isinstance(valid_until, Day) else length.after(Day.of(today))
    if last is None or last.last <= today:
        raise Refused("bad-validity", until=last.spoken if last else str(length), today=Day.of(today).spoken)
    return last.last


def _tell(call: Session, folder: "SchoolFolder", number: str, until: date) -> None:
    from charterkit.files.certificates import certificate_path
    from charterkit.model.dates import PartialDate as Day

    typer.echo(number)
    call.say(
        f"Saved in {certificate_path(folder.slug, number)}, and named in the visit. Valid until {Day.of(until).spoken}."
    )
    call.say(f"Print it with: charterkit certificate show {folder.slug} -o certificate.pdf")
    call.say("What issuer/ holds goes on the issuer's website, so that anybody can see whether it still holds.")
