"""Where the paths of evidence and of policies' texts lead."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest

from charterkit.files.attachments import Attachments, Lies, is_unchanged, where
from charterkit.files.texts import read_text


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in ("schools/lathom/evidence/rota.md", "schools/lathom/policies/a.md", "schools/selwyn/x.md", "y.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("text", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("base", "path", "expected"),
    [
        ("", "evidence/rota.md", Lies.INSIDE),
        ("", "./evidence/../evidence/rota.md", Lies.INSIDE),
        ("policies", "a.md", Lies.INSIDE),
        ("policies", "../evidence/rota.md", Lies.INSIDE),
        ("", "evidence/none.md", Lies.MISSING),
        ("", "evidence", Lies.MISSING),
        ("", ".", Lies.MISSING),
        ("", "evidence\\rota.md", Lies.MISSING),
        ("", "a\0b", Lies.MISSING),
        ("", "x" * 5000, Lies.MISSING),
        ("", "https://example.org/rota.md", Lies.MISSING),
        ("", "../selwyn/x.md", Lies.OUTSIDE),
        ("", "../lathom/evidence/rota.md", Lies.OUTSIDE),
        ("policies", "../../selwyn/x.md", Lies.OUTSIDE),
        ("", "evidence/../../../y.md", Lies.OUTSIDE),
        ("", "..\\selwyn\\x.md", Lies.OUTSIDE),
        ("", "/etc/passwd", Lies.OUTSIDE),
        ("", "C:/rota.md", Lies.OUTSIDE),
        ("", "c:rota.md", Lies.OUTSIDE),
        ("", "\\\\server\\share\\rota.md", Lies.OUTSIDE),
        ("", "//server/share/rota.md", Lies.OUTSIDE),
        ("", "\\rota.md", Lies.OUTSIDE),
    ],
)
def test_where_a_path_leads(root: Path, base: str, path: str, expected: Lies) -> None:
    assert where(root, "schools/lathom", base, path) is expected


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own")
def test_links(root: Path) -> None:
    folder = root / "schools/lathom/evidence"
    (folder / "out.md").symlink_to(root / "y.md")
    (folder / "out").symlink_to(root / "schools/selwyn")
    (folder / "in.md").symlink_to(folder / "rota.md")
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / "nowhere.md").symlink_to(folder / "none.md")
    (folder / "gone.md").symlink_to(root / "gone.md")
    found = {path.name: where(root, "schools/lathom", "evidence", path.name) for path in folder.glob("*.md")}
    assert found["out.md"] is Lies.OUTSIDE
    assert found["gone.md"] is Lies.OUTSIDE
    assert found["in.md"] is found["rota.md"] is Lies.INSIDE
    assert found["loop.md"] is found["nowhere.md"] is Lies.MISSING
    assert where(root, "schools/lathom", "evidence", "out/x.md") is Lies.OUTSIDE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_file_is_read_once_however_often_and_in_whatever_way_it_is_named(root: Path) -> None:
    folder = root / "schools/lathom"
    (folder / "big.bin").write_bytes(b"x")
    os.link(folder / "big.bin", folder / "same.bin")
    found = Attachments(root)
    paths = [*("./" * n + "big.bin" for n in range(50)), "same.bin"]
    digests = [found.sha256("schools/lathom", "", path) for path in paths]
    assert digests == [sha256(b"x").hexdigest()] * len(paths)
    assert len(found._hashes) == 1
    assert is_unchanged(root, found.answers)
    (folder / "big.bin").write_bytes(b"yy")
    assert not is_unchanged(root, found.answers)


def test_a_pipe_is_no_document(root: Path) -> None:
    os.mkfifo(root / "schools/lathom/pipe")
    assert where(root, "schools/lathom", "", "pipe") is Lies.MISSING


Form = Literal["NFC", "NFD"]


@pytest.mark.parametrize(("written", "kept"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_name_with_an_accent_is_found_however_the_disk_spells_it(root: Path, written: Form, kept: Form) -> None:
    """A Mac kept é as two signs; the file that names it has one, and the other way round."""
    folder = root / "schools/lathom"
    place = folder / normalize(kept, "évidence/café.md")
    place.parent.mkdir()
    place.write_text("Être là.", encoding="utf-8")
    path = normalize(written, "évidence/café.md")
    attachments = Attachments(root)
    assert attachments.lies("schools/lathom", "", path) is Lies.INSIDE
    assert attachments.sha256("schools/lathom", "", path) == sha256(place.read_bytes()).hexdigest()
    assert read_text(root, "schools/lathom", "", path).text == "Être là."
    assert where(root, "schools/lathom", "", normalize(written, "évidence/cafè.md")) is Lies.MISSING
