"""`charter diff`: two versions in words, by number, by id and as files."""

import json
from pathlib import Path

import jsonschema
import pytest

from charterkit import render

from .conftest import Caller

VERSIONS = Path(__file__).parents[1] / "render/versions"
OLD, NEW = (VERSIONS / f"lunch-v{number}.yaml" for number in (1, 2))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "charterkit.yaml").write_text("charter: good-lunchtimes\n", encoding="utf-8")
    (tmp_path / "charters").mkdir()
    for path in (OLD, NEW):
        (tmp_path / "charters" / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_a_headteacher_sees_at_once_what_it_means_for_her_ratings(place: Path, said: Caller) -> None:
    done = said("charter", "diff", cwd=place, columns=120)
    assert done.code == 0
    assert done.out.splitlines()[3:9] == [
        "One aspect is new and starts without a rating.",
        "One aspect joins several: it takes the lowest rating.",
        "Two aspects come of one that was split, and take its rating.",
        "The levels are called otherwise, and each rating goes to the level that replaces its own.",
        "One focus group is gone: what families in it were rated stays in the file, and counts no more.",
        "Three other aspects keep their ratings.",
    ]
    assert "Every pupil has [a friend] to sit with." in done.out
    assert "\x1b" not in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("1", "2"),
        ("1",),
        ("good-lunchtimes@1", "good-lunchtimes@2"),
        ("charters/lunch-v1.yaml", "2"),
        (str(OLD), str(NEW)),
        ("--charter", "good-lunchtimes"),
    ],
)
def test_a_version_is_named_in_several_ways(place: Path, said: Caller, arguments: tuple[str, ...]) -> None:
    done = said("charter", "diff", *arguments, "--format", "json", cwd=place)
    assert done.code == 0, done.err
    made = json.loads(done.out)
    schema = json.loads((Path(render.__file__).parent / "schemas/charter-diff.json").read_text(encoding="utf-8"))
    jsonschema.validate(made, schema)
    assert (made["from"], made["to"]) == ("1", "2")
    assert made["aspects"] == {
        "new": 1,
        "gone": 0,
        "merged": 1,
        "split": 2,
        "renamed": 1,
        "reworded": 1,
        "moved": 3,
        "changed": 0,
    }


def test_named_the_later_one_first_they_are_read_the_right_way_round(place: Path, said: Caller) -> None:
    done = said("charter", "diff", "2", "1", "--format", "json", cwd=place)
    assert "2 is the later version: this tells what it changes of 1." in done.err
    assert done.out == said("charter", "diff", "1", "2", "--format", "json", cwd=place).out


def test_a_version_that_is_not_read_whole_is_named_to_programs_too(place: Path, said: Caller) -> None:
    path = place / "charters/lunch-v2.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    for name in ("json", "csv"):
        done = said("charter", "diff", "--format", name, cwd=place)
        assert "charters/lunch-v2.yaml is not read whole: line " in done.err
    assert json.loads(said("charter", "diff", "--format", "json", cwd=place).out)["unread"] == [
        str(Path("charters/lunch-v2.yaml"))
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("9",), "There is: 1, 2."),
        (("x@1",), "no charter"),
        (("absent.yaml", "2"), "there is no such file"),
        (("charters", "2"), "There is: 1, 2."),
        (("empty.yaml", "2"), "cannot be read"),
        (("--charter", "community-engagement"), "nothing to compare it with"),
    ],
)
def test_a_wrong_call_is_a_sentence(place: Path, said: Caller, arguments: tuple[str, ...], message: str) -> None:
    (place / "empty.yaml").write_bytes(b"\0\xff")
    done = said("charter", "diff", *arguments, cwd=place)
    assert (done.code, done.out) == (2, "")
    assert message in " ".join(done.err.split())


def test_the_same_file_twice_says_that_nothing_differs(place: Path, said: Caller) -> None:
    assert "Nothing differs between the two." in said("charter", "diff", "2", "2", cwd=place).out


def test_two_charters_are_told_apart_by_their_names(place: Path, said: Caller) -> None:
    text = OLD.read_text(encoding="utf-8").replace("id: good-lunchtimes", "id: ours", 1)
    (place / "ours.yaml").write_text(text, encoding="utf-8")
    done = said("charter", "diff", "1", "ours.yaml", cwd=place)
    assert "Version 1 of ours beside version 1 of good-lunchtimes" in done.out
