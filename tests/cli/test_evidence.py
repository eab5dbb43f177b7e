"""`charterkit evidence add|list|pack`: the whole walk on real files."""

import json
import os
from datetime import date
from hashlib import sha256

import pytest

from charterkit.files.workspace import Workspace
from charterkit.model.dates import Cycle
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
SURVEY = "title: Parents\ndate: 2026-10\nquestions: [{id: happy, text: My child is happy, agree: 3}]\n"
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
    assert Cycle(2026).spoken in shown
