"""The public report's one page, in the words of the poster: what is in place, what comes next, and whom to talk to."""

from collections.abc import Mapping, Sequence
from datetime import date

from charterkit.files.workspace import SchoolFolder
from charterkit.insight import public
from charterkit.insight.evaluations.awards import highest
from charterkit.insight.evaluations.compare import Comparison, MoveKind
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evaluations.summary import Distribution, by_key_point, distribution
from charterkit.model.charter import KeyPoint
from charterkit.records import dataclass
from charterkit.render.report.aspects import AspectView
from charterkit.render.shared.movement import moved, since
from charterkit.render.shared.plan import ActionLine
from charterkit.render.shared.said import SaidLine, said_groups
from charterkit.rules.personal import emails
from charterkit.text.english import counted, joined, number
from charterkit.text.speech import ntr, tr

MOST_WORK = 10
"""Things that the school works on, as one page holds them beside the rest."""
MOST_SAID = 4


@dataclass(frozen=True, slots=True)
class GoodLine:
    """A key point of which most is in place: the poster's line, how much of it, and an aspect as an example."""

    title: str
    about: str
    example: str


@dataclass(frozen=True, slots=True)
class WorkLine:
    """An aspect that the school works on, and by when."""

    title: str
    by: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Whom to talk to, by role. `email` is empty where the address is a person's own."""

    role: str
    email: str


@dataclass(frozen=True, slots=True)
class FamiliesView:
    """What families are told. `more_work` is a sentence about what is left out, empty where nothing is."""

    sentences: tuple[str, ...]
    well: tuple[GoodLine, ...]
    work: tuple[WorkLine, ...]
    more_work: str
    said: tuple[SaidLine, ...]
    contacts: tuple[ContactLine, ...]


def families_view(
    folder: SchoolFolder,
    evaluation: Evaluated,
    views: Mapping[str, AspectView],
    actions: Sequence[ActionLine],
    comparison: Comparison | None,
    *,
    today: date,
) -> FamiliesView:
    """The one page; `actions` are those that families may hear of."""
    work = _work(evaluation, views, actions)
    left = len(work) - MOST_WORK
    return FamiliesView(
        tuple(_sentences(evaluation, comparison)),
        tuple(_well(evaluation, views)),
        tuple(work[:MOST_WORK]),
        tr("We are working on %(what)s.", what=counted(left, "more thing")) if left > 0 else "",
        tuple(line for group in said_groups(public.you_said_we_did(folder)) for line in group.lines)[:MOST_SAID],
        _contacts(folder, today),
    )


def _sentences(evaluation: Evaluated, comparison: Comparison | None) -> list[str]:
    found = distribution(evaluation.charter, evaluation.standings)
    below = found.rated - found.met
    parts = [_stands("%(count)s is in place", "%(count)s are in place", found.met)]
    parts += [_stands("%(count)s is not there yet", "%(count)s are not there yet", below)] if below else []
    left = found.not_rated
    parts += (
        [_stands("%(count)s is still to be looked at", "%(count)s are still to be looked at", left)] if left else []
    )
    start = tr(
        "In %(cycle)s we asked ourselves how we stand on %(what)s",
        cycle=evaluation.cycle.spoken,
        what=counted(found.applicable, "thing"),
    )
    best = highest(evaluation) if evaluation.charter.awards else None
    told = comparison and any(comparison.counts[kind] for kind in (MoveKind.IMPROVED, MoveKind.DECLINED))
    return [
        f"{start}: {joined(parts)}.",
        *([moved(since(comparison), comparison.counts, "thing")] if comparison and told else []),
        *([tr("We have reached %(award)s.", award=best.label)] if best else []),
    ]


def _stands(single: str, many: str, count: int) -> str:
    return ntr(single, many, count, count=number(count))


def _well(evaluation: Evaluated, views: Mapping[str, AspectView]) -> list[GoodLine]:
    """Key points of which at least half is in place, in the charter's order."""
    return [
        GoodLine(point.poster or point.title, _in_place(found), _example(evaluation, point, views))
        for point, found in by_key_point(evaluation)
        if found.met and 2 * found.met >= found.applicable
    ]


def _in_place(found: Distribution) -> str:
    count = found.applicable
    if found.met == count:
        some = {1: tr("In place"), 2: tr("Both in place")}
        return some.get(count) or tr("All %(count)s in place", count=number(count))
    return tr("%(count)s of %(of)s in place", count=number(found.met).capitalize(), of=number(count))


def _example(evaluation: Evaluated, point: KeyPoint, views: Mapping[str, AspectView]) -> str:
    """An aspect of it that is in place, one that got there since last time before the others."""
    met = [aspect.id for aspect in point.aspects if evaluation.is_met(aspect.id)]
    better = [key for key in met if views[key].change and views[key].arrow == "↑"]
    return views[next(iter([*better, *met]))].title


def _work(evaluation: Evaluated, views: Mapping[str, AspectView], actions: Sequence[ActionLine]) -> list[WorkLine]:
    """What is below the mark or has an open action: what has a date first, by the order of the plan."""
    due: dict[str, str] = {}
    for action in actions:
        if action.is_open and action.aspect and action.due:
            by = tr("Meant for %(day)s", day=action.due) if action.is_overdue else tr("By %(day)s", day=action.due)
            due.setdefault(action.aspect, by)
    planned = {action.aspect for action in actions if action.is_open}
    worked_on = [
        views[key].title
        for key, standing in sorted(evaluation.standings.items(), key=lambda item: item[1].rank)
        if evaluation.is_below(key) or views[key].title in planned
    ]
    order = list(due)
    worked_on.sort(key=lambda title: order.index(title) if title in due else len(due))
    return [WorkLine(title, due.get(title, tr("No date yet"))) for title in worked_on]


def _contacts(folder: SchoolFolder, today: date) -> tuple[ContactLine, ...]:
    """The public contacts by their roles: those that can be written to at an office's address, else all of them."""
    found = [
        ContactLine(contact.role, _office(contact.email or "", today))
        for contact in folder.school.contacts
        if contact.role
    ]
    return tuple(dict.fromkeys(line for line in found if line.email) or dict.fromkeys(found))


def _office(address: str, today: date) -> str:
    return address if address and not any(emails(address, today)) else ""
