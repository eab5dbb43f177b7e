"""People with homes of their own on one shared drive: what was said to be saved is there, and nobody's text goes."""

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from .calling import ROOT, TODAY, call, example

FILE = "schools/example-primary/evaluations/2026-27-autumn.yaml"
RATE = ("evaluate", "example-primary", "--set")
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


def aspects(school):
    import re

    text = (school / "charters/community-engagement-v1.yaml").read_text(encoding="utf-8")
    return re.findall(r"^      - id: (\S+)", text, re.MULTILINE)


@pytest.fixture
def school(tmp_path):
    (tmp_path / "ws").mkdir()
    for home in range(4):
        (tmp_path / f"home{home}").mkdir()
    return example(tmp_path / "ws")


def at_home(school, home, *arguments, cwd=None):
    """A call of somebody with a home of their own."""
    place = str(school.parent / f"home{home}")
    return call(*arguments, cwd=cwd or school, HOME=place, XDG_CACHE_HOME=f"{place}/cache")


def beside(school):
    file = school / FILE
    return [one for one in file.parent.iterdir() if one.name.startswith((f"{file.name}.", f".{file.name}."))]


@pytest.fixture(scope="module")
def people():
    """Four who work at once."""
    with ThreadPoolExecutor(4) as pool:
        yield pool


def test_four_writers_in_four_homes(school, people):
    """However each of them spells the place."""
    link = school.parent / "link"
    link.symlink_to(school)
    calls = [
        ((), school),
        ((), link),
        ((), (school / FILE).parent),
        (("--workspace", "../ws"), school.parent / "home0"),
    ]
    names = iter(aspects(school))

    def answer(home, aspect):
        first, folder = calls[home]
        return at_home(school, home, *first, *RATE, f"{aspect}=red", cwd=folder)

    for _ in range(3):
        told = [next(names) for _ in calls]
        done = list(people.map(answer, range(4), told))
        text = (school / FILE).read_text(encoding="utf-8")
        kept = "".join(one.read_text(encoding="utf-8") for one in beside(school))
        for aspect, one in zip(told, done, strict=True):
            if one.returncode:
                assert "changed by somebody else" in one.stderr
                assert f"{aspect}:\n    rating: red" in kept
            else:
                assert f"{aspect}:\n    rating: red" in text
        assert any(one.returncode == 0 for one in done)


def test_a_new_evaluation_is_begun_once(school, people):
    told = aspects(school)[:4]
    new = ("evaluate", "example-primary", "--cycle", "2026-27", "--date", "2026-11", "--set")
    done = list(people.map(lambda home, aspect: at_home(school, home, *new, f"{aspect}=red"), range(4), told))
    text = (school / "schools/example-primary/evaluations/2026-27.yaml").read_text(encoding="utf-8")
    for aspect, one in zip(told, done, strict=True):
        assert (f"{aspect}:" in text) == (one.returncode == 0), one.stderr
    assert any(one.returncode == 0 for one in done)


def test_what_lies_beside_the_file_is_no_file_of_the_workspace(school):
    before = call("check", "--list-files", cwd=school).stdout
    folder = (school / FILE).parent
    for name in (".2026-27-autumn.yaml.lock", ".2026-27-autumn.yaml.1a2b3c4d.5e6f7a8b.tmp"):
        (folder / name).write_text("not: [yaml", encoding="utf-8")
    assert call("check", "--list-files", cwd=school).stdout == before
    assert call("check", cwd=school).returncode == 0


def test_git_ignores_it_in_a_new_workspace(tmp_path):
    call("init", cwd=tmp_path)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    for name in (".2026-27-autumn.yaml.lock", ".2026-27-autumn.yaml.1a2b3c4d.tmp"):
        (tmp_path / FILE).with_name(name).write_bytes(b"")
    listed = ["git", "status", "--short", "--untracked-files=all", "schools"]
    said = subprocess.run(listed, cwd=tmp_path, check=True, capture_output=True, encoding="utf-8").stdout
    assert FILE in said
    assert ".lock" not in said
    assert ".tmp" not in said


CANNOT = """
import errno, os, sys
import fcntl
def refuse(*_, **__):
    raise OSError(int(sys.argv[2]), os.strerror(int(sys.argv[2])))
for name in sys.argv[1].split():
    module, _, call = name.partition(".")
    setattr(sys.modules[module], call, refuse)
from charterkit.cli.app import run
sys.exit(run(sys.argv[3:]))
"""


def on_a_drive_without(calls, error, school, *arguments):
    """The program where some of the system's calls answer as on a file system that lacks them."""
    return subprocess.run(
        [sys.executable, "-c", CANNOT, calls, str(error), *arguments, "--today", TODAY],
        cwd=school,
        env={**os.environ, "HOME": "/proc/nobody", "XDG_CACHE_HOME": "/proc/nobody/cache"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@posix
class TestADriveThatCannot:
    @pytest.mark.alike(3)
    @pytest.mark.parametrize("error", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
    def test_lock(self, school, error):
        first, second = aspects(school)[:2]
        done = on_a_drive_without("fcntl.flock", error, school, *RATE, f"{first}=red", "--set", f"{second}=red")
        assert done.returncode == 0
        said = f"2026-27-autumn.yaml could not be locked: {os.strerror(error)}. "
        assert done.stderr.count(said) == 1
        assert "never overwritten" in done.stderr
        assert f"{first}:\n    rating: red" in (school / FILE).read_text(encoding="utf-8")
        assert beside(school) == []

    def test_lock_and_many_files_are_mended(self, school):
        """It is said once, not once a file."""
        for name in ("a", "b", "c"):
            (school / f"schools/example-primary/evaluations/{name}.yaml").write_bytes(b"charter: x   \n")
        done = on_a_drive_without("fcntl.flock", errno.ENOLCK, school, "check", "--fix")
        assert "Mended 3 files" in done.stderr
        assert done.stderr.count("could not be locked") == 1

    @pytest.mark.alike(3)
    @pytest.mark.parametrize(
        ("calls", "error"),
        [("os.fsync", errno.EINVAL), ("os.chmod os.fchmod", errno.EPERM), ("os.link", errno.EPERM)],
    )
    def test_flush_or_keep_permissions_or_second_names(self, school, calls, error):
        first = aspects(school)[0]
        done = on_a_drive_without(calls, error, school, *RATE, f"{first}=red")
        assert (done.returncode, "locked" in done.stderr) == (0, False), done.stderr
        assert f"{first}:\n    rating: red" in (school / FILE).read_text(encoding="utf-8")
        assert beside(school) == []


@pytest.mark.alike(2)
@posix
@pytest.mark.slow
def test_a_little_of_the_soak():
    """`make soak` runs it for long. One process for all parts, as it takes long to load."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", "race", "12", "unshared", "8", "kills", "12", "lines", "1"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_soak_says_when_something_was_lost_and_goes_on(monkeypatch, capsys):
    from tests.soak import __main__ as soak
    from tests.soak.figures import Figures

    def closed(_count):
        try:
            raise KeyboardInterrupt
        finally:
            raise OSError  # as a browser's page that is to be closed, and has heard ^C too

    monkeypatch.setitem(soak.PARTS, "race", (lambda count: Figures(f"{count} rounds", 1), 5, 1))
    monkeypatch.setitem(soak.PARTS, "page", (lambda count: Figures(f"{1 // count}", 0), 5, 1))
    assert soak.main(["race", "3"]) == 1
    assert soak.main(["page", "0", "page", "1", "race"]) == 1
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if "begun" not in line] == [
        "race: 3 rounds",
        "page: broken, as said above",
        "page: 1",
        "race: 5 rounds",
    ]
    assert soak.main(["rase", "5"]) == 2
    monkeypatch.setitem(soak.PARTS, "rooms", (closed, 5, 1))
    assert soak.main(["rooms", "race"]) == soak.STOPPED
    assert capsys.readouterr().out.endswith("rooms: stopped\n")
