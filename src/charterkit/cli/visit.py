"""`charterkit visit`: a visit of an adviser."""

from collections.abc import Callable

import typer

from charterkit.cli.visit_answer import answer
from charterkit.cli.visit_record import record

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Record what a visitor found, and what the school says to it.",
)
SHORT: dict[Callable[..., None], str] = {
    record: "Record what the visitor found.",
    answer: "Say what the school thinks of it.",
}
for command, summary in SHORT.items():
    app.command(short_help=summary)(command)
