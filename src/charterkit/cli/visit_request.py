"""`charterkit visit request`: the request for a certification visit, recorded and as a letter."""

from typing import Annotated, Any

import typer

from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import (
    CharterOption,
    OutputOption,
    SchoolArgument,
    TodayOption,
    day,
    format_option,
    now_read,
    reader,
)


def request(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    propose: Annotated[
        list[str] | None, typer.Option("--propose", metavar="DATE", help="A day that would suit; may be repeated.")
    ] = None,
    agreed: Annotated[
        list[str] | None, typer.Option("--agreed", metavar="DATE", help="The day that both have agreed on.")
    ] = None,
    anyway: Annotated[
        str | None,
        typer.Option("--anyway", metavar="REASON", help="Ask although something is missing; the letter says why."),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who asks for the school.")] = None,
    output_format: Annotated[str | None, format_option("visit request")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Ask for a certification visit: the request is kept in the school's visits, and the letter is made of it.

    Refused, with the list of what is missing, while the school is not ready; --anyway says why it asks all the same.
    """
    from charterkit.session.visit_asked import ask_for, demand_ready, demand_to_come
    from charterkit.session.visit_begun import request_meant
    from charterkit.session.visit_file import VisitFile

    call, now = session(ctx), day(today)
    to = target(call, "visit request", output_format, output)
    folder = call.workspace.choose_school(school)
    visit = VisitFile(call.workspace, request_meant(call.workspace, folder, charter, now), now)
    demand_ready(visit, now, anyway or "")
    days = {"proposed_dates": ("--propose", propose), "agreed_dates": ("--agreed", agreed)}
    facts: dict[str, Any] = {
        key: [reader("PartialDate", option)(text) for text in said or ()] for key, (option, said) in days.items()
    }
    for sentence in now_read():
        call.say(sentence)
    demand_to_come({option: facts[key] for key, (option, _) in days.items()}, now)
    ask_for(visit, {**facts, "anyway": (anyway or "").strip(), "requested_by": by})
    call.say(f"The request is kept in {visit.path}.")
    produce(call, "visit request", to, now, school=folder.slug, charter=visit.charter.id)
