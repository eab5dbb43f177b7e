"""Six public frameworks that use what the format has for them. What a comparison counts is counted anew from the plain files."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.calling import call

ROOT = Path(__file__).parent / "frameworks"
CASES = [
    ("pta-standards", "pinecone-elementary"),
    ("website-audit", "hazelbrook-primary"),
    ("ofsted-eif", "fernhill-academy"),
    ("cmmi", "tidal-trust-services"),
    ("eco-schools", "quayside-primary"),
    ("gatsby", "slate-hill-school"),
]


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def asked(charter: dict[str, Any], school: dict[str, Any]) -> list[str]:
    """The aspects that a school is asked, by the plain files."""
    found = []
    for point in charter["key_points"]:
        for aspect in point["aspects"]:
            limits = [part["applies_to"] for part in (point, aspect) if "applies_to" in part]
            phases = all(school["phase"] in limit["phases"] for limit in limits if "phases" in limit)
            types = all(school["type"] in limit["types"] for limit in limits if "types" in limit)
            if phases and types:
                found.append(aspect["id"])
    return found


def moves(
    earlier: dict[str, Any], later: dict[str, Any], charter: dict[str, Any], aspects: list[str]
) -> dict[str, str]:
    """What became of each aspect that has a level in one of two self-evaluations, by the plain files."""
    ranks = {level["id"]: rank for rank, level in enumerate(charter["scale"])}
    found = {}
    for aspect in aspects:
        before, after = (ranks.get(each["ratings"].get(aspect, {}).get("rating")) for each in (earlier, later))
        if before is not None and after is not None:
            found[aspect] = "improved" if after > before else "declined" if after < before else "unchanged"
        elif before is not None or after is not None:
            found[aspect] = "newly_rated" if before is None else "no_longer_rated"
    return found


def test_the_workspace_has_nothing_to_mend() -> None:
    assert call("check", "--strict", cwd=ROOT).returncode == 0


@pytest.mark.parametrize(("name", "school"), CASES)
def test_a_comparison_counts_as_the_files_say(name: str, school: str) -> None:
    charter = read(f"charters/{name}-v1.yaml")
    aspects = asked(charter, read(f"schools/{school}/school.yaml"))
    earlier, later = (read(f"schools/{school}/evaluations/{cycle}.yaml") for cycle in ("2025-26", "2026-27"))
    assert not set(later["ratings"]) - set(aspects), "nothing is rated that is not asked"
    done = call("compare", school, "--charter", name, "--format", "json", cwd=ROOT)
    found = json.loads(done.stdout)
    expected = moves(earlier, later, charter, aspects)
    assert {change["aspect"]: change["change"].replace("-", "_") for change in found["changes"]} == expected
    assert {kind: count for kind, count in found["counts"].items() if count} == Counter(expected.values())


def test_a_primary_school_is_not_asked_what_is_for_others() -> None:
    charter = read("charters/website-audit-v1.yaml")
    total = sum(len(point["aspects"]) for point in charter["key_points"])
    assert (total, len(asked(charter, read("schools/hazelbrook-primary/school.yaml")))) == (81, 65)
    parts = [point["part"] for point in charter["key_points"]]
    assert len(parts) == 24
    assert len(set(parts)) == 1 + sum(a != b for a, b in pairwise(parts)), "no part comes back"
