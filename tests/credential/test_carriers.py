"""What carries a certificate, what it says to people, and what a workspace keeps of what was published."""

import io
import os
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from charterkit.credential.carriers import MOST_BYTES, bake, extracted, kind_of
from charterkit.credential.certifying import next_number, numbers_taken, prefix_of
from charterkit.credential.contexts import BADGES, CREDENTIALS, refuse_foreign
from charterkit.credential.issuing import text_of
from charterkit.credential.lying import Lying, lying_in
from charterkit.credential.published import published_before, save_published
from charterkit.credential.shown import Stated, stated
from charterkit.errors import CharterkitError
from charterkit.files.workspace import Workspace
from charterkit.model.config import Issuer
from charterkit.resources import builtin
from tests.credential.made import FACTS, ISSUER, PLACE, credential, issuer, key

PNG = b"\x89PNG\r\n\x1a\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><svg/><text>A &amp; B</text></svg>\n'
TEXT = '{"a": "Zoë & <b>"}'.encode()


def code_of(call: Callable[..., object], *given: Any) -> str:
    with pytest.raises(CharterkitError) as said:
        call(*given)
    return said.value.code


def pdf(**attached: bytes) -> bytes:
    from pypdf import PdfWriter

    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(9, 9)
    for name, data in attached.items():
        writer.add_attachment(name.replace("_", "."), data)
    writer.write(made)
    return made.getvalue()


def test_a_file_is_told_by_how_it_begins() -> None:
    for data, kind in (
        (b"%PDF-1.7", "pdf"),
        (b" " * 1019 + b"%PDF-", "pdf"),
        (b" " * 1020 + b"%PDF-", "json"),
        (PNG + b"...", "png"),
        (b"x" + PNG, "json"),
        (b"\xef\xbb\xbf \t\r\n<svg", "svg"),
        (b"x<svg", "json"),
        (b"", "json"),
    ):
        assert kind_of(data) == kind, data[-9:]


def test_what_was_put_in_comes_out_and_the_rest_stays() -> None:
    made = bake(SVG, TEXT)
    assert extracted(made) == TEXT
    assert made.startswith(SVG[: SVG.rindex(b"</svg>")])
    assert made.endswith(b"</openbadges:credential></svg>\n")
    sheet = pdf(notes_txt=b"x", more_json=TEXT)
    assert extracted(sheet) == TEXT
    plain = pdf(notes_txt=b"x")
    assert bake(plain, TEXT).startswith(plain)
    assert extracted(bake(plain, TEXT)) == TEXT
    picture = io.BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "PNG")
    assert extracted(bake(picture.getvalue(), TEXT)) == TEXT
    assert code_of(extracted, picture.getvalue()) == "carrier-empty"
    assert extracted(TEXT) == TEXT
    assert len(extracted(bytes(MOST_BYTES))) == MOST_BYTES


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (bytes(MOST_BYTES + 1), "carrier-too-large", "be: 20 MB."),
        (SVG, "carrier-empty", "this SVG."),
        (bake(SVG, TEXT) + bake(SVG, TEXT), "carrier-several", "this SVG."),
        (b"<svg", "carrier-spoilt", "This SVG cannot"),
        (PNG, "carrier-spoilt", "This PNG cannot"),
        (b"%PDF-1.7", "carrier-spoilt", "This PDF cannot"),
        (pdf(), "carrier-empty", "this PDF."),
        (pdf(a_json=TEXT, b_json=TEXT), "carrier-several", "this PDF."),
    ],
    ids=range(8),
)
def test_none_or_several_or_what_cannot_be_read_is_said(data: bytes, code: str, said: str) -> None:
    with pytest.raises(CharterkitError) as refused:
        extracted(data)
    assert (refused.value.code, said in refused.value.message) == (code, True)


def test_it_is_put_into_what_carries_it_alone() -> None:
    assert code_of(bake, b"{}", TEXT) == "no-carrier"
    for data, why in (
        (b"<svg>", "This SVG cannot be read (no end)"),
        (bake(SVG, TEXT), "This SVG cannot be read (it carries one already)"),
        (b"%PDF-1.7", "This PDF cannot be read"),
    ):
        with pytest.raises(CharterkitError) as refused:
            bake(data, TEXT)
        assert (refused.value.code, why in refused.value.message) == ("carrier-spoilt", True), why


# -- what it says


def test_what_other_issuers_leave_out_or_write_otherwise_is_not_stated() -> None:
    assert {value for field in fields(Stated) if (value := getattr(stated({}), field.name))} == set()
    odd: Any
    for odd in (7, "x", [], [7], {"id": 7}, [{"name": []}]):
        said = dict.fromkeys(("credentialSubject", "evidence", "validFrom", "validUntil"), odd)
        assert stated({**said, "issuer": 7}).school == ""
    assert stated({"issuer": ISSUER}).issuer == ISSUER
    whole = credential()
    subject = whole["credentialSubject"]
    result = {"achievedLevel": "urn:x"}
    for other, award in (([result, *subject["result"]], ""), ([*subject["result"], result], "Silver"), (7, "")):
        assert stated({**whole, "credentialSubject": [{**subject, "result": other}]}).award == award
    found = stated(whole)
    assert (found.issuer, found.issuer_name, found.urn, found.ukprn, found.visited) == (
        ISSUER,
        "Made-up Borough",
        FACTS.urn,
        FACTS.ukprn,
        "2026-03-12",
    )
    assert (found.charter, found.charter_title, found.charter_version, found.charter_text) == (
        "community-engagement",
        FACTS.charter_title,
        "1",
        FACTS.charter_text,
    )
    assert (found.number, found.school) == (FACTS.number, FACTS.school)


def test_a_context_of_its_own_is_found_wherever_it_stands() -> None:
    allowed = ([CREDENTIALS, BADGES],)
    refuse_foreign({"@context": [CREDENTIALS, BADGES], "a": [{"b": {"c": [1]}}]}, allowed)
    part: Any
    for part in ({"@context": {}}, [[{"@context": []}]], {"b": [{"c": {"@context": CREDENTIALS}}]}):
        assert code_of(refuse_foreign, {"@context": [CREDENTIALS, BADGES], "a": part, "z": {}}, allowed)
    for other in ([BADGES, CREDENTIALS], [CREDENTIALS], CREDENTIALS, None):
        assert code_of(refuse_foreign, {"@context": other}, allowed) == "foreign-context"


def test_a_certificate_that_lies_in_a_school_s_folder_is_its_issuer_s_or_not(tmp_path: Path) -> None:
    folder = tmp_path / "schools/elm/certificates"
    folder.mkdir(parents=True)
    forged = {**credential(), "name": "Gold"}
    nowhere = {**credential(), "credentialStatus": []}
    for number, data in {
        "CE-2": text_of(credential()),
        "CE-1": text_of(forged),
        "CE-3": text_of(nowhere),
        "CE-4": b"{",
        "CE-5": b'{"a": 1, "a": 2}',
    }.items():
        (folder / f"{number}.json").write_bytes(data)
    found = {each.number: each for each in lying_in(tmp_path, "elm")}
    assert [*found] == ["CE-1", "CE-2", "CE-3"]
    assert [each.place for each in found.values()] == [PLACE, PLACE, None]
    assert [each.is_signed_by(issuer()) for each in found.values()] == [False, True, False]
    assert found["CE-2"].is_signed_by(issuer(key(2))) is False
    assert (found["CE-2"].stated.number, found["CE-2"].document) == (FACTS.number, credential())
    assert Lying.read(tmp_path, "elm", "CE-4") is Lying.read(tmp_path, "elm", "CE-9") is None


# -- numbers


def test_the_next_number_is_behind_the_highest_of_its_year_and_prefix() -> None:
    assert next_number("CE", 2026, []) == "CE-2026-001"
    taken = [
        "CE-2026-014",
        "ce-2026-015",
        "CE-2025-099",
        "CEX-2026-050",
        "C-2026-051",
        "CE-2026-1234567890",
        "CE-2026-",
    ]
    assert next_number("CE", 2026, taken) == "CE-2026-016"
    assert next_number("CE", 2026, ["CE-2026-999"]) == "CE-2026-1000"


def test_a_number_is_taken_by_a_file_as_by_a_visit(tmp_path: Path) -> None:
    visit = "date: 2026-03-12\npurpose: certification\noutcome: met\ncharter: community-engagement\n"
    named = "certificate: {number: CE-2026-002, issued: 2026-03-13}\n"
    before = "earlier_certificates: [{number: CE-2026-001, issued: 2026-03-12}]\n"
    for path, text in {
        "elm/school.yaml": "name: Elm\n",
        "elm/visits/2026-03-12.yaml": f'{visit}charter_version: "1"\n{named}{before}',
        "oak/school.yaml": "name: Oak\n",
        "oak/certificates/CE-2026-007.json": "{}",
    }.items():
        (tmp_path / "schools" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "schools" / path).write_text(text, encoding="utf-8")
    assert numbers_taken(Workspace(tmp_path, builtin())) == {"CE-2026-001", "CE-2026-002", "CE-2026-007"}


def test_what_numbers_begin_with() -> None:
    def issued_as(prefix: str | None) -> Issuer:
        return Issuer(id=ISSUER, name="Made-up Borough", prefix=prefix)

    assert prefix_of(issued_as(None), "community-engagement") == "CE"
    assert prefix_of(issued_as("X" * 12), "a") == "X" * 12
    for wrong in ("X" * 13, "-", "A B", "A/B"):
        assert code_of(prefix_of, issued_as(wrong), "a") == "bad-prefix"


# -- what a workspace keeps

FILES = {"did.json": b"1", "jwks.json": b"2", "status/revocation.json": b"3", "status/suspension.json": b"4"}


def test_what_was_published_appears_at_once_and_is_gone_on_from(tmp_path: Path) -> None:
    assert published_before(tmp_path) == {}
    save_published(tmp_path, {}, FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["issuer"]
    (tmp_path / "issuer/notes.txt").write_text("ours", encoding="utf-8")
    assert published_before(tmp_path) == FILES
    save_published(tmp_path, FILES, {"did.json": b"5"})
    assert published_before(tmp_path) == {**FILES, "did.json": b"5"}
    assert code_of(save_published, tmp_path, FILES, {"did.json": b"6"}) == "changed-meanwhile"
    (tmp_path / "issuer/jwks.json").unlink()
    (tmp_path / "issuer/jwks.json").mkdir()
    assert "jwks.json" not in published_before(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="links take a right there")
def test_what_a_link_would_have_it_read_elsewhere_is_none_of_it(tmp_path: Path) -> None:
    root, away = tmp_path / "ours", tmp_path / "away"
    save_published(root, {}, FILES)
    (root / "issuer").rename(away)
    (root / "issuer").symlink_to(away)
    assert published_before(root) == {}
    with pytest.raises(CharterkitError):
        save_published(root, {}, FILES)
    (root / "issuer").unlink()
    (root / "issuer").symlink_to(tmp_path / "nowhere")
    with pytest.raises(CharterkitError):
        save_published(root, {}, FILES)
    assert [path.name for path in root.iterdir()] == ["issuer"]
