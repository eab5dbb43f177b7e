"""`charterkit rules`: everything that the check looks for."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.params import tab
from charterkit.errors import Refused

FORMATS = ("table", "json", "markdown")
"""As in render/findings/rules.py, which `--help` is not to wait for; a test holds that they agree."""
app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="List everything that the check looks for.")
def rules(
    ctx: typer.Context,
    output_format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="|".join(FORMATS),
            help="For people, programs or a page.",
            autocompletion=tab("words", FORMATS),
        ),
    ] = "table",
) -> None:
    """List every rule of the check: its code, name, severity and what it finds. `explain CODE` tells the rest."""
    from charterkit.render.findings.rules import FORMATS as MADE
    from charterkit.render.findings.rules import table
    from charterkit.rules.documentation import documentation
    from charterkit.rules.registry import RULES

    if output_format not in FORMATS:
        raise Refused("no-format", wanted=output_format, known=FORMATS)
    found = [documentation(rule) for rule in RULES.values()]
    is_table = output_format == "table"
    typer.echo(table(found, session(ctx).readable) if is_table else MADE[output_format](found))
