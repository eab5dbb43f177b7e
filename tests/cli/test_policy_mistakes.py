"""A policy file with every field wrong, one at a time: it is told where, and the rest still shows."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from charterkit.cli.app import run
from charterkit.model.policy import Policy
from tests.sampling import sample

from .calling import TODAY, call

pytestmark = pytest.mark.slow

LINES = {
    "id": "id: NAME",
    "title": "title: TITLE",
    "status": "status: live",
    "owner": "owner: {name: Ruth Adeyemi, role: Headteacher}",
    "approver": "approver: trustees",
    "operated_by": "operated_by: Headteacher",
    "monitored_by": "monitored_by: [{who: Deputy, reports_to: governors, every: each term}]",
    "approval_chain": "approval_chain: [{step: ratified, by: Trustees, every: 2 years}]",
    "responsibilities": "responsibilities: [{who: Helpers, does: Sign in}]",
    "statutory": "statutory: yes",
    "requirement": "requirement: behaviour",
    "issued": "issued: 2021-09",
    "review": "review: {every: 1 year, early_if: the law changes}",
    "next_review": "next_review: 2027-01-20",
    "history": 'history: [{date: 2021-06, event: drafted, version: "1", by: RA, outcome: Yes, note: Good}]',
    "people": "people: {RA: Ruth Adeyemi}",
    "applies_to": "applies_to: [ash]",
    "related": "related: [related-one]",
    "publication": "publication: {url: 'https://example.org/', visibility: public, published: 2026-01}",
    "commitments": (
        "commitments: [{id: news, what: Newsletter, when: monthly, from: 2026-09, audience: parents, owner: Office,"
        " aspects: [gate-greeting]}]"
    ),
    "definitions": "definitions: {parent: Anyone}",
    "references": "references: [{id: one, text: A book, url: 'https://example.org/', page: 3}]",
    "concerns": (
        "concerns: [{id: c1, raised: 2026-01, category: meetings, reference: log 1, closed: 2026-02, outcome: settled}]"
    ),
    "acknowledged": "acknowledged: [{date: 2026-09-01, staff: 42, of: 45}]",
    "note": "note: Ask the office",
    "document": "document: text.md",
    "source": "source: a page",
}
"""One good line a key; the braces hold every key of what nests there."""
WRONG = {
    "list": "[a, b]",
    "mapping": "{a: b}",
    "text": "some words",
    "number": "12345678901234567890",
    "unknown word": "zzz",
    "null": "null",
    "empty": "",
    "deep": "[[[{a: [b]}]]]",
    "long": "x" * 5000,
    "date": "1/05/17",
    "markup": '"[bold]<script>&"',
}


def nested() -> Iterator[tuple[str, str]]:
    """Each key with what nests there: ("owner", "name")."""
    for key, line in LINES.items():
        for inner in re.findall(r"[{,] ?([a-z_]+): ", line.partition(":")[2]):
            yield key, inner


def broken() -> Iterator[tuple[str, str, str]]:
    """A key, what is wrong with it, and the line."""
    for key in LINES:
        for kind, value in WRONG.items():
            yield key, kind, f"{key}: {value}"
    for key, inner in nested():
        for kind, value in WRONG.items():
            found = re.search(rf"[{{ ]{inner}: ('[^']*'|\"[^\"]*\"|\[[^]]*\]|[^,}}]*)", LINES[key])
            assert found
            yield f"{key}.{inner}", kind, f"{LINES[key][: found.start(1)]}{value}{LINES[key][found.end(1) :]}"
    for key, line in LINES.items():
        if "{" in line:
            yield f"{key}.nonsense", "unknown key", line.replace("{", "{nonsense: 1, ", 1)
    for value in ("0 years", "1 fortnight", "-1 years", "1.5 years", "99999999 years", "one year", "yearly", "1  year"):
        yield "review.every", value, f"review: {{every: {value}}}"
    for key in ("issued", "next_review"):
        for value in ("2026-02-29", "2026-13", "26-01-01", "2026-1-1", "0001", "9999", "2026-00", "tomorrow"):
            yield key, value, f"{key}: {value}"
    yield "history", "out of order", "history: [{date: 2026, event: reviewed}, {date: 2020-01, event: approved}]"


BROKEN = list(broken())
MARK = "Sesame"
"""Stands in every title, so that what shows can be told."""


def file(number: int, key: str, line: str) -> str:
    lines = {**LINES, key.partition(".")[0]: line}
    text = "".join(f"{one}\n" for one in lines.values())
    return text.replace("NAME", f"p{number}").replace("TITLE", f"{MARK} {number}")


def policy_keys(model: Any, at: str = "") -> Iterator[str]:
    names = [one.name for one in fields(model)] if is_dataclass(model) else list(model.model_fields)
    yield from (f"{at}{one}" for one in names)


def test_no_key_is_left_out() -> None:
    left_out = set(policy_keys(Policy)) ^ set(LINES)
    assert not left_out, f"LINES has a good line for each key of a policy, and these differ: {sorted(left_out)}"


PARTS = 3
"""Every command sees every mistake; each of its formats, which have one view in common, sees one of so many parts."""


def made(root: Path, part: int | None = None) -> Path:
    """A workspace of a policy a mistake: of all, or of one part of them."""
    (root / "charters").mkdir()
    folder = root / "schools/ash/policies"
    folder.mkdir(parents=True)
    (root / "schools/ash/school.yaml").write_text("name: Ash School\ntype: academy\nphase: primary\n", encoding="utf-8")
    (folder / "text.md").write_text("Be kind.\n", encoding="utf-8")
    (folder / "related-one.yaml").write_text("id: related-one\ntitle: Whole\nstatus: live\n", encoding="utf-8")
    for number, (key, _, line) in enumerate(BROKEN):
        if part is None or number % PARTS == part:
            (folder / f"p{number}.yaml").write_text(file(number, key, line), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("mistakes"))


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return [made(tmp_path_factory.mktemp(f"part{number}"), number) for number in range(PARTS)]


@pytest.fixture(scope="module")
def findings(place: Path) -> dict[str, list[dict[str, Any]]]:
    done = call("check", "--output-format", "json", cwd=place)
    assert done.returncode == 1, done.stderr
    found: dict[str, list[dict[str, Any]]] = {}
    for one in json.loads(done.stdout)["findings"]:
        found.setdefault(Path(one["path"]).stem, []).append(one)
    return found


WORDS = {"text", "number", "unknown word", "long", "date", "markup"}
FREE = {
    *("title", "operated_by", "source", "owner.name", "owner.role", "monitored_by.who", "monitored_by.reports_to"),
    *("note", "approval_chain.by", "responsibilities.who", "responsibilities.does", "review.early_if"),
    *("history.version", "history.by", "history.outcome", "history.note", "people.RA", "commitments.what"),
    *("commitments.owner", "definitions.parent", "references.text", "references.page", "concerns.category"),
    *("concerns.reference", "concerns.outcome"),
}
"""Where any words will do."""
IDS = {"id", "commitments.id", "references.id", "concerns.id"}


def is_harmless(key: str, kind: str) -> bool:
    """Whether it is right after all: words where they are free, nothing where a key may be left out."""
    if kind in WORDS and key in FREE:
        return True
    if kind in ("number", "unknown word", "long") and key in IDS:
        return True
    if (key, kind) == ("commitments.owner", "list"):  # several see to it
        return True
    is_any_key = key in ("people", "definitions", "people.nonsense", "definitions.nonsense")
    return kind == "empty" or (is_any_key and kind in ("mapping", "unknown key"))


def test_a_wrong_value_is_found_on_its_line(findings: dict[str, list[dict[str, Any]]]) -> None:
    lines = {key: number for number, key in enumerate(LINES, start=1)}
    for number, (key, kind, line) in enumerate(BROKEN):
        here = [one for one in findings.get(f"p{number}", []) if one["line"] == lines[key.partition(".")[0]]]
        wrong = [one for one in here if one["code"] != "CK404"]
        assert bool(wrong) != is_harmless(key, kind) or kind == "empty", (key, kind, line[:80])
        assert all(one["column"] >= 1 and one["message"] for one in here)


@pytest.mark.alike(4)
@pytest.mark.parametrize(
    ("part", "arguments"),
    [
        (0, ["policies"]),
        (1, ["policies", "--format", "html"]),
        (2, ["policies", "--format", "markdown"]),
        (0, ["policies", "ash", "--format", "csv"]),
        (1, ["policies", "--format", "json"]),
        (0, ["policy", "gaps", "--all"]),
        (1, ["policy", "gaps", "--format", "html"]),
        (2, ["policy", "gaps", "--format", "json"]),
        (0, ["remind", "--all"]),
        (1, ["remind", "--all", "--format", "html"]),
        (2, ["remind", "--format", "ics", "-o", "OUT.ics"]),
        (0, ["remind", "--by", "owner", "--format", "json"]),
        (0, ["calendar"]),
        (1, ["calendar", "--format", "html"]),
        (2, ["calendar", "--format", "json"]),
        (0, ["calendar", "--format", "ics", "-o", "OUT.ics"]),
        (1, ["calendar", "--by", "aspect"]),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_no_command_stumbles(parts: list[Path], tmp_path: Path, part: int, arguments: list[str]) -> None:
    done = call(*[one.replace("OUT", str(tmp_path / "out")) for one in arguments], cwd=parts[part])
    assert done.returncode == 0, done.stderr[:2000]
    assert "Traceback" not in done.stderr


def test_every_policy_that_can_be_read_stands_in_the_register(place: Path) -> None:
    done = call("policies", "--format", "json", cwd=place)
    titles = {one["title"] for one in json.loads(done.stdout)}
    files = {Path(one["policy"]).name for one in json.loads(done.stdout)}
    lost = [
        (key, kind)
        for number, (key, kind, _) in enumerate(BROKEN)
        if f"{MARK} {number}" not in titles and not key.startswith(("title", "id")) and f"p{number}" not in files
    ]
    assert lost == []


FORMATS = ((), ("--format", "html"), ("--format", "markdown"), ("--format", "html", "--public"))


def test_every_control_page_shows_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In this process, which is sooner done where there are hundreds of calls, and each in a workspace of its own."""
    monkeypatch.setenv("CHARTERKIT_TODAY", TODAY)
    for number, (key, kind, line) in sample(enumerate(BROKEN), 12):
        if number % 6 and "." in key and kind in ("deep", "long", "markup", "date", "text", "number"):
            continue
        folder = tmp_path / f"one{number}"
        (folder / "charters").mkdir(parents=True)
        policies = folder / "schools/ash/policies"
        policies.mkdir(parents=True)
        (folder / "schools/ash/school.yaml").write_text("name: Ash School\n", encoding="utf-8")
        name = f"p{number}"
        (policies / f"{name}.yaml").write_text(file(number, key, line), encoding="utf-8")
        code = run(["--workspace", str(folder), "policy", "show", name, *FORMATS[number % 4]])
        out, err = capsys.readouterr()
        assert code in (0, 2), (key, kind, line[:80], err)
        if code == 2:
            assert key == "id" or number % 4 == 3, (key, kind, err)
            continue
        if key != "title":
            assert f"{MARK} {number}" in out, (key, kind)
        if not key.startswith("commitments"):
            assert "Newsletter" in out, (key, kind)


def test_two_thousand_policies(tmp_path: Path) -> None:
    (tmp_path / "charters").mkdir()
    for school in range(4):
        folder = tmp_path / f"schools/school-{school}/policies"
        folder.mkdir(parents=True)
        (folder.parent / "school.yaml").write_text(f"name: School number {school}\n", encoding="utf-8")
        for number in range(500):
            text = (
                f"id: p{number}\ntitle: {MARK} {number}\nstatus: live\nowner: {{role: Head}}\n"
                f"review: {{every: {number % 5 + 1} months}}\nhistory: [{{date: 2026-{number % 11 + 1:02}, event: reviewed}}]\n"
            )
            (folder / f"p{number}.yaml").write_text(text, encoding="utf-8")
    rows = json.loads(call("policies", "--format", "json", cwd=tmp_path).stdout)
    assert len(rows) == 2000
    first = next(one for one in rows if one["policy"] == "p10" and one["school"] == "school-3")
    assert (first["last_review"], first["next_review"], first["state"]) == ("2026-11", "2026-12", "due")
    done = call("remind", "--format", "json", cwd=tmp_path)
    assert {one["state"] for one in json.loads(done.stdout)} == {"overdue", "due"}
    done = call("policy", "review", "p10", "--school", "school-3", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
