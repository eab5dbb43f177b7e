"""The sentences of a report about where a school stands, in the language that is spoken."""

from collections.abc import Iterable

from charterkit.insight.evaluations.compare import Comparison, MoveKind
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evaluations.summary import for_development, strengths
from charterkit.model.charter import Charter
from charterkit.render.report.aspects import AspectView
from charterkit.render.report.whole import whole_sentences
from charterkit.render.shared.movement import besides, is_draft, moved, since
from charterkit.render.shared.plan import ActionLine
from charterkit.render.shared.tally import Tally, in_words
from charterkit.text.english import counted, joined, number, sentence
from charterkit.text.speech import has_words, mark, mark_many, ntr, tr, tr_of


def own_marks(charter: Charter) -> str:
    has_own = any(charter.mark(key) != charter.met_rank for key in charter.aspects)
    return tr(", or at the mark that the charter sets for it alone") if has_own else ""


def charter_note(charter: Charter) -> str:
    rated = tr("It is its key points that are rated.") if charter.rated == "key-points" else ""
    note = _STATUS_NOTES.get(charter.status or "")
    return " ".join(filter(None, (tr(note) if note else "", rated)))


_STATUS_NOTES = {
    "draft": mark("This version of the charter is itself still a draft."),
    "withdrawn": mark("This version of the charter has been withdrawn."),
}


def summary(school: str, evaluation: Evaluated, counts: Tally, comparison: Comparison | None, plan: str) -> list[str]:
    found = [f"{_rated(school, evaluation, counts)} {_without_level(counts)}".strip()]
    if comparison:
        found.append(_since(comparison))
    return [*found, *whole_sentences(evaluation), plan]


def carried(views: Iterable[AspectView], noun: str) -> list[str]:
    """How much was only copied from last time; nothing where nothing was, or the audience does not read of it."""
    many = sum(bool(view.carried) for view in views)
    if not many:
        return []
    text = "what is said of %(what)s was copied from last time, and nobody has looked at it again"
    return [sentence(tr(text, what=counted(many, noun)))]


def _since(comparison: Comparison) -> str:
    """What moved. What a draft has not come to yet has been said before it."""
    counts = comparison.counts
    if is_draft(comparison.after):
        counts[MoveKind.NO_LONGER_RATED] = 0
    said = moved(since(comparison), counts, comparison.after.charter.rated_noun)
    return f"{said} {besides(counts, draft=False)}".strip()


def _rated(school: str, evaluation: Evaluated, counts: Tally) -> str:
    cycle, noun = evaluation.cycle.spoken, evaluation.charter.rated_noun
    if not counts.rated:
        text = "In %(cycle)s, %(school)s has not rated any of the charter’s %(what)s yet."
        return tr(text, cycle=cycle, school=school, what=counted(counts.total, noun))
    what = counted(counts.applicable, noun)
    if counts.applicable < counts.total:
        what = ntr("%(what)s that applies", "%(what)s that apply", counts.applicable, what=what)
    facts = {"cycle": cycle, "school": school, "what": what, "levels": in_words(counts)}
    if counts.rated == counts.applicable:
        return tr("In %(cycle)s, %(school)s rated all the charter’s %(what)s: %(levels)s.", **facts)
    text = "In %(cycle)s, %(school)s rated %(count)s of the charter’s %(what)s: %(levels)s."
    return tr(text, count=number(counts.rated), **facts)


def _without_level(counts: Tally) -> str:
    found = [(badge.id, count) for badge, count in counts.counts if not badge.is_level and count]
    if not found:
        return ""
    parts = [counted(count, *_WITHOUT_LEVEL[state]) for state, count in found]
    if has_words():
        return sentence(tr("another %(parts)s", parts=joined(parts)))
    first, _, rest = joined(parts).partition(" ")
    return sentence(f"another {rest}" if first == "one" else f"another {first} {rest}")


_WITHOUT_LEVEL = {
    "not-applicable": mark_many("does not apply", "do not apply"),
    "not-rated": mark_many("is not yet rated", "are not yet rated"),
    "unreadable": mark_many("cannot be read", "cannot be read"),
}
"""What stands behind how many there are."""


def plan_sentence(actions: tuple[ActionLine, ...], *, now: bool) -> str:
    """The action plan in a sentence; `now` is False for one that a newer plan has replaced."""
    if not actions:
        return tr("There is no action plan yet.") if now else tr("There was no action plan at that time.")
    is_open = sum(action.is_open for action in actions)
    if not is_open:
        what = counted(len(actions), "action")
        if now:
            return tr("The action plan has %(what)s, and none is still open.", what=what)
        return tr("At that time, the action plan had %(what)s, and none was still open.", what=what)
    late = _late(sum(action.is_overdue for action in actions), is_open)
    what = counted(is_open, "open action")
    if now:
        return tr("The action plan has %(what)s%(late)s.", what=what, late=late)
    return tr("At that time, the action plan had %(what)s%(late)s.", what=what, late=late)


def _late(overdue: int, is_open: int) -> str:
    if not overdue:
        return ""
    if overdue == is_open:
        return ntr(", and it is overdue", ", and all of them are overdue", overdue)
    return ntr(
        ", and %(count)s of them is overdue", ", and %(count)s of them are overdue", overdue, count=number(overdue)
    )


def strengths_intro(evaluation: Evaluated, noun: str, goal: str) -> str:
    """How many have reached the mark, over their list."""
    found, charter = strengths(evaluation), evaluation.charter
    if not found:
        return tr_of(noun, "No aspect has reached %(level)s yet.", level=goal)
    what = sentence(counted(len(found), noun)).rstrip(".")
    if charter.met_rank < len(charter.levels) - 1:
        return tr("%(what)s at %(level)s or above, in the charter’s order.", what=what, level=goal)
    return tr("%(what)s at %(level)s, in the charter’s order.", what=what, level=goal)


def development_intro(evaluation: Evaluated, noun: str, goal: str) -> str:
    """How many are below it, over theirs."""
    found = for_development(evaluation)
    if not found:
        return tr("Nothing that has been rated is below %(level)s.", level=goal)
    what = sentence(counted(len(found), noun)).rstrip(".")
    return tr("%(what)s below %(level)s, the lowest first.", what=what, level=goal)
