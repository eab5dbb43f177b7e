"""A review that keeps its place in the year, and a next review that is a term."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.choices import MONTH_WORDS, TERMS
from charterkit.files.load import load
from charterkit.insight.policies.review_cycle import EARLY, worked_out
from charterkit.insight.policies.reviews import next_review, state
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.model.dates import Cycle, DueDate, Interval, PartialDate, TermDate
from charterkit.model.policy import Policy, Review

USUAL = SchoolDays({})
WHOLE_YEARS = st.integers(1, 5).map(lambda count: Interval(count, "year"))
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def policy(lines: str) -> Policy:
    loaded = load(Policy, f"id: p\ntitle: P\nstatus: live\n{lines}\n".encode())
    assert loaded.model is not None
    assert not loaded.problems, loaded.problems
    return loaded.model


@given(WHOLE_YEARS, st.sampled_from(MONTH_WORDS), st.integers(2016, 2035), st.integers(0, 28))
def test_a_review_up_to_four_weeks_before_its_month_leaves_the_next_one_there(every, month, year, before):
    review = Review(every=every, month=month)
    number = MONTH_WORDS.index(month) + 1
    done = date(year, number, 1) - before * timedelta(days=1)
    assert worked_out(review, PartialDate.of(done)) == PartialDate(year + every.count, number)


@given(WHOLE_YEARS, st.sampled_from(TERMS), st.integers(2016, 2035), st.integers(0, 28))
def test_and_up_to_four_weeks_before_its_term(every, term, year, before):
    review = Review(every=every, term=term)
    done = USUAL.first_of(Cycle(year, term)) - before * timedelta(days=1)
    due = worked_out(review, PartialDate.of(done), USUAL)
    assert str(due) in {f"{Cycle(year + every.count, term)}", f"{Cycle(year + every.count - 1, term)}"}
    assert isinstance(due, TermDate)
    if before < 21:  # terms begin up to a week earlier or later than the year before
        assert due.cycle == Cycle(year + every.count, term)


@given(WHOLE_YEARS, st.sampled_from(MONTH_WORDS), DAYS)
def test_whenever_it_was_done_the_next_is_after_it_in_its_month_and_never_later_than_the_interval_and_four_weeks(
    every, month, done
):
    due = worked_out(Review(every=every, month=month), PartialDate.of(done))
    plain = every.after(PartialDate.of(done))
    assert due is not None
    assert plain is not None
    assert due.first > done
    assert due.first <= plain.last + EARLY
    assert due.month == MONTH_WORDS.index(month) + 1 or due == plain


@pytest.mark.parametrize(
    ("lines", "due", "last_day", "spoken"),
    [
        ("review: {every: 1 year, month: september}\nissued: 2026-08-10", "2027-09", "2027-09-30", "September 2027"),
        ("review: {every: 1 year, month: september}\nissued: 2026-11-20", "2027-09", "2027-09-30", "September 2027"),
        ("review: {every: 1 year, month: september}\nissued: 2026-07-01", "2026-09", "2026-09-30", "September 2026"),
        ("review: {month: march}\nissued: 2026-03-20", "2027-03", "2027-03-31", "March 2027"),
        ("review: {every: 2 years, term: autumn}\nissued: 2026-10", "2028-29-autumn", "2028-12-15", "autumn term 2028"),
        ("review: {every: 1 year, term: summer}\nissued: 2026-05", "2026-27-summer", "2027-07-21", "summer term 2027"),
        ("review: {every: 6 months, month: may}\nissued: 2026-10-10", "2027-05", "2027-05-31", "May 2027"),
        ("review: {every: 6 months, month: june}\nissued: 2026-10-10", "2027-04-10", "2027-04-10", "10 April 2027"),
        ("next_review: 2026-27-autumn", "2026-27-autumn", "2026-12-18", "autumn term 2026"),
        ("next_review: autumn 2026", "2026-27-autumn", "2026-12-18", "autumn term 2026"),
        ("next_review: Spring term 2027", "2026-27-spring", "2027-03-25", "spring term 2027"),
        ("next_review: 2026-27-spring\nissued: 2026-11", "2026-27-spring", "2027-03-25", "spring term 2027"),
        ("next_review: autumn 2026\nreview: {every: 1 year}\nissued: 2026-11-03", "2027-11-03", "2027-11-03", "3 November 2027"),
        ("next_review: 2026-12", "2026-12", "2026-12-31", "December 2026"),
    ],
)  # fmt: skip
def test_when_it_is_due(lines, due, last_day, spoken):
    found = next_review(policy(lines), USUAL).due
    assert found is not None
    assert (str(found), str(found.last), found.spoken) == (due, last_day, spoken)


def test_a_term_is_overdue_when_its_last_school_day_is_over_and_sorts_by_it():
    waiting = policy("next_review: autumn 2026\nissued: 2025-09")
    assert state(waiting, date(2026, 12, 18), 60, USUAL) == "due"
    assert state(waiting, date(2026, 12, 19), 60, USUAL) == "overdue"
    assert state(waiting, date(2026, 12, 19), 60) == "due", "without school days the term's last month counts"
    dates = [DueDate.parse(text) for text in ("2027-01", "2026-27-autumn", "2026-12-30", "summer 2026", "2026-11")]
    assert [str(each) for each in sorted(dates)] == [
        "2025-26-summer",
        "2026-11",
        "2026-12-30",
        "2026-27-autumn",
        "2027-01",
    ]
    assert DueDate.parse("autumn 2026") == DueDate.meant("Autumn term 2026") == TermDate(2026, 12, None, "autumn")
    assert DueDate.meant("Sept 2027") == PartialDate(2027, 9)
