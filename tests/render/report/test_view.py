import dataclasses
import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt

from charterkit.errors import CharterkitError
from charterkit.render.comparison.view import compare_view
from charterkit.render.report.view import AUDIENCES, report_view
from tests.render.samples import CHARTER, TODAY, after, compared, history, pages, small, viewed

RICH = """\
rated_by: [{role: Headteacher, name: Ruth}, {role: Parent governor}, {name: Sam}]
ratings:
  gate: {rating: amber, groups: {boys: red, girls: amber}, ideas: [Stand there], note: Cold}
  door: {rating: green, strengths: Always open, groups: {boys: green}}
  phone: {rating: not-applicable, reason: We have none}
  survey: {rating: gren}
  knock: {rating: green}
  answer:
    note: Not rated yet
actions:
  - {action: Late, aspect: gate, owner: Head, due: 2026-10, success: Seen, status: planned}
  - {action: This month, due: 2026-11, status: in-progress}
  - {action: Over, due: 2025-01, status: done}
  - {action: Let go, status: dropped}
  - {action: Some day}
  - {action: Broken, due: 14/10/25}
"""


def test_the_summary_says_it_in_plain_sentences(tmp_path):
    view = viewed(small(tmp_path, after(RICH)))
    ratings, movement, plan = view.summary
    assert ratings == (
        "In 2025-26, St Joseph’s & All Angels rated two of the charter’s four aspects that apply: one is green, one is "
        "amber and none is red. Another does not apply, one is not yet rated and one cannot be read."
    )
    assert movement == (
        "Since 2024-25, one aspect improved and one stayed the same; none fell back. Besides, one is no longer rated "
        "and one cannot be read."
    )
    assert plan == "The action plan has three open actions, and one of them is overdue."


def test_the_head_of_the_report(tmp_path):
    view = viewed(small(tmp_path, after(RICH)))
    assert view.school == "St Joseph’s & All Angels"
    assert (view.cycle, view.date, view.status, view.made) == (
        "2025-26",
        "14 October 2025",
        "Agreed",
        "22 November 2026",
    )
    assert view.rated_by == ("Ruth (Headteacher)", "Parent governor", "Sam")
    assert view.charter_note == ""
    assert not view.is_draft


def test_strengths_areas_and_the_rest(tmp_path):
    view = viewed(small(tmp_path, after(RICH)))
    assert [one.title for one in view.strengths] == ["The door is open"]
    assert [one.title for one in view.development] == ["Somebody is at the gate"]
    assert [(one.title, one.reason) for one in view.not_applicable] == [("The telephone is answered", "We have none")]
    assert [one.title for one in view.not_rated] == ["We answer"]
    assert [(point.title, point.tally.met, point.tally.total) for point in view.key_points] == [
        ("Every family is welcome", 1, 3),
        ("Every family is heard", 0, 2),
    ]


def test_areas_for_development_are_worst_first(tmp_path):
    workspace = small(tmp_path, after("ratings: {gate: {rating: amber}, door: {rating: red}, survey: {rating: red}}"))
    assert [one.id for one in viewed(workspace).development] == ["door", "survey", "gate"]


def test_what_cannot_be_read_is_shown_as_such(tmp_path):
    view = viewed(small(tmp_path, after(RICH)))
    lines = {line.what: line.why for line in view.unreadable}
    assert "write red, amber or green" in lines["We ask"]
    assert lines["The rating for ‘knock’"] == "this version of the charter has no such aspect"
    assert "14/10/25" in lines["Action 6: Broken"]
    for page in pages(view).values():
        assert "Action 6: Broken" in page
        assert "knock" in page


def test_a_broken_value_elsewhere_is_shown_too(tmp_path):
    workspace = small(
        tmp_path, after("ratings: {gate: {rating: amber, groups: {boys: pink, cats: red}}}\n", "colour: blue\n")
    )
    lines = [f"{line.what}: {line.why}" for line in viewed(workspace).unreadable]
    assert any(line.startswith("colour: ") for line in lines)
    assert any("gate (The boys): 'pink' is not a level" in line for line in lines)
    assert any("‘cats’" in line for line in lines)


def test_ratings_that_are_no_list_at_all_are_one_line(tmp_path):
    view = viewed(small(tmp_path, after("ratings: none\n")))
    assert view.unreadable[0].what == "All the ratings"
    assert not view.not_rated
    assert "cannot be read" in view.summary[0]


def test_the_action_plan_has_open_actions_first_and_marks_the_overdue(tmp_path):
    view = viewed(small(tmp_path, after(RICH)))
    assert [(one.action, one.status, one.is_overdue) for one in view.actions] == [
        ("Late", "Planned", True),
        ("This month", "In progress", False),
        ("Some day", "Planned", False),
        ("Over", "Done", False),
        ("Let go", "Dropped", False),
    ]
    assert view.actions[0].aspect == "Somebody is at the gate"
    assert view.actions[0].due == "October 2026"


@pytest.mark.parametrize(("today", "late"), [("2026-10-31", False), ("2026-11-01", True)])
def test_a_month_is_over_when_its_last_day_is(tmp_path, today, late):
    workspace = small(tmp_path, after(RICH))
    one = history(workspace)[-1]
    view = report_view(
        workspace,
        workspace.school("st-josephs"),
        one,
        before=None,
        comparison=None,
        audience="leaders",
        today=date.fromisoformat(today),
    )
    assert view.actions[0].is_overdue is late


def test_in_a_plan_that_a_newer_one_replaced_nothing_is_overdue(tmp_path):
    files = {
        "schools/st-josephs/evaluations/2024-25.yaml": after(RICH)["schools/st-josephs/evaluations/2025-26.yaml"]
        .replace("2025-", "2024-")
        .replace("2024-26", "2024-25")
    }
    view = viewed(small(tmp_path, files), place=0)
    assert view.cycle == "2024-25"
    assert view.summary[-1] == "At that time, the action plan had three open actions."
    assert not any(one.is_overdue for one in view.actions)


def test_focus_groups_and_where_they_stand_lower(tmp_path):
    boys, girls = viewed(small(tmp_path, after(RICH))).groups
    assert boys.name == "The boys"
    assert boys.sentence == "Rated for The boys on two aspects: one is green, none is amber and one is red."
    assert [(one.title, one.school.word, one.group.word) for one in boys.below] == [
        ("Somebody is at the gate", "Amber", "Red")
    ]
    assert girls.below == ()


def test_duties_done_and_still_to_do(tmp_path):
    found = viewed(small(tmp_path)).sign_up
    assert (
        found.sentence
        == "St Joseph’s & All Angels signed up to this charter on 2 September 2025, signed by Ann Signer."
    )
    assert [(duty.text, duty.is_done, duty.done) for duty in found.duties] == [
        ("Launch it", True, "September 2025"),
        ("Put up the poster", False, ""),
    ]
    unsigned = viewed(
        small(tmp_path / "b", {"schools/st-josephs/school.yaml": "name: Lathom High School : A Technology College\n"})
    )
    assert "has not recorded" in unsigned.sign_up.sentence


def test_movement_and_what_an_aspect_was_before(tmp_path):
    view = viewed(small(tmp_path))
    assert view.movement is not None
    assert view.summary[1] == (
        "Since 2024-25, one aspect improved, one fell back and one stayed the same. One is no longer rated."
    )
    assert [(step.way, step.count) for step in view.movement.steps] == [
        ("down", 1),
        ("up", 1),
        ("other", 1),
        ("same", 1),
    ]
    assert [section.heading for section in view.movement.sections] == ["Fell back", "Improved", "No longer rated"]
    gate = view.key_points[0].aspects[0]
    assert gate.was is not None
    assert (gate.change, gate.was.word) == ("Improved", "Red")
    first = viewed(small(tmp_path / "b"), place=0)
    assert first.movement is None
    assert all("Since" not in line for line in first.summary)


def test_what_a_draft_has_not_come_to_yet_is_not_called_a_change(tmp_path):
    workspace = small(tmp_path, after("ratings: {gate: {rating: amber}}\n", status="draft"))
    view = viewed(workspace)
    assert view.is_draft
    assert view.movement is not None
    assert [section.kind for section in view.movement.sections] == ["improved"]
    assert "no longer" not in " ".join(view.summary)
    for page in pages(view).values():
        assert "Draft." in page


def test_evidence_in_words(tmp_path):
    evidence = """\
ratings:
  gate:
    rating: green
    evidence:
      - {kind: survey, survey: parents, question: welcome}
      - {kind: survey, survey: parents, question: gone}
      - {kind: survey, survey: nowhere, question: welcome}
      - {kind: survey, survey: parents, question: some}
      - {kind: document, path: evidence/rota.pdf, note: The rota}
      - {kind: link, url: "https://example.org/a?b=1&c=2", date: 2025-10}
      - {kind: link, url: "javascript:alert(1)"}
      - {kind: observation, date: 2025-10-02, by: Ann, note: Seen}
      - {kind: conversation, with: Year 5, note: Heard}
"""
    survey = """\
title: Parent survey
date: 2025-10
responses: 190
questions:
  - {id: welcome, text: I feel welcome, agree: 160, neutral: 12, disagree: 15}
  - {id: some, text: I know, agree: 100}
"""
    workspace = small(tmp_path, {**after(evidence), "schools/st-josephs/surveys/parents.yaml": survey})
    lines = viewed(workspace).strengths[0].evidence
    assert [f"{one.kind}: {one.link}|{one.text}|{one.note}" for one in lines] == [
        "Survey: |“I feel welcome”: 86% agree (95% interval: 80% to 90%), 160 of 187 (Parent survey, October 2025)|",
        "Survey: |Parent survey, October 2025: question not found|",
        "Survey: |nowhere (not found among the school’s surveys)|",
        "Survey: |“I know”: 53% agree (95% interval: 46% to 60%), 100 of 190 (Parent survey, October 2025)|",
        "Document: |evidence/rota.pdf|The rota",
        "Link: https://example.org/a?b=1&c=2|October 2025|",
        "Link: |javascript:alert(1)|",
        "Observation: |2 October 2025, by Ann|Seen",
        "Conversation: |with Year 5|Heard",
    ]
    for page in pages(viewed(workspace)).values():
        assert 'href="javascript' not in page
        assert "](<javascript" not in page


def test_an_evaluation_that_cannot_be_used_is_named(tmp_path):
    workspace = small(tmp_path, {"schools/st-josephs/evaluations/z.yaml": "charter: gone\n"})
    assert "z.yaml" in viewed(workspace).notes[0]
    assert viewed(workspace, "public").notes == ()


def test_an_audience_there_is_none_of(tmp_path):
    with pytest.raises(CharterkitError, match="no audience 'ofsted'"):
        viewed(small(tmp_path), "ofsted")


HOSTILE = (
    """<script>alert(1)</script> </p> "q" 'a' & [bold]b[/bold] **stars** | # 1. =1+1 مرحبا 🎉 \\x1b[31m\\u202egnp"""
)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_people_s_text_stays_text(tmp_path, audience):
    text = HOSTILE.replace('"', '\\"')
    rating = f'{{rating: green, strengths: "{text}", note: "{text}", ideas: ["{text}"], evidence: [{{kind: document, path: "{text}"}}]}}'
    actions = f'actions: [{{action: "{text}", owner: "{text}", success: "{text}"}}]\n'
    workspace = small(
        tmp_path,
        {
            **after(f'rated_by: [{{name: "{text}"}}]\nratings: {{gate: {rating}}}\n', actions),
            "schools/st-josephs/school.yaml": f'name: "{text}"\n',
        },
    )
    made = pages(viewed(workspace, audience))
    assert "<script" not in made["html"]
    assert "&lt;script&gt;" in made["html"]
    assert "\x1b" not in made["html"] + made["md"]
    assert "\u202e" not in made["html"] + made["md"]
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(made["md"])
    pieces = [piece for token in tokens for piece in token.children or ()]
    assert not [piece for piece in [*tokens, *pieces] if piece.type.startswith(("html", "link", "image", "code"))]
    assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 1


def test_a_note_of_two_hundred_thousand_characters(tmp_path):
    note = "Ein langer Satz, der nicht aufhört. " * 5600
    workspace = small(tmp_path, after(f"ratings: {{gate: {{rating: green, note: '{note.strip()}'}}}}\n"))
    for page in pages(viewed(workspace)).values():
        assert page.count("aufhört") >= 5600


def test_the_view_is_frozen_and_plain(tmp_path):
    view = viewed(small(tmp_path, after(RICH)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        view.school = "x"  # type: ignore[misc]

    def walk(value):
        if dataclasses.is_dataclass(value):
            assert type(value).__module__.startswith("charterkit.render")
            for field in dataclasses.fields(value):
                walk(getattr(value, field.name))
        elif isinstance(value, tuple):
            for one in value:
                walk(one)
        elif isinstance(value, Mapping):  # the languages of a charter's texts, by the text
            for text in (*value, *value.values()):
                assert isinstance(text, str)
        else:
            assert value is None or isinstance(value, str | int | float | bool), type(value)

    walk(view)


def test_the_html_is_one_self_contained_page(tmp_path):
    page = pages(viewed(small(tmp_path, after(RICH))))["html"]
    assert page.startswith("<!doctype html>")
    assert 'lang="en-GB"' in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert not re.findall(r"(?:src|href)=\"(?!#|https://example|mailto)", page)
    assert "url(" not in page
    assert "@import" not in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    headings = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after_ <= before + 1 for before, after_ in pairwise(headings))


def test_a_scale_of_its_own(tmp_path):
    scale = "scale: [{id: emerging, label: Emerging}, {id: established, label: Established, colour: '#ffffff'}]\n"
    workspace = small(
        tmp_path,
        {
            "charters/small.yaml": CHARTER.replace("key_points:", f"{scale}key_points:", 1),
            "schools/st-josephs/evaluations/2024-25.yaml": "charter: small\ncharter_version: '1'\ncycle: 2024-25\ndate: 2024-10\nratings: {gate: {rating: emerging}}\n",
            **after("ratings: {gate: {rating: established}}\n"),
        },
    )
    view = viewed(workspace)
    assert [one.text for one in view.scale] == ["■ 1 Emerging", "▲ 2 Established"]
    was = view.strengths[0].was
    assert was is not None
    assert (view.strengths[0].badge.word, was.word) == ("Established", "Emerging")
    for page in pages(view).values():
        assert "Amber" not in page


@pytest.mark.parametrize(
    "scale", ["[]", "none", "[{id: unreadable, label: X}]", "[{id: red, label: Red}, {id: red, label: Rot}]"]
)
def test_a_scale_that_cannot_be_used_hides_nothing_else(tmp_path, scale):
    charter = CHARTER.replace("key_points:", f"scale: {scale}\nkey_points:", 1)
    workspace = small(tmp_path, {"charters/small.yaml": charter})
    for page in pages(viewed(workspace)).values():
        assert "Somebody is at the gate" in page
    assert compare_view(workspace.school("st-josephs"), compared(workspace), today=TODAY).summary
