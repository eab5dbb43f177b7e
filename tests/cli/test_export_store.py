"""`export ftp://…`: a folder in a store, on a real server of files that fsspec talks to as it does to a bucket."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from charterkit.errors import CharterkitError
from charterkit.files.store import Store, is_store, said, store_at
from charterkit.files.whole_folder import LIST, whole_folder

from .calling import call

pytest.importorskip("fsspec")
pytest.importorskip("pyftpdlib")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a server of files, and its folder on this disk."""
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import FTPHandler
    from pyftpdlib.servers import ThreadedFTPServer

    folder = tmp_path / "server"
    folder.mkdir()
    users = DummyAuthorizer()
    users.add_user("clerk", "s3cret", str(folder), perm="elradfmwMT")
    users.add_user("head@elm", "a/b@c#?%", str(folder), perm="elradfmwMT")
    users.add_user("reader", "s3cret", str(folder), perm="elr")
    handler = type("Handler", (FTPHandler,), {"authorizer": users})
    with ThreadedFTPServer(("127.0.0.1", 0), handler) as serving:
        thread = threading.Thread(target=serving.serve_forever, kwargs={"timeout": 0.1, "handle_exit": False})
        thread.start()
        try:
            yield f"ftp://clerk:s3cret@127.0.0.1:{serving.address[1]}", folder
        finally:
            serving.close_all()
            thread.join()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "ours"
    school = root / "schools/elm"
    (school / "evaluations").mkdir(parents=True)
    (root / "charterkit.yaml").write_text("{}\n", encoding="utf-8")
    (school / "school.yaml").write_text("name: Elm\n", encoding="utf-8")
    return root


def export(workspace: Path, address: str, *more: str) -> "subprocess.CompletedProcess[str]":
    return call("--workspace", str(workspace), "export", address, "--format", "csv", *more, cwd=workspace)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_lies_in_the_store_is_what_lies_in_a_folder(
    workspace: Path, server: tuple[str, Path], tmp_path: Path
) -> None:
    address, folder = server
    for form in ("csv", "parquet"):
        assert export(workspace, str(tmp_path / form), "--format", form).returncode == 0
        done = export(workspace, f"{address}/tables/{form}/", "--format", form)
        assert done.returncode == 0, done.stderr
        assert files(folder / "tables" / form) == files(tmp_path / form)
        shown = f"ftp://127.0.0.1:{address.rpartition(':')[2]}/tables/{form}"
        assert f"Written to {shown}:" in done.stderr
        assert f"Begin with {shown}/dictionary.md" in done.stderr
        assert "s3cret" not in done.stdout + done.stderr


def test_a_name_and_a_password_may_hold_any_sign(workspace: Path, server: tuple[str, Path]) -> None:
    address, folder = server
    done = export(workspace, f"{address.replace('clerk:s3cret', 'head%40elm:a%2Fb%40c%23%3F%25')}/tables")
    assert done.returncode == 0, done.stderr
    assert (folder / "tables/schools.csv").is_file()


def test_a_later_export_takes_the_place_of_an_earlier_one(workspace: Path, server: tuple[str, Path]) -> None:
    address, folder = server
    assert export(workspace, f"{address}/tables", "--format", "parquet").returncode == 0
    before = files(folder / "tables").keys()
    assert export(workspace, f"{address}/tables").returncode == 0
    after = files(folder / "tables")
    assert "schools.csv" in after
    assert not {name for name in before if name.endswith(".parquet")} & after.keys()
    listed = after[LIST].decode().splitlines()[1:]
    assert sorted([LIST, *listed]) == sorted(after)


def test_a_folder_with_anything_else_in_it_is_left_alone(workspace: Path, server: tuple[str, Path]) -> None:
    address, folder = server
    (folder / "theirs").mkdir()
    (folder / "theirs/holiday.jpg").write_bytes(b"x")
    done = export(workspace, f"{address}/theirs")
    assert done.returncode == 2
    assert "holiday.jpg" in done.stderr
    assert "s3cret" not in done.stderr
    assert files(folder) == {"theirs/holiday.jpg": b"x"}
    assert export(workspace, f"{address}/tables").returncode == 0
    (folder / "tables/notes.txt").write_bytes(b"x")
    kept = files(folder)
    assert export(workspace, f"{address}/tables").returncode == 2
    (folder / "tables/notes.txt").unlink()
    (folder / "tables" / LIST).write_text("# somebody's\nschools.csv\n", encoding="utf-8")
    assert export(workspace, f"{address}/tables").returncode == 2
    assert files(folder).keys() == kept.keys() - {"tables/notes.txt"}


def made(folder: Path, workspace: Path, names: list[str]) -> Path:
    with whole_folder(folder, workspace, []) as new:
        for name in names:
            (new / name).write_text(name, encoding="utf-8")
    return folder


def test_what_was_stopped_in_the_middle_says_so_and_is_gone_on_from(
    workspace: Path, server: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, folder = server
    store = store_at(f"{address}/tables")
    store.put(made(tmp_path / "first", workspace, ["a", "b"]))
    assert files(folder / "tables").keys() == {"a", "b", LIST}
    new = made(tmp_path / "second", workspace, ["b", "c", "d"])
    put = Store._put

    def stopped(self: Store, source: Path, path: str) -> None:
        if path == "d":
            raise ConnectionResetError("the line is dead")
        put(self, source, path)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_put", stopped)
        with pytest.raises(CharterkitError, match="the line is dead"):
            store.put(new)
    there = files(folder / "tables")
    assert there.keys() == {"a", "b", "c", LIST}
    assert b"not whole" in there[LIST]
    store_at(f"{address}/tables").put(new)
    assert files(folder / "tables") == files(new)


def test_a_file_that_is_cut_on_the_way_is_noticed(
    workspace: Path, server: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, folder = server
    store = store_at(f"{address}/tables")
    new = made(tmp_path / "new", workspace, ["a"])
    real = Path.stat

    def longer(self: Path, **more: bool) -> os.stat_result:
        found = real(self, **more)
        return os.stat_result([*found[:6], found.st_size + 1, *found[7:]]) if self == new / "a" else found

    monkeypatch.setattr(Path, "stat", longer)
    with pytest.raises(CharterkitError, match="has not come whole"):
        store.put(new)
    assert b"not whole" in files(folder / "tables")[LIST]


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/x",
        "file:///tmp/x",
        "memory://x",
        "local://x",
        "simplecache::s3://bucket/x",
        "s3://bucket/../x",
        "ftp://h//x",
        "github://a:b@c/x",
        "://x",
        "\x1b[31m://x",
        "reference://x",
    ],
)
def test_what_is_no_store_is_refused(workspace: Path, address: str) -> None:
    done = export(workspace, address)
    assert done.returncode == 2
    assert "begins with s3://" in done.stderr
    assert "\x1b" not in done.stderr
    assert "Traceback" not in done.stderr
    assert files(workspace).keys() == {"charterkit.yaml", "schools/elm/school.yaml"}


@pytest.mark.parametrize(
    ("address", "lacks", "form"),
    [
        ("s3://", "bucket", "s3://BUCKET/FOLDER"),
        ("gs:///x", "bucket", "gs://BUCKET/FOLDER"),
        ("s3://bucket/", "folder", "s3://BUCKET/FOLDER"),
        ("az://account.blob.core.windows.net/x", "container", "az://CONTAINER/FOLDER"),
        ("abfs://@account.dfs.core.windows.net/x", "container", "abfs://CONTAINER/FOLDER"),
        ("abfs://ours@account.dfs.core.windows.net", "folder", "abfs://CONTAINER/FOLDER"),
        ("ftp://127.0.0.1:9/", "folder", "ftp://SERVER/FOLDER"),
    ],
)
def test_an_address_that_lacks_a_part_says_which(address: str, lacks: str, form: str) -> None:
    with pytest.raises(CharterkitError) as error:
        store_at(address)
    assert (error.value.message, error.value.hint) == (f"{address} names no {lacks}.", f"Write it as {form}")


@pytest.mark.skipif(find_spec("s3fs") is not None, reason="it is installed here")
def test_a_package_that_is_not_installed_is_said(workspace: Path) -> None:
    done = export(workspace, "s3://bucket/tables")
    assert done.returncode == 2
    assert "pip install s3fs" in done.stderr


def test_without_fsspec_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(CharterkitError) as error:
        store_at("s3://bucket/tables")
    assert "pip install 'charterkit[storage]'" in error.value.hint


def test_a_store_that_is_not_there_or_refuses_is_said_without_its_password(
    workspace: Path, server: tuple[str, Path]
) -> None:
    address, folder = server
    for other in (
        "ftp://clerk:s3cret@127.0.0.1:9/x",
        f"{address.replace('clerk', 'nobody')}/x",
        f"{address.replace('clerk', 'reader')}/x",
    ):
        done = export(workspace, other)
        assert done.returncode == 2
        assert "The store refuses at ftp://127.0.0.1:" in done.stderr
        assert "s3cret" not in done.stderr
        assert "Traceback" not in done.stderr
    assert not files(folder)


def test_the_name_of_a_file_is_refused(workspace: Path) -> None:
    done = export(workspace, "ftp://clerk:s3cret@127.0.0.1:9/tables.parquet")
    assert done.returncode == 2
    assert "ftp://127.0.0.1:9/tables.parquet is the name of a file" in done.stderr
    assert "s3cret" not in done.stderr


@pytest.mark.parametrize("sign", "/?#[")
def test_a_password_that_ends_its_address_is_refused_and_not_said(workspace: Path, sign: str) -> None:
    done = export(workspace, f"ftp://clerk:s3{sign}cret@127.0.0.1:9/x")
    assert done.returncode == 2
    assert "Write %2F for /" in done.stderr
    assert "s3" not in done.stderr
    assert "cret" not in done.stderr


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("ftp://me:pass@host:21/a@b", "ftp://host:21/a@b"),
        ("ftp://me@host/x", "ftp://host/x"),
        ("s3://bucket/x@y", "s3://bucket/x@y"),
        ("ftp://[x", "ftp://[x"),
        ("ftp://[::1]:21/a@b", "ftp://[::1]:21/a@b"),
        ("ftp://[::1]/a@b", "ftp://[::1]/a@b"),
        ("ftp://host:21/a@b", "ftp://host:21/a@b"),
        ("ftp://me:p@ss@host/x", "ftp://host/x"),
        ("ftp://me:s3/cret@host/x", "ftp://…"),
        ("ftp://me:s3#cret@host/x", "ftp://…"),
        ("ftp://me:s3?cret@host/x", "ftp://…"),
    ],
)
def test_an_address_is_said_without_who_one_is(address: str, shown: str) -> None:
    assert said(address) == shown
    assert is_store(address)
    assert not is_store("tables/s3:x")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of a server that speaks S3, where one is installed: it and s3fs bring along forty packages."""
    pytest.importorskip("moto.server")
    s3fs = pytest.importorskip("s3fs")
    from moto.server import ThreadedMotoServer

    serving = ThreadedMotoServer("127.0.0.1", 0)
    serving.start()
    host, port = serving.get_host_and_port()
    monkeypatch.setenv("FSSPEC_S3_ENDPOINT_URL", f"http://{host}:{port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    try:
        s3fs.S3FileSystem(endpoint_url=f"http://{host}:{port}", skip_instance_cache=True).mkdir("tables")
        yield "s3://tables"
    finally:
        serving.stop()


def test_a_bucket(workspace: Path, bucket: str, tmp_path: Path) -> None:
    import s3fs

    for form in ("parquet", "csv"):  # the second takes the place of the first
        assert export(workspace, str(tmp_path / form), "--format", form).returncode == 0
        done = export(workspace, f"{bucket}/ours/today", "--format", form)
        assert done.returncode == 0, done.stderr
        store = s3fs.S3FileSystem(endpoint_url=os.environ["FSSPEC_S3_ENDPOINT_URL"], skip_instance_cache=True)
        there = {path.removeprefix("tables/ours/today/"): store.cat_file(path) for path in store.find("tables")}
        assert there == files(tmp_path / form)
    store.pipe_file("tables/ours/today/holiday.jpg", b"x")
    done = export(workspace, f"{bucket}/ours/today")
    assert done.returncode == 2
    assert "holiday.jpg" in done.stderr
    assert "The specified bucket does not exist" in export(workspace, "s3://nobody/x").stderr
