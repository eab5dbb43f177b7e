"""What is done on Windows and on macOS, with their answers put in place of this system's. docs/platforms.md lists it."""

import errno
import io
import os
import re
import signal
import subprocess
import sys
import types
from pathlib import Path

import pytest
import typer

import charterkit
from charterkit.cli import app, keys
from charterkit.cli.bursts import ENTER, LEFT
from charterkit.cli.guide import Guide
from charterkit.cli.keys import Keys
from charterkit.errors import CharterkitError
from charterkit.files import beside, disk, leaving, own_places, places, publish
from charterkit.files.leaving import place
from charterkit.files.places import leads_inside
from charterkit.many import hands

from .cli.calling import ROOT, TODAY, call, environment

posix = pytest.mark.skipif(
    os.name != "posix", reason="a stand-in for Windows on another system; links need rights there"
)
WORDS = frozenset({"red", "amber", "green", ENTER})


class Console(types.ModuleType):
    """A console of Windows: `kbhit` says whether a key waits; a key without a character is read in two parts, \\xe0 first."""

    def __init__(self, typed: str) -> None:
        super().__init__("msvcrt")
        self.typed = list(typed)

    def kbhit(self) -> bool:
        return bool(self.typed)

    def getwch(self) -> str:
        return self.typed.pop(0)

    def getchar(self) -> str:
        """As typer reads it there: both parts of a key, ^C and ^Z as exceptions."""
        key = self.getwch()
        if key in "\x00\xe0":
            return key + self.getwch()
        if key in "\x03\x1a":
            raise KeyboardInterrupt if key == "\x03" else EOFError
        return key


@pytest.fixture
def console(monkeypatch):
    def made(typed: str) -> Keys:
        there = Console(typed)
        monkeypatch.setitem(sys.modules, "msvcrt", there)
        monkeypatch.setattr(typer, "getchar", there.getchar)
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setattr(keys, "termios", None)
        monkeypatch.setattr(keys, "readline", None)
        monkeypatch.setattr("builtins.input", lambda _: " by hand")
        return Keys(by_line=False)

    return made


class TestTheConsoleOfWindows:
    def test_a_key_an_arrow_a_word_and_an_accent(self, console):
        sitting = console("\xe0Kgreen\r")
        with sitting.sitting():
            assert [sitting.said("? ", WORDS).text for _ in range(2)] == [LEFT, "green"]
            assert not sitting._waits(0), "asks kbhit, and waits for nobody"
        assert console("g").said("? ", WORDS).text == "g"

    @pytest.mark.parametrize(("typed", "error"), [("\x03", KeyboardInterrupt), ("\x1a", EOFError)])
    def test_stopping(self, console, typed, error):
        with pytest.raises(error):
            console(typed).said("? ", WORDS)

    def test_a_line_keeps_what_was_typed_ahead_without_arrows(self, console):
        sitting = console("")
        sitting.ahead = "ga\xe0Hte"
        assert sitting.line("> ") == "gate by hand"
        sitting.ahead = "whole\rnext"
        assert (sitting.line("> "), sitting.ahead) == ("whole", "next")


def test_the_letter_that_begins_an_arrow_on_windows_is_a_letter_in_every_line():
    """It was taken out of notes, with the letter after it: "vis-à-vis" became "vis-vis"."""
    assert keys._clean("vis-à-vis, voilà tout\x1b[D") == "vis-à-vis, voilà tout"
    sitting = Keys(by_line=False)
    sitting.ahead = "à la carte\n"
    assert sitting.line("> ") == "à la carte"


def test_a_system_without_the_signal_of_a_closed_terminal(monkeypatch):
    """Windows has no SIGHUP; SIGTERM is a stop there too."""
    monkeypatch.delattr(signal, "SIGHUP", raising=False)
    before = signal.getsignal(signal.SIGTERM)

    class WelcomedError(Exception):
        pass

    def welcome():
        raise WelcomedError

    try:
        with pytest.raises(WelcomedError):
            Guide.run(types.SimpleNamespace(screen=types.SimpleNamespace(welcome=welcome)))  # type: ignore[arg-type]
        assert signal.getsignal(signal.SIGTERM) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGTERM, before)


@posix
class TestLinksAsOnWindows:
    @pytest.fixture
    def top(self, tmp_path):
        (tmp_path / "home/sub").mkdir(parents=True)
        (tmp_path / "repo/inside").mkdir(parents=True)
        (tmp_path / "repo/out").symlink_to(tmp_path / "home/sub")
        (tmp_path / "repo/in").symlink_to("inside")
        return tmp_path / "repo"

    def test_up_is_up_before_a_link_is_followed(self, top, monkeypatch):
        with pytest.raises(CharterkitError, match="is a link"):
            place(top / "out/../report.html", [top])
        monkeypatch.setattr(leaving, "_IS_WINDOWS", True)
        assert place(top / "out/../report.html", [top]) == top / "report.html"
        with pytest.raises(CharterkitError, match="is a link"):
            place(top / "out/report.html", [top])

    @pytest.mark.parametrize(
        ("said", "target"),
        [
            (r"\\?\C:\Users\x", r"C:\Users\x"),
            (r"\\?\UNC\server\share", r"\\?\UNC\server\share"),
            (r"\\?\Volume{8d6c}\x", r"\\?\Volume{8d6c}\x"),
            (r"..\x", r"..\x"),
        ],
    )
    def test_what_a_junction_says(self, monkeypatch, said, target):
        monkeypatch.setattr(leaving, "_IS_WINDOWS", True)
        monkeypatch.setattr(os, "readlink", lambda _: said)
        assert str(leaving._target(Path("any"))) == target

    def test_the_top_of_a_drive_is_a_place_that_links_lead_out_of(self, monkeypatch):
        root = Path("/")
        assert leaving._inside(root / "x", [root]) == (None, ())
        monkeypatch.setattr(leaving, "_IS_WINDOWS", True)
        assert leaving._inside(root / "x", [root]) == (root, ("x",))

    def test_what_lies_inside_is_told_by_the_real_path_alone(self, top, monkeypatch):
        """There a folder may lead elsewhere without being a link."""
        wanted = {
            "inside/x": True,
            "in/x": True,
            "out/x": False,
            "../home": False,
            "in/../../home": False,
            "gone/x": True,
        }
        for is_windows in (False, True):
            monkeypatch.setattr(places, "_IS_WINDOWS", is_windows)
            assert {path: leads_inside(top, top / path) for path in wanted} == wanted

    def test_reading_where_the_system_cannot_be_told_to_follow_no_link(self, top, monkeypatch):
        (top / "x.yaml").write_bytes(b"a: b\r\n")
        (top / "y.yaml").symlink_to(top.parent / "home.yaml")
        (top.parent / "home.yaml").write_bytes(b"secret: x\n")
        monkeypatch.setattr(disk, "_NO_LINK", 0)
        folder = disk.Disk(top)
        assert folder.read("x.yaml") == b"a: b\r\n"
        with pytest.raises(disk.UnfitError, match="leads out of the workspace"):
            folder.read("y.yaml")


def test_no_folder_is_opened_where_none_can_be(tmp_path, monkeypatch):
    """Windows refuses to open a folder as a file."""
    real = os.open

    def opened(path, *more, **others):
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *more, **others)

    monkeypatch.setattr(os, "open", opened)
    for is_windows in (True, False):
        monkeypatch.setattr(beside, "_IS_WINDOWS", is_windows)
        beside.make_folder(tmp_path / f"a{is_windows}" / "b")
        assert (tmp_path / f"a{is_windows}" / "b").is_dir()
    monkeypatch.setattr(beside, "_IS_WINDOWS", True)
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("opened"))
    beside.flush_folder(tmp_path)


def test_processors_where_the_system_does_not_say_which_may_be_used(monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    for known, used in ((None, 1), (4, 4), (128, 8)):
        monkeypatch.setattr(os, "cpu_count", lambda known=known: known)
        assert hands.processors() == used


def test_helping_processes_that_would_take_programs_from_the_current_folder_are_not_started():
    """Elsewhere than on Linux they start with `python -c`; PYTHONSAFEPATH keeps them from it, unless it is not read."""
    program = (
        "import concurrent.futures.process, multiprocessing, sys\n"
        "from charterkit.many import hands\n"
        "sys.platform = 'win32'\n"
        "assert list(hands._by_others(None, [], 2)) == []"
    )
    assert not subprocess.run([sys.executable, "-E", "-c", program], check=False).returncode
    others = subprocess.run([sys.executable, "-E", "-P", "-c", program], capture_output=True, check=False)
    assert b"AttributeError: 'NoneType'" in others.stderr, "with -P they are"


class Terminal(io.TextIOWrapper):
    """One that shows an old table of letters only."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_without_our_letters_shows_a_question_mark(monkeypatch):
    shown = Terminal(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", shown)
    asked = ("report", "example-primary", "--format", "markdown", "-o", "-")
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", ["charterkit", *asked, "--today", TODAY])
    with pytest.raises(SystemExit) as ended:
        app.main()
    shown.flush()
    text = shown.buffer.getvalue().decode("ascii")  # type: ignore[attr-defined]
    assert ended.value.code == 0
    said = call(*asked, cwd=ROOT).stdout
    assert not said.isascii()
    assert text == said.encode("ascii", "replace").decode()


BRANCH = re.compile(
    r"os\.name\b|sys\.platform|\bmsvcrt\b|\bfcntl\b|\btermios\b|hasattr\((?:os|signal), |getattr\(os, \"O_|_IS_WINDOWS"
)


def test_the_page_names_every_module_that_asks_which_system_it_is_on():
    source = Path(charterkit.__file__).parent
    asking = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if BRANCH.search(path.read_text(encoding="utf-8"))
    }
    page = (ROOT / "docs/platforms.md").read_text(encoding="utf-8")
    assert asking == set(re.findall(r"`([a-z_]+(?:/[a-z_]+)+\.py)`", page)) - {"cli/app.py"}
    tests = set(re.findall(r"`((?:[a-z_]+/)*test_[a-z_]+)`", page))
    assert all((ROOT / f"tests/{name}.py").is_file() for name in tests)
    assert tests


@pytest.fixture
def two_spellings(tmp_path):
    """One folder under two names that differ in capitals alone, as disks of Windows and macOS have it."""
    (tmp_path / "charters").mkdir()
    if (tmp_path / "CHARTERS").exists():
        yield tmp_path / "charters", tmp_path / "CHARTERS"
        return
    (tmp_path / "CHARTERS").mkdir()
    bound = ["mount", "--bind", str(tmp_path / "charters"), str(tmp_path / "CHARTERS")]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(bound, check=False, capture_output=True).returncode:
        pytest.skip("this disk tells capitals from small letters, and nobody here may mount one that does not")
    yield tmp_path / "charters", tmp_path / "CHARTERS"
    subprocess.run(["umount", str(tmp_path / "CHARTERS")], check=True)


def test_one_folder_under_two_spellings_is_one(two_spellings):
    small, capitals = two_spellings
    for same in (own_places._same, leaving._same):
        assert same(small, capitals)
        assert not same(small, small.parent)
    assert leaving._inside(capitals / "x", [small]) == (capitals, ("x",))
    with pytest.raises(CharterkitError, match="workspace"):
        publish.publish(capitals, {}, small)


def test_every_text_has_its_encoding_said_and_pipes_are_utf_8_with_plain_line_ends():
    """Windows reads and writes files in an old table of letters where a program says nothing; a pipe, too."""
    commands = (
        ["check", "--no-cache"],
        ["compare", "example-primary"],
        ["report", "example-primary", "--format", "html"],
    )
    program = (
        "import sys; from charterkit.cli import app; sys.argv = ['charterkit']; codes = []\n"
        f"for call in {commands!r}:\n"
        "    sys.argv[1:] = call\n"
        "    try: app.main()\n"
        "    except SystemExit as end: codes.append(end.code)\n"
        "assert codes == [0, 0, 0], codes\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-X", "warn_default_encoding", "-W", "error::EncodingWarning", "-c", program],
        cwd=ROOT,
        env={**environment(), "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    assert "…" in done.stdout.decode("utf-8") or "’" in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout
