"""`policy adopt`: a member takes on its trust's policy, the register shows who has, and `undo` takes it back."""

import csv
import io
import json
import shutil
from pathlib import Path

from openpyxl import load_workbook

from tests.render.comparison.test_compare import schema

from .calling import call

CASE = Path(__file__).parents[1] / "cases/CK331/good"
OTHER = "schools/other/adopted/behaviour.yaml"
KEPT = (
    "# Minute 7.\npolicy: behaviour\nfrom: north-trust   # ours\nversion: '1.0'\ndate: 2025-05\nchanges: Our rewards.\n"
)
"""What the office has written into it by hand."""


def test_from_the_first_version_to_the_next_and_back(tmp_path: Path) -> None:
    shutil.copytree(CASE, tmp_path, dirs_exist_ok=True)
    (tmp_path / "charters").mkdir()
    policy = tmp_path / "schools/north-trust/policies/behaviour.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("applies_to: [lathom]\n", ""), encoding="utf-8")

    def said(*words: str, code: int = 0) -> str:
        done = call(*words, cwd=tmp_path, CHARTERKIT_TODAY="2026-11-29", COLUMNS="300")
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    first = said("policy", "adopt", "behaviour", "--school", "other", "--date", "2025-05", "--by", "Local board")
    assert "Other Primary adopted version 1.0 of Behaviour policy in May 2025." in first
    assert "North Trust has approved version 2.0 since." in first
    made = (tmp_path / OTHER).read_text(encoding="utf-8")
    assert made == 'policy: behaviour\nfrom: north-trust\nversion: "1.0"\ndate: 2025-05\nby: Local board\n'
    assert "CK332" in said("check", "--format", "concise")
    (tmp_path / OTHER).write_text(KEPT, encoding="utf-8")
    said("policy", "adopt", "behaviour", "--school", "other", "--date", "2026-03-12")
    now = KEPT.replace("'1.0'", "'2.0'").replace("2025-05", "2026-03-12")
    assert (tmp_path / OTHER).read_text(encoding="utf-8").replace('"', "'") == now
    assert "says so already" in said(
        "policy", "adopt", "behaviour", "--school", "other", "--date", "2026-03-12", code=2
    )

    whole = said("policies")
    assert "Lathom Primary (version 2.0 on 3 March 2026 by Local governing body)" in " ".join(whole.split())
    assert "adopted version 2.0 on 12 March 2026" in " ".join(said("policies", "other").split())
    shown = " ".join(said("policy", "show", "behaviour").split())
    assert "Adopted by Other Primary Version 2.0 on 12 March 2026 changes: Our rewards." in shown
    rows = json.loads(said("policies", "--format", "json"))
    schema("policies").validate(rows)
    assert [(each["school"], each["older"]) for each in rows[0]["members_adopted"]] == [
        ("lathom", False),
        ("other", False),
    ]
    schema("policy").validate(json.loads(said("policy", "show", "behaviour", "--school", "other", "--format", "json")))
    (row,) = csv.DictReader(io.StringIO(said("policies", "other", "--format", "csv").lstrip("\ufeff")))
    assert row["members_adopted"] == "other 2.0 2026-03-12"
    said("policies", "-o", "r.xlsx")
    cells = {str(cell.value) for line in load_workbook(tmp_path / "r.xlsx").worksheets[0] for cell in line}
    assert "lathom 2.0 2026-03-03; other 2.0 2026-03-12" in cells

    emptied = said("policy", "adopt", "behaviour", "--school", "other", "--changes", "")
    assert "changes:" not in emptied + (tmp_path / OTHER).read_text(encoding="utf-8")
    (tmp_path / OTHER).unlink()
    assert "Other Primary" in said("policy", "show", "behaviour").partition("Not adopted yet by")[2]
    said("policy", "adopt", "behaviour", "--school", "other", "--version", "2.0")
    said("policy", "undo", "behaviour", "--school", "north-trust", code=2)
    back = f"Taken back: Behaviour policy: adopted 29 November 2026. {OTHER} was new, and is gone."
    assert back in " ".join(said("policy", "undo").split())
    assert not (tmp_path / OTHER).exists()
    said("policy", "adopt", "behaviour", "--school", "other", "--version", "2.0")
    said("policy", "review", "behaviour", "--school", "north-trust", "--by", "Trust board")
    assert "adopted" in said("policy", "undo", "behaviour", "--school", "other")
    assert not (tmp_path / OTHER).exists()
    assert "reviewed" in policy.read_text(encoding="utf-8"), "the trust's own review stands"
    for words, why in (
        (("behavior", "--school", "other"), "Did you mean behaviour?"),
        (("behaviour", "--school", "other", "--version", "4"), "Version 4 of Behaviour policy has not been approved."),
        (("behaviour", "--school", "other", "--date", "2020"), "2020 is before that"),
        (("behaviour", "--school", "other", "--date", "2027"), "has not come yet"),
    ):
        assert why in said("policy", "adopt", *words, code=2)
    assert not (tmp_path / OTHER).exists()
