"""`charterkit examples propose`: other schools' practice as examples in the charter's next version, one by one."""

import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.cli.options import Session, session
from charterkit.cli.output import produce, target
from charterkit.cli.params import CharterOption, OutputOption, TodayOption, day, format_option
from charterkit.errors import Refused

if TYPE_CHECKING:
    from charterkit.insight.proposing import Proposal, Proposals

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Good practice as a charter's examples.",
)


@app.callback()
def examples() -> None:
    """Good practice as a charter's examples."""


@app.command(short_help="Draft the next version with schools' own examples.")
def propose(
    ctx: typer.Context,
    charter: CharterOption = None,
    accepted: Annotated[
        list[str] | None,
        typer.Option(
            "--yes-to", metavar="ASPECT:SCHOOL", help="Accept one, by aspect and school's folder; repeatable."
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Accept all of them.")] = False,
    output_format: Annotated[str | None, format_option("proposed examples")] = None,
    output: OutputOption = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line, without colour or symbols: for screen readers.")
    ] = False,
    today: TodayOption = None,
) -> None:
    """Draft the charter's next version with examples: the strengths of schools at the top of the scale that agreed to
    share, credited to them. You accept them one by one; what you accept goes into a file of its own, as a draft.

    Without a terminal, or with a format or a file, the proposals are listed and nothing is written to the charters.
    """
    from charterkit.insight.proposing import proposals
    from charterkit.rules.personal import has_personal

    call, now = session(ctx), day(today)
    is_list = bool(output_format or output)
    if is_list and (accepted or every):
        raise Refused("list-or-accept")
    is_asked = sys.stdin.isatty() and sys.stdout.isatty()
    if is_list or not (is_asked or accepted or every):
        to = target(call, "proposed examples", output_format, output)
        produce(call, "proposed examples", to, now, charter=charter)
        return
    found = proposals(call.workspace, charter, partial(has_personal, today=now))
    if accepted or every:
        chosen = list(found.offered) if every else [found.named(name) for name in dict.fromkeys(accepted or ())]
        _write(call, found, chosen)
        return
    from charterkit.cli.examples_guide import ExamplesGuide

    taken = ExamplesGuide(call, found, plain=plain).run()
    if taken is not None:
        _write(call, found, taken)


def _write(call: Session, found: "Proposals", chosen: "list[Proposal]") -> None:
    from charterkit.render.practice.proposals import say_left_out
    from charterkit.session.drafting import draft
    from charterkit.text.english import counted, joined

    say_left_out(found, call)
    for each in found.withdrawn:
        call.say(f"Left out: the example of {each.school}, which does not share any more.")
    path = draft(call.workspace, found, chosen)
    names = joined(list(dict.fromkeys(each.practice.school for each in chosen)))
    credited = f", credited to {names}" if names else ""
    call.say(f"{counted(len(chosen), 'example').capitalize()} in {path}, a draft{credited}.")
    call.say(f"Read it, then: charterkit charter publish {found.charter.id}")
