"""A question asked of every school: the same answers from one process and from several, whatever becomes of them."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from charterkit.files import disk
from charterkit.files.digests import digest
from charterkit.files.workspace import Workspace
from charterkit.insight.organisations import belonging
from charterkit.many import sheaves
from charterkit.many.cache import Cache, Row
from charterkit.many.each import Failed, Keeping, SchoolQuestion, each
from charterkit.many.hands import Processes, Work, processors
from charterkit.many.known import Known
from charterkit.resources import builtin
from tests.benchmarks.workspaces import edited, ministry
from tests.many.asked import Told

TODAY = date(2026, 11, 22)
TOLD = SchoolQuestion("tests.many.asked:told", TODAY)
COUNT = 120


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made")
    ministry(root, COUNT)
    return root


@pytest.fixture
def files(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "files"))


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stamps are believed however young they are."""
    monkeypatch.setattr(disk, "_TICK", -(10**18))


def asked(root: Path, question: SchoolQuestion = TOLD, slugs: list[str] | None = None, **named: Any) -> dict[str, Any]:
    workspace = Workspace(root, builtin())
    return dict(each(workspace, question, slugs or workspace.slugs, **named))


def kept(root: Path, tmp_path: Path) -> Keeping:
    return Keeping(Cache(tmp_path / "cache", root, "this program"), Told.from_data)


def test_several_processes_say_what_one_says_in_its_order(made: Path) -> None:
    alone = asked(made, hands=Processes(1))
    assert list(alone) == Workspace(made).slugs
    assert len(alone) == COUNT + 6 + 1
    assert list(asked(made, hands=Processes(3)).items()) == list(alone.items())


def test_only_those_that_are_wanted_in_the_order_that_is_wanted(made: Path) -> None:
    wanted = ["school-00007", "la-000", "school-00003"]
    assert list(asked(made, slugs=wanted)) == wanted


def test_one_of_many_that_fails_is_named_and_the_rest_is_answered(made: Path) -> None:
    options = {"broken": "school-00007", "first": str(os.getpid())}
    found = asked(made, SchoolQuestion("tests.many.asked:failing", TODAY, options), hands=Processes(2))
    assert found.pop("school-00007") == Failed("ValueError: nobody knows")
    assert len(found) == COUNT + 6
    assert all(isinstance(answer, Told) for answer in found.values())


def test_a_school_whose_folder_goes_meanwhile_is_named(made: Path) -> None:
    found = asked(made, slugs=["school-00003", "nobody"])
    assert isinstance(found["nobody"], Failed)
    assert "nobody" in found["nobody"].message
    assert isinstance(found["school-00003"], Told)


@pytest.mark.skipif(os.name == "nt", reason="no such signal there")
def test_a_process_that_is_killed_costs_nothing(made: Path) -> None:
    options = {"deadly": "school-00031", "first": str(os.getpid())}
    found = asked(made, SchoolQuestion("tests.many.asked:failing", TODAY, options), hands=Processes(2))
    assert found["school-00031"] == Told(("School 31",))
    assert len(found) == COUNT + 7


def test_how_far_it_is_is_told(made: Path) -> None:
    said: list[tuple[int, int]] = []
    asked(made, progress=lambda done, total: said.append((done, total)))
    assert said[-1] == (COUNT + 7, COUNT + 7)


# -- what is kept


class Counting:
    """Hands that note which schools are looked at."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def handed(self, work: Work, chunks: Any, size: int) -> Iterator[Any]:  # noqa: ARG002 - as others take it
        for chunk in chunks:
            self.found += chunk
            yield chunk, work.here(chunk)


def looked_at(root: Path, tmp_path: Path, question: SchoolQuestion = TOLD) -> list[str]:
    hands = Counting()
    assert asked(root, question, hands=hands, keeping=kept(root, tmp_path)) == asked(root, question)
    return hands.found


@pytest.mark.usefixtures("old")
def test_only_what_has_changed_is_asked_again(files: Path, tmp_path: Path) -> None:
    every = Workspace(files).slugs
    assert looked_at(files, tmp_path) == every
    assert looked_at(files, tmp_path) == []
    evaluation = files / "schools/school-00007/evaluations/2025-26.yaml"
    evaluation.write_text(
        evaluation.read_text(encoding="utf-8").replace("rating: green", "rating: red"), encoding="utf-8"
    )
    assert looked_at(files, tmp_path) == ["school-00007"]
    trust = files / "schools/trust-0001/school.yaml"
    trust.write_text(trust.read_text(encoding="utf-8").replace("Trust 001", "The First Trust"), encoding="utf-8")
    inside = [f"school-{number:05}" for number in range(20, 40) if number % 5 < 3]
    assert looked_at(files, tmp_path) == [*inside, "trust-0001"]
    (files / "charters/new.yaml").write_text("id: new\n", encoding="utf-8")
    assert looked_at(files, tmp_path) == every
    assert looked_at(files, tmp_path, SchoolQuestion(TOLD.function, TODAY, "other")) == every
    assert looked_at(files, tmp_path, SchoolQuestion(TOLD.function, date(2026, 11, 23), "other")) == every


@pytest.mark.usefixtures("old")
def test_a_school_that_goes_goes_from_what_is_kept(files: Path, tmp_path: Path) -> None:
    looked_at(files, tmp_path)
    shutil.rmtree(files / "schools/school-00007")
    assert "school-00007" not in looked_at(files, tmp_path)
    assert "school-00007" not in kept(files, tmp_path).cache.rows(TOLD.function)


@pytest.mark.usefixtures("old")
def test_an_answer_that_was_damaged_is_asked_again(files: Path, tmp_path: Path) -> None:
    import sqlite3

    looked_at(files, tmp_path)
    (file,) = (tmp_path / "cache").glob("*.sqlite")
    with sqlite3.connect(file) as database:
        database.execute("UPDATE piece SET body = replace(body, 'School 7', 'School 8')")
    database.close()
    answers = asked(files, keeping=kept(files, tmp_path))
    assert answers["school-00007"].lines[0] == "School 7"
    assert answers == asked(files)


@pytest.mark.usefixtures("old")
def test_where_nothing_has_changed_not_even_rows_are_read(files: Path, tmp_path: Path) -> None:
    looked_at(files, tmp_path)
    every = Workspace(files).slugs
    cache = kept(files, tmp_path).cache
    known = Known(files, cache, TOLD.function, [str(TODAY), None], has_sheaves=True)
    assert (known.sheaves.loose(), known.rows) == ([], {})
    found = known.sheaves.once("0", "what", lambda: {"found": 1})
    known.keep_sheaves()
    again = Known(files, cache, TOLD.function, [str(TODAY), None], has_sheaves=True)
    assert again.sheaves.once("0", "what", lambda: pytest.fail("it is known")) == found
    (files / f"schools/{every[0]}/school.yaml").write_text("name: Another\n", encoding="utf-8")
    assert looked_at(files, tmp_path)[:1] == every[:1]
    changed = Known(files, cache, TOLD.function, [str(TODAY), None], has_sheaves=True)
    assert changed.sheaves.once("0", "what", lambda: {"found": 2}) == {"found": 2}


@pytest.mark.usefixtures("old")
def test_of_many_things_found_out_the_last_few_are_kept(files: Path, tmp_path: Path) -> None:
    looked_at(files, tmp_path)
    cache = kept(files, tmp_path).cache
    for number in range(10):
        known = Known(files, cache, TOLD.function, [str(TODAY), None], has_sheaves=True)
        known.sheaves.once("0", f"what {number}", lambda: 1)
        known.keep_sheaves()
    known = Known(files, cache, TOLD.function, [str(TODAY), None], has_sheaves=True)
    assert known.sheaves.once("0", "what 9", lambda: 2) == 1
    assert known.sheaves.once("0", "what 2", lambda: 2) == 1
    assert known.sheaves.once("0", "what 1", lambda: 2) == 2


@pytest.mark.usefixtures("old")
def test_whatever_is_known_already_bodies_come_in_the_order_of_their_slugs(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of several that list a school the first one's terms count: the same ones in each call."""
    monkeypatch.setattr(sheaves, "SHEAF", 16)
    looked_at(files, tmp_path)
    edited(files)
    known = Known(files, kept(files, tmp_path).cache, TOLD.function, [str(TODAY), None], has_sheaves=True)
    assert len(known.sheaves.known) > 1
    assert known.sheaves.loose()[0] == "la-000"
    expected = belonging(Workspace(files))
    assert [*known.belonging.named] == [*expected.named]
    assert [*known.belonging.above.items()] == [*expected.above.items()]


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("told", ["before", "after"])
def test_what_became_another_answer_meanwhile_is_not_kept_for_all(files: Path, tmp_path: Path, told: str) -> None:
    """Two schools were told of their trust's file before and after somebody wrote it: one answer is out of date."""
    known = Known(files, kept(files, tmp_path).cache, "work", [], has_sheaves=True)
    question = ("content", "schools/trust-0001/school.yaml", "", "")
    rows = {}
    for slug in known.sheaves.pieces["0"]:
        seen = {path: (when, "digest") for path, when in known.files(slug).items()}
        rows[slug] = Row("salt", seen, {question: told if slug == "school-00007" else "after"})
    known.bind("0", rows)
    assert ("0" in known.sheaves.known) == (told == "after")


@pytest.mark.usefixtures("old")
def test_a_stamp_that_a_worker_did_not_see_proves_nothing(files: Path, tmp_path: Path) -> None:
    """On a shared disk it may have read what stood there before."""
    cache = kept(files, tmp_path).cache
    known = Known(files, cache, "work", [])
    path = "schools/school-00007/school.yaml"
    text = digest((files / path).read_bytes())
    read = {name: (when, text if name == path else "d") for name, when in known.files("school-00007").items()}
    row = known.row("school-00007", read, {}, "")
    assert row
    assert list(row.files[path]) == [read[path][0], text]
    late = known.row("school-00007", {**read, path: ("another stamp", text)}, {}, "")
    assert late
    assert list(late.files[path]) == [None, text]


def test_what_failed_is_not_kept(made: Path, tmp_path: Path) -> None:
    options = {"broken": "school-00007", "first": str(os.getpid())}
    asked(made, SchoolQuestion("tests.many.asked:failing", TODAY, options), keeping=kept(made, tmp_path))
    rows = kept(made, tmp_path).cache.rows("tests.many.asked:failing")
    assert len(rows) == COUNT + 6


# -- stopped


STOPPED = """
import datetime, pathlib, sys
from charterkit.files.workspace import Workspace
from charterkit.many.each import SchoolQuestion, each
from charterkit.many.known import Known
from charterkit.many.hands import Processes
from charterkit.resources import builtin
workspace = Workspace(pathlib.Path(sys.argv[1]), builtin())
question = SchoolQuestion("tests.many.asked:told", datetime.date(2026, 11, 22))
try:
    while True:
        for slug, answer in each(workspace, question, workspace.slugs, hands=Processes(2)):
            print(slug, flush=True)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="no process groups there")
def test_stopped_by_hand_no_process_is_left(made: Path) -> None:
    psutil = pytest.importorskip("psutil")
    with subprocess.Popen(
        [sys.executable, "-c", STOPPED, str(made)], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as started:
        assert started.stdout
        started.stdout.readline()
        others = psutil.Process(started.pid).children(recursive=True)
        os.killpg(started.pid, signal.SIGINT)
        said = started.stdout.read()
        assert said.endswith("stopped\n")
    psutil.wait_procs(others, timeout=30)
    assert not any(other.is_running() and other.status() != psutil.STATUS_ZOMBIE for other in others)


def test_processes_are_as_many_as_there_are_processors() -> None:
    assert 1 <= processors() <= 8
