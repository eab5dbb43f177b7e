"""The register: what each row says, and that people's text does nothing in any format."""

import csv
import io
import json
from datetime import date

import jsonschema
import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

from charterkit.choices import ReviewState
from charterkit.files.workspace import Workspace
from charterkit.insight.policies.register import register
from charterkit.render.listings.listing import Cell, Column, Listing, Section, rows_csv
from charterkit.render.listings.register import KEYS, register_json, register_listing, register_row, standing
from charterkit.render.listings.terminal import renderable
from charterkit.resources import builtin
from tests.render.comparison.test_compare import schema
from tests.render.comparison.test_terminal import printed
from tests.render.policies import HOSTILE, TRUST, policy_file, registered, written
from tests.render.samples import TODAY, document

SEEDS = {
    # what each seed states, and nothing else
    "kingsgate": ("Parent/Carer Engagement and Partnership", "Tim Rogers", None, None, "2023-09", "2024-09", "stated"),
    "leading-learning-trust": (
        "Parental and Community Engagement Policy",
        None,
        "trustees",
        "1.0",
        "2017-07-01",
        "2018-07-01",
        "derived",
    ),
    "ravensfield": ("Parent Partnership Policy", None, None, None, "2011-02", "2013-02", "derived"),
    "oakmeadow": ("Parent Engagement and Partnership", None, None, None, None, None, "unknown"),
}


@pytest.mark.parametrize("slug", SEEDS)
def test_each_seed_s_row_says_what_its_text_says(slug):
    (one,) = register(Workspace(builtin()), TODAY, slug)
    row = register_row(one)
    title, owner, approver, version, last, due, source = SEEDS[slug]
    assert (row["title"], row["owner"], row["approver"], row["version"]) == (title, owner, approver, version)
    assert (row["last_review"], row["next_review"], row["next_review_from"]) == (last, due, source)
    assert row["state"] == ("unknown" if due is None else "overdue")


def test_who_reviewed_is_told_by_name_where_the_seed_lets_us_infer_it():
    found = {one.folder.slug: one.last_by for one in register(Workspace(builtin()), TODAY)}
    assert found["kingsgate"] == "Tim Rogers"
    assert found["leading-learning-trust"] == "LLT trustees"
    assert found["ravensfield"] == "B. Allford"
    assert found["oakmeadow"] == ""


def test_the_trust_s_policy_shows_under_the_members_it_holds_for_and_once_over_all(tmp_path):
    workspace = written(tmp_path, TRUST)
    rows = {
        slug: [(one.folder.slug, one.id) for one in register(workspace, TODAY, slug)]
        for slug in (None, "north", "south", "our-trust", "alone")
    }
    assert rows[None].count(("our-trust", "families")) == 1
    assert rows["north"] == [("north", "behaviour"), ("our-trust", "families")]
    assert rows["south"] == []
    assert rows["our-trust"] == [("our-trust", "families")]
    assert rows["alone"] == [("alone", "behaviour")]
    made = document(register_listing(list(register(workspace, TODAY)), "All", TODAY), "markdown", tmp_path)
    assert made.count("| Families (version 1.0, for North School)") == 1


@pytest.mark.parametrize(
    "more",
    [
        "status: draft\nnext_review: 2020-01",
        "status: archived\nnext_review: 2020-01",
        "status: live\nnext_review: 2020-01\nhistory: [{date: 2019-01, event: withdrawn}]",
    ],
)
def test_what_is_not_in_force_is_never_overdue(tmp_path, more):
    one = registered(tmp_path, policy_file(f"{more}\n"))
    assert one.state is ReviewState.OK
    assert standing(one).text == {"draft": "Draft", "archived": "Archived"}.get(one.policy.status or "", "Withdrawn")
    made = document(register_listing([one], "One", TODAY), "markdown", tmp_path)
    assert "verdue" not in made.replace("no review overdue", "")
    assert "Live" not in made


@pytest.mark.parametrize(
    ("due", "today", "state"),
    [
        ("2026-11", date(2026, 11, 30), ReviewState.DUE),
        ("2026-11", date(2026, 12, 1), ReviewState.OVERDUE),
        ("2026", date(2026, 12, 31), ReviewState.DUE),
        ("2026", date(2027, 1, 1), ReviewState.OVERDUE),
        ("2026-11-22", date(2026, 11, 22), ReviewState.DUE),
        ("2026-11-22", date(2026, 11, 23), ReviewState.OVERDUE),
    ],
)
def test_a_month_is_overdue_when_it_is_over(tmp_path, due, today, state):
    workspace = written(tmp_path, policy_file(f"status: live\nnext_review: {due}\n"))
    assert [one.state for one in register(workspace, today)] == [state]


def test_a_draft_of_the_next_version_is_not_the_one_that_holds(tmp_path):
    history = '[{date: 2025-01, event: approved, version: "1.0"}, {date: 2026-01, event: drafted, version: "2.0"}]'
    assert registered(tmp_path / "a", policy_file(f"status: live\nhistory: {history}\n")).version == "1.0"
    only = '[{date: 2026-01, event: drafted, version: "2.0"}]'
    assert registered(tmp_path / "b", policy_file(f"status: draft\nhistory: {only}\n")).version == "2.0"


def test_a_title_or_status_that_cannot_be_read_is_not_taken_for_one(tmp_path):
    files = {**policy_file(""), "schools/one/policies/safe-use.yaml": "id: [x]\ntitle: {a: b}\nstatus: lvie\n"}
    one = registered(tmp_path, files, "safe-use")
    (row,) = register_json([one])
    assert (row["policy"], row["title"], row["status"]) == ("safe-use", "Safe use", None)
    schema("policies").validate([row])
    made = document(register_listing([one], "One", TODAY), "markdown", tmp_path)
    assert "Safe use (parts of the file cannot be read)" in made
    assert "unreadable" not in made


@pytest.mark.parametrize("text", HOSTILE)
def test_people_s_text_does_nothing_in_any_format(tmp_path, text):
    files = policy_file(f"status: live\nowner: {{name: {json.dumps(text)}}}\nnext_review: 2027\n")
    files["schools/one/policies/p.yaml"] = files["schools/one/policies/p.yaml"].replace("Policy", json.dumps(text))
    one = registered(tmp_path, files)
    made = register_listing([one], text, TODAY)
    for width in (40, 80):
        out = printed(renderable(made, width), width)
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert all(cell_len(line) <= width for line in out.splitlines())
    assert "[bold]loud" in printed(renderable(made, 200), 200) or "[bold]" not in text
    html = document(made, "html", tmp_path)
    assert "<script>alert" not in html
    assert "\u202e" not in html
    markdown = document(made, "markdown", tmp_path)
    as_html = MarkdownIt("commonmark").enable("table").render(markdown)
    assert "<script" not in as_html
    assert as_html.count("<tr>") == 2
    assert as_html.count("<td>") == 5
    assert "49" not in html + markdown
    (_, cells) = csv.reader(io.StringIO(rows_csv(register_json([one]), KEYS), newline=""))
    assert len(cells) == len(KEYS)
    assert not cells[2].startswith("=")
    assert register_row(one)["title"] == text


def test_a_link_that_may_not_be_followed_is_none(tmp_path):
    row = (Cell("Bad", link="javascript:alert(1)"), Cell("Good", link="https://example.org"))
    listing = Listing("L", "T", (), (Column("A"), Column("B")), (Section("", (row,)),), "today")
    page = document(listing, "html", None)
    assert "javascript" not in page
    assert 'href="https://example.org"' in page


def test_json_and_csv_have_the_documented_keys(tmp_path):
    rows = register_json(list(register(Workspace(builtin()), TODAY)))
    schema("policies").validate(rows)
    with pytest.raises(jsonschema.ValidationError):
        schema("policies").validate([{**rows[0], "state": "late"}])
    assert tuple(rows[0]) == KEYS == tuple(schema("policies").schema["items"]["required"])
    lines = list(csv.reader(io.StringIO(rows_csv(rows, KEYS), newline="")))
    assert tuple(lines[0]) == KEYS
    assert len(lines) == len(rows) + 1
    assert "selwyn portway" in next(cells for cells in lines if cells[0] == "leading-learning-trust")


def test_two_thousand_policies_are_listed(tmp_path):
    policy = "id: p{number}\ntitle: Policy {number}\nstatus: live\nnext_review: 2027-01\nowner: {{role: Head}}\n"
    files = {"charterkit.yaml": ""}
    for school in range(20):
        files[f"schools/s{school:02}/school.yaml"] = f"name: School {school}\n"
        for number in range(100):
            files[f"schools/s{school:02}/policies/p{number}.yaml"] = policy.format(number=number)
    found = list(register(written(tmp_path, files), TODAY))
    made = register_listing(found, "All", TODAY)
    assert "2,000 policies" in made.lead[0]
    assert document(made, "html", tmp_path).count('scope="row"') == 2000
    assert document(made, "markdown", tmp_path).count("\n| Policy ") >= 2000
    assert printed(renderable(made, 40), 40).count("In order") == 2000
