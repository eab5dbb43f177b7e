"""The page of queries answers as the commands do: with DuckDB over each format, and with PostgreSQL."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from charterkit.exchange.tables.export import exported

from .asking import ANSWERS, QUERIES
from .rows import each_packed
from .samples import TODAY, opened, written


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = written(tmp_path_factory.mktemp("queries") / "w")
    (root / "schools/odd/school.yaml").write_text("name: Odd School\ntrust: the-trust\nlocal_authority: Someshire\n")
    return root


@pytest.fixture(scope="module", params=["parquet", "duckdb"])
def database(request, root, tmp_path_factory):
    out, workspace = tmp_path_factory.mktemp("out") / "t", opened(root)
    schools = each_packed(workspace, TODAY, request.param, public=False)
    exported(workspace, out, request.param, TODAY, schools, public=False, tops=())
    if request.param == "duckdb":
        with duckdb.connect(str(out / "charterkit.duckdb"), read_only=True) as made:
            yield made
        return
    with duckdb.connect() as made:
        made.execute(f"SET file_search_path = '{out}'")
        made.execute((out / "views.sql").read_text(encoding="utf-8"))
        yield made


def plain(cell):
    if isinstance(cell, date):
        return cell.isoformat()
    return float(cell) if isinstance(cell, Decimal) else cell


def asked(database, title):
    return [tuple(plain(cell) for cell in row) for row in database.execute(QUERIES[title]).fetchall()]


def test_every_query_of_the_page_is_tried():
    assert set(QUERIES) == set(ANSWERS)


@pytest.mark.parametrize("title", [title for title, ask in ANSWERS.items() if ask])
def test_a_query_says_what_the_command_says(root, database, title):
    found, expected = asked(database, title), ANSWERS[title](root)
    if title == "Actions that are open":  # the command calls two of one id alike
        found = [(school, charter, owner, due, state) for school, charter, _, owner, due, state in found]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert found, "a question without an answer shows nothing"


def test_what_could_not_be_read_is_asked_last(database):
    paths = {row[0] for row in asked(database, "What could not be read")}
    assert {"schools/broken/school.yaml", "schools/odd/policies/broken.yaml"} <= paths
