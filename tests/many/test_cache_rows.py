"""What the cache keeps on disk: rows as they were, a database that is damaged or old goes, one in use stays."""

import os
import sqlite3
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import pytest

from charterkit.files.digests import digest, schools_digest
from charterkit.insight.ties import Ties
from charterkit.many.cache import Cache, Row

DAY = 24 * 60 * 60
WORK = "a work"
ASH = Row(
    "salt",
    {"schools/ash/school.yaml": ["stamp", "digest"]},
    {("lies", "schools/ash", "b", "c"): True, ("members", "north", "", ""): ["ash"]},
    Ties("north", ("oak",)),
    digest(b"found"),
)
BEECH = Row("other", {"schools/beech/school.yaml": [None, None]}, {})
KEPT = (ASH, "found")
EMPTY = (BEECH, "")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "deep" / "cache", tmp_path / "files", "this program")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "cache" / f"{digest(os.fsencode(tmp_path / 'files'))}.sqlite"


def test_rows_come_back_as_they_were(cache: Cache, file: Path) -> None:
    assert cache.rows(WORK) == {}
    assert not file.parent.exists(), "looking makes nothing"
    file.parent.mkdir(parents=True)
    assert (cache.texts(WORK), [*file.parent.iterdir()]) == ({}, []), "nor where there is a folder"
    cache.keep(WORK, {"ash": KEPT, "beech": EMPTY, "": EMPTY, "odd \udc80": EMPTY})
    assert cache.rows(WORK) == {"ash": ASH, "beech": BEECH, "": BEECH, "odd \udc80": BEECH}
    assert cache.bodies(WORK, cache.rows(WORK)) == {"ash": "found", "beech": "", "": "", "odd \udc80": ""}
    assert cache.rows("another work") == {}
    assert Cache(file.parent, file, "this program").rows(WORK) == {}
    assert list(file.parent.iterdir()) == [file], "nor where there are others"


def test_new_rows_take_the_place_of_old_ones_and_those_that_are_gone_go(cache: Cache) -> None:
    cache.keep(WORK, {"ash": KEPT, "beech": KEPT, "cedar": KEPT})
    cache.keep("another work", {"ash": KEPT})
    cache.keep(WORK, {"beech": EMPTY}, ["ash", "nobody"])
    assert {piece: row.salt for piece, row in cache.rows(WORK).items()} == {"beech": "other", "cedar": "salt"}
    assert list(cache.rows("another work")) == ["ash"]


def test_of_very_many_every_body_comes(cache: Cache) -> None:
    cache.keep(WORK, {f"school-{number}": KEPT for number in range(1234)})
    assert cache.bodies(WORK, cache.rows(WORK)) == {f"school-{number}": "found" for number in range(1234)}


def test_texts_come_back_as_they_were_put_and_other_works_are_let_go_of(cache: Cache, file: Path) -> None:
    assert (cache.texts(WORK), cache.names(WORK)) == ({}, [])
    cache.put(WORK, {"1": ("facts", "body"), "2": ("other", "")})
    cache.put("another work", {"1": ("x", "y")})
    cache.put("a third", {"1": ("x", "y")}, ["another work", "nobody's"])
    cache.put(WORK, {"2": ("new", "words")})
    assert cache.texts(WORK) == {"1": ("facts", "body"), "2": ("new", "words")}
    assert (cache.texts("another work"), cache.texts("a third")) == ({}, {"1": ("x", "y")})
    for column, value in (
        ("facts", "'fact'"),
        ("proof", "NULL"),
        ("facts", "x'37'"),
        ("body", "x'37'"),
    ):
        cache.put(WORK, {"1": ("facts", "body")})
        with sqlite3.connect(file) as database:
            database.execute(f"UPDATE piece SET {column} = {value} WHERE name = '1'")
        database.close()
        assert cache.texts(WORK) == {"2": ("new", "words")}, column


def test_whom_a_row_names_comes_back_whether_it_is_above_or_below(cache: Cache) -> None:
    ties = {"ash": Ties("north", ()), "north": Ties("", ("ash", "oak"))}
    cache.keep(WORK, {slug: (replace(BEECH, ties=each), "") for slug, each in ties.items()})
    assert {slug: row.ties for slug, row in cache.rows(WORK).items()} == ties


def test_of_whom_anything_is_known(cache: Cache, file: Path) -> None:
    cache.keep(WORK, {"ash": KEPT, "odd \udc80": EMPTY})
    assert sorted(cache.names(WORK)) == ["ash", "odd \udc80"]
    with sqlite3.connect(file) as database:
        database.execute("UPDATE piece SET name = 'ash' WHERE name = '\"ash\"'")
    database.close()
    assert cache.names(WORK) == []
    assert not file.exists()


def test_a_body_that_was_damaged_is_left_out(cache: Cache, file: Path) -> None:
    cache.keep(WORK, {"ash": KEPT, "beech": EMPTY, "cedar": KEPT})
    with sqlite3.connect(file) as database:
        database.execute("UPDATE piece SET body = 'lost' WHERE name LIKE '%ash%'")
    database.close()
    assert cache.bodies(WORK, cache.rows(WORK)) == {"beech": "", "cedar": "found"}


@pytest.mark.skipif(os.name == "nt", reason="no modes here")
def test_the_folder_is_nobody_else_s(cache: Cache, file: Path) -> None:
    before = os.umask(0)
    try:
        cache.keep(WORK, {"ash": KEPT})
    finally:
        os.umask(before)
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_what_another_state_of_the_program_wrote_is_not_believed(cache: Cache, tmp_path: Path, file: Path) -> None:
    Cache(file.parent, tmp_path / "files", "another").keep(WORK, {"ash": KEPT})
    cache.keep(WORK, {"beech": EMPTY})
    assert list(cache.rows(WORK)) == ["beech"]


def test_a_row_that_was_damaged_is_not_believed(cache: Cache, file: Path) -> None:
    cache.keep(WORK, {"ash": KEPT, "beech": EMPTY})
    with sqlite3.connect(file) as database:
        database.execute("UPDATE piece SET facts = replace(facts, 'salt', 'salty')")
    database.close()
    assert list(cache.rows(WORK)) == ["beech"]


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
    assert cache.texts(WORK) == {}
    assert [path for path in made if path.exists()] == []
    assert other.exists()


def test_where_one_is_damaged_a_new_one_is_written(cache: Cache, file: Path) -> None:
    spoilt(file)
    cache.keep(WORK, {"ash": KEPT})
    assert list(cache.rows(WORK)) == ["ash"]


@pytest.mark.parametrize("table", ["CREATE TABLE other (name)", "CREATE TABLE piece (name TEXT, words TEXT)"])
def test_one_of_another_form_goes(cache: Cache, file: Path, table: str) -> None:
    file.parent.mkdir(parents=True)
    with sqlite3.connect(file) as database:
        database.execute(table)
    database.close()
    assert cache.rows(WORK) == {}
    assert not file.exists()


@pytest.mark.parametrize(
    "facts", ["[1, 2", '["salt"]', '["s", {}, [["too short"]], ["", []], ""]', '["s", {}, [], 7, ""]', "{}"]
)
def test_a_row_that_is_no_row_is_as_good_as_none(cache: Cache, file: Path, facts: str) -> None:
    cache.keep(WORK, {"ash": KEPT})
    proof = cache._proof(WORK, '"ash"', facts)
    with sqlite3.connect(file) as database:
        database.execute("UPDATE piece SET facts = ?, proof = ?", (facts, proof))
    database.close()
    assert cache.rows(WORK) == {}
    assert not file.exists()


def test_one_in_use_stays_and_nobody_is_stopped(cache: Cache, file: Path) -> None:
    cache.keep(WORK, {"ash": KEPT})
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert cache.rows(WORK) == {}
    cache.keep(WORK, {"beech": EMPTY})
    other.execute("ROLLBACK")
    other.close()
    assert list(cache.rows(WORK)) == ["ash"]


def test_those_of_workspaces_that_nobody_checked_for_ninety_days_go(cache: Cache, file: Path) -> None:
    cache.keep(WORK, {})
    now = file.stat().st_mtime
    ages = {"old.sqlite": 90 * DAY + 3600, "young.sqlite": 90 * DAY - 3600, "old.txt": 200 * DAY}
    for name, age in ages.items():
        path = file.with_name(name)
        path.write_bytes(b"")
        os.utime(path, (now - age, now - age))
    cache.keep(WORK, {"ash": KEPT})
    assert {path.name for path in file.parent.iterdir()} == {file.name, "young.sqlite", "old.txt"}


def test_digests() -> None:
    assert digest(b"some bytes") == blake2b(b"some bytes", digest_size=20).hexdigest()
    assert schools_digest([("b", "2"), ("a", "1")]) == schools_digest([("a", "1"), ("b", "2")])
    assert schools_digest([("a", "1")]) != schools_digest([("a", "2")])
    assert schools_digest([("a\udc80", "1")]) != schools_digest([("a\udc81", "1")])
