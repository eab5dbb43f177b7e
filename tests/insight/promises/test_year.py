"""The promises of a year: every recurrence, on real terms and the usual ones; and those nobody can keep."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.choices import Audience
from charterkit.files.load import load
from charterkit.files.workspace import Workspace
from charterkit.insight.promises.kinds import IMPOSSIBLE, PromiseKind
from charterkit.insight.promises.occurrences import YearPlan
from charterkit.insight.promises.rhythms import RULES
from charterkit.insight.promises.school_days import SATURDAY, SchoolDays, bank_holidays
from charterkit.insight.promises.serving import serving
from charterkit.insight.promises.year import AUDIENCE_WORDS, NOBODY, occurrences, planned, promises, unread
from charterkit.model.config import Config
from charterkit.model.dates import Cycle, PartialDate
from charterkit.model.policy import Commitment
from charterkit.model.recurrences import Recurrence
from tests.cli.calling import ROOT
from tests.insight.samples import charter, write

YEAR = Cycle.parse("2025-26")
STATED = """\
terms:
  2025-26:
    autumn: [2025-09-03, 2025-12-19]
    spring: [2026-01-05, 2026-03-27]
    summer: [2026-04-13, 2026-07-21]
    closed: [[2025-10-27, 2025-10-31], [2025-11-28, 2025-11-28], [2026-02-16, 2026-02-20], [2026-05-25, 2026-05-29]]
"""


def days(text: str = STATED) -> SchoolDays:
    loaded = load(Config, text.encode())
    assert loaded.model
    return SchoolDays.of(loaded.model)


USUAL = SchoolDays.of(Config())


def commitment(when: str | None, begins: str | None = None) -> Commitment:
    return Commitment(
        id="c",
        what="A letter",
        when=Recurrence.parse(when) if when else None,
        from_=PartialDate.parse(begins) if begins else None,
    )


def dates(when: str, begins: str | None = None, year: str = "2025-26", school_days: SchoolDays | None = None):
    plan = YearPlan(Cycle.parse(year), school_days or days())
    return [str(one.first) for one in plan.occurrences(commitment(when, begins))]


@pytest.mark.parametrize(
    ("when", "begins", "expected"),
    [
        ("each term", None, ["2025-12-19", "2026-03-27", "2026-07-21"]),
        ("termly", None, ["2025-12-19", "2026-03-27", "2026-07-21"]),
        ("start of each term", None, ["2025-09-03", "2026-01-05", "2026-04-13"]),
        ("every spring term", None, ["2026-03-27"]),
        ("every october and february", None, ["2025-10-24", "2026-02-27"]),
        ("every July", None, ["2026-07-21"]),
        ("every may", None, ["2026-05-22"]),  # the last week of May is half term
        ("once a year", None, ["2026-07-21"]),
        ("once a year", "2024-03", ["2026-03-27"]),
        ("every year", "2024-10-14", ["2025-10-14"]),
        ("every year", "2024-02-29", ["2026-02-27"]),  # 28 February is a Saturday
        ("every year", "2020-11-28", ["2025-11-27"]),  # the school is closed on the Friday
        ("every year", "2025-11-29", ["2025-11-29"]),  # the very date that is written stays, a Saturday too
        ("every year", "2025-08-31", ["2026-08-31"]),  # the year's last day, as its first below
        ("every year", "2024", ["2025-12-19"]),
        ("every 2 years", "2023-10", ["2025-10-24"]),
        ("every 2 years", "2024-10", []),
        ("every 3 years", "2023-06-30", ["2026-06-30"]),
        ("every 2 years", "2027-06", []),
        ("monthly", "2026-05-15", ["2026-05-22", "2026-06-30", "2026-07-21"]),
        ("each term", "2026-01", ["2026-03-27", "2026-07-21"]),
        ("start of each term", "2026-01-06", ["2026-04-13"]),
        ("early in the school year", None, ["2025-09-19"]),
        ("in week 2 of the spring term", None, ["2026-01-16"]),
        ("early in the spring term", None, ["2026-01-23"]),
        ("every christmas holiday", None, ["2026-01-02"]),
        ("every easter holiday", None, ["2026-04-10"]),
        ("every summer holiday", None, ["2026-08-28"]),
        ("twice a month", "2026-06", ["2026-06-15", "2026-06-30", "2026-07-10", "2026-07-21"]),
        ("twice each half term", "2026-06", ["2026-06-25", "2026-07-21"]),
    ],
)
def test_a_period_without_a_day_falls_on_its_last_school_day(when, begins, expected):
    assert dates(when, begins) == expected


def test_monthly_leaves_out_months_without_school():
    found = dates("monthly")
    assert len(found) == 11
    assert found[:4] == ["2025-09-30", "2025-10-24", "2025-11-27", "2025-12-19"]  # 28 November is closed
    assert found[-1] == "2026-07-21"


def test_a_month_without_school_falls_on_its_last_working_day():
    assert dates("every august", year="2025-26") == ["2026-08-28"]  # 31 August 2026 is a bank holiday
    assert dates("every august", year="2024-25") == ["2025-08-29"]


@pytest.mark.parametrize(
    ("step", "begins", "first"),
    [
        (10, "2025-09-10", date(2025, 9, 10)),
        (10, "2025-10", date(2025, 10, 24)),  # the month's last school day
        (7, "2024-01-05", date(2024, 1, 5)),
        (99, "2023-11-02", date(2023, 11, 2)),
        (9, "2025-09-01", date(2025, 9, 1)),
        (98, "2024-09-02", date(2024, 9, 2)),
    ],
)
def test_every_so_many_days_counts_on_from_its_first_day_and_leaves_holidays_out(step, begins, first):
    plan = YearPlan(YEAR, days())
    every = (first + number * timedelta(days=step) for number in range(2000))
    wanted = [day for day in every if plan.first <= day <= plan.last and plan.school_days.term_of(day)]
    found = plan.occurrences(commitment(f"every {step} days", begins))
    assert [each.period for each in found if str(each.first) <= each.period] == [each.period for each in found]
    assert {each.period for each in found} <= {str(day) for day in wanted}
    assert [each.first for each in found] == sorted(
        {open_ for day in wanted if (open_ := plan.last_within(day - timedelta(days=7), day))}
    )


def test_of_several_weekdays_each_time_has_its_own_name():
    plan = YearPlan(YEAR, days())
    found = {when: plan.occurrences(commitment(when))[:3] for when in ("every friday", "every tuesday and friday")}
    assert [each.period for each in found["every friday"]] == ["2025-W36", "2025-W37", "2025-W38"]
    several = ["2025-W36-friday", "2025-W37-tuesday", "2025-W37-friday"]
    assert [each.period for each in found["every tuesday and friday"]] == several


def test_a_quarter_that_ends_in_a_month_without_school_ends_before_it():
    shut = STATED.replace("closed: [", "closed: [[2025-11-01, 2025-11-30], ")
    assert dates("four times a year", school_days=days(shut))[0] == "2025-10-24"


def test_a_holiday_lasts_until_the_day_before_school_or_the_year_s_last():
    assert dates("every summer holiday", year="2026-27") == ["2027-08-31"]


def test_every_friday_moves_to_the_day_before_in_term_and_is_left_out_in_the_holidays():
    found = dates("every friday")
    assert found[:3] == ["2025-09-05", "2025-09-12", "2025-09-19"]
    assert "2025-11-27" in found  # Friday 28 November is closed
    assert "2025-11-28" not in found
    assert not [one for one in found if one.startswith(("2025-10-3", "2026-02-2", "2026-08")) and one != "2026-02-27"]
    assert "2026-07-17" in found
    assert "2026-07-21" not in found  # the last week ends on a Tuesday


def test_every_monday_moves_on_where_a_bank_holiday_begins_the_week():
    assert "2026-05-05" in dates("every monday")  # Monday 4 May is a bank holiday
    assert "2026-05-04" not in dates("every monday")


def test_a_saturday_stays_a_saturday_while_there_is_school_that_week():
    found = dates("every saturday")
    assert "2025-09-06" in found
    assert "2025-11-01" not in found  # the end of half term
    assert {date.fromisoformat(one).weekday() for one in found} == {SATURDAY}


def test_weekly_is_the_last_school_day_of_each_week_with_one():
    found = dates("weekly")
    assert found[0] == "2025-09-05"
    assert "2025-11-27" in found
    assert found[-1] == "2026-07-21"
    weeks = [date.fromisoformat(one).isocalendar()[:2] for one in found]
    assert len(weeks) == len(set(weeks))


def test_weekly_from_a_day_keeps_its_weekday():
    found = [date.fromisoformat(one) for one in dates("weekly", "2025-10-07")]
    assert found[0] == date(2025, 10, 7)
    assert {one.weekday() for one in found} == {1}


def test_fortnightly_counts_from_its_first_day_through_holidays_and_years():
    found = [date.fromisoformat(one) for one in dates("fortnightly", "2024-09-11")]
    assert {(one - date(2024, 9, 11)).days % 14 for one in found} == {0}
    assert found[0] == date(2025, 9, 10)
    assert dates("fortnightly") == []


def test_fortnightly_from_a_month_begins_on_its_last_school_day():
    assert dates("fortnightly", "2025-10")[:2] == ["2025-10-24", "2025-11-07"]


def test_daily_is_one_time_a_term_and_no_row_a_day():
    plan = YearPlan(YEAR, days())
    found = plan.occurrences(commitment("daily"))
    assert [(str(one.first), str(one.last), one.period) for one in found] == [
        ("2025-09-03", "2025-12-19", "2025-26-autumn"),
        ("2026-01-05", "2026-03-27", "2025-26-spring"),
        ("2026-04-13", "2026-07-21", "2025-26-summer"),
    ]
    assert str(plan.occurrences(commitment("daily", "2026-02-02"))[0].first) == "2026-02-02"


def test_an_anniversary_on_the_year_s_first_day_is_counted_once():
    every = [
        one for year in ("2023-24", "2024-25", "2025-26") for one in dates("every year", "2023-09-01", year, USUAL)
    ]
    assert every == ["2023-09-01", "2024-09-01", "2025-09-01"]


@pytest.mark.parametrize("year", ["2024-25", "2029-30"])  # 1 September is a Sunday, and a Saturday
def test_a_limit_on_any_day_of_the_year_is_kept_once_and_by_then(year):
    plan = YearPlan(Cycle.parse(year), USUAL)
    for day in (plan.first + timedelta(days=number) for number in range((plan.last - plan.first).days + 1)):
        (found,) = plan.occurrences(commitment(f"on {day.day} {day:%B}"))
        assert (found.period, found.first <= day) == (str(day), True)
        assert plan.is_school_day(found.first) or day < plan.days[0]
    late = days("terms: {2025-26: {autumn: [2025-09-10, 2025-12-19]}}")
    assert dates("on 7 September", school_days=late) == ["2025-09-05"]
    late = days("terms: {2023-24: {autumn: [2023-09-06, 2023-12-19]}}")
    assert dates("on 3 September", year="2023-24", school_days=late) == ["2023-09-01"]


@pytest.mark.parametrize("begins", ["2018-11", "2019-04-30", "2022-12-16"])
def test_every_other_term_goes_on_through_the_years_however_many_terms_each_has(begins):
    six = "terms:\n  2020-21:\n" + "".join(
        f"    term-{n}: [{year}-{month:02}-08, {year}-{month:02}-19]\n"
        for n, (year, month) in enumerate([(2020, 9), (2020, 11), (2021, 2), (2021, 5)], 1)
    )
    known = days(six)
    found = [each for year in range(2018, 2027) for each in dates("every other term", begins, str(Cycle(year)), known)]
    ends = [term.last for year in range(2018, 2027) for term in known.terms(Cycle(year))]
    counted = [day for day in ends if day >= PartialDate.parse(begins).first][::2]
    assert len(known.terms(Cycle(2020))) == 4
    assert found == [str(known.last_within(day - timedelta(days=9), day)) for day in counted]


def test_easter_is_kept_before_its_monday_where_that_is_a_school_day():
    known = replace(days("terms: {2025-26: {spring: [2026-01-05, 2026-04-17]}}"), nation="scotland")
    assert known.is_school_day(date(2026, 4, 6))
    assert dates("before Easter", school_days=known) == ["2026-04-02"]


@pytest.mark.parametrize(
    "when", ["early in the school year", "at the start of the school year", "before Easter", "weekly"]
)
def test_a_year_without_school_keeps_nothing(when):
    assert dates(when)
    shut = STATED.replace("closed: [[2025-10-27, 2025-10-31]", "closed: [[2025-09-01, 2026-08-31]")
    assert dates(when, school_days=days(shut)) == []


WHEN = st.sampled_from(
    [
        "daily", "weekly", "fortnightly", "monthly", "every friday", "every monday", "every sunday", "each term",
        "start of each term", "every october and february", "every august", "every july", "every spring term",
        "once a year", "every 2 years", "every 5 years",
    ]
)  # fmt: skip
DAYS = st.dates(date(2010, 1, 1), date(2032, 12, 31))
BEGINS = st.one_of(
    st.none(),
    DAYS.map(PartialDate.of),
    DAYS.map(lambda one: PartialDate(one.year, one.month)),
    DAYS.map(lambda one: PartialDate(one.year)),
)


@st.composite
def closings(draw):
    starts = draw(st.lists(st.dates(date(2025, 9, 1), date(2026, 7, 31)), max_size=6))
    return tuple(
        (PartialDate.of(one), PartialDate.of(one + timedelta(days=draw(st.integers(0, 40))))) for one in starts
    )


@given(WHEN, BEGINS, closings(), st.booleans())
def test_every_time_lies_in_the_year_in_order_once_and_on_a_school_day_where_there_is_one(when, begins, closed, usual):
    from charterkit.model.config import SchoolYear

    stated = {} if usual else {"2025-26": SchoolYear(closed=closed)}
    plan = YearPlan(YEAR, SchoolDays(stated))
    one = Commitment(id="c", what="A letter", when=Recurrence.parse(when), from_=begins)
    found = plan.occurrences(one)
    assert [each.first for each in found] == sorted({each.first for each in found})
    assert len({each.period for each in found}) == len(found)
    for each in found:
        assert YEAR.first <= each.first <= each.last <= YEAR.last
        assert begins is None or begins.first <= each.first
        monday = each.first - timedelta(days=each.first.weekday())
        if when in ("daily", "weekly", "monthly", "each term", "start of each term", "every spring term") and not (
            when == "weekly" and begins and begins.day and begins.first.weekday() >= SATURDAY
        ):
            assert plan.is_school_day(each.first)
        elif when in ("every friday", "every monday"):
            assert plan.is_school_day(each.first)
            assert plan.first_within(monday, monday + timedelta(days=6))
        elif when.startswith(("every october", "every august", "every july")):
            month = PartialDate(each.first.year, each.first.month)
            last = plan.last_within(month.first, month.last)
            assert each.first == last or (
                last is None and each.first.weekday() < SATURDAY and each.first not in bank_holidays(each.first.year)
            )


@given(st.integers(2000, 2100), WHEN, BEGINS)
def test_any_year_works(year, when, begins):
    plan = YearPlan(Cycle(year), USUAL)
    for each in plan.occurrences(Commitment(id="c", what="x", when=Recurrence.parse(when), from_=begins)):
        assert plan.year.first <= each.first <= plan.year.last


@given(DAYS, st.integers(2, 6))
def test_every_n_years_comes_in_every_nth_year_and_never_twice(begins, step):
    one = commitment(f"every {step} years", str(begins))
    found = [
        each.first
        for year in range(begins.year - 2, begins.year + 2 * step + 2)
        for each in YearPlan(Cycle(year), USUAL).occurrences(one)
    ]
    years = [each.year - begins.year for each in found]
    assert years == list(range(0, years[-1] + 1, step))
    assert len(years) >= 3


def test_periods_name_the_time_and_not_the_day():
    plan = YearPlan(YEAR, days())
    expected = {
        "weekly": "2025-W40",
        "fortnightly": "2025-W40",
        "monthly": "2025-10",
        "each term": "2025-26-autumn",
        "every year": "2025",
        "every july": "2026-07",
    }
    assert {when: plan.occurrences(commitment(when, "2025-10-01"))[0].period for when in expected} == expected
    assert plan.occurrences(commitment("once a year"))[0].period == "2025-26"
    other = YearPlan(YEAR, USUAL)
    for when in ("each term", "monthly", "every july", "start of each term"):
        mine, theirs = plan.occurrences(commitment(when)), other.occurrences(commitment(when))
        assert [one.period for one in mine] == [one.period for one in theirs]
        assert mine != theirs


POLICY = """\
id: {id}
title: {title}
status: {status}
commitments:
  - {{id: letter, what: A letter, when: each term, audience: parents, aspects: [gate]}}
  - {{id: vague, what: Calls, when: regularly, audience: parents, aspects: [gone]}}
  - {{id: silent, what: A website}}
  - {{id: most-days, what: Talks, when: on most days, audience: staff}}
  - {{id: entry, what: The prospectus, when: on entry to the school, audience: parents}}
  - {{id: ofsted, what: A summary, when: "after: Ofsted inspection", audience: pupils}}
  - {{id: fortnight, what: A coffee morning, when: fortnightly}}
  - {{id: later, what: A fair, when: every 2 years, from: 2026-12}}
"""


def policy(name: str = "letters", status: str = "live", more: str = "") -> str:
    return POLICY.format(id=name, title=name.title(), status=status) + more


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    write(
        tmp_path,
        {
            "charters/small.yaml": charter(["gate", "talk"]),
            "charterkit.yaml": STATED,
            "schools/acorn/school.yaml": "name: Acorn\ntrust: trust\n",
            "schools/acorn/policies/letters.yaml": policy(),
            "schools/acorn/policies/old.yaml": policy("old", "archived"),
            "schools/acorn/policies/draft.yaml": policy("draft", "draft"),
            "schools/acorn/policies/gone.yaml": policy("gone", more="history: [{date: 2020, event: withdrawn}]\n"),
            "schools/beech/school.yaml": "name: Beech\ntrust: trust\n",
            "schools/trust/school.yaml": "name: Trust\nkind: trust\n",
            "schools/trust/policies/shared.yaml": policy("shared", more="applies_to: [acorn]\n"),
        },
    )
    return Workspace(tmp_path)


def test_only_policies_in_force_promise_and_a_trust_s_count_under_its_members(made):
    def policies_of(slug):
        return list(dict.fromkeys((one.folder.slug, one.policy.id) for one in promises(made, slug)))

    assert policies_of("acorn") == [("acorn", "letters"), ("trust", "shared")]
    assert policies_of("beech") == []
    assert policies_of("trust") == [("trust", "shared")]
    assert policies_of(None) == [("acorn", "letters"), ("trust", "shared")]


def test_a_promise_of_some_members_is_the_trust_s_and_theirs(made):
    more = "  - {id: apart, what: A walk, when: weekly, applies_to: [beech]}\napplies_to: [acorn, beech]\n"
    write(made.root, {"schools/trust/policies/shared.yaml": policy("shared", more=more)})
    found = {
        slug: {one.commitment.id for one in promises(Workspace(made.root), slug) if one.policy.id == "shared"}
        for slug in ("trust", "acorn", "beech", None)
    }
    everything = {*found["acorn"], "apart"}
    assert found == {"trust": everything, "acorn": everything - {"apart"}, "beech": everything, None: everything}


def test_audiences_choose(made):
    assert {one.commitment.id for one in promises(made, "trust", ["pupils", "staff"])} == {"ofsted", "most-days"}
    found = {one.commitment.id: one.audiences[0] for one in promises(made, "trust")}
    assert found["letter"] == "parents"
    assert {name for name, audience in found.items() if audience == "nobody"} == {"silent", "fortnight", "later"}


def test_every_audience_that_a_file_may_name_has_its_words_in_the_files_order():
    assert list(AUDIENCE_WORDS) == [*get_args(Audience), NOBODY]
    words = ["Parents and carers", "Pupils", "Staff", "Community", "Governors", "Nobody named"]
    assert list(AUDIENCE_WORDS.values()) == words


@pytest.mark.parametrize(
    ("when", "kind"),
    [
        ("On entry to\nthe school", PromiseKind.EVENT),
        ("whenever a family asks", PromiseKind.EVENT),
        ("at the end of Year 6", PromiseKind.EVENT),
        ("onwards", PromiseKind.NOT_UNDERSTOOD),
        ("on Mondays", PromiseKind.DATED),
        ("after: a visit", PromiseKind.EVENT),
        ("daily", PromiseKind.DAILY),
        ("every 2 years", PromiseKind.UNDATED),
        ("weekly", PromiseKind.DATED),
        ("regularly", PromiseKind.VAGUE),
        (None, PromiseKind.NONE),
    ],
)
def test_what_can_be_said_of_when_it_is_kept(made, when, kind):
    assert replace(promises(made, "trust")[0], commitment=commitment(when)).kind is kind


@pytest.mark.parametrize(
    ("when", "begins", "year", "due"),
    [
        ("every 2 years", "2024-10", "2025-26", "2026-10"),
        ("every 3 years", "2023-06-30", "2026-27", "2029-06-30"),
        ("every 2 years", "2027-06", "2025-26", "2027-06"),
        ("every 2 years", "2026-09-01", "2025-26", "2026-09-01"),
        ("each term", "2026-09", "2025-26", "2026-09"),
        ("fortnightly", "2026-09-02", "2025-26", "2026-09-02"),
        ("each term", "2026-08-31", "2025-26", None),
        ("on entry", "2026-09", "2025-26", None),
        ("every 2 years", None, "2025-26", None),
        (None, "2026-09", "2025-26", None),
    ],
)
def test_one_that_is_not_due_in_the_year_says_when_it_first_is_after_it(made, when, begins, year, due):
    found = promises(made, "trust")[0]
    other = replace(found, commitment=commitment(when, begins))
    (one,) = planned([other], YearPlan(Cycle.parse(year), days()))
    assert one.occurrences == ()
    assert (str(one.next) if one.next else None) == due


@pytest.mark.parametrize(("when", "begins"), [("fortnightly", "2020-09-02"), ("each term", "2020-09")])
def test_nor_can_it_be_said_of_a_year_without_school(made, when, begins):
    shut = STATED.replace("closed: [[2025-10-27, 2025-10-31]", "closed: [[2025-09-01, 2026-08-31]")
    other = replace(promises(made, "trust")[0], commitment=commitment(when, begins))
    (one,) = planned([other], YearPlan(YEAR, days(shut)))
    assert (one.occurrences, one.next) == ((), None)


def test_what_can_be_said_of_each(made):
    found = planned(promises(made, "trust"), YearPlan(YEAR, days()))
    assert {one.promise.commitment.id: one.kind for one in found} == {
        "letter": PromiseKind.DATED,
        "vague": PromiseKind.VAGUE,
        "silent": PromiseKind.NONE,
        "most-days": PromiseKind.NOT_UNDERSTOOD,
        "entry": PromiseKind.EVENT,
        "ofsted": PromiseKind.EVENT,
        "fortnight": PromiseKind.UNDATED,
        "later": PromiseKind.DATED,
    }
    later = found[-1]
    assert later.occurrences == ()
    assert str(later.next) == "2026-12"
    assert {one.kind for one in found if not one.occurrences} >= set(IMPOSSIBLE)


def test_commitments_that_cannot_be_read_are_named(made):
    bad = '  - {id: B B, what: x}\n  - {what: y}\n  - {id: "", what: z}\n'
    write(made.root, {"schools/trust/policies/shared.yaml": policy("shared", more=bad)})
    write(made.root, {"schools/trust/policies/all.yaml": "id: all\ntitle: All\nstatus: lively\ncommitments: often\n"})
    found = unread(Workspace(made.root), "trust")
    assert [(one.path.rsplit("/", 1)[1], one.name) for one in found] == [
        ("all.yaml", ""),
        ("shared.yaml", "B B"),
        ("shared.yaml", "number 10"),
        ("shared.yaml", "number 11"),
    ]


def test_the_aspects_promises_serve_and_those_none_serves(made):
    found = planned(promises(made, "trust"), YearPlan(YEAR, days()))
    view = serving(made.choose_charter(None), found)
    assert [(one.aspect.id, len(one.promises)) for one in view.aspects] == [("gate", 1), ("talk", 0)]
    assert [one.aspect.id for one in view.unserved] == ["talk"]
    assert [name for _, name in view.unknown] == ["gone"]
    assert len(view.naming_none) == 6


def test_an_earlier_aspect_counts_for_those_that_replace_it(made):
    write(made.root, {"charters/small.yaml": charter(["talk", ("way-in", "gate"), ("lobby", "gate")], version="2")})
    workspace = Workspace(made.root)
    view = serving(workspace.choose_charter(None), planned(promises(workspace, "trust"), YearPlan(YEAR, days())))
    assert [one.aspect.id for one in view.served] == ["way-in", "lobby"]


def test_ravensfield_s_promises_are_read_as_its_policy_says():
    plan = YearPlan(Cycle.parse("2026-27"), USUAL)
    found = {one.promise.commitment.id: one for one in planned(promises(Workspace(ROOT), "ravensfield"), plan)}
    assert {one.first.weekday() for one in found["magic-mirror-assembly"].occurrences} == {4}
    assert len(found["newsletter"].occurrences) == 11
    assert len(found["attendance-letters"].occurrences) > 38
    assert [one.period for one in found["parent-teacher-discussions"].occurrences] == ["2026-10", "2027-02"]
    assert [one.period for one in found["annual-report"].occurrences] == ["2027-07"]
    assert [one.first for one in found["curriculum-letters"].occurrences] == [term.first for term in plan.terms]
    assert [one.period for one in found["spring-consultation"].occurrences] == ["2026-27-spring"]
    assert found["ofsted-summary"].kind is PromiseKind.EVENT
    assert found["prospectus"].kind is PromiseKind.EVENT
    assert found["sharing-assemblies"].kind is PromiseKind.VAGUE
    assert found["website"].kind is PromiseKind.NONE


def test_every_recurrence_that_can_be_dated_has_a_rule():
    from charterkit.model import recurrences as known

    assert {kind for kind, *_ in known._FORMS} - set(RULES) == {"always", "regularly"}
    assert set(RULES) - {kind for kind, *_ in known._FORMS} == {"once"}


def test_one_promise_alone():
    one = next(one for one in promises(Workspace(ROOT), "ravensfield") if one.commitment.id == "annual-report")
    assert [str(each.first) for each in occurrences(one, Cycle(2025), days())] == ["2026-07-21"]
