"""The answers of a file of any kind that is taken in: a filled-in form, another sheet, a table or YAML."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from charterkit.errors import Refused
from charterkit.exchange.answers import FORM, answers_of, demand_ending
from charterkit.exchange.shapes import AskedSchool, read_shape
from charterkit.exchange.workbook.carry import Target
from charterkit.exchange.workbook.read import read_form
from charterkit.exchange.workbook.sheet import read_sheet
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.actions import all_actions
from charterkit.insight.evaluations.answers import Answer
from charterkit.insight.evaluations.evaluated import asked_of
from charterkit.insight.evaluations.part_answers import with_parts
from charterkit.insight.evaluations.planning import PlanAnswer
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class FileAnswers:
    """What a file says of aspects and of the action plan, and what there is to say about how it was read."""

    answers: list[Answer]
    plan: list[PlanAnswer] = field(default_factory=list)
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedEvaluation:
    """The self-evaluation that a file is read for; `about` is what the file may say of itself."""

    workspace: Workspace
    folder: SchoolFolder
    charter: Charter
    cycle: Cycle
    about: Mapping[str, str]


def demand_kind(name: str) -> None:
    """Raises Refused for a file that nothing is read from, by its name."""
    if Path(name).suffix.lower() != FORM:
        demand_ending(name)


def read_file(name: str, data: bytes, asked: AskedEvaluation) -> FileAnswers:
    """Read it by its name's ending. Raises CharterkitError with every complaint and its cell or line."""
    ending = Path(name).suffix.lower()
    if ending == ".csv" and (shaped := _in_a_shape(name, data, asked)):
        return shaped
    if ending != FORM:
        return FileAnswers(answers_of(name, data, asked.about))
    charter, cycle, folder = asked.charter, asked.cycle, asked.folder
    versions = [with_parts(asked_of(folder, version)) for version in asked.workspace.versions(charter.id)]
    known = all_actions(folder, charter.id)
    target = Target(with_parts(charter), versions, str(cycle), cycle.spoken, folder.slug, folder.school.name, known)
    try:
        form = read_form(name, data, target)
    except Refused as refused:
        if refused.code != "no-form":
            raise
        return _in_a_shape(name, data, asked) or FileAnswers(read_sheet(name, data))
    return FileAnswers(form.answers, form.plan, form.notices)


def _in_a_shape(name: str, data: bytes, asked: AskedEvaluation) -> FileAnswers | None:
    """The answers of a table with crosses, percentages or a row a school; None where it has no such shape."""
    school = asked.folder.school
    shaped = read_shape(name, data, asked.charter, AskedSchool(school.name, asked.folder.slug, school.urn or ""))
    return FileAnswers(shaped.answers, [], tuple(shaped.notices)) if shaped and shaped.answers else None
