"""`charterkit policies`: the register."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.choices import POLICY_STATUSES, REVIEW_STATES
from charterkit.cli.compare import chosen_format
from charterkit.cli.listing import deliver_listing
from charterkit.cli.options import (
    AllSchools,
    OutputOption,
    TodayOption,
    among,
    day,
    deliver,
    refuse_screen,
    refuse_sources,
    session,
    span,
)
from charterkit.cli.picking import warn_of_unread_policies, whole_name

if TYPE_CHECKING:
    from charterkit.model.evaluation import Person

app = typer.Typer(rich_markup_mode=None)
FORMATS = ("table", "markdown", "html", "pdf", "csv", "json")


@app.command(short_help="List the policies: who owns them and what is due.")
def policies(
    ctx: typer.Context,
    school: AllSchools = None,
    state: Annotated[
        list[str] | None,
        typer.Option(
            metavar="|".join(REVIEW_STATES), help="Only those that stand so with their next review; repeatable."
        ),
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option(metavar="|".join(POLICY_STATUSES), help="Only those of this status; repeatable.")
    ] = None,
    owner: Annotated[str | None, typer.Option(metavar="TEXT", help="Only those whose owner's name holds this.")] = None,
    within: Annotated[
        str | None, typer.Option(metavar="DAYS", help="How far ahead a review counts as due: 60d, 8 weeks.")
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help="Otherwise told from the file's name; a table."),
    ] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """The register of policies: owner, approver, version, last and next review, and how each stands."""
    from charterkit.insight.policies.register import register
    from charterkit.render.listings import listing
    from charterkit.render.listings.register import KEYS, register_json, register_listing

    call = session(ctx)
    refuse_sources(call, output)
    chosen = chosen_format(output_format, output, FORMATS, "table")
    refuse_screen(chosen, output, "register")
    among("--state", state or (), REVIEW_STATES)
    among("--status", status or (), POLICY_STATUSES)
    now, workspace = day(today), call.workspace
    slug = workspace.school(school).slug if school else None
    whole = list(register(workspace, now, slug, span(within, "--within")))
    found = [
        one
        for one in whole
        if (not state or one.state.value in state)
        and (not status or one.policy.status in status)
        and (owner is None or _is_owned(one.policy.owner, owner))
    ]
    if chosen in ("json", "csv"):
        rows = register_json(found)
        text = json.dumps(rows, ensure_ascii=False, indent=2) if chosen == "json" else listing.rows_csv(rows, KEYS)
        deliver(call, text, output)
        return
    unread = warn_of_unread_policies(call, slug)
    made = register_listing(
        found, whole_name(call, slug), now, unread, None if len(found) == len(whole) else len(whole)
    )
    deliver_listing(call, made, chosen, output, now)


def _is_owned(person: "Person | None", text: str) -> bool:
    """Whether an owner's name or role holds a text, in capitals or not."""
    said = (person.name, person.role) if person else ()
    return any(text.casefold() in one.casefold() for one in said if one)
