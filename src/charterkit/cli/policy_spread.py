"""`charterkit policy spread`: a plan by which reviews lie less on top of one another."""

from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.cli.options import Session, session
from charterkit.cli.params import AllSchools, TodayOption, day

if TYPE_CHECKING:
    from charterkit.insight.policies.by_term import SpreadPlan


def spread(
    ctx: typer.Context,
    school: AllSchools = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write the proposed terms into the policies' files.")] = False,
    today: TodayOption = None,
) -> None:
    """Propose terms for the next reviews, so that each of the three terms to come has about as many.

    Nothing is written without --yes. What the law asks for is never moved to after its interval.
    """
    from charterkit.session.policy_spread import planned_spread, write_spread

    call, now = session(ctx), day(today)
    slug = call.workspace.school(school).slug if school else None
    slugs = [slug] if slug else call.workspace.own_slugs
    moves = []
    for each in slugs:
        plan = planned_spread(call.workspace, each, now)
        if len(slugs) == 1 or any(plan.before):
            _say(call, plan, call.workspace.school(each).school.name if len(slugs) > 1 else "")
        moves += plan.moves
    if moves:
        if yes:
            write_spread(call.workspace, moves)
        call.say("Written. 'charterkit policy undo' takes it back." if yes else "Nothing was written: --yes writes it.")


def _say(call: Session, plan: "SpreadPlan", name: str) -> None:
    counts = ", ".join(f"{term.spoken} {count}" for term, count in zip(plan.terms, plan.before, strict=True))
    call.say(f"{f'{name}: ' if name else ''}Reviews due in the terms to come: {counts}.")
    if not plan.moves:
        call.say("Nothing to move: they are as even as they may be.")
        return
    for move in plan.moves:
        path = move.policy.document.path
        call.say(
            f"  {move.policy.title}: {move.due.spoken} to {move.proposed.spoken}. {path}: next_review: {move.proposed}"
        )
    after = ", ".join(f"{term.spoken} {count}" for term, count in zip(plan.terms, plan.after, strict=True))
    call.say(f"After that: {after}.")
