"""A policy's control page: what it says, where it comes from, and what families never see."""

import json
import re

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

from charterkit.errors import CharterkitError
from charterkit.files.texts import read_text
from charterkit.files.workspace import Workspace
from charterkit.insight.policies.register import register
from charterkit.model.policy import Policy
from charterkit.render.engine.environment import render
from charterkit.render.policy.data import policy_json
from charterkit.render.policy.terminal import policy_renderable
from charterkit.render.policy.view import SOMEBODY, policy_view
from charterkit.resources import builtin
from tests.render.comparison.test_compare import schema
from tests.render.comparison.test_terminal import printed
from tests.render.planted import planted
from tests.render.policies import HOSTILE, TRUST, policy_file, registered, written
from tests.render.samples import TODAY

PUBLIC = {
    "title",
    "approver-name",
    "responsibilities-who",
    "responsibilities-does",
    "commitments-what",
    "commitments-when",
    "definitions-key",
    "definitions",
    "references-text",
    "references-url",
    "references-page",
    "document-s-text",
}
"""Of all the places that take text, those that families may read."""


def text_of(one):
    named = one.policy.document
    return read_text(one.folder.workspace.root, one.folder.path, "policies", named) if named else None


def viewed(one, *, public=False, school=None, others=()):
    return policy_view(one, others, today=TODAY, school=school, public=public, text=text_of(one))


def pages(view):
    found = {kind: render(f"policy.{kind}.j2", view, None) for kind in ("html", "md")}
    return {**found, "terminal": printed(policy_renderable(view, 200), 200)}


def everything(view):
    return "\n".join([repr(view), *pages(view).values()])


def seed(name, slug=None):
    found = list(register(Workspace(builtin()), TODAY, slug))
    return next(one for one in found if one.id == name and slug in (None, one.folder.slug)), found


def marked(root, **more):
    """A policy with a mark in every text, in force and for everybody."""
    policy = planted(Policy)
    policy |= {"id": "p", "status": "live", "document": "mark-document.md", "applies_to": ["one"], **more}
    policy["references"][0]["url"] = "https://example.org/mark-references-url"
    policy["publication"] = {"url": "https://example.org/mark-publication-url", "visibility": "public"}
    files = {
        "charterkit.yaml": "",
        "schools/one/school.yaml": "name: One\ncontacts: [{name: mark-contact, role: mark-contact-role}]\naddress: mark-address\n",
        "schools/one/policies/p.yaml": json.dumps(policy),
        "schools/one/policies/mark-document.md": "# Ours\n\nmark-document-s-text",
    }
    one = registered(root, files)
    assert not one.document.loaded.problems
    return one


def marks(text):
    return {found.removeprefix("mark-") for found in re.findall(r"mark-[a-z0-9-]*[a-z0-9]", text.lower())}


def test_families_see_the_public_fields_and_nothing_else(tmp_path):
    view = viewed(marked(tmp_path), public=True)
    assert marks(everything(view)) == PUBLIC
    assert "Mark related" in everything(view)
    assert marks(pages(view)["md"]) == PUBLIC - {"document-s-text"}


def test_staff_see_everything_but_ids_and_contacts(tmp_path):
    one = marked(tmp_path, people={"mark-history-by": "mark-people"})
    found = marks("\n".join(pages(viewed(one)).values()))
    said = marks(json.dumps(planted(Policy))) | {"document-s-text", "document", "people"}
    hidden = {name for name in said if name.endswith("-id")} | {
        "id",
        "requirement",
        "commitments-aspects",
        "commitments-applies-to",
        "applies-to",
        "related",
        "owner-email",
    }
    assert found >= said - hidden - {"people-key", "applies-to", "title-key"}
    assert not any(name.startswith("contact") or name == "address" for name in found)


def test_names_that_the_files_know_give_way_to_roles(tmp_path):
    text = """\
status: live
owner: {name: Ann Example, role: Deputy headteacher}
people: {BX: Bob Example}
responsibilities:
  - {who: Ann Example, does: Leads}
  - {who: Mr Bob Example, does: Helps}
  - {who: BX, does: Counts}
  - {who: All staff, does: Greet}
"""
    one = registered(tmp_path, policy_file(text))
    assert [duty.who for duty in viewed(one, public=True).duties] == ["Deputy headteacher", SOMEBODY, "All staff"]
    assert viewed(one).duties[0].who == "Ann Example"
    assert "Example" not in everything(viewed(one, public=True))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("status: draft", "draft"),
        ("status: archived", "archived"),
        ("status: lvie", "cannot be read"),
        ("status: live\nhistory: [{date: 2026-01, event: withdrawn}]", "withdrawn"),
        ("status: live\nhistory: [{date: 1/1/26, event: withdrawn}]", "cannot be read"),
        ("status: live\npublication: {visibility: staff}", "Staff may read it"),
        ("status: live\npublication: {visibility: governors}", "Governors may read it"),
        ("status: live\npublication: {visibility: parents}", "Parents and carers may read it"),
        ("status: live\npublication: {visibility: stuff}", "cannot be read"),
        ("status: live\npublication: staff", "cannot be read"),
    ],
)
def test_what_is_not_for_everybody_is_refused(tmp_path, more, words):
    one = registered(tmp_path, policy_file(f"{more}\n"))
    with pytest.raises(CharterkitError, match=words):
        viewed(one, public=True)
    assert viewed(one).title == "Policy"


def test_related_policies_that_are_not_for_families_are_not_named(tmp_path):
    files = policy_file("status: live\nrelated: [a, b, c, not-here]\n")
    for name, more in (
        ("a", "status: draft"),
        ("b", "status: live\npublication: {visibility: staff}"),
        ("c", "status: live"),
    ):
        files[f"schools/one/policies/{name}.yaml"] = f"id: {name}\ntitle: Other {name}\n{more}\n"
    found = list(register(written(tmp_path, files), TODAY))
    one = next(each for each in found if each.id == "p")
    assert [line.title for line in viewed(one, public=True, others=found).related] == ["Other c", "Not here"]
    staff = {line.title: line.state.plain for line in viewed(one, others=found).related}
    assert staff == {
        "Other a": "Draft",
        "Other b": "? Not known",
        "Other c": "? Not known",
        "Not here": "Not kept here",
    }


def test_a_seed_s_history_stays_as_precise_as_it_is_and_initials_are_explained():
    one, _ = seed("parent-carer-engagement", "kingsgate")
    view = viewed(one)
    assert [(line.date, line.by) for line in view.history] == [
        ("December 2019", "TR (Tim Rogers)"),
        ("November 2020", "RO"),
        ("September 2021", "RO"),
        ("September 2022", "TR (Tim Rogers)"),
        ("September 2023", "TR (Tim Rogers)"),
    ]
    assert view.state.plain == "▲ Overdue"
    assert ("Next review", "September 2024", "stated") in [(one.name, one.text, one.below) for one in view.facts]


def test_a_trust_s_policy_shows_for_a_member(tmp_path):
    one, others = seed("parental-and-community-engagement")
    view = viewed(one, school="selwyn", others=others)
    assert (view.school, view.keeper) == ("Selwyn Primary School", "Leading Learning Trust")
    assert [(step.by, step.does, step.every) for step in view.chain] == [
        ("School Leadership Team", "reviews it", "every year"),
        ("Leading Learning Trust Board of Trustees", "ratifies it", ""),
    ]
    assert viewed(one).keeper == ""
    assert viewed(one).school == "Leading Learning Trust"
    files = written(tmp_path, TRUST)
    found = list(register(files, TODAY, "north"))
    families = next(each for each in found if each.id == "families")
    assert [line.state.plain for line in viewed(families, others=found).related] == ["▲ Overdue", "Not kept here"]


@pytest.mark.parametrize(
    ("more", "text", "why"),
    [
        ("next_review: 2027", "2027", "stated"),
        ("next_review: 2027\nreview: {every: 1 year}\nissued: 2026-05", "2027", "stated"),
        ("next_review: 2029\nreview: {every: 1 year}\nissued: 2026-05", "2029", "the stated date wins"),
        (
            "next_review: 2026-03\nreview: {every: 1 year}\nissued: 2026-05",
            "May 2027",
            "which is not after the last review",
        ),
        ("next_review: 2026-03\nissued: 2026-05", "March 2026", "so the stated date stays"),
        (
            "review: {every: 18 months}\nissued: 2026-05",
            "November 2027",
            "worked out: 18 months after it was issued, May 2026",
        ),
        ("review: {every: 18 months}\nissued: 2026", "Not known", "it cannot be worked out"),
        ("review: {every: 18 months}", "Not known", "there is no review on record"),
        ("review: {every: live}", "Kept up to date", "no date is set"),
        ("review: {every: as needed}", "As needed", "no date is set"),
        ("issued: 2026", "Not known", "neither a date nor how often is stated"),
    ],
)
def test_where_the_next_review_comes_from(tmp_path, more, text, why):
    one = registered(tmp_path, policy_file(f"status: live\n{more}\n"))
    (fact,) = [fact for fact in viewed(one).facts if fact.name == "Next review"]
    assert fact.text == text
    assert why in fact.below


def test_concerns_are_counted_and_their_files_named_for_staff_alone():
    one, _ = seed("parent-carer-engagement", "example-primary")
    found = viewed(one).concerns
    assert (
        found.sentence == "Three concerns on record, one of them still open; the middle one of the closed took 14 days."
    )
    assert [(group.category, group.count, group.open) for group in found.groups] == [
        ("communication", 2, 1),
        ("meetings", 1, 0),
    ]
    assert [line.reference for line in found.lines] == ["log 24-031", "log 26-004", "log 26-052"]
    assert "log 2" not in everything(viewed(one, public=True))
    assert "log 2" not in json.dumps(policy_json(one))


def test_what_cannot_be_read_is_named_with_why_and_never_lost(tmp_path):
    text = """\
status: live
issued: 1/5/17
history: [{date: 2026-01, event: approved}, {date: 2026-13, event: reviewed, by: Lost Somebody}]
commitments: [{id: ok, what: Kept}, {id: Bad Id, what: Lost promise}]
"""
    one = registered(tmp_path, policy_file(text))
    lines = {line.what: line.why for line in viewed(one).unreadable}
    assert "History, entry 2 (2026-13, reviewed, Lost Somebody)" in lines
    assert any("Lost promise" in what for what in lines)
    assert "Issued" in lines
    assert all(lines.values())
    for page in pages(viewed(one)).values():
        assert "Could not be read" in page
    public = viewed(one, public=True)
    assert "three places" in public.notes[0]
    assert "Lost" not in everything(public)


def test_history_out_of_order_is_put_right(tmp_path):
    text = "status: live\nhistory: [{date: 2026-03, event: reviewed}, {date: 2025, event: drafted}, {date: 2025-06, event: approved}]\n"
    one = registered(tmp_path / "a", policy_file(text))
    assert [line.date for line in viewed(one).history] == ["2025", "June 2025", "March 2026"]


@pytest.mark.alike(3)
@pytest.mark.parametrize("text", HOSTILE)
def test_people_s_text_does_nothing_on_any_page(tmp_path, text):
    said = json.dumps(text)
    more = f"""\
status: live
owner: {{name: {said}, role: {said}}}
history: [{{date: 2026-01, event: approved, version: {said}, by: {said}, outcome: {said}, note: {said}}}]
approval_chain: [{{step: ratified, by: {said}}}]
monitored_by: [{{who: {said}, reports_to: {said}, every: {said}}}]
responsibilities: [{{who: {said}, does: {said}}}]
commitments: [{{id: c, what: {said}, when: {said}, owner: {said}}}]
concerns: [{{id: c, category: {said}, outcome: {said}, reference: {said}}}]
publication: {{url: "javascript:alert(1)"}}
definitions: {{{said}: {said}}}
references: [{{id: r, text: {said}, page: {said}, url: {said}}}]
source: {said}
"""
    one = registered(tmp_path, policy_file(more))
    view = viewed(one)
    found = pages(view)
    for page in found.values():
        assert "\u202e" not in page
        assert "\x1b" not in page
    assert "<script>alert" not in found["html"]
    assert 'href="javascript' not in found["html"]
    as_html = MarkdownIt("commonmark").enable("table").render(found["md"])
    assert "<script" not in as_html
    assert "href" not in as_html
    assert as_html.count("<tr>") == 6
    for width in (40, 63, 64, 80):
        out = printed(policy_renderable(view, width), width)
        assert all(cell_len(line) <= width for line in out.splitlines())
        assert "…" not in out
    schema("policy").validate(policy_json(one))


@pytest.mark.parametrize("width", [40, 80])
def test_no_word_of_a_policy_is_cut_in_a_terminal(width):
    for one in register(Workspace(builtin()), TODAY):
        out = printed(policy_renderable(viewed(one), width), width)
        assert all(cell_len(line) <= width for line in out.splitlines())
        assert "…" not in out
        words = {word for line in viewed(one).commitments for word in line.what.split() if len(word) < 15}
        assert words <= set(out.split())


def test_every_policy_s_json_follows_the_schema():
    found = list(register(Workspace(builtin()), TODAY))
    for one in found:
        made = policy_json(one, found)
        schema("policy").validate(made)
        assert set(made) == set(schema("policy").schema["required"])
    one, _ = seed("parent-carer-engagement", "example-primary")
    made = policy_json(one)["concerns"]
    assert (made["count"], made["open"], made["closed"], made["median_days"]) == (3, 1, 2, 14)
    assert made["by_outcome"][0] == {"outcome": "resolved informally", "count": 1}


def test_recurrences_are_said_as_people_say_them(tmp_path):
    when = ["every friday", "every october and february", '"after: an Ofsted inspection"', "each term", "now and then"]
    lines = "".join(f"  - {{id: c{number}, what: W, when: {said}}}\n" for number, said in enumerate(when))
    one = registered(tmp_path, policy_file(f"status: live\ncommitments:\n{lines}"))
    assert [line.when for line in viewed(one).commitments] == [
        "Every Friday",
        "Every October and February",
        "After an Ofsted inspection",
        "Each term, by the end of term",
        "Now and then",
    ]


def test_the_public_reads_only_promises_to_families(tmp_path):
    audiences = ("parents", "pupils", "community", "staff", "governors")
    lines = "".join(f"  - {{id: {one}, what: Kept for {one}, when: monthly, audience: {one}}}\n" for one in audiences)
    file = policy_file(f"status: live\ncommitments:\n{lines}  - {{id: all, what: Kept for everybody}}\n")
    one = registered(tmp_path, file)
    assert len(viewed(one).commitments) == 6
    for page in pages(viewed(one, public=True)).values():
        for who in ("parents", "pupils", "community", "everybody"):
            assert f"Kept for {who}" in page
        for who in ("staff", "governors"):
            assert f"Kept for {who}" not in page


def test_families_read_when_it_was_decided_on_and_nothing_that_nobody_approved(tmp_path):
    """The review of which the body has not decided yet is for the school; so is what it made of the policy."""
    text = """\
status: live
approver: trustees
review: {every: 1 year}
publication: {visibility: public}
history:
  - {date: 2024-12-10, event: approved, version: "1.0", by: Trustees}
  - {date: 2025-11-10, event: reviewed, version: "7.77", by: Deputy head}
"""
    one = registered(tmp_path, policy_file(text))
    facts = {fact.name: fact.text for fact in viewed(one, public=True).facts}
    assert facts["Approved"] == "10 December 2024"
    assert facts["Version"] == "1.0"
    assert not {"Last review", "Next review"} & set(facts)
    for said in ("November 2025", "7.77"):
        assert said not in everything(viewed(one, public=True))
    assert "10 November 2025" in everything(viewed(one))
    decided = f"{text}  - {{date: 2025-11-20, event: approved, version: '7.77', by: Trustees}}\n"
    facts = {fact.name: fact.text for fact in viewed(registered(tmp_path, policy_file(decided)), public=True).facts}
    assert (facts["Approved"], facts["Version"]) == ("20 November 2025", "7.77")
