"""Several raters before the meeting, as people type it: `evaluate --as NAME`, `--merge`."""

import json
import shutil
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from charterkit import render
from tests.render.forms import filled

from .calling import example, terminal
from .conftest import Caller

SCHOOL = "schools/our-school"
DRAFTS = f"{SCHOOL}/evaluations/drafts"
MEETING = f"{SCHOOL}/evaluations/2026-27.yaml"


@pytest.fixture
def school(tmp_path: Path, said: Caller) -> Path:
    """Two raters: alike on one aspect, one level apart on one, further apart on one."""
    example(tmp_path)
    (tmp_path / SCHOOL).mkdir()
    (tmp_path / SCHOOL / "school.yaml").write_text("name: Our School\n", encoding="utf-8")
    for name, levels in (("Anna Lee", ("green", "amber", "red")), ("Ben", ("green", "green", "green"))):
        options = zip(("new-families", "open-door", "newsletters"), levels, strict=True)
        ratings = [word for aspect, level in options for word in ("--set", f"{aspect}={level}")]
        found = said("evaluate", "our-school", "--as", name, *ratings, cwd=tmp_path)
        assert found.code == 0, found.err
        assert f"3 aspects saved in {DRAFTS}/2026-27-" in found.err
    return tmp_path


def test_a_table_and_json_without_a_terminal_and_one_yes(school: Path, said: Caller) -> None:
    found = said("evaluate", "our-school", "--merge", "--dry-run", cwd=school, columns=60)
    places = [
        found.out.index(word) for word in ("More than one level apart (1)", "One level apart (1)", "All agree (1)")
    ]
    assert places == sorted(places)
    assert "    Anna Lee: ■ R Red\n" in "\n".join(line.rstrip() for line in found.out.split("\n")) + "\n"
    data = json.loads(said("evaluate", "our-school", "--merge", "--format", "json", cwd=school).out)
    assert [each["agreement"] for each in data["aspects"][:4]] == ["far", "near", "agreed", "nobody"]
    assert data["aspects"][0]["said"] == [{"rater": "Anna Lee", "rating": "red"}, {"rater": "Ben", "rating": "green"}]
    schema = json.loads((Path(render.__file__).parent / "schemas/raters.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    assert not (school / MEETING).exists()
    found = said("evaluate", "our-school", "--merge", "--yes", cwd=school)
    assert found.code == 0
    assert yaml.safe_load((school / MEETING).read_text(encoding="utf-8"))["ratings"] == {
        "new-families": {"rating": "green"}
    }


@pytest.mark.parametrize("rated", ["both", "key-points"])
def test_key_points_and_the_whole_stand_side_by_side_too(tmp_path: Path, said: Caller, rated: str) -> None:
    shutil.copytree(Path(__file__).parents[1] / "frameworks", tmp_path, dirs_exist_ok=True)
    charter = tmp_path / "charters/ofsted-eif-v1.yaml"
    charter.write_text(charter.read_text(encoding="utf-8").replace("rated: both", f"rated: {rated}"), encoding="utf-8")
    evaluate = (
        "evaluate",
        "fernhill-academy",
        "--charter",
        "ofsted-eif",
        "--cycle",
        "2027-28",
        "--today",
        "2027-10-01",
    )
    for name, level in (("Anna Lee", "good"), ("Ben", "inadequate")):
        answers = ("--set", f"qe={level}", "--set", "ba=good", "--set", "overall=ri")
        assert said(*evaluate, "--as", name, *answers, cwd=tmp_path).code == 0
    data = json.loads(said(*evaluate, "--merge", "--format", "json", cwd=tmp_path).out)
    schema = json.loads((Path(render.__file__).parent / "schemas/raters.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    found = {each["aspect"]: (each["agreement"], each["key_point"]) for each in data["aspects"]}
    assert found["qe"] == ("far", "qe")
    assert found["ba"] == ("agreed", "ba")
    assert found["overall"] == ("agreed", None)
    assert "Quality of education" in said(*evaluate, "--merge", "--dry-run", cwd=tmp_path).out
    taken = said(*evaluate, "--merge", "--yes", cwd=tmp_path)
    assert ("Two parts" if rated == "both" else "Two key points") in taken.err
    meeting = yaml.safe_load(
        (tmp_path / "schools/fernhill-academy/evaluations/2027-28.yaml").read_text(encoding="utf-8")
    )
    assert meeting["key_points"] == {"ba": {"rating": "good"}}
    assert meeting["overall"] == {"rating": "ri"}


def test_drafts_are_checked_and_are_in_no_document(school: Path, said: Caller) -> None:
    assert said("report", "our-school", cwd=school).code == 2
    path = school / DRAFTS / "2026-27-ben.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("ratings:", "ratinsg:"), encoding="utf-8")
    (path.parent / "2026-27-eve.yam").write_bytes(path.read_bytes())
    found = said("check", SCHOOL, cwd=school)
    assert f"{DRAFTS}/2026-27-ben.yaml:7:1 error CK201" in found.out
    assert "2026-27-eve.yam" in found.out
    anna = school / DRAFTS / "2026-27-anna-lee.yaml"
    good = anna.read_text(encoding="utf-8")
    anna.write_text(good.replace("open-door:", "opendoor:").replace("rating: red", "rating: rde"), encoding="utf-8")
    found = said("check", SCHOOL, cwd=school)
    assert "'opendoor' is not an aspect of this charter" in found.out
    assert "'rde' is not a level of this charter" in found.out
    anna.write_text(good, encoding="utf-8")
    found = said("evaluate", "our-school", "--merge", "--dry-run", cwd=school)
    assert "Anna Lee" in found.out


def test_each_rater_may_fill_in_a_form_of_their_own(school: Path, said: Caller) -> None:
    assert said("render-form", "--school", "our-school", "-o", "form.xlsx", cwd=school).code == 0
    blank = (school / "form.xlsx").read_bytes()
    for name, level in (("Cy", "Amber"), ("Di", "Red")):
        answers = {"open-door": {"rating": level, "note": f"{name} saw it"}}
        answers["newsletters"] = {"rating": "Amber", "note": "Monthly", "ideas": "Ask again"}
        (school / f"{name}.xlsx").write_bytes(filled(blank, answers))
        found = said("evaluate", "our-school", "--as", name, "--from", f"{name}.xlsx", cwd=school)
        assert (found.code, "2 aspects saved in " in found.err) == (0, True), found.err
    data = json.loads(said("evaluate", "our-school", "--merge", "--format", "json", cwd=school).out)
    said_of = {each["aspect"]: each["said"] for each in data["aspects"]}
    assert [(each["rating"], each.get("note")) for each in said_of["open-door"]] == [
        ("amber", None),
        ("green", None),
        ("amber", "Cy saw it"),
        ("red", "Di saw it"),
    ]
    table = said("evaluate", "our-school", "--merge", "--dry-run", "--yes", cwd=school).out
    assert "Note: Cy saw it" in table
    assert table.count("Idea: Ask again") == len(("Cy", "Di"))
    assert not (school / MEETING).exists()
    for path in (school / DRAFTS).glob("*-[ab]*.yaml"):
        path.unlink()
    found = said("evaluate", "our-school", "--merge", "--yes", cwd=school)
    assert "One aspect on which all raters agree" in found.err
    assert found.err.rstrip().endswith(f"saved in {MEETING}, with what they wrote of it.")
    ratings = yaml.safe_load((school / MEETING).read_text(encoding="utf-8"))["ratings"]
    assert ratings == {"newsletters": {"rating": "amber", "note": "Cy and Di: Monthly", "ideas": ["Ask again"]}}


def test_nothing_is_taken_for_agreed_while_a_draft_cannot_be_read(school: Path, said: Caller) -> None:
    whole = min((school / DRAFTS).iterdir())
    whole.write_bytes(whole.read_bytes()[:120])
    found = said("evaluate", "our-school", "--merge", "--yes", cwd=school)
    assert found.code == 2
    assert f"{DRAFTS}/{whole.name} cannot be read, so that nobody can tell what all raters agree on." in found.err
    assert not (school / MEETING).exists()
    assert said("evaluate", "our-school", "--merge", cwd=school).code == 0
    for path in (school / DRAFTS).iterdir():
        path.unlink()
    for name, level in (("Ann", "red"), ("Ben", "green")):
        said("evaluate", "our-school", "--as", name, "--set", f"newsletters={level}", cwd=school)
    found = said("evaluate", "our-school", "--merge", "--yes", cwd=school)
    assert (found.code, found.err.startswith("There is no aspect on which all raters agree")) == (0, True)
    assert not (school / MEETING).exists()


def test_the_report_has_them_only_where_leaders_ask(school: Path, said: Caller) -> None:
    said("evaluate", "our-school", "--merge", "--yes", cwd=school)
    said("evaluate", "our-school", "--as", "Ben", "--note", "newsletters=Only <b>on paper</b> | here", cwd=school)
    said("evaluate", "our-school", "--as", "Ben", "--value", "newsletters=62%", cwd=school)
    for form in ("markdown", "html"):
        assert "Anna Lee" not in said("report", "our-school", "--format", form, cwd=school).out
        made = said("report", "our-school", "--format", form, "--drafts", cwd=school).out
        assert made.index("Before the meeting") < made.index("More than one level apart (1)") < made.index("Anna Lee")
        assert "<b>on" not in made
        assert made.index("Ben") < made.index("Value: 62%")
    for kind in ("pdf", "docx"):
        assert said("report", "our-school", "--drafts", "-o", f"report.{kind}", cwd=school).code == 0
    for audience in ("governors", "public"):
        found = said("report", "our-school", "--drafts", "--audience", audience, cwd=school)
        assert (found.code, found.out) == (2, "")
        assert f"is for leaders alone, not for {audience}." in found.err
    found = said("report", "example-primary", "--drafts", cwd=school)
    assert "Nobody has rated the school for autumn term 2026-27 with --as yet." in found.err


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--merge", "--as", "Ben"), "--as does not go with --merge."),
        (("--merge", "--agree"), "--agree does not go with --merge."),
        (("--merge", "--set", "open-door=red"), "An answer does not go with --merge."),
        (("--as", "Ben", "--agree"), "One rater's draft is not agreed: the meeting's evaluation is."),
        (("--as", "ben.", "--set", "open-door=red"), "The ratings of 'Ben' are kept in "),
        (("--as", "", "--set", "open-door=red"), "'' is no rater's name."),
        (("--format", "json"), "--format goes with --merge alone."),
        (("--merge", "--cycle", "2025-26", "--date", "2026-01"), "There are ratings for 2026-27"),
    ],
)
def test_what_does_not_go_together_is_said(school: Path, said: Caller, options: tuple[str, ...], why: str) -> None:
    before = {path: path.read_bytes() for path in (school / DRAFTS).iterdir()}
    found = said("evaluate", "our-school", *options, cwd=school)
    assert found.code == 2
    assert why in found.err
    assert {path: path.read_bytes() for path in (school / DRAFTS).iterdir()} == before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX; Windows needs a person")
def test_the_meeting_answers_aspect_by_aspect_while_a_rater_still_writes(school: Path, said: Caller) -> None:
    with terminal("evaluate", "our-school", "--merge", cwd=school) as seen:
        seen.wait_for("All raters agree on one aspect")
        seen.wait_for("q stop: ")
        seen.press("y\r")
        seen.wait_for("Saved: one aspect.")
        shown = seen.wait_for("Your rating: ")
        assert "Every family gets regular news" in shown
        assert "Anna Lee: " in shown.split("Before the meeting:")[1]
        said(
            "evaluate",
            "our-school",
            "--as",
            "Ben",
            "--set",
            "open-door=red",
            "--note",
            "newsletters=Monthly",
            cwd=school,
        )
        seen.press("a\r")
        seen.wait_for("Ben has written meanwhile")
        seen.press("b\r")
        seen.wait_for("keep raters' words")
        seen.press("m\r")
        seen.wait_for("Saved: what the raters wrote.")
        seen.wait_for("Your rating: ")
        seen.press("s\r")
        assert "Families know that they may come" in seen.wait_for("Your rating: ")
        seen.press("q\r")
        assert "--cycle 2026-27 --merge" in " ".join(seen.said.split()) or seen.finish() == 0
    ratings = yaml.safe_load((school / MEETING).read_text(encoding="utf-8"))["ratings"]
    assert ratings == {"new-families": {"rating": "green"}, "newsletters": {"rating": "amber", "note": "Ben: Monthly"}}
