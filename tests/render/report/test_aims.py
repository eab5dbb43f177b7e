"""Targets, numbers, intent and impact: for leaders and governors, in every format, and never for the public."""

from datetime import date
from pathlib import Path

import pytest

from charterkit.cli.options import Session
from charterkit.documents import DOCUMENTS, Place
from charterkit.files.workspace import Workspace
from tests.insight.samples import charter, evaluation, make

BEFORE = evaluation(
    {"gate": "{rating: red, target: {level: green, by: 2026-07}, value: 62%}"}, more="intent: Tea <b>\n"
)
AFTER = evaluation(
    {"gate": "{rating: green, target: {level: green, by: 2026-07}, value: 71%}"},
    "2026-27",
    "2026-10-14",
    more="status: agreed\nimpact: |\n  =Families | say\n  so\nintent: Cake\n",
)


@pytest.fixture
def school(tmp_path: Path) -> Workspace:
    return make(tmp_path, [charter(["gate"])], BEFORE.replace("ratings", "status: agreed\nratings"), AFTER)


def text(found: Workspace, name: str, form: str) -> str:
    document = DOCUMENTS[name]
    today = date(2026, 11, 22)
    content = document.content(found, today, Session(quiet=True), school="lathom")
    return str(document.formats[form].made(content, Place(today, found.root)))


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_leaders_and_governors_read_them_and_families_do_not(school: Workspace, form: str) -> None:
    for name in ("report", "report for governors"):
        made = text(school, name, form)
        assert "Green by July 2026 (reached)" in made
        assert "71%" in made
        assert "What the school means to reach in this cycle" in made
        assert "Cake" in made
        assert "What has changed for families" in made
    public = text(school, "report for families", form)
    assert not any(word in public for word in ("by July 2026", "71%", "Cake", "Families |", "62%"))


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_a_comparison_has_intent_beside_impact_and_one_column_more(school: Workspace, form: str) -> None:
    made = text(school, "comparison", form)
    assert "Counted" in made
    assert "62% → 71%" in made
    assert made.index("What the school meant to reach in 2025-26") < made.index(
        "What has changed for families, said in"
    )
    assert "Reached" in made
    assert "<b>" not in made.replace("<b>In", "")
    assert "Cake" not in made


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_what_was_only_copied_is_counted_and_marked_for_those_who_read_of_it(tmp_path: Path, form: str) -> None:
    after = evaluation({"gate": "{note: As ever, carried: 2025-26}", "post": "red"}, "2026-27", "2026-10-14")
    agreed = after.replace("ratings", "status: agreed\nratings")
    found = make(tmp_path, [charter(["gate", "post"])], BEFORE.replace("ratings", "status: agreed\nratings"), agreed)
    said = "What is said of one aspect was copied from last time, and nobody has looked at it again."
    for name in ("report", "report for governors"):
        made = text(found, name, form)
        assert said in made
        assert "Copied, not looked at again" in made
    assert "opied" not in text(found, "report for families", form)
