from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.insight.evaluations.evaluated import RatingState, Standing
from charterkit.model.charter import Charter
from charterkit.model.scale import RED_AMBER_GREEN, SHAPES, Level, level_keys
from charterkit.render.engine.tokens import builtin_tokens
from charterkit.render.shared.chart import bar
from charterkit.render.shared.levels import ABSENT, NOT_RATED, badge_of, badges, contrast, ink

AA_TEXT = 4.5
AA_GRAPHIC = 3.0


def charter(*labels, colour=None):
    scale = tuple(Level(id=f"l{place}", label=label, colour=colour) for place, label in enumerate(labels))
    return Charter(id="x", version="1", title="X", status="draft", scale=scale, key_points=())


def test_red_amber_and_green_have_the_ink_that_reads_best():
    known = badges(Charter(id="x", version="1", title="X", status="draft", scale=RED_AMBER_GREEN, key_points=()))
    assert [one.text for one in known.values()] == ["■ R Red", "▲ A Amber", "● G Green"]
    assert [one.ink for one in known.values()] == ["#ffffff", "#000000", "#000000"]


@given(st.integers(0, 0xFFFFFF))
def test_on_every_colour_the_ink_has_enough_contrast(colour):
    text = f"#{colour:06x}"
    assert contrast(ink(text), text) >= AA_TEXT


def test_labels_that_begin_alike_are_told_by_number():
    assert [one.letter for one in badges(charter("Emerging", "Established", "Embedded")).values()] == ["1", "2", "3"]
    assert [one.letter for one in badges(charter("Not yet", "In place")).values()] == ["N", "I"]


@pytest.mark.parametrize(
    ("labels", "keys", "texts"),
    [
        (["4 Inadequate", "2 Good", "1 Outstanding"], "421", ["■ 4 Inadequate", "▲ 2 Good", "● 1 Outstanding"]),
        (["Level 5", "Level 1"], "51", ["■ Level 5", "▲ Level 1"]),
        (["Good (2)", "Outstanding (1)"], "21", ["■ Good (2)", "▲ Outstanding (1)"]),
        (["Not yet", "1 star", "2 stars"], "N12", ["■ N Not yet", "▲ 1 star", "● 2 stars"]),
        (["Under 25%", "Over 75%"], "UO", ["■ U Under 25%", "▲ O Over 75%"]),
        (["1.5 or less", "1.7 or more"], "AB", ["■ A 1.5 or less", "▲ B 1.7 or more"]),
        (["1a", "1b"], ["1A", "1B"], ["■ 1a", "▲ 1b"]),
        (["0 Incomplete", "10 Whole"], ["0", "10"], ["■ 0 Incomplete", "▲ 10 Whole"]),
        (["★", "★★"], "12", ["■ 1 ★", "▲ 2 ★★"]),
    ],
)
def test_a_number_that_a_label_bears_is_its_key_and_stands_once(labels, keys, texts):
    known = list(badges(charter(*labels)).values())
    assert [one.letter for one in known] == list(keys)
    assert [one.text for one in known] == texts


@given(st.lists(st.text("0123456789 abGl.()", min_size=1, max_size=8), min_size=2, max_size=7))
def test_no_key_is_ever_for_two_levels(labels):
    found = level_keys(charter(*labels).scale)
    every = [key for known in found for key in {known.key, known.also} - {""}]
    assert len(found) == len(labels)
    assert len(set(every)) == len(every)


@pytest.mark.parametrize("many", range(2, 8))
def test_any_scale_is_told_apart_without_its_colours_and_in_greyscale(many):
    known = list(badges(charter(*(f"Step {place}" for place in range(many)))).values())
    assert len({one.shape for one in known}) == many
    assert len({one.letter for one in known}) == many
    light = [contrast(one.colour, "#000000") for one in known]
    assert light == sorted(light)
    assert min(high / low for low, high in pairwise(light)) > 1.2


def test_an_aspect_the_version_does_not_have_and_one_not_rated():
    known = badges(charter("No", "Yes"))
    assert badge_of(None, known) == ABSENT
    assert badge_of(Standing(RatingState.NOT_RATED), known) == NOT_RATED


def test_every_shape_has_its_outline():
    assert set(builtin_tokens()["levels"]["shapes"]) == set(SHAPES)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_tokens_have_enough_contrast(mode):
    colours = builtin_tokens()[mode]
    for text in ("ink", "quiet", "accent", "link"):
        assert contrast(colours[text], colours["paper"]) >= AA_TEXT, text
    assert contrast(colours["alert_ink"], colours["alert"]) >= AA_TEXT
    for line in ("strong_rule", "alert_rule", "accent"):
        assert contrast(colours[line], colours["paper"]) >= AA_GRAPHIC, line
    assert contrast(colours["ribbon_up"], colours["paper"]) >= AA_GRAPHIC


counts = st.lists(st.integers(0, 60), min_size=2, max_size=10)


@given(counts)
def test_a_bar_fills_its_width_and_every_piece_holds_a_letter(found):
    known = list(badges(charter(*"ABCDEFGHIJ"[: len(found)])).values())
    made = bar(list(zip(known, found, strict=True)))
    assert [one.count for one in made] == [count for count in found if count]
    if made:
        assert made[0].start == 0
        assert sum(one.width for one in made) == pytest.approx(100, abs=0.1)
        assert min(one.width for one in made) > 5.9
        assert all(one.label for one in made)
