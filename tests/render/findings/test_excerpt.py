"""The caret stands below the character that is meant, in cells of a real terminal emulator."""

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.render.findings.excerpt import WIDTH, pointed
from charterkit.text.wrap import cells


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("name: Lathom", "Lathom"),
        ("\tname: Lathom", "Lathom"),
        ("a\tbc\t\tLathom", "Lathom"),
        ("note: 家庭, Lathom", "Lathom"),
        ("note: e\u0301tage a\u0308 Lathom", "Lathom"),
        ("note: \U0001f469 Lathom", "Lathom"),
        ("ＦＵＬＬ Lathom", "Lathom"),
        ("note: \x07\x1b[31m Lathom", "Lathom"),
        ("note: \u202e\u2028 Lathom", "Lathom"),
        ("x" * 500 + " Lathom " + "y" * 500, "Lathom"),
        ("家" * 500 + " Lathom " + "庭" * 500, "Lathom"),
        ("e\u0301" * 300 + "Lathom", "Lathom"),
        ("\t" * 300 + "Lathom" + "\t" * 300 + "x", "Lathom"),
        ("Lathom" + "y" * 900_000, "Lathom"),
    ],
)
def test_the_caret_stands_below_what_is_meant(line: str, meant: str) -> None:
    text, before = pointed(line, line.index(meant) + 1)
    screen = pyte.Screen(200, 2)
    pyte.Stream(screen).feed(f"{text}\r\n{'':>{before}}^")
    (caret,) = (column for column in range(200) if screen.buffer[1][column].data == "^")
    assert "".join(screen.buffer[0][column].data for column in range(caret, caret + len(meant))) == meant
    assert cells(text) <= WIDTH + 2


def test_a_line_that_fits_is_not_cut() -> None:
    line = "x" * WIDTH
    assert pointed(line, WIDTH) == (line, WIDTH - 1)
    assert pointed(line + "y", 1) == (line + "…", 0)


def test_a_column_behind_the_line_stands_behind_it() -> None:
    assert pointed("abc", 4) == ("abc", 3)
    assert pointed("abc", 99) == ("abc", 3)


def test_a_cut_leaves_no_accent_without_its_letter() -> None:
    text, before = pointed("e\u0301" * 400, 800)
    assert text.startswith("…e")
    assert before == cells(text) - 1 or before == cells(text)


@given(st.text(st.characters(blacklist_characters="\n"), max_size=400), st.integers(1, 500))
def test_any_line_is_one_harmless_short_line(line: str, column: int) -> None:
    text, before = pointed(line, column)
    assert len(text.splitlines()) <= 1
    assert "\x1b" not in text
    assert "\t" not in text
    assert 0 <= before <= WIDTH + 2
    assert cells(text) <= WIDTH + 4  # joined emoji may count otherwise in parts than as a whole
