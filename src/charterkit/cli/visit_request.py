"""`charterkit visit request`: the request for a certification visit, recorded and as a letter."""

from typing import TYPE_CHECKING, Annotated, Any

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
from charterkit.errors import Refused

if TYPE_CHECKING:
    from charterkit.insight.readiness.missing import Readiness
    from charterkit.session.visit_file import VisitFile

_MOST = 12
"""Things that are missing which are named before the rest is counted."""


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
    from charterkit.insight.readiness.missing import readiness
    from charterkit.session.visit_begun import request_meant
    from charterkit.session.visit_file import VisitFile

    call, now = session(ctx), day(today)
    to = target(call, "visit request", output_format, output)
    folder = call.workspace.choose_school(school)
    visit = VisitFile(call.workspace, request_meant(call.workspace, folder, charter, now), now)
    if not (anyway or "").strip() and not visit.visit.anyway:
        _demand_ready(folder.school.name, readiness(call.workspace, folder, visit.charter))
    days = {"proposed_dates": ("--propose", propose), "agreed_dates": ("--agreed", agreed)}
    facts: dict[str, Any] = {
        key: [reader("PartialDate", option)(text) for text in said or ()] for key, (option, said) in days.items()
    }
    for sentence in now_read():
        call.say(sentence)
    for option, when in (("--propose", facts["proposed_dates"]), ("--agreed", facts["agreed_dates"])):
        if over := next((each for each in when if each.last < now), None):
            raise Refused("visit-day-over", option=option, when=over.spoken)
    _record(visit, {**facts, "anyway": (anyway or "").strip(), "requested_by": by})
    call.say(f"The request is kept in {visit.path}.")
    produce(call, "visit request", to, now, school=folder.slug, charter=visit.charter.id)


def _record(visit: "VisitFile", facts: dict[str, Any]) -> None:
    said = {key: value for key, value in facts.items() if value}
    if said or visit.existing is None:
        visit.record(facts=said, begins=True)


def _demand_ready(name: str, ready: "Readiness") -> None:
    """Raises CharterkitError with what stands against a visit."""
    from charterkit.text.english import counted
    from charterkit.text.safe import shown

    if ready.is_ready:
        return
    needs = ready.blocking
    aspects = ready.charter.aspects
    lines = [
        f"- {shown(aspects[need.aspect].text)} {need.text}." if need.aspect else f"- {need.text}."
        for need in needs[:_MOST]
    ]
    rest = len(needs) - _MOST
    lines += [f"- and {counted(rest, 'more thing')}."] if rest > 0 else []
    raise Refused("visit-not-ready", name=name, complaints="\n".join(lines))
