"""What a translation has and lacks, and what a new one starts with."""

import re
from pathlib import Path

import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st

from charterkit.choices import TRANSLATION_PARTS
from charterkit.errors import CharterkitError
from charterkit.files.load import load
from charterkit.files.workspace import Workspace
from charterkit.insight.translations.speaking import charter_in_language
from charterkit.insight.translations.translated import Key, TextState, english, lookup, standing, translations
from charterkit.insight.translations.translating import Start, start, translation_text
from charterkit.model.charter import Charter
from charterkit.model.labels import FORM, LABELS, POSTER
from charterkit.model.language import language_tag
from charterkit.model.translation import Translation
from charterkit.render.poster.words import Speaker
from charterkit.text.speech import speaking

CHARTER = """\
id: small
version: "{version}"
title: A small charter
status: published
pledge: [{{id: launch, text: Launch it}}]
key_points:
  - id: welcome
    title: Every family is welcome
    poster: You are welcome
    aspects:
      - {{id: {gate}, text: We greet families at the gate{replaces}}}
  - id: news
    title: News is shared
    aspects:
      - {{id: letters, text: {letters}, detail: They are short}}
"""


def charter(version: str = "1", gate: str = "gate", replaces: str = "", letters: str = "Letters come weekly") -> str:
    return CHARTER.format(version=version, gate=gate, replaces=replaces, letters=letters)


def workspace(root: Path, **files: str) -> Workspace:
    (root / "charters").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (root / "charters" / f"{name.replace('_', '.')}.yaml").write_text(text, encoding="utf-8")
    return Workspace(root)


def whole(found: Charter, language: str = "cy", **instead: str) -> str:
    """A translation in which every text is its English in capitals."""
    texts = {key: text.upper() for key, text in english(found).items()}
    return translation_text(found, language, Start(texts))


def stands(root: Path, text: str, **more: str):
    place = workspace(root, small=charter(**more), small_cy=text)
    found = place.choose_charter(None)
    return standing(translations(place, found)["cy"], found)


@pytest.fixture
def small(tmp_path) -> Charter:
    return workspace(tmp_path / "small", small=charter()).choose_charter(None)


def test_a_whole_translation_lacks_nothing(tmp_path, small):
    found = stands(tmp_path, whole(small))
    assert {one.state for one in found.items} == {TextState.TRANSLATED}
    assert found.begun == tuple(part for part in TRANSLATION_PARTS if part != "guidance")
    assert [found.count(part) for part in TRANSLATION_PARTS] == [
        (4 + len(POSTER), 4 + len(POSTER)),
        (6 + len(FORM), 6 + len(FORM)),
        (3, 3),
        (0, 0),
        (1, 1),
    ]


def test_only_what_is_begun_is_to_be_finished(tmp_path, small):
    text = whole(small).replace("text: LAUNCH IT", "text:").replace("text: LETTERS COME WEEKLY", "text: ''")
    found = stands(tmp_path, text)
    assert found.begun == ("poster", "form", "aspects")
    assert [one.key for one in found.lacking] == [Key("aspects", "letters", "text")]
    assert [one.key.id for one in found.of(TextState.MISSING)] == ["launch", "letters"]


def test_the_poster_always_is(tmp_path, small):
    found = stands(tmp_path, 'charter: small\nversion: "1"\nlanguage: cy\n')
    assert found.begun == ("poster",)
    assert len(found.lacking) == 4 + len(POSTER)
    assert set(found.lines.values()) == {1}


def test_lines_lead_to_the_text_or_to_where_it_belongs(tmp_path, small):
    text = whole(small).replace("text: NEWS IS SHARED", "text:").replace("  draft: DRAFT\n", "  draft:\n")
    text = text.replace("text: LETTERS COME WEEKLY", "text:").replace("source: You are welcome\n", "source: Older\n")
    rows = text.splitlines()
    found = stands(tmp_path, text)
    told = {key.field + key.id: rows[line - 1 :] for key, line in found.lines.items()}
    assert told["draft"][0] == "  draft:"
    assert "source: News is shared" in told["titlenews"][1]
    assert "source: Letters come weekly" in told["textletters"][1]
    assert "source: Older" in told["posterwelcome"][1]
    assert [one.english for one in found.of(TextState.STALE)] == ["You are welcome"]


def test_what_the_charter_has_no_english_for_is_not_used(tmp_path, small):
    text = whole(small).replace("labels:\n", "labels:\n  sumary: X\n").replace("- id: letters", "- id: leters")
    found = stands(tmp_path, text)
    unused = {one.key[1:] for one in found.of(TextState.UNUSED)}
    assert unused == {("", "sumary"), ("leters", "text"), ("leters", "detail")}
    assert {one.key.id for one in found.lacking} == {"letters"}


def test_a_tag_finds_the_language_it_is_a_kind_of(tmp_path, small):
    place = workspace(tmp_path, small=charter(), small_cy=whole(small))
    known = translations(place, small)
    assert lookup(known, "cy-GB") is lookup(known, "CY") is known["cy"]
    assert lookup(known, "cym") is None


@pytest.mark.parametrize(
    ("text", "tag"), [("UR", "ur"), ("ur-pk", "ur-PK"), ("ZH-hant-tw", "zh-Hant-TW"), ("ca-valencia", "ca-valencia")]
)
def test_tags_are_written_as_usual(text, tag):
    assert language_tag(text) == tag


@settings(max_examples=25)
@holds(st.data())
def test_a_new_translation_that_is_filled_in_is_complete(tmp_path_factory, data):
    root = tmp_path_factory.mktemp("filled")
    lines = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30)
    said = [
        one if one.strip() else "Welcome: # 'it' \"is\" {so}"
        for one in data.draw(st.lists(lines, min_size=2, max_size=2))
    ]
    document = {"title": said[0], "text": said[1]}
    place = workspace(root, small=charter())
    found = place.choose_charter(None)
    point = found.key_points[0]
    aspect = point.aspects[0].__class__(id="gate", text=document["text"])
    found = found.model_copy(
        update={"title": document["title"], "key_points": (point.model_copy(update={"aspects": (aspect,)}),)}
    )
    wanted = english(found)
    parts = data.draw(st.sets(st.sampled_from(TRANSLATION_PARTS), min_size=1))
    empty = load(Translation, translation_text(found, "cy", Start(), parts).encode())
    assert empty.problems == ()
    filled = translation_text(found, "cy", Start({key: said[len(text) % 2] for key, text in wanted.items()}), parts)
    (root / "charters/small.cy.yaml").write_text(filled, encoding="utf-8")
    stand = standing(translations(Workspace(root), found)["cy"], found)
    assert stand
    assert stand.document.loaded.problems == ()
    assert not stand.of(TextState.STALE, TextState.UNUSED)
    assert not [one.key for one in stand.of(TextState.MISSING) if one.key.part in parts]


FULL = """\
id: small
version: "1"
title: A small charter
status: published
awards: [{id: silver, label: Silver, needs: amber}]
key_points:
  - id: welcome
    part: Families
    title: Every family is welcome
    detail: What comes first
    examples: [{text: A bench by the gate, school: Elm School}, {text: Tea on Fridays}]
    aspects:
      - id: gate
        text: We greet families at the gate
        levels: {red: Nobody is there, green: Somebody is there each day}
        next: {red: Draw up a rota}
  - {id: news, part: Families, title: News is shared, aspects: [{id: letters, text: Letters come weekly}]}
"""
GUIDANCE = {
    Key("key_points", "welcome", "detail"),
    Key("key_points", "welcome", "examples.1"),
    Key("key_points", "welcome", "examples.2"),
    Key("aspects", "gate", "levels.red"),
    Key("aspects", "gate", "levels.green"),
    Key("aspects", "gate", "next.red"),
}


def full(root: Path, text: str = FULL, **more: str):
    place = workspace(root, small=text, **more)
    return place, place.choose_charter(None)


def stood(place: Workspace, found: Charter):
    return standing(translations(place, found)["cy"], found)


def test_guidance_is_a_part_of_its_own_that_may_be_left_out(tmp_path):
    place, found = full(tmp_path / "begin")
    keys = english(found)
    assert {key for key in keys if key.part == "guidance"} == GUIDANCE
    assert Key("key_points", "welcome", "part").part == "poster"
    assert Key("key_points", "news", "part") not in keys, "one heading is translated once"
    assert Key("awards", "silver", "label").part == "form"
    without = translation_text(
        found, "cy", Start({key: text.upper() for key, text in keys.items()}), ["poster", "aspects"]
    )
    assert "levels:" not in without
    place, found = full(tmp_path, small_cy=without)
    stand = stood(place, found)
    assert stand.begun == ("poster", "aspects")
    assert not stand.lacking
    place, found = full(tmp_path, small_cy=whole(found))
    stand = stood(place, found)
    assert stand.document.loaded.problems == ()
    assert {one.state for one in stand.items} == {TextState.TRANSLATED}
    assert stand.count("guidance") == (6, 6)
    assert start(place, found, "cy").texts == {key: text.upper() for key, text in keys.items()}


def test_the_speaker_says_guidance_too(tmp_path):
    place, found = full(tmp_path / "begin")
    place, found = full(tmp_path, small_cy=whole(found))
    (welcome, news), (gate, _) = found.key_points, found.aspects.values()

    def all_of(speaker):
        said = [speaker.part(welcome), speaker.part(news), speaker.key_point_detail(welcome)]
        said += [*speaker.key_point_examples(welcome), speaker.rubric(gate, "green"), speaker.next_step(gate, "red")]
        return said

    plain = all_of(Speaker(found, None))
    assert [one.text for one in plain[-3:]] == [
        "Tea on Fridays",
        "Somebody is there each day",
        "Draw up a rota",
    ]
    welsh = Speaker(found, translations(place, found)["cy"].model)
    assert [(one.text, one.lang) for one in all_of(welsh)] == [(one.text.upper(), "cy") for one in plain]
    assert (welsh.missing, welsh.stale) == ([], [])
    assert not any(speaker.rubric(gate, "amber").text for speaker in (welsh, Speaker(found, None)))
    bare = Speaker(found, Translation.model_validate({"charter": "small", "version": "1", "language": "cy"}))
    assert all(one.is_fallback for one in all_of(bare))
    assert [one.text for one in all_of(bare)] == [one.text for one in plain]


def test_a_changed_rubric_is_stale_and_one_taken_away_is_not_used(tmp_path):
    text = whole(full(tmp_path / "first")[1])
    newer = FULL.replace("Somebody is there each day", "Leaders are there each day").replace(
        "red: Nobody is there, ", ""
    )
    newer = newer.replace(", {text: Tea on Fridays}", "")
    place, found = full(tmp_path, newer, small_cy=text)
    stand = stood(place, found)
    rows = text.splitlines()
    told = {(one.key.field, one.state): rows[stand.lines[one.key] - 1] for one in stand.items if one.key in stand.lines}
    assert told == {
        ("levels.green", TextState.STALE): "            text: SOMEBODY IS THERE EACH DAY",
        ("levels.red", TextState.UNUSED): "            text: NOBODY IS THERE",
        ("examples.2", TextState.UNUSED): "      - text: TEA ON FRIDAYS",
    }
    with speaking("cy"):
        gate = charter_in_language(place, found).aspects["gate"]
    assert gate.text == "WE GREET FAMILIES AT THE GATE"
    assert gate.levels == {"green": "Leaders are there each day"}, "what may describe another level is not shown"


def test_a_heading_that_is_given_twice_is_only_stale_where_its_english_is_other(tmp_path):
    text = whole(full(tmp_path / "first")[1]).replace(
        "  - id: news\n", "  - id: news\n    part: {text: X, source: SAID}\n"
    )
    for said, states in (("Families", []), ("Parents", [TextState.STALE])):
        place, found = full(tmp_path, small_cy=text.replace("SAID", said))
        stand = stood(place, found)
        assert [one.state for one in stand.items if one.key in stand.lines] == states


def test_an_earlier_version_is_gone_on_from(tmp_path, small):
    newer = charter("2", gate="school-gate", replaces=", replaces: [gate]", letters="Letters come monthly")
    place = workspace(
        tmp_path, small=charter(), small_cy=whole(small).replace("translator:", "translator: Mair"), two=newer
    )
    found = place.choose_charter(None)
    assert found.version == "2"
    begin = start(place, found, "CY")
    left = {key for key in english(found) if key not in begin.texts}
    assert left == {Key("aspects", "letters", "text")}
    assert begin.texts[Key("aspects", "school-gate", "text")] == "WE GREET FAMILIES AT THE GATE"
    assert (begin.translator, begin.path) == ("Mair", "charters/small.cy.yaml")
    assert start(place, found, "cy", "1") == begin
    with pytest.raises(CharterkitError, match="Version 2 has no translation"):
        start(place, found, "cy", "2")
    assert start(place, found, "pl") == Start()


def test_every_label_says_where_it_stands_and_fills_in_what_its_english_does():
    for key, label in LABELS.items():
        assert label.where.endswith(".")
        assert key.startswith("form-") == (key in FORM)
        assert all(one in label.where for one in re.findall(r"{\w+}", label.english)), key


def test_an_example_put_in_since_gets_no_words_of_another(tmp_path):
    text = whole(full(tmp_path / "first")[1])
    newer = FULL.replace("examples: [{text: A bench", "examples: [{text: A new one}, {text: A bench")
    place, found = full(tmp_path, newer, small_cy=text)
    speaker = Speaker(found, translations(place, found)["cy"].model)
    welcome = found.key_points[0]
    said = [(one.text, one.is_fallback) for one in speaker.key_point_examples(welcome)]
    assert said == [("A new one", True), ("A BENCH BY THE GATE", False), ("TEA ON FRIDAYS", False)]
