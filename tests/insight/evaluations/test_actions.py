"""Which actions are open, over all evaluations of a charter."""

from datetime import date

import pytest

from charterkit.insight.evaluations.actions import action_moves, all_actions, open_actions
from charterkit.model.dates import Cycle
from tests.insight.samples import charter, evaluation, history, make

NOW = date(2026, 11, 28)


def school(tmp_path, *plans):
    """A school with an evaluation a year from 2023-24 on; each plan is the lines of its actions."""
    texts = []
    for number, plan in enumerate(plans):
        year = 2023 + number
        more = "actions:\n" + "".join(f"  - {{{line}}}\n" for line in plan) if plan else ""
        texts.append(evaluation({"gate": "red"}, f"{year}-{year - 1999}", f"{year}-10-14", more=more))
    return make(tmp_path, [charter(["gate"])], *texts).school("lathom")


def ids(found):
    return [tracked.id for tracked in found]


def test_an_action_lives_until_somebody_closes_it(tmp_path):
    folder = school(
        tmp_path,
        ["id: card, action: Draft the card, due: 2024-03", "id: rota, action: Mend the rota, status: done"],
        [],
        ["id: planters, action: Order planters, due: 2027-05"],
    )
    found = open_actions(folder)
    assert ids(found) == ["card", "planters"]
    assert [tracked.is_overdue(NOW) for tracked in found] == [True, False]
    assert [tracked.document.stem for tracked in found] == ["a", "c"]
    assert ids(all_actions(folder)) == ["card", "rota", "planters"]
    assert ids(open_actions(folder, until=folder.evaluations[1])) == ["card"]
    assert open_actions(folder, "another") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: card, action: Draft the card", "id: card, action: Draft and print it, carried_from: 2023-24"),
        ("action: Draft the card", "id: card, action: draft  the Card"),
        ("action: Draft the card", "action: Draft the card"),
    ],
)
@pytest.mark.parametrize("status", ["planned", "done"])
def test_one_that_is_carried_over_counts_once_and_by_its_last_line(tmp_path, before, after, status):
    folder = school(tmp_path, [before], [f"{after}, status: {status}"], [])
    (tracked,) = all_actions(folder)
    assert (tracked.document.stem, tracked.cycle, tracked.since) == ("b", Cycle(2024), Cycle(2023))
    assert ids(open_actions(folder)) == ([tracked.id] if status == "planned" else [])


def test_the_same_words_after_it_was_closed_are_another_action_and_have_another_id(tmp_path):
    folder = school(
        tmp_path, ["action: Hold a parents' evening, status: done"], ["action: Hold a parents' evening"], []
    )
    assert ids(all_actions(folder)) == ["hold-a-parents-evening", "hold-a-parents-evening-2"]
    assert ids(open_actions(folder)) == ["hold-a-parents-evening-2"]


@pytest.mark.parametrize(
    ("closed", "became"), [("2024-11", ["done"]), ("2025", ["done"]), ("2023-10-01", []), ("2026", [])]
)
def test_what_was_closed_since_where_it_stood_is_a_move(tmp_path, closed, became):
    folder = school(tmp_path, [f"id: card, action: Draft, status: done, closed: {closed}"], [])
    before, after = history(folder.workspace)
    assert [move.became for move in action_moves(before, after)] == became


def test_a_made_id_is_nobody_else_s(tmp_path):
    lines = ["action: Paint the gate", "id: paint-the-gate, action: Another", "action: 门, aspect: gate", "action: 门"]
    assert ids(all_actions(school(tmp_path, lines))) == ["paint-the-gate-2", "paint-the-gate", "gate", "action"]


def test_a_later_line_that_cannot_be_read_leaves_it_open_and_says_so(tmp_path):
    folder = school(
        tmp_path,
        ["id: card, action: Draft the card"],
        ["id: card, action: Draft the card, status: finished", "id: other, action: Paint"],
    )
    found = {tracked.id: tracked.unread for tracked in open_actions(folder)}
    assert found == {"card": "schools/lathom/evaluations/b.yaml", "other": ""}
