"""Answers about a whole key point, or about everything, where a charter rates more than aspects."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from charterkit.files.workspace import Workspace
from charterkit.files.yaml.edit import Change
from charterkit.findings import TreePath
from charterkit.insight.evaluations.answers import Answer, Claims, how_to_say_why, level_meant
from charterkit.insight.evaluations.best_fit import OVERALL
from charterkit.insight.evaluations.naming import aspects_meant, key_point_meant, plain_word
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.model.evaluation import Evaluation
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.text.english import alternatives
from charterkit.text.safe import shown
from charterkit.text.speech import tr

_WHOLE = (OVERALL, "the whole", "whole")


def parts_of(charter: Charter) -> dict[str, str]:
    """What is rated besides what is rated one by one, each with its heading: key points in their order, then the whole.

    Nothing where a charter rates aspects alone.
    """
    if not charter.rates_key_points:
        return {}
    points = {point.id: point.title for point in charter.key_points} if charter.rated == "both" else {}
    return {part: label_of(part, title) for part, title in {**points, OVERALL: ""}.items()}


def label_of(part: str, title: str = "", where: Literal["heading", "line", "cell"] = "heading") -> str:
    """What a key point, or the whole, is called where it is rated itself: the one place of these words.

    As a heading, as a line of a form among those of its aspects, or in a table's cell under its own heading.
    """
    if where == "cell":
        return tr("As a whole")
    if where == "line":
        return tr("Everything, seen as a whole") if part == OVERALL else tr("%(title)s: as a whole", title=title)
    return tr("The whole") if part == OVERALL else title


def part_meant(words: str, charter: Charter) -> str | None:
    """The key point or the whole that some words mean, where the charter rates it; an aspect of that name wins."""
    known = parts_of(charter)
    if not known or aspects_meant(words, charter):
        return None
    point = key_point_meant(words, charter)
    if point:
        return point.id if point.id in known else None
    return OVERALL if plain_word(words) in _WHOLE else None


def part_way(part: str) -> TreePath:
    """Where the entry of a part stands in an evaluation's file."""
    return (OVERALL,) if part == OVERALL else ("key_points", part)


def apart(answers: Iterable[Answer], charter: Charter) -> tuple[list[Answer], list[tuple[str, Answer]]]:
    """Answers about aspects, and those about parts, each with its part."""
    own: list[Answer] = []
    of_parts: list[tuple[str, Answer]] = []
    for answer in answers:
        part = part_meant(answer.aspect, charter)
        if part is None:
            own.append(answer)
        else:
            of_parts.append((part, answer))
    return own, of_parts


def part_changes(
    answers: Sequence[tuple[str, Answer]], charter: Charter, tree: Mapping[str, Any]
) -> tuple[list[Change], list[str]]:
    """The changes to a file that holds `tree`, and every complaint with its place."""
    made: list[Change] = []
    complaints: list[str] = []
    claims = Claims()
    reasons = {part for part, answer in answers if answer.texts.get("reason", "").strip()}
    for part, answer in answers:
        entry = entry_in(tree, part)
        for name, said, wrong in _said(part, answer, charter, has_reason=part in reasons or bool(entry.get("reason"))):
            place = None if wrong else claims.against((part, name), said, answer.where)
            if wrong or place:
                complaints.append(f"{answer.where}: {wrong or f'the {name} of {part} was given otherwise at {place}'}.")
            elif said:
                made.append(Change((*part_way(part), name), said))
            else:
                made += cleared(tree, part, name)
        made += _added(part, answer, entry)
        level = level_meant(answer.rating or "", charter)
        if level and level != NOT_APPLICABLE and entry.get("rating") == NOT_APPLICABLE and part not in reasons:
            made += cleared(tree, part, "reason")
    return made, complaints


def _said(part: str, answer: Answer, charter: Charter, *, has_reason: bool) -> Iterable[tuple[str, str, str]]:
    """The key, what it becomes (nothing where it is taken out), and what is wrong with it."""
    if answer.rating is not None:
        level = level_meant(answer.rating, charter)
        words = alternatives([*charter.levels, NOT_APPLICABLE])
        wrong = "" if level else f"{part}: '{shown(answer.rating)}' is not a level of this charter: write {words}"
        if level == NOT_APPLICABLE and not has_reason:
            wrong = f"{part} is not-applicable without a reason: {how_to_say_why(answer)}"
        yield "rating", level or "", wrong
    for name, text in answer.texts.items():
        yield name, text, ""
    for name, is_there, what in (
        ("groups", answer.groups, "levels for focus groups are"),
        ("target", answer.target, "a target is"),
        ("value", answer.value, "a value is"),
    ):
        if is_there:
            yield name, "", f"{part}: {what} taken for aspects alone"
    for name in answer.cleared:
        yield name, "", ""


def _added(part: str, answer: Answer, entry: Mapping[str, Any]) -> list[Change]:
    """Ideas and evidence that do not stand there yet."""
    given: list[tuple[str, Any]] = [("ideas", idea) for idea in answer.ideas]
    given += [("evidence", seen) for seen in answer.evidence]
    return [
        Change((*part_way(part), key), value, append=True) for key, value in given if value not in entry.get(key, ())
    ]


def with_parts(charter: Charter) -> Charter:
    """The charter as a form has it: key points and the whole are the last thing to rate under each heading."""
    parts = [part for part in parts_of(charter) if part not in charter.aspects]
    if not parts:
        return charter
    points = [
        point.model_copy(update={"aspects": (*point.aspects, _row(point.id, label_of(point.id, point.title, "line")))})
        if point.id in parts
        else point
        for point in charter.key_points
    ]
    whole = KeyPoint(id=OVERALL, title=label_of(OVERALL), aspects=(_row(OVERALL, label_of(OVERALL, where="line")),))
    return charter.with_points([*points, *([whole] if OVERALL in parts else [])])


def planned_on(workspace: Workspace, evaluation: Evaluation) -> Charter | None:
    """The charter that an evaluation's actions are about: of whatever it rates some may be to improve that."""
    charter = workspace.charter_of(evaluation)
    return with_parts(charter.as_rated()) if charter else None


def _row(part: str, text: str) -> Aspect:
    return Aspect(id=part, text=text)


def entry_in(tree: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    """What a file says of a part."""
    found: Any = tree
    for key in part_way(part):
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def cleared(tree: Mapping[str, Any], part: str, name: str) -> list[Change]:
    """Takes a key of a part's entry out, and with the last one the entry; with a rating, why it did not apply."""
    entry, way = entry_in(tree, part), part_way(part)
    gone = {name, "reason"} if name == "rating" and entry.get("rating") == NOT_APPLICABLE else {name}
    there = [key for key in entry if key in gone]
    if not there or set(entry) > gone:
        return [Change((*way, key), remove=True) for key in there]
    is_last = len(way) > 1 and len(tree[str(way[0])]) == 1
    return [Change(way[:1] if is_last else way, remove=True)]
