"""What stands in a year beside its promises: the reports of whoever watches over policies, and a sign-up's duties.

Neither is promised to anybody, so that nothing shows them which is made for somebody.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.organisations import Organisations
from charterkit.insight.over import duties_over, ended_policies
from charterkit.insight.policies.register import policy_title
from charterkit.insight.policies.reviews import in_force
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.insight.reminder import Reminder
from charterkit.insight.reminders import dated_duties, monitored
from charterkit.model.dates import Cycle
from charterkit.model.policy import Policy
from charterkit.model.recurrences import Recurrence
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """A report or a duty with its dates in one academic year, at least one; `source` is what it is about by title."""

    dates: tuple[Reminder, ...]
    source: str
    when: Recurrence | None = None

    @property
    def first(self) -> Reminder:
        """Its earliest date; what it is about is the same of all."""
        return self.dates[0]

    @property
    def owner(self) -> str:
        """Who sees to it; empty where nobody is named."""
        return self.first.owner_name or ""


def beside(workspace: Workspace, slug: str | None, plan: YearPlan) -> list[Beside]:
    """What is to be done in the plan's year, of one organisation or of all, by date."""
    policies = (each for each in Organisations(workspace).policies(slug) if in_force(each[2]))
    found = [*_reports(workspace, slug, plan, policies)]
    for folder in _folders(workspace, slug):
        found += [
            Beside((reminder,), _title(workspace, reminder.about))
            for reminder, duty in dated_duties(folder)
            if not duty.is_done and _is_in(reminder.due_by, plan.year)
        ]
    return sorted(found, key=lambda each: (each.first.due_by, each.first.key))


def beside_over(workspace: Workspace, slug: str | None, plan: YearPlan, today: date) -> list[Reminder]:
    """What of it is over, from today on: reports on policies that hold no longer, and duties that are done."""
    ended = ended_policies(workspace, today, slug)
    reports = (each for found in _reports(workspace, slug, plan, ended) for each in found.dates)
    duties = (each for folder in _folders(workspace, slug) for each in duties_over(folder, today))
    return [
        *(each for each in reports if each.due_by >= today),
        *(each for each in duties if _is_in(each.due_by, plan.year)),
    ]


def _reports(
    workspace: Workspace,
    slug: str | None,
    plan: YearPlan,
    policies: Iterable[tuple[SchoolFolder, Document[Policy], Policy]],
) -> Iterator[Beside]:
    """Each line of the policies that has dates in the year, of several organisations each by its own school days."""
    plans = {slug: plan} if slug else {}
    for line in monitored(slug, policies):
        if line.slug not in plans:
            plans[line.slug] = YearPlan(plan.year, SchoolDays.at(workspace, line.slug))
        dates = tuple(line.report(each) for each in plans[line.slug].occurrences(line.dated))
        if dates:
            yield Beside(dates, policy_title(line.document, line.policy), line.line.every)


def _folders(workspace: Workspace, slug: str | None) -> list[SchoolFolder]:
    return [workspace.school(each) for each in (workspace.own_slugs if slug is None else [slug])]


def _title(workspace: Workspace, charter: str) -> str:
    return next((version.title for version in reversed(workspace.versions(charter))), charter)


def _is_in(day: date, year: Cycle) -> bool:
    return year.first <= day <= year.last
