"""How far apart colours are: held against coloraide, and what is suggested in place of one that looks like another."""

import random

import pytest
from coloraide import Color

from charterkit.insight.sight import SEEN, TELLS, alike, apart, difference, grey, luminance
from charterkit.model.scale import RED_AMBER_GREEN

FILTERS = {"protanopia": "protan", "deuteranopia": "deutan", "tritanopia": "tritan"}
EDGES = ["#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#808080", "#010101", "#fefefe"]


def pairs():
    """The corners of the cube of colours with each other, and others at random, always the same."""
    dice = random.Random(2009)
    drawn = [f"#{dice.randrange(1 << 24):06x}" for _ in range(120)]
    return [(one, other) for one in EDGES for other in EDGES] + list(zip(drawn[::2], drawn[1::2], strict=True))


def told(one, other, seen):
    """The same difference by coloraide."""
    colours = [Color(one), Color(other)]
    if seen == "greyscale":
        colours = [Color("srgb-linear", [each.luminance()] * 3) for each in colours]
    elif seen in FILTERS:
        colours = [each.filter(FILTERS[seen], method="machado").clip() for each in colours]
    return colours[0].delta_e(colours[1], method="2000")


@pytest.mark.parametrize("seen", SEEN)
def test_it_agrees_with_coloraide(seen):
    for one, other in pairs():
        assert difference(one, other, seen) == pytest.approx(told(one, other, seen), abs=0.01), (one, other)


def test_the_ends():
    assert difference("#000000", "#ffffff") == pytest.approx(100)
    assert difference("#123456", "#123456") == 0
    assert luminance("#000000") == 0
    assert luminance("#ffffff") == pytest.approx(1)
    assert (grey("#000000"), grey("#ffffff"), grey("#808080"), grey("#ff0000")) == (
        "#000000",
        "#ffffff",
        "#808080",
        "#7f7f7f",
    )


def test_the_worst_way_of_seeing_is_named():
    (found,) = alike(["#d04040", "#ffffff", "#3a8a3a"])
    assert (found.first, found.second, found.seen) == (0, 2, "greyscale")
    (found,) = alike(["#808080", "#848484"])
    assert found.seen == "colour"
    assert not list(alike([one.colour or "" for one in RED_AMBER_GREEN]))


@pytest.mark.parametrize(
    "colours", [["#d04040", "#e8a33d", "#3a8a3a"], ["#000000", "#ffffff", "#fefefe"], ["#808080"] * 2]
)
def test_what_is_suggested_can_be_told_apart(colours):
    made = apart(colours, len(colours) - 1)
    assert all(difference(made, one, seen) >= TELLS for one in colours[:-1] for seen in SEEN)


def test_nothing_is_suggested_where_there_is_no_room():
    greys = [f"#{level:02x}{level:02x}{level:02x}" for level in range(0, 256, 5)]
    assert apart([*greys, "#808080"], len(greys)) == ""
