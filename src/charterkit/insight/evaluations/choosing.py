"""Which evaluations and which charter are meant; `warn` is told what is left out of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from charterkit.errors import Missing, NotThere, Refused
from charterkit.files.copies import contested
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.findings import Problem
from charterkit.insight.evaluations.beginning import may_be_meant
from charterkit.insight.evaluations.evaluated import Evaluated, timeline
from charterkit.insight.evaluations.unread import places, unread, unusable
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle
from charterkit.model.scale import FEWEST


def evaluations_of(
    workspace: Workspace,
    folder: SchoolFolder,
    charter: str | None,
    warn: Callable[[str], None],
    *wanted: Cycle | None,
) -> list[Evaluated]:
    """A school's evaluations of the charter that is meant, oldest first; those that cannot be used are named aloud.

    Raises CharterkitError where there are none, and where the one of a `wanted` cycle is among those.
    """
    chosen = workspace.choose_charter(charter or own_charter(workspace, folder)).id
    evaluations = timeline(workspace, folder, chosen)
    said = unusable(workspace, folder)
    if said and (not evaluations or _is_among(workspace, folder, chosen, evaluations, wanted)):
        raise Missing("evaluation-unusable", said="\n".join(said))
    if not evaluations:
        raise Missing("no-evaluation", name=folder.school.name, slug=folder.slug)
    for sentence in said:
        warn(sentence)
    return evaluations


def _is_among(
    workspace: Workspace, folder: SchoolFolder, charter: str, found: list[Evaluated], wanted: Iterable[Cycle | None]
) -> bool:
    """Whether a cycle that is wanted may be one of those that cannot be used."""
    missing = [cycle for cycle in wanted if cycle and all(held.cycle != cycle for held in found)]
    return any(may_be_meant(workspace, folder, charter, cycle) for cycle in missing)


def warn_of_left_out(workspace: Workspace, folder: SchoolFolder, warn: Callable[[str], None]) -> None:
    """Say which of a school's evaluations cannot be used, and which files are about the same."""
    for sentence in (*contested(folder.rivals("evaluations")), *unusable(workspace, folder)):
        warn(sentence)


def charter_for(workspace: Workspace, folder: SchoolFolder, named: str | None) -> Charter:
    """The charter version to evaluate with: the one the school used last goes on before an unfinished newer one."""
    chosen = workspace.choose_charter(named or own_charter(workspace, folder))
    earlier = timeline(workspace, folder, chosen.id)
    return workspace.choose_charter(chosen.id, used=earlier[-1].charter.version) if earlier else chosen


def own_charter(workspace: Workspace, folder: SchoolFolder) -> str | None:
    """The one charter that a school has rated itself on, else has signed; None where the workspace's default holds.

    That does where the school uses it too, and where it uses several others.
    """
    known = set(workspace.charter_ids)
    rated = {document.model.charter for document in folder.evaluations if document.model} & known
    signed = {signed.charter for signed in folder.school.charters} & known
    if workspace.config.charter in rated | signed:
        return None
    used = rated or signed
    return used.pop() if len(used) == 1 else None


def pick(evaluations: list[Evaluated], wanted: Cycle | None) -> Evaluated:
    """The evaluation of a cycle, or the newest. Raises CharterkitError with the cycles there are."""
    if wanted is None:
        return evaluations[-1]
    for found in evaluations:
        if found.cycle == wanted:
            return found
    known = [str(found.cycle) for found in evaluations]
    raise NotThere("no-evaluation-for", wanted=wanted, known=known)


def pick_pair(evaluations: list[Evaluated], start: Cycle | None, end: Cycle | None) -> tuple[Evaluated, Evaluated]:
    """The two evaluations to compare: the newest and the one before it, as far as nothing else is wanted.

    Raises CharterkitError where there is no such cycle, none before it, or both are the same.
    """
    after = pick(evaluations, end)
    if start is not None:
        before = pick(evaluations, start)
        if before.cycle == after.cycle:
            raise Refused("same-cycle", cycle=after.cycle)
        return before, after
    place = evaluations.index(after)
    if place == 0:
        raise Missing("no-earlier-cycle", cycle=after.cycle)
    return evaluations[place - 1], after


def problems_beside(workspace: Workspace, evaluations: Iterable[Evaluated], warn: Callable[[str], None]) -> None:
    """Say what of a file was not read, and where; what could be is shown."""
    charters: dict[str, Document[Any]] = {}
    for found in evaluations:
        say_unread(found.document, unread(found), warn)
        document = workspace.charters[found.charter.id, found.charter.version]
        charters[document.path] = document
    for document in charters.values():
        say_unread(document, document.loaded.problems, warn)


def say_unread(document: Document[Any], problems: Sequence[Problem], warn: Callable[[str], None]) -> None:
    """Say some problems of a file, each with its place."""
    for place in places(document, problems):
        warn(f"{document.path} is not read whole: {place}")


def demand_levels(evaluations: Iterable[Evaluated]) -> None:
    """Raises CharterkitError where a charter has too few levels left to rate anything on, or asks a school nothing."""
    for found in evaluations:
        if len(found.charter.levels) < FEWEST:
            raise Missing("unreadable-levels", charter=found.charter.id, version=found.charter.version)
        if found.not_asked and not found.charter.aspects:
            slug = found.document.path.split("/")[1]
            raise Refused("nothing-applies", charter=found.charter.id, version=found.charter.version, slug=slug)
