"""Which school, charter and cycles a command is about, when the call leaves some of it out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from charterkit.cli.options import Session, cycle
from charterkit.errors import CharterkitError

if TYPE_CHECKING:
    from charterkit.files.workspace import Document, SchoolFolder
    from charterkit.insight.evaluations.evaluated import Evaluated
    from charterkit.model.charter import Charter


def evaluations_of(call: Session, folder: "SchoolFolder", charter: str | None) -> "list[Evaluated]":
    """A school's evaluations of the charter that is meant, oldest first; those that cannot be used are named aloud.

    Raises CharterkitError where there are none.
    """
    from charterkit.insight.evaluations.evaluated import left_out, timeline

    for path in left_out(call.workspace, folder):
        call.warn(f"{path} cannot be used: 'charterkit check' says why.")
    chosen = call.workspace.choose_charter(charter or _only_charter(call, folder)).id
    evaluations = timeline(call.workspace, folder, chosen)
    if not evaluations:
        raise CharterkitError(
            f"{folder.school.name} has no self-evaluation of this charter yet.",
            f"Start one with: charterkit evaluate {folder.slug}",
        )
    return evaluations


def charter_for(call: Session, folder: "SchoolFolder", named: str | None) -> "Charter":
    """The charter version to evaluate with: the one the school used last goes on before an unfinished newer one."""
    from charterkit.insight.evaluations.evaluated import timeline

    chosen = call.workspace.choose_charter(named)
    earlier = timeline(call.workspace, folder, chosen.id)
    return call.workspace.choose_charter(chosen.id, used=earlier[-1].charter.version) if earlier else chosen


def _only_charter(call: Session, folder: "SchoolFolder") -> str | None:
    """The charter all the school's evaluations are about, where no default is set."""
    about = {one.model.charter for one in folder.evaluations if one.model} & set(call.workspace.charter_ids)
    return about.pop() if len(about) == 1 and not call.workspace.config.charter else None


def whole_name(call: Session, slug: str | None) -> str:
    """The name of the school that is meant; of all, that of the workspace."""
    if slug is not None:
        return call.workspace.school(slug).school.name
    slugs = call.workspace.slugs
    alone = call.workspace.school(slugs[0]).school.name if len(slugs) == 1 else ""
    return alone or call.workspace.config.organisation or "All schools"


def warn_of_unread_policies(call: Session, slug: str | None) -> list[str]:
    """The paths of policies that cannot be read at all, of a school its trust's too; each is said aloud too."""
    from charterkit.insight.organisations import Organisations

    slugs = call.workspace.slugs if slug is None else [slug, *Organisations(call.workspace).above(slug)]
    paths = [one.path for each in slugs for one in call.workspace.school(each).policies if one.model is None]
    for path in paths:
        call.warn(f"{path} cannot be read and is left out: 'charterkit check' says why.")
    return paths


def pick(evaluations: "list[Evaluated]", wanted: str | None, option: str) -> "Evaluated":
    """The evaluation of a cycle, or the newest. Raises CharterkitError with the cycles there are."""
    if wanted is None:
        return evaluations[-1]
    meant = cycle(wanted, option)
    for one in evaluations:
        if one.cycle == meant:
            return one
    known = ", ".join(str(one.cycle) for one in evaluations)
    raise CharterkitError(f"There is no self-evaluation for {wanted}.", f"There is: {known}.")


def problems_beside(call: Session, evaluations: "list[Evaluated]") -> None:
    """Say that a file was not read whole: what could be is shown, and `check` names the rest."""
    charters = [call.workspace.charters[one.charter.id, one.charter.version] for one in evaluations]
    documents: list[Document[Any]] = [*(one.document for one in evaluations), *charters]
    for path, number in {document.path: len(document.loaded.problems) for document in documents}.items():
        if number:
            is_are = "is a mistake" if number == 1 else f"are {number} mistakes"
            call.warn(f"There {is_are} in {path}: 'charterkit check' says where.")


def demand_levels(evaluations: "Iterable[Evaluated]") -> None:
    """Raises CharterkitError where a charter has too few levels left to rate anything on."""
    from charterkit.model.scale import FEWEST

    for one in evaluations:
        if len(one.charter.levels) < FEWEST:
            raise CharterkitError(
                f"This charter's levels cannot be read ({one.charter.id}, version {one.charter.version}).",
                "Run 'charterkit check' and mend what it names.",
            )
