"""The report of one self-evaluation: its view, made of plain data for one audience."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date

from charterkit.errors import Refused
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.charter_text import has_changed
from charterkit.insight.evaluations.actions import Tracked, open_actions
from charterkit.insight.evaluations.compare import Comparison, MoveKind
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState, left_out
from charterkit.insight.evaluations.summary import by_key_point, distribution, for_development, strengths
from charterkit.insight.origin import origin
from charterkit.insight.written import foreign
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Person
from charterkit.records import dataclass
from charterkit.render.comparison.aims import StatementLine, statements_of
from charterkit.render.comparison.view import (
    CycleLine,
    KeyPointSection,
    cycle_line,
    sections_of,
    steps_of,
)
from charterkit.render.engine.paper import Paper, paper
from charterkit.render.report.aspects import AspectView, aspect_views, chosen, planned
from charterkit.render.report.before_meeting import RatersSection
from charterkit.render.report.board import BoardView, board_view
from charterkit.render.report.concerns import concerns_sentence
from charterkit.render.report.evidence import surveys, what_became
from charterkit.render.report.families import FamiliesView, families_view
from charterkit.render.report.groups import GroupView, group_views
from charterkit.render.report.visits import VisitSection, visit_sections
from charterkit.render.report.whole import WholeView, whole_view
from charterkit.render.report.words import (
    carried,
    charter_note,
    development_intro,
    own_marks,
    plan_sentence,
    strengths_intro,
    summary,
)
from charterkit.render.shared.audience import AUDIENCES, ReportReader
from charterkit.render.shared.audience import audience as audience_named
from charterkit.render.shared.chart import MoveStep
from charterkit.render.shared.headings import examples, parts, with_number
from charterkit.render.shared.levels import Badge, badges, mark
from charterkit.render.shared.movement import changes, is_draft, scales
from charterkit.render.shared.plan import ActionLine, action_lines, is_newest, plan_of
from charterkit.render.shared.sign_up import SignUp, sign_up
from charterkit.render.shared.tally import Tally, tally
from charterkit.render.shared.unreadable import UnreadableLine, unreadable_lines
from charterkit.render.shared.untranslated import untranslated
from charterkit.text.speech import tr, tr_of

__all__ = ["AUDIENCES", "ReportView", "report_paper", "report_view"]


@dataclass(frozen=True, slots=True)
class KeyPointView:
    """One key point with its aspects."""

    id: str
    title: str
    tally: Tally
    aspects: tuple[AspectView, ...]
    number: str = ""
    """The one that the framework gives it; empty where it gives none."""
    part: str = ""
    """The heading that begins above it; empty where none does."""
    detail: str = ""
    examples: tuple[str, ...] = ()

    @property
    def numbered(self) -> str:
        """Its title with its number."""
        return with_number(self.number, self.title)


@dataclass(frozen=True, slots=True)
class MovementView:
    """What moved since the cycle before."""

    before: CycleLine
    after: CycleLine
    sections: tuple[KeyPointSection, ...]
    steps: tuple[MoveStep, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything the report's templates show. What its audience may not see is not in it."""

    audience: str
    audience_title: str
    school: str
    charter: str
    charter_version: str
    charter_note: str
    cycle: str
    date: str
    status: str
    is_draft: bool
    rated_by: tuple[str, ...]
    made: str
    summary: tuple[str, ...]
    tally: Tally
    scale: tuple[Badge, ...]
    mark: Badge
    key_points: tuple[KeyPointView, ...]
    strengths: tuple[AspectView, ...]
    development: tuple[AspectView, ...]
    not_applicable: tuple[AspectView, ...]
    not_rated: tuple[AspectView, ...]
    unreadable: tuple[UnreadableLine, ...]
    groups: tuple[GroupView, ...]
    actions: tuple[ActionLine, ...]
    movement: MovementView | None
    sign_up: SignUp
    notes: tuple[str, ...]
    origin: str
    """Where the charter's practice comes from, in one sentence."""
    unread: tuple[AspectView, ...] = ()
    """Aspects whose rating cannot be read, and for which something else is written."""
    board: BoardView | None = None
    """The first page for governors."""
    families: FamiliesView | None = None
    """The one page for the public."""
    is_whole: bool = True
    """Whether every aspect stands in it."""
    noun: str = "aspect"
    """What is counted as one: an aspect, or a key point where those alone are rated."""
    charter_lang: str = ""
    """The tag of the charter's language where it is not English."""
    untranslated: Mapping[str, str] = field(default_factory=dict)
    """The texts of a partly translated charter that are as they were written, each with the tag of its language."""
    whole: WholeView = field(default_factory=WholeView)
    """Levels of key points and of the whole, and awards; empty where the charter asks neither."""
    raters: tuple[RatersSection, ...] = ()
    """What each rater said before the meeting, where that is asked for."""
    visits: tuple[VisitSection, ...] = ()
    """The visits that looked at this self-evaluation."""
    concerns: str = ""
    """For governors: how many concerns were raised under the school's policies, and how many are open."""
    statements: tuple[StatementLine, ...] = ()
    """What the school means to reach in the cycle, and what has changed for families."""
    goal: str = ""
    """What strengths have reached: the level at which an aspect is met, or "the mark" where not all have the same."""
    own_marks: str = ""
    """What is to be said after "An aspect counts as met at Green" where some have a mark of their own."""
    met_sentence: str = ""
    """At which level an aspect counts as met."""
    caption: str = ""
    """The same, and how many there are."""
    strengths_intro: str = ""
    """How many have reached it; a sentence where none has."""
    development_intro: str = ""
    """How many are below it; a sentence where none is."""


def report_view(
    workspace: Workspace,
    folder: SchoolFolder,
    evaluation: Evaluated,
    *,
    before: Evaluated | None,
    comparison: Comparison | None,
    audience: str,
    today: date,
    whole: bool = True,
) -> ReportView:
    """The report of one self-evaluation. `comparison` is the one from `before` to it, None at the first.

    `whole` is for the public alone: whether every aspect stands below the one page.

    Raises CharterkitError for an audience there is none of, and for a draft that the public is to see.
    """
    reader = audience_named(audience)
    if is_draft(evaluation) and not reader.drafts:
        raise Refused("draft-not-published", spoken=evaluation.cycle.spoken, slug=folder.slug, cycle=evaluation.cycle)
    earlier = comparison.before if comparison else before
    if earlier is not None and is_draft(earlier) and not reader.drafts:
        comparison = None
    views = aspect_views(evaluation, reader, surveys(folder), comparison, what_became(folder))
    known = badges(evaluation.charter)
    counts = tally(distribution(evaluation.charter, evaluation.standings), known)
    is_last = is_newest(folder, evaluation)
    actions = _actions(folder, evaluation, reader, today, is_last=is_last)
    groups = group_views(folder, evaluation) if reader.groups else ()
    if reader.name == "governors":
        views = {key: planned(view, actions) for key, view in views.items()}
    usual, own = mark(evaluation.charter, known), own_marks(evaluation.charter)
    noun, goal = evaluation.charter.rated_noun, tr("the mark") if own else usual.word
    met = tr_of(noun, "An aspect counts as met at %(level)s%(own)s.", level=usual.word, own=own)
    return ReportView(
        audience=reader.name,
        audience_title=tr(reader.title),
        school=folder.school.name,
        charter=evaluation.charter.title,
        charter_version=evaluation.charter.version,
        charter_note=charter_note(evaluation.charter),
        cycle=evaluation.cycle.spoken,
        date=evaluation.evaluation.date.spoken if evaluation.evaluation.date else "",
        status=tr("Draft") if is_draft(evaluation) else tr("Agreed"),
        is_draft=is_draft(evaluation),
        rated_by=tuple(_person(person) for person in evaluation.evaluation.rated_by) if reader.people else (),
        made=PartialDate.of(today).spoken,
        summary=(
            *summary(folder.school.name, evaluation, counts, comparison, plan_sentence(actions, now=is_last)),
            *carried(views.values(), evaluation.charter.rated_noun),
        ),
        tally=counts,
        scale=tuple(known.values()),
        mark=usual,
        goal=goal,
        own_marks=own,
        met_sentence=met,
        caption=f"{tr_of(noun, 'The %(total)s aspects of the charter.', total=counts.total)} {met}",
        strengths_intro=strengths_intro(evaluation, noun, goal),
        development_intro=development_intro(evaluation, noun, goal),
        key_points=tuple(_key_points(evaluation, views, known, reader)),
        strengths=chosen(views, strengths(evaluation)),
        development=chosen(views, for_development(evaluation)),
        not_applicable=_in_state(evaluation, views, RatingState.NOT_APPLICABLE),
        not_rated=_in_state(evaluation, views, RatingState.NOT_RATED),
        unreadable=unreadable_lines(evaluation, reasons=reader.reasons),
        groups=groups,
        actions=actions,
        movement=_movement(comparison, reader) if comparison else None,
        sign_up=sign_up(workspace, folder, evaluation.charter, reader),
        notes=tuple(_notes(workspace, folder, evaluation, reader)),
        origin=origin(evaluation.charter),
        unread=tuple(view for view in _in_state(evaluation, views, RatingState.UNREADABLE) if view.has_details),
        board=board_view(evaluation, views, groups, actions, comparison) if reader.name == "governors" else None,
        families=families_view(folder, evaluation, views, actions, comparison, today=today)
        if reader.name == "public"
        else None,
        is_whole=whole or reader.name != "public",
        noun=evaluation.charter.rated_noun,
        charter_lang=foreign(evaluation.charter, workspace),
        untranslated=untranslated(workspace, evaluation.charter, *([before.charter] if before else [])),
        whole=whole_view(evaluation, reader, known),
        visits=visit_sections(workspace, folder, evaluation, today) if reader.name == "leaders" else (),
        concerns=concerns_sentence(folder) if reader.name == "governors" else "",
        statements=statements_of(evaluation.evaluation) if reader.aims else (),
    )


def _actions(
    folder: SchoolFolder, evaluation: Evaluated, reader: ReportReader, today: date, *, is_last: bool
) -> tuple[ActionLine, ...]:
    is_today = is_last or reader.name == "public"
    return action_lines(told_plan(folder, evaluation, reader), evaluation, today if is_today else None, reader)


def told_plan(folder: SchoolFolder, evaluation: Evaluated, reader: ReportReader) -> list[Tracked]:
    """The plan as of the evaluation. Families read of it today: nothing that was closed since, and late is late."""
    plan = plan_of(folder, evaluation)
    if reader.name != "public":
        return plan
    still = {tracked.id for tracked in open_actions(folder, evaluation.charter.id)}
    return [tracked for tracked in plan if not tracked.is_open or tracked.id in still]


def report_paper(view: ReportView, today: date) -> Paper:
    """The report as a PDF, as its audience has it."""
    template = {"governors": "report-governors.typ", "public": "report-public.typ"}.get(view.audience, "report.typ")
    return paper(template, view, title=title_of(view), author=view.school, when=today)


def title_of(view: ReportView) -> str:
    """What the file calls itself."""
    return tr("%(school)s: self-evaluation report, %(cycle)s", school=view.school, cycle=view.cycle)


def _person(person: Person) -> str:
    return f"{person.name} ({person.role})" if person.name and person.role else person.name or person.role or ""


def _key_points(
    evaluation: Evaluated, views: Mapping[str, AspectView], known: dict[str, Badge], reader: ReportReader
) -> list[KeyPointView]:
    above, tells = parts(evaluation.charter), reader.guidance != "none"
    return [
        KeyPointView(
            point.id,
            point.title,
            tally(found, known),
            tuple(views[key] for key, of in evaluation.charter.key_point_of.items() if of is point),
            point.number or "",
            above[point.id],
            (point.detail or "") if tells else "",
            examples(point) if tells else (),
        )
        for point, found in by_key_point(evaluation)
    ]


def _in_state(evaluation: Evaluated, views: Mapping[str, AspectView], state: RatingState) -> tuple[AspectView, ...]:
    return tuple(views[key] for key, standing in evaluation.standings.items() if standing.state is state)


def _movement(comparison: Comparison, reader: ReportReader) -> MovementView:
    known = scales(comparison)
    every = changes(comparison, comparison.moves, known)
    if not reader.reasons:
        every = tuple(replace(change, why="") for change in every)
    if not reader.aims:
        every = tuple(replace(change, value="") for change in every)
    left = (MoveKind.UNCHANGED, MoveKind.NO_LONGER_RATED) if is_draft(comparison.after) else (MoveKind.UNCHANGED,)
    return MovementView(
        before=cycle_line(comparison.before),
        after=cycle_line(comparison.after),
        sections=tuple(section for section in sections_of(every) if section.kind not in left),
        steps=steps_of(every, known),
    )


def _notes(workspace: Workspace, folder: SchoolFolder, evaluation: Evaluated, reader: ReportReader) -> list[str]:
    if not reader.reasons:
        return []
    found = [tr(_TO_BE_LOOKED_AT)] if has_changed(workspace, evaluation.evaluation) else []
    paths = left_out(workspace, folder)
    return found + [
        tr("One self-evaluation could not be used at all: %(path)s. Run 'charterkit check' to see why.", path=path)
        for path in paths
    ]


_TO_BE_LOOKED_AT = (
    "To be looked at again: the charter’s text has changed since this self-evaluation was agreed, "
    "though its version has not."
)
