"""One visit read against its charter, beside the school's own self-evaluation of that time; never merged."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.evaluations.awards import awards_of, needed
from charterkit.insight.evaluations.evaluated import (
    Evaluated,
    RatingState,
    Standing,
    asked_of,
    in_order,
    standing,
    usable,
)
from charterkit.model.base import slug
from charterkit.model.charter import Award, Charter
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Rating
from charterkit.model.visit import Visit, VisitFinding
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class InTheWay:
    """An aspect that is not known to be at the mark of a visit, and by whose word; nobody's where none gave any."""

    aspect: str
    whose: Literal["visitor", "school", "nobody"]
    standing: Standing
    reason: str = ""
    """Why the visit may be met all the same, as the visitor wrote it."""


@dataclass(frozen=True, slots=True)
class Visited:
    """A visit to a school, the charter version it is about, as the school is asked, and what stands on either side."""

    folder: SchoolFolder
    document: Document[Visit]
    visit: Visit
    charter: Charter
    standings: Mapping[str, Standing]
    """The visitor's own rating of each aspect of the charter; not rated where the visitor gave none."""
    school: Evaluated | None
    """The school's self-evaluation of the same charter version that the visit looked at."""

    @property
    def day(self) -> PartialDate | None:
        """The day of the visit; of one to come the last that was agreed on."""
        return self.visit.date or next(reversed(self.visit.agreed_dates), None)

    @property
    def order(self) -> date:
        """By its day, else when it was asked for."""
        when = self.day or self.visit.requested
        return when.last if when else date.min

    @property
    def is_held(self) -> bool:
        """Whether it has taken place: something was found, or how it ended is written down."""
        return bool(self.visit.findings) or self.visit.outcome is not None

    @property
    def award(self) -> Award | None:
        """The charter's award that the visit ends in, or is held to."""
        return next((award for award in awards_of(self.charter) if award.id == self.visit.award), None)

    def of_school(self, aspect: str) -> Standing | None:
        """The school's own rating of an aspect; None where it has no self-evaluation of this version."""
        return self.school.standings.get(aspect) if self.school else None

    def in_the_way(self) -> list[InTheWay]:
        """The aspects that are not at the mark, in the charter's order: of those the visitor rated by that rating, of
        the others by the school's own. What nobody rated is not known to be there either.

        The mark is the award's where the visit names one, else what counts as met.
        """
        found = (self._against(aspect) for aspect in self.charter.aspects)
        return [each for each in found if each is not None]

    def unexplained(self) -> list[InTheWay]:
        """Those of them for which the visitor gave no reason why the visit may be met all the same."""
        return [each for each in self.in_the_way() if not each.reason]

    def _against(self, aspect: str) -> InTheWay | None:
        own, beside = self.standings[aspect], self.of_school(aspect)
        reason = (own.entry.reason or "").strip() if own.entry else ""
        said, whose = (own, "visitor") if own.state is not RatingState.NOT_RATED else (beside or own, "school")
        if said.state is RatingState.NOT_APPLICABLE and (whose == "school" or reason):
            return None
        if said.level and said.rank >= self._mark(aspect):
            return None
        return InTheWay(aspect, "nobody" if said.state is RatingState.NOT_RATED else whose, said, reason)  # type: ignore[arg-type]  # one of the two

    def _mark(self, aspect: str) -> int:
        return needed(self.charter, self.award, aspect) if self.award else self.charter.mark(aspect)


def visited(workspace: Workspace, folder: SchoolFolder, document: Document[Visit]) -> Visited | None:
    """A visit read against its charter; None where the file cannot be read, or the workspace lacks that version.

    One that lies in a trust's folder and names a school is that school's.
    """
    visit = document.model
    if visit is None:
        return None
    found = workspace.charters.get((visit.charter or "", visit.charter_version or ""))
    if found is None or found.model is None:
        return None
    if visit.school and workspace.has_school(visit.school):
        folder = workspace.school(visit.school)
    charter = asked_of(folder, found.model)
    return Visited(
        folder, document, visit, charter, standings_of(document, charter), looked_at(workspace, folder, visit)
    )


def visits_of(workspace: Workspace, folder: SchoolFolder, charter: str | None = None) -> list[Visited]:
    """The visits to a school that can be read, of one charter where it is named, oldest first."""
    read = (visited(workspace, folder, document) for document in folder.visits)
    found = [each for each in read if each and charter in (None, each.charter.id)]
    return sorted(found, key=lambda each: each.order)


def standings_of(document: Document[Visit], charter: Charter) -> dict[str, Standing]:
    """What the visitor says of each aspect of a charter, as a self-evaluation has it."""
    bad = {slug(str(name)): entry for name, entry in document.loaded.unreadable_in("findings").items()}
    findings = document.model.findings if document.model else {}
    entries = {aspect: as_rating(finding, charter) for aspect, finding in findings.items()}
    return {aspect: standing(entries.get(aspect), bad.get(aspect), charter) for aspect in charter.aspects}


def as_rating(finding: VisitFinding, charter: Charter) -> Rating:
    """A visitor's finding in the form of a rating, levels by their ids."""
    groups = {group: charter.level_of(word) or word for group, word in finding.groups.items()}
    level = charter.level_of(finding.rating) or finding.rating if finding.rating else None
    return Rating(rating=level, reason=finding.reason, note=finding.note, groups=groups, evidence=finding.looked_at)


def looked_at(workspace: Workspace, folder: SchoolFolder, visit: Visit) -> Evaluated | None:
    """The self-evaluation that a visit looked at: the newest agreed one of its charter version that was there on its
    day, else the newest draft. None where there was none.
    """
    day = visit.date.last if visit.date else None
    every = in_order(usable(workspace, folder), visit.charter or "")
    there = [
        held for held in every if held.charter.version == visit.charter_version and (day is None or held.day <= day)
    ]
    agreed = [held for held in there if held.evaluation.status == "agreed"]
    return next(reversed(agreed or there), None)
