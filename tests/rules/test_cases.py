"""Every rule finds what its bad case holds, where it stands, and nothing in its good case.

A case is a small workspace below tests/cases/<CODE>/; those that git or an editor would spoil are made here.
"""

import inspect
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from charterkit.choices import Severity
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.findings import Code
from charterkit.resources import builtin
from charterkit.rules.base import Rule
from charterkit.rules.registry import RULES
from charterkit.rules.running.check import check

CASES = Path(__file__).parents[1] / "cases"
TODAY = date(2026, 11, 22)
SCHOOL = "schools/lathom/school.yaml"
NAME = "name: Lathom High School\n"


def write(root: Path, content: bytes) -> None:
    path = root / SCHOOL
    path.parent.mkdir(parents=True)
    path.write_bytes(content)


def link_outside(root: Path) -> None:
    (root.parent / "elsewhere.yaml").write_text(NAME, encoding="utf-8")
    (root / SCHOOL).parent.mkdir(parents=True)
    (root / SCHOOL).symlink_to(root.parent / "elsewhere.yaml")


def large(size: int) -> bytes:
    head = f"{NAME}address: ".encode()
    return head + b"x" * (size - len(head) - 1) + b"\n"


Case = Callable[[Path], None]
MADE: dict[str, tuple[Case, Case, list[dict[str, Any]]]] = {
    "CK101": (
        lambda root: write(root, f"{NAME}address: Café Street\n".encode("cp1252")),
        lambda root: write(root, f"{NAME}address: Café Street\n".encode("utf-8-sig")),
        [{"path": SCHOOL, "line": 2, "column": 13, "code": "CK101"}],
    ),
    "CK102": (
        lambda root: write(root, large(MAX_BYTES + 1)),
        lambda root: write(root, large(MAX_BYTES)),
        [{"path": SCHOOL, "line": 1, "column": 1, "code": "CK102"}],
    ),
    "CK110": (
        lambda root: write(root, NAME.encode() + b"address: Hill\0 Road \x1b[31m\nsource: a\xc2\x85b\n"),
        lambda root: write(root, NAME.encode() + b'address: "Hill\\0 Road \\e[31m"\n'),
        [
            {"path": SCHOOL, "line": 2, "column": 14, "code": "CK110"},
            {"path": SCHOOL, "line": 2, "column": 21, "code": "CK110"},
            {"path": SCHOOL, "line": 3, "column": 10, "code": "CK110"},
        ],
    ),
    "CK113": (
        link_outside,
        lambda root: write(root, NAME.encode()),
        [{"path": SCHOOL, "line": 1, "column": 1, "code": "CK113"}],
    ),
}
"""Code -> what makes the bad workspace, what makes the good one, and what is expected of the bad one."""


def findings(root: Path, code: str) -> list[dict[str, Any]]:
    """What is found, but for the workspace's id, which only the cases about that give thought to."""
    result = check(Workspace(root, builtin()), TODAY)
    return [
        {"path": one.path, "line": one.line, "column": one.column, "code": one.code}
        for one in result.findings
        if one.code in (code, *(set(RULES) - {Code.NO_WORKSPACE_ID}))
    ]


@pytest.mark.parametrize("code", RULES)
def test_the_bad_case_gives_exactly_what_is_planted(code: str, tmp_path: Path) -> None:
    root, expected = CASES / code / "bad", None
    if code in MADE:
        root = tmp_path / "workspace"
        MADE[code][0](root)
        expected = MADE[code][2]
    else:
        expected = json.loads((root / "expected.json").read_text(encoding="utf-8"))
    found = findings(root, code)
    assert found == expected
    assert {one["code"] for one in found} == {code}


@pytest.mark.parametrize("code", RULES)
def test_the_good_case_gives_nothing(code: str, tmp_path: Path) -> None:
    root = CASES / code / "good"
    if code in MADE:
        root = tmp_path / "workspace"
        MADE[code][1](root)
    assert any(path.is_file() for path in root.rglob("*.yaml"))
    assert findings(root, code) == []


def test_every_case_belongs_to_a_rule() -> None:
    stored = {path.name for path in CASES.iterdir()}
    assert stored & set(MADE) == set()
    differ = (stored | set(MADE)) ^ set(RULES)
    assert not differ, f"each rule has a folder in tests/cases/, and these have none or no rule: {sorted(differ)}"


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_the_docstring_says_why_bad_good_and_mend(rule: Rule) -> None:
    text = inspect.getdoc(type(rule)) or ""
    heading, *rest = text.split("\n\n")
    assert heading.endswith(".")
    assert re.findall(r"^(\w+): .", "\n".join(rest), re.MULTILINE) == ["Why", "Bad", "Good", "Mend"]


def test_codes_and_names_are_unique_and_have_their_form() -> None:
    assert all(re.fullmatch(r"CK[1-7][0-9]{2}", code) and rule.code == code for code, rule in RULES.items())
    names = [rule.name for rule in RULES.values()]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)
    assert len(set(names)) == len(names)
    assert all(isinstance(rule.severity, Severity) for rule in RULES.values())
