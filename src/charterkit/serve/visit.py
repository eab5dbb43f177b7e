"""The room in which a visit is recorded: every aspect on one page, beside what the school says of it itself."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.errors import Conflict, Missing, Refused
from charterkit.serve.evaluate import attempted, broken
from charterkit.serve.evaluate_view import NOTHING, Told
from charterkit.serve.pages import back_to, desk_of, page, posted, text
from charterkit.serve.sheet import CardPlace
from charterkit.serve.typed import in_words, typed
from charterkit.serve.visit_sheet import THE_VISIT, VisitSheet, visit_sheet_of
from charterkit.serve.visit_typed import VisitPress, WholePress
from charterkit.serve.visit_view import FILTERS, visit_card, visit_frame, visit_progress, visit_view, whole


async def show(request: Request) -> Response:
    """Every aspect, or those that a filter lets through, and what is said of the whole."""
    desk, query = desk_of(request), request.query_params
    try:
        sheet = visit_sheet_of(request)
    except (Missing, Conflict) as error:
        return broken(desk, error)
    wanted = query.get("show", "")
    said = desk.told.pop(query.get("told", ""), NOTHING)
    view = visit_view(sheet, wanted if wanted in FILTERS else "all", said if isinstance(said, Told) else NOTHING)
    return page(desk, "visit.html.j2", **view)


async def show_one(request: Request) -> Response:
    """The address of a card leads to it among all others."""
    sheet, place = visit_sheet_of(request), CardPlace(request.path_params["aspect"])
    sheet.demand(place)
    return back_to(f"{sheet.address}?{sheet.query}#{place.anchor}")


async def press(request: Request) -> Response:
    """Write what was pressed and typed in one card; then the page that shows it, or the card alone to a script."""
    place = CardPlace(request.path_params["aspect"])
    return await _pressed(request, place)


async def press_whole(request: Request) -> Response:
    """The same of what is said of the visit as a whole."""
    return await _pressed(request, THE_VISIT)


async def _pressed(request: Request, place: CardPlace) -> Response:
    fields, desk = await posted(request), desk_of(request)
    said, button, seen = typed(fields), text(fields, "do"), text(fields, "seen")
    wanted = text(fields, "show") if text(fields, "show") in FILTERS else "all"
    try:
        sheet = visit_sheet_of(request)
        sheet.demand(place)
        made = (WholePress if place.is_whole else VisitPress)(sheet, place, button, dict(said))
        told, status = attempted(made, seen)
    except (Missing, Conflict) as error:
        return broken(desk, error, in_words(said))
    if request.headers.get("x-in-place"):
        return page(desk, "visit-answer.html.j2", status, **_one(sheet, place, told, wanted))
    if told.problem:
        return page(desk, "visit-one.html.j2", status, **_one(sheet, place, told, wanted))
    return back_to(f"{sheet.address}?{sheet.query}&show={wanted}&told={desk.tell(told)}#{place.anchor}")


def _one(sheet: VisitSheet, place: CardPlace, told: Told, wanted: str) -> dict[str, object]:
    """What a page has that shows one card, or the form about the whole."""
    card = None if place.is_whole else visit_card(sheet, place, told)
    view = {**visit_frame(sheet), **visit_progress(sheet, wanted), **whole(sheet, told)}
    return {**view, "show": wanted, "told": told, "card": card}


async def undo(request: Request) -> Response:
    """Take the last answer back, and go where it was given."""
    fields, desk = await posted(request), desk_of(request)
    try:
        sheet = visit_sheet_of(request)
    except (Missing, Conflict) as error:
        return broken(desk, error)
    if text(fields, "do") != "undo":
        raise Refused("page-no-button")
    about = sheet.file.undo()
    sheet.forget()
    place = CardPlace(about[0]) if about and about[0] in sheet.charter.aspects else THE_VISIT
    told = Told(place.anchor, saved="The last answer is taken back.")
    return back_to(f"{sheet.address}?{sheet.query}&told={desk.tell(told)}#{place.anchor}")


_RECORD = "/schools/{slug}/visits/record"
ROUTES: list[BaseRoute] = [
    Route(_RECORD, show),
    Route(_RECORD, undo, methods=["POST"]),
    Route(f"{_RECORD}/whole", press_whole, methods=["POST"]),
    Route(f"{_RECORD}/aspect/{{aspect}}", show_one),
    Route(f"{_RECORD}/aspect/{{aspect}}", press, methods=["POST"]),
]
