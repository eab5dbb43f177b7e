"""What the cache keeps on disk: rows as they were, a database that is damaged or old goes, one in use stays."""

import os
import sqlite3
from hashlib import blake2b
from pathlib import Path

import pytest

from charterkit.choices import Severity
from charterkit.findings import Finding
from charterkit.rules.running.cache import Cache, Row, digest, schools_digest

DAY = 24 * 60 * 60
FOUND = Finding(
    "schools/ash/school.yaml", 3, 7, "CK401", "a-rule", Severity.WARNING, "It is so.", "Mend it.", "name: “A”"
)
ASH = Row(
    "salt",
    {"schools/ash/school.yaml": ["stamp", "digest"]},
    {"ash": ("north",)},
    {("file", "ash", "b", "c"): True},
    (FOUND,),
)
BEECH = Row("other", {"schools/beech/school.yaml": [None, None]}, {}, {}, ())


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "deep" / "cache", tmp_path / "files", "this program")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "cache" / f"{digest(os.fsencode(tmp_path / 'files'))}.sqlite"


def plain(row: Row) -> tuple[object, ...]:
    """Lists for tuples, as JSON has them."""
    kin = {name: list(others) for name, others in row.kin.items()}
    return row.salt, dict(row.files), kin, dict(row.asked), row.findings


def test_rows_come_back_as_they_were(cache: Cache, file: Path) -> None:
    assert cache.rows() == {}
    assert not file.parent.exists(), "looking makes nothing"
    cache.keep({("ash", "north"): ASH, ("beech",): BEECH}, ())
    found = cache.rows()
    assert {family: plain(row) for family, row in found.items()} == {
        ("ash", "north"): plain(ASH),
        ("beech",): plain(BEECH),
    }
    assert Cache(file.parent, file, "this program").rows() == {}
    assert list(file.parent.iterdir()) == [file], "nor where there are others"


def test_new_rows_take_the_place_of_old_ones_and_those_that_are_gone_go(cache: Cache) -> None:
    cache.keep({("ash",): ASH, ("beech",): ASH, ("cedar",): ASH}, ())
    cache.keep({("beech",): BEECH}, [("ash",), ("nobody",)])
    assert {family: row.salt for family, row in cache.rows().items()} == {("beech",): "other", ("cedar",): "salt"}


@pytest.mark.skipif(os.name == "nt", reason="no modes here")
def test_the_folder_is_nobody_else_s(cache: Cache, file: Path) -> None:
    before = os.umask(0)
    try:
        cache.keep({("ash",): ASH}, ())
    finally:
        os.umask(before)
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_what_another_state_of_the_program_wrote_is_not_believed(cache: Cache, tmp_path: Path, file: Path) -> None:
    Cache(file.parent, tmp_path / "files", "another").keep({("ash",): ASH}, ())
    cache.keep({("beech",): BEECH}, ())
    assert list(cache.rows()) == [("beech",)]


def test_a_row_that_was_damaged_is_not_believed(cache: Cache, file: Path) -> None:
    cache.keep({("ash",): ASH, ("beech",): BEECH}, ())
    with sqlite3.connect(file) as database:
        database.execute("UPDATE family SET body = replace(body, 'salt', 'salty')")
    database.close()
    assert list(cache.rows()) == [("beech",)]


def spoilt(file: Path) -> list[Path]:
    """A database that is none, and what sqlite leaves beside one."""
    made = [file.with_name(file.name + ending) for ending in ("", "-journal", "-wal", "-shm")]
    file.parent.mkdir(parents=True)
    for path in made:
        path.write_bytes(b"no database at all " * 100 if path == file else b"")
    return made


def test_a_damaged_database_goes_with_all_that_belongs_to_it(cache: Cache, file: Path) -> None:
    made = spoilt(file)
    other = file.with_name("other.sqlite-wal")
    other.write_bytes(b"")
    assert cache.rows() == {}
    assert [path for path in made if path.exists()] == []
    assert other.exists()


def test_where_one_is_damaged_a_new_one_is_written(cache: Cache, file: Path) -> None:
    spoilt(file)
    cache.keep({("ash",): ASH}, ())
    assert list(cache.rows()) == [("ash",)]


@pytest.mark.parametrize("table", ["CREATE TABLE other (name)", "CREATE TABLE family (name TEXT, words TEXT)"])
def test_one_of_another_form_goes(cache: Cache, file: Path, table: str) -> None:
    file.parent.mkdir(parents=True)
    with sqlite3.connect(file) as database:
        database.execute(table)
    database.close()
    assert cache.rows() == {}
    assert not file.exists()


@pytest.mark.parametrize("body", ["[1, 2", '["salt"]', '["s", {}, {}, [], [["too short"]]]', "{}"])
def test_a_row_that_is_no_row_is_as_good_as_none(cache: Cache, file: Path, body: str) -> None:
    cache.keep({("ash",): ASH}, ())
    proof = cache._proof('["ash"]', body)
    with sqlite3.connect(file) as database:
        database.execute("UPDATE family SET body = ?, proof = ?", (body, proof))
    database.close()
    assert cache.rows() == {}
    assert not file.exists()


def test_one_in_use_stays_and_nobody_is_stopped(cache: Cache, file: Path) -> None:
    cache.keep({("ash",): ASH}, ())
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert cache.rows() == {}
    cache.keep({("beech",): BEECH}, ())
    other.execute("ROLLBACK")
    other.close()
    assert list(cache.rows()) == [("ash",)]


def test_those_of_workspaces_that_nobody_checked_for_ninety_days_go(cache: Cache, file: Path) -> None:
    cache.keep({}, ())
    now = file.stat().st_mtime
    ages = {"old.sqlite": 90 * DAY + 3600, "young.sqlite": 90 * DAY - 3600, "old.txt": 200 * DAY}
    for name, age in ages.items():
        path = file.with_name(name)
        path.write_bytes(b"")
        os.utime(path, (now - age, now - age))
    cache.keep({("ash",): ASH}, ())
    assert {path.name for path in file.parent.iterdir()} == {file.name, "young.sqlite", "old.txt"}


def test_digests() -> None:
    assert digest(b"some bytes") == blake2b(b"some bytes", digest_size=20).hexdigest()
    assert schools_digest([("b", "2"), ("a", "1")]) == schools_digest([("a", "1"), ("b", "2")])
    assert schools_digest([("a", "1")]) != schools_digest([("a", "2")])
    assert schools_digest([("a\udc80", "1")]) != schools_digest([("a\udc81", "1")])
