"""The whole command as it should have been typed, out of an error and what was typed."""

from collections.abc import Mapping, Sequence
from typing import Any

import typer

from charterkit.cli.typed import as_typed
from charterkit.errors import CharterkitError

_ADDED = {
    "several-schools": ("",),
    "no-own-school": ("",),
    "several-charters": ("--charter",),
    "several-workspaces": ("--workspace",),
    "policy-of-several": ("--school",),
}
"""Errors that one more word would mend, and the option that it stands behind."""
_ANY_OF = {"school-of-several": 0, "no-evaluation-for": -1}
"""Errors that any word of those known would mend, and which of them is shown."""
_ALONE = frozenset({"no-choice", "no-command"})
"""Errors of a value of one word, which more words would not mend."""


def mended(error: Exception, typed: Sequence[str], command: Any) -> str:  # noqa: ANN401 - typer's own is private
    """A sentence with the whole command; empty where it cannot be told. `command` is typer's own, of all of them."""
    words = _mended(error, list(typed), command)
    if not words:
        return ""
    is_choice = isinstance(error, CharterkitError) and error.code in {*_ADDED, *_ANY_OF}
    return f"{'For example' if is_choice else 'Write'}: {as_typed(words)}"


def _mended(error: Exception, typed: list[str], command: Any) -> list[str]:  # noqa: ANN401 - as above
    if isinstance(error, CharterkitError):
        quoted = [] if error.code in _ALONE else _in_quotes(error.facts, typed, command)
        return _of_facts(error, typed) or quoted
    option, known = getattr(error, "option_name", None), getattr(error, "possibilities", None)
    if option and (right := _nearest(option.lstrip("-"), [name.lstrip("-") for name in known or ()])):
        return _with(typed, option, f"--{right}")
    argument = getattr(error, "param", None)
    if type(error).__name__ == "MissingParameter" and argument is not None:
        named = argument.param_type_name == "argument"
        metavar = (argument.metavar or str(argument.name).upper()).strip("[]")
        return [*typed, metavar] if named else [*typed, argument.opts[0], metavar]
    return []


def _of_facts(error: CharterkitError, typed: list[str]) -> list[str]:
    """The command with the word in place of the one that is wrong, or with one more."""
    facts = error.facts
    known = [word for word in _listed(facts.get("known")) if isinstance(word, str)]
    if error.code in _ADDED and known:
        return [*typed, *filter(None, (*_ADDED[error.code], known[0]))]
    for wrong in _said(facts):
        right = facts.get("meant") or (known[_ANY_OF[error.code]] if error.code in _ANY_OF else _nearest(wrong, known))
        if right and right != wrong and (words := _with(typed, wrong, right)):
            return words
    return []


def _listed(known: object) -> Sequence[object]:
    return list(known) if isinstance(known, list | tuple | dict) else ()


def _said(facts: Mapping[str, Any]) -> list[str]:
    """The facts that may be words of the call, a cycle among them."""
    words = {name: str(value) for name, value in facts.items() if not isinstance(value, list | tuple | dict)}
    return [word for name, word in words.items() if word and name not in {"meant", "option"}]


def _nearest(wrong: str, known: Sequence[str]) -> str:
    from charterkit.model.base import nearest

    return nearest(wrong.lower(), known)


def _with(typed: Sequence[str], wrong: str, right: str) -> list[str]:
    """The call with a word in place of another one; empty where that is not typed, several words of it in a row."""
    parts = wrong.split(" ")
    for at in range(len(typed)):
        word = typed[at]
        if word == wrong or list(typed[at : at + len(parts)]) == parts:
            return [*typed[:at], right, *typed[at + (1 if word == wrong else len(parts)) :]]
        name, equals, value = word.partition("=")
        if word.startswith("--") and equals and wrong in (value, name):
            return [*typed[:at], f"{right}={value}" if wrong == name else f"{name}={right}", *typed[at + 1 :]]
    return []


def _in_quotes(facts: Mapping[str, Any], typed: list[str], command: Any) -> list[str]:  # noqa: ANN401 - as above
    """The call with a value of several words in quotes, where the words after its first are what is wrong."""
    wrong = {word for said in _said(facts) for word in (said, said.split(" ", maxsplit=1)[0])}
    valued = _valued(typed, command)
    for at in range(2, len(typed)):
        if typed[at - 2] not in valued or typed[at].startswith("-") or not wrong & {typed[at], typed[at - 1]}:
            continue
        end = next((end for end in range(at, len(typed)) if typed[end].startswith("-")), len(typed))
        return [*typed[: at - 1], " ".join(typed[at - 1 : end]), *typed[end:]]
    return []


def _valued(typed: Sequence[str], command: Any) -> set[str]:  # noqa: ANN401 - as above
    """The options of the typed command that take a value."""
    for word in typed:
        inner = getattr(command, "list_commands", None)
        if inner is not None and word in command.list_commands(None):
            command = command.get_command(typer.Context(command), word)
    return {name for option in command.params if not getattr(option, "is_flag", True) for name in option.opts}
