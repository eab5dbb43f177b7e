"""`charterkit render-form`: the self-evaluation tool as a meeting uses it, on paper or as a workbook."""

from typing import Annotated

import typer

from charterkit.choices import PAPER_SIZES
from charterkit.cli.options import OutputOption, TodayOption, among, cycle, day, session
from charterkit.cli.output import produce, target
from charterkit.cli.params import format_option

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Make the form for a self-evaluation meeting.")
def render_form(
    ctx: typer.Context,
    charter: Annotated[
        str | None, typer.Argument(metavar="[CHARTER]", help="Which charter, where there are several.")
    ] = None,
    school: Annotated[
        str | None,
        typer.Option(metavar="SCHOOL", help="Whose form, by its folder below schools/: with last time's answers."),
    ] = None,
    blank: Annotated[bool, typer.Option("--blank", help="Without last time's ratings and ideas.")] = False,
    cycle_name: Annotated[
        str | None,
        typer.Option(
            "--cycle", metavar="CYCLE", help="2025-26 or 2025-26-autumn; with --school otherwise as evaluate takes it."
        ),
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="LANGUAGE", help="A language the charter is translated into, such as ur.")
    ] = None,
    size: Annotated[str, typer.Option(metavar="|".join(PAPER_SIZES), help="The paper.")] = "A4",
    output_format: Annotated[str | None, format_option("form")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Make the self-evaluation form: each aspect with detail and examples, the levels to tick, and room for ideas.

    As a page or a PDF to print; or as a workbook (XLSX) to fill in, which `charterkit evaluate --from` reads back.
    """
    call = session(ctx)
    to = target(call, "form", output_format, output)
    among("--size", [size.upper()], PAPER_SIZES)
    wanted = {"charter": charter, "school": school, "cycle": cycle(cycle_name), "language": lang}
    produce(call, "form", to, day(today), **wanted, size=size.upper(), blank=blank)
