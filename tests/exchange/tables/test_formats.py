"""What each format holds is what the rows say, to the letter, whatever people wrote."""

import csv
import os
import random
import re
import signal
import string
import sys
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.errors import CharterkitError
from charterkit.exchange.tables import duck
from charterkit.exchange.tables.columns import CellKind, TidyTable, text, whole
from charterkit.exchange.tables.dictionary import described, meaning
from charterkit.exchange.tables.duck import ParquetWriter
from charterkit.exchange.tables.export import exported
from charterkit.exchange.tables.rows import PUBLIC, TABLES, shared_rows
from charterkit.exchange.tables.spool import RowSpool, packed, selected
from charterkit.exchange.tables.xlsx_file import likely_too_many
from charterkit.text.safe import MARK, csv_cell, visible

from .rows import each_packed, each_school
from .samples import TODAY, opened, written

FORMATS = ("parquet", "duckdb", "csv", "xlsx")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return written(tmp_path_factory.mktemp("formats") / "w")


@pytest.fixture(scope="module")
def rows(root):
    """By table what should be in every format."""
    workspace = opened(root)
    found: dict[str, list[Any]] = {table.name: [] for table in TABLES}
    for each in [*each_school(workspace, TODAY, public=False), shared_rows(workspace, (), public=False)]:
        for name, some in each.items():
            found[name] += some
    return found


@pytest.fixture(scope="module")
def made(root, tmp_path_factory):
    """An export in each format, into a folder whose name no program may take for anything else."""
    base = tmp_path_factory.mktemp("made")
    for name in FORMATS:
        workspace = opened(root)
        schools = each_packed(workspace, TODAY, name, public=False)
        exported(workspace, base / f"it's [{name}] 1*", name, TODAY, schools, public=False, tops=())
    return lambda name: base / f"it's [{name}] 1*"


def value(column, cell):
    """A cell as a database has it. An empty text says nothing, but where a column is never empty."""
    if cell is None or (cell == "" and not column.is_filled):
        return None
    if column.kind is CellKind.DAY:
        return date.fromisoformat(cell)
    return Decimal(cell).quantize(Decimal("0.000001")) if column.kind is CellKind.EXACT else cell


def expected(table, rows):
    return [
        tuple(value(column, cell) for column, cell in zip(table.columns, row, strict=True)) for row in rows[table.name]
    ]


def in_key_order(table, rows):
    places = [table.at(name) for name in table.key]
    return sorted(rows, key=lambda row: [str(row[place]) for place in places])


def test_parquet(made, rows, monkeypatch):
    folder = made("parquet")
    monkeypatch.chdir(folder)
    with duckdb.connect() as database:
        database.execute((folder / "views.sql").read_text(encoding="utf-8"))
        for table in TABLES:
            found = database.execute(f"SELECT * FROM {table.name}").fetchall()
            assert in_key_order(table, found) == in_key_order(table, expected(table, rows)), table.name
    assert (folder / "ratings/cycle=2025-26/ratings.parquet").is_file()


def test_duckdb(made, rows):
    with duckdb.connect(str(made("duckdb") / "charterkit.duckdb"), read_only=True) as database:
        for table in TABLES:
            names = ", ".join(column.name for column in table.columns)
            found = database.execute(f"SELECT {names} FROM {table.name}").fetchall()
            assert in_key_order(table, found) == in_key_order(table, expected(table, rows)), table.name
        comments = dict(
            database.execute("SELECT table_name || '.' || column_name, comment FROM duckdb_columns()").fetchall()
        )
        assert comments["ratings.strengths"] == "What is going well."


def test_csv(made, rows):
    for table in TABLES:
        path = made("csv") / f"{table.name}.csv"
        data = path.read_bytes().decode()
        assert data.startswith(MARK)
        found = list(csv.reader(data.removeprefix(MARK).splitlines(keepends=True), strict=True))
        assert found[0] == [column.name for column in table.columns]
        wanted = [[in_csv(cell) for cell in row] for row in rows[table.name]]
        assert sorted(found[1:]) == sorted(wanted), table.name
        assert not [cell for row in found for cell in row if cell.lstrip().startswith(("=", "+", "@", "\t"))]


def in_csv(cell):
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    made = csv_cell(cell) if isinstance(cell, str) else str(cell)
    return re.sub(r"(?m)^\\\.$", r" \\.", made)


def test_csv_tells_nothing_from_an_empty_text(made):
    line = next(line for line in (made("csv") / "signings.csv").read_text(encoding="utf-8-sig").splitlines() if line)
    assert line.startswith("school,charter")
    assert ",," in (made("csv") / "ratings.csv").read_text(encoding="utf-8-sig")


def test_xlsx(made, rows):
    book = openpyxl.load_workbook(made("xlsx") / "tables.xlsx", read_only=True)
    assert book.sheetnames == ["about", *(table.name for table in TABLES), "dictionary"]
    for table in TABLES:
        head, *found = book[table.name].iter_rows(values_only=True)
        assert list(head) == [column.name for column in table.columns]
        wanted = [
            tuple(in_cell(column, cell) for column, cell in zip(table.columns, row, strict=True))
            for row in rows[table.name]
        ]
        assert found == wanted, table.name
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def in_cell(column, cell):
    if cell in (None, ""):
        return None
    if column.kind is CellKind.DAY:
        return datetime.fromisoformat(cell)
    if column.kind in (CellKind.EXACT, CellKind.SHARE):
        return pytest.approx(float(cell))
    return visible(cell).replace("\r\n", "\n") if isinstance(cell, str) else cell


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_files_give_the_same_bytes(root, made, name, tmp_path):
    workspace = opened(root)
    schools = each_packed(workspace, TODAY, name, public=False)
    exported(workspace, tmp_path / "again", name, TODAY, schools, public=False, tops=())
    ours = {
        path.relative_to(tmp_path / "again"): path.read_bytes()
        for path in (tmp_path / "again").rglob("*")
        if path.is_file()
    }
    theirs = {path.relative_to(made(name)): path.read_bytes() for path in made(name).rglob("*") if path.is_file()}
    if name == "duckdb":  # every database has a name of its own in its first block
        ours, theirs = ({path: data[4096:] for path, data in made.items()} for made in (ours, theirs))
    assert ours == theirs


def test_every_column_is_in_the_dictionary_with_what_it_means(made):
    said = (made("csv") / "dictionary.md").read_text(encoding="utf-8")
    for table in TABLES:
        section = said.partition(f"\n## {table.name}\n")[2].partition("\n## ")[0]
        assert table.about in section
        for column in table.columns:
            assert meaning(column).rstrip().endswith((".", "?")), (table.name, column.name)
            assert re.search(rf"^\| (?:\*\*)?{column.name}(?:\*\*)? \| {column.kind.value} \|", section, re.MULTILINE)
    with duckdb.connect(str(made("duckdb") / "charterkit.duckdb"), read_only=True) as database:
        found = database.execute("SELECT table_name, column_name FROM dictionary").fetchall()
    assert set(found) >= {(each.table.name, each.column.name) for each in described(TABLES)}


def test_what_a_column_means_is_what_the_model_says():
    note = next(
        column for table in TABLES if table.name == "ratings" for column in table.columns if column.name == "note"
    )
    assert meaning(note) == "Whatever explains the rating: one line, or several after a |."
    for table in (*TABLES, *PUBLIC):
        for column in table.columns:
            assert meaning(column)


TABLE = TidyTable("t", "", ("n",), (whole("n", "n").filled, text("a", "a"), text("b", "b").filled))


def of_table(rows):
    return packed({"t": rows}, {"t": TABLE}, by_cycle=False)


@given(st.lists(st.tuples(st.one_of(st.none(), st.text()), st.text()), min_size=1, max_size=20))
def test_any_text_comes_out_of_duckdb_as_it_went_in(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("spool")
    spool = RowSpool(folder / "s", [TABLE], by_cycle=False)
    spool.add(of_table([(number, a, b) for number, (a, b) in enumerate(texts)]))
    spool.flush()
    [(_, paths)] = spool.files(TABLE)
    with duckdb.connect() as database:
        found = database.execute(selected(paths, TABLE)).fetchall()
    assert found == [(number, clean(a) or None, clean(b)) for number, (a, b) in enumerate(texts)]


def test_a_text_as_long_as_a_file_comes_out_whole(tmp_path):
    long = '"\n' * 500_000
    spool = RowSpool(tmp_path / "s", [TABLE], by_cycle=False)
    spool.add(of_table([(1, long, long[::-1]), (2, "x", "y")]))
    spool.flush()
    [(_, paths)] = spool.files(TABLE)
    with duckdb.connect() as database:
        assert database.execute(selected(paths, TABLE)).fetchall() == [(1, long, long[::-1]), (2, "x", "y")]


def test_long_texts_of_many_do_not_fill_the_memory(tmp_path):
    """DuckDB may hold 128 MB: of one file with these it held more than 256, and gave up."""
    words = "".join(random.Random(1).choices(string.printable, k=10_000))
    table = replace(TABLE, name="long")
    writer = ParquetWriter(tmp_path, [table])
    some = writer.pack({"long": [(number, words[number:], "b") for number in range(2_000)]}, {"long": table})
    for _ in range(14):
        writer.add(some)
    writer.finish()
    with duckdb.connect() as database:
        read = database.execute(
            "SELECT count(*), sum(length(a)) FROM read_parquet(?)", [str(tmp_path / "long.parquet")]
        )
        assert read.fetchone() == (28_000, 14 * sum(10_000 - number for number in range(2_000)))


def test_rows_that_are_lost_are_said(tmp_path):
    writer = ParquetWriter(tmp_path, [TABLE])
    writer.add(of_table([(1, "a", "b")]))
    writer._spool.rows[TABLE.name, ""] += 1
    with pytest.raises(CharterkitError) as error:
        writer.finish()
    assert "2 rows went in, 1 came out" in error.value.message


def clean(text):
    return text and text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def test_a_cell_counts_letters_as_excel_does() -> None:
    from charterkit.insight.evaluations.form_layout import CELL_UNITS, fitting, units

    cut = fitting("😀" * 20_000)
    assert units(cut) <= CELL_UNITS
    assert cut.endswith("😀…")
    assert fitting("😀" * 10) == "😀" * 10


def test_that_a_sheet_will_hardly_hold_it_is_said_beforehand():
    paths = [f"schools/s{number}/evaluations/2025-26.yaml" for number in range(26_214)]
    assert likely_too_many([*paths, "schools/s0/school.yaml"]) == ""
    assert "There are 26,215 files of self-evaluations" in likely_too_many([*paths, "schools/x/evaluations/a.yaml"])


@pytest.fixture
def stoppable():
    """^C is KeyboardInterrupt, and so is an alarm: whatever this process was started with."""
    before = {which: signal.signal(which, signal.default_int_handler) for which in (signal.SIGINT, signal.SIGALRM)}
    yield
    for which, handler in before.items():
        signal.signal(which, handler)


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.usefixtures("stoppable")
def test_ctrl_c_while_duckdb_works_is_no_fault_of_ours(tmp_path):
    """Found by the soak: DuckDB makes a RuntimeError of it, and `export` said that something went wrong inside."""
    with pytest.raises(KeyboardInterrupt):
        _asked_for_ever(tmp_path)


def _asked_for_ever(folder):
    with duck._connected(duckdb, ":memory:", folder) as database:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        database.execute("SELECT sum(number) FROM range(1_000_000_000_000_000) AS made(number)").fetchone()


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.usefixtures("stoppable")
def test_ctrl_c_while_duckdb_is_loaded_comes_when_it_is(monkeypatch):
    """Found by the soak: in the middle of it the whole program was aborted, or was told that DuckDB is missing."""
    finder = SimpleNamespace(find_spec=lambda *_: signal.raise_signal(signal.SIGINT))
    monkeypatch.delitem(sys.modules, "duckdb")
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    with pytest.raises(KeyboardInterrupt):
        duck._duckdb()
    assert "duckdb" in sys.modules
