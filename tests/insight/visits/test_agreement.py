"""Weighted kappa and its interval are those of a statistics library, on tables that nobody chose."""

from math import isnan
from pathlib import Path
from random import Random

import pytest

from charterkit.files.workspace import Workspace
from charterkit.insight.visits.agreement import FEWEST, agreement, weighted_kappa
from charterkit.insight.visits.visited import visits_of
from charterkit.render.visits.words import point_words
from tests.insight.samples import write
from tests.sampling import some


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
    for _ in range(some(1_000, 4)):
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


def test_a_key_point_has_a_kappa_of_its_own_where_enough_aspects_are_behind_it(tmp_path: Path) -> None:
    aspects = "".join(f"      - {{id: a{at}, text: Aspect {at}}}\n" for at in range(FEWEST))
    few = "  - {id: few, title: Few, aspects: [{id: alone, text: Alone}]}\n"
    charter = f'id: small\nversion: "1"\ntitle: Small\nkey_points:\n  - id: many\n    title: Many\n    aspects:\n{aspects}{few}'
    ratings = "".join(f"  a{at}: {{rating: {'green' if at % 2 else 'amber'}}}\n" for at in range(FEWEST))
    head = 'charter: small\ncharter_version: "1"\n'
    write(
        tmp_path,
        {
            "charterkit.yaml": "charter: small\n",
            "charters/small.yaml": charter,
            "schools/lathom/school.yaml": "name: Lathom Invented School\n",
            "schools/lathom/evaluations/2026-27-autumn.yaml": f"{head}cycle: 2026-27-autumn\ndate: 2026-10-01\n"
            f"status: agreed\nratings:\n{ratings}  alone: {{rating: green}}\n",
            "schools/lathom/visits/2026-11-20.yaml": f"{head}date: 2026-11-20\npurpose: support\nfindings:\n"
            f"{ratings.replace('green', 'amber', 1)}  alone: {{rating: green}}\n",
        },
    )
    workspace = Workspace(tmp_path)
    [found] = visits_of(workspace, workspace.school("lathom"), "small")
    (_, many), (_, alone) = agreement(found).points
    assert (many.of, many.same, alone.of, alone.same, alone.kappa) == (FEWEST, FEWEST - 1, 1, 1, None)
    assert many.kappa == weighted_kappa([[0, 0, 0], [0, 5, 1], [0, 0, 4]])  # a row for each level of the visitor's
    assert f"Weighted kappa: 0.80 (n = {FEWEST}, 95 % interval" in point_words(many)
    assert point_words(alone) == "Both say the same of the one that both rated."
