"""`charterkit render-form`: the self-evaluation tool as a meeting uses it, on paper or as a workbook."""

from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.choices import PAPER_SIZES
from charterkit.cli.compare import chosen_format
from charterkit.cli.options import (
    OutputOption,
    Session,
    TodayOption,
    among,
    cycle,
    day,
    deliver,
    deliver_bytes,
    deliver_paper,
    refuse_screen,
    refuse_sources,
    session,
)
from charterkit.cli.picking import charter_for, demand_levels, problems_beside
from charterkit.errors import CharterkitError

if TYPE_CHECKING:
    from datetime import date

    from charterkit.files.workspace import SchoolFolder
    from charterkit.insight.evaluations.form_cycle import Occasion
    from charterkit.model.charter import Charter
    from charterkit.model.dates import Cycle
    from charterkit.render.form.view import FormView

app = typer.Typer(rich_markup_mode=None)
FORMATS = ("html", "pdf", "xlsx")


@app.command(short_help="Make the form for a self-evaluation meeting.")
def render_form(
    ctx: typer.Context,
    charter: Annotated[
        str | None, typer.Argument(metavar="[CHARTER]", help="Which charter, where there are several.")
    ] = None,
    school: Annotated[
        str | None,
        typer.Option(metavar="SCHOOL", help="Whose form, by its folder below schools/: with last time's answers."),
    ] = None,
    blank: Annotated[bool, typer.Option("--blank", help="Without last time's ratings and ideas.")] = False,
    cycle_name: Annotated[
        str | None,
        typer.Option(
            "--cycle", metavar="CYCLE", help="2025-26 or 2025-26-autumn; with --school otherwise as evaluate takes it."
        ),
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="LANGUAGE", help="A language the charter is translated into, such as ur.")
    ] = None,
    size: Annotated[str, typer.Option(metavar="|".join(PAPER_SIZES), help="The paper.")] = "A4",
    output_format: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help="Otherwise told from the file's name; html."),
    ] = None,
    output: OutputOption = None,
    today: TodayOption = None,
) -> None:
    """Make the self-evaluation form: each aspect with detail and examples, the levels to tick, and room for ideas.

    As a page or a PDF to print; or as a workbook (XLSX) to fill in, which `charterkit evaluate --from` reads back.
    """
    from charterkit.render.form.pages import form_html, form_pdf
    from charterkit.render.form.view import form
    from charterkit.render.form.workbook import form_xlsx
    from charterkit.render.poster.view import translation_into

    call = session(ctx)
    refuse_sources(call, output)
    chosen = chosen_format(output_format, output, FORMATS, "html")
    among("--size", [size.upper()], PAPER_SIZES)
    refuse_screen(chosen, output, "form")
    now, meant = day(today), cycle(cycle_name)
    folder = call.workspace.school(school) if school else None
    found = _occasion(call, folder, charter, meant, now)
    _demand_whole(call, found.charter)
    made = form(
        folder,
        found,
        today=now,
        translation=translation_into(call.workspace, found.charter, lang),
        size=size.upper(),
        blank=blank,
    )
    for notice in (*_rated(found, made.view), *made.notices):
        call.warn(notice)
    if chosen == "html":
        deliver(call, form_html(made.view, call.workspace.root), output)
    elif chosen == "pdf":
        deliver_paper(call, form_pdf(made.view, now), output)
    else:
        workbook = form_xlsx(made.view, now)
        for notice in workbook.notices:
            call.warn(notice)
        deliver_bytes(call, workbook.data, output)


def _rated(found: "Occasion", view: "FormView") -> list[str]:
    """That the cycle has answers which the form does not show."""
    if not found.rated or not found.cycle:
        return []
    are = "1 aspect is" if found.rated == 1 else f"{found.rated} aspects are"
    shows = f"the form shows {view.last_cycle} only" if view.last_cycle else "the form does not show them"
    return [f"{are} rated already in {found.cycle.spoken}; {shows}."]


def _occasion(
    call: Session, folder: "SchoolFolder | None", charter: str | None, meant: "Cycle | None", now: "date"
) -> "Occasion":
    """What the form is for: of a school what `evaluate` would go on with, else the charter alone."""
    from charterkit.insight.evaluations.evaluated import left_out, timeline
    from charterkit.insight.evaluations.form_cycle import Occasion, occasion

    if folder is None:
        return Occasion(call.workspace.choose_charter(charter), meant, None, {})
    for path in left_out(call.workspace, folder):
        call.warn(f"{path} cannot be used: 'charterkit check' says why.")
    chosen = charter_for(call, folder, charter)
    found = occasion(call.workspace, timeline(call.workspace, folder, chosen.id), chosen, meant, now)
    if found.previous:
        problems_beside(call, [found.previous])
        demand_levels([found.previous])
    return found


def _demand_whole(call: Session, charter: "Charter") -> None:
    """Raises CharterkitError where a part of the charter's file that nothing can be rated without cannot be read."""
    document = call.workspace.charters[charter.id, charter.version]
    loaded = document.loaded
    if not charter.has_scale or not charter.aspects or "key_points" in loaded.broken:
        raise CharterkitError(
            f"A part of {document.path} that the form shows cannot be read.", "'charterkit check' says where."
        )
    if loaded.problems:
        call.warn(f"Not all of {document.path} can be read: 'charterkit check' says where.")
