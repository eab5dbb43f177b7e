"""One aspect at a time, large enough for a screen that several people look at: next, back, rate."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.errors import Conflict, Missing, NotThere
from charterkit.serve.evaluate import broken, pressed, undone
from charterkit.serve.evaluate_view import NOTHING, Told, card, frame, keys_shown
from charterkit.serve.pages import back_to, desk_of, page, posted, text
from charterkit.serve.progress import progress
from charterkit.serve.sheet import CardPlace, RatingSheet, sheet_of
from charterkit.serve.typed import in_words, typed
from charterkit.session.asked_words import place, point_title
from charterkit.session.questionnaire import Questionnaire


async def begin(request: Request) -> Response:
    """To the first aspect that is not rated; where all are, what has become of the whole."""
    desk = desk_of(request)
    try:
        sheet = sheet_of(request)
    except (Missing, Conflict) as error:
        return broken(desk, error)
    questions = Questionnaire(sheet.file)
    if questions.position is not None and "end" not in request.query_params:
        return back_to(_address(sheet, questions))
    said = desk.told.pop(request.query_params.get("told", ""), NOTHING)
    last = questions.aspects[-1].id if questions.aspects else ""
    view = {**frame(sheet), **progress(sheet), "told": said if isinstance(said, Told) else NOTHING, "last": last}
    return page(desk, "meeting-end.html.j2", **view)


async def show(request: Request) -> Response:
    """One aspect."""
    desk = desk_of(request)
    try:
        sheet = sheet_of(request)
    except (Missing, Conflict) as error:
        return broken(desk, error)
    questions = _questions(sheet, request)
    said = desk.told.pop(request.query_params.get("told", ""), NOTHING)
    return _page(sheet, questions, said if isinstance(said, Told) else NOTHING)


async def press(request: Request) -> Response:
    """Write what was pressed; a rating goes on to the next aspect that is not rated."""
    fields, desk = await posted(request), desk_of(request)
    said, button = typed(fields), text(fields, "do")
    try:
        sheet = sheet_of(request)
        questions = _questions(sheet, request)
        if button == "undo":
            back = undone(sheet)
            if back and not back.is_whole:
                questions.go_to(back.name)
            return back_to(_address(sheet, questions, Told(saved="The last answer is taken back.")))
        about = CardPlace(request.path_params["aspect"])
        told, status = pressed(sheet, about, button, text(fields, "seen"), said)
    except (Missing, Conflict) as error:
        return broken(desk, error, in_words(said))
    if told.problem:
        return _page(sheet, questions, told, status)
    if button.startswith("rate:") or button == "na":
        questions.forward()
    return back_to(_address(sheet, questions, told))


def _questions(sheet: RatingSheet, request: Request) -> Questionnaire:
    """Raises NotThere for an aspect that the charter does not have."""
    name = request.path_params["aspect"]
    sheet.demand(CardPlace(name))
    questions = Questionnaire(sheet.file)
    questions.go_to(name)
    return questions


def _page(sheet: RatingSheet, questions: Questionnaire, told: Told, status: int = 200) -> Response:
    asked = questions.question
    if asked is None:
        raise NotThere("nothing-begun")
    back, following = Questionnaire(sheet.file), Questionnaire(sheet.file)
    back.go_to(asked.aspect.id)
    following.go_to(asked.aspect.id)
    view = {
        **frame(sheet),
        **progress(sheet),
        "card": card(sheet, CardPlace(asked.aspect.id), told),
        "point": point_title(asked),
        "where": place(asked),
        "back": _address(sheet, back) if back.back() else "",
        "next": _address(sheet, following) if following.skip() else _end(sheet),
        "keys": keys_shown(sheet),
        "told": told,
    }
    return page(sheet.desk, "meeting.html.j2", status, **view)


def _address(sheet: RatingSheet, questions: Questionnaire, told: Told | None = None) -> str:
    word = f"&told={sheet.desk.tell(told)}" if told else ""
    if questions.position is None:
        return f"{_end(sheet)}{word}"
    aspect = questions.aspects[questions.position].id
    return f"/schools/{sheet.slug}/meeting/{aspect}?{sheet.query}{word}"


def _end(sheet: RatingSheet) -> str:
    return f"/schools/{sheet.slug}/meeting?{sheet.query}&end=yes"


_MEETING = "/schools/{slug}/meeting"
ROUTES: list[BaseRoute] = [
    Route(_MEETING, begin),
    Route(f"{_MEETING}/{{aspect}}", show),
    Route(f"{_MEETING}/{{aspect}}", press, methods=["POST"]),
]
