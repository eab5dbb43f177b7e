"""`compare --rev`: what a pull request changes, in a real git repository."""

import json
import subprocess
from pathlib import Path

import jsonschema
import pytest

from charterkit import render
from tests.insight.evaluations.test_parts import BOTH
from tests.insight.samples import write

from .calling import call, example

DRAFT = "schools/example-primary/evaluations/2026-27-autumn.yaml"


def git(folder, *arguments):
    fixed = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(
        ["git", *fixed, *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8"
    ).stdout


@pytest.fixture
def repository(tmp_path):
    example(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    git(tmp_path, "checkout", "-qb", "change")
    return tmp_path


def commit(folder):
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "next")


def changed(folder, *more, span="main..change"):
    return call("compare", "--rev", span, *more, cwd=folder)


def as_json(folder, **more):
    made = json.loads(changed(folder, "--format", "json", **more).stdout)
    path = Path(render.__file__).parent / "schemas/compare-rev.json"
    jsonschema.validate(made, json.loads(path.read_text(encoding="utf-8")), jsonschema.Draft202012Validator)
    return made


def test_ratings_actions_and_policies(repository):
    call("evaluate", "--set", "gate-greeting=red", "--set", "newsletters=green", cwd=repository)
    text = (repository / DRAFT).read_text(encoding="utf-8")
    (repository / DRAFT).write_text(text.replace("due: 2026-10,", "due: 2027-01,", 1), encoding="utf-8")
    policy = "id: homework\ntitle: Home <b>work</b>\nstatus: live\n"
    (repository / "schools/example-primary/policies/homework.yaml").write_text(policy, encoding="utf-8")
    commit(repository)
    done = changed(repository)
    assert done.returncode == 0, done.stderr
    assert "One rating improved, one rating fell back and one policy changed, in one school." in done.stdout
    assert "● G Green -> ■ R Red (declined)" in done.stdout
    assert "due January 2027" in done.stdout
    markdown = changed(repository, "--format", "markdown").stdout
    assert "Home &lt;b>work" in markdown
    (school,) = as_json(repository)["schools"]
    assert school["school"] == "example-primary"
    (rated,) = school["evaluations"]
    assert [(one["aspect"], one["from"], one["to"]) for one in rated["ratings"]] == [
        ("gate-greeting", "green", "red"),
        ("newsletters", "amber", "green"),
    ]
    assert [(one["id"], one["due"], one["change"]) for one in rated["actions"]] == [
        ("letters-plus-call", "2027-01", "changed")
    ]
    assert [(one["policy"], one["change"]) for one in school["policies"]] == [("homework", "new")]
    assert changed(repository, "--fail-on", "decline").returncode == 1


def test_what_keeps_findings_from_people_is_listed(repository):
    settings = repository / "charterkit.yaml"
    settings.write_text("check: {paths: {schools/a: [CK412, CK413]}}\nreminders: {within: 60d}\n", encoding="utf-8")
    commit(repository)
    waiver = "waivers:\n- {entry: school-food, reason: '@head says GH-1 | so'}\n"
    settings.write_text("check: {paths: {schools/a: [CK]}}\nreminders: {within: 30d}\n" + waiver, encoding="utf-8")
    draft = repository / DRAFT
    draft.write_text(
        draft.read_text(encoding="utf-8") + "# charterkit: ignore[CK412] @head said so\n# charterkit: ignore[CK413]\n",
        encoding="utf-8",
    )
    commit(repository)
    span = "change~1..change"
    shown = changed(repository, span=span).stdout
    assert "charterkit.yaml, check, paths, schools/a: CK412, CK413 -> CK (changed)" in shown
    assert f"Comment in {DRAFT}: not there -> # charterkit: ignore[CK412] @head said so (new)" in shown
    made = as_json(repository, span=span)
    assert {each["setting"]: each["to"] for each in made["settings"]} == {
        "check, paths, schools/a": "CK",
        "reminders, within": "30d",
        "waivers, school-food": "@head says GH-1 | so",
    }
    assert [(each["path"], each["from"]) for each in made["comments"]] == [(DRAFT, None)] * 2
    markdown = changed(repository, "--format", "markdown", span=span).stdout
    assert "What is checked changes" in markdown
    assert "@head" not in markdown
    assert "GH-1" not in markdown
    back = as_json(repository, span="change..change~1")
    assert [each["to"] for each in back["comments"]] == [None, None]


def test_the_work_tree_is_neither_read_nor_touched(repository):
    (repository / DRAFT).write_text("garbage: [", encoding="utf-8")
    done = changed(repository)
    assert done.stdout == "No rating, action or policy changed.\n"
    assert (repository / DRAFT).read_text(encoding="utf-8") == "garbage: ["
    assert git(repository, "status", "--porcelain").strip() == f"M {DRAFT}"


def test_a_note_is_no_change_of_ratings_and_a_comment_none_at_all(repository):
    with (repository / DRAFT).open("a", encoding="utf-8") as file:
        file.write("# a comment\n")
    commit(repository)
    assert changed(repository).stdout == "No rating, action or policy changed.\n"


def test_three_dots_start_where_the_branch_left(repository):
    call("evaluate", "--set", "gate-greeting=red", cwd=repository)
    commit(repository)
    git(repository, "checkout", "-q", "main")
    call("evaluate", "--set", "newsletters=green", cwd=repository)
    commit(repository)
    assert "fell back" in changed(repository, span="main...change").stdout
    assert "improved" not in changed(repository, span="main...change").stdout


def test_a_new_and_a_lost_evaluation(repository):
    call("new", "school", "Other", cwd=repository)
    call("evaluate", "other", "--set", "gate-greeting=red", cwd=repository)
    (repository / DRAFT).unlink()
    commit(repository)
    shown = changed(repository).stdout
    assert "Other" in shown
    assert "New." in shown
    assert "The file is gone." in shown


def test_what_can_no_longer_be_read_is_not_gone_and_what_is_mended_is_not_new(repository):
    policy, draft = repository / "schools/example-primary/policies/behaviour.yaml", repository / DRAFT
    good = policy.read_text(encoding="utf-8"), draft.read_text(encoding="utf-8")
    policy.write_text("id: [", encoding="utf-8")
    draft.write_text(good[1].replace("charter: community-engagement", "charter: another"), encoding="utf-8")
    commit(repository)
    shown = changed(repository).stdout
    assert shown.count("It can no longer be read: see what the check says of it.") == 2
    assert "gone" not in shown
    (school,) = as_json(repository)["schools"]
    assert [one["change"] for one in school["evaluations"] + school["policies"]] == ["unreadable"] * 2
    shown = changed(repository, span="change..main").stdout
    assert shown.count("It could not be read before.") == 2
    assert "came new" not in shown
    policy.write_text(good[0], encoding="utf-8")
    draft.write_text(good[1].replace("due: 2026-10,", "due: 2026-13,"), encoding="utf-8")
    commit(repository)
    (school,) = as_json(repository)["schools"]
    assert [(one["id"], one["change"]) for one in school["evaluations"][0]["actions"]] == [
        ("letters-plus-call", "unreadable")
    ]


def test_links_and_attributes_of_a_pull_request_have_no_say(repository):
    (repository / ".gitattributes").write_text("*.yaml export-ignore\n", encoding="utf-8")
    call("evaluate", "--set", "gate-greeting=red", cwd=repository)
    (repository / "schools" / "out").mkdir()
    (repository / "schools" / "out" / "school.yaml").symlink_to("/etc/hostname")
    (repository / "templates").mkdir()
    (repository / "templates" / "changes.md.j2").write_text("TAKEN OVER", encoding="utf-8")
    commit(repository)
    shown = changed(repository, "--format", "markdown").stdout
    assert "One rating fell back" in shown
    assert "TAKEN OVER" not in shown


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ("main", "this names no two revisions"),
        ("nope..main", "git knows no revision 'nope' here."),
        ("--output=x..main", "git knows no revision '--output=x' here."),
        ("a..b..c", "this names no two revisions"),
    ],
)
def test_a_wrong_span_is_a_sentence(repository, span, said):
    done = call("compare", f"--rev={span}", cwd=repository)
    assert done.returncode == 2
    assert said in done.stderr


def test_outside_a_repository(tmp_path):
    done = changed(example(tmp_path))
    assert done.returncode == 2
    assert "not in a git repository" in done.stderr


def test_stated_levels_targets_and_numbers_stand_before_and_after(tmp_path):
    write(
        tmp_path, {"charterkit.yaml": "", "charters/small.yaml": BOTH, "schools/lathom/school.yaml": "name: Lathom\n"}
    )
    call("evaluate", "--set", "gate=red", "--value", "gate=62%", "--set", "overall=red", cwd=tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    git(tmp_path, "checkout", "-qb", "change")
    aims = ("--value", "gate=71%", "--target", "gate=green@2027-07")
    call("evaluate", *aims, "--set", "overall=amber", "--set", "heard=green", cwd=tmp_path)
    commit(tmp_path)
    lines = changed(tmp_path).stdout.splitlines()
    assert lines[0] == "Two stated levels changed and two targets or numbers changed, in one school."
    assert [line.strip() for line in lines[-4:]] == [
        "Families are heard: as a whole: not yet rated -> ● G Green (changed)",
        "Everything, seen as a whole: ■ R Red -> ▲ A Amber (changed)",
        "Target: The gate is open: none -> Green by July 2027 (new)",
        "Counted: The gate is open: 62% -> 71% (changed)",
    ]
    (evaluation,) = as_json(tmp_path)["schools"][0]["evaluations"]
    assert [(each["part"], each["from"], each["to"]) for each in evaluation["parts"]] == [
        ("heard", None, "green"),
        ("overall", "red", "amber"),
    ]
    assert evaluation["targets"] == [{"aspect": "gate", "from": None, "to": {"level": "green", "by": "2027-07"}}]
    assert evaluation["values"] == [{"aspect": "gate", "from": "62%", "to": "71%"}]
    assert evaluation["ratings"] == []
