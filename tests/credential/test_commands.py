"""Keys made, published, changed and lost, and certificates verified, with the commands that people type."""

import dataclasses
import io
import json
import os
import shutil
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from charterkit.cli.app import run
from charterkit.credential.carriers import bake
from charterkit.credential.issuing import issue, text_of
from charterkit.credential.keys import signing_key
from charterkit.credential.publishing import publication, status_address
from tests.cli.calling import terminal
from tests.credential.made import FACTS, ISSUER, NOW, PLACE

CONFIG = f"""\
# who issues
issuer:
  id: "{ISSUER}"
  name: Made-up Borough
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
POSIX = pytest.mark.skipif(os.name == "nt", reason="modes of files are those of POSIX")


class Office:
    """An issuer's computer: a workspace, and settings beside it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "workspace"
        self.root.mkdir()
        (self.root / "charterkit.yaml").write_text(CONFIG, encoding="utf-8")
        self.settings = folder / "settings"

    def run(self, *arguments: str, code: int = 0, cwd: Path | None = None, **more: str) -> str:
        """One call in this process: the libraries take long to import. What it says, on both streams."""
        settings = {"CHARTERKIT_SETTINGS": str(self.settings), "CHARTERKIT_TODAY": "2026-11-22", "COLUMNS": "80"}
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(cwd or self.root)
            for name, value in {**settings, **more}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", io.StringIO())
            found = run(list(arguments))
        assert found == code, (out.getvalue(), err.getvalue())
        return out.getvalue() + err.getvalue()

    def issued(self, key: str) -> Path:
        address = status_address(ISSUER, None, None)
        facts = dataclasses.replace(FACTS, status=dataclasses.replace(FACTS.status, address=address))  # type: ignore[type-var]
        path = self.root.parent / f"{key}.json"
        path.write_bytes(text_of(issue(facts, signing_key(self.settings / "keys", key, None), NOW)))
        return path


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_the_whole_way_of_a_key(office: Office, tmp_path: Path) -> None:
    assert "Make one with: charterkit keys new" in " ".join(office.run("keys", "list").split())
    first = office.run("keys", "rotate").split()[0]
    assert f"key: {first}" in (office.root / "charterkit.yaml").read_text(encoding="utf-8")
    assert "# who issues" in (office.root / "charterkit.yaml").read_text(encoding="utf-8")
    if os.name != "nt":
        assert stat.S_IMODE((office.settings / "keys" / f"{first}.pem").stat().st_mode) == 0o600
        assert stat.S_IMODE((office.settings / "keys").stat().st_mode) == 0o700
    office.run("keys", "publish", "-o", str(tmp_path / "web"))
    web = tmp_path / "web"
    assert (web / ".well-known/did.json").read_bytes() == (web / "did.json").read_bytes()
    assert {key["crv"] for key in json.loads((web / "jwks.json").read_text(encoding="utf-8"))["keys"]} == {"Ed25519"}
    old = office.issued(first)
    assert "This certificate holds." in office.run("verify", str(old))

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    lonely = {"cwd": elsewhere, "CHARTERKIT_SETTINGS": str(elsewhere / "settings")}
    assert "nothing here says which keys" in office.run("verify", str(old), code=2, **lonely)  # type: ignore[arg-type]
    said = office.run("verify", str(old), "--issuer", str(web), "--format", "json", **lonely)  # type: ignore[arg-type]
    assert json.loads(said)["certificate"]["number"] == "CE-2026-014"
    late = office.run("verify", str(old), "--issuer", str(web), "--today", "2027-06-01", code=2, **lonely)  # type: ignore[arg-type]
    assert "was good until 2027-02-20" in late
    bare = office.run("verify", str(old), "--issuer", str(web / "did.json"), code=2, **lonely)  # type: ignore[arg-type]
    assert f"Get it from {status_address(ISSUER, None, None)}/revocation.json" in " ".join(bare.split())
    shutil.copytree(web, elsewhere / "settings/issuers/borough")
    assert "CE-2026-014" in office.run("verify", str(old), **lonely)  # type: ignore[arg-type]

    # the key is lost: a new one signs, and what the old one signed still holds
    shutil.rmtree(office.settings / "keys")
    assert f"There is no key {first}" in office.run("keys", "publish", code=2)
    second = office.run("keys", "rotate").split()[0]
    office.run("keys", "publish")
    new = office.issued(second)
    for path in (old, new):
        office.run("verify", str(path))
    # somebody else has it: what it signed holds no longer
    assert "former keys are" in office.run("keys", "publish", "--without", second, code=2)
    office.run("keys", "publish", "--without", first)
    assert "not among those" in office.run("verify", str(old), code=1)
    office.run("verify", str(new))


def test_what_carries_a_certificate(office: Office, tmp_path: Path) -> None:
    from PIL import Image
    from pypdf import PdfWriter

    key = office.run("keys", "rotate").split()[0]
    office.run("keys", "publish")
    data = office.issued(key).read_bytes()
    png, pdf = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (9, 9)).save(png, "PNG")
    writer = PdfWriter()
    writer.add_blank_page(99, 99)
    writer.write(pdf)
    for name, blank in {"a.png": png.getvalue(), "a.svg": SVG, "a.pdf": pdf.getvalue()}.items():
        path = tmp_path / name
        path.write_bytes(bake(blank, data))
        assert "This certificate holds." in office.run("verify", str(path)), name
        path.write_bytes(bake(blank, data.replace(b'"Silver"', b'"Golden"')))
        assert "changed after it was signed" in " ".join(office.run("verify", str(path), code=1).split()), name
        path.write_bytes(blank)
        assert "There is no certificate in this" in office.run("verify", str(path), code=2)
        path.write_bytes(bake(blank, data)[: len(blank) - 20])
        office.run("verify", str(path), code=2)


def test_hostile_files(office: Office, tmp_path: Path) -> None:
    import zlib

    office.run("keys", "rotate")
    office.run("keys", "publish")

    def said(data: bytes, code: int) -> str:
        (tmp_path / "x").write_bytes(data)
        return " ".join(office.run("verify", str(tmp_path / "x"), code=code).split())

    assert "larger than a certificate" in said(b'{"a": "' + b"x" * 100_000_000 + b'"}', 2)
    bomb = zlib.compress(bytes(50_000_000))
    chunk = b"openbadgecredential\0\1\0\0\0" + bomb
    ihdr = bytes.fromhex("00000001000000010100000000")

    def part(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)

    picture = b"\x89PNG\r\n\x1a\n" + part(b"IHDR", ihdr) + part(b"iTXt", chunk) + part(b"IEND", b"")
    assert "PNG cannot be read" in said(picture, 2)
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    assert "SVG cannot be read" in said(f'<!DOCTYPE x [<!ENTITY a0 "x">{entities}]><svg>&a11;</svg>'.encode(), 2)
    assert "SVG cannot be read" in said(b"<svg>" + b"<g>" * 5000 + b"</g>" * 5000 + b"</svg>", 2)
    stream = b"<</Type/EmbeddedFile/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(bomb), bomb)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(certificate.json) 3 0 R]>>>>>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"<</Type/Filespec/F(certificate.json)/UF(certificate.json)/EF<</F 4 0 R>>>>",
        stream,
    ]
    pdf, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(pdf))
        pdf += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(pdf)
    pdf += (
        b"xref\n0 5\n0000000000 65535 f \n" + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    )
    assert "PDF cannot be read" in said(pdf, 2)
    assert "no certificate" in said(b"\0" * 1000, 2)
    assert "no file that can be read" in " ".join(office.run("verify", str(tmp_path), code=2).split())


@POSIX
def test_keys_that_others_can_read_and_passphrases(office: Office, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("correct horse\n", encoding="utf-8")
    key = office.run("keys", "rotate", "--passphrase-file", str(secret)).split()[0]
    private = office.settings / "keys" / f"{key}.pem"
    assert private.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert "is encrypted" in office.run("keys", "publish", code=2)
    office.run("keys", "publish", "--passphrase-file", str(secret))
    with terminal("keys", "publish", cwd=office.root, CHARTERKIT_SETTINGS=str(office.settings)) as seen:
        seen.wait_for(f"Passphrase of {key}")
        seen.press("correct horse\r")
        assert (seen.finish(), "correct" in seen.said) == (0, False)
    with terminal("keys", "new", cwd=office.root, CHARTERKIT_SETTINGS=str(office.settings)) as seen:
        seen.wait_for("nothing for none")
        seen.press("one\r")
        seen.wait_for("The same again")
        seen.press("two\r")
        assert seen.finish() == 2
    assert len(list((office.settings / "keys").glob("*.pem"))) == 1
    secret.write_text("wrong\n", encoding="utf-8")
    assert "not the passphrase" in office.run("keys", "publish", "--passphrase-file", str(secret), code=2)
    private.chmod(0o640)
    said = office.run("keys", "publish", "--passphrase-file", str(secret), code=2)
    assert "mode 640" in said
    assert f"chmod 600 '{private}'" in " ".join(said.split())
    assert "one commit away" in office.run("keys", "new", "--settings", str(office.root), code=2)
    assert not (office.root / "keys").exists()


def test_what_was_published_is_kept_and_guarded(office: Office) -> None:
    name = office.run("keys", "rotate").split()[0]
    office.run("keys", "publish")
    key = signing_key(office.settings / "keys", name, None)
    here = office.root / "issuer"
    address = status_address(ISSUER, None, None)

    def files() -> dict[str, bytes]:
        return {path.relative_to(here).as_posix(): path.read_bytes() for path in here.rglob("*.json")}

    now, until = NOW, datetime(2027, 1, 1, tzinfo=UTC)
    made = publication(ISSUER, address, key, files(), now=now, until=until, changes={"revocation": {PLACE: True}})
    for path, data in made.items():
        (here / path).write_bytes(data)
    place = office.issued(name)
    assert "was revoked" in office.run("verify", str(place), code=1)
    office.run("keys", "publish")
    assert "was revoked" in office.run("verify", str(place), code=1)
    gone = (here / "status/revocation.json").read_bytes()
    (here / "status/revocation.json").unlink()
    assert "would hold again" in " ".join(office.run("keys", "publish", code=2).split())
    (here / "status/revocation.json").write_bytes(gone.replace(b'"revocation"', b'"suspension"'))
    assert "cannot be relied on" in " ".join(office.run("keys", "publish", code=2).split())
