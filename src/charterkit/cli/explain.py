"""`charterkit explain`: why a rule is there, and what to do about what it finds."""

import re
from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.params import tab
from charterkit.errors import NotThere

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Say what a code of the check means and how to mend it.")
def explain(
    ctx: typer.Context,
    rule: Annotated[
        str,
        typer.Argument(
            metavar="CODE", help="A rule's code or name: CK304, or unknown-level.", autocompletion=tab("codes")
        ),
    ],
) -> None:
    """Say what a code of the check means: why it matters, a bad and a good sample, and how to mend it."""
    from charterkit.render.findings.rules import plain
    from charterkit.rules.documentation import documentation
    from charterkit.rules.registry import RULES

    typer.echo(plain(documentation(RULES[code_of(rule)]), session(ctx).readable))


def code_of(rule: str) -> str:
    """The code that a code or name in any letters means. Raises CharterkitError with the nearest one."""
    from charterkit.model.base import nearest
    from charterkit.rules.registry import RULES

    wanted = rule.strip()
    by_name = {item.name: code for code, item in RULES.items()}
    found = wanted.upper() if wanted.upper() in RULES else by_name.get(wanted.lower().replace("_", "-"))
    if found is not None:
        return found
    begun = [code for code in RULES if wanted and code.startswith(wanted.upper())]
    is_whole = re.fullmatch(r"CK[0-9]{3}", wanted.upper())  # a number beside it is another rule altogether
    meant = "" if is_whole else nearest(wanted.upper(), begun or RULES) or nearest(wanted.lower(), by_name)
    raise NotThere("no-rule", code=rule, meant=meant)
