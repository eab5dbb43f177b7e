"""Many schools reduced to one overview: what adds up, whatever their order, and what is set apart."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.insight.overview.batch import HeldBatch
from charterkit.insight.overview.counting import MoveCount
from charterkit.insight.overview.overview import OverviewWish, overview
from charterkit.insight.overview.placing import Stand
from charterkit.insight.overview.summary import UnreadFile
from charterkit.model.dates import Cycle
from charterkit.render.overview.words import standing

from .made import ONE, TODAY, TWO, YEAR, rated, school, schools, seen, version


@given(schools(), st.sampled_from([None, "trust", "phase", "school", "group"]), st.randoms())
def test_the_order_of_schools_makes_no_difference(made, by, random):
    mixed = random.sample(made, len(made))
    assert seen(iter(mixed), by=by, cycle=YEAR) == seen(made, by=by, cycle=YEAR)


@given(schools(), st.booleans())
def test_counts_add_up(made, public):
    found = seen(made, cycle=YEAR, is_public=public)
    assert sum(found.stands.values()) == found.population == len(made)
    assert found.schools == found.stands[Stand.RATED] == sum(found.versions.values())
    for each in found.aspects:
        if each.counts:
            assert each.counts.total == each.asked <= found.schools
            assert each.counts.met <= each.counts.rated
    shown = [each.counts for each in found.aspects if each.counts]
    assert found.counts.total == sum(each.total for each in shown)
    assert found.counts.levels == {level: sum(each.levels[level] for each in shown) for level in found.charter.levels}
    if not public:
        lines = [line.counts for line in found.lines if line.counts]
        assert found.counts.met == sum(each.met for each in lines)
        assert found.counts.total == sum(each.total for each in lines)
        assert (found.moves.improved if found.moves else 0) == sum(
            line.moved.improved for line in found.lines if line.moved
        )


@given(schools())
def test_groups_are_all_schools_once(made):
    found = seen(made, cycle=YEAR, by="school")
    assert sum(group.population for group in found.groups) == found.population
    assert sum(group.schools or 0 for group in found.groups) == found.schools
    assert sum(group.population for group in seen(made, cycle=YEAR, by="trust").groups) == found.population


def test_a_term_does_not_count_as_the_year():
    found = seen([school("elm", rated("012")), school("oak", rated("012", "2025-26-autumn"))])
    assert (found.cycle, found.schools) == (YEAR, 1)
    assert {line.slug: line.stand for line in found.lines} == {"elm": Stand.RATED, "oak": Stand.OTHER_CYCLE}


def test_a_merged_aspect_counts_by_the_lowest_rated():
    found = seen(
        [school(f"old-{n}", rated("021")) for n in range(2)]
        + [school(f"new-{n}", rated("021", version="2")) for n in range(3)]
    )
    assert (found.charter.version, found.versions) == ("2", {"1": 2, "2": 3})
    contact = found.aspects[list(TWO.aspects).index("contact")]
    assert contact.counts
    assert contact.counts.levels == {"red": 0, "amber": 2, "green": 3}
    site = found.aspects[list(TWO.aspects).index("site")]
    assert site.asked == 3


def test_another_scale_is_set_apart():
    found = seen([school("elm", rated("012")), school("fir", rated("012")), school("oak", rated("1", version="3"))])
    assert (found.schools, found.apart) == (2, {"3": 1})
    assert found.lines[-1].stand is Stand.APART
    assert found.lines[-1].ratings == ""


def test_a_version_with_none_of_the_aspects_is_set_apart():
    other = version("4", [{"id": "stairs", "text": "Stairs"}])
    made = [school("elm", rated("012")), school("fir", rated("012")), school("oak", rated("2", version="4"))]
    found = overview(made, "small", OverviewWish((ONE, other), TODAY))
    assert (found.schools, found.complete, found.apart) == (2, 2, {"4": 1})


def test_movement_is_counted_from_one_cycle():
    since = {"before": "2024-25", "moves": "+=<"}
    other = {"before": "2024-25-summer", "moves": "+++"}
    found = seen([school(f"s{n}", rated("012", **since)) for n in range(3)] + [school("x", rated("012", **other))])
    assert (found.before, found.before_others) == (Cycle.parse("2024-25"), 1)
    assert found.moves == MoveCount(3, 3, 3, 3, 0)
    asked = seen([school("x", rated("012", **other))], before=Cycle.parse("2024-25-summer"))
    assert asked.moves == MoveCount(1, 3, 0, 0, 0)


def test_movement_is_counted_from_an_older_cycle_that_is_asked_for():
    old, groups = rated("02.", "2023-24", groups=(("boys", "0.."),)), (("boys", "11."),)
    middle = rated("111", "2024-25", before="2023-24", moves="+<n")
    new = rated("110", before="2024-25", moves="==<", groups=groups)
    made = [school(f"s{n}", old, middle, new) for n in range(5)]
    found = seen(made, before=Cycle.parse("2023-24"))
    assert (found.before, found.before_others) == (Cycle.parse("2023-24"), 0)
    assert found.moves == MoveCount(5, 5, 5, 0, 5)
    assert {line.moves for line in found.lines} == {"+<n"}
    assert found.focus_groups[0].moves == MoveCount(5, 5, 0, 0, 5)


def test_an_older_cycle_is_read_on_the_version_that_is_shown():
    merged, new = rated("021", "2023-24"), rated("110", version="2", before="2024-25", moves="==n")
    apart = rated("1", "2023-24", version="3")
    found = seen([school("elm", merged, new), school("fir", apart, new)], before=Cycle.parse("2023-24"))
    assert [line.moves for line in found.lines] == ["+=*", "~~~"]
    later = seen([school("elm", merged, new)], before=YEAR)
    assert later.moves is None


def test_what_is_published_is_not_counted_from_a_draft_that_is_asked_for():
    old, new = rated("000", "2023-24", is_agreed=False), rated("111", before="2024-25", moves="===")
    made = [school(f"s{n}", old, new) for n in range(6)]
    assert seen(made, before=Cycle.parse("2023-24"), is_public=True).moves is None


def test_the_cycle_is_the_newest_that_half_as_many_have_done():
    last = [school(f"s{n:02}", rated("000", "2024-25"), *([rated("000")] if n < 4 else [])) for n in range(10)]
    assert seen(last).cycle == Cycle.parse("2024-25")
    more = [school(f"s{n:02}", rated("000", "2024-25"), *([rated("000")] if n < 5 else [])) for n in range(10)]
    assert seen(more).cycle == YEAR
    assert seen([]).cycle == Cycle.parse("2026-27"), "nobody has: the year of today"


def test_who_has_not_started():
    made = [
        school("begun", rated("...")),
        school("earlier", rated("012", "2024-25")),
        school("later", rated("012", "2026-27")),
        school("never"),
        school("spoilt", unread=(UnreadFile("schools/spoilt/evaluations/a.yaml", "why", ""),)),
        school("other", unread=(UnreadFile("schools/other/evaluations/a.yaml", "why", "another-charter"),)),
        school("done", rated("012")),
    ]
    found = seen(made, cycle=YEAR)
    assert {line.slug: str(line.stand) for line in found.lines} == {
        "begun": "begun",
        "earlier": "earlier",
        "later": "later",
        "never": "never",
        "spoilt": "unread",
        "other": "never",
        "done": "rated",
    }
    assert found.not_started == 5


def test_a_trust_s_list_and_a_school_s_own_word():
    trust = replace(school("ash", kind="trust", members=("elm", "oak")), name="Ash Trust")
    found = seen([trust, school("elm", rated("012")), school("oak", rated("012"), trust="birch")])
    assert {line.slug: (line.trust, line.trust_name) for line in found.lines} == {
        "elm": ("ash", "Ash Trust"),
        "oak": ("birch", "birch"),
    }


def test_authorities_that_are_spelt_otherwise_are_one():
    made = [school(f"s{n}", rated("012"), local_authority=("Lark Council", "lark council")[n % 2]) for n in range(6)]
    found = seen(made, by="local-authority")
    assert [(group.name, group.schools) for group in found.groups] == [("Lark Council", 6)]


def test_weakest_and_strongest_share_no_aspect():
    found = seen([school(f"s{n}", rated("02" + str(n % 3))) for n in range(6)])
    weakest, strongest = ([each.aspect.id for each in some] for some in (found.weakest(), found.strongest()))
    assert (weakest, strongest) == (["gate"], ["phone"])
    assert set(ONE.aspects) > {*weakest, *strongest}
    tied = seen([school(f"s{n}", rated("222")) for n in range(6)])
    assert tied.weakest()[0].aspect.id != tied.strongest()[0].aspect.id


@pytest.mark.parametrize("public", [False, True])
def test_only_what_is_agreed_is_published(public):
    made = [school(f"s{n}", rated("012", is_agreed=n < 5)) for n in range(7)]
    found = seen(made, cycle=YEAR, is_public=public)
    assert found.schools == (5 if public else 7)
    assert found.stands[Stand.DRAFT] == (2 if public else 0)
    assert bool(found.lines) is not public


SINCE = {"before": "2024-25", "moves": "+=<"}


def test_a_group_of_five_is_shown_with_its_movement():
    ash = [school(f"a{n}", rated("012", **SINCE), trust="ash") for n in range(5)]
    ash.append(school("a-new", rated("000"), trust="ash"))
    birch = [school(f"b{n}", rated("222", **SINCE), trust="birch") for n in range(5)]
    found = {group.id: group for group in seen([*ash, *birch], by="trust").groups}
    assert [found[trust].schools for trust in ("ash", "birch")] == [6, 5]
    assert found["ash"].moves == found["birch"].moves == MoveCount(5, 5, 5, 5, 0)
    assert found["birch"].counts
    assert found["birch"].counts.levels == {"red": 0, "amber": 0, "green": 15}
    four = {group.id: group for group in seen([*ash[1:], *birch], by="trust").groups}
    assert four["ash"].schools == 5
    assert four["ash"].moves is four["birch"].moves is None, "four of nine would be told by the other five"


def test_groups_of_phases_stand_in_the_order_of_pupils_ages():
    made = [
        school(f"s{n}", rated("012"), phase=phase) for n, phase in enumerate(["secondary", "", "nursery", "primary"])
    ]
    assert [group.id for group in seen(made, by="phase").groups] == ["nursery", "primary", "secondary", ""]


def focus(many, signs="01.", **more):
    return [school(f"s{n}", rated("012", groups=(("boys", signs),), **more)) for n in range(many)]


def test_a_focus_group_speaks_for_those_who_rated_it():
    found = seen([*focus(5), school("none", rated("012")), school("early", rated("0", "2024-25"))], cycle=YEAR)
    (boys,) = found.focus_groups
    assert (boys.schools, boys.population, boys.complete) == (5, 6, 0)
    assert boys.counts
    assert boys.counts.levels == {"red": 5, "amber": 5, "green": 0}
    assert [cell is not None for cell in boys.aspects] == [True, True, False]
    assert seen(focus(5, "012")).focus_groups[0].complete == 5
    assert seen(focus(4)).focus_groups[0].is_withheld
    blank = seen(focus(5, "...")).focus_groups[0]
    assert (blank.schools, blank.counts) == (5, None)


def test_a_focus_group_s_movement_takes_five_who_had_the_cycle_before():
    made = focus(5, **SINCE)
    moved = [
        replace(each, evaluations=(replace(each.evaluations[0], group_moves=(("boys", "+< "),)),)) for each in made
    ]
    assert seen(moved).focus_groups[0].moves == MoveCount(5, 5, 5, 0, 0)
    other = replace(moved[0], evaluations=(replace(moved[0].evaluations[0], before="2024-25-summer"),))
    assert seen([other, *moved[1:]]).focus_groups[0].moves is None


def test_movement_of_an_aspect_that_is_hidden_is_in_no_group_s():
    made = [school(f"a{n}", rated("012", before="2024-25", moves="++ "), trust="ash") for n in range(6)]
    made += [school(f"b{n}", rated("012", before="2024-25", moves="++ "), trust="birch") for n in range(5)]
    made.append(school("b-more", rated("012", before="2024-25", moves="+++"), trust="birch"))
    found = seen(made, by="trust", is_public=True)
    assert found.aspects[2].moves is None
    assert found.moves
    assert found.moves.improved == sum(group.moves.improved for group in found.groups if group.moves) == 24


def test_two_files_about_the_same_count_inside_and_not_in_public():
    rival = UnreadFile("a.yaml", "it is about the same as 2025-26.yaml.", "small", is_rival=True)
    made = [school(f"a{n}", rated("012")) for n in range(5)] + [school("elm", rated("222"), unread=(rival,))]
    assert seen(made, cycle=YEAR).schools == 6
    public = seen(made, cycle=YEAR, is_public=True)
    assert (public.schools, public.stands[Stand.UNREAD]) == (5, 1)


def test_a_second_file_of_last_year_hides_nobody_who_has_not_started():
    rival = UnreadFile("a.yaml", "it is about the same as 2024-25.yaml.", "small", is_rival=True)
    found = seen([school("elm", rated("222", "2024-25"), unread=(rival,))], cycle=YEAR)
    assert found.lines[0].stand is Stand.EARLIER


def test_who_has_rated_since_has_not_done_so_before():
    made = [school("elm", rated("012", "2023-24")), school("oak", rated("012", "2025-26"))]
    found = seen(made, cycle=Cycle.parse("2023-24"))
    assert {line.slug: line.stand for line in found.lines} == {"elm": Stand.RATED, "oak": Stand.LATER}
    assert standing(found.lines[1]) == "Rated first in a later cycle: 2025-26"


def test_in_public_what_moved_is_told_since_the_last_that_was_agreed():
    first = rated("000", "2023-24")
    draft = rated("222", "2024-25", before="2023-24", moves="+++", is_agreed=False)
    made = [school(f"s{n}", first, draft, rated("101", before="2024-25", moves="<<<")) for n in range(5)]
    found = seen(made, is_public=True)
    assert found.before == Cycle.parse("2023-24")
    assert found.moves == MoveCount(5, 10, 0, 5, 0)
    alone = seen(
        [school(f"s{n}", draft, rated("101", before="2024-25", moves="<<<")) for n in range(5)], is_public=True
    )
    assert alone.before is None
    assert alone.moves is None


def test_batches_say_what_all_at_once_say():
    made = [school(f"s{n}", rated("012", **SINCE), trust=f"t{n % 2}") for n in range(12)]
    made.append(school("t0", kind="trust", members=("s1",)))
    batches = [HeldBatch(made[at : at + 5]) for at in range(0, len(made), 5)]
    assert seen(batches, by="trust") == seen(made, by="trust")


def test_what_cannot_be_read_of_a_trust_is_named_too():
    spoilt = UnreadFile("schools/ash", "it cannot be read.", "")
    found = seen([school("ash", kind="trust", unread=(spoilt,)), school("elm", rated("012"))])
    assert (found.population, found.unread) == (1, (("schools/ash", "it cannot be read."),))
