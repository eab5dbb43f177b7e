"""`charterkit rules`: everything that the check looks for."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.errors import CharterkitError

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="List everything that the check looks for.")
def rules(
    ctx: typer.Context,
    output_format: Annotated[
        str, typer.Option("--format", metavar="table|json|markdown", help="For people, programs or a page.")
    ] = "table",
) -> None:
    """List every rule of the check: its code, name, severity and what it finds. `explain CODE` tells the rest."""
    from charterkit.render.findings.rules import FORMATS, table
    from charterkit.rules.documentation import documentation
    from charterkit.rules.registry import RULES

    if output_format not in FORMATS:
        raise CharterkitError(f"There is no format '{output_format}'.", f"Write one of: {', '.join(FORMATS)}.")
    found = [documentation(rule) for rule in RULES.values()]
    is_table = output_format == "table"
    typer.echo(table(found, session(ctx).readable) if is_table else FORMATS[output_format](found))
