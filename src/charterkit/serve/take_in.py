"""A filled-in form, workbook or table, taken in: first a trial with every mistake by its cell, then the writing."""

import secrets
from pathlib import PureWindowsPath

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.errors import CharterkitError, NotThere, Refused
from charterkit.files.workspace import SchoolFolder
from charterkit.files.yaml.edit import Change
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.insight.evaluations.answers import Answer
from charterkit.insight.evaluations.choosing import charter_for, demand_levels
from charterkit.insight.evaluations.whole_points import spread
from charterkit.records import dataclass
from charterkit.serve.desk import Desk
from charterkit.serve.forms import cycle_of, leads
from charterkit.serve.heard import Heard
from charterkit.serve.pages import desk_of, page, posted, status_of, text
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.session.open_actions import plan_changes
from charterkit.session.taking_in import take_in, tried

MOST_HELD = 4
"""Files that wait, read but not taken in; the oldest goes first. They are held in memory, and never on disk."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that was chosen in the page, and what it is for."""

    name: str
    data: bytes
    slug: str
    charter: str
    cycle: str


async def choose(request: Request) -> Response:
    """Where a file is chosen or dropped."""
    desk = desk_of(request)
    return _asked(desk, desk.workspace.school(request.path_params["slug"]))


async def read(request: Request) -> Response:
    """Read a file that was chosen, and show what would be written: nothing is yet."""
    from charterkit.exchange.file_answers import demand_kind  # noqa: PLC0415 - the page is there sooner without

    fields, desk = await posted(request), desk_of(request)
    folder = desk.workspace.school(request.path_params["slug"])
    sent = fields.get("file")
    try:
        if not isinstance(sent, UploadFile) or not sent.filename:
            raise Refused("page-no-file")
        name = PureWindowsPath(sent.filename).name[-_LONGEST_NAME:]
        demand_kind(name)
        data = await sent.read(MAX_BYTES + 1)
        held = HeldFile(name, data, folder.slug, text(fields, "charter"), text(fields, "cycle"))
        file, given, plan, notices = _understood(desk, folder, held)
        lines, complaints = tried(file, given, plan)
        if complaints:
            raise Refused("bad-answers", complaints="\n".join(complaints))
    except CharterkitError as error:
        return _asked(desk, folder, error, text(fields, "cycle"))
    word = _hold(desk, held)
    return page(
        desk,
        "taken.html.j2",
        here="act",
        whose=folder,
        file=name,
        word=word,
        lines=lines,
        notices=notices,
        cycle=file.cycle.spoken,
        charter=file.charter.title,
        is_agreed=file.is_agreed,
        path=file.path,
    )


async def taken(request: Request) -> Response:
    """Take in what was tried."""
    fields, desk = await posted(request), desk_of(request)
    folder = desk.workspace.school(request.path_params["slug"])
    held = desk.held.get(text(fields, "file"))
    if not isinstance(held, HeldFile) or held.slug != folder.slug:
        raise NotThere("page-file-gone")
    heard = Heard()
    try:
        file, given, plan, notices = _understood(desk, folder, held)
        if given or plan:
            take_in(file, given, plan, [], heard.say)
        else:
            heard.say(f"All of it stands in {file.path} already.")
    except CharterkitError as error:
        return _asked(desk, folder, error, held.cycle)
    del desk.held[text(fields, "file")]
    return leads(desk, f"/schools/{folder.slug}/act", [*heard.notices, *notices])


def _understood(
    desk: Desk, folder: SchoolFolder, held: HeldFile
) -> tuple[EvaluationFile, list[Answer], list[Change], list[str]]:
    """The self-evaluation, what the file would change in it, and what there is to say of it."""
    from charterkit.exchange.file_answers import AskedEvaluation, read_file  # noqa: PLC0415 - as in `read`

    charter = charter_for(desk.workspace, folder, held.charter or None)
    file = EvaluationFile(desk.workspace, folder, charter, cycle_of(held.cycle), desk.today)
    demand_levels([file.evaluated])
    asked = AskedEvaluation(desk.workspace, folder, charter, file.cycle, file.about)
    found = read_file(held.name, held.data, asked)
    given, notices = spread(found.answers, file.charter, file.standings)
    return file, list(given), plan_changes(file, found.plan), [*found.notices, *notices]


def _hold(desk: Desk, held: HeldFile) -> str:
    for oldest in list(desk.held)[: 1 - MOST_HELD]:
        del desk.held[oldest]
    word = secrets.token_urlsafe(12)
    desk.held[word] = held
    return word


def _asked(desk: Desk, folder: SchoolFolder, error: CharterkitError | None = None, cycle: str = "") -> Response:
    lines = error.message.split("\n") if error else []
    return page(
        desk,
        "take-in.html.j2",
        status_of(error),
        here="act",
        whose=folder,
        problem=error,
        lines=lines if len(lines) > 1 or (error and error.code == "bad-answers") else [],
        cycle=cycle,
    )


_LONGEST_NAME = 120
_IN = "/schools/{slug}/act/take-in"
ROUTES: list[BaseRoute] = [
    Route(_IN, choose),
    Route(_IN, read, methods=["POST"]),
    Route(f"{_IN}/yes", taken, methods=["POST"]),
]
