"""What governors need on one page: what moved, what is lowest and planned, and what is theirs to decide and to ask.

No aspect is named twice: what fell or rose is not named again among the lowest.
"""

from collections.abc import Mapping, Sequence

from charterkit.insight.evaluations.compare import Comparison
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evaluations.summary import for_development, strengths
from charterkit.records import dataclass
from charterkit.render.report.aspects import AspectView
from charterkit.render.report.groups import GroupView
from charterkit.render.shared.levels import Badge, badges
from charterkit.render.shared.movement import Movement, changes, farthest_first, is_draft, scales
from charterkit.render.shared.plan import ActionLine
from charterkit.text.english import counted, number, sentence
from charterkit.text.speech import ntr, ntr_of, tr, tr_of

MOST_RISES = 6
"""What rose most: the appendix has all that rose."""


@dataclass(frozen=True, slots=True)
class BoardView:
    """The answer on page one. `lowest` is the lowest level below the mark that anything stands at; None for none."""

    falls: tuple[Movement, ...]
    rises: tuple[Movement, ...]
    more_rises: str
    lowest: Badge | None
    lowest_sentence: str
    lowest_aspects: tuple[AspectView, ...]
    actions: tuple[ActionLine, ...]
    decide: tuple[str, ...]
    ask: tuple[str, ...]


def board_view(
    evaluation: Evaluated,
    views: Mapping[str, AspectView],
    groups: Sequence[GroupView],
    actions: Sequence[ActionLine],
    comparison: Comparison | None,
) -> BoardView:
    """The page; `actions` as governors may see them."""
    falls, rises = _moves(comparison, -1), _moves(comparison, 1)
    named = {change.aspect for change in (*falls, *rises[:MOST_RISES])}
    lowest = _lowest(evaluation)
    others = [key for key in lowest if key not in named]
    at = badges(evaluation.charter)[_level(evaluation, lowest[0])] if lowest else None
    open_actions = tuple(action for action in actions if action.is_open)
    left = len(rises) - MOST_RISES
    low = [*(change.aspect for change in falls), *others]
    return BoardView(
        falls,
        rises[:MOST_RISES],
        _more(left),
        at,
        _lowest_sentence(lowest, others, evaluation.charter.rated_noun),
        tuple(views[key] for key in others),
        open_actions,
        tuple(_decisions(evaluation, [views[key].title for key in low], open_actions)),
        tuple(_questions(evaluation, groups, falls, rises)),
    )


def _more(left: int) -> str:
    if left <= 0:
        return ""
    return sentence(
        ntr(
            "%(count)s more that rose is in the appendix",
            "%(count)s more that rose are in the appendix",
            left,
            count=number(left),
        )
    )


def _moves(comparison: Comparison | None, way: int) -> tuple[Movement, ...]:
    if comparison is None:
        return ()
    every = changes(comparison, comparison.moves, scales(comparison))
    return farthest_first([change for change in every if change.by * way > 0])


def _lowest(evaluation: Evaluated) -> list[str]:
    """The aspects at the lowest level below the mark that any stands at."""
    below = [aspect.id for aspect in for_development(evaluation)]
    return [key for key in below if evaluation.standings[key].rank == evaluation.standings[below[0]].rank]


def _level(evaluation: Evaluated, key: str) -> str:
    level = evaluation.standings[key].level
    return level.id if level else ""


def _lowest_sentence(lowest: Sequence[str], others: Sequence[str], noun: str) -> str:
    if not lowest:
        return tr("Nothing that has been rated is below the mark.")
    many = len(lowest)
    start = ntr("%(what)s stands here", "%(what)s stand here", many, what=counted(many, noun))
    above = many - len(others)
    if not above:
        return sentence(start)
    if not others:
        return sentence(ntr("%(start)s, and is named above", "%(start)s, and all are named above", many, start=start))
    named = ntr("%(count)s is named above", "%(count)s are named above", above, count=number(above))
    rest = ntr("the other is this", "the others are these", len(others))
    return sentence(tr("%(start)s: %(named)s, %(rest)s", start=start, named=named, rest=rest))


def _decisions(evaluation: Evaluated, low: Sequence[str], actions: Sequence[ActionLine]) -> list[str]:
    late = sum(action.is_overdue for action in actions)
    planned = {action.aspect for action in actions}
    bare = sum(title not in planned for title in low)
    free = sum(not action.owner for action in actions)
    return [
        *([_late(late)] if late else []),
        *([_bare(bare, len(low), evaluation.charter.rated_noun)] if bare else []),
        *([tr("Who takes on %(what)s that nobody owns?", what=counted(free, "action"))] if free else []),
        *([tr("When will this self-evaluation, which is still a draft, be agreed?")] if is_draft(evaluation) else []),
    ]


def _late(count: int) -> str:
    return ntr(
        "What becomes of the overdue action: a new date, another way, or an end to it?",
        "What becomes of the %(count)s overdue actions: a new date, another way, or an end to it?",
        count,
        count=number(count),
    )


def _bare(count: int, of: int, noun: str) -> str:
    if count == of == 1:
        return tr_of(noun, "The aspect that is low or fell has no open action: should there be one?")
    if count == of:
        return tr_of(noun, "None of the aspects that are low or fell has an open action: should there be one?")
    return ntr_of(
        noun,
        "%(count)s of the %(of)s aspects that are low or fell has no open action: should there be one?",
        "%(count)s of the %(of)s aspects that are low or fell have no open action: should there be one?",
        count,
        count=number(count).capitalize(),
        of=number(of),
    )


def _questions(
    evaluation: Evaluated, groups: Sequence[GroupView], falls: Sequence[Movement], rises: Sequence[Movement]
) -> list[str]:
    noun = evaluation.charter.rated_noun
    worse = [group for group in groups if group.below]
    met = strengths(evaluation)
    unseen = sum(not _has_evidence(evaluation, aspect.id) for aspect in met)
    unrated = sum(not standing.is_answered for standing in evaluation.standings.values())
    return [
        *([tr("What happened where the school fell back, and what would bring it up again?")] if falls else []),
        *([tr("What made the difference where it improved, and will it last?")] if rises else []),
        *(
            tr(
                "%(group)s stand lower than the school as a whole on %(what)s: why?",
                group=group.name,
                what=counted(len(group.below), noun),
            )
            for group in worse
        ),
        *([_unseen(unseen, len(met), noun)] if unseen else []),
        *([_unrated(unrated, noun)] if unrated else []),
    ]


def _has_evidence(evaluation: Evaluated, key: str) -> bool:
    entry = evaluation.standings[key].entry
    return bool(entry and entry.evidence)


def _unseen(count: int, of: int, noun: str) -> str:
    if count == of == 1:
        return tr_of(noun, "The aspect that is met names no evidence: how does the school know?")
    met = ntr("%(what)s that is met", "%(what)s that are met", of, what=counted(of, noun))
    if count == of:
        return tr("None of the %(met)s names evidence: how does the school know?", met=met)
    return ntr(
        "%(count)s of the %(met)s names no evidence: how does the school know?",
        "%(count)s of the %(met)s name no evidence: how does the school know?",
        count,
        count=number(count).capitalize(),
        met=met,
    )


def _unrated(count: int, noun: str) -> str:
    return ntr(
        "%(what)s is not rated yet: by when?",
        "%(what)s are not rated yet: by when?",
        count,
        what=sentence(counted(count, noun)).rstrip("."),
    )
