"""What a survey's document is made of: the survey, those before it, and how the school rates what it speaks to."""

from datetime import date
from functools import cached_property
from typing import Any

from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.evaluated import timeline
from charterkit.insight.evaluations.newest import plans
from charterkit.insight.public import Followed
from charterkit.insight.surveys.choosing import find_survey
from charterkit.insight.surveys.results import SurveyResult, survey_result
from charterkit.model.survey import Survey
from charterkit.records import dataclass
from charterkit.render.engine.paper import Paper, paper
from charterkit.render.listings.listing import spoken
from charterkit.render.shared.said import said_groups
from charterkit.render.shared.voice import Voice
from charterkit.render.survey.data import KEYS, survey_json, survey_rows
from charterkit.render.survey.view import ServedAspect, SurveyView, survey_view
from charterkit.text.english import plural


@dataclass(frozen=True)
class SurveyPage:
    """One survey of a school."""

    workspace: Workspace
    folder: SchoolFolder
    result: SurveyResult
    today: date

    @cached_property
    def view(self) -> SurveyView:
        """For people."""
        survey = self.result.survey
        said = said_groups([Followed(survey, survey.you_said_we_did)]) if survey.you_said_we_did else ()
        aspects = served_aspects(self.workspace, self.folder)
        groups = _groups(self.workspace)
        return survey_view((self.folder.school.name, spoken(self.today)), self.result, aspects, groups, said)

    @property
    def data(self) -> dict[str, Any]:
        """For programs."""
        return survey_json(self.folder.slug, self.result)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A row a question, and one a group that is shown."""
        return survey_rows(self.folder.slug, self.result)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of CSV."""
        return KEYS


def survey(
    workspace: Workspace, today: date, voice: Voice, *, survey: str | None = None, school: str | None = None
) -> SurveyPage:
    """A school's survey; the newest where none is named."""
    folder = workspace.choose_school(school)
    document = find_survey(folder, survey)
    number = len(document.loaded.problems)
    if number:
        is_are = plural(number, "is a mistake", f"are {number} mistakes")
        voice.warn(f"There {is_are} in {document.path}: 'charterkit check' says where.")
    model: Survey = document.model  # type: ignore[assignment]  # find_survey gives none that cannot be read
    return SurveyPage(workspace, folder, survey_result(document.stem, model, folder), today)


def served_aspects(workspace: Workspace, folder: SchoolFolder) -> dict[str, ServedAspect]:
    """Every aspect of the charters that the school rates itself on, as the newest evaluation rates it; of the other
    charters as they stand there.
    """
    found: dict[str, ServedAspect] = {}
    for charter in plans(folder):
        evaluations = timeline(workspace, folder, charter) if charter in workspace.charter_ids else []
        for name, aspect in evaluations[-1].charter.aspects.items() if evaluations else ():
            level = evaluations[-1].standings[name].level
            cycle = evaluations[-1].evaluation.cycle
            rating = f"{level.label}, {cycle.spoken}" if level and cycle else ""
            found.setdefault(name, ServedAspect(name, aspect.text, rating, evaluations[-1].is_met(name)))
    for document in workspace.charters.values():
        for name, aspect in document.model.aspects.items() if document.model else ():
            found.setdefault(name, ServedAspect(name, aspect.text, ""))
    return found


def _groups(workspace: Workspace) -> dict[str, str]:
    charters = [document.model for document in workspace.charters.values() if document.model]
    return {group.id: group.name for charter in charters for group in charter.focus_groups}


def survey_paper(view: SurveyView, today: date) -> Paper:
    """The survey as a tagged PDF. Raises CharterkitError where typst or a font is missing."""
    return paper("survey.typ", view, title=f"{view.title}: {view.school}", author=view.school, when=today)
