"""The quick reader gives what the careful one gives, or leaves the file to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.files.yaml import reader as yaml_text
from charterkit.files.yaml.quick import quick
from charterkit.files.yaml.reader import parse, parser
from tests.files.samples import EVALUATION


def careful(text, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(yaml_text, "quick", lambda _parser, **_: None)
        return parse(text.encode())


@given(st.data())
def test_they_agree_on_any_text(data):
    text = EVALUATION
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + data.draw(
                st.sampled_from(["", "\n", " ", ":", "- ", "&a ", "*a", "!t ", "{", "}", "[", "~", "<<: ", "#", "x"])
            )
            + text[at + 1 :]
        )
    with pytest.MonkeyPatch.context() as patch:
        slow = careful(text, patch)
    found = quick(parser(yaml_text.cleaned(text)), is_bare=not ("&" in text or "!" in text))
    assert found == quick(parser(yaml_text.cleaned(text)))
    if found is not None and yaml_text.cleaned(text) == text:
        assert found == (slow.tree, slow.empty)
        assert slow.problems == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "[a]",
        "a: ~",
        "a:\na:",
        "a:\na: 1",
        "a: 1\na:",
        "a: {b: , b: 1}",
        "a: [{b: }, ]\nc: [ , d]\ne:\n-\n",
        "a: &b c",
        "a: !t c",
        "&a b: c",
        "a: 1\na: 2",
        "? [a]\n: b",
        "<<: {a: b}",
        "a: b\n---\nc: d",
        "a: [",
        '"": b',
        "- a",
        "a: *b",
        "a: " + "[" * 60,
    ],
)
def test_whatever_needs_a_word_is_left_to_the_careful_reader(text):
    assert quick(parser(text)) is None


def test_a_good_file_is_read_at_once(monkeypatch):
    monkeypatch.setattr(yaml_text, "_Walk", None)
    assert parse(b"a: 1\nb: [x, {c: 'd'}]\n").tree == {"a": "1", "b": ["x", {"c": "d"}]}


def test_keys_without_a_value_are_told_by_their_place(monkeypatch):
    text = "a:\nb:\n  c:\n  d: [{e: }, {e: 1, f: }, g]\nh: ''\ni: {j: {k: }}\nl: [[{m: }]]\n"
    slow = careful(text, monkeypatch)
    assert quick(parser(text)) == (slow.tree, slow.empty)
    assert ("b", "d", 0, "e") in slow.empty
    monkeypatch.setattr(yaml_text, "_Walk", None)
    assert parse(text.encode()) == slow
