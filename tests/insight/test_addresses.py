"""Where an owner can be written to, and what is said where nobody can."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.exchange.mail import message
from charterkit.files.workspace import Workspace
from charterkit.insight.addresses import Addresses, Reached, is_address
from charterkit.insight.reminders import reminders
from charterkit.insight.telling import Letter
from charterkit.render.listings.due import due
from charterkit.render.listings.letters import letters
from tests.insight.samples import write


class Silent:
    """Takes what is said, and says nothing."""

    def say(self, message: str) -> None: ...

    def warn(self, message: str) -> None: ...


TODAY = date(2026, 1, 1)


def reached(root: Path, owner: str, contacts: str, more: dict[str, str] | None = None, slug: str = "lathom") -> Reached:
    """Where a reminder of a policy goes that lies in Lathom's folder."""
    files = {
        "schools/lathom/school.yaml": f"name: Lathom High School\ncontacts: [{contacts}]\n",
        f"schools/{slug}/policies/a.yaml": f"id: a\ntitle: A\nstatus: live\nnext_review: 2026-02\n{owner}",
    }
    write(root, files | (more or {}))
    workspace = Workspace(root)
    (one,) = reminders(workspace, TODAY)
    return Addresses(workspace).of(one)[0]


HEAD = "{role: Headteacher, name: Ada Okafor, email: head@lathom.example}"
OFFICE = "{role: School office, email: office@lathom.example}"


@pytest.mark.parametrize(
    ("owner", "contacts", "address", "name"),
    [
        ("{name: Ada Okafor, role: Reviewer}", f"{OFFICE}, {HEAD}", "head@lathom.example", "Ada Okafor"),
        ("{name: '  ada  OKAFOR '}", HEAD, "head@lathom.example", "Ada Okafor"),
        ("{name: Somebody else, role: headteacher}", HEAD, "head@lathom.example", "Ada Okafor"),
        ("{role: School office}", f"{HEAD}, {OFFICE}", "office@lathom.example", "School office"),
        # the name goes before the role, wherever the two stand
        ("{name: Ada Okafor, role: School office}", f"{OFFICE}, {HEAD}", "head@lathom.example", "Ada Okafor"),
        # of two with one name, the one that can be reached
        ("{role: Headteacher}", f"{{role: Headteacher}}, {HEAD}", "head@lathom.example", "Ada Okafor"),
        (
            "{role: Headteacher}",
            f"{{role: Headteacher, email: here and there}}, {HEAD}",
            "head@lathom.example",
            "Ada Okafor",
        ),
    ],
)
def test_the_contact_of_the_same_name_else_of_the_same_role(tmp_path, owner, contacts, address, name):
    assert reached(tmp_path, f"owner: {owner}\n", contacts) == Reached(address, name)


@pytest.mark.parametrize(
    ("owner", "contacts", "why"),
    [
        ("", HEAD, "no owner is named"),
        ("owner: {}\n", HEAD, "no owner is named"),
        ("owner: {name: Nobody}\n", HEAD, "no contact has the name or role of Nobody"),
        ("owner: {role: Nurse}\n", "", "no contact has the name or role of Nurse"),
        ("owner: {role: Nurse}\n", "{role: Nurse}", "the contact Nurse has no email address"),
        ("owner: {role: Nurse}\n", "{role: Nurse, email: nurse}", "the email address of Nurse cannot be used"),
        ("owner: {role: Nurse}\n", "{role: Nurse, email: a@b@c.example}", "the email address of Nurse cannot be used"),
        (
            "owner: {role: Nurse}\n",
            "{role: Nurse, email: zoë@lathom.example}",
            "the email address of Nurse cannot be used",
        ),
        (
            "owner: {role: Nurse}\n",
            "{role: Nurse, email: nurse@läthom.example}",
            "the email address of Nurse cannot be used",
        ),
    ],
)
def test_why_nobody_can_be_reached(tmp_path, owner, contacts, why):
    assert reached(tmp_path, owner, contacts) == Reached(None, why=f"Lathom High School: {why}")


def test_the_school_s_contacts_before_its_trust_s(tmp_path):
    trust = "name: The Trust\nkind: trust\nmembers: [lathom]\ncontacts: [{role: Headteacher, email: chief@trust.example}, {role: Nurse, email: nurse@trust.example}]\n"
    more = {"schools/trust/school.yaml": trust}
    assert reached(tmp_path / "a", "owner: {role: Headteacher}\n", HEAD, more).address == "head@lathom.example"
    assert reached(tmp_path / "b", "owner: {role: Nurse}\n", HEAD, more).address == "nurse@trust.example"
    found = reached(tmp_path / "c", "owner: {role: Headteacher}\n", HEAD, more, slug="trust")
    assert found.address == "chief@trust.example", "a trust's policy goes to the trust's own people"


GOOD = ["a@b", "head@lathom.example", "o'neill+x@mail.lathom.sch.uk", "a.b.c@x-y.example", "x" * 64 + "@b.example"]
BAD = [
    "",
    "@",
    "a@",
    "@b.example",
    "a b@c.example",
    "a@b c.example",
    ".a@b.example",
    "a.@b.example",
    "a..b@c.example",
    "a@b..example",
    "a@.example",
    "a@b.example.",
    "a@-b.example",
    "a@b_c.example",
    "a@b@c.example",
    "a@[127.0.0.1]",
    '"a"@b.example',
    "A <a@b.example>",
    "a@b.example, c@d.example",
    "a@b.example;c@d.example",
    "a@b.example\nBcc: c@d.example",
    "a@b.example\r\nBcc: c@d.example",
    "a@b.example\n",
    "a@b.example\0",
    "zoë@b.example",
    "a@bücher.example",
    "a@b\u2028.example",
    "١@b.example",
    "x" * 65 + "@b.example",
    "a@" + ".".join(["x" * 60] * 5),
    "a(comment)@b.example",
    "=?utf-8?q?a?=@b.example\u202e",
]


@pytest.mark.parametrize("text", GOOD)
def test_an_address(text):
    assert is_address(text)


@pytest.mark.parametrize("text", BAD)
def test_no_address(text):
    assert not is_address(text)


@given(st.one_of(st.emails(), st.from_regex(r"[ -~]{1,20}@[ -~]{1,20}", fullmatch=True), st.text(max_size=40)))
def test_every_address_can_stand_in_a_header_and_comes_back_as_it_was(text):
    if is_address(text):
        made = message(Letter(text, "Kim", "Due", "t", "<p>t</p>"), text, TODAY)
        assert [one.addr_spec for one in (*made["To"].addresses, *made["From"].addresses)] == [text, text]


def test_a_promise_of_several_reaches_each_of_them(tmp_path):
    write(
        tmp_path,
        {
            "schools/lathom/school.yaml": f"name: Lathom High School\ncontacts: [{HEAD}, {OFFICE}]\n",
            "schools/lathom/policies/a.yaml": "id: a\ntitle: A\nstatus: live\nreview: {every: live}\ncommitments:\n"
            "  - {id: news, what: Newsletter, when: weekly, from: 2026-01-09, owner: [Headteacher, School office]}\n",
        },
    )
    workspace = Workspace(tmp_path)
    (made,) = reminders(workspace, TODAY)
    found = Addresses(workspace).of(made)
    assert [each.address for each in found] == ["head@lathom.example", "office@lathom.example"]
    told = due(workspace, TODAY, Silent(), within=30)
    assert [letter.to for letter in letters(told).written] == ["head@lathom.example", "office@lathom.example"]
    assert not letters(told).lost
    assert [row["owner_email"] for row in told.rows] == ["head@lathom.example, office@lathom.example"]
    view = due(workspace, TODAY, Silent(), within=30, order="owner", owner="school office").view
    assert {section.heading for section in view.sections} == {"Headteacher", "School office"}


def test_what_two_names_of_one_person_owe_stands_once_in_her_letter(tmp_path):
    write(
        tmp_path,
        {
            "schools/lathom/school.yaml": f"name: Lathom High School\ncontacts: [{HEAD}]\n",
            "schools/lathom/policies/a.yaml": "id: a\ntitle: A\nstatus: live\nreview: {every: live}\ncommitments:\n"
            "  - {id: news, what: Newsletter, when: weekly, from: 2026-01-09, owner: [Headteacher, Ada Okafor]}\n",
        },
    )
    (written,) = letters(due(Workspace(tmp_path), TODAY, Silent(), within=30)).written
    assert (len(written.marks), written.text.count("Newsletter")) == (1, 1)


def test_an_office_is_written_to_at_its_own_school(tmp_path):
    files = {}
    for school in ("lathom", "marsh"):
        office = f"{{role: Office, name: School office, email: office@{school}.example}}"
        files[f"schools/{school}/school.yaml"] = f"name: {school.title()} School\ncontacts: [{office}]\n"
        files[f"schools/{school}/policies/a.yaml"] = (
            "id: a\ntitle: A\nstatus: live\nnext_review: 2026-01-20\nowner: {name: School office}\n"
        )
    write(tmp_path, files)
    told = letters(due(Workspace(tmp_path), TODAY, Silent(), within=30)).written
    assert [(each.to, each.text.count("Marsh School")) for each in told] == [
        ("office@lathom.example", 0),
        ("office@marsh.example", 1),
    ]


def test_what_is_overdue_is_told_once_a_week_with_a_copy_as_without(tmp_path):
    files = {
        "charterkit.yaml": "reminders: {copy: {to: Headteacher, after: 14d}}\n",
        "schools/lathom/school.yaml": f"name: Lathom High School\ncontacts: [{HEAD}, {OFFICE}]\n",
        "schools/lathom/policies/a.yaml": "id: a\ntitle: A\nstatus: live\nnext_review: 2026-01-01\nowner: {role: School office}\n",
    }
    write(tmp_path, files)
    known: set[str] = set()
    told = []
    for number in range(1, 40):
        day = TODAY + timedelta(days=number)
        for written in letters(due(Workspace(tmp_path), day, Silent(), within=30), known).written:
            known |= set(written.marks)
            told.append((number, bool(written.copies)))
    assert [day for day, _ in told] == [1, 8, 14, 21, 28, 35]
    assert [copied for _, copied in told] == [False, False, True, True, True, True]
