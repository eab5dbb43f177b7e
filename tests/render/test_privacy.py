"""What an audience must not see is in neither the view nor the documents."""

import pytest

from charterkit.errors import CharterkitError
from charterkit.insight.evaluations.compare import compare
from charterkit.render.report.view import report_view

from .samples import AFTER, TODAY, after, history, pages, small, viewed

PRIVATE = """\
rated_by: [{name: MARK-name, role: MARK-role}]
ratings:
  gate:
    rating: amber
    strengths: MARK-strengths
    note: MARK-note
    ideas: [MARK-idea]
    groups: {boys: red}
    evidence:
      - {kind: document, path: MARK-path, sha256: MARK-sha, note: MARK-evidence-note}
      - {kind: link, url: "https://example.org/MARK-url", note: MARK-link-note}
      - {kind: observation, date: 2025-10-02, by: MARK-by, note: MARK-observation}
      - {kind: conversation, with: MARK-with, note: MARK-conversation}
      - {kind: walkthrough, by: MARK-walker, note: MARK-walk}
      - {kind: survey, survey: mark-survey, question: mark-question, note: MARK-survey-note}
      - {kind: survey, survey: few, question: alone}
  door: {rating: green, strengths: MARK-green-strengths, note: MARK-green-note, ideas: [MARK-green-idea]}
  phone: {rating: not-applicable, reason: MARK-reason}
  survey: {rating: mark-level, note: MARK-lost-note}
  mark-unknown: {rating: green, note: MARK-unknown-note}
actions:
  - {action: MARK-action, aspect: door, owner: MARK-owner, due: 2026-10, success: MARK-success}
  - {action: MARK-broken-action, due: MARK-due, owner: MARK-broken-owner}
"""
BEFORE = """\
charter: small
charter_version: "1"
cycle: 2024-25
date: 2024-10-14
status: agreed
rated_by: [{name: MARK-before-name}]
ratings:
  gate: {rating: red, note: MARK-before-note, ideas: [MARK-before-idea], groups: {boys: red}}
  door: {rating: mark-before-level, note: MARK-before-lost}
actions: [{action: Old, owner: MARK-before-owner}]
"""
SCHOOL = """\
name: St Joseph’s
charters: [{charter: small, signed: 2025-09, signed_by: MARK-signed-by, pledges: {launch: 2025-09}}]
contacts: [{name: MARK-contact, role: MARK-contact-role, email: mark@example.org}]
address: MARK-address
"""
FILES = {
    **after(PRIVATE),
    "schools/st-josephs/evaluations/2024-25.yaml": BEFORE,
    "schools/st-josephs/school.yaml": SCHOOL,
    "schools/st-josephs/surveys/few.yaml": "title: MARK-few\ndate: 2025-10\nquestions: [{id: alone, text: MARK-alone, agree: 1, neutral: 0, disagree: 2}]\n",
    "schools/st-josephs/evaluations/mark-left-out.yaml": "charter: mark-charter\n",
}
GROUPS = ("The boys", "The girls")


def everything(view):
    return "\n".join([repr(view), *pages(view).values()])


def test_the_public_sees_nothing_private(tmp_path):
    found = everything(viewed(small(tmp_path, FILES), "public"))
    assert "mark-" not in found.lower().replace("mark-contact-role", "")
    assert not any(group in found for group in GROUPS)
    assert "mark@" not in found
    assert "We plan to work on this." in found
    assert "The door is open" in found
    assert "Part of the action plan" in found
    assert "not applicable" in found.lower()


def test_governors_see_no_notes(tmp_path):
    found = everything(viewed(small(tmp_path, FILES), "governors"))
    notes = (
        "note",
        "observation",
        "conversation",
        "walk",
        "by",
        "with",
        "walker",
        "path",
        "sha",
        "url",
        "contact",
        "address",
    )
    assert not [word for word in notes if f"MARK-{word}" in found]
    assert "-note" not in found
    for word in ("idea", "owner", "success", "strengths", "name", "reason"):
        assert f"MARK-{word}" in found
    assert GROUPS[0] in found


def test_leaders_see_everything(tmp_path):
    found = everything(viewed(small(tmp_path, FILES), "leaders"))
    for word in (
        "note",
        "idea",
        "owner",
        "success",
        "name",
        "reason",
        "evidence-note",
        "by",
        "with",
        "path",
        "url",
        "few",
    ):
        assert f"MARK-{word}" in found


def test_nobody_sees_whose_a_contact_is_and_families_see_the_role(tmp_path):
    for audience in ("leaders", "governors", "public"):
        found = everything(viewed(small(tmp_path / audience, FILES), audience))
        assert "MARK-contact" not in found.replace("MARK-contact-role", "")
        assert "mark@example.org" not in found
        assert ("MARK-contact-role" in found) is (audience == "public")


def test_families_see_the_address_of_an_office(tmp_path):
    school = SCHOOL.replace("mark@example.org", "office@school.example")
    files = {**FILES, "schools/st-josephs/school.yaml": school}
    assert "MARK-contact-role: office@school.example" in pages(viewed(small(tmp_path, files), "public"))["html"]


def test_a_draft_is_not_published(tmp_path):
    workspace = small(tmp_path, after("ratings: {gate: {rating: green}}\n", status="draft"))
    with pytest.raises(CharterkitError, match="still a draft") as caught:
        viewed(workspace, "public")
    assert "evaluate st-josephs --cycle 2025-26 --agree" in caught.value.hint
    assert viewed(workspace, "governors").is_draft


def test_a_status_that_cannot_be_read_counts_as_a_draft(tmp_path):
    with pytest.raises(CharterkitError, match="still a draft"):
        viewed(small(tmp_path, after("ratings: {gate: {rating: green}}\n", status="agred")), "public")


def test_the_public_sees_no_movement_since_a_draft(tmp_path):
    draft = BEFORE.replace("status: agreed", "status: draft")
    workspace = small(tmp_path, {"schools/st-josephs/evaluations/2024-25.yaml": draft})
    view = viewed(workspace, "public")
    assert view.movement is None
    assert "2024-25" not in everything(view)
    assert viewed(workspace, "governors").movement is not None


def test_the_public_sees_no_movement_since_a_draft_that_is_only_in_the_comparison(tmp_path):
    draft = BEFORE.replace("status: agreed", "status: draft")
    workspace = small(tmp_path, {"schools/st-josephs/evaluations/2024-25.yaml": draft})
    found = history(workspace)
    moved = compare(found[0], found[1], workspace.versions("small"), found)
    folder = workspace.school("st-josephs")
    view = report_view(workspace, folder, found[1], before=None, comparison=moved, audience="public", today=TODAY)
    assert view.movement is None


def test_survey_results_that_few_people_gave_are_not_published(tmp_path):
    survey = "title: Parent survey\ndate: 2025-10\nquestions: [{{id: q, text: I feel welcome, agree: {agree}, neutral: 0, disagree: 0}}]\n"
    rated = AFTER.replace(
        "gate: {rating: amber}", "gate: {rating: amber, evidence: [{kind: survey, survey: p, question: q}]}"
    )
    for agree, shown in ((9, False), (10, True)):
        files = {
            "schools/st-josephs/evaluations/2025-26.yaml": rated,
            "schools/st-josephs/surveys/p.yaml": survey.format(agree=agree),
        }
        found = everything(viewed(small(tmp_path / str(agree), files), "public"))
        assert ("I feel welcome" in found) is shown
