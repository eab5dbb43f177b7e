"""A certification visit asked for: refused while something is missing, unless somebody says why it is asked anyway."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from charterkit.errors import Refused
from charterkit.insight.readiness.missing import Readiness, readiness_for
from charterkit.insight.readiness.words import stops_said
from charterkit.model.dates import PartialDate
from charterkit.session.visit_file import VisitFile
from charterkit.text.english import counted
from charterkit.text.safe import shown

_MOST, _LONGEST = 12, 400
"""Things that are missing which are named before the rest is counted."""


def demand_ready(visit: VisitFile, today: date, anyway: str) -> None:
    """Raises CharterkitError with what stands against a visit, where nobody says, or said, why it is asked anyway."""
    if anyway.strip() or visit.visit.anyway:
        return
    ready = readiness_for(visit.workspace, visit.folder, visit.charter, today)
    if not ready.is_ready:
        name = visit.folder.school.name
        raise Refused("visit-not-ready", name=name, complaints="\n".join(f"- {line}" for line in missing_said(ready)))


def missing_said(ready: Readiness) -> list[str]:
    """What stands against a visit, in sentences: the first of them, and how many more there are."""
    found = stops_said(ready)
    rest = len(found) - _MOST
    lines = [shown(line, _LONGEST) for line in found[:_MOST]]
    return [*lines, f"and {counted(rest, 'more thing')}."] if rest > 0 else lines


def demand_to_come(days: Mapping[str, list[PartialDate]], today: date) -> None:
    """Raises CharterkitError for a day that is over. `days` are those of a visit, by what people call them."""
    for name, those in days.items():
        if over := next((each for each in those if each.last < today), None):
            raise Refused("visit-day-over", option=name, when=over.spoken)


def ask_for(visit: VisitFile, facts: Mapping[str, Any]) -> None:
    """Write the request down; one that is open already gets what is new."""
    said = {key: value for key, value in facts.items() if value}
    if said or visit.existing is None:
        visit.record(facts=said, begins=True)
