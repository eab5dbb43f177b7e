"""A draft that moves to a later version of its charter loses nothing: not a word, a rating, a comment or an action."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.files.load import load
from charterkit.files.yaml.comments import comments
from charterkit.files.yaml.emit import document, flow
from charterkit.files.yaml.reader import parse, value_at
from charterkit.insight.evaluations.moving_on import Moving, levels_used, moving
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Evaluation
from charterkit.session.moved_file import moved_text
from tests.insight.samples import charter

OLDS = ("gate", "door", "office", "halves", "lost", "same")
OLD = charter(OLDS)
NEW = charter(
    [("entrance", "gate"), ("desk", "door", "office"), ("one", "halves"), ("two", "halves"), "same", "fresh"], "2"
)
SCALE = "scale: [{id: low, label: Low}, {id: middle, label: Middle}, {id: high, label: High}]\n"
HEAD = 'charter: small\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-10-14\n'


def read(text: str) -> Charter:
    model = load(Charter, text.encode()).model
    assert model
    return model


def plan(text: str, new: str = NEW, old: str = OLD, **levels: str) -> Moving:
    before, after = read(old), read(new)
    tree = parse(text.encode()).tree
    assert isinstance(tree, dict)
    return moving(tree, before, after, [before, after], levels)


def moved(text: str, new: str = NEW, old: str = OLD, **levels: str) -> str:
    return moved_text(text, plan(text, new, old, **levels))


def tree(text: str) -> Any:
    found = parse(text.encode())
    assert not found.problems
    return found.tree


HAND = (
    HEAD
    + """\
# Ours.
ratings:   # all of them
  # about the gate
  gate:
    rating: amber   # nearly
    note: |
      # no comment
      Two lines

  door: {rating: "green", note: The door, value: 3 doors, target: {level: green, by: 2027-07}}
  office:
    rating: red     # sadly
    note: The office
    evidence: [{kind: link, url: "https://example.org/a"}]
  halves: {rating: green, x-mine: 1}
  lost:
    # why it is here
    rating: amber
  same: {rating: red}
actions:
  - {id: a, aspect: gate, action: Greet}
  - {id: b, aspect: halves, action: Cut}   # in two
  - {id: c, aspect: lost, action: Find}
  - {id: d, action: Rest}
x-ours: kept
"""
)


def test_a_file_made_by_hand_keeps_every_line_and_only_changes_place() -> None:
    after = moved(HAND)
    assert after.startswith(
        HEAD.replace('"1"', '"2"') + "# Ours.\nratings:   # all of them\n  # about the gate\n  entrance:\n"
    )
    lines = Counter(line.strip() for line in HAND.splitlines())
    gone = lines - Counter(line.strip() for line in after.splitlines())
    assert sorted(gone) == [
        "- {id: a, aspect: gate, action: Greet}",
        "- {id: b, aspect: halves, action: Cut}   # in two",
        "- {id: c, aspect: lost, action: Find}",
        'charter_version: "1"',
        "gate:",
        "halves: {rating: green, x-mine: 1}",
    ]
    found = tree(after)
    assert found["ratings"]["desk"] == {
        "rating": "red",
        "note": "The door is good: The door\nThe office is good: The office",
        "evidence": [{"kind": "link", "url": "https://example.org/a"}],
        "target": {"level": "green", "by": "2027-07"},
        "value": "3 doors",
    }
    assert found["ratings"]["one"] == found["ratings"]["two"] == {"rating": "green", "x-mine": "1"}
    assert list(found["x-ratings-of-version-1"]) == ["door", "office", "lost"]
    assert [action.get("aspect") for action in found["actions"]] == ["entrance", "one", None, None]
    assert found["actions"][2]["x-aspect-of-version-1"] == "lost"
    assert not load(Evaluation, after.encode()).problems


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_and_the_last_one_stay(end: str, last: bool) -> None:
    text = HAND.replace("\n", end)
    after = moved(text if last else text.removesuffix(end))
    assert after.count("\n") == after.count(end)
    assert tree(after) == tree(moved(HAND))


def test_brackets_are_written_anew_and_their_comments_kept() -> None:
    text = HEAD + "ratings: {gate: {rating: red}, # hm\n  door: {rating: amber}, office: {rating: green}}\n"
    after = moved(text)
    assert tree(after)["ratings"] == {"entrance": {"rating": "red"}, "desk": {"rating": "amber"}}
    assert comments(after) == ["# hm"]


def test_where_nothing_has_a_place_all_of_it_is_kept() -> None:
    after = tree(moved(HAND, charter(["other"], "2")))
    assert after["ratings"] == {}
    assert after["x-ratings-of-version-1"] == tree(HAND)["ratings"]


def test_a_file_that_has_moved_before_keeps_what_was_kept_then() -> None:
    third = charter(["same"], "3").replace("small", "small")
    twice = moved(HAND.replace("x-ours: kept", "x-ratings-of-version-1: {mine: 1}"))
    found = tree(twice)
    assert found["x-ratings-of-version-1"] == {"mine": "1"}
    assert list(found["x-ratings-of-version-1-2"]) == ["door", "office", "lost"]
    assert set(tree(moved(twice, third, NEW))) > set(found)


def test_levels_go_where_it_is_said_and_what_stood_there_is_kept() -> None:
    text = (
        HEAD
        + "ratings:\n  gate: {rating: Amber, groups: {boys: red}, target: {level: green}}\n  same: {rating: not-applicable, reason: No}\n"
    )
    after = tree(moved(text, charter(["gate", "same"], "2") + SCALE, red="low", amber="middle", green="high"))
    assert after["ratings"]["gate"] == {"rating": "middle", "groups": {"boys": "low"}, "target": {"level": "high"}}
    assert after["ratings"]["same"] == {"rating": "not-applicable", "reason": "No"}
    kept = {"gate": {"rating": "Amber", "groups": {"boys": "red"}, "target": {"level": "green"}}}
    assert after["x-levels-of-version-1"] == {"ratings": kept}


def test_a_group_that_is_gone_is_kept_beside() -> None:
    text = (
        HEAD
        + "ratings:\n  gate: {rating: amber, groups: {boys: red}}\n  same: {rating: red, groups: {boys: red, x: red}}\n"
    )
    after = tree(moved(text, charter(["gate", "same"], "2", groups="girls")))
    assert after["ratings"] == {"gate": {"rating": "amber"}, "same": {"rating": "red", "groups": {"x": "red"}}}
    assert after["x-levels-of-version-1"]["ratings"]["gate"] == {"groups": {"boys": "red"}}


def test_key_points_and_the_whole_go_on_where_they_are_rated() -> None:
    both = charter(["gate"]) + "rated: both\n"
    text = (
        HEAD
        + "ratings:\n  gate: {rating: red}\nkey_points:\n  welcome: {rating: amber}\noverall: {rating: green, note: All in all}\n"
    )
    assert tree(moved(text, charter(["gate"], "2") + "rated: both\n", both)) == {**tree(text), "charter_version": "2"}
    alone = tree(moved(text, charter(["gate"], "2"), both))
    assert (alone["key_points"], "overall" in alone) == ({}, False)
    assert alone["x-key-points-of-version-1"] == {"welcome": {"rating": "amber"}}
    assert alone["x-overall-of-version-1"] == {"rating": "green", "note": "All in all"}
    points = tree(moved(text, charter(["gate"], "2") + "rated: key-points\n", both))
    assert points["x-ratings-of-version-1"] == {"gate": {"rating": "red"}}
    assert points["key_points"] == {"welcome": {"rating": "amber"}}


def test_an_entry_that_no_version_knows_stays_where_it_is() -> None:
    assert tree(moved(HEAD + "ratings:\n  odd: {rating: red}\n"))["ratings"] == {"odd": {"rating": "red"}}


def test_levels_that_are_used_anywhere() -> None:
    text = (
        HEAD
        + "ratings:\n  gate: {rating: red, groups: {boys: amber}, target: {level: green}}\n  same: {note: n}\noverall: {rating: x}\n"
    )
    assert list(levels_used(tree(text))) == ["red", "green", "amber", "x"]


def test_what_a_plan_says_of_itself() -> None:
    found = plan(HAND)
    assert found.starting == ("fresh",)
    assert [(turn.action, turn.old, turn.new) for turn in found.actions] == [
        ("Greet", "gate", "entrance"),
        ("Cut", "halves", "one"),
        ("Find", "lost", None),
    ]
    (section,) = found.sections
    assert section.set_aside == ["lost"]
    assert section.is_change
    assert not plan(HEAD + "ratings: {same: {rating: red}}\n").sections[0].is_change


def test_an_action_about_a_key_point_goes_on_where_that_does() -> None:
    both = charter(["gate"]) + "rated: both\n"
    text = HEAD + "ratings: {}\nactions:\n  - {aspect: welcome, action: Do}\n"
    assert tree(moved(text, both.replace('"1"', '"2"'), both))["actions"] == [{"aspect": "welcome", "action": "Do"}]
    gone = tree(moved(text, both.replace('"1"', '"2"').replace("id: welcome", "id: other"), both))["actions"]
    assert gone == [{"x-aspect-of-version-1": "welcome", "action": "Do"}]


def test_a_group_alone_in_its_entry_leaves_an_entry() -> None:
    text = HEAD + "ratings:\n  gate:\n    groups:\n      boys: red\n"
    after = tree(moved(text, charter(["gate"], "2", groups="girls")))
    assert after["ratings"] == {"gate": {"groups": {}}}


def test_of_two_entries_one_that_holds_nothing_joins_nothing() -> None:
    after = tree(moved(HEAD + "ratings:\n  door: {}\n  office: {rating: red, x-own: 1}\n"))
    assert after["ratings"] == {"desk": {"rating": "red", "x-own": "1"}}
    assert after["x-ratings-of-version-1"] == {"door": {}}


def test_a_third_name_where_two_are_taken() -> None:
    text = HAND.replace("x-ours: kept", "x-ratings-of-version-1: {a: 1}\nx-ratings-of-version-1-2: {a: 1}")
    assert list(tree(moved(text))["x-ratings-of-version-1-3"]) == ["door", "office", "lost"]


def test_an_entry_that_holds_nothing_goes_on_as_it_is() -> None:
    assert tree(moved(HEAD + "ratings: {gate: {}, same: {}}\n")) == tree(HEAD) | {
        "charter_version": "2",
        "ratings": {"entrance": {}, "same": {}},
    }


def test_of_three_that_are_joined_the_empty_one_is_kept_beside() -> None:
    old, new = charter(["a", "b", "c"]), charter([("all", "a", "b", "c")], "2")
    found = plan(HEAD + "ratings: {a: {}, b: {rating: red}, c: {rating: amber}}\n", new, old).sections[0]
    assert (dict(found.merged), found.set_aside) == ({"all": ("b", "c")}, ["a"])


@pytest.mark.parametrize(
    ("new", "is_change"),
    [
        (["a", "b"], False),
        (["b", "a"], False),
        (["a", ("c", "b")], True),
        (["a"], True),
        (["a", "b", ("c", "a", "b")], True),
    ],
)
def test_a_list_of_ratings_changes_where_an_entry_does(new: list[str | tuple[str, ...]], is_change: bool) -> None:
    text = HEAD + "ratings: {a: {rating: red}, b: {rating: amber}}\n"
    found = plan(text, charter(new, "2"), charter(["a", "b"]))
    assert found.sections[0].is_change is is_change
    assert (
        tree(moved(text, charter(new, "2"), charter(["a", "b"])))["ratings"] == tree(text)["ratings"]
    ) is not is_change


def test_two_aspects_that_stay_and_are_joined_as_well() -> None:
    after = tree(
        moved(
            HEAD + "ratings: {a: {rating: red}, b: {rating: amber}}\n",
            charter(["a", "b", ("c", "a", "b")], "2"),
            charter(["a", "b"]),
        )
    )
    assert {name: entry["rating"] for name, entry in after["ratings"].items()} == {"a": "red", "b": "amber", "c": "red"}
    assert "x-ratings-of-version-1" not in after


LEVELS = {"red": "low", "amber": "middle", "green": "high"}


def test_the_levels_that_are_called_otherwise_are_named_once() -> None:
    text = (
        HEAD + "ratings:\n  gate: {rating: red, groups: {boys: amber}, target: {level: green}}\n  same: {rating: red}\n"
    )
    found = plan(text, charter(["gate", "same"], "2") + SCALE, **LEVELS)
    assert found.levels == (("amber", "middle"), ("red", "low"), ("green", "high"))
    text = HEAD + "ratings: {gate: {rating: red, groups: {boys: amber}}, same: {rating: red, groups: {}}}\n"
    same = plan(text, charter(["gate", "same"], "2"))
    assert (same.levels, [change.at for change in same.changes]) == ((), [("charter_version",)])


def test_the_groups_that_count_no_more_are_those_of_the_charter() -> None:
    text = HEAD + "ratings: {gate: {groups: {boys: red, x: red}}, same: {rating: red, groups: {boys: red}}}\n"
    assert plan(text, charter(["gate", "same"], "2", groups="girls")).groups_gone == ("boys",)
    assert plan(text, charter(["gate", "same"], "2")).groups_gone == ()


def test_the_rating_of_the_whole_on_another_scale() -> None:
    both = charter(["gate"]) + "rated: both\n"
    text = HEAD + "ratings: {gate: {rating: red}}\noverall: {rating: green, note: All}\n"
    after = tree(moved(text, charter(["gate"], "2") + SCALE + "rated: both\n", both, **LEVELS))
    assert after["overall"] == {"rating": "high", "note": "All"}
    assert after["x-levels-of-version-1"] == {"ratings": {"gate": {"rating": "red"}}, "overall": {"rating": "green"}}
    alone = tree(moved(text, charter(["gate"], "2") + SCALE, both, **LEVELS))
    assert ("overall" in alone, alone["x-overall-of-version-1"]) == (False, {"rating": "green", "note": "All"})


def test_what_a_version_that_rates_aspects_asks_after_one_that_rates_key_points() -> None:
    points = charter(["gate"]) + "rated: key-points\n"
    text = (
        HEAD
        + "key_points: {welcome: {rating: red}}\nactions: [{aspect: gate, action: Do}, {aspect: welcome, action: Be}]\n"
    )
    found = plan(text, charter(["gate"], "2"), points)
    assert found.starting == ("gate",)
    assert found.actions == ()
    assert plan(HEAD + "ratings: {}\n", charter(["gate"], "2") + "rated: key-points\n", charter(["gate"])).starting == (
        "welcome",
    )


def test_of_actions_those_are_named_whose_aspect_is_called_otherwise() -> None:
    text = (
        HEAD
        + "ratings: {}\nactions: [{aspect: same, action: A}, {aspect: odd, action: B}, {aspect: gate}, {action: C}]\n"
    )
    assert [(turn.action, turn.old, turn.new) for turn in plan(text).actions] == [("", "gate", "entrance")]
    assert [each.get("aspect") for each in tree(moved(text))["actions"]] == ["same", "odd", "entrance", None]


# -- whatever people have written

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x85"), min_size=1, max_size=12) | st.sampled_from(
    [
        "# no comment",
        "a: b",
        "Two\nlines",
        "  blanks  ",
        "=cmd()",
        "<script>",
        "مرحبا",
        "no",
        "12:30",
        "'",
        '"',
        "- x",
        "|",
    ]
)
LEVEL = st.sampled_from(["red", "amber", "green"])
ENTRY = st.fixed_dictionaries(
    {},
    optional={
        "rating": LEVEL,
        "strengths": WORDS,
        "note": WORDS,
        "ideas": st.lists(WORDS, min_size=1, max_size=2),
        "groups": st.fixed_dictionaries({"boys": LEVEL}),
        "evidence": st.lists(
            st.fixed_dictionaries({"kind": st.just("observation"), "note": WORDS}), min_size=1, max_size=2
        ),
        "target": st.fixed_dictionaries({"level": LEVEL, "by": st.just("2027-07")}),
        "value": st.just("62%"),
        "x-own": WORDS,
    },
)
RATINGS = st.dictionaries(st.sampled_from(OLDS), ENTRY, max_size=len(OLDS))
ACTIONS = st.lists(st.fixed_dictionaries({"aspect": st.sampled_from(OLDS), "action": WORDS}), max_size=3)
ASPECTS = st.lists(
    st.tuples(st.sampled_from([*OLDS, "new", "newer"]), st.lists(st.sampled_from(OLDS), max_size=3, unique=True)),
    max_size=6,
    unique_by=lambda each: each[0],
)


@st.composite
def files(draw: st.DrawFn) -> str:
    """A draft with comments anywhere, in lines, in braces, or both."""
    ratings, actions = draw(RATINGS), draw(ACTIONS)
    text = HEAD
    if draw(st.booleans()):
        text += f"ratings: {flow(ratings)}\n"
    else:
        text += "ratings:\n" if ratings else "ratings: {}\n"
        for name, entry in ratings.items():
            text += draw(st.sampled_from(["", "  # above\n", "\n", "    # deeper\n\n"]))
            braces = draw(st.booleans()) or not entry
            made = f"{name}: {flow(entry)} # {name}\n" if braces else document({name: entry})
            text += "".join(f"  {line}\n" if line else "\n" for line in made.splitlines())
    text += document({"actions": actions}) if actions else ""
    text += draw(st.sampled_from(["", "# the end\n", "overall: {note: All}\n"]))
    return text if draw(st.booleans()) else text.replace("\n", "\r\n")


def scalars(found: Any) -> Iterator[str]:
    """Every word of a tree that is no key."""
    for inner in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from scalars(inner)
    if isinstance(found, str):
        yield from re.findall(r"\S+", found)


@given(files(), ASPECTS, st.booleans())
def test_every_word_of_the_old_file_is_in_the_new_one(
    text: str, aspects: list[tuple[str, list[str]]], other_scale: bool
) -> None:
    news = [(name, *[old for old in olds if old != name]) for name, olds in aspects]
    new = charter(news, "2") + (SCALE if other_scale else "")
    levels = {"red": "low", "amber": "middle", "green": "high"} if other_scale else {}
    after = moved(text, new, OLD, **levels)
    before, now = tree(text), tree(after)
    old_words, new_words = Counter(scalars(before["ratings"])), Counter(scalars(now))
    assert set(old_words) <= set(new_words)
    assert set(scalars(before.get("actions", []))) <= set(new_words) | {
        each["aspect"] for each in before.get("actions", ())
    }
    assert len(now.get("actions", ())) == len(before.get("actions", ()))
    assert not Counter(comments(text)) - Counter(comments(after))
    assert now["charter_version"] == "2"


@given(files(), ASPECTS)
def test_each_entry_goes_on_whole_or_is_kept_whole(text: str, aspects: list[tuple[str, list[str]]]) -> None:
    """Each old entry stands somewhere as it was; and no aspect is rated better than the worst that it goes on from."""
    news = [(name, *[old for old in olds if old != name]) for name, olds in aspects]
    found = plan(text, charter(news, "2"))
    before, now = tree(text), tree(moved(text, charter(news, "2")))
    everywhere = [*now["ratings"].values(), *now.get("x-ratings-of-version-1", {}).values()]
    for entry in before["ratings"].values():
        assert entry in everywhere
    ranks = {"red": 0, "amber": 1, "green": 2}
    for section in found.sections:
        for new, olds in section.merged.items():
            rated = [ranks[entry["rating"]] for old in olds if "rating" in (entry := before["ratings"][old])]
            made = now["ratings"][new].get("rating")
            assert made == (min(rated, key=int) if rated else None) or ranks[made] == min(rated)
    for number, action in enumerate(before.get("actions", ())):
        assert value_at(now, ("actions", number, "action")) == action["action"]
