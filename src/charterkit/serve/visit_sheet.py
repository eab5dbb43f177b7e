"""The visit that a page is about, found by the names in its address: each is looked up, none is a path."""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from charterkit.choices import VISIT_PURPOSES, VisitPurpose
from charterkit.errors import Refused
from charterkit.files.yaml.reader import parse
from charterkit.insight.evaluations.evaluated import Standing
from charterkit.insight.evaluations.naming import numbers_shown
from charterkit.insight.visits.visited import InTheWay, Visited
from charterkit.model.base import BadValue
from charterkit.model.charter import Charter
from charterkit.model.dates import PartialDate
from charterkit.model.survey import Survey
from charterkit.records import dataclass
from charterkit.render.report.evidence import surveys
from charterkit.render.shared.levels import Badge, badges
from charterkit.serve.desk import Desk
from charterkit.serve.pages import desk_of, fingerprint
from charterkit.serve.sheet import CardPlace, demand_aspect_here
from charterkit.session.answer_keys import OF_A_VISIT, GuideAnswers
from charterkit.session.visit_begun import visit_meant
from charterkit.session.visit_file import VisitFile

THE_VISIT = CardPlace("visit", is_whole=True)
"""What is said of the visit, and of no aspect."""
_OF_THE_WHOLE = ("visitors", "looked_at", "summary", "outcome", "award", "support_log")


@dataclass
class VisitSheet:
    """One visit to a school as it stands on disk at the moment of a request."""

    desk: Desk
    file: VisitFile
    day: PartialDate
    purpose: VisitPurpose | None

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
        """The end of every address of this visit."""
        said = {"charter": self.charter.id, "date": str(self.day), "purpose": self.purpose}
        return urlencode({key: value for key, value in said.items() if value})

    @property
    def address(self) -> str:
        """Of its page, without what follows the question mark."""
        return f"/schools/{self.slug}/visits/record"

    @cached_property
    def found(self) -> Visited:
        """The visit beside the school's own ratings."""
        return self.file.visited

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """What the visitor says of each aspect."""
        return self.found.standings

    def standing(self, place: CardPlace) -> Standing | None:
        """What the visitor says of an aspect; the visit as a whole has no level."""
        return None if place.is_whole else self.standings[place.name]

    @cached_property
    def against(self) -> Mapping[str, InTheWay]:
        """What is not known to be at the mark, by aspect."""
        return {each.aspect: each for each in self.found.in_the_way()}

    @cached_property
    def surveys(self) -> Mapping[str, Survey]:
        """The school's surveys by id."""
        return surveys(self.file.folder)

    def fingerprint(self, place: CardPlace) -> str:
        """Tells what the file holds of an aspect; of the whole, what its form shows."""
        findings = self._tree.get("findings")
        if place.is_whole:
            held: Any = [self._tree.get(key) for key in _OF_THE_WHOLE]
        else:
            held = findings.get(place.name) if isinstance(findings, Mapping) else None
        return fingerprint(json.dumps(held, default=str, sort_keys=True))

    def at_once(self) -> AbstractContextManager[None]:
        """What is written within it is taken back as one answer."""
        return self.file.at_once()

    def refresh(self) -> None:
        """Take in what is on disk now."""
        self.file.refresh()
        self.forget()

    def forget(self) -> None:
        """Work out anew what hangs on the file: it was written."""
        for name in ("_tree", "found", "standings", "against"):
            self.__dict__.pop(name, None)

    def demand(self, place: CardPlace) -> None:
        """Raises NotThere for an aspect that the charter does not have."""
        if not place.is_whole:
            demand_aspect_here(self.charter, place.name)

    @cached_property
    def badges(self) -> dict[str, Badge]:
        """The charter's levels as they are shown, by id."""
        return badges(self.charter)

    @cached_property
    def keys(self) -> GuideAnswers:
        """What each level and command is answered by."""
        return GuideAnswers(self.charter, OF_A_VISIT)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The aspects' numbers."""
        return numbers_shown(self.charter)

    @cached_property
    def _tree(self) -> Mapping[str, Any]:
        tree = parse(self.file.existing.data).tree if self.file.existing else {}
        return tree if isinstance(tree, Mapping) else {}


def day_named(said: str) -> PartialDate | None:
    """The day of a visit, as people write it; None where none is said. Raises Refused for what is none."""
    try:
        return PartialDate.meant(said) if said.strip() else None
    except BadValue as bad:
        raise Refused("page-not-read", what="The day of the visit", why=bad.message, remedy=bad.remedy) from None


def purpose_named(said: str) -> VisitPurpose | None:
    """What a visit is for, as an address has it; None where it does not say. Raises Refused for another word."""
    if said and said not in VISIT_PURPOSES:
        raise Refused("no-such-answer", word=said, what="what a visit is for", known=list(VISIT_PURPOSES))
    return next((purpose for purpose in VISIT_PURPOSES if purpose == said), None)


def visit_sheet_of(request: Request) -> VisitSheet:
    """The visit that an address names, or a new one. Raises CharterkitError where it cannot be read, or not be yet."""
    desk, query = desk_of(request), request.query_params
    folder = desk.workspace.choose_school(request.path_params["slug"])
    day, purpose = day_named(query.get("date", "")), purpose_named(query.get("purpose", ""))
    meant = visit_meant(desk.workspace, folder, query.get("charter") or None, desk.today, when=day, purpose=purpose)
    file = VisitFile(desk.workspace, meant, desk.today)
    if file.path in desk.visits:
        file.go_on_from(desk.visits[file.path])
    desk.visits[file.path] = file
    there = meant.existing.model if meant.existing else None
    on = (there and there.date) or meant.head["date"]
    return VisitSheet(desk, file, on, there.purpose if there else meant.head["purpose"])
