"""What stands between a school and certification: aspect by aspect, over the whole, and for each award.

Everything is data: a `Lack` says what is missing and whether it stops the school or is only worth knowing before a
visitor asks. Its sentence is made in `words.py`. What stops is what a certificate would stand for wrongly, or what a
visitor would find not there; a hint is what a visitor may ask, or will look at there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from enum import StrEnum

from charterkit.choices import EvidenceKind
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.charter_text import has_changed
from charterkit.insight.evaluations.actions import Tracked, open_actions
from charterkit.insight.evaluations.awards import MET, Earned, earned, needed
from charterkit.insight.evaluations.best_fit import OVERALL
from charterkit.insight.evaluations.evaluated import NOT_RATED, Evaluated, RatingState, Standing, timeline
from charterkit.insight.evaluations.naming import numbers_shown
from charterkit.insight.evaluations.part_answers import parts_of
from charterkit.insight.evidence.gathering import index_until
from charterkit.insight.evidence.index import FEWEST_WORDS, AspectEvidence, Flag, IndexedPiece
from charterkit.insight.readiness.duties import PledgedDuty, duties_of, signed_up
from charterkit.insight.readiness.groups import GroupStanding, groups_of
from charterkit.insight.surveys.disagreement import SpeaksTo, disagrees
from charterkit.model.charter import Award, Charter, version_key
from charterkit.model.dates import Interval
from charterkit.records import dataclass

OUT_OF_DATE = Interval.parse("1 year")
"""As long as a self-evaluation is good for: "later in the year or the following year" (seed
000_4933e61a53b8f2c3.txt)."""
TO_SHOW: tuple[EvidenceKind, ...] = ("survey", "document", "link")
"""Kinds that the school has to have. The others a visitor sees and hears there: without a record they stop nothing."""


class LackKind(StrEnum):
    """What is missing, in the order in which it is said."""

    NOT_SIGNED = "not-signed"
    DUTY = "duty"
    NO_EVALUATION = "no-evaluation"
    DRAFT = "draft"
    TEXT_CHANGED = "text-changed"
    NOTHING_APPLIES = "nothing-applies"
    UNREADABLE = "unreadable"
    NOT_RATED = "not-rated"
    BELOW = "below"
    NO_REASON = "no-reason"
    NO_EVIDENCE = "no-evidence"
    NOT_THERE = "not-there"
    OUTDATED = "outdated"
    SURVEY_DISAGREES = "survey-disagrees"
    CHANGED = "changed"
    NO_RECORD = "no-record"
    THIN = "thin"
    GROUP_BELOW = "group-below"
    OPEN_ACTION = "open-action"
    PART_NOT_RATED = "part-not-rated"
    PART_BELOW = "part-below"
    NEWER_VERSION = "newer-version"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing. `stops`: the school is not ready as long as it is; else it is a hint.

    Of the rest it has what its kind needs to be said.
    """

    kind: LackKind
    stops: bool
    standing: Standing = NOT_RATED
    wanted: str = ""
    """The label of the level that is needed."""
    kinds: tuple[EvidenceKind, ...] = ()
    piece: IndexedPiece | None = None
    speaks: SpeaksTo | None = None
    action: Tracked | None = None
    duty: PledgedDuty | None = None
    name: str = ""
    """A focus group, a key point, or a version."""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class AspectReadiness:
    """One aspect that the school is asked about, with what is missing for a visit."""

    aspect: str
    title: str
    number: str
    key_point: str
    standing: Standing
    is_met: bool
    """Whether it is at the level that the award needs."""
    lacks: tuple[Lack, ...]

    @property
    def applies(self) -> bool:
        """Whether the school did not say that it does not apply."""
        return self.standing.state is not RatingState.NOT_APPLICABLE

    @property
    def stops(self) -> tuple[Lack, ...]:
        """What has to be there before a visit."""
        return tuple(lack for lack in self.lacks if lack.stops)

    @property
    def hints(self) -> tuple[Lack, ...]:
        """What is worth knowing."""
        return tuple(lack for lack in self.lacks if not lack.stops)


@dataclass(frozen=True, slots=True)
class Readiness:
    """A school's way to one award of a charter, by one self-evaluation; None where it has none."""

    folder: SchoolFolder
    charter: Charter
    """As the school is asked."""
    found: Evaluated | None
    award: Award
    """The one that is aimed at."""
    aspects: tuple[AspectReadiness, ...]
    school: tuple[Lack, ...]
    """What is not about one aspect."""
    duties: tuple[PledgedDuty, ...]
    awards: tuple[Earned, ...]
    """Every award of the charter, from lowest to highest, by the ratings alone."""
    held: Mapping[str, AspectEvidence] = field(default_factory=dict)
    """The evidence for each aspect."""
    groups: tuple[GroupStanding, ...] = ()
    """The focus groups of which something is known."""

    @property
    def is_ready(self) -> bool:
        """Whether nothing stops the school from asking for a visit."""
        return not any(lack.stops for lack in self.school) and all(not each.stops for each in self.aspects)

    @property
    def done(self) -> int:
        """How many of the aspects that apply have all that a visit needs."""
        return sum(each.applies and not each.stops for each in self.aspects)

    @property
    def of(self) -> int:
        """How many aspects apply."""
        return sum(each.applies for each in self.aspects)

    @property
    def besides(self) -> tuple[Lack, ...]:
        """What stops the school whatever an award needs of the ratings."""
        every = (*self.school, *(lack for each in self.aspects for lack in each.lacks))
        return tuple(lack for lack in every if lack.stops and lack.kind not in (LackKind.BELOW, LackKind.NOT_RATED))

    def aspect(self, name: str) -> AspectReadiness | None:
        """One aspect; None of one that no self-evaluation asks."""
        return next((each for each in self.aspects if each.aspect == name), None)


def readiness(
    workspace: Workspace,
    folder: SchoolFolder,
    charter: Charter,
    history: Sequence[Evaluated],
    today: date,
    *,
    award: str | None = None,
) -> Readiness:
    """How ready a school is by the last of some evaluations of a charter version, oldest first; there may be none.

    `award` is the id of one of the charter's awards; where it is left out the highest that the ratings reach, else the
    lowest, is aimed at.
    """
    found = history[-1] if history else None
    duties = duties_of(workspace, folder, charter)
    whole = [*_of_school(charter, folder, duties)]
    if found is None:
        whole.append(Lack(LackKind.NO_EVALUATION, stops=True, name=charter.version))
        return Readiness(folder, charter, None, _aim(charter, (), award), (), tuple(whole), duties, ())
    awards = earned(found)
    aim = _aim(charter, awards, award)
    held = {each.aspect: each for each in reversed(index_until(workspace, folder, history, today))}
    actions = open_actions(folder, charter.id, until=found.document)
    by = _Looked(folder, found, aim, held, actions, today)
    aspects = tuple(_aspect(by, name) for name in found.charter.aspects)
    whole += [*_of_evaluation(workspace, found, today), *_of_parts(found)]
    return Readiness(
        folder, charter, found, aim, aspects, tuple(whole), duties, awards, held, groups_of(folder, found, aim)
    )


def readiness_for(workspace: Workspace, folder: SchoolFolder, charter: Charter, today: date) -> Readiness:
    """The same by the school's newest self-evaluation of a charter version, as the school is asked."""
    every = timeline(workspace, folder, charter.id)
    places = [place for place, held in enumerate(every) if held.charter.version == charter.version]
    return readiness(workspace, folder, charter, every[: places[-1] + 1] if places else [], today)


def _aim(charter: Charter, awards: tuple[Earned, ...], wanted: str | None) -> Award:
    """The award that is meant; of a charter none of whose awards can be read, its mark."""
    known = [each.award for each in awards]
    reached = [each.award for each in awards if each.is_reached]
    asked = [award for award in known if award.id == wanted]
    mark = Award(id=MET, label="Met", needs=list(charter.levels)[charter.met_rank])
    return (asked or reached[-1:] or known or [mark])[0]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What an aspect is judged by."""

    folder: SchoolFolder
    found: Evaluated
    aim: Award
    held: Mapping[str, AspectEvidence]
    actions: Sequence[Tracked]
    today: date


def _aspect(by: _Looked, name: str) -> AspectReadiness:
    charter, standing = by.found.charter, by.found.standings[name]
    rank = needed(charter, by.aim, name)
    lacks = [*_rating(standing, list(charter.levels.values())[rank].label, rank)]
    if standing.state is not RatingState.NOT_APPLICABLE:
        held = by.held[name]
        lacks += [*_evidence(held), *_said(by, name, held), *_groups(by.found, name, rank), *_actions(by, name)]
    order = list(LackKind)
    lacks.sort(key=lambda lack: (not lack.stops, order.index(lack.kind)))
    aspect, point = charter.aspects[name], charter.key_point_of[name]
    number = numbers_shown(charter)[name]
    is_met = standing.rank >= rank
    return AspectReadiness(name, aspect.text, number, point.id, standing, is_met, tuple(lacks))


def _rating(standing: Standing, wanted: str, rank: int) -> Iterator[Lack]:
    """What is wrong with the rating: it has to be there and at the level, or not to apply for a reason."""
    if standing.state is RatingState.UNREADABLE:
        yield Lack(LackKind.UNREADABLE, stops=True, standing=standing)
    elif standing.state is RatingState.NOT_RATED:
        yield Lack(LackKind.NOT_RATED, stops=True, standing=standing)
    elif standing.state is RatingState.NOT_APPLICABLE:
        if not (standing.entry and (standing.entry.reason or "").strip()):
            yield Lack(LackKind.NO_REASON, stops=True, standing=standing)
    elif standing.rank < rank:
        yield Lack(LackKind.BELOW, stops=True, standing=standing, wanted=wanted)


def _evidence(held: AspectEvidence) -> Iterator[Lack]:
    """What there is not to show. Old evidence stops where there is no newer of its kind and the charter asks for it."""
    missing = held.kinds_missing
    gone = held.with_flag(Flag.MISSING, Flag.OUTSIDE)
    old = [piece for piece in held.with_flag(Flag.OUTDATED) if piece not in gone]
    told = {piece.evidence.kind for piece in (*gone, *old)}
    if bare := tuple(kind for kind in missing if kind in TO_SHOW and kind not in told):
        yield Lack(LackKind.NO_EVIDENCE, stops=True, kinds=bare)
    for piece in gone:
        yield Lack(LackKind.NOT_THERE, stops=True, piece=piece)
    for piece in old:
        stops = piece.evidence.kind in missing and piece.evidence.kind in TO_SHOW
        yield Lack(LackKind.OUTDATED, stops=stops, piece=piece)
    for piece in held.with_flag(Flag.CHANGED):
        yield Lack(LackKind.CHANGED, stops=False, piece=piece)
    if seen := tuple(kind for kind in missing if kind not in TO_SHOW and kind not in told):
        yield Lack(LackKind.NO_RECORD, stops=False, kinds=seen)
    if not held.asked and not held.current and held.standing.state is RatingState.RATED:
        yield Lack(LackKind.NO_EVIDENCE, stops=False)


def _said(by: _Looked, name: str, held: AspectEvidence) -> Iterator[Lack]:
    """What a survey says against a rating that is met stops until the note answers it; a thin note is a hint."""
    entry = held.standing.entry
    against = disagrees(name, by.folder) if by.found.is_met(name) else None
    if against:
        is_answered = len((entry.note or "" if entry else "").split()) >= FEWEST_WORDS
        yield Lack(LackKind.SURVEY_DISAGREES, stops=not is_answered, speaks=against)
    if held.is_thin:
        yield Lack(LackKind.THIN, stops=False)


def _groups(found: Evaluated, name: str, rank: int) -> Iterator[Lack]:
    """A focus group below the level is a hint: a school that looks at its groups is not to fare worse for it.

    Where the aspect itself is as low, it says nothing new.
    """
    entry, own = found.standings[name].entry, found.standings[name].rank
    for group in found.charter.focus_groups:
        word = entry.groups.get(group.id) if entry else None
        level = found.charter.levels.get(word or "")
        at = found.charter.ranks[level.id] if level else rank
        if at < rank and (own < 0 or at < own):
            standing = Standing(RatingState.RATED, level, at)
            yield Lack(LackKind.GROUP_BELOW, stops=False, standing=standing, name=group.name)


def _actions(by: _Looked, name: str) -> Iterator[Lack]:
    for action in by.actions:
        if action.action.aspect == name:
            yield Lack(LackKind.OPEN_ACTION, stops=False, action=action, is_late=action.is_overdue(by.today))


def _of_school(charter: Charter, folder: SchoolFolder, duties: Iterable[PledgedDuty]) -> Iterator[Lack]:
    """What the school has not done of its sign-up."""
    if signed_up(folder.school, charter.id) is None:
        yield Lack(LackKind.NOT_SIGNED, stops=True)
    for duty in duties:
        if not duty.is_done:
            yield Lack(LackKind.DUTY, stops=True, duty=duty)


def _of_evaluation(workspace: Workspace, found: Evaluated, today: date) -> Iterator[Lack]:
    """What is wrong with the self-evaluation as a whole."""
    made, charter = found.evaluation, found.charter
    if made.status != "agreed":
        yield Lack(LackKind.DRAFT, stops=True, name=found.cycle.spoken)
    if has_changed(workspace, made):
        yield Lack(LackKind.TEXT_CHANGED, stops=True, name=found.cycle.spoken)
    if all(each.state is RatingState.NOT_APPLICABLE for each in found.standings.values()):
        yield Lack(LackKind.NOTHING_APPLIES, stops=True)
    later = [
        each.version
        for each in workspace.versions(charter.id)
        if each.status == "published" and version_key(each.version) > version_key(charter.version)
    ]
    if later:
        yield Lack(LackKind.NEWER_VERSION, stops=False, name=later[-1])
    ends = OUT_OF_DATE.after(made.date) if made.date else None
    if made.status == "agreed" and ends and ends.last < today:
        yield Lack(LackKind.OLD, stops=False, name=made.date.spoken if made.date else "")


def _of_parts(found: Evaluated) -> Iterator[Lack]:
    """What is rated besides aspects: awards and visits do not count it, so that it stops nothing."""
    charter = found.charter
    labels = list(charter.levels.values())
    for name, title in parts_of(charter).items():
        standing = found.overall if name == OVERALL else found.points.get(name, NOT_RATED)
        if not standing.is_answered:
            yield Lack(LackKind.PART_NOT_RATED, stops=False, standing=standing, name=title)
        elif 0 <= standing.rank < charter.met_rank:
            wanted = labels[charter.met_rank].label
            yield Lack(LackKind.PART_BELOW, stops=False, standing=standing, wanted=wanted, name=title)
