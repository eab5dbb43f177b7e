"""Which rules run, how much they matter, and where: the workspace's settings and those of one call."""

import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from charterkit.choices import Severity
from charterkit.errors import CharterkitError
from charterkit.files.workspace import Workspace
from charterkit.findings import CheckResult
from charterkit.model.config import Check
from charterkit.render.findings.style import total
from charterkit.rules.registry import RULES
from charterkit.rules.running.check import check
from charterkit.rules.running.settings import settings

TODAY = date(2026, 11, 22)
Write = Callable[[Mapping[str, str | bytes]], Path]
LATE = "id: {}\ntitle: A\nstatus: live\nreview: {{every: 1 year}}\nnext_review: 2024-09\n"


def run(root: Path, **options: list[str]) -> CheckResult:
    return check(Workspace(root), TODAY, **options)


@pytest.fixture
def codes(workspace: Write) -> Callable[..., list[str]]:
    def found(config: str, **options: list[str]) -> list[str]:
        root = workspace(
            {
                "charterkit.yaml": f"{config}\n",
                "schools/old-lathom/school.yaml": "name: Lathom\nurn: x\n",
                "schools/old-lathom/policies/a.yaml": LATE.format("a"),
            }
        )
        return [one.code for one in run(root, **options).findings]

    return found


Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("config", "options", "expected"),
    [
        ("", {}, ["CK501", "CK502", "CK211"]),
        ("check: {select: [CK5]}", {}, ["CK501", "CK502"]),
        ("check: {ignore: [CK501, CK211]}", {}, ["CK502"]),
        ("check: {select: [CK502], ignore: [CK5]}", {}, ["CK502"]),
        ("check: {select: [CK5], ignore: [CK502]}", {}, ["CK501"]),
        ("check: {select: [CK502], ignore: [CK502]}", {}, []),
        ("check: {select: [CK5, CK502], ignore: [CK5]}", {}, ["CK502"]),
        ("check: {ignore: ['']}", {}, ["CK216", "CK501", "CK502", "CK211"]),
        ("check: {select: [CK501]}", {"select": ["CK502"]}, ["CK502"]),
        ("check: {ignore: [CK502]}", {"select": ["CK502"]}, ["CK502"]),
        ("check: {ignore: [CK501]}", {"ignore": ["CK502"]}, ["CK211"]),
        ("", {"select": ["CK5"], "ignore": ["CK502"]}, ["CK501"]),
        ("check: {paths: {schools/old-*: [CK5]}}", {}, ["CK211"]),
        ("check: {paths: {schools/old-lathom: [CK5]}}", {}, ["CK211"]),
        ("check: {paths: {schools/old-lathom/: [CK5]}}", {}, ["CK211"]),
        ("check: {paths: {'*/policies/*': [CK502]}}", {}, ["CK501", "CK211"]),
        ("check: {paths: {schools/new-*: [CK5]}}", {}, ["CK501", "CK502", "CK211"]),
    ],
)
def test_what_is_looked_at(codes: Codes, config: str, options: dict[str, list[str]], expected: list[str]) -> None:
    assert codes(config, **options) == expected


def test_the_longer_code_has_the_last_word_on_severity(workspace: Write) -> None:
    root = workspace(
        {
            "charterkit.yaml": "check: {severity: {CK502: info, CK5: error}}\n",
            "schools/lathom/school.yaml": "name: Lathom\n",
            "schools/lathom/policies/a.yaml": LATE.format("a"),
        }
    )
    found = {one.code: one.severity for one in run(root).findings}
    assert found == {"CK501": Severity.ERROR, "CK502": Severity.INFO}
    assert run(root).counts == {"error": 1, "warning": 0, "info": 1}


@pytest.mark.parametrize("code", ["CK999", "ck502", "502", "CK5020", "", "review-overdue", "*"])
def test_an_unknown_code_in_the_call_is_refused(tmp_path: Path, code: str) -> None:
    with pytest.raises(CharterkitError, match="There is no rule"):
        run(tmp_path, select=[code])
    with pytest.raises(CharterkitError, match="There is no rule"):
        run(tmp_path, ignore=[code])


def test_an_unknown_code_in_the_settings_is_a_finding_and_hides_nothing(codes: Codes) -> None:
    assert codes("check: {select: [CK999]}") == ["CK216", "CK501", "CK502", "CK211"]


def test_no_settings_hide_a_file_that_cannot_be_read_and_what_they_hide_is_told(workspace: Write) -> None:
    hiding = (
        "check: {select: [CK5, CK404], ignore: [CK1, CK101, CK404], severity: {CK1: info, CK103: info, CK502: info},"
    )
    places = " paths: {'*': [CK, CK103], schools: [CK501], a: [CK5], b: [CK5], c: [CK5], d: [CK5], e: [CK501]}}"
    files = {
        "charterkit.yaml": f"{hiding}\n{places}\n",
        "schools/lathom/school.yaml": "name: Lathom\nname: Twice\n",
        "schools/lathom/policies/a.yaml": "id: a\ntitle: [\n",
        "schools/lathom/policies/b.yaml": "# charterkit: ignore[CK112] it is nothing\nid: b\ntitle: null\n",
    }
    made = run(workspace(files))
    told = {(found.code, found.severity) for found in made.findings}
    assert told == {(code, Severity.ERROR) for code in ("CK103", "CK104", "CK112")} | {("CK122", Severity.WARNING)}
    first, second, *_, last, less = made.settings
    assert first == "CK2, CK3, CK4, CK6 and CK7 are off"
    assert second == "CK216 and CK5 are off in *"
    assert last == "others are off in two more places"
    assert less == "CK502 counts as info"
    assert total(made).endswith("By the settings " + "; ".join(made.settings) + ".")
    assert run(workspace(files), select=["CK5"]).settings[0] == "CK2, CK3, CK4, CK5, CK6 and CK7 are off in *"


def test_patterns_take_little_time() -> None:
    chosen = settings(Check(paths={"*a" * 200 + "b": ("CK5",)}))
    start = time.perf_counter()
    assert "CK502" in chosen.at("schools/" + "a" * 2000)
    assert time.perf_counter() - start < 1


def test_more_places_than_every_file_can_be_held_against_are_said_not_to_count(workspace: Write) -> None:
    places = "".join(f"    schools/{'*a' * 8}{number}*: [CK2]\n" for number in range(3_000))
    root = workspace({"charterkit.yaml": f"check:\n  paths:\n{places}", "schools/lathom/school.yaml": "name: Lathom\n"})
    (found,) = run(root).findings
    assert (found.code, found.line) == ("CK216", 3 + 1_043)
    assert found.message == "only the first 1,043 of 3,000 places count"


def test_nothing_said_is_everything() -> None:
    assert settings(None).codes == frozenset(RULES)


def test_every_finding_shows_its_line(workspace: Write) -> None:
    root = workspace({"schools/lathom/school.yaml": b"name: Lathom\r\nurn: eins\r\ntrust: x"})
    assert [(one.line, one.excerpt) for one in run(root).findings] == [(2, "urn: eins"), (3, "trust: x")]


def test_what_counts_as_less_is_told_and_what_counts_as_more_is_not() -> None:
    said = {"CK201": "info", "CK204": "info", "CK205": "warning", "CK501": "error", "CK502": "warning", "CK404": "info"}
    check = Check(severity={code: Severity(word) for code, word in said.items()})
    told = [words for _, words in settings(check).told]
    assert told == ["CK205 counts as warning", "CK201 and CK204 count as info"]


def test_of_one_file_only_the_settings_that_reach_it_are_told(workspace: Write) -> None:
    files = {"charterkit.yaml": "check: {paths: {schools/a: [CK5], schools/lathom: [CK404]}}\n"}
    root = workspace({**files, "schools/lathom/school.yaml": "name: Lathom\n"})
    assert run(root, only=["schools/lathom"]).settings == ("CK404 is off in schools/lathom",)
