"""What two states of a workspace differ in: ratings, actions and policies, school by school."""

from collections.abc import Iterator, Mapping

from charterkit.choices import CLOSED_STATUSES
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.actions import ActionMove, is_among, unread_actions
from charterkit.insight.evaluations.compare import Comparison, MoveKind, compare
from charterkit.insight.evaluations.evaluated import Evaluated, left_out, timeline
from charterkit.insight.evaluations.side_changes import AimChange, PartChange, aim_changes, part_changes
from charterkit.insight.policies.reviews import last_review, next_review
from charterkit.model.dates import Cycle
from charterkit.model.policy import Policy
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class EvaluationChange:
    """One self-evaluation in both states, in one, or the other."""

    before: Evaluated | None
    after: Evaluated | None
    comparison: Comparison | None = None
    """Where it is in both."""
    is_unread: bool = False
    """Whether the state it is not in has its file all the same, and nobody can use it as it stands."""

    @property
    def is_change(self) -> bool:
        """Whether anything in it differs that people would call a change."""
        if self.before is None or self.after is None or self.comparison is None:
            return True
        kinds = {move.kind for move in self.comparison.moves}
        each, other = self.before.evaluation, self.after.evaluation
        is_rated = bool(kinds - {MoveKind.UNCHANGED}) or bool(self.parts)
        return is_rated or each.status != other.status or bool(self.actions) or bool(self.aims)

    @property
    def parts(self) -> tuple[PartChange, ...]:
        """Levels of key points and of the whole that differ."""
        return tuple(part_changes(self.comparison.before, self.comparison.after)) if self.comparison else ()

    @property
    def aims(self) -> tuple[AimChange, ...]:
        """Aspects whose target or number differs."""
        return tuple(aim_changes(self.comparison)) if self.comparison else ()

    @property
    def actions(self) -> tuple[ActionMove, ...]:
        """Actions that are new, gone, or differ in status, owner or due date."""
        if self.before is None or self.after is None:
            return ()
        return tuple(_actions(self.before, self.after))


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """One policy in both states or in one; `differs` holds the facts that changed, each before and after."""

    before: Policy | None
    after: Policy | None
    differs: Mapping[str, tuple[str, str]]
    is_unread: bool = False
    """As for self-evaluations."""


@dataclass(frozen=True, slots=True)
class SchoolChange:
    """What changed in one school's folder."""

    slug: str
    name: str
    evaluations: tuple[EvaluationChange, ...]
    policies: tuple[PolicyChange, ...]


def changes(before: Workspace, after: Workspace) -> list[SchoolChange]:
    """Every school in which something changed, by slug."""
    found = []
    for slug in sorted({*before.slugs, *after.slugs}):
        then, now = before.apart(), after.apart()  # of very many schools only one is kept at a time
        old = then.school(slug) if then.has_school(slug) else None
        new = now.school(slug) if now.has_school(slug) else None
        evaluations = tuple(_evaluations(then, old, now, new))
        policies = tuple(_policies(old, new))
        folder = new or old
        if folder is not None and (evaluations or policies):
            found.append(SchoolChange(slug, folder.school.name, evaluations, policies))
    return found


Named = dict[tuple[str, Cycle], Evaluated]


def _evaluations(
    before: Workspace, old: SchoolFolder | None, after: Workspace, new: SchoolFolder | None
) -> Iterator[EvaluationChange]:
    olds, news = _named(before, old), _named(after, new)
    unread = {*_left_out(before, old), *_left_out(after, new)}
    for key in sorted({*olds, *news}, key=lambda each: (each[0], each[1].first, each[1].last)):
        then, now = olds.get(key), news.get(key)
        comparison = None
        if then is not None and now is not None:
            comparison = compare(then, now, after.versions(key[0]), [now])
        only = (then or now) if then is None or now is None else None
        found = EvaluationChange(then, now, comparison, only is not None and only.document.path in unread)
        if found.is_change:
            yield found


def _named(workspace: Workspace, folder: SchoolFolder | None) -> Named:
    if folder is None:
        return {}
    ids = {document.model.charter for document in folder.evaluations if document.model}
    return {
        (charter, evaluation.cycle): evaluation
        for charter in sorted(ids)
        for evaluation in timeline(workspace, folder, charter)
    }


def _left_out(workspace: Workspace, folder: SchoolFolder | None) -> list[str]:
    return left_out(workspace, folder) if folder else []


def _actions(before: Evaluated, after: Evaluated) -> Iterator[ActionMove]:
    """What can be read in one state only is neither new nor gone."""
    olds = {action.id or action.action: action for action in before.evaluation.actions}
    news = {action.id or action.action: action for action in after.evaluation.actions}
    unread = unread_actions(before), unread_actions(after)
    for name, now in news.items():
        then = olds.get(name)
        if then is None:
            yield ActionMove(now, "readable again" if is_among(now, unread[0]) else "new")
        elif (then.status, then.owner, then.due, then.action) != (now.status, now.owner, now.due, now.action):
            is_closed_now = now.status in CLOSED_STATUSES and then.status != now.status
            yield ActionMove(now, now.status if is_closed_now else "changed")
    for name, then in olds.items():
        if name not in news:
            yield ActionMove(then, "unreadable" if is_among(then, unread[1]) else "no longer listed")


def _policies(old: SchoolFolder | None, new: SchoolFolder | None) -> Iterator[PolicyChange]:
    olds = {document.model.id: document.model for document in old.policies if document.model} if old else {}
    news = {document.model.id: document.model for document in new.policies if document.model} if new else {}
    unread = {name for name, path in (*_paths(old), *_paths(new)) if path in {*_unreadable(old), *_unreadable(new)}}
    for name in sorted({*olds, *news}):
        then, now = olds.get(name), news.get(name)
        facts = [_facts(each) if each else {} for each in (then, now)]
        differs = {
            fact: (facts[0].get(fact, ""), facts[1].get(fact, ""))
            for fact in dict.fromkeys([*facts[0], *facts[1]])
            if facts[0].get(fact, "") != facts[1].get(fact, "")
        }
        others = then is not None and now is not None and then != now
        if then is None or now is None or differs or others:
            yield PolicyChange(then, now, differs, name in unread)


def _paths(folder: SchoolFolder | None) -> list[tuple[str, str]]:
    return [(document.model.id, document.path) for document in folder.policies if document.model] if folder else []


def _unreadable(folder: SchoolFolder | None) -> list[str]:
    return [document.path for document in folder.policies if document.model is None] if folder else []


def _facts(policy: Policy) -> dict[str, str]:
    """What a reader of a pull request wants to see of a policy, each as a short text."""
    last, following = last_review(policy), next_review(policy).due
    owner = policy.owner
    return {
        "title": policy.title,
        "status": policy.status or "",
        "owner": (owner.name or owner.role or "") if owner else "",
        "approver": str(policy.approver or ""),
        "last review": last.spoken if last else "",
        "next review": following.spoken if following else "",
        "events in its history": str(len(policy.history)),
        "promises": str(len(policy.commitments)),
    }
