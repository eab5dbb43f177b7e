"""`charterkit overview`: many schools on one charter in one cycle."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

import typer

from charterkit.choices import GROUPED_BY
from charterkit.cli.gathering import HowToGather, summaries
from charterkit.cli.options import Session, session
from charterkit.cli.output import Destination, produce, target
from charterkit.cli.params import (
    CharterOption,
    ClusterOption,
    Cycle,
    CycleOption,
    JobsOption,
    NoCacheOption,
    OutputOption,
    TodayOption,
    choice_option,
    cycle_option,
    day,
    format_option,
    school_argument,
)
from charterkit.errors import Refused

if TYPE_CHECKING:
    from datetime import date

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Look at many schools at once.")
def overview(
    ctx: typer.Context,
    school: Annotated[
        str | None, school_argument("A trust or an authority, for its schools; all schools when left out.")
    ] = None,
    charter: CharterOption = None,
    cycle: CycleOption = None,
    before: Annotated[
        Cycle | None, cycle_option("--from", "The cycle that movement is counted from; the one most had before.")
    ] = None,
    by: Annotated[
        str | None, choice_option("--by", GROUPED_BY, "Put schools together; group is the charter's focus groups.")
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="To be published: names no school, and counts what is agreed alone.")
    ] = False,
    reports: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Where the schools' reports are, for links; site/schools when left out."),
    ] = None,
    output_format: Annotated[str | None, format_option("overview")] = None,
    output: OutputOption = None,
    no_cache: NoCacheOption = False,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    today: TodayOption = None,
) -> None:
    """Many schools on one charter in one cycle: how many stand where, what moved, what is stuck, who has not started.

    It ranks nobody, and shows no group of fewer than five schools. Without --cycle it is the newest cycle in which at
    least half as many schools have rated themselves as in the fullest.
    """
    call = session(ctx)
    to = target(call, "overview", output_format, output)
    school = None if is_where_we_stand(call, school) else school
    wanted: dict[str, Any] = {"school": school, "charter": charter, "cycle": cycle, "before": before, "by": by}
    report_of = reports_in(call, reports, to)
    way = HowToGather(jobs, cluster, is_cached=not no_cache)
    deliver_overview(call, to, day(today), way, public=public, report_of=report_of, **wanted)


def deliver_overview(
    call: Session,
    to: Destination,
    now: "date",
    way: HowToGather,
    /,
    **options: Any,  # noqa: ANN401 - as `produce` has it; so with what it gives
) -> Any:  # noqa: ANN401 - as above
    """Make an overview and deliver it: the one place where schools are gone through."""
    with summaries(call, way) as gather:
        return produce(call, "overview", to, now, None, gather=gather, **options)


def is_where_we_stand(call: Session, school: str | None) -> bool:
    """Whether a school was taken from the folder that the person stands in, where all of them are meant."""
    from charterkit.cli.common import standing

    return school is not None and school == standing(call) and call.workspace.school(school).is_school


def is_of_many(call: Session, school: str | None) -> bool:
    """Whether a trust or an authority is meant that has no self-evaluation of its own: its members' are asked for."""
    folder = call.workspace.school(school) if school else None
    return folder is not None and not folder.is_school and not folder.evaluations


def demand_of_many(call: Session, school: str | None, **given: object) -> None:
    """Raises CharterkitError for an option, by its name without dashes, that one school alone can have."""
    name = call.workspace.school(school or "").school.name
    for option, said in given.items():
        if said:
            raise Refused("for-one-school", option=f"--{option}", name=name)


def demand_of_each(**given: object) -> None:
    """Raises CharterkitError for an option that only many schools can have, where one was asked for."""
    for option, said in given.items():
        if said:
            raise Refused("for-many-schools", option=f"--{option.replace('_', '-')}")


def reports_in(call: Session, folder: str | None, to: Destination) -> Callable[[str], str]:
    """Gives the address of a school's report, as seen from the page; empty where there is none."""
    top = Path(folder).absolute() if folder is not None else call.root / "site" / "schools"
    if folder is not None and not top.is_dir():
        raise Refused("no-reports", folder=folder)
    start = Path(to.output).absolute().parent if to.output not in (None, "-") else Path.cwd()

    def address(slug: str) -> str:
        for name in (f"{slug}/report.html", f"{slug}.html", f"{slug}.pdf"):
            if (top / name).is_file():
                return _address(top / name, start)
        return ""

    return address if to.format == "html" else lambda _: ""


def _address(file: Path, start: Path) -> str:
    """A file's address as seen from a folder; its whole one where both lie on different drives of Windows."""
    try:
        return quote(Path(os.path.relpath(file, start)).as_posix())
    except ValueError:
        return file.as_uri()
