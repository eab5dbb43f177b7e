"""Levels tell apart by colour too: as they are, on a black and white print, and for colour-blind readers.

Every two levels of a scale are compared, not only neighbours, by what charterkit itself works out and by coloraide's
Brettel (1997), which is the better one for tritanopia. The number they must reach, and where it comes from, is
`sight.TELLS`. Letters, words and shapes say the same as the colours; this is about reading at a glance.
"""

import json
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest
from coloraide import Color

from charterkit.files.workspace import Workspace
from charterkit.insight.sight import SEEN, TELLS, difference
from charterkit.model.scale import FEWEST, MOST, RED_AMBER_GREEN, SHAPES, Level
from charterkit.render.engine.tokens import builtin_tokens
from charterkit.render.shared.colour import LARGE, TEXT
from charterkit.render.shared.levels import badges, contrast
from charterkit.resources import builtin

TOKENS = builtin_tokens()
PAGES = {
    "light": (TOKENS["light"]["paper"], TOKENS["light"]["card"], TOKENS["light"]["edge"]),
    "dark": (TOKENS["dark"]["paper"], TOKENS["dark"]["card"], TOKENS["dark"]["edge"]),
    "print": ("#ffffff", "#ffffff", TOKENS["paper"]["edge"]),
}
BRETTEL = ("protan", "deutan", "tritan")


def scaled(many: int) -> Any:
    """As much of a charter as a badge needs: a scale of so many levels without colours of their own."""
    levels = {f"level-{at}": Level(id=f"level-{at}", label=f"Level {at}") for at in range(many)}
    return SimpleNamespace(levels=levels)


def builtins() -> list[Any]:
    """The charters charterkit brings."""
    return [document.model for document in Workspace(builtin()).charters.values()]


def scales():
    """Every scale charterkit brings: its red, amber and green, its charters', and the ramps of 2 to 7 levels."""
    found = {"built-in": [one.colour for one in RED_AMBER_GREEN]}
    for charter in builtins():
        found[f"{charter.id} {charter.version}"] = [one.colour for one in badges(charter).values()]
    for many in range(FEWEST, MOST + 1):
        found[f"{many} levels"] = [one.colour for one in badges(scaled(many)).values()]
    return found


SCALES = scales()


def test_there_is_a_scale_of_every_length_and_the_builtin_charter():
    assert {len(one) for one in SCALES.values()} == set(range(FEWEST, MOST + 1))
    assert "community-engagement 1" in " ".join(SCALES)
    assert len(SHAPES) == MOST


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("seen", SEEN)
def test_every_two_levels_are_told_apart(scale, seen):
    for one, other in combinations(SCALES[scale], 2):
        assert difference(one, other, seen) >= TELLS, (one, other)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("blindness", BRETTEL)
def test_and_by_another_model_of_colour_blindness(scale, blindness):
    seen = [Color(one).filter(blindness, method="brettel").clip() for one in SCALES[scale]]
    for one, other in combinations(seen, 2):
        assert one.delta_e(other, method="2000") >= TELLS


@pytest.mark.parametrize("many", range(FEWEST, MOST + 1))
def test_a_ramp_goes_from_dark_to_light(many):
    lights = [Color(one).luminance() for one in SCALES[f"{many} levels"]]
    assert lights == sorted(lights)


def test_red_amber_and_green_are_those_colours():
    hues = [Color(one).convert("hsl")["hue"] for one in SCALES["built-in"]]
    red, amber, green = hues
    assert red > 340 or red < 15
    assert 30 < amber < 50
    assert 100 < green < 170


@pytest.mark.parametrize("scale", SCALES)
def test_a_badges_words_read_on_its_colour(scale):
    known = {one.colour: one.ink for charter in builtins() for one in badges(charter).values()}
    known |= {one.colour: one.ink for many in range(FEWEST, MOST + 1) for one in badges(scaled(many)).values()}
    for colour in SCALES[scale]:
        assert contrast(colour, known[colour]) >= TEXT, colour


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("page", PAGES)
def test_a_badge_stands_out_from_the_page_by_its_colour_or_its_edge(scale, page):
    *papers, edge = PAGES[page]
    for colour in SCALES[scale]:
        line = over(edge, colour)
        for paper in papers:
            assert max(contrast(colour, paper), contrast(line, paper)) >= LARGE, (colour, paper)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_state_without_a_colour_has_an_edge_that_shows(mode):
    for paper in ("paper", "card"):
        assert contrast(TOKENS[mode]["strong_rule"], TOKENS[mode][paper]) >= LARGE


def over(edge, colour):
    """What a see-through edge, as #rrggbbaa, makes of the colour below it."""
    share = int(edge[7:], 16) / 255
    parts = [round(int(edge[at : at + 2], 16) * share + int(colour[at : at + 2], 16) * (1 - share)) for at in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def test_pages_and_paper_draw_the_edges_that_are_checked():
    folder = builtin() / "templates"
    style = (folder / "style.css.j2").read_text(encoding="utf-8")
    assert "border: 1px solid var(--edge)" in style
    assert "--edge: {{ tokens.paper.edge }}" in style
    assert "rgb(tokens.paper.edge)" in (folder / "document.typ").read_text(encoding="utf-8")
    assert json.loads((folder / "tokens.json").read_text(encoding="utf-8"))["levels"]["ramp"] == SCALES["7 levels"]
