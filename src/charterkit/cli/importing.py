"""`charterkit import`: what other programs export, made into files of a school."""

import typer

from charterkit.cli.import_gias import gias
from charterkit.cli.import_register import register
from charterkit.cli.import_survey import survey

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Take in what another program exports: a trial run, until you say --yes.",
)
app.command("gias", short_help="Make schools and trusts out of the register of schools in England.")(gias)
app.command("register", short_help="Make policies out of the register that is kept as a spreadsheet.")(register)
app.command("survey", short_help="Make a survey's totals out of a form tool's export.")(survey)


@app.callback()
def importing() -> None:
    """Take in what another program exports: a trial run, until you say --yes."""
