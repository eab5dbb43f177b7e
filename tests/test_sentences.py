"""Errors are data: every raise names a code that has its sentences, with the facts these need; none stands unused."""

import ast
import pickle
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import charterkit
from charterkit.errors import CharterkitError, Conflict, NotThere
from charterkit.sentences import ROOMS, SENTENCES, fields
from tests.sources import nodes

SOURCE = Path(charterkit.__file__).parent
KINDS = ("NotThere", "Conflict", "Refused", "Missing")


@cache
def raised() -> dict[str, ast.Call]:
    """Every place that raises one, with its call."""
    return dict(_raised())


def _raised() -> Iterator[tuple[str, ast.Call]]:
    for module in sorted(SOURCE.rglob("*.py")):
        for node in nodes(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
                yield f"{module.relative_to(SOURCE).as_posix()}:{node.lineno}", node


def codes(call: ast.Call) -> list[str]:
    """The codes a call may have: one, or either of two."""
    first = call.args[0]
    found = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    return [str(code.value) for code in found if isinstance(code, ast.Constant)]


def test_an_error_has_its_sentences_and_the_facts_for_them() -> None:
    for place, call in raised().items():
        named = codes(call)
        assert len(call.args) == 1, place
        assert named, f"{place}: a code is written out, so that it can be found"
        given = {keyword.arg for keyword in call.keywords}
        for code in named:
            assert code in SENTENCES, f"{place}: {code} has no sentences in a module of sentences/"
            needed = fields(SENTENCES[code][0])
            assert needed <= given or None in given, f"{place}: {code} needs {needed - given}"
            remedies = [fields(remedy) for remedy in SENTENCES[code][1:]]
            fits = None in given or not remedies or any(remedy <= given for remedy in remedies)
            assert fits, f"{place}: no remedy of {code} fits"


def test_a_code_stands_in_one_of_the_tables() -> None:
    assert sum(len(room.SENTENCES) for room in ROOMS) == len(SENTENCES)


def test_no_sentence_stands_unused() -> None:
    unused = set(SENTENCES) - {code for call in raised().values() for code in codes(call)}
    assert not unused, f"no place raises {sorted(unused)}"


def test_a_sentence_reads_as_one() -> None:
    for code, (message, *_) in SENTENCES.items():
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code)
        assert message[-1] in ".}", code


def test_only_a_kind_is_raised() -> None:
    found = [
        module.name
        for module in SOURCE.rglob("*.py")
        for node in nodes(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "CharterkitError"
    ]
    assert not found


def test_an_error_travels_to_another_process() -> None:
    there = pickle.loads(pickle.dumps(NotThere("no-school", slug="elm", meant="elm-road", known=["elm-road"])))
    assert isinstance(there, NotThere)
    assert (there.code, there.message) == ("no-school", "There is no school 'elm'.")
    assert there.hint == "Did you mean elm-road?"


def test_the_first_remedy_whose_facts_are_there_is_said() -> None:
    assert NotThere("no-school", slug="x", meant="", known=["a", "b"]).hint.startswith("There is: a, b. To add")
    assert (
        NotThere("no-school", slug="x", meant="", known=[]).hint
        == 'To add it: charterkit new school "Name of the school"'
    )


def test_kinds_are_told_apart() -> None:
    assert issubclass(Conflict, CharterkitError)
    assert not issubclass(Conflict, NotThere)
