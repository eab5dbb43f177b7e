"""`charterkit policy undo`: what was written last to a policy's file is taken back."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.params import TodayOption, day, school_option, tab


def undo(
    ctx: typer.Context,
    policy: Annotated[
        str | None,
        typer.Argument(
            metavar="[POLICY]",
            help="The policy's id; when left out, all that the last call wrote.",
            autocompletion=tab("policies"),
        ),
    ] = None,
    school: Annotated[str | None, school_option("The school, where several have such a policy.")] = None,
    today: TodayOption = None,
) -> None:
    """Take back what 'charterkit policy' wrote last: a step, or what was set.

    What somebody else has changed in the file since stays; where that is the same place, nothing is done.
    """
    from charterkit.insight.policies.choosing import find_policy
    from charterkit.render.policy.step import said_of_undone
    from charterkit.session.policy_undo import take_back, to_take_back, written_for

    call = session(ctx)
    found = find_policy(call.workspace, policy, school, day(today)) if policy else None
    path = written_for(call.workspace, found, school) if found else None
    backs = to_take_back(call.workspace, path)
    take_back(call.workspace, backs)
    for back in backs:
        call.say(said_of_undone(back.was.said, back.was.path, is_whole=back.is_whole, is_gone=back.is_gone))
