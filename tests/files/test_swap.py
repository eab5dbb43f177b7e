"""A new file takes an old one's place only while that is what was read, down to the moment itself."""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from charterkit.errors import CharterkitError
from charterkit.files import beside, swap, write
from charterkit.files.swap import exchange, put
from charterkit.files.write import save

needs_exchange = pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="needs an exchange of names")


def editor_saves(path, text):
    """As most editors do: a new file takes the old one's place."""
    new = path.with_name("editor")
    new.write_bytes(text)
    new.replace(path)


def editor_writes_on(path, text):
    """As others do: the same file is emptied and written."""
    path.write_bytes(text)


@pytest.fixture
def just_before(monkeypatch):
    """Something that happens between the last look and the exchange itself."""
    real = swap._call("linux" if sys.platform == "linux" else "darwin")
    assert real
    waiting = list[Callable[[], object]]()

    def call(one, other):
        if waiting:
            waiting.pop(0)()
        return real(one, other)

    monkeypatch.setattr(swap, "_call", lambda _: call)
    return waiting


@needs_exchange
@pytest.mark.parametrize("saves", [editor_saves, editor_writes_on])
class TestAnEditorThatSavesInTheGap:
    def test_its_text_goes_back_and_ours_is_kept_beside(self, tmp_path, just_before, saves):
        path = tmp_path / "x.yaml"
        path.write_bytes(b"old")
        just_before.append(lambda: saves(path, b"the editor's"))
        with pytest.raises(CharterkitError, match="changed by somebody else") as caught:
            save(path, b"old", b"ours", tmp_path)
        assert path.read_bytes() == b"the editor's"
        (kept,) = tmp_path.glob("x.yaml.unsaved-*")
        assert kept.read_bytes() == b"ours"
        assert kept.name in caught.value.hint
        assert {one.name for one in tmp_path.iterdir()} == {"x.yaml", kept.name}

    def test_twice_in_that_moment_the_newest_stays_and_all_is_kept(self, tmp_path, just_before, saves):
        path = tmp_path / "x.yaml"
        path.write_bytes(b"old")
        just_before += [lambda: saves(path, b"first"), lambda: saves(path, b"second")]
        with pytest.raises(CharterkitError):
            save(path, b"old", b"ours", tmp_path)
        assert path.read_bytes() == b"second"
        kept = {one.read_bytes() for one in tmp_path.glob("x.yaml.unsaved-*")}
        assert kept == {b"first", b"ours"}

    def test_a_file_that_was_not_there(self, tmp_path, monkeypatch, saves):
        path, real = tmp_path / "x.yaml", os.link

        def link(*arguments, **more):
            saves(path, b"the editor's")
            real(*arguments, **more)

        monkeypatch.setattr(os, "link", link)
        with pytest.raises(CharterkitError, match="changed by somebody else"):
            save(path, None, b"ours", tmp_path)
        assert path.read_bytes() == b"the editor's"


@needs_exchange
def test_an_editor_that_had_it_open_and_writes_after_the_exchange(tmp_path, monkeypatch):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    editor = path.open("ab")

    def flush(_):
        editor.write(b" and the editor's")
        editor.close()

    monkeypatch.setattr(swap, "flush_folder", flush)
    with pytest.raises(CharterkitError, match="changed by somebody else"):
        save(path, b"old", b"ours", tmp_path)
    assert path.read_bytes() == b"old and the editor's"


@needs_exchange
def test_deleted_in_the_gap(tmp_path, just_before):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    just_before.append(path.unlink)
    with pytest.raises(CharterkitError, match="changed by somebody else"):
        save(path, b"old", b"ours", tmp_path)
    assert not path.exists()


@needs_exchange
def test_interrupted_in_the_gap_the_editors_text_is_kept(tmp_path, just_before, monkeypatch):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")

    def interrupted(*_):
        raise KeyboardInterrupt

    just_before.append(lambda: editor_saves(path, b"the editor's"))
    monkeypatch.setattr(swap, "_holds", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(path, b"old", b"ours", tmp_path)
    (kept,) = tmp_path.glob("x.yaml.unsaved-*")
    assert kept.read_bytes() == b"the editor's"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("saves", [editor_saves, editor_writes_on])
def test_where_nothing_can_be_exchanged_it_is_read_again_last_of_all(tmp_path, monkeypatch, saves):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    real = beside.written

    def written(*arguments, **more):
        new = real(*arguments, **more)
        saves(path, b"the editor's")
        return new

    monkeypatch.setattr(swap, "_PLATFORM", "win32")
    monkeypatch.setattr(beside, "written", written)
    with pytest.raises(CharterkitError, match="changed by somebody else"):
        save(path, b"old", b"ours", tmp_path)
    assert path.read_bytes() == b"the editor's"


def test_windows_reads_it_again_before_it_asks_again(tmp_path, monkeypatch):
    """Held open, then saved and let go."""
    path, real = tmp_path / "x.yaml", os.replace
    path.write_bytes(b"old")

    def replace(source, target, **more):
        if target == path:
            path.write_bytes(b"the editor's")
            raise PermissionError(errno.EACCES, "Access is denied")
        real(source, target, **more)

    monkeypatch.setattr(swap, "_PLATFORM", "win32")
    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(CharterkitError, match="changed by somebody else"):
        save(path, b"old", b"ours", tmp_path)
    assert path.read_bytes() == b"the editor's"


def test_windows_never_renames_over_a_file(tmp_path, monkeypatch):
    """`os.rename` of Windows refuses what is there."""
    path, new = tmp_path / "x.yaml", tmp_path / "new"
    new.write_bytes(b"ours")

    def link(*_, **__):
        raise OSError(errno.EPERM, "no second names")

    def rename(source, target):
        editor_saves(path, b"the editor's")
        raise FileExistsError(errno.EEXIST, "File exists")

    monkeypatch.setattr(os, "link", link)
    monkeypatch.setattr(os, "rename", rename)
    assert not put(new, path, None, b"ours", 0)
    assert path.read_bytes() == b"the editor's"
    assert new.read_bytes() == b"ours"


class MacOS:
    """`renamex_np` as its manual says: with RENAME_SWAP (2) both must be there; 0, or -1 and errno."""

    def renamex_np(self, one, other, flags):
        assert flags == 2
        for path in (one, other):
            if not os.path.lexists(path):
                ctypes.set_errno(errno.ENOENT)
                return -1
        first, second = (Path(os.fsdecode(path)) for path in (one, other))
        aside = first.rename(first.with_name("aside"))
        second.rename(first)
        aside.rename(second)
        return 0


@pytest.fixture
def macos(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: MacOS())
    monkeypatch.setattr(swap, "_PLATFORM", "darwin")
    swap._call.cache_clear()
    yield
    swap._call.cache_clear()


def test_as_on_macos(tmp_path, macos):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    save(path, b"old", b"new", tmp_path)
    assert path.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["x.yaml"]
    with pytest.raises(FileNotFoundError):
        exchange(path, tmp_path / "nothing")


def test_an_older_system_whose_library_has_no_such_call(tmp_path, monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    swap._call.cache_clear()
    try:
        for platform in ("linux", "darwin", "win32"):
            monkeypatch.setattr(swap, "_PLATFORM", platform)
            path = tmp_path / platform
            path.write_bytes(b"old")
            save(path, b"old", b"new", tmp_path)
            assert path.read_bytes() == b"new"
    finally:
        swap._call.cache_clear()


@needs_exchange
def test_the_exchange_itself(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    assert exchange(one, other)
    assert (one.read_bytes(), other.read_bytes()) == (b"2", b"1")
    with pytest.raises(FileNotFoundError):
        exchange(one, tmp_path / "nothing")


def test_a_text_that_cannot_take_its_place_is_in_the_file_that_was_made_for_it(tmp_path, monkeypatch):
    """On a full disk there is no room for another copy."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(write, "put", lambda *_: False)
    monkeypatch.setattr(beside, "keep", full)
    with pytest.raises(CharterkitError, match="changed by somebody else"):
        save(path, b"old", b"ours", tmp_path)
    (kept,) = tmp_path.glob("x.yaml.unsaved-*")
    assert kept.read_bytes() == b"ours"
