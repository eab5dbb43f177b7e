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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

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
from charterkit.resources import builtin
import charterkit.rules.running.parallel
from charterkit.rules.running.run import Wish, run
start = time.perf_counter()
result = run(pathlib.Path(sys.argv[1]), builtin(), Wish(datetime.date(2026, 11, 22), jobs=int(sys.argv[2])))
print(time.perf_counter() - start)
assert result.counts['error'] == 0, result.findings[:3]
"""
STAT = """
import os, sys
waiting = [sys.argv[1]]
while waiting:
    with os.scandir(waiting.pop()) as found:
        for one in found:
            if one.is_dir(follow_symlinks=False):
                waiting.append(one.path)
            else:
                one.stat(follow_symlinks=False)
"""
MEMORY = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
Measure = Callable[[], float]


@dataclass(frozen=True)
class Row:
    """One line of the table: what is compared, the ratio not to go beyond, and how often to try."""

    work: str
    against: str
    ours: Measure
    theirs: Measure
    at_most: float
    times: int = 5
    unit: str = "ms"
    each: float = 1000


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


def process(*command: str, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Measure:
    """Times a whole process."""

    def run() -> float:
        start = time.perf_counter()
        subprocess.run(command, cwd=cwd, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.perf_counter() - start

    return run


def inner(script: str, *arguments: str, cwd: Path | None = None) -> Measure:
    """A script that measures and prints a number, so that imports are not counted."""

    def run() -> float:
        command = [sys.executable, "-c", script, *arguments]
        return float(subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout)

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


def rows(scratch: Path) -> Iterator[Row]:
    """Everything that is measured."""
    charterkit = str(Path(sys.executable).with_name("charterkit"))
    rival = str(Path(sys.executable).with_name("check-jsonschema"))
    small, large, huge = scratch / "small", scratch / "large", scratch / "huge"
    process(charterkit, "init", str(small))()
    for folder, count in ((large, 1000), (huge, 10_000)):
        folder.mkdir()
        generate(folder, count)
    bare = process(sys.executable, "-c", "pass")
    yield Row(
        "charterkit --version",
        "an empty console script",
        process(charterkit, "--version"),
        process(str(empty_script(scratch))),
        1.3,
        times=25,
    )
    cold = process(charterkit, "check", "--no-cache", cwd=small)
    yield Row("check of one small workspace, cold", "python -c pass", cold, bare, 22, times=15)
    levels = iter(["green", "amber"] * 50)

    def set_one() -> float:
        return process(charterkit, "evaluate", "--set", f"gate-greeting={next(levels)}", cwd=small)()

    yield Row("evaluate --set, one answer, safely on disk", "python -c pass", set_one, bare, 25, times=15)
    parsing = inner(SAFE_LOADER, str(large))
    work = "check of 1,000 files, no cache"
    yield Row(f"{work}, one process", "CSafeLoader, parsing", inner(CHECK, str(large), "1"), parsing, 0.65)
    yield Row(f"{work}, two processes", "CSafeLoader, parsing", inner(CHECK, str(large), "2"), parsing, 0.40)
    schema = Path(charterkit_schemas()) / "evaluation.json"
    files = [str(path) for path in sorted(large.glob("schools/*/evaluations/*.yaml"))]
    theirs = process(rival, "--schemafile", str(schema), *files)
    seconds = theirs()  # once: it takes a minute
    for jobs, name, least in ((1, "one process", 30), (2, "two processes", 50)):
        ours = process(charterkit, "check", "--no-cache", "--jobs", str(jobs), cwd=large)
        yield Row(f"{work}, {name}", "check-jsonschema", ours, lambda: seconds, 1 / least, times=3)
    again = process(charterkit, "check", cwd=huge)
    again()  # what was found is kept
    time.sleep(2.5)  # stamps younger than two seconds prove nothing
    again()
    looking = process(sys.executable, "-c", STAT, str(huge))
    yield Row("check again, nothing changed, 10,000 files", "scandir and stat", again, looking, 5, times=9)
    more, less = (inner(MEMORY, charterkit, "check", "--no-cache", cwd=folder) for folder in (huge, large))
    yield Row("memory of check, 10,000 files", "1,000 files", more, less, 1.3, times=1, unit="MB", each=1 / 1024)


def charterkit_schemas() -> Path:
    """Where our own schemas lie."""
    import charterkit.schema

    return Path(charterkit.schema.__file__).parent / "files"


def main() -> None:
    """Print the table, missed targets marked in words."""
    for name in ("CHARTERKIT_WORKSPACE", "PYTHONDONTWRITEBYTECODE"):  # what is installed is compiled
        os.environ.pop(name, None)
    scratch = Path(tempfile.mkdtemp(prefix="charterkit-bench-"))
    os.environ["XDG_CACHE_HOME"] = str(scratch / "cache")
    try:
        print(f"{'work':<48}{'against':<26}{'ours':>10}{'theirs':>10}{'ratio':>8}{'at most':>9}")
        for row in rows(scratch):
            pairs = [(row.ours(), row.theirs()) for _ in range(row.times)]  # in turns: the machine has its moods
            ours, theirs = (min(each) for each in zip(*pairs, strict=True))
            ratio = ours / theirs
            verdict = "" if ratio <= row.at_most else "  missed"
            print(
                f"{row.work:<48}{row.against:<26}{ours * row.each:>8.0f}{row.unit}{theirs * row.each:>8.0f}{row.unit}"
                f"{ratio:>8.3f}{row.at_most:>9.3f}{verdict}",
                flush=True,
            )
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
