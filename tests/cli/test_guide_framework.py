"""The guided self-evaluation of a framework with parts, numbers, a rubric, next steps and letters of its own."""

import sys
from pathlib import Path

import pytest

from tests.insight.samples import FRAMEWORK, write

from .calling import terminal

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX; Windows needs a person"),
]

PATH = "schools/lathom/evaluations/2026-27.yaml"
PROMPT = "Your rating: "


def framework(folder: Path, text: str = FRAMEWORK) -> Path:
    write(folder, {"charters/small.yaml": text, "schools/lathom/school.yaml": "name: Lathom High School\n"})
    return folder


def test_a_key_point_begins_with_its_part_and_each_level_says_what_it_looks_like_here(tmp_path):
    with terminal("evaluate", cwd=framework(tmp_path)) as seen:
        first = seen.wait_for(PROMPT)
        order = ("Leadership", "1.2 A warm welcome", "1.2a, 1 of 2", "They are asked, too.", "\x1b[3mA parent stands")
        places = [first.index(text) for text in (*order, "Somebody stands", "Every morning", "The gate is shut")]
        assert places == sorted(places)
        for text in ("On some days, =1+1", "Every day, in {{any}} weather [bold]"):
            assert text in first
        seen.press("X")  # a level has the small letter
        seen.wait_for("Why does it not apply?")
        seen.press("\r")
        seen.wait_for(PROMPT)
        seen.press("?")
        helped = seen.wait_for(PROMPT)
        assert "About this key point:" in helped
        assert "Working on it: Make a rota" in helped
        seen.press("x")
        seen.wait_for("saved")
        second = seen.wait_for(PROMPT)
        assert "Next step: Make a rota" in second
        assert "They are asked, too." not in second
        seen.press("x")  # its own mark is reached: nothing is next
        third = seen.wait_for(PROMPT)
        assert "Ask for more lines" not in third
        assert "1.3 Letters home" in third
        assert third.count("Leadership") == 0
        seen.press("b")
        again = seen.wait_for(PROMPT)
        assert "Now: " in again
        assert "They are asked, too." not in again
        seen.press("q")
        assert seen.finish() == 0


def test_a_jump_by_number_and_a_whole_key_point_that_does_not_apply(tmp_path):
    text = FRAMEWORK.replace('"1.3a"', '"1.2b"')
    with terminal("evaluate", cwd=framework(tmp_path, text)) as seen:
        seen.wait_for(PROMPT)
        for typed, answer in (("1.2b\r", "Several aspects have that number: jump by the id, phone or plain."),
                              ("plain\r", "Letters are plain")):  # fmt: skip
            seen.press("j")
            seen.wait_for("or to which aspect by its number?")
            seen.wait_for("Number: ")
            seen.press(typed)
            seen.wait_for(answer)
            seen.wait_for(PROMPT)
        seen.press("e")
        seen.wait_for("Post is read")
        seen.wait_for(PROMPT)
        seen.press("k")
        seen.wait_for("Why does nothing of “Letters home” apply?")
        seen.press("=No post here\r")
        seen.wait_for("“Letters home”: 1 aspect is set to not applicable; 1 answered")
        seen.wait_for(PROMPT)
        assert "reason: =No post here" in (tmp_path / PATH).read_text(encoding="utf-8").replace('"', "")
        seen.press("u")
        seen.wait_for("Post is read")
        seen.wait_for(PROMPT)
        assert "post" not in (tmp_path / PATH).read_text(encoding="utf-8")
        seen.press("q")
        assert seen.finish() == 0


def test_where_it_is_higher_than_the_terminal_the_key_point_is_read_first(tmp_path):
    words = "Famílies are met where they are, in the yard and on the stairs. " * 5
    text = FRAMEWORK.replace("They are asked, too.", f"{words}مرحبا بكم").replace(
        "The gate is shut", f'"{words}{words[:64]}"'
    )
    text = text.replace(
        "detail: Every morning", "detail: Every morning\n        examples: [{text: Elm does}, {text: Oak does}]"
    )
    with terminal("evaluate", cwd=framework(tmp_path, text), rows=24) as seen:
        first = seen.wait_for("Enter: on to its first question.  q: stop. ")
        assert "Somebody stands" not in first
        seen.press("g")
        seen.wait_for("q: stop. ")
        seen.press("\r")
        question = seen.wait_for(PROMPT)
        assert "They" not in question
        assert "? shows 2 examples of other schools" in question
        assert "1.2 A warm welcome" in "".join(seen.screen.display)
        seen.press("?")
        assert "Oak does" in seen.wait_for(PROMPT)
        seen.press("q")
        assert seen.finish() == 0
    with terminal("evaluate", cwd=tmp_path, rows=24) as seen:
        seen.wait_for("q: stop. ")
        seen.press("q")
        assert seen.finish() == 0
        assert "Nothing was answered, so nothing was written." in seen.said
    with terminal("evaluate", "--plain", cwd=tmp_path, rows=24, columns=40) as seen:
        plain = " ".join(seen.wait_for(PROMPT).split())
        assert "Part: Leadership. Key point 1.2 A warm welcome. Aspect 1.2a, 1 of 2. 0 of 5 done." in plain
        assert "For example: A parent stands at the gate (Elm)" in plain
        assert "x Working on it: On some days, =1+1." in plain
        assert "\x1b[3m" not in plain
        seen.press("q\r")
        seen.finish()
