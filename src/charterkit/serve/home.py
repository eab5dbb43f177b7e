"""The first page: the schools, where each stands, what is due, and what to do next."""

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.actions import Tracked, open_actions
from charterkit.insight.readiness.path import way_on
from charterkit.insight.reminder import DueState, Reminder
from charterkit.insight.reminders import reminders, window
from charterkit.insight.where import Whereabouts, whereabouts
from charterkit.records import dataclass
from charterkit.render.listings.reminders import KINDS, when
from charterkit.serve.desk import Desk
from charterkit.serve.finding import MANY, Sought, as_form, bodies, members_here
from charterkit.serve.pages import back_to, desk_of, page
from charterkit.serve.ways import own_school, page_of

MOST = 6
"""Lines of what is due, and of open actions, before the rest is counted."""


async def home(request: Request) -> Response:
    """Every school of the workspace in a line; the only one whole."""
    desk = desk_of(request)
    if not desk.is_workspace:
        return back_to("/begin")
    folder = own_school(desk)
    if folder is not None:
        return _school(desk, folder)
    found = desk.workspace.once(_Everywhere(desk.today))
    wanted, is_long = Sought.asked(request.query_params, desk.workspace), len(found) > MANY
    waiting = None if is_long else next((each for each in found if each.following[0] != "report"), None)
    shown = wanted.among(desk.workspace, found) if is_long else found
    return page(
        desk,
        "home.html.j2",
        here="home",
        schools=[_line(each) for each in shown],
        many=len(found),
        form=as_form(wanted, desk.workspace) if is_long else None,
        next=_next(waiting) if waiting else None,
        waiting=waiting.name if waiting else "",
        overdue=sum(len(each.overdue) for each in found),
        examples=_examples(desk.workspace),
        above=[
            {"slug": each.slug, "name": each.school.name, "members": len(members_here(desk.workspace, each.slug))}
            for each in bodies(desk.workspace)
        ],
    )


async def school(request: Request) -> Response:
    """One school: where it stands, what is due, its open actions, and what to do next."""
    desk = desk_of(request)
    return _school(desk, desk.workspace.school(request.path_params["slug"]))


@dataclass(frozen=True, slots=True)
class _Everywhere:
    """Where every school stands on a day; it is worked out anew where a file has changed."""

    today: date

    def __call__(self, workspace: Workspace) -> tuple[Whereabouts, ...]:
        return tuple(whereabouts(workspace, self.today))


def _school(desk: Desk, folder: SchoolFolder) -> Response:
    workspace, today = desk.workspace, desk.today
    found = next(iter(whereabouts(workspace, today, folder.slug)), None)
    every = reminders(workspace, today, folder.slug)
    ahead = window(workspace, None)
    due = [each for each in every if each.standing(today, ahead) is DueState.DUE]
    late = [each for each in every if each.standing(today, ahead) is DueState.OVERDUE]
    actions = list(open_actions(folder))
    way = way_on(workspace, folder, today) if found and found.following[0] != "check" else None
    done, of = found.progress if found else (0, 0)
    return page(
        desk,
        "school.html.j2",
        here="home",
        whose=folder,
        found=found,
        stands=found.stands if found else "",
        done=done,
        of=of,
        next=_next(found) if found else None,
        way=way,
        way_page=page_of(way.command, folder.slug) if way else None,
        overdue=[_due(each, today) for each in late[:MOST]],
        more_overdue=max(len(late) - MOST, 0),
        due=[_due(each, today) for each in due[:MOST]],
        more_due=max(len(due) - MOST, 0),
        actions=[_action(each, today) for each in actions[:MOST]],
        more_actions=max(len(actions) - MOST, 0),
        members=0 if folder.is_school else len(members_here(workspace, folder.slug)),
        is_example=folder.slug in workspace.config.examples,
    )


def _line(found: Whereabouts) -> dict[str, Any]:
    done, of = found.progress
    return {
        "slug": found.slug,
        "name": found.name,
        "charter": found.charter,
        "stands": found.trouble or found.stands,
        "done": done,
        "of": of,
        "overdue": len(found.overdue),
        "next": _next(found),
    }


def _next(found: Whereabouts) -> dict[str, str] | None:
    """The page that comes next; a first self-evaluation is begun, not gone on with."""
    made = page_of(found.following, found.slug)
    if made and found.following == ("evaluate",) and found.newest is None:
        made["words"] = "Start the self-evaluation"
    elif made and found.following == ("evaluate",) and found.newest and found.newest.evaluation.status == "agreed":
        made["words"] = "Start this year’s self-evaluation"
    return made


def _due(reminder: Reminder, today: date) -> dict[str, str]:
    slug = reminder.folder.slug
    pages = {
        "review": f"/schools/{slug}/act/policies/{reminder.item}",
        "decision": f"/schools/{slug}/act/policies/{reminder.item}",
        "monitoring": f"/schools/{slug}/look/planner",
        "action": f"/schools/{slug}/act#actions",
        "target": f"/schools/{slug}/evaluate",
        "duty": f"/schools/{slug}/act/sign",
        "evaluation": f"/schools/{slug}/evaluate",
        "visit": f"/schools/{slug}/visits",
        "certificate": f"/schools/{slug}/look/visits",
        "commitment": f"/schools/{slug}/look/planner",
    }
    return {
        "kind": KINDS[reminder.kind],
        "title": reminder.title,
        "owner": reminder.owner_name or "",
        "due": reminder.due_words,
        "when": when(reminder.days(today)),
        "address": pages[reminder.kind],
    }


def _action(tracked: Tracked, today: date) -> dict[str, Any]:
    action = tracked.action
    return {
        "text": action.action,
        "owner": action.owner or "",
        "due": action.due.spoken if action.due else "",
        "is_overdue": tracked.is_overdue(today),
    }


def _examples(workspace: Workspace) -> list[dict[str, str]]:
    """The made-up schools, to try things on."""
    there = [slug for slug in workspace.config.examples if workspace.has_school(slug)]
    return [{"slug": slug, "name": workspace.school(slug).school.name} for slug in there]


ROUTES: list[BaseRoute] = [Route("/home", home), Route("/schools/{slug}", school)]
