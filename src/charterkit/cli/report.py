"""`charterkit report`: one self-evaluation as a document."""

import os
from typing import Annotated, Any

import typer

from charterkit.choices import REPORT_AUDIENCES
from charterkit.cli.gathering import HowToGather
from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.overview import deliver_overview, demand_of_each, demand_of_many, is_of_many, reports_in
from charterkit.cli.params import (
    SPOKEN,
    CharterOption,
    ClusterOption,
    CycleOption,
    JobsOption,
    NoCacheOption,
    OutputOption,
    SchoolArgument,
    TodayOption,
    choice_option,
    day,
    format_option,
    language_option,
)
from charterkit.errors import Refused

app = typer.Typer(rich_markup_mode=None)


def _audience(text: str) -> str:
    if text not in REPORT_AUDIENCES:
        raise Refused("no-audience", name=text, known=REPORT_AUDIENCES)
    return text


@app.command(short_help="Print a self-evaluation as a document.")
def report(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    cycle: CycleOption = None,
    audience: Annotated[
        str,
        choice_option(
            "--audience",
            REPORT_AUDIENCES,
            "Who reads it; the public one leaves out names and notes.",
            parser=_audience,
        ),
    ] = "leaders",
    table: Annotated[
        bool, typer.Option("--table", help="With --audience public: every aspect in a table below the one page.")
    ] = False,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="For leaders: also what each rater said before the meeting.")
    ] = False,
    commit: Annotated[
        bool, typer.Option("--commit", help="Say from which git commit it is made; refused where files differ from it.")
    ] = False,
    lang: Annotated[str | None, language_option(SPOKEN)] = None,
    output_format: Annotated[str | None, format_option("report")] = None,
    output: OutputOption = None,
    no_cache: NoCacheOption = False,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    today: TodayOption = None,
) -> None:
    """Print the newest self-evaluation as a document for leaders, governors or the public.

    Of a trust or an authority it is the overview of its schools.
    """
    call = session(ctx)
    if is_of_many(call, school):
        demand_of_many(call, school, table=table, drafts=drafts, commit=commit, lang=lang)
        to = target(call, "overview", output_format, output, default="markdown")
        options: dict[str, Any] = {"school": school, "charter": charter, "cycle": cycle, "public": audience == "public"}
        way = HowToGather(jobs, cluster, is_cached=not no_cache)
        deliver_overview(call, to, day(today), way, report_of=reports_in(call, None, to), **options)
        return
    demand_of_each(no_cache=no_cache, jobs=jobs, cluster=cluster)
    name = _DOCUMENTS[audience]
    if table and audience != "public":
        raise Refused("table-for-public", audience=audience)
    if drafts and audience != "leaders":
        raise Refused("drafts-for-leaders", audience=audience)
    to = target(call, name, output_format, output)
    wanted = {"school": school, "charter": charter, "cycle": cycle}
    more: dict[str, Any] = {"whole": True} if table else {"drafts": True} if drafts else {}
    if commit:
        from charterkit.cli.compare import here
        from charterkit.files.commit import commit_of

        more["commit"] = commit_of(call.workspace, os.environ, here())
    produce(call, name, to, day(today), lang, **wanted, **more)


_DOCUMENTS = {"leaders": "report", "governors": "report for governors", "public": "report for families"}
"""The document in the table for each audience."""
