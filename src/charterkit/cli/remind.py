"""`charterkit remind`: what is due and overdue, as a digest, a calendar, or emails."""

from typing import Annotated

import typer

from charterkit.choices import MAIL_SECURITIES, REMINDER_KINDS, REMINDER_ORDERS
from charterkit.cli.options import session
from charterkit.cli.output import deliver_format, target
from charterkit.cli.params import (
    AllSchools,
    OutputOption,
    TodayOption,
    choice_option,
    day,
    format_option,
    within_option,
)
from charterkit.documents import DOCUMENTS
from charterkit.errors import Refused

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Show what is due and overdue.")
def remind(
    ctx: typer.Context,
    school: AllSchools = None,
    within: Annotated[
        int | None,
        within_option("How far ahead to look: 60d, 8 weeks. From charterkit.yaml, else 60d."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also what is due later than that.")] = False,
    order: Annotated[str, choice_option("--by", REMINDER_ORDERS, "What the headings are.")] = "date",
    kinds: Annotated[
        list[str] | None,
        choice_option(
            "--kind", REMINDER_KINDS, "Only review, action, evaluation, ...; may be repeated.", metavar="KIND"
        ),
    ] = None,
    owner: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only what is theirs whose name holds this.")
    ] = None,
    output_format: Annotated[str | None, format_option("due")] = None,
    fail_on: Annotated[
        str | None, choice_option("--fail-on", ("overdue",), "Exit with 1 when something is overdue.")
    ] = None,
    output: OutputOption = None,
    send: Annotated[bool, typer.Option("--send", help="With --format email: send the messages over SMTP.")] = False,
    smtp: Annotated[
        str | None,
        typer.Option(metavar="HOST[:PORT]", envvar="CHARTERKIT_SMTP", help="The mail server to send by."),
    ] = None,
    security: Annotated[
        str,
        typer.Option(metavar="|".join(MAIL_SECURITIES), envvar="CHARTERKIT_SMTP_SECURITY", help="How it is reached."),
    ] = "starttls",
    sender: Annotated[
        str | None, typer.Option("--from", metavar="ADDRESS", envvar="CHARTERKIT_FROM", help="Whom messages are from.")
    ] = None,
    in_holidays: Annotated[
        bool, typer.Option("--in-holidays", help="Send in the school holidays, on bank holidays and at weekends too.")
    ] = False,
    clerk: Annotated[
        str | None,
        typer.Option("--copy-to", metavar="WHO", help="Who gets a copy: an address, or a contact's role or name."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Send what was sent at this step already too.")] = False,
    today: TodayOption = None,
) -> None:
    """Show what is due and overdue: policy reviews, actions, self-evaluations, visits, certificates and promises.

    With --format email each owner gets a message with what is theirs. They are written to the folder of -o, or with
    --send sent, each thing once a step; the login is read from CHARTERKIT_SMTP_USER and CHARTERKIT_SMTP_PASSWORD, or
    CHARTERKIT_SMTP_TOKEN.
    """
    call = session(ctx)
    to = target(call, "due", output_format, output)
    document = DOCUMENTS["due"]
    is_mail, is_lost = document.formats[to.format].gives == "letters", False
    if send and not is_mail:
        raise Refused("send-needs-email")
    wanted = {"school": school, "within": within, "every": every, "order": order, "owner": owner}
    content = document.content(call.workspace, now := day(today), call, **wanted, kinds=kinds or ())
    if is_mail:
        from charterkit.cli.remind_email import Sending, deliver_letters

        sending = Sending(send, smtp, security, sender, output, in_holidays, clerk, again)
        is_lost = deliver_letters(call, content, sending)
    else:
        deliver_format(call, document, content, to, now)
    if is_lost or (fail_on and content.is_overdue):
        raise typer.Exit(1)
