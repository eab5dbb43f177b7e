"""Files within every limit that once held a command up for minutes or hours: each ends within ten seconds of processor."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from .calling import environment, example

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="NO LIMIT OF A PROCESSOR'S TIME on this system"),
]
SECONDS = 10
LIMITED = (
    f"import os, resource, sys; resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS})); "
    "os.execv(sys.executable, [sys.executable, '-m', 'charterkit', *sys.argv[1:]])"
)
CHARTER = "id: c\nversion: '1'\ntitle: T\nstatus: published\n{more}key_points:\n- id: k\n  title: K\n  aspects:\n"
EVALUATION = "charter: community-engagement\ncharter_version: '1'\ncycle: 2022-23\ndate: 2023-01\nratings:\n"
TEXT = "id: p\ntitle: P\nstatus: live\ndocument: p.md\n"


def _aspects(ids: list[str], more: str = "text: x") -> str:
    return "".join(f"  - {{id: {name}, {more}}}\n" for name in ids)


def _schools(names: list[str]) -> dict[str, str]:
    return {f"schools/x{number}/school.yaml": f"name: {name}\n" for number, name in enumerate(names)}


FILES: Mapping[str, Callable[[], dict[str, str]]] = {
    "a name full of blanks": lambda: _schools([f"a{' ' * 400_000}b"]),
    "a name full of words": lambda: {
        "schools/ash/policies/p.yaml": TEXT,
        "schools/ash/policies/p.md": "a " * 65_000,
        **_schools(["a " * 400_000 + "b"]),
    },
    "many names that begin alike": lambda: {
        "schools/ash/policies/p.yaml": TEXT,
        "schools/ash/policies/p.md": "St a " * 26_000,
        **_schools([f"St a St a {number}" for number in range(1_500)]),
    },
    "a name full of brackets": lambda: _schools(["a" + " (" * 200_000]),
    "thousands of levels": lambda: {
        "charters/c.yaml": CHARTER.format(
            more="scale:\n" + "".join(f"- {{id: l{n}, label: L, colour: '#{n:06x}'}}\n" for n in range(6_000))
        )
        + _aspects(["a"])
    },
    "a translation of something else": lambda: {
        "charters/c.yaml": CHARTER.format(more="") + _aspects([f"a{n}" for n in range(9_000)]),
        "charters/c.fr.yaml": "charter: c\nversion: '1'\nlanguage: fr\nkey_points:\n- id: k\n  aspects:\n"
        + _aspects([f"zz{n}" for n in range(7_000)], "text: x, source: y"),
    },
}


@pytest.mark.alike(3)
@pytest.mark.parametrize("case", FILES)
def test_check(tmp_path: Path, case: str) -> None:
    written(tmp_path, FILES[case]())
    assert limited(tmp_path, "check", "--no-cache") in (0, 1)


FIXED: Mapping[str, Callable[[], str]] = {
    "blanks within": lambda: f"source: 'a{' ' * 300_000}b' \n",
    "capitals that cannot be mended": lambda: (
        EVALUATION + "".join(f"  a{n}: {{rating: red}}\n  A{n}: {{rating: red}}\n" for n in range(5_000))
    ),
    "capitals of which every second can": lambda: (
        EVALUATION
        + "".join(f"  a{n}: {{rating: red}}\n  {'A' if n % 2 else 'B'}{n}: {{rating: red}}\n" for n in range(3_000))
    ),
}


@pytest.mark.alike(3)
@pytest.mark.parametrize("case", FIXED)
def test_fix(tmp_path: Path, case: str) -> None:
    written(tmp_path, {"schools/ash/evaluations/2022-23.yaml": FIXED[case]()})
    assert limited(tmp_path, "check", "--fix") in (0, 1)


@pytest.mark.alike(3)
@pytest.mark.parametrize(
    "note", ["一" + "\ufe0f" * 200_000, "一" + "\u0316\u0301" * 100_000, "一" + "\U0001f600" * 100_000, "x" * 1_000_000]
)
def test_paper(tmp_path: Path, note: str) -> None:
    written(
        tmp_path,
        {"schools/ash/evaluations/2022-23.yaml": f"{EVALUATION}  gate-greeting: {{rating: red, note: '{note}'}}\n"},
    )
    assert limited(tmp_path, "report", "ash", "-o", "r.pdf") == 0


def written(root: Path, files: dict[str, str]) -> None:
    example(root)
    for name, text in {"schools/ash/school.yaml": "name: Ash School\n", **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def limited(root: Path, *arguments: str) -> int:
    """The exit code; of one whose time was up, the negative number of the signal."""
    command = [sys.executable, "-c", LIMITED, *arguments]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    return done.returncode
