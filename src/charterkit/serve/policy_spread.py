"""Reviews that lie on top of one another are spread over the terms to come: shown first, then written."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.errors import CharterkitError
from charterkit.insight.policies.by_term import SpreadPlan
from charterkit.serve.forms import demand_seen, leads, seen
from charterkit.serve.pages import desk_of, page, posted, status_of
from charterkit.session.policy_spread import planned_spread, write_spread


async def ask(request: Request) -> Response:
    """How many reviews each term brings, and which could be moved."""
    return _asked(request)


async def spread(request: Request) -> Response:
    """Write the terms that were shown, all or none."""
    fields, desk = await posted(request), desk_of(request)
    slug = desk.workspace.school(request.path_params["slug"]).slug
    try:
        plan = planned_spread(desk.workspace, slug, desk.today)
        demand_seen(fields, _as_data(plan))
        write_spread(desk.workspace, plan.moves)
    except CharterkitError as error:
        desk.workspace.refresh()
        return _asked(request, error)
    said = [f"{each.policy.title}: next review {each.proposed.spoken}." for each in plan.moves]
    return leads(desk, f"/schools/{slug}/act", said or ["Nothing to move."])


def _asked(request: Request, error: CharterkitError | None = None) -> Response:
    desk = desk_of(request)
    folder = desk.workspace.school(request.path_params["slug"])
    plan = planned_spread(desk.workspace, folder.slug, desk.today)
    return page(
        desk,
        "policy-spread.html.j2",
        status_of(error),
        here="act",
        whose=folder,
        problem=error,
        terms=[
            {"term": term.spoken, "now": now, "then": then}
            for term, now, then in zip(plan.terms, plan.before, plan.after, strict=True)
        ],
        moves=[
            {
                "id": move.policy.id,
                "title": move.policy.title,
                "due": move.due.spoken,
                "proposed": move.proposed.spoken,
                "line": f"{move.policy.document.path}: next_review: {move.proposed}",
            }
            for move in plan.moves
        ],
        seen=seen(_as_data(plan)),
    )


def _as_data(plan: SpreadPlan) -> bytes:
    """What the plan writes, and the files that it was made from."""
    held = [(move.policy.document.path, move.policy.document.data, str(move.proposed)) for move in plan.moves]
    return repr(held).encode("utf-8", "surrogatepass")


_SPREAD = "/schools/{slug}/act/spread"
ROUTES: list[BaseRoute] = [Route(_SPREAD, ask), Route(_SPREAD, spread, methods=["POST"])]
