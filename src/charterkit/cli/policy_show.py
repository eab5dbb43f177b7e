"""`charterkit policy show`: one policy's control page."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import produce, refuse_others, target
from charterkit.cli.params import OutputOption, PolicyArgument, TodayOption, day, format_option, school_option
from charterkit.documents import DOCUMENTS


def show(
    ctx: typer.Context,
    name: PolicyArgument,
    school: Annotated[
        str | None, school_option("Whose policy, where several have one; its trust's are found too.")
    ] = None,
    output_format: Annotated[str | None, format_option("policy")] = None,
    public: Annotated[
        bool,
        typer.Option("--public", help="Only what families may read, for the school's website: html, pdf or markdown."),
    ] = False,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Show one policy's whole control page: who answers for it, its history, its reviews, and what it promises."""
    call = session(ctx)
    document = "policy for families" if public else "policy"
    to = target(call, "policy", output_format, output, default=DOCUMENTS[document].usual, file=name)
    refuse_others("--public", to.format, document)
    produce(call, document, to, day(today), name=name, school=school)
