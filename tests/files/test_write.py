"""Writes that lose nothing: atomic, locked, refused when somebody else wrote, whatever the disk does."""

import errno
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
from charterkit.files import beside, swap, write
from charterkit.files.write import change, save, write_output

KILLS = int(os.environ.get("CHARTERKIT_KILLS", "25"))
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


def at_home(folder, home, code, *arguments):
    """The same, of somebody with a home of their own."""
    place = str(folder / f"home{home}")
    variables = {**os.environ, "HOME": place, "XDG_CACHE_HOME": f"{place}/cache"}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=variables)


def refusing(error):
    """A call of the system that always answers with an error."""

    def call(*_, **__):
        raise OSError(error, os.strerror(error))

    return call


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

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may give files away")
    @pytest.mark.parametrize("user", [0, 20_001])
    def test_the_group_stays_and_of_root_the_owner_too(self, tmp_path, user):
        """Whoever is in the group can read it afterwards as before."""
        path = tmp_path / "x.yaml"
        path.write_bytes(b"old")
        path.chmod(0o640)
        os.chown(path, 20_002, 20_003)
        for folder in (tmp_path, *list(tmp_path.parents)[:3]):
            folder.chmod(0o777)
        child = os.fork()
        if not child:
            try:
                os.setgroups([20_003])
                os.setresgid(20_001 if user else 0, 20_001 if user else 0, 20_001 if user else 0)
                os.setresuid(user, user, user)
                save(path, b"old", b"new", tmp_path)
                os._exit(0)
            finally:
                os._exit(1)  # never on as a second pytest
        assert os.waitpid(child, 0)[1] == 0
        found = path.stat()
        assert (found.st_uid, found.st_gid) == (user or 20_002, 20_003)
        assert stat.S_IMODE(found.st_mode) == 0o640

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
            lambda: save(small_disk / "new" / "deep" / "y.yaml", None, b"x" * 100_000, small_disk),
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


def test_what_could_not_be_written_to_it_is_kept_all_the_same(tmp_path):
    path = tmp_path / ("x" * 250 + ".yaml")
    path.write_bytes(b"theirs")
    refused(save, path, b"old", b"mine", tmp_path)
    (kept,) = tmp_path.glob("*.unsaved-*")
    assert kept.read_bytes() == b"mine"


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

    @pytest.fixture(autouse=True)
    def _nothing_is_exchanged(self, monkeypatch):
        monkeypatch.setattr(swap, "_PLATFORM", "win32")

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
from charterkit.errors import CharterkitError
from charterkit.files.write import save
path = Path(sys.argv[1])
while True:
    before = path.read_bytes()
    number = (int(before[:8]) + 1) % 100_000_000
    try:
        save(path, before, b"%08d" % number * 5_000, path.parent)
    except CharterkitError:
        continue
    print(number, flush=True)
"""


class TestSeveralProcesses:
    def test_a_second_writer_waits_and_then_gives_up(self, tmp_path, monkeypatch):
        path = tmp_path / "x.yaml"
        path.write_bytes(b"old")
        monkeypatch.setattr(write, "LOCK_SECONDS", 0.1)
        holder = python(HOLD, path)
        assert holder.stdout.readline() == "held\n"
        said = refused(save, path, b"old", b"new", tmp_path)
        assert "being written by somebody else" in said.message
        (kept,) = tmp_path.glob("x.yaml.unsaved-*")
        assert kept.read_bytes() == b"new"
        assert kept.name in said.hint
        save(tmp_path / "other.yaml", None, b"not held up", tmp_path)
        holder.kill()
        holder.communicate()
        save(path, b"old", b"new", tmp_path)
        assert path.read_bytes() == b"new"

    def test_no_update_is_lost(self, tmp_path):
        path = tmp_path / "x.yaml"
        path.write_bytes(b"0")
        writers = [at_home(tmp_path, home, COUNT, path, 20) for home in range(3)]
        assert [writer.wait(60) for writer in writers] == [0, 0, 0]
        assert path.read_bytes() == b"60"

    @posix
    @pytest.mark.slow
    def test_killed_at_any_moment_the_file_is_whole_and_the_other_home_goes_on(self, tmp_path):
        path, chance = tmp_path / "x.yaml", random.Random(None if "CHARTERKIT_KILLS" in os.environ else 1)
        path.write_bytes(b"00000000" * 5_000)
        saved, last = [], 0
        writers = [at_home(tmp_path, home, WRITE_ON, path) for home in (0, 1)]
        for round_number in range(KILLS):
            home = round_number % 2
            saved.append(int(writers[home].stdout.readline()))
            time.sleep(chance.uniform(0, 0.03))
            os.kill(writers[home].pid, signal.SIGKILL)
            saved += map(int, writers[home].communicate()[0].split())
            writers[home] = at_home(tmp_path, home, WRITE_ON, path)
            data = path.read_bytes()
            assert data == data[:8] * 5_000
            assert int(data[:8]) >= max(last, *saved)
            last = int(data[:8])
        for writer in writers:
            writer.kill()
            saved += map(int, writer.communicate()[0].split())
        assert len(saved) == len(set(saved)), "what one had saved, the other wrote over"
        assert last >= KILLS
        assert {name for name in names(tmp_path) if name.endswith(".yaml")} == {"x.yaml"}
        save(path, path.read_bytes(), b"after all of them", tmp_path)


@pytest.mark.parametrize("home", ["file/home", "missing/home", "/proc/home"])
def test_a_home_that_cannot_be_written_to(tmp_path, monkeypatch, home):
    (tmp_path / "file").write_bytes(b"")
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / home))
    save(tmp_path / "x.yaml", None, b"new", tmp_path)
    assert (tmp_path / "x.yaml").read_bytes() == b"new"
    assert not (tmp_path / "missing").exists()


def test_the_lock_lies_with_the_file_while_it_is_written_and_no_longer(tmp_path, monkeypatch):
    def put(*arguments):
        assert ".x.yaml.lock" in names(tmp_path)
        return swap.put(*arguments)

    monkeypatch.setattr(write, "put", put)
    save(tmp_path / "x.yaml", None, b"new", tmp_path)
    save(tmp_path / "x.yaml", b"new", b"newer", tmp_path)
    assert names(tmp_path) == ["x.yaml"]


class TestFileSystemsThatCannotDoIt:
    """Stand-ins that answer as the system does on a file system that lacks the call."""

    @pytest.mark.parametrize("error", [errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP])
    def test_no_flush(self, tmp_path, monkeypatch, error):
        monkeypatch.setattr(os, "fsync", refusing(error))
        save(tmp_path / "x.yaml", None, b"new", tmp_path)
        save(tmp_path / "x.yaml", b"new", b"newer", tmp_path)
        assert (tmp_path / "x.yaml").read_bytes() == b"newer"

    def test_a_flush_that_fails_is_no_saving(self, tmp_path, monkeypatch):
        (tmp_path / "x.yaml").write_bytes(b"old")
        monkeypatch.setattr(os, "fsync", refusing(errno.EIO))
        assert "Input/output" in refused(save, tmp_path / "x.yaml", b"old", b"new", tmp_path).message
        assert names(tmp_path) == ["x.yaml"]
        assert (tmp_path / "x.yaml").read_bytes() == b"old"

    @posix
    @pytest.mark.parametrize("error", [errno.EPERM, errno.EOPNOTSUPP])
    def test_no_permissions(self, tmp_path, monkeypatch, error):
        path = tmp_path / "x.yaml"
        path.write_bytes(b"old")
        path.chmod(0o666)
        monkeypatch.setattr(os, "chmod", refusing(error))
        monkeypatch.setattr(os, "fchmod", refusing(error))
        save(path, b"old", b"new", tmp_path)
        assert path.read_bytes() == b"new"
        assert not path.stat().st_mode & 0o022, "never wider than the umask lets it be"

    @posix
    @pytest.mark.parametrize("error", [errno.EPERM, errno.ENOTSUP, errno.EMLINK])
    def test_no_second_names(self, tmp_path, monkeypatch, error):
        monkeypatch.setattr(os, "link", refusing(error))
        save(tmp_path / "x.yaml", None, b"new", tmp_path)
        refused(save, tmp_path / "x.yaml", None, b"mine", tmp_path)
        assert (tmp_path / "x.yaml").read_bytes() == b"new"

    @posix
    @pytest.mark.parametrize("error", [errno.EINVAL, errno.ENOSYS, errno.EPERM])
    def test_no_exchange(self, tmp_path, monkeypatch, error):
        monkeypatch.setattr(swap, "_call", lambda _: lambda *_: error)
        (tmp_path / "x.yaml").write_bytes(b"old")
        save(tmp_path / "x.yaml", b"old", b"new", tmp_path)
        assert names(tmp_path) == ["x.yaml"]
        assert (tmp_path / "x.yaml").read_bytes() == b"new"
        refused(save, tmp_path / "x.yaml", b"old", b"mine", tmp_path)
        assert (tmp_path / "x.yaml").read_bytes() == b"new"


@posix
def test_every_new_folder_is_flushed_in_the_one_it_lies_in(tmp_path, monkeypatch):
    flushed, real = [], os.fsync

    def fsync(handle):
        flushed.append(os.fstat(handle).st_ino)
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    path = tmp_path / "schools" / "a" / "evaluations" / "2025-26.yaml"
    save(path, None, b"new", tmp_path)
    for folder in (tmp_path, tmp_path / "schools", tmp_path / "schools" / "a", path.parent):
        assert folder.stat().st_ino in flushed


class TestWhatADeadWriterLeft:
    """Between the exchange and the look at what came out, somebody else's text lies under a name of ours."""

    def left(self, tmp_path, before, holds):
        path = tmp_path / "x.yaml"
        path.write_bytes(b"current")
        left = beside.written(path, holds, before, is_swapped=True)
        os.utime(left, (1, 1))
        save(path, b"current", b"new", tmp_path)
        return {name: (tmp_path / name).read_bytes() for name in names(tmp_path) if name != "x.yaml"}

    def test_the_old_text_goes(self, tmp_path):
        assert self.left(tmp_path, b"before", b"before") == {}

    def test_so_does_what_stands_in_the_file_anyway(self, tmp_path):
        assert self.left(tmp_path, b"before", b"new") == {}

    def test_what_an_editor_had_saved_is_kept(self, tmp_path):
        ((name, data),) = self.left(tmp_path, b"before", b"an editor's").items()
        assert name.startswith("x.yaml.unsaved-")
        assert data == b"an editor's"
