"""`charterkit visit`: a visit of an adviser."""

from collections.abc import Callable

import typer

from charterkit.cli.visit_answer import answer
from charterkit.cli.visit_record import record
from charterkit.cli.visit_request import request
from charterkit.cli.visit_show import show

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Ask for a visit, record what the visitor found, and what the school says to it.",
)
SHORT: dict[Callable[..., None], str] = {
    request: "Ask for a certification visit, with a letter.",
    record: "Record what the visitor found.",
    show: "Show what was found, beside the school's own ratings.",
    answer: "Say what the school thinks of it.",
}
for command, summary in SHORT.items():
    app.command(short_help=summary)(command)
