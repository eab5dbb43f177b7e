"""charterkit's own words in other languages: every one of them is in the catalogues, whole, and said in documents."""

import re

import pytest
from babel.messages.pofile import read_po

from charterkit.model.dates import Cycle, PartialDate
from charterkit.resources import LANGUAGES
from charterkit.text.english import alternatives, counted, joined
from charterkit.text.speech import FILE, catalogue, draft_note, held_texts, ntr, speaking, tr
from tools.words import gathered, updated

CATALOGUES = sorted(LANGUAGES.glob(f"*/{FILE}"))
PLACES = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
SAME = {"%(start)s: %(named)s, %(rest)s"}
"""What is said alike in both languages."""


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_has_all_that_is_said_and_nothing_else(path):
    """`python -m tools.words` brings it up to date; what is new is then empty, and fails here until it is translated."""
    held = {(message.context, message.id) for message in read_po(path.open("rb")) if message.id}
    assert held == {(message.context, message.id) for message in updated(path) if message.id}
    assert {words for _, words in held} == set(gathered())


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_what_is_filled_in_is_in_the_translation_too_and_every_form_is_there(path):
    held = read_po(path.open("rb"))
    for message in held:
        if not message.id:
            continue
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert all(texts), message.id
        assert not message.fuzzy, message.id
        assert len(texts) == (1 if isinstance(message.id, str) else held.num_plurals), message.id
        for text in texts:
            assert set(PLACES.findall(text)) <= set(PLACES.findall(english[-1])), message.id
            assert set(PLACES.findall(english[0])) <= set(PLACES.findall(text)), message.id
            assert (text[0] == " ", text[-1] == " ") == (english[0][0] == " ", english[0][-1] == " "), message.id
            assert text not in english or text in SAME, message.id


def test_welsh_says_numbers_dates_lists_and_cycles_as_welsh_does():
    assert PartialDate(2025, 10, 14).spoken == "14 October 2025"
    with speaking("cy-GB"):
        assert PartialDate(2025, 10, 14).spoken == "14 Hydref 2025"
        assert Cycle(2025, "autumn").spoken == "tymor yr hydref 2025-26"
        assert [counted(count, "key point") for count in (1, 2, 3, 5)] == [
            "1 pwynt allweddol",
            "2 bwynt allweddol",
            "3 phwynt allweddol",
            "5 pwynt allweddol",
        ]
        assert joined(["coch", "melyn", "gwyrdd"]) == "coch, melyn a gwyrdd"
        assert joined(["6", "8"]) == "6 ac 8"
        assert alternatives(["a", "b"]) == "a neu b"
        assert draft_note()
    assert tr("Since %(cycle)s", cycle="%(what)s") == "Since %(what)s"


def test_people_s_words_are_never_looked_up_nor_read_as_a_pattern():
    with speaking("cy"):
        assert tr("Since %(cycle)s", cycle="%(cycle)s {0} Green") == "Ers y cylch %(cycle)s {0} Green"
        assert ntr("Idea", "Ideas", 2) == "Syniadau"


def test_a_language_without_a_catalogue_is_spoken_in_english():
    assert catalogue("ur-PK") is None
    assert catalogue("../cy") is None
    with speaking("ur"):
        assert (tr("Strengths"), counted(2, "aspect"), draft_note()) == ("Strengths", "two aspects", "")


def test_whoever_checks_sees_every_text_with_its_state_and_place():
    found = held_texts("cy")
    assert len(found) == sum(1 for message in read_po(CATALOGUES[0].open("rb")) if message.id)
    assert {each.state for each in found} == {"translated"}
    assert all(each.places for each in found)
