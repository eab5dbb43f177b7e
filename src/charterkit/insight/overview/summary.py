"""What an overview needs of one organisation: small, plain data that can be kept, and sent to another process."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Self

from charterkit.choices import OrganisationKind
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.certificates.held import certificates_in
from charterkit.insight.evaluations.actions import open_actions
from charterkit.insight.evaluations.compare import STUCK_CYCLES, Comparison, compare
from charterkit.insight.evaluations.evaluated import Evaluated, in_order, usable
from charterkit.insight.evaluations.unread import places, why_unusable
from charterkit.insight.overview.signs import NOT_ASKED, NOT_STUCK, STUCK, UNREADABLE, move_signs, moves_between, signs
from charterkit.insight.policies.reviews import in_force, next_review
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.model.dates import TermDate
from charterkit.model.policy import Policy
from charterkit.model.visit import Certificate, Visit
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class EvaluationSummary:
    """One self-evaluation. `ratings`, `moves` and `stuck` have a sign for each aspect of its charter version."""

    charter: str
    version: str
    cycle: str
    day: str
    """Its date, ISO; the last day that it may mean."""
    is_agreed: bool
    ratings: str
    groups: tuple[tuple[str, str], ...]
    """The focus groups that some aspect was rated for, each with the signs of its ratings."""
    before: str
    """The cycle of the one before; empty where there is none."""
    moves: str
    """What moved since then; empty where there is none."""
    group_moves: tuple[tuple[str, str], ...]
    stuck: str
    """What has been below the mark in the last three; empty where there are not so many."""

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> Self:
        """What `as_data` was made of."""
        charter, version, cycle, day, is_agreed, ratings, groups, before, moves, group_moves, stuck = data
        pairs = tuple(map(tuple, groups)), tuple(map(tuple, group_moves))
        return cls(charter, version, cycle, day, is_agreed, ratings, pairs[0], before, moves, pairs[1], stuck)


@dataclass(frozen=True, slots=True)
class CertificateSummary:
    """One certificate. Days are ISO, empty where there is none."""

    given: str
    until: str
    """The last day that it holds; empty where it holds for ever."""
    is_revoked: bool
    is_suspended: bool
    award: str


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """One visit. `school` is whose it is: one that lies in a trust's folder may be a member's.

    Of one that names a school which is not here, it is the folder's own.
    """

    school: str
    charter: str
    """Empty where it says none."""
    purpose: str
    outcome: str
    requested: str
    day: str
    """The day of the visit, or the last one that was agreed on; ISO, empty where there is none."""
    is_held: bool
    """Whether somebody wrote down what was found, or how it ended."""
    certificates: tuple[CertificateSummary, ...]

    def as_data(self) -> list[Any]:
        """As JSON has it."""
        plain: list[Any] = _plain(self)
        return plain

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> Self:
        """What `as_data` was made of."""
        school, charter, purpose, outcome, requested, day, is_held, certificates = data
        known = tuple(CertificateSummary(*each) for each in certificates)
        return cls(school, charter, purpose, outcome, requested, day, is_held, known)


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that cannot be used, or of a school's own facts some, and why.

    `charter` is the one that a self-evaluation is about, empty where it may be any; None where it is another file.
    """

    path: str
    why: str
    charter: str | None
    is_rival: bool = False
    """Whether it can be read, and gives way to another one which is about the same."""


@dataclass(frozen=True, slots=True)
class SchoolSummary:
    """One school, trust or authority, with all its charters and cycles.

    It is made of what lies in its own folder, the charters and `charterkit.yaml`; where a policy is due in a term, of
    the terms in its trust's `school.yaml` too. No day is compared with today in it.
    """

    slug: str
    name: str
    kind: OrganisationKind
    phase: str
    local_authority: str
    trust: str
    members: tuple[str, ...]
    signed: tuple[str, ...]
    """The charters that it has signed."""
    evaluations: tuple[EvaluationSummary, ...]
    """Oldest first."""
    actions: tuple[tuple[str, str], ...]
    """Its open actions: the charter's id, and the last day it may be done, ISO; empty where there is none."""
    reviews: tuple[str, ...]
    """The last days, ISO, by which its own policies in force are to be reviewed; empty where one has no date."""
    visits: tuple[VisitSummary, ...]
    unread: tuple[UnreadFile, ...]

    def as_data(self) -> list[Any]:
        """As JSON has it."""
        plain: list[Any] = _plain(self)
        return plain

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> Self:
        """What `as_data` was made of, also when it has been JSON meanwhile. Raises ValueError for anything else."""
        if len(data) != len(fields(cls)):
            raise ValueError("this is no summary of a school")
        slug, name, kind, phase, authority, trust, members, signed, evaluations, actions, reviews, visits, unread = data
        return cls(
            slug,
            name,
            kind,
            phase,
            authority,
            trust,
            tuple(members),
            tuple(signed),
            tuple(EvaluationSummary.from_data(each) for each in evaluations),
            tuple((charter, due) for charter, due in actions),
            tuple(reviews),
            tuple(VisitSummary.from_data(each) for each in visits),
            tuple(UnreadFile(*each) for each in unread),
        )


def _plain(said: Any) -> Any:  # noqa: ANN401 - a text, a number, or what holds them
    if isinstance(said, tuple):
        return [_plain(each) for each in said]
    return [_plain(getattr(said, name)) for name in said.__slots__] if hasattr(said, "__slots__") else said


def summary(workspace: Workspace, slug: str, today: date) -> SchoolSummary:  # noqa: ARG001 - as all that is asked of each school
    """One organisation. What of it cannot be read is named in `unread`, and nothing of that is ever raised.

    `today` changes nothing: a summary may be kept overnight. Raises CharterkitError where there is no such folder.
    """
    folder = workspace.school(slug)
    school, known = folder.school, usable(workspace, folder)
    return SchoolSummary(
        slug,
        school.name,
        school.kind,
        school.phase or "",
        " ".join((school.local_authority or "").split()),
        school.trust or "",
        school.members,
        tuple(signed.charter for signed in school.charters),
        tuple(_evaluations(workspace, known)),
        tuple((tracked.charter, _iso(tracked.action.due)) for tracked in open_actions(folder)),
        tuple(_reviews(workspace, folder)),
        tuple(_visit(workspace, document.model, slug) for document in folder.visits if document.model),
        tuple(_unread(workspace, folder, known)),
    )


def _iso(when: Any) -> str:  # noqa: ANN401 - a date of any precision, or None
    return when.last.isoformat() if when is not None else ""


# -- self-evaluations


def _evaluations(workspace: Workspace, known: Sequence[Evaluated]) -> Iterator[EvaluationSummary]:
    for charter in dict.fromkeys(sorted(held.charter.id for held in known)):
        history = in_order(known, charter)
        read = [_Read.of(workspace, found) for found in history]
        for place in range(len(history)):
            yield _evaluation(workspace, history[: place + 1], read[: place + 1])


@dataclass(frozen=True, slots=True)
class _Read:
    """The aspects of a self-evaluation's charter, its signs for them, and those for focus groups."""

    aspects: tuple[str, ...]
    ratings: str
    groups: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, workspace: Workspace, found: Evaluated) -> Self:
        aspects = aspects_of(workspace, found)
        return cls(aspects, signs(found.standings, aspects), tuple(_groups(found, aspects)))

    @property
    def is_plain(self) -> bool:
        """Whether its signs tell all that a comparison would: nothing is unreadable, nothing is rated for a group."""
        return UNREADABLE not in self.ratings and not self.groups


def _evaluation(workspace: Workspace, history: Sequence[Evaluated], read: Sequence[_Read]) -> EvaluationSummary:
    """The last of a school's history on one charter."""
    found = history[-1]
    moved = _moved(workspace, history, read)
    return EvaluationSummary(
        found.charter.id,
        found.charter.version,
        str(found.cycle),
        found.day.isoformat(),
        found.evaluation.status == "agreed",
        read[-1].ratings,
        read[-1].groups,
        str(history[-2].cycle) if len(history) > 1 else "",
        *moved,
    )


_Moved = tuple[str, tuple[tuple[str, str], ...], str]
"""What moved, what moved for focus groups, and what is stuck."""


def _moved(workspace: Workspace, history: Sequence[Evaluated], read: Sequence[_Read]) -> _Moved:
    """What became of the last of a school's history since the one before it."""
    if len(history) == 1:
        return "", (), ""
    last, found = history[-STUCK_CYCLES:], history[-1]
    is_long = len(history) >= STUCK_CYCLES
    is_same = all(each.charter is found.charter and not each.spoilt for each in last)
    if is_same and all(each.is_plain for each in read[-STUCK_CYCLES:]):  # as most, of which a comparison takes long
        then, now = read[-2].ratings, read[-1].ratings
        return moves_between(then, now), (), _below(found, read[-STUCK_CYCLES:]) if is_long else ""
    moved, aspects = compare(history[-2], found, workspace.versions(found.charter.id), history), read[-1].aspects
    stuck = _stuck(moved, aspects) if is_long else ""
    return move_signs(moved.moves, aspects), tuple(_group_moves(moved, aspects)), stuck


def _below(found: Evaluated, read: Sequence[_Read]) -> str:
    """What is below the mark in all of some self-evaluations on one charter."""
    charter = found.charter
    marks = [str(charter.mark(aspect)) if aspect in charter.aspects else "" for aspect in read[-1].aspects]
    columns = zip(*(each.ratings for each in read), strict=True)
    return "".join(
        STUCK if all(sign.isdigit() and sign < mark for sign in column) else NOT_STUCK
        for mark, column in zip(marks, columns, strict=True)
    )


def aspects_of(workspace: Workspace, found: Evaluated) -> tuple[str, ...]:
    """What a charter version asks of anybody, in its order, also what it does not ask of this school."""
    document = workspace.charters.get((found.charter.id, found.charter.version))
    whole = document.model if document and document.model else found.charter
    return tuple(whole.as_rated().aspects)


def _groups(found: Evaluated, aspects: Sequence[str]) -> Iterator[tuple[str, str]]:
    ranks = found.charter.ranks
    for group in found.charter.focus_groups:
        said = {
            aspect: standing.entry.groups[group.id]
            for aspect, standing in found.standings.items()
            if standing.entry and group.id in standing.entry.groups
        }
        if said:
            yield (
                group.id,
                "".join(
                    (str(ranks[said[aspect]]) if said[aspect] in ranks else "?")
                    if aspect in said
                    else ("." if aspect in found.standings else NOT_ASKED)
                    for aspect in aspects
                ),
            )


def _group_moves(moved: Comparison, aspects: Sequence[str]) -> Iterator[tuple[str, str]]:
    for group in moved.groups:
        found = move_signs(group.moves, aspects)
        if found.strip():
            yield group.group.id, found


def _stuck(moved: Comparison, aspects: Sequence[str]) -> str:
    stuck = {move.aspect for move in moved.stuck}
    return "".join(STUCK if aspect in stuck else NOT_STUCK for aspect in aspects)


# -- policies, visits, and what cannot be read


def _reviews(workspace: Workspace, folder: SchoolFolder) -> Iterator[str]:
    for document in folder.policies:
        policy = document.model
        if policy is not None and in_force(policy):
            found = next_review(policy, SchoolDays.at(workspace, folder.slug) if _needs_terms(policy) else None)
            yield "" if found.source == "waiting" else _iso(found.due)


def _needs_terms(policy: Policy) -> bool:
    """Whether its next review hangs on a term's dates, which may stand in the trust's file."""
    return isinstance(policy.next_review, TermDate) or bool(policy.review and policy.review.term)


def _visit(workspace: Workspace, visit: Visit, slug: str) -> VisitSummary:
    when = visit.date or next(reversed(visit.agreed_dates), None)
    return VisitSummary(
        visit.school if visit.school and workspace.has_school(visit.school) else slug,
        visit.charter or "",
        visit.purpose or "",
        visit.outcome or "",
        _iso(visit.requested),
        _iso(when),
        bool(visit.findings) or visit.outcome is not None,
        tuple(_certificate(each, visit) for each in certificates_in(visit)),
    )


def _certificate(certificate: Certificate, visit: Visit) -> CertificateSummary:
    given = next((when for when in (certificate.issued, visit.date, certificate.valid_until) if when), None)
    return CertificateSummary(
        _iso(given),
        _iso(certificate.valid_until),
        certificate.revoked is not None,
        certificate.suspended is not None,
        visit.award or "",
    )


def _unread(workspace: Workspace, folder: SchoolFolder, known: Sequence[Evaluated]) -> Iterator[UnreadFile]:
    used = {held.document.path for held in known}
    for document in folder.evaluations:
        if document.path not in used:
            yield UnreadFile(document.path, why_unusable(workspace, document), _about(document))
    for path, right in folder.nearly_named("evaluations"):
        yield UnreadFile(path, f"name it {right.rsplit('/', 1)[-1]}.", "")
    for rival in folder.rivals("evaluations"):
        why = f"it is about the same as {rival.real.path} and is not read."
        yield UnreadFile(rival.document.path, why, _about(rival.real), is_rival=True)
    others: Sequence[Document[Any]] = (folder.document, *folder.policies, *folder.visits)
    for other in others:
        lost = {problem.at[0] if problem.at else "" for problem in other.loaded.problems}
        if other.model is None or "" in lost or (other is folder.document and _FACTS & lost):
            yield UnreadFile(other.path, " ".join(places(other, other.loaded.problems, 1)[:1]), None)


_FACTS = frozenset({"name", "kind", "phase", "local_authority", "trust", "members"})
"""What a school's file says of it that an overview goes by."""


def _about(document: Document[Any]) -> str:
    """The charter that a self-evaluation is about; empty where that cannot be told."""
    return "" if document.model is None or "charter" in document.loaded.broken else document.model.charter
