"""Where each school stands, in a few words, and what comes next: for whoever types `charterkit` and nothing else."""

from collections.abc import Iterator
from datetime import date

from charterkit.errors import CharterkitError
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.choosing import charter_for
from charterkit.insight.evaluations.evaluated import Evaluated, left_out, timeline
from charterkit.insight.evaluations.summary import distribution
from charterkit.insight.reminder import Reminder
from charterkit.insight.reminders import reminders
from charterkit.model.charter import Charter
from charterkit.records import dataclass
from charterkit.text.english import figures


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One school: its newest self-evaluation, what is overdue, and the command that comes next.

    `unread` are the paths of its evaluations that cannot be used or are not read; `trouble` is why nobody can tell its
    charter.
    """

    slug: str
    name: str
    charter: str
    newest: Evaluated | None
    overdue: tuple[Reminder, ...]
    unread: tuple[str, ...]
    following: tuple[str, ...]
    trouble: str = ""

    @property
    def progress(self) -> tuple[int, int]:
        """How many aspects of the newest are dealt with, of how many."""
        found = distribution(self.newest.charter, self.newest.standings) if self.newest else None
        return (found.answered, found.total) if found else (0, 0)

    @property
    def stands(self) -> str:
        """The newest self-evaluation in a few words."""
        if self.newest is None:
            return "its self-evaluation cannot be read" if self.unread else "no self-evaluation yet"
        found = distribution(self.newest.charter, self.newest.standings)
        left = figures(found.not_applicable, "does not apply", "do not apply")
        beside = f", {left}" if found.not_applicable else ""
        agreed = ", agreed" if self.newest.evaluation.status == "agreed" else ""
        return f"{self.newest.cycle.spoken}, {found.rated} of {found.applicable} rated{beside}{agreed}"


def whereabouts(workspace: Workspace, today: date, slug: str | None = None) -> Iterator[Whereabouts]:
    """Of one school, or of all of their own."""
    for name in [slug] if slug else workspace.own_slugs:
        folder = workspace.school(name)
        if folder.is_school:
            yield _of(workspace, folder, today)


def _of(workspace: Workspace, folder: SchoolFolder, today: date) -> Whereabouts:
    try:
        charter: Charter | None = charter_for(workspace, folder, None)
        trouble = ""
    except CharterkitError as error:
        charter, trouble = None, f"{error.message} {error.hint}".strip()
    evaluations = timeline(workspace, folder, charter.id) if charter else []
    newest = evaluations[-1] if evaluations else None
    every = reminders(workspace, today, folder.slug)
    unread = (*left_out(workspace, folder), *(path for path, _ in folder.nearly_named("evaluations")))
    return Whereabouts(
        folder.slug,
        folder.school.name,
        charter.title if charter else "",
        newest,
        tuple(each for each in every if each.days(today) < 0),
        unread,
        ("check",) if unread or trouble else _following(newest, today),
        trouble,
    )


def _following(newest: Evaluated | None, today: date) -> tuple[str, ...]:
    if newest is None:
        return ("evaluate",)
    if newest.evaluation.status == "agreed":
        return ("evaluate",) if newest.cycle.last < today else ("report", "--open")
    found = distribution(newest.charter, newest.standings)
    return ("evaluate",) if found.answered < found.total else ("evaluate", "--agree")
