"""`charterkit policy show`: one policy's control page."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.cli.compare import FILE_WIDTH, chosen_format, print_table
from charterkit.cli.options import (
    OutputOption,
    Session,
    TodayOption,
    day,
    deliver,
    deliver_paper,
    refuse_screen,
    refuse_sources,
    session,
)
from charterkit.cli.picking_policy import find_policy
from charterkit.errors import CharterkitError

if TYPE_CHECKING:
    from charterkit.files.texts import Text
    from charterkit.insight.policies.register import Registered

FORMATS = ("table", "markdown", "html", "pdf", "json")
PUBLIC_FORMATS = {"markdown": "policy.md.j2", "html": "policy.html.j2", "pdf": "policy.typ"}

PolicyArgument = Annotated[str, typer.Argument(metavar="POLICY", help="The policy's id, which is its file's name.")]
PolicySchool = Annotated[
    str | None,
    typer.Option("--school", metavar="SLUG", help="Whose policy, where several have one; its trust's are found too."),
]


def show(
    ctx: typer.Context,
    name: PolicyArgument,
    school: PolicySchool = None,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help="Otherwise told from the file's name; a table."),
    ] = None,
    public: Annotated[
        bool,
        typer.Option("--public", help="Only what families may read, for the school's website: html, pdf or markdown."),
    ] = False,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Show one policy's whole control page: who answers for it, its history, its reviews, and what it promises."""
    from charterkit.insight.policies.register import register
    from charterkit.render.policy.view import policy_view

    call = session(ctx)
    refuse_sources(call, output)
    chosen = _format(output_format, output, public=public)
    refuse_screen(chosen, output, name)
    now = day(today)
    one = find_policy(call, name, school, now)
    _warn(call, one, public=public)
    others = list(register(call.workspace, now, school or one.folder.slug))
    if chosen == "json":
        from charterkit.render.policy.data import policy_json

        deliver(call, json.dumps(policy_json(one, others), ensure_ascii=False, indent=2), output)
        return
    text = _text(call, one)
    view = policy_view(one, others, today=now, school=school, public=public, text=text)
    if public and text and text.why_not:
        call.warn(f"The policy's own text is left out: {text.name} {text.why_not}.")
    if chosen == "table":
        from charterkit.render.policy.terminal import policy_renderable

        width = call.console.width if output is None else FILE_WIDTH
        print_table(call, policy_renderable(view, width), output)
        return
    if chosen == "pdf":
        from charterkit.render.policy.paper import policy_paper

        deliver_paper(call, policy_paper(view, text, now), output)
        return
    from charterkit.render.engine.environment import render

    deliver(call, render(PUBLIC_FORMATS[chosen], view, call.workspace.root), output)


def _format(wanted: str | None, output: str | None, *, public: bool) -> str:
    chosen = chosen_format(wanted, output, FORMATS, "html" if public else "table")
    if public and chosen not in PUBLIC_FORMATS:
        raise CharterkitError(
            f"--public has no format '{chosen}'.", f"Write one of: {', '.join(sorted(PUBLIC_FORMATS))}."
        )
    return chosen


def _warn(call: Session, one: "Registered", *, public: bool) -> None:
    """Say what the page leaves out, and that nobody has said who may read the policy."""
    from charterkit.render.policy.view import visibility

    number = len(one.document.loaded.problems)
    if number:
        is_are = "is a mistake" if number == 1 else f"are {number} mistakes"
        call.warn(f"There {is_are} in {one.document.path}: 'charterkit check' says where.")
    if public and visibility(one.policy) is None:
        call.warn(
            f"{one.document.path} does not say who may read the policy: add 'publication: {{visibility: public}}' "
            "if everybody may."
        )


def _text(call: Session, one: "Registered") -> "Text | None":
    from charterkit.files.texts import read_text

    named = one.policy.document
    return read_text(call.workspace.root, one.folder.path, "policies", named) if named else None
