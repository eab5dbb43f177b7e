"""Nobody may work out what fewer than five schools said: not from a group, an aspect, or the whole less all others."""

from hypothesis import given

from charterkit.insight.overview.grouping import FEWEST
from charterkit.insight.overview.placing import Stand, stand_of

from .made import YEAR, rated, school, schools, seen


def test_a_small_group_is_not_shown_nor_the_one_that_would_tell_it():
    made = [school(f"a{n}", rated("012"), trust="ash") for n in range(9)]
    made += [school(f"b{n}", rated("012"), trust="birch") for n in range(6)]
    made += [school(f"c{n}", rated("012"), trust="cedar") for n in range(2)]
    found = {group.id: group for group in seen(made, by="trust").groups}
    assert found["ash"].schools == 9
    assert found["cedar"].is_withheld
    assert found["birch"].is_withheld, "or cedar is what is left"
    assert (found["cedar"].is_few, found["birch"].is_few) == (True, False), "each is said for what it is"
    assert not found["birch"].counts
    assert not found["birch"].moves
    assert not any(found["birch"].aspects)


def test_an_aspect_that_few_rated_is_hidden_in_two_groups():
    made = [school(f"a{n}", rated("00." if n < 7 else "000"), trust="ash") for n in range(9)]
    made += [school(f"b{n}", rated("000"), trust="birch") for n in range(6)]
    made += [school(f"c{n}", rated("000"), trust="cedar") for n in range(8)]
    found = {group.id: group.aspects for group in seen(made, by="trust").groups}
    shown = {group: [cell is not None for cell in cells] for group, cells in found.items()}
    assert shown["ash"] == [True, True, False]
    assert shown["birch"] == [True, True, False]
    assert shown["cedar"] == [True, True, True]


@given(schools(most=40))
def test_what_is_left_points_at_nobody(made):
    """Of every aspect: the whole, less the groups that are shown, is nothing or at least five schools of two groups."""
    for public in (False, True):
        found = seen(made, by="trust", cycle=YEAR, is_public=public)
        hidden = [group for group in found.groups if group.is_withheld]
        left = found.schools - sum(group.schools for group in found.groups if group.schools is not None)
        assert left == 0 or left >= FEWEST or len(hidden) == len(found.groups)
        for at, aspect in enumerate(found.aspects):
            cells = [group.aspects[at] if group.aspects else None for group in found.groups]
            rated_by = sum(cell.rated for cell in cells if cell)
            if aspect.counts is None:
                assert not any(cells)
            elif any(cells):
                rest = aspect.counts.rated - rated_by
                assert rest == 0 or rest >= FEWEST
            assert all(cell.rated >= FEWEST for cell in cells if cell)


@given(schools(most=40))
def test_nothing_public_speaks_for_fewer_than_five(made):
    found = seen(made, cycle=YEAR, is_public=True)
    assert not found.lines
    assert not found.bodies
    for each in found.aspects:
        assert each.counts is None or each.counts.rated >= FEWEST
        assert each.moves is None or each.moves.schools >= FEWEST
    shown = [each.counts for each in found.aspects if each.counts]
    assert found.counts.total == sum(each.total for each in shown), "or the whole would tell the aspect that is hidden"
    moves = [each.moves for each in found.aspects if each.moves]
    assert not found.moves or found.moves.improved == sum(each.improved for each in moves)
    for group in found.focus_groups:
        assert group.is_withheld or (group.schools or 0) >= FEWEST
        assert all(cell is None or cell.rated >= FEWEST for cell in group.aspects)


@given(schools(most=40))
def test_movement_of_groups_leaves_nobody(made):
    found = seen(made, by="trust", cycle=YEAR)
    shown = [group.moves for group in found.groups if group.moves]
    if shown and found.moves:
        left = found.moves.schools - sum(moves.schools for moves in shown)
        assert left == 0 or left >= FEWEST


def test_a_small_group_is_not_even_named_in_public():
    made = [school(f"a{n}", rated("012"), trust="ash") for n in range(9)]
    made += [school(f"c{n}", rated("012"), trust=f"trust-{n}") for n in range(6)]
    inside, public = seen(made, by="trust"), seen(made, by="trust", is_public=True)
    assert len(inside.groups) == 7
    assert [group.id for group in public.groups] == ["ash"]
    assert inside.left_out == public.left_out == 6


def test_what_is_public_tells_nothing_of_drafts_that_came_before():
    last, this = rated("000", "2024-25", is_agreed=False), rated("222", before="2024-25", moves="+++", stuck="...")
    made = [school(f"a{n}", last, this) for n in range(6)]
    assert seen(made, cycle=YEAR).moves
    found = seen(made, cycle=YEAR, is_public=True)
    assert (found.schools, found.moves, found.before, found.with_three) == (6, None, None, 0)


def test_what_is_public_tells_nothing_is_stuck_by_a_draft():
    drafted = rated("000", "2023-24", is_agreed=False)
    agreed = rated("000", "2024-25"), rated("000", before="2024-25", moves="===", stuck="!!!")
    found = seen([school(f"a{n}", drafted, *agreed) for n in range(6)], cycle=YEAR, is_public=True)
    assert (found.moves.unchanged if found.moves else 0, found.with_three, found.stuck()) == (18, 0, [])


def test_a_draft_of_another_term_or_year_is_no_more_than_a_draft_in_public():
    made = [school(f"a{n}", rated("012")) for n in range(5)]
    made += [school("elm", rated("012", "2025-26-autumn", is_agreed=False))]
    made += [school("oak", rated("012", "2024-25", is_agreed=False))]
    inside, public = seen(made, cycle=YEAR).stands, seen(made, cycle=YEAR, is_public=True).stands
    assert (inside[Stand.OTHER_CYCLE], inside[Stand.EARLIER]) == (1, 1)
    assert (public[Stand.OTHER_CYCLE], public[Stand.DRAFT]) == (0, 1)
    assert (public[Stand.EARLIER], public[Stand.NEVER]) == (0, 1)


def test_certificates_of_few_that_have_not_begun_are_not_what_is_left():
    made = [school(f"a{n}", rated("012"), trust="ash") for n in range(6)]
    assert [group.certified for group in seen(made, by="trust").groups] == [0]
    made += [school("elm", trust="birch")]
    assert [group.certified for group in seen(made, by="trust", is_public=True).groups] == [None]


SINCE = {"before": "2024-25", "moves": "=+ ", "stuck": "!.."}


def test_five_are_enough_in_public_and_four_are_not():
    five = [school(f"a{n}", rated("01.", **SINCE)) for n in range(5)]
    gate, phone, post = seen(five, cycle=YEAR, is_public=True).aspects
    assert gate.counts
    assert gate.moves
    assert (gate.rated, gate.counts.rated, gate.moves.schools, gate.stuck) == (5, 5, 5, 5)
    assert (phone.rated, phone.stuck) == (5, 0)
    assert (post.asked, post.rated, post.counts, post.moves, post.stuck) == (5, None, None, None, None)
    four = [*five[1:], school("new", rated("01."))]
    gate, phone, _ = seen(four, cycle=YEAR, is_public=True).aspects
    assert (gate.rated, gate.moves, gate.stuck, phone.moves) == (5, None, None, None)
    inside = seen(four, cycle=YEAR).aspects[0]
    assert inside.moves
    assert (inside.moves.schools, inside.stuck) == (4, 4)


def test_movement_that_the_whole_shows_is_of_five_schools():
    """Each moved on another aspect: of none of them five did, and what all did together would tell of few."""
    five = [school(f"a{n}", rated("012", **SINCE)) for n in range(5)]
    moves = seen(five, cycle=YEAR, is_public=True).moves
    assert moves
    assert (moves.schools, moves.improved, moves.unchanged) == (5, 5, 5)
    four = [*five[1:], *(school(f"b{n}", rated("012")) for n in range(5))]
    assert seen(four, cycle=YEAR, is_public=True).moves is None
    assert seen(four, cycle=YEAR).moves


def test_what_is_stuck_is_told_in_public_where_all_three_are_agreed():
    cycles = [("2022-23", ""), ("2023-24", "2022-23"), ("2024-25", "2023-24"), ("2025-26", "2024-25")]
    for draft, is_told in {None: True, "2022-23": True, "2023-24": False, "2024-25": False}.items():
        every = [
            rated("0.2", cycle, before=before, moves="= =" if before else "", stuck="!..", is_agreed=cycle != draft)
            for cycle, before in cycles
        ]
        found = seen([school(f"a{n}", *every) for n in range(5)], cycle=YEAR, is_public=True)
        assert (found.with_three == 5, bool(found.stuck())) == (is_told, is_told)
        assert str(found.before) == ("2023-24" if draft == "2024-25" else "2024-25"), "the last that was agreed"


def test_in_public_drafts_of_the_year_say_no_more_than_that_there_are_some():
    terms = [rated("012", f"2025-26-{term}", is_agreed=False) for term in ("autumn", "spring")]
    this = school("elm", *terms)
    assert stand_of(this, YEAR, "small", is_public=True) == (Stand.DRAFT, terms[-1])
    assert stand_of(this, YEAR, "small", is_public=False) == (Stand.OTHER_CYCLE, terms[-1])
    other = school("oak", rated("012", "2024-25", is_agreed=False))
    assert stand_of(other, YEAR, "small", is_public=True) == (Stand.NEVER, None)
    agreed = school("yew", rated("012"))
    assert stand_of(agreed, YEAR, "small", is_public=True) == (Stand.RATED, agreed.evaluations[0])
