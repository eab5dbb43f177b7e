"""What may be published, as a list that somebody has to change knowingly, and of which school which rows."""

from pathlib import Path
from typing import Any

import pytest

from charterkit.exchange.tables.rows import PUBLIC, TABLES, rows_of, shared_rows, tables, used_in
from charterkit.files.workspace import Workspace
from tests.insight.samples import charter, evaluation, make, write

from .samples import TODAY

COLUMNS = {
    "schools": "school name kind type urn phase nation local_authority trust",
    "charters": (
        "charter charter_version title status publisher purpose provenance rated met_at written_in is_builtin"
    ),
    "levels": "charter charter_version level rank label letter meaning colour",
    "aspects": ("charter charter_version aspect position number key_point key_point_title text met_rank replaces"),
    "signings": "school charter signed signed_last",
    "evaluations": (
        "school charter cycle charter_version academic_year term date date_last status previous_cycle is_newest "
        "aspects aspects_rated aspects_met aspects_not_applicable aspects_not_rated aspects_unreadable"
    ),
    "ratings": "school charter cycle charter_version aspect state level rank met",
    "parts": "school charter cycle part title state level rank",
    "moves": "school charter cycle from_cycle aspect move by_levels from_aspects from_level to_level is_stuck",
    "policies": "school policy title approver approver_name public_version url",
    "promises": "school policy promise what how_often audience",
    "surveys": "school survey title date date_last audience",
    "said": "school survey position said did date date_last",
}
"""By table the columns that everybody may see: no word that leaders wrote, no number of people, no name of one."""
AGREED = "status: agreed\n"


def test_the_columns_that_everybody_may_see():
    assert {table.name: " ".join(column.name for column in table.columns) for table in PUBLIC} == COLUMNS
    assert (tables(public=True), tables(public=False)) == (PUBLIC, TABLES)


def published(workspace: Workspace, table: str, *names: str) -> list[tuple[Any, ...]]:
    """Some columns of what the school publishes in a table."""
    shown = next(each for each in PUBLIC if each.name == table)
    rows = rows_of(workspace, "lathom", TODAY, public=True).get(table, ())
    return [tuple(row[shown.at(name)] for name in names) for row in rows]


def test_of_self_evaluations_what_is_agreed_and_read_whole(tmp_path: Path):
    """Drafts are not even told by what moved since, or by which was the newest."""
    workspace = make(
        tmp_path,
        [charter(["gate", "phone"])],
        evaluation({"gate": "red", "phone": "red"}, "2021-22", "2021-10", more=AGREED),
        evaluation({"gate": "red"}, "2022-23", "2022-10"),
        evaluation({"gate": "amber", "phone": "blue"}, "2023-24", "2023-10", more=AGREED),
        evaluation({"gate": "green", "phone": "red"}, "2024-25", "2024-10", more=AGREED),
        evaluation({"gate": "red", "phone": "green"}, "2025-26", "2025-10"),
    )
    assert published(workspace, "evaluations", "cycle", "previous_cycle", "is_newest", "aspects_met") == [
        ("2021-22", None, False, 0),
        ("2024-25", "2021-22", True, 1),
    ]
    assert published(workspace, "ratings", "cycle", "aspect", "level", "met") == [
        ("2021-22", "gate", "red", False),
        ("2021-22", "phone", "red", False),
        ("2024-25", "gate", "green", True),
        ("2024-25", "phone", "red", False),
    ]
    assert published(workspace, "moves", "cycle", "from_cycle", "aspect", "move") == [
        ("2024-25", "2021-22", "gate", "improved"),
        ("2024-25", "2021-22", "phone", "unchanged"),
    ]
    assert published(workspace, "schools", "school", "name") == [("lathom", "Lathom High School")]


FILES = {
    "a draft": {"evaluations/a.yaml": evaluation({"gate": "red"})},
    "a policy for staff": {"policies/p.yaml": "id: p\ntitle: P\nstatus: live\npublication: {visibility: internal}\n"},
    "a draft of a policy": {"policies/p.yaml": "id: p\ntitle: P\nstatus: draft\npublication: {visibility: public}\n"},
    "a visit": {"visits/v.yaml": "date: 2026-03-02\ncharter: small\noutcome: met\ncertificate: {number: C1}\n"},
    "actions": {"evaluations/a.yaml": evaluation({"gate": "red"}, more="actions: [{action: Do}]\n")},
    "two files about the same": {
        "evaluations/a.yaml": evaluation({"gate": "red"}, more=AGREED),
        "evaluations/b.yaml": evaluation({"gate": "green"}, more=AGREED),
    },
    "a level that is none": {"evaluations/a.yaml": evaluation({"gate": "blue"}, more=AGREED)},
}


@pytest.mark.parametrize("name", FILES)
def test_a_school_that_publishes_nothing_is_in_no_table(tmp_path: Path, name: str):
    workspace = make(tmp_path, [charter(["gate"])])
    write(tmp_path, {f"schools/lathom/{path}": text for path, text in FILES[name].items()})
    rows = rows_of(Workspace(workspace.root), "lathom", TODAY, public=True)
    assert [table for table, found in rows.items() if found and table != "unread"] == []
    assert rows_of(Workspace(workspace.root), "lathom", TODAY, public=False)["schools"]


PUBLISHED = {
    "signings": {"school.yaml": "name: L\ncharters: [{charter: small, signed: 2026-03}]\n"},
    "evaluations": {"evaluations/a.yaml": evaluation({"gate": "red"}, more=AGREED)},
    "policies": {"policies/p.yaml": "id: p\ntitle: P\nstatus: live\npublication: {visibility: public}\n"},
}


@pytest.mark.parametrize("table", PUBLISHED)
def test_whatever_it_publishes_its_own_row_stands_beside(tmp_path: Path, table: str):
    workspace = make(tmp_path, [charter(["gate"])])
    write(tmp_path, {f"schools/lathom/{path}": text for path, text in PUBLISHED[table].items()})
    rows = rows_of(Workspace(workspace.root), "lathom", TODAY, public=True)
    assert {name for name, found in rows.items() if found} >= {table, "schools"}
    assert not rows["unread"]


def test_promises_to_families_and_those_to_nobody_in_particular(tmp_path: Path):
    audiences = {
        "a": "[parents]",
        "b": "[staff]",
        "c": "[staff, pupils]",
        "d": "[governors]",
        "e": "[community]",
        "f": "[]",
    }
    lines = [f"  - {{id: {name}, what: So, audience: {audience}}}\n" for name, audience in audiences.items()]
    workspace = make(tmp_path, [charter(["gate"])])
    policy = "id: p\ntitle: P\nstatus: live\npublication: {visibility: public}\ncommitments:\n" + "".join(lines)
    write(tmp_path, {"schools/lathom/policies/p.yaml": policy})
    found = Workspace(workspace.root)
    assert [row[0] for row in published(found, "promises", "promise")] == ["a", "c", "e", "f"]
    assert len(rows_of(found, "lathom", TODAY, public=False)["promises"]) == 6


def test_of_charters_those_that_are_given_out_and_drafts_that_were_published_with(tmp_path: Path):
    texts = [
        charter(["gate"], number).replace("status: draft", f"status: {status}")
        for number, status in (("1", "published"), ("2", "draft"), ("3", "withdrawn"), ("4", "draft"))
    ]
    workspace = make(tmp_path, texts, evaluation({"gate": "red"}, version="4", more=AGREED))

    def versions(*, public: bool) -> dict[str, list[str]]:
        used = used_in(rows_of(workspace, "lathom", TODAY, public=public), public=public)
        rows = shared_rows(workspace, used, public=public)
        return {
            name: sorted({str(row[1]) for row in rows[name] if row[0] == "small"})
            for name in ("charters", "levels", "aspects")
        }

    assert versions(public=True) == {key: ["1", "3", "4"] for key in ("charters", "levels", "aspects")}
    assert versions(public=False) == {key: ["1", "2", "3", "4"] for key in ("charters", "levels", "aspects")}
