"""The credential by the data model's own rules, and what stands in the way of making one."""

import base64
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from charterkit.credential import contexts, library
from charterkit.credential.contexts import BADGES, CREDENTIALS
from charterkit.credential.issuing import text_of
from charterkit.credential.keys import new_key, signing_key
from charterkit.credential.making import list_address, stamp, unsigned
from charterkit.credential.publishing import certificate_address
from charterkit.credential.verifying import verify
from charterkit.errors import Missing, Refused
from tests.credential.made import FACTS, NOW, credential, key


def test_by_the_rules_of_the_data_model() -> None:
    made = credential()
    assert made["@context"] == [CREDENTIALS, BADGES]
    assert {name: made[name] for name in made if name != "proof"} == unsigned(FACTS)
    assert made["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert (made["validFrom"], made["validUntil"]) == ("2026-03-20T00:00:00Z", "2029-03-31T23:59:59Z")
    subject = made["credentialSubject"]
    assert [each["identityHash"] for each in subject["identifier"]] == [FACTS.school, FACTS.urn, FACTS.ukprn]
    achievement = subject["achievement"]
    assert achievement["achievementType"] == "QualityAssuranceCredential"
    assert {"id", "type", "name", "description", "criteria"} <= achievement.keys()
    [described], [result] = achievement["resultDescription"], subject["result"]
    levels = {level["id"]: level["name"] for level in described["rubricCriterionLevel"]}
    assert (result["resultDescription"], levels[result["achievedLevel"]]) == (described["id"], "Silver")
    [text] = made["relatedResource"]
    digest = base64.b64decode(text["digestSRI"].removeprefix("sha256-")).hex()
    assert f"sha256:{digest}" == FACTS.charter_text
    assert [each["statusPurpose"] for each in made["credentialStatus"]] == ["revocation", "suspension"]
    assert (made["proof"]["cryptosuite"], made["proof"]["proofPurpose"]) == ("eddsa-rdfc-2022", "assertionMethod")


def test_the_same_facts_make_the_same_credential_byte_for_byte() -> None:
    """`unsigned.json` changes only when what is issued from then on is to change."""
    whole_text = (Path(__file__).parent / "unsigned.json").read_text(encoding="utf-8")
    assert text_of(unsigned(FACTS)).decode() == whole_text
    bare = replace(FACTS, urn=None, ukprn=None, status=None, commit=None, evidence=(), charter_url=None)
    made, whole = unsigned(bare), unsigned(FACTS)
    assert {*whole} - {*made} == {"credentialStatus", "description", "evidence"}
    assert [each["identityType"] for each in made["credentialSubject"]["identifier"]] == ["name"]
    assert "id" not in made["credentialSubject"]["achievement"]["criteria"]
    assert list_address("https://c.example/X/", "revocation") == "https://c.example/X/revocation.json"
    assert stamp(datetime(2026, 3, 20, 1, tzinfo=timezone(timedelta(hours=2)))) == "2026-03-19T23:00:00Z"


def test_without_the_extra_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("pyld", "cryptography.hazmat.primitives.asymmetric.ed25519"):
        monkeypatch.setitem(sys.modules, name, None)
    for call in (
        lambda: verify(b"this is no certificate", (), (), NOW),
        lambda: new_key(tmp_path / "keys", None, date(2026, 3, 1)),
        lambda: signing_key(tmp_path, "key-00000000", None),
    ):
        library.ldp.cache_clear()
        with pytest.raises(Missing) as said:
            call()
        library.ldp.cache_clear()
        assert 'pip install "charterkit[certificate]"' in said.value.hint
    assert not list(tmp_path.iterdir())


def test_a_context_is_the_one_that_is_pinned_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from openbadgeslib.ob3 import contexts as theirs

    pinned = {
        "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-context-3.0.3.json",
    }
    assert {address: name for address, (name, _) in contexts.PINNED.items()} == pinned
    assert library._others.__wrapped__() is None, "the library has the same"
    monkeypatch.setattr(theirs, "_URL_TO_RESOURCE", dict.fromkeys(pinned, "nowhere.json"))
    found = library._others.__wrapped__()
    assert found is not None
    for address in pinned:
        assert found[address] == contexts.context(address)
        assert "@context" in found[address]
    (name, digest), changed = contexts.PINNED[CREDENTIALS], "0" * 64
    assert digest != changed
    monkeypatch.setattr(contexts, "PINNED", {CREDENTIALS: (name, changed)})
    with pytest.raises(Refused) as said:
        contexts.context.__wrapped__(CREDENTIALS)
    assert (said.value.code, said.value.facts) == ("context-changed", {"name": "credentials-v2.json"})
    with pytest.raises(KeyError):
        contexts.context.__wrapped__("https://example.org/")


def test_the_qr_code_leads_to_a_page_and_there_is_none_without_one() -> None:
    assert certificate_address("did:web:a.example:b", None, "CE-1") == "https://a.example/b/certificates/CE-1.html"
    assert (
        certificate_address("did:key:z6Mk", "https://c.example/", "CE-1") == "https://c.example/certificates/CE-1.html"
    )
    assert certificate_address("did:key:z6Mk", None, "CE-1") is None


def test_no_log_holds_a_private_key() -> None:
    assert "PRIVATE" not in repr(key())
