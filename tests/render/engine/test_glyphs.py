"""What no font has is named, joined sensibly, and never a reason to refuse; what the fonts have stays as it is."""

import json
import shutil
import sys
import unicodedata

import pytest
import typst

from charterkit.render.engine.font_file import characters
from charterkit.render.engine.glyphs import ENGINE, MOST_NAMED, legible, replaced
from charterkit.render.engine.pdf import font_files, plain
from charterkit.resources import builtin
from tests.sampling import sample, some


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("thanks 🙂", "thanks [slightly smiling face]"),
        ("🙂🙂", "[slightly smiling face] [slightly smiling face]"),
        ("👍🏽", "[thumbs up, medium skin tone]"),
        ("👩‍👩‍👧‍👦", "[woman, woman, girl, boy]"),
        ("🏃‍♀️!", "[runner, female sign]!"),
        ("❤️", "[red heart]"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇬🇧", "[flag of England] [flag GB]"),
        ("1️⃣ first", "1 first"),
        ("𝐛𝐨𝐥𝐝 ①", "bold 1"),
        ("\U0001faff?", f"[{unicodedata.name(chr(0x1FAFF), '').lower() or 'symbol U+1FAFF'}]?"),
        ("■▲●◆ ↑↓→ ✓○ □", "■▲●◆ ↑↓→ ✓○ □"),
        ("a\nb\tc", "a\nb\tc"),
        ("می‌خواهم سب کا خیرمقدم", "می‌خواهم سب کا خیرمقدم"),
        ("ক্ষ স্বাগত", "ক্ষ স্বাগত"),
        ("x\u20dd", "x"),
    ],
)
def test_what_stands_for_a_character(written, made):
    lost: set[str] = set()
    assert replaced(written, lost) == made
    assert not lost


def test_a_script_without_a_font_is_a_square_a_word_and_a_notice_for_all():
    found = legible({"a": ["ਸਤਿ ਸ੍ਰੀ", "中文"], "b": {"c": "한국어 hello"}, "n": 3})
    assert found.view == {"a": ["□ □", "□"], "b": {"c": "□ hello"}, "n": 3}
    (notice,) = found.notices
    assert "Chinese, Gurmukhi and Korean" in notice
    assert "HTML" in notice
    assert not legible({"a": "plain"}).notices


def test_a_fonts_characters_are_those_fonttools_finds():
    font = pytest.importorskip("fontTools.ttLib", reason="fonttools is among the dev dependencies")
    for path in font_files():
        assert characters(path) == frozenset(font.TTFont(path)["cmap"].getBestCmap()), path


def test_what_is_no_font_is_said(tmp_path):
    for data in (b"", b"hello", bytes(4) + b"\xff" * 40):
        (tmp_path / "a.ttf").write_bytes(data)
        with pytest.raises(ValueError, match=r"a\.ttf"):
            characters(tmp_path / "a.ttf")


@pytest.mark.slow
def test_whatever_unicode_has_can_be_set(tmp_path):
    every = (chr(code) for code in sample(range(0x20, sys.maxunicode), 4) if not 0xD800 <= code < 0xE000)
    lost: set[str] = set()
    made = {replaced(f"a{one}b", lost) for one in every if unicodedata.category(one) != "Cn"}
    kept = sorted(one for one in made if "[" not in one)
    assert len(kept) > some(4000, 5)
    view = {"lines": [" ".join(kept), " ".join(ENGINE)]}
    assert engine(view, tmp_path).startswith(b"%PDF")


def engine(view, folder):
    """All of it set with the kit's fonts, as PDF/UA-1, which refuses what has no shape."""
    for name in ("base.typ", "document.typ", "tokens.json"):
        shutil.copy(builtin() / "templates" / name, folder / name)
    document = {"title": "All", "author": "a", "lang": "en", "region": None, "dir": "ltr"}
    (folder / "data.json").write_text(json.dumps({"view": plain(view), "document": document}), encoding="utf-8")
    (folder / "all.typ").write_text('#import "document.typ": *\n#show: paper\n#for one in view.lines { free(one) }\n')
    return typst.Compiler(
        str(folder / "all.typ"),
        root=str(folder),
        font_paths=[str(path.parent) for path in font_files()],
        ignore_system_fonts=True,
    ).compile(format="pdf", pdf_standards=["ua-1"])


def test_of_very_many_signs_the_rest_is_counted():
    lost: set[str] = set()
    said = replaced("😀" * (MOST_NAMED + 1_234) + " end 界" * 2, lost)
    assert said.count("[grinning face]") == MOST_NAMED
    assert said.endswith("[and 1,236 more signs]")
    assert " end " in said
