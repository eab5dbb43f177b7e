"""`charterkit policy show`: one policy's control page."""

from typing import Annotated

import typer

from charterkit.cli.options import OutputOption, TodayOption, day, session
from charterkit.cli.output import produce, refuse_others, target
from charterkit.cli.params import format_option
from charterkit.documents import DOCUMENTS

PolicyArgument = Annotated[str, typer.Argument(metavar="POLICY", help="The policy's id, which is its file's name.")]
PolicySchool = Annotated[
    str | None,
    typer.Option("--school", metavar="SLUG", help="Whose policy, where several have one; its trust's are found too."),
]


def show(
    ctx: typer.Context,
    name: PolicyArgument,
    school: PolicySchool = None,
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
