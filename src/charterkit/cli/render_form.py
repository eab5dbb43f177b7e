"""`charterkit render-form`: the self-evaluation tool as a meeting uses it, on paper or as a workbook."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import (
    CharterArgument,
    Cycle,
    OutputOption,
    TodayOption,
    cycle_option,
    day,
    format_option,
    language_option,
    school_option,
    size_option,
)
from charterkit.errors import Refused

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Make the form for a self-evaluation meeting.")
def render_form(
    ctx: typer.Context,
    charter: CharterArgument = None,
    school: Annotated[str | None, school_option("Whose form, by name: with last time's answers.")] = None,
    blank: Annotated[bool, typer.Option("--blank", help="Without last time's ratings and ideas.")] = False,
    compact: Annotated[
        bool, typer.Option("--compact", help="One row an aspect and one column a level, to tick on paper.")
    ] = False,
    cycle: Annotated[
        Cycle | None,
        cycle_option("--cycle", "2025-26 or 2025-26-autumn; with --school otherwise as evaluate takes it."),
    ] = None,
    lang: Annotated[str | None, language_option("A language the charter is translated into, such as ur.")] = None,
    size: Annotated[str, size_option("The paper.")] = "A4",
    output_format: Annotated[str | None, format_option("form")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Make the self-evaluation form: each aspect with detail and examples, the levels to tick, and room for ideas.

    As a page or a PDF to print; or as a workbook (XLSX) to fill in, which `charterkit evaluate --from` reads back. A
    --blank workbook without --school has the charter as a table too, which `charterkit new charter --from` takes back.
    """
    call = session(ctx)
    to = target(call, "form", output_format, output)
    if compact and to.format == "xlsx":
        raise Refused("compact-workbook")
    wanted = {"charter": charter, "school": school, "cycle": cycle, "language": lang}
    produce(call, "form", to, day(today), **wanted, size=size, blank=blank, compact=compact)
