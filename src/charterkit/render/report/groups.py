"""The focus groups: where each stands, and where its families have it worse than the school as a whole."""

from charterkit.files.workspace import SchoolFolder
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evaluations.summary import Distribution, group_distribution
from charterkit.insight.readiness.groups import group_answers
from charterkit.insight.readiness.words import answer_said
from charterkit.model.charter import FocusGroup
from charterkit.records import dataclass
from charterkit.render.shared.headings import with_number
from charterkit.render.shared.levels import Badge, badges
from charterkit.render.shared.tally import Tally, in_words, tally
from charterkit.text.english import counted
from charterkit.text.speech import tr, tr_of


@dataclass(frozen=True, slots=True)
class Below:
    """An aspect on which a group stands lower than the school."""

    title: str
    school: Badge
    group: Badge


@dataclass(frozen=True, slots=True)
class GroupView:
    """One focus group, over the aspects that were rated for it."""

    name: str
    sentence: str
    tally: Tally
    below: tuple[Below, ...]
    noun: str = "aspect"
    """What is counted as one."""

    @property
    def below_sentence(self) -> str:
        """On how many of what is rated it stands lower than the school, without their names."""
        if not self.below:
            return tr_of(self.noun, "On no aspect does this group stand lower than the school as a whole.")
        what = counted(len(self.below), self.noun)
        return tr("On %(what)s it stands lower than the school as a whole.", what=what)


def group_views(folder: SchoolFolder, evaluation: Evaluated) -> tuple[GroupView, ...]:
    """The charter's focus groups that anything was rated for, and what their families say in the last surveys."""
    views = (_view(folder, evaluation, group) for group in evaluation.charter.focus_groups)
    return tuple(view for view in views if view is not None)


def _view(folder: SchoolFolder, evaluation: Evaluated, group: FocusGroup) -> GroupView | None:
    known, noun = badges(evaluation.charter), evaluation.charter.rated_noun
    found = group_distribution(evaluation, group.id)
    if not found.rated + found.unreadable:
        return None
    counts = tally(Distribution(found.levels, 0, 0, found.unreadable, found.met), known)
    what, levels = counted(found.rated, noun), in_words(counts)
    rated = tr("Rated for %(group)s on %(what)s: %(levels)s.", group=group.name, what=what, levels=levels)
    said = [answer_said(answer) for answer in group_answers(folder, evaluation, group.id)]
    return GroupView(
        group.name,
        " ".join([rated, *said]),
        counts,
        tuple(_below(evaluation, group.id, known)),
        noun,
    )


def _below(evaluation: Evaluated, group: str, known: dict[str, Badge]) -> list[Below]:
    found = []
    for key, standing in evaluation.standings.items():
        level = standing.entry.groups.get(group) if standing.entry else None
        if standing.level and level in evaluation.charter.ranks and evaluation.charter.ranks[level] < standing.rank:
            aspect = evaluation.charter.aspects[key]
            found.append(Below(with_number(aspect.number, aspect.text), known[standing.level.id], known[level]))
    return found
