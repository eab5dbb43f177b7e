"""How fast, as ratios: ours against theirs, both measured in this run. `make bench` prints the table.

Not a test: times drift with the machine, ratios within one run hardly do. The targets are those of the design.
"""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

FILES = 1000
SAFE_LOADER = """
import sys, time, pathlib, yaml
files = [p.read_bytes() for p in sorted(pathlib.Path(sys.argv[1]).rglob('*.yaml'))]
start = time.perf_counter()
for data in files:
    yaml.load(data, yaml.CSafeLoader)
print(time.perf_counter() - start)
"""
CHECK = """
import sys, time, pathlib, datetime
from charterkit.files.workspace import Workspace
from charterkit.resources import builtin
from charterkit.rules.check import check
start = time.perf_counter()
result = check(Workspace(pathlib.Path(sys.argv[1]), builtin()), datetime.date(2026, 11, 22))
print(time.perf_counter() - start)
assert result.counts['error'] == 0, result.findings[:3]
"""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    work: str
    against: str
    ours: float
    theirs: float
    at_most: float


def generate(root: Path, files: int) -> None:
    """A workspace of evaluation files of about 5 KB with 40 ratings each, ten a school."""
    sys.path.insert(0, str(Path(__file__).parents[2] / "src"))
    from charterkit.files.workspace import Workspace
    from charterkit.resources import builtin

    aspects = list(Workspace(root, builtin()).choose_charter("community-engagement").aspects)
    (root / "charters").mkdir()
    (root / "charterkit.yaml").write_text("charter: community-engagement\n", encoding="utf-8")
    for number in range(files):
        school, year = divmod(number, 10)
        folder = root / "schools" / f"school-{school:05}"
        if not year:
            (folder / "evaluations").mkdir(parents=True)
            (folder / "school.yaml").write_text(f"name: School {school}\n", encoding="utf-8")
        start = 2015 + year
        cycle = f"{start}-{(start + 1) % 100:02}"
        lines = ["charter: community-engagement", 'charter_version: "1"', f"cycle: {cycle}", f"date: {start}-10-14"]
        lines += ["status: agreed", "ratings:"]
        for place, aspect in enumerate(aspects):
            level = ("red", "amber", "green")[(place + year + school) % 3]
            lines += [
                f"  {aspect}:",
                f"    rating: {level}",
                f"    note: What was said about it in the autumn of {start}.",
            ]
            lines += ["    ideas: [Ask families first]"] if place % 3 == 0 else []
        (folder / "evaluations" / f"{cycle}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def best(run: Callable[[], float], times: int = 7) -> float:
    """The quickest of a few runs: what the machine can do when nothing else disturbs it."""
    return min(run() for _ in range(times))


def process(*command: str, cwd: Path | None = None) -> Callable[[], float]:
    """Times a whole process."""

    def run() -> float:
        start = time.perf_counter()
        subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.perf_counter() - start

    return run


def inner(script: str, *arguments: str) -> Callable[[], float]:
    """A script that times itself and prints the seconds, so that imports are not counted."""

    def run() -> float:
        done = subprocess.run([sys.executable, "-c", script, *arguments], check=True, capture_output=True, text=True)
        return float(done.stdout)

    return run


def empty_script(folder: Path) -> Path:
    """A console script whose main does nothing, written by the same installer: ours, with another module's name."""
    (folder / "empty_script.py").write_text("def main():\n    pass\n", encoding="utf-8")
    ours = Path(sys.executable).with_name("charterkit").read_text(encoding="utf-8")
    script = folder / "empty"
    found = f"import sys\nsys.path.insert(0, {str(folder)!r})\nfrom empty_script import main"
    script.write_text(ours.replace("from charterkit.cli import main", found), encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


def rows(scratch: Path) -> Sequence[Row]:
    """Everything that is measured."""
    charterkit = str(Path(sys.executable).with_name("charterkit"))
    small, large = scratch / "small", scratch / "large"
    process(charterkit, "init", str(small))()
    large.mkdir()
    generate(large, FILES)
    bare = best(process(sys.executable, "-c", "pass"), 15)
    levels = iter(["green", "amber"] * 50)
    answer = process(charterkit, "check", cwd=small)

    def set_one() -> float:
        return process(charterkit, "evaluate", "--set", f"gate-greeting={next(levels)}", cwd=small)()

    return [
        Row(
            "charterkit --version",
            "an empty console script",
            best(process(charterkit, "--version"), 15),
            best(process(str(empty_script(scratch))), 15),
            1.3,
        ),
        Row("check of one small workspace, cold", "python -c pass", best(answer), bare, 22),
        Row("evaluate --set, one answer, safely on disk", "python -c pass", best(set_one), bare, 25),
        Row(
            f"check of {FILES} files, one process, no cache",
            "CSafeLoader only parsing them",
            best(inner(CHECK, str(large)), 3),
            best(inner(SAFE_LOADER, str(large)), 3),
            0.65,
        ),
    ]


def main() -> None:
    """Print the table, missed targets marked in words."""
    os.environ.pop("CHARTERKIT_WORKSPACE", None)
    scratch = Path(tempfile.mkdtemp(prefix="charterkit-bench-"))
    try:
        print(f"{'work':<48}{'against':<32}{'ours':>9}{'theirs':>9}{'ratio':>8}{'at most':>9}")
        for row in rows(scratch):
            ratio = row.ours / row.theirs
            verdict = "" if ratio <= row.at_most else "  missed"
            print(
                f"{row.work:<48}{row.against:<32}{row.ours * 1000:>7.0f}ms{row.theirs * 1000:>7.0f}ms"
                f"{ratio:>8.2f}{row.at_most:>9.2f}{verdict}"
            )
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
