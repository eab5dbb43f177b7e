"""What a digest of reminders is made of: what is due at a school or at all, for people, calendars and programs."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from charterkit.files.copies import contested
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.unread import said_of_unread
from charterkit.insight.over import over
from charterkit.insight.policies.choosing import warn_of_unread_policies, whole_name
from charterkit.insight.policies.register import register
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.insight.readiness.path import towards
from charterkit.insight.reminder import DueState, Reminder
from charterkit.insight.reminders import reminders, shown_of, window
from charterkit.insight.telling import Telling, steps
from charterkit.records import dataclass
from charterkit.render.listings.documents import is_owned
from charterkit.render.listings.listing import Listing
from charterkit.render.listings.reminders import (
    KEYS,
    Window,
    digest,
    open_questions,
    reminders_json,
    reminders_sheet,
    undated_actions,
)
from charterkit.render.shared.voice import Voice
from charterkit.render.shared.workbook import SheetPage


@dataclass(frozen=True, slots=True)
class Due:
    """Reminders, and from where they are looked at."""

    workspace: Workspace
    slug: str | None
    window: Window
    found: Sequence[Reminder]
    every: bool
    """Whether what is due later counts too."""
    order: str
    is_whole: bool
    """Whether no kind or owner was asked for by which a policy's review could be left out."""
    left: Sequence[Reminder] = ()
    """All that is left to be done, whoever's and of whatever kind."""
    is_wanted: Callable[[Reminder], bool] = bool
    """Whether a reminder is of a kind and an owner that were asked for."""
    is_within: bool = False
    """Whether a number of days was asked for."""
    keys: Sequence[str] = KEYS

    @property
    def rows(self) -> list[dict[str, Any]]:
        """For programs."""
        return reminders_json(self._shown(self.window.ahead), self.window.today, self.window.ahead)

    @property
    def data(self) -> list[dict[str, Any]]:
        """As JSON has it."""
        return self.rows

    @property
    def sheet(self) -> SheetPage:
        """For a spreadsheet."""
        return reminders_sheet(self.rows, whole_name(self.workspace, self.slug))

    @property
    def view(self) -> Listing:
        """For people: with what is still to be decided about policies, unless only something else was asked for."""
        today, home = self.window.today, self._home
        notes = open_questions(list(register(self.workspace, today, self.slug)), home) if self.is_whole else ()
        undated = undated_actions(self.workspace, home) if home and self.is_whole else ()
        title = whole_name(self.workspace, self.slug)
        onward = self._towards(home) if home and self.is_whole else ""
        footer = (onward,) if onward else ()
        return digest(self._listed(), title, self.window, self.order, home, notes=(*notes, *undated), footer=footer)

    def _towards(self, home: str) -> str:
        """What comes next on a school's way to a certificate."""
        folder = self.workspace.school(home)
        if not folder.is_school:
            return ""
        is_named = len(self.workspace.own_slugs) != 1
        return towards(self.workspace, folder, self.window.today, is_named=is_named)

    @property
    def _home(self) -> str:
        """The folder of the one organisation that this is about; empty where there are several."""
        slugs = self.workspace.own_slugs
        return self.slug or (slugs[0] if len(slugs) == 1 else "")

    def _listed(self) -> list[Reminder]:
        """Of one organisation every open action too, whenever it is due, unless a number of days was asked for."""
        shown = self._shown(self.window.ahead)
        if not self._home or self.is_within:
            return shown
        return [reminder for reminder in self.found if reminder in shown or reminder.kind == "action"]

    @property
    def calendar(self) -> dict[str, Any]:
        """A calendar holds everything that has a date: its alarms tell when it is near."""
        return {
            "name": f"What is due: {whole_name(self.workspace, self.slug)}",
            "found": self.found,
            "workspace": self.workspace,
            "today": self.window.today,
            "over": [
                reminder
                for reminder in over(self.workspace, self.window.today, self.slug, self.left)
                if self.is_wanted(reminder)
            ],
        }

    @property
    def telling(self) -> Telling:
        """At which steps people are told: before a holiday also what a message in it would have told."""
        said, view = self.workspace.config.reminders, self.window
        chosen = steps(said, view.ahead, is_asked=self.is_within)
        every = [(date.max - view.today).days] if self.every else []
        return Telling(view.today, (*chosen, *every), view.reach - view.ahead, said.copy if said else None)

    @property
    def letters(self) -> list[Reminder]:
        """What messages to owners are about: all that has reached one of its steps."""
        telling = self.telling
        return [reminder for reminder in self.found if telling.step(reminder)]

    @property
    def is_overdue(self) -> bool:
        """Whether anything is."""
        today, ahead = self.window.today, self.window.ahead
        return any(reminder.standing(today, ahead) is DueState.OVERDUE for reminder in self.found)

    def _shown(self, ahead: int) -> list[Reminder]:
        return shown_of(list(self.found), self.window.today, ahead, every=self.every)


def due(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    within: int | None = None,
    every: bool = False,
    order: str = "date",
    kinds: Sequence[str] = (),
    owner: str | None = None,
) -> Due:
    """What is due `within` so many days, or with `every` at all; only some kinds or one owner's, where asked for."""
    slug = workspace.school(school).slug if school else None
    left = reminders(workspace, today, slug)

    def is_wanted(reminder: Reminder) -> bool:
        return (not kinds or reminder.kind in kinds) and (
            owner is None or any(is_owned(person, owner) for person in reminder.people)
        )

    found = [reminder for reminder in left if is_wanted(reminder)]
    warn_of_unread_policies(workspace, slug, voice.warn)
    for each in workspace.own_slugs if slug is None else [slug]:
        _warn_of_unread(workspace, workspace.school(each), voice.warn)
    seen = Window(today, window(workspace, within), SchoolDays.at(workspace, slug))
    is_whole = owner is None and (not kinds or "review" in kinds)
    return Due(workspace, slug, seen, found, every, order, is_whole, left, is_wanted, within is not None)


def _warn_of_unread(workspace: Workspace, folder: SchoolFolder, warn: Callable[[str], None]) -> None:
    """What cannot be read of the evaluations that reminders are made of, and which files are about the same."""
    for sentence in contested(folder.rivals("evaluations")):
        warn(sentence)
    for _, sentence in said_of_unread(workspace, folder):
        warn(sentence)
