"""Policies in the page: what waits for a decision and comes before a body, a trust's that is adopted, and concerns."""

import re
import shutil
from datetime import date
from html import unescape
from pathlib import Path

import pytest
import yaml

from tests.cli.calling import call
from tests.serve.asking import Said, Visitor
from tests.serve.test_rooms import hidden

TODAY = date(2026, 11, 29)
CASE = Path(__file__).parents[1] / "cases/CK331/good"
OTHER = "/schools/other/act/policies/behaviour"
ADOPTED = "schools/other/adopted/behaviour.yaml"
OWN = "schools/other/policies/complaints.yaml"
COMPLAINTS = """\
id: complaints
title: Complaints
status: live
approver: {body: committee, name: Resources committee}
review: {every: 1 year}
history:
  - {date: 2025-10-01, event: approved, by: Resources committee, version: '1.0'}
  - {date: 2026-10-12, event: reviewed, by: Anna Lee}
  - {date: 2026-10-13, event: drafted, by: Anna Lee, version: '1.1'}
"""
HOSTILE = "</textarea><script>alert(1)</script>{{ 7 * 7 }}"


@pytest.fixture
def trust(tmp_path: Path) -> Visitor:
    """A browser at the page of a trust, whose policy holds for two schools."""
    shutil.copytree(CASE, tmp_path, dirs_exist_ok=True)
    (tmp_path / "charters").mkdir()
    policy = tmp_path / "schools/north-trust/policies/behaviour.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("applies_to: [lathom]\n", ""), encoding="utf-8")
    (tmp_path / OWN).parent.mkdir(parents=True)
    (tmp_path / OWN).write_text(COMPLAINTS, encoding="utf-8")
    return Visitor(tmp_path, TODAY)


def send(visitor: Visitor, page: str, way: str, **typed: str) -> Said:
    """Load a policy's page, fill one of its forms, and send it."""
    address = f"{page}/{way}"
    return visitor.post(address, {**hidden(visitor.get(page), address), **typed})


def test_what_waits_and_what_a_body_has_to_decide(trust: Visitor) -> None:
    waits = "It waits for the decision of Resources committee, since 12 October 2026."
    act = trust.get("/schools/other/act").text
    assert waits in act
    assert "<bdi>North Trust</bdi> · " in act, "the trust's own stand there too"
    assert waits in trust.get("/schools/other/act/policies/complaints").text
    assert '<a href="/schools/north-trust" dir="auto">North Trust</a>' in trust.get("/home").text
    assert "/schools/north-trust/evaluate" not in trust.get("/schools/north-trust/act").text
    look = unescape(trust.get("/schools/other/look").text)
    assert 'href="/schools/other/look/agenda?body=Resources+committee"' in look
    assert "Waiting for a decision" in trust.get("/schools/other/documents/agenda.html?body=Resources+committee").text
    same = call(
        "agenda", "Resources committee", "--school", "other", "--format", "html", "--today", str(TODAY), cwd=trust.root
    )
    assert (
        trust.get("/schools/other/documents/agenda.html?body=Resources+committee").text.rstrip() == same.stdout.rstrip()
    )
    mail = trust.get("/schools/other/documents/agenda.eml?body=Resources+committee")
    assert mail.headers["content-disposition"] == 'attachment; filename="other-agenda-resources-committee.eml"'
    assert trust.get("/schools/other/look/agenda?body=..%2f..%2fetc").status == 404
    terms = trust.get("/schools/other/documents/terms.html").text
    assert (
        terms.rstrip()
        == call(
            "policies", "other", "--by-term", "--format", "html", "--today", str(TODAY), cwd=trust.root
        ).stdout.rstrip()
    )


def test_a_school_adopts_its_trusts_policy_as_the_command_does(trust: Visitor, tmp_path_factory) -> None:
    twin = tmp_path_factory.mktemp("twin")
    shutil.copytree(trust.root, twin, dirs_exist_ok=True)
    said = ("--date", "2026-03-12", "--by", "Local board", "--changes", "Our rewards.")
    call("policy", "adopt", "behaviour", "--school", "other", *said, "--today", str(TODAY), cwd=twin)
    assert "The school has not said that it adopted it." in trust.get(OTHER).text
    late = send(trust, OTHER, "adopted", date="2030", changes=HOSTILE)
    assert late.status == 422
    assert "has not come" in late.text
    assert "&lt;/textarea&gt;&lt;script&gt;" in late.text
    early = send(trust, OTHER, "adopted", date="2001")
    assert "or choose an earlier version" in early.text
    assert not (trust.root / ADOPTED).exists()
    typed = {"date": "12 March 2026", "by": "Local board", "changes": "Our rewards."}
    done = trust.follow(send(trust, OTHER, "adopted", **typed))
    assert f"is adopted on 12 March 2026. Saved in {ADOPTED}." in done.text
    assert (trust.root / ADOPTED).read_bytes() == (twin / ADOPTED).read_bytes()
    assert "Other Primary has adopted it: version 2.0 on 12 March 2026 by Local board." in done.text
    assert "Otherwise here: Our rewards." in done.text
    assert send(trust, OTHER, "adopted", **typed).status == 409, "a button that was pressed twice"
    assert trust.post("/schools/other/act/policies/complaints/adopted", {}).status == 409, "one of its own"
    assert trust.post("/schools/other/act/policies/..%2fx/adopted", {}).status == 404


def test_what_a_school_does_otherwise_can_be_emptied_again(trust: Visitor) -> None:
    file = trust.root / ADOPTED
    text = "policy: behaviour\nfrom: north-trust\nversion: '2.0'\ndate: 2026-03-12  # ours\nby: The b\u200board\n"
    file.parent.mkdir()
    file.write_text(f"{text}changes: |\n  Our rewards.\n  <b>Ours</b>\n", encoding="utf-8")
    form = f"{OTHER}/adopted"
    page = trust.get(OTHER)
    shown = {
        **hidden(page, form),
        "date": "12 March 2026",
        "by": "The b\ufffdoard",
        "changes": "Our rewards.\r\n<b>Ours</b>",
    }
    for value in (
        'value="12 March 2026"',
        'value="The b\ufffdoard"',
        "\nOur rewards.\n&lt;b&gt;Ours&lt;/b&gt;</textarea>",
    ):
        assert value in page.text
    assert trust.post(form, shown).status == 409, "as it stood: nothing was changed"
    assert file.read_text(encoding="utf-8").startswith(text)
    done = trust.follow(trust.post(form, {**shown, "changes": "  "}))
    assert "is adopted on 12 March 2026" in done.text
    assert "Otherwise here" not in done.text
    assert file.read_text(encoding="utf-8") == text, "all else is as it was, also what nobody can see"
    file.write_text(f"{text}changes: With a \u200b\n", encoding="utf-8")
    hostile = send(trust, OTHER, "adopted", **{**shown, "changes": "a\0b\u202e ض =cmd() {{ 7 * 7 }}", "seen": ""})
    assert hostile.status == 409
    again = {**hidden(trust.get(OTHER), form), "changes": "a\0b\u202e ض =cmd() {{ 7 * 7 }}"}
    assert trust.post(form, {**shown, **again}).status == 303
    assert yaml.safe_load(file.read_text(encoding="utf-8"))["changes"] == "a\0b\u202e ض =cmd() {{ 7 * 7 }}"
    assert "Otherwise here: a�b� ض =cmd() {{ 7 * 7 }}" in trust.get(OTHER).text
    assert trust.post(form, {**shown, **again, "changes": "x" * 2_000_000}).status == 422
    file.write_text(text, encoding="utf-8")
    late = trust.post(form, {**shown, "changes": "From <another> tab"})
    assert late.status == 409
    assert "From &lt;another&gt; tab</textarea>" in late.text
    assert file.read_text(encoding="utf-8") == text


def test_a_concern_is_raised_and_settled_without_names(trust: Visitor) -> None:
    page = "/schools/other/act/policies/complaints"
    before = (trust.root / OWN).read_bytes()
    for typed, words in (
        ({"category": "Mrs Jane Smith"}, "What looks like a name in it is none"),
        ({"category": "tel. 020 7946 0000"}, "“category” holds a telephone number"),
        ({"category": ""}, "“category” is empty"),
        ({"category": "Uniform", "date": "2030"}, "has not come"),
    ):
        refused = send(trust, page, "concern", **typed)
        assert refused.status == 422, typed
        assert words in unescape(refused.text)
        assert "--" not in re.sub("<!--.*?-->", "", refused.text.partition('role="alert"')[2].partition("</div>")[0])
        assert f'value="{typed["category"]}"' in refused.text
    assert (trust.root / OWN).read_bytes() == before
    old = hidden(trust.get(page), f"{page}/concern")
    raised = trust.follow(trust.post(f"{page}/concern", {**old, "category": "Uniform", "reference": "2026/4"}))
    assert "is on record as" in raised.text
    assert "Uniform, raised on 29 November 2026, 2026/4." in raised.text
    assert trust.post(f"{page}/concern", {**old, "category": "Uniform"}).status == 409, (
        "a button that was pressed twice"
    )
    (held,) = yaml.safe_load((trust.root / OWN).read_text(encoding="utf-8"))["concerns"]
    assert (held["category"], held["reference"]) == ("Uniform", "2026/4")
    assert "Uniform" in trust.get("/schools/other/documents/concerns.html").text
    early = send(trust, page, "concern/settled", outcome="Resolved <informally>", date="2025")
    assert early.status == 422
    assert 'value="Resolved &lt;informally&gt;"' in early.text
    settled = trust.follow(send(trust, page, "concern/settled", outcome="Resolved informally"))
    assert "None is open." in settled.text
    (held,) = yaml.safe_load((trust.root / OWN).read_text(encoding="utf-8"))["concerns"]
    assert (str(held["closed"]), held["outcome"]) == ("2026-11-29", "Resolved informally")
    assert trust.post(f"{page}/concern/settled", {"seen": "x"}).status == 409
