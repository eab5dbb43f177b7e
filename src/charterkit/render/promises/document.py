"""What a year of promises is made of: by date, or by the aspects of the charter that they serve."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from charterkit.files.workspace import Workspace
from charterkit.insight.over import over_promises
from charterkit.insight.policies.choosing import warn_of_unread_policies, whole_name
from charterkit.insight.promises.beside import beside, beside_over
from charterkit.insight.promises.serving import serving
from charterkit.insight.promises.year import plan_of, planned_where_made, promises, unread
from charterkit.model.dates import Cycle
from charterkit.records import dataclass
from charterkit.render.listings.listed import Listed
from charterkit.render.listings.listing import Listing
from charterkit.render.promises import by_aspect
from charterkit.render.promises.data import KEYS, beside_row, promises_json
from charterkit.render.promises.listing import promises_listing
from charterkit.render.promises.planner import PlannerView, planner_view
from charterkit.render.promises.sheet import aspects_sheet, promises_sheet
from charterkit.render.promises.words import Year, unread_words
from charterkit.render.shared.voice import Voice
from charterkit.render.shared.workbook import SheetPage
from charterkit.text.english import counted


@dataclass(frozen=True, slots=True)
class Promises:
    """The promises of a year, for a planner on paper of a size."""

    workspace: Workspace
    year: Year
    slug: str | None
    size: str
    voice: Voice
    keys: Sequence[str] = KEYS

    @property
    def view(self) -> PlannerView:
        """The planner."""
        return planner_view(self.year, self.size)

    @property
    def listing(self) -> Listing:
        """By date."""
        return promises_listing(self.year)

    @property
    def sheet(self) -> SheetPage:
        """For a spreadsheet."""
        return promises_sheet(self.year)

    @property
    def data(self) -> dict[str, Any]:
        """For programs."""
        return promises_json(self.year, self.slug)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The same, a promise a row, then a report or a duty a row."""
        return [*self.data["promises"], *(beside_row(each) for each in self.year.beside)]

    @property
    def calendar(self) -> dict[str, Any]:
        """What a calendar program takes in."""
        year = self.year
        if not year.beside and not any(promise.occurrences for promise in year.found):
            self.voice.warn(f"No promise has a date in {year.plan.year}: the calendar is empty.")
        name = f"{year.title}: {year.called}, {year.plan.year}"
        workspace = self.workspace
        beside_ended = () if year.audiences else beside_over(workspace, self.slug, year.plan, year.today)
        found = over_promises(workspace, year.today, self.slug, year.audiences)
        ended = planned_where_made(workspace, found, year.plan, self.slug)
        known = {"found": year.found, "over": ended, "plan": year.plan, "today": year.today}
        known |= {"beside": [each for also in year.beside for each in also.dates], "beside_over": beside_ended}
        return {"name": name, "workspace": workspace, **known, "is_many": year.is_many}


def promises_of_year(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    year: Cycle | None = None,
    audiences: Sequence[str] = (),
    size: str = "A4",
) -> Promises:
    """The promises of an academic year, today's when left out, to some audiences or all."""
    slug = workspace.school(school).slug if school else None
    return Promises(workspace, _year(workspace, today, voice, slug, year, audiences), slug, size, voice)


def promises_by_aspect(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    year: Cycle | None = None,
    audiences: Sequence[str] = (),
    charter: str | None = None,
) -> Listed:
    """The same promises by the aspects of a charter."""
    slug = workspace.school(school).slug if school else None
    shown = _year(workspace, today, voice, slug, year, audiences)
    served = serving(workspace.choose_charter(charter), shown.found)
    return Listed(
        by_aspect.serving_rows(served),
        by_aspect.KEYS,
        lambda: by_aspect.serving_listing(shown, served),
        lambda: by_aspect.serving_json(shown, served, slug),
        lambda: aspects_sheet(by_aspect.serving_rows(served), shown.title),
    )


def _year(  # noqa: PLR0917 - what a year is about
    workspace: Workspace, today: date, voice: Voice, slug: str | None, year: Cycle | None, audiences: Sequence[str]
) -> Year:
    """The promises of the year that are asked for; what cannot be read is said aloud too."""
    plan = plan_of(workspace, slug, today, year)
    every = promises(workspace, slug)
    found = [promise for promise in every if not audiences or set(promise.audiences) & set(audiences)]
    to_nobody = sum(not promise.commitment.audience for promise in every)
    if audiences and to_nobody:
        voice.say(f"Left out: {counted(to_nobody, 'promise that names', 'promises that name')} no audience.")
    bad = unread(workspace, slug)
    for words in unread_words(bad):
        voice.warn(f"{words} 'charterkit check' says why.")
    also = [] if audiences else beside(workspace, slug, plan)
    folders = {promise.folder.slug for promise in found} | {each.first.folder.slug for each in also}
    return Year(
        whole_name(workspace, slug),
        plan,
        planned_where_made(workspace, found, plan, slug),
        today,
        tuple(audiences),
        bad,
        warn_of_unread_policies(workspace, slug, voice.warn),
        is_many=slug is None and len(folders) > 1,
        beside=also,
    )
