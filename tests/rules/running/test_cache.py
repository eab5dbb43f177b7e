"""The cache is never wrong: whatever happens between two checks, the second says what a check without it says."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from charterkit.files import disk
from charterkit.files.workspace import Workspace
from charterkit.findings import CheckResult
from charterkit.many.cache import Cache
from charterkit.many.program import program
from charterkit.resources import builtin
from charterkit.rules.context import Context
from charterkit.rules.registry import RULES
from charterkit.rules.running import check as checking
from charterkit.rules.running.check import Examined, check, examine
from charterkit.rules.running.run import Wish, run
from charterkit.rules.running.settings import Settings

TODAY = date(2026, 11, 22)
CHARTER = """\
id: small
version: "1"
title: A small charter
status: draft
key_points:
  - id: welcome
    title: Every family is welcome
    aspects:
      - {id: gate, text: Senior leaders greet families at the gate}
      - {id: phone, text: Calls are answered the same day}
"""
HEAD = 'charter: small\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-10-14\n'
POLICY = "id: behaviour\ntitle: Behaviour\nstatus: live\nowner: {role: Head}\nrelated: [homework]\n"
VISIT = 'date: 2026-03-12\npurpose: certification\noutcome: met\ncharter: small\ncharter_version: "1"\n'
SCHOOLS = ("ash", "beech", "cedar", "north-trust")
CONTENTS = {
    "charterkit.yaml": (
        "charter: small\n",
        "charter: smal\n",
        "check: {ignore: [CK404]}\n",
        "check: {severity: {CK401: warning}, paths: {'schools/ash': [CK3]}}\n",
        "reminders: {re_evaluate: 6 months}\n",
        "nothing: here\n",
        "packs: [own]\nwaivers: [{entry: phones, reason: none}, {entry: fones, reason: none}]\n",
        "",
    ),
    "charters/small.yaml": (CHARTER, CHARTER.replace("gate", "door"), CHARTER.replace('"1"', '"2"'), "id: [\n", ""),
    "packs/own.yaml": (
        "id: own\ntitle: Ours\nentries: [{id: phones, title: Phones}]\n",
        "id: own\ntitle: Ours\nentries: [{id: fones, title: Phones}]\n",
        "id: other\ntitle: Ours\nentries: []\n",
        "id: [\n",
    ),
    "charters/small-ur.yaml": ("charter: small\nversion: '1'\nlanguage: ur\nstatus: draft\n", "language: ur\n"),
    "schools/loose.yaml": ("name: nobody\n",),
    "schools/{}/school.yaml": (
        "name: A school\n",
        "name: A school\ntrust: north-trust\n",
        'name: A school\n"tr\\u0075st": north-trust\n',
        "name: A trust\nkind: trust\nmembers: [ash, cedar]\n",
        "name: A trust\nkind: trust\nmembers: [ash, beech, nobody]\n",
        "name: A school\ntrust: ash\ncharters: [{charter: small, signed: 2025-09}]\n",
        "name: A school\nwebsite: javascript:alert(1)\n",
        "name: North\nkind: trust\nmembers: [ash]\nterms: {2025-26: {autumn: 2025-09-03 to 2025-12-19}}\n",
        "name: A school\ntrust: north-trust\nterms: {2025-26: {autumn: 2025-09-08 to 2025-12-12}}\n",
        "name: Beech Grove School\n",
        "name: Elm Road\n  School\ntrust: north-trust\n",
        "name: [\n",
        "",
    ),
    "schools/{}/evaluations/2025-26.yaml": (
        HEAD + "ratings: {gate: {rating: green, evidence: [{kind: document, path: evidence/rota.txt}]}}\n",
        HEAD + "ratings: {gate: {rating: green, evidence: [{kind: document, path: evidence/rotta.txt}]}}\n",
        HEAD + "ratings:\n  door: {rating: gren}  # charterkit: ignore[CK304] a joke\n",
        HEAD + "ratings: {}\nactions: [{action: Greet, due: 2026-03, aspect: gate}]\n",
        HEAD + "status: [\n",
        b"\xff\xfe",
    ),
    "schools/{}/policies/behaviour.yaml": (
        POLICY,
        POLICY.replace("live", "archived"),
        POLICY + "document: rules.md\n",
        POLICY.replace("related: [homework]", "review: {every: 1 year, term: autumn}\nrelated: [conduct]"),
        POLICY.replace("id: behaviour", "id: conduct") + "applies_to: [ash]\n",
        POLICY + "requirement: phones\ndocument: rules.md  # charterkit: ignore[CK510] history\n",
    ),
    "schools/{}/adopted/behaviour.yaml": (
        "policy: behaviour\nfrom: north-trust\nversion: '2.0'\ndate: 2026-03-03\n",
        "policy: conduct\nfrom: ash\nversion: '1.0'\n",
        "policy: behaviour\nfrom: north-trsut\n",
    ),
    "schools/{}/visits/2026-03-12.yaml": (
        VISIT,
        VISIT + "school: ash\ncertificate: {number: S-2026-001, issued: 2026-03-12}\n",
        VISIT
        + "school: beech\nfindings: {gate: {rating: amber}}\ncertificate: {number: S-2026-002, issued: 2026-03}\n",
        VISIT + "certificate: {number: S-2026-001, issued: 2026-03-12, revoked: {date: 2026-04, reason: It was}}\n",
    ),
    "schools/{}/certificates/S-2026-001.json": ("{}",),
    "schools/{}/certificates/s-2026-002.json": ("{}",),
    "schools/{}/evidence/rota.txt": ("Monday: the head", "Tuesday: the cat", "long " * 50),
    "schools/{}/policies/rules.md": (
        "Be kind.",
        "Be kind at Beech Grove School and at Elm Road School.",
        "A CRB check. Next review: January 2028",
        b"CRB \xff",
    ),
}
PATHS = sorted({path.format(school) for path in CONTENTS for school in SCHOOLS})
WISHES = (
    Wish(TODAY),
    Wish(TODAY, select=("CK3", "CK4")),
    Wish(TODAY, ignore=("CK412",)),
    Wish(date(2030, 1, 1)),
    Wish(TODAY, only=("schools/ash",)),
    Wish(TODAY, only=("charters", "schools/beech/evaluations/2025-26.yaml")),
)


def contents(path: str) -> tuple[str | bytes, ...]:
    return next(found for name, found in CONTENTS.items() if path in {name.format(school) for school in SCHOOLS})


def uncached(root: Path, wish: Wish) -> CheckResult:
    found = Workspace(root, builtin())
    return check(found, wish.today, wish.only, select=wish.select, ignore=wish.ignore)


def same(one: CheckResult, other: CheckResult) -> bool:
    return (one.files, one.findings, sorted(one.paths)) == (other.files, other.findings, sorted(other.paths))


class Edits(RuleBasedStateMachine):
    """Anything that may happen to a workspace, and to the cache, between two checks."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="charterkit-cache-"))
        self.root = self.folder / "files"
        self.root.mkdir()
        self.cache = Cache(self.folder / "cache", self.root, program(builtin()))
        self.wish = WISHES[0]
        self.tick = disk._TICK

    def teardown(self) -> None:
        disk._TICK = self.tick
        shutil.rmtree(self.folder)

    @initialize(trusting=st.booleans(), few=st.lists(st.sampled_from(PATHS), max_size=30))
    def begin(self, trusting: bool, few: list[str]) -> None:
        if trusting:  # else no stamp is old enough to be trusted while a test runs
            disk._TICK = -(10**18)
        for path in few:
            self.put(path, contents(path)[0])

    def put(self, path: str, content: str | bytes) -> None:
        whole = self.root / path
        if whole.is_symlink():
            whole.unlink()
        before = disk.stamp(whole, sys.maxsize)
        whole.parent.mkdir(parents=True, exist_ok=True)
        while True:  # a disk's clock may stand still for some milliseconds: what `disk.before` is there for
            whole.write_bytes(content if isinstance(content, bytes) else content.encode())
            if disk.stamp(whole, sys.maxsize) != before:
                break
            time.sleep(0.001)

    @rule(path=st.sampled_from(PATHS), number=st.integers(0, 9))
    def write(self, path: str, number: int) -> None:
        found = contents(path)
        self.put(path, found[number % len(found)])

    @rule(path=st.sampled_from(PATHS))
    def delete(self, path: str) -> None:
        (self.root / path).unlink(missing_ok=True)

    @rule(path=st.sampled_from(PATHS), seconds=st.integers(-5000, 5000))
    def touch(self, path: str, seconds: int) -> None:
        if not (self.root / path).is_symlink() and (self.root / path).exists():
            os.utime(self.root / path, (1_700_000_000 + seconds, 1_700_000_000 + seconds))

    @rule(one=st.sampled_from(SCHOOLS), other=st.sampled_from((*SCHOOLS, "dogwood")))
    def rename(self, one: str, other: str) -> None:
        here, there = self.root / "schools" / one, self.root / "schools" / other
        if here.is_dir() and not there.exists():
            here.rename(there)

    @rule(path=st.sampled_from(PATHS), other=st.sampled_from(PATHS))
    def link(self, path: str, other: str) -> None:
        if (self.root / path).parent.is_dir() and not os.path.lexists(self.root / path):
            (self.root / path).symlink_to(self.root / other)

    @rule(wish=st.sampled_from(WISHES))
    def ask(self, wish: Wish) -> None:
        self.wish = wish

    @rule(at=st.floats(0, 1), byte=st.integers(0, 255))
    def damage(self, at: float, byte: int) -> None:
        for file in (self.folder / "cache").glob("*.sqlite"):
            data = bytearray(file.read_bytes())
            if data:
                data[int(at * (len(data) - 1))] = byte
                file.write_bytes(data)

    @rule(at=st.floats(0, 1))
    def cut_short(self, at: float) -> None:
        for file in (self.folder / "cache").glob("*.sqlite"):
            file.write_bytes(file.read_bytes()[: int(at * file.stat().st_size)])

    @invariant()
    def says_what_is_there(self) -> None:
        assert same(run(self.root, builtin(), self.wish, self.cache), uncached(self.root, self.wish))
        assert same(run(self.root, builtin(), self.wish, self.cache), uncached(self.root, self.wish))


Edits.TestCase.settings = settings(
    max_examples=settings().max_examples // 5,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestEdits = pytest.mark.slow(Edits.TestCase)


# -- what is kept


def planted(root: Path) -> Path:
    for path, found in CONTENTS.items():
        for school in SCHOOLS[:3]:
            whole = root / path.format(school)
            whole.parent.mkdir(parents=True, exist_ok=True)
            whole.write_bytes(found[0] if isinstance(found[0], bytes) else found[0].encode())
    return root


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    return planted(tmp_path / "files")


@pytest.fixture
def cache(tmp_path: Path, files: Path) -> Cache:
    return Cache(tmp_path / "cache", files, "this program")


def looked_at(monkeypatch: pytest.MonkeyPatch, files: Path, cache: Cache, wish: Wish = WISHES[0]) -> list[str]:
    """The pieces that a check looks at; the others it knows."""
    found: list[str] = []

    def noted(workspace: Workspace, pieces: Sequence[str], chosen: Settings, today: date) -> list[Examined]:
        found.extend(pieces)
        return examine(workspace, pieces, chosen, today)

    with monkeypatch.context() as patch:
        patch.setattr(checking, "examine", noted)
        run(files, builtin(), wish, cache)
    return sorted(found)


def test_only_what_has_changed_is_looked_at(monkeypatch: pytest.MonkeyPatch, files: Path, cache: Cache) -> None:
    every = ["", "ash", "beech", "cedar"]
    assert looked_at(monkeypatch, files, cache) == every
    assert looked_at(monkeypatch, files, cache) == []
    (files / "schools/ash/evidence/rota.txt").write_text("Somebody else", encoding="utf-8")
    assert looked_at(monkeypatch, files, cache) == []  # only whether it is there was asked
    (files / "schools/ash/evidence/rota.txt").unlink()
    assert looked_at(monkeypatch, files, cache) == ["ash"]
    (files / "schools/beech/policies/behaviour.yaml").write_text(POLICY + "# a word\n", encoding="utf-8")
    assert looked_at(monkeypatch, files, cache) == ["beech"]
    os.utime(files / "schools/beech/policies/behaviour.yaml", (1, 1))
    assert looked_at(monkeypatch, files, cache) == []
    (files / "charters/small.yaml").write_text(CHARTER + "# a word\n", encoding="utf-8")
    assert looked_at(monkeypatch, files, cache) == every
    assert looked_at(monkeypatch, files, cache, Wish(date(2026, 11, 23))) == every
    assert looked_at(monkeypatch, files, cache, Wish(date(2026, 11, 23), only=("schools/ash",))) == []


def test_a_text_that_may_name_others_is_looked_at_when_a_name_changes(
    monkeypatch: pytest.MonkeyPatch, files: Path, cache: Cache
) -> None:
    every = ["", "ash", "beech", "cedar"]
    for school in ("ash", "beech"):
        path = files / f"schools/{school}/policies/behaviour.yaml"
        path.write_text(f"{POLICY}document: rules.md\n", encoding="utf-8")
    assert looked_at(monkeypatch, files, cache) == every
    assert looked_at(monkeypatch, files, cache) == []
    (files / "schools/cedar/evaluations/2025-26.yaml").write_text(HEAD + "ratings: {}\n", encoding="utf-8")
    (files / "schools/cedar/policies/rules.md").write_text("Nobody has this text", encoding="utf-8")
    assert looked_at(monkeypatch, files, cache) == ["cedar"]
    (files / "schools/ash/policies/rules.md").write_text("At Beech Grove School", encoding="utf-8")
    assert looked_at(monkeypatch, files, cache) == ["ash"]
    (files / "schools/cedar/school.yaml").write_text("name: Beech Grove School\n", encoding="utf-8")
    assert looked_at(monkeypatch, files, cache) == ["ash", "beech", "cedar"]
    assert looked_at(monkeypatch, files, cache) == []
    found = run(files, builtin(), WISHES[0], cache).findings
    assert [one.path for one in found if one.code == "CK511"] == ["schools/ash/policies/behaviour.yaml"]
    shutil.rmtree(files / "schools/cedar")
    assert "ash" in looked_at(monkeypatch, files, cache)
    assert "CK511" not in {one.code for one in run(files, builtin(), WISHES[0], cache).findings}


@pytest.mark.parametrize("path", ["packs/own.yaml", "packs/new.yaml", "charterkit.yaml"])
def test_a_pack_and_a_waiver_are_for_everybody(
    monkeypatch: pytest.MonkeyPatch, files: Path, cache: Cache, path: str
) -> None:
    looked_at(monkeypatch, files, cache)
    (files / path).write_text("packs: [own]\n" if path == "charterkit.yaml" else "id: new\n", encoding="utf-8")
    assert len(looked_at(monkeypatch, files, cache)) == 4
    assert same(run(files, builtin(), WISHES[0], cache), uncached(files, WISHES[0]))


def test_what_is_read_of_another_school_is_read_by_way_of_the_one_that_is_looked_at(files: Path) -> None:
    """Else every school of a chunk would depend on it, and which those are is chance."""
    for school, kind in zip(SCHOOLS, (8, 9, 1, 7), strict=True):
        for path in CONTENTS:
            if "{}" in path:
                found = contents(path.format(school))
                whole = files / path.format(school)
                whole.parent.mkdir(parents=True, exist_ok=True)
                content = found[kind % len(found)]
                whole.write_bytes(content if isinstance(content, bytes) else content.encode())
    context = Context(Workspace(files, builtin()), TODAY, ["", *SCHOOLS], RULES)
    found_by = {code for code, rule in RULES.items() for _ in rule.check(context)}
    assert len(found_by) > 5
    assert context.workspace.asked == {}


def test_an_old_stamp_is_believed_a_young_one_is_not(files: Path) -> None:
    path = files / "schools/ash/school.yaml"
    assert disk.stamp(path, disk.before()) is None
    assert disk.stamp(path, sys.maxsize) is not None


def test_another_state_of_the_program_knows_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, files: Path, cache: Cache
) -> None:
    looked_at(monkeypatch, files, cache)
    assert len(looked_at(monkeypatch, files, Cache(tmp_path / "cache", files, "the next one"))) == 4


def test_what_cannot_be_kept_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, files: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    cache = Cache(tmp_path / "cache", files, "this program")
    assert len(looked_at(monkeypatch, files, cache)) == len(looked_at(monkeypatch, files, cache)) == 4


def test_while_another_check_writes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, files: Path, cache: Cache) -> None:
    looked_at(monkeypatch, files, cache)
    (file,) = (tmp_path / "cache").glob("*.sqlite")
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert same(run(files, builtin(), WISHES[0], cache), uncached(files, WISHES[0]))
        other.execute("ROLLBACK")
    assert looked_at(monkeypatch, files, cache) == []


def test_two_checks_share_it(files: Path, cache: Cache) -> None:
    expected = uncached(files, WISHES[0])
    with ThreadPoolExecutor(4) as pool:
        for made in pool.map(lambda _: run(files, builtin(), WISHES[0], cache), range(24)):
            assert same(made, expected)


@pytest.mark.slow
def test_a_check_that_is_killed_leaves_it_whole(files: Path) -> None:
    command = [sys.executable, "-m", "charterkit", "--workspace", str(files), "check", "--today", "2026-11-22"]
    command += ["--output-format", "json", "--exit-zero"]
    expected = subprocess.run([*command, "--no-cache"], capture_output=True, check=True).stdout
    for number in range(8):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as started:
            time.sleep(0.1 + number * 0.05)
            started.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        (files / "schools/ash/school.yaml").write_text(f"name: A school\n# {number}\n", encoding="utf-8")
    (files / "schools/ash/school.yaml").write_text("name: A school\n", encoding="utf-8")
    for _ in range(2):
        assert subprocess.run(command, capture_output=True, check=True).stdout == expected
