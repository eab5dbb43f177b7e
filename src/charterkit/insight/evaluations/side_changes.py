"""What else differs between two states of a self-evaluation: levels of key points and the whole, targets, numbers."""

from collections.abc import Iterator

from charterkit.insight.evaluations.best_fit import standing_of
from charterkit.insight.evaluations.compare import Comparison
from charterkit.insight.evaluations.evaluated import Evaluated, Standing
from charterkit.insight.evaluations.part_answers import parts_of
from charterkit.model.charter import Aspect
from charterkit.model.evaluation import Rating
from charterkit.records import dataclass

_BLANK = Rating()


@dataclass(frozen=True, slots=True)
class PartChange:
    """A key point or the whole by its id, or overall, with its heading and its standing in both states."""

    part: str
    title: str
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class AimChange:
    """What one aspect has of targets and numbers in both states; either may be the same in both."""

    aspect: Aspect
    before: Rating
    after: Rating

    @property
    def is_target(self) -> bool:
        """Whether its target differs."""
        return self.before.target != self.after.target

    @property
    def is_value(self) -> bool:
        """Whether what was counted differs."""
        return self.before.value != self.after.value


def part_changes(before: Evaluated, after: Evaluated) -> Iterator[PartChange]:
    """Levels that leaders gave to key points and to the whole, where they differ, in the charter's order."""
    for part, title in {**parts_of(before.charter), **parts_of(after.charter)}.items():
        then, now = standing_of(before, part), standing_of(after, part)
        if then.word != now.word:
            yield PartChange(part, title, then, now)


def aim_changes(comparison: Comparison) -> Iterator[AimChange]:
    """Aspects whose target or number differs, also through a rename; of several merged ones none speaks for all."""
    before, after = comparison.before, comparison.after
    olds = {move.aspect: move.from_aspects for move in comparison.moves if move.from_aspects}
    known = {**before.charter.aspects, **after.charter.aspects}
    renamed = {old for names in olds.values() for old in names}
    for key, aspect in known.items():
        names = olds.get(key, (key,))
        then = before.evaluation.ratings.get(names[0], _BLANK) if len(names) == 1 else _BLANK
        found = AimChange(aspect, then, after.evaluation.ratings.get(key, _BLANK))
        if (found.is_target or found.is_value) and (key in after.charter.aspects or key not in renamed):
            yield found
