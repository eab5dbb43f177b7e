"""The tables in a real PostgreSQL server, loaded with the documented command: keys hold, texts are whole, answers agree.

It needs a server's programs on this computer, which runs as another user where we are root.
"""

import contextlib
import json
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from charterkit.exchange.tables.export import exported, not_read, of_school
from charterkit.exchange.tables.rows import TABLES, tables
from charterkit.text.safe import csv_cell

from .asking import ANSWERS, QUERIES
from .rows import each_packed, each_school
from .samples import TODAY, opened, written

INITDB, POSTGRES, PSQL = (
    next(iter([*sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), *([Path(found)] if found else [])]), None)
    for name in ("initdb", "postgres", "psql")
    for found in [shutil.which(name)]
)
pytestmark = pytest.mark.skipif(
    not (INITDB and POSTGRES and PSQL), reason="PostgreSQL IS NOT HERE: loading the tables into it is not tried"
)


def as_user() -> dict[str, Any]:
    """A server will not be root's: as whom it is started then."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return {}


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


@pytest.fixture(scope="module")
def server():
    """A server of its own, in a folder that its user can get to; the words that lead psql to it."""
    base = Path(tempfile.mkdtemp(prefix="ck-pg-", dir="/tmp"))
    who = as_user()
    if who:
        os.chown(base, who["user"], who["group"])
    plain = {"cwd": base, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, **who}
    words = ["-D", str(base / "data"), "-U", "us", "-A", "trust", "-E", "UTF8", "--no-sync"]
    made = subprocess.run([str(INITDB), *words], capture_output=True, text=True, check=False, **plain)
    if made.returncode:
        shutil.rmtree(base)
        pytest.skip(f"NO POSTGRESQL SERVER CAN BE MADE HERE: {made.stderr.strip()[-200:]}")
    port = free_port()
    settings = [
        "-c",
        "listen_addresses=127.0.0.1",
        "-p",
        str(port),
        "-c",
        "unix_socket_directories=",
        "-c",
        "fsync=off",
    ]
    running = subprocess.Popen(
        [str(POSTGRES), "-D", str(base / "data"), *settings], stderr=subprocess.PIPE, text=True, **plain
    )
    try:
        assert running.stderr is not None
        while "ready to accept connections" not in (line := running.stderr.readline()):
            assert line, "the server has ended"
        yield ["-h", "127.0.0.1", "-p", str(port), "-U", "us"]
    finally:
        running.terminate()
        running.communicate()
        shutil.rmtree(base)


def psql(server, *words, cwd, check=True):
    done = subprocess.run(
        [str(PSQL), *server, "-X", "-q", *words], cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert not check or done.returncode == 0, done.stderr
    return done


def asked(server, query, cwd):
    """A query's rows."""
    whole = f"SELECT coalesce(json_agg(t), '[]') FROM ({query.rstrip().rstrip(';')}) t"
    done = psql(server, "-d", "mydb", "-At", "-c", "SET search_path TO charterkit", "-c", whole, cwd=cwd)
    return [tuple(row.values()) for row in json.loads(done.stdout)]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return written(tmp_path_factory.mktemp("pg") / "w")


def export(root, out, *, public=False):
    workspace = opened(root)
    schools = each_packed(workspace, TODAY, "csv", public=public)
    exported(workspace, out, "csv", TODAY, schools, public=public, tops=())
    return out


@pytest.fixture(scope="module")
def loaded(server, root, tmp_path_factory):
    """The folder of an export that was loaded, as docs/export.md says, and loaded once more."""
    out = export(root, tmp_path_factory.mktemp("pg-out") / "tables")
    psql(server, "-d", "postgres", "-c", "CREATE DATABASE mydb", cwd=out)
    for _ in range(2):
        psql(server, "-d", "mydb", "-f", "load.sql", cwd=out)
    return out


def test_every_row_is_there_and_every_column_says_what_it_means(server, root, loaded):
    counted = {table.name: 0 for table in TABLES}
    for rows in each_school(opened(root), TODAY, public=False):
        for name, some in rows.items():
            counted[name] += len(some)
    for name in ("schools", "ratings", "groups", "evidence", "actions", "promises", "visits", "questions", "moves"):
        assert asked(server, f"SELECT count(*) FROM {name}", loaded) == [(counted[name],)], name
    said = asked(server, "SELECT col_description('ratings'::regclass, attnum) FROM pg_attribute "
                 "WHERE attrelid = 'ratings'::regclass AND attname = 'strengths'", loaded)  # fmt: skip
    assert said == [("What is going well.",)]


def test_texts_are_those_of_the_files(server, root, loaded):
    """But for what a spreadsheet would run, and a line that psql takes for the end."""
    table = next(table for table in TABLES if table.name == "ratings")
    found = dict(asked(server, "SELECT school || cycle || aspect, note FROM ratings", loaded))
    for rows in each_school(opened(root), TODAY, public=False):
        for row in rows["ratings"]:
            school, cycle, aspect, note = (row[table.at(name)] for name in ("school", "cycle", "aspect", "note"))
            wanted = None if note is None else csv_cell(str(note)).replace("\n\\.\n", "\n \\.\n")
            assert found[f"{school}{cycle}{aspect}"] == wanted


@pytest.mark.parametrize("title", list(QUERIES))
def test_the_page_of_queries_holds_for_it_too(server, root, loaded, title):
    found, expected = asked(server, QUERIES[title], loaded), ANSWERS[title]
    if title == "Actions that are open":
        found = [(school, charter, owner, due, state) for school, charter, _, owner, due, state in found]
    if expected is not None:
        wanted = [tuple(csv_cell(each) if isinstance(each, str) else each for each in row) for row in expected(root)]
        assert sorted(found, key=str) == sorted(wanted, key=str)


def test_a_view_of_somebody_stays_and_a_load_that_fails_changes_nothing(server, root, loaded, tmp_path):
    psql(server, "-d", "mydb", "-c", "CREATE VIEW mine AS SELECT school FROM charterkit.schools", cwd=loaded)
    half = tmp_path / "half"
    shutil.copytree(loaded, half)
    lines = (half / "ratings.csv").read_bytes().splitlines(keepends=True)
    (half / "ratings.csv").write_bytes(b"".join(lines[: len(lines) // 2]) + b"nonsense\r\n")
    before = asked(server, "SELECT count(*) FROM ratings", loaded)
    assert psql(server, "-d", "mydb", "-f", "load.sql", cwd=half, check=False).returncode != 0
    assert asked(server, "SELECT count(*) FROM ratings", loaded) == before
    psql(server, "-d", "mydb", "-f", "load.sql", cwd=loaded)
    assert asked(server, "SELECT count(*) FROM public.mine", loaded) == asked(
        server, "SELECT count(*) FROM schools", loaded
    )


def test_the_public_tables_load_too(server, root, tmp_path):
    out = export(root, tmp_path / "public", public=True)
    psql(server, "-d", "postgres", "-c", "CREATE DATABASE open", cwd=out)
    psql(server, "-d", "open", "-f", "load.sql", cwd=out)
    names = psql(
        server, "-d", "open", "-At", "-c", "SELECT tablename FROM pg_tables WHERE schemaname = 'charterkit'", cwd=out
    )
    assert set(names.stdout.split()) == {"about", "dictionary", *(table.name for table in tables(public=True))}


def test_of_a_school_that_failed_there_is_a_line_to_which_the_others_lead(server, root, tmp_path):
    """A trust's file names a visit to it: without the line the load would stop."""
    workspace = opened(root)
    schools = [
        not_read("odd", "nobody knows", "csv", public=False)
        if slug == "odd"
        else of_school(workspace.apart(), slug, TODAY, ["csv", "whole"])
        for slug in workspace.own_slugs
    ]
    out = tmp_path / "tables"
    exported(workspace, out, "csv", TODAY, schools, public=False, tops=())
    psql(server, "-d", "postgres", "-c", "CREATE DATABASE failed", cwd=out)
    psql(server, "-d", "failed", "-f", "load.sql", cwd=out)
    query = "SELECT count(*) FROM charterkit.visits JOIN charterkit.unread u ON u.path = 'schools/' || school"
    assert psql(server, "-d", "failed", "-At", "-c", query, cwd=out).stdout.strip() == "1"
