"""`charterkit evaluate`: the guided self-evaluation, or answers without questions."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.cli.options import Session, session
from charterkit.cli.params import CharterOption, Cycle, DateOption, SchoolArgument, TodayOption, cycle_option, day
from charterkit.errors import Conflict, NotThere, Refused

if TYPE_CHECKING:
    from charterkit.insight.evaluations.answers import Answer
    from charterkit.session.evaluation_file import EvaluationFile

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Rate the school, one question at a time.")
def evaluate(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    cycle: Annotated[
        Cycle | None,
        cycle_option("--cycle", "2025-26 or 2025-26-autumn; otherwise the draft under way, else this year."),
    ] = None,
    ratings: Annotated[
        list[str] | None, typer.Option("--set", metavar="ASPECT=LEVEL", help="Rate an aspect without questions.")
    ] = None,
    notes: Annotated[
        list[str] | None,
        typer.Option("--note", metavar="ASPECT=TEXT", help="Write an aspect's note without questions."),
    ] = None,
    answers: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="Take the answers from a form (XLSX), or a YAML or CSV file."),
    ] = None,
    date: DateOption = None,
    agree: Annotated[bool, typer.Option("--agree", help="Mark the evaluation as agreed, today or on --date.")] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line, without colour or symbols: for screen readers.")
    ] = False,
    today: TodayOption = None,
) -> None:
    """Rate the school on each aspect of the charter, one question at a time.

    Every answer is saved before the next question, so you can stop whenever you like and carry on later.
    """
    from charterkit.exchange.answers import from_options
    from charterkit.insight.evaluations.choosing import charter_for, demand_levels
    from charterkit.session.evaluation_file import EvaluationFile
    from charterkit.session.questionnaire import Questionnaire

    call = session(ctx)
    folder = call.workspace.choose_school(school)
    chosen = charter_for(call.workspace, folder, charter)
    given = from_options(ratings or [], notes or [])
    file = EvaluationFile(call.workspace, folder, chosen, cycle, day(today), when=date)
    demand_levels([file.evaluated])
    if date and file.existing is not None and not agree:
        raise Conflict("evaluation-keeps-date", cycle=file.cycle.spoken, path=file.path)
    if answers is not None:
        given += _read(call, file, Path(answers))
    if file.is_agreed and not agree:
        call.warn(f"The evaluation of {file.cycle.spoken} is already agreed; its date and status stay.")
    if given:
        _answer(call, file, given)
    if agree:
        _agree(call, file)
    if given or agree:
        done, of = Questionnaire(file).progress
        call.say(f"{done} of {of} aspects are rated.")
        return
    _guide(call, file, plain=plain)


def _answer(call: Session, file: "EvaluationFile", given: "list[Answer]") -> None:
    saved = file.answer(given)
    said = f"{saved.aspects} aspect{'s' if saved.aspects != 1 else ''} saved in {file.path}."
    call.say(said if saved.aspects else f"All of it stands in {file.path} already.")
    for sentence in saved.replaced:
        call.say(sentence)


def _read(call: Session, file: "EvaluationFile", path: Path) -> "list[Answer]":
    """The answers of a file, by its ending."""
    from charterkit.exchange.answers import FORM, plain_bytes, read_answers

    path = _with_ending(call, path)
    if path.suffix.lower() != FORM:
        return read_answers(path, file.about)
    from charterkit.exchange.workbook.carry import Target
    from charterkit.exchange.workbook.read import read_form

    charter, cycle, folder = file.charter, file.cycle, file.folder
    versions = call.workspace.versions(charter.id)
    target = Target(charter, versions, str(cycle), cycle.spoken, folder.slug, folder.school.name)
    data = plain_bytes(path)
    try:
        form = read_form(path.name, data, target)
    except Refused as refused:
        if refused.code != "no-form":
            raise
        from charterkit.exchange.workbook.sheet import read_sheet

        return read_sheet(path.name, data)
    for notice in form.notices:
        call.warn(notice)
    return form.answers


def _with_ending(call: Session, path: Path) -> Path:
    """The file that is meant by a name without its ending, where only one can be."""
    if path.suffix or path.exists():
        return path
    found = [file for end in (".xlsx", ".csv", ".yaml", ".yml") if (file := path.with_name(path.name + end)).is_file()]
    if len(found) != 1:
        return path
    call.say(f"Reading {found[0]}.")
    return found[0]


def _agree(call: Session, file: "EvaluationFile") -> None:
    from charterkit.session.questionnaire import Questionnaire

    if file.existing is None:
        raise NotThere("nothing-begun")
    was_agreed = file.is_agreed
    file.agree()
    date = file.existing.evaluation.date
    already = " already, and its date and status stay" if was_agreed else ""
    dated = f", {date.spoken}" if date and not was_agreed else ""
    call.say(f"The evaluation of {file.cycle.spoken} is agreed{already}{dated}.")
    done, of = Questionnaire(file).progress
    if done < of:
        call.warn(f"{of - done} of its {of} aspects are not rated yet.")


def _guide(call: Session, file: "EvaluationFile", *, plain: bool) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused("no-terminal")
    from charterkit.cli.guide import Guide

    Guide(call, file, plain=plain).run()
