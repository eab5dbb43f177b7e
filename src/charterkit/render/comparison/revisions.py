"""What a pull request changes, as a document: its view, as Markdown and as plain lines."""

import re
from collections.abc import Iterable, Sequence

from charterkit.insight.changes import EvaluationChange, PolicyChange, SchoolChange
from charterkit.insight.evaluations.actions import ActionMove
from charterkit.insight.evaluations.aims import spoken_value, target_words
from charterkit.insight.evaluations.compare import Move, MoveKind
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState, Standing
from charterkit.insight.evaluations.part_answers import label_of
from charterkit.insight.evaluations.summary import distribution
from charterkit.model.charter import Aspect, Charter
from charterkit.model.evaluation import Rating
from charterkit.records import dataclass
from charterkit.render.engine.environment import render
from charterkit.render.shared.levels import badges
from charterkit.render.shared.tally import standing_words
from charterkit.rules.running.silencing import Silencing, SilencingChanges
from charterkit.text.english import counted, joined, sentence
from charterkit.text.safe import visible

_MENDED = "It could not be read before."
_BROKEN = "It can no longer be read: see what the check says of it."
MOST_LISTED = 50
"""More ratings of one evaluation than a comment on a pull request can hold are counted, not listed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed: what, before and after, each in words, and what kind of change it is."""

    what: str
    before: str
    after: str
    change: str


@dataclass(frozen=True, slots=True)
class RevisionPart:
    """One self-evaluation or policy."""

    heading: str
    notes: tuple[str, ...]
    lines: tuple[Line, ...]
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolPart:
    """One school's changes."""

    slug: str
    name: str
    parts: tuple[RevisionPart, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """The whole: from which revision to which, a sentence, and the schools."""

    start: str
    end: str
    sentence: str
    schools: tuple[SchoolPart, ...]
    silencing: tuple[Line, ...] = ()
    """Settings, waivers and comments that keep findings from people."""
    more_silencing: int = 0
    """How many more there are than are listed."""


def changes_view(found: Sequence[SchoolChange], silencing: SilencingChanges, start: str, end: str) -> ChangesView:
    """The view of what `insight.changes.changes` found between two revisions, and `silencing_changes`."""
    lines = [_silencing("charterkit.yaml, ", each) for each in silencing.settings]
    lines += [_silencing("Comment in ", each) for each in silencing.comments]
    schools = tuple(
        SchoolPart(
            school.slug,
            school.name,
            (*(_evaluation(each) for each in school.evaluations), *(_policy(each) for each in school.policies)),
        )
        for school in found
    )
    shown = tuple(lines[:MOST_LISTED])
    return ChangesView(start, end, _sentence(found), schools, shown, len(lines) - len(shown))


def _silencing(where: str, each: Silencing) -> Line:
    kind = "changed" if each.before and each.after else "new" if each.after else "gone"
    return Line(where + each.what, each.before or "not there", each.after or "not there", kind)


def _sentence(found: Sequence[SchoolChange]) -> str:
    moves = [
        move for school in found for each in school.evaluations if each.comparison for move in each.comparison.moves
    ]
    kinds = [move.kind for move in moves]
    fresh = sum(1 for school in found for each in school.evaluations if each.before is None and not each.is_unread)
    policies = sum(len(school.policies) for school in found)
    parts = [
        f"{counted(number, 'rating')} {verb}"
        for kind, verb in (
            (MoveKind.IMPROVED, "improved"),
            (MoveKind.DECLINED, "fell back"),
            (MoveKind.NEWLY_RATED, "came new"),
            (MoveKind.NO_LONGER_RATED, "went"),
        )
        if (number := kinds.count(kind))
    ]
    evaluations = [each for school in found for each in school.evaluations]
    stated = sum(len(each.parts) for each in evaluations)
    aims = sum(each.is_target + each.is_value for change in evaluations for each in change.aims)
    parts += [f"{counted(stated, 'stated level')} changed"] if stated else []
    parts += [f"{counted(aims, 'target or number', 'targets or numbers')} changed"] if aims else []
    parts += [f"{counted(fresh, 'self-evaluation')} came new"] if fresh else []
    parts += [f"{counted(policies, 'policy', 'policies')} changed"] if policies else []
    where = f"in {counted(len(found), 'school')}"
    if not parts:
        return sentence(f"something changed {where}") if found else "No rating, action or policy changed."
    return sentence(f"{joined(parts)}, {where}")


def _evaluation(change: EvaluationChange) -> RevisionPart:
    last = change.after or change.before
    heading = f"Self-evaluation, {last.cycle.spoken}" if last else "Self-evaluation"
    if change.before is None and change.after is not None:
        return RevisionPart(heading, (_MENDED if change.is_unread else "New.", _counts(change.after)), ())
    if change.after is None or change.before is None or change.comparison is None:
        return RevisionPart(heading, (_BROKEN if change.is_unread else "The file is gone.",), ())
    notes = []
    before, after = change.before.evaluation.status, change.after.evaluation.status
    if before != after:
        notes.append(f"The status went from {before} to {after}.")
    moved = [move for move in change.comparison.moves if move.kind is not MoveKind.UNCHANGED]
    if len(moved) > MOST_LISTED:
        notes.append(f"{len(moved) - MOST_LISTED} more ratings changed than are listed here.")
    lines = [_line(move, change.before.charter, change.after.charter) for move in moved[:MOST_LISTED]]
    others = list(_others(change, change.before.charter, change.after.charter))
    if len(others) > MOST_LISTED:
        notes.append(f"{len(others) - MOST_LISTED} more levels, targets or numbers changed than are listed here.")
    actions = tuple(_action(each) for each in change.actions)
    return RevisionPart(heading, tuple(notes), (*lines, *others[:MOST_LISTED]), actions)


def _counts(evaluation: Evaluated) -> str:
    found, known = distribution(evaluation.charter, evaluation.standings), badges(evaluation.charter)
    parts = [f"{count} {standing_words(known[level])}" for level, count in found.levels.items() if count]
    parts += [f"{found.not_rated} not yet rated"] if found.not_rated else []
    return sentence(joined(parts)) if parts else "Nothing is rated yet."


def _line(move: Move, before: Charter, after: Charter) -> Line:
    return Line(move.title, _words(move.before, before), _words(move.after, after), move.kind.value.replace("-", " "))


def _others(change: EvaluationChange, before: Charter, after: Charter) -> Iterable[Line]:
    """Levels of key points and of the whole, then targets and numbers, each before and after."""
    for part in change.parts:
        yield Line(
            label_of(part.part, part.title, "line"), _words(part.before, before), _words(part.after, after), "changed"
        )
    for aim in change.aims:
        if aim.is_target:
            yield _aim("Target", aim.aspect, _target(aim.before, before), _target(aim.after, after))
        if aim.is_value:
            yield _aim("Counted", aim.aspect, spoken_value(aim.before.value), spoken_value(aim.after.value))


def _aim(name: str, aspect: Aspect, before: str, after: str) -> Line:
    kind = "changed" if before and after else "new" if after else "gone"
    return Line(f"{name}: {aspect.text}", before or "none", after or "none", kind)


def _target(rating: Rating, charter: Charter) -> str:
    return target_words(rating.target, charter) if rating.target else ""


def _words(standing: Standing | None, charter: Charter) -> str:
    if standing is None:
        return "not in this version"
    if standing.level is not None:
        return badges(charter)[standing.level.id].text
    words = {RatingState.NOT_APPLICABLE: "not applicable", RatingState.UNREADABLE: "unreadable"}
    return words.get(standing.state, "not yet rated")


def _action(move: ActionMove) -> str:
    due = f", due {move.action.due.spoken}" if move.action.due else ""
    owner = f", {move.action.owner}" if move.action.owner else ""
    return f"{move.became}: {move.action.action}{owner}{due}"


def _policy(change: PolicyChange) -> RevisionPart:
    policy = change.after or change.before
    heading = f"Policy: {policy.title}" if policy else "Policy"
    if change.before is None:
        return RevisionPart(heading, (_MENDED if change.is_unread else "New.",), ())
    if change.after is None:
        return RevisionPart(heading, (_BROKEN if change.is_unread else "The file is gone.",), ())
    lines = tuple(_fact(fact, before, after) for fact, (before, after) in change.differs.items())
    return RevisionPart(heading, () if lines else ("Something else in the file changed.",), lines)


def _fact(fact: str, before: str, after: str) -> Line:
    return Line(fact.capitalize(), before or "not said", after or "not said", "changed")


_CALLING = re.compile("@|#(?=[0-9])|\\bGH-(?=[0-9])", re.IGNORECASE)
"""How GitHub's comments call a person or another issue; a backslash does not keep them from it."""


def as_markdown(view: ChangesView) -> str:
    """For a comment on a pull request: by the built-in template only, and nobody is called by what somebody wrote."""
    made = render("changes.md.j2", view, None, builtin_only=True)
    return _CALLING.sub(r"\g<0><!-- -->", made)


def as_text(view: ChangesView) -> str:
    """Plain lines for a terminal or a log."""
    return visible("\n".join(_text(view)) + "\n")


SILENCING = "What is checked changes: settings, waivers and comments that silence"


def _silenced(view: ChangesView) -> Iterable[str]:
    if view.silencing:
        yield ""
        yield SILENCING
        yield from (f"  {line.what}: {line.before} -> {line.after} ({line.change})" for line in view.silencing)
    if view.more_silencing:
        yield f"  {view.more_silencing} more than are listed here."


def _text(view: ChangesView) -> Iterable[str]:
    yield view.sentence
    yield from _silenced(view)
    for school in view.schools:
        yield ""
        yield school.name
        for part in school.parts:
            yield f"  {part.heading}"
            yield from (f"    {note}" for note in part.notes)
            yield from (f"    {line.what}: {line.before} -> {line.after} ({line.change})" for line in part.lines)
            yield from (f"    Action {action}" for action in part.actions)
