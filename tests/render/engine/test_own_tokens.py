"""A slip in a workspace's own `tokens.json` is a sentence in every document that uses it."""

import json
from pathlib import Path

import pytest

from charterkit.cli.app import run
from charterkit.render.engine.templates import RefusedError, Templates
from charterkit.render.engine.tokens import builtin_tokens
from tests.cli.calling import example

SLIPS = {
    "a text in place of keys": {"light": "dark"},
    "nothing": {"light": {"accent": None}},
    "a number in place of a text": {"type": {"base": 17}},
    "a list in place of keys": {"space": ["1rem"]},
    "a yes in place of a text": {"measure": True},
    "keys in place of a text": {"light": {"ink": {"a": "b"}}},
    "a short list": {"levels": {"ramp": []}},
    "numbers in a list of texts": {"levels": {"ramp": [1] * len(builtin_tokens()["levels"]["ramp"])}},
}


def workspace(folder: Path, tokens: object) -> Path:
    example(folder)
    (folder / "templates").mkdir()
    (folder / "templates/tokens.json").write_text(json.dumps(tokens), encoding="utf-8")
    return folder


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_names_the_place_and_what_to_write(tmp_path: Path, slip: object) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/tokens.json").write_text(json.dumps(slip), encoding="utf-8")
    with pytest.raises(RefusedError, match=r"templates/tokens\.json: .+ must (be|hold) "):
        Templates(tmp_path).tokens()


def test_every_document_says_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace(tmp_path, {"light": "dark"}))
    calls = (
        "report --format html",
        "compare --format html",
        "render-poster --format html",
        "render-form --format html",
        "policy show behaviour --format html",
        "calendar --format html",
        "site --out made",
    )
    for words in calls:
        code, said = run(words.split()), capsys.readouterr().err
        assert code == 2 or words.startswith("site"), (words, said)
        assert "templates/tokens.json: light must be keys with values, in braces" in said, (words, said)
        assert "Something went wrong" not in said


def test_what_is_right_or_new_is_taken(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/tokens.json").write_text(
        '{"light": {"ink": "#000", "own": 1}, "ours": []}', encoding="utf-8"
    )
    made = Templates(tmp_path).tokens()
    assert (made["light"]["ink"], made["light"]["own"], made["ours"]) == ("#000", 1, [])
