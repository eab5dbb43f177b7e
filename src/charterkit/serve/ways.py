"""Where the page leads: the way through it, and which page does what a command would."""

from collections.abc import Sequence
from typing import Any

from charterkit.errors import CharterkitError
from charterkit.files.workspace import SchoolFolder
from charterkit.serve.desk import Desk

_PAGES: dict[tuple[str, ...], tuple[str, str]] = {
    ("check",): ("See what is wrong in the files", "/mend"),
    ("new", "school"): ("Add a school", "/begin"),
    ("render-form",): ("The form for the meeting", "/schools/{slug}/look/form"),
    ("evaluate",): ("Go on with the self-evaluation", "/schools/{slug}/evaluate"),
    ("evaluate", "--agree"): ("Agree the self-evaluation", "/schools/{slug}/act/agree"),
    ("report", "--open"): ("Look at the report", "/schools/{slug}/look/report"),
    ("sign",): ("Sign up to the charter", "/schools/{slug}/act/sign"),
    ("ready",): ("See what is missing", "/schools/{slug}/look/ready"),
    ("visit", "request"): ("Ask for a visit", "/schools/{slug}/visits/request"),
    ("visit", "answer"): ("Read what the visitor found, and answer", "/schools/{slug}/visits/answer"),
}
"""What a command's page is called, and where it is."""


def page_of(command: Sequence[str], slug: str) -> dict[str, str] | None:
    """The page that does what a command would: its words and its address; None where there is none."""
    found = _PAGES.get(tuple(command))
    return {"words": found[0], "address": found[1].format(slug=slug)} if found else None


def own_school(desk: Desk) -> SchoolFolder | None:
    """The only school of their own; None where there are several, or none yet."""
    slugs = desk.workspace.own_slugs if desk.is_workspace else []
    if len(slugs) > _FEW:
        return None
    schools = [folder for slug in slugs if (folder := desk.workspace.school(slug)).is_school]
    return schools[0] if len(schools) == 1 else None


_FEW = 5
"""A workspace with more organisations than these is asked for no only school."""


def ways(desk: Desk, folder: SchoolFolder | None) -> list[dict[str, Any]]:
    """The way through the page, of a school where one is meant."""
    if not desk.is_workspace:
        return [{"name": "begin", "words": "Begin", "address": "/begin"}]
    base = f"/schools/{folder.slug}" if folder else ""
    rates = [{"name": "evaluate", "words": "Evaluate", "address": f"{base}/evaluate"}]
    whose = [
        *(rates if folder and folder.is_school else ()),
        {"name": "look", "words": "Look", "address": f"{base}/look"},
        {"name": "act", "words": "Act", "address": f"{base}/act"},
    ]
    home = {"name": "home", "words": "Home", "address": "/home"}
    together = [{"name": "overview", "words": "Overview", "address": "/overview"}]
    is_of_many = folder is None and len(desk.workspace.own_slugs) > 1
    return [
        home,
        *(whose if folder else together if is_of_many else ()),
        {"name": "mend", "words": "Mend", "address": "/mend"},
    ]


_OUT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("no-evaluation", "nothing-begun", "nothing-before", "no-action"), ("evaluate",)),
    "draft-not-published": ("evaluate", "--agree"),
    **dict.fromkeys(("evaluation-unusable", "unreadable-first", "no-longer-readable", "has-mistake"), ("check",)),
    **dict.fromkeys(("may-be-meant", "may-be-meant-of-any-cycle", "unreadable", "file-unreadable"), ("check",)),
    **dict.fromkeys(("unreadable-levels", "form-unreadable", "action-unreadable", "draft-unread"), ("check",)),
    **dict.fromkeys(("no-charters", "not-utf-8"), ("check",)),
    **dict.fromkeys(("no-schools", "no-own-school"), ("new", "school")),
    **dict.fromkeys(("no-form", "no-table", "form-lost-marks", "form-lost-column"), ("render-form",)),
}
"""By an error's code the command that its hint names, as far as a page does the same."""
_OF_ALL = (("check",), ("new", "school"))
"""Pages that are no school's."""


def way_out(error: CharterkitError, slug: str) -> dict[str, str] | None:
    """The page that does what an error's hint asks for; None where there is none."""
    command = _OUT.get(error.code, ())
    return page_of(command, slug) if slug or command in _OF_ALL else None
