"""What else happens to a policy, recorded in its page: a school adopts its trust's, a concern is raised and settled."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.errors import CharterkitError, Refused
from charterkit.insight.policies.adopting import adopted_at
from charterkit.insight.policies.choosing import find_policy
from charterkit.insight.policies.register import Registered
from charterkit.model.dates import PartialDate
from charterkit.render.listings.register import dated
from charterkit.rules.impersonal import demand_impersonal
from charterkit.serve.act_policy import policy_page
from charterkit.serve.desk import Desk
from charterkit.serve.forms import day_of, demand_seen, leads, policy_address, words
from charterkit.serve.pages import desk_of, posted, text
from charterkit.serve.unseen import put_back
from charterkit.session.adopting import adopt, find_adoptable
from charterkit.session.concern_record import add_concern, close_concern
from charterkit.text.safe import visible


async def adopted(request: Request) -> Response:
    """Write that the school has adopted a policy of its trust."""
    fields, desk = await posted(request), desk_of(request)
    folder, name = desk.workspace.school(request.path_params["slug"]), request.path_params["policy"]
    found = find_adoptable(desk.workspace, name, folder, desk.today)
    before = adopted_at(folder, found.folder.slug, found.id, found.policy)
    try:
        demand_seen(fields, before.document.data if before.document else b"")
        said = {"version": words(fields, "version", "Version") or None}
        for key, what in (("by", "Who"), ("changes", "What the school does otherwise")):
            there = getattr(before.adoption, key, None) or ""
            if text(fields, key).strip() != visible(there).strip():
                said[key] = put_back(words(fields, key, what), there)
        when = _when(fields, desk)
        if when.first > desk.today:
            raise Refused("not-come", when=when.spoken)
        emptied = [key for key, value in said.items() if value == ""]
        said = {key: value or None for key, value in said.items()}
        made = adopt(desk.workspace, found, folder, said, when, without=emptied)
    except CharterkitError as error:
        return _refused(request, error, fields, "adopted")
    which = f"Version {made.version}" if made.version else found.title
    return _done(request, f"{which} is adopted {dated(when)}. Saved in {made.path}.")


async def raised(request: Request) -> Response:
    """Put a concern on record: its sort and its day, no story and no names."""
    fields, desk = await posted(request), desk_of(request)
    folder, name = desk.workspace.school(request.path_params["slug"]), request.path_params["policy"]
    found = find_policy(desk.workspace, name, folder.slug, desk.today)
    try:
        demand_seen(fields, found.document.data)
        reference = words(fields, "reference", "Number of its file") or None
        said = {"category": words(fields, "category", "What sort of concern"), "reference": reference}
        _demand_impersonal(desk, found, said, fields)
        when = _when(fields, desk)
        made = add_concern(desk.workspace, found, when, said, desk.today)
    except CharterkitError as error:
        return _refused(request, error, fields, "raised")
    notice = f"A concern raised {dated(when)} is on record as {made}. Saved in {found.document.path}."
    return _done(request, notice)


async def settled(request: Request) -> Response:
    """Say when a concern was settled, and how it ended."""
    fields, desk = await posted(request), desk_of(request)
    folder, name = desk.workspace.school(request.path_params["slug"]), request.path_params["policy"]
    found, concern = find_policy(desk.workspace, name, folder.slug, desk.today), text(fields, "concern")
    try:
        demand_seen(fields, found.document.data)
        outcome = words(fields, "outcome", "How it ended")
        _demand_impersonal(desk, found, {"outcome": outcome}, fields)
        when = _when(fields, desk)
        closed = close_concern(desk.workspace, found, concern, when, outcome, today=desk.today)
    except CharterkitError as error:
        return _refused(request, error, fields, f"settled {concern}")
    return _done(request, f"Concern {closed.id} is settled. Saved in {found.document.path}.")


def _when(fields: FormData, desk: Desk) -> PartialDate:
    """The day that is said, else today."""
    return day_of(fields, "date", "When") or PartialDate.of(desk.today)


def _demand_impersonal(desk: Desk, found: Registered, said: dict[str, str | None], fields: FormData) -> None:
    demand_impersonal(desk.workspace, found, said, desk.today, sure=bool(text(fields, "sure")))


def _refused(request: Request, error: CharterkitError, fields: FormData, form: str) -> Response:
    """The policy's page as it stands now, with what stands in the way and what was typed."""
    desk = desk_of(request)
    desk.workspace.refresh()
    folder = desk.workspace.school(request.path_params["slug"])
    found = find_policy(desk.workspace, request.path_params["policy"], folder.slug, desk.today)
    return policy_page(desk, folder, found, [], error=error, fields=fields, form=form)


def _done(request: Request, said: str) -> Response:
    way = request.path_params
    return leads(desk_of(request), policy_address(way["slug"], way["policy"]), [said])


_POLICY = "/schools/{slug}/act/policies/{policy}"
ROUTES: list[BaseRoute] = [
    Route(f"{_POLICY}/adopted", adopted, methods=["POST"]),
    Route(f"{_POLICY}/concern", raised, methods=["POST"]),
    Route(f"{_POLICY}/concern/settled", settled, methods=["POST"]),
]
