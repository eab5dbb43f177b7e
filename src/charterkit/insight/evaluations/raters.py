"""Several people's ratings before a meeting: whose are there, and side by side who said what."""

import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256

from charterkit.files.names import DRAFTS
from charterkit.files.workspace import Document, SchoolFolder
from charterkit.insight.evaluations.best_fit import OVERALL
from charterkit.insight.evaluations.evaluated import NOT_RATED, Evaluated, RatingState, Standing, evaluated
from charterkit.insight.evaluations.part_answers import parts_of
from charterkit.model.base import slug
from charterkit.model.charter import Aspect, Charter
from charterkit.model.dates import Cycle
from charterkit.model.evaluation import Evaluation
from charterkit.records import dataclass

LONGEST_NAME = 80
"""Characters of a rater's name, the most."""
_LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True)
class Rater:
    """One person and what they rated."""

    name: str
    held: Evaluated
    document: Document[Evaluation]


class Agreement(StrEnum):
    """How far apart raters are on an aspect, what a meeting has to talk about most first."""

    FAR = "far"
    """More than one level apart; or it does not apply for one of them."""
    NEAR = "near"
    AGREED = "agreed"
    """All of them rated it, and alike."""
    SOME = "some"
    """Alike, but not all of them rated it."""
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What each rater said of one aspect, in the raters' order."""

    aspect: Aspect
    standings: tuple[Standing, ...]
    agreement: Agreement

    @property
    def answer(self) -> str | None:
        """The level, or not-applicable, that all of them gave; None where they did not."""
        return self.standings[0].word if self.agreement is Agreement.AGREED else None


def name_slug(name: str) -> str:
    """What a rater's file is called by. A name without a letter from a to z has one that is made of all of it."""
    return slug(name)[:_LONGEST_SLUG].strip("-") or f"rater-{sha256(folded(name).encode()).hexdigest()[:8]}"


def folded(name: str) -> str:
    """A name as it is compared: capitals, blanks and the ways to write an accent make no difference."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def draft_path(folder: SchoolFolder, cycle: Cycle, name: str, charter: str = "") -> str:
    """Where a rater's draft lies; with a charter, where another charter's draft has the usual name."""
    stem = f"{charter}-{cycle}" if charter else str(cycle)
    return f"{folder.path}/{DRAFTS}/{stem}-{name_slug(name)}.yaml"


def rater_of(document: Document[Evaluation]) -> str:
    """Whose a draft is: as it says itself, else its file's name."""
    return (document.model.rater if document.model and document.model.rater else "") or document.stem


def raters(folder: SchoolFolder, charter: Charter, cycle: Cycle) -> list[Rater]:
    """Who rated the school for this charter and cycle, by name. Their ratings are read against this very version."""
    found = []
    for document in folder.drafts:
        model = document.model
        held = evaluated(document, charter) if model and model.charter == charter.id and model.cycle == cycle else None
        if held is not None:
            found.append(Rater(rater_of(document), held, document))
    return sorted(found, key=lambda rater: (folded(rater.name), rater.document.path))


def unusable_drafts(folder: SchoolFolder) -> list[str]:
    """The paths of drafts that cannot be used: nobody can tell of which charter or cycle they are."""
    return [document.path for document in folder.drafts if document.model is None or document.model.cycle is None]


def side_by_side(charter: Charter, found: Sequence[Rater]) -> list[SideBySide]:
    """Every aspect with who said what: those furthest apart first, then in the charter's order.

    Where a charter rates key points and the whole besides, these stand among them by what they are called in files.
    """
    order = list(Agreement)
    parts = [
        Aspect(id=part, text=heading) for part, heading in parts_of(charter).items() if part not in charter.aspects
    ]
    every = [
        _beside(aspect, [standing_on(rater.held, aspect.id) for rater in found])
        for aspect in (*charter.aspects.values(), *parts)
    ]
    return sorted(every, key=lambda each: order.index(each.agreement))


def standing_on(held: Evaluated, name: str) -> Standing:
    """Where an evaluation stands on an aspect, a key point or the whole."""
    found = held.standings.get(name) or held.points.get(name)
    return found or (held.overall if name == OVERALL else NOT_RATED)


def _beside(aspect: Aspect, standings: Sequence[Standing]) -> SideBySide:
    return SideBySide(aspect, tuple(standings), _agreement(standings))


def _agreement(standings: Sequence[Standing]) -> Agreement:
    said = [standing for standing in standings if standing.is_answered]
    if not said:
        return Agreement.NOBODY
    ranks = [standing.rank for standing in said]
    if len({standing.state for standing in said}) > 1 or max(ranks) - min(ranks) > 1:
        return Agreement.FAR
    if max(ranks) > min(ranks):
        return Agreement.NEAR
    return Agreement.AGREED if len(said) == len(standings) else Agreement.SOME


def unread_by(found: Sequence[Rater]) -> list[tuple[Rater, str]]:
    """Aspects of which a rater's entry cannot be read, each with whose it is: nobody can tell what they said."""
    return [
        (rater, aspect)
        for rater in found
        for aspect, standing in rater.held.standings.items()
        if standing.state is RatingState.UNREADABLE
    ]
