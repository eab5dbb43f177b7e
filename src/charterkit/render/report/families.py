"""The public report's one page, in the words of the poster: what is in place, what comes next, and whom to talk to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from charterkit.files.workspace import SchoolFolder
from charterkit.insight import public
from charterkit.insight.evaluations.awards import highest
from charterkit.insight.evaluations.compare import Comparison, MoveKind
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evaluations.summary import Distribution, by_key_point, distribution
from charterkit.model.charter import KeyPoint
from charterkit.render.report.aspects import AspectView
from charterkit.render.shared.movement import moved, since
from charterkit.render.shared.plan import ActionLine
from charterkit.render.shared.said import SaidLine, said_groups
from charterkit.rules.personal import emails
from charterkit.text.english import counted, joined, number, plural, sentence

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
        sentence(f"we are working on {counted(left, 'more thing')}") if left > 0 else "",
        tuple(line for group in said_groups(public.you_said_we_did(folder)) for line in group.lines)[:MOST_SAID],
        _contacts(folder, today),
    )


def _sentences(evaluation: Evaluated, comparison: Comparison | None) -> list[str]:
    found = distribution(evaluation.charter, evaluation.standings)
    below = found.rated - found.met
    parts = [f"{number(found.met)} {plural(found.met, 'is', 'are')} in place"]
    parts += [f"{number(below)} {plural(below, 'is', 'are')} not there yet"] if below else []
    parts += [f"{number(found.not_rated)} {plural(found.not_rated, 'is', 'are')} still to be looked at"] * bool(
        found.not_rated
    )
    start = f"In {evaluation.cycle.spoken} we asked ourselves how we stand on {counted(found.applicable, 'thing')}"
    told = comparison and any(comparison.counts[kind] for kind in (MoveKind.IMPROVED, MoveKind.DECLINED))
    return [
        f"{start}: {joined(parts)}.",
        *([moved(since(comparison), comparison.counts, "thing")] if comparison and told else []),
        *([f"We have reached {award.label}."] if evaluation.charter.awards and (award := highest(evaluation)) else []),
    ]


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
        return {1: "In place", 2: "Both in place"}.get(count, f"All {number(count)} in place")
    return f"{number(found.met).capitalize()} of {number(count)} in place"


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
            due.setdefault(action.aspect, f"Meant for {action.due}" if action.is_overdue else f"By {action.due}")
    planned = {action.aspect for action in actions if action.is_open}
    worked_on = [
        views[key].title
        for key, standing in sorted(evaluation.standings.items(), key=lambda item: item[1].rank)
        if evaluation.is_below(key) or views[key].title in planned
    ]
    order = list(due)
    worked_on.sort(key=lambda title: order.index(title) if title in due else len(due))
    return [WorkLine(title, due.get(title, "No date yet")) for title in worked_on]


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
