"""Many schools together: the overview and its heat map, of all of them or of a trust's or an authority's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.choices import GROUPED_BY
from charterkit.documents import DOCUMENTS, Place
from charterkit.errors import NotThere, Refused
from charterkit.files.workspace import Workspace
from charterkit.model.base import BadValue
from charterkit.model.dates import Cycle
from charterkit.records import dataclass
from charterkit.serve.desk import Desk
from charterkit.serve.finding import bodies
from charterkit.serve.heard import Heard
from charterkit.serve.look import FILES, KINDS, OWN_RULES, called_so
from charterkit.serve.pages import desk_of, page
from charterkit.serve.shelf import SHELF

if TYPE_CHECKING:
    from charterkit.insight.overview.summary import SchoolSummary

_BY = {"": "nothing", "trust": "trust", "local-authority": "authority", "phase": "phase", "group": "focus group"}
"""What schools may be put together by, as people say it; each school by itself is in the heat map."""
_KIND = DOCUMENTS["overview"]


@dataclass(frozen=True, slots=True)
class _Together:
    """What an address asks for; it is worked out anew where a file has changed.

    So every file is read where a change of it is noticed, as for the first page, and not apart.
    """

    today: date
    school: str | None
    charter: str | None
    cycle: Cycle | None
    before: Cycle | None
    by: str | None

    def __call__(self, workspace: Workspace) -> tuple[Any, list[str]]:
        """What the table of documents makes, and what was said on its way."""
        options = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "today"}
        bodies(workspace)
        heard = Heard()
        return _KIND.content(workspace, self.today, heard, gather=_gathered, **options), heard.notices


def _gathered(workspace: Workspace, slugs: Sequence[str], today: date) -> "Iterator[SchoolSummary]":
    from charterkit.insight.overview.summary import summary  # noqa: PLC0415 - the page opens without it

    return (summary(workspace, slug, today) for slug in slugs)


def _kept(workspace: Workspace, asked: _Together) -> tuple[Any, list[str]]:
    """What an address asks for, of the last few that were asked for since a file changed: each holds every school."""
    shelf = workspace.once(_shelf)
    shelf[asked] = made = shelf.pop(asked, None) or asked(workspace)
    while len(shelf) > _MOST_KEPT:
        del shelf[next(iter(shelf))]
    return made


def _shelf(_: Workspace) -> dict[_Together, tuple[Any, list[str]]]:
    return {}


_MOST_KEPT = 4
"""A page and its document ask for the same one; a few more make going back and forth quick."""


async def show(request: Request) -> Response:
    """The overview in a frame, and what it can be made of."""
    desk, query = desk_of(request), request.query_params
    made, notices = _kept(desk.workspace, _asked(desk, query))
    found, said = made.overview, _said(query)
    cycles = [{"value": str(each), "words": each.spoken} for each in reversed([*found.cycles])]
    versions = {name: desk.workspace.versions(name) for name in desk.workspace.charter_ids}
    return page(
        desk,
        "overview.html.j2",
        here="overview",
        notices=notices,
        of=made.title,
        is_empty=not found.population,
        document=f"/overview/document.html{said}",
        files=[
            {"words": words, "address": f"/overview/document.{form}{said}"}
            for form, words in FILES.items()
            if form in _KIND.formats
        ],
        bodies=[{"value": each.slug, "words": each.school.name} for each in bodies(desk.workspace)],
        charters=[{"value": name, "words": each[-1].title} for name, each in versions.items() if each],
        cycles=cycles,
        ways_together=_BY,
        of_all=[
            {"name": name, "title": each.title, "about": each.about} for name, each in SHELF.items() if each.is_of_all
        ],
        chosen={key: query.get(key, "") for key in _ASKS} | {"charter": found.charter.id, "cycle": str(found.cycle)},
    )


async def document(request: Request) -> Response:
    """The overview as the command makes it: as a page whose one script is our own, or as a file to keep."""
    desk, form = desk_of(request), request.path_params["format"]
    if form not in KINDS or form not in _KIND.formats:
        raise NotThere("no-format", wanted=form, known=[known for known in _KIND.formats if known in KINDS])
    made, _ = _kept(desk.workspace, _asked(desk, request.query_params))
    recipe = _KIND.formats[form]
    data = recipe.made(made, Place(desk.today, desk.workspace.root))
    if form == "html":
        return Response(data, 200, _rules(made.page.heat), KINDS[form])
    headers = called_so(["overview", request.query_params.get("of", ""), str(made.overview.cycle)], form)
    return Response(data.data if recipe.gives == "paper" else data, 200, headers, KINDS[form])


def _rules(heat: Any) -> dict[str, str]:  # noqa: ANN401 - the heat map, where there is one
    """It may run the script that sorts and filters, by its hash, and reaches nothing of the page that frames it."""
    script = f"script-src {heat.policy}; " if heat else ""
    rules = OWN_RULES.replace("style-src", f"{script}style-src").replace("allow-same-origin", "allow-scripts")
    return {"Content-Security-Policy": rules, "X-Frame-Options": "SAMEORIGIN"}


def _asked(desk: Desk, query: Mapping[str, str]) -> _Together:
    """Raises Refused for a cycle that is none, or what no schools are put together by."""
    by = query.get("by") or None
    if by is not None and by not in GROUPED_BY:
        raise Refused("page-no-button")
    cycles = {key: _cycle(key, query) for key in ("cycle", "from")}
    charter = query.get("charter") or None
    return _Together(desk.today, query.get("of") or None, charter, cycles["cycle"], cycles["from"], by)


def _cycle(key: str, query: Mapping[str, str]) -> Cycle | None:
    try:
        return Cycle.parse(query[key]) if query.get(key) else None
    except BadValue as bad:
        raise Refused("bad-option", option=key, why=bad.message, remedy=bad.remedy, text=query[key], meant="") from None


def _said(query: Mapping[str, str]) -> str:
    said = {key: query[key] for key in _ASKS if query.get(key)}
    return f"?{urlencode(said)}" if said else ""


_ASKS = ("of", "charter", "cycle", "from", "by")
ROUTES: list[BaseRoute] = [Route("/overview", show), Route("/overview/document.{format}", document)]
