"""`examples propose`: schools' own words as examples of the charter's next version, accepted one by one."""

import json
import os
from pathlib import Path

import jsonschema
import pytest

from charterkit import render
from charterkit.files.yaml.reader import parse
from tests.insight.samples import evaluation, write

from .calling import call, terminal
from .conftest import Caller

CHARTER = """\
# Ours, by hand.
id: small
version: "1"   # the first
title: A small charter
status: published
key_points:
  - id: welcome
    title: Every family is welcome
    aspects:
      - {id: gate, text: The gate is good}   # in braces
      - id: door
        text: The door is open
        # what others do
        examples:
          - {school: Elsewhere, text: It is never shut.}
"""
SHARES = "shares_practice: yes\n"
NAMES = ("ash", "beech")


def rated(**strengths: str) -> str:
    ratings = {name: f"{{rating: green, strengths: {words}}}" for name, words in strengths.items()}
    return evaluation(ratings, more="status: agreed\n")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    files = {"charterkit.yaml": "charter: small\n", "charters/small-v1.yaml": CHARTER}
    for name in NAMES:
        files[f"schools/{name}/school.yaml"] = f"name: {name.title()} School\n{SHARES}"
    files["schools/ash/evaluations/2025-26.yaml"] = rated(gate="We wave", door="Doors stand open")
    files["schools/beech/evaluations/2025-26.yaml"] = rated(gate='"<script>alert(1)</script> [bold] =cmd() مرحبا: #"')
    write(tmp_path, files)
    return tmp_path


def version(place: Path, number: int) -> str:
    return (place / f"charters/small-v{number}.yaml").read_text(encoding="utf-8")


def examples(place: Path, number: int) -> list[list[dict[str, str]]]:
    found = parse(version(place, number).encode())
    assert not found.problems
    assert isinstance(found.tree, dict)
    return [aspect.get("examples", []) for aspect in found.tree["key_points"][0]["aspects"]]


ASH = {"school": "Ash School", "text": "We wave", "x-shared-by": "ash"}


def test_without_a_terminal_they_are_listed_and_nothing_is_written(place: Path, said: Caller) -> None:
    done = said("examples", "propose", cwd=place, columns=160)
    assert done.code == 0
    assert "Three examples are proposed, of two schools looked at." in done.out
    assert "gate:ash" in done.out
    assert not (place / "charters/small-v2.yaml").exists()
    made = json.loads(said("examples", "propose", "--format", "json", cwd=place).out)
    schema = json.loads((Path(render.__file__).parent / "schemas/examples.json").read_text(encoding="utf-8"))
    jsonschema.validate(made, schema)
    assert [row["name"] for row in made["proposals"]] == ["gate:ash", "gate:beech", "door:ash"]


def test_what_is_accepted_goes_into_a_draft_and_every_other_line_stays(place: Path, said: Caller) -> None:
    done = said("examples", "propose", "--yes-to", "gate:ash", "--yes-to", "door:ash", cwd=place)
    assert done.code == 0, done.err
    assert "Two examples in charters/small-v2.yaml, a draft, credited to Ash School." in done.err
    assert version(place, 1) == CHARTER
    new = version(place, 2)
    assert new.startswith(
        '# Ours, by hand.\nid: small\nversion: "2"   # the first\ntitle: A small charter\nstatus: draft\n'
    )
    assert set(CHARTER.splitlines()) - set(new.splitlines()) == {
        'version: "1"   # the first',
        "status: published",
        "      - {id: gate, text: The gate is good}   # in braces",
    }
    assert examples(place, 2) == [
        [ASH],
        [{"school": "Elsewhere", "text": "It is never shut."}, {**ASH, "text": "Doors stand open"}],
    ]
    assert said("check", "charters", cwd=place).code == 0


def test_all_of_them_odd_words_too(place: Path, said: Caller) -> None:
    assert said("examples", "propose", "--all", cwd=place).code == 0
    assert examples(place, 2)[0][1]["text"] == "<script>alert(1)</script> [bold] =cmd() مرحبا: #"
    nothing = said("examples", "propose", "--all", cwd=place)
    assert (nothing.code, "No examples are proposed" in nothing.err) == (2, True), "they all stand there already"
    assert not (place / "charters/small-v3.yaml").exists()


@pytest.mark.parametrize("now", ["", "shares_practice: no\n"])
def test_a_school_that_withdrew_is_left_out_next_time_and_that_is_said(place: Path, said: Caller, now: str) -> None:
    assert said("examples", "propose", "--yes-to", "gate:ash", "--yes-to", "door:ash", cwd=place).code == 0
    (place / "schools/ash/school.yaml").write_text(f"name: Another name\n{now}", encoding="utf-8")
    listed = said("examples", "propose", cwd=place, columns=160).out
    assert "Two examples are left out: Ash School does not share any more." in listed
    done = said("examples", "propose", "--yes-to", "gate:beech", cwd=place)
    assert "Left out: the example of Ash School, which does not share any more." in done.err
    assert [[each["school"] for each in some] for some in examples(place, 3)] == [["Beech School"], ["Elsewhere"]]


def test_an_example_written_by_hand_goes_only_where_its_school_says_no(place: Path, said: Caller) -> None:
    school = place / "schools/ash/school.yaml"
    school.write_text("name: Elsewhere\n", encoding="utf-8")
    assert "left out" not in said("examples", "propose", cwd=place, columns=160).out
    school.write_text("name: Elsewhere\nshares_practice: no\n", encoding="utf-8")
    assert "One example is left out: Elsewhere does not share any more." in said("examples", "propose", cwd=place).out
    assert said("examples", "propose", "--all", cwd=place).code == 0
    assert examples(place, 2)[1] == []


def test_one_that_the_charter_has_is_not_proposed_again(place: Path, said: Caller) -> None:
    text = CHARTER.replace("It is never shut.", "Doors  stand open").replace("Elsewhere", "Ash School")
    (place / "charters/small-v1.yaml").write_text(text, encoding="utf-8")
    assert "door:ash" not in said("examples", "propose", cwd=place, columns=160).out


def test_a_file_that_is_there_is_never_written_over(place: Path, said: Caller) -> None:
    (place / "charters/small-v2.yaml").write_text("id: other\n", encoding="utf-8")
    done = said("examples", "propose", "--all", cwd=place)
    assert done.code == 2
    assert version(place, 2) == "id: other\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--yes-to", "gate:elm"), "There is: gate:ash, gate:beech, door:ash."),
        (("--all", "-o", "out.md"), "either listed or accepted"),
        (("--charter", "smal"), "Did you mean small?"),
    ],
)
def test_a_wrong_call_is_a_sentence(place: Path, said: Caller, arguments: tuple[str, ...], message: str) -> None:
    done = said("examples", "propose", *arguments, cwd=place)
    assert (done.code, message in " ".join(done.err.split())) == (2, True), done.err
    assert not (place / "charters/small-v2.yaml").exists()


def test_a_charter_with_a_mistake_is_no_base(place: Path, said: Caller) -> None:
    (place / "charters/small-v1.yaml").write_text(CHARTER + "colour: blue\n", encoding="utf-8")
    assert "has a mistake" in said("examples", "propose", cwd=place).err


def test_words_about_a_person_and_no_words_are_not_proposed(place: Path, said: Caller) -> None:
    words = rated(gate="Ring Jo on 020 7946 0991")
    write(
        place,
        {"schools/ash/evaluations/2025-26.yaml": words, "schools/beech/evaluations/2025-26.yaml": rated(gate='""')},
    )
    done = said("examples", "propose", cwd=place, columns=160)
    assert "No examples are proposed" in done.out
    assert "look at the strengths of Ash School" in " ".join(done.err.split())
    assert "020" not in done.out + done.err


def test_where_key_points_are_rated_they_get_the_examples(place: Path, said: Caller) -> None:
    (place / "charters/small-v1.yaml").write_text(CHARTER + "rated: key-points\n", encoding="utf-8")
    held = rated(welcome="We  wave\n").replace("ratings:", "key_points:")
    write(place, {"schools/ash/evaluations/2025-26.yaml": held})
    assert said("examples", "propose", "--yes-to", "welcome:ash", cwd=place).code == 0
    tree = parse(version(place, 2).encode()).tree
    assert isinstance(tree, dict)
    assert tree["key_points"][0]["examples"] == [ASH]


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal")
class TestInATerminal:
    def test_one_by_one(self, place: Path) -> None:
        with terminal("examples", "propose", cwd=place) as seat:
            seat.wait_for("1 of 3")
            seat.wait_for("stop, write nothing: ")
            seat.press("y")
            seat.wait_for("2 of 3")
            seen = seat.wait_for("stop, write nothing: ")
            assert "“<script>alert(1)</script> [bold] =cmd()" in seen
            seat.press("n")
            seat.wait_for("3 of 3")
            seat.wait_for("stop, write nothing: ")
            seat.press("y")
            assert seat.finish() == 0
        assert "Two examples in charters/small-v2.yaml" in seat.said
        assert [len(each) for each in examples(place, 2)] == [1, 2]

    @pytest.mark.parametrize("key", ["q", "\x03", "\x04"])
    def test_who_stops_writes_nothing(self, place: Path, key: str) -> None:
        with terminal("examples", "propose", cwd=place) as seat:
            seat.wait_for("stop, write nothing: ")
            seat.press("y")
            seat.wait_for("2 of 3")
            seat.wait_for("stop, write nothing: ")
            seat.press(key)
            assert seat.finish() == 130
        assert "nothing is written" in seat.said
        assert not (place / "charters/small-v2.yaml").exists()

    def test_back_changes_an_answer_and_another_key_is_asked_again(self, place: Path) -> None:
        with terminal("examples", "propose", cwd=place) as seat:
            for keys, then in (
                ("y", "2 of 3"),
                ("b", "1 of 3"),
                ("x", "Answer with"),
                ("n", "2 of 3"),
                ("n", "3 of 3"),
            ):
                seat.wait_for("stop, write nothing: ")
                seat.press(keys)
                seat.wait_for(then)
            seat.wait_for("stop, write nothing: ")
            seat.press("n")
            assert seat.finish() == 0
        assert "No example was accepted: nothing is written." in seat.said

    def test_what_is_only_left_out_is_asked_about_too(self, place: Path) -> None:
        text = CHARTER.replace("text: It is never shut.", "text: It is never shut., x-shared-by: gone")
        (place / "charters/small-v1.yaml").write_text(text, encoding="utf-8")
        for answer, is_written in (("n", False), ("y", True)):
            with terminal("examples", "propose", cwd=place) as seat:
                for number in (1, 2, 3):
                    seat.wait_for(f"{number} of 3")
                    seat.wait_for("stop, write nothing: ")
                    seat.press("n")
                seat.wait_for("Write the next version without what is left out?")
                seat.press(answer)
                assert seat.finish() == 0
            assert (place / "charters/small-v2.yaml").exists() == is_written
        assert examples(place, 2) == [[], []]

    def test_whatever_stands_where_a_school_s_folder_should_is_nobody_s(self, place: Path, said: Caller) -> None:
        for source in ("[gone]", "{a: b}", "../ash", "yes"):
            text = CHARTER.replace("text: It is never shut.", f"text: It is never shut., x-shared-by: {source}")
            (place / "charters/small-v1.yaml").write_text(text, encoding="utf-8")
            done = said("examples", "propose", cwd=place)
            assert (done.code, "Elsewhere does not share any more." in done.out) == (0, True), done.err

    def test_nothing_to_propose_is_no_mistake(self, place: Path) -> None:
        for name in NAMES:
            (place / f"schools/{name}/school.yaml").write_text(f"name: {name}\n", encoding="utf-8")
        with terminal("examples", "propose", cwd=place) as seat:
            assert seat.finish() == 0
        assert "No examples are proposed, of two schools looked at." in seat.said

    def test_line_by_line_for_a_screen_reader(self, place: Path) -> None:
        with terminal("examples", "propose", "--plain", cwd=place) as seat:
            for answer in ("yes", "no", "no"):
                seat.wait_for("stop, write nothing: ")
                seat.press(f"{answer}\r")
            assert seat.finish() == 0
        assert [len(each) for each in examples(place, 2)] == [1, 1]


def test_a_pipe_behind_it_gets_the_list(place: Path) -> None:
    done = call("examples", "propose", "--format", "csv", cwd=place)
    assert done.stdout.splitlines()[1].startswith("gate:ash,gate,")
