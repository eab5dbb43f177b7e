"""Documents on paper, as people ask for them: the planner, the register, gaps, reminders and a policy's page."""

import sys

import pytest

from .calling import call, example, terminal

CALLS = {
    "planner": ("calendar", "example-primary"),
    "aspects": ("calendar", "--by", "aspect"),
    "register": ("policies",),
    "gaps": ("policy", "gaps"),
    "due": ("remind",),
    "behaviour": ("policy", "show", "behaviour"),
    "families": ("policy", "show", "parent-carer-engagement", "--public"),
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return example(tmp_path_factory.mktemp("paper"))


@pytest.mark.alike(3)
@pytest.mark.parametrize("name", CALLS)
def test_the_format_is_told_from_the_name(workspace, name):
    done = call(*CALLS[name], "-o", f"{name}.pdf", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert (workspace / f"{name}.pdf").read_bytes().startswith(b"%PDF-")
    assert f"Written to {name}.pdf." in done.stderr
    assert done.stdout == ""


def test_a_failed_reminder_says_so_after_its_paper_is_written(workspace):
    done = call("remind", "--today", "2030-01-01", "--fail-on", "overdue", "-o", "late.pdf", cwd=workspace)
    assert done.returncode == 1
    assert (workspace / "late.pdf").exists()


def test_letters_no_font_has_are_said(workspace):
    path = workspace / "schools" / "example-primary" / "policies" / "behaviour.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("title: Behaviour", "title: ਪੰਜਾਬੀ Behaviour", 1), encoding="utf-8")
    done = call("policies", "-o", "punjabi.pdf", cwd=workspace)
    path.write_text(before, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "Gurmukhi" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pexpect has no pseudo-terminal there")
@pytest.mark.parametrize("name", ["planner", "due"])
def test_a_pdf_does_not_go_to_a_terminal(workspace, name):
    with terminal(*CALLS[name], "--format", "pdf", cwd=workspace) as seen:
        assert seen.finish() == 0
    assert f"Written to {name}.pdf" in seen.said
    assert (workspace / f"{name}.pdf").read_bytes().startswith(b"%PDF-")
