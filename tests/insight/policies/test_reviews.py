"""When a policy's next review is due."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.choices import ReviewState
from charterkit.files.load import load
from charterkit.insight.policies.deciding import undecided
from charterkit.insight.policies.reviews import (
    NextReview,
    last_event,
    last_review,
    next_review,
    state,
)
from charterkit.model.dates import PartialDate
from charterkit.model.policy import Policy


def policy(text: str, status: str = "live") -> Policy:
    loaded = load(Policy, f"id: behaviour\ntitle: Behaviour\nstatus: {status}\n{text}".encode())
    assert loaded.problems == ()
    assert loaded.model
    return loaded.model


def told(found: NextReview) -> tuple[str | None, str, bool]:
    return (str(found.due) if found.due else None, found.source, found.contradicts)


YEARLY = "review: {every: 1 year}\n"
REVIEWED = "history: [{date: 2023-09, event: reviewed}]\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # stated
        ("next_review: 2024-09\n", ("2024-09", "stated", False)),
        (f"next_review: 2024-09\n{REVIEWED}{YEARLY}", ("2024-09", "stated", False)),
        (f"next_review: 2026-09\n{REVIEWED}{YEARLY}", ("2026-09", "stated", False)),
        ("next_review: 2024-09\nreview: {every: live}\n", ("2024-09", "stated", False)),
        # derived
        (f"{REVIEWED}{YEARLY}", ("2024-09", "derived", False)),
        (f"issued: 2019-01-05\n{YEARLY}", ("2020-01-05", "derived", False)),
        (f"issued: 2024-02-29\n{YEARLY}", ("2025-02-28", "derived", False)),
        ("issued: 2019-01\nreview: {every: 18 months}\n", ("2020-07", "derived", False)),
        ("issued: 2019\nreview: {every: 2 years}\n", ("2021", "derived", False)),
        (f"issued: 2025-01\n{REVIEWED}{YEARLY}", ("2026-01", "derived", False)),
        # neither
        ("review: {every: live}\n", (None, "live", False)),
        ("issued: 2019-01\nreview: {every: as needed}\n", (None, "as-needed", False)),
        ("", (None, "unknown", False)),
        (YEARLY, (None, "unknown", False)),
        (REVIEWED, (None, "unknown", False)),
        ("issued: 2019\nreview: {every: 18 months}\n", (None, "unknown", False)),
        ("review: {early_if: the law changes}\nissued: 2019-01\n", (None, "unknown", False)),
        # a stated date that is not after the last review
        (f"next_review: 2022-09\n{REVIEWED}{YEARLY}", ("2024-09", "derived", True)),
        (f"next_review: 2023-09\n{REVIEWED}{YEARLY}", ("2024-09", "derived", True)),
        (f"next_review: 2022-09\n{REVIEWED}", ("2022-09", "stated", True)),
        ("next_review: 2022-09\nissued: 2023-09\nreview: {every: live}\n", ("2022-09", "stated", True)),
        # a month in which the review was held has been kept; a day in a month of which the day is not known may be later
        (f"next_review: 2024-09\nissued: 2024-09-10\n{YEARLY}", ("2025-09-10", "derived", True)),
        (f"next_review: 2024-09-15\nissued: 2024-09\n{YEARLY}", ("2024-09-15", "stated", False)),
        (f"next_review: 2024-09-10\nissued: 2024-09-10\n{YEARLY}", ("2025-09-10", "derived", True)),
        (f"next_review: 2024-09-11\nissued: 2024-09-10\n{YEARLY}", ("2024-09-11", "stated", False)),
    ],
)
def test_stated_derived_or_neither(text: str, expected: tuple[str | None, str, bool]) -> None:
    assert told(next_review(policy(text))) == expected


@pytest.mark.parametrize("event", ["reviewed", "approved", "ratified", "signed", "issued"])
def test_events_that_count(event: str) -> None:
    assert str(last_review(policy(f"issued: 2019\nhistory: [{{date: 2023-09, event: {event}}}]\n"))) == "2023-09"


@pytest.mark.parametrize("event", ["drafted", "consulted", "published", "withdrawn"])
def test_events_that_do_not_count(event: str) -> None:
    assert str(last_review(policy(f"issued: 2019\nhistory: [{{date: 2023-09, event: {event}}}]\n"))) == "2019"


def test_the_latest_event_counts_whatever_the_order() -> None:
    text = "history:\n" + "".join(
        f"  - {{date: {day}, event: reviewed}}\n" for day in ("2021-09", "2023-09-01", "2022")
    )
    assert str(last_review(policy(text))) == "2023-09-01"


@pytest.mark.parametrize(
    ("due", "today", "is_overdue"),
    [
        ("2024-09", date(2024, 9, 30), False),
        ("2024-09", date(2024, 10, 1), True),
        ("2024-09-15", date(2024, 9, 15), False),
        ("2024-09-15", date(2024, 9, 16), True),
        ("2024", date(2024, 12, 31), False),
        ("2024", date(2025, 1, 1), True),
    ],
)
def test_overdue_when_its_last_day_is_over(due: str, today: date, is_overdue: bool) -> None:
    assert next_review(policy(f"next_review: {due}\n")).is_overdue(today) is is_overdue


def test_without_a_date_nothing_is_overdue() -> None:
    assert not next_review(policy("review: {every: live}\n")).is_overdue(date(2050, 1, 1))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_what_is_due_is_after_the_last_review(stated: date, last: date) -> None:
    found = next_review(policy(f"next_review: {stated}\nissued: {last}\n{YEARLY}"))
    assert found.due
    assert found.due > PartialDate.of(last)
    assert found.contradicts == (stated <= last)


@pytest.mark.parametrize(
    ("today", "within", "expected"),
    [
        (date(2024, 8, 1), 60, ReviewState.DUE),
        (date(2024, 7, 31), 60, ReviewState.OK),
        (date(2024, 9, 30), 0, ReviewState.DUE),
        (date(2024, 9, 29), 0, ReviewState.OK),
        (date(2024, 10, 1), 0, ReviewState.OVERDUE),
    ],
)
def test_due_up_to_the_window_s_last_day(today: date, within: int, expected: ReviewState) -> None:
    assert state(policy("next_review: 2024-09\n"), today, within) is expected


def history(*lines: str) -> str:
    return "history:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


@pytest.mark.parametrize(
    ("lines", "by"),
    [
        (("date: 2023-09, event: reviewed, by: Ann", "date: 2024-09, event: reviewed, by: Bea"), "Bea"),
        (("date: 2024-09, event: reviewed, by: Ann", "date: 2023-09, event: reviewed, by: Bea"), "Ann"),
        (("date: 2024-09, event: reviewed, by: Ann", "date: 2024-09, event: ratified, by: Bea"), "Bea"),
        (("date: 2024-09, event: reviewed, by: Ann", "date: 2025-09, event: published, by: Bea"), "Ann"),
        (("date: 2024-09, event: reviewed, by: Ann", "date: 2024-09, event: drafted, by: Bea"), "Ann"),
    ],
)
def test_the_last_reviewer_is_the_latest_event_s_and_of_two_on_a_day_the_lower_one_s(
    lines: tuple[str, ...], by: str
) -> None:
    found = last_event(policy(history(*lines)))
    assert found
    assert found.by == by


def test_where_only_the_issue_date_counts_nobody_is_named() -> None:
    assert last_event(policy(f"issued: 2025\n{history('date: 2024-09, event: reviewed, by: Ann')}")) is None


@pytest.mark.parametrize(
    ("lines", "waits"),
    [
        ((), None),
        (("drafted",), "drafted"),
        (("reviewed",), "reviewed"),
        (("drafted", "consulted"), "consulted"),
        (("approved", "drafted"), "drafted"),
        (("drafted", "published"), "drafted"),
        (("published",), None),
        (("drafted", "approved"), None),
        (("reviewed", "ratified"), None),
        (("reviewed", "signed"), None),
    ],
)
def test_what_waits_for_a_decision_while_a_policy_is_under_review(lines: tuple[str, ...], waits: str | None) -> None:
    text = history(*(f"date: 2024-0{n}, event: {event}" for n, event in enumerate(lines, 1))) if lines else ""
    waiting = policy(text, "under-review")
    assert undecided(waiting) is (
        next(event for event in reversed(waiting.history) if event.event == waits) if waits else None
    )
    assert undecided(policy(text)) is None
