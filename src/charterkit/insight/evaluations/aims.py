"""What a school means to reach on an aspect and what it has measured there, in words and beside what became of it."""

from collections.abc import Callable, Mapping
from typing import Any

from charterkit.files.workspace import SchoolFolder
from charterkit.findings import Code
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.model.base import BadValue
from charterkit.model.charter import Charter
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Evaluation, Rating, TargetLevel
from charterkit.model.value import Value
from charterkit.records import dataclass
from charterkit.text.safe import shown
from charterkit.text.speech import mark, tr


@dataclass(frozen=True, slots=True)
class Aim:
    """A level to be reached, as somebody called it, and by when."""

    level: str
    by: PartialDate | None = None

    def __str__(self) -> str:
        """As it is typed."""
        return f"{self.level}@{self.by}" if self.by else self.level


def read_aim(text: str) -> Aim:
    """Read LEVEL or LEVEL@DATE. Raises BadValue for a date that is none, or none at all."""
    level, at, by = text.partition("@")
    if at and not by.strip():
        raise BadValue(Code.NOT_A_DATE, "there is no date behind the @", "Write a date there, or leave the @ out.")
    return Aim(level.strip(), PartialDate.meant(by) if at else None)


def target_words(target: TargetLevel, charter: Charter) -> str:
    """As in "Green by July 2027"; a level that the charter lacks by its own word."""
    level = charter.levels.get(charter.level_of(target.level) or "")
    label = level.label if level else shown(target.level)
    return tr("%(level)s by %(day)s", level=label, day=target.by.spoken) if target.by else label


def has_dated_target(folder: SchoolFolder) -> bool:
    """Whether any self-evaluation of a school has a target with a date: to work out what became of them takes time."""
    models = (document.model for document in folder.evaluations)
    entries = (entry for model in models if model for _, entry in model.entries)
    return any(entry.target is not None and entry.target.by is not None for entry in entries)


def is_reached(evaluation: Evaluated, aspect: str) -> bool | None:
    """Whether an aspect stands at the level that was aimed at, or above; None where nothing readable was aimed at."""
    wanted = target_rank(evaluation.standings[aspect].entry, evaluation.charter)
    return None if wanted is None else evaluation.standings[aspect].rank >= wanted


def target_rank(entry: Rating | None, charter: Charter) -> int | None:
    """The aimed level's place on the scale; None without one, and for a level that the charter lacks."""
    level = charter.level_of(entry.target.level) if entry and entry.target else None
    return charter.ranks.get(level or "")


def _target_held(held: Any, charter: Charter) -> str:  # noqa: ANN401 - whatever the file holds
    if not isinstance(held, Mapping) or "level" not in held:
        return shown(str(held))
    by = held.get("by")
    try:
        when = by if isinstance(by, PartialDate) else PartialDate.parse(str(by)) if by else None
    except BadValue:
        return f"{shown(str(held['level']))} by {shown(str(by))}"
    return target_words(TargetLevel(level=str(held["level"]), by=when), charter)


SPOKEN: Mapping[str, Callable[[Any, Charter], str]] = {
    "target": _target_held,
    "value": lambda held, _: shown(str(held)),
}
"""What stands in a file under a key of an aspect, in words."""


def spoken_value(value: Value | None) -> str:
    """As people read it: 1,204 families, 62%; empty without one."""
    if value is None:
        return ""
    number = f"{value.number:,}"
    return f"{number}{value.unit}" if value.unit in ("", "%") else f"{number} {value.unit}"


def aimed(entry: Rating, charter: Charter) -> list[tuple[str, str]]:
    """Target and value of an aspect, each with its name."""
    target = target_words(entry.target, charter) if entry.target else ""
    return [
        (name, text) for name, text in ((mark("Target"), target), (mark("Value"), spoken_value(entry.value))) if text
    ]


STATEMENTS: Mapping[str, str] = {
    "intent": mark("What the school means to reach in this cycle"),
    "impact": mark("What has changed for families"),
}
"""What an evaluation says of its whole cycle: the keys, each with what it says."""


def stated(evaluation: Evaluation) -> list[tuple[str, str]]:
    """Those that it has, each with its name."""
    found = ((tr(name), getattr(evaluation, key)) for key, name in STATEMENTS.items())
    return [(name, text.strip()) for name, text in found if text and text.strip()]


def is_same_unit(value: Value, other: Value) -> bool:
    """Whether two numbers count the same thing, so that one may be held against the other."""
    return value.unit.casefold() == other.unit.casefold()
