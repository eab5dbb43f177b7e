"""One lock for all writers of a file, whoever and wherever they are; a dead writer's holds nobody up for ever."""

import errno
import os
import subprocess
import sys
import threading
import time
import types
from pathlib import Path

import pytest

from charterkit.errors import CharterkitError
from charterkit.files import beside, lock
from charterkit.files.lock import BusyError, locked
from charterkit.files.notices import noted
from charterkit.files.write import save

try:
    import fcntl
except ImportError:  # Windows, whose own locks are then tried as they are
    fcntl = None  # type: ignore[assignment]

HOLD = """
import sys, time
from pathlib import Path
from charterkit.files import beside, lock
lock._computer = lambda: sys.argv[2]
with lock.locked(Path(sys.argv[1]), 5):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def place(tmp_path):
    return tmp_path / ".x.yaml.lock"


@pytest.fixture
def quickly(monkeypatch):
    """A lock that stays the same is soon old."""
    monkeypatch.setattr(lock, "STALE_SECONDS", 0.2)


@pytest.fixture
def holder(place):
    """Another process that holds the lock, on a computer of some name."""
    started = []

    def hold(computer="", before=()):
        computer = computer or lock._computer()
        one = subprocess.Popen(
            [*before, sys.executable, "-c", HOLD, str(place), computer], stdout=subprocess.PIPE, text=True
        )
        started.append(one)
        assert one.stdout
        assert one.stdout.readline() == "held\n"
        return one

    yield hold
    for one in started:
        killed(one)


def killed(process):
    process.kill()
    process.wait()
    process.stdout.close()


def unlocked(monkeypatch, error):
    def flock(*_):
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(fcntl, "flock", flock)


def test_it_is_gone_afterwards(place):
    with locked(place, 1) as held:
        assert place.exists()
        assert held.is_ours()
        assert not held.trouble
    assert not place.exists()


def test_another_process_waits(place, holder):
    holder()
    with pytest.raises(BusyError), locked(place, 0.1):
        pass


def test_another_thread_waits(place):
    order = []

    def second():
        with locked(place, 10):
            order.append("second")

    with locked(place, 1):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.1)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_dead_one_of_this_computer_is_taken_over_at_once(place, holder, monkeypatch):
    if not lock._computer():
        pytest.skip("this system does not say which start of it this is")
    monkeypatch.setattr(lock, "STALE_SECONDS", 1_000)
    killed(holder())
    assert place.exists()
    with locked(place, 5) as held:
        assert held.is_ours()
    assert not place.exists()


def test_a_living_one_is_never_broken_however_long_it_takes(place, holder, quickly):
    holder("another-computer")
    with pytest.raises(BusyError), locked(place, 0.8):
        pass


def test_a_dead_one_of_another_computer_is_broken_when_it_stays_the_same(place, holder, quickly):
    killed(holder("another-computer"))
    with locked(place, 5) as held:
        assert held.is_ours()
    assert not place.exists()


def test_but_not_at_once(place, holder, monkeypatch):
    monkeypatch.setattr(lock, "STALE_SECONDS", 1_000)
    killed(holder("another-computer"))
    with pytest.raises(BusyError), locked(place, 0.3):
        pass


def test_whose_lock_was_broken_finds_out_and_leaves_the_new_one_alone(place):
    with locked(place, 1) as held:
        place.unlink()
        assert not held.is_ours()
        place.write_bytes(b"somebody else's")
        assert not held.is_ours()
    assert place.read_bytes() == b"somebody else's"


def test_a_lock_that_is_lost_while_the_text_is_written_writes_nothing(tmp_path, monkeypatch):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    monkeypatch.setattr(lock.Lock, "is_ours", lambda _: False)
    with pytest.raises(CharterkitError, match="being written by somebody else"):
        save(path, b"old", b"new", tmp_path)
    assert path.read_bytes() == b"old"
    (kept,) = tmp_path.glob("x.yaml.unsaved-*")
    assert kept.read_bytes() == b"new"


def test_a_lock_made_anew_while_the_old_one_is_judged_is_put_back(place):
    place.write_bytes(b"of somebody who lives")
    lock._break(place, b"of somebody who died")
    assert place.read_bytes() == b"of somebody who lives"
    assert [one.name for one in place.parent.iterdir()] == [place.name]


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows, and there are no pipes")
@pytest.mark.parametrize("planted", ["file", "link", "dangling link", "folder", "pipe"])
def test_what_a_pull_request_puts_in_its_place_holds_nobody_up(tmp_path, place, quickly, planted):
    victim = tmp_path / "victim"
    victim.write_bytes(b"theirs")
    {
        "file": lambda: place.write_bytes(b"0123456789abcdef somewhere\n" * 100),
        "link": lambda: place.symlink_to(victim),
        "dangling link": lambda: place.symlink_to(tmp_path / "nowhere"),
        "folder": place.mkdir,
        "pipe": lambda: os.mkfifo(place),
    }[planted]()
    save(tmp_path / "x.yaml", None, b"new", tmp_path)
    assert (tmp_path / "x.yaml").read_bytes() == b"new"
    assert victim.read_bytes() == b"theirs"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(fcntl is None, reason="these are answers of other systems")
@pytest.mark.parametrize("error", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EACCES, errno.EINVAL])
class TestADriveThatCannotLock:
    def test_all_is_saved_and_it_is_said_once(self, tmp_path, monkeypatch, error):
        unlocked(monkeypatch, error)
        noted()
        for name in ("x.yaml", "y.yaml"):
            save(tmp_path / name, None, b"new", tmp_path)
            save(tmp_path / name, b"new", b"newer", tmp_path)
        (said,) = noted()
        assert said.startswith(f"x.yaml could not be locked: {os.strerror(error)}.")
        assert sorted(one.name for one in tmp_path.iterdir()) == ["x.yaml", "y.yaml"]

    def test_writers_still_take_turns(self, place, monkeypatch, error):
        unlocked(monkeypatch, error)
        with locked(place, 1), pytest.raises(BusyError), locked(place, 0.1):
            pass

    @pytest.mark.usefixtures("quickly")
    def test_a_dead_one_holds_up_for_a_while_only(self, place, monkeypatch, error):
        unlocked(monkeypatch, error)
        place.write_bytes(f"0123456789abcdef {'':36}\n".encode())
        with locked(place, 5) as held:
            assert held.is_ours()


needs_root = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs root of Linux")


@needs_root
def test_another_user_waits_and_takes_over_what_a_dead_one_left(tmp_path, place, monkeypatch):
    """In a folder that a group shares; the lock's maker is somebody whose new files others may only read."""
    monkeypatch.setattr(lock, "STALE_SECONDS", 1_000)
    for folder in (tmp_path, *list(tmp_path.parents)[:3]):
        folder.chmod(0o777)
    read, write = os.pipe()
    first = os.fork()
    if not first:
        try:
            os.umask(0o077)
            os.setuid(20_001)
            with locked(place, 1):
                os.write(write, b"held")
                time.sleep(60)
        finally:
            os._exit(1)  # never on as a second pytest
    os.close(write)
    assert os.read(read, 4) == b"held"
    assert as_user(20_002, place) == "busy"
    os.kill(first, 9)
    os.waitpid(first, 0)
    assert as_user(20_002, place) == "ours"
    assert not place.exists()


def as_user(user, place):
    child = os.fork()
    if not child:
        code = 2
        try:
            os.setuid(user)
            with locked(place, 0.3):
                code = 0
        except BusyError:
            code = 1
        finally:
            os._exit(code)
    return ["ours", "busy", "fault"][os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])]


@needs_root
def test_another_container_waits_and_takes_over(place, holder, monkeypatch):
    """With process numbers, mounts and a host name of its own."""
    monkeypatch.setattr(lock, "STALE_SECONDS", 1_000)
    apart = ["unshare", "--pid", "--fork", "--kill-child=KILL", "--mount", "--uts"]
    if subprocess.run([*apart, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no namespaces here")
    one = holder(before=apart)
    with pytest.raises(BusyError), locked(place, 0.3):
        pass
    killed(one)
    with locked(place, 5) as held:
        assert held.is_ours()


class Windows(types.ModuleType):
    """`msvcrt.locking` as documented, on top of this system's locks.

    It locks bytes from the file's current position on, for one handle; LK_NBLCK raises OSError (EACCES) at once where
    somebody holds them. What is locked, nobody else can read, so that must not be what lies in the file.
    """

    LK_NBLCK = 2

    def locking(self, handle: int, mode: int, count: int) -> None:
        assert mode == self.LK_NBLCK
        assert count == 1
        assert os.lseek(handle, 0, os.SEEK_CUR) > os.fstat(handle).st_size
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PermissionError(errno.EACCES, "Permission denied") from None


@pytest.fixture
def windows(monkeypatch):
    """Windows' locks, its refusal to rename or take away what is open anywhere, or to open a folder, and no name for its
    start. It has no owners, and none of the flags that are asked for in vain.
    """
    monkeypatch.setitem(sys.modules, "msvcrt", Windows("msvcrt"))
    monkeypatch.setattr(lock, "_IS_WINDOWS", True)
    monkeypatch.setattr(lock, "_computer", lambda: "")
    for name in ("unlink", "rename", "replace"):
        monkeypatch.setattr(os, name, unless_open(getattr(os, name)))
    for name in ("fchmod", "chown"):
        monkeypatch.delattr(os, name)
    monkeypatch.setattr(lock, "_FLAGS", 0)
    monkeypatch.setattr(beside, "_IS_WINDOWS", True)
    real = os.open

    def opened(path, *more, **others):
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *more, **others)

    monkeypatch.setattr(os, "open", opened)


def unless_open(real):
    def call(path, *more, **others):
        for handle in Path("/proc/self/fd").iterdir():
            try:
                is_open = os.path.samestat(handle.stat(), os.lstat(path))
            except OSError:
                continue
            if is_open:
                raise PermissionError(errno.EACCES, "The process cannot access the file", str(path))
        return real(path, *more, **others)

    return call


@pytest.mark.skipif(sys.platform != "linux", reason="the stand-in looks into /proc")
@pytest.mark.usefixtures("windows")
class TestAsOnWindows:
    def test_it_is_gone_afterwards(self, place):
        with locked(place, 1) as held:
            assert held.is_ours()
            assert not held.trouble
        assert not place.exists()

    def test_another_one_waits(self, place):
        with locked(place, 1), pytest.raises(BusyError), locked(place, 0.1):
            pass
        with locked(place, 1):
            pass

    @pytest.mark.usefixtures("quickly")
    def test_a_dead_one_is_broken(self, place):
        place.write_bytes(f"0123456789abcdef {'':36}\n".encode())
        with locked(place, 5):
            pass
        assert not place.exists()

    def test_all_is_saved(self, tmp_path, monkeypatch):
        monkeypatch.setattr("charterkit.files.swap._PLATFORM", "win32")
        path = tmp_path / "new" / "x.yaml"
        save(path, None, b"new", tmp_path)
        save(path, b"new", b"newer", tmp_path)
        with pytest.raises(CharterkitError, match="changed by somebody else"):
            save(path, b"new", b"mine", tmp_path)
        assert path.read_bytes() == b"newer"

    def test_a_lock_that_is_just_being_taken_away(self, place, monkeypatch):
        real, refusals = os.open, list[str]()

        def opened(path, flags, *more):
            if flags & os.O_EXCL and len(refusals) < 3:
                refusals.append(path)
                raise PermissionError(errno.EACCES, "Permission denied")
            return real(path, flags, *more)

        monkeypatch.setattr(os, "open", opened)
        with locked(place, 5) as held:
            assert held.is_ours()

    def test_a_folder_that_may_not_be_written_to_is_said_to_be_so(self, place, monkeypatch):
        def opened(*_, **__):
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(lock, "_PROBE_SECONDS", 0.1)
        monkeypatch.setattr(os, "open", opened)
        with pytest.raises(PermissionError), locked(place, 5):
            pass
