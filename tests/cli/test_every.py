"""`--every`: a document for each school in one go, as one command a school makes it."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from charterkit.cli.common import EVERY
from charterkit.cli.pattern import Pattern
from charterkit.errors import CharterkitError
from tests.benchmarks.workspaces import trust

from .calling import call, environment, example, terminal

MORE = {
    "report": ("--audience", "governors"),
    "policy show": ("parent-carer-engagement",),
    "calendar": ("--year", "2026-27"),
}
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Two schools with their files, one of them with a name that is an attack, and one that cannot be read."""
    root = example(tmp_path_factory.mktemp("every"), "example-primary", "example-secondary")
    odd = root / "schools" / "odd"
    odd.mkdir()
    (odd / "school.yaml").write_text('name: "../A/B: [bold] \\u202e <script>"\n', encoding="utf-8")
    (odd / "evaluations").mkdir()
    (odd / "evaluations" / "2025-26.yaml").write_text("ratings: [\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    root = tmp_path_factory.mktemp("many")
    trust(root, 24)
    return root


@pytest.mark.parametrize("command", EVERY)
def test_the_same_bytes_as_one_command_a_school(place, tmp_path, command):
    words = [*command.split(), *MORE.get(command, ())]
    done = call(*words, "--every", "-o", f"{tmp_path}/all/{{school}}.html", cwd=place)
    for school in ("example-primary", "example-secondary", "odd"):
        path = tmp_path / "one" / f"{school}.html"
        alone = call(*words, "--school", school, "-o", str(path), cwd=place)
        made = tmp_path / "all" / path.name
        assert made.exists() == path.exists(), (school, done.stderr, alone.stderr)
        if path.exists():
            assert made.read_bytes() == path.read_bytes()
        else:
            assert alone.returncode == done.returncode == 2
            assert school in done.stderr
    left = [path.name for path in (tmp_path / "all").glob("*") if path.suffix != ".html"]
    assert left == []


def test_paper_too_and_the_others_are_made_though_one_cannot_be(place, tmp_path):
    done = call("report", "--every", "-o", f"{tmp_path}/{{school}}.pdf", cwd=place)
    assert done.returncode == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["example-primary.pdf", "example-secondary.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF") for path in tmp_path.iterdir())
    assert "(odd): schools/odd/evaluations/2025-26.yaml cannot be used: line 1" in done.stderr
    assert f"2 documents written to {tmp_path}/{{school}}.pdf; 1 school has none." in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ((), "Add -o 'out/{school}.html'"),
        (("-o", "-"), "Add -o 'out/{school}.html'"),
        (("-o", "out.pdf"), "Write -o 'out-{school}.pdf'"),
        (("-o", "out/"), "Write -o '{school}.html'"),
        (("-o", "{cycle}.pdf"), "Write -o '{cycle}-{school}.pdf'"),
        (("-o", "{schol}.pdf"), "{schol} in -o stands for nothing here.\nWrite {school}, {name} or {cycle}."),
        (("-o", "{school}.xyz"), "No document ending in .xyz can be made."),
        (("-o", "{school}.pdf", "--format", "tea"), "tea"),
        (("-o", "schools/{school}.html"), "among the workspace's own files"),
        (("-o", "{school}.pdf", "--table"), "--table"),
        (("-o", "{school}.pdf", "--open"), "--open shows one"),
        (("-o", "{school}.pdf", "odd"), "has no schools of its own"),
    ],
)
def test_a_call_that_cannot_be_meant_writes_nothing(place, tmp_path, words, wanted):
    before = sorted(place.rglob("*"))
    done = call("report", "--every", *words, cwd=place)
    assert done.returncode == 2
    assert wanted in done.stderr
    assert sorted(place.rglob("*")) == before


def test_two_schools_that_would_have_one_file_are_refused(tmp_path):
    for slug in ("a", "b"):
        (tmp_path / "schools" / slug).mkdir(parents=True)
        (tmp_path / "schools" / slug / "school.yaml").write_text(f"name: St {'ANNE' if slug == 'a' else 'Anne'}\n")
    (tmp_path / "charterkit.yaml").write_text("charter: community-engagement\n")
    done = call("render-poster", "--every", "-o", "{name}.html", cwd=tmp_path)
    assert "'a' and 'b' would have one file, St Anne.html.\nWrite {school} in it too" in done.stderr
    assert not list(tmp_path.glob("*.html"))
    done = call("render-poster", "--every", "-o", "{name}-{school}.html", cwd=tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.html")) == ["St ANNE-a.html", "St Anne-b.html"]


def test_a_name_leads_nowhere_else(place, tmp_path):
    call("policies", "--every", "-o", f"{tmp_path}/x/{{name}}.csv", cwd=place)
    assert [path.parent for path in tmp_path.rglob("*.csv")] == [tmp_path / "x"] * 3
    assert "A B [bold] script.csv" in [path.name for path in tmp_path.rglob("*.csv")]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("St Anne’s", "St Anne’s"),
        ("..", "school"),
        ("con", "con (school)"),
        ("مدرسة", "مدرسة"),
        ("a" * 300, "a" * 100),
        ("学" * 90, "学" * 66),
    ],
)
def test_a_name_is_one_that_every_disk_can_have(name, wanted):
    pattern = Pattern("{name}.pdf", {})
    with pytest.raises(CharterkitError) as refused:
        pattern.refuse_shared({"a": name, "b": name})
    assert refused.value.facts["path"] == f"{wanted}.pdf"


def test_what_a_killed_process_left_of_a_file_with_a_name_goes(tmp_path):
    left, other = tmp_path / ".St Anne.pdf.0123abcd.tmp", tmp_path / ".st-anne.pdf.0123abcd.tmp"
    for path in (left, other):
        path.write_text("half")
        os.utime(path, (0, 0))
    Pattern(f"{tmp_path}/{{name}}.pdf", {}).sweep({"st-anne": "St: Anne"})
    assert [path.exists() for path in (left, other)] == [False, True]


def test_the_schools_of_a_trust_each_with_its_cycle(many, tmp_path):
    path = many / "schools" / "outside"
    path.mkdir()
    (path / "school.yaml").write_text("name: Outside\n", encoding="utf-8")
    done = call("report", "the-trust", "--every", "-o", f"{tmp_path}/{{cycle}}/{{school}}.md", cwd=many)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "2025-26").iterdir()) == [f"school-{n:05}.md" for n in range(24)]
    done = call("report", "--every", "-q", "-o", f"{tmp_path}/all/{{school}}.md", cwd=many)
    assert done.stderr.startswith("Not made for Outside (outside): Outside has no self-evaluation")
    (path / "school.yaml").unlink()
    path.rmdir()


def test_what_holds_of_many_is_said_once_and_the_code_is_the_commands_own(many, tmp_path):
    done = call("compare", "--every", "-o", f"{tmp_path}/{{school}}.md", cwd=many)
    assert done.returncode == 2
    assert done.stderr.count("There is no cycle before 2025-26") == 1
    assert "and 19 more: There is" in done.stderr
    assert done.stderr.endswith("No document was made.\n")
    done = call("ready", "--every", "-o", f"{tmp_path}/{{school}}.md", cwd=many)
    assert (done.returncode, done.stderr) == (1, f"24 documents written to {tmp_path}/{{school}}.md.\n")


def test_a_terminal_shows_how_far_it_is_and_a_stop_leaves_nothing_half(many, tmp_path):
    words = ("report", "--every", "-o", f"{tmp_path}/{{school}}.pdf")
    with terminal(*words, cwd=many, anew=True, CI="") as screen:
        screen.wait_for("/24")
        while not list(tmp_path.glob("*.pdf")):
            time.sleep(0.02)
        screen.press("\x03")
        code = screen.finish()
    assert code == 130
    text = "\n".join(screen.lines)
    assert re.search("^Stopped after [0-9]+ documents? of 24, or a few more; each is whole.$", text, re.MULTILINE)
    assert "Traceback" not in screen.said
    made = list(tmp_path.iterdir())
    assert 0 < len(made) < 24
    assert all(path.suffix == ".pdf" and path.read_bytes().rstrip().endswith(b"%%EOF") for path in made)


@POSIX
def test_a_process_that_is_killed_costs_only_time(many, tmp_path):
    with started("report", "--every", "-o", f"{tmp_path}/{{school}}.pdf", cwd=many) as (command, workers):
        os.kill(workers[0], signal.SIGKILL)
        assert command.wait(120) == 0
    assert sorted(path.stem for path in tmp_path.glob("*.pdf")) == [f"school-{n:05}" for n in range(24)]


@POSIX
def test_nobody_is_left_when_the_first_process_is_killed(many, tmp_path):
    with started("report", "--every", "-o", f"{tmp_path}/{{school}}.pdf", cwd=many) as (command, workers):
        command.kill()
        command.wait()
        until = time.monotonic() + 60
        while any(map(is_running, workers)):
            assert time.monotonic() < until
            time.sleep(0.05)


class started:  # noqa: N801 - read as a word
    """The program, in the moment when its other processes are there."""

    def __init__(self, *words: str, cwd: Path) -> None:
        command = [sys.executable, "-m", "charterkit", *words]
        self.command = subprocess.Popen(command, cwd=cwd, env=environment(), stderr=subprocess.DEVNULL)

    def __enter__(self) -> "tuple[subprocess.Popen[bytes], list[int]]":
        inside = Path(f"/proc/{self.command.pid}/task/{self.command.pid}/children")
        while self.command.poll() is None:
            workers = [int(word) for word in inside.read_text().split() if b"\0-I\0" not in line(int(word))]
            if len(workers) > 1 or (workers and (os.cpu_count() or 1) < 2):
                return self.command, workers
            time.sleep(0.01)
        pytest.fail("it ended before it had other processes")

    def __exit__(self, *_: object) -> None:
        self.command.kill()
        self.command.wait()


def line(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b"\0-I\0"


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@POSIX
def test_a_disk_that_is_full_leaves_nothing_half(many, tmp_path):
    words = f"-m charterkit report --every --format html -o '{tmp_path}/{{school}}.html'"
    done = subprocess.run(
        ["sh", "-c", f"ulimit -f 1; exec '{sys.executable}' {words}"],
        cwd=many,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("File too large") == 1
    assert done.stderr.endswith("No document was made.\n")
    assert list(tmp_path.iterdir()) == []


def test_where_no_process_is_copied_they_start_anew(many, tmp_path):
    code = (
        "import sys, threading; threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "from charterkit.cli.app import run\n"
        f"if __name__ == '__main__': sys.exit(run(['report', '--every', '-o', {str(tmp_path / '{school}.md')!r}]))"
    )
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)], cwd=many, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, f"24 documents written to {tmp_path}/{{school}}.md.\n")
    alone = call("report", "school-00023", "-o", f"{tmp_path}/alone.txt", "--format", "markdown", cwd=many)
    assert alone.returncode == 0
    assert (tmp_path / "school-00023.md").read_bytes() == (tmp_path / "alone.txt").read_bytes()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="no list of a process's children here")
@pytest.mark.parametrize(("jobs", "has_others"), [("1", False), ("2", True)])
def test_it_is_said_how_many_processes_work(many, tmp_path, jobs, has_others):
    words = ["report", "--every", "-o", f"{tmp_path}/{{school}}.html", "--jobs", jobs]
    run = subprocess.Popen(
        [sys.executable, "-m", "charterkit", *words], cwd=many, env=environment(), stderr=subprocess.PIPE
    )
    seen = False
    while run.poll() is None:
        lists = Path(f"/proc/{run.pid}/task").glob("*/children")
        with suppress(OSError):
            seen = seen or any(path.read_text(encoding="ascii") for path in lists)
        time.sleep(0.005)  # leave it the processor
    assert run.stderr
    assert b"24 documents written" in run.stderr.read()
    assert seen is has_others
