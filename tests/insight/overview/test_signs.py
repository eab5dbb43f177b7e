"""An overview works with signs, a comparison with files: both say the same of every pair of ratings that there can be."""

from itertools import product

import pytest

from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.compare import compare
from charterkit.insight.overview.placing import places_on
from charterkit.insight.overview.signs import (
    inherited_moves,
    inherited_signs,
    inherited_stuck,
    move_signs,
    moves_between,
    not_comparable,
    signs,
)
from charterkit.insight.overview.summary import aspects_of
from tests.insight.samples import charter, evaluation, history, make

STATES = {"red": "red", "amber": "amber", "green": "green", "na": "na", "blue": "blue", "none": None}
"""By a word for an id what stands in a file; "blue" is no level."""
PAIRS = [f"{first}-{then}" for first, then in product(STATES, STATES)]


def side(place: int) -> dict[str, str | None]:
    """Of each pair what stands on one side of it."""
    return {pair: STATES[pair.split("-")[place]] for pair in PAIRS}


def read(workspace: Workspace) -> tuple[str, str, str]:
    """The signs of the first and the last evaluation, each by its own version, and how a comparison says it went."""
    then, now = history(workspace)
    moved = compare(then, now, workspace.versions("small"), (then, now))
    aspects = aspects_of(workspace, now)
    before = signs(then.standings, aspects_of(workspace, then))
    return before, signs(now.standings, aspects), move_signs(moved.moves, aspects)


def test_movement_on_one_version(tmp_path):
    before, after = (evaluation(side(at), f"202{at}-2{at + 1}", f"202{at}-10-14") for at in (0, 1))
    then, now, went = read(make(tmp_path, [charter(PAIRS)], before, after))
    assert moves_between(then, now) == went
    assert dict(zip(PAIRS, went, strict=True)).items() >= {
        "red-green": "+", "green-amber": "<", "amber-amber": "=", "none-red": "n", "red-na": "a", "blue-red": "?", "na-na": " ",
    }.items()  # fmt: skip


@pytest.mark.parametrize("level", ["red", "amber", "green", "na"])
def test_movement_of_aspects_that_became_one_or_are_new(tmp_path, level):
    """The older version has each of a pair as an aspect, the newer one both as one, and one that none had."""
    olds = [f"{pair}-{place}" for pair in PAIRS for place in "ab"]
    news = [(pair, f"{pair}-a", f"{pair}-b") for pair in PAIRS]
    first = {f"{pair}-{'ab'[at]}": word for at in (0, 1) for pair, word in side(at).items()}
    workspace = make(
        tmp_path,
        [charter(olds), charter([*news, "new"], "2")],
        evaluation(first, "2020-21", "2020-10-14"),
        evaluation(dict.fromkeys([*PAIRS, "new"], level), "2021-22", "2021-10-14", version="2"),
    )
    then, now, went = read(workspace)
    versions = {each.version: each for each in workspace.versions("small")}
    places = places_on(versions["2"], versions)["1"]
    assert places
    assert moves_between(inherited_signs(then, places), now) == went
    assert went[-1] == ("*" if level != "na" else " ")


BOTH = ((0, 1),)
"""Two aspects that became one."""


@pytest.mark.parametrize(
    ("found", "rated", "moved"),
    [
        ("20", "0", "~"), ("02", "0", "~"), ("2-", "2", "~"), (".-", "-", "~"), ("..", ".", "."), ("  ", " ", " "),
        (" .", ".", "."), ("0?", "?", "?"), ("+=", " ", "~"), ("++", " ", "+"), (" <", " ", "<"), ("?+", "?", "?"), ("??", "?", "?"),
    ],
)  # fmt: skip
def test_two_that_became_one(found, rated, moved):
    assert inherited_signs(found, BOTH) == rated
    assert inherited_moves(found, BOTH) == moved


def test_it_is_stuck_where_one_of_those_that_it_was_is():
    assert inherited_stuck("!..!..", ((0, 1), (1, 2), (), (3,), (2, 3))) == "!..!!"


def test_what_was_rated_on_other_levels_cannot_be_compared_and_the_rest_says_nothing():
    assert not_comparable("012.-? ") == "~~~    "
