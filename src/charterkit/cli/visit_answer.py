"""`charterkit visit answer`: what the school says to what the visitor wrote."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.params import (
    CharterOption,
    PartialDate,
    SchoolArgument,
    TodayOption,
    choice_option,
    date_option,
    day,
)


def answer(
    ctx: typer.Context,
    accurate: Annotated[
        str, choice_option("--accurate", ("yes", "no"), "Whether the school finds what the visitor wrote accurate.")
    ],
    school: SchoolArgument = None,
    charter: CharterOption = None,
    date: Annotated[
        PartialDate | None,
        date_option("--date", "The day of the visit; the newest that has taken place when left out."),
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="What the school has to say to it.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who answers for the school.")] = None,
    today: TodayOption = None,
) -> None:
    """Say whether the school finds what the visitor wrote accurate: shown beside it, and changing nothing in it."""
    from charterkit.session.visit_begun import visit_of
    from charterkit.session.visit_file import VisitFile

    call, now = session(ctx), day(today)
    folder = call.workspace.choose_school(school)
    visit = VisitFile(call.workspace, visit_of(call.workspace, folder, charter, date), now)
    was_there = visit.visit.answer is not None
    visit.answer_for_school(accurate=accurate == "yes", note=note, by=by)
    told = " in place of the earlier answer" if was_there else ""
    call.say(f"The school's answer is saved in {visit.path}{told}. What the visitor wrote stays as it is.")
