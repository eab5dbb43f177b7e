"""What is done: a self-evaluation agreed, actions ticked, the charter signed and its duties ticked off."""

from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.errors import CharterkitError, NotThere, Refused
from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.actions import Tracked, all_actions
from charterkit.insight.evaluations.choosing import charter_for, own_charter
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evaluations.planning import demand_fit
from charterkit.insight.evaluations.summary import distribution
from charterkit.insight.policies.register import register
from charterkit.insight.readiness.duties import duties_of, signed_up
from charterkit.insight.where import whereabouts
from charterkit.model.charter import Charter
from charterkit.model.dates import PartialDate
from charterkit.render.listings.register import said_of_next
from charterkit.render.shared.tally import rated_words
from charterkit.serve.act_policy import waiting_words
from charterkit.serve.desk import Desk
from charterkit.serve.forms import cycle_of, day_of, demand_seen, leads, seen, told, words
from charterkit.serve.heard import Heard
from charterkit.serve.pages import desk_of, page, posted, status_of, text
from charterkit.serve.policy_back import offered
from charterkit.session.action_plan import ActionPlan, Put
from charterkit.session.agreeing import agree
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.session.signing import demand_duty, demand_past, sign_up_changes, write_sign_up

_BECAME = {"done": "is done", "dropped": "is dropped", "planned": "is open again"}


async def act(request: Request) -> Response:
    """What can be done for a school, and its actions."""
    desk = desk_of(request)
    folder = desk.workspace.school(request.path_params["slug"])
    return _acting(desk, folder, told(request))


def _acting(
    desk: Desk,
    folder: SchoolFolder,
    notices: list[str],
    error: CharterkitError | None = None,
    fields: FormData | None = None,
) -> Response:
    every = list(all_actions(folder))
    found = next(whereabouts(desk.workspace, desk.today, folder.slug), None)
    closed = [each for each in every if not each.is_open]
    policies = list(register(desk.workspace, desk.today, folder.slug))
    lines = [
        {
            "id": each.id,
            "title": each.title,
            "of": each.folder.school.name if each.folder.slug != folder.slug else "",
            "stands": waiting_words(each) or said_of_next(each.next, each.policy),
        }
        for each in policies
    ]
    return page(
        desk,
        "act.html.j2",
        status_of(error),
        here="act",
        whose=folder,
        notices=notices,
        problem=error,
        stands=found.stands if found else "",
        newest=_agreed_by(found.newest) if found and found.newest else None,
        actions=[_shown(each, desk) for each in sorted((each for each in every if each.is_open), key=_by_due)],
        closed=[_shown(each, desk) for each in reversed(closed)],
        policies=lines,
        is_school=folder.is_school,
        is_spread=any(each.folder.slug == folder.slug for each in policies),
        last_written=offered(desk, folder),
        typed=_typed(fields, "action", "note", "date"),
    )


def _typed(fields: FormData | None, *names: str) -> dict[str, str]:
    """What stood in the fields of a form that was not taken, to stand there again."""
    return {name: text(fields, name) if fields is not None else "" for name in names}


def _agreed_by(newest: Evaluated) -> dict[str, Any]:
    """Where the newest self-evaluation is agreed, whether it is already, and whether every aspect is answered."""
    query = urlencode({"charter": newest.charter.id, "cycle": str(newest.cycle)})
    is_whole = all(standing.is_answered for standing in newest.standings.values())
    return {"query": query, "is_agreed": newest.evaluation.status == "agreed", "is_whole": is_whole}


def _by_due(tracked: Tracked) -> Any:  # noqa: ANN401 - a date
    return tracked.due_by


def _shown(tracked: Tracked, desk: Desk) -> dict[str, Any]:
    action = tracked.action
    return {
        "id": tracked.id,
        "charter": tracked.charter,
        "text": action.action,
        "owner": action.owner or "",
        "due": action.due.spoken if action.due else "",
        "is_overdue": tracked.is_overdue(desk.today),
        "note": action.note or "",
        "state": f"{action.status}{f', {action.closed.spoken}' if action.closed else ''}",
    }


async def tick(request: Request) -> Response:
    """Say of an action that it is done or dropped, or open it again."""
    fields, desk = await posted(request), desk_of(request)
    folder = desk.workspace.school(request.path_params["slug"])
    became = text(fields, "became")
    plan = ActionPlan(desk.workspace, desk.today)
    try:
        note = words(fields, "note", "Note")
        if became not in _BECAME:
            raise Refused("page-no-button")
        demand_fit({"note": note or None})
        found = plan.find(text(fields, "action"), folder.slug, text(fields, "charter") or None)
        put = (
            plan.change(found, {"status": "planned"})
            if became == "planned"
            else plan.close(
                found, "done" if became == "done" else "dropped", day_of(fields, "date", "When"), note or None
            )
        )
    except CharterkitError as error:
        desk.workspace.refresh()
        return _acting(desk, folder, [], error, fields)
    return leads(desk, f"/schools/{folder.slug}/act#actions", [_said(put, _BECAME[became])])


def _said(put: Put, became: str) -> str:
    if not put.is_change:
        return f"“{put.action}” {became} already: nothing was changed."
    agreed = ", which is agreed: its ratings, its date and its status stay" if put.is_agreed else ""
    return f"“{put.action}” {became}. Saved in {put.path}{agreed}."


# -- agreeing


async def agreeing(request: Request) -> Response:
    """What agreeing means here, before anybody does."""
    desk = desk_of(request)
    folder = desk.workspace.school(request.path_params["slug"])
    asked = request.query_params
    file = _file(desk, folder, asked.get("charter", ""), asked.get("cycle", ""))
    return _agreement(desk, folder, file)


def _agreement(
    desk: Desk,
    folder: SchoolFolder,
    file: EvaluationFile,
    error: CharterkitError | None = None,
    fields: FormData | None = None,
) -> Response:
    if file.existing is None:
        raise NotThere("nothing-begun")
    found = distribution(file.charter, file.standings)
    left = found.applicable - found.rated
    signed = signed_up(folder.school, file.charter.id)
    return page(
        desk,
        "agree.html.j2",
        status_of(error),
        here="act",
        whose=folder,
        problem=error,
        charter=file.charter.title,
        charter_id=file.charter.id,
        cycle=file.cycle.spoken,
        cycle_id=str(file.cycle),
        rated=rated_words(found, file.charter.rated_noun),
        left=f"{left} of its {found.total} aspects are not rated yet." if left else "",
        ticks=[
            pledge.text
            for pledge in file.charter.pledge
            if signed and pledge.fulfilled_by == "self-evaluation" and pledge.id not in signed.pledges
        ],
        is_agreed=file.is_agreed,
        is_changed=file.is_to_be_looked_at,
        typed=_typed(fields, "date"),
        seen=seen(file.existing.document.data),
    )


async def agreed(request: Request) -> Response:
    """Agree it."""
    fields, desk = await posted(request), desk_of(request)
    folder = desk.workspace.school(request.path_params["slug"])
    charter, cycle = text(fields, "charter"), text(fields, "cycle")
    heard = Heard()
    try:
        file = _file(desk, folder, charter, cycle, day_of(fields, "date", "Date"))
        if file.existing is not None:
            demand_seen(fields, file.existing.document.data)
        agree(file, heard.say, heard.warn)
    except CharterkitError as error:
        return _agreement(desk, folder, _file(desk, folder, charter, cycle), error, fields)
    return leads(desk, f"/schools/{folder.slug}/act", heard.notices)


def _file(
    desk: Desk, folder: SchoolFolder, charter: str, cycle: str, when: PartialDate | None = None
) -> EvaluationFile:
    chosen = charter_for(desk.workspace, folder, charter or None)
    return EvaluationFile(desk.workspace, folder, chosen, cycle_of(cycle), desk.today, when=when)


# -- the sign-up


async def signing(request: Request) -> Response:
    """The sign-up to the charter, and its duties."""
    desk = desk_of(request)
    folder = desk.workspace.school(request.path_params["slug"])
    chosen = _charter(desk, folder, request.query_params.get("charter", ""))
    return _sign_up(desk, folder, chosen, told(request))


def _charter(desk: Desk, folder: SchoolFolder, named: str) -> Charter:
    return desk.workspace.choose_charter(named or own_charter(desk.workspace, folder))


def _sign_up(
    desk: Desk,
    folder: SchoolFolder,
    charter: Charter,
    notices: list[str],
    error: CharterkitError | None = None,
    *,
    fields: FormData | None = None,
) -> Response:
    signed = signed_up(folder.school, charter.id)
    recorded = signed.pledges if signed else {}
    duties = [
        {
            "id": duty.pledge.id,
            "text": duty.pledge.text,
            "is_done": duty.is_done,
            "is_recorded": duty.pledge.id in recorded,
            "done": duty.done.spoken if duty.done else "",
            "due": duty.due.spoken if duty.due else "",
        }
        for duty in duties_of(desk.workspace, folder, charter)
    ]
    return page(
        desk,
        "sign.html.j2",
        status_of(error),
        here="act",
        whose=folder,
        notices=notices,
        problem=error,
        charter=charter.title,
        charter_id=charter.id,
        is_signed=signed is not None,
        signed=signed.signed.spoken if signed and signed.signed else "",
        by=(signed.signed_by or "") if signed else "",
        duties=duties,
        today=PartialDate.of(desk.today).spoken,
        typed=_typed(fields, "by", "date"),
        ticked=fields.getlist("done") if fields is not None else [],
        is_rated=any(document.model for document in folder.evaluations),
    )


async def signed(request: Request) -> Response:
    """Sign up, or tick off more duties."""
    fields, desk = await posted(request), desk_of(request)
    folder = desk.workspace.school(request.path_params["slug"])
    charter = _charter(desk, folder, text(fields, "charter"))
    try:
        when = day_of(fields, "date", "When")
        day = demand_past(when, "When", desk.today) if when else None
        duties = [str(each) for each in fields.getlist("done")]
        for duty in duties:
            demand_duty(duty, charter)
        done = dict.fromkeys(duties, day or PartialDate.of(desk.today))
        is_signed = signed_up(folder.school, charter.id) is not None
        by = words(fields, "by", "Who signed") or None
        made = sign_up_changes(folder, charter, by, None if is_signed else day, done, desk.today)
        notices = [f"Saved in {write_sign_up(desk.workspace, folder, made)}."] if made else []
    except CharterkitError as error:
        desk.workspace.refresh()
        return _sign_up(desk, folder, charter, [], error, fields=fields)
    return leads(desk, f"/schools/{folder.slug}/act/sign", notices)


_ACT = "/schools/{slug}/act"
ROUTES: list[BaseRoute] = [
    Route(_ACT, act),
    Route(f"{_ACT}/action", tick, methods=["POST"]),
    Route(f"{_ACT}/agree", agreeing),
    Route(f"{_ACT}/agree", agreed, methods=["POST"]),
    Route(f"{_ACT}/sign", signing),
    Route(f"{_ACT}/sign", signed, methods=["POST"]),
]
