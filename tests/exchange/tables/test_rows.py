"""Rows of every table: of the kinds that their columns say, told apart by their keys, and leading somewhere."""

import pickle
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from charterkit.exchange.tables.columns import CellKind
from charterkit.exchange.tables.rows import PUBLIC, TABLES, rows_of, shared_rows, used_in

from .rows import each_school
from .samples import ROOT, TODAY, opened, written


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory):
    base = tmp_path_factory.mktemp("rows")
    (base / "empty" / "charters").mkdir(parents=True)
    return {"odd": written(base / "odd"), "frameworks": ROOT / "tests" / "frameworks", "empty": base / "empty"}


def all_rows(root, *, public):
    workspace, used = opened(root), set()
    found: dict[str, list[Any]] = {table.name: [] for table in TABLES}
    for rows in each_school(workspace, TODAY, public=public):
        used |= used_in(rows, public=public)
        for name, some in rows.items():
            found[name] += some
    for name, some in shared_rows(workspace, used, public=public).items():
        found[name] += some
    return found


@pytest.fixture(scope="module", params=["odd", "frameworks", "empty"])
def name(request):
    return request.param


@pytest.fixture(scope="module", params=[False, True], ids=["private", "public"])
def made(request, workspaces, name):
    return (PUBLIC if request.param else TABLES), all_rows(workspaces[name], public=request.param)


def fits(kind, cell):
    if kind is CellKind.TEXT:
        return type(cell) is str
    if kind is CellKind.DAY:
        return type(cell) is str and bool(date.fromisoformat(cell))
    if kind is CellKind.EXACT:
        return type(cell) is str and Decimal(cell).is_finite()
    return type(cell) in {CellKind.WHOLE: (int,), CellKind.FLAG: (bool,), CellKind.SHARE: (float,)}[kind]


def test_every_cell_is_of_its_columns_kind(made):
    tables, found = made
    for table in tables:
        for row in found[table.name]:
            assert len(row) == len(table.columns)
            for column, cell in zip(table.columns, row, strict=True):
                assert (not column.is_filled) if cell is None else fits(column.kind, cell), (
                    table.name,
                    column.name,
                    cell,
                )
    assert pickle.loads(pickle.dumps(found)) == found


def test_keys_tell_rows_apart_and_ways_lead_somewhere(made):
    tables, found = made

    def values(table, columns):
        places = [table.at(name) for name in columns]
        return [tuple(row[place] for place in places) for row in found[table.name]]

    for table in tables:
        assert [key for key, count in Counter(values(table, table.key)).items() if count > 1] == [], table.name
        for columns, other in table.leads_to:
            to = next((each for each in tables if each.name == other), None)
            assert to is None or set(values(table, columns)) <= set(values(to, to.key)), (table.name, other)


def test_the_odd_workspace_has_a_row_in_every_table(workspaces):
    found = all_rows(workspaces["odd"], public=False)
    assert [name for name, rows in found.items() if not rows] == []


def test_what_stands_twice_is_kept_apart(workspaces):
    rows = rows_of(opened(workspaces["odd"]), "odd", TODAY, public=False)
    at = {table.name: table for table in TABLES}
    assert [row[at["promises"].at("promise")] for row in rows["promises"]] == ["same", "same-2"]
    assert [row[at["questions"].at("question")] for row in rows["questions"]] == ["q", "q-2"]
    ids = [row[at["actions"].at("action_id")] for row in rows["actions"]]
    assert {"twice", "twice-2"} < set(ids)
    assert len(rows["signings"]) == 1
    assert "2026 2026" not in str(rows["signings"])
    assert "x 2026" in str(rows["signings"])


def test_small_groups_have_no_numbers(workspaces):
    rows = rows_of(opened(workspaces["odd"]), "odd", TODAY, public=False)["group_answers"]
    table = next(table for table in TABLES if table.name == "group_answers")
    shown = {row[table.at("group_id")]: row[table.at("is_shown") :] for row in rows}
    assert shown["send"] == (False, None, None, None)
    assert shown["eal"][0] in (True, False)
    assert (shown["eal"][1] is None) == (not shown["eal"][0])


def test_what_cannot_be_read_is_named_and_the_rest_is_there(workspaces):
    found = all_rows(workspaces["odd"], public=False)
    said = {row[0]: row[-1] for row in found["unread"]}
    assert "schools/broken/school.yaml" in said
    assert "schools/odd/policies/broken.yaml" in said
    assert "schools/odd/evaluations/2026-27 (1).yaml" in said
    assert "lime" in said["schools/odd/evaluations/points.yaml"]
    assert {row[0] for row in found["schools"]} >= {"odd", "broken", "nothing", "example-primary"}


def test_names_of_tables_and_columns_are_plain_and_lead_to_others():
    names = {table.name: {column.name for column in table.columns} for table in TABLES}
    by_cycle = {table.name for table in TABLES if table.by_cycle}
    assert by_cycle == {"evaluations", "ratings", "parts", "groups", "moves", "evidence"}, "a folder of files by cycle"
    for table in TABLES:
        for columns, other in table.leads_to:
            assert set(columns) <= names[table.name], table.name
            assert len(columns) == len(next(each for each in TABLES if each.name == other).key), (table.name, other)
        for word in (table.name, *(column.name for column in table.columns)):
            assert re.fullmatch("[a-z][a-z0-9_]*", word)
        assert set(table.key) <= {column.name for column in table.columns}
        assert all(table.columns[table.at(name)].is_filled for name in table.key)


def test_a_table_for_everybody_has_its_whole_key():
    for table in PUBLIC:
        assert set(table.key) <= {column.name for column in table.columns}
        for columns, _ in table.leads_to:
            assert set(columns) <= {column.name for column in table.columns}
