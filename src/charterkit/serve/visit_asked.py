"""A school's visits: those there are, one asked for, and what the school says to what a visitor wrote."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.errors import CharterkitError, Conflict, Refused
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.insight.readiness.missing import readiness_for
from charterkit.insight.visits.choosing import in_time
from charterkit.insight.visits.stands import state_of
from charterkit.model.base import BadValue
from charterkit.model.dates import PartialDate
from charterkit.model.visit import Visit
from charterkit.render.visits.log import STATES
from charterkit.render.visits.words import answered, certified, kind_of, people
from charterkit.serve.desk import Desk
from charterkit.serve.evaluate_view import charters_of
from charterkit.serve.forms import leads, told, words
from charterkit.serve.pages import desk_of, fingerprint, page, posted, status_of, text
from charterkit.serve.visit_sheet import day_named
from charterkit.session.visit_asked import ask_for, demand_ready, demand_to_come, missing_said
from charterkit.session.visit_begun import request_meant, visit_of
from charterkit.session.visit_file import VisitFile


async def visits(request: Request) -> Response:
    """Every visit to the school, the newest first, and what can be done about it."""
    desk = desk_of(request)
    folder = desk.workspace.choose_school(request.path_params["slug"])
    read = sorted((each for each in folder.visits if each.model), key=in_time, reverse=True)
    asked = next((each.model for each in read if each.model and state_of(each.model, desk.today) in _TO_COME), None)
    agreed = [when for when in (asked.agreed_dates if asked else ()) if when.last <= desk.today]
    return page(
        desk,
        "visits.html.j2",
        here="act",
        whose=folder,
        notices=told(request),
        visits=[made for each in read if (made := _line(desk, each))],
        unread=[each.path for each in folder.visits if each.model is None],
        charters=charters_of(desk.workspace),
        day=(agreed[-1] if agreed else PartialDate.of(desk.today)).spoken,
        is_asked=asked is not None,
        purpose="certification" if asked else "support",
    )


_TO_COME = ("requested", "agreed", "overdue")


def _line(desk: Desk, document: Document[Visit]) -> dict[str, Any]:
    visit = document.model or Visit()
    state = state_of(visit, desk.today)
    when = visit.date or next(reversed(visit.agreed_dates), None)
    proposed = ", ".join(day.spoken for day in visit.proposed_dates)
    named = {"charter": visit.charter, "date": str(visit.date) if visit.date else None}
    query = urlencode({key: value for key, value in named.items() if value})
    of = {"purpose": visit.purpose} if visit.purpose else {}
    is_held = bool(visit.findings) or visit.outcome is not None
    return {
        "kind": kind_of(visit),
        "when": when.spoken if when else f"proposed: {proposed}" if proposed else "no day yet",
        "stands": STATES[state],
        "requested": visit.requested.spoken if visit.requested else "",
        "is_only_asked": state == "requested",
        "anyway": visit.anyway or "",
        "people": people(visit.visitors),
        "answered": answered(visit),
        "certificate": certified(visit, desk.today),
        "record": f"record?{query}{'&' if of else ''}{urlencode(of)}" if visit.date else "",
        "read": f"visit?{urlencode({'when': str(visit.date)})}" if is_held and visit.date else "",
        "answer": f"answer?{query}" if is_held and visit.date else "",
        "letter": f"letter?{urlencode({'charter': visit.charter or ''})}" if state in _TO_COME else "",
    }


# -- asking for one


async def asking(request: Request) -> Response:
    """What a visit needs, what is missing, and the form that asks for it."""
    desk = desk_of(request)
    folder = desk.workspace.choose_school(request.path_params["slug"])
    visit = _request(desk, folder, request.query_params.get("charter", ""))
    return _form(desk, folder, visit, {})


def _request(desk: Desk, folder: SchoolFolder, charter: str) -> VisitFile:
    return VisitFile(desk.workspace, request_meant(desk.workspace, folder, charter or None, desk.today), desk.today)


def _form(
    desk: Desk, folder: SchoolFolder, visit: VisitFile, said: dict[str, str], error: CharterkitError | None = None
) -> Response:
    ready, there = readiness_for(desk.workspace, folder, visit.charter, desk.today), visit.visit
    return page(
        desk,
        "visit-request.html.j2",
        status_of(error),
        here="act",
        whose=folder,
        problem=None if error and error.code == "visit-not-ready" else error,
        is_refused=error is not None and error.code == "visit-not-ready",
        charter=visit.charter.title,
        charter_id=visit.charter.id,
        charters=charters_of(desk.workspace),
        is_ready=ready.is_ready,
        missing=missing_said(ready),
        is_asked=visit.existing is not None,
        requested=there.requested.spoken if there.requested else "",
        proposed=[when.spoken for when in there.proposed_dates],
        agreed=[when.spoken for when in there.agreed_dates],
        anyway=there.anyway or "",
        said={"propose": "", "agreed": "", "anyway": there.anyway or "", "by": there.requested_by or "", **said},
        contacts=[", ".join(filter(None, (each.name, each.role))) for each in visit.charter.contacts],
    )


async def asked(request: Request) -> Response:
    """Ask for a visit, or write more into the request that is open."""
    fields, desk = await posted(request), desk_of(request)
    folder = desk.workspace.choose_school(request.path_params["slug"])
    visit = _request(desk, folder, text(fields, "charter"))
    said = {name: text(fields, name).strip() for name in ("propose", "agreed", "anyway", "by")}
    try:
        demand_ready(visit, desk.today, said["anyway"])
        proposed = list(_days(said["propose"], "Days that would suit"))
        agreed = list(_days(said["agreed"], "The day that is agreed"))
        demand_to_come({"Days that would suit:": proposed, "The day that is agreed:": agreed}, desk.today)
        facts = {
            "proposed_dates": proposed,
            "agreed_dates": agreed,
            "anyway": words(fields, "anyway", "Why it is asked all the same"),
            "requested_by": words(fields, "by", "Who asks"),
        }
        ask_for(visit, facts)
    except CharterkitError as error:
        return _form(desk, folder, visit, said, error)
    notices = [f"The request is kept in {visit.path}. The letter is made of it."]
    return leads(desk, f"/schools/{folder.slug}/visits", notices)


def _days(said: str, what: str) -> Iterator[PartialDate]:
    """Days, one a line or with ; between them. Raises Refused for what is none."""
    for part in said.replace(";", "\n").split("\n"):
        try:
            if part.strip():
                yield PartialDate.meant(part.strip())
        except BadValue as bad:
            raise Refused("page-not-read", what=what, why=bad.message, remedy=bad.remedy) from None


# -- what the school says


async def answering(request: Request) -> Response:
    """What the visitor found, and what the school says to it."""
    desk, query = desk_of(request), request.query_params
    folder = desk.workspace.choose_school(request.path_params["slug"])
    visit = _held(desk, folder, query.get("charter", ""), query.get("date", ""))
    return _answer_form(desk, folder, visit, None)


def _held(desk: Desk, folder: SchoolFolder, charter: str, day: str) -> VisitFile:
    return VisitFile(desk.workspace, visit_of(desk.workspace, folder, charter or None, day_named(day)), desk.today)


def _answer_form(
    desk: Desk, folder: SchoolFolder, visit: VisitFile, said: FormData | None, error: CharterkitError | None = None
) -> Response:
    there = visit.visit
    answer = there.answer
    stood = {True: "yes", False: "no"}.get(answer.accurate, "") if answer and answer.accurate is not None else ""
    return page(
        desk,
        "visit-said.html.j2",
        status_of(error),
        here="act",
        whose=folder,
        problem=error,
        charter_id=visit.charter.id,
        day=there.date.spoken if there.date else "",
        date=str(there.date) if there.date else "",
        kind=kind_of(there),
        people=people(there.visitors),
        summary=there.summary or "",
        answered=answered(there),
        accurate=text(said, "accurate") if said else stood,
        note=text(said, "note") if said else (answer.note or "") if answer else "",
        by=text(said, "by") if said else (answer.by or "") if answer else "",
        seen=_seen(visit),
    )


def _seen(visit: VisitFile) -> str:
    """Tells what the visitor wrote, and what the school has said to it."""
    return fingerprint(visit.existing.data.decode("utf-8", "surrogateescape")) if visit.existing else ""


async def answered_by_school(request: Request) -> Response:
    """Write down what the school says."""
    fields, desk = await posted(request), desk_of(request)
    folder = desk.workspace.choose_school(request.path_params["slug"])
    visit = _held(desk, folder, text(fields, "charter"), text(fields, "date"))
    try:
        if text(fields, "accurate") not in ("yes", "no"):
            raise Refused("page-not-accurate")
        if text(fields, "seen") != _seen(visit):
            raise Conflict("page-moved-on")
        note, by = words(fields, "note", "What the school has to say"), words(fields, "by", "Who answers")
        visit.answer_for_school(accurate=text(fields, "accurate") == "yes", note=note or None, by=by or None)
    except CharterkitError as error:
        return _answer_form(desk, folder, visit, fields, error)
    notices = [f"The school's answer is saved in {visit.path}. What the visitor wrote stays as it is."]
    return leads(desk, f"/schools/{folder.slug}/visits", notices)


_VISITS = "/schools/{slug}/visits"
ROUTES: list[BaseRoute] = [
    Route(_VISITS, visits),
    Route(f"{_VISITS}/request", asking),
    Route(f"{_VISITS}/request", asked, methods=["POST"]),
    Route(f"{_VISITS}/answer", answering),
    Route(f"{_VISITS}/answer", answered_by_school, methods=["POST"]),
]
