"""Who decides on a policy, and what waits for a decision."""

from datetime import date

import pytest

from charterkit.choices import ReviewState
from charterkit.files.load import load
from charterkit.insight.policies.deciding import approved_versions, awaited, decided_by
from charterkit.insight.policies.reviews import next_review, public_version, state, version
from charterkit.model.policy import Policy

TODAY = date(2026, 11, 29)
COMMITTEE = "approver: {body: committee, name: Resources committee}\n"
CHAIN = "approval_chain: [{step: reviewed, by: School Leadership Team}, {step: ratified, by: Board of Trustees}]\n"
RATIFIED_RARELY = (
    "approval_chain: [{step: reviewed, by: SLT, every: 1 year}, {step: ratified, by: Governing body, every: 3 years}]\n"
)
APPROVED = '{date: 2026-01-12, event: approved, version: "1.0", by: Resources committee}'
BY_STAFF = "{date: 2026-11-02, event: reviewed, by: Business manager, outcome: No change}"


def policy(text: str, *history: str, status: str = "live", people: str = "") -> Policy:
    lines = f"id: fees\ntitle: Fees\nstatus: {status}\nreview: {{every: 1 year}}\n{text}{people}"
    loaded = load(Policy, f"{lines}history: [{', '.join(history)}]\n".encode())
    assert loaded.problems == ()
    assert loaded.model
    return loaded.model


@pytest.mark.parametrize(
    ("text", "history", "waits_for"),
    [
        (COMMITTEE, [APPROVED, BY_STAFF], "Resources committee"),
        ("approver: committee\n", [APPROVED, BY_STAFF], "Committee of the governing body"),
        ("approver: full-governing-body\n", [BY_STAFF], "Full governing body"),
        (CHAIN, [BY_STAFF], "Board of Trustees"),
        # the body itself, whatever the history calls it
        (COMMITTEE, [APPROVED, "{date: 2026-11-02, event: reviewed, by: the Resources Committee}"], ""),
        ("approver: committee\n", ["{date: 2026-11-02, event: reviewed, by: Finance committee}"], ""),
        ("approver: full-governing-body\n", ["{date: 2026-11-02, event: reviewed, by: FGB}"], ""),
        ("approver: full-governing-body\n", ["{date: 2026-11-02, event: reviewed, by: LGB}"], ""),
        ("approver: trustees\n", ["{date: 2026-11-02, event: reviewed, by: Trust CEO}"], "Trustees"),
        (COMMITTEE, [APPROVED, BY_STAFF, "{date: 2026-11-20, event: withdrawn}"], ""),
        ("approver: trustees\n", ["{date: 2026-11-02, event: reviewed, by: LLT trustees}"], ""),
        (COMMITTEE, [BY_STAFF, "{date: 2026-11-20, event: approved}"], ""),
        # another committee is not this one
        (COMMITTEE, ["{date: 2026-11-02, event: reviewed, by: Curriculum committee}"], "Resources committee"),
        # somebody who approves at a desk; nobody said to have reviewed it
        ("approver: headteacher\n", [APPROVED, BY_STAFF], ""),
        ("", [APPROVED, BY_STAFF], ""),
        (COMMITTEE, [APPROVED, "{date: 2026-11-02, event: reviewed}"], ""),
        # a version that the body has not seen waits whoever made it
        (COMMITTEE, [APPROVED, '{date: 2026-11-02, event: reviewed, version: "1.1"}'], "Resources committee"),
        # a chain in which the body decides less often
        (RATIFIED_RARELY, ["{date: 2025-06-01, event: ratified}", "{date: 2026-06-01, event: reviewed, by: SLT}"], ""),
        (
            RATIFIED_RARELY,
            ["{date: 2022-06-01, event: ratified}", "{date: 2026-06-01, event: reviewed, by: SLT}"],
            "Governing body",
        ),
        (
            "approval_chain: [{step: approved, by: Committee}, {step: ratified, by: Full governing body}]\n",
            ["{date: 2026-06-01, event: approved, by: Committee}"],
            "Full governing body",
        ),
    ],
)
def test_what_waits_for_whom(text: str, history: list[str], waits_for: str) -> None:
    made = policy(text, *history)
    assert (decided_by(made) if awaited(made) else "") == waits_for
    assert (state(made, TODAY) is ReviewState.WAITING) == bool(waits_for)
    assert (next_review(made).source == "waiting") == bool(waits_for)


def test_initials_are_read_as_whose_they_are() -> None:
    body = policy(
        COMMITTEE, "{date: 2026-11-02, event: reviewed, by: RC}", people="people: {RC: Resources committee}\n"
    )
    assert awaited(body) is None
    assert awaited(policy("approver: trustees\n", "{date: 2026-11-02, event: reviewed, by: AR}")) is not None


def test_it_is_due_at_once_and_the_next_review_counts_from_the_decision() -> None:
    waiting = next_review(policy(COMMITTEE + "next_review: 2027-09\n", APPROVED, BY_STAFF))
    assert (str(waiting.due), waiting.by) == ("2026-11-02", "Resources committee")
    decided = next_review(policy(COMMITTEE, APPROVED, BY_STAFF, "{date: 2026-11-20, event: approved}"))
    assert (str(decided.due), decided.source, decided.by) == ("2027-11-20", "derived", "")


def test_an_interval_of_the_chain_counts() -> None:
    alone = policy(
        RATIFIED_RARELY, "{date: 2024-02-01, event: ratified}", "{date: 2026-06-01, event: reviewed, by: SLT}"
    )
    found = next_review(alone)
    assert (str(found.due), found.by) == ("2027-02-01", "Governing body")


@pytest.mark.parametrize(
    ("text", "history", "holds", "told"),
    [
        (COMMITTEE, [APPROVED, '{date: 2026-11-02, event: reviewed, by: BM, version: "1.1"}'], "1.0", "1.0"),
        (COMMITTEE, ['{date: 2026-11-02, event: reviewed, by: BM, version: "1.1"}'], None, None),
        (COMMITTEE, [APPROVED, BY_STAFF], "1.0", "1.0"),
        (
            COMMITTEE,
            [
                APPROVED,
                '{date: 2026-11-02, event: reviewed, by: BM, version: "1.1"}',
                "{date: 2026-11-20, event: approved}",
            ],
            "1.1",
            "1.1",
        ),
        ("", ['{date: 2026-11-02, event: reviewed, version: "1.1"}'], "1.1", "1.1"),
        ("", [APPROVED, '{date: 2026-11-02, event: drafted, version: "2.0"}'], "1.0", "1.0"),
    ],
)
def test_a_version_that_nobody_approved_is_told_nobody(
    text: str, history: list[str], holds: str | None, told: str | None
) -> None:
    made = policy(text, *history)
    assert (version(made), public_version(made)) == (holds, told)
    assert told is None or told in approved_versions(made)
