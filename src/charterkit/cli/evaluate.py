"""`charterkit evaluate`: the guided self-evaluation, or answers without questions."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.cli.options import Session, session
from charterkit.cli.params import (
    CharterOption,
    Cycle,
    DateOption,
    SchoolArgument,
    TodayOption,
    choice_option,
    cycle_option,
    day,
)
from charterkit.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import date as date_type

    from charterkit.cli.params import PartialDate
    from charterkit.files.workspace import SchoolFolder
    from charterkit.files.yaml.edit import Change
    from charterkit.insight.evaluations.answers import Answer
    from charterkit.insight.evaluations.summary import Distribution
    from charterkit.model.charter import Charter
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
        list[str] | None,
        typer.Option(
            "--set",
            metavar="ASPECT=LEVEL",
            help="Rate an aspect, by its id or number, without questions; ASPECT= takes its rating out. "
            "KEYPOINT=na: none of its aspects that are not rated yet applies.",
        ),
    ] = None,
    notes: Annotated[
        list[str] | None,
        typer.Option(
            "--note", metavar="ASPECT=TEXT", help="Write an aspect's note without questions; ASPECT= takes it out."
        ),
    ] = None,
    reasons: Annotated[
        list[str] | None,
        typer.Option("--reason", metavar="ASPECT=TEXT", help="Say why an aspect or key point does not apply."),
    ] = None,
    targets: Annotated[
        list[str] | None,
        typer.Option(
            "--target", metavar="ASPECT=LEVEL@DATE", help="The level to be reached, and by when; ASPECT= takes it out."
        ),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--value", metavar="ASPECT=NUMBER", help="What was counted, such as 62% or '14 families'; ASPECT= as above."
        ),
    ] = None,
    intent: Annotated[
        str | None,
        typer.Option("--intent", metavar="TEXT", help="What the school means to reach in this cycle; '' takes it out."),
    ] = None,
    impact: Annotated[
        str | None,
        typer.Option("--impact", metavar="TEXT", help="What has changed for families; '' takes it out."),
    ] = None,
    answers: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="Take the answers from a form (XLSX), or a YAML or CSV file."),
    ] = None,
    rater: Annotated[
        str | None,
        typer.Option("--as", metavar="NAME", help="One person's own ratings, before the meeting puts them together."),
    ] = None,
    merge: Annotated[
        bool, typer.Option("--merge", help="Show side by side what raters said with --as, and ask for the answer.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what answers would change, or what --merge has side by side.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --merge: take what all raters agree on.")] = False,
    form: Annotated[
        str | None, choice_option("--format", ("table", "json"), "With --merge: as a table, or for programs.")
    ] = None,
    copy_forward: Annotated[
        bool,
        typer.Option("--copy-forward", help="Begin from last time's notes, strengths, ideas and evidence, unrated."),
    ] = False,
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
    from charterkit.insight.evaluations.choosing import charter_for, demand_levels, warn_of_left_out
    from charterkit.render.shared.tally import rated_words

    call = session(ctx)
    folder = call.workspace.choose_school(school)
    chosen = charter_for(call.workspace, folder, charter)
    given = from_options(ratings or [], notes or [], reasons or [], targets or [], values or [])
    stated = {key: text for key, text in (("intent", intent), ("impact", impact)) if text is not None}
    is_told = bool(given or answers is not None or stated or copy_forward)
    _refuse_together(rater, merge=merge, agree=agree, is_told=is_told, form=form)
    if dry_run and not merge:
        _refuse_trial(is_told=is_told, copies=copy_forward, agree=agree)
    file = _file(call, folder, chosen, cycle, day(today), date, rater)
    warn_of_left_out(call.workspace, folder, call.warn)
    demand_levels([file.evaluated])
    if date and file.existing is not None and not agree and date != file.existing.evaluation.date:
        raise Conflict("evaluation-keeps-date", cycle=file.cycle.spoken, path=file.path)
    if merge:
        from charterkit.cli.evaluate_merge import merge as merge_raters

        merge_raters(call, file, form=form, dry_run=dry_run, yes=yes, plain=plain)
        return
    if is_told:
        _take_in(call, file, given, answers, stated, copies=copy_forward, agree=agree, dry_run=dry_run)
        if dry_run:
            return
    elif not agree:
        _warn_if_agreed(call, file)
    if agree:
        from charterkit.session.agreeing import agree as agree_on

        agree_on(file, call.say, call.warn)
    if is_told or agree:
        call.say(f"{rated_words(_counted(file), file.charter.rated_noun)}.")
        return
    _guide(call, file, plain=plain)


def _warn_if_agreed(call: Session, file: "EvaluationFile") -> None:
    if file.is_agreed:
        call.warn(f"The evaluation of {file.cycle.spoken} is already agreed; its date and status stay.")


def _take_in(
    call: Session,
    file: "EvaluationFile",
    given: "list[Answer]",
    answers: str | None,
    stated: "dict[str, str]",
    *,
    copies: bool,
    agree: bool,
    dry_run: bool,
) -> None:
    """Write what options and a file say, or only show it; what is copied from last time comes first."""
    from charterkit.insight.evaluations.whole_points import spread
    from charterkit.session.statements import statement_changes
    from charterkit.session.taking_in import say_stated, take_in

    read, plan = _read(call, file, Path(answers)) if answers is not None else ([], [])
    if not agree:
        _warn_if_agreed(call, file)
    said = statement_changes(file, stated)
    if copies:
        _copy(call, file)
    given, notices = spread([*given, *read], file.charter, file.standings)
    if dry_run:
        _show(call, file, given, [*plan, *said])
    elif given or plan:
        take_in(file, given, plan, said, call.say)
    elif said:
        file.plan(said)
        say_stated(file, said, call.say)
    elif answers is not None:
        call.say(f"All of it stands in {file.path} already.")
    for notice in notices:
        call.say(notice)


def _refuse_together(rater: str | None, *, merge: bool, agree: bool, is_told: bool, form: str | None) -> None:
    """Raises CharterkitError for options that do not go with each other."""
    if rater is not None and agree:
        raise Refused("rater-agrees")
    for option, is_there in (("--as", rater is not None), ("--agree", agree), ("An answer", is_told)):
        if merge and is_there:
            raise Refused("merge-alone", option=option, other="--merge")
    if form and not merge:
        raise Refused("merge-only", option="--format")


def _refuse_trial(*, is_told: bool, copies: bool, agree: bool) -> None:
    """Raises CharterkitError for a trial run of nothing, or of what has none."""
    for option, is_there in (("--agree", agree), ("--copy-forward", copies)):
        if is_there:
            raise Refused("merge-alone", option=option, other="--dry-run")
    if not is_told:
        raise Refused("trial-of-nothing")


def _show(call: Session, file: "EvaluationFile", given: "list[Answer]", beside: "list[Change]") -> None:
    """What would be written, line by line. Raises CharterkitError with every complaint, as without a trial."""
    from charterkit.session.taking_in import tried
    from charterkit.text.safe import visible
    from charterkit.text.wrap import broken

    lines, complaints = tried(file, given, beside)
    for line in lines:
        typer.echo("\n".join(broken(visible(line), call.columns)))
    if complaints:
        raise Refused("bad-answers", complaints="\n".join(complaints))
    rest = "" if lines else "There is nothing to change. "
    call.say(f"{rest}Nothing was written to {file.path}: leave out --dry-run to do so.")


def _file(
    call: Session,
    folder: "SchoolFolder",
    charter: "Charter",
    cycle: "Cycle | None",
    now: "date_type",
    date: "PartialDate | None",
    rater: str | None,
) -> "EvaluationFile":
    """The evaluation that is meant, or one rater's draft for it."""
    from charterkit.session.evaluation_file import EvaluationFile
    from charterkit.session.rater_file import RaterFile

    if rater is None:
        return EvaluationFile(call.workspace, folder, charter, cycle, now, when=date)
    return RaterFile(call.workspace, folder, charter, cycle, now, rater=rater, when=date)


def _copy(call: Session, file: "EvaluationFile") -> None:
    from charterkit.session.copy_forward import copy_forward
    from charterkit.text.english import counted, plural

    many = copy_forward(file)
    if not many:
        call.say("There is nothing to copy: every aspect of which something was said last time has an entry already.")
        return
    before = file.previous.cycle.spoken if file.previous else ""
    call.say(f"What was said of {counted(many, 'aspect')} in {before} is copied to {file.path}, without ratings.")
    call.say(
        f"{plural(many, 'It is', 'Each is')} marked as not looked at again until somebody answers anything about it."
    )


def _read(call: Session, file: "EvaluationFile", path: Path) -> "tuple[list[Answer], list[Change]]":
    """The answers of a file, by its ending, and what it says of the action plan."""
    from charterkit.exchange.answers import plain_bytes
    from charterkit.exchange.file_answers import AskedEvaluation, demand_kind, read_file
    from charterkit.session.open_actions import plan_changes

    path = _with_ending(call, path)
    demand_kind(path.name)
    asked = AskedEvaluation(call.workspace, file.folder, file.charter, file.cycle, file.about)
    read = read_file(path.name, plain_bytes(path), asked)
    for notice in read.notices:
        call.warn(notice)
    if file.rater:
        if plan_changes(file, read.plan):
            call.warn("What it says of the action plan is not one rater's to say: it is left out.")
        return read.answers, []
    return read.answers, plan_changes(file, read.plan)


def _with_ending(call: Session, path: Path) -> Path:
    """The file that is meant by a name without its ending, where only one can be."""
    if path.suffix or path.exists():
        return path
    found = [file for end in (".xlsx", ".csv", ".yaml", ".yml") if (file := path.with_name(path.name + end)).is_file()]
    if len(found) != 1:
        return path
    call.say(f"Reading {found[0]}.")
    return found[0]


def _counted(file: "EvaluationFile") -> "Distribution":
    from charterkit.insight.evaluations.summary import distribution

    return distribution(file.charter, file.standings)


def _guide(call: Session, file: "EvaluationFile", *, plain: bool) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused("no-terminal")
    from charterkit.cli.guide import Guide

    Guide(call, file, plain=plain).run()
