"""Titles as schools word them, against the names of the `england` pack's entries."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.insight.policies.packs import builtin_packs
from charterkit.insight.policies.titles import TitleMeans, TitleNames, usual_titles, words_of
from charterkit.model.policy import Policy

NAMES = TitleNames(builtin_packs()["england"].entries)
HERE = Path(__file__).parent


def meant(title: str, own: str = "", **facts: object) -> TitleMeans:
    made = Policy.model_validate({"id": "any", "title": title, "status": "live", **facts})
    return NAMES.meant(made, words_of(own))


def rows(name: str) -> list[tuple[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("|") for line in lines if line and not line.startswith("#"))
    return [(title, entry) for title, entry in pairs]


def test_the_handed_titles() -> None:
    handed = rows("titles-handed.txt")
    found = [(entry, meant(title)) for title, entry in handed]
    assert sum(entry in each.answers for entry, each in found) >= 33
    assert all(not each.answers or entry in each.answers for entry, each in found), "none is claimed for another entry"
    assert all(entry in (*each.answers, *each.near) for entry, each in found)


def test_titles_of_our_own_and_some_that_answer_nothing() -> None:
    for title, entry in rows("titles.txt"):
        found = meant(title)
        if entry.startswith("~"):
            assert (found.answers, entry[1:] in found.near) == ((), True), title
        elif entry:
            assert entry in found.answers, title
        else:
            assert found == TitleMeans(), title


@pytest.mark.parametrize(
    ("title", "answers", "near"),
    [
        ("SEND Policy and Information Report", ("special-educational-needs",), "sen-information-report"),
        ("Equality Information and Objectives", ("equality-objectives",), "equality-information"),
        ("Behaviour and Attendance Policy", ("behaviour",), "attendance"),
        ("Complaints", ("complaints", "complaints-academy"), ""),
    ],
)
def test_one_title_answers_one_entry_and_is_near_to_the_others(title: str, answers: tuple[str, ...], near: str) -> None:
    found = meant(title)
    assert found.answers == answers
    assert (near in found.near) == bool(near)


def test_what_the_file_says_goes_before_what_its_title_says() -> None:
    assert meant("Behaviour", requirement=["attendance", "school-food"]) == TitleMeans(("attendance", "school-food"))
    assert meant("Our promise to each other", id="behaviour").answers == ("behaviour",)


def test_the_school_s_name_says_nothing() -> None:
    assert meant("Ash Lane Behaviour Policy").answers == ()
    assert meant("Ash Lane Behaviour Policy", "Ash Lane Primary School").answers == ("behaviour",)
    assert meant("Behaviour Policy", "Good Behaviour School").answers == ("behaviour",)


def test_the_list_says_where_it_is_from_and_names_entries_that_there_are() -> None:
    made = usual_titles()
    ids = {entry.id for pack in builtin_packs().values() for entry in pack.entries}
    assert made.basis
    assert all(phrase.source for phrase in made.phrases)
    assert {each.entry for each in made.usual} <= ids
    assert [name for each in made.usual for name in (*each.names, *each.near) if not words_of(name)] == []


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_title_can_be_read(title: str, own: str) -> None:
    found = meant(title, own)
    assert set(found.answers).isdisjoint(found.near)
