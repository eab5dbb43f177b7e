"""A visit from the request to the school's answer, as a school and an adviser make it."""

import json
import re
import signal
import sys
from email import message_from_string
from email.policy import default
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from charterkit.files.workspace import Workspace
from charterkit.model.visit import Visit

from .calling import ROOT, call, example, terminal

TODAY = "2026-11-22"
SCHEMAS = ROOT / "src/charterkit/render/schemas"
NEW = "schools/example-primary/visits/2026-11-22.yaml"


def visit(root: Path, path: str = NEW) -> Visit:
    document = Workspace(root, ROOT).read(path, Visit)
    assert document.model
    assert not document.loaded.problems
    return document.model


def held_to(name: str, text: str) -> Any:
    data = json.loads(text)
    jsonschema.validate(data, json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))
    return data


def test_the_whole_way(tmp_path):
    example(tmp_path)
    (tmp_path / "schools/example-primary/visits/2026-11-09.yaml").unlink()

    def run(*arguments: str, code: int = 0) -> str:
        done = call(*arguments, cwd=tmp_path)
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    # the school asks: refused with what is missing, and asked all the same with a reason
    said = run("visit", "request", "--propose", "2027-01-20", "-o", "letter.eml", code=2)
    assert "after an important letter" in said
    assert not (tmp_path / NEW).exists()
    assert "that day is over" in run("visit", "request", "--propose", "2026-01-20", "--anyway", "x", code=2)
    run(
        "visit",
        "request",
        "--propose",
        "2027-01-20",
        "--anyway",
        "To plan the spring =?x?= <script>alert(1)</script>",
        "-o",
        "letter.eml",
    )
    letter = message_from_string((tmp_path / "letter.eml").read_text(encoding="utf-8"), policy=default)
    assert [str(each.addr_spec) for each in letter["To"].addresses]
    plain = letter.get_body(("plain",))
    assert plain
    assert "To plan the spring" in plain.get_content()
    page = letter.get_body(("html",))
    assert page
    assert "&lt;script&gt;alert(1)" in page.get_content()
    assert "<script" not in page.get_content()
    assert "20 January 2027" in run("visit", "request", "--agreed", "2027-01-20", "--format", "markdown", "-o", "-")
    assert visit(tmp_path).purpose == "certification"
    assert [row["state"] for row in held_to("visits", run("visits", "--format", "json"))] == ["agreed", "held"]
    assert "Certification visit" in run("remind", "--kind", "visit", "--within", "90d", "-q")

    # the visitor records, in the file of the request
    run("visit", "record", "--set", "gate-greeting=green", "--set", "call-after-letter=red", "--talked-with", "Parents")
    assert "cannot be met" in run("visit", "record", "--outcome", "met", code=2)
    assert visit(tmp_path).outcome is None
    low = set(re.findall(r"^([a-z-]+) \(", run("visit", "record", "--outcome", "met", code=2), re.MULTILINE))
    every = [f"--set={name}=green" for name in low - {"call-after-letter"}]
    met = ["--reason", "call-after-letter=A second person starts in May", "--outcome", "met"]
    assert "does not say who came" in run("visit", "record", *every, *met, code=2)
    run("visit", "record", *every, *met, "--visitor", "Helen Marsh, Adviser")
    assert "cannot be met" in run("visit", "record", "--date", TODAY, "--set", "open-door=red", code=2)
    run("visit", "answer", "--accurate", "no", "--note", "Two do", "--by", "The head")
    shown = held_to("visit", run("visit", "show", "--format", "json"))
    assert shown["outcome"] == "met"
    assert shown["in_the_way"] == [
        {"aspect": "call-after-letter", "whose": "visitor", "reason": "A second person starts in May"}
    ]
    assert shown["answer"]["accurate"] is False
    assert shown["agreement"]["of"] == shown["agreement"]["same"] + shown["agreement"]["higher"]
    assert "The school does not find what the visitor wrote accurate" in run(
        "visit", "show", "--format", "markdown", "-o", "-"
    )
    assert "Two do" in run("report", "--cycle", "2025-26-autumn", "--format", "markdown")
    assert "Two do" not in run("report", "--cycle", "2025-26-autumn", "--audience", "public", "--format", "markdown")
    assert "CK422" not in run("check", "--no-cache", "--exit-zero")
    run("visit", "record", "--purpose", "support", "--support", "Joined the leaders' discussion")
    assert {row["state"] for row in held_to("visits", run("visits", "--format", "json"))} == {"met", "held"}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_a_sitting_that_is_killed_loses_nothing(tmp_path):
    example(tmp_path)
    for number, keys in enumerate(("g", "a", "r")):
        with terminal("visit", "record", "--purpose", "support", cwd=tmp_path) as seen:
            if number == 0:
                seen.wait_for("Who is visiting?")
                seen.press("Helen Marsh, Adviser\r")
            seen.wait_for("Your own rating: ")
            assert "The school says" in seen.said
            seen.press(keys)
            seen.wait_for("Your own rating: ")
            seen.child.kill(signal.SIGKILL)
        assert len(visit(tmp_path).findings) == number + 1
    assert [each.name for each in visit(tmp_path).visitors] == ["Helen Marsh"]
    assert [each.rating for each in visit(tmp_path).findings.values()] == ["green", "amber", "red"]
