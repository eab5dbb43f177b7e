"""The formulas against a statistics library, and what is never shown against whoever would work it out."""

from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from charterkit.insight.surveys.statistics import two_proportions, wilson
from charterkit.insight.surveys.suppression import withheld
from tests.sampling import some


def test_intervals_and_changes_agree_with_scipy_on_a_thousand_random_tables() -> None:
    from scipy.stats import (  # takes a second, which whoever only collects tests need not wait
        binomtest,
        chi2_contingency,
    )

    chance = Random(13)
    told = 0
    for _ in range(some(1000, 4)):
        first, second = chance.randint(1, 900), chance.randint(1, 900)
        agreed, later = chance.randint(0, first), chance.randint(0, second)
        low, high = wilson(agreed / first, first)
        known = binomtest(agreed, first).proportion_ci(0.95, method="wilson")
        assert abs(low - known.low) < 1e-9
        assert abs(high - known.high) < 1e-9
        p = two_proportions(agreed / first, first, later / second, second)
        cells = [[agreed, first - agreed], [later, second - later]]
        if p is not None:
            told += 1
            # the pooled z-test's square is Pearson's chi-squared without Yates's correction
            assert abs(p - chi2_contingency(cells, correction=False).pvalue) < 1e-9
        elif agreed + later not in (0, first + second):
            assert chi2_contingency(cells, correction=False).expected_freq.min() < 5
    assert told > some(900, 4)


def test_of_nobody_nothing_is_sure() -> None:
    assert wilson(0, 0) == (0, 1)
    assert two_proportions(0, 0, 0.5, 100) is None
    assert two_proportions(1, 100, 1, 100) is None


@given(st.lists(st.integers(0, 30), max_size=6), st.integers(0, 40), st.integers(1, 10))
def test_no_small_group_is_found_by_subtraction(counts: list[int], rest: int, smallest: int) -> None:
    groups = {f"g{number}": count for number, count in enumerate(counts)}
    total = sum(counts) + rest
    hidden = withheld(groups, total, smallest)
    shown = set(groups) - hidden
    assert all(groups[name] >= smallest for name in shown)
    left = total - sum(groups[name] for name in shown)
    if shown:
        assert left == 0 or left >= smallest
        cells = [groups[name] for name in hidden if groups[name]] + ([rest] if rest else [])
        known = [groups[name] for name in hidden if groups[name]]
        assert not known or len(cells) > 1
    # what was taken out before is not needed any more: a file without its totals says the same
    kept = {name: 0 if name in hidden else count for name, count in groups.items()}
    assert withheld(kept, total, smallest, hidden) == hidden


def test_the_next_smallest_goes_where_one_alone_would_be_found() -> None:
    groups = {"a": 60, "b": 30, "c": 3}
    assert withheld(groups, 93, 5) == {"b", "c"}
    assert withheld(groups, 120, 5) == {"c"}
    assert withheld({"a": 60, "b": 30}, 92, 5) == {"b"}, "two in no group"
    for chosen in combinations(groups, 2):
        assert withheld({name: groups[name] for name in chosen}, 200, 5) == {"c"} & set(chosen)
