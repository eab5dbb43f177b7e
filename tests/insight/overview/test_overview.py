"""Many schools reduced to one overview: what adds up, whatever their order, and what is set apart."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.errors import Refused
from charterkit.insight.evaluations.summary import Distribution
from charterkit.insight.overview.batch import HeldBatch
from charterkit.insight.overview.counting import MoveCount
from charterkit.insight.overview.lines import OverdueCount
from charterkit.insight.overview.overview import OverviewWish, overview
from charterkit.insight.overview.placing import Stand
from charterkit.insight.overview.summary import CertificateSummary, UnreadFile, VisitSummary
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
    assert (found.with_three, {line.stuck for line in found.lines}) == (0, {""})


def test_another_scale_is_set_apart():
    found = seen([school("elm", rated("012")), school("fir", rated("012")), school("oak", rated("1", version="3"))])
    assert (found.schools, found.apart) == (2, {"3": 1})
    apart = found.lines[-1]
    assert apart.stand is Stand.APART
    assert (apart.version, apart.before, apart.moves, apart.moved, apart.stuck, apart.groups) == (
        "3",
        "",
        "",
        None,
        "",
        (),
    )
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
    assert {line.slug: (line.moves, line.moved) for line in found.lines if line.slug in ("s0", "x")} == {
        "s0": ("+=<", MoveCount(1, 1, 1, 1, 0)),
        "x": ("", None),
    }
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
    with pytest.raises(Refused, match="not before"):
        seen([school("elm", merged, new)], before=YEAR)


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
    assert seen(focus(5), by="group").groups == seen(focus(5)).focus_groups
    assert seen(focus(5)).groups == ()
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
    for charter, is_rival, schools_counted in (
        ("", True, 5),
        ("another", True, 6),
        ("small", False, 6),
        (None, False, 6),
    ):
        file = UnreadFile("a.yaml", "why", charter, is_rival=is_rival)
        other = [*made[:5], school("elm", rated("222"), unread=(file,))]
        assert seen(other, cycle=YEAR, is_public=True).schools == schools_counted, file


def test_a_second_file_of_last_year_hides_nobody_who_has_not_started():
    rival = UnreadFile("a.yaml", "it is about the same as 2024-25.yaml.", "small", is_rival=True)
    found = seen([school("elm", rated("222", "2024-25"), unread=(rival,))], cycle=YEAR)
    assert found.lines[0].stand is Stand.EARLIER


def test_who_has_rated_since_has_not_done_so_before():
    made = [school("elm", rated("012", "2023-24")), school("oak", rated("012", "2025-26"))]
    found = seen(made, cycle=Cycle.parse("2023-24"))
    assert {line.slug: line.stand for line in found.lines} == {"elm": Stand.RATED, "oak": Stand.LATER}
    assert standing(found.lines[1]) == "Rated first in a later cycle: 2025-26"


def certified(slug, day="2028-01-01", **more):
    held = CertificateSummary("2025-03-01", day, is_revoked=False, is_suspended=False, award="")
    return school(slug, visits=(VisitSummary(slug, "", "", "", "", "2025-02-01", True, (held,)),), **more)


def test_certificates_that_hold_are_counted_by_group_and_by_school():
    rest = [school(f"b{n}", trust="birch") for n in range(5)]
    made = [
        certified("elm", trust="ash"),
        certified("oak", "2026-01-01", trust="ash"),
        *[school(f"a{n}", rated("012"), trust="ash") for n in range(6)],
    ]
    assert [group.certified for group in seen([*made, *rest], cycle=YEAR, by="trust").groups] == [1, None]
    assert [group.certified for group in seen([*made, *rest[1:]], cycle=YEAR, by="trust").groups] == [None, None]
    found = {group.id: group.certified for group in seen(made, cycle=YEAR, by="school").groups}
    assert (found["elm"], found["oak"], found["a0"]) == (1, 0, 0)


def test_what_a_school_agreed_another_year_is_not_agreed_now():
    made = [school("elm", rated("012", "2024-25")), school("oak", rated("012"))]
    assert {group.id: group.agreed for group in seen(made, cycle=YEAR, by="school").groups} == {"elm": 0, "oak": 1}


def test_groups_go_by_their_names_and_whoever_is_in_none_comes_last():
    trusts = [replace(school(slug, kind="trust"), name=name) for slug, name in (("b", "abbey"), ("a", "Beech"))]
    made = [school(f"s{n}", trust=trust) for n, trust in enumerate(["", "a", "b", "yew"])]
    assert [group.name for group in seen([*trusts, *made], by="trust").groups] == ["abbey", "Beech", "yew", ""]


def test_phases_come_in_their_order_and_not_the_alphabet_s():
    made = [school(f"s{n}", phase=phase) for n, phase in enumerate(["all-through", "secondary", "nursery"])]
    assert [group.id for group in seen(made, by="phase").groups] == ["nursery", "secondary", "all-through"]


@pytest.mark.parametrize(("due", "is_over"), [("2026-11-21", 1), ("2026-11-22", 0), ("2026-11-23", 0), ("", 0)])
def test_what_is_due_today_is_not_overdue_yet(due, is_over):
    more = {"actions": (("small", due), ("another", "2020-01-01")), "reviews": (due, due)}
    body = {"kind": "trust", "reviews": (due, "2020-01-01")}
    found = seen([school("elm", **more), school("oak", reviews=(due,)), school("ash", **body)])
    assert (found.lines[0].actions_overdue, found.lines[0].policies_overdue) == (is_over, 2 * is_over)
    assert (found.actions, found.policies) == (OverdueCount(is_over, is_over), OverdueCount(2 * is_over, 3 * is_over))
    assert [(each.slug, each.policies_overdue) for each in found.bodies] == [("ash", 1 + is_over)]
    assert not seen([school("ash", **body)], beside={"ash"}).bodies
    public = seen([school("elm", **more), school("ash", **body)], is_public=True)
    assert public.bodies == ()
    assert public.actions == public.policies == OverdueCount(0, 0)


def test_weakest_first_by_who_is_at_the_mark_then_by_who_is_at_the_lowest():
    found = seen([school(f"s{n}", rated("102"[n % 3] + "01"[n % 2] + "2")) for n in range(6)])
    assert [each.aspect.id for each in found.weakest()] == ["phone"]
    four = version("1", [{"id": name, "text": name} for name in "abcd"])
    signs = ["1022", "1122", "1112", "1112"]
    wide = overview(
        [school(f"s{n}", rated(each)) for n, each in enumerate(signs)], "small", OverviewWish((four,), TODAY)
    )
    assert [each.aspect.id for each in wide.weakest()] == ["b", "a"], "more are at the lowest of b"
    assert [each.aspect.id for each in wide.strongest()] == ["d", "c"]
    assert [each.aspect.id for each in wide.strongest(1)] == ["d"]
    assert [each.share for each in wide.aspects] == [0, 0, 0.5, 1]


def test_an_aspect_that_few_have_rated_is_neither_weak_nor_strong():
    """Enough is five schools, or half of them where that is fewer."""
    made = [school(f"s{n}", rated(("0" if n < 4 else ".") + "12")) for n in range(20)]
    assert [each.aspect.id for each in seen(made).weakest()] == ["phone"]
    made[4] = school("s4", rated("012"))
    assert [each.aspect.id for each in seen(made).weakest()] == ["gate"]
    three = [school(f"s{n}", rated(("0" if n < 1 else ".") + "12")) for n in range(3)]
    assert [each.aspect.id for each in seen(three).weakest()] == ["phone"]
    three[1] = school("s1", rated("012"))
    assert [each.aspect.id for each in seen(three).weakest()] == ["gate"]


def test_stuck_those_of_most_schools_first():
    since = {"before": "2024-25", "moves": "==="}
    made = [school(f"s{n}", rated("000", **since, stuck="!!." if n else ".!.")) for n in range(3)]
    made.append(school("new", rated("000")))
    found = seen(made)
    assert [(each.aspect.id, each.stuck) for each in found.stuck()] == [("phone", 3), ("gate", 2)]
    assert [each.aspect.id for each in found.stuck(1)] == ["phone"]
    assert found.with_three == 3


def test_how_many_moved_stand_beside_how_many_can_be_compared():
    assert MoveCount(6, 1, 2, 4, 8).compared == 7


def test_five_are_weakest_and_strongest_and_ten_stuck():
    many = version("1", [{"id": f"a{n:02}", "text": "A"} for n in range(24)])
    found = rated("0" * 12 + "2" * 12, before="2024-25", moves="=" * 24, stuck="!" * 12 + "." * 12)
    every = overview([school("elm", found)], "small", OverviewWish((many,), TODAY))
    assert (len(every.weakest()), len(every.strongest()), len(every.stuck())) == (5, 5, 10)


def test_what_a_trust_rated_itself_counts_for_no_school():
    trust = school("ash", rated("000", "2026-27"), rated("000", version="2", before="2023-24"), kind="trust")
    found = seen([trust, school("elm", rated("012", before="2024-25", moves="==="))])
    assert (found.cycle, found.charter.version, found.schools) == (YEAR, "1", 1)
    assert (found.before, found.population, dict(found.cycles)) == (Cycle.parse("2024-25"), 1, {YEAR: 1})


def test_the_cycle_of_what_is_published_is_one_that_schools_have_agreed():
    made = [school(f"a{n}", rated("012", "2024-25"), rated("012", is_agreed=False)) for n in range(6)]
    assert (seen(made).cycle, seen(made).is_chosen) == (YEAR, True)
    assert (seen(made, cycle=YEAR).cycle, seen(made, cycle=YEAR).is_chosen) == (YEAR, False)
    made.append(school("new"))
    assert seen(made, is_public=True).cycle == Cycle.parse("2024-25")
    assert dict(seen(made, is_public=True).cycles) == {Cycle.parse("2024-25"): 6}
    early = [school("b", rated("012", "2026-27", is_agreed=False))]
    few = [school(f"a{n}", rated("012", "2024-25", is_agreed=False)) for n in range(6)]
    assert seen([*few, *early], is_public=True).cycle == Cycle.parse("2024-25")
    drafts = [school(f"a{n}", rated("012", is_agreed=False)) for n in range(6)]
    assert seen(drafts, is_public=True).cycle == YEAR, "nothing is agreed: the year whose drafts are not counted"


def test_version_and_cycle_before_are_those_of_the_schools_that_are_counted():
    made = [school(f"s{n}", rated("012", "2023-24", "2", before="2022-23", moves="===")) for n in range(3)]
    found = seen([*made, school("elm", rated("012", before="2024-25", moves="==="))], cycle=YEAR)
    assert (found.charter.version, found.before, found.schools) == ("1", Cycle.parse("2024-25"), 1)


def test_where_nobody_has_rated_nothing_is_weak_or_strong():
    none = seen([school("elm")])
    assert (none.weakest(), none.strongest(), none.stuck(), none.moves) == ([], [], [], None)
    two = seen([school("elm", rated("0..")), school("oak", rated(".12"))])
    assert [each.aspect.id for each in two.weakest()] == ["gate"], "half of two is one"
    few = seen([school("elm", rated("2.."))])
    assert [each.share for each in few.aspects] == [1.0, 0.0, 0.0]


def test_of_as_many_the_newest():
    made = [
        school("elm", rated("012", before="2023-24", moves="===")),
        school("oak", rated("012", version="2", before="2024-25", moves="===")),
    ]
    found = seen(made)
    assert (found.charter.version, found.before) == ("2", Cycle.parse("2024-25"))
    cycles = [school("elm", rated("012", "2024-25")), school("oak", rated("012", "2025-26-summer"))]
    assert [str(each) for each in seen([*cycles, school("yew", rated("012"))]).cycles] == [
        "2024-25",
        "2025-26",
        "2025-26-summer",
    ]


def test_what_is_about_another_charter_is_not_counted():
    other = replace(rated("222", "2026-27", before="2023-24", moves="+++"), charter="another")
    found = seen([school("elm", rated("012"), other), school("oak", other)])
    assert (found.cycle, found.schools, found.before, dict(found.cycles)) == (YEAR, 1, None, {YEAR: 1})
    assert {line.slug: line.stand for line in found.lines} == {"elm": Stand.RATED, "oak": Stand.NEVER}


def test_where_nobody_has_rated_the_newest_that_is_published_is_shown():
    draft = TWO.model_copy(update={"version": "10", "status": "draft"})
    none = Cycle.parse("2026-27")
    assert overview([], "small", OverviewWish((TWO, draft, ONE), TODAY)).charter.version == "2"
    assert (
        overview([], "small", OverviewWish((draft, draft.model_copy(update={"version": "9"})), TODAY)).charter.version
        == "10"
    )
    found = overview([school("elm")], "small", OverviewWish((ONE,), TODAY))
    assert (found.cycle, found.schools, found.population) == (none, 0, 1)
    with pytest.raises(ValueError, match="empty"):
        overview([], "small", OverviewWish((), TODAY))


def test_a_version_that_nobody_has_here_is_no_version_to_show():
    made = [school(f"s{n}", rated("012", version="7")) for n in range(3)] + [school("elm", rated("012"))]
    found = seen(made)
    assert (found.charter.version, found.schools, found.apart) == ("1", 1, {"7": 3})


def test_which_cycle_is_meant_of_terms_and_years():
    made = [
        school("elm", rated("012", "2024-25")),
        school("oak", rated("...", "2025-26"), rated("   ", "2025-26-summer")),
    ]
    assert seen(made).cycle == Cycle.parse("2024-25"), "nothing is rated in the others"
    terms = [school("elm", rated("012", "2025-26-autumn")), school("oak", rated("0--", "2025-26-spring"))]
    assert str(seen(terms).cycle) == "2025-26-spring"
    both = [school("elm", rated("012")), school("oak", rated("???", "2025-26-summer")), school("yew", rated("012"))]
    assert str(seen(both).cycle) == "2025-26", "that of more, where both end on one day"


def test_the_nearest_self_evaluation_says_how_a_school_stands():
    made = [
        school("a", rated("012", "2023-24"), rated("012", "2024-25"), rated("012", "2026-27"), rated("012", "2027-28")),
        school("b", rated("012", "2026-27"), rated("012", "2027-28")),
        school("c", rated("012", "2025-26-autumn"), rated("012", "2025-26-spring"), rated("012", "2026-27")),
        school("d", rated("..."), rated("012", "2025-26-autumn")),
        school("e", rated("...")),
        school("f", rated("...", "2024-25"), rated("...", "2026-27")),
        school("g", rated("012", "2024-25-summer")),
    ]
    found = {line.slug: (line.stand, line.cycle) for line in seen(made, cycle=YEAR).lines}
    assert found == {
        "a": (Stand.EARLIER, "2024-25"),
        "b": (Stand.LATER, "2026-27"),
        "c": (Stand.OTHER_CYCLE, "2025-26-spring"),
        "d": (Stand.OTHER_CYCLE, "2025-26-autumn"),
        "e": (Stand.BEGUN, "2025-26"),
        "f": (Stand.NEVER, ""),
        "g": (Stand.EARLIER, "2024-25-summer"),
    }


def test_a_school_of_which_nothing_is_known_has_a_line_without_anything():
    (line,) = seen([school("elm")], cycle=YEAR).lines
    assert (line.phase, line.trust, line.trust_name, line.local_authority) == ("", "", "", "")
    assert (line.cycle, line.version, line.day, line.ratings, line.counts) == ("", "", "", "", None)
    assert (line.is_signed, line.is_agreed, line.is_complete, line.is_rated) == (False, False, False, False)


def test_complete_is_who_has_answered_all_that_it_is_asked_and_is_asked_something():
    asked = {"012": True, "0  ": True, "0-?": False, "01.": False, "---": True}
    for signs, is_complete in asked.items():
        (line,) = seen([school("elm", rated(signs))]).lines
        assert line.is_complete is is_complete, signs
    newer = version("5", [{"id": "phone", "text": "Phone"}])
    made = [school("elm", rated("0  ")), *(school(f"s{n}", rated("1", version="5")) for n in range(2))]
    found = overview(made, "small", OverviewWish((ONE, newer), TODAY))
    assert (found.schools, found.complete, [line.is_complete for line in found.lines]) == (3, 2, [False, True, True])


def test_movement_from_an_older_cycle_of_those_who_can_be_compared():
    """One is on another scale by now, and one has rated a group that it had not rated then."""
    old, groups = rated("000", "2023-24"), (("boys", "0.."),)
    made = [
        school("elm", old, rated("1", version="3", before="2024-25", moves="=")),
        *(school(f"s{n}", old, rated("111", before="2024-25", moves="===", groups=groups)) for n in range(2)),
    ]
    found = seen(made, before=Cycle.parse("2023-24"))
    assert [(line.stand, line.moves, line.group_moves) for line in found.lines] == [
        (Stand.APART, "", ()),
        (Stand.RATED, "+++", ()),
        (Stand.RATED, "+++", ()),
    ]


def test_files_that_cannot_be_read_stand_at_their_school_where_they_may_be_about_the_charter():
    about = {"a.yaml": "small", "b.yaml": "another", "c.yaml": "", "d.yaml": None}
    found = seen([school("elm", unread=tuple(UnreadFile(path, "why", charter) for path, charter in about.items()))])
    assert [each.path for each in found.lines[0].unread] == ["a.yaml", "c.yaml", "d.yaml"]


def test_how_many_schools_stand_where_on_an_aspect():
    made = [school(f"s{n:02}", rated(f"{sign}00")) for n, sign in enumerate("2210-...????  ")]
    found = seen(made)
    gate, phone, _ = found.aspects
    levels = {"red": 1, "amber": 1, "green": 2}
    assert (gate.counts, gate.asked, gate.rated) == (Distribution(levels, 1, 3, 4, 2), 12, 4)
    assert phone.counts == Distribution({"red": 14, "amber": 0, "green": 0}, 0, 0, 0, 0)
    assert found.counts == Distribution({"red": 29, "amber": 1, "green": 2}, 1, 3, 4, 2)
    assert [line.counts.met for line in found.lines if line.counts] == [1, 1, *[0] * 12]
    assert found.lines[2].counts == Distribution({"red": 2, "amber": 1, "green": 0}, 0, 0, 0, 0)
    assert found.lines[4].counts == Distribution({"red": 2, "amber": 0, "green": 0}, 1, 0, 0, 0)
    assert found.lines[5].counts == Distribution({"red": 2, "amber": 0, "green": 0}, 0, 1, 0, 0)
    assert found.lines[8].counts == Distribution({"red": 2, "amber": 0, "green": 0}, 0, 0, 1, 0)


def test_an_aspect_with_a_mark_of_its_own_is_met_from_there_on():
    lower = version("1", [{"id": "gate", "text": "Gate", "met_at": "amber"}, {"id": "phone", "text": "Phone"}])
    made = [school(f"s{n}", rated(signs)) for n, signs in enumerate(["00", "11", "22"])]
    found = overview(made, "small", OverviewWish((lower,), TODAY))
    assert [each.counts.met for each in found.aspects if each.counts] == [2, 1]
    assert [line.counts.met for line in found.lines if line.counts] == [0, 1, 2]


def test_who_is_not_counted_is_named_by_how_it_stands_and_in_public_nobody():
    unread = (UnreadFile("schools/c/evaluations/x.yaml", "why", ""),)
    made = [
        school("b", name="Zed School"),
        school("a", name="alder School"),
        school("c", name="Birch School", unread=unread),
        school("d", rated("012"), unread=(UnreadFile("schools/d/policies/p.yaml", "so", None),)),
        school("e", rated("012", "2024-25"), name="Cedar"),
    ]
    found = seen(made, cycle=YEAR)
    assert {stand: list(names) for stand, names in found.names.items()} == {
        Stand.NEVER: ["alder School", "Zed School"],
        Stand.UNREAD: ["Birch School"],
        Stand.EARLIER: ["Cedar"],
    }
    assert found.unread == (("schools/c/evaluations/x.yaml", "why"), ("schools/d/policies/p.yaml", "so"))
    public = seen(made, cycle=YEAR, is_public=True)
    assert (public.names, public.unread) == ({}, ())


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


@pytest.mark.parametrize(
    ("is_public", "is_agreed", "is_counted"), [(True, True, True), (True, False, False), (False, False, True)]
)
def test_movement_from_an_older_cycle_that_is_published_is_from_what_was_agreed(is_public, is_agreed, is_counted):
    old, middle = rated("000", "2023-24", is_agreed=is_agreed), rated("000", "2024-25")
    made = [school(f"s{n}", old, middle, rated("111", before="2024-25", moves="+++")) for n in range(5)]
    found = seen(made, cycle=YEAR, before=Cycle.parse("2023-24"), is_public=is_public)
    assert (found.moves is not None) is is_counted
    assert not found.moves or found.moves.improved == 15
