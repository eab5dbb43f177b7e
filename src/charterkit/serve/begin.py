"""Where nothing is yet: a workspace in this folder, the school, and the way on to its charter and its ratings."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.choices import PHASES
from charterkit.errors import CharterkitError, Refused
from charterkit.files.new import new_slug, write_school
from charterkit.serve.desk import Desk
from charterkit.serve.forms import leads, words
from charterkit.serve.pages import desk_of, page, posted, status_of, text
from charterkit.session.starting import start


async def begin(request: Request) -> Response:
    """What is asked of somebody who begins, or who adds another school."""
    return _asked(desk_of(request))


async def begun(request: Request) -> Response:
    """Start the workspace where there is none, and add the school; then the charter is signed."""
    fields, desk = await posted(request), desk_of(request)
    said = {"name": text(fields, "name").strip(), "phase": text(fields, "phase")}
    try:
        said["name"] = words(fields, "name", "Name")
        if not said["name"]:
            raise Refused("empty-name")
        _demand_phase(said["phase"])
        if not desk.is_workspace:
            start(desk.root, None, example=bool(text(fields, "example")))
            desk.is_workspace = True
        desk.workspace.refresh()
        slug = new_slug(desk.workspace, said["name"], None)
        path = write_school(desk.workspace, slug, {key: value for key, value in said.items() if value})
    except CharterkitError as error:
        return _asked(desk, error, **said)
    desk.workspace.refresh()
    return leads(desk, f"/schools/{slug}/act/sign", [f"{path} is ready.", "Next comes the charter."])


def _demand_phase(phase: str) -> None:
    if phase and phase not in PHASES:
        raise Refused("page-no-button")


def _asked(desk: Desk, error: CharterkitError | None = None, name: str = "", phase: str = "") -> Response:
    others = 0 if desk.is_workspace else sum(not entry.name.startswith(".") for entry in desk.root.iterdir())
    return page(
        desk,
        "begin.html.j2",
        status_of(error),
        here="begin",
        problem=error,
        where=str(desk.root),
        is_new=not desk.is_workspace,
        others=others,
        phases=[(known, known.replace("-", " ").capitalize()) for known in PHASES],
        name=name,
        phase=phase,
    )


ROUTES: list[BaseRoute] = [Route("/begin", begin), Route("/begin", begun, methods=["POST"])]
