"""Many answers read against an evaluation: what they would change there, and in words before any of it is written."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from charterkit.files.yaml.edit import Change
from charterkit.findings import TreePath
from charterkit.insight.evaluations.aims import SPOKEN, STATEMENTS
from charterkit.insight.evaluations.answers import Answer, changes, level_called
from charterkit.insight.evaluations.part_answers import apart, part_changes
from charterkit.model.charter import Charter
from charterkit.records import dataclass
from charterkit.text.english import figures
from charterkit.text.safe import shown


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of many answers: how many aspects changed, and what they took the place of, in sentences."""

    aspects: int
    replaced: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """Key points and the whole that were answered, where the charter rates them beside aspects."""


class ReadAnswers(NamedTuple):
    """What many answers would change, of aspects and of parts; which parts they are about; and every complaint."""

    made: list[Change]
    whole: list[Change]
    parts: tuple[str, ...]
    complaints: tuple[str, ...]


def read_against(
    answers: Sequence[Answer],
    charter: Charter,
    tree: Mapping[str, Any],
    there: Mapping[str, Any],
    not_asked: Collection[str],
) -> ReadAnswers:
    """What answers would change in a file that holds `tree`, and `there` of each aspect. Nothing is written."""
    own, of_parts = apart(answers, charter)
    made, complaints = changes(own, charter, there, not_asked)
    whole, wrong = part_changes(of_parts, charter, tree)
    return ReadAnswers(made, whole, tuple(dict.fromkeys(part for part, _ in of_parts)), (*complaints, *wrong))


def trial_lines(made: Sequence[Change], held: Callable[[TreePath], Any], charter: Charter) -> Iterator[str]:
    """A line a change: what would be set, changed, added or cleared; last how many things stand there already."""
    same = 0
    for change in made:
        before = None if change.append else held(change.at)
        now = "" if change.remove else _spoken(change.at, change.value, charter)
        was = "" if before is None else _spoken(change.at, before, charter)
        if now and now == was:
            same += 1
            continue
        what = _named(change.at)
        if change.remove:
            yield f"cleared  {what}: was {was}"
        elif was:
            yield f"changed  {what}: was {was}, becomes {now}"
        else:
            yield f"{'added' if change.append else 'set':7}  {what}: {now}"
    if same:
        yield f"{figures(same, 'answer stands', 'answers stand')} there already."


def _named(at: TreePath) -> str:
    """Which aspect, and what of it: a rating is meant where nothing else is said."""
    if at[0] in STATEMENTS:
        return STATEMENTS[str(at[0])]
    if at[0] == "actions":
        return "action plan" + "".join(f", {shown(str(key))}" for key in at[2:])
    keys = [str(key) for key in (at[1:] if at[0] in ("ratings", "key_points") else at)]
    return ", ".join(shown(key) for key in keys if key != "rating")


def _spoken(at: TreePath, value: Any, charter: Charter) -> str:  # noqa: ANN401 - whatever the file holds
    key = str(at[-1])
    if key == "rating" or "groups" in at:
        return level_called(value, charter)
    if key in SPOKEN and at[0] != "actions":
        return SPOKEN[key](value, charter)
    if isinstance(value, Mapping):
        parts = [value.get(name) for name in ("kind", "action", "note", "url") if value.get(name)]
        return ", ".join(shown(str(part)) for part in parts)
    return f"“{shown(str(value))}”"
