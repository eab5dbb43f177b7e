"""Focus groups in a visit: what the visitor says of a group stands beside what the school says of it, everywhere."""

import json
from datetime import date
from pathlib import Path

from charterkit.files.workspace import Workspace
from charterkit.session.visit_begun import visit_meant
from charterkit.session.visit_file import VisitFile
from tests.credential.office import Office

GROUPS = "focus_groups: [{id: roma, name: Roma pupils}, {id: send, name: Pupils with SEND}]\n"
HEAD = 'charter: small\ncharter_version: "1"\nstatus: agreed\n'


def test_a_visit_with_groups_is_recorded_and_shown_everywhere(tmp_path: Path) -> None:
    office = Office(tmp_path)
    charter = office.root / "charters/small.yaml"
    charter.write_text(charter.read_text("utf-8") + GROUPS, encoding="utf-8")
    folder = office.root / "schools/lathom/evaluations"
    folder.mkdir()
    for cycle, day, level in (("2025-26", "2025-11-10", "red"), ("2026-27", "2026-11-10", "amber")):
        ratings = f"ratings:\n  gate: {{rating: green, groups: {{roma: {level}}}}}\n  office: {{rating: green}}\n"
        (folder / f"{cycle}.yaml").write_text(f"{HEAD}cycle: {cycle}\ndate: {day}\n{ratings}", encoding="utf-8")
    workspace, today = Workspace(office.root), date(2026, 11, 22)
    meant = visit_meant(workspace, workspace.school("lathom"), "small", today, purpose="support")
    visit = VisitFile(workspace, meant, today)
    visit.rate("gate", "green")
    visit.rate_group("gate", "roma", "red")
    visit.rate_group("gate", "send", "amber")
    shown = json.loads(office.run("visit", "show", "--format", "json", "-q"))
    gate = next(each for each in shown["aspects"] if each["aspect"] == "gate")
    assert gate["groups"] == {"roma": "red", "send": "amber"}
    page = office.run("visit", "show", "--format", "markdown", "-o", "-")
    for said in ("Roma pupils: Amber", "Roma pupils: Red", "Pupils with SEND: Amber"):  # the school's, the visitor's
        assert said in page, said
    ready = office.call("ready", "--award", "gold")[1]
    assert "Roma pupils" in ready
    assert "Roma pupils" in office.run("report", "--cycle", "2026-27", "--format", "markdown")
    moved = office.run("compare", "--format", "markdown")
    assert "Roma pupils" in moved
    assert office.evaluations("1")[-1]["ratings"]["gate"]["groups"] == {"roma": "amber"}, "the school's stay its own"
