"""The built-in translations, the words in them, and the posters that are made of them."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from charterkit.choices import TRANSLATION_PARTS
from charterkit.files.workspace import Workspace
from charterkit.insight.translations.translated import TextState, lookup, standing, translations
from charterkit.insight.translations.translating import Start, translation_text
from charterkit.model.labels import LABELS
from charterkit.render.listings.listing import Cell, Column, Listing, Section
from charterkit.render.poster.pages import poster_html, poster_pdf
from charterkit.render.poster.view import poster
from charterkit.render.poster.words import Speaker
from charterkit.resources import builtin
from tests.render.posters import TODAY, info, line, made, texts, translation, words_of

LANGUAGES = {"ur": "rtl", "bn": "ltr", "so": "ltr", "tr": "ltr"}
SNAPSHOTS = Path(__file__).parents[2] / "snapshots"


@pytest.fixture(scope="module")
def place():
    return Workspace(builtin())


@pytest.fixture(scope="module")
def charter(place):
    return place.choose_charter("community-engagement")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_built_in_ones_are_whole_up_to_date_and_honest_drafts(place, charter, language):
    found = standing(translations(place, charter)[language], charter)
    assert found
    assert found.begun == ("poster", "form")
    assert not found.lacking
    assert not found.of(TextState.STALE, TextState.UNUSED)
    assert found.document.loaded.problems == ()
    assert found.translation.status == "draft"
    assert "machine" in str(found.translation.translator)
    assert "No speaker" in str(found.translation.translator)
    assert found.translation.checked is None
    assert set(found.translation.labels) == set(LABELS)
    for key, text in found.translation.labels.items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", LABELS[key].english)), key


@pytest.mark.alike(4)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("size", "landscape"), [("A4", False), ("A3", True)])
def test_their_posters_are_one_page_without_any_english(place, charter, language, size, landscape):
    one = poster(place, charter, None, today=TODAY, language=language, size=size, landscape=landscape)
    assert one.notices == ()
    said = [one.view.title, one.view.summary, *one.view.lines, *one.view.marks, *(row.words for row in one.view.points)]
    assert {(words.lang, words.dir, words.mark) for words in said} == {(language, LANGUAGES[language], None)}
    assert len(one.view.marks) == 2
    assert info(poster_pdf(one, TODAY))["Pages"] == "1"


def test_an_installed_charterkit_finds_them_without_files_of_its_own(tmp_path):
    (tmp_path / "charterkit.yaml").touch()
    workspace = Workspace(tmp_path, builtin())
    found = translations(workspace, workspace.choose_charter(None))
    assert set(found) == set(LANGUAGES)
    assert all(one.builtin for one in found.values())
    assert [one.path for one in workspace.charter_documents] == ["charters/community-engagement-v1.yaml"]


def test_the_page_in_urdu_is_as_it_was(place, charter):
    """After a change that is meant: CHARTERKIT_UPDATE_SNAPSHOTS=1, and read the difference."""
    page = poster_html(poster(place, charter, None, today=TODAY, language="ur"), None)
    body = page[: page.index("<head>")] + page[page.index("<body") :]
    path = SNAPSHOTS / "poster-ur.html"
    if os.environ.get("CHARTERKIT_UPDATE_SNAPSHOTS"):
        path.write_text(body, encoding="utf-8", newline="\n")
    assert body == path.read_text(encoding="utf-8")
    assert '<html lang="ur">' in body
    assert "body { direction: rtl; }" in page


@pytest.mark.parametrize("landscape", [False, True])
def test_english_in_place_of_a_translation_is_marked_for_eyes_and_ears(tmp_path, landscape):
    english = texts(4, 40)
    more = "status: checked\nlabels: {in-english: انگریزی میں, made: 'تاریخ: {date}'}\n"
    files = {"charters/wall.ur.yaml": translation(texts(3, 40, "ur"), english, "ur", "عنوان", more)}
    one = made(tmp_path, english, files, language="ur", landscape=landscape)
    assert [bool(row.words.mark) for row in one.view.points] == [False, False, False, True]
    assert [row.words.is_fallback for row in one.view.points] == [False, False, False, True]
    page = poster_html(one, None)
    mark = '<small class="tongue" lang="ur" dir="rtl">(انگریزی میں)</small>'
    assert f'<span lang="en-GB" dir="ltr">{english[3]} {mark}</span>' in page
    assert page.count(mark) == 1 + 3, "the key point, the summary, and the two lines without a label"
    said = words_of(poster_pdf(one, TODAY))
    assert english[3] in said
    assert info(poster_pdf(one, TODAY))["Pages"] == "1"


def test_without_a_word_for_it_the_mark_is_in_english(tmp_path):
    english = texts(3, 40)
    one = made(
        tmp_path, english, {"charters/wall.tr.yaml": translation(english[:2], english, "tr", "Aile")}, language="tr"
    )
    assert f"{english[2]} (in English)" in words_of(poster_pdf(one, TODAY))
    assert "(in English)" not in words_of(poster_pdf(made(tmp_path, english), TODAY))


@pytest.mark.parametrize("landscape", [False, True])
def test_marks_take_their_room_on_the_page(tmp_path, landscape):
    english = texts(14, 119)
    files = {"charters/wall.ur.yaml": translation([], english, "ur", line(30), "labels: {in-english: انگریزی میں}\n")}
    one = made(tmp_path, english, files, language="ur", landscape=landscape)
    assert all(row.words.mark for row in one.view.points)
    assert poster_html(one, None).count('class="tongue"') >= 14
    assert info(poster_pdf(one, TODAY))["Pages"] == "1"


def test_the_speaker_says_every_text_that_a_form_has(tmp_path, charter):
    """In a language that charterkit has no words of its own in: what is not translated stays English."""
    (tmp_path / "charters").mkdir()
    from charterkit.insight.translations.translated import english

    wanted = {key: f"<{text}>" for key, text in english(charter).items()}
    (tmp_path / "charters/x.tr.yaml").write_text(
        translation_text(charter, "tr", Start(wanted), TRANSLATION_PARTS), encoding="utf-8"
    )
    document = lookup(translations(Workspace(tmp_path, builtin()), charter), "tr")
    assert document
    assert document.model
    point, level = charter.key_points[0], charter.scale[0]
    aspect = point.aspects[0]

    def all_of(speaker):
        said = [speaker.title(), speaker.purpose(), speaker.point_title(point, 1), speaker.point(point, 1)]
        said += [speaker.aspect_text(aspect), speaker.aspect_detail(aspect)]
        return [*said, speaker.level_label(level), speaker.level_meaning(level), speaker.label("form-school")]

    plain = all_of(Speaker(charter, None))
    turkish = Speaker(charter, document.model)
    assert [one.text for one in all_of(turkish)] == [f"<{one.text}>" for one in plain]
    assert {one.lang for one in all_of(turkish)} == {"tr"}
    assert (turkish.missing, turkish.stale) == ([], [])
    bare = Speaker(
        charter, document.model.model_copy(update=dict.fromkeys(("scale", "key_points"), ()) | {"labels": {}})
    )
    assert [one.text for one in all_of(bare)][2:] == [one.text for one in plain][2:]
    assert [one.is_fallback for one in all_of(bare)] == [False] * 2 + [True] * 7
    assert len(bare.missing) == 14, "each text every time it is said"


def test_on_paper_a_column_is_as_wide_as_its_words_ask_for_and_a_stated_one_as_it_states():
    row = (Cell("A title of some thirty letters"), Cell("x", below="not checked yet"), Cell("7"))
    columns = (Column("Text"), Column("State"), Column("Line", is_fixed=True))
    made = Listing("T", "O", (), columns, (Section("", (row,)),), "")
    assert made.weights == pytest.approx([100 * 30 / 53, 100 * 15 / 53, 100 * 8 / 53])
    stated = replace(made, columns=(Column("Text", share=60), *columns[1:]))
    assert stated.weights == pytest.approx([60, 40 * 15 / 23, 40 * 8 / 23])
    long = replace(made, sections=(Section("", ((Cell("word " * 400), *row[1:]),)),))
    assert long.weights == pytest.approx([100 * 45 / 68, 100 * 15 / 68, 100 * 8 / 68])
    assert sum(replace(made, sections=()).weights) == pytest.approx(100)
