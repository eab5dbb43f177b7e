"""The comparison of two self-evaluations as a document: its view, made of plain data."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.actions import ActionMove
from charterkit.insight.evaluations.compare import STUCK_CYCLES, Comparison, MoveKind
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evaluations.summary import distribution
from charterkit.insight.origin import origin
from charterkit.insight.written import foreign
from charterkit.model.dates import PartialDate
from charterkit.records import dataclass
from charterkit.render.comparison.aims import StatementLine, TargetLine, statement_lines, target_lines
from charterkit.render.comparison.groups import GroupSection, group_section
from charterkit.render.comparison.wholes import WholeMove, whole_moves
from charterkit.render.engine.paper import Paper, paper
from charterkit.render.shared.audience import AUDIENCES
from charterkit.render.shared.chart import MoveStep, Way, steps
from charterkit.render.shared.levels import ABSENT, NOT_APPLICABLE, NOT_RATED, UNREADABLE, Badge, badges, spoken
from charterkit.render.shared.movement import (
    Movement,
    Scales,
    besides,
    changes,
    farthest_first,
    is_draft,
    moved,
    scales,
    since,
)
from charterkit.render.shared.plan import ActionLine, action_line, is_newest
from charterkit.render.shared.rescaled import rescaled
from charterkit.render.shared.tally import Tally, tally
from charterkit.render.shared.unreadable import UnreadableLine, unreadable_lines
from charterkit.render.shared.untranslated import untranslated
from charterkit.text.english import counted, number, sentence
from charterkit.text.speech import mark, ntr, tr, tr_of

ORDER = (
    MoveKind.DECLINED,
    MoveKind.IMPROVED,
    MoveKind.NEWLY_RATED,
    MoveKind.NO_LONGER_RATED,
    MoveKind.ADDED,
    MoveKind.REMOVED,
    MoveKind.NOT_COMPARABLE,
    MoveKind.UNREADABLE,
    MoveKind.UNCHANGED,
)
_INTROS = {
    MoveKind.DECLINED: mark("Where the school stands lower than last time. Worth talking about first."),
    MoveKind.NEWLY_RATED: mark("Without a level last time, so neither better nor worse."),
    MoveKind.NO_LONGER_RATED: mark("With a level last time and without one now, so neither better nor worse."),
    MoveKind.ADDED: mark("The earlier version of the charter did not ask about these."),
    MoveKind.REMOVED: mark("The later version of the charter does not ask about these."),
    MoveKind.NOT_COMPARABLE: mark("Rated both times, but on different scales."),
    MoveKind.UNREADABLE: mark("The entry in the file could not be read, so nothing is said about it."),
}
_BECAME = {
    "done": mark("Done"),
    "carried over": mark("Carried over"),
    "new": mark("New"),
    "dropped": mark("Dropped"),
    "no longer listed": mark("Not mentioned again, and still open"),
    "unreadable": mark("Could not be read this time"),
}
WIDEST = 76
"""Letters that stand side by side over the columns of a table, on a page as on A4, beside a column of their own."""
AROUND = 6
"""Letters' worth of room that a badge's shape, letter and edges take."""
_STATES = (NOT_APPLICABLE, NOT_RATED, UNREADABLE, ABSENT)


def _states() -> tuple[Badge, ...]:
    return tuple(spoken(state) for state in _STATES)


DRAFT = mark("The self-evaluation of %(cycle)s is a draft: the school has not agreed it yet.")
_WAYS: dict[str, Way] = {MoveKind.IMPROVED: "up", MoveKind.DECLINED: "down", MoveKind.UNCHANGED: "same"}


@dataclass(frozen=True, slots=True)
class CycleLine:
    """One of the self-evaluations. `id` is the cycle as the file has it."""

    id: str
    cycle: str
    day: str | None
    """Its date as the file has it; None where it cannot be read."""
    date: str
    status: str
    is_draft: bool
    version: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class KeyPointSection:
    """The changes of one kind."""

    kind: str
    heading: str
    intro: str
    changes: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class ActionSection:
    """The actions that went one way."""

    heading: str
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """From one level to each of the later ones."""

    badge: Badge
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The later levels as columns, and a row for each earlier one."""

    columns: tuple[Badge, ...]
    rows: tuple[MatrixRow, ...]
    is_brief: bool
    """Whether the levels' words are too wide to stand side by side: then a shape and a letter, with a key below."""


@dataclass(frozen=True, slots=True)
class CompareView:
    """Everything the comparison's templates show."""

    school: str
    charter: str
    before: CycleLine
    after: CycleLine
    summary: str
    notes: tuple[str, ...]
    """What to bear in mind: drafts, another version, another scale."""
    counts: tuple[tuple[str, str, int], ...]
    """Word, arrow and number of each kind that occurs."""
    sections: tuple[KeyPointSection, ...]
    stuck: tuple[Movement, ...]
    stuck_sentence: str
    groups: tuple[GroupSection, ...]
    actions: tuple[ActionSection, ...]
    unreadable: tuple[UnreadableLine, ...]
    steps: tuple[MoveStep, ...]
    matrix: Matrix
    scale: tuple[Badge, ...]
    made: str
    origin: str
    """Where the charter's practice comes from, in one sentence."""
    charter_lang: str
    """The tag of the charter's language where it is not English."""
    wholes: tuple[WholeMove, ...] = ()
    """Levels of key points and of the whole, where the charter rates them."""
    targets: tuple[TargetLine, ...] = ()
    """What became of the targets of the earlier cycle."""
    statements: tuple[StatementLine, ...] = ()
    """What the school meant to reach, and what has changed for families."""
    untranslated: Mapping[str, str] = field(default_factory=dict)
    """The texts of a partly translated charter that are as they were written, each with the tag of its language."""
    noun: str = "aspect"
    """What is counted as one: an aspect, or a key point where those alone are rated."""


def compare_view(folder: SchoolFolder, comparison: Comparison, *, today: date) -> CompareView:
    """The comparison to be shown. Both documents, the table and the CSV are made from it."""
    known = scales(comparison)
    every = changes(comparison, comparison.moves, known)
    return CompareView(
        school=folder.school.name,
        charter=comparison.after.charter.title,
        before=cycle_line(comparison.before),
        after=cycle_line(comparison.after),
        summary=summary(comparison),
        notes=_notes(comparison),
        counts=tuple(_counts(every)),
        sections=tuple(sections_of(every)),
        stuck=changes(comparison, comparison.stuck, known),
        stuck_sentence=_stuck(comparison),
        groups=tuple(group_section(folder, comparison, group, known) for group in comparison.groups),
        actions=tuple(_actions(comparison, today if is_newest(folder, comparison.after) else None)),
        unreadable=tuple(_unreadable(comparison)),
        steps=steps_of(every, known),
        matrix=matrix_of(every, known),
        scale=tuple(known.after.values()),
        made=PartialDate.of(today).spoken,
        origin=origin(comparison.after.charter),
        wholes=whole_moves(comparison),
        charter_lang=foreign(comparison.after.charter, folder.workspace),
        untranslated=untranslated(folder.workspace, comparison.before.charter, comparison.after.charter),
        targets=target_lines(comparison),
        statements=statement_lines(comparison),
        noun=comparison.after.charter.rated_noun,
    )


def compare_paper(view: CompareView, today: date) -> Paper:
    """The comparison as a PDF."""
    title = tr(
        "%(school)s: what has changed from %(before)s to %(after)s",
        school=view.school,
        before=view.before.cycle,
        after=view.after.cycle,
    )
    return paper("compare.typ", view, title=title, author=view.school, when=today)


def cycle_line(evaluation: Evaluated) -> CycleLine:
    """One self-evaluation in a line."""
    found = tally(distribution(evaluation.charter, evaluation.standings), badges(evaluation.charter))
    day = evaluation.evaluation.date
    status = tr("draft, not yet agreed") if is_draft(evaluation) else tr("agreed")
    return CycleLine(
        str(evaluation.cycle),
        evaluation.cycle.spoken,
        str(day) if day else None,
        day.spoken if day else "",
        status,
        is_draft(evaluation),
        evaluation.charter.version,
        found,
    )


def summary(comparison: Comparison) -> str:
    """What changed, in one or two plain sentences."""
    counts = comparison.counts
    said = moved(since(comparison), counts, comparison.after.charter.rated_noun)
    return f"{said} {besides(counts, draft=is_draft(comparison.after))}".strip()


def _notes(comparison: Comparison) -> tuple[str, ...]:
    before, after = comparison.before, comparison.after
    notes = [tr(DRAFT, cycle=evaluation.cycle.spoken) for evaluation in (before, after) if is_draft(evaluation)]
    if before.charter.version != after.charter.version:
        notes.append(
            tr_of(
                after.charter.rated_noun,
                "The charter has changed from version %(before)s to version %(after)s. An aspect that was renamed "
                "or split is compared with the one it came from, a merged one with the lowest rated of those it came "
                "from.",
                before=before.charter.version,
                after=after.charter.version,
            )
        )
    notes += [note] if (note := rescaled(comparison.scaling)) else []
    return tuple(notes)


def _counts(every: Sequence[Movement]) -> list[tuple[str, str, int]]:
    found = []
    for kind in ORDER:
        same = [change for change in every if change.kind == kind]
        if same:
            found.append((same[0].word, same[0].arrow, len(same)))
    return found


def sections_of(every: Sequence[Movement]) -> list[KeyPointSection]:
    """The changes by kind, what fell back first; in each what moved farthest first."""
    found = []
    for kind in ORDER:
        same = tuple(change for change in every if change.kind == kind)
        if same:
            found.append(
                KeyPointSection(
                    kind.value, same[0].word, tr(_INTROS[kind]) if kind in _INTROS else "", farthest_first(same)
                )
            )
    return found


def _stuck(comparison: Comparison) -> str:
    many = len(comparison.stuck)
    if not many:
        return ""
    noun = comparison.after.charter.rated_noun
    said = ntr(
        "%(what)s has been below the charter’s mark for %(cycles)s cycles running",
        "%(what)s have been below the charter’s mark for %(cycles)s cycles running",
        many,
        what=counted(many, noun),
        cycles=number(STUCK_CYCLES),
    )
    return sentence(said)


def _actions(comparison: Comparison, today: date | None) -> list[ActionSection]:
    found = []
    for became, heading in _BECAME.items():
        lines = tuple(_action(comparison, move, today) for move in comparison.actions if move.became == became)
        if lines:
            found.append(ActionSection(tr(heading), lines))
    return found


def _action(comparison: Comparison, move: ActionMove, today: date | None) -> ActionLine:
    in_after = move.action.aspect in comparison.after.charter.aspects
    return action_line(
        move.action, (comparison.after if in_after else comparison.before).charter, today, AUDIENCES["leaders"]
    )


def _unreadable(comparison: Comparison) -> list[UnreadableLine]:
    return [
        UnreadableLine(f"{line.what} ({evaluation.cycle.spoken})", line.why)
        for evaluation in (comparison.before, comparison.after)
        for line in unreadable_lines(evaluation, reasons=True)
    ]


def steps_of(every: Sequence[Movement], known: Scales) -> tuple[MoveStep, ...]:
    """From which level to which, and how many: what fell farthest first, what stayed the same last."""
    order = [*known.after.values(), *_states()]
    first: dict[tuple[Badge, Badge, str], Movement] = {}
    counts: Counter[tuple[Badge, Badge, str]] = Counter()
    for change in every:
        key = (change.before, change.after, change.kind)
        first.setdefault(key, change)
        counts[key] += 1
    found = sorted(
        first.items(), key=lambda item: (ORDER.index(MoveKind(item[0][2])), -abs(item[1].by), order.index(item[0][1]))
    )
    return steps(
        [
            (change.before, change.after, _WAYS.get(change.kind, "other"), change.word, change.arrow, counts[key])
            for key, change in found
        ]
    )


def matrix_of(every: Sequence[Movement], known: Scales) -> Matrix:
    """The same as a table."""
    before, after = (*known.before.values(), *_states()), (*known.after.values(), *_states())
    pairs = [(change.before, change.after) for change in every]
    columns = tuple(badge for badge in after if badge.is_level or any(pair[1] == badge for pair in pairs))
    rows = []
    for badge in before:
        counts: tuple[int, ...] = tuple(pairs.count((badge, column)) for column in columns)
        if badge.is_level or any(counts):
            rows.append(MatrixRow(badge, counts, sum(counts)))
    return Matrix(columns, tuple(rows), is_wide(columns))


def is_wide(columns: Sequence[Badge], most: int = WIDEST) -> bool:
    """Whether the words of so many levels, each with its shape and letter, are too wide for one row."""
    return sum(len(badge.word) + AROUND for badge in columns) > most
