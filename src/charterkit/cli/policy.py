"""`charterkit policy`: one policy at a time."""

import typer

from charterkit.cli.policy_gaps import gaps
from charterkit.cli.policy_show import show
from charterkit.cli.policy_steps import STEPS

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Show one policy, see what the lists ask for, or record what happened to a policy.",
)
for command in (show, gaps, *STEPS):
    app.command()(command)
