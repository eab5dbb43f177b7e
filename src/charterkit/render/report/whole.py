"""What leaders say of key points and of the whole, and what the school has earned; empty where neither is asked."""

from collections.abc import Mapping

from charterkit.insight.evaluations.awards import Earned, earned, highest
from charterkit.insight.evaluations.best_fit import OVERALL, above_the_lowest
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState, Standing
from charterkit.insight.evaluations.part_answers import parts_of
from charterkit.records import dataclass
from charterkit.render.shared.audience import ReportReader
from charterkit.render.shared.headings import with_number
from charterkit.render.shared.levels import Badge, badge_of
from charterkit.text.english import counted, joined, joined_some
from charterkit.text.speech import ntr, tr


@dataclass(frozen=True, slots=True)
class StatedLevel:
    """A key point or the whole, the level that leaders gave it, and why; empty where that may not be seen."""

    title: str
    badge: Badge
    note: str
    fit: str
    """The question that is open where something under it is below that level; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One award and how far it is: "Reached", or what is missing."""

    label: str
    needs: Badge
    is_reached: bool
    standing: str


@dataclass(frozen=True, slots=True)
class WholeView:
    """Both, each in the charter's order; the awards from lowest to highest."""

    levels: tuple[StatedLevel, ...] = ()
    awards: tuple[AwardLine, ...] = ()

    @property
    def has_notes(self) -> bool:
        """Whether a column for what is written about the levels has anything in it."""
        return any(level.note or level.fit for level in self.levels)


def whole_view(found: Evaluated, reader: ReportReader, known: Mapping[str, Badge]) -> WholeView:
    """What the charter asks of both; without what the audience may not see."""
    return WholeView(_levels(found, reader, known), _awards(found, known))


def _levels(found: Evaluated, reader: ReportReader, known: Mapping[str, Badge]) -> tuple[StatedLevel, ...]:
    open_fits = {above.part: above for above in above_the_lowest(found) if not above.note.strip()}
    numbers = {point.id: point.number or "" for point in found.charter.key_points}
    made = []
    for part, title in parts_of(found.charter).items():
        standing = found.overall if part == OVERALL else found.points[part]
        above = open_fits.get(part) if reader.reasons else None
        names = [_named(each, found) for each in above.below] if above else []
        below = ntr(
            "%(names)s is below that: best fit or secure fit?",
            "%(names)s are below that: best fit or secure fit?",
            len(names),
            names=joined_some(names),
        )
        badge = badge_of(standing, dict(known))
        made.append(
            StatedLevel(
                with_number(numbers.get(part, ""), title), badge, note_of(standing, reader), below if names else ""
            )
        )
    return tuple(made)


def note_of(standing: Standing, reader: ReportReader) -> str:
    """What is said of such a level, as far as the audience may see it: a note, or why it does not apply."""
    if standing.state is RatingState.UNREADABLE:
        return standing.why if reader.reasons else ""
    if standing.entry is None:
        return ""
    apart = standing.state is RatingState.NOT_APPLICABLE and reader.reasons
    return (standing.entry.reason if apart else standing.entry.note if reader.notes else "") or ""


def _awards(found: Evaluated, known: Mapping[str, Badge]) -> tuple[AwardLine, ...]:
    if not found.charter.awards:
        return ()
    return tuple(
        AwardLine(each.award.label, known[each.award.needs], each.is_reached, _standing(each, found))
        for each in earned(found)
    )


def _standing(each: Earned, found: Evaluated) -> str:
    if each.is_reached:
        return tr("Reached")
    if not each.missing:
        return tr("Not yet: nothing applies")
    low = [key for key in each.missing if found.standings[key].level]
    others = len(each.missing) - len(low)
    names = joined_some([_named(key, found) for key in low])
    parts = [ntr("%(names)s is below it", "%(names)s are below it", len(low), names=names)] if low else []
    parts += [ntr("%(count)s has no level yet", "%(count)s have no level yet", others, count=others)] if others else []
    return tr("Not yet: %(what)s", what=joined(parts))


def _named(key: str, found: Evaluated) -> str:
    """An aspect within a sentence: 1.1 “Pupils know the menu”, without the full stop of its own."""
    aspect = found.charter.aspects[key]
    return with_number(aspect.number, f"“{aspect.text.removesuffix('.')}”")


def whole_sentences(found: Evaluated) -> list[str]:
    """The same for a summary: the level of the whole, and the highest award with what is missing for the next."""
    made = []
    if found.overall.level:
        made.append(tr("The school’s leaders see the whole at %(level)s.", level=found.overall.level.label))
    if not found.charter.awards:
        return made
    best, every = highest(found), earned(found)
    following = next((each for each in every if not each.is_reached), None)
    start = tr("It has reached %(award)s", award=best.label) if best else tr("It has reached no award yet")
    if following is None or not following.missing:
        return [*made, f"{start}."]
    missing = counted(len(following.missing), found.charter.rated_noun)
    count = len(following.missing)
    return [
        *made,
        ntr(
            "%(start)s; for %(award)s, %(what)s is not there yet.",
            "%(start)s; for %(award)s, %(what)s are not there yet.",
            count,
            start=start,
            award=following.award.label,
            what=missing,
        ),
    ]
