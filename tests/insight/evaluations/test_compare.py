"""What changed between two self-evaluations."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charterkit.insight.evaluations.compare import Comparison, MoveKind
from tests.insight.samples import charter, compared, counts, evaluation, history, kinds, make

BEFORE, AFTER = ("2024-25", "2024-10-01"), ("2025-26", "2025-10-14")
Ratings = Mapping[str, str | None]
UNREADABLE = "{ratign: red}"
WRONG = "gren"


def two(root: Path, before: str | None, after: str | None, missing: bool = False) -> Comparison:
    """One aspect in two cycles; None is an entry without a rating, `missing` leaves it out altogether."""
    first = {} if missing and before is None else {"gate": before}
    second = {} if missing and after is None else {"gate": after}
    return compared(make(root, [charter(["gate"])], evaluation(first, *BEFORE), evaluation(second, *AFTER)))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("red", "green", "improved"),
        ("red", "amber", "improved"),
        ("green", "red", "declined"),
        ("amber", "amber", "unchanged"),
        (None, "red", "newly-rated"),
        ("na", "green", "newly-rated"),
        ("green", None, "no-longer-rated"),
        ("green", "na", "no-longer-rated"),
        (UNREADABLE, "green", "unreadable"),
        ("green", UNREADABLE, "unreadable"),
        ("green", WRONG, "unreadable"),
        (WRONG, "green", "unreadable"),
        (UNREADABLE, None, "unreadable"),
        (None, UNREADABLE, "unreadable"),
        ("na", UNREADABLE, "unreadable"),
        (UNREADABLE, UNREADABLE, "unreadable"),
        (None, None, None),
        ("na", "na", None),
        ("na", None, None),
        (None, "na", None),
    ],
)
@pytest.mark.parametrize("missing", [False, True])
def test_every_way_from_one_rating_to_another(
    tmp_path: Path, before: str | None, after: str | None, kind: str | None, missing: bool
) -> None:
    assert kinds(two(tmp_path, before, after, missing)) == ({"gate": kind} if kind else {})


@pytest.mark.parametrize("ratings", ["ratings: none\n", "ratngs:\n  gate: {rating: green}\n", ""])
def test_ratings_that_cannot_be_read_at_all_do_not_look_taken_away(tmp_path: Path, ratings: str) -> None:
    found = make(tmp_path, [charter(["gate"])], evaluation({"gate": "green"}, *BEFORE), evaluation(ratings, *AFTER))
    assert kinds(compared(found)) == {"gate": "unreadable"}


def test_an_empty_list_of_ratings_is_nothing_rated(tmp_path: Path) -> None:
    found = make(
        tmp_path, [charter(["gate"])], evaluation({"gate": "green"}, *BEFORE), evaluation("ratings:\n", *AFTER)
    )
    assert kinds(compared(found)) == {"gate": "no-longer-rated"}


def test_a_rating_under_a_key_that_is_no_id_does_not_look_taken_away(tmp_path: Path) -> None:
    second = evaluation("ratings:\n  Gate!: {rating: green}\n", *AFTER)
    found = make(tmp_path, [charter(["gate"])], evaluation({"gate": "green"}, *BEFORE), second)
    assert kinds(compared(found)) == {"gate": "unreadable"}


def test_a_rating_given_twice_is_unreadable(tmp_path: Path) -> None:
    second = evaluation("ratings:\n  gate: {rating: red}\n  gate: {rating: green}\n", *AFTER)
    found = make(tmp_path, [charter(["gate"])], evaluation({"gate": "green"}, *BEFORE), second)
    assert kinds(compared(found)) == {"gate": "unreadable"}


# -- across versions of the charter


def versions(
    root: Path, old: list[str], new: list[str | tuple[str, ...]], before: Ratings, after: Ratings
) -> Comparison:
    charters = [charter(old, "1"), charter(new, "2")]
    return compared(make(root, charters, evaluation(before, *BEFORE), evaluation(after, *AFTER, version="2")))


def from_aspects(comparison: Comparison) -> dict[str, tuple[str, ...]]:
    return {move.aspect: move.from_aspects for move in comparison.moves if move.from_aspects}


def test_added_and_removed(tmp_path: Path) -> None:
    found = versions(
        tmp_path,
        ["gate", "post", "bell"],
        ["gate", "phone", "door"],
        {"gate": "red", "post": "red"},
        {"gate": "red", "phone": "green"},
    )
    assert kinds(found) == {"gate": "unchanged", "phone": "added", "post": "removed"}
    assert [(move.before, move.after is None) for move in found.of(MoveKind.ADDED)] == [(None, False)]
    assert [move.after for move in found.of(MoveKind.REMOVED)] == [None]


def test_what_cannot_be_read_is_counted_neither_as_added_nor_as_removed(tmp_path: Path) -> None:
    found = versions(tmp_path, ["post"], ["phone"], {"post": UNREADABLE}, {"phone": UNREADABLE})
    assert kinds(found) == {"phone": "unreadable", "post": "unreadable"}
    assert counts(found) == {MoveKind.UNREADABLE: 2}


def test_a_renamed_aspect_goes_on(tmp_path: Path) -> None:
    found = versions(tmp_path, ["post"], [("letters", "post")], {"post": "red"}, {"letters": "green"})
    assert kinds(found) == {"letters": "improved"}
    assert from_aspects(found) == {"letters": ("post",)}


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("green", "red", "improved"),
        ("amber", "green", "unchanged"),
        ("green", "green", "declined"),
        ("green", None, "declined"),
        ("na", "red", "improved"),
        ("na", None, "newly-rated"),
        (None, None, "newly-rated"),
        ("green", UNREADABLE, "unreadable"),
    ],
)
def test_a_merged_aspect_inherits_the_lowest_that_is_rated(
    tmp_path: Path, one: str | None, other: str | None, kind: str
) -> None:
    found = versions(
        tmp_path, ["post", "email"], [("letters", "post", "email")], {"post": one, "email": other}, {"letters": "amber"}
    )
    assert kinds(found) == {"letters": kind}
    assert from_aspects(found) == {"letters": ("post", "email")}


@pytest.mark.parametrize(
    ("one", "other", "word"),
    [
        ("na", None, "not-applicable"),
        (None, "na", "not-applicable"),
        ("na", "na", "not-applicable"),
        (None, None, None),
        ("na", "red", "red"),
        ("green", "red", "red"),
        ("red", "green", "red"),
    ],
)
def test_what_the_merged_ones_were_is_shown_as_the_level_before(
    tmp_path: Path, one: str | None, other: str | None, word: str | None
) -> None:
    before = {"post": one, "email": other}
    found = versions(tmp_path, ["post", "email"], [("letters", "post", "email")], before, {"letters": "amber"})
    (move,) = found.moves
    assert move.before
    assert move.after
    assert (move.before.word, move.after.word) == (word, "amber")


def test_a_split_aspect_gives_its_rating_to_both(tmp_path: Path) -> None:
    new: list[str | tuple[str, ...]] = [("post", "letters"), ("email", "letters")]
    found = versions(tmp_path, ["letters"], new, {"letters": "amber"}, {"post": "green", "email": "red"})
    assert kinds(found) == {"post": "improved", "email": "declined"}


def test_an_aspect_merged_into_one_that_keeps_its_id(tmp_path: Path) -> None:
    found = versions(
        tmp_path, ["post", "email"], [("post", "email")], {"post": "green", "email": "red"}, {"post": "amber"}
    )
    assert kinds(found) == {"post": "improved"}
    assert from_aspects(found) == {"post": ("post", "email")}


def test_backwards_from_newer_to_older(tmp_path: Path) -> None:
    charters = [charter(["post", "email", "bell"], "1"), charter([("letters", "post", "email"), "door"], "2")]
    first = evaluation({"post": "red", "email": "green", "bell": "red"}, *BEFORE)
    second = evaluation({"letters": "amber", "door": "red"}, *AFTER, version="2")
    found = compared(make(tmp_path, charters, first, second), -1, -2)
    assert kinds(found) == {"post": "declined", "email": "improved", "bell": "added", "door": "removed"}
    assert from_aspects(found) == {"post": ("letters",), "email": ("letters",)}


THREE = [
    charter(["gate", "post", "bell"], "1"),
    charter(["gate", ("letters", "post")], "2"),
    charter(["gate", ("mail", "letters"), "bell"], "10"),
]


def test_three_versions_in_a_chain(tmp_path: Path) -> None:
    """`bell` is missing in the middle: it comes back as itself."""
    first = evaluation({"gate": "red", "post": "green", "bell": "red"}, *BEFORE)
    third = evaluation({"gate": "red", "mail": "red", "bell": "green"}, *AFTER, version="10")
    found = compared(make(tmp_path, THREE, first, third))
    assert kinds(found) == {"gate": "unchanged", "mail": "declined", "bell": "improved"}
    assert from_aspects(found) == {"mail": ("post",)}


def test_an_aspect_may_replace_one_that_the_version_between_dropped(tmp_path: Path) -> None:
    charters = [charter(["gate", "post"], "1"), charter(["gate"], "2"), charter(["gate", ("mail", "post")], "3")]
    first = evaluation({"post": "green"}, *BEFORE)
    assert kinds(compared(make(tmp_path, charters, first, evaluation({"mail": "red"}, *AFTER, version="3")))) == {
        "mail": "declined"
    }


def test_an_id_whose_aspect_was_renamed_may_be_used_anew(tmp_path: Path) -> None:
    charters = [charter(["post"], "1"), charter([("letters", "post")], "2"), charter(["letters", "post"], "3")]
    first = evaluation({"post": "green"}, *BEFORE)
    third = evaluation({"letters": "green", "post": "red"}, *AFTER, version="3")
    assert kinds(compared(make(tmp_path, charters, first, third))) == {"letters": "unchanged", "post": "added"}


def test_a_part_that_was_split_off_before_is_not_joined_again_by_a_copy(tmp_path: Path) -> None:
    """The third version is a copy of the second, `replaces` too; the fourth joins what the second had split."""
    split: list[str | tuple[str, ...]] = ["post", ("email", "post")]
    charters = [charter(["post"], "1"), charter(split, "2"), charter(split, "3"), charter([("email", "post")], "4")]
    second = evaluation({"post": "red", "email": "green"}, *BEFORE, version="2")
    third = evaluation({"post": "red", "email": "green"}, *AFTER, version="3")
    fourth = evaluation({"email": "amber"}, "2026-27", "2026-10-14", "4")
    found = make(tmp_path, charters, second, third, fourth)
    assert kinds(compared(found, 0, 1)) == {"post": "unchanged", "email": "unchanged"}
    assert kinds(compared(found, 1, 2)) == {"email": "improved"}


def test_a_version_after_both_or_before_both_has_no_say(tmp_path: Path) -> None:
    """The third merges two aspects of the second, which split them from one of the first."""
    charters = [
        charter(["post"], "1"),
        charter(["post", ("email", "post")], "2"),
        charter([("letters", "post", "email")], "3"),
    ]
    texts = [
        evaluation({"post": "green"}, *BEFORE),
        evaluation({"post": "green", "email": "red"}, *AFTER, version="2"),
        evaluation({"letters": "amber"}, "2026-27", "2026-10-14", "3"),
    ]
    found = make(tmp_path, charters, *texts)
    assert kinds(compared(found, 0, 1)) == {"post": "unchanged", "email": "declined"}
    assert kinds(compared(found, 1, 0)) == {"post": "improved"}
    assert kinds(compared(found, 1, 2)) == {"letters": "improved"}
    assert from_aspects(compared(found, 1, 2)) == {"letters": ("post", "email")}
    assert kinds(compared(found, 2, 1)) == {"post": "improved", "email": "declined"}


def test_between_two_neighbours_only_their_own_step_counts(tmp_path: Path) -> None:
    """What the older of them once made of a still older one is over, though both ids are still there."""
    charters = [
        charter(["post", ("email", "post")], "2"),
        charter(["post", "email", ("bell", "door"), ("door", "post")], "3"),
    ]
    first = evaluation({"post": "red", "email": "green"}, *BEFORE, version="2")
    second = evaluation({"post": "red", "email": "green", "bell": "red", "door": "red"}, *AFTER, version="3")
    found = compared(make(tmp_path, charters, first, second))
    assert kinds(found) == {"post": "unchanged", "email": "unchanged", "bell": "added", "door": "unchanged"}


@pytest.mark.parametrize(("old", "new"), [("rag", "two"), ("two", "seven")])
def test_different_scales_are_not_comparable(tmp_path: Path, old: str, new: str) -> None:
    level = {"rag": "red", "two": "in-place", "seven": "step-7"}
    charters = [charter(["gate", "post"], "1", old), charter(["gate", "post"], "2", new)]
    first = evaluation({"gate": level[old]}, *BEFORE)
    second = evaluation({"gate": level[new], "post": level[new]}, *AFTER, version="2")
    assert kinds(compared(make(tmp_path, charters, first, second))) == {"gate": "not-comparable", "post": "newly-rated"}


# -- stuck

YEARS = ("2022-23", "2023-24", "2024-25", "2025-26")


def stuck(root: Path, *ratings: str | None, charters: list[str] | None = None, versions: str = "1111") -> list[str]:
    texts = [
        evaluation({"gate": rating}, year, f"{year[:4]}-10", version)
        for rating, year, version in zip(ratings, YEARS, versions, strict=False)
    ]
    return [move.aspect for move in compared(make(root, charters or [charter(["gate"])], *texts)).stuck]


@pytest.mark.parametrize(
    ("ratings", "is_stuck"),
    [
        (("red", "amber", "red"), True),
        (("green", "red", "amber", "red"), True),
        (("red", "red"), False),
        (("red", "green", "red"), False),
        (("red", "red", "green"), False),
        (("red", None, "red"), False),
        (("red", "na", "red"), False),
        (("red", WRONG, "red"), False),
        (("red", "red", "green", "red"), False),
    ],
)
def test_stuck_is_below_the_mark_three_times_running(
    tmp_path: Path, ratings: tuple[str | None, ...], is_stuck: bool
) -> None:
    assert stuck(tmp_path, *ratings) == (["gate"] if is_stuck else [])


def test_what_is_stuck_shows_its_level_of_three_cycles_ago_and_of_now(tmp_path: Path) -> None:
    texts = [
        evaluation({"gate": level}, year, f"{year[:4]}-10")
        for level, year in zip(("green", "red", "red", "amber"), YEARS, strict=True)
    ]
    (move,) = compared(make(tmp_path, [charter(["gate"])], *texts)).stuck
    assert move.before
    assert move.after
    assert (move.before.word, move.after.word) == ("red", "amber")
    assert (move.key_point, move.title, move.kind) == ("welcome", "The gate is good", MoveKind.UNCHANGED)


def test_stuck_across_versions_and_scales(tmp_path: Path) -> None:
    charters = [charter(["gate"], "1"), charter([("gate", "gate")], "2", "two"), charter(["gate"], "3", "seven")]
    assert stuck(tmp_path, "red", "not-yet", "step-4", charters=charters, versions="123") == ["gate"]
    charters[1] = charter(["other"], "2", "two")
    assert stuck(tmp_path / "b", "red", None, "step-4", charters=charters, versions="123") == []


def test_stuck_ends_with_the_later_of_the_two(tmp_path: Path) -> None:
    texts = [
        evaluation({"gate": level}, year, f"{year[:4]}-10")
        for level, year in zip(("red", "red", "red", "green"), YEARS, strict=True)
    ]
    found = make(tmp_path, [charter(["gate"])], *texts)
    assert [move.aspect for move in compared(found, 1, 2).stuck] == ["gate"]
    assert compared(found, 2, 3).stuck == ()
    assert [move.aspect for move in compared(found, 3, 2).stuck] == ["gate"]


# -- focus groups


def test_focus_groups_move_by_themselves(tmp_path: Path) -> None:
    aspects = ["gate", "post", "bell", "door"]
    before = {
        "gate": "{rating: green, groups: {boys: red}}",
        "post": "{rating: green, groups: {boys: green}}",
        "bell": "red",
        "door": "{groups: {boys: red}}",
    }
    after = {
        "gate": "{rating: green, groups: {boys: green}}",
        "post": "{rating: red}",
        "bell": "{groups: {boys: gren}}",
        "door": UNREADABLE,
    }
    found = compared(make(tmp_path, [charter(aspects)], evaluation(before, *BEFORE), evaluation(after, *AFTER)))
    (group,) = found.groups
    assert group.group.name == "The boys"
    assert {move.aspect: move.kind.value for move in group.moves} == {
        "gate": "improved",
        "post": "no-longer-rated",
        "bell": "unreadable",
        "door": "unreadable",
    }
    assert sum(group.counts.values()) == len(group.moves)


def test_a_focus_group_that_only_one_version_has_is_not_compared(tmp_path: Path) -> None:
    charters = [charter(["gate"], "1"), charter(["gate"], "2", groups="girls")]
    first = evaluation({"gate": "{groups: {boys: red}}"}, *BEFORE)
    second = evaluation({"gate": "{groups: {girls: red}}"}, *AFTER, version="2")
    assert compared(make(tmp_path, charters, first, second)).groups == ()


# -- actions


def actions(root: Path, before: str, after: str) -> list[tuple[str, str]]:
    first, second = (
        evaluation({}, *when, more=f"actions:\n{lines}" if lines else "")
        for when, lines in ((BEFORE, before), (AFTER, after))
    )
    found = compared(make(root, [charter(["gate"])], first, second))
    return [(one.action.id or one.action.action, one.became) for one in found.actions]


def test_what_became_of_each_action(tmp_path: Path) -> None:
    before = """\
  - {id: kept, action: A}
  - {id: finished, action: B, status: in-progress}
  - {id: given-up, action: C}
  - {id: forgotten, action: D}
  - {id: over, action: E, status: done}
  - {id: long-over, action: F, status: dropped}
  - {id: again, action: G, status: done}
"""
    after = """\
  - {id: kept, action: A in other words, status: in-progress}
  - {id: finished, action: B, status: done}
  - {id: given-up, action: C, status: dropped}
  - {id: over, action: E, status: done}
  - {id: again, action: G}
  - {id: fresh, action: H}
  - {id: quick, action: I, status: done}
"""
    assert actions(tmp_path, before, after) == [
        ("kept", "carried over"),
        ("finished", "done"),
        ("given-up", "dropped"),
        ("again", "carried over"),
        ("fresh", "new"),
        ("quick", "done"),
        ("forgotten", "no longer listed"),
    ]


def test_actions_without_ids_go_by_their_words(tmp_path: Path) -> None:
    before = "  - {action: Greet  families}\n  - {action: تحية العائلات}\n  - {action: شاي}\n  - {id: tea, action: More tea}\n  - {action: Same}\n  - {action: Same}\n"
    after = "  - {id: greet, action: greet families}\n  - {action: تحية العائلات}\n  - {action: More tea}\n  - {action: Same}\n"
    assert actions(tmp_path, before, after) == [
        ("greet", "carried over"),
        ("تحية العائلات", "carried over"),
        ("More tea", "carried over"),
        ("Same", "carried over"),
        ("شاي", "no longer listed"),
        ("Same", "no longer listed"),
    ]


def test_two_ids_are_two_actions_whatever_their_words(tmp_path: Path) -> None:
    assert actions(tmp_path, "  - {id: a, action: Tea}\n", "  - {id: b, action: Tea}\n") == [
        ("b", "new"),
        ("a", "no longer listed"),
    ]


def test_an_action_that_cannot_be_read_is_neither_new_nor_gone(tmp_path: Path) -> None:
    good, bad = "  - {id: tea, action: More tea}\n", "  - {id: tea, action: More tea, due: soon}\n"
    assert actions(tmp_path / "later", good, bad) == [("tea", "unreadable")]
    assert actions(tmp_path / "earlier", bad, good) == [("tea", "carried over")]
    assert actions(tmp_path / "no id", "  - {action: Tea}\n", "  - {action: Tea, stat: done}\n") == [
        ("Tea", "unreadable")
    ]


# -- whatever is rated

ASPECTS = ("gate", "post", "bell", "door")
RATING = st.sampled_from(["red", "amber", "green", "na", None, UNREADABLE, WRONG])
RATINGS = st.fixed_dictionaries({}, optional=dict.fromkeys(ASPECTS, RATING))


def pair(before: Ratings, after: Ratings) -> tuple[Comparison, Comparison, Comparison]:
    """There, back, and the later one with itself."""
    with tempfile.TemporaryDirectory() as folder:
        found = make(Path(folder), [charter(ASPECTS)], evaluation(before, *BEFORE), evaluation(after, *AFTER))
        return compared(found, 0, 1), compared(found, 1, 0), compared(found, 1, 1)


@settings(max_examples=40)
@given(RATINGS, RATINGS)
def test_counts_add_up_and_turn_round(before: Ratings, after: Ratings) -> None:
    there, back, same = pair(before, after)
    assert sum(there.counts.values()) == len(there.moves)
    turned = {
        "improved": "declined",
        "declined": "improved",
        "newly-rated": "no-longer-rated",
        "no-longer-rated": "newly-rated",
    }
    assert kinds(back) == {aspect: turned.get(kind, kind) for aspect, kind in kinds(there).items()}
    assert set(counts(same)) <= {MoveKind.UNCHANGED, MoveKind.UNREADABLE}


@settings(max_examples=40)
@given(RATINGS, RATINGS)
def test_only_levels_count_as_better_or_worse(before: Ratings, after: Ratings) -> None:
    there, _, _ = pair(before, after)
    levels = ("red", "amber", "green")
    for move in there.moves:
        old, new = before.get(move.aspect), after.get(move.aspect)
        assert (move.kind in (MoveKind.IMPROVED, MoveKind.DECLINED, MoveKind.UNCHANGED)) == (
            old in levels and new in levels
        )
        assert (move.kind is MoveKind.UNREADABLE) == bool({old, new} & {UNREADABLE, WRONG})
    rated = [key for key in ASPECTS if before.get(key) in levels and after.get(key) in levels]
    assert set(rated) <= {move.aspect for move in there.moves}


VERSIONS = st.lists(
    st.dictionaries(st.sampled_from(ASPECTS), st.lists(st.sampled_from(ASPECTS), max_size=2), min_size=1),
    min_size=2,
    max_size=4,
)


@settings(max_examples=40)
@given(VERSIONS)
def test_any_chain_of_versions_goes_both_ways(chain: list[dict[str, list[str]]]) -> None:
    """Every aspect rated on either side is in exactly one place, and what goes on forwards goes on backwards."""
    charters = [charter([(key, *olds) for key, olds in one.items()], str(n)) for n, one in enumerate(chain, 1)]
    first = evaluation(dict.fromkeys(chain[0], "red"), *BEFORE)
    last = evaluation(dict.fromkeys(chain[-1], "green"), *AFTER, version=str(len(chain)))
    with tempfile.TemporaryDirectory() as folder:
        found = make(Path(folder), charters, first, last)
        assert len(history(found)) == 2
        there, back = compared(found, 0, 1), compared(found, 1, 0)
    assert {move.aspect for move in there.moves if move.after} == set(chain[-1])
    inherited = {old for move in there.of(MoveKind.IMPROVED) for old in move.from_aspects or (move.aspect,)}
    removed = {move.aspect for move in there.of(MoveKind.REMOVED)}
    assert inherited | removed == set(chain[0])
    assert not inherited & removed
    assert {move.aspect for move in back.of(MoveKind.DECLINED)} == inherited
    assert {move.aspect for move in back.of(MoveKind.ADDED)} == removed


@pytest.mark.parametrize("ratings", [{"gate": "green", "door": "red"}, {"gate": "na", "door": "red"}])
def test_an_aspect_that_only_its_charter_spoils_is_neither_gone_nor_new(tmp_path, ratings):
    whole = charter(["gate", "door"])
    spoilt = charter(["gate", "door"], version="2").replace("text: The gate is good", "detial: The gate is good")
    texts = [evaluation(ratings, *BEFORE), evaluation(ratings, *AFTER, version="2")]
    found = compared(make(tmp_path, [whole, spoilt], *texts))
    expected = {"door": "unchanged", "gate": "unreadable"}
    assert kinds(found) == expected
    back = compared(make(tmp_path, [whole, spoilt], *texts), -1, -2)
    assert kinds(back) == expected


def test_levels_with_one_id_and_no_levels_at_all_break_nothing(tmp_path):
    for scale in ("scale: []\n", "scale: [{id: a, label: A}, {id: a, label: B}]\n"):
        text = charter(["gate"]).replace("key_points:", f"{scale}key_points:")
        found = compared(make(tmp_path, [text], evaluation({"gate": "a"}, *BEFORE), evaluation({"gate": "a"}, *AFTER)))
        assert set(kinds(found).values()) <= {"unchanged", "unreadable"}
        assert found.after.charter.met_rank in (-1, 0)
