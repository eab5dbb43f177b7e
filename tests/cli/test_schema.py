"""`schema`, the workspace's own schemas, and the line that leads editors to them."""

import json

import pytest

from charterkit.choices import FILE_KINDS
from charterkit.files.schema_line import has_schema_line
from charterkit.schema.shipped import shipped_text
from tests.schema.editors import mistakes

from .calling import call, example


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_shown_anywhere(tmp_path, kind):
    done = call("schema", kind, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, shipped_text(kind))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("evalution",), "Did you mean 'evaluation'?"),
        (("xyz",), "Write one of: charter, translation"),
        ((), "Say which kind of file."),
        (("policy", "--charter", "community-engagement"), "It goes with evaluation or visit."),
        (("evaluation", "--charter", "comunity-engagement"), "Did you mean community-engagement?"),
        (("evaluation", "--update"), "Leave out the rest"),
        (("evaluation", "-o", "schools/x.json"), "workspace's own files"),
    ],
)
def test_refused(tmp_path, arguments, said):
    done = call("schema", *arguments, cwd=example(tmp_path))
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_with_a_charters_own_aspects(tmp_path):
    done = call("schema", "evaluation", "--charter", "community-engagement", cwd=example(tmp_path))
    schema = json.loads(done.stdout)
    good = (tmp_path / "schools/example-primary/evaluations/2025-26-autumn.yaml").read_text(encoding="utf-8")
    assert mistakes(schema, good) == []
    assert mistakes(schema, good.replace("  gate-greeting:", "  gate-greting:")) == ["ratings"]


def test_into_a_file_with_and_without_a_workspace(tmp_path):
    assert call("schema", "survey", "-o", "made/survey.json", cwd=tmp_path).returncode == 0
    assert (tmp_path / "made/survey.json").read_text(encoding="utf-8") == shipped_text("survey")
    example(tmp_path)
    assert call("schema", "visit", "-o", "made/visit.json", cwd=tmp_path).returncode == 0
    assert (tmp_path / "made/visit.json").read_text(encoding="utf-8") == shipped_text("visit")


def test_update_makes_them_renews_them_and_says_so(tmp_path):
    example(tmp_path)
    assert "11 schemas were renewed in .charterkit/schemas." in call("schema", "--update", cwd=tmp_path).stderr
    assert "are right already" in call("schema", "--update", cwd=tmp_path).stderr
    path = tmp_path / "charters/community-engagement-v1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: gate-greeting", "id: greeting"), encoding="utf-8")
    assert "2 schemas were renewed" in call("schema", "--update", cwd=tmp_path).stderr
    kept = json.loads((tmp_path / ".charterkit/schemas/evaluation.json").read_text(encoding="utf-8"))
    assert "greeting" in kept["then"]["properties"]["ratings"]["anyOf"][0]["properties"]


def test_a_new_charter_renews_them_and_every_new_file_carries_the_line(tmp_path):
    call("init", "--no-example", cwd=tmp_path)
    for arguments in (
        ("new", "school", "Our School"),
        ("new", "trust", "Our Trust"),
        ("new", "charter", "Our charter"),
        ("new", "charter", "--next-version-of", "community-engagement"),
        ("new", "evaluation", "our-school", "--charter", "our-charter", "--cycle", "2025-26", "--date", "2026-07"),
        ("evaluate", "our-school", "--charter", "community-engagement", "--set", "gate-greeting=green"),
    ):
        done = call(*arguments, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert "are right already" in call("schema", "--update", cwd=tmp_path).stderr
    found = sorted([*tmp_path.glob("schools/**/*.yaml"), *tmp_path.glob("charters/*.yaml")])
    assert len(found) == 7 + 4  # four translations come with the charter
    for path in found:
        first, _, rest = path.read_text(encoding="utf-8").partition("\n")
        schema = (path.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
        assert schema.is_relative_to(tmp_path / ".charterkit/schemas")
        assert mistakes(json.loads(schema.read_text(encoding="utf-8")), rest) == []
        assert not has_schema_line(rest), "one is enough"


def test_answers_leave_the_line_alone(tmp_path):
    call("init", cwd=tmp_path)
    path = tmp_path / "schools/example-primary/evaluations/2026-27-autumn.yaml"
    before = path.read_text(encoding="utf-8")
    assert call("evaluate", "example-primary", "--set", "gate-greeting=red", "--agree", cwd=tmp_path).returncode == 0
    after = path.read_text(encoding="utf-8")
    assert after != before
    assert after.splitlines()[:2] == before.splitlines()[:2]
    assert has_schema_line(after)


def test_no_line_where_the_workspace_keeps_no_schemas(tmp_path):
    example(tmp_path)
    call("new", "school", "Our School", cwd=tmp_path)
    call("new", "charter", "Our charter", cwd=tmp_path)
    assert (tmp_path / "schools/our-school/school.yaml").read_text(encoding="utf-8") == "name: Our School\n"
    assert not (tmp_path / ".charterkit").exists()


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("# yaml-language-server: $schema=a.json\nid: a\n", True),
        ("# About\r\n\r\n#yaml-language-server: $schema=a.json\r\nid: a\r\n", True),
        ("id: a\n# yaml-language-server: $schema=a.json\n", False),
        ("# yaml-language-server\nid: a\n", False),
        ("", False),
    ],
)
def test_the_line_is_found_above_the_first_key_only(text, has):
    assert has_schema_line(text) is has
