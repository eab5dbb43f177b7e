"""Gathers charterkit's own words from the code and the templates into the catalogues: `python -m tools.words`.

What is there already keeps its translation. What is new is empty; what no longer stands anywhere is taken out, and its
translation goes, marked as fuzzy, to the new English that is most like it, where one is: gettext's usual way.
"""

import ast
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from charterkit.model.labels import LABELS
from charterkit.resources import LANGUAGES, PACKAGE, builtin
from charterkit.text.speech import FILE, NOUNS, of_noun

Words = str | tuple[str, str]
"""A text to translate, or the two that English has for one and for many."""
KEY_POINT = "key point"

_JINJA = re.compile(
    r"""\b(?P<call>tr|tr_of|ntr|ptr)\((?:noun, )?(?P<q>["'])(?P<text>.*?)(?P=q)(?:, (?P=q)(?P<many>[^"']*?)(?P=q))?"""
    r"""(?: if noun == "aspect" else "(?P<other>[^"]*)")?"""
)
_TYPST = re.compile(r"""\b(?P<call>tr|tr-of)\((?:if [^{]*\{ )?"(?P<text>[^"]*)"(?: \} else \{ "(?P<other>[^"]*)")?""")


@cache
def gathered() -> dict[Words, list[str]]:
    """Every text, with the files in which it stands."""
    found: dict[Words, set[str]] = defaultdict(set)
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in _of_code(ast.parse(path.read_text(encoding="utf-8"))):
            found[text].add(path.relative_to(PACKAGE).as_posix())
    for path in sorted((builtin() / "templates").iterdir()):
        pattern = _JINJA if path.suffix == ".j2" else _TYPST if path.suffix == ".typ" else None
        for text in _of_template(pattern, path.read_text(encoding="utf-8")) if pattern else ():
            found[text].add(f"templates/{path.name}")
    for pair in NOUNS:
        found[pair].add("text/speech.py")
    for label in LABELS.values():
        found[label.english].add("model/labels.py")
    for verbs in ("%(before)s and %(last)s", "%(before)s or %(last)s"):
        found[verbs].add("text/english.py")
    plural = {each[0] for each in found if isinstance(each, tuple)}
    return {text: sorted(places) for text, places in found.items() if text not in plural}


def _of_template(pattern: re.Pattern[str], text: str) -> Iterator[Words]:
    for call in pattern.finditer(text):
        groups = call.groupdict()
        yield (groups["text"], groups["many"]) if groups.get("many") else groups["text"]
        if groups["call"] in ("tr_of", "tr-of"):
            yield of_noun(KEY_POINT, groups["text"])
        if groups["other"]:
            yield groups["other"]


def _of_code(tree: ast.Module) -> Iterator[Words]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            yield from _calls(function, _texts(function))
    yield from _calls(tree, _texts(tree))


def _texts(inside: ast.AST) -> dict[str, list[str]]:
    """The texts that a name may stand for."""
    found = defaultdict(list)
    for each in ast.walk(inside):
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name) and _constant(each.value):
            found[each.targets[0].id].append(_constant(each.value))
    return found


def _calls(inside: ast.AST, named: dict[str, list[str]]) -> Iterator[Words]:
    for call in ast.walk(inside):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        name, texts = call.func.id, [_constant(each) for each in call.args]
        if name in ("tr", "mark", "to_say", "mark_to_say", "tr_of"):
            place = 1 if name == "tr_of" else 0
            given = call.args[place]
            found = [texts[place]] if texts[place] else named.get(given.id, []) if isinstance(given, ast.Name) else []
            yield from found
            if name == "tr_of":
                yield from (of_noun(KEY_POINT, text) for text in found)
        elif name in ("ntr", "mark_many", "ntr_of", "_stands"):
            one, many = (*(texts[1:3] if name == "ntr_of" else texts[:2]), "", "")[:2]
            for first in [one] if one else named.get(getattr(call.args[0], "id", ""), []) if many else ():
                yield first, many or first
                if name == "ntr_of":
                    yield of_noun(KEY_POINT, first), of_noun(KEY_POINT, many or first)


def _constant(value: ast.expr) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def updated(path: Path) -> Catalog:
    """A catalogue with the texts that there are now."""
    with path.open("rb") as file:
        held = read_po(file)
    template = Catalog()
    for text, places in gathered().items():
        template.add(text, locations=[(place, 0) for place in places], flags=("python-format",) * ("%(" in str(text)))
    for words in _VOWELS:
        template.add(words, context="before a vowel", locations=[("text/english.py", 0)], flags=("python-format",))
    held.update(template, no_fuzzy_matching=False, keep_user_comments=True)
    held.obsolete.clear()
    return held


def is_whole(said: object) -> bool:
    """Whether a text is translated, in all the forms that numbers take."""
    return all(said) if isinstance(said, tuple | list) else bool(said)


_VOWELS = ("%(before)s and %(last)s", "%(before)s or %(last)s")


def main() -> int:
    """Bring every catalogue up to date."""
    for path in sorted(LANGUAGES.glob(f"*/{FILE}")):
        head = path.read_text(encoding="utf-8").partition("\n\n")[0]
        held, made = updated(path), io.BytesIO()
        write_po(made, held, width=120, sort_output=True, omit_header=True, include_lineno=False)
        path.write_text(f"{head}\n\n{made.getvalue().decode()}", encoding="utf-8", newline="\n")
        missing = [message for message in held if message.id and not is_whole(message.string)]
        print(f"{path.parts[-3]}: {len(held)} texts, {len(missing)} of them to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
