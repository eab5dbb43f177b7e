"""`charterkit overview` as an adviser calls it, in a made-up workspace of two trusts and an authority."""

import csv
import io
import json
import sys
import tempfile

import pytest

from charterkit.cli.gathering import _failed
from charterkit.files.workspace import Workspace
from charterkit.many.each import Failed
from tests import many_schools
from tests.cli.calling import call, example
from tests.render.comparison.test_compare import schema


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return many_schools.make(tmp_path_factory.mktemp("many"), 16).root


def made(root, *arguments):
    done = call("overview", *arguments, "--format", "json", cwd=root)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    schema("overview").validate(found)
    return found


def test_all_schools_at_once(root):
    found = made(root)
    assert (found["cycle"], found["schools"], found["population"]) == ("2025-26", 12, 16)
    assert found["stands"] == {
        "rated": 12,
        "draft": 0,
        "other-scale": 0,
        "other-cycle": 1,
        "begun": 0,
        "unread": 1,
        "earlier": 1,
        "later": 0,
        "never": 1,
    }
    assert found["by"] == {}
    assert found["certificates"] == {"valid": 3}
    spoilt = next(each for each in found["each_school"] if each["school"] == many_schools.slug(15))
    assert spoilt["unread"] == ["schools/school-0015/evaluations/2025-26.yaml"]


@pytest.mark.parametrize("by", ["trust", "local-authority", "phase", "school", "group"])
def test_schools_are_put_together(root, by):
    found = made(root, "--by", by)
    assert found["by"]
    if by != "school":
        assert all(group["schools"] is None or group["schools"] >= 5 for group in found["by"].values())


def test_each_school_alone_adds_up_to_all(root):
    found = made(root, "--by", "school")
    groups = [group for group in found["by"].values() if group["levels"]]
    for level, many in found["levels"].items():
        assert sum(group["levels"][level] for group in groups) == many
    moved = [group["moves"]["improved"] for group in groups if group["moves"]]
    assert sum(moved) == found["moves"]["improved"]


def test_one_school_says_of_itself_what_its_own_commands_say(root):
    school = many_schools.slug(2)
    report = json.loads(call("report", school, "--format", "json", cwd=root).stdout)
    moved = json.loads(call("compare", school, "--format", "json", cwd=root).stdout)
    found = made(root, "--by", "school")
    group = found["by"][school]
    for key in ("levels", "met", "not_rated", "not_applicable", "unreadable"):
        assert group[key] == report["counts"][key]
    for key in ("improved", "declined", "unchanged"):
        assert group["moves"][key] == moved["counts"][key]
    line = next(each for each in found["each_school"] if each["school"] == school)
    assert line["ratings"] == {each["aspect"]: each["rating"] for each in report["aspects"]}
    late = json.loads(call("actions", school, "--state", "overdue", "--format", "json", cwd=root).stdout)
    assert line["actions_overdue"] == len(late)


def test_a_term_is_another_cycle(root):
    found = made(root, "--cycle", "autumn 2025")
    assert (found["cycle"], found["schools"], found["stands"]["other-cycle"]) == ("2025-26-autumn", 1, 12)
    assert found["before"] == "2024-25-autumn"


def test_a_cycle_of_nobody_is_told_with_those_there_are(root):
    done = call("overview", "--cycle", "2031-32", cwd=root)
    assert done.returncode == 0
    assert "None of 16 schools is counted in 2031-32." in " ".join(done.stdout.split())
    assert "2024-25 (14)" in done.stdout


def test_a_trust_and_an_authority_are_their_members(root):
    assert made(root, "ash-trust")["population"] == 8
    assert made(root, "Birch Trust")["population"] == 4
    council = made(root, "lark-council")
    assert council["population"] == 6, "those it lists, and those that name it"


def test_a_certificate_in_the_trust_s_folder_counts_for_its_authority_too(tmp_path):
    certified = "school: elm\ncharter: community-engagement\ndate: 2026-03\noutcome: met\n"
    certified += "certificate: {number: C1, issued: 2026-03-20, valid_until: 2029-03}\n"
    files = {
        "charterkit.yaml": "charter: community-engagement\n",
        "schools/elm/school.yaml": "name: Elm\nlocal_authority: Lark\ntrust: ash\n",
        "schools/ash/school.yaml": "name: Ash Trust\nkind: trust\nmembers: [elm]\n",
        "schools/ash/policies/behaviour.yaml": "id: behaviour\ntitle: B\nstatus: live\nnext_review: 2026-03\n",
        "schools/ash/visits/2026-03-12.yaml": certified,
        "schools/lark/school.yaml": "name: Lark\nkind: local-authority\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "charters").mkdir()
    found = made(tmp_path, "lark", "--by", "trust")
    assert (found["population"], found["certificates"]) == (1, {"valid": 1})
    assert [each["body"] for each in found["bodies"]] == ["lark"], "the trust is no part of it"
    assert found["by"]["ash"]["name"] == "Ash Trust"


def test_a_visit_in_the_folder_of_an_authority_that_only_the_school_names_counts_for_its_trust(tmp_path):
    visited = "school: elm\ncharter: community-engagement\ndate: 2026-03\noutcome: met\n"
    files = {
        "charterkit.yaml": "charter: community-engagement\n",
        "schools/elm/school.yaml": "name: Elm\nlocal_authority: the lark\ntrust: ash\n",
        "schools/ash/school.yaml": "name: Ash Trust\nkind: trust\n",
        "schools/lark/school.yaml": "name: The Lark\nkind: local-authority\n",
        "schools/lark/visits/2026-03-12.yaml": visited,
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "charters").mkdir()
    found = made(tmp_path, "ash")
    assert (found["population"], found["visited"]) == (1, 1)
    assert [each["body"] for each in found["bodies"]] == ["ash"]


def test_a_trust_at_which_nothing_can_be_found_out_is_no_school(root):
    workspace = Workspace(root)
    found = [
        _failed(workspace, slug, Failed("ValueError: nobody knows")) for slug in ("ash-trust", many_schools.slug(1))
    ]
    assert [each.kind for each in found] == ["trust", "school"]
    assert found[0].members == workspace.school("ash-trust").school.members
    assert found[0].unread[0].why == "ValueError: nobody knows"


def test_in_a_school_s_folder_all_are_meant_and_in_a_trust_s_its_members(root):
    for slug, population in ((many_schools.slug(1), 16), ("ash-trust", 8)):
        done = call("overview", "--format", "json", cwd=root / "schools" / slug)
        assert json.loads(done.stdout)["population"] == population


@pytest.mark.parametrize("command", ["compare", "report"])
def test_of_a_trust_other_commands_are_the_overview(root, command):
    done = call(command, "ash-trust", "--format", "json", cwd=root)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == made(root, "ash-trust")
    anew = call(command, "ash-trust", "--format", "json", "--no-cache", "--jobs", "2", cwd=root)
    assert anew.stdout == done.stdout


def test_compare_of_a_trust_fails_on_a_decline(root):
    assert call("compare", "ash-trust", "--fail-on", "decline", cwd=root).returncode == 1
    assert call("compare", "ash-trust", cwd=root).returncode == 0
    found = json.loads(call("compare", "ash-trust", "--to", "2024-25", "--format", "json", cwd=root).stdout)
    assert (found["cycle"], found["before"]) == ("2024-25", "2023-24")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("overview", "school-0001"), "is one school"),
        (("overview", "--by", "school", "--public"), "names no school"),
        (("overview", "birch-trust", "--public"), "at least five"),
        (("overview", "--by", "size"), "trust"),
        (("overview", "--reports", "nowhere", "-o", "x.html"), "no folder"),
        (("overview", "--charter", "nothing"), "nothing"),
        (("overview", "--cycle", "2024-25", "--from", "2025-26"), "--from 2025-26 is not before 2024-25"),
        (("overview", "--cycle", "2024-25", "--from", "2024-25"), "--from 2024-25 is not before 2024-25"),
        (("ready", "school-0001", "--jobs", "2"), "--jobs is for --every"),
        (("report", "ash-trust", "--drafts"), "--drafts is for one school"),
        (("compare", "ash-trust", "--all"), "--all is for one school"),
        (("compare", "school-0001", "--jobs", "2"), "--jobs is for an overview of many schools"),
        (("report", "school-0001", "--no-cache"), "--no-cache is for an overview of many schools"),
    ],
)
def test_what_cannot_be_had_is_refused_in_a_sentence(root, arguments, said):
    done = call(*arguments, cwd=root)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_trust_without_members_says_what_to_write(tmp_path):
    many_schools.make(tmp_path, 1)
    done = call("overview", "birch-trust", cwd=tmp_path)
    assert done.returncode == 2
    assert "members: [...]" in done.stderr


def test_the_made_up_school_counts_only_where_it_is_named(tmp_path):
    call("init", "here", cwd=tmp_path)
    root = tmp_path / "here"
    found = made(root)
    assert (found["population"], found["schools"]) == (0, 0)
    assert "example" not in json.dumps(found["each_school"])
    said = call("overview", "--format", "markdown", cwd=root).stdout
    assert "There is no school here yet" in said
    assert "charterkit new school" in said
    assert "|" not in said  # no table of nothing


def test_a_school_of_every_form_of_spoilt_stops_nothing(tmp_path):
    root = many_schools.make(tmp_path, 12).root
    folder = root / "schools" / many_schools.slug(4)
    (folder / "school.yaml").write_bytes(b"\xff\xfe name")
    (folder / "evaluations" / "2025-26.yaml").write_text("&a [*a]\n", encoding="utf-8")
    (root / "schools" / "bare").mkdir()
    found = made(root)
    assert (found["population"], found["schools"]) == (13, 11)
    assert "school-0004/school.yaml" in json.dumps(found["each_school"])


def test_csv_has_a_row_an_aspect_and_what_is_hidden_is_empty(root):
    done = call("overview", "--by", "trust", "--format", "csv", cwd=root)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) == 40 * (1 + 3 + 2), "all, two trusts and none, two focus groups"
    assert {row["level_red"] for row in rows if row["group"] == "birch-trust"} == {""}


def test_csv_by_school_has_each_school_s_own_levels(root):
    done = call("overview", "--by", "school", "--format", "csv", cwd=root)
    rows = [row for row in csv.DictReader(io.StringIO(done.stdout.lstrip("\ufeff"))) if row["by"] != "group"]
    every = {row["aspect"]: row["level_green"] for row in rows if row["group"] == "all"}
    assert any(every.values())
    for aspect, many in every.items():
        green = [row["level_green"] for row in rows if row["aspect"] == aspect and row["by"] == "school"]
        assert len(green) == 16
        assert sum(map(int, filter(None, green))) == int(many)


def test_reports_are_linked_from_where_the_page_lies(root, tmp_path):
    place = root / "site" / "schools" / many_schools.slug(0)
    place.mkdir(parents=True)
    (place / "report.html").write_text("x", encoding="utf-8")
    assert call("overview", "-o", "papers/all.html", cwd=root).returncode == 0
    page = (root / "papers" / "all.html").read_text(encoding="utf-8")
    assert page.count('<a href="../site/schools/school-0000/report.html">') == 1
    (tmp_path / "school-0001.pdf").write_text("x", encoding="utf-8")
    assert call("overview", "--reports", str(tmp_path), "-o", "all.html", cwd=root).returncode == 0
    page = (root / "all.html").read_text(encoding="utf-8")
    assert page.count("/school-0001.pdf") == 1
    assert "site/schools" not in page


def test_parquet_without_its_package_says_which(root, monkeypatch, capsys):
    from charterkit.cli.app import run

    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert run(["--workspace", str(root), "overview", "-o", str(root / "x.parquet")]) == 2
    assert "charterkit[tables]" in capsys.readouterr().err


def test_a_few_schools_need_no_room_on_the_disk(root, monkeypatch, capsys):
    from charterkit.cli.app import run

    monkeypatch.setattr(tempfile, "tempdir", str(root / "gone"))
    assert run(["--workspace", str(root), "overview", "--no-cache", "--format", "json", "--today", "2026-11-22"]) == 0
    assert json.loads(capsys.readouterr().out)["schools"] == 12


def test_where_nothing_is_there_yet(tmp_path):
    example(tmp_path)
    for path in (tmp_path / "schools").iterdir():
        for inner in ("evaluations", "visits"):
            for file in (path / inner).glob("*.yaml"):
                file.unlink()
    done = call("overview", cwd=tmp_path)
    assert done.returncode == 0
    assert "The only school is not counted in" in done.stdout
