"""`charterkit certificate show`: a certificate to hang up, or the signed credential itself."""

from typing import Annotated

import typer

from charterkit.cli.certificate_taken_back import NumberOption
from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import (
    CharterOption,
    OutputOption,
    SchoolArgument,
    TodayOption,
    day,
    format_option,
    language_option,
    size_option,
)


def show(
    ctx: typer.Context,
    school: SchoolArgument = None,
    charter: CharterOption = None,
    number: NumberOption = None,
    lang: Annotated[str | None, language_option("A language the charter is translated into.")] = None,
    size: Annotated[str, size_option("The paper.")] = "A4",
    landscape: Annotated[bool, typer.Option("--landscape", help="The paper lies on its long side.")] = False,
    output_format: Annotated[str | None, format_option("certificate")] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Show a certificate and how it stands; as PDF or picture to hang up, which carry the signed credential.

    As json it is the credential itself (Open Badges 3.0), which anybody can check without a network.
    """
    call = session(ctx)
    to = target(call, "certificate", output_format, output, file=f"certificate-{number}" if number else "")
    wanted = {"school": school, "charter": charter, "number": number, "language": lang}
    produce(call, "certificate", to, day(today), lang, **wanted, size=size, landscape=landscape)
