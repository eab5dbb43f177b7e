"""The evidence for each aspect over all a school's self-evaluations, and what a visitor would miss in it.

Pure questions of what was read; only the `Attachments` that are handed in look at files. For readiness ask an
`AspectEvidence`: `kinds_missing`, `with_flag(...)` and `is_thin` are what stands between an aspect and a visit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from charterkit.choices import EvidenceKind
from charterkit.files.attachments import Attachments
from charterkit.insight.evaluations.best_fit import OVERALL
from charterkit.insight.evaluations.evaluated import NOT_RATED, Evaluated, RatingState, Standing
from charterkit.insight.evaluations.lineage import lineage
from charterkit.insight.evaluations.naming import numbers_shown
from charterkit.insight.evaluations.part_answers import parts_of
from charterkit.insight.evidence.ages import dated, is_outdated
from charterkit.insight.evidence.files import FileState, file_state
from charterkit.insight.evidence.naming import SEEN, identity_of
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle, Interval, PartialDate
from charterkit.model.evaluation import Evidence, Rating
from charterkit.model.survey import Survey
from charterkit.model.visit import Visit
from charterkit.records import dataclass

FEWEST_WORDS = 4
"""Of a note and strengths together: with fewer, nobody can tell what a rating rests on."""


class Flag(StrEnum):
    """What is wrong with a piece of evidence, the worst first."""

    OUTSIDE = "outside"
    MISSING = "missing"
    CHANGED = "changed"
    OUTDATED = "outdated"
    NOT_LOOKED_AT = "not-looked-at"
    """No visitor has looked at it, and no leader again in a later cycle. Said of documents, links and surveys."""


@dataclass(frozen=True, slots=True)
class Around:
    """What pieces are judged by: a school's folder and surveys by id, what looks its files up, and the day."""

    folder: str
    surveys: Mapping[str, Survey]
    attachments: Attachments
    today: date


@dataclass(frozen=True, slots=True)
class IndexedPiece:
    """A piece of evidence as it was last written, in `cycle`; `since` is the first cycle that has it."""

    evidence: Evidence
    cycle: Cycle
    since: Cycle
    when: PartialDate | None = None
    """Its own date, or its survey's."""
    days: int | None = None
    """How old it is; None without a date."""
    looked_at: PartialDate | None = None
    """The date of the last visit that looked at it."""
    flags: tuple[Flag, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether a visitor can look at it and will count it."""
        return not set(self.flags) & {Flag.OUTSIDE, Flag.MISSING, Flag.OUTDATED}


@dataclass(frozen=True, slots=True)
class AspectEvidence:
    """What there is for one aspect; of a key point or the whole that is rated beside aspects, `aspect` is its id."""

    aspect: str
    title: str
    number: str
    key_point: str
    standing: Standing
    asked: tuple[EvidenceKind, ...]
    """The kinds that the charter asks for."""
    max_age: Interval | None
    pieces: tuple[IndexedPiece, ...]
    """Newest cycle first."""
    newest: Cycle

    @property
    def current(self) -> tuple[IndexedPiece, ...]:
        """Those that stand in the newest self-evaluation: what the school says its rating rests on now."""
        return tuple(piece for piece in self.pieces if piece.cycle == self.newest)

    @property
    def kinds_missing(self) -> tuple[EvidenceKind, ...]:
        """The kinds that the charter asks for and that the newest self-evaluation has no usable piece of."""
        there = {piece.evidence.kind for piece in self.current if piece.is_usable}
        applies = self.standing.state is not RatingState.NOT_APPLICABLE
        return tuple(kind for kind in self.asked if kind not in there) if applies else ()

    def with_flag(self, *flags: Flag) -> tuple[IndexedPiece, ...]:
        """Those of the newest self-evaluation of which one of these is true."""
        return tuple(piece for piece in self.current if set(piece.flags) & set(flags))

    @property
    def is_thin(self) -> bool:
        """Whether it is rated and hardly anything is written that says why."""
        return self.standing.state is RatingState.RATED and is_thin(self.standing.entry)


def is_thin(entry: Rating | None) -> bool:
    """Whether a note and the strengths of a rating together have too few words to say what it rests on."""
    said = f"{entry.note or ''} {entry.strengths or ''}" if entry else ""
    return len(said.split()) < FEWEST_WORDS


def evidence_index(
    found: Sequence[Evaluated], versions: Sequence[Charter], visits: Iterable[Visit], around: Around
) -> list[AspectEvidence]:
    """What there is for each aspect that the newest evaluation asks, in the charter's order.

    `found` are the evaluations of one charter, oldest first, at least one; `versions` the charter's, oldest first. Key
    points and the whole follow where they have evidence.
    """
    newest = found[-1]
    seen = looked_at(visits)
    numbers = numbers_shown(newest.charter)

    def pieces(name: str, age: Interval | None) -> tuple[IndexedPiece, ...]:
        gathered = _gathered(found, versions, name, seen)
        return tuple(_judged(piece, age, around) for piece in gathered)

    made = []
    for name, aspect in newest.charter.aspects.items():
        age, point = newest.charter.max_age(name), newest.charter.key_point_of[name].title
        standing = newest.standings[name]
        held = pieces(name, age)
        made.append(
            AspectEvidence(name, aspect.text, numbers[name], point, standing, aspect.evidence, age, held, newest.cycle)
        )
    for name, title in parts_of(newest.charter).items():
        age = newest.charter.evidence_max_age
        if held := pieces(name, age):
            made.append(AspectEvidence(name, title, "", "", _part(newest, name), (), age, held, newest.cycle))
    return made


def looked_at(visits: Iterable[Visit]) -> dict[tuple[str, ...], PartialDate | None]:
    """When visitors last looked at each piece that a visit names, by what tells it apart."""
    found: dict[tuple[str, ...], PartialDate | None] = {}
    for visit in sorted(visits, key=lambda visit: visit.date.last if visit.date else date.min):
        for evidence in visit.looked_at:
            found[identity_of(evidence)] = visit.date or evidence.date
    return found


def _part(found: Evaluated, name: str) -> Standing:
    return found.overall if name == OVERALL else found.points.get(name, NOT_RATED)


def _entries(found: Sequence[Evaluated], versions: Sequence[Charter], name: str) -> Iterator[tuple[Evaluated, Rating]]:
    """What each evaluation, the newest first, says of an aspect or part of the newest one."""
    newest = found[-1]
    for each in reversed(found):
        if name not in newest.charter.aspects:
            standings = [_part(each, name)]
        elif each is newest:
            standings = [each.standings[name]]
        else:
            olds = lineage(each.charter, newest.charter, versions).get(name, ())
            standings = [each.standings[old] for old in olds]
        for standing in standings:
            if standing.entry:
                yield each, standing.entry


def _gathered(
    found: Sequence[Evaluated],
    versions: Sequence[Charter],
    name: str,
    seen: Mapping[tuple[str, ...], PartialDate | None],
) -> list[IndexedPiece]:
    """Each piece once, as it was last written. Flagged where nobody has looked at it."""
    made: dict[tuple[str, ...], IndexedPiece] = {}
    again: set[tuple[str, ...]] = set()
    last_seen: dict[tuple[str, ...], bool] = {}
    for each, entry in _entries(found, versions, name):
        for evidence in entry.evidence:
            known = identity_of(evidence)
            if known in made:
                made[known] = replace(made[known], since=each.cycle)
                if last_seen[known] and made[known].cycle != each.cycle:
                    again.add(known)
            else:
                made[known] = IndexedPiece(evidence, each.cycle, each.cycle, looked_at=seen.get(known))
            last_seen[known] = last_seen.get(known, False) or entry.carried is None
    return [
        piece if _is_seen(piece.evidence, known, seen, again) else replace(piece, flags=(Flag.NOT_LOOKED_AT,))
        for known, piece in made.items()
    ]


def _is_seen(
    evidence: Evidence,
    known: tuple[str, ...],
    seen: Mapping[tuple[str, ...], PartialDate | None],
    again: set[tuple[str, ...]],
) -> bool:
    """Whether somebody has looked at a piece: it was seen or heard itself, visited, or stood by in a later cycle."""
    is_whole_survey = evidence.kind == "survey" and identity_of(replace(evidence, question=None)) in seen
    return evidence.kind in SEEN or known in seen or known in again or is_whole_survey


def _judged(piece: IndexedPiece, age: Interval | None, around: Around) -> IndexedPiece:
    """A piece with its date, its age and its flags."""
    evidence = piece.evidence
    when, state = dated(evidence, around.surveys), file_state(evidence, around.folder, around.attachments)
    gone = evidence.kind == "survey" and evidence.survey is not None and evidence.survey not in around.surveys
    true = {
        Flag.OUTSIDE: state is FileState.OUTSIDE,
        Flag.MISSING: state is FileState.MISSING or gone,
        Flag.CHANGED: state is FileState.CHANGED,
        Flag.OUTDATED: bool(age and when and is_outdated(when, age, around.today)),
        Flag.NOT_LOOKED_AT: Flag.NOT_LOOKED_AT in piece.flags,
    }
    days = max((around.today - when.last).days, 0) if when else None
    return replace(piece, when=when, days=days, flags=tuple(flag for flag in Flag if true[flag]))
