"""A folder of pages: what was written before is replaced, and nobody else's file is ever touched."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from charterkit.errors import CharterkitError
from charterkit.files import beside
from charterkit.files.publish import KEPT, LIST, Scope, publish

PAGES = {"index.html": b"one", "policies/index.html": b"two", "policies/behaviour.html": b"three"}


@pytest.fixture
def root(tmp_path):
    for folder in ("schools/north", "charters", "templates", "packs", ".git", ".charterkit"):
        (tmp_path / "here" / folder).mkdir(parents=True)
    return tmp_path / "here"


def files(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_pages_are_there_and_a_second_time_nothing_is_touched(root):
    out = root / "site"
    publish(out, PAGES, root)
    first, times = files(out), {one: one.stat().st_mtime_ns for one in out.rglob("*")}
    assert {**PAGES, LIST: first[LIST]} == first
    publish(out, PAGES, root)
    assert files(out) == first
    assert {one: one.stat().st_mtime_ns for one in out.rglob("*") if one.name != LIST and one.is_file()}.items() <= (
        times.items()
    )


def test_what_no_longer_belongs_goes_with_its_folder(root):
    out = root / "site"
    publish(out, PAGES, root)
    found = publish(out, {"index.html": b"new"}, root)
    assert found.removed == ("policies/behaviour.html", "policies/index.html")
    assert [one.name for one in out.iterdir()] != []
    assert set(files(out)) == {"index.html", LIST}
    assert not (out / "policies").exists()


def test_files_of_others_stay(root):
    out = root / "site"
    publish(out, PAGES, root)
    (out / "CNAME").write_bytes(b"school.example")
    (out / "policies" / "own.pdf").write_bytes(b"pdf")
    publish(out, {"index.html": b"one"}, root)
    assert set(files(out)) == {"index.html", LIST, "CNAME", "policies/own.pdf"}


def test_a_withdrawn_page_goes_though_somebody_changed_it_and_is_kept_where_nobody_reads_it(root):
    out = root / "site"
    publish(out, PAGES, root)
    (out / "policies" / "behaviour.html").write_bytes(b"changed by hand")
    found = publish(out, {"index.html": b"one"}, root)
    ((path, kept),) = found.changed
    assert path == "policies/behaviour.html"
    assert path in found.removed
    assert set(files(out)) == {"index.html", LIST}
    assert kept.startswith(f"{KEPT}/policies/behaviour-")
    assert (root / kept).read_bytes() == b"changed by hand"
    assert publish(out, {"index.html": b"one"}, root).changed == ()


def test_a_page_that_was_changed_by_hand_is_made_anew_and_said(root):
    out = root / "site"
    publish(out, PAGES, root)
    (out / "index.html").write_bytes(b"mine")
    ((path, kept),) = publish(out, PAGES, root).changed
    assert path == "index.html"
    assert (root / kept).read_bytes() == b"mine"
    assert (out / "index.html").read_bytes() == b"one"


def test_a_page_that_somebody_deleted_is_made_anew_and_nothing_of_it_kept(root):
    out = root / "site"
    publish(out, PAGES, root)
    (out / "index.html").unlink()
    (out / "policies" / "index.html").unlink()
    found = publish(out, {"index.html": b"one"}, root)
    assert found.changed == ()
    assert found.removed == ("policies/behaviour.html", "policies/index.html")
    assert set(files(out)) == {"index.html", LIST}
    assert not (root / KEPT).exists()


def test_what_was_taken_away_is_not_ours_any_more(root):
    out = root / "site"
    publish(out, PAGES, root)
    publish(out, {"index.html": b"one"}, root)
    (out / "policies").mkdir()
    (out / "policies" / "index.html").write_bytes(b"mine")
    found = publish(out, {"index.html": b"one"}, root)
    assert (found.removed, found.changed) == ((), ())
    assert (out / "policies" / "index.html").read_bytes() == b"mine"


def test_a_page_of_two_endings_is_kept_with_both(root):
    out = root / "site"
    for page in ("report.en.html", "folder/plain"):
        publish(out / page.partition(".")[0].replace("/", "-"), {page: b"one"}, root)
    first, second = out / "report", out / "folder-plain"
    (first / "report.en.html").write_bytes(b"mine")
    (second / "folder" / "plain").write_bytes(b"mine")
    ((_, kept),) = publish(first, {"report.en.html": b"one"}, root).changed
    assert re.fullmatch(rf"{KEPT}/report\.en-[0-9a-f]{{8}}\.html", kept)
    assert publish(second, {"folder/plain": b"mine"}, root).changed == ()


def test_what_is_kept_is_not_written_through_a_link_of_its_very_name(root, tmp_path):
    out, outside = root / "site", tmp_path / "outside"
    publish(out, PAGES, root)
    (out / "index.html").write_bytes(b"mine")
    name = f"index-{hashlib.sha256(b'mine').hexdigest()[:8]}.html"
    (root / KEPT).mkdir()
    (root / KEPT / name).symlink_to(outside)
    with pytest.raises(CharterkitError, match="behind a link"):
        publish(out, PAGES, root)
    assert not outside.exists()


@pytest.mark.parametrize("link", [".charterkit", ".charterkit/changed", ".charterkit/changed/policies"])
def test_what_is_kept_never_leaves_the_workspace_through_a_link(root, tmp_path, link):
    """A pull request may bring a link in the workspace's own folder, and a list with a page that looks changed."""
    out, outside = root / "site", tmp_path / "outside"
    publish(out, PAGES, root)
    (out / "policies" / "behaviour.html").write_bytes(b"changed by hand")
    outside.mkdir()
    (root / ".charterkit").rmdir()
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(outside, target_is_directory=True)
    before = files(out)
    with pytest.raises(CharterkitError, match="behind a link"):
        publish(out, {"index.html": b"new"}, root)
    assert list(outside.iterdir()) == []
    assert files(out) == before


def test_other_ends_of_lines_are_no_change(root):
    out = root / "site"
    pages = {"index.html": b"one\ntwo\n", "poster.pdf": b"a\nb\n", "policies/index.html": b"x\ny\n"}
    publish(out, pages, root)
    for path in [*pages, LIST]:
        (out / path).write_bytes((out / path).read_bytes().replace(b"\n", b"\r\n"))
    found = publish(out, {"index.html": b"one\nthree\n", "poster.pdf": b"a\nb\n"}, root)
    assert [path for path, _ in found.changed] == ["poster.pdf"]
    assert found.removed == ("policies/index.html",)
    assert not (out / "policies").exists()


def test_pages_of_others_are_not_lost_to_a_call_for_one(root):
    out = root / "site"
    everybody = {"index.html": b"all", "schools/a/index.html": b"a", "schools/b/index.html": b"b"}
    publish(out, everybody, root, Scope("", ("a", "b")))
    before = files(out)
    with pytest.raises(CharterkitError, match="pages of another organisation, and 2 pages would be taken away"):
        publish(out, {"index.html": b"a"}, root, Scope("a", ("a",)))
    assert files(out) == before
    found = publish(out, {"index.html": b"a"}, root, Scope("", ("a",)))
    assert found.removed == ("schools/a/index.html", "schools/b/index.html")
    publish(out, everybody, root, Scope("trust", ("trust", "a", "b")))


def test_a_site_of_nobody_can_be_made_again(root):
    for _ in range(2):
        assert publish(root / "site", {"index.html": b"all"}, root, Scope()).removed == ()
    assert publish(root / "site", PAGES, root, Scope("all", ("all",))).pages == 3
    with pytest.raises(CharterkitError, match="was made for all: it has pages of another organisation"):
        publish(root / "site", PAGES, root, Scope("", ("north",)))


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (".", "holds the workspace itself"),
        ("..", "holds the workspace itself"),
        ("schools", "among the workspace's own files"),
        ("schools/north", "among the workspace's own files"),
        ("charters/site", "among the workspace's own files"),
        ("Templates", "among the workspace's own files"),
        ("templates", "among the workspace's own files"),
        ("packs", "among the workspace's own files"),
        (".charterkit", "among the workspace's own files"),
        (".git", "belongs to git"),
        (".git/site", "belongs to git"),
        ("../elsewhere/.git/site", "belongs to git"),
        ("file", "is no folder"),
    ],
)
def test_the_workspaces_own_folders_are_refused(root, place, why):
    (root / "file").write_bytes(b"mine")
    before = files(root)
    with pytest.raises(CharterkitError, match=why):
        publish(root / place, PAGES, root)
    assert files(root) == before


def test_a_folder_beside_the_workspace_is_not_its_own(root):
    for out in (root / "site", root / "public" / "schools", root.parent / "charters", root.parent / "other" / "site"):
        assert publish(out, PAGES, root).pages == 3
        assert PAGES.items() <= files(out).items()


def test_of_a_long_path_no_more_is_said_than_a_sentence_holds(root):
    out = root / "/".join(["long-folder"] * 30)
    out.mkdir(parents=True)
    (out / "mine").write_bytes(b"")
    with pytest.raises(CharterkitError) as refused:
        publish(out, PAGES, root)
    assert len(refused.value.message.partition(" holds")[0]) == 200


@pytest.mark.parametrize("there", ["index.html", "notes.txt", "policies"])
def test_a_folder_with_anything_in_it_is_refused(root, there):
    out = root / "site"
    out.mkdir()
    (out / there).write_bytes(b"mine")
    with pytest.raises(CharterkitError, match="did not write"):
        publish(out, PAGES, root)
    assert files(out) == {there: b"mine"}


def test_somebody_elses_file_where_a_page_is_to_lie_stops_everything(root):
    out = root / "site"
    publish(out, {"index.html": b"one"}, root)
    (out / "report.html").write_bytes(b"mine")
    before = files(out)
    with pytest.raises(CharterkitError, match=r"report\.html is there already"):
        publish(out, {"index.html": b"new", "report.html": b"ours"}, root)
    assert files(out) == before
    (out / "policies").write_bytes(b"mine")
    with pytest.raises(CharterkitError, match="policies is no folder"):
        publish(out, PAGES, root)


@pytest.mark.parametrize(
    "row",
    [
        f"{'0' * 64}  ../outside.txt",
        f"{'0' * 64}  /etc/passwd",
        f"{'0' * 64}  a/../../outside.txt",
        "outside.txt",
        f"{'0' * 64}  .git/config",
        "\xff",
    ],
)
def test_a_list_that_somebody_changed_is_not_believed(root, row):
    out = root / "site"
    publish(out, PAGES, root)
    (root / "outside.txt").write_bytes(b"mine")
    (out / LIST).write_bytes((out / LIST).read_bytes() + f"{row}\n".encode("latin-1"))
    with pytest.raises(CharterkitError, match="not as charterkit wrote it"):
        publish(out, PAGES, root)
    assert (root / "outside.txt").read_bytes() == b"mine"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
@pytest.mark.parametrize("link", ["policies", "index.html", LIST])
def test_nothing_is_written_or_deleted_through_a_link(root, tmp_path, link):
    out, outside = root / "site", tmp_path / "outside"
    outside.mkdir()
    for name in ("behaviour.html", "index.html"):
        (outside / name).write_bytes(b"three")
    publish(out, PAGES, root)
    real = out / link
    if real.is_dir():
        for one in real.iterdir():
            one.unlink()
        real.rmdir()
        real.symlink_to(outside)
    else:
        real.unlink()
        real.symlink_to(outside / "index.html")
    before = files(outside)
    for pages in (PAGES, {"index.html": b"one"}):
        with pytest.raises(CharterkitError):
            publish(out, pages, root)
    assert files(outside) == before


def test_a_link_to_the_folder_itself_leads_where_it_says_but_not_into_the_workspaces_files(root, tmp_path):
    (tmp_path / "served").mkdir()
    (tmp_path / "www").symlink_to(tmp_path / "served")
    publish(tmp_path / "www", PAGES, root)
    assert PAGES.items() <= files(tmp_path / "served").items()
    (tmp_path / "trap").symlink_to(root / "schools")
    with pytest.raises(CharterkitError, match="own files"):
        publish(tmp_path / "trap", PAGES, root)


def test_a_link_in_the_workspace_is_followed_only_where_nobody_else_can_have_brought_it(root, tmp_path):
    (tmp_path / "served").mkdir()
    (root / "www").symlink_to(tmp_path / "served")
    with pytest.raises(CharterkitError):
        publish(root / "www", PAGES, root)
    assert files(tmp_path / "served") == {}
    publish(root / "www", PAGES, root, tops=())
    assert PAGES.items() <= files(tmp_path / "served").items()


@contextmanager
def small_disk(most: int) -> Iterator[None]:
    """One on which no file may be larger."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_run_that_was_cut_off_can_be_run_again(root):
    out = root / "site"
    publish(out, PAGES, root)
    new = {"a-first.html": b"new", "index.html": b"new", "report.html": b"n" * 5000, "you-said-we-did.html": b"new"}
    with small_disk(2000), pytest.raises(CharterkitError, match=r"cannot be written: [^\[]"):
        publish(out, new, root)
    assert files(out)["a-first.html"] == files(out)["index.html"] == b"new"
    assert not (out / "report.html").exists()
    assert publish(out, new, root).changed == ()
    assert set(files(out)) == {*new, LIST}
    assert files(out)[LIST].count(b"\n") == 5


def test_a_page_that_has_become_a_folder_is_said_in_the_disk_s_words(root):
    publish(root / "site", PAGES, root)
    (root / "site" / "index.html").unlink()
    (root / "site" / "index.html").mkdir()
    with pytest.raises(CharterkitError, match=r"site cannot be written: Is a directory\."):
        publish(root / "site", PAGES, root)
    with pytest.raises(CharterkitError, match=r"cannot be written: .*embedded null"):
        publish(root / "a\0b", PAGES, root)


def test_a_folder_that_cannot_be_made_is_said(root):
    (root / "file").write_bytes(b"")
    with pytest.raises(CharterkitError, match=r"cannot be written: Not a directory"):
        publish(root / "file" / "site", PAGES, root)


def test_a_file_is_no_folder_and_a_name_may_be_impossible(root):
    (root / "file").write_bytes(b"")
    for out in (root / "file", root / "file" / "site", root / "a\0b"):
        with pytest.raises(CharterkitError):
            publish(out, PAGES, root)


def test_whoever_was_cut_off_before_the_first_list_may_begin_again(root, tmp_path):
    """What a killed writer leaves is made by the writer itself."""
    out = tmp_path / "site"
    out.mkdir()
    left = beside.written(out / LIST, b"half")
    assert left.parent == out
    beside.lock_of(out / LIST).touch()
    assert publish(out, {"index.html": b"a"}, root).pages == 1
    other = tmp_path / "other"
    other.mkdir()
    beside.written(other / "thesis.txt", b"mine")
    with pytest.raises(CharterkitError, match="other"):
        publish(other, {"index.html": b"a"}, root)
