"""How a page is made and a form is read: what every room of the page does alike."""

import hashlib
import re
from collections.abc import Sequence

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from charterkit.errors import CharterkitError, Conflict, Missing, NotThere, Refused
from charterkit.files.workspace import SchoolFolder
from charterkit.render.engine.environment import render
from charterkit.serve.desk import Desk
from charterkit.serve.ways import own_school, way_out, ways

_OWN = re.compile(r' (?:href|src|action)="(?=/)')
"""Before an address of ours. Only templates write that: in people's text a quotation mark is written as a number."""
MAX_FIELDS = 200
MAX_TEXT = 1_048_576
"""Bytes of one field of a form; a note's own limit is below that."""
STATUS: dict[type[CharterkitError], int] = {NotThere: 404, Conflict: 409, Refused: 422, Missing: 424}


def desk_of(request: Request) -> Desk:
    """What all pages share."""
    desk: Desk = request.app.state.desk
    return desk


def page(desk: Desk, template: str, status: int = 200, /, **variables: object) -> Response:
    """A page from `templates/browser/`. Only the built-in one: what comes with a pull request makes no forms.

    `whose` is the school that it is about, else that of the `slug`; the only one of their own where neither is said.
    """
    own, whose = own_school(desk), variables.pop("whose", None)
    if whose is None and "slug" in variables:
        whose = desk.workspace.school(str(variables["slug"]))
    folder = whose if isinstance(whose, SchoolFolder) else own
    if isinstance(error := variables.get("problem"), CharterkitError):
        variables["problem"] = hindrance(error, folder.slug if folder else "")
    shared = {
        "server": desk.id,
        "place": desk.place,
        "before": desk.door.way,
        "reads_only": desk.reads_only,
        "folder": desk.root.name,
        "here": "",
        "ways": ways(desk, folder),
        "at": {"slug": folder.slug, "name": folder.school.name} if folder else None,
        "is_one_of_several": folder is not None and (own is None or folder.slug != own.slug),
    }
    made = render(f"browser/{template}", {**shared, **variables}, None, builtin_only=True)
    return HTMLResponse(_OWN.sub(rf"\g<0>{desk.door.way}", made), status)


def status_of(error: CharterkitError | None) -> int:
    """The status of a page that says an error, or of one that has none to say."""
    return next((number for kind, number in STATUS.items() if isinstance(error, kind)), 400) if error else 200


def hindrance(error: CharterkitError, slug: str) -> dict[str, object]:
    """An error for the page: what is wrong, what to do about it here, and the page that does it."""
    hint = error.hint_in_page
    return {"message": error.message_in_page, "hint": hint, "code": error.code, "out": way_out(error, slug)}


def refusal(desk: Desk, error: CharterkitError, slug: str = "", **more: object) -> Response:
    """An error as a page of its own."""
    known = slug if desk.is_workspace and desk.workspace.has_school(slug) else ""
    whose = desk.workspace.school(known) if known else None
    return page(desk, "refused.html.j2", status_of(error), whose=whose, **hindrance(error, known), **more)


def locked(error: CharterkitError, status: int, typed: Sequence[tuple[str, str]] = ()) -> Response:
    """The page for whoever is not let in: nothing of the workspace is on it, only what they typed themselves."""
    said = {"message": error.message, "hint": error.hint, "typed": typed}
    made = render("browser/locked.html.j2", said, None, builtin_only=True)
    return HTMLResponse(made, status)


async def posted(request: Request, *, writes: bool = True) -> FormData:
    """The fields of a form of this run. Raises Refused where the page only reads, and Conflict for another run's.

    One that writes nothing is taken in a page for reading only too.
    """
    desk = desk_of(request)
    if writes:
        desk.demand_writing()
    fields = await request.form(max_files=1, max_fields=MAX_FIELDS, max_part_size=MAX_TEXT)
    request.state.fields = fields
    if text(fields, "server") != desk.id:
        raise Conflict("page-of-another-run")
    return fields


def text(fields: FormData, name: str) -> str:
    """A field of a form, with the line ends of every file here; empty where it was not sent."""
    value = fields.get(name)
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def fingerprint(text: str) -> str:
    """A short fingerprint of a text."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def back_to(address: str) -> Response:
    """Where a form leads that was taken: to the page that shows it, so that loading it anew sends nothing."""
    return RedirectResponse(address, 303)
