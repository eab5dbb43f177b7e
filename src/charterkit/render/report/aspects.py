"""What the school says about each aspect, as far as an audience may see it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from charterkit.insight.evaluations.aims import is_reached, spoken_value, target_words
from charterkit.insight.evaluations.compare import Comparison, Move
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState, Standing
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.model.evaluation import Evidence, Rating
from charterkit.model.survey import Survey
from charterkit.records import dataclass
from charterkit.render.report.evidence import EvidenceLine, evidence_lines, speaking
from charterkit.render.shared.audience import ReportReader
from charterkit.render.shared.headings import with_number
from charterkit.render.shared.levels import Badge, badge_of, badges
from charterkit.render.shared.movement import ARROWS, WORDS
from charterkit.render.shared.plan import ActionLine
from charterkit.text.speech import tr

_BLANK = Rating()


@dataclass(frozen=True, slots=True)
class GroupLevel:
    """What one focus group's families would say."""

    name: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class AspectView:
    """One aspect. Texts are empty where nothing was written or the audience may not see it."""

    id: str
    title: str
    key_point: str
    badge: Badge
    change: str = ""
    """Since last cycle, in a word: "Improved"; empty where nothing can be said, or it stayed the same."""
    arrow: str = ""
    was: Badge | None = None
    strengths: str = ""
    note: str = ""
    ideas: tuple[str, ...] = ()
    reason: str = ""
    why: str = ""
    evidence: tuple[EvidenceLine, ...] = ()
    groups: tuple[GroupLevel, ...] = ()
    target: str = ""
    """The level to be reached and by when, and whether it is."""
    value: str = ""
    """What was counted, with its unit."""
    carried: str = ""
    """The cycle from which this was copied, while nobody has looked at it again."""
    actions: tuple[str, ...] = ()
    """What is open in the plan for it, each with its date."""
    number: str = ""
    """The one that the framework gives it; empty where it gives none."""
    looks_like: str = ""
    """What its level looks like here, as the charter says it."""
    next_step: str = ""
    """What takes it from its level to the next, where it is below its mark."""

    @property
    def numbered(self) -> str:
        """Its sentence with its number."""
        return with_number(self.number, self.title)

    @property
    def has_details(self) -> bool:
        """Whether anything is written about it besides its level."""
        return bool(
            self.strengths
            or self.note
            or self.ideas
            or self.reason
            or self.why
            or self.evidence
            or self.groups
            or self.looks_like
            or self.next_step
            or self.target
            or self.value
        )

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """All that is written about it in short lines, each with its name, as a table has room for."""
        found = (
            (tr("Could not be read"), self.why),
            (tr("Why it does not apply"), self.reason),
            (tr("Next step"), self.next_step),
            (tr("Going well"), self.strengths),
            (tr("Target"), self.target),
            (tr("Counted"), self.value),
            (tr("Ideas"), "; ".join(self.ideas)),
            (tr("Copied, not looked at again"), tr("from %(cycle)s", cycle=self.carried) if self.carried else ""),
            (tr("Planned"), "; ".join(self.actions)),
            (tr("Evidence"), "; ".join(dict.fromkeys(line.brief for line in self.evidence))),
            (tr("For focus groups"), "; ".join(f"{group.name}: {group.badge.word}" for group in self.groups)),
        )
        return tuple((name, text) for name, text in found if text)


def aspect_views(
    evaluation: Evaluated,
    reader: ReportReader,
    known: Mapping[str, Survey],
    comparison: Comparison | None,
    became: Callable[[Evidence], str],
) -> dict[str, AspectView]:
    """Every aspect of the charter by id, in its order; `became` says what has become of a file that is evidence."""
    moves = {move.aspect: move for move in comparison.moves if move.after} if comparison else {}
    before = badges(comparison.before.charter) if comparison else {}
    now = badges(evaluation.charter)
    names = {group.id: group.name for group in evaluation.charter.focus_groups} if reader.groups else {}
    made = {}
    for key, aspect in evaluation.charter.aspects.items():
        standing = evaluation.standings[key]
        entry = standing.entry or _BLANK
        change, arrow, was = _moved(moves.get(key), before)
        point, level = evaluation.charter.key_point_of[key], standing.level.id if standing.level else ""
        says_next = reader.guidance != "none" and evaluation.is_below(key)
        made[key] = AspectView(
            key,
            aspect.text,
            _under(evaluation.charter, point),
            badge_of(standing, now),
            change,
            arrow,
            was,
            (entry.strengths or "") if reader.strengths else "",
            (entry.note or "") if reader.notes else "",
            entry.ideas if reader.ideas else (),
            _reason(standing, entry, reader),
            standing.why if reader.reasons else "",
            _evidence(evaluation, key, evidence_lines(entry.evidence, known, reader, became), known, reader),
            tuple(
                GroupLevel(names[group], now[said])
                for group, said in entry.groups.items()
                if group in names and said in now
            ),
            number=aspect.number or "",
            looks_like=aspect.levels.get(level, "") if reader.guidance == "all" else "",
            next_step=aspect.next.get(level, "") if says_next else "",
            target=_target(evaluation, key) if reader.aims else "",
            carried=entry.carried.spoken if entry.carried and reader.aims else "",
            value=spoken_value(entry.value) if reader.aims else "",
        )
    return made


def _evidence(
    evaluation: Evaluated, key: str, lines: tuple[EvidenceLine, ...], known: Mapping[str, Survey], reader: ReportReader
) -> tuple[EvidenceLine, ...]:
    """What was named, and for leaders what the last surveys before the evaluation say besides."""
    entry = evaluation.standings[key].entry or _BLANK
    if reader.evidence != "all":
        return lines
    held = evaluation.evaluation.date
    more = speaking(key, entry.evidence, known, held.last if held else None, is_met=evaluation.is_met(key))
    against = {line.text for line in more if line.note}
    return tuple(line for line in lines if line.note or line.text not in against) + more


def _target(evaluation: Evaluated, key: str) -> str:
    entry = evaluation.standings[key].entry
    if entry is None or entry.target is None:
        return ""
    words = target_words(entry.target, evaluation.charter)
    return tr("%(target)s (reached)", target=words) if is_reached(evaluation, key) else words


def _under(charter: Charter, point: KeyPoint) -> str:
    """The heading that an aspect stands under; of a key point that is rated itself, its part."""
    return point.part or "" if charter.rated == "key-points" else with_number(point.number, point.title)


def _reason(standing: Standing, entry: Rating, reader: ReportReader) -> str:
    return entry.reason or "" if reader.reasons and standing.state is RatingState.NOT_APPLICABLE else ""


def _moved(move: Move | None, before: Mapping[str, Badge]) -> tuple[str, str, Badge | None]:
    if move is None or move.before is None or move.kind.value not in ("improved", "declined"):
        return "", "", None
    return tr(WORDS[move.kind]), ARROWS[move.kind], badge_of(move.before, dict(before))


def planned(view: AspectView, actions: Sequence[ActionLine]) -> AspectView:
    """The aspect with what is open for it in the plan."""
    found = (action for action in actions if action.is_open and action.aspect == view.title)
    return replace(
        view, actions=tuple(f"{action.action} ({action.due})" if action.due else action.action for action in found)
    )


def chosen(views: Mapping[str, AspectView], aspects: list[Aspect]) -> tuple[AspectView, ...]:
    """The views of some aspects, in the order given."""
    return tuple(views[aspect.id] for aspect in aspects)
