"""Two versions whose levels differ: what can be compared, and what cannot be told."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.compare import Comparison, MoveKind
from charterkit.render.comparison.view import compare_view
from charterkit.render.shared.rescaled import rescaled
from tests.insight.samples import charter, compared, counts, evaluation, kinds, make

BEFORE, AFTER = ("2024-25", "2024-10-01"), ("2025-26", "2025-10-14")
ASPECTS = ("gate", "post", "bell", "door")
Scale = Mapping[str, tuple[str, ...]]
"""Levels from worst to best, each with those that it replaces."""
OLD: Scale = dict.fromkeys(("weak", "fair", "good", "very-good"), ())


def version(number: str, scale: Scale) -> str:
    rows = "".join(
        f"  - {{id: {key}, label: {key.title()}, replaces: [{', '.join(olds)}]}}\n" for key, olds in scale.items()
    )
    return charter(ASPECTS, number).replace("key_points:", f"scale:\n{rows}key_points:")


def over(root: Path, old: Scale, new: Scale, was: Mapping[str, str], now: Mapping[str, str]) -> Comparison:
    """From the first version to the second, or back from it where `now` has the older one's levels."""
    is_turned = set(was.values()) - set(old) != set()
    versions = ("2", "1") if is_turned else ("1", "2")
    texts = evaluation(was, *BEFORE, version=versions[0]), evaluation(now, *AFTER, version=versions[1])
    return compared(make(root, [version("1", old), version("2", new)], *texts))


RENAMED: Scale = {"level-1": ("weak",), "level-2": ("fair",), "good": (), "level-4": ("very-good",)}


def test_renamed_levels_go_on(tmp_path):
    was = {"gate": "weak", "post": "good", "bell": "very-good", "door": "fair"}
    now = {"gate": "good", "post": "good", "bell": "level-1", "door": "level-2"}
    found = over(tmp_path, OLD, RENAMED, was, now)
    assert kinds(found) == {"gate": "improved", "post": "unchanged", "bell": "declined", "door": "unchanged"}
    assert {move.aspect: move.by for move in found.moves} == {"gate": 2, "post": 0, "bell": -3, "door": 0}
    assert rescaled(found.scaling) == (
        "Version 2 has other levels than version 1: Level-1 stands for Weak; Level-2 for Fair; Level-4 for Very-Good."
    )
    back = over(tmp_path / "back", OLD, RENAMED, now, was)
    assert kinds(back) == {"gate": "declined", "post": "unchanged", "bell": "improved", "door": "unchanged"}


def test_a_level_that_was_split_before_is_not_split_again_by_a_copy(tmp_path):
    split: Scale = {"weak": (), "fair": ("fair",), "fairer": ("fair",), "good": ()}
    ratings = {"gate": "fair", "post": "fairer"}
    found = over(tmp_path, split, split, ratings, {"gate": "fairer", "post": "fairer"})
    assert kinds(found) == {"gate": "improved", "post": "unchanged"}


def test_where_a_level_was_split_or_merged_no_move_is_made_up(tmp_path):
    new: Scale = {"weak": ("fair",), "secure": ("good",), "strong": ("good",), "excellent": ("very-good",)}
    was = {"gate": "weak", "post": "fair", "bell": "good", "door": "good"}
    found = over(tmp_path, OLD, new, was, {"gate": "secure", "post": "weak", "bell": "strong", "door": "weak"})
    told = {"gate": "improved", "post": "not-comparable", "bell": "not-comparable", "door": "declined"}
    assert kinds(found) == told
    view = compare_view(Workspace(tmp_path).school("lathom"), found, today=date(2026, 11, 29))
    why = {change.aspect: change.why for section in view.sections for change in section.changes}
    assert why == {
        "gate": "",
        "door": "",
        "post": "Weak stands for Weak and Fair: whether anything moved cannot be told.",
        "bell": "Good has become Secure or Strong: whether anything moved cannot be told.",
    }
    assert view.notes[-1].endswith("Where a level was split, or several became one, no move within them is told.")
    assert view.summary == (
        "Since 2024-25, one aspect improved and one fell back. Two cannot be compared, as the levels have changed."
    )


@pytest.mark.parametrize(
    "new",
    [
        {"weak": (), "fair": (), "good": (), "excellent": ()},
        {"weak": (), "fair": (), "good": (), "excellent": (), "best": ("very-good",)},
        {"weak": ("good",), "good": ("weak",), "very-good": ()},
        {"weak": (), "secure": ("good",), "strong": ("fair",), "very-good": ()},
        {"weak": (), "fair": (), "good": ()},
    ],
    ids=["nobody says", "one says nothing", "two change places", "one overtakes", "one is left out, and nobody says"],
)
def test_scales_that_do_not_lie_on_each_other_are_not_comparable(tmp_path, new):
    found = over(tmp_path, OLD, new, {"gate": "weak"}, {"gate": list(new)[-1]})
    assert kinds(found) == {"gate": "not-comparable"}
    assert found.scaling is None
    assert rescaled(found.scaling) == ""


def test_an_id_may_be_used_for_another_level_that_says_so(tmp_path):
    numbers: Scale = dict.fromkeys(("l4", "l3", "l2", "l1"), ())
    turned: Scale = {"l1": ("l4",), "l2": ("l3",), "l3": ("l2",), "l4": ("l1",)}
    was, now = {"gate": "l4", "post": "l1"}, {"gate": "l1", "post": "l1"}
    assert kinds(over(tmp_path, numbers, turned, was, now)) == {"gate": "unchanged", "post": "declined"}
    texts = evaluation(now, *BEFORE, version="2"), evaluation({"gate": "l2", "post": "l1"}, *AFTER, version="2")
    same = compared(make(tmp_path / "same", [version("1", numbers), version("2", turned)], *texts))
    assert kinds(same) == {"gate": "improved", "post": "unchanged"}, "within one version nothing is replaced"


def test_versions_in_between_are_gone_through(tmp_path):
    charters = [version("1", OLD), version("2", RENAMED), version("3", {f"x-{key}": (key,) for key in RENAMED})]
    texts = evaluation({"gate": "fair"}, *BEFORE), evaluation({"gate": "x-level-4"}, *AFTER, version="3")
    found = compared(make(tmp_path, charters, *texts))
    assert kinds(found) == {"gate": "improved"}
    assert [move.by for move in found.moves] == [2]
    charters[1] = version("2", dict.fromkeys(RENAMED, ()))
    assert kinds(compared(make(tmp_path / "cut", charters, *texts))) == {"gate": "not-comparable"}


@st.composite
def rescalings(draw):
    """Two scales cut out of one line of steps, each at its own places; and a rating of each aspect on both."""
    steps = draw(st.integers(2, 7))
    cuts = st.sets(st.integers(1, steps - 1), min_size=1, max_size=6)
    older, newer = draw(cuts), draw(cuts)
    old = [sum(cut <= step for cut in older) for step in range(steps)]
    new = [sum(cut <= step for cut in newer) for step in range(steps)]
    pairs = sorted(set(zip(old, new, strict=True)))
    was = {aspect: draw(st.sampled_from(old)) for aspect in ASPECTS}
    now = {aspect: draw(st.sampled_from(new)) for aspect in ASPECTS}
    return pairs, was, now


@settings(max_examples=40, deadline=None)
@given(rescalings(), st.booleans())
def test_counts_are_those_of_every_step_that_a_rating_may_stand_for(made, back):
    """A second way: a rating may be any of its steps; what holds for all of them is told, and nothing else."""
    pairs, was, now = made
    old: Scale = {f"o{level}": () for level in sorted({pair[0] for pair in pairs})}
    new: Scale = {f"n{at}": tuple(f"o{a}" for a, b in pairs if b == at) for at in sorted({pair[1] for pair in pairs})}
    first, second = {key: f"o{at}" for key, at in was.items()}, {key: f"n{at}" for key, at in now.items()}
    with tempfile.TemporaryDirectory() as folder:
        found = over(Path(folder), old, new, *((second, first) if back else (first, second)))
    expected: dict[MoveKind, int] = {}
    for aspect in ASPECTS:
        before = [step for step, pair in enumerate(pairs) if pair[0] == was[aspect]]
        after = [step for step, pair in enumerate(pairs) if pair[1] == now[aspect]]
        signs = {(late > early) - (late < early) for early in before for late in after}
        sign = next(iter(signs)) if len(signs) == 1 else None
        kind = {None: MoveKind.NOT_COMPARABLE, 0: MoveKind.UNCHANGED, 1: MoveKind.IMPROVED, -1: MoveKind.DECLINED}[
            -sign if back and sign is not None else sign
        ]
        expected[kind] = expected.get(kind, 0) + 1
    assert counts(found) == expected
