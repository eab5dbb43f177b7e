"""In the guide's list of what can be changed: an aspect's target and value, and what the cycle is to reach."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from charterkit.cli.guide_held import REMOVES, Held, done, short
from charterkit.errors import CharterkitError
from charterkit.insight.evaluations.aims import STATEMENTS, Aim, spoken_value, target_words
from charterkit.insight.evaluations.answers import Answer
from charterkit.model.base import BadValue
from charterkit.model.value import Value
from charterkit.session.statements import state

if TYPE_CHECKING:
    from charterkit.cli.guide import Guide
    from charterkit.session.evaluation_file import EvaluationFile


def aims(file: "EvaluationFile", aspect: str) -> Iterator[Held]:
    """What can be set or changed at every aspect, whatever it holds already."""
    entry = file.standings[aspect].entry
    target = target_words(entry.target, file.charter) if entry and entry.target else ""
    value = spoken_value(entry.value) if entry else ""
    yield Held(f"Target: {target or 'none yet'}", partial(_target, aspect=aspect, has_one=bool(target)))
    yield Held(f"Value: {value or 'none yet'}", partial(_value, aspect=aspect, has_one=bool(value)))
    for key, name in STATEMENTS.items():
        text = getattr(file.evaluated.evaluation, key)
        yield Held(f"{name}: {short(text) if text else 'nothing yet'}", partial(_statement, key=key))


def _target(guide: "Guide", aspect: str, *, has_one: bool) -> str:
    scale = guide.file.charter.scale
    removes = ["No target (removes it)"] if has_one else []
    chosen = guide.choose("Which level is to be reached?", [*(level.label for level in scale), *removes])
    if chosen is None:
        return "Left as it was."
    if chosen == len(scale):
        guide.file.answer([Answer(aspect, "target", cleared=("target",))])
        return "The target is taken out."
    by = guide.due("By when, such as July 2027 (may be left empty): ")
    guide.file.answer([Answer(aspect, "target", target=Aim(scale[chosen].id, by))])
    return "The target is saved."


def _value(guide: "Guide", aspect: str, *, has_one: bool) -> str:
    removes = f", {REMOVES} removes it" if has_one else ""
    while True:
        text = guide.keys.line(f"What was counted, such as 62% or 14 families (Enter leaves it{removes}): ").strip()
        if not text or (text == REMOVES and not has_one):
            return "Left as it was."
        try:
            value = None if text == REMOVES else Value.parse(text)
        except BadValue as bad:
            guide.screen.line(f"{bad.message}. {bad.remedy}")
            continue
        cleared = () if value else ("value",)
        guide.file.answer([Answer(aspect, "value", value=value, cleared=cleared)])
        return "The value is saved." if value else done("value", text)


def _statement(guide: "Guide", key: str) -> str:
    prompt = f"{STATEMENTS[key]} (Enter leaves it, {REMOVES} removes it)> "
    text = guide.keys.lines(prompt, "(an empty line ends it)> ", REMOVES)
    if not text:
        return "Left as it was."
    try:
        state(guide.file, key, "" if text == REMOVES else text)
    except CharterkitError as error:
        return error.message
    return "Taken out." if text == REMOVES else "Saved."
