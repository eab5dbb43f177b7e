"""A certificate that lies in a school's folder, and the visit that names it, in whichever folder that lies."""

from datetime import date
from pathlib import Path

import pytest

from charterkit.files.workspace import Workspace
from charterkit.resources import builtin
from charterkit.rules.running.check import check

VISIT = "school: {}\ncharter: community-engagement\ncharter_version: '1'\ndate: 2026-03-12\n"
NAMED = VISIT + "certificate: {{number: C-1, issued: 2026-03-20}}\n"


@pytest.mark.parametrize(
    ("visit", "codes"),
    [(NAMED.format("elm"), set()), (NAMED.format("oak"), {"CK442"}), (VISIT.format("elm"), {"CK442"})],
)
def test_a_visit_in_the_folder_of_an_authority_that_only_the_school_names(tmp_path: Path, visit: str, codes: set[str]):
    files = {
        "charterkit.yaml": "charter: community-engagement\n",
        "schools/elm/school.yaml": "name: Elm\nlocal_authority: Lark\n",
        "schools/elm/certificates/C-1.json": "{}",
        "schools/oak/school.yaml": "name: Oak\n",
        "schools/lark/school.yaml": "name: Lark\nkind: local-authority\n",
        "schools/lark/visits/2026-03-12.yaml": visit,
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    found = check(Workspace(tmp_path, builtin()), date(2026, 11, 22), select=["CK442"])
    assert {str(finding.code) for finding in found.findings} == codes
