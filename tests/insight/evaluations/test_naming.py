"""Which aspect or key point people mean, and whole key points that do not apply."""

import pytest

from charterkit.errors import CharterkitError
from charterkit.files.load import load
from charterkit.insight.evaluations.answers import Answer, changes
from charterkit.insight.evaluations.evaluated import NOT_RATED, SPOILT, RatingState, Standing
from charterkit.insight.evaluations.naming import (
    aspect_meant,
    aspects_meant,
    demand_aspect,
    key_point_meant,
    numbers_shown,
    why_none,
)
from charterkit.insight.evaluations.whole_points import spread
from charterkit.model.charter import Charter
from tests.insight.samples import FRAMEWORK


def framework(text: str = FRAMEWORK) -> Charter:
    found = load(Charter, text.encode())
    assert found.model, found.problems
    return found.model


def test_a_number_of_its_own_names_an_aspect_or_a_key_point() -> None:
    charter = framework()
    for words in ("1.2a", "1.2A", " 1.2a. ", "１.2a", "gate", "Somebody stands at the GATE."):
        assert aspect_meant(words, charter) == "gate"
    assert numbers_shown(charter) == {"gate": "1.2a", "phone": "1.2b", "plain": "1.3a", "post": "1.3.2", "chairs": "2"}
    assert all(aspect_meant(number, charter) == name for name, number in numbers_shown(charter).items())
    assert [aspect_meant(words, charter) for words in ("1.1", "1", "4", "3.1", "1.2", "", "…")] == [None] * 7, (
        "nothing is counted where the framework counts itself"
    )
    points = [key_point_meant(words, charter) for words in ("1.3", "letters", "LETTERS home", "3", "1", "2", "")]
    assert [point and point.id for point in points] == ["letters", "letters", "letters", "hall", None, None, None]


def test_ids_win_over_numbers_and_two_with_one_number_are_both_named() -> None:
    charter = framework(FRAMEWORK.replace('number: "1.3a"', 'number: "post"').replace('"1.2b"', '"1.2A"'))
    assert aspect_meant("post", charter) == "post"
    assert aspects_meant("1.2a", charter) == ["gate", "phone"]
    made, complaints = changes([Answer("1.2a", "--set 1.2a=X", "X")], charter)
    assert not made
    assert complaints == [
        (
            "--set 1.2a=X: '1.2a' may mean more than one aspect: write the id, gate (“Somebody stands at the gate”) "
            "or phone (“Calls are answered”)."
        )
    ]
    with pytest.raises(CharterkitError, match="may mean more than one aspect") as refused:
        demand_aspect("1.2a", charter)
    assert refused.value.hint == "Write the id: gate or phone."
    for words, hint in (
        ("a warm welcome", "It is the key point “A warm welcome”; its aspects are gate, phone"),
        ("at the gate", "Did you mean gate?"),
    ):
        with pytest.raises(CharterkitError) as refused:
            demand_aspect(words, charter)
        assert refused.value.hint.startswith(hint)
    assert why_none("welcome", charter).startswith("'welcome' is a key point, not an aspect: write welcome=not-")


def test_an_aspect_below_a_key_point_that_is_rated_itself_leads_to_that_key_point() -> None:
    charter = framework(FRAMEWORK.replace("status:", "rated: key-points\nstatus:", 1)).as_rated()
    assert set(numbers_shown(charter)) == set(charter.aspects) == {point.id for point in charter.key_points}
    for words in ("gate", "1.2a", "somebody stands at the gate"):
        made, complaints = changes([Answer(words, "--set", "termly")], charter)
        assert not made
        only = "key points alone are rated here, so write welcome."
        assert complaints == [f"--set: '{words}' stands under “A warm welcome”, and {only}"]
    with pytest.raises(CharterkitError) as refused:
        demand_aspect("gate", charter)
    assert refused.value.hint.startswith("Did you mean welcome?")
    plain = framework(FRAMEWORK.replace("number:", "x-number:").replace("status:", "rated: key-points\nstatus:", 1))
    assert [aspect_meant(words, plain.as_rated()) for words in ("2", "2.1")] == [plain.key_points[1].id, None]


def test_a_table_may_have_lost_the_last_nought_of_a_number() -> None:
    charter = framework(FRAMEWORK.replace("1.2a", '"1.1"').replace("1.2b", "1.10"))
    assert [aspect_meant(number, charter) for number in ("1.1", "1.10")] == ["gate", "phone"]
    places = {"aspect": "a.csv, line 2, cell A2"}
    assert changes([Answer("1.1", "a.csv, line 2", "X", places=places)], charter)[1][0].startswith(
        "a.csv, line 2, cell A2: '1.1' may mean more than one aspect"
    )
    assert changes([Answer("1.10", "a.csv, line 2", "X", places=places)], charter)[1] == []


def test_a_key_point_that_does_not_apply_is_spread_over_what_is_not_rated() -> None:
    charter = framework()
    standings = dict.fromkeys(charter.aspects, NOT_RATED) | {"phone": Standing(RatingState.RATED)}
    said = [
        Answer("1.2", "--set 1.2=na", "na"),
        Answer("welcome", "--reason welcome", texts={"reason": "No gate"}),
        Answer("plain", "--set plain=X", "X"),
        Answer("letters", "--set", "n/a", {"reason": "No letters"}),
    ]
    found, notices = spread(said, charter, standings)
    assert [(each.aspect, each.rating, dict(each.texts)) for each in found] == [
        ("plain", "X", {}),
        ("gate", "na", {"reason": "No gate"}),
        ("post", "n/a", {"reason": "No letters"}),
    ]
    assert notices == (
        "“A warm welcome”: 1 aspect is set to not applicable; 1 answered before keeps its own.",
        "“Letters home”: 1 aspect is set to not applicable; 1 answered before keeps its own.",
    )
    assert spread([Answer("hall", "x", "na", {"reason": "a"})], charter, {**standings, "chairs": SPOILT})[0] == []


@pytest.mark.parametrize(
    "answer",
    [
        Answer("hall", "x", "X"),
        Answer("hall", "x", texts={"reason": "None"}),
        Answer("hall", "x", cleared=("rating",)),
        Answer("hall", "x", "na", {"reason": "None"}, ideas=("Tea",)),
        Answer("hall", "x", "na", {"note": "None"}),
    ],
)
def test_nothing_else_can_be_said_of_a_key_point(answer: Answer) -> None:
    charter = framework()
    found, notices = spread([answer], charter, dict.fromkeys(charter.aspects, NOT_RATED))
    assert (found, notices) == ([answer], ())
    assert changes(found, charter)[1] == [
        "x: 'hall' is a key point, not an aspect: write hall=not-applicable and why, or one of its aspects."
    ]


def test_a_key_point_needs_a_reason_and_gives_way_to_an_aspect_of_its_name() -> None:
    charter = framework(FRAMEWORK.replace("id: chairs", "id: hall"))
    standings = dict.fromkeys(charter.aspects, NOT_RATED)
    assert spread([Answer("hall", "x", "na")], charter, standings) == ([Answer("hall", "x", "na")], ())
    with pytest.raises(CharterkitError, match="welcome is not-applicable without a reason"):
        spread([Answer("welcome", "x", "na"), Answer("welcome", "y", texts={"reason": " "})], charter, standings)
