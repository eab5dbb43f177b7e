"""Each focus group of a charter: what was rated for it, where it is below, and what its families say in surveys."""

from collections.abc import Iterator

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.awards import needed
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.surveys.results import in_order, survey_result, when
from charterkit.model.charter import Award, FocusGroup
from charterkit.model.survey import Question, Survey
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """What a group answered to a question of the last survey of an audience; None where that is not shown."""

    survey: Survey
    question: Question
    share: float | None
    whole: float | None
    """The share of all who answered."""


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """Where a focus group stands."""

    group: FocusGroup
    rated: int
    """Of how many aspects that apply something was rated for it."""
    of: int
    below: tuple[str, ...]
    """The aspects on which it is below the level that the award needs."""
    evidence: int
    """How many pieces there are for the aspects that were rated for it."""
    answers: tuple[GroupAnswer, ...]


def groups_of(folder: SchoolFolder, found: Evaluated, aim: Award) -> tuple[GroupStanding, ...]:
    """The groups of which something is known, in the charter's order."""
    made = (_group(folder, found, aim, group) for group in found.charter.focus_groups)
    return tuple(group for group in made if group.rated or group.answers)


def _group(folder: SchoolFolder, found: Evaluated, aim: Award, group: FocusGroup) -> GroupStanding:
    charter = found.charter
    entries = {key: standing.entry for key, standing in found.standings.items() if standing.entry}
    rated = {
        key: entry.groups[group.id] for key, entry in entries.items() if entry.groups.get(group.id) in charter.ranks
    }
    below = tuple(key for key, level in rated.items() if charter.ranks[level] < needed(charter, aim, key))
    applies = sum(standing.word != "not-applicable" for standing in found.standings.values())
    return GroupStanding(
        group,
        len(rated),
        applies,
        below,
        group_evidence(found, group.id),
        tuple(group_answers(folder, found, group.id)),
    )


def group_evidence(found: Evaluated, group: str) -> int:
    """How many pieces of evidence there are for the aspects that were rated for a group."""
    entries = (standing.entry for standing in found.standings.values() if standing.entry)
    return sum(len(entry.evidence) for entry in entries if entry.groups.get(group) in found.charter.ranks)


def group_answers(folder: SchoolFolder, found: Evaluated, group: str) -> Iterator[GroupAnswer]:
    """To questions about the charter's aspects, in the last survey of each audience up to the evaluation's cycle."""
    until = max(found.day, found.cycle.last)
    held = [(name, survey) for name, survey in in_order(folder) if when(survey) <= until]
    last = {survey.audience: (name, survey) for name, survey in held}
    for name, survey in last.values():
        for result in survey_result(name, survey, folder).questions:
            its = next((each for each in result.groups if each.id == group), None)
            if its and any(aspect in found.charter.aspects for aspect in result.question.aspects):
                share = its.answered.share if its.answered else None
                yield GroupAnswer(survey, result.question, share, result.answered.share)
