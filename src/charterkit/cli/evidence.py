"""`charterkit evidence add|list|pack`: where ratings can be seen, on paper, on screen and in practice."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from charterkit.choices import EVIDENCE_KINDS
from charterkit.cli.options import Session, session
from charterkit.cli.output import produce, target
from charterkit.cli.params import (
    CharterOption,
    Cycle,
    CycleOption,
    OutputOption,
    PartialDate,
    TodayOption,
    choice_option,
    cycle_option,
    date_option,
    day,
    format_option,
    school_option,
)
from charterkit.errors import NotThere, Refused

if TYPE_CHECKING:
    from charterkit.files.workspace import SchoolFolder

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Record where a rating can be seen, list what there is, or pack it for a visit.",
)

SchoolOption = Annotated[
    str | None, school_option("The school, by its name or a part of it; may be left out where there is one.")
]


@app.command("add", short_help="Record where an aspect can be seen.")
def add(
    ctx: typer.Context,
    aspect: Annotated[
        str,
        typer.Argument(metavar="ASPECT", help="The aspect's id or number; a key point, where those are rated."),
    ],
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE|URL|SURVEY]...",
            help="A file in the school's folder, a web address, or a survey's id, with /QUESTION.",
        ),
    ] = None,
    school: SchoolOption = None,
    charter: CharterOption = None,
    cycle: Annotated[
        Cycle | None,
        cycle_option("--cycle", "2025-26 or 2025-26-autumn; otherwise the draft under way, else this year."),
    ] = None,
    kind: Annotated[
        str | None, choice_option("--kind", EVIDENCE_KINDS, "What sort it is, where it cannot be told.")
    ] = None,
    date: Annotated[
        PartialDate | None,
        date_option("--date", "When it was written, seen or heard; 2026-09 will do. Today when left out."),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="WHO", help="Who saw or heard it.")] = None,
    with_whom: Annotated[
        str | None, typer.Option("--with", metavar="WHOM", help="With whom, for a conversation.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What it shows.")] = None,
    copies: Annotated[
        bool, typer.Option("--copy", help="Copy a file that lies elsewhere into the school's evidence folder.")
    ] = False,
    today: TodayOption = None,
) -> None:
    """Record evidence for an aspect in the self-evaluation under way, as 'charterkit evaluate' chooses it.

    Of a file the SHA-256 is kept, which shows later whether it has changed. What stands there already is looked at
    again: it gets today's date and the file's hash as it is now.
    """
    from charterkit.insight.evaluations.choosing import charter_for, demand_levels, warn_of_left_out
    from charterkit.insight.evaluations.planning import demand_fit
    from charterkit.model.dates import PartialDate as Given
    from charterkit.session.evaluation_file import EvaluationFile
    from charterkit.session.evidence import record
    from charterkit.text.english import counted
    from charterkit.text.safe import shown

    call, now = session(ctx), day(today)
    if date is not None and date.first > now:
        raise Refused("date-not-come", when=date.spoken)
    demand_fit({"by": by, "with": with_whom, "note": note})
    folder = call.workspace.choose_school(school)
    file = EvaluationFile(call.workspace, folder, charter_for(call.workspace, folder, charter), cycle, now)
    warn_of_left_out(call.workspace, folder, call.warn)
    demand_levels([file.evaluated])
    _demand_aspect(file, aspect)
    said = {"by": by, "with": with_whom, "note": note}
    more = {key: text for key, text in said.items() if text}
    on = {"date": date or Given.of(now)}
    named: list[dict[str, Any]] = [_named(call, folder, text, kind, copies=copies) for text in what or ()]
    if not named:
        named = [_seen(kind, more)]
    pieces = [
        {**each, **({"date": date} if date else {} if each["kind"] == "survey" else on), **more} for each in named
    ]
    if file.is_agreed:
        call.warn(f"The evaluation of {file.cycle.spoken} is already agreed; its date and status stay.")
    found = record(file, aspect, pieces)
    told = [f"{counted(found.new, 'piece')} of evidence added"] if found.new else []
    told += [f"{counted(found.again, 'piece')} of evidence looked at again"] if found.again else []
    if told:
        call.say(f"“{shown(found.about)}”: {' and '.join(told)}. Saved in {file.path}.")
    else:
        call.say(f"“{shown(found.about)}”: all of it stands in {file.path} already.")


@app.command("list", short_help="List what there is for each aspect.")
def list_(
    ctx: typer.Context,
    school: SchoolOption = None,
    charter: CharterOption = None,
    cycle: CycleOption = None,
    output_format: Annotated[str | None, format_option("evidence")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """The evidence for each aspect over all cycles: from when it is, what has changed, what is too old or not there,
    what nobody has looked at, and which kinds the charter asks for are missing.
    """
    call = session(ctx)
    to = target(call, "evidence", output_format, output)
    produce(call, "evidence", to, day(today), school=school, charter=charter, cycle=cycle)


@app.command("pack", short_help="Pack it for a visit: a folder, a ZIP or a PDF.")
def pack(
    ctx: typer.Context,
    school: SchoolOption = None,
    charter: CharterOption = None,
    cycle: CycleOption = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FOLDER|FILE", help="A new folder, or a file: .zip, .pdf, .html."),
    ] = None,
    most: Annotated[
        str, typer.Option("--max-size", metavar="SIZE", help="How large the files may be together: 500MB, 2GB.")
    ] = "100MB",
    today: TodayOption = None,
) -> None:
    """One folder, ZIP or PDF for a visitor: a cover, a part a key point with the school's ratings, notes and where each
    piece of evidence is found, the totals of surveys, and copies of the files. Links are listed, never followed.

    The PDF holds the pages of the school's PDF files too; other files stay in the school's folder. With .html it is the
    page alone.
    """
    from charterkit.cli.evidence_pack import pack as make

    make(session(ctx), output, most, day(today), school=school, charter=charter, cycle=cycle)


def _demand_aspect(file: Any, words: str) -> None:  # noqa: ANN401 - an EvaluationFile
    """Raises CharterkitError where no one aspect or key point is meant: before a file is copied."""
    from charterkit.insight.evaluations.naming import demand_aspect
    from charterkit.insight.evaluations.part_answers import part_meant

    if part_meant(words, file.charter) is None:
        demand_aspect(words, file.charter)


def _named(call: Session, folder: "SchoolFolder", text: str, kind: str | None, *, copies: bool) -> dict[str, Any]:
    """A piece of evidence out of what was named: an address, a survey, or a file."""
    from charterkit.files.evidence_files import evidence_file
    from charterkit.text.safe import is_page, shown

    if kind == "link" or (kind is None and "://" in text):
        if not is_page(text):
            raise Refused("evidence-url", url=text)
        return {"kind": "link", "url": text}
    surveys = {document.stem: document for document in folder.surveys}
    survey, _, question = text.partition("/")
    if kind == "survey" or (kind is None and survey in surveys and not Path(text).is_file()):
        return _survey(surveys, survey, question)
    if kind not in (None, "document"):
        raise Refused("evidence-kind-names", kind=kind, text=text)
    found = evidence_file(call.root, folder.path, text, Path.cwd(), copies=copies)
    if found.copied_from:
        call.say(f"{shown(found.copied_from, 200)} is copied to {folder.path}/{found.path}.")
    return {"kind": "document", "path": found.path, "sha256": found.sha256}


def _survey(surveys: dict[str, Any], survey: str, question: str) -> dict[str, Any]:
    from charterkit.model.base import nearest

    if survey not in surveys:
        raise NotThere("no-survey", survey=survey, meant=nearest(survey, surveys), known=list(surveys))
    model = surveys[survey].model
    asked = [each.id for each in model.questions] if model else []
    if question and question not in asked:
        raise NotThere("no-question", survey=survey, question=question, meant=nearest(question, asked), known=asked)
    return {"kind": "survey", "survey": survey, **({"question": question} if question else {})}


def _seen(kind: str | None, more: dict[str, str]) -> dict[str, Any]:
    """A piece of evidence that names nothing: what was seen or heard."""
    from charterkit.insight.evidence.naming import SEEN

    if kind is None:
        raise Refused("evidence-nothing")
    if kind not in SEEN:
        raise Refused("evidence-names-nothing", kind=kind)
    if not more:
        raise Refused("evidence-says-nothing", kind=kind)
    return {"kind": kind}
