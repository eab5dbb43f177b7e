"""What was written last to policies is taken back, in the page: it shows what becomes of each file, then does it."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.errors import CharterkitError
from charterkit.files.workspace import SchoolFolder
from charterkit.insight.policies.choosing import find_policy
from charterkit.insight.policies.register import register
from charterkit.render.findings.diff import unified
from charterkit.render.policy.step import said_of_undone
from charterkit.serve.desk import Desk
from charterkit.serve.forms import demand_seen, leads, policy_address, seen
from charterkit.serve.pages import desk_of, page, posted, status_of
from charterkit.session.policy_undo import StepToUndo, take_back, to_take_back, written_about, written_last
from charterkit.text.english import joined_some


async def ask(request: Request) -> Response:
    """What would be taken back, and what would become of its files."""
    return _asked(request)


async def back(request: Request) -> Response:
    """Take it back, as it was shown."""
    fields, desk = await posted(request), desk_of(request)
    folder, path = _meant(request)
    try:
        backs = to_take_back(desk.workspace, path)
        demand_seen(fields, _as_data(backs))
        take_back(desk.workspace, backs)
    except CharterkitError as error:
        desk.workspace.refresh()
        return _asked(request, error)
    notices = [
        said_of_undone(each.was.said, each.was.path, is_whole=each.is_whole, is_gone=each.is_gone) for each in backs
    ]
    return leads(desk, _after(desk, folder, request.path_params.get("policy", "")), notices)


def offered(desk: Desk, folder: SchoolFolder, path: str | None = None) -> str:
    """What can be taken back of what was written last, in a line: to one file, or by the last call where that wrote
    something of the school's.
    """
    last = [] if desk.reads_only else written_last(desk.workspace, path)
    if path is None and not any(each.path.startswith(f"{folder.path}/") for each in last):
        return ""
    return joined_some([each.said for each in last])


def _meant(request: Request) -> tuple[SchoolFolder, str | None]:
    """The school, and the file that is meant; None where it is all that the last call wrote."""
    desk, name = desk_of(request), request.path_params.get("policy")
    folder = desk.workspace.school(request.path_params["slug"])
    if name is None:
        return folder, None
    found = find_policy(desk.workspace, name, folder.slug, desk.today)
    return folder, written_about(desk.workspace, found, folder.slug)


def _asked(request: Request, error: CharterkitError | None = None) -> Response:
    desk, backs = desk_of(request), list[StepToUndo]()
    folder, path = _meant(request)
    try:
        backs = to_take_back(desk.workspace, path)
    except CharterkitError as why:
        error = error or why
    lines = [
        {
            "said": each.was.said,
            "path": each.was.path,
            "goes": each.is_gone,
            "is_whole": each.is_whole,
            "diff": unified(each.was.path, each.becomes.before, each.becomes.after),
        }
        for each in backs
    ]
    return page(
        desk,
        "policy-back.html.j2",
        status_of(error),
        here="act",
        whose=folder,
        problem=error,
        backs=lines,
        seen=seen(_as_data(backs)),
        base=policy_address(folder.slug, request.path_params.get("policy", "")),
    )


def _as_data(backs: Sequence[StepToUndo]) -> bytes:
    """All that the page shows of it, so that nothing else is taken back than what was shown."""
    return repr(list(backs)).encode("utf-8", "surrogatepass")


def _after(desk: Desk, folder: SchoolFolder, policy: str) -> str:
    """The policy's page, where there still is such a policy."""
    is_there = any(each.id == policy for each in register(desk.workspace, desk.today, folder.slug))
    return policy_address(folder.slug, policy if is_there else "")


_ACT = "/schools/{slug}/act"
ROUTES: list[BaseRoute] = [
    route
    for way in (f"{_ACT}/back", f"{_ACT}/policies/{{policy}}/back")
    for route in (Route(way, ask), Route(way, back, methods=["POST"]))
]
