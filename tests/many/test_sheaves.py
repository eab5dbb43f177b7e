"""Rows become one only where they agree on what they depend on."""

from pathlib import Path
from typing import Any

import pytest

from charterkit.files.disk import SchoolFiles, packed
from charterkit.many.cache import Cache, Row
from charterkit.many.sheaves import Sheaves

STAMP = "1 1 1 1"
TRUST = ("content", "schools/north/school.yaml", "", "")
LIST = ("sha256", "", "", "issuer/status/revocation.json")


def bound(folder: Path, first: dict[Any, Any], second: dict[Any, Any]) -> bool:
    """Whether two schools with these answers make a sheaf."""
    files = {slug: f"schools/{slug}/school.yaml" for slug in ("ash", "beech")}
    listed = SchoolFiles({slug: packed([(path, STAMP)], len(f"schools/{slug}")) for slug, path in files.items()})
    sheaves = Sheaves("work", listed, "salt", Cache(folder, folder, "program"))
    asked = {"ash": first, "beech": second}
    rows = {slug: Row("salt", {path: [STAMP, "digest"]}, asked[slug]) for slug, path in files.items()}
    sheaves.bind("0", rows, dict.fromkeys(files, "digest"))
    return bool(sheaves.known)


@pytest.mark.parametrize(
    ("first", "second", "is_bound"),
    [
        ({TRUST: "before"}, {TRUST: "before"}, True),
        ({TRUST: "before"}, {}, True),
        ({TRUST: "before"}, {TRUST: "after"}, False),
        ({LIST: ["before", None]}, {LIST: ["before", STAMP]}, True),
        ({LIST: ["before", STAMP]}, {LIST: ["after", STAMP]}, False),
    ],
)
def test_of_two_answers_to_one_question_none_is_forgotten(
    tmp_path: Path, first: dict[Any, Any], second: dict[Any, Any], is_bound: bool
) -> None:
    assert bound(tmp_path, first, second) == is_bound
    assert bound(tmp_path, second, first) == is_bound
