"""How fast, as ratios: ours against theirs, both measured in this run. `make bench` prints the table, missed rows first.

Not a test: times drift with the machine, ratios within one run hardly do. The targets are those of the design. Names of
groups on the call leave the others out: `python -m tests.benchmarks.bench starting sites`.
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

from tests.benchmarks.workspaces import edited, few_schools, many_schools, ministry, register_sheet, trust
from tests.cli.calling import example
from tests.exchange import gias_made

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
import charterkit.many.hands, charterkit.rules.running.check
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
VERIFY = """
import sys, time
from charterkit.credential.issuing import text_of
import json
from charterkit.credential.library import public_of
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof
from tests.credential.made import NOW, credential, issuer, key, lists, verify
data, given = text_of(credential()), ([issuer()], lists(), NOW)
library = OB3LdpVerifier(public_of(key().public))
ours = lambda: verify(data, *given).holds or sys.exit(1)
theirs = lambda: library.verify(data)
bare = lambda: verify_data_integrity_proof(json.loads(data), public_of(key().public))
work = {"ours": ours, "theirs": theirs, "bare": bare}[sys.argv[1]]
work()
best = 9.0
for _ in range(20):
    start = time.process_time()
    work()
    best = min(best, time.process_time() - start)
print(best)
"""
HOME = """
import sys, time, pathlib
from tests.serve.asking import Visitor
visitor = Visitor(pathlib.Path(sys.argv[1]))
assert "200 schools" in visitor.get("/home").text
start = time.perf_counter()
visitor.get("/home")
print(time.perf_counter() - start)
"""
CLICK = """
import http.client, io, itertools, contextlib, os, pathlib, re, sys, threading, time, urllib.parse
from datetime import date
os.chdir(sys.argv[1])
os.environ["CHARTERKIT_TODAY"] = "2026-11-22"
from charterkit.cli import main
from charterkit.serve.app import application
from charterkit.serve.desk import Desk
from charterkit.serve.running import bound, serve
levels, sheet = itertools.cycle(["green", "amber"]), "/schools/example-primary/evaluate"
def command():
    sys.argv = ["charterkit", "evaluate", "example-primary", "--set", f"gate-greeting={next(levels)}"]
    with contextlib.redirect_stderr(io.StringIO()), contextlib.suppress(SystemExit):
        main()
desk, listener = Desk(pathlib.Path.cwd(), lambda: date(2026, 11, 22)), bound(20000, is_asked=False)
answers = threading.Event()
threading.Thread(target=serve, args=(application(desk, print), desk, listener, answers.set), daemon=True).start()
answers.wait()
port, cookie = listener.getsockname()[1], [""]
line = http.client.HTTPConnection("127.0.0.1", port)
def asked(way, body=None, **more):
    site = {"Origin": f"http://127.0.0.1:{port}", "Content-Type": "application/x-www-form-urlencoded"} if body else {}
    way = way if way.startswith("/enter") else f"{desk.door.way}{way}"
    line.request("POST" if body else "GET", way, body, {"Cookie": cookie[0], **site, **more})
    answer = line.getresponse()
    cookie[0] = (answer.headers["Set-Cookie"] or cookie[0]).partition(";")[0]
    return answer.status, answer.read().decode()
def click():
    form = {"server": desk.id, "seen": click.seen, "do": f"rate:{next(levels)}"}
    status, card = asked(f"{sheet}/gate-greeting", urllib.parse.urlencode(form), **{"X-In-Place": "1"})
    assert status == 200, card
    click.seen = re.findall('name="seen" value="([^"]+)"', card)[0]
asked(f"/enter?token={desk.door.token()}")
click.seen = re.findall('name="seen" value="([^"]+)"', asked(sheet)[1])[0]
work = {"click": click, "command": command}[sys.argv[2]]
for _ in range(3):
    work()
start = time.perf_counter()
for _ in range(10):
    work()
print((time.perf_counter() - start) / 10)
sys.stdout.flush()
os._exit(0)
"""
OPEN = """
import subprocess, sys, time
from tests.cli.calling import environment
start = time.perf_counter()
command = [sys.executable, "-m", "charterkit", "open", "--no-browser"]
with subprocess.Popen(command, cwd=sys.argv[1], env=environment(XDG_STATE_HOME=sys.argv[1]), stdout=subprocess.PIPE,
                      stderr=subprocess.DEVNULL, text=True) as page:
    next(line for line in page.stdout if line.startswith("http"))
    print(time.perf_counter() - start)
    page.terminate()
"""
STACK = """
import subprocess, sys, time
start = time.perf_counter()
subprocess.run([sys.executable, "-m", "charterkit", "--version"], check=True, stdout=subprocess.DEVNULL)
subprocess.run([sys.executable, "-c", "import starlette.applications, starlette.routing, uvicorn, python_multipart"], check=True)
print(time.perf_counter() - start)
"""
REGISTER = """
import csv, datetime, pathlib, sys, time
from charterkit.exchange.register.read import TRIED, RegisterWishes, files_of, read_register
from charterkit.exchange.register.told import told
from charterkit.files.workspace import Workspace
root, whose = pathlib.Path(sys.argv[1]), sys.argv[2]
def ours(name):
    workspace = Workspace(root)
    read = read_register(root / name, RegisterWishes(), workspace, datetime.date(2026, 11, 22), "school-00000")
    return list(told(read, is_many=False)), files_of(read.plan, workspace, TRIED)
def theirs(name):
    with open(root / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
work = {"ours": ours, "theirs": theirs}[whose]
work("few.csv")  # what it needs is loaded
start = time.process_time()
found = work("register.csv")
print(time.process_time() - start)
"""
DICT_READER = """
import csv, sys
with open(sys.argv[1], encoding="cp1252", newline="") as file:
    for row in csv.DictReader(file):
        pass
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


class Place:
    """Where the workspaces of a run lie, each made when a row first wants it."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.charterkit = str(Path(sys.executable).with_name("charterkit"))
        self.bare = process(sys.executable, "-c", "pass")

    def of(self, make: Callable[[Path, int], None], count: int) -> Path:
        folder = self.scratch / f"{make.__name__}-{count}"
        if not folder.exists():
            folder.mkdir()
            make(folder, count)
        return folder

    @property
    def small(self) -> Path:
        folder = self.scratch / "small"
        if not folder.exists():
            process(self.charterkit, "init", str(folder))()
        return folder

    def call(self, *arguments: str, cwd: Path) -> Measure:
        return process(self.charterkit, *arguments, cwd=cwd)


def starting(place: Place) -> Iterator[Row]:
    """What a command costs before it does anything large."""
    script = process(str(empty_script(place.scratch)))
    version = process(place.charterkit, "--version")
    yield Row("charterkit --version", "an empty console script", version, script, 1.3, times=25)
    cold = place.call("check", "--no-cache", cwd=place.small)
    yield Row("check of one small workspace, cold", "python -c pass", cold, place.bare, 22, times=15)
    levels = iter(["green", "amber"] * 50)

    def set_one() -> float:
        return place.call("evaluate", "--set", f"gate-greeting={next(levels)}", "example-primary", cwd=place.small)()

    yield Row("evaluate --set, one answer, safely on disk", "python -c pass", set_one, place.bare, 22, times=15)


def checking(place: Place) -> Iterator[Row]:
    """`check` without what it found earlier, against parsing alone and against a rival."""
    for make, work, alone, together in (
        (many_schools, "check of 1,000 schools, one evaluation each", 0.80, 0.45),  # 0.60 is next
        (few_schools, "check of 1,000 files, ten a school", 0.65, 0.40),
    ):
        large = str(place.of(make, 1000))
        parsing = inner(SAFE_LOADER, large)
        yield Row(f"{work}, one process", "CSafeLoader, parsing", inner(CHECK, large, "1"), parsing, alone)
        yield Row(f"{work}, two processes", "CSafeLoader, parsing", inner(CHECK, large, "2"), parsing, together)
    yield from against_the_rival(place)


def growing(place: Place) -> Iterator[Row]:
    """`check` of ten times as many."""
    large_ones, huge_ones = place.of(many_schools, 1000), place.of(many_schools, 10_000)
    more, less = (inner(CHECK, str(folder), "1") for folder in (huge_ones, large_ones))
    yield Row("check of 10,000 schools, one process", "1,000 schools", more, less, 10.5, times=2)
    more, less = (inner(MEMORY, place.charterkit, "check", "--no-cache", cwd=one) for one in (huge_ones, large_ones))
    yield Row("memory of check, 10,000 schools", "1,000 schools", more, less, 1.2, times=1, unit="MB", each=1 / 1024)


def against_the_rival(place: Place) -> Iterator[Row]:
    """check-jsonschema with our own schema."""
    large = place.of(few_schools, 1000)
    rival = str(Path(sys.executable).with_name("check-jsonschema"))
    schema = Path(charterkit_schemas()) / "evaluation.json"
    files = [str(path) for path in sorted(large.glob("schools/*/evaluations/*.yaml"))]
    known: list[float] = []

    def theirs() -> float:
        if not known:  # once: it takes a minute
            known.append(process(rival, "--schemafile", str(schema), *files)())
        return known[0]

    for jobs, name, least in ((1, "one process", 30), (2, "two processes", 50)):
        ours = place.call("check", "--no-cache", "--jobs", str(jobs), cwd=large)
        yield Row(f"check of 1,000 files, {name}", "check-jsonschema", ours, theirs, 1 / least, times=3)


def again(place: Place) -> Iterator[Row]:
    """`check` where little or nothing has changed since."""
    huge = place.of(few_schools, 10_000)
    second = place.call("check", cwd=huge)

    def unchanged() -> float:
        second()
        return second()

    settled = Settled(unchanged)
    looking = process(sys.executable, "-c", STAT, str(huge))
    yield Row("check again, nothing changed, 10,000 files", "scandir and stat", settled, looking, 5, times=9)
    whole = place.of(trust, 5000)
    yield Row(
        "check of a trust of 5,000, one file edited",
        "its first check",
        *after_an_edit(place, "check", whole),
        1 / 20,
        times=1,
    )


def ministries(place: Place) -> Iterator[Row]:
    """What is asked of very many schools with three years each, in trusts and authorities."""
    folder = place.of(ministry, 2500)
    whole = place.call("check", "--no-cache", cwd=folder)
    first = place.call("overview", "--no-cache", cwd=folder)
    yield Row("overview of 2,500 schools x 3 cycles, first run", "check --no-cache", first, whole, 1.2, times=2)
    tables = place.call("export", str(place.scratch / "tables"), cwd=folder)
    yield Row("export of the same to Parquet", "check --no-cache", tables, whole, 1.4, times=2)
    yield Row("overview after one edit", "its first run", *after_an_edit(place, "overview", folder), 1 / 50, times=1)
    yield Row(
        "overview again, nothing changed", "its first run", *once_more(place, "overview", folder), 1 / 20, times=1
    )
    more, less = (place.of(ministry, count) for count in (2500, 250))
    much, little = (inner(MEMORY, place.charterkit, "overview", "--no-cache", cwd=one) for one in (more, less))
    yield Row(
        "memory of overview, 2,500 schools x 3 cycles",
        "250 schools",
        much,
        little,
        1.2,
        times=1,
        unit="MB",
        each=1 / 1024,
    )
    much, little = (inner(MEMORY, place.charterkit, "check", "--no-cache", cwd=one) for one in (more, less))
    yield Row(
        "memory of check, 2,500 schools x 3 cycles", "250 schools", much, little, 1.2, times=1, unit="MB", each=1 / 1024
    )


def after_an_edit(place: Place, command: str, folder: Path) -> tuple[Measure, Measure]:
    """A command after one file was edited, and the first time it was called."""
    first = Kept(place.call(command, cwd=folder))

    def one_edited() -> float:
        first()
        time.sleep(2.5)  # stamps younger than two seconds prove nothing
        edited(folder)
        return place.call(command, cwd=folder)()

    return one_edited, first.last


def once_more(place: Place, command: str, folder: Path) -> tuple[Measure, Measure]:
    """A command of which nothing is known yet, and the same once more."""
    first = Kept(place.call(command, cwd=folder))

    def again() -> float:
        shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)
        first()
        return place.call(command, cwd=folder)()

    return again, first.last


class Settled:
    """A measure whose first two runs, with some seconds between them, do not count: what was found is kept then."""

    def __init__(self, measure: Measure) -> None:
        self.measure, self.is_ready = measure, False

    def __call__(self) -> float:
        if not self.is_ready:
            self.measure()
            time.sleep(2.5)  # stamps younger than two seconds prove nothing
            self.measure()
            self.is_ready = True
        return self.measure()


class Kept:
    """A measure that remembers what it measured last."""

    def __init__(self, measure: Measure) -> None:
        self.measure, self.found = measure, 0.0

    def __call__(self) -> float:
        self.found = self.measure()
        return self.found

    def last(self) -> float:
        return self.found


def sites(place: Place) -> Iterator[Row]:
    """The static site of a trust."""
    many, few = place.of(trust, 199), place.of(trust, 19)
    more, less = (place.call("site", "--out", str(one / "site"), cwd=one) for one in (many, few))
    yield Row("site of 200 organisations", "20 organisations", more, less, 10.5, times=1)
    first = Kept(place.call("site", "--out", str(place.scratch / "again"), cwd=many))

    def once_more() -> float:
        first()
        edited(many)
        return place.call("site", "--out", str(place.scratch / "again"), cwd=many)()

    yield Row("site of 200, one file edited", "its first run", once_more, first.last, 1 / 4, times=1)


def every(place: Place) -> Iterator[Row]:
    """The governors' reports of 200 schools as PDF, against one command a school (ten of them, twenty times)."""
    folder = place.of(many_schools, 200)
    out = str(place.scratch / "reports" / "{school}.pdf")
    together = place.call("report", "--every", "--audience", "governors", "-o", out, cwd=folder)

    def alone() -> float:
        words = ("report", "--audience", "governors", "-o", str(place.scratch / "report.pdf"))
        return 20 * sum(place.call(*words, f"school-{number:05}", cwd=folder)() for number in range(10))

    yield Row("reports of 200 schools as PDF, at once", "one command a school", together, alone, 1 / 3, times=1)


def verifying(place: Place) -> Iterator[Row]:
    """A certificate, with both of its status lists, warm.

    The bare check asks only whether the signature holds for what the JSON means. That the JSON is exactly what was
    signed, so that no member is shown which no signature covers, it leaves out: that takes the library about as long
    again (the credential and its proof expanded, compacted and compared, of which compacting alone is more than half
    a signature's check), and we leave none of it away. Against the bare check it is thus 1.8 times, not 1.2. That it
    expands once instead of twice would take a private function of the library out of its own check, for 8 % of ours.
    """
    ours, theirs, bare = (inner(VERIFY, whose) for whose in ("ours", "theirs", "bare"))
    yield Row("verify: one certificate and its status, warm", "the library's own check", ours, theirs, 1.2)
    yield Row("verify: the same, with no check left out", "a bare signature check", ours, bare, 2.2)


def opening(place: Place) -> Iterator[Row]:
    """The page in the browser: a press of a level, and the start until the page answers."""
    folder = place.scratch / "opened"
    folder.mkdir()
    example(folder)
    click, command = (inner(CLICK, str(folder), whose) for whose in ("click", "command"))
    yield Row("a click, until it is saved and its card is there", "evaluate --set, warm", click, command, 3)
    start, stack = inner(OPEN, str(folder)), inner(STACK)
    many = str(place.of(many_schools, 200))
    yield Row("home of 200 schools in the page, warm", "one second", inner(HOME, many), lambda: 1.0, 1)
    yield Row("open, until the page answers", "--version and the stack", start, stack, 2.5, times=9)


def importing(place: Place) -> Iterator[Row]:
    """The trial run over a trust's register of 50,000 policies."""
    folder = str(place.of(register_sheet, 50_000))
    ours, theirs = (inner(REGISTER, folder, whose) for whose in ("ours", "theirs"))
    yield Row("import register, 50,000 rows, trial run", "csv.DictReader", ours, theirs, 4)


def schools_register(place: Place) -> Iterator[Row]:
    """An extract of 50,000 establishments with 135 columns: a trial run for all of them, and for one authority."""
    folder = place.scratch / "gias"
    (folder / "schools").mkdir(parents=True)
    (folder / "charterkit.yaml").write_text("organisation: Ours\n", encoding="utf-8")
    extract = str(gias_made.write(folder / "extract.csv", gias_made.many(50_000)))
    reading = process(sys.executable, "-c", DICT_READER, extract)
    for what, asked in (("", ()), (", one authority", ("--where", "LA (name)=Borsetshire 7"))):
        ours = place.call("import", "gias", extract, *asked, cwd=folder)
        yield Row(f"import gias, 50,000 rows, trial run{what}", "csv.DictReader", ours, reading, 4, times=3)


GROUPS = {
    group.__name__: group
    for group in (
        starting,
        checking,
        growing,
        again,
        ministries,
        sites,
        every,
        verifying,
        opening,
        importing,
        schools_register,
    )
}


def charterkit_schemas() -> Path:
    """Where our own schemas lie."""
    import charterkit.schema

    return Path(charterkit.schema.__file__).parent / "files"


def main() -> None:
    """Print the table, missed targets first and marked in words."""
    for name in ("CHARTERKIT_WORKSPACE", "PYTHONDONTWRITEBYTECODE"):  # what is installed is compiled
        os.environ.pop(name, None)
    scratch = Path(tempfile.mkdtemp(prefix="charterkit-bench-"))
    os.environ["XDG_CACHE_HOME"] = str(scratch / "cache")
    missed: list[str] = []
    kept: list[str] = []
    try:
        for row in (row for name in sys.argv[1:] or GROUPS for row in GROUPS[name](Place(scratch))):
            pairs = [(row.ours(), row.theirs()) for _ in range(row.times)]  # in turns: the machine has its moods
            ours, theirs = (min(each) for each in zip(*pairs, strict=True))
            is_missed = ours / theirs > row.at_most
            (missed if is_missed else kept).append(line := said(row, ours, theirs))
            print(line, file=sys.stderr, flush=True)
        print(f"{'work':<62}{'against':<25}{'ours':>10}{'theirs':>10}{'ratio':>8}{'at most':>9}")
        print("\n".join([*missed, *kept]))
    finally:
        shutil.rmtree(scratch)


def said(row: Row, ours: float, theirs: float) -> str:
    """One line of the table."""
    ratio = ours / theirs
    verdict = "  missed" if ratio > row.at_most else ""
    return (
        f"{row.work:<62}{row.against:<25}{ours * row.each:>8.0f}{row.unit}{theirs * row.each:>8.0f}{row.unit}"
        f"{ratio:>8.3f}{row.at_most:>9.3f}{verdict}"
    )


if __name__ == "__main__":
    main()
