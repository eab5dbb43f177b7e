"""Where an output goes: through no link that leads out of the workspace or a repository around it."""

import errno
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.errors import CharterkitError
from charterkit.files.leaving import around, place, repositories
from charterkit.files.write import write_output

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")


@pytest.fixture
def top(tmp_path):
    """A git repository beside somebody's home, with a workspace two folders down in it."""
    (tmp_path / "home/.ssh").mkdir(parents=True)
    (tmp_path / "home/.ssh/authorized_keys").write_bytes(b"mine")
    (tmp_path / "home/report.html").write_bytes(b"mine")
    folder = tmp_path / "repo"
    (folder / "data/ours/schools").mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    return folder


def ours(top):
    return around(top / "data/ours")


def link(at: Path, to: "Path | str") -> Path:
    at.parent.mkdir(parents=True, exist_ok=True)
    at.symlink_to(to)
    return at


def refused(path, tops, *said):
    with pytest.raises(CharterkitError) as caught:
        place(path, tops)
    for one in said:
        assert str(one) in caught.value.message
    assert "Nothing was written" in caught.value.hint


def test_the_repository_is_found_from_a_folder_in_it_and_through_a_link_to_it(top, tmp_path):
    assert repositories(top / "data/ours") == (top,)
    assert repositories(tmp_path) == ()
    assert repositories(link(tmp_path / "way", top / "data")) == (top,)
    assert ours(top) == (top / "data/ours", top)


def test_a_worktrees_file_in_place_of_the_folder_is_a_repository_too(tmp_path):
    (tmp_path / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    assert repositories(tmp_path / "a") == (tmp_path,)


@pytest.mark.parametrize(
    ("at", "to", "path"),
    [
        ("data/ours/report.html", "../../../home/report.html", "data/ours/report.html"),
        ("report.html", "../home/report.html", "report.html"),
        ("report.html", "../home/new.html", "report.html"),
        ("report.html", "../gone/new.html", "report.html"),
        ("data/ours/out", "../../../home", "data/ours/out/a/b/report.html"),
        ("data/out", "../../home", "data/ours/../out/report.html"),
        ("data", "../home", "data/ours/out/report.html"),
        ("out", "..", "out/home/report.html"),
        ("out", "../home", "out/../repo/report.html"),
        ("out", "../home", "data/../out/report.html"),
        ("report.html", "data/../../home/report.html", "report.html"),
        ("data/ours/report.html", "../report.html", "data/ours/report.html"),
        ("out", "/", "out/dev/null"),
        ("null", "/dev/null", "null"),
    ],
    ids=str,
)
def test_a_link_in_the_repository_that_leads_out(top, at, to, path):
    if at == "data":
        (top / "data").rename(top / "data.old")
    made = link(top / at, to)
    refused(top / path, around(top / ("data.old/ours" if at == "data" else "data/ours")), made, "leads out of")
    assert (top.parent / "home/report.html").read_bytes() == b"mine"


def test_the_sentence_names_the_link_where_it_leads_and_what_to_do(top):
    made = link(top / "report.html", "../home/.ssh/authorized_keys")
    with pytest.raises(CharterkitError) as caught:
        place(made, ours(top))
    keys = top.parent / "home/.ssh/authorized_keys"
    assert caught.value.message == f"{made} is a link that leads out of {top}, to {keys}."
    assert caught.value.hint == (
        "Nothing was written. The link may have come with somebody else's change: delete it, or name the place itself "
        "where you want to write."
    )


def test_a_chain_of_links_is_refused_at_its_first_step(top):
    link(top / "b.html", "../home/report.html")
    link(top / "a.html", "b.html")
    refused(top / "a.html", ours(top), top / "a.html", "home/report.html")


def test_a_persons_own_link_to_a_link_of_the_repository(top, tmp_path):
    inner = link(top / "report.html", "../home/report.html")
    refused(link(tmp_path / "mine.html", inner), ours(top), inner)
    refused(link(tmp_path / "my folder", top) / "report.html", ours(top), inner)


def test_a_link_out_and_back_in_ends_where_it_may(top, tmp_path):
    link(tmp_path / "mine", top / "data")
    made = link(top / "report.html", "../mine/ours/report.html")
    assert place(made, ours(top)) == top / "data/ours/report.html"


def test_links_of_a_workspace_without_a_repository(tmp_path):
    (tmp_path / "ws").mkdir()
    made = link(tmp_path / "ws/report.html", "../report.html")
    refused(made, around(tmp_path / "ws"), made)
    assert place(made, ()) == tmp_path / "report.html"


def test_a_link_stays_in_the_innermost_repository(top):
    """A home folder may be a repository of its own: what is in it is not for a workspace in it to write to."""
    subprocess.run(["git", "init", "--quiet", str(top.parent)], check=True)
    made = link(top / "report.html", "../home/report.html")
    refused(made, ours(top), f"leads out of {top},")
    assert place(link(top.parent / "r.html", "home/report.html"), ours(top)) == top.parent / "home/report.html"


@pytest.mark.parametrize("to", [".git/config", ".git/hooks/post-checkout", ".venv/bin/x", "data/.env", "data/.a/b"])
def test_a_link_to_a_hidden_place_of_the_repository(top, to):
    refused(link(top / "report", to), ours(top), "hidden place", to)
    refused(link(top / "out", Path(to).parent if "/.a/" in to or to[0] == "." else ".git") / "x", ours(top), "hidden")


@pytest.mark.parametrize("to", ["venv/lib/site-packages/a.pth", "Makefile", "data/tool.py"])
def test_a_link_to_a_file_of_another_kind(top, to):
    refused(link(top / "report.txt", to), ours(top), "another kind", to)


@pytest.mark.parametrize(
    ("at", "to", "path", "real"),
    [
        ("latest.html", "data/2026.html", "latest.html", "data/2026.html"),
        ("latest.HTML", "data/2026.html", "latest.HTML", "data/2026.html"),
        ("out", "data/made", "out/x/report.html", "data/made/x/report.html"),
        ("site", "data/site-v1.2", "site", "data/site-v1.2"),
        ("data/ours/out", "made", "data/ours/out/../report.html", "data/ours/report.html"),
        ("here", ".", "here/here/report.html", "report.html"),
    ],
)
def test_a_link_that_stays_inside_is_followed(top, at, to, path, real):
    (top / "data/site-v1.2").mkdir()
    link(top / at, to)
    assert place(top / path, ours(top)) == top / real


def test_an_absolute_link_to_a_place_inside(top):
    made = link(top / "latest.html", top / "data/2026.html")
    write_output(made, b"new", ours(top))
    assert made.is_symlink()
    assert (top / "data/2026.html").read_bytes() == b"new"


def test_a_link_outside_is_the_persons_own(top, tmp_path):
    made = link(tmp_path / "mine", tmp_path / "home")
    write_output(made / "report.html", b"new", ours(top))
    assert (tmp_path / "home/report.html").read_bytes() == b"new"
    write_output(link(tmp_path / "keys", tmp_path / "home/.ssh/authorized_keys"), b"new", ours(top))
    assert (tmp_path / "home/.ssh/authorized_keys").read_bytes() == b"new"


@pytest.mark.parametrize("at", ["loop.html", "data/ours/loop.html", "../loop.html"])
def test_a_loop_is_no_place(top, at):
    link(top / at, Path(at).name)
    with pytest.raises(OSError, match="symbolic links"):
        place(Path(os.path.normpath(top / at)), ours(top))


def test_writing_finds_the_repository_by_itself_when_it_is_not_told(top):
    made = link(top / "report.html", "../home/report.html")
    with pytest.raises(CharterkitError, match="leads out of"):
        write_output(made, b"new")
    with pytest.raises(CharterkitError, match="leads out of"):
        write_output(link(top / "out", "../home") / "new/report.html", b"new")
    assert sorted(one.name for one in (top.parent / "home").iterdir()) == [".ssh", "report.html"]


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="needs /proc")
def test_nor_through_the_systems_own_way_to_the_folder(top, monkeypatch):
    monkeypatch.chdir(top)
    made = link(top / "report.html", "../home/report.html")
    for way in ("/proc/self/cwd", f"/proc/{os.getpid()}/cwd", f"/proc/self/root{top}"):
        with pytest.raises(CharterkitError, match="leads out of"):
            write_output(Path(way, "report.html"), b"new", ours(top))
    assert made.read_bytes() == b"mine"


NAMES = st.sampled_from(["a", "b", "c", "..", "repo", "home"])
WAYS = st.lists(NAMES, min_size=1, max_size=5).map("/".join)


@given(st.dictionaries(st.sampled_from(["a", "b", "c", "c/a", "c/b"]), WAYS, max_size=4), WAYS)
def test_where_it_ends_is_where_the_system_ends_and_nothing_leaves(tmp_path_factory, links, way):
    """Whatever links a repository brings: an output from inside lands inside, and where the links say."""
    top = tmp_path_factory.mktemp("any") / "repo"
    (top / ".git").mkdir(parents=True)
    (top / "c").mkdir()
    (top.parent / "home").mkdir()
    for at, to in links.items():
        if not (top / at).is_dir():
            link(top / at, to)
    leaves = [at for at in links if not Path(os.path.realpath(top / at)).is_relative_to(top)]
    ended = outcome(top / way, (top,))
    if isinstance(ended, CharterkitError):
        assert any(f"{top / at} is a link" in ended.message for at in leaves)
    elif isinstance(ended, OSError):
        assert ended.errno == errno.ELOOP
    else:
        assert str(ended) == os.path.realpath(top / way)
        assert ended.is_relative_to(top) or ".." in way


def outcome(path, tops):
    try:
        return place(path, tops)
    except (CharterkitError, OSError) as error:
        return error
