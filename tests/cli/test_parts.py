"""Key points and the whole on the command line and in the guided evaluation, and a school that is asked nothing."""

from pathlib import Path

import openpyxl
import pytest
import yaml

from tests.insight.evaluations.test_parts import BOTH, POINTS
from tests.insight.samples import write

from .calling import call, terminal

NEW = Path("schools/lathom/evaluations/2026-27.yaml")


@pytest.fixture
def school(tmp_path: Path) -> Path:
    write(
        tmp_path, {"charterkit.yaml": "", "charters/small.yaml": BOTH, "schools/lathom/school.yaml": "name: Lathom\n"}
    )
    return tmp_path


def test_options_rate_a_key_point_and_the_whole(school: Path) -> None:
    done = call(
        "evaluate",
        "--charter",
        "small",
        "--set",
        "heard=green",
        "--note",
        "overall=Nearly",
        "--set",
        "gate=red",
        cwd=school,
    )
    assert done.stderr.splitlines() == [
        f"1 key point and the whole saved in {NEW.as_posix()}.",
        f"1 aspect saved in {NEW.as_posix()}.",
        "1 of 3 aspects is rated.",
    ]
    whole = call("evaluate", "--charter", "small", "--set", "heard=na", "--reason", "heard=No forum", cwd=school)
    assert "“Families are heard”: 1 aspect is set to not applicable." in whole.stderr
    text = (school / NEW).read_text(encoding="utf-8")
    assert text.count("rating: not-applicable") == 2, "the key point itself, and its aspect"
    write(school, {"charters/small.yaml": POINTS})
    (school / NEW).unlink()
    done = call("evaluate", "--charter", "small", "--set", "heard=green", "--set", "overall=red", cwd=school)
    assert "1 key point saved" in done.stderr
    assert "1 of 2 key points is rated." in done.stderr
    assert (
        "'gate' stands under “A warm welcome”"
        in call("evaluate", "--charter", "small", "--set", "gate=red", cwd=school).stderr
    )


def test_the_guide_asks_for_a_key_point_after_its_aspects_and_for_the_whole_at_the_end(school: Path) -> None:
    with terminal("evaluate", "--charter", "small", cwd=school) as guide:
        for keys in ("g", "a"):
            guide.wait_for("Your rating: ")
            guide.press(keys)
        guide.wait_for("And “A warm welcome” as a whole? Enter alone leaves it.")
        guide.wait_for("Number: ")
        guide.press("z")
        guide.wait_for("Enter alone leaves it.")
        guide.wait_for("Number: ")
        guide.press("3")
        guide.wait_for("Saved for “A warm welcome”: Green.")
        guide.wait_for("“Calls are answered” is below that: best fit or secure fit?")
        guide.wait_for("(may be left empty): ")
        guide.press("Best fit\r")
        guide.wait_for("Your rating: ")
        guide.press("u")
        guide.wait_for("The last answer is taken back.")
        guide.wait_for("Your rating: ")
        guide.press("r")
        guide.wait_for("And “Families are heard” as a whole?")
        guide.wait_for("Number: ")
        guide.press("\r")
        guide.wait_for("Seen as a whole, how are you doing?")
        guide.wait_for("Number: ")
        guide.press("a")
        guide.wait_for("(may be left empty): ")
        guide.press("\r")
        guide.wait_for("Enter: finish.")
        guide.press("\r")
        assert guide.finish() == 0
    end = "forum:\n    rating: red\nkey_points:\n  welcome:\n    rating: green\noverall:\n  rating: amber\n"
    assert (school / NEW).read_text(encoding="utf-8").endswith(end)


def test_the_workbook_has_a_row_for_each_and_takes_it_back(school: Path) -> None:
    call("render-form", "lathom", "--format", "xlsx", "-o", "form.xlsx", cwd=school)
    book = openpyxl.load_workbook(school / "form.xlsx")
    said = {"gate": "Green", "welcome": "Amber", "overall": "Red"}
    for row in book.worksheets[0].iter_rows(min_row=8):
        if row[0].value in said:
            row[4].value, row[5].value = said[row[0].value], f"Of {row[0].value}"
    book.save(school / "form.xlsx")
    done = call("evaluate", "lathom", "--from", "form.xlsx", cwd=school)
    assert "1 key point and the whole saved" in done.stderr, done.stderr
    tree = yaml.load((school / NEW).read_text(encoding="utf-8"), yaml.BaseLoader)
    assert tree["ratings"] == {"gate": {"rating": "green", "note": "Of gate"}}
    assert tree["key_points"] == {"welcome": {"rating": "amber", "note": "Of welcome"}}
    assert tree["overall"] == {"rating": "red", "note": "Of overall"}
    call("render-form", "lathom", "--cycle", "2027-28", "-o", "next.html", cwd=school)
    page = (school / "next.html").read_text(encoding="utf-8")
    assert "A warm welcome: as a whole" in page
    assert "Everything, seen as a whole" in page


@pytest.mark.parametrize(
    ("text", "aspect"), [(BOTH, "A warm welcome: as a whole"), (POINTS, "A warm welcome")], ids=["both", "key-points"]
)
def test_an_action_may_be_about_a_key_point(school: Path, text: str, aspect: str) -> None:
    write(school, {"charters/small.yaml": text})
    call("evaluate", "--charter", "small", "--set", "welcome=red", cwd=school)
    done = call("action", "add", "Open it", "--charter", "small", "--aspect", "welcome", "--owner", "Head", cwd=school)
    assert done.returncode == 0, done.stderr
    assert f"Open it ({aspect})" in call("report", "--charter", "small", "--format", "markdown", cwd=school).stdout
    assert "CK303" not in call("check", "--notes", cwd=school).stdout


def test_a_school_that_is_asked_nothing_is_told_so(school: Path) -> None:
    text = BOTH.replace("    aspects:", "    applies_to: {phases: [primary]}\n    aspects:")
    write(school, {"charters/small.yaml": text, "schools/lathom/school.yaml": "name: Lathom\nphase: secondary\n"})
    for command in (("evaluate", "--set", "gate=red"), ("render-form", "lathom", "-o", "form.html")):
        done = (
            call(*command, "--charter", "small", cwd=school) if command[0] == "evaluate" else call(*command, cwd=school)
        )
        assert done.returncode == 2, done.stdout
        assert done.stderr.startswith(
            "Nothing of the charter small, version 1, applies to lathom.\nCheck phase and type"
        )
    write(school, {"charters/small.yaml": text.replace("[primary]", "[secondary]", 1)})
    done = call("evaluate", "--charter", "small", "--set", "forum=red", "--set", "gate=red", cwd=school)
    assert (
        "--set forum=red: 'forum' does not apply to a school of this phase and type, and is not asked." in done.stderr
    )


@pytest.mark.parametrize(
    ("answer", "what"),
    [(("--target", "heard=green@2027-07"), "a target is"), (("--value", "overall=62%"), "a value is")],
)
def test_what_is_taken_for_aspects_alone_is_refused_and_not_lost(
    school: Path, answer: tuple[str, str], what: str
) -> None:
    done = call("evaluate", "--charter", "small", *answer, cwd=school)
    assert done.returncode == 2
    assert f"{what} taken for aspects alone" in done.stderr
    assert not (school / NEW).exists()


def test_where_key_points_are_rated_nothing_speaks_of_aspects_and_ratings_may_be_left_out(school: Path) -> None:
    files = {
        f"schools/lathom/evaluations/{year}.yaml": f'charter: small\ncharter_version: "1"\ncycle: {year}\n'
        f"date: {year[:4]}-10-10\nstatus: agreed\nkey_points: {{welcome: {{rating: red}}, heard: {{rating: {level}}}}}\n"
        for year, level in (("2023-24", "green"), ("2024-25", "green"), ("2025-26", "amber"))
    }
    write(school, {"charters/small.yaml": POINTS, **files})
    assert "error" not in call("check", cwd=school).stdout
    for command in ("report", "report --audience governors", "compare", "compare --all"):
        shown = call(*command.split(), "--format", "markdown", cwd=school)
        assert "key point" in shown.stdout, shown.stderr
        assert "aspect" not in shown.stdout.lower(), command
    table = call("compare", "lathom", "--all", cwd=school).stdout
    assert ("aspect" in table.lower(), table.count("A warm welcome")) == (False, 1)
    call("render-form", "--school", "lathom", "-o", "form.xlsx", cwd=school)
    book = openpyxl.load_workbook(school / "form.xlsx")
    seen = [str(cell.value) for sheet in book.worksheets[:3] for row in sheet.iter_rows() for cell in row if cell.value]
    assert [text for text in seen if "aspect" in text.lower() and not text.startswith("charterkit:")] == []
    assert any("Choose one rating for each key point from its list." in text for text in seen)
