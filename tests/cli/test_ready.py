"""`charterkit ready`: the whole way of one school, from nothing to a request that is accepted."""

import json
from hashlib import sha256

import pytest

from tests.cli.calling import call
from tests.cli.repositories import git
from tests.insight.samples import write
from tests.render.comparison.test_compare import schema

CHARTER = """id: small
version: "1"
title: A small charter
status: published
evidence_max_age: 1 year
focus_groups: [{id: roma, name: Roma pupils}]
contacts: [{name: An Adviser, email: adviser@council.example.org}]
pledge:
  - {id: launch, text: Launch it with all staff, within: 3 months}
  - {id: rate, text: Rate the school, fulfilled_by: self-evaluation}
awards: [{id: silver, label: Silver, needs: amber}, {id: gold, label: Gold, needs: green}]
key_points:
  - id: early
    title: Early years
    aspects:
      - {id: a, text: Children settle quickly, evidence: [document, survey, observation]}
      - {id: b, text: The garden is used}
      - {id: c, text: Boarders are at home}
      - {id: d, text: The sixth form helps, applies_to: {phases: [secondary]}}
"""
SURVEY = (
    "title: Parents\ndate: 2026-10\nresponses: 100\n"
    "questions: [{id: happy, text: My child is happy, aspects: [a], agree: 20, neutral: 10, disagree: 70,\n"
    "    groups: {roma: {agree: 1, neutral: 2, disagree: 9}}}]\n"
)
HEAD = 'charter: small\ncharter_version: "1"\ncycle: 2026-27\ndate: 2026-11-10\n'
NOTE = "note: Two of us are there each morning"
THIN = HEAD + (
    "ratings:\n  a:\n    rating: green\n    groups: {roma: red}\n    evidence:\n"
    f"      - {{kind: document, path: evidence/rota.txt, sha256: {sha256(b'first').hexdigest()}, date: 2026-10-01}}\n"
    "      - {kind: document, path: evidence/gone.txt}\n"
    "      - {kind: survey, survey: parents-2026, question: happy}\n"
    "      - {kind: link, url: 'https://example.org', date: 2024-05}\n"
    "  c: {rating: not-applicable}\nactions: [{action: Open the gate earlier, aspect: a, due: 2026-10}]\n"
)
GOOD = HEAD + (
    f"ratings:\n  a:\n    rating: amber\n    {NOTE}\n    evidence:\n"
    "      - {kind: document, path: evidence/rota.txt, date: 2026-10-01}\n"
    "      - {kind: survey, survey: parents-2026, question: happy}\n"
    f"  b: {{rating: green, {NOTE}}}\n  c: {{rating: not-applicable, reason: We have no boarders}}\n"
)
UNANSWERED = "and the note does not say why it is met all the same"
SAME = "was agreed, though its version has not"
FILE = "schools/elm/evaluations/2026-27.yaml"


@pytest.fixture
def place(tmp_path):
    root = tmp_path / "workspace"
    files = {
        "charters/small.yaml": CHARTER,
        "schools/elm/school.yaml": "name: Elm Tree School\nphase: primary\n",
        "schools/elm/surveys/parents-2026.yaml": SURVEY,
        "schools/elm/evidence/rota.txt": "second",
    }
    write(root, files)
    return root


def ready(place, *options, code):
    done = call("ready", "--format", "json", *options, cwd=place)
    assert (done.returncode, done.stderr) == (code, "")
    found = json.loads(done.stdout)
    schema("ready").validate(found)
    return found


def test_the_whole_way_from_nothing_to_a_request(place):
    found = ready(place, code=1)
    assert (found["cycle"], found["aspects"], found["next"]["command"]) == (None, [], "sign")
    assert found["missing"] == [
        "The school has not recorded that it signed up to the charter.",
        "A duty of the sign-up is still to do: Launch it with all staff.",
        "A duty of the sign-up is still to do: Rate the school.",
        "There is no self-evaluation of version 1 of the charter yet.",
    ]
    assert call("sign", "--on", "2026-06-01", "--by", "A Head", cwd=place).returncode == 0
    due = json.loads(call("remind", "--kind", "duty", "--all", "--format", "json", cwd=place).stdout)
    assert [(each["item"], each["due"], each["state"]) for each in due] == [
        ("launch", "2026-09-01", "overdue"),
        ("rate", "2027-06-01", "upcoming"),
    ]

    write(place, {FILE: THIN})
    found = ready(place, code=1)
    assert (found["done"], found["of"], found["award"], found["next"]["command"]) == (0, 2, "silver", "evaluate")
    a, b, c = found["aspects"]
    assert (a["met"], b["rating"], c["rating"]) == (True, None, "not-applicable")
    assert a["missing"] == [
        "“evidence/gone.txt” is not there.",
        f"Only 20% agree with “My child is happy” (Parents, October 2026), {UNANSWERED}.",
    ]
    assert a["hints"] == [
        "“https://example.org” is too old for the charter: May 2024.",
        "“evidence/rota.txt” has changed since it was recorded: look at it again.",
        "Not recorded: observation.",
        "Little is written that says why.",
        "For Roma pupils it is red.",
        "Overdue: Open the gate earlier, due October 2026.",
    ]
    assert b["missing"] == ["It is not rated yet."]
    answer = {"question": "happy", "text": "My child is happy", "agree": 8, "all": 20}
    roma = {"group": "roma", "name": "Roma pupils", "rated": 1, "below": ["a"], "evidence": 4, "answers": [answer]}
    assert found["groups"] == [roma]
    assert c["missing"] == ["It is said not to apply, and not why."]
    refused = call("visit", "request", cwd=place)
    assert refused.returncode == 2
    assert "The garden is used: It is not rated yet." in refused.stderr

    write(place, {FILE: GOOD})
    found = ready(place, code=1)
    assert (found["done"], found["next"]["step"]) == (2, "agree")
    assert found["missing"][-1] == "The self-evaluation of 2026-27 is a draft, and not agreed yet."
    assert call("evaluate", "--agree", "--cycle", "2026-27", "--date", "2026-11-10", cwd=place).returncode == 0
    assert call("sign", "--done", "launch=2026-07-01", cwd=place).returncode == 0
    found = ready(place, code=0)
    assert (found["missing"], found["next"]["command"]) == ([], "visit request")
    assert [(duty["done"], duty["date"]) for duty in found["duties"]] == [(True, "2026-07-01"), (True, "2026-11-10")]
    assert [(each["award"], each["ready"], each["missing"]) for each in found["awards"]] == [
        ("silver", True, []),
        ("gold", False, ["a"]),
    ]
    gold = ready(place, "--award", "gold", code=1)
    assert gold["aspects"][0]["missing"] == ["It is amber, and green is needed."]
    said = call("ready", cwd=place)
    assert "Ready for a certification visit: each of two aspects has what it needs." in said.stdout
    assert "Next: Ask for a certification visit: charterkit visit request" in said.stdout
    assert call("ready", "--award", "bronze", cwd=place).returncode == 2

    assert call("visit", "request", "--propose", "2027-01-20", cwd=place).returncode == 0
    assert ready(place, code=0)["next"] == {"step": "await", "command": None}
    write(place, {"charters/small.yaml": CHARTER.replace("The garden is used", "The garden is used daily")})
    assert ready(place, code=1)["missing"] == [
        f"To be looked at again: the charter’s text has changed since the self-evaluation of 2026-27 {SAME}."
    ]


def test_a_report_names_the_commit_that_its_files_are_those_of(place):
    write(place, {FILE: GOOD})
    git(place, "init", "-q")
    git(place, "add", "-A")
    git(place, "commit", "-qm", "first")
    head = git(place, "rev-parse", "HEAD")
    (place / FILE).write_bytes(GOOD.replace("\n", "\r\n").encode())  # as git writes it on Windows
    said = call("report", "--commit", "--format", "markdown", cwd=place)
    assert f"from git commit {head[:12]}, with charterkit" in said.stdout, said.stderr
    assert json.loads(call("report", "--commit", "--format", "json", cwd=place).stdout)["commit"] == head
    write(place, {FILE: GOOD.replace("amber", "green"), "schools/elm/visits/new.yaml": "charter: small\n"})
    refused = call("report", "--commit", cwd=place)
    assert refused.returncode == 2
    assert f"Changed, new or gone: {FILE}, schools/elm/visits/new.yaml." in refused.stderr
