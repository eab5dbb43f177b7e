"""Key points and the whole rated beside aspects or instead of them, and awards: what counts, and what is only asked."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.files.load import Loaded
from charterkit.files.workspace import Document
from charterkit.insight.evaluations.awards import earned, highest
from charterkit.insight.evaluations.best_fit import above_the_lowest
from charterkit.insight.evaluations.compare import MoveKind
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState, evaluated
from charterkit.insight.evaluations.summary import distribution, for_development, strengths
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Evaluation
from tests.insight.samples import compared, evaluation, history, make

BOTH = """\
id: small
version: "1"
title: Small
status: published
rated: both
awards:
  - {id: silver, label: Silver, needs: amber}
  - {id: gold, label: Gold, needs: green}
key_points:
  - id: welcome
    title: A warm welcome
    aspects: [{id: gate, text: The gate is open, met_at: amber}, {id: phone, text: Calls are answered}]
  - id: heard
    title: Families are heard
    aspects: [{id: forum, text: There is a forum}]
"""
POINTS = BOTH.replace("rated: both", "rated: key-points")
RATINGS = {"gate": "amber", "phone": "green", "forum": "red"}


def read(root: Path, charter: str, *evaluations: str) -> Evaluated:
    return history(make(root, [charter], *evaluations))[-1]


def test_where_both_are_rated_a_key_points_level_is_what_leaders_say_and_no_arithmetic(tmp_path: Path) -> None:
    more = (
        "key_points: {welcome: {rating: Green}, heard: {rating: not-applicable, reason: x}}\noverall: {rating: AMBER}\n"
    )
    found = read(tmp_path, BOTH, evaluation(RATINGS, more=more))
    assert {name: each.word for name, each in found.points.items()} == {"welcome": "green", "heard": "not-applicable"}
    assert found.overall.word == "amber"
    assert [(each.part, each.below) for each in above_the_lowest(found)] == [
        ("welcome", ("gate",)),
        ("overall", ("forum",)),
    ]
    assert distribution(found.charter, found.standings).met == 2, "aspects are counted, by their own marks"
    assert not list(above_the_lowest(read(tmp_path, BOTH, evaluation(RATINGS)))), "nothing stated, nothing asked"


def test_where_key_points_alone_are_rated_each_counts_as_one(tmp_path: Path) -> None:
    more = "key_points: {welcome: {rating: green, ideas: [Tea]}, heard: {rating: red}}\noverall: {rating: green}\n"
    found = read(tmp_path, POINTS, evaluation({"gate": "red"}, more=more))
    assert {name: each.word for name, each in found.standings.items()} == {"welcome": "green", "heard": "red"}
    assert found.points == {}
    assert [aspect.id for aspect in strengths(found)] == ["welcome"]
    assert [aspect.id for aspect in for_development(found)] == ["heard"]
    assert found.evaluation.ratings["welcome"].ideas == ("Tea",)
    assert found.charter.aspects["welcome"].detail == "The gate is open\nCalls are answered"
    assert [(each.part, each.below) for each in above_the_lowest(found)] == [("overall", ("heard",))]


def test_key_points_are_compared_as_aspects_are(tmp_path: Path) -> None:
    before = evaluation({}, "2024-25", "2024-10-14", more="key_points: {welcome: {rating: red}}\n")
    after = evaluation({}, more="key_points: {welcome: {rating: green}, heard: {rating: red}}\n")
    counts = compared(make(tmp_path, [POINTS], before, after)).counts
    assert (counts[MoveKind.IMPROVED], counts[MoveKind.NEWLY_RATED]) == (1, 1)


@pytest.mark.parametrize(
    ("entry", "why"),
    [("welcome: amber", "key_points: welcome: 'amber' stands"), ("welcome: {rating: gold}", "'gold' is not a level")],
)
@pytest.mark.parametrize("charter", [BOTH, POINTS])
def test_what_cannot_be_read_is_unreadable_and_costs_nothing_else(
    tmp_path: Path, charter: str, entry: str, why: str
) -> None:
    more = f"key_points:\n  {entry}\n  heard: {{rating: red}}\noverall: [amber]\n"
    found = read(tmp_path, charter, evaluation(RATINGS, more=more))
    standings = found.points or found.standings
    assert standings["welcome"].state is RatingState.UNREADABLE
    assert why in standings["welcome"].why
    assert standings["heard"].word == "red"
    assert found.overall.state is RatingState.UNREADABLE


def test_an_award_names_what_stands_in_its_way(tmp_path: Path) -> None:
    silver, gold = earned(read(tmp_path, BOTH, evaluation({**RATINGS, "forum": "na"})))
    assert (silver.award.id, silver.is_reached, silver.missing) == ("silver", True, ())
    assert (gold.award.id, gold.is_reached, gold.missing) == ("gold", True, ()), "amber is enough for the gate"
    _, gold = earned(read(tmp_path, BOTH, evaluation({**RATINGS, "gate": "red", "phone": "amber"})))
    assert gold.missing == ("gate", "phone", "forum")
    strict = BOTH.replace("met_at: amber", "met_at: green").replace("status: published", "met_at: amber")
    silver, gold = earned(read(tmp_path, strict, evaluation({**RATINGS, "forum": "green"})))
    assert (silver.missing, gold.missing) == ((), ("gate",)), "a mark above the charter's asks an award for nothing"
    assert [each.missing for each in earned(read(tmp_path, BOTH, evaluation({"gate": "green"})))] == [
        ("phone", "forum"),
        ("phone", "forum"),
    ]
    nothing = earned(read(tmp_path, BOTH, evaluation(dict.fromkeys(RATINGS, "na"))))
    assert [(each.is_reached, each.missing) for each in nothing] == [(False, ())] * 2


def test_without_awards_there_is_one_for_every_aspect_at_its_own_mark(tmp_path: Path) -> None:
    plain = "\n".join(line for line in BOTH.splitlines() if "awards" not in line and "needs" not in line)
    (met,) = earned(read(tmp_path, plain, evaluation({**RATINGS, "forum": "green"})))
    assert (met.award.id, met.is_reached) == ("met", True), "amber is enough for the gate"
    (met,) = earned(read(tmp_path, plain, evaluation(RATINGS)))
    assert met.missing == ("forum",)


LEVELS = ("red", "amber", "green")
CHARTER = Charter.model_validate(
    {
        "id": "c",
        "version": "1",
        "title": "C",
        "status": "draft",
        "awards": [{"id": level, "label": level, "needs": level} for level in LEVELS],
        "key_points": [{"id": "p", "title": "P", "aspects": [{"id": f"a{n}", "text": "A"} for n in range(4)]}],
    }
)


@given(st.lists(st.sampled_from([*LEVELS, "not-applicable", None]), min_size=4, max_size=4))
def test_the_highest_award_is_the_lowest_level_of_what_applies(levels: list[str | None]) -> None:
    ratings = {f"a{n}": {"rating": level, "reason": "x"} for n, level in enumerate(levels)}
    model = Evaluation.model_validate(
        {"charter": "c", "charter_version": "1", "cycle": "2025-26", "date": "2025-10-14", "ratings": ratings}
    )
    found = evaluated(_document(model), CHARTER)
    assert found is not None
    applying = [level for level in levels if level != "not-applicable"]
    lowest = None if None in applying or not applying else min(applying, key=lambda level: LEVELS.index(level or ""))
    best = highest(found)
    assert (best.id if best else None) == lowest


def _document(model: Evaluation) -> Document[Evaluation]:  # a file that is on no disk
    return Document("a.yaml", Evaluation, Loaded(model))
