"""The check as a whole: nothing hides anything, everything stands at its place."""

import json
import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from charterkit import render
from charterkit.files.workspace import Workspace
from charterkit.findings import CheckResult, Finding
from charterkit.render.findings import FORMATS
from charterkit.resources import builtin
from charterkit.rules.running.check import check

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 22)
EVALUATION = "schools/lathom/evaluations/2025-26-autumn.yaml"
HEAD = 'charter: community-engagement\ncharter_version: "1"\ncycle: 2025-26-autumn\ndate: 2025-10-14\n'
CHARTER = """\
id: small
version: "1"
title: A small charter
status: draft
key_points:
  - id: welcome
    title: Every family is welcome
    aspects:
      - {id: gate, text: Senior leaders greet families at the gate}
      - {id: phone, text: Calls are answered the same day}
"""
Write = Callable[[Mapping[str, str | bytes]], Path]


def run(root: Path, only: list[str] | None = None) -> CheckResult:
    return check(Workspace(root, builtin()), TODAY, only)


def places(result: CheckResult) -> list[tuple[str, int, int]]:
    return [(one.code, one.line, one.column) for one in result.findings]


def lathom(write: Write, files: Mapping[str, str | bytes]) -> CheckResult:
    return run(write({"schools/lathom/school.yaml": "name: Lathom High School\n", **files}))


# -- nothing hides anything


def test_a_broken_file_hides_no_other(workspace: Write) -> None:
    broken: dict[str, str | bytes] = {
        "schools/a/school.yaml": b"name: Caf\xe9\n",
        "schools/b/school.yaml": b"name: \xff\xfeB\n",
        "schools/c/school.yaml": "name: [unclosed\n",
        "schools/d/school.yaml": "just a sentence\n",
        "schools/e/school.yaml": "",
        "schools/f/school.yaml": "name: F\nurn: twelve\n",
    }
    result = run(workspace(broken))
    assert [(one.path, one.code) for one in result.findings] == [
        ("schools/a/school.yaml", "CK101"),
        ("schools/b/school.yaml", "CK101"),
        ("schools/c/school.yaml", "CK103"),
        ("schools/d/school.yaml", "CK203"),
        ("schools/e/school.yaml", "CK116"),
        ("schools/f/school.yaml", "CK211"),
    ]
    assert result.files == 6


TWELVE = """\
charter: community-engagement
charter_version: "1"
cycle: 2025/26
date: 14/10/2025
status: finished
ratings:
  gate-greeting: {rating: gren}
  open-dor: {rating: amber}
  approachable-leaders: {ratign: amber}
  new-families: {rating: not-applicable}
  early-years-visits: amber
  barrier-check: {rating: red, groups: {boys: red}}
actions:
  - owner: Headteacher
  - {action: Greet families, due: soon}
  - {action: Greet families, status: begun}
"""


def test_twelve_mistakes_are_twelve_findings_in_one_run(workspace: Write) -> None:
    result = lathom(workspace, {EVALUATION: TWELVE})
    assert places(result) == [
        ("CK206", 3, 8),
        ("CK205", 4, 7),
        ("CK208", 5, 9),
        ("CK304", 7, 27),
        ("CK303", 8, 3),
        ("CK201", 9, 26),
        ("CK214", 10, 26),
        ("CK203", 11, 23),
        ("CK309", 12, 41),
        ("CK202", 14, 5),
        ("CK205", 15, 35),
        ("CK208", 16, 38),
    ]


def test_findings_are_in_order_of_path_and_place(workspace: Write) -> None:
    result = lathom(
        workspace,
        {
            EVALUATION: TWELVE,
            "charters/small.yaml": CHARTER.replace("title: A", "titel: A"),
            "schools/x.yaml": "a: b\n",
        },
    )
    assert list(result.findings) == sorted(result.findings)
    assert len({one.path for one in result.findings}) == 3


# -- positions behind entries that could not be read


def test_places_are_right_behind_an_unreadable_action(workspace: Write) -> None:
    actions = """\
ratings: {}
actions:
  - {id: first, owner: Jo}
  - {id: second, action: Greet families, aspect: gate, status: done}
  - {due: soon}
  - {id: second, action: Greet them again, status: done}
"""
    assert places(lathom(workspace, {EVALUATION: HEAD + actions})) == [
        ("CK202", 7, 5),
        ("CK303", 8, 50),
        ("CK202", 9, 5),
        ("CK205", 9, 11),
        ("CK213", 10, 10),
    ]


def test_places_are_right_behind_an_unreadable_aspect(workspace: Write) -> None:
    charter = CHARTER.replace("phone, text", "phone, txt") + (
        "      - {id: gate, text: Again, replaces: [], sources: [nothing]}\n"
        "      - {id: letters, text: Letters are plain, replaces: [Post Box, post]}\n"
    )
    assert places(run(workspace({"charters/small.yaml": charter}))) == [
        ("CK201", 10, 21),
        ("CK213", 11, 14),
        ("CK312", 11, 57),
        ("CK204", 12, 59),
    ]


def test_places_are_right_behind_values_that_were_dropped(workspace: Write) -> None:
    trust = "name: Trust\nkind: trust\nmembers: [Selwyn Primary, trust, nowhere]\ncharters:\n  - small\n  - {charter: small}\n"
    assert places(run(workspace({"schools/trust/school.yaml": trust}))) == [
        ("CK204", 3, 11),
        ("CK305", 3, 34),
        ("CK203", 5, 5),
        ("CK301", 6, 15),
    ]


def test_places_are_right_behind_an_unreadable_commitment(workspace: Write) -> None:
    policy = """\
id: behaviour
title: Behaviour
status: live
owner: {role: Headteacher}
review: {every: live}
commitments:
  - {id: one, when: regularly}
  - {id: two, what: A newsletter, when: regularly}
  - {id: two, what: Another}
"""
    assert places(lathom(workspace, {"schools/lathom/policies/behaviour.yaml": policy})) == [
        ("CK202", 7, 5),
        ("CK503", 8, 41),
        ("CK213", 9, 10),
    ]


# -- one mistake is said once


SMALL = HEAD.replace("community-engagement", "small")


def test_an_aspect_that_its_charter_spoils_is_not_unknown_to_its_ratings(workspace: Write) -> None:
    files = {
        "charters/small.yaml": CHARTER.replace("phone, text", "phone, txt"),
        EVALUATION: f"{SMALL}ratings:\n  phone: {{rating: red}}\n",
    }
    assert places(lathom(workspace, files)) == [("CK201", 10, 21)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    aspects:\n", "    aspects: none\n    other:\n"),
        ("key_points:\n", "key_points: none\nother:\n"),
        ("  - id: welcome\n", "  - welcome\n  - id: w\n    x: y\n"),
    ],
)
def test_where_the_aspects_cannot_be_told_none_is_unknown(workspace: Write, old: str, new: str) -> None:
    files = {
        "charters/small.yaml": CHARTER.replace(old, new),
        EVALUATION: f"{SMALL}ratings:\n  phone: {{rating: red}}\n",
    }
    found = lathom(workspace, files)
    assert found.findings
    assert not [one for one in found.findings if one.path == EVALUATION]


def test_a_key_that_is_no_id_is_not_also_an_unknown_aspect(workspace: Write) -> None:
    found = lathom(workspace, {EVALUATION: f"{HEAD}ratings:\n  Gate Greeting: {{rating: amber}}\n"})
    assert places(found) == [("CK204", 6, 3)]


def test_an_unreadable_charter_is_named_where_it_is_missed(workspace: Write) -> None:
    files = {"charters/small.yaml": "id: [small\n", EVALUATION: f"{SMALL}ratings: {{}}\n"}
    found = lathom(workspace, files)
    assert [(one.code, one.help) for one in found.findings if one.path == EVALUATION] == [
        ("CK301", "Mend charters/small.yaml first.")
    ]


def test_a_charter_that_cannot_be_told_is_no_duplicate(workspace: Write) -> None:
    broken = HEAD.replace("community-engagement", "Community!")
    found = lathom(
        workspace,
        {EVALUATION: f"{broken}ratings: {{}}\n", EVALUATION.replace("autumn", "b"): f"{broken}ratings: {{}}\n"},
    )
    assert places(found) == [("CK204", 1, 10), ("CK204", 1, 10)]


def test_a_level_without_a_usable_id_is_said_once(workspace: Write) -> None:
    scale = "scale:\n  - {id: Not yet!, label: Not yet}\n  - {id: Also not!, label: Not}\n  - {id: yes-indeed, label: Yes}\n"
    found = run(workspace({"charters/small.yaml": CHARTER + scale}))
    assert places(found) == [("CK204", 12, 10), ("CK204", 13, 10)]


def test_what_is_wrong_with_a_charter_is_said_once_however_many_schools_there_are(workspace: Write) -> None:
    charter = 'id: small\nversion: "1"\ntitle: A small charter\nstatus: published\nkey_points: []\n'
    schools = {f"schools/{slug}/school.yaml": f"name: {slug}\n" for slug in ("a", "b", "c")}
    assert places(run(workspace({"charters/small.yaml": charter, **schools}))) == [("CK706", 5, 1)]


def test_an_owner_or_review_that_cannot_be_read_is_not_also_missing(workspace: Write) -> None:
    policy = "id: behaviour\ntitle: Behaviour\nstatus: live\nowner: Jo Patel\nreview: {every: annually}\n"
    found = lathom(workspace, {"schools/lathom/policies/behaviour.yaml": policy})
    assert places(found) == [("CK203", 4, 8), ("CK207", 5, 17)]


def test_a_status_that_cannot_be_read_hides_no_other_rule(workspace: Write) -> None:
    policy = "id: behaviour\ntitle: Behaviour\nstatus: alive\nissued: 2020-01\nreview: {every: 1 year}\n"
    found = lathom(workspace, {"schools/lathom/policies/behaviour.yaml": policy})
    assert [one.code for one in found.findings] == ["CK501", "CK208", "CK502"]


def test_free_text_in_a_message_is_short_and_harmless(workspace: Write) -> None:
    long = "on and on " * 1000 + "\\e[31m"
    policy = f'id: a\ntitle: A\nstatus: live\nowner: {{role: R}}\nreview: {{every: live}}\ncommitments:\n  - {{id: b, what: c, when: "{long}"}}\n'
    version = HEAD.replace('"1"', '"\\e[31m 7"')
    found = lathom(workspace, {"schools/lathom/policies/a.yaml": policy, EVALUATION: f"{version}ratings: {{}}\n"})
    assert {one.code for one in found.findings} == {"CK220", "CK302"}
    assert all("\x1b" not in one.message and len(one.message) < 200 for one in found.findings)


# -- schools' folders


def test_a_folder_without_school_yaml(workspace: Write) -> None:
    found = run(workspace({"schools/selwyn/evaluations/2025-26-autumn.yaml": f"{HEAD}ratings: {{}}\n"}))
    assert [(one.path, one.line, one.column, one.code) for one in found.findings] == [
        ("schools/selwyn/school.yaml", 1, 1, "CK313")
    ]
    assert found.files == 1


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own")
def test_a_link_that_leads_nowhere_is_said_once(workspace: Write) -> None:
    root = workspace({"schools/selwyn/note.txt": ""})
    (root / "schools/selwyn/school.yaml").symlink_to(root / "nowhere")
    assert [one.code for one in run(root).findings] == ["CK113"]


# -- only some of it


def test_only_looks_at_the_paths_that_are_named_but_knows_the_rest(workspace: Write) -> None:
    root = workspace(
        {
            "schools/a/school.yaml": "name: A\nkind: trust\ntrust: nowhere\n",
            "schools/ab/school.yaml": "name: AB\ntrust: a\nx: y\n",
            "schools/ab/policies/p.yaml": "nothing: here\n",
        }
    )
    assert {one.path for one in run(root, ["schools/a"]).findings} == {"schools/a/school.yaml"}
    assert places(run(root, ["schools/ab/school.yaml"])) == [("CK201", 3, 1)]
    assert run(root, ["schools/ab"]).files == 2
    assert run(root, ["."]).findings == run(root).findings
    assert run(root, []).findings == ()


def test_the_built_in_charter_is_there_and_never_found_fault_with(workspace: Write) -> None:
    found = lathom(workspace, {EVALUATION: f"{HEAD}ratings:\n  gate-greeting: {{rating: green, note: Every day}}\n"})
    assert found.findings == ()
    assert found.files == 2


def test_a_school_and_a_charter_of_one_name_are_told_apart(workspace: Write) -> None:
    files = {
        "charters/small.yaml": CHARTER.replace("title: A", "titel: A"),
        "schools/small.yaml/school.yaml": "name: Small\n",
        "schools/small.yaml/policies/behaviour.yaml": "id: behaviour\ntitle: Behaviour\nstatus: draft\nurn: 1\n",
    }
    found = run(workspace(files))
    assert {one.path for one in found.findings} == set(files)
    assert [one.code for one in found.findings] == ["CK201", "CK201", "CK313"]


def test_an_empty_folder_is_all_right(tmp_path: Path) -> None:
    assert run(tmp_path) == CheckResult(0, ())


# -- as JSON


def test_json_has_the_documented_keys(workspace: Write) -> None:
    schema = json.loads((Path(render.__file__).parent / "schemas/check.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for result in (lathom(workspace, {EVALUATION: TWELVE}), CheckResult(0, ())):
        made = json.loads(FORMATS["json"](result))
        jsonschema.validate(made, schema, jsonschema.Draft202012Validator)
        assert len(made["findings"]) == sum(made["counts"].values())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**made, "findings": [{"code": "CK1"}]}, schema)


# -- the workspace of this repository


POLICY = "policies/parent-carer-engagement.yaml"
WARNINGS = [
    *(
        (
            f"schools/{slug}/evaluations/2026-27-autumn.yaml",
            "CK412",
            "the action was due by October 2026 and is in-progress",
        )
        for slug in ("example-primary", "example-secondary")
    ),
    (f"schools/example-secondary/{POLICY}", "CK502", "the review was due by July 2026"),
    (f"schools/kingsgate/{POLICY}", "CK502", "the review was due by September 2024"),
    (
        "schools/leading-learning-trust/policies/parental-and-community-engagement.yaml",
        "CK501",
        "the policy has no owner",
    ),
    (
        "schools/leading-learning-trust/policies/parental-and-community-engagement.yaml",
        "CK502",
        "the review was due by 1 July 2018",
    ),
    ("schools/oakmeadow/policies/parent-engagement.yaml", "CK501", "the policy has no owner"),
    ("schools/oakmeadow/policies/parent-engagement.yaml", "CK504", "when the policy is next reviewed cannot be told"),
    ("schools/ravensfield/policies/parent-partnership.yaml", "CK501", "the policy has no owner"),
    ("schools/ravensfield/policies/parent-partnership.yaml", "CK502", "the review was due by February 2013"),
    ("schools/ravensfield/policies/parent-partnership.yaml", "CK510", "'CRB' ended on 1 December 2012"),
]


def test_the_workspace_of_this_repository_has_only_what_the_seeds_lack() -> None:
    result = run(ROOT)

    def of(severity: str) -> list[Finding]:
        return [one for one in result.findings if one.severity == severity]

    assert of("error") == []
    assert [(one.path, one.code, one.message) for one in of("warning")] == WARNINGS
    assert {one.code for one in of("info")} == {"CK220", "CK404", "CK503", "CK508", "CK514"}
