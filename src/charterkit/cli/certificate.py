"""`charterkit certificate`: what a met certification visit ends in, signed, and how it stands."""

from collections.abc import Callable

import typer

from charterkit.cli.certificate_issue import issue, renew
from charterkit.cli.certificate_show import show
from charterkit.cli.certificate_taken_back import revoke, suspend

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Issue, show, renew, revoke or suspend a school's certificate.",
)
SHORT: dict[Callable[..., None], str] = {
    issue: "Issue the certificate of a met visit.",
    show: "Show a certificate, or print it.",
    renew: "Issue another after the one before.",
    revoke: "Take a certificate back for good.",
    suspend: "Take it back for the time being.",
}
for command, summary in SHORT.items():
    app.command(short_help=summary)(command)
