"""Words that people use for how often: what each comes to, on one school's terms; and the same in `check`."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.insight.promises.kinds import kind_of, why_unclear
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.saying import rhythm_words
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.policy import Commitment
from charterkit.model.recurrences import _FORMS, LONGEST, Recurrence
from tests.insight.promises.test_year import commitment, days

HERE = Path(__file__).parent
PLAN = YearPlan(Cycle(2025), days())
USUAL = YearPlan(Cycle(2026), SchoolDays({}))


def dates(when: str, begins: str | None = None, plan: YearPlan = PLAN) -> list[str]:
    return [str(each.first) for each in plan.occurrences(commitment(when, begins))]


TERM_ENDS = "2025-12-19 2026-03-27 2026-07-21"
HALVES = "2025-10-24 2025-12-19 2026-02-13 2026-03-27 2026-05-22 2026-07-21"
MONTHS = (
    "2025-09-30 2025-10-24 2025-11-27 2025-12-19 2026-01-30 2026-02-27 2026-03-27 2026-04-30 2026-05-22 2026-06-30"
    " 2026-07-21"
)
READINGS = {
    "once a year": "2026-07-21",
    "weekly": 40,
    "monthly": MONTHS,
    "each term": TERM_ENDS,
    "every school day": "daily",
    "twice a term": HALVES,
    "two a year (no day: by the end of February and of July unless months are said)": "2026-02-27 2026-07-21",
    "last school day of each term": TERM_ENDS,
    "two a year": "2025-12-19 2026-03-27",
    "fortnightly": "undated",
    "needs `from`": "undated",
    "28 February or the last school day before": "2026-02-27",
    "September": "2025-09-30",
    "first three weeks of term": "2025-09-19 2026-01-23 2026-05-01",
    "an event": "event",
    "not understood: say so": "not-understood",
}
"""What the readings of `when_words.csv` (handed in with the issue) come to in `STATED`'s year."""
with (HERE / "when_words.csv").open(encoding="utf-8", newline="") as _file:
    HANDED = [(row["when"], READINGS[row["reading"]]) for row in csv.DictReader(_file)]
STARTS = "2025-09-03 2026-01-05 2026-04-13"
OWN = {
    TERM_ENDS: "every other half term; every second half term; Termly, at the end; by the end of term; on a termly basis; in each term; at the close of each term",
    STARTS: "at the beginning of each term; first day of term; every term, at the start; start of every term",
    HALVES: "Half-termly; once each half term; at the end of each half term; last week of each half term",
    MONTHS: "monthly during term time; once a month; on a monthly basis; by the end of each month",
    "2025-10-24 2026-02-13 2026-05-22": "before half term; mid-term; in the middle of each term; every half-term holiday",
    "2025-09-12 2026-01-16 2026-04-24": "in week 2 of every term; within two weeks of the start of term",
    "2025-09-05 2025-11-07 2026-01-09 2026-02-27 2026-04-17 2026-06-05": "in the first week of every half term",
    "2025-12-19": "each autumn; end of the autumn term; before Christmas; every December; 19 December",
    "2025-12-19 2026-03-27": "once in the autumn term and once in the spring term; before Christmas and Easter",
    "2025-10-24": "by October half-term; October; annually (in October); once a year, by the end of October",
    "2026-02-13": "by the February half term; by 15 February each year",
    "2026-01-30": "by the end of January; each January; Jan",
    "2026-07-21": "annually; yearly; per annum; by the end of the school year; before the summer holidays; at least once a year",
    "2025-09-03": "at the start of the school year; beginning of September",
    "2025-09-10": "early in September",
    "2025-10-15": "mid-October; on 15 October; by 15th October 2025",
    "2026-02-27 2026-07-21": "twice yearly; six-monthly; half-yearly; every six months; semi-annually",
    "2025-12-19 2026-03-27 2026-07-21": "three times a year; 3 times per year; every 4 months",
    "2025-11-27 2026-02-27 2026-05-22 2026-07-21": "quarterly; four times a year; once a quarter; every 3 months",
    "2025-10-24 2026-03-27": "twice a year (October and March); every October and March; end of October and end of March",
    "2026-08-28": "every summer holiday",
    "2026-03-27": "by Easter; each spring; in the spring term; end of spring term",
    "undated": "every other year; biennially; every two weeks; every second Tuesday; every 18 months; once every 3 years; every 10 days; every other term",
    "event": "on request; as and when required; within 10 days of a complaint; once a place is accepted; at the end of Year 6; during induction; after: a visit",
    "always": "ongoing; all year round; at all times; continuously",
    "not-understood": "bi-weekly; Bi-annual; biannually; bi-monthly, on Mondays; on most days; 31 February; every october february; 40th of each month",
    "vague": "regularly; from time to time; once in a while; occasionally",
    "daily": "daily; each morning; every weekday; on a daily basis",
}
TRIED = HANDED + [(words, reading) for reading, row in OWN.items() for words in row.split("; ")]


@pytest.mark.parametrize("reading", list(dict.fromkeys(reading for _, reading in TRIED)), ids=str)
def test_words_mean_what_people_mean(reading):
    for words in [words for words, expected in TRIED if expected == reading]:
        found, kind = dates(words), kind_of(Recurrence.parse(words), None).value
        if isinstance(reading, int):
            assert len(found) == reading, words
        elif reading[:1] == "2":
            assert found == reading.split(), words
            assert kind == "dated", words
        else:
            assert (kind, found[3:]) == (reading, []), words


@pytest.mark.parametrize(
    ("when", "begins", "expected"),
    [
        ("every 6 weeks", "2025-09-10", "2025-09-10 2025-10-22 2025-12-03 2026-01-14 2026-02-25"),  # then Easter
        ("every second Tuesday", "2025-09-03", "2025-09-09 2025-09-23 2025-10-07 2025-10-21 2025-11-04"),
        ("every other term", "2025-09", "2025-12-19 2026-07-21"),
        ("every 18 months", "2024-03", "2025-09-30"),
        ("twice a year", "2025-10", "2025-10-24 2026-04-30"),
        ("every 10 days", "2025-09-03", "2025-09-03 2025-09-12 2025-09-23 2025-10-03"),  # the 13th is a Saturday
        ("on Mondays and Thursdays", None, "2025-09-04 2025-09-08 2025-09-11 2025-09-15"),
        ("on the first Monday of each month", None, "2025-09-08 2025-10-06 2025-11-03 2025-12-01"),
        ("1st of each month", None, "2025-09-03 2025-10-01 2025-11-03 2025-12-01"),
        ("three times a term", None, "2025-10-06 2025-11-14 2025-12-19"),
        ("twice a week", None, "2025-09-04 2025-09-05 2025-09-10 2025-09-12"),
    ],
)
def test_the_first_days_of_what_comes_often(when, begins, expected):
    assert dates(when, begins)[: len(expected.split())] == expected.split()


def test_in_six_terms_each_is_one_and_a_season_is_two_of_them():
    six = YearPlan(
        Cycle(2025),
        days(
            "terms:\n  2025-26: {term-1: [2025-08-28, 2025-10-17], term-2: [2025-11-03, 2025-12-19], "
            "term-3: [2026-01-05, 2026-02-13], term-4: [2026-02-23, 2026-03-27], term-5: [2026-04-13, 2026-05-22], "
            "term-6: [2026-06-01, 2026-07-21]}\n"
        ),
    )
    ends = ["2025-10-17", "2025-12-19", "2026-02-13", "2026-03-27", "2026-05-22", "2026-07-21"]
    for when in ("each term", "half-termly", "each half term", "end of each term"):
        assert dates(when, plan=six) == ends, when
    assert dates("start of each term", plan=six)[:2] == ["2025-08-28", "2025-11-03"]
    assert dates("every autumn and summer term", plan=six) == ["2025-12-19", "2026-07-21"]
    assert dates("by October half-term", plan=six) == ["2025-10-17"]
    assert [str(month) for month in six.months][:2] == ["2025-08", "2025-09"]


def test_what_is_shown_says_what_the_words_leave_open():
    said = {
        "each term": "Each term, by the end of term",
        "end of each term": "End of each term",
        "EVERY AUTUMN TERM.": "Every autumn term, by the end of term",
        "half-termly": "Half-termly, by the end of each half term",
        "twice a year": "Twice a year, by the end of February and July",
        "twice a year, in october and march": "Twice a year, in October and March",
        "by easter": "By Easter",
        "on mondays": "On Mondays",
        "after: a visit": "After a visit",
        "when Zoë's class asks": "When Zoë's class asks",
    }
    assert {words: rhythm_words(Recurrence.parse(words), None) for words in said} == said
    assert (
        rhythm_words(Recurrence.parse("fortnightly"), PartialDate.parse("2026-09"))
        == "Fortnightly, from September 2026"
    )
    assert why_unclear(Recurrence.parse("bi-weekly")) == "“bi-weekly” may mean twice a week or fortnightly"
    assert why_unclear(Recurrence.parse("now and again")) == "“now and again” is not understood"


WORDS = st.sampled_from(
    [
        "every",
        "each",
        "once",
        "twice",
        "three",
        "times",
        "a",
        "per",
        "the",
        "of",
        "in",
        "by",
        "end",
        "start",
        "early",
        "week",
        "month",
        "term",
        "half-term",
        "year",
        "monday",
        "october",
        "28",
        "february",
        "autumn",
        "and",
        "other",
        "second",
        "2",
        "6",
        "weeks",
        "termly",
        "annually",
        "easter",
        ",",
        ".",
        "bi-",
        "before",
        "on",
        "from",
        "1st",
        "last",
    ]
)


@given(
    st.lists(WORDS, max_size=9).map(" ".join), st.sampled_from([None, "2025", "2025-09", "2025-09-10", "1999-02-28"])
)
def test_any_words_are_read_once_and_for_all_and_give_days_of_the_year_in_order(words, begins):
    when = Recurrence.parse(words)
    assert when == Recurrence.parse(words)
    found = PLAN.occurrences(commitment(words, begins))
    assert [each.first for each in found] == sorted({each.first for each in found})
    assert len({each.period for each in found}) == len(found), (when, found)
    assert all(PLAN.first <= each.first <= each.last <= PLAN.last for each in found)
    if found:
        assert kind_of(when, PartialDate.parse(begins) if begins else None).value in ("dated", "daily")


def test_every_form_is_tried_here_and_long_texts_are_left_alone():
    tried = {Recurrence.parse(words).kind for words, _ in TRIED} | {
        "weeks",
        "times",
        "weekday of month",
        "day of month",
    }
    assert {kind for kind, *_ in _FORMS} - tried == {
        "weekday",
        "early in year",
        "start of half term",
        "middle of half term",
    }
    assert Recurrence.parse("every " * LONGEST + "term").kind == "other"


def test_a_usual_year_works_too():
    for words, _ in TRIED:
        found = USUAL.occurrences(
            Commitment(id="c", what="x", when=Recurrence.parse(words), from_=PartialDate(2026, 9))
        )
        assert all(USUAL.first <= each.first <= USUAL.last for each in found)
