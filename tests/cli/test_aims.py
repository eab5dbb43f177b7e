"""What a school means to reach and what it has measured, from the command line: `evaluate --target, --value, --intent`."""

from pathlib import Path

import pytest

from .calling import example
from .conftest import Caller

DRAFT = "schools/example-primary/evaluations/2026-27-autumn.yaml"


def test_targets_values_and_statements_are_written_changed_and_taken_out_again(tmp_path: Path, said: Caller) -> None:
    example(tmp_path)
    path = tmp_path / DRAFT
    old = path.read_text(encoding="utf-8")
    target = ("evaluate", "--target", "gate-greeting=Green@July 2027")
    found = said(*target, "--value", "gate-greeting=1,204 families", "--intent", "A greeting\nfor all", cwd=tmp_path)
    assert found.code == 0, found.err
    text = path.read_text(encoding="utf-8")
    assert "    target: {level: green, by: 2027-07}\n    value: 1204 families\n" in text.replace(
        "    target:\n      level: green\n      by: 2027-07\n", "    target: {level: green, by: 2027-07}\n"
    )
    assert text.endswith("intent: |-\n  A greeting\n  for all\n")
    assert "What the school means to reach in this cycle: saved in " in found.err
    found = said("evaluate", "--target", "gate-greeting=amber", "--value", "gate-greeting=70 %", cwd=tmp_path)
    assert "1 target changed: “Families can speak" in found.err
    assert "was Green by July 2027, is Amber." in found.err
    assert "1 value changed: " in found.err
    assert "was 1204 families, is 70%." in found.err
    for option in (("--target", "gate-greeting="), ("--value", "gate-greeting="), ("--intent", " ")):
        assert said("evaluate", *option, cwd=tmp_path).code == 0
    assert path.read_text(encoding="utf-8") == old


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--target", "gate-greeting=blue", "'blue' is not a level of this charter: write red, amber or green."),
        ("--target", "gate-greeting=na", "'na' is not a level of this charter"),
        ("--target", "gate-greeting=green@soon", "'soon' is not a date."),
        ("--target", "gate-greeting=green@", "there is no date behind the @."),
        ("--target", "gate-greeting=@2027", "'' is not a level"),
        ("--target", "gate-greeting=green@5/6/27", "may be 5 June 2027 or 5 June 1927."),
        ("--target", "gates=green", "'gates' is not an aspect of this charter"),
        ("--target", "green", "--target green: write --target ASPECT=LEVEL"),
        ("--value", "gate-greeting=many", "'many' is not a number with its unit."),
        ("--value", "gate-greeting=6\u20602%", "is not a number with its unit."),
        ("--intent", "x" * 5000, "--intent is too long: 4,000 characters are the most."),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_is_written(
    tmp_path: Path, said: Caller, option: str, value: str, why: str
) -> None:
    example(tmp_path)
    old = (tmp_path / DRAFT).read_bytes()
    found = said("evaluate", "--set", "gate-greeting=red", option, value, cwd=tmp_path)
    assert found.code == 2
    assert why in found.err
    assert (tmp_path / DRAFT).read_bytes() == old
