"""`charterkit render-poster`: a charter's key points on one page, to hang up."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.output import produce, target
from charterkit.cli.params import (
    CharterArgument,
    OutputOption,
    TodayOption,
    day,
    format_option,
    language_option,
    school_option,
    size_option,
)

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Make the charter's poster.")
def render_poster(
    ctx: typer.Context,
    charter: CharterArgument = None,
    school: Annotated[str | None, school_option("Whose poster it is, by name: with its name, logo and colour.")] = None,
    lang: Annotated[str | None, language_option("A language the charter is translated into, such as ur.")] = None,
    size: Annotated[str, size_option("The paper.")] = "A4",
    landscape: Annotated[bool, typer.Option("--landscape", help="The paper lies on its long side.")] = False,
    output_format: Annotated[str | None, format_option("poster")] = None,
    qr: Annotated[bool, typer.Option("--qr", help="With a QR code of the school's website.")] = False,
    qr_url: Annotated[
        str | None, typer.Option("--qr-url", metavar="ADDRESS", help="With a QR code of this address instead.")
    ] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Make the poster: a charter's key points on exactly one page, to hang up and to put on the website."""
    call = session(ctx)
    to = target(call, "poster", output_format, output)
    wanted = {"charter": charter, "school": school, "language": lang, "address": qr_url}
    produce(call, "poster", to, day(today), **wanted, size=size, landscape=landscape, qr=qr)
