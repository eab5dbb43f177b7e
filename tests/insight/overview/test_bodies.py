"""Whose member a school is, and what its visits and certificates come to on a day, in whose ever folder they lie."""

from dataclasses import replace
from datetime import timedelta

import pytest

from charterkit.insight.overview.bodies import Bodies, recognised
from charterkit.insight.overview.census import Census, about, census
from charterkit.insight.overview.summary import CertificateSummary, VisitSummary

from .made import TODAY, YEAR, rated, school, seen


def certificate(given="2025-03-01", until="2028-02-29", *, revoked=False, suspended=False, award="Silver"):
    return CertificateSummary(given, until, revoked, suspended, award)


def among(schools):
    return Bodies.among(Census.of(census(schools, "small", is_public=False)))


def visit(day="", *certificates, requested="", is_held=True, school="elm", charter="small"):
    return VisitSummary(school, charter, "", "", requested, day, is_held, certificates)


STANDINGS = {
    "holds": (certificate(), "valid"),
    "on its last day": (certificate(until=TODAY.isoformat()), "valid"),
    "a day after it": (certificate(until=(TODAY - timedelta(days=1)).isoformat()), "expired"),
    "for ever": (certificate(until=""), "valid"),
    "suspended": (certificate(suspended=True), "suspended"),
    "suspended, for ever": (certificate(until="", suspended=True), "suspended"),
    "suspended and run out": (certificate(until="2026-01-31", suspended=True), "expired"),
    "revoked": (certificate(revoked=True), "revoked"),
    "revoked and run out": (certificate(until="2026-01-31", revoked=True), "revoked"),
}


@pytest.mark.parametrize("name", STANDINGS)
def test_how_a_certificate_stands(name):
    held, state = STANDINGS[name]
    found = recognised([visit("2025-02-01", held)], TODAY)
    assert (found.certificate, found.until, found.award) == (state, held.until, "Silver")


def test_the_certificate_that_was_given_last_counts_and_of_one_day_the_one_that_holds_longer():
    old, new = certificate("2023-03-01", "2030-01-01", award="Gold"), certificate("2025-03-01", "2028-02-29")
    longer = certificate("2025-03-01", "2029-02-28", award="Platinum")
    assert recognised([visit("2025-02-01", new), visit("2023-02-01", old)], TODAY).award == "Silver"
    assert recognised([visit("2025-02-01", longer, new)], TODAY).until == "2029-02-28"


SEEN = {
    "nothing": ([], ("", "", False)),
    "held": ([visit("2026-03-10")], ("2026-03-10", "", False)),
    "the last of two": ([visit("2026-05-10"), visit("2026-03-10")], ("2026-05-10", "", False)),
    "held this month, which is not over": ([visit("2026-11-30")], (TODAY.isoformat(), "", False)),
    "held, it says, next month": ([visit("2026-12-01")], ("", "", False)),
    "held on no day": ([visit()], ("", "", False)),
    "to come": ([visit("2026-12-01", is_held=False)], ("", "2026-12-01", False)),
    "the next of two": ([visit(day, is_held=False) for day in ("2027-01-01", "2026-12-01")], ("", "2026-12-01", False)),
    "today": ([visit(TODAY.isoformat(), is_held=False)], ("", TODAY.isoformat(), False)),
    "let pass": ([visit("2026-11-21", is_held=False)], ("", "", False)),
    "asked for": ([visit(requested="2026-10-01", is_held=False)], ("", "", True)),
    "asked for, and a day agreed": (
        [visit("2026-12-01", requested="2026-10-01", is_held=False)],
        ("", "2026-12-01", False),
    ),
    "asked for, and held on no day": ([visit(requested="2026-10-01")], ("", "", False)),
}


@pytest.mark.parametrize("name", SEEN)
def test_when_somebody_came_and_comes(name):
    visits, expected = SEEN[name]
    found = recognised(visits, TODAY)
    assert (found.last_visit, found.next_visit, found.is_waiting) == expected
    assert (found.certificate, found.until, found.award) == (None, "", "")


def test_visits_are_the_visited_school_s_whose_ever_folder_they_lie_in_and_about_this_charter():
    asked, held = visit(requested="2026-04-01", charter=""), visit("2026-03-10")
    other = visit("2026-01-10", charter="another")
    trust = school("ash", kind="trust", visits=(asked, replace(held, school="oak")))
    mislaid = replace(held, day="2026-05-10", school="oak")
    every = [trust, school("elm", visits=(held, other)), school("oak"), school("fir", visits=(mislaid,))]
    bodies = among(every)
    found = {each.slug: bodies.visits_of(about(each, "small", is_public=False)) for each in every[1:]}
    assert found == {"elm": [held, asked], "oak": [replace(held, school="oak"), mislaid], "fir": []}


def test_of_two_bodies_that_list_a_school_the_first_by_name_and_before_both_the_school_s_word():
    bodies = [
        school("cedar", kind="trust", members=("elm", "oak")),
        school("birch", kind="trust", members=("elm",)),
        school("lark", kind="local-authority", name="Lark  Council", members=("elm", "oak", "yew")),
        school("dove", kind="local-authority", name="Dove Council", members=("yew",)),
    ]
    own = [
        school("elm", members=("oak", "yew")),
        school("oak", trust="nowhere", local_authority="lark council"),
        school("yew", local_authority=""),
    ]
    found = among([*own, *bodies])
    assert {each.slug: found.trust(each) for each in own} == {"elm": "birch", "oak": "nowhere", "yew": ""}
    assert {each.slug: found.authority(each) for each in own} == {
        "elm": "Lark  Council",
        "oak": "Lark  Council",
        "yew": "Dove Council",
    }
    assert found.names == {"cedar": "Cedar", "birch": "Birch"}


def test_authorities_in_letters_that_no_slug_has_stay_apart():
    schools = [school("elm", local_authority="東"), school("oak", local_authority="西")]
    assert [among(schools).authority(each) for each in schools] == ["東", "西"]


def test_an_overview_counts_every_school_s_certificates_and_visits():
    """Also of schools that have rated nothing: a visit needs no self-evaluation."""
    made = [
        school("a", rated("012"), visits=(visit("2025-11-22", certificate(), school="a"),), signed=("small",)),
        school("b", visits=(visit("2025-11-21", certificate(until="2026-01-01"), school="b"),), signed=("another",)),
        school("c", visits=(visit("2026-12-01", is_held=False, school="c"),), signed=("small", "another")),
        school("d", visits=(visit(requested="2026-10-01", is_held=False, school="d"),)),
        school("e", visits=(visit("2026-10-01", certificate(), charter="another", school="e"),)),
    ]
    found = seen(made, cycle=YEAR)
    assert found.certificates == {"valid": 1, "expired": 1}
    assert (found.visited, found.to_be_visited, found.waiting, found.signed) == (1, 1, 1, 2)
