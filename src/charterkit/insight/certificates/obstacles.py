"""Which visit a certificate would rest on, and everything that is in the way of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from charterkit.errors import NotThere
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.charter_text import text_hash
from charterkit.insight.evaluations.awards import awards_of
from charterkit.insight.visits.outcome import said_in_the_way, unseen
from charterkit.insight.visits.visited import Visited, visits_of
from charterkit.model.dates import PartialDate
from charterkit.text.english import alternatives
from charterkit.text.safe import shown


def visit_to_certify(
    workspace: Workspace, folder: SchoolFolder, charter: str, when: PartialDate | None, award: str | None = None
) -> Visited:
    """The visit of a day, else the newest certification visit that is met and has no certificate, else the newest.

    With `award` it ends in that one, where it names none itself. Raises NotThere for a school without such a visit.
    """
    every = visits_of(workspace, folder, charter)
    found = [each for each in every if each.visit.date == when] if when else []
    if when is None:
        found = [each for each in every if each.visit.purpose == "certification" and each.is_held]
    if not found:
        facts = {"name": folder.school.name, "slug": folder.slug}
        if when is None:
            raise NotThere("no-visit-to-certify", **facts)
        known = [str(each.visit.date) for each in every if each.visit.date]
        raise NotThere("no-visit-of", wanted=when.spoken, known=known, **facts)
    open_ones = [each for each in found if each.visit.outcome == "met" and each.visit.certificate is None]
    chosen = (open_ones or found)[-1]
    awards = awards_of(chosen.charter)
    named = chosen.visit.award or award or (awards[0].id if len(awards) == 1 else None)
    return replace(chosen, visit=chosen.visit.model_copy(update={"award": named}))


def in_the_way(found: Visited, today: date, award: str | None = None, *, is_another: bool = False) -> Iterator[str]:
    """Every reason against a certificate for a visit, as sentences; `is_another` where it may have one already."""
    visit, path = found.visit, shown(found.document.path, 100)
    if found.document.loaded.problems:
        yield f"Not all of {path} can be read: 'charterkit check' says where."
    if visit.purpose != "certification":
        yield "The visit is no certification visit."
    if visit.outcome != "met":
        yield "The visit is not met yet." if visit.outcome else "Nobody has written down how the visit ended."
    if visit.date is None or visit.date.day is None:
        yield "The visit has no date with a day."
    elif visit.date.last > today:
        yield f"The visit of {visit.date.spoken} has not come yet."
    if visit.outcome == "met":
        yield from unseen(visit)
    yield from _of_text(found)
    yield from _of_award(found, award)
    if visit.certificate and not is_another:
        yield f"There is a certificate for this visit already: {shown(visit.certificate.number)}."


def _of_text(found: Visited) -> Iterator[str]:
    document = found.folder.workspace.charters[found.charter.id, found.charter.version]
    whole = document.model
    if document.loaded.problems or whole is None:
        yield f"Not all of {shown(document.path, 100)} can be read: 'charterkit check' says where."
        return
    if whole.status == "withdrawn":
        yield "The charter is withdrawn."
    if found.visit.charter_text is None:
        yield "The visit does not say what the charter's text was: record it anew with 'charterkit visit record'."
    elif found.visit.charter_text != text_hash(whole):
        yield "The charter's text has changed since the visit, under the same version: record the visit anew."


def _of_award(found: Visited, award: str | None) -> Iterator[str]:
    known = [each.id for each in awards_of(found.charter)]
    named = found.visit.award
    if named is None:
        yield f"The visit does not say which award it ends in: {alternatives(known)}. Name it with --award."
    elif named not in known:
        yield f"The charter has no award {shown(named)}: there is {alternatives(known)}."
    elif award and award != named:
        yield f"The visit ends in {shown(named)}, not in {shown(award)}."
    for each in found.unexplained():
        yield said_in_the_way(found, each)
