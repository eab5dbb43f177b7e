"""The self-evaluation that a page is about, found by the names in its address: each is looked up, none is a path."""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import quote

from starlette.requests import Request

from charterkit.errors import Conflict, NotThere
from charterkit.files.workspace import SchoolFolder
from charterkit.findings import TreePath
from charterkit.insight.evaluations.actions import Tracked
from charterkit.insight.evaluations.choosing import charter_for, demand_levels, warn_of_left_out
from charterkit.insight.evaluations.evaluated import Standing
from charterkit.insight.evaluations.naming import numbers_shown
from charterkit.insight.evaluations.part_answers import part_way
from charterkit.insight.evaluations.raters import Agreement, SideBySide
from charterkit.model.charter import Aspect, Charter
from charterkit.model.dates import Cycle
from charterkit.records import dataclass
from charterkit.render.shared.levels import Badge, badges
from charterkit.serve.desk import Desk
from charterkit.serve.forms import cycle_of
from charterkit.serve.pages import desk_of, fingerprint
from charterkit.session.answer_keys import GuideAnswers
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.session.merging import Merging
from charterkit.session.open_actions import aspect_now, from_before
from charterkit.session.parts import Parts
from charterkit.session.rater_file import RaterFile

WHOLE = "whole"
"""Stands in an address before what is rated besides aspects: a key point, or everything."""


@dataclass(frozen=True)
class CardPlace:
    """What one card is about: an aspect, or with `is_whole` a key point or everything seen as a whole."""

    name: str
    is_whole: bool = False

    @property
    def anchor(self) -> str:
        """Where the card stands in the page."""
        return f"{WHOLE}-{self.name}" if self.is_whole else f"aspect-{self.name}"

    @property
    def address(self) -> str:
        """The end of its address."""
        return f"{WHOLE}/{self.name}" if self.is_whole else self.name


class CardSheet(Protocol):
    """What is shown card by card and written by presses of buttons: a self-evaluation, or a visit."""

    @property
    def charter(self) -> Charter:
        """As the school is asked."""

    def fingerprint(self, place: CardPlace) -> str:
        """Tells what the file holds of a card."""

    def standing(self, place: CardPlace) -> Standing | None:
        """Where the school stands on what a card is about, or what a visitor says; None where there are no levels."""

    def refresh(self) -> None:
        """Take in what is on disk now."""

    def forget(self) -> None:
        """Work out anew what hangs on the file: it was written."""

    def demand(self, place: CardPlace) -> None:
        """Raises NotThere for what the charter does not have."""

    def at_once(self) -> AbstractContextManager[None]:
        """What is written within it is taken back as one answer."""


def demand_aspect_here(charter: Charter, name: str) -> None:
    """Raises NotThere for an aspect that a charter does not have."""
    if name not in charter.aspects:
        facts = {"kind": charter.rated_kind, "meant": None, "charter": charter.id}
        raise NotThere("no-aspect", aspect=name, version=charter.version, **facts)


@dataclass
class RatingSheet:
    """One school's self-evaluation as it stands on disk at the moment of a request."""

    desk: Desk
    file: EvaluationFile
    notices: tuple[str, ...] = ()

    @cached_property
    def parts(self) -> Parts:
        """What is rated besides aspects."""
        return Parts(self.file)

    @property
    def charter(self) -> Charter:
        """As the school is asked."""
        return self.file.charter

    @property
    def slug(self) -> str:
        """The school's folder."""
        return self.file.folder.slug

    @property
    def query(self) -> str:
        """The end of every address of this sheet."""
        rater = f"&rater={quote(self.file.rater)}" if self.file.rater else ""
        return f"charter={self.file.charter.id}&cycle={self.file.cycle}{rater}"

    @property
    def address(self) -> str:
        """Of its page, without what follows the question mark."""
        return f"/schools/{self.slug}/evaluate"

    @property
    def standings(self) -> Mapping[str, Standing]:
        """Where the school stands on each aspect."""
        return self.file.standings

    def standing(self, place: CardPlace) -> Standing:
        """Where the school stands on it."""
        return self.parts.standing(place.name) if place.is_whole else self.file.standings[place.name]

    def aspect(self, place: CardPlace) -> Aspect | None:
        """The aspect; None for a whole."""
        return None if place.is_whole else self.file.charter.aspects[place.name]

    def fingerprint(self, place: CardPlace) -> str:
        """Tells what the file holds of it, and the actions that are to improve it: other things may change meanwhile.

        With their places in the plan, by which they are changed.
        """
        way: TreePath = part_way(place.name) if place.is_whole else (self.file.charter.ratings_key, place.name)
        entry: Any = self._tree
        for key in way:
            entry = entry.get(key) if isinstance(entry, Mapping) else None
        listed = self._tree.get("actions")
        actions = [] if place.is_whole or not isinstance(listed, list) else list(enumerate(listed))
        own = [pair for pair in actions if isinstance(pair[1], Mapping) and pair[1].get("aspect") == place.name]
        return fingerprint(json.dumps([entry, own], default=str, sort_keys=True))

    def at_once(self) -> AbstractContextManager[None]:
        """What is written within it is taken back as one answer."""
        return self.file.at_once()

    def refresh(self) -> None:
        """Take in what is on disk now."""
        self.file.refresh()
        self.forget()

    def forget(self) -> None:
        """Work out anew what hangs on the file: it was written."""
        for name in ("_tree", "open_before", "merging"):
            self.__dict__.pop(name, None)

    @cached_property
    def badges(self) -> dict[str, Badge]:
        """The charter's levels as they are shown, by id."""
        return badges(self.file.charter)

    @cached_property
    def keys(self) -> GuideAnswers:
        """What each level and command is answered by."""
        return GuideAnswers(self.file.charter)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The aspects' numbers."""
        return numbers_shown(self.file.charter)

    @cached_property
    def merging(self) -> Merging | None:
        """What several people said before the meeting; None where nobody did, and for one of them."""
        if self.file.rater:
            return None
        try:
            return Merging(self.file)
        except (NotThere, Conflict):
            return None

    @cached_property
    def said_by(self) -> Mapping[str, SideBySide]:
        """Of each aspect of which anybody said anything before the meeting, who said what."""
        found = self.merging.beside if self.merging else []
        return {each.aspect.id: each for each in found if each.agreement is not Agreement.NOBODY}

    @cached_property
    def open_before(self) -> Mapping[str | None, list[Tracked]]:
        """The actions that are open from before and of which nothing is said yet, by the aspect they are to improve."""
        found: dict[str | None, list[Tracked]] = {}
        if self.file.rater:  # the plan is not one rater's
            return found
        for tracked in from_before(self.file):
            found.setdefault(aspect_now(self.file, tracked), []).append(tracked)
        return found

    @cached_property
    def _tree(self) -> Mapping[str, Any]:
        held = self.file.held(())
        return held if isinstance(held, Mapping) else {}

    def demand(self, place: CardPlace) -> None:
        """Raises NotThere for what the charter does not have."""
        file = self.file
        if place.is_whole and place.name not in self.parts.headings:
            raise NotThere(
                "no-part", part=place.name, meant=None, charter=file.charter.id, version=file.charter.version
            )
        if not place.is_whole:
            demand_aspect_here(file.charter, place.name)


def sheet_of(request: Request) -> RatingSheet:
    """The self-evaluation that an address names. Raises CharterkitError where there is none, or it cannot be read."""
    desk, query = desk_of(request), request.query_params
    folder = desk.workspace.choose_school(request.path_params["slug"])
    charter = charter_for(desk.workspace, folder, query.get("charter") or None)
    file = _file(desk, folder, charter, cycle_of(query.get("cycle", "")), query.get("rater", ""))
    demand_levels([file.evaluated])
    key = (folder.slug, charter.id, file.path)
    if key in desk.files:
        file.go_on_from(desk.files[key])
    desk.files[key] = file
    notices: list[str] = []
    warn_of_left_out(desk.workspace, folder, notices.append)
    return RatingSheet(desk, file, tuple(notices))


def _file(desk: Desk, folder: SchoolFolder, charter: Charter, cycle: Cycle | None, rater: str) -> EvaluationFile:
    """The school's evaluation, or the ratings of somebody before the meeting."""
    if not rater.strip():
        return EvaluationFile(desk.workspace, folder, charter, cycle, desk.today)
    return RaterFile(desk.workspace, folder, charter, cycle, desk.today, rater=rater)


def demand_seen(sheet: CardSheet, place: CardPlace, seen: str) -> None:
    """Raises Conflict where the file has moved on since a card was shown."""
    if sheet.fingerprint(place) != seen:
        raise Conflict("page-moved-on")
