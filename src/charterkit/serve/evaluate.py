"""The room in which a school is rated: every aspect on one page, and what is pressed there."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.errors import CharterkitError, Conflict, Missing, NotThere, Refused
from charterkit.insight.evaluations.whole_points import spread_said
from charterkit.render.shared.levels import badges
from charterkit.serve.desk import Desk
from charterkit.serve.evaluate_view import NOTHING, Told, card, frame, sheet_view
from charterkit.serve.pages import back_to, desk_of, page, posted, status_of, text
from charterkit.serve.progress import SHOWS, progress
from charterkit.serve.sheet import CardPlace, RatingSheet, demand_seen, sheet_of
from charterkit.serve.typed import (
    AnyPress,
    Press,
    SheetT,
    demand_fit,
    in_words,
    plain,
    typed,
    typed_statements,
    unsaved,
)
from charterkit.session.statements import statement_changes
from charterkit.text.english import counted


async def show(request: Request) -> Response:
    """Every aspect, or those that a filter lets through."""
    desk, query = desk_of(request), request.query_params
    try:
        sheet = sheet_of(request)
    except (Missing, Conflict) as error:
        return broken(desk, error)
    wanted = query.get("show", "")
    said = desk.told.pop(query.get("told", ""), NOTHING)
    view = sheet_view(sheet, wanted if wanted in SHOWS else "all", said if isinstance(said, Told) else NOTHING)
    return page(desk, "evaluate.html.j2", **view)


async def show_one(request: Request) -> Response:
    """The address of a card leads to it among all others."""
    sheet, place = sheet_of(request), _place(request)
    sheet.demand(place)
    return back_to(f"{sheet.address}?{sheet.query}#{place.anchor}")


async def press(request: Request) -> Response:
    """Write what was pressed and typed in one card; then the page that shows it, or the card alone to a script."""
    fields, desk, place = await posted(request), desk_of(request), _place(request)
    said = typed(fields)
    try:
        sheet = sheet_of(request)
    except (Missing, Conflict) as error:
        return broken(desk, error, in_words(said))
    sheet.demand(place)
    try:
        told, status = pressed(sheet, place, text(fields, "do"), text(fields, "seen"), said)
    except (Missing, Conflict) as error:  # the file cannot be read any more
        return broken(desk, error, in_words(said))
    wanted = text(fields, "show") if text(fields, "show") in SHOWS else "all"
    if request.headers.get("x-in-place"):
        view = {**frame(sheet), **progress(sheet, wanted), "show": wanted, "told": told}
        return page(desk, "evaluate-answer.html.j2", status, **view, card=card(sheet, place, told))
    if told.problem:
        view = {**frame(sheet), "told": told, "show": wanted}
        return page(desk, "evaluate-one.html.j2", status, **view, card=card(sheet, place, told))
    return back_to(f"{sheet.address}?{sheet.query}&show={wanted}&told={desk.tell(told)}#{place.anchor}")


def pressed(sheet: RatingSheet, place: CardPlace, button: str, seen: str, said: dict[str, str]) -> tuple[Told, int]:
    """Write it, and what is to be told; or what stands in the way, and all that is not written."""
    return attempted(Press(sheet, place, button, dict(said)), seen)


def attempted(made: AnyPress[SheetT], seen: str) -> tuple[Told, int]:
    """The same of a press in any card."""
    sheet, place = made.sheet, made.place
    if _is_there(made):
        return Told(place.anchor, saved=f"{sheet.charter.levels[made.button.removeprefix('rate:')].label} saved."), 200
    try:
        demand_seen(sheet, place, seen)
        demand_fit(made.left)
        return Told(place.anchor, saved=made.write()), 200
    except CharterkitError as error:
        sheet.refresh()
        sheet.demand(place)
        level = sheet.charter.levels.get(made.button.removeprefix("rate:"))
        chosen = [("Your rating", level.label)] if level else []
        done = " ".join(words for words in made.done if words)
        hint = error.hint_in_page
        told = Told(place.anchor, done, error.message, hint, (*chosen, *in_words(made.left)), made.left)
        return told, status_of(error)


def _is_there(made: AnyPress[SheetT]) -> bool:
    """Whether a rating and its note are in the file already: a button that was pressed twice is no conflict."""
    standing = made.sheet.standing(made.place)
    if standing is None or standing.level is None or made.button != f"rate:{standing.level.id}":
        return False
    note = (standing.entry.note or "") if standing.entry else ""
    return all(name == "note" and plain(name, note) == value for name, value in made.left.items())


async def of_all(request: Request) -> Response:
    """Take the last answer back, and go where it was given; or write what is said of the whole cycle."""
    fields, desk = await posted(request), desk_of(request)
    try:
        sheet = sheet_of(request)
    except (Missing, Conflict) as error:
        return broken(desk, error, unsaved(fields))
    if text(fields, "do") == "state":
        made = statement_changes(sheet.file, typed_statements(fields, sheet.file.evaluated.evaluation))
        if made:
            sheet.file.plan(made)
        told, anchor = Told(saved="Saved for the whole cycle." if made else "Nothing was changed."), "cycle"
    elif text(fields, "do") == "undo":
        place = undone(sheet)
        anchor = place.anchor if place else ""
        told = Told(anchor, saved="The last answer is taken back.")
    elif text(fields, "do") == "take-agreed" and sheet.merging:
        agreed = sheet.merging.agreed
        if agreed:
            sheet.merging.take(agreed)
        told, anchor = (
            Told(saved=f"{counted(len(agreed), sheet.merging.noun).capitalize()} saved, as all raters say."),
            "",
        )
    else:
        raise Refused("page-no-button")
    return back_to(f"{sheet.address}?{sheet.query}&told={desk.tell(told)}#{anchor or 'main'}")


def undone(sheet: RatingSheet) -> CardPlace | None:
    """Take the last answer back; where it was given, as far as it was of one thing."""
    about = sheet.file.undo()
    sheet.forget()
    name = about[0] if about else ""
    if name in sheet.file.charter.aspects:
        return CardPlace(name)
    return CardPlace(name, is_whole=True) if name in sheet.parts.headings else None


async def point(request: Request) -> Response:
    """Say of what is not rated yet under a key point that it does not apply."""
    fields, desk, sheet = await posted(request), desk_of(request), sheet_of(request)
    name = request.path_params["point"]
    found = sheet.file.point_not_applicable(name, text(fields, "reason"))
    known = next(each for each in sheet.file.charter.key_points if each.id == name)
    told = Told(saved=spread_said(known, found))
    return back_to(f"{sheet.address}?{sheet.query}&told={desk.tell(told)}#point-{name}")


def broken(desk: Desk, error: CharterkitError, said: list[tuple[str, str]] | None = None) -> Response:
    """The page for a file that cannot be read, with what was typed. Raises an error where only a choice is open."""
    if error.code == "several-charters":
        raise error
    facts = {"message": error.message, "hint": error.hint_in_page, "typed": said or []}
    return page(desk, "evaluate-broken.html.j2", status_of(error), here="evaluate", **facts)


def _place(request: Request) -> CardPlace:
    way = request.path_params
    return CardPlace(way["part"], is_whole=True) if "part" in way else CardPlace(way["aspect"])


async def levels(request: Request) -> Response:
    """The colours of a charter's levels, in all its versions: no page has a style within its lines."""
    workspace, name = desk_of(request).workspace, request.path_params["charter"]
    if name not in workspace.charter_ids:
        raise NotThere("no-charter", charter=name, known=list(workspace.charter_ids))
    made = {each.colour: each.ink for version in workspace.versions(name) for each in badges(version).values()}
    lines = [f".c-{colour[1:]} {{ --c: {colour}; --i: {ink}; }}\n" for colour, ink in made.items()]
    return Response("".join(lines), media_type="text/css")


_SHEET = "/schools/{slug}/evaluate"
ROUTES: list[BaseRoute] = [
    Route("/levels/{charter}", levels),
    Route(_SHEET, show),
    Route(_SHEET, of_all, methods=["POST"]),
    Route(f"{_SHEET}/whole/{{part}}", show_one),
    Route(f"{_SHEET}/whole/{{part}}", press, methods=["POST"]),
    Route(f"{_SHEET}/point/{{point}}", point, methods=["POST"]),
    Route(f"{_SHEET}/{{aspect}}", show_one),
    Route(f"{_SHEET}/{{aspect}}", press, methods=["POST"]),
]
