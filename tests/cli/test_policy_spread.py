"""`policies --by-term` counts reviews by term, and `policy spread` evens them out: the law's never later than its interval."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charterkit.files.workspace import Workspace
from charterkit.insight.policies.by_term import by_term, spread
from charterkit.insight.policies.register import register
from charterkit.insight.policies.review_cycle import worked_out
from charterkit.insight.promises.school_days import SchoolDays
from tests.cli.calling import call
from tests.insight.samples import write

TODAY = date(2026, 11, 29)
EVERY = {"1 year": "2026-10-05", "2 years": "2025-10-05", "3 years": "2024-11-05"}


def policy(number: int, every: str, last: str, more: str = "") -> str:
    return (
        f"id: p{number}\ntitle: Policy {number}\nstatus: live\n{more}review: {{every: {every}}}   # kept\n"
        f"history:\n  - {{date: {last}, event: reviewed}}\n"
    )


def workspace(root, policies):
    files = {f"schools/oak/policies/p{number}.yaml": text for number, text in enumerate(policies)}
    write(root, {"charterkit.yaml": "organisation: Oak\n", "schools/oak/school.yaml": "name: Oak\n", **files})
    return Workspace(root)


@pytest.fixture
def pile(tmp_path):
    policies = [
        policy(number, every, last, "statutory: yes\n" * (number % 2))
        for number, (every, last) in enumerate([*EVERY.items()] * 4)
    ]
    kept = policy(12, "1 year", "2026-08-20").replace("every: 1 year", "every: 1 year, month: september")
    workspace(tmp_path, [*policies, kept, policy(13, "live", "2026-01")])
    return tmp_path


def test_it_is_shown_proposed_written_and_taken_back(pile):
    def run(*arguments):
        found = call(*arguments, "--today", str(TODAY), cwd=pile)
        assert found.returncode == 0, found.stderr
        return found.stdout + found.stderr

    said = run("policies", "--by-term", "--format", "markdown")
    assert "13 reviews in one term; most, 13, in autumn term 2027" in said
    assert "| No date | 1 | Policy 13 |" in said
    before = {path: path.read_bytes() for path in pile.rglob("*.yaml")}
    said = run("policy", "spread")
    assert "spring term 2027 0, summer term 2027 0, autumn term 2027 13." in said
    assert "After that: spring term 2027 4, summer term 2027 4, autumn term 2027 5." in said
    assert "Nothing was written" in said
    assert "Policy 12:" not in said, "it has a month of its own"
    assert {path: path.read_bytes() for path in pile.rglob("*.yaml")} == before
    run("policy", "spread", "oak", "--yes")
    changed = {path.name: path.read_bytes() for path, text in before.items() if path.read_bytes() != text}
    assert len(changed) == 8
    for name, text in changed.items():
        lines = text.decode().splitlines()
        assert lines[-1].startswith("next_review: 2026-27-s"), name
        assert any(line.endswith("   # kept") for line in lines)
    assert "as even as they may be" in run("policy", "spread")
    run("policy", "undo")
    assert {path: path.read_bytes() for path in pile.rglob("*.yaml")} == before


POLICIES = st.lists(
    st.tuples(
        st.sampled_from(["1 year", "2 years", "3 years", "18 months"]),
        st.dates(date(2023, 9, 1), TODAY),
        st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(POLICIES)
def test_no_plan_is_less_even_nor_later_than_the_law_allows(tmp_path_factory, policies):
    made = [
        policy(n, every, str(last), "statutory: yes\n" * is_law) for n, (every, last, is_law) in enumerate(policies)
    ]
    found = list(register(workspace(tmp_path_factory.mktemp("spread"), made), TODAY))
    plan = spread(found, TODAY, SchoolDays({}))
    assert sum(plan.before) == sum(plan.after)
    assert max(plan.after) - min(plan.after) <= max(plan.before) - min(plan.before)
    assert sum(len(each.policies) for each in by_term(found)) == len(found)
    for move in plan.moves:
        limit = worked_out(move.policy.policy.review, move.policy.last)
        assert limit is not None
        assert move.policy.last is not None
        assert move.policy.last.last < move.proposed.last
        assert not move.policy.policy.statutory or move.proposed.last <= limit.last
