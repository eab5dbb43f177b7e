"""`charterkit visit record`: what a visitor found, question by question, or without questions."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from charterkit.choices import VISIT_OUTCOMES, VISIT_PURPOSES
from charterkit.cli.options import Session, session
from charterkit.cli.params import (
    CharterOption,
    PartialDate,
    SchoolArgument,
    TodayOption,
    choice_option,
    date_option,
    day,
)
from charterkit.errors import Refused

if TYPE_CHECKING:
    from charterkit.session.visit_file import VisitFile

VisitDateOption = Annotated[PartialDate | None, date_option("--date", "The day of the visit; today when left out.")]


def record(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    date: VisitDateOption = None,
    purpose: Annotated[
        str | None,
        choice_option("--purpose", VISIT_PURPOSES, "What the visit is for; as it was asked for, else support."),
    ] = None,
    ratings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="ASPECT=LEVEL", help="The visitor's own rating of an aspect; ASPECT= takes it out."
        ),
    ] = None,
    notes: Annotated[
        list[str] | None,
        typer.Option("--note", metavar="ASPECT=TEXT", help="What the visitor saw or heard; ASPECT= takes it out."),
    ] = None,
    reasons: Annotated[
        list[str] | None,
        typer.Option("--reason", metavar="ASPECT=TEXT", help="Why an aspect does not apply, or may be below the mark."),
    ] = None,
    looked_at: Annotated[
        list[str] | None,
        typer.Option("--looked-at", metavar="KIND=TEXT", help="What was looked at: walkthrough='The entrance'."),
    ] = None,
    talked_with: Annotated[
        list[str] | None, typer.Option("--talked-with", metavar="WHO", help="Whom the visitor talked with.")
    ] = None,
    visitors: Annotated[
        list[str] | None, typer.Option("--visitor", metavar="NAME", help="Who came: 'Name, role'; may be repeated.")
    ] = None,
    summary: Annotated[
        str | None, typer.Option("--summary", metavar="TEXT", help="What the visitor says of the whole.")
    ] = None,
    support: Annotated[
        list[str] | None, typer.Option("--support", metavar="TEXT", help="What the adviser did to help, for the log.")
    ] = None,
    outcome: Annotated[
        str | None, choice_option("--outcome", VISIT_OUTCOMES, "How a certification visit ended.")
    ] = None,
    award: Annotated[
        str | None, typer.Option("--award", metavar="ID", help="Which of the charter's awards it ends in.")
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line, without colour or symbols: for screen readers.")
    ] = False,
    today: TodayOption = None,
) -> None:
    """Record a visit: the visitor's own rating of each aspect, beside the school's, which stays as it is.

    Every answer is saved before the next question. A certification visit is met where every aspect is at the mark, or
    a reason says why it may be below.
    """
    from charterkit.exchange.answers import from_options
    from charterkit.session.visit_begun import visit_meant
    from charterkit.session.visit_file import VisitFile

    call, now = session(ctx), day(today)
    folder = call.workspace.choose_school(school)
    given = from_options(ratings or [], notes or [], reasons or [])
    meant = visit_meant(call.workspace, folder, charter, now, when=date, purpose=purpose)  # type: ignore[arg-type]  # read
    visit = VisitFile(call.workspace, meant, now)
    facts: dict[str, Any] = {"summary": summary, "outcome": outcome, "award": award}
    facts |= {"visitors": _people(visitors), "looked_at": _looked_at(looked_at, talked_with, meant.head["date"])}
    facts["support_log"] = [{"date": meant.head["date"], "what": text} for text in support or ()]
    facts = {key: value for key, value in facts.items() if value}
    if given or facts:
        _record(call, visit, given, facts)
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused("no-terminal-visit")
    from charterkit.cli.visit_guide import VisitGuide

    VisitGuide(call, visit, plain=plain).run()


def _record(call: Session, visit: "VisitFile", given: Any, facts: dict[str, Any]) -> None:  # noqa: ANN401 - answers
    from charterkit.text.english import counted

    before = visit.existing.data if visit.existing else None
    many = visit.record(given, facts)
    if visit.existing and visit.existing.data == before:
        call.say(f"All of it stands in {visit.path} already.")
        return
    call.say(f"{counted(many, 'aspect').capitalize()} saved in {visit.path}." if many else f"Saved in {visit.path}.")
    found = visit.visited
    if found.visit.outcome:
        call.say(f"The visit is {'met' if found.visit.outcome == 'met' else 'not met yet'}.")


def _people(names: list[str] | None) -> list[dict[str, str]]:
    from charterkit.session.visit_file import person

    return [person(name) for name in names or ()]


def _looked_at(said: list[str] | None, with_: list[str] | None, when: object) -> list[dict[str, Any]]:
    """What was looked at and whom the visitor talked with, as files have it. Raises Refused for another kind."""
    from charterkit.choices import EVIDENCE_KINDS
    from charterkit.session.visit_file import SEEN

    found: list[dict[str, Any]] = []
    for text in said or ():
        kind, equals, note = text.partition("=")
        if kind.strip() not in EVIDENCE_KINDS or not equals or not note.strip():
            raise Refused("bad-looked-at", said=text, known=list(EVIDENCE_KINDS))
        on = {"date": when} if kind.strip() in SEEN else {}
        found.append({"kind": kind.strip(), **on, "note": note.strip()})
    return found + [
        {"kind": "conversation", "date": when, "with": text.strip()} for text in with_ or () if text.strip()
    ]
