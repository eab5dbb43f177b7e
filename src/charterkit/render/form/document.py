"""What a form is made of: the charter to rate on, and of a school what it said last time."""

from dataclasses import replace
from datetime import date

from charterkit.errors import Missing, Refused
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.evaluations.choosing import charter_for, demand_levels, problems_beside, warn_of_left_out
from charterkit.insight.evaluations.evaluated import asked_of, timeline
from charterkit.insight.evaluations.form_cycle import Occasion, occasion
from charterkit.insight.evaluations.part_answers import with_parts
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle
from charterkit.render.form.view import Form, FormView, form
from charterkit.render.poster.view import translation_into
from charterkit.render.shared.voice import Voice
from charterkit.text.english import plural


def form_to_fill(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    charter: str | None = None,
    school: str | None = None,
    cycle: Cycle | None = None,
    language: str | None = None,
    size: str = "A4",
    blank: bool = False,
    compact: bool = False,
) -> Form:
    """The form of a school, with last time's answers unless it is `blank`; without a school, of a charter alone.

    `compact` has one row an aspect and one column a level.
    """
    folder = workspace.school(school) if school else None
    found = _occasion(workspace, folder, charter, cycle, today, voice)
    _demand_whole(workspace, found.charter, voice)
    translation = translation_into(workspace, found.charter, language)
    made = form(folder, found, today=today, translation=translation, size=size, blank=blank, compact=compact)
    for notice in (*_rated(found, made.view), *made.notices):
        voice.warn(notice)
    return made


def _rated(found: Occasion, view: FormView) -> list[str]:
    """That the cycle has answers which the form does not show."""
    if not found.answered or not found.cycle:
        return []
    have = plural(found.answered, f"1 {view.noun} has", f"{found.answered} {view.noun}s have")
    shows = f"the form shows {view.last_cycle} only" if view.last_cycle else "the form does not show them"
    return [f"{have} an answer already in {found.cycle.spoken}; {shows}."]


def _occasion(  # noqa: PLR0917 - what a form is for
    workspace: Workspace,
    folder: SchoolFolder | None,
    charter: str | None,
    cycle: Cycle | None,
    today: date,
    voice: Voice,
) -> Occasion:
    """What the form is for: of a school what `evaluate` would go on with, else the charter alone."""
    if folder is None:
        written = workspace.choose_charter(charter)
        return Occasion(with_parts(written.as_rated()), cycle, None, {}, as_written=written)
    warn_of_left_out(workspace, folder, voice.warn)
    whole = charter_for(workspace, folder, charter)
    chosen = asked_of(folder, whole)
    if whole.aspects and not chosen.aspects:
        raise Refused("nothing-applies", charter=whole.id, version=whole.version, slug=folder.slug)
    found = occasion(workspace, timeline(workspace, folder, chosen.id), chosen, cycle, today)
    if found.previous:
        problems_beside(workspace, [found.previous], voice.warn)
        demand_levels([found.previous])
    return replace(found, charter=with_parts(found.charter))


def _demand_whole(workspace: Workspace, charter: Charter, voice: Voice) -> None:
    """Raises CharterkitError where a part of the charter's file that nothing can be rated without cannot be read."""
    document = workspace.charters[charter.id, charter.version]
    loaded = document.loaded
    if not charter.has_scale or not charter.aspects or "key_points" in loaded.broken:
        raise Missing("form-unreadable", path=document.path)
    if loaded.problems:
        voice.warn(f"Not all of {document.path} can be read: 'charterkit check' says where.")
