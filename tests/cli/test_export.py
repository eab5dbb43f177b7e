"""`charterkit export`: a folder whole or not at all, whatever happens on the way, and never anybody else's."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from charterkit.files import whole_folder
from charterkit.files.whole_folder import LIST
from tests.exchange.tables.samples import files, written

from .calling import TODAY, call, environment

FORMATS = ("parquet", "csv", "xlsx", "duckdb")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return written(tmp_path_factory.mktemp("export") / "w", with_examples=False)


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", FORMATS)
def test_it_says_where_it_is_and_what_is_missing(root, tmp_path, name):
    done = call("export", str(tmp_path / "new" / "out"), "--format", name, cwd=root)
    assert done.returncode == 0, done.stderr
    assert "schools/broken/school.yaml is not read whole: line 1, column 13: " in done.stderr
    assert "four organisations, four self-evaluations" in done.stderr
    assert done.stderr.count("2026-27 (1).yaml") == 1
    assert names(tmp_path / "new") == ["out"]
    assert {"dictionary.md", LIST} < set(names(tmp_path / "new" / "out"))
    listed = (tmp_path / "new/out" / LIST).read_text(encoding="utf-8").splitlines()[1:]
    assert sorted([*listed, LIST]) == sorted(tree(tmp_path / "new/out"))


def test_a_workspace_of_nothing_gives_empty_tables(tmp_path):
    (tmp_path / "w/charters").mkdir(parents=True)
    (tmp_path / "w/charterkit.yaml").write_text("")
    for name in FORMATS:
        assert call("export", f"../{name}", "--format", name, cwd=tmp_path / "w").returncode == 0
    assert (tmp_path / "csv/schools.csv").read_text(encoding="utf-8-sig").startswith("school,name,kind")
    assert (tmp_path / "parquet/ratings/cycle=none/ratings.parquet").is_file()


def test_an_earlier_export_is_replaced_with_all_that_it_held(root, tmp_path):
    assert call("export", "../out", "--format", "csv", cwd=tmp_folder(root, tmp_path)).returncode == 0
    (tmp_path / "out/.DS_Store").write_text("of a Mac")
    assert call("export", "../out", "--format", "parquet", cwd=tmp_path / "w").returncode == 0
    assert "ratings.csv" not in names(tmp_path / "out")
    assert names(tmp_path) == ["out", "w"]


def tmp_folder(root, tmp_path):
    shutil.copytree(root, tmp_path / "w")
    return tmp_path / "w"


@pytest.mark.parametrize("where", ["mine.txt", "sub/mine.txt", "ratings.csv"])
def test_somebody_elses_folder_is_left_alone(root, tmp_path, where):
    (tmp_path / "out" / where).parent.mkdir(parents=True)
    (tmp_path / "out" / where).write_text("mine")
    before = tree(tmp_path)
    done = call("export", str(tmp_path / "out"), "--format", "csv", cwd=root)
    assert done.returncode == 2
    assert f"holds {where}, which no export of charterkit wrote" in done.stderr
    assert tree(tmp_path) == before


def test_a_file_that_was_put_into_an_export_keeps_it(root, tmp_path):
    out = str(tmp_path / "out")
    assert call("export", out, "--format", "csv", cwd=root).returncode == 0
    (tmp_path / "out/notebook.sql").write_text("SELECT 1")
    before = tree(tmp_path)
    assert "notebook.sql" in call("export", out, "--format", "csv", cwd=root).stderr
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    "where", ["schools", "schools/odd/tables", "charters/x", "templates", ".", "..", ".hidden", "packs/x"]
)
def test_never_among_the_files_people_wrote(root, where):
    before = tree(root)
    done = call("export", where, "--format", "csv", cwd=root)
    assert done.returncode == 2, done.stderr
    assert "workspace" in done.stderr
    assert tree(root) == before


def test_a_file_in_place_of_a_folder_is_told_what_to_write(root, tmp_path):
    done = call("export", str(tmp_path / "all.XLSX"), cwd=root)
    assert done.returncode == 2
    assert "Name a folder, and add --format xlsx." in done.stderr
    assert names(tmp_path) == []


def test_never_into_git_nor_over_a_file(root, tmp_path):
    (tmp_path / "r/.git").mkdir(parents=True)
    assert "belongs to git" in call("export", str(tmp_path / "r/.git/x"), "--format", "csv", cwd=root).stderr
    (tmp_path / "file").write_text("mine")
    assert "is no folder" in call("export", str(tmp_path / "file"), "--format", "csv", cwd=root).stderr
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_no_link_in_the_workspace_leads_it_out(root, tmp_path):
    w = tmp_folder(root, tmp_path)
    (tmp_path / "home").mkdir()
    (w / "out").symlink_to(tmp_path / "home")
    done = call("export", "out", "--format", "csv", cwd=w)
    assert done.returncode == 2
    assert "is a link" in done.stderr
    assert names(tmp_path / "home") == []


def test_duckdb_that_is_not_installed_is_named(root, tmp_path):
    script = (
        "import sys; sys.modules['duckdb'] = None; sys.argv = ['charterkit', 'export', sys.argv[1]]\n"
        "from charterkit.cli.app import main; main()"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "out")]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "charterkit[tables]" in done.stderr
    assert "such as csv" in done.stderr
    assert names(tmp_path) == []
    csv = [*command[:2], script.replace("sys.argv[1]]", "sys.argv[1], '--format', 'csv']"), command[-1]]
    assert subprocess.run(csv, cwd=root, env=environment(), capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="no such limit elsewhere")
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("most", [4_000, 40_000])
def test_a_disk_that_fills_leaves_what_was_there(root, tmp_path, name, most):
    """A file that may not grow is what a full disk is to whoever writes: the system refuses the next byte."""
    out = tmp_path / "out"
    assert call("export", str(out), "--format", "csv", cwd=root).returncode == 0
    before = tree(tmp_path)
    limited = (
        "import resource, sys; from charterkit.cli.app import main\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\n"
        "sys.argv = ['charterkit', *sys.argv[1:]]; main()"
    )
    command = [sys.executable, "-c", limited, "export", str(out), "--format", name]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "cannot be written" in done.stderr
    assert "What was there is as it was" in done.stderr
    assert tree(tmp_path) == before
    assert names(tmp_path) == ["out"]


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small disk, which needs root on Linux"
)
@pytest.mark.parametrize("name", FORMATS)
def test_a_real_disk_that_fills_leaves_nothing_half(root, tmp_path, name):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("nobody here may mount a disk")
    try:
        done = call("export", str(disk / "out"), "--format", name, cwd=root)
        assert done.returncode == 2, done.stderr
        assert "No space left" in done.stderr
        assert names(disk) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def started(root, out, name="parquet"):
    command = [sys.executable, "-m", "charterkit", "export", str(out), "--format", name]
    return subprocess.Popen(command, cwd=root, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """So many schools that an export is still under way when it is stopped."""
    root = written(tmp_path_factory.mktemp("many") / "w", with_examples=False)
    text = files()["schools/odd/evaluations/2025-26.yaml"]
    for number in range(60):
        folder = root / f"schools/s{number:03}/evaluations"
        folder.mkdir(parents=True)
        (folder.parent / "school.yaml").write_text(f"name: School {number}\n")
        (folder / "2025-26.yaml").write_text(text, encoding="utf-8")
    return root


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_export_that_was_stopped_runs_again_and_leaves_no_litter(many, tmp_path, how):
    out = tmp_path / "out"
    assert call("export", str(out), "--format", "csv", cwd=many).returncode == 0
    before = tree(out)
    running = started(many, out, "csv")
    until = time.monotonic() + 60
    while not any(name.endswith(".tmp") for name in names(tmp_path)) and time.monotonic() < until:
        time.sleep(0.005)
    running.send_signal(how)
    running.communicate()
    assert running.returncode in (130, -how)
    assert tree(out) == before
    if how == signal.SIGINT:
        assert names(tmp_path) == ["out"]
    assert call("export", str(out), "--format", "csv", cwd=many).returncode == 0
    assert names(tmp_path) == ["out"]
    assert tree(out) == before


@pytest.mark.skipif(os.name != "posix", reason="as above")
def test_two_at_once_do_not_mix(many, tmp_path):
    both = [started(many, tmp_path / "out", "csv") for _ in range(2)]
    said = [(each.communicate()[1].decode(), each.returncode) for each in both]
    assert {code for _, code in said} <= {0, 2}
    assert 0 in {code for _, code in said}
    assert all(code == 0 or "Another export" in words for words, code in said)
    assert names(tmp_path) == ["out"]


def test_where_names_cannot_be_exchanged_the_old_one_comes_back(tmp_path, monkeypatch):
    """As on Windows: the old folder steps aside, and is back where the writer is killed between the two moves."""
    monkeypatch.setattr(whole_folder, "exchange", lambda *_: False)
    for text in ("one", "two"):
        with whole_folder.whole_folder(tmp_path / "out", tmp_path / "w", ()) as folder:
            (folder / "x").write_text(text)
    assert (tmp_path / "out/x").read_text() == "two"
    (tmp_path / "out").rename(tmp_path / ".out.export.old.tmp")
    (tmp_path / ".out.export.tmp").mkdir()
    with pytest.raises(KeyboardInterrupt):
        stopped(tmp_path)
    assert names(tmp_path) == ["out"]


def stopped(base):
    with whole_folder.whole_folder(base / "out", base / "w", ()):
        assert (base / "out/x").read_text() == "two"
        raise KeyboardInterrupt


@pytest.mark.parametrize("name", ["é" * 120, "a [b] {c} 'd' $e %f #g", "-rf", "نص", "x" * 250])
def test_a_folder_may_be_called_anything_that_a_disk_takes(root, tmp_path, name):
    for _ in range(2):
        done = call("export", "--format", "parquet", "--", f"{tmp_path}/{name}", cwd=root)
        assert done.returncode == 0, done.stderr
    assert names(tmp_path) == [name]
    assert (tmp_path / name / "ratings/cycle=2025-26/ratings.parquet").is_file()


def test_the_day_is_said(root, tmp_path):
    assert call("export", str(tmp_path / "out"), "--format", "csv", cwd=root).returncode == 0
    assert TODAY in (tmp_path / "out/about.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("words", [("site", "--out"), ("overview", "--public", "-o"), ("export", "--public")])
def test_while_a_charter_is_in_doubt_nothing_is_published(root, tmp_path, words):
    folder = tmp_folder(root, tmp_path)
    shutil.copy(folder / "charters/wide-v1.yaml", folder / "charters/wide-v1 (1).yaml")
    given = ("--charter", "wide") if words[0] == "overview" else ()
    done = call(*words, str(tmp_path / "out.md"), *given, cwd=folder)
    assert done.returncode == 2, done.stderr
    assert "wide-v1 (1).yaml" in done.stderr
    assert "Nothing is published until one file is left of each" in done.stderr
    assert not (tmp_path / "out.md").exists()
