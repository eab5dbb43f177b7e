"""A small workspace as tables, cell by cell: `small.txt` has what the files of `small.py` come to, whole and in public."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from charterkit.exchange.tables.rows import rows_of, shared_rows, tables, used_in
from charterkit.files.workspace import Workspace
from tests.insight.samples import write

from .samples import TODAY
from .small import small

EXPECTED = Path(__file__).with_name("small.txt")
"""A row on each line: its table, and what of it is not empty. What is wrong with a file is said by other tests."""


def told(workspace: Workspace, *, public: bool) -> Iterator[str]:
    """The rows of all tables as that file has them."""
    found = [rows_of(workspace.apart(), slug, TODAY, public=public) for slug in workspace.own_slugs]
    used = {pair for rows in found for pair in used_in(rows, public=public)}
    found.append(shared_rows(workspace, used, public=public))
    for table in tables(public=public):
        for row in (row for rows in found for row in rows.get(table.name, ())):
            cells = {column.name: cell for column, cell in zip(table.columns, row, strict=True) if cell is not None}
            cells.pop("why", None) if table.name == "unread" else None
            yield f"{'public ' if public else ''}{table.name} {json.dumps(cells, ensure_ascii=False)}"


@pytest.mark.parametrize("public", [False, True])
def test_every_cell_is_what_the_files_say(tmp_path: Path, public: bool) -> None:
    lines = EXPECTED.read_text(encoding="utf-8").splitlines()
    assert list(told(small(tmp_path), public=public)) == [
        line for line in lines if line.startswith("public ") is public
    ]


def test_a_trust_that_lists_nobody_has_the_members_that_say_so(tmp_path: Path) -> None:
    birch, fir = "name: Birch\nkind: trust\n", "name: Fir\ntrust: birch\n"
    write(tmp_path, {"schools/birch/school.yaml": birch, "schools/fir/school.yaml": fir})
    found = {slug: rows_of(Workspace(tmp_path), slug, TODAY, public=False)["members"] for slug in ("birch", "fir")}
    assert found == {"birch": [("birch", "fir")], "fir": []}
