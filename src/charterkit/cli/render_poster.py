"""`charterkit render-poster`: a charter's key points on one page, to hang up."""

from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.choices import PAPER_SIZES
from charterkit.cli.compare import chosen_format
from charterkit.cli.options import (
    OutputOption,
    Session,
    TodayOption,
    among,
    day,
    deliver,
    deliver_bytes,
    refuse_screen,
    refuse_sources,
    session,
)
from charterkit.errors import CharterkitError

if TYPE_CHECKING:
    from charterkit.files.workspace import SchoolFolder
    from charterkit.model.charter import Charter

app = typer.Typer(rich_markup_mode=None)
FORMATS = ("html", "pdf", "png")
DPI = {"A4": 144, "A3": 102}
"""Of the picture: 1190 x 1684 pixels on either paper, which a screen and a website can show."""


@app.command(short_help="Make the charter's poster.")
def render_poster(
    ctx: typer.Context,
    charter: Annotated[
        str | None, typer.Argument(metavar="[CHARTER]", help="Which charter, where there are several.")
    ] = None,
    school: Annotated[
        str | None,
        typer.Option(metavar="SCHOOL", help="Whose poster it is, by its folder below schools/: name, logo and colour."),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang", "--language", metavar="TAG", help="A language the charter is translated into, such as ur."
        ),
    ] = None,
    size: Annotated[str, typer.Option(metavar="|".join(PAPER_SIZES), help="The paper.")] = "A4",
    landscape: Annotated[bool, typer.Option("--landscape", help="The paper lies on its long side.")] = False,
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help="Otherwise told from the file's name; html."),
    ] = None,
    qr: Annotated[bool, typer.Option("--qr", help="With a QR code of the school's website.")] = False,
    qr_url: Annotated[
        str | None, typer.Option("--qr-url", metavar="ADDRESS", help="With a QR code of this address instead.")
    ] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Make the poster: a charter's key points on exactly one page, to hang up and to put on the website."""
    from charterkit.render.poster.pages import poster_html, poster_pdf, poster_png
    from charterkit.render.poster.view import poster

    call = session(ctx)
    refuse_sources(call, output)
    chosen = chosen_format(output_format, output, FORMATS, "html")
    among("--size", [size.upper()], PAPER_SIZES)
    refuse_screen(chosen, output, "poster")
    now = day(today)
    found = call.workspace.choose_charter(charter)
    _demand_whole(call, found)
    folder = call.workspace.school(school) if school else None
    made = poster(
        call.workspace,
        found,
        folder,
        today=now,
        language=lang,
        size=size.upper(),
        landscape=landscape,
        address=_address(folder, qr_url, wanted=qr),
    )
    for notice in made.notices:
        call.warn(notice)
    if chosen == "html":
        deliver(call, poster_html(made, call.workspace.root), output)
    elif chosen == "pdf":
        deliver_bytes(call, poster_pdf(made, now), output)
    else:
        deliver_bytes(call, poster_png(made, now, DPI[made.view.size]), output)


def _address(folder: "SchoolFolder | None", given: str | None, *, wanted: bool) -> str | None:
    """The address for the QR code, if there is to be one."""
    if given is not None or not wanted:
        return given
    if folder is None:
        raise CharterkitError(
            "--qr takes the website of a school, and none is named.", "Add --school, or use --qr-url."
        )
    if not folder.school.website:
        raise CharterkitError(
            f"{folder.school.name} has no website in {folder.document.path}.", "Add `website:` there, or use --qr-url."
        )
    return folder.school.website


def _demand_whole(call: Session, charter: "Charter") -> None:
    """Raises CharterkitError where a part of the charter's file that the poster shows cannot be read."""
    from charterkit.files.load import UNREADABLE

    document = call.workspace.charters[charter.id, charter.version]
    loaded = document.loaded
    is_broken = {"title", "key_points"} & loaded.broken or ("key_points",) in loaded.gone
    if is_broken or UNREADABLE in {one.title for one in charter.key_points}:
        raise CharterkitError(
            f"A part of {document.path} that the poster shows cannot be read.", "'charterkit check' says where."
        )
    if loaded.problems:
        call.warn(f"Not all of {document.path} can be read: 'charterkit check' says where.")
