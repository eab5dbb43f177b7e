"""`charterkit policy`: one policy at a time."""

from collections.abc import Callable

import typer

from charterkit.cli.policy_adopt import adopt
from charterkit.cli.policy_fields import set_
from charterkit.cli.policy_gaps import gaps
from charterkit.cli.policy_show import show
from charterkit.cli.policy_spread import spread
from charterkit.cli.policy_steps import STEPS
from charterkit.cli.policy_undo import undo

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Show one policy, see what the lists ask for, say what its file says, or record what happened to it.",
)
SHORT: dict[Callable[..., None], str] = {
    show: "Show one policy's whole control page.",
    gaps: "Show what the lists ask for and is not there.",
    spread: "Propose terms for the next reviews.",
    **STEPS,
    adopt: "Record that a school adopted its trust's.",
    set_: "Say or change what its file says.",
    undo: "Take back what was written last.",
}
for command, summary in SHORT.items():
    app.command(command.__name__.rstrip("_"), short_help=summary)(command)
