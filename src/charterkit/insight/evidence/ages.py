"""How old evidence is, and whether the charter still takes it."""

from collections.abc import Mapping
from datetime import date

from charterkit.model.dates import Interval, PartialDate
from charterkit.model.evaluation import Evidence
from charterkit.model.survey import Survey


def dated(evidence: Evidence, surveys: Mapping[str, Survey]) -> PartialDate | None:
    """When it was seen, heard or written: its own date, else that of the survey it names; None where neither is said.

    `surveys` are the school's, by id.
    """
    survey = surveys.get(evidence.survey or "")
    return evidence.date or (survey.date if survey else None)


def is_outdated(when: PartialDate, age: Interval, today: date) -> bool:
    """Whether evidence of a date is older than it may be, on the last day that the date may mean."""
    until = age.after(PartialDate.of(when.last))
    return until is not None and until.last < today
