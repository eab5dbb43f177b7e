"""Weighted kappa and its interval are those of a statistics library, on tables that nobody chose."""

from math import isnan
from random import Random

import pytest

from charterkit.insight.visits.agreement import weighted_kappa


def table(random: Random) -> list[list[int]]:
    size = random.randint(2, 6)
    most = random.choice([1, 3, 12, 200])
    return [[random.randint(0, most) * random.randint(0, 1) for _ in range(size)] for _ in range(size)]


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_a_thousand_tables_agree_with_statsmodels():
    from statsmodels.stats.inter_rater import (
        cohens_kappa,  # takes seconds, which whoever only collects tests need not wait
    )

    random, undefined = Random(13), 0
    for _ in range(1_000):
        counts = table(random)
        found = weighted_kappa(counts)
        rows, columns = [sum(row) for row in counts], [sum(column) for column in zip(*counts, strict=True)]
        if found is None:  # nothing counted, or all of it at one level by either
            assert sum(map(sum, counts)) == max(rows) == max(columns)
            undefined += 1
            continue
        theirs = cohens_kappa(counts, wt="linear")
        assert found.value == pytest.approx(theirs.kappa, abs=1e-9)
        if isnan(theirs.std_kappa):  # the root of a nought that rounding has left a trifle below it
            theirs.kappa_low = theirs.kappa_upp = theirs.kappa
        assert found.low == pytest.approx(max(-1.0, theirs.kappa_low), abs=1e-6)
        assert found.high == pytest.approx(min(1.0, theirs.kappa_upp), abs=1e-6)
    assert 0 < undefined < 200
