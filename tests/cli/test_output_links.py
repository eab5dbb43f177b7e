"""No command writes through a link that a pull request brought: `-o` and `--out` of all of them, `init` and `new`."""

import importlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from charterkit.cli.app import VERBS

from .calling import call

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")

SCHOOL = "example-primary"
VERSIONS = Path(__file__).parents[1] / "render/versions"
OLD_AND_NEW = (str(VERSIONS / "lunch-v1.yaml"), str(VERSIONS / "lunch-v2.yaml"))
CALLS: dict[str, list[tuple[str, ...]]] = {
    "report": [("report", SCHOOL, "-o", "out.html"), ("report", SCHOOL, "--format", "markdown", "-o", "out.md")],
    "compare": [("compare", SCHOOL, "-o", "out.csv"), ("compare", SCHOOL, "--all", "-o", "out.html")],
    "overview": [("overview", "-o", "out.csv"), ("overview", "--format", "html", "-o", "out.html")],
    "render-poster": [("render-poster", "-o", "out.html")],
    "render-form": [("render-form", "--school", SCHOOL, "-o", "out.xlsx")],
    "best-practice": [("best-practice", "gate-greeting", "-o", "out.html")],
    "examples propose": [("examples", "propose", "-o", "out.csv")],
    "charter diff": [("charter", "diff", *OLD_AND_NEW, "-o", "out.md")],
    "translate status": [("translate", "status", "-o", "out.md")],
    "site": [("site", SCHOOL, "--out", "folder"), ("site", "--out", "folder/www"), ("site",)],
    "actions": [("actions", "-o", "out.md")],
    "concern list": [("concern", "list", "-o", "out.csv")],
    "policies": [("policies", "-o", "out.json")],
    "policy show": [("policy", "show", "parent-carer-engagement", "-o", "out.html")],
    "policy gaps": [("policy", "gaps", "-o", "out.csv")],
    "agenda": [("agenda", "trustees", "-o", "out.md")],
    "remind": [("remind", "-o", "out.ics"), ("remind", "--format", "email", "-o", "folder/messages")],
    "calendar": [("calendar", "-o", "out.pdf")],
    "evidence list": [("evidence", "list", "--school", SCHOOL, "-o", "out.csv")],
    "evidence pack": [("evidence", "pack", "--school", SCHOOL, "-o", "folder/pack")],
    "survey show": [("survey", "show", "--school", SCHOOL, "-o", "out.md")],
    "ready": [("ready", SCHOOL, "-o", "out.html")],
    "visits": [("visits", "-o", "out.json")],
    "visit show": [("visit", "show", SCHOOL, "-o", "out.html")],
    "visit request": [("visit", "request", SCHOOL, "-o", "out.html")],
    "certificate show": [],  # asks for a certificate first: tests/credential/test_certificate.py
    "keys publish": [],  # asks for a key first: tests/credential/
    "translate words": [("translate", "words", "--lang", "cy", "-o", "out.csv")],
    "check": [
        ("check", "-o", "out.sarif"),
        ("check", "-o", "out.xml"),
        ("check", "--statistics", "-o", "out.json"),
        ("check", "--fix", "--output-file", "out.json"),
    ],
    "schema": [("schema", "policy", "-o", "out.json")],
}
"""Every command with an output, and calls of it."""
VICTIMS = ("csv", "html", "ics", "json", "md", "pdf", "sarif", "xlsx", "xml")


def outputs(command: Any, name: str = "") -> Iterator[str]:
    """The commands that take `-o`."""
    for inner in getattr(command, "commands", {}).values():
        yield from outputs(inner, f"{name} {inner.name}".strip())
    if any("-o" in option.opts for option in command.params):
        yield name


def test_every_command_with_an_output_is_called_here():
    found = set()
    for verb, module in VERBS.items():
        found |= set(outputs(typer.main.get_command(importlib.import_module(f"charterkit.cli.{module}").app), verb))
    left_out = found ^ set(CALLS)
    assert not left_out, f"CALLS has a call for each command with -o, and these differ: {sorted(left_out)}"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A repository made with `init`, beside a home."""
    base = tmp_path_factory.mktemp("links")
    assert call("init", "repo", cwd=base).returncode == 0
    settings = base / "repo/charterkit.yaml"  # what is made up would count only where it is named
    settings.write_text(settings.read_text(encoding="utf-8").replace("examples:", "# examples:"), encoding="utf-8")
    git("init", "--quiet", cwd=base / "repo")
    (base / "home").mkdir()
    for one in VICTIMS:
        (base / "home" / f"mine.{one}").write_bytes(b"mine")
    return base


@pytest.fixture
def repo(made, tmp_path):
    shutil.copytree(made, tmp_path, dirs_exist_ok=True, symlinks=True)
    return tmp_path / "repo"


def git(*arguments, cwd):
    subprocess.run(["git", *arguments], cwd=cwd, check=True, capture_output=True)


def files(folder: Path):
    return {one: one.read_bytes() for one in folder.rglob("*") if one.is_file() and ".git" not in one.parts}


def refused(*arguments, cwd, said, **more):
    done = call(*arguments, cwd=cwd, **more)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    link, where = said
    assert str(link) in done.stderr
    assert f"to {where}" in done.stderr
    assert "Nothing was written." in done.stderr
    return done


@pytest.mark.alike(5)
@pytest.mark.parametrize("arguments", [one for calls in CALLS.values() for one in calls], ids=" ".join)
def test_no_command_writes_through_a_link_that_leads_out(repo, arguments):
    home = repo.parent / "home"
    for one in VICTIMS:
        (repo / f"out.{one}").symlink_to(f"../home/mine.{one}")
    (repo / "folder").symlink_to("../home", target_is_directory=True)
    (repo / "site").symlink_to("../home/www")
    note = repo / "schools" / SCHOOL / "school.yaml"
    note.write_text(note.read_text(encoding="utf-8") + "   \n", encoding="utf-8")  # something that --fix would mend
    before = files(repo.parent)
    where = arguments[-1] if len(arguments) > 1 else "site"
    name = repo / where.split("/")[0]
    refused(*arguments, cwd=repo, said=(name, os.path.realpath(name)))
    assert files(repo.parent) == before
    assert sorted(one.name for one in home.iterdir()) == [f"mine.{one}" for one in VICTIMS]


def test_a_link_in_the_repository_above_a_workspace_in_a_folder(repo):
    """From the top, from the workspace, and from elsewhere; the link leads out of one, both or a folder above."""
    (repo / "data").mkdir()
    for one in ("charters", "schools", "charterkit.yaml"):
        (repo / one).rename(repo / "data" / one)
    git("add", "-A", cwd=repo)
    link = repo / "report.html"
    link.symlink_to("../home/mine.html")
    said = (link, repo.parent / "home/mine.html")
    refused("--workspace", "data", "report", SCHOOL, "-o", "report.html", cwd=repo, said=said)
    refused("report", SCHOOL, "-o", "../report.html", cwd=repo / "data", said=said)
    refused("report", SCHOOL, "-o", "./schools/../../report.html", cwd=repo / "data", said=said)
    refused("--workspace", "repo/data", "report", SCHOOL, "-o", str(link), cwd=repo.parent, said=said)
    shutil.rmtree(repo / ".git")
    on_github = {"GITHUB_WORKSPACE": str(repo)}  # a checkout without git is a plain folder
    refused("--workspace", "data", "report", SCHOOL, "-o", "report.html", cwd=repo, said=said, **on_github)
    assert (repo.parent / "home/mine.html").read_bytes() == b"mine"


def test_a_link_in_the_current_folders_repository(repo, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    git("init", "--quiet", cwd=other)
    (other / "out.json").symlink_to("../home/mine.json")
    said = (other / "out.json", tmp_path / "home/mine.json")
    refused("schema", "policy", "-o", "out.json", cwd=other, said=said)
    refused("--workspace", str(repo), "policies", "-o", "out.json", cwd=other, said=said)


def test_one_message_that_is_a_link_keeps_all_of_them(repo):
    call("remind", "--format", "email", "-o", "messages", cwd=repo)
    names = sorted(one.name for one in (repo / "messages").iterdir())
    assert len(names) > 1
    shutil.rmtree(repo / "messages")
    (repo / "messages").mkdir()
    (repo / "messages" / names[-1]).symlink_to("../../home/new.eml")
    said = (repo / "messages" / names[-1], repo.parent / "home/new.eml")
    refused("remind", "--format", "email", "-o", "messages", cwd=repo, said=said)
    assert [one.name for one in (repo / "messages").iterdir()] == [names[-1]]
    assert not (repo.parent / "home/new.eml").exists()


def test_links_inside_and_a_persons_own_are_followed(repo, tmp_path):
    (repo / "latest.html").symlink_to("made/2026.html")
    (repo / "out").symlink_to("made")
    (tmp_path / "mine").symlink_to(tmp_path / "home")
    for output, real in (
        ("latest.html", "repo/made/2026.html"),
        ("out/deep/report.html", "repo/made/deep/report.html"),
        ("../mine/report.html", "home/report.html"),
        (str(tmp_path / "mine/mine.html"), "home/mine.html"),
    ):
        done = call("report", SCHOOL, "-o", output, cwd=repo)
        assert done.returncode == 0, done.stderr
        assert b"<html" in (tmp_path / real).read_bytes()
    assert (repo / "latest.html").is_symlink()
    assert call("site", SCHOOL, "--out", "../mine/www", cwd=repo).returncode == 0
    assert (tmp_path / "home/www/index.html").is_file()


def test_a_link_to_the_workspaces_own_files_is_refused_as_before(repo):
    (repo / "report.md").symlink_to(f"schools/{SCHOOL}/school.md")
    done = call("report", SCHOOL, "-o", "report.md", cwd=repo)
    assert done.returncode == 2
    assert "among the workspace's own files" in done.stderr


@pytest.mark.parametrize("to", ["report.html", "./charters/../report.html"])
def test_a_loop_is_a_sentence(repo, to):
    (repo / "report.html").symlink_to(to)
    done = call("report", SCHOOL, "-o", "report.html", cwd=repo)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_streams_and_pipes_are_written_to_from_a_repository(repo):
    shown = call("report", SCHOOL, cwd=repo).stdout
    assert call("-q", "report", SCHOOL, "--format", "markdown", "-o", "/dev/null", cwd=repo).returncode == 0
    if Path("/dev/stdout").exists():
        assert call("-q", "report", SCHOOL, "--format", "markdown", "-o", "/dev/stdout", cwd=repo).stdout == shown
    os.mkfifo(repo / "pipe.md")
    with subprocess.Popen(["cat", "pipe.md"], cwd=repo, stdout=subprocess.PIPE, encoding="utf-8") as reader:
        assert call("-q", "report", SCHOOL, "-o", "pipe.md", cwd=repo).returncode == 0
        assert reader.communicate(timeout=30)[0] == shown


class TestInit:
    @pytest.mark.parametrize("link", ["charters", "schools", ".charterkit", ".github", "."])
    def test_into_a_folder_with_a_link_out(self, tmp_path, link):
        home, new = tmp_path / "home", tmp_path / "repo" / "new"
        home.mkdir()
        new.parent.mkdir()
        git("init", "--quiet", cwd=new.parent)
        (new / link).parent.mkdir(exist_ok=True)
        (new / link).symlink_to(home)
        refused("init", "new", "--with", "git", cwd=new.parent, said=(new / link, home))
        assert list(home.iterdir()) == []
        assert files(tmp_path) == {}

    @pytest.mark.parametrize("to", ["../home", "../gone"])
    def test_without_a_repository_and_to_nowhere(self, tmp_path, to):
        (tmp_path / "home").mkdir()
        (tmp_path / "new").mkdir()
        (tmp_path / "new/charters").symlink_to(to)
        refused("init", cwd=tmp_path / "new", said=(tmp_path / "new/charters", tmp_path / to[3:]))
        assert sorted(one.name for one in tmp_path.rglob("*")) == ["charters", "home", "new"]

    def test_what_is_added_later(self, repo):
        (repo / ".github").symlink_to("../home")
        refused("init", "--with", "reminders", cwd=repo, said=(repo / ".github", repo.parent / "home"))
        assert not (repo.parent / "home/workflows").exists()

    def test_a_folder_behind_a_persons_own_link(self, tmp_path):
        (tmp_path / "home").mkdir()
        (tmp_path / "mine").symlink_to("home")
        assert call("init", "mine/new", cwd=tmp_path).returncode == 0
        assert (tmp_path / "home/new/charterkit.yaml").is_file()


class TestNew:
    @pytest.mark.parametrize(
        "arguments",
        [
            ("school", "Northgate"),
            ("trust", "North Trust"),
            ("policy", "Homework", "--school", SCHOOL),
            ("charter", "Our charter"),
            ("charter", "--next-version-of", "community-engagement"),
            ("evaluation", SCHOOL, "--cycle", "2026-27-spring", "--today", "2027-02-01"),
        ],
        ids=" ".join,
    )
    def test_a_workspace_that_became_a_link_out_of_the_repository(self, repo, arguments):
        (repo.parent / "elsewhere").mkdir()
        for one in ("charters", "schools", "charterkit.yaml"):
            (repo / one).rename(repo.parent / "elsewhere" / one)
        (repo / "ours").symlink_to("../elsewhere")
        before = files(repo.parent)
        refused("--workspace", "ours", "new", *arguments, cwd=repo, said=(repo / "ours", repo.parent / "elsewhere"))
        assert files(repo.parent) == before
        assert call("--workspace", "../elsewhere", "new", *arguments, cwd=repo).returncode == 0

    def test_a_folder_of_it_that_is_a_link(self, repo):
        shutil.move(repo / "schools", repo.parent / "elsewhere")
        (repo / "schools").symlink_to("../elsewhere")
        done = call("new", "school", "Northgate", cwd=repo)
        assert done.returncode == 2
        assert "leads out of the workspace" in done.stderr
        assert not (repo.parent / "elsewhere/northgate").exists()


SOURCES = [
    ("evaluate", SCHOOL, "--set", "gate-greeting=red", "--cycle", "2025-26-autumn"),
    ("policy", "review", "parent-carer-engagement", "--by", "SLT"),
    ("action", "add", SCHOOL, "Greet families"),
    ("new", "school", "Elm Lane School"),
]


@pytest.mark.parametrize("arguments", SOURCES, ids=lambda arguments: " ".join(arguments[:2]))
def test_no_source_is_written_in_a_workspace_that_is_a_link_out_of_a_repository(repo, tmp_path, arguments):
    """Named, and stood in as a shell does that keeps the link's name."""
    outside = tmp_path / "elsewhere"
    repo.rename(outside)
    around = tmp_path / "around"
    subprocess.run(["git", "init", "-q", str(around)], check=True)
    (around / "ws").symlink_to(outside)
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    done = call("--workspace", "ws", *arguments, cwd=around)
    assert done.returncode == 2, done.stdout
    assert "is a link that leads out of" in done.stderr.replace("\n", " ")
    assert {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()} == before
