"""How git is found and called, apart from any command; and that nothing else calls programs."""

import ast
import os
import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

import charterkit
from charterkit.errors import CharterkitError, Refused
from charterkit.files import git as calling
from charterkit.files import programs
from charterkit.files.git import Git, git_program
from charterkit.files.history import UNFIT, UNFIT_ON_WINDOWS, named
from charterkit.files.programs import located
from charterkit.files.repository import is_elsewhere
from tests.sources import nodes

MISSING = "1" * 40


@pytest.fixture
def canary(tmp_path):
    return tmp_path / "PWNED"


def program(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / name).chmod(0o755)
    return folder / name


class TestFinding:
    def test_the_first_that_may_be_run(self, tmp_path):
        ours, first, second = tmp_path / "ours", tmp_path / "first", tmp_path / "second"
        for folder in (ours, first, second):
            program(folder, f"tool{programs._ENDING}")
        path = os.pathsep.join(["", ".", "ours", str(ours), f'"{first}"', str(second)])
        found = located("tool", {"PATH": path, "HOME": "/home/x"}, [ours], None)
        assert found
        assert found.path == str(first / f"tool{programs._ENDING}")
        assert found.variables == {"PATH": f"{first}{os.pathsep}{second}", "HOME": "/home/x", "LC_ALL": "C"}
        assert located("tool", {"PATH": str(ours)}, [ours], None) is None
        assert located("tool", {"PATH": str(first)}, [ours], first) is None
        assert located("tool", {"PATH": str(first)}, [ours], tmp_path), "only what lies right in the current folder"
        assert located("other", {"PATH": str(first)}, [ours], None) is None
        assert located("tool", {}, [], None) is None

    def test_one_that_cannot_be_run_is_passed_over(self, tmp_path):
        if sys.platform != "win32":
            program(tmp_path / "first", "tool").chmod(0o644)
        (tmp_path / "second" / "tool").mkdir(parents=True)
        third = program(tmp_path / "third", f"tool{programs._ENDING}")
        path = os.pathsep.join(str(tmp_path / one) for one in ("first", "second", "third", "nowhere"))
        found = located("tool", {"PATH": path}, [], None)
        assert found
        assert found.path == str(third)

    def test_on_windows_only_an_exe(self, tmp_path, monkeypatch):
        monkeypatch.setattr(programs, "_ENDING", ".exe")
        for name in ("git", "git.bat", "git.cmd"):
            program(tmp_path / "first", name)
        path = os.pathsep.join(str(tmp_path / one) for one in ("first", "second"))
        assert located("git", {"PATH": path}, [], None) is None
        exe = program(tmp_path / "second", "git.exe")
        found = located("git", {"PATH": path}, [], None)
        assert found
        assert found.path == str(exe)

    def test_what_a_program_is_told(self, tmp_path):
        program(tmp_path, f"tool{programs._ENDING}")
        given = {
            "PATH": str(tmp_path),
            "GIT_DIR": "x",
            "git_dir": "x",
            "LANG": "de_DE",
            "LANGUAGE": "de",
            "LC_ALL": "de",
        }
        given |= {"LC_MESSAGES": "de", "PAGER": "x", "EDITOR": "x", "VISUAL": "x", "SSH_ASKPASS": "x", "TMPDIR": "/x"}
        found = located("tool", given, [], None)
        assert found
        assert found.variables == {"PATH": str(tmp_path), "TMPDIR": "/x", "LC_ALL": "C"}


def bare(folder: Path, config: str) -> Path:
    """A repository that is nothing but settings, and lacks what it is asked for."""
    for name in ("objects", "refs"):
        (folder / name).mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    head = '[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\tpromisor = 1\n'
    (folder / "config").write_text(head + config, encoding="utf-8")
    return folder


def armed(repository: Path, canary: Path) -> bool:
    command = ["git", f"--git-dir={repository}", "cat-file", "-t", MISSING]
    subprocess.run(command, capture_output=True, check=False)
    found = canary.exists()
    canary.unlink(missing_ok=True)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are scripts of a shell")
class TestCalling:
    """Even a hostile repository may be asked: the second wall, behind that no repository but ours ever is."""

    def git(self, repository: Path) -> Git:
        return Git(git_program(os.environ, [repository], None), repository)

    @pytest.mark.parametrize(
        "config",
        [
            '\turl = "ext::sh -c touch% {0}"\n[protocol "ext"]\n\tallow = always\n',
            '\turl = "/nowhere"\n\tuploadpack = "touch {0};"\n[protocol "file"]\n\tallow = always\n',
            '\turl = "ssh://nowhere.invalid/x"\n[core]\n\tsshCommand = "touch {0};"\n[protocol]\n\tallow = always\n',
        ],
        ids=["ext", "file", "ssh"],
    )
    def test_a_missing_object_is_not_fetched(self, tmp_path, canary, config):
        repository = bare(tmp_path / "hostile", config.format(canary))
        assert armed(repository, canary)
        git = self.git(repository)
        assert git.ask("cat-file", "-t", MISSING) is None
        with git.stream([MISSING], "cat-file", "--batch-check") as answers:
            answers.read()
        assert git.ask("rev-parse", "--verify", "--quiet", f"{MISSING}^{{commit}}") is None
        assert not canary.exists()

    def test_an_index_is_read_without_its_watcher(self, tmp_path, canary):
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
        subprocess.run(["git", "-C", str(tmp_path), "config", "core.fsmonitor", f"touch {canary};"], check=True)
        subprocess.run(["git", "-C", str(tmp_path), "status"], check=True, capture_output=True)
        assert canary.exists()
        canary.unlink()
        git = Git(git_program(os.environ, [], None), tmp_path / ".git")
        assert git.ask(f"--work-tree={tmp_path}", "status") is not None
        assert not canary.exists()

    def test_slow_is_not_for_ever(self, tmp_path, monkeypatch):
        """A pipe that nobody writes to, where git itself looks for other places of objects."""
        monkeypatch.setattr(calling, "MOST_SECONDS", 1)
        repository = bare(tmp_path / "slow", "")
        (repository / "objects/info").mkdir()
        os.mkfifo(repository / "objects/info/alternates")
        git = self.git(repository)
        with pytest.raises(CharterkitError, match="not answered within 1 seconds"):
            git.ask("cat-file", "-t", MISSING)
        with pytest.raises(CharterkitError, match="not answered within 1 seconds"):
            self.read(git)

    def read(self, git):
        with git.stream([MISSING], "cat-file", "--batch-check") as answers:
            assert answers.read() == b""
            raise Refused("nothing-to-undo")

    def test_one_that_cannot_be_started(self, tmp_path):
        broken = tmp_path / "git"
        broken.write_bytes(b"\x7fELF nothing")
        broken.chmod(0o755)
        git = Git(git_program({"PATH": str(tmp_path)}, [], None), bare(tmp_path / "any", ""))
        with pytest.raises(CharterkitError, match="git cannot be started"):
            git.ask("version")
        with pytest.raises(CharterkitError, match="git cannot be started"), git.stream([], "version"):
            pass


WINDOWS = "C:/Users/x/ours/.git"


@pytest.mark.parametrize(
    ("target", "start", "is_so"),
    [
        (PureWindowsPath("//evil/share/x"), PureWindowsPath(WINDOWS), True),
        (PureWindowsPath(r"\\?\UNC\evil\share\x"), PureWindowsPath(WINDOWS), True),
        (PureWindowsPath(WINDOWS) / "//evil/share/x", PureWindowsPath(WINDOWS), True),
        (PureWindowsPath("D:/main/.git/worktrees/x"), PureWindowsPath(WINDOWS), False),
        (PureWindowsPath(WINDOWS) / "../x", PureWindowsPath(WINDOWS), False),
        (PureWindowsPath("//school/share/main/.git"), PureWindowsPath("//school/share/ours/.git"), False),
        (PurePosixPath("//evil/share/x"), PurePosixPath("/home/x/.git"), False),
    ],
)
def test_a_link_to_another_computer(target, start, is_so):
    assert is_elsewhere(target, start) == is_so


HELD = [b"x.yaml", "Größe 1.yaml".encode(), b"console.yaml", b"COM10", b"com", b"a.con", b"...", b".git"]
NEVER = [b"", b".", b"..", b"a\nb", b"a\x1bb", b"\xff", b"\xc2\x9b1m", b"a\x7f"]
NOT_ON_WINDOWS = [b"a:b", b"..\\x", b"a\\b", b"CON", b"con.yaml", b"Nul", b"COM1.x.yaml", "LPT³".encode(), b"aux .yaml"]


def test_names_for_a_disk():
    for name in HELD:
        assert (
            named((b"schools", name), UNFIT)
            == named((b"schools", name), UNFIT_ON_WINDOWS)
            == ("schools", name.decode())
        )
    for name in NEVER:
        assert named((name, b"x"), UNFIT) is named((name, b"x"), UNFIT_ON_WINDOWS) is None, name
    for name in NOT_ON_WINDOWS:
        assert named((name,), UNFIT) == (name.decode(),)
        assert named((name,), UNFIT_ON_WINDOWS) is None, name


STARTING = {"subprocess", "os.system", "os.popen", "os.startfile", "webbrowser", "pty", "commands"}
STARTING |= {
    f"os.{start}{how}" for start in ("exec", "spawn") for how in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")
}
STARTING |= {"os.posix_spawn", "os.posix_spawnp", "shutil.which", "asyncio.create_subprocess_exec"}


def test_nothing_else_starts_programs():
    """Of the package, its tools aside: git by its module alone, ourselves by three, and `--open`."""
    source = Path(charterkit.__file__).parent
    found = set()
    for module in source.rglob("*.py"):
        for node in nodes(module):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [ast.unparse(node)] if isinstance(node, ast.Attribute) else []
            if any(name in STARTING or name.split(".")[0] == "multiprocessing" for name in names):
                found.add(module.relative_to(source).as_posix())
    assert found == {"files/git.py", "many/hands.py", "render/engine/pdf.py", "cli/place.py"}
