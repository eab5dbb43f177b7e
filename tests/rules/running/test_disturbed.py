"""Workspaces that are in motion, half closed, or full of mistakes: every check ends with findings, none with a fault."""

import json
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from charterkit.files.workspace import Workspace
from charterkit.files.yaml.subset import MAX_BYTES, MOST_SAID
from charterkit.findings import CheckResult
from charterkit.render.findings import FORMATS
from charterkit.resources import builtin
from charterkit.rules.registry import RULES
from charterkit.rules.running.check import check
from charterkit.rules.running.fix import fixes

TODAY = date(2026, 11, 22)
HEAD = 'charter: community-engagement\ncharter_version: "1"\ncycle: 2025-26-autumn\ndate: 2025-10-14\n'
SCHOOL = "schools/lathom/school.yaml"
EVALUATION = "schools/lathom/evaluations/2025-26-autumn.yaml"
NOBODY = 65534
Write = Callable[[Mapping[str, str | bytes]], Path]


def run(root: Path) -> CheckResult:
    return check(Workspace(root, builtin()), TODAY)


# -- files that change, vanish or grow while they are read


def unrest(root: Path, stop: threading.Event) -> None:
    """Write, cut short, blow up, delete, and put folders and links where files were, until it is told to stop."""
    file, rota = root / EVALUATION, root / "schools/lathom/rota.txt"
    while not stop.is_set():
        file.write_bytes(b"ratings: {a: {rating: red}}\n" * 2000)
        rota.write_bytes(b"x" * 100_000)
        file.write_bytes(b"")
        file.write_bytes(b"x" * (MAX_BYTES + 10))
        rota.unlink()
        file.unlink()
        file.mkdir()
        file.rmdir()
        file.symlink_to(rota)
        rota.mkdir()
        file.unlink()
        rota.rmdir()
        file.write_text(f"{HEAD}ratings: {{}}\n", encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be deleted there")
def test_files_that_change_while_they_are_read(workspace: Write) -> None:
    root = workspace(
        {
            SCHOOL: "name: Lathom\n",
            EVALUATION: f"{HEAD}ratings: {{}}\n",
            "schools/lathom/visits/2026-03-12.yaml": "date: 2026-03-12\nlooked_at:\n"
            f"  - {{kind: document, path: rota.txt, sha256: '{'0' * 64}'}}\n",
        }
    )
    stop = threading.Event()
    writer = threading.Thread(target=unrest, args=(root, stop))
    writer.start()
    try:
        for _ in range(60):
            found = run(root).findings
            assert {one.code for one in found} <= set(RULES)
            assert all(one.path.startswith("schools/lathom/") for one in found)
            fixes(Workspace(root, builtin()))
    finally:
        stop.set()
        writer.join()
    (root / "schools/lathom/rota.txt").write_text("the rota", encoding="utf-8")
    assert [one.code for one in run(root).findings] == ["CK403"]


def test_a_file_that_vanishes_between_listing_and_reading(workspace: Write) -> None:
    root = workspace({SCHOOL: "name: Lathom\n", EVALUATION: f"{HEAD}ratings: {{}}\n"})
    files = Workspace(root, builtin())
    assert EVALUATION in [path for path, _ in files.paths()]
    assert files.school("lathom").slug == "lathom"
    (root / EVALUATION).unlink()
    (root / SCHOOL).unlink()
    assert {one.code for one in check(files, TODAY).findings} <= {"CK113", "CK313"}


# -- what may not be read


@contextmanager
def as_nobody() -> Iterator[None]:
    """With the rights of a user who owns nothing; root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows keeps rights in another way")
@pytest.mark.parametrize("closed", ["schools", "schools/lathom", "schools/lathom/policies", "charters", SCHOOL])
def test_folders_and_files_that_may_not_be_read(workspace: Write, closed: str) -> None:
    root = workspace(
        {
            SCHOOL: "name: Lathom\n",
            "schools/lathom/policies/a.yaml": "id: a\ntitle: A\nstatus: draft\n",
            "schools/selwyn/school.yaml": "name: Selwyn\nurn: x\n",
            "charters/readme.txt": "",
        }
    )
    run(root)  # whatever is imported on the way is imported with all rights
    above = [
        one for one in (root, *root.parents) if one.stat().st_uid == os.geteuid() and not one.stat().st_mode & 0o001
    ]
    modes = {one: one.stat().st_mode for one in (*above, root / closed)}
    try:
        for one in above:
            one.chmod(0o755)
        (root / closed).chmod(0)
        with as_nobody():
            found = run(root).findings
    finally:
        for one, mode in modes.items():
            one.chmod(mode)
    assert [one.path for one in found if one.code != "CK211"] == [closed]
    assert [one.code for one in found if one.path == closed] == ["CK113"]
    if closed != "schools":
        assert any(one.code == "CK211" for one in found), "what is closed hides what is open"


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own")
def test_no_link_shows_what_lies_outside(workspace: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "school.yaml").write_text("name: Secret\nsecret: of nobody\n", encoding="utf-8")
    (outside / "policies").mkdir()
    (outside / "policies/p.yaml").write_text("secret: of nobody\n", encoding="utf-8")
    root = workspace({SCHOOL: "name: Lathom\n", EVALUATION: f"{HEAD}ratings: {{}}\n", "charters/x.txt": ""})
    (root / "schools/linked").symlink_to(outside)
    (root / "schools/lathom/policies").symlink_to(outside / "policies")
    (root / "schools/lathom/evaluations/x.yaml").symlink_to(outside / "school.yaml")
    (root / "charters/c.yaml").symlink_to(outside / "school.yaml")
    (root / "charterkit.yaml").symlink_to(outside / "school.yaml")
    result = run(root)
    assert {one.code for one in result.findings} == {"CK113"}
    assert len(result.findings) == 5
    assert all("ecret" not in FORMATS[name](result) for name in FORMATS)
    assert fixes(Workspace(root, builtin())) == {}


# -- very many, and very long


@pytest.mark.slow
def test_ten_thousand_findings_are_told_one_by_one(workspace: Write) -> None:
    rows = "".join(
        f"  - {{id: a{number}, owner: Head, due: 2027, aspect: nowhere, action: x}}\n" for number in range(100)
    )
    files = {
        f"schools/s{number}/{path}": text
        for number in range(100)
        for path, text in (
            ("school.yaml", "name: S\n"),
            ("evaluations/a.yaml", f"{HEAD}ratings: {{}}\nactions:\n{rows}"),
        )
    }
    result = run(workspace(files))
    assert len(result.findings) == 10_000
    assert len(set(result.findings)) == 10_000
    assert sum(json.loads(FORMATS["json"](result))["counts"].values()) == 10_000
    for name in FORMATS:
        assert FORMATS[name](result)


def test_of_very_many_in_one_file_the_rest_is_counted(workspace: Write) -> None:
    rows = "".join(
        f"  - {{id: a{number}, owner: H, due: 2027, aspect: nowhere, action: x}}\n" for number in range(1000)
    )
    found = run(workspace({SCHOOL: "name: L\n", EVALUATION: f"{HEAD}ratings: {{}}\nactions:\n{rows}"})).findings
    assert Counter(one.code for one in found) == {"CK303": MOST_SAID + 1}
    assert [one.line for one in found] == list(range(7, 7 + MOST_SAID + 1))
    assert found[-1].message.endswith("; 799 more of these in this file are not listed")
    assert "more of these" not in found[-2].message


def test_places_stay_right_behind_a_thousand_entries_that_cannot_be_read(workspace: Write) -> None:
    rows = "".join(
        "  - {owner: Head}\n" if number % 3 else "  - {action: x, owner: H, due: 2020}\n" for number in range(3000)
    )
    found = run(workspace({SCHOOL: "name: L\n", EVALUATION: f"{HEAD}ratings: {{}}\nactions:\n{rows}"})).findings
    overdue = [one.line for one in found if one.code == "CK412"]
    assert overdue == [7 + 3 * number for number in range(MOST_SAID + 1)]


def test_a_line_of_900_kb_is_shown_short(workspace: Write) -> None:
    long = "x" * 120  # long enough that so large a file has no more values than are read
    actions = ", ".join(f"{{action: {long}, owner: H, due: 2020-01}}" for _ in range(5_000))
    text = f"{HEAD}ratings: {{}}\nactions: [{actions}, {{action: é文字😀, owner: H, due: soon}}]\n"
    assert 700_000 < len(text) < MAX_BYTES
    result = run(workspace({SCHOOL: "name: L\n", EVALUATION: text}))
    assert {one.code for one in result.findings} == {"CK412", "CK205"}
    (last,) = [one for one in result.findings if one.code == "CK205"]
    assert (last.line, text.split("\n")[5][last.column - 1 :][:4]) == (6, "soon")
    for name in FORMATS:
        assert len(FORMATS[name](result)) < 1_000 * len(result.findings) + 100_000, name


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("before", ["é", "e\u0301", "文字", "😀", "👩\u200d👩\u200d👧", "שלום"])
def test_columns_count_characters_whatever_ends_and_begins_the_file(
    workspace: Write, newline: str, mark: bytes, before: str
) -> None:
    lines = f"{HEAD}ratings: {{}}\nactions:\n  - {{owner: {before}, action: x, aspect: nowhere, due: 2027}}\n"
    root = workspace({SCHOOL: "name: L\n", EVALUATION: mark + lines.replace("\n", newline).encode()})
    (found,) = run(root).findings
    line = lines.split("\n")[found.line - 1]
    assert line[found.column - 1 :].startswith("nowhere")
    assert found.excerpt == line
