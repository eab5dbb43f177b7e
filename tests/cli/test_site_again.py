"""The site made again is the site made from nothing, byte for byte, whatever happened in between."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from charterkit.errors import CharterkitError
from charterkit.files.papers import Papers
from charterkit.files.publish import LIST, Scope, publish
from charterkit.files.workspace import Workspace
from charterkit.model.dates import Cycle
from charterkit.render.site.view import Site, site
from charterkit.resources import builtin
from tests.benchmarks.workspaces import trust

from .calling import call, environment, example

DAYS = (date(2026, 11, 22), date(2026, 11, 23))
CHARTER = """id: small
version: "1"
title: A small charter
status: published
key_points:
  - {id: welcome, title: Every family is welcome, aspects: [{id: gate, text: Leaders greet families at the gate}]}
  - {id: calls, title: Every call is answered, aspects: [{id: phone, text: The same day}]}
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#{}"/></svg>'
SIGNED = "charters: [{charter: small, signed: 2025-09}]\n"
SCHOOLS = ("ash", "beech", "trust")
CONTENTS = {
    "charterkit.yaml": (
        "charter: small\n",
        "charter: small\norganisation: Larkfield\n",
        "charter: small\nlanguage: cy\n",
    ),
    "charters/small.yaml": (
        CHARTER,
        CHARTER.replace("answered", "returned"),
        CHARTER.replace("A small charter", "A charter"),
        CHARTER.replace("published", "draft"),
    ),
    "templates/tokens.json": ("{}", '{"color": {}}', "{"),
    "templates/poster.html.j2": (
        "<!doctype html><title>{{ title.text }}</title>",
        "{% extends 'builtin/poster.html.j2' %}",
    ),
    "schools/{}/school.yaml": (
        f"name: Elm Lane\n{SIGNED}",
        f"name: Elm Lone\n{SIGNED}",
        f"name: Elm Lane\nlogo: logo.svg\n{SIGNED}",
        f"name: Elm Lane\ncolour: '#003366'\n{SIGNED}",
        f"name: Elm Lane\ntrust: trust\n{SIGNED}",
        "name: Elm Lane\nkind: trust\nmembers: [beech, ash]\n",
        "name: Elm Lane\n",
        "name: [\n",
    ),
    "schools/{}/logo.svg": (DRAWING.format("003366"), DRAWING.format("660033"), "no drawing"),
    "schools/{}/evaluations/2025-26.yaml": tuple(
        'charter: small\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-10-14\n'
        f"status: {status}\nratings: {{gate: {{rating: {level}}}}}\n"
        for status, level in (("agreed", "green"), ("agreed", "red"), ("draft", "green"))
    ),
    "schools/{}/policies/behaviour.yaml": (
        "id: behaviour\ntitle: Behaviour\nstatus: live\nowner: {role: Head}\npublication: {visibility: public}\n",
        "id: behaviour\ntitle: Conduct\nstatus: live\nowner: {role: Head}\npublication: {visibility: public}\n",
        "id: behaviour\ntitle: Behaviour\nstatus: live\nowner: {role: Head}\n",
    ),
}
PATHS = [path.format(slug) for path in CONTENTS for slug in (SCHOOLS if "{}" in path else ("",))]
KINDS = {path.format(slug): path for path in CONTENTS for slug in SCHOOLS}


class Edits(RuleBasedStateMachine):
    """Anything that may happen to a workspace, to the site's folder and to what is kept, between two runs."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="charterkit-again-"))
        self.root, self.out, self.record = (self.folder / name for name in ("files", "www", "record.json"))
        self.root.mkdir()
        self.today = DAYS[0]
        self.before = os.environ.get("XDG_CACHE_HOME")
        os.environ["XDG_CACHE_HOME"] = str(self.folder / "cache")

    def teardown(self) -> None:
        shutil.rmtree(self.folder)
        os.environ.pop("XDG_CACHE_HOME")
        if self.before is not None:
            os.environ["XDG_CACHE_HOME"] = self.before

    @initialize()
    def begin(self) -> None:
        for path in ("charterkit.yaml", "charters/small.yaml", "schools/ash/school.yaml", "schools/beech/school.yaml"):
            self.write(path, 0)

    @rule(path=st.sampled_from(PATHS), number=st.integers(0, 7))
    def write(self, path: str, number: int) -> None:
        found = CONTENTS[KINDS[path]]
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(found[number % len(found)], encoding="utf-8")

    @rule(path=st.sampled_from(PATHS))
    def delete(self, path: str) -> None:
        (self.root / path).unlink(missing_ok=True)

    @rule(day=st.sampled_from(DAYS))
    def another_day(self, day: date) -> None:
        self.today = day

    @rule(
        name=st.sampled_from(("poster.pdf", "schools/ash/poster.pdf", "schools/beech/poster.pdf")),
        part=st.integers(0, 2),
    )
    def spoil(self, name: str, part: int) -> None:
        file = self.out / name
        if file.is_file():
            data = file.read_bytes()
            if part:
                file.write_bytes(data[: len(data) // part] + b"x")
            else:
                file.unlink()

    @rule()
    def swap(self) -> None:
        """Two posters change places in the folder."""
        one, other = (self.out / f"schools/{slug}/poster.pdf" for slug in ("ash", "beech"))
        if one.is_file() and other.is_file():
            data = one.read_bytes()
            one.write_bytes(other.read_bytes())
            other.write_bytes(data)

    @rule(text=st.sampled_from(("", "[]", "{}", '{"poster.pdf": 3}', "{", "swap")))
    def damage(self, text: str) -> None:
        """What is kept is not what was kept."""
        for record in (self.folder / "cache").rglob("*.json"):
            if text == "swap":
                rows = json.loads(record.read_text() or "{}")
                rows = rows if isinstance(rows, dict) else {}
                text = json.dumps(dict(zip(rows, reversed(rows.values()), strict=True)))
            record.write_text(text, encoding="utf-8")

    def made(self, papers: Papers | None) -> Site | str:
        workspace = Workspace(self.root, builtin())
        try:
            return site(
                workspace,
                None,
                year=Cycle(2026),
                today=self.today,
                **({"papers": papers.known} if papers else {}),  # type: ignore[arg-type]
            )
        except CharterkitError as error:
            return error.message

    @invariant()
    def as_from_nothing(self) -> None:
        papers = Papers.of(self.out)
        made, fresh = self.made(papers), self.made(None)
        if isinstance(made, str) or isinstance(fresh, str):
            assert made == fresh
            return
        assert made.notices == fresh.notices
        found = publish(self.out, made.pages, self.root, Scope(made.about, made.organisations))
        papers.keep(made.papers, found.hashes)
        there = {
            path.relative_to(self.out).as_posix(): path.read_bytes() for path in self.out.rglob("*") if path.is_file()
        }
        del there[LIST]
        assert there == dict(fresh.pages)


TestEdits = pytest.mark.filterwarnings("default")(Edits.TestCase)
TestEdits.settings = settings(
    max_examples=3, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    root = tmp_path_factory.mktemp("many")
    trust(root, 12)
    return root


def bytes_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_after_an_edit_only_what_changed_is_written_and_how_much_is_said(many, tmp_path):
    kept = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = call("site", "-o", str(tmp_path / "www"), cwd=many, **kept)
    assert "62 files for 13 organisations: open" in done.stderr
    assert done.stderr.count("has no policy that everybody may read") == 1
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "www").rglob("*.*")}
    file = many / "schools/school-00003/school.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("School 3", "Elm Lane"), encoding="utf-8")
    done = call("site", "-o", str(tmp_path / "www"), cwd=many, **kept)
    file.write_text(text, encoding="utf-8")
    changed = {
        path.relative_to(tmp_path / "www").as_posix()
        for path, when in before.items()
        if path.stat().st_mtime_ns != when
    }
    inside = {"index.html", "pledge.html", "poster.html", "poster.pdf", "report.html"}
    fronts = {"index.html", "schools/the-trust/index.html", LIST}
    assert changed - {LIST} == {f"schools/school-00003/{name}" for name in inside} | fronts - {LIST}
    assert "62 files for 13 organisations, seven of them written anew: open" in done.stderr


def test_several_processes_make_the_same_bytes_as_one(many, tmp_path):
    with_others = call("site", "-o", str(tmp_path / "a"), cwd=many, XDG_CACHE_HOME=str(tmp_path / "cache"))
    made = site(Workspace(many, builtin()), None, year=Cycle(2026), today=DAYS[0])
    publish(tmp_path / "b", made.pages, many, Scope(made.about, made.organisations))
    assert with_others.returncode == 0
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")


def test_schools_that_must_not_be_published_are_left_off_and_stop_no_other(tmp_path):
    root, www = tmp_path / "files", tmp_path / "www"
    root.mkdir()
    trust(root, 6)
    call("site", "-o", str(www), cwd=root)
    copied = root / "schools/school-00004/evaluations/2025-26.yaml"
    copied.with_name("2025-26-b.yaml").write_bytes(copied.read_bytes())
    spoilt = root / "schools/school-00002/evaluations/2025-26.yaml"
    spoilt.write_text(spoilt.read_text(encoding="utf-8").replace("rating: green", "rating: purple"), encoding="utf-8")
    done = call("site", "-o", str(www), cwd=root)
    assert done.returncode == 2
    assert (
        "school-00002/evaluations/2025-26.yaml, line 8, column 13: gate-greeting: 'purple' is not a level"
        in done.stderr
    )
    assert "school-00004/evaluations/2025-26.yaml is used; 2025-26-b.yaml beside it is about the same" in done.stderr
    assert "School 2 is left off the site." in done.stderr
    assert "Two schools are left off until what is said above is mended." in done.stderr
    assert not [path for path in bytes_of(www) if path.startswith(("schools/school-00002/", "schools/school-00004/"))]
    assert (www / "schools/school-00003/report.html").is_file()
    assert "school-00002" not in (www / "index.html").read_text(encoding="utf-8")
    for path in (root / "schools").iterdir():  # of all others nothing is public
        if path.name not in ("school-00002", "school-00004", "the-trust"):
            (path / "school.yaml").write_text("name: Elm\n", encoding="utf-8")
            shutil.rmtree(path / "evaluations")
    before = bytes_of(www)
    assert call("site", "-o", str(www), cwd=root).returncode == 2
    assert bytes_of(www) == before, "a site of nothing takes no page away"
    alone = call("site", "school-00002", "-o", str(tmp_path / "one"), cwd=root)
    assert (alone.returncode, (tmp_path / "one").exists()) == (2, False), "of that school alone nothing is made"


def test_a_trust_that_must_not_be_published_stops_all_before_anything_is_written(tmp_path):
    """What it has is on its schools' pages too."""
    root = tmp_path / "files"
    root.mkdir()
    trust(root, 3)
    rated = (root / "schools/school-00001/evaluations/2025-26.yaml").read_bytes()
    (root / "schools/the-trust/evaluations").mkdir()
    for name in ("2025-26", "2025-26-b"):
        (root / f"schools/the-trust/evaluations/{name}.yaml").write_bytes(rated)
    done = call("site", "-o", str(tmp_path / "www"), cwd=root)
    assert (done.returncode, (tmp_path / "www").exists()) == (2, False)
    assert "the-trust/evaluations/2025-26.yaml" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_cut_off_leaves_whole_pages_and_the_next_one_ends_it(many, tmp_path, number):
    out, kept = tmp_path / "www", {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "charterkit", "site", "-o", str(out)]
    run = subprocess.Popen(command, cwd=many, env=environment(**kept), stderr=subprocess.DEVNULL)
    while run.poll() is None and not list(out.glob("schools/*/*.html")):
        time.sleep(0.005)
    run.send_signal(number)
    run.wait()
    for path in out.rglob("*.html"):
        assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert call("site", "-o", str(out), cwd=many, **kept).returncode == 0
    assert call("site", "-o", str(tmp_path / "fresh"), cwd=many, XDG_CACHE_HOME=str(tmp_path / "c")).returncode == 0
    left = [
        path for path in bytes_of(out) if path.endswith(".tmp")
    ]  # younger than a minute: somebody may be writing it
    assert {path: data for path, data in bytes_of(out).items() if path not in left} == bytes_of(tmp_path / "fresh")


def test_where_nothing_can_be_kept_the_site_is_made_all_the_same(tmp_path):
    root = tmp_path / "files"
    root.mkdir()
    example(root)
    (tmp_path / "cache").write_text("a file where a folder is to be", encoding="utf-8")
    for _ in range(2):
        done = call("site", "-o", str(tmp_path / "www"), cwd=root, XDG_CACHE_HOME=str(tmp_path / "cache"))
        assert done.returncode == 0, done.stderr
