"""A certificate issued, shown, renewed, taken back and given back with the commands, and everything that refuses one."""

import io
import json
import multiprocessing
import re
from pathlib import Path

import pytest
from PIL import Image

from charterkit.credential import published
from charterkit.files import write
from tests.cli.test_languages import texts
from tests.credential.office import CHARTER, Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_certificate_from_the_visit_to_the_wall(office: Office, tmp_path: Path) -> None:
    import zxingcpp
    from pypdf import PdfReader

    assert "has had no certification visit" in office.run("certificate", "issue", code=2)
    office.visit("2026-11-20", "green", "--award", "silver", "--looked-at", "walkthrough=The gate, with Mrs Secret")
    number = office.run("certificate", "issue", "--valid-for", "18 months").split()[0]
    assert number == "S-2026-001"
    named = office.visits()["2026-11-20"]["certificate"]
    assert named == {"number": number, "issued": "2026-11-22", "valid_until": "2028-05-22"}
    made = office.certificates()[number]
    seen = {"type": ["Evidence"], "name": "walkthrough", "genre": "walkthrough", "description": "2026-11-20"}
    assert made["evidence"] == [seen]
    assert made["credentialSubject"]["activityEndDate"] == "2026-11-20T00:00:00Z"
    text = json.dumps(made)
    assert office.hash_now in text
    assert "Secret" not in text  # no note and no name
    assert "It holds." in office.run("certificate", "show", "--format", "table")

    for name, more in {
        "c.pdf": (),
        "l.pdf": ("--landscape",),
        "c.png": (),
        "c.svg": (),
        "c.html": (),
        "c.json": (),
    }.items():
        office.run("certificate", "show", *more, "-o", str(tmp_path / name))
    away = tmp_path / "away"
    away.mkdir()
    for name in (
        "c.pdf",
        "l.pdf",
        "c.png",
        "c.svg",
        "c.json",
    ):  # from a folder with no workspace, by what the issuer published
        (away / name).write_bytes((tmp_path / name).read_bytes())
        said = office.run("--workspace", str(away), "verify", str(away / name), "--issuer", str(office.root / "issuer"))
        assert "This certificate holds." in said, name
        assert "Lathom Invented School" in said
        assert "Silver" in said
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO((tmp_path / "c.png").read_bytes())))
    assert code.text == f"https://charter.example/certificates/{number}.html"
    assert "data:image/svg+xml" in (tmp_path / "c.svg").read_text("utf-8")  # the QR code; read back by eye and scanner
    reader = PdfReader(tmp_path / "c.pdf")
    assert len(reader.pages) == 1
    words = " ".join(reader.pages[0].extract_text().split())
    page = " ".join(re.sub("<[^>]+>", " ", (tmp_path / "c.html").read_text(encoding="utf-8")).split())
    for part in ("Lathom Invented School", "A small charter", "Silver", number, "22 May 2028", "Helen Marsh"):
        assert part in words.replace("\xa0", " "), part
        assert part in page, part
    assert reader.xmp_metadata
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data()
    assert b"/Marked true" in (tmp_path / "c.pdf").read_bytes()

    said = office.run("certificate", "issue", code=2)
    assert "There is a certificate for this visit already: S-2026-001. Nothing was changed." in said


def test_taken_back_and_given_back(office: Office) -> None:
    from pypdf import PdfReader

    office.visit("2026-11-20", "green", "--award", "gold")
    number = office.run("certificate", "issue").split()[0]
    path = office.path(number)
    assert "Say why" in office.run("certificate", "suspend", code=2)
    office.run("certificate", "suspend", "--reason", "A complaint is looked into.")
    assert "suspended by its issuer" in office.run("verify", path, code=1)
    said = office.run("certificate", "show", "--format", "html")
    assert "Suspended on 22 November 2026: it does not hold." in said
    assert "A complaint is looked into." in said
    assert "is suspended already" in office.run("certificate", "suspend", "--reason", "again", code=2)
    office.run("certificate", "suspend", "--lift")
    assert f"{number} was not suspended." in office.run("certificate", "suspend", "--lift")
    assert "This certificate holds." in office.run("verify", path)
    office.run("certificate", "revoke", "--reason", "The school asked for it.")
    assert "was revoked" in office.run("verify", path, code=1)
    assert "Revoked on 22 November 2026" in office.run("certificate", "show", "--format", "table")
    office.run("certificate", "show", "--landscape", "-o", str(office.root / "c.pdf"))
    assert "Revoked on 22 November 2026: it does not hold." in PdfReader(office.root / "c.pdf").pages[0].extract_text()
    assert "revoked on 22 November 2026" in office.run("visits")
    assert office.visits()["2026-11-20"]["certificate"]["revoked"]["reason"] == "The school asked for it."
    for again in (("revoke", "--reason", "x"), ("suspend", "--reason", "x"), ("suspend", "--lift")):
        assert "is revoked already" in office.run("certificate", *again, code=2)
    office.run("keys", "publish")
    assert "was revoked" in office.run("verify", path, code=1)

    web = office.root.parent / "web"
    office.run("keys", "publish", "-o", str(web))
    assert "Revoked on 22 November 2026: it does not hold." in (web / f"certificates/{number}.html").read_text("utf-8")
    (listed,) = json.loads((web / "certificates.json").read_text(encoding="utf-8"))
    assert (listed["school"], listed["award"], listed["state"]) == ("Lathom Invented School", "gold", "revoked")
    assert "was revoked" in office.run("verify", str(web / f"certificates/{number}.json"), "--issuer", str(web), code=1)

    # by a rule of the issuer's another one for the same visit; after a new visit a renewal
    assert "say with --reason by which rule" in office.run("certificate", "renew", code=2)
    second = office.run("certificate", "renew", "--reason", "The name was misspelt.").split()[0]
    assert second == "S-2026-002"
    visit = office.visits()["2026-11-20"]
    assert visit["earlier_certificates"][0]["revoked"]["reason"] == "The school asked for it."
    assert (visit["certificate"]["replaces"], visit["certificate"]["rule"]) == (number, "The name was misspelt.")
    assert "It holds." in office.run("certificate", "show", "--format", "table")
    assert "Revoked" in office.run("certificate", "show", "--number", number.lower(), "--format", "table")
    office.today = "2029-11-23"
    assert "Ran out on 22 November 2029" in office.run("certificate", "show", "--format", "table")
    office.run("keys", "publish")
    assert "ran out" in office.run("verify", office.path(second), code=1)
    office.visit("2029-11-20", "green", "--award", "silver")
    third = office.run("certificate", "renew", "--valid-until", "2030-07").split()[0]
    assert (third, office.visits()["2029-11-20"]["certificate"]["replaces"]) == ("S-2029-001", second)
    assert office.visits()["2029-11-20"]["certificate"]["valid_until"] == "2030-07-31"
    assert set(office.certificates()) == {number, second, third}
    assert "no certificate CE-1." in office.run("certificate", "show", "--number", "CE-1", code=2)


def test_the_site_has_what_the_issuer_published(office: Office, tmp_path: Path) -> None:
    office.visit("2026-11-20", "green", "--award", "silver")
    number = office.run("certificate", "issue").split()[0]
    office.run("sign", "small", "--school", "lathom")
    web, own, published = tmp_path / "web", tmp_path / "own", tmp_path / "published"
    office.run("site", "-o", str(web))
    office.run("keys", "publish", "-o", str(published))
    page = (web / "index.html").read_text("utf-8")
    assert f'href="certificates/{number}.html"' in page
    assert f"{number}, valid until 22 November 2029." in page
    assert office.run("verify", str(web / f"certificates/{number}.json"), "--issuer", str(web))
    office.run("certificate", "revoke", "--reason", "The school asked for it.")
    office.run("keys", "publish", "-o", str(published))
    said = office.run("site", "-o", str(web))
    assert "changed by hand" not in said
    for path in (path.relative_to(published) for path in published.rglob("*") if path.is_file()):
        assert (web / path).read_bytes() == (published / path).read_bytes(), path
    assert f"{number} was revoked on 22 November 2026 and does not hold." in (web / "index.html").read_text("utf-8")
    assert "was revoked" in office.run("verify", str(web / f"certificates/{number}.json"), "--issuer", str(web), code=1)
    office.run("site", "lathom", "-o", str(own))  # the school's own website, which is not its issuer's
    found = {path.relative_to(own).as_posix() for path in own.rglob("*") if path.is_file()}
    assert f"certificates/{number}.html" in found
    assert not found & {"did.json", "jwks.json", ".well-known/did.json", "status/revocation.json"}


def test_a_school_that_is_left_off_the_site_keeps_what_its_issuer_says_of_its_certificates(
    office: Office, tmp_path: Path
) -> None:
    office.visit("2026-11-20", "green", "--award", "silver")
    number = office.run("certificate", "issue").split()[0]
    office.run("new", "school", "Elm", "--slug", "elm")
    for slug in ("lathom", "elm"):
        office.run("sign", "small", "--school", slug)
    office.run("certificate", "revoke", "--school", "lathom", "--reason", "The school asked for it.")
    office.run("keys", "publish")
    (visit,) = (office.root / "schools/lathom/visits").glob("*.yaml")
    visit.with_name(f"{visit.stem} (2).yaml").write_bytes(visit.read_bytes())
    web = tmp_path / "web"
    said = office.run("site", "-o", str(web), code=2)
    assert "is left off the site." in said
    found = {path.relative_to(web).as_posix() for path in web.rglob("*") if path.is_file()}
    assert not [path for path in found if path.startswith("schools/lathom/")]
    assert "schools/elm/index.html" in found
    assert "Revoked" in (web / f"certificates/{number}.html").read_text("utf-8")
    assert "was revoked" in office.run("verify", str(web / f"certificates/{number}.json"), "--issuer", str(web), code=1)


def test_every_reason_against_a_certificate_is_said_at_once(office: Office, tmp_path: Path) -> None:
    visits = office.root / "schools/lathom/visits"
    visits.mkdir()
    head = 'charter: small\ncharter_version: "1"\npurpose: certification\n'
    (visits / "2027-01-12.yaml").write_text(
        f"{head}date: 2027-01-12\noutcome: met\naward: gold\nfindings: {{gate: {{rating: amber}}}}\n", encoding="utf-8"
    )
    settings = office.root / "charterkit.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"\n  key:.*", "", text), encoding="utf-8")
    (key,) = re.findall(r"\n  key: (.*)", text)
    said = office.run("certificate", "issue", code=2)
    for part in (
        "The visit of 12 January 2027 has not come yet.",
        "does not say what the charter's text was",
        "The visit does not say who came.",
        "The visit does not say what was looked at, or who was talked with.",
        "gate (“The gate is kept”): the visitor says Amber.",
        "office (“The office answers”): neither the visitor nor the school has rated it.",
        f"The issuer in charterkit.yaml names no key, and there is one on this computer: {key}.",
        f"Add it below 'issuer:' in charterkit.yaml, as in 'key: {key}'.",
    ):
        assert part in said, part
    settings.write_text(text, encoding="utf-8")

    def against(**keys: str) -> str:
        facts = {"date": "2026-11-20", "outcome": "met", "award": "silver", "charter_text": office.hash_now, **keys}
        for path in visits.iterdir():
            path.unlink()
        findings = "findings: {gate: {rating: amber}, office: {rating: green}}\n"
        lines = "".join(f"{key}: {value}\n" for key, value in facts.items() if value)
        (visits / "2026-11-20.yaml").write_text(head + lines + findings, encoding="utf-8")
        return office.run("certificate", "issue", "--visit", "2026-11-20", code=2)

    assert "The visit is not met yet." in against(outcome="not-yet")
    assert "how the visit ended" in against(outcome="")
    assert "does not say which award it ends in: silver or gold" in against(award="")
    assert "no award platinum" in against(award="platinum")
    assert "gate (“The gate is kept”): the visitor says Amber." in against(award="gold")
    assert "text has changed since" in against(charter_text=f"sha256:{'0' * 64}")
    assert "Not all of schools/lathom/visits/2026-11-20.yaml can be read" in against(summary="[1]")
    assert "no date with a day" in against(date="2026-11").replace("no visit of", "no date with a day")
    assert not (office.root / "schools/lathom/certificates").exists()
    assert not (office.root / "issuer").exists()


def test_what_was_signed_is_what_is_shown(office: Office) -> None:
    office.visit("2026-11-20", "green", "--award", "silver")
    number = office.run("certificate", "issue").split()[0]
    path = Path(office.path(number))
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace('"Silver"', '"Golden"'), encoding="utf-8")
    assert "is not the certificate that was issued" in office.run("certificate", "show", "--format", "html", code=2)
    path.unlink()
    assert "does not lie in" in office.run("certificate", "show", code=2)
    path.write_text(whole, encoding="utf-8")
    (office.root / "issuer/did.json").unlink()
    assert "no certificate can be relied on" in office.run("certificate", "show", code=2)


class Killed(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("at", range(6))
def test_killed_at_any_write_nothing_is_lost_and_the_next_call_finishes(
    office: Office, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four published files, the certificate, the visit: whichever is the last that is written."""
    office.visit("2026-11-20", "green", "--award", "silver")
    real, count = write.save, 0

    def save(*given: object) -> None:
        nonlocal count
        if count == at:
            raise Killed
        count += 1
        real(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        for module in (write, published):
            patched.setattr(module, "save", save)
        with pytest.raises(Killed):
            office.call("certificate", "issue")
    assert "certificate" not in office.visits()["2026-11-20"]
    said = office.call("check")[1]
    assert ("CK442" in said) is (at == 5)
    number = office.run("certificate", "issue").split()[0]
    assert number == "S-2026-001"
    assert set(office.certificates()) == {number}
    assert "This certificate holds." in office.run("verify", office.path(number))
    assert "CK442" not in office.call("check")[1]


def test_what_a_killed_call_has_left_is_its_own_visit_s_and_no_other_s(office: Office) -> None:
    office.visit("2026-11-20", "green", "--award", "silver")
    number = office.run("certificate", "issue").split()[0]
    path = office.root / "schools/lathom/visits/2026-11-20.yaml"
    path.write_text(path.read_text(encoding="utf-8").partition("\ncertificate:")[0] + "\n", encoding="utf-8")
    office.visit("2026-11-21", "green", "--award", "silver")
    assert office.run("certificate", "issue").split()[0] == "S-2026-002"
    assert office.run("certificate", "issue", "--visit", "2026-11-20").split()[0] == number


@pytest.mark.parametrize("at", [0, 3])
def test_taken_back_and_killed_before_the_list_is_signed_check_says_so(
    office: Office, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """did.json, jwks.json, the list of what was revoked, that of what is suspended: killed before the first or last."""
    office.visit("2026-11-20", "green", "--award", "silver")
    number = office.run("certificate", "issue").split()[0]
    assert "CK444" not in office.call("check")[1]
    real, count = write.save, 0

    def save(*given: object) -> None:
        nonlocal count
        if count == at:
            raise Killed
        count += 1
        real(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(published, "save", save)
        with pytest.raises(Killed):
            office.call("certificate", "suspend", "--reason", "A complaint.")
    assert "suspended" in office.visits()["2026-11-20"]["certificate"]
    assert "does not say so" in office.call("check")[1]
    office.run("keys", "publish")
    assert "CK444" not in office.call("check")[1]
    assert "suspended by its issuer" in office.run("verify", office.path(number), code=1)
    with monkeypatch.context() as patched:
        count = 0
        patched.setattr(published, "save", save)
        with pytest.raises(Killed):
            office.call("certificate", "suspend", "--lift")
    assert f"says that {number} is suspended, and it is not so here" in office.call("check")[1]
    office.run("certificate", "suspend", "--lift")
    assert "CK444" not in office.call("check")[1]
    assert "This certificate holds." in office.run("verify", office.path(number))


def _issue(folder: str, school: str, ready: "multiprocessing.synchronize.Barrier") -> None:
    office = object.__new__(Office)
    office.root, office.settings, office.today = Path(folder, "workspace"), Path(folder, "settings"), "2026-11-22"
    ready.wait()
    office.run("certificate", "issue", school)


def test_two_people_at_once_get_two_numbers(office: Office, tmp_path: Path) -> None:
    import shutil

    office.visit("2026-11-20", "green", "--award", "silver")
    shutil.copytree(office.root / "schools/lathom", office.root / "schools/marsh")
    place = office.root / "schools/marsh/school.yaml"
    place.write_text(place.read_text(encoding="utf-8").replace("Lathom", "Marsh"), encoding="utf-8")
    ready = multiprocessing.Barrier(2)
    people = [
        multiprocessing.Process(target=_issue, args=(str(tmp_path), school, ready)) for school in ("lathom", "marsh")
    ]
    for person in people:
        person.start()
    for person in people:
        person.join(60)
    assert [person.exitcode for person in people] == [0, 0]
    assert sorted(path.name for path in office.root.glob("schools/*/certificates/*")) == [
        "S-2026-001.json",
        "S-2026-002.json",
    ]


def test_a_new_version_needs_a_visit_of_its_own(office: Office) -> None:
    office.visit("2026-11-20", "green", "--award", "silver")
    second = CHARTER.format(version="2", text="The gate is open")
    (office.root / "charters/small-v2.yaml").write_text(second, encoding="utf-8")
    number = office.run("certificate", "issue", "--visit", "2026-11-20").split()[0]
    assert "version 1" in office.run("verify", office.path(number))
    path = office.root / "schools/lathom/visits/2026-11-20.yaml"
    changed = path.read_text(encoding="utf-8").replace('charter_version: "1"', 'charter_version: "2"')
    path.write_text(changed.partition("\ncertificate:")[0] + "\n", encoding="utf-8")
    said = office.run("certificate", "issue", "--visit", "2026-11-20", code=2)
    assert "text has changed since the visit" in said


WELSH = """\
charter: small
version: "1"
language: cy
status: draft
title: {text: Siarter fach, source: A small charter}
"""
PEOPLES = "Lathom|Made-up|Helen|Silver|School improvement|^charter|S-2026|^html$|^example|^certificates"
"""What people wrote, and the pieces of an address."""


def test_a_certificate_in_welsh_has_no_sentence_of_ours_left_in_english(office: Office, tmp_path: Path) -> None:
    from pypdf import PdfReader

    (office.root / "charters/small.cy.yaml").write_text(WELSH, encoding="utf-8")
    office.visit("2026-11-20", "green", "--award", "silver")
    office.run("certificate", "issue")
    names = {}
    for end in ("html", "pdf", "json"):
        for lang in ("cy", "en"):
            names[lang, end] = tmp_path / f"{lang}.{end}"
            office.run("certificate", "show", "--lang", lang, "-o", str(names[lang, end]))
    assert names["cy", "json"].read_bytes() == names["en", "json"].read_bytes(), "what is signed is in no language"
    page = names["cy", "html"].read_text(encoding="utf-8")
    welsh, english = texts(page), texts(names["en", "html"].read_text(encoding="utf-8"))
    assert [text for text in welsh & english if not re.search(PEOPLES, text)] == []
    assert "Drafft yw geiriad Cymraeg charterkit" in page
    assert '<html lang="cy">' in page
    paper = " ".join(PdfReader(names["cy", "pdf"]).pages[0].extract_text().split())
    assert "Siarter fach" in paper
    assert "Drafft yw geiriad Cymraeg charterkit" in paper
    assert not re.search("certify|visited|level of|Valid|holds", paper)
    settings = office.root / "charterkit.yaml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}language: cy\n", encoding="utf-8")
    office.run("certificate", "revoke", "--reason", "The school asked for it.")
    revoked = office.run("certificate", "show", "--format", "html")
    assert "Wedi’i dirymu ar 22 Tachwedd 2026: nid yw’n ddilys." in revoked
