"""`charterkit remind`: what is due and overdue, as a digest, a calendar, or emails."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.choices import MAIL_SECURITIES, REMINDER_KINDS, REMINDER_ORDERS
from charterkit.cli.compare import chosen_format
from charterkit.cli.listing import deliver_listing
from charterkit.cli.options import (
    AllSchools,
    OutputOption,
    Session,
    TodayOption,
    among,
    day,
    deliver,
    deliver_bytes,
    refuse_screen,
    refuse_sources,
    session,
    span,
)
from charterkit.cli.picking import warn_of_unread_policies, whole_name
from charterkit.errors import CharterkitError

if TYPE_CHECKING:
    from charterkit.insight.reminders import Reminder
    from charterkit.render.listings.reminders import Window

app = typer.Typer(rich_markup_mode=None)
FORMATS = ("table", "markdown", "html", "pdf", "json", "csv", "ics", "email")


@app.command(short_help="Show what is due and overdue.")
def remind(
    ctx: typer.Context,
    school: AllSchools = None,
    within: Annotated[
        str | None,
        typer.Option(metavar="DAYS", help="How far ahead to look: 60d, 8 weeks. From charterkit.yaml, else 60d."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also what is due later than that.")] = False,
    order: Annotated[
        str, typer.Option("--by", metavar="|".join(REMINDER_ORDERS), help="What the headings are.")
    ] = "date",
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help="Only review, action, evaluation, ...; may be repeated."),
    ] = None,
    owner: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only what is theirs whose name holds this.")
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help="Otherwise told from the file's name; a table."),
    ] = None,
    fail_on: Annotated[
        str | None, typer.Option("--fail-on", metavar="overdue", help="Exit with 1 when something is overdue.")
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
        bool, typer.Option("--in-holidays", help="Send in the school holidays too, by the terms in charterkit.yaml.")
    ] = False,
    today: TodayOption = None,
) -> None:
    """Show what is due and overdue: policy reviews, actions, self-evaluations, visits, certificates and promises.

    With --format email each owner gets a message with what is theirs. They are written to the folder of -o, or with
    --send sent; the login is read from CHARTERKIT_SMTP_USER and CHARTERKIT_SMTP_PASSWORD.
    """
    from charterkit.insight.promises.school_days import SchoolDays
    from charterkit.insight.reminders import Standing, reminders, shown_of, window
    from charterkit.render.listings.reminders import Window

    call = session(ctx)
    chosen = chosen_format(output_format, None if output_format else output, FORMATS, "table")
    refuse_screen(chosen, output, "due")
    refuse_sources(call, output)
    among("--by", [order], REMINDER_ORDERS)
    among("--kind", kinds or (), REMINDER_KINDS)
    among("--fail-on", [fail_on] if fail_on else [], ["overdue"])
    if send and chosen != "email":
        raise CharterkitError("--send sends emails only.", "Add --format email.")
    now, workspace = day(today), call.workspace
    slug = workspace.school(school).slug if school else None
    view = Window(now, window(workspace, span(within, "--within")), SchoolDays.of(workspace.config))
    found = [one for one in reminders(workspace, now, slug) if _is_wanted(one, kinds, owner)]
    warn_of_unread_policies(call, slug)
    if chosen == "email":
        from charterkit.cli.remind_email import Sending, deliver_letters

        sending = Sending(send, smtp, security, sender, output, in_holidays)
        deliver_letters(call, shown_of(found, now, view.reach, every=every), view, sending)
    elif chosen == "ics":
        _calendar(call, found, view, slug, output)
    else:
        listed = shown_of(found, now, view.ahead, every=every)
        is_whole = owner is None and (not kinds or "review" in kinds)
        _show(call, listed, view, (chosen, order, slug, output), is_whole=is_whole)
    if fail_on and any(one.standing(now, view.ahead) is Standing.OVERDUE for one in found):
        raise typer.Exit(1)


def _is_wanted(one: "Reminder", kinds: list[str] | None, owner: str | None) -> bool:
    if kinds and one.kind not in kinds:
        return False
    said = (one.owner.name, one.owner.role) if one.owner else ()
    return owner is None or any(owner.casefold() in text.casefold() for text in said if text)


def _show(
    call: Session,
    found: "list[Reminder]",
    view: "Window",
    wanted: tuple[str, str, str | None, str | None],
    *,
    is_whole: bool,
) -> None:
    """`is_whole` is whether nothing was left out by kind or owner."""
    from charterkit.insight.policies.register import register
    from charterkit.render.listings import listing
    from charterkit.render.listings.reminders import KEYS, digest, open_questions, reminders_json

    chosen, order, slug, output = wanted
    if chosen in ("json", "csv"):
        rows = reminders_json(found, view.today, view.ahead)
        text = json.dumps(rows, ensure_ascii=False, indent=2) if chosen == "json" else listing.rows_csv(rows, KEYS)
        deliver(call, text, output)
        return
    slugs = call.workspace.slugs
    home = slug or (slugs[0] if len(slugs) == 1 else "")
    notes = open_questions(list(register(call.workspace, view.today, slug)), home) if is_whole else ()
    made = digest(found, whole_name(call, slug), view, order, home, notes=notes)
    deliver_listing(call, made, chosen, output, view.today)


def _calendar(call: Session, found: "list[Reminder]", view: "Window", slug: str | None, output: str | None) -> None:
    """A calendar holds everything that has a date: its alarms tell when it is near."""
    from charterkit.exchange.reminders import reminders_calendar

    name = f"What is due: {whole_name(call, slug)}"
    deliver_bytes(call, reminders_calendar(name, found, call.workspace, view.today, view.school_days), output)
