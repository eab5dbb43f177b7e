"""Whom a school's file names: found quickly where it is written as nearly everybody writes it, and always the same."""

from hypothesis import given
from hypothesis import strategies as st

from charterkit.files.load import load
from charterkit.insight.ties import NO_TIES, Belonging, Ties, ties_in
from charterkit.model.school import School

LINES = (
    "name: A school",
    "trust: north-trust",
    "trust: north-trust # ours",
    '"trust": north-trust',
    '"tr\\u0075st": north-trust',
    "trust: null",
    "trust: ''",
    "trust:",
    "trust: [a]",
    "trust: North Trust",
    "name: St Mary's",
    'urn: "123456"',
    'address: "The Green',
    'Our trust: x"',
    "kind: trust",
    "members: [ash, beech]",
    "address: |",
    "  trust: other",
    "website: https://trust.example",
)


@given(st.lists(st.sampled_from(LINES), max_size=6, unique=True), st.sampled_from(["\n", "\r\n"]))
def test_as_the_whole_file_says(lines: list[str], ending: str) -> None:
    data = ending.join([*lines, ""]).encode()
    loaded = load(School, data)
    if loaded.model is not None:
        assert ties_in(data) == Ties(loaded.model.trust or "", loaded.model.members)


def test_who_belongs_to_whom() -> None:
    named = {"t": Ties("", ("ash", "gone")), "beech": Ties("t"), "ash": Ties("t"), "cedar": Ties("nowhere")}
    found = Belonging(named, frozenset({"t", "ash", "beech", "cedar"}))
    assert found.members == {"t": ("ash", "gone", "beech"), "nowhere": ("cedar",)}
    assert dict(found.above) == {"ash": ["t"], "gone": ["t"], "beech": ["t"]}
    assert (found.trust("beech"), found.trust("t"), NO_TIES) == ("t", "", Ties())
