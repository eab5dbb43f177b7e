"""Aspects that only some schools are asked about: neither counted nor compared elsewhere, and never unknown."""

from pathlib import Path

import pytest

from charterkit.errors import Refused
from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.choosing import demand_levels
from charterkit.insight.evaluations.summary import distribution, strengths
from charterkit.render.shared.unreadable import unreadable_lines
from charterkit.schema.own import of_charter
from tests.insight.samples import compared, evaluation, history, kinds, make, write

SOME = """\
id: small
version: "1"
title: Small
status: published
key_points:
  - id: welcome
    title: A warm welcome
    aspects:
      - {id: gate, text: The gate is open}
      - {id: visit, text: Homes are visited, applies_to: {phases: [primary, nursery]}}
      - {id: trust, text: Other schools share, applies_to: {types: [academy]}}
  - id: options
    title: Choosing subjects
    applies_to: {phases: [secondary]}
    aspects: [{id: evening, text: There is an evening}]
"""
ALL = dict.fromkeys(("gate", "visit", "trust", "evening"), "green")


def school(root: Path, more: str) -> Workspace:
    write(root, {"schools/lathom/school.yaml": f"name: Lathom School\n{more}"})
    return Workspace(root)


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ("", ["gate", "visit", "trust", "evening"]),
        ("phase: primary\n", ["gate", "visit", "trust"]),
        ("phase: secondary\ntype: maintained\n", ["gate", "evening"]),
        ("phase: special\ntrust: big-trust\n", ["gate", "trust"]),
    ],
)
def test_what_is_asked_goes_by_phase_and_type_and_what_is_not_known_rules_nothing_out(
    tmp_path: Path, more: str, asked: list[str]
) -> None:
    make(tmp_path, [SOME], evaluation(ALL))
    (found,) = history(school(tmp_path, more))
    assert list(found.standings) == asked
    assert found.not_asked == set(ALL) - set(asked)
    counts = distribution(found.charter, found.standings)
    assert (counts.met, counts.applicable, counts.not_applicable) == (len(asked), len(asked), 0)
    assert [aspect.id for aspect in strengths(found)] == asked
    lines = unreadable_lines(found, reasons=True)
    assert len(lines) == len(ALL) - len(asked)
    assert all("does not ask this" in line.why for line in lines), "kept and named, never 'no such aspect'"


def test_a_school_that_changes_its_phase_is_compared_on_what_it_is_asked_now(tmp_path: Path) -> None:
    workspace = make(tmp_path, [SOME], evaluation(ALL, "2024-25", "2024-10-14"), evaluation({"gate": "green"}))
    assert len(compared(workspace).moves) == len(ALL)
    assert kinds(compared(school(tmp_path, "phase: secondary\ntype: maintained\n"))) == {
        "gate": "unchanged",
        "evening": "no-longer-rated",
    }


def test_where_nothing_applies_nothing_is_shown_or_asked(tmp_path: Path) -> None:
    make(
        tmp_path,
        [SOME.replace("text: The gate is open", "text: Open, applies_to: {phases: [primary]}")],
        evaluation(ALL),
    )
    (found,) = history(school(tmp_path, "phase: special\ntype: maintained\n"))
    assert not found.standings
    with pytest.raises(Refused, match="Nothing of the charter small, version 1, applies to lathom"):
        demand_levels([found])


def test_an_editor_offers_every_aspect_whatever_the_school(tmp_path: Path) -> None:
    charter = make(tmp_path, [SOME]).choose_charter("small")
    assert set(of_charter("evaluation", charter)["properties"]["ratings"]["anyOf"][0]["properties"]) == set(ALL)
