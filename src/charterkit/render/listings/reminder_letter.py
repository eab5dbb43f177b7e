"""What one owner is told: the digest of what is theirs, as a text and as a small web page."""

from collections.abc import Sequence

from charterkit.files.workspace import Workspace
from charterkit.insight.happened import address
from charterkit.insight.reminder import DueState, Reminder
from charterkit.records import dataclass
from charterkit.render.engine.environment import render
from charterkit.render.listings.listing import Section, spoken
from charterkit.render.listings.reminders import Window, by_date, summary
from charterkit.text.english import counted, joined


@dataclass(frozen=True, slots=True)
class LetterText:
    """A message's words."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class LetterView:
    """What the templates fill in."""

    name: str
    summary: str
    date: str
    sections: tuple[Section, ...]
    note: str = ""
    place: str = ""
    """The school, where it is one: the rows do not name it then."""


def letter(name: str, found: Sequence[Reminder], view: Window, workspace: Workspace) -> LetterText:
    """One person's message; `found` is what is theirs."""
    note = ""
    if view.back is not None:
        note = f"There is no school until {spoken(view.back)}, so this looks a little further ahead than usual."
    folders = {reminder.folder.slug: reminder.folder.school.name for reminder in found}
    home, place = next(iter(folders.items())) if len(folders) == 1 else ("", "")
    sections = tuple(by_date(found, view, home, lambda reminder: address(workspace, reminder.path)))
    filled = LetterView(name, summary(found, view.today, view.reach), spoken(view.today), sections, note, place)
    return LetterText(
        _subject(found, view),
        render("remind-email.txt.j2", filled, workspace.root),
        render("remind-email.html.j2", filled, workspace.root),
    )


def _subject(found: Sequence[Reminder], view: Window) -> str:
    late = sum(reminder.standing(view.today, view.reach) is DueState.OVERDUE for reminder in found)
    soon = len(found) - late
    parts = [f"{counted(late, 'thing')} overdue" if late else "", f"{counted(soon, 'thing')} due" if soon else ""]
    schools = list(dict.fromkeys(reminder.folder.school.name for reminder in found))
    where = schools[0] if len(schools) == 1 else counted(len(schools), "school")
    said = joined([part for part in parts if part])
    return f"{said[:1].upper()}{said[1:]}: {where}"
