"""One self-evaluation read against its charter: where the school stands on each aspect."""

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from charterkit.files.load import Unreadable
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.translations.speaking import charter_in_language
from charterkit.model.base import slug
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle
from charterkit.model.evaluation import Evaluation, Rating
from charterkit.model.scale import NOT_APPLICABLE, Level
from charterkit.records import dataclass
from charterkit.text.english import alternatives
from charterkit.text.safe import shown
from charterkit.text.speech import mark, tr


class RatingState(StrEnum):
    """What is known about an aspect. Only a rated one counts as better or worse than another."""

    RATED = "rated"
    NOT_APPLICABLE = "not-applicable"
    NOT_RATED = "not-rated"
    UNREADABLE = "unreadable"


class Standing(NamedTuple):
    """Where the school stands on one aspect. It is made a million times, so it is the kind that is made quickest."""

    state: RatingState
    level: Level | None = None
    rank: int = -1
    """The level's place on the scale, the worst 0; -1 without a level."""
    entry: Rating | None = None
    why: str = ""
    """Of an unreadable one: what is wrong."""

    @property
    def is_answered(self) -> bool:
        """Whether it was rated, or said not to apply."""
        return self.state in (RatingState.RATED, RatingState.NOT_APPLICABLE)

    @property
    def word(self) -> str | None:
        """The rating as JSON and CSV show it; None for not yet rated."""
        if self.level:
            return self.level.id
        return None if self.state is RatingState.NOT_RATED else self.state.value


NOT_RATED = Standing(RatingState.NOT_RATED)
SPOILT = Standing(RatingState.UNREADABLE, why=mark("the charter's own entry for this aspect cannot be read"))
ANY = "*"
_DEPTH_OF_ASPECTS = 3  # key_points, its number, aspects


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A self-evaluation, its charter version, and the standing on each of the charter's aspects, in its order."""

    document: Document[Evaluation]
    evaluation: Evaluation
    charter: Charter
    cycle: Cycle
    standings: dict[str, Standing]
    spoilt: frozenset[str] = frozenset()
    """Aspects that the charter's own file holds and that cannot be read there; ANY where not even their ids can."""
    not_asked: frozenset[str] = frozenset()
    """Aspects of the charter that do not apply to a school of this phase and type."""
    points: dict[str, Standing] = field(default_factory=dict)
    """Where the school stands on each key point, where the charter rates aspects and key points both."""
    overall: Standing = NOT_RATED
    """Where the leaders see the whole, where the charter rates more than aspects."""

    def is_spoilt(self, aspect: str) -> bool:
        """Whether an aspect may be one of those: then it is neither new nor gone, it is unreadable."""
        return aspect in self.spoilt or ANY in self.spoilt

    def is_met(self, aspect: str) -> bool:
        """Whether an aspect is rated at its mark or above."""
        standing = self.standings[aspect]
        return standing.level is not None and standing.rank >= self.charter.mark(aspect)

    def is_below(self, aspect: str) -> bool:
        """Whether an aspect is rated below its mark."""
        return 0 <= self.standings[aspect].rank < self.charter.mark(aspect)

    @property
    def day(self) -> date:
        """The last day its date may mean; its cycle's first where the date cannot be read."""
        return self.evaluation.date.last if self.evaluation.date else self.cycle.first

    @property
    def order(self) -> tuple[date, date, date]:
        """By date, ties by cycle."""
        return (self.day, self.cycle.first, self.cycle.last)


def spoilt_aspects(charter: Document[Charter]) -> frozenset[str]:
    """What a charter's file holds that cannot be read as aspects: their ids, and the earlier ids they go on from."""
    found: set[str] = set()
    for entry in charter.loaded.unreadable:
        raw = entry.raw if isinstance(entry.raw, dict) else {}
        olds = raw.get("replaces")
        found.update(str(name) for name in (raw.get("id", ANY), *(olds if isinstance(olds, list) else ())))
    inside = [problem.at for problem in charter.loaded.problems if problem.at[:1] == ("key_points",)]
    if any(len(at) < _DEPTH_OF_ASPECTS or (len(at) == _DEPTH_OF_ASPECTS and at[2] == "aspects") for at in inside):
        found.add(ANY)
    return frozenset(found)


def evaluated(
    document: Document[Evaluation], charter: Charter, spoilt: frozenset[str] = frozenset()
) -> Evaluated | None:
    """An evaluation read against a charter version; None when its cycle cannot be told."""
    evaluation = document.model
    if evaluation is None:
        return None
    cycle = evaluation.cycle or (Cycle.containing(evaluation.date.first) if evaluation.date else None)
    if cycle is None:
        return None
    evaluation = as_meant(evaluation, charter)
    if charter.rated == "key-points":
        evaluation = evaluation.model_copy(update={"ratings": evaluation.key_points})
    made = Evaluated(document, evaluation, charter, cycle, _standings(document, evaluation, charter), spoilt)
    if not charter.rates_key_points:
        return made
    points = _in_points(document, evaluation, charter) if charter.rated == "both" else {}
    return replace(made, points=points, overall=_overall(document, evaluation, charter))


def _standings(document: Document[Evaluation], evaluation: Evaluation, charter: Charter) -> dict[str, Standing]:
    if charter.ratings_key in document.loaded.broken:
        lost = Standing(RatingState.UNREADABLE, why=tr("the ratings of this file cannot be read"))
        return dict.fromkeys(charter.aspects, lost)
    bad = _unreadable(document, charter.ratings_key)
    return {aspect: standing(evaluation.ratings.get(aspect), bad.get(aspect), charter) for aspect in charter.aspects}


def _in_points(document: Document[Evaluation], evaluation: Evaluation, charter: Charter) -> dict[str, Standing]:
    bad = _unreadable(document, "key_points")
    points = dict.fromkeys(point.id for point in charter.key_points)
    return {point: standing(evaluation.key_points.get(point), bad.get(point), charter) for point in points}


def _overall(document: Document[Evaluation], evaluation: Evaluation, charter: Charter) -> Standing:
    spoilt = next((problem for problem in document.loaded.problems if problem.at[:1] == ("overall",)), None)
    if spoilt and (evaluation.overall is None or evaluation.overall.rating is None):
        return Standing(RatingState.UNREADABLE, why=spoilt.message)
    return standing(evaluation.overall, None, charter)


def _unreadable(document: Document[Evaluation], key: str) -> dict[str, Unreadable]:
    return {slug(str(name)): entry for name, entry in document.loaded.unreadable_in(key).items()}


def as_meant(evaluation: Evaluation, charter: Charter) -> Evaluation:
    """The evaluation with levels by their ids, where the file has them by their labels; itself where it has none."""
    changed: dict[str, Any] = {}
    for key in ("ratings", "key_points"):
        entries: dict[str, Rating] = getattr(evaluation, key)
        meant = {name: found for name, entry in entries.items() if (found := _meant(entry, charter)) is not entry}
        changed |= {key: {**entries, **meant}} if meant else {}
    overall = _meant(evaluation.overall, charter) if evaluation.overall else None
    changed |= {"overall": overall} if overall is not evaluation.overall else {}
    return evaluation.model_copy(update=changed) if changed else evaluation


def _meant(rating: Rating, charter: Charter) -> Rating:
    levels, target = charter.levels, rating.target
    is_level = rating.rating in (None, NOT_APPLICABLE) or rating.rating in levels
    is_target = target is None or target.level in levels
    if is_level and is_target and (not rating.groups or all(level in levels for level in rating.groups.values())):
        return rating
    level = charter.level_of(rating.rating) if rating.rating else None
    groups = {group: charter.level_of(word) or word for group, word in rating.groups.items()}
    aim = replace(target, level=charter.level_of(target.level) or target.level) if target else None
    return replace(rating, rating=level or rating.rating, groups=groups, target=aim)


def standing(entry: Rating | None, bad: Unreadable | None, charter: Charter) -> Standing:
    """Where one entry leaves an aspect. A level the charter does not have is unreadable, never "not rated"."""
    if bad is not None:
        return Standing(RatingState.UNREADABLE, why=bad.problem.message)
    if entry is None or entry.rating is None:
        return Standing(RatingState.NOT_RATED, entry=entry) if entry else NOT_RATED
    if entry.rating == NOT_APPLICABLE:
        return Standing(RatingState.NOT_APPLICABLE, entry=entry)
    level = charter.levels.get(entry.rating)
    if level is None:
        return Standing(RatingState.UNREADABLE, entry=entry, why=unknown_level(entry.rating, charter))
    return Standing(RatingState.RATED, level, charter.ranks[level.id], entry)


def unknown_level(rating: str, charter: Charter) -> str:
    """The sentence about a word that is no level."""
    text = "'%(word)s' is not a level of this charter: write %(levels)s"
    return tr(text, word=shown(rating), levels=alternatives(list(charter.levels)))


def timeline(workspace: Workspace, folder: SchoolFolder, charter: str) -> list[Evaluated]:
    """A school's self-evaluations of a charter, oldest first; of two for one cycle, the one named after it.

    One whose charter version the workspace lacks, or whose cycle cannot be told, is left out: `left_out` names it.
    """
    return in_order(usable(workspace, folder), charter)


def in_order(found: Sequence[Evaluated], charter: str) -> list[Evaluated]:
    """Those of a charter, oldest first."""
    return sorted((held for held in found if held.evaluation.charter == charter), key=lambda held: held.order)


def left_out(workspace: Workspace, folder: SchoolFolder) -> list[str]:
    """The paths of evaluations that cannot be used at all, so that whoever shows the rest can say so.

    Of two about one cycle, the one that gives way is not among them: `rivals` of the folder names it.
    """
    used = {held.document.path for held in usable(workspace, folder)}
    return [document.path for document in folder.evaluations if document.path not in used]


def may_be_of(document: Document[Evaluation], charter: str) -> bool:
    """Whether a file is not certainly about another charter."""
    model = document.model
    return model is None or model.charter == charter or "charter" in document.loaded.broken


def usable(workspace: Workspace, folder: SchoolFolder) -> list[Evaluated]:
    """One evaluation a charter and cycle. A cycle that is only told from the date gives way to one that is stated."""
    read = [held for document in folder.evaluations if (held := _read(workspace, folder, document)) is not None]
    found: dict[tuple[str, Cycle], Evaluated] = {}
    for held in sorted(read, key=lambda held: held.evaluation.cycle is None):
        found.setdefault((held.charter.id, held.cycle), held)
    return list(found.values())


def _read(workspace: Workspace, folder: SchoolFolder, document: Document[Evaluation]) -> Evaluated | None:
    if document.model is None:
        return None
    charter = workspace.charters.get((document.model.charter, document.model.charter_version))
    if charter is None or charter.model is None:
        return None
    found = evaluated(document, asked_of(folder, charter.model), spoilt_aspects(charter))
    left = not_asked(folder, charter.model)
    said = charter_in_language(workspace, charter.model)
    found = _said(found, asked_of(folder, said)) if found and said is not charter.model else found
    return replace(found, not_asked=left) if found and left else found


def _said(found: Evaluated, charter: Charter) -> Evaluated:
    """A self-evaluation with the charter in another language: what was read by its own words is read already."""

    def said(standing: Standing) -> Standing:
        return standing._replace(level=charter.levels[standing.level.id]) if standing.level else standing

    return replace(
        found,
        charter=charter,
        standings={key: said(standing) for key, standing in found.standings.items()},
        points={key: said(standing) for key, standing in found.points.items()},
        overall=said(found.overall),
    )


def asked_of(folder: SchoolFolder, charter: Charter) -> Charter:
    """The charter as an organisation is asked: what applies to it, each thing that is rated an aspect."""
    return applying(folder, charter).as_rated()


def not_asked(folder: SchoolFolder, charter: Charter) -> frozenset[str]:
    """The aspects of a charter that do not apply to an organisation."""
    asked = applying(folder, charter)
    return frozenset() if asked is charter else frozenset(charter.aspects) - frozenset(asked.aspects)


def applying(folder: SchoolFolder, charter: Charter) -> Charter:
    """The charter without what does not apply to an organisation's phase or type, as its file says them today."""
    school = folder.school
    return charter.asked_of(school.phase, school.type_said)
