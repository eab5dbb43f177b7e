"""The report as JSON: what leaders read, and of it what others may."""

import json
from pathlib import Path
from typing import Any

from charterkit.insight.evaluations.evaluated import RatingState
from tests.cli.calling import call
from tests.insight.evaluations.test_parts import BOTH
from tests.insight.samples import write
from tests.render.comparison.test_compare import schema

SAID = """\
charter: small
charter_version: "1"
cycle: 2025-26
date: 2025-10-14
status: agreed
rated_by: [{name: Secret Head, role: Head}]
intent: Secret intent
ratings:
  gate:
    rating: amber
    strengths: Known strength
    note: Secret note
    ideas: [Known idea]
    target: {level: green, by: 2027-07}
    value: 62%
    evidence: [{kind: observation, date: 2025-10-02, by: Secret Visitor, note: Secret seen}]
  phone: {rating: not-applicable, reason: Known reason}
  forum: {rating: red}
key_points: {welcome: {rating: green, note: Secret point}}
overall: {rating: amber, note: Secret whole}
actions: [{id: open, aspect: gate, action: Known action, owner: Known owner, due: 2026-03, success: Known success}]
"""
SECRET = {
    "governors": ["Secret note", "Secret point", "Secret whole", "Secret Visitor", "Secret seen"],
    "public": ["Secret", "Known", "62%"],
}


def made(root: Path, audience: str) -> dict[str, Any]:
    done = call("report", "--audience", audience, "--format", "json", "--today", "2026-11-29", cwd=root)
    for word in SECRET.get(audience, []):
        assert word not in done.stdout, (audience, word)
    found: dict[str, Any] = json.loads(done.stdout)
    schema("report").validate(found)
    return found


def test_json_has_what_the_audience_may_see_and_nothing_else(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "charterkit.yaml": "",
            "charters/small.yaml": BOTH,
            "schools/lathom/school.yaml": "name: Lathom\n",
            "schools/lathom/evaluations/2025-26.yaml": SAID,
        },
    )
    found = made(tmp_path, "leaders")
    gate, phone, forum = found["aspects"]
    assert (gate["met"], gate["value"], gate["note"], gate["ideas"]) == (True, "62%", "Secret note", ["Known idea"])
    assert gate["target"] == {"level": "green", "by": "2027-07", "reached": False}
    assert gate["evidence"][0]["text"] == "2 October 2025, by Secret Visitor"
    assert (phone["rating"], phone["met"]) == (RatingState.NOT_APPLICABLE, None)
    assert (phone["reason"], forum["met"]) == ("Known reason", False)
    assert found["counts"]["levels"] == {"red": 1, "amber": 1, "green": 0}
    assert [point["stated"]["rating"] for point in found["key_points"]] == ["green", None]
    assert found["overall"] == {"rating": "amber", "note": "Secret whole"}
    assert [(award["award"], award["missing"]) for award in found["awards"]] == [
        ("silver", ["forum"]),
        ("gold", ["forum"]),
    ]
    assert [(each["id"], each["overdue"]) for each in found["actions"]] == [("open", True)]
    governed = made(tmp_path, "governors")
    assert (governed["intent"], governed["aspects"][0]["target"]) == ("Secret intent", gate["target"])
    families = made(tmp_path, "public")
    assert [each["rating"] for each in families["aspects"]] == ["amber", "not-applicable", "red"]
