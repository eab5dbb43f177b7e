"""How a policy stands, and a step in its life, recorded: drafted, reviewed, approved, published or withdrawn."""

from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.choices import DECISIONS, VISIBILITIES
from charterkit.errors import CharterkitError, Refused
from charterkit.files.workspace import SchoolFolder
from charterkit.insight.policies.adopting import adopted_at, held_on
from charterkit.insight.policies.choosing import find_policy
from charterkit.insight.policies.concerns import open_of
from charterkit.insight.policies.control import default_decision, step_of
from charterkit.insight.policies.deciding import approvals
from charterkit.insight.policies.register import Registered
from charterkit.insight.policies.sheet import STATUSES
from charterkit.model.dates import PartialDate
from charterkit.model.policy import Concern
from charterkit.render.listings.register import adopted_words, body_inside, dated, said_of_next
from charterkit.render.policy.step import say_step
from charterkit.serve.desk import Desk
from charterkit.serve.forms import day_of, demand_seen, leads, seen, told, words
from charterkit.serve.heard import Heard
from charterkit.serve.pages import desk_of, page, posted, status_of, text
from charterkit.serve.policy_back import offered
from charterkit.session.policy_step import record
from charterkit.session.policy_undo import written_about
from charterkit.text.english import sentence
from charterkit.text.safe import is_page

STEPS = {
    "reviewed": "It was reviewed",
    "approved": "It was approved",
    "ratified": "It was ratified",
    "signed": "It was signed",
    "drafted": "A new version was drafted",
    "published": "It was published",
    "withdrawn": "It was withdrawn",
}
"""Each step that can be recorded, and how people say it."""


async def ask(request: Request) -> Response:
    """How a policy stands, and what may have happened to it."""
    desk = desk_of(request)
    folder = desk.workspace.school(request.path_params["slug"])
    found = find_policy(desk.workspace, request.path_params["policy"], folder.slug, desk.today)
    return policy_page(desk, folder, found, told(request))


async def take(request: Request) -> Response:
    """Record a step."""
    fields, desk = await posted(request), desk_of(request)
    folder = desk.workspace.school(request.path_params["slug"])
    found, heard = find_policy(desk.workspace, request.path_params["policy"], folder.slug, desk.today), Heard()
    try:
        demand_seen(fields, found.document.data)
        facts, when, more = _said(fields)
        step = step_of(found.policy, facts, when, desk.today, **more)
        say_step(found, step, record(desk.workspace, found, step, desk.today, found.id), "", heard)
    except CharterkitError as error:
        found = find_policy(desk.workspace, request.path_params["policy"], folder.slug, desk.today)
        return policy_page(desk, folder, found, [], error=error, fields=fields)
    return leads(desk, f"/schools/{folder.slug}/act/policies/{found.id}", heard.notices)


def _said(fields: FormData) -> tuple[dict[str, str | None], PartialDate | None, dict[str, Any]]:
    """The event's facts, its day, and what else the step has, as the form has them."""
    event = text(fields, "event")
    if event not in STEPS:
        raise Refused("page-no-button")
    named = {"by": "Who", "version": "Version", "note": "Note"}
    if event in ("reviewed", *DECISIONS):
        named["outcome"] = "What was decided"
    facts: dict[str, str | None] = {
        "event": event,
        **{key: words(fields, key, what) or None for key, what in named.items()},
    }
    more: dict[str, Any] = {"backdate": bool(text(fields, "backdate"))}
    if event in ("reviewed", *DECISIONS):
        more["next_review"] = day_of(fields, "next", "Next review", is_due=True)
    if event == "published":
        url = words(fields, "url", "Where") or None
        if url is not None and not is_page(url):
            raise Refused("no-web-address", url=url)
        visibility = text(fields, "visibility") or None
        if visibility not in (None, *VISIBILITIES):
            raise Refused("page-no-button")
        more |= {"url": url, "visibility": visibility}
    return facts, day_of(fields, "date", "When"), more


def policy_page(
    desk: Desk,
    folder: SchoolFolder,
    found: Registered,
    notices: list[str],
    *,
    error: CharterkitError | None = None,
    fields: FormData | None = None,
    form: str = "step",
) -> Response:
    """How a policy stands, and its forms; `fields` are those of the `form` that was not taken."""
    policy = found.policy
    decision = default_decision(policy)
    steps = {key: said for key, said in STEPS.items() if key not in DECISIONS or key == decision}
    is_theirs = found.folder.slug != folder.slug
    return page(
        desk,
        "policy-step.html.j2",
        status_of(error),
        here="act",
        whose=folder,
        notices=notices,
        problem=error,
        title=found.title,
        policy=found.id,
        state=STATUSES.get(policy.status or "", ""),
        next="" if found.next.source == "waiting" else said_of_next(found.next, policy),
        waits=waiting_words(found),
        steps=steps,
        decision=decision,
        visibilities=VISIBILITIES,
        typed=_typed(fields, form, "step"),
        adoption=_adoption(folder, found, fields if form == "adopted" else None) if is_theirs else None,
        raising=_typed(fields, form, "raised"),
        concerns=[
            {"id": each.id, "said": concern_words(each), "typed": _typed(fields, form, f"settled {each.id}")}
            for _, each in open_of(policy)
        ],
        history=[
            {"date": event.date.spoken, "event": event.event, "by": event.by or "", "version": event.version or ""}
            for event in reversed(policy.history[-_LAST:])
        ],
        seen=seen(found.document.data),
        is_theirs=is_theirs,
        last_written=offered(desk, folder, written_about(desk.workspace, found, folder.slug)),
        owner_of=found.folder.school.name,
    )


def waiting_words(found: Registered) -> str:
    """For whose decision a policy waits, and since when; empty where it waits for none."""
    if found.undecided is None:
        return ""
    whose = f" of {body_inside(found.decided_by)}" if found.decided_by else ""
    return f"It waits for the decision{whose}, since {found.undecided.date.spoken}."


def concern_words(concern: Concern) -> str:
    """A concern in a line: when it was raised, what sort it is, and its number in the safe."""
    when = f"raised {dated(concern.raised)}" if concern.raised else ""
    return sentence(", ".join(part for part in (concern.category or concern.id, when, concern.reference or "") if part))


def _typed(fields: FormData | None, form: str, wanted: str) -> dict[str, str]:
    """What stood in a form that was not taken, to stand there again."""
    return {key: text(fields, key) if fields and form == wanted else "" for key in _FIELDS}


def _adoption(folder: SchoolFolder, found: Registered, fields: FormData | None) -> dict[str, Any]:
    """Whether the school has adopted a policy of its trust, and what it said of that, to be changed or emptied."""
    adopted = adopted_at(folder, found.folder.slug, found.id, found.policy)
    said = adopted.adoption
    shown = dict.fromkeys(("version", "date", "by", "changes"), "")
    if said:
        is_held = said.date is not None and said.version == held_on(found.policy, said.date)
        shown["version"] = "" if is_held else said.version or ""
        shown["date"] = said.date.spoken if said.date else ""
        shown |= {"by": said.by or "", "changes": (said.changes or "").strip()}
    return {
        "said": f"{folder.school.name} has adopted it: {adopted_words(adopted)}." if said else "",
        "changes": (said.changes or "") if said else "",
        "versions": [*approvals(found.policy)][::-1],
        "typed": {key: text(fields, key) for key in shown} if fields else shown,
        "is_refused": fields is not None,
        "seen": seen(adopted.document.data if adopted.document else b""),
    }


_LAST = 6
"""Steps of the history that are shown."""
_FIELDS = (
    *("event", "date", "by", "version", "outcome", "note", "next", "url", "visibility", "backdate"),
    *("category", "reference", "sure"),
)
_POLICY = "/schools/{slug}/act/policies/{policy}"
ROUTES: list[BaseRoute] = [Route(_POLICY, ask), Route(_POLICY, take, methods=["POST"])]
