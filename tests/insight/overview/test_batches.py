"""Very many schools are added up batch by batch, and what was found out about a batch is kept: nobody can tell."""

import itertools
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from charterkit.errors import Refused
from charterkit.insight.overview.batch import Make, add
from charterkit.insight.overview.overview import OverviewWish, overview
from charterkit.insight.overview.summary import SchoolSummary
from charterkit.model.dates import Cycle

from .made import TODAY, VERSIONS, YEAR, rated, school, schools, seen
from .test_bodies import certificate, visit


class KeptBatch:
    """A batch that keeps what was found out under its name, as a file of JSON would."""

    def __init__(self, held: Sequence[SchoolSummary]) -> None:
        self.held, self.kept = held, dict[str, str]()

    def summaries(self) -> Sequence[SchoolSummary]:
        return self.held

    def once(self, name: str, make: Make) -> Any:
        if name not in self.kept:
            self.kept[name] = json.dumps(make(self.held))
        return json.loads(self.kept[name])

    def let_go(self) -> None:
        """They are held by the test."""


WISHES = st.fixed_dictionaries(
    {
        "by": st.sampled_from([None, "trust", "local-authority", "phase", "school", "group"]),
        "is_public": st.booleans(),
        "cycle": st.sampled_from([None, YEAR, Cycle.parse("2024-25")]),
        "before": st.sampled_from([None, None, Cycle.parse("2024-25"), Cycle.parse("2023-24")]),
        "today": st.sampled_from([TODAY, TODAY, date(2026, 3, 1)]),
    }
)


def more_of(made: Sequence[SchoolSummary]) -> list[SchoolSummary]:
    """Those, and some of which more is known than their ratings; a trust's folder has a visit to one of them."""
    past, now = visit("2026-02-20", certificate(), school="elm"), visit("2026-05-01", school="oak")
    due = {"actions": (("small", "2026-05-01"),), "reviews": ("2026-05-01",)}
    return [
        *made,
        school("ash", kind="trust", members=("elm", "school-03"), visits=(now,), reviews=("2026-01-01",)),
        school("elm", rated("012", groups=(("boys", "0.."),)), visits=(past,), signed=("small",), **due),
        school("oak", rated("000", "2024-25"), rated("111", before="2024-25", moves="+++"), local_authority="Lark"),
        school("yew", rated("..."), local_authority="LARK"),
    ]


def told(schools: Any, wish: OverviewWish) -> Any:
    """The overview, or why there is none."""
    try:
        return overview(schools, "small", wish)
    except Refused as refused:
        return refused.message


@given(schools(), st.lists(st.integers(0, 28), max_size=3), st.lists(WISHES, min_size=1, max_size=4))
def test_batches_come_to_the_same_as_all_at_once(made, cuts, wishes):
    every = more_of(made)
    ends = [0, *sorted(cuts), len(every)]
    batches = [KeptBatch(every[first:last]) for first, last in itertools.pairwise(ends)]
    for wish in wishes:
        asked = OverviewWish(VERSIONS, **wish)
        assert told(batches, asked) == told(every, asked), wish


def test_what_is_kept_of_a_batch_is_not_told_of_another_day():
    batch = KeptBatch(more_of([]))
    for today, overdue in ((date(2026, 3, 1), 0), (TODAY, 1)):
        assert overview([batch], "small", OverviewWish(VERSIONS, today)).actions.many == overdue


def test_plain_data_added():
    whole: dict[str, Any] = {}
    parts = [
        {"n": 1, "of": {"a": 1}, "list": [1], "name": "x"},
        {"n": 2, "of": {"a": 2, "b": 1}, "list": [2], "name": "y"},
    ]
    for part in parts:
        add(whole, part)
    assert whole == {"n": 3, "of": {"a": 3, "b": 1}, "list": [1, 2], "name": "y"}
    assert parts[0] == {"n": 1, "of": {"a": 1}, "list": [1], "name": "x"}, "what is added stays as it is"


def test_no_school_at_all_and_batches_beside_schools():
    first, other = school("elm", rated("012")), school("oak", rated("000"))
    some: list[Any] = [KeptBatch([first]), other]
    assert overview(some, "small", OverviewWish(VERSIONS, TODAY)) == seen([first, other])
    assert overview([KeptBatch([])], "small", OverviewWish(VERSIONS, TODAY)) == seen([])
