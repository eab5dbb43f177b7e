"""A workspace packed for other machines: what goes along, what does not, and what nobody unpacks."""

import gzip
import json
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import pytest

from charterkit.errors import CharterkitError
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.many import packed as packing
from charterkit.many.packed import Packed, pack
from charterkit.many.unpacked import unpack

KEY = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="names and kinds of files that Windows has not")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    for path, text in {
        "charterkit.yaml": "name: Ours\n",
        "charterkit.yml": "name: Nearly ours\n",
        "charters/ours-1.yaml": "id: ours\n",
        "packs/ours.yaml": "id: pack\n",
        "issuer/status/revocation.json": "{}",
        "issuer/key.pem": KEY,
        "schools/loose.yaml": "odd: true\n",
        "schools/elm/school.yaml": "name: Elm “Äß” 🌳\n",
        "schools/elm/evaluations/2025-26.yaml": "charter: ours\n",
        "schools/elm/evaluations/2025-26.yaml.txt": "charter: nearly\n",
        "schools/elm/policies/behaviour.md": "# Behaviour\n",
        "schools/elm/policies/behaviour.pdf": "%PDF",
        "schools/elm/certificates/c-1.json": '{"credentialStatus": []}',
        "schools/elm/.env": "PASSWORD=1",
        "schools/elm/policies/.own.yaml": "password: 1",
        "schools/elm/policies/.own.md": "My password is 1",
        "schools/elm/.git/config": "[core]",
        "schools/elm/photo.jpg": "pixels",
        "schools/oak/school.yaml": "name: Oak\n",
        "schools/oak/evaluations/2025-26.yaml": "evidence: [{path: minutes.pdf, sha256: abc}]\n",
        "schools/oak/minutes.pdf": "what was said",
        "schools/oak/key.txt": KEY,
        "templates/report.html.j2": "<p>",
        "site/index.html": "<p>",
        ".git/config": "[core]",
        ".charterkit/x": "kept",
        "notes.txt": "nobody reads this",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    (folder / "schools/empty").mkdir()
    return folder


def packed(root: Path) -> tuple[Packed, list[bytes]]:
    pieces: list[bytes] = []
    return pack(root, pieces.append), pieces


def found(folder: Path) -> dict[str, bytes | None]:
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {name: None if path.is_dir() else path.read_bytes() for name, path in paths.items()}


def test_what_is_read_goes_along_and_of_the_rest_of_a_school_the_names(root: Path, tmp_path: Path) -> None:
    there = found(unpack(*packed(root), tmp_path))
    here = found(root)
    names = {name for name, data in there.items() if data is not None and data != here[name]}
    assert names == {
        "schools/elm/.env",
        "schools/elm/policies/.own.md",
        "schools/elm/policies/.own.yaml",
        "schools/elm/policies/behaviour.pdf",
        "schools/elm/photo.jpg",
        "schools/oak/key.txt",
    }
    assert all(there[name] == b"" for name in names)
    left = {"/".join(name.split("/")[:3]) for name in here.keys() - there.keys() if here[name] is not None}
    assert left == {
        ".git/config",
        ".charterkit/x",
        "issuer/key.pem",
        "notes.txt",
        "schools/elm/.git",
        "site/index.html",
        "templates/report.html.j2",
    }
    assert "schools/empty" in there
    assert there["schools/oak/minutes.pdf"] == b"what was said"


def test_a_hash_that_is_spelt_with_escapes_is_met(root: Path, tmp_path: Path) -> None:
    (root / "schools/oak/evaluations/2025-26.yaml").write_text('evidence: [{"sha\\x3256": abc}]\n', encoding="utf-8")
    assert found(unpack(*packed(root), tmp_path))["schools/oak/minutes.pdf"] == b"what was said"


def test_a_file_goes_along_as_far_as_it_is_read(root: Path, tmp_path: Path) -> None:
    (root / "schools/oak/school.yaml").write_bytes(b"#" * (MAX_BYTES + 100))
    assert len(found(unpack(*packed(root), tmp_path))["schools/oak/school.yaml"] or b"") == MAX_BYTES + 1


def test_the_same_files_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    first = packed(root)
    for path in sorted(root.rglob("*"), reverse=True):
        os.utime(path, (1, 1))
    assert packed(root) == first
    (root / "schools/oak/school.yaml").write_text("name: Ash\n", encoding="utf-8")
    assert packed(root)[0].digest != first[0].digest
    folder = unpack(*first, tmp_path)
    assert packed(folder)[0].entries == first[0].entries


def test_pieces_are_put_together(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, (stream,) = packed(root)
    monkeypatch.setattr(packing, "PIECE", 100)
    cut, pieces = packed(root)
    assert cut == whole
    assert b"".join(pieces) == stream
    assert len(pieces) == -(-len(stream) // 100)
    assert found(unpack(cut, pieces, tmp_path))


@POSIX
def test_only_its_owner_gets_to_see_it(root: Path, tmp_path: Path) -> None:
    folder = unpack(*packed(root), tmp_path)
    assert all(path.stat().st_mode & 0o077 == 0 for path in [folder, *folder.rglob("*")])


@pytest.mark.skipif(sys.platform != "linux", reason="names of bytes that no other system's disks take")
def test_names_that_no_text_has_come_through(root: Path, tmp_path: Path) -> None:
    odd = os.fsdecode(b"schools/oak/\xff\nodd\\name.pdf")
    (root / odd).write_bytes(b"x")
    assert found(unpack(*packed(root), tmp_path))[odd] == b"x"


def _linked(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def _linked_folder(path: Path) -> None:
    path.symlink_to("/etc", target_is_directory=True)


def _listening(path: Path) -> None:
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


@POSIX
@pytest.mark.parametrize("make", [_linked, _linked_folder, os.mkfifo, _listening])
@pytest.mark.parametrize("where", ["schools/oak/x.yaml", "charters/x.yaml", "schools/x", "schools/oak/photos"])
def test_what_is_no_plain_file_or_folder_is_refused_by_name(
    root: Path, make: Callable[[Path], None], where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    make(root / where)
    with pytest.raises(CharterkitError, match=f"{where} is no plain file or folder"):
        packed(root)


@POSIX
@pytest.mark.parametrize("name", ["charterkit.yaml", "charters", "schools", "issuer/status", "issuer", "packs"])
def test_a_link_at_the_top_is_refused_by_name(root: Path, name: str, tmp_path: Path) -> None:
    (root / name).rename(tmp_path / "elsewhere")
    (root / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CharterkitError, match=f"{name} is no plain file or folder"):
        packed(root)


@POSIX
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="nothing is kept from root")
@pytest.mark.parametrize("name", ["schools/oak", "schools/oak/school.yaml"])
def test_what_cannot_be_read_is_refused_by_name(root: Path, name: str) -> None:
    (root / name).chmod(0)
    try:
        with pytest.raises(CharterkitError, match=f"{name} cannot be read"):
            packed(root)
    finally:
        (root / name).chmod(0o700)


def test_more_than_a_worker_can_hold_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "schools/oak/minutes.pdf").write_bytes(os.urandom(200_000))
    monkeypatch.setattr(packing, "MOST_PACKED", 100_000)
    with pytest.raises(CharterkitError) as error:
        packed(root)
    assert error.value.code == "packed-too-large"
    monkeypatch.undo()
    monkeypatch.setattr(packing, "_MOST_WHOLE", 100_000)
    with pytest.raises(CharterkitError, match=r"schools/oak/minutes\.pdf"):
        packed(root)


# -- at a worker


def made(*entries: tuple[object, bytes]) -> tuple[Packed, list[bytes]]:
    """What an adversary might send who can reckon a digest."""
    lines = b"".join(json.dumps(entry).encode() + b"\n" + data for entry, data in entries)
    stream = gzip.compress(lines)
    size = sum(len(data) for _, data in entries)
    return Packed(blake2b(stream, digest_size=20).hexdigest(), len(stream), len(entries), size), [stream]


def refused(made: tuple[Packed, list[bytes]], above: Path) -> str:
    before = found(above)
    with pytest.raises(CharterkitError) as error:
        unpack(*made, above)
    assert error.value.code == "packed-changed"
    assert socket.gethostname() in error.value.message
    assert found(above) == before
    return error.value.message


@pytest.mark.parametrize(
    "path",
    ["/etc/x", "../x", "a/../x", "./x", "a//x", "", "/", "a/", "..", ".", "a/x", "schools/../../x", "a\0b", "~/x"],
)
def test_a_path_that_leads_elsewhere_is_refused(path: str, tmp_path: Path) -> None:
    assert "a path in it leads elsewhere" in refused(made(([path, 1], b"x")), tmp_path)


@pytest.mark.parametrize("path", ["..\\x", "C:x", "con", "nul.yaml", "x:y"])
def test_a_path_that_windows_takes_for_another_is_refused_there(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert "a path in it leads elsewhere" in refused(made(([path, 1], b"x")), tmp_path)


@pytest.mark.parametrize(
    "entries",
    [
        [(["a", 1], b"x"), (["a", 1], b"y")],
        [(["a", None], b""), (["a", None], b"")],
        [(["a", None], b""), (["a", 1], b"y")],
        [(["a", 1], b"x"), (["a", None], b"")],
    ],
)
def test_two_of_one_name_are_refused(entries: list[tuple[object, bytes]], tmp_path: Path) -> None:
    assert "are one on this disk" in refused(made(*entries), tmp_path)


@pytest.mark.parametrize(
    "line", [5, None, [], ["a"], ["a", -1], ["a", True], ["a", 1.5], ["a", "1"], [1, 1], {"a": 1}, ["a", 1, 2]]
)
def test_a_line_that_says_nothing_is_refused(line: object, tmp_path: Path) -> None:
    assert "says no path and size" in refused(made((line, b"x")), tmp_path)


def test_what_is_below_a_file_is_refused(tmp_path: Path) -> None:
    assert "leads elsewhere" in refused(made((["a", 1], b"x"), (["a/b", 1], b"x")), tmp_path)


@pytest.mark.parametrize("last", ["..", ".", "", "x\0"])
def test_what_leads_out_of_a_folder_that_is_there_is_refused(last: str, tmp_path: Path) -> None:
    assert "leads elsewhere" in refused(made((["a", None], b""), ([f"a/{last}", 1], b"x")), tmp_path)


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    assert "no path and size" in refused(made((["a" * 100_000, 1], b"x")), tmp_path)


def test_more_or_less_than_was_said_is_refused(tmp_path: Path) -> None:
    whole, pieces = made((["a", 3], b"abc"), (["b", None], b""))
    for said in (replace(whole, entries=1), replace(whole, size=2)):
        assert "more in it" in refused((said, pieces), tmp_path)
    for said in (replace(whole, entries=3), replace(whole, size=4)):
        assert "less in it" in refused((said, pieces), tmp_path)
    whole, pieces = made((["a", 4], b"abc"))
    assert "cut off" in refused((replace(whole, size=4), pieces), tmp_path)


def test_what_swells_is_stopped(tmp_path: Path) -> None:
    whole, pieces = made((["a", 50_000_000], bytes(50_000_000)))
    assert len(pieces[0]) < 100_000
    assert "more in it" in refused((replace(whole, size=1000), pieces), tmp_path)


def test_what_was_cut_off_or_changed_on_the_way_is_refused(root: Path, tmp_path: Path) -> None:
    whole, (stream,) = packed(root)
    above = tmp_path / "above"
    above.mkdir()
    for pieces in ([], [stream[:-1]], [stream[1:]], [stream, b"x"], [stream[:99] + b"!" + stream[100:]]):
        assert "its digest is another" in refused((whole, pieces), above)
    for cut in (stream[:-1], stream[:200], b"", b"\x1f\x8b", stream[:50] + bytes(50) + stream[100:]):
        said = replace(whole, digest=blake2b(cut, digest_size=20).hexdigest(), bytes=len(cut))
        refused((said, [cut]), above)


def test_a_disk_that_refuses_is_said(root: Path, tmp_path: Path) -> None:
    with pytest.raises(CharterkitError) as error:
        unpack(*packed(root), tmp_path / "nowhere")
    assert error.value.code == "packed-no-room"
