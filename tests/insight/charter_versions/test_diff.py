"""What differs between two versions of a charter."""

from hypothesis import given
from hypothesis import strategies as st

from charterkit.files.load import load
from charterkit.insight.charter_versions.diff import CharterDiff, DiffKind, charter_diff
from charterkit.model.charter import Charter
from tests.insight.samples import charter


def read(text: str) -> Charter:
    model = load(Charter, text.encode()).model
    assert model
    return model


def between(before: str, after: str) -> CharterDiff:
    old, new = read(before), read(after)
    return charter_diff(old, new, [old, new])


def found(diff: CharterDiff) -> set[tuple[str, str, str]]:
    return {(each.kind.value, each.part, each.id) for each in diff.differences}


def test_aspects_that_are_new_gone_renamed_joined_and_split() -> None:
    after = charter(
        [("entrance", "gate"), ("desk", "door", "office"), ("one", "halves"), ("two", "halves"), "fresh"], "2"
    )
    diff = between(charter(["gate", "door", "office", "halves", "lost"]), after)
    assert found(diff) == {
        ("renamed", "aspect", "entrance"),
        ("merged", "aspect", "desk"),
        ("split", "aspect", "one"),
        ("split", "aspect", "two"),
        ("new", "aspect", "fresh"),
        ("gone", "aspect", "lost"),
    }
    assert next(each for each in diff.differences if each.id == "desk").from_ids == ("door", "office")


def test_an_aspect_in_other_words_under_another_key_point() -> None:
    text = 'id: c\nversion: "1"\ntitle: C\nstatus: draft\nkey_points:\n'
    one = "  - {id: a, title: A, aspects: [{id: x, text: We greet them}]}\n  - {id: b, title: B, aspects: [{id: y, text: Y}]}\n"
    two = "  - {id: a, title: A, aspects: []}\n  - {id: b, title: B, aspects: [{id: y, text: Y}, {id: x, text: We meet them}]}\n"
    diff = between(text + one, text.replace('"1"', '"2"') + two)
    assert found(diff) == {("reworded", "aspect", "x"), ("moved", "aspect", "x")}
    assert [(each.before, each.after) for each in diff.differences] == [("We greet them", "We meet them"), ("A", "B")]


def test_what_is_said_around_them() -> None:
    start = charter(["gate"])
    more = "pledge: [{id: rate, text: Rate it}]\nreferences: [{id: r, text: A book, page: '3'}]\nmet_at: amber\n"
    end = (
        charter(["gate"], "2", scale="two", groups="girls").replace(
            "text: The gate is good", "text: The gate is good, evidence: [survey]"
        )
        + more
    )
    kinds = {(each.kind.value, each.part, each.facet) for each in between(start, end).differences}
    assert kinds >= {
        ("new", "aspect", "evidence"),
        ("new", "duty", "id"),
        ("new", "reference", "id"),
        ("new", "focus-group", "id"),
        ("gone", "focus-group", "id"),
        ("new", "charter", "met_at"),
        ("gone", "level", "id"),
        ("new", "level", "id"),
    }
    assert not between(start, end).is_same_scale
    assert not between(start, end).is_scale_told


def test_levels_that_replace_others_are_told() -> None:
    scale = "scale:\n- {id: low, label: Low, replaces: [red]}\n- {id: mid, label: M, replaces: [amber]}\n- {id: high, label: High, replaces: [green]}\n"
    diff = between(charter(["gate"]), charter(["gate"], "2") + scale)
    assert (diff.is_same_scale, diff.is_scale_told) == (False, True)
    assert {each.kind for each in diff.of("level") if each.facet == "id"} == {DiffKind.RENAMED}


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True))
def test_a_charter_does_not_differ_from_itself(names: list[str]) -> None:
    assert not between(charter(names), charter(names)).differences


@given(
    st.lists(st.sampled_from("abcdef"), min_size=1, unique=True),
    st.lists(
        st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdef")), min_size=1, unique_by=lambda each: each[0]
    ),
)
def test_each_aspect_of_either_is_accounted_for(olds: list[str], news: list[tuple[str, str]]) -> None:
    """What is neither new nor gone goes on; what is gone goes on in nothing."""
    diff = between(charter(olds), charter([new if new == old else (new, old) for new, old in news], "2"))
    own = [each for each in diff.differences if each.part == "aspect" and each.facet == "id"]
    new = {each.id for each in own if each.kind is DiffKind.NEW}
    gone = {each.id for each in own if each.kind is DiffKind.GONE}
    froms = {old for each in own for old in each.from_ids} | ({name for name, _ in news} & set(olds))
    assert gone == set(olds) - froms
    assert new == {name for name, old in news if name not in olds and old not in olds}
