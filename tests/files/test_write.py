"""Writes that lose nothing: atomic, locked, refused when somebody else wrote, whatever the disk does."""

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.errors import CharterkitError
from charterkit.files import write
from charterkit.files.write import change, save, write_output

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


def refused(call, *arguments):
    with pytest.raises(CharterkitError) as caught:
        call(*arguments)
    assert caught.value.hint
    return caught.value


def python(code, *arguments):
    """Another process that runs a few lines."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def test_a_new_file_and_its_folders(tmp_path):
    path = tmp_path / "schools" / "x" / "evaluations" / "2025-26.yaml"
    save(path, None, b"a: b\n", tmp_path)
    assert path.read_bytes() == b"a: b\n"
    assert names(path.parent) == [path.name]


def test_replaced_when_nobody_else_wrote(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    save(path, b"old", b"new", tmp_path)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("before", [None, b"older"])
def test_changed_underneath_is_refused_and_kept_beside(tmp_path, before):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"theirs")
    error = refused(save, path, before, b"mine", tmp_path)
    assert path.read_bytes() == b"theirs"
    (kept,) = set(names(tmp_path)) - {"x.yaml"}
    assert (tmp_path / kept).read_bytes() == b"mine"
    assert not kept.endswith((".yaml", ".yml"))
    assert kept in error.hint


def test_deleted_underneath_is_refused(tmp_path):
    refused(save, tmp_path / "x.yaml", b"old", b"new", tmp_path)
    assert not (tmp_path / "x.yaml").exists()


class TestChange:
    def test_the_byte_order_mark_stays(self, tmp_path):
        path = tmp_path / "x.yaml"
        before = b"\xef\xbb\xbfa: b\r\n"
        path.write_bytes(before)
        after = change(path, before, lambda text: text.replace("b", "c"), tmp_path)
        assert path.read_bytes() == after == b"\xef\xbb\xbfa: c\r\n"

    def test_nothing_new_writes_nothing(self, tmp_path):
        path = tmp_path / "missing.yaml"
        assert change(path, b"a: b\n", lambda text: text, tmp_path) == b"a: b\n"
        assert not path.exists()

    def test_what_is_not_utf_8_is_refused(self, tmp_path):
        error = refused(change, tmp_path / "x.yaml", b"caf\xe9", str.upper, tmp_path)
        assert "UTF-8" in error.message

    @given(st.text(st.characters(exclude_categories=["Cs"])))
    def test_any_text_comes_back(self, tmp_path, text):
        path = tmp_path / "x.yaml"
        path.write_bytes(b"-")
        change(path, b"-", lambda _: text, tmp_path)
        assert path.read_bytes() == text.encode()


@posix
class TestPermissions:
    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o444])
    def test_bits_are_kept(self, tmp_path, mode):
        path = tmp_path / "x.yaml"
        path.write_bytes(b"old")
        path.chmod(mode)
        save(path, b"old", b"new", tmp_path)
        assert stat.S_IMODE(path.stat().st_mode) == mode

    def test_a_new_file_follows_the_umask(self, tmp_path):
        code = f"import os; os.umask(0o027)\n{NEW}\nassert os.umask(0o077) == 0o027"
        assert python(code, tmp_path / "x.yaml").wait(60) == 0
        assert stat.S_IMODE((tmp_path / "x.yaml").stat().st_mode) == 0o640

    def test_writing_leaves_the_umask_of_other_threads_alone(self, tmp_path, monkeypatch):
        monkeypatch.delattr(os, "umask")
        save(tmp_path / "x.yaml", None, b"new", tmp_path)
        write_output(tmp_path / "x.html", b"new")

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere: see TestDisks")
    def test_a_folder_that_may_not_be_written_to(self, tmp_path):
        (tmp_path / "x.yaml").write_bytes(b"old")
        tmp_path.chmod(0o555)
        try:
            refused(save, tmp_path / "x.yaml", b"old", b"new", tmp_path)
        finally:
            tmp_path.chmod(0o755)
        assert (tmp_path / "x.yaml").read_bytes() == b"old"


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 KB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip(f"a full disk cannot be tried here: {made.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=False)


class TestDisks:
    def test_on_a_read_only_one_the_old_file_stays(self, small_disk):
        path = small_disk / "x.yaml"
        path.write_bytes(b"old")
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        assert "Read-only" in refused(save, path, b"old", b"new", small_disk).message
        assert "Read-only" in refused(save, small_disk / "new" / "y.yaml", None, b"new", small_disk).message
        assert path.read_bytes() == b"old"

    def test_on_a_full_one_the_old_file_stays_whole(self, small_disk):
        path = small_disk / "x.yaml"
        path.write_bytes(b"old")
        for call in (
            lambda: save(path, b"old", b"x" * 100_000, small_disk),
            lambda: write_output(path, b"x" * 100_000),
        ):
            error = refused(call)
            assert "No space left" in error.message
            assert path.read_bytes() == b"old"
            assert names(small_disk) == ["x.yaml"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs RLIMIT_FSIZE as Linux has it")
def test_a_disk_that_takes_no_more(tmp_path):
    """The same without mounting: the system refuses bytes past a limit."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (50, 50))\n"
    done = python(limit + SAVE, path, "old", "x" * 1000)
    assert done.communicate()[0].startswith("refused: ")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["x.yaml"]


@posix
class TestLinks:
    def test_nothing_is_written_through_a_link(self, tmp_path):
        outside, inside = tmp_path / "outside.yaml", tmp_path / "ws" / "x.yaml"
        inside.parent.mkdir()
        outside.write_bytes(b"old")
        inside.symlink_to(outside)
        refused(save, inside, b"old", b"new", inside.parent)
        assert inside.is_symlink()
        assert outside.read_bytes() == b"old"

    def test_nothing_is_made_behind_a_broken_link(self, tmp_path):
        (tmp_path / "x.yaml").symlink_to(tmp_path / "nowhere.yaml")
        refused(save, tmp_path / "x.yaml", None, b"new", tmp_path)
        assert not (tmp_path / "nowhere.yaml").exists()

    @pytest.mark.parametrize("settings", ["charterkit.yaml", "nothing.txt"])
    def test_nor_into_a_folder_that_leads_out(self, workspace, tmp_path, settings):
        outside = tmp_path / "outside"
        outside.mkdir()
        root = workspace({f"ws/{settings}": "", "ws/schools/a/school.yaml": "name: A\n"}) / "ws"
        (root / "schools" / "a" / "evaluations").symlink_to(outside)
        path = root / "schools" / "a" / "evaluations" / "new" / "2025-26.yaml"
        with pytest.raises(CharterkitError, match="leads out of the workspace"):
            save(path, None, b"new", root)
        assert names(outside) == []

    def test_a_workspace_that_is_itself_behind_a_link(self, workspace, tmp_path):
        workspace({"real/charterkit.yaml": "", "real/x.yaml": "old"})
        (tmp_path / "link").symlink_to(tmp_path / "real")
        save(tmp_path / "link" / "x.yaml", b"old", b"new", tmp_path / "link")
        assert (tmp_path / "real" / "x.yaml").read_bytes() == b"new"

    def test_a_loop(self, tmp_path):
        (tmp_path / "loop").symlink_to(tmp_path / "loop")
        refused(save, tmp_path / "loop" / "x.yaml", None, b"new", tmp_path)
        refused(write_output, tmp_path / "loop" / "x.html", b"new")


@pytest.mark.parametrize("name", ["x\0.yaml", "\ud800.yaml", "x" * 300 + ".yaml"])
def test_names_that_no_disk_can_hold(tmp_path, name):
    for call in (lambda: save(tmp_path / name, None, b"new", tmp_path), lambda: write_output(tmp_path / name, b"new")):
        error = refused(call)
        (error.message + error.hint).encode()
    assert names(tmp_path) == []


def test_a_name_that_is_just_short_enough(tmp_path):
    name = "x" * 250 + ".yaml"
    save(tmp_path / name, None, b"new", tmp_path)
    assert names(tmp_path) == [name]


def test_a_folder_in_the_files_place(tmp_path):
    (tmp_path / "x.yaml").mkdir()
    refused(save, tmp_path / "x.yaml", None, b"new", tmp_path)
    refused(write_output, tmp_path / "x.yaml", b"new")
    (tmp_path / "file").write_bytes(b"")
    refused(save, tmp_path / "file" / "x.yaml", None, b"new", tmp_path)


def test_output_replaces_whatever_stands_there(tmp_path):
    path = tmp_path / "out" / "report.html"
    for text in (b"one", b"two"):
        write_output(path, text)
        assert path.read_bytes() == text
    assert names(path.parent) == ["report.html"]


@posix
class TestOutputIsNoPlainFile:
    def test_a_pipe_is_written_into(self, tmp_path):
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
        write_output(pipe, b"report")
        assert reader.communicate(timeout=30)[0] == b"report"
        assert stat.S_ISFIFO(pipe.stat().st_mode)
        assert names(tmp_path) == ["pipe"]

    def test_a_device_stays_one(self, tmp_path):
        write_output(Path(os.devnull), b"report")
        (tmp_path / "link").symlink_to(os.devnull)
        write_output(tmp_path / "link", b"report")
        assert (tmp_path / "link").is_symlink()
        assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)

    @pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/stdout")
    def test_the_standard_output(self, tmp_path):
        assert python(OUTPUT, "/dev/stdout").communicate(timeout=60)[0] == "report"
        log = tmp_path / "log"
        log.write_bytes(b"kept ")
        with log.open("ab") as file:
            subprocess.run([sys.executable, "-c", OUTPUT, "/dev/stdout"], stdout=file, check=True)
        assert log.read_bytes() == b"kept report"

    @pytest.mark.parametrize("stands", [True, False])
    def test_a_link_stays_and_what_it_leads_to_is_replaced(self, tmp_path, stands):
        real, link = tmp_path / "real" / "report.html", tmp_path / "link.html"
        if stands:
            real.parent.mkdir()
            real.write_bytes(b"old")
        link.symlink_to(real)
        write_output(link, b"new")
        assert link.is_symlink()
        assert real.read_bytes() == b"new"
        assert names(real.parent) == ["report.html"]

    def test_a_link_to_itself(self, tmp_path):
        (tmp_path / "loop").symlink_to(tmp_path / "loop")
        refused(write_output, tmp_path / "loop", b"new")
        assert (tmp_path / "loop").is_symlink()


class TestHeldOpen:
    """On Windows a file cannot be replaced while another program has it open."""

    @pytest.fixture
    def held(self, tmp_path, monkeypatch):
        """A file that somebody lets go of after so many tries."""
        path, real = tmp_path / "x.yaml", os.replace
        path.write_bytes(b"old")
        tries = []

        def hold(times, error=PermissionError):
            def replace(source, target, **more):
                if Path(target) == path:
                    tries.append(target)
                    if len(tries) <= times:
                        raise error(13, "Access is denied")
                return real(source, target, **more)

            monkeypatch.setattr(os, "replace", replace)
            return path

        monkeypatch.setattr(write, "REPLACE_SECONDS", 0.3)
        return hold

    def test_for_a_moment(self, held, tmp_path):
        path = held(2)
        save(path, b"old", b"new", tmp_path)
        assert path.read_bytes() == b"new"
        assert names(tmp_path) == ["x.yaml"]

    @pytest.mark.parametrize("error", [PermissionError, OSError])
    def test_for_long_what_was_to_be_written_is_kept(self, held, tmp_path, error):
        path = held(1000, error)
        said = refused(save, path, b"old", b"new", tmp_path)
        assert "Access is denied" in said.message
        assert path.read_bytes() == b"old"
        (kept,) = set(names(tmp_path)) - {"x.yaml"}
        assert kept.startswith("x.yaml.unsaved-")
        assert kept in said.hint
        assert (tmp_path / kept).read_bytes() == b"new"

    def test_a_result_is_only_refused(self, held, tmp_path):
        refused(write_output, held(1000), b"new")
        assert names(tmp_path) == ["x.yaml"]

    def test_a_folder_that_takes_nothing_at_all(self, tmp_path, monkeypatch):
        def replace(*_, **__):
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(os, "replace", replace)
        (tmp_path / "x.yaml").write_bytes(b"old")
        assert "Input/output" in refused(save, tmp_path / "x.yaml", b"old", b"new", tmp_path).message
        assert names(tmp_path) == ["x.yaml"]


def test_leftovers_of_killed_writers_are_swept_up(tmp_path):
    old, fresh, other = (tmp_path / name for name in (".x.yaml.a1.tmp", ".x.yaml.a2.tmp", ".y.yaml.a1.tmp"))
    for path in (old, fresh, other):
        path.write_bytes(b"half")
    for path in (old, other):
        os.utime(path, (1, 1))
    save(tmp_path / "x.yaml", None, b"new", tmp_path)
    assert names(tmp_path) == [".x.yaml.a2.tmp", ".y.yaml.a1.tmp", "x.yaml"]


NEW = """
import sys
from pathlib import Path
from charterkit.files.write import save
save(Path(sys.argv[1]), None, b"new", Path(sys.argv[1]).parent)
"""
OUTPUT = """
import sys
from pathlib import Path
from charterkit.files.write import write_output
write_output(Path(sys.argv[1]), b"report")
"""
SAVE = """
import sys
from pathlib import Path
from charterkit.errors import CharterkitError
from charterkit.files.write import save
try:
    save(Path(sys.argv[1]), sys.argv[2].encode(), sys.argv[3].encode(), Path(sys.argv[1]).parent)
    print("done")
except CharterkitError as error:
    print("refused:", error.message)
"""
HOLD = """
import sys, time
from pathlib import Path
from charterkit.files.write import _locked
with _locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
COUNT = """
import sys
from pathlib import Path
from charterkit.errors import CharterkitError
from charterkit.files.write import save
path, landed = Path(sys.argv[1]), 0
while landed < int(sys.argv[2]):
    before = path.read_bytes()
    try:
        save(path, before, b"%d" % (int(before) + 1), path.parent)
        landed += 1
    except CharterkitError:
        pass
"""
WRITE_ON = """
import os
import sys
from pathlib import Path
from charterkit.files.write import save
path = Path(sys.argv[1])
for _ in sys.stdin:
    if writer := os.fork():
        print(f"go {writer}", flush=True)
        os.waitpid(writer, 0)
        continue
    before = path.read_bytes()
    while True:
        number = int(before[:8]) + 1
        after = b"%08d" % number * 5_000
        save(path, before, after, path.parent)
        print(number, flush=True)
        before = after
"""


class TestSeveralProcesses:
    def test_a_second_writer_waits_and_then_gives_up(self, tmp_path, monkeypatch):
        path = tmp_path / "x.yaml"
        path.write_bytes(b"old")
        monkeypatch.setattr(write, "LOCK_SECONDS", 0.1)
        holder = python(HOLD, path)
        assert holder.stdout.readline() == "held\n"
        assert "being written by somebody else" in refused(save, path, b"old", b"new", tmp_path).message
        save(tmp_path / "other.yaml", None, b"not held up", tmp_path)
        holder.kill()
        holder.communicate()
        save(path, b"old", b"new", tmp_path)
        assert path.read_bytes() == b"new"

    def test_no_update_is_lost(self, tmp_path):
        path = tmp_path / "x.yaml"
        path.write_bytes(b"0")
        writers = [python(COUNT, path, 20) for _ in range(3)]
        assert [writer.wait(60) for writer in writers] == [0, 0, 0]
        assert path.read_bytes() == b"60"

    @posix
    @pytest.mark.slow
    def test_killed_at_any_moment_the_file_is_whole(self, tmp_path):
        path = tmp_path / "x.yaml"
        path.write_bytes(b"00000000" * 5_000)
        chance = random.Random(1)
        told = 0
        with python(WRITE_ON, path) as writers:
            for _ in range(100):
                print(file=writers.stdin, flush=True)
                lines = iter(writers.stdout.readline, "")
                writer = next(int(line.split()[1]) for line in lines if line.startswith("go"))
                for _ in range(chance.randrange(4)):
                    told = int(next(lines))
                time.sleep(chance.uniform(0, 0.003))
                os.kill(writer, signal.SIGKILL)
                data = path.read_bytes()
                assert data == data[:8] * 5_000
                assert int(data[:8]) >= told
            writers.stdin.close()
        assert told > 100
        assert {name for name in names(tmp_path) if name.endswith(".yaml")} == {"x.yaml"}
        save(path, path.read_bytes(), b"after all of them", tmp_path)


def test_a_cache_folder_that_cannot_be_made(tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    error = refused(save, tmp_path / "x.yaml", None, b"new", tmp_path)
    assert "file" in error.message
    assert not (tmp_path / "x.yaml").exists()


def test_the_lock_lies_in_the_cache_and_not_in_the_workspace(tmp_path):
    save(tmp_path / "x.yaml", None, b"new", tmp_path)
    assert names(tmp_path) == ["x.yaml"]
    assert list(Path(os.environ["XDG_CACHE_HOME"]).rglob("*.lock"))
