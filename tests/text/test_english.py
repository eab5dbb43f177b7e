"""Numbers, plurals and lists, and that no other module makes its own."""

import re
from pathlib import Path

import charterkit
from charterkit.text.english import alternatives, counted, figures, joined, number, plain, plural, sentence

SOURCE = Path(charterkit.__file__).parent


def test_numbers_and_lists_in_a_sentence():
    assert [number(count) for count in (0, 1, 10, 11, 1204)] == ["no", "one", "ten", "11", "1,204"]
    assert counted(1, "aspect") == "one aspect"
    assert counted(2, "entry", "entries") == "two entries"
    assert [figures(count, "file") for count in (0, 1, 1204)] == ["0 files", "1 file", "1,204 files"]
    assert [plural(count, "is", "are") for count in (0, 1, 2)] == ["are", "is", "are"]
    assert [joined(["a", "b", "c"][:many]) for many in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert [alternatives(["a", "b", "c"][:many]) for many in range(4)] == ["", "a", "a or b", "a, b or c"]
    assert alternatives(["bread and butter", "tea"]) == "bread and butter or tea"
    assert sentence("one is new") == "One is new."
    assert sentence("") == ""
    assert [plain(word) for word in ("Amber", "RAG", "Not yet")] == ["amber", "RAG", "not yet"]


def test_no_other_module_makes_plurals():
    by_hand = re.compile(r"""(["'])s\1 if|["'] if [^"']* [!=]= 1 else f?["']""")
    modules = [each for each in SOURCE.rglob("*.py") if each.parent.name not in ("text", "cli")]
    assert len(modules) > 200
    found = [
        f"{module.relative_to(SOURCE)}: {line.strip()}"
        for module in modules
        for line in module.read_text(encoding="utf-8").splitlines()
        if by_hand.search(line)
    ]
    assert not found
