"""CK404 where key points alone are rated: it looks at them, and not at what is kept of aspects."""

from datetime import date
from pathlib import Path

from charterkit.files.workspace import Workspace
from charterkit.resources import builtin
from charterkit.rules.running.check import check
from tests.insight.evaluations.test_parts import POINTS
from tests.insight.samples import write

EVALUATION = """\
charter: small
charter_version: "1"
cycle: 2025-26
date: 2025-10-14
status: agreed
ratings:
  gate: {rating: green}
key_points:
  heard: {rating: green}
  welcome: {rating: green, note: Every day}
"""


def test_a_key_point_without_a_word_is_noted_at_its_place(tmp_path: Path) -> None:
    files = {"charterkit.yaml": "", "charters/small.yaml": POINTS, "schools/lathom/school.yaml": "name: Lathom\n"}
    write(tmp_path, {**files, "schools/lathom/evaluations/2025-26.yaml": EVALUATION})
    found = check(Workspace(tmp_path, builtin()), date(2026, 11, 22)).findings
    bare = [(each.line, each.message) for each in found if each.code == "CK404"]
    assert [line for line, _ in bare] == [9]
    assert "heard: rated green" in bare[0][1]
