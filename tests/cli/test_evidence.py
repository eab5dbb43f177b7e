"""`charterkit evidence add|list|pack`: the whole walk on real files."""

import contextlib
import json
import os
import signal
import sys
import time
import tracemalloc
import zipfile
from datetime import date
from hashlib import sha256

import pytest
from PIL import Image

from charterkit.exchange import pdf_pages
from charterkit.files import attachments, packing
from charterkit.files.packing import measured, pack_folder, pack_zip
from charterkit.files.workspace import Workspace
from charterkit.model.dates import Cycle
from charterkit.render.shared.entries import all_seen
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.session.evidence import record
from tests.insight.samples import write
from tests.render.comparison.test_compare import schema

CHARTER = """id: small
version: "1"
title: A small charter
status: published
rated: {0}
evidence_max_age: 1 year
key_points:
  - id: early
    title: Early years
    aspects:
      - {{id: a, text: Children settle quickly, evidence: [document, survey, observation]}}
      - {{id: d, text: The nursery garden is used, evidence_max_age: 5 years}}
"""
HEAD = 'charter: small\ncharter_version: "1"\ncycle: {0}\ndate: {1}\nstatus: {2}\n'
ROTA = sha256(b"first").hexdigest()
LAST = HEAD.format("2025-26", "2025-11-11", "agreed") + (
    "ratings:\n  a:\n    rating: green\n    evidence:\n"
    f"      - {{kind: document, path: evidence/rota.txt, sha256: {ROTA}, date: 2025-10-01}}\n"
    "      - {kind: link, url: https://example.org/old, date: 2024-05}\n"
)
NOW = HEAD.format("2026-27", "2026-11-10", "draft") + (
    "ratings:\n  a:\n    rating: green   # said by all\n    evidence:\n"
    f"      - {{kind: document, path: evidence/rota.txt, sha256: {ROTA}, date: 2025-10-01}}\n"
)
SURVEY = "title: Parents\ndate: 2026-10\nresponses: 35\nquestions: [{id: happy, text: My child is happy, agree: 30, neutral: 3, disagree: 2}]\n"
VISIT = 'charter: small\ncharter_version: "1"\ndate: 2026-03-01\nlooked_at: [{kind: link, url: "https://example.org/old"}]\n'
FILE = "schools/elm/evaluations/2026-27.yaml"


@pytest.fixture
def place(tmp_path):
    root = tmp_path / "workspace"
    files = {
        "charters/small.yaml": CHARTER.format("aspects"),
        "schools/elm/school.yaml": "name: Elm Tree School\n",
        "schools/elm/evaluations/2025-26.yaml": LAST,
        FILE: NOW,
        "schools/elm/surveys/parents-2026.yaml": SURVEY,
        "schools/elm/visits/2026-03-01.yaml": VISIT,
        "schools/elm/evidence/rota.txt": "second",
    }
    write(root, files)
    return root


def test_what_is_named_is_recorded_once_and_looked_at_again(place, said, tmp_path):
    def add(*arguments):
        made = said("evidence", "add", *arguments, cwd=place)
        assert made.code == 0, made.err
        return made.err

    outside = tmp_path / "Rota: (final).PDF" if os.name != "nt" else tmp_path / "Rota (final).PDF"
    outside.write_bytes(b"%PDF-1.4 small")
    assert "one piece of evidence looked at again" in add("1.1", "evidence/rota.txt")
    assert "all of it stands" in add("a", "evidence/rota.txt")
    assert "copied to schools/elm/evidence/rota-final.pdf" in add("a", str(outside), "parents-2026/happy", "--copy")
    assert "all of it stands" in add("a", str(outside), "--copy")
    add("2", "https://example.org/x", "--date", "2026-09", "--note", "What it says")
    add("2", "--kind", "conversation", "--with", "Year 5", "--note", "They like it")
    text = (place / FILE).read_text(encoding="utf-8")
    assert "rating: green   # said by all" in text
    assert sha256(b"second").hexdigest() in text
    assert ROTA not in text
    assert "{kind: survey, survey: parents-2026, question: happy}" in text
    assert "url: https://example.org/x\n        date: 2026-09\n        note: What it says\n" in text
    assert f"path: evidence/rota-final.pdf, sha256: {sha256(b'%PDF-1.4 small').hexdigest()}, date: 2026-11-" in text


def test_what_must_not_be_evidence_is_refused_and_nothing_is_written(place, said, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (place / "schools/elm/evidence/con.txt").write_text("a device", encoding="utf-8")
    cases = {
        ("a", str(tmp_path / "secret.txt")): "lies outside schools/elm",
        ("a", "../../../secret.txt"): "lies outside schools/elm",
        ("a", "C:\\secret.txt"): "There is no file",
        ("a", "school.yaml"): "one of the files that charterkit reads",
        ("a", "evidence"): "no plain file",
        ("a", "evidence/con.txt"): "not every computer",
        ("a", "javascript://x"): "not the address of a web page",
        ("a", "https://me@example.org/"): "not the address of a web page",
        ("a", "parents-2026/hapy"): "no question 'hapy'",
        ("a", "parents-2062", "--kind", "survey"): "no survey 'parents-2062'",
        ("a",): "not said what the evidence is",
        ("a", "--kind", "link"): "needs the name",
        ("a", "--kind", "observation"): "says nothing",
        ("a", "evidence/rota.txt", "--date", "2031"): "has not come yet",
        ("early", "evidence/rota.txt"): "not an aspect",
    }
    if hasattr(os, "symlink") and os.name != "nt":
        (place / "schools/elm/evidence/link.txt").symlink_to(tmp_path / "secret.txt")
        cases["a", "evidence/link.txt"] = "is a link"
        cases["a", "evidence/link.txt", "--copy"] = "is a link"
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    for arguments, sentence in cases.items():
        made = said("evidence", "add", *arguments, cwd=place / "schools/elm")
        assert (made.code, sentence in made.err) == (2, True), (arguments, made.err)
    assert before == {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_it_can_be_taken_back_and_goes_to_key_points_where_those_are_rated(place):
    (place / "charters/small.yaml").write_text(CHARTER.format("both"), encoding="utf-8")
    workspace = Workspace(place)
    file = EvaluationFile(
        workspace, workspace.school("elm"), workspace.choose_charter("small"), None, date(2026, 11, 20)
    )
    before = (place / FILE).read_bytes()
    assert record(file, "early", [{"kind": "walkthrough", "note": "All rooms"}]).about == "Early years"
    assert b"key_points:\n  early:\n    evidence:" in (place / FILE).read_bytes()
    file.undo()
    assert (place / FILE).read_bytes() == before


def test_the_index_says_what_has_changed_and_what_a_visitor_would_miss(place, said):
    made = json.loads(said("evidence", "list", "--format", "json", cwd=place).out)
    schema("evidence").validate(made)
    first, garden = made
    assert (first["missing"], first["thin"], garden["evidence"]) == (["document", "survey", "observation"], True, [])
    rota, link = first["evidence"]
    assert (rota["flags"], rota["cycle"], rota["since"]) == (["changed", "outdated"], "2026-27", "2025-26")
    assert (link["flags"], link["looked_at"], link["current"]) == (["outdated"], "2026-03-01", False)
    shown = said("evidence", "list", cwd=place).out
    assert "Changed since; Too old" in " ".join(shown.split())
    assert "Missing: document, survey and observation; hardly anything" in " ".join(shown.split())
    found = said("check", "--format", "concise", cwd=place).out
    assert "CK403" in found
    assert "CK407" in found
    assert Cycle(2026).spoken in shown


def test_the_report_and_the_guide_say_when_and_that_it_changed_since(place, said):
    report = said("report", "elm", "--format", "markdown", cwd=place).out
    assert "evidence/rota.txt, 1 October 2025, file changed since" in report
    folder = Workspace(place).school("elm")
    evaluation = next(each.model for each in folder.evaluations if each.model and each.path == FILE)
    assert all_seen(evaluation.ratings["a"].evidence, folder) == [
        "evidence/rota.txt (1 October 2025, file changed since)"
    ]
    (place / "schools/elm/evidence/rota.txt").write_bytes(b"first")
    assert "file changed since" not in said("report", "elm", "--format", "markdown", cwd=place).out


def test_a_pack_holds_copies_and_says_where_everything_is_the_same_each_time(place, said, tmp_path):
    evidence = place / "schools/elm/evidence"
    (place / FILE).write_text(
        NOW + "      - {kind: document, path: evidence/lost.txt}\n      - {kind: survey, survey: parents-2026}\n"
        "      - {kind: document, path: evidence/more/Rota.txt}\n      - {kind: link, url: https://example.org/a}\n",
        encoding="utf-8",
    )
    write(evidence, {"more/Rota.txt": "third", "unnamed.txt": "not evidence of anything"})
    for name in ("pack", "one.zip", "two.zip"):
        made = said("evidence", "pack", "-o", str(tmp_path / name), cwd=place)
        assert (made.code, "two files" in made.err) == (0, True), made.err
    files = sorted(path.relative_to(tmp_path / "pack").as_posix() for path in (tmp_path / "pack").rglob("*.*"))
    assert files == ["files/rota-2.txt", "files/rota.txt", "index.html"]
    page = (tmp_path / "pack/index.html").read_text(encoding="utf-8")
    assert '<a href="files/rota.txt">files/rota.txt (changed since; too old)</a>' in page
    assert "Ask the school for it (not there)" in page
    assert "https://example.org/a" in page
    assert "My child is happy" in page
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert sorted(archive.namelist()) == files
        assert archive.read("files/rota-2.txt") == b"third"
    refused = {
        ("-o", str(tmp_path / "pack")): "holds something",
        ("-o", str(tmp_path / "b"), "--max-size", "0.01KB"): "The largest: evidence/rota.txt",
        ("-o", str(tmp_path / "b"), "--max-size", "big"): "this is no size",
        ("-o", "schools/elm/pack"): "among the workspace's own files",
        ("-o", "schools"): "among the workspace's own files",
        (): "not said where the pack goes",
    }
    before = sorted(place.rglob("*"))
    for arguments, sentence in refused.items():
        made = said("evidence", "pack", *arguments, cwd=place)
        assert (made.code, sentence in made.err) == (2, True), made.err
    assert (before, (tmp_path / "b").exists()) == (sorted(place.rglob("*")), False)


def test_a_huge_file_is_refused_before_it_is_read(place, said, tmp_path, monkeypatch):
    def read(*_: object) -> None:
        raise AssertionError("it is read")

    monkeypatch.setattr(attachments, "_sha256", read)
    monkeypatch.setattr(packing, "digest", read)
    with (place / "schools/elm/evidence/rota.txt").open("wb") as file:
        file.truncate(150 * 10**6)
    called = [line for line in said("evidence", "pack", "-o", str(tmp_path / "p"), cwd=place).err.splitlines() if line]
    assert called[-2].startswith("The files are 150.0 MB together, and a pack may be 100.0 MB.")
    assert called[-1] == "Add --max-size 151MB, or leave large files out."


def test_files_are_streamed_into_a_pack(place, tmp_path):
    """However large a file is, it is never held in memory."""
    source = tmp_path / "large.mov"
    with source.open("wb") as file:
        file.truncate(64 * 10**6)
    tracemalloc.start()
    try:
        pack_folder(tmp_path / "p", {}, [measured(source, "files/large.mov")], [place])
        pack_zip(tmp_path / "p.zip", {}, [measured(source, "files/large.mov")], [place])
        assert tracemalloc.get_traced_memory()[1] < 8 * 10**6
    finally:
        tracemalloc.stop()
    assert (tmp_path / "p/files/large.mov").stat().st_size == 64 * 10**6


@pytest.mark.skipif(sys.platform == "win32", reason="no alarms")
def test_a_pdf_that_takes_long_is_not_waited_for(tmp_path, monkeypatch):
    pypdf = pytest.importorskip("pypdf")

    def read(*_: object, **__: object) -> None:
        while True:
            with contextlib.suppress(Exception):
                time.sleep(0.01)

    monkeypatch.setattr(pypdf, "PdfReader", read)
    monkeypatch.setattr(pdf_pages, "MOST_SECONDS", 0.05)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    before = signal.getsignal(signal.SIGALRM)
    assert pdf_pages.why_not(tmp_path / "a.pdf") == "it takes more than 0.05 seconds to read"
    assert signal.getsignal(signal.SIGALRM) is before


def test_pages_of_pdfs_follow_without_what_acts_and_what_cannot_be_read_is_said(place, said, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(200, 200)
    name, words = pypdf.generic.NameObject, pypdf.generic.TextStringObject
    acts = pypdf.generic.DictionaryObject({name("/S"): name("/JavaScript"), name("/JS"): words("app.alert(1)")})
    page[name("/AA")] = pypdf.generic.DictionaryObject({name("/O"): writer._add_object(acts)})
    writer.write(place / "schools/elm/evidence/good.pdf")
    assert b"alert" in (place / "schools/elm/evidence/good.pdf").read_bytes()
    writer.encrypt("secret")
    writer.write(place / "schools/elm/evidence/locked.pdf")
    (place / "schools/elm/evidence/broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    Image.new("RGB", (40, 30), "teal").save(place / "schools/elm/evidence/photo.png")
    names = [f"evidence/{name}" for name in ("good.pdf", "locked.pdf", "broken.pdf", "photo.png")]
    assert said("evidence", "add", "a", *names, cwd=place).code == 0
    made = [said("evidence", "pack", "-o", str(tmp_path / name), cwd=place) for name in ("a.pdf", "b.pdf")]
    assert "locked.pdf is not in the PDF: it is locked" in made[0].err
    assert "broken.pdf is not in the PDF: it cannot be read." in made[0].err
    data = (tmp_path / "a.pdf").read_bytes()
    assert data == (tmp_path / "b.pdf").read_bytes()
    assert b"alert" not in data
    found = pypdf.PdfReader(tmp_path / "a.pdf")
    assert [float(found.pages[-1].mediabox.width), "/AA" in found.pages[-1]] == [200, False]
    words = " ".join(" ".join(page.extract_text() for page in found.pages).split())
    assert "At the end: good.pdf" in words
    assert "Under Pictures: photo.png" in words
    assert "evidence/locked.pdf, in the school’s folder, not in this file" in words
