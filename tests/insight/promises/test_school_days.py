"""When there is school: usual and stated terms, bank holidays, days the school is closed, and settings that are nonsense."""

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.files.load import load
from charterkit.files.workspace import Workspace
from charterkit.insight.promises.school_days import LONG_WEEKEND, LONGEST_HOLIDAY, SchoolDays, bank_holidays
from charterkit.model.config import Config
from charterkit.model.dates import Cycle, PartialDate
from tests.insight.samples import write

DAY = timedelta(days=1)
USUAL = SchoolDays({})
STATED = """
  2025-26:
    autumn: [2025-09-02, 2025-12-19]
    spring: [2026-01-05, 2026-03-27]
    summer: [2026-04-13, 2026-07-21]
    closed: [[2025-10-27, 2025-10-31], [2026-06-26, 2026-06-26]]
"""


def every_day(first: date, last: date) -> list[date]:
    return [first + number * DAY for number in range((last - first).days + 1)]


def school_days(terms: str) -> SchoolDays:
    return SchoolDays.of(config(terms))


def config(terms: str) -> Config:
    loaded = load(Config, f"terms:{terms}".encode())
    assert loaded.model is not None
    return loaded.model


def day(text: str) -> date:
    return date.fromisoformat(text)


class TestUsualTerms:
    @given(st.integers(1950, 2098))
    def test_they_follow_each_other_inside_the_year_and_are_not_stated(self, year):
        cycle = Cycle(year)
        terms = USUAL.terms(cycle)
        assert [term.period for term in terms] == [f"{cycle}-{name}" for name in ("autumn", "spring", "summer")]
        assert all(term.first < term.last and not term.is_stated for term in terms)
        assert all(before.last < after.first for before, after in pairwise(terms))
        assert cycle.first <= terms[0].first
        assert terms[-1].last <= cycle.last

    @given(st.integers(1950, 2098))
    def test_each_begins_and_ends_on_a_school_day_and_is_neither_short_nor_endless(self, year):
        for term in USUAL.terms(Cycle(year)):
            assert USUAL.is_school_day(term.first), term
            assert USUAL.is_school_day(term.last), term
            assert 50 < (term.last - term.first).days < 120

    def test_as_the_module_says(self):
        terms = [(term.name, str(term.first), str(term.last)) for term in USUAL.terms(Cycle(2025))]
        assert terms == [
            ("autumn term", "2025-09-01", "2025-12-19"),
            ("spring term", "2026-01-05", "2026-03-27"),
            ("summer term", "2026-04-13", "2026-07-22"),
        ]

    @pytest.mark.parametrize("year", ["2024-25", "2025-26", "2026-27", "2027-28"])
    def test_the_spring_break_is_within_five_school_days_of_those_that_were_published(self, year):
        """Dates that schools and authorities have on their own sites; handed in with the issue."""
        with Path(__file__).with_name("terms.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["year"] == year]
        _, spring, summer = USUAL.terms(Cycle.parse(year))
        assert rows
        for row in rows:
            for usual, published in ((spring.last, row["spring term ends"]), (summer.first, row["summer term begins"])):
                first, last = sorted((usual, day(published)))
                apart = [each for each in every_day(first, last) if each.weekday() < 5]
                assert len(apart) - 1 <= 5, row

    def test_every_year_is_one_that_a_school_could_have(self):
        for year in range(2018, 2041):
            days = SchoolDays({}).within(date(year, 9, 1), date(year + 1, 8, 31))
            assert 185 <= len(list(days)) <= 200, year
            for before, after in pairwise(USUAL.terms(Cycle(year))):
                assert 14 <= (after.first - before.last).days <= 27, (year, "two weeks of holidays and their weekends")
            spring = USUAL.terms(Cycle(year))[1]
            weeks = {each.isocalendar()[1] for each in USUAL.within(spring.first, spring.last)}
            assert 9 <= len(weeks) <= 12, year

    def test_september_that_begins_on_a_weekend(self):
        assert USUAL.terms(Cycle(2024))[0].first == day("2024-09-02"), "the 1st is a Sunday"
        assert USUAL.terms(Cycle(2029))[0].first == day("2029-09-03"), "the 1st is a Saturday"

    def test_no_holiday_is_said_to_be_one(self):
        """Whoever states no terms may be at school on any weekday."""
        assert not [one for number in range(366) if (one := USUAL.holiday_until(day("2025-09-01") + number * DAY))]


class TestStatedTerms:
    found = school_days(STATED)

    @pytest.mark.parametrize(
        ("when", "expected"),
        [
            ("2025-09-01", False),
            ("2025-09-02", True),
            ("2025-10-24", True),
            ("2025-10-27", False),
            ("2025-10-31", False),
            ("2025-11-01", False),
            ("2025-11-03", True),
            ("2025-12-19", True),
            ("2025-12-22", False),
            ("2026-05-04", False),
            ("2026-05-25", False),
            ("2026-06-26", False),
            ("2026-07-22", False),
        ],
    )
    def test_a_day(self, when, expected):
        assert self.found.is_school_day(day(when)) is expected

    def test_one_stated_term_beside_usual_ones(self):
        terms = school_days("\n  2025-26: {spring: [2026-01-06, 2026-03-20]}\n").terms(Cycle(2025))
        assert [term.is_stated for term in terms] == [False, True, False]
        assert str(terms[1].last) == "2026-03-20"
        assert terms[0] == USUAL.terms(Cycle(2025))[0]

    def test_a_year_that_begins_in_august(self):
        found = school_days("\n  2025-26: {autumn: [2025-08-27, 2025-12-12], closed: [[2025-08-28, 2025-08-28]]}\n")
        assert found.is_school_day(day("2025-08-27"))
        assert not found.is_school_day(day("2025-08-28"))
        assert not found.is_school_day(day("2025-08-26"))
        term = found.term_of(day("2025-08-29"))
        assert term
        assert term.period == "2025-26-autumn"
        assert USUAL.term_of(day("2025-08-29")) is None

    @pytest.mark.parametrize(
        ("when", "before", "after"),
        [
            ("2025-10-15", "2025-10-15", "2025-10-16"),
            ("2025-10-25", "2025-10-24", "2025-11-03"),
            ("2025-12-25", "2025-12-19", "2026-01-05"),
            ("2026-04-13", "2026-04-13", "2026-04-14"),
            ("2026-05-04", "2026-05-01", "2026-05-05"),
            ("2026-08-15", "2026-07-21", "2026-09-01"),
        ],
    )
    def test_the_school_day_before_and_after(self, when, before, after):
        assert str(self.found.on_or_before(day(when))) == before
        assert str(self.found.after(day(when))) == after

    @pytest.mark.parametrize(
        ("when", "until"),
        [
            ("2025-12-19", None),
            ("2025-12-20", "2026-01-05"),
            ("2025-12-25", "2026-01-05"),
            ("2026-01-05", None),
            ("2026-08-31", "2026-09-01"),
            ("2025-10-24", None),
            ("2025-10-25", "2025-11-03"),
            ("2025-10-29", "2025-11-03"),
            ("2025-11-02", "2025-11-03"),
            ("2025-11-08", None),  # a weekend
            ("2026-05-04", None),  # a bank holiday
            ("2026-06-26", None),  # one closed day
            ("2024-12-25", None),  # nothing is stated about that year
        ],
    )
    def test_a_holiday_and_its_end(self, when, until):
        found = self.found.holiday_until(day(when))
        assert (found and str(found)) == until

    def test_easter_s_weekend_in_term_is_no_holiday(self):
        spring = "[2026-01-05, 2026-04-10]"
        found = school_days(
            f"\n  2025-26: {{autumn: [2025-09-02, 2025-12-19], spring: {spring}, summer: [2026-04-27, 2026-07-21]}}\n"
        )
        assert [found.is_school_day(day(f"2026-04-0{number}")) for number in (2, 3, 6, 7)] == [True, False, False, True]
        assert found.holiday_until(day("2026-04-04")) is None
        assert (day("2026-04-07") - day("2026-04-02")).days == LONG_WEEKEND


class TestWhoseTerms:
    """A school's own terms win over its trust's, and those over the workspace's."""

    @pytest.fixture
    def found(self, tmp_path):
        files = {
            "charterkit.yaml": "terms: {2026-27: {autumn: [2026-09-01, 2026-12-18], spring: [2027-01-04, 2027-03-25],"
            " closed: [[2026-10-26, 2026-10-30], [2027-02-15, 2027-02-19]]}}\n",
            "schools/trust/school.yaml": "name: T\nkind: trust\nnation: wales\nterms: {2026-27: {autumn: [2026-09-03, 2026-12-16]}}\n",
            "schools/a/school.yaml": "name: A\ntrust: trust\nterms: {2026-27: {autumn: [2026-08-26, 2026-12-17],"
            " closed: [[2026-10-19, 2026-10-23], [2026-11-27, 2026-11-27]]}}\n",
            "schools/b/school.yaml": "name: B\ntrust: trust\n",
            "schools/c/school.yaml": "name: C\nnation: scotland\nterms: {2026-27: {term-1: [2026-08-17, 2026-10-09],"
            " term-2: [2026-10-19, 2026-12-18], term-3: [2027-01-05, 2027-03-26], term-4: [2027-04-12, 2027-08-03]}}\n",
        }
        write(tmp_path, files)
        workspace = Workspace(tmp_path)
        return lambda slug: SchoolDays.at(workspace, slug)

    def test_each_has_its_own(self, found):
        def said(slug):
            return [
                (str(term.first)[5:], str(term.last)[5:], term.is_stated) for term in found(slug).terms(Cycle(2026))
            ]

        usual = ("04-12", "07-21", False)
        assert said(None) == [("09-01", "12-18", True), ("01-04", "03-25", True), usual]
        assert said("b") == [("09-03", "12-16", True), ("01-04", "03-25", True), usual]
        assert said("a") == [("08-26", "12-17", True), ("01-04", "03-25", True), usual]
        assert said("c")[3] == ("04-12", "08-03", True)
        assert [term.name for term in found("c").terms(Cycle(2026))] == ["term 1", "term 2", "term 3", "term 4"]
        assert [term.season for term in found("c").terms(Cycle(2026))] == ["autumn", "autumn", "spring", "summer"]

    def test_a_half_term_nearby_takes_the_place_of_the_one_further_away_and_closed_days_add_up(self, found):
        closed = [(str(first)[2:], str(last)[2:]) for first, last in found("a").closed(Cycle(2026))]
        assert closed == [
            ("26-10-19", "26-10-23"),
            ("26-11-27", "26-11-27"),
            ("27-02-15", "27-02-19"),
            ("27-05-31", "27-06-04"),
        ]
        assert ("26-10-26", "26-10-30") in [(str(a)[2:], str(b)[2:]) for a, b in found("b").closed(Cycle(2026))]

    def test_half_terms_stay_when_one_closed_day_is_added(self):
        usual = USUAL.closed(Cycle(2026))
        inset = school_days("\n  2026-27: {closed: [[2026-11-27, 2026-11-27]]}\n").closed(Cycle(2026))
        assert set(inset) == {*usual, (day("2026-11-27"), day("2026-11-27"))}
        own = school_days("\n  2026-27: {closed: [[2026-10-19, 2026-10-30]]}\n").closed(Cycle(2026))
        assert own == ((day("2026-10-19"), day("2026-10-30")), *usual[1:])

    def test_a_school_that_is_not_here_has_the_workspace_s(self, found):
        assert found("nowhere").terms(Cycle(2026)) == found(None).terms(Cycle(2026))
        assert str(found(None).terms(Cycle(2026))[0].last) == "2026-12-18"

    def test_the_nation_s_bank_holidays(self, found):
        assert (found("a").nation, found("b").nation, found("c").nation, found(None).nation) == (
            "wales", "wales", "scotland", "england",
        )  # fmt: skip
        andrew = day("2026-11-30")
        assert [found(slug).is_school_day(andrew) for slug in ("a", "c")] == [True, False]
        assert day("2027-03-17") in bank_holidays(2027, "northern-ireland")

    def test_a_year_that_begins_or_ends_in_august(self, found):
        assert (str(found("a").first_day(Cycle(2026))), str(found("a").last_day(Cycle(2026)))) == (
            "2026-08-01",
            "2027-08-31",
        )
        assert found("a").year_of(day("2026-08-26")) == Cycle(2026)
        assert [found("a").year_of(day(f"2026-{when}")).year for when in ("07-31", "08-01")] == [2025, 2026]
        assert found("b").year_of(day("2026-08-26")) == Cycle(2025)
        assert str(found("c").last_of(Cycle(2026, "summer"))) == "2027-08-03"
        assert str(found("c").last_of(Cycle(2026, "autumn"))) == "2026-12-18"


def test_bank_holidays_with_their_substitutes():
    assert {day("2021-12-27"), day("2021-12-28"), day("2022-09-19"), day("2023-05-08")} <= bank_holidays(
        2021
    ) | bank_holidays(2022) | bank_holidays(2023)
    assert len(bank_holidays(2025)) == 8
    assert day("2025-03-17") not in bank_holidays(2025), "St Patrick's Day is none in England"


NONSENSE = {
    "last before first": "{autumn: [2025-12-19, 2025-09-01], spring: [2026-03-27, 2026-01-05], summer: [2026-07-21, 2026-04-13]}",
    "another year": "{autumn: [2035-09-01, 2035-12-19]}",
    "overlapping": "{autumn: [2025-09-01, 2026-07-31], spring: [2025-09-01, 2026-07-31], summer: [2025-09-01, 2026-07-31]}",
    "one day": "{autumn: [2025-09-06, 2025-09-06], spring: [2026-01-10, 2026-01-10], summer: [2026-05-02, 2026-05-02]}",
    "years": "{autumn: [2025, 2025]}",
    "centuries": "{autumn: [1800, 2999], closed: [[1800, 2999]]}",
    "always closed": "{closed: [[2025-08-01, 2026-08-31]]}",
    "closed backwards": "{closed: [[2026-08-31, 2025-08-01]]}",
}


@pytest.mark.parametrize("name", NONSENSE)
@pytest.mark.parametrize("when", ["2025-08-01", "2025-09-06", "2025-12-25", "2026-02-28", "2026-08-31"])
def test_nonsense_neither_breaks_nor_hangs_nor_silences(name, when):
    found = school_days(f"\n  2025-26: {NONSENSE[name]}\n")
    now = day(when)
    assert now - LONGEST_HOLIDAY * DAY <= found.on_or_before(now) <= now < found.after(now)
    until = found.holiday_until(now)
    assert until is None or found.is_school_day(until)


@pytest.mark.parametrize("name", ["2025-27", "abc", "2025-2026", "2025-26-autumn", "x" * 500])
def test_a_key_that_is_no_year_says_nothing(name):
    found = school_days(f"\n  {name}: {{autumn: [2025-11-01, 2025-11-30]}}\n")
    assert found.terms(Cycle(2025)) == USUAL.terms(Cycle(2025))


def test_terms_that_cannot_be_are_as_if_they_were_not_stated():
    terms = school_days(f"\n  2025-26: {NONSENSE['last before first']}\n").terms(Cycle(2025))
    assert terms == USUAL.terms(Cycle(2025))


@pytest.mark.parametrize(
    ("first", "last", "is_stated"),
    [
        ("2025-08-01", "2025-12-19", True),
        ("2025-07-31", "2025-12-19", False),
        ("2025-09-02", "2026-08-31", True),
        ("2025-09-02", "2026-09-01", False),
        ("2025-09-02", "2025-09-02", True),
        ("2025-09-03", "2025-09-02", False),
    ],
)
def test_a_term_lies_between_the_august_before_and_the_next_one(first, last, is_stated):
    days = school_days(f"\n  2025-26:\n    autumn: [{first}, {last}]\n")
    assert days.terms(Cycle(2025))[0].is_stated is is_stated


def test_the_last_school_day_of_a_time_may_be_its_very_first_day():
    friday = day("2026-01-09")
    assert USUAL.last_within(friday, friday + 2 * DAY) == friday
    assert USUAL.last_within(friday + DAY, friday + 2 * DAY) is None


def test_between_terms_of_which_not_all_are_stated_nobody_knows_when_school_begins():
    days = school_days("\n  2025-26:\n    autumn: [2025-09-02, 2025-12-19]\n")
    assert days.holiday_until(day("2025-12-25")) is None


def test_a_month_is_its_first_to_its_last_day():
    autumn = school_days("\n  2025-26: {autumn: [2025-09, 2025-12]}\n").terms(Cycle(2025))[0]
    assert (str(autumn.first), str(autumn.last), autumn.is_stated) == ("2025-09-01", "2025-12-31", True)


SHUT_UNTIL_SEPTEMBER = """
  2025-26:
    autumn: [2025-09-02, 2025-12-19]
    spring: [2026-01-05, 2026-03-27]
    summer: [2026-04-13, 2026-07-21]
    closed: [[2026-03-30, 2026-08-31]]
"""


def test_nobody_looks_for_school_further_than_120_days():
    """The last school day is 27 March, the next one 1 September."""
    found = school_days(SHUT_UNTIL_SEPTEMBER)
    assert [str(found.on_or_before(day(each))) for each in ("2026-07-25", "2026-07-26")] == ["2026-03-27", "2026-07-26"]
    assert [str(found.after(day(each))) for each in ("2026-05-04", "2026-05-03")] == ["2026-09-01", "2026-05-04"]
    assert [found.holiday_until(day(each)) for each in ("2026-05-04", "2026-05-03")] == [day("2026-09-01"), None]


def test_a_term_without_a_school_day_begins_and_ends_as_it_is_stated():
    summer = Cycle(2025, "summer")
    found = school_days(SHUT_UNTIL_SEPTEMBER)
    assert (str(found.first_of(summer)), str(found.last_of(summer))) == ("2026-04-13", "2026-07-21")
    assert (str(found.first_of(Cycle(2025))), str(found.last_of(Cycle(2025)))) == ("2025-09-02", "2026-03-27")
    assert str(found.last_in(PartialDate.parse("2026-08"))) == "2026-08-28", (
        "its last working day: the 31st is a holiday"
    )


def test_a_year_begins_with_its_first_school_day_whichever_term_that_is_in():
    shut = SHUT_UNTIL_SEPTEMBER.replace("closed: [", "closed: [[2025-09-02, 2025-12-19], ")
    assert str(school_days(shut).first_of(Cycle(2025))) == "2026-01-05"
    always = school_days(SHUT_UNTIL_SEPTEMBER.replace("closed: [", "closed: [[2025-09-01, 2026-08-31], "))
    assert (str(always.first_of(Cycle(2025))), str(always.last_of(Cycle(2025)))) == ("2025-09-02", "2026-07-21")


def test_three_days_are_a_half_term_and_two_are_none():
    usual = USUAL.closed(Cycle(2026))
    two = school_days("\n  2026-27: {closed: [[2026-10-19, 2026-10-20]]}\n").closed(Cycle(2026))
    three = school_days("\n  2026-27: {closed: [[2026-10-19, 2026-10-21]]}\n").closed(Cycle(2026))
    assert (two[1:], three[1:]) == (usual, usual[1:])
    on_its_first = school_days("\n  2026-27: {closed: [[2027-01-04, 2027-01-06]]}\n").closed(Cycle(2026))
    assert on_its_first == (usual[0], (day("2027-01-04"), day("2027-01-06")), usual[2])


def test_of_the_only_school_nobody_has_to_say_the_name(tmp_path):
    write(tmp_path, {"schools/a/school.yaml": "name: A\nterms: {2026-27: {autumn: [2026-09-03, 2026-12-16]}}\n"})
    assert str(SchoolDays.at(Workspace(tmp_path)).terms(Cycle(2026))[0].last) == "2026-12-16"
    write(tmp_path, {"schools/b/school.yaml": "name: B\n"})
    both = Workspace(tmp_path)
    assert (
        SchoolDays.at(both).terms(Cycle(2026))
        == SchoolDays.at(both, "b").terms(Cycle(2026))
        == USUAL.terms(Cycle(2026))
    )
    assert str(SchoolDays.at(both, "a").terms(Cycle(2026))[0].last) == "2026-12-16"


def test_where_no_term_is_in_summer_it_is_the_calendar_s():
    found = school_days("\n  2025-26: {term-1: [2025-09-02, 2026-07-21]}\n")
    assert [term.season for term in found.terms(Cycle(2025))] == ["spring"]
    summer = Cycle(2025, "summer")
    assert (found.first_of(summer), found.last_of(summer)) == (summer.first, summer.last)
    assert str(found.first_of(Cycle(2025, "spring"))) == "2025-09-02"


@pytest.mark.parametrize(
    ("first", "last", "season"),
    [
        ("2025-09-02", "2025-10-24", "autumn"),
        ("2025-12-01", "2026-01-29", "autumn"),  # New Year's Eve is its middle
        ("2025-12-01", "2026-02-01", "spring"),
        ("2026-04-01", "2026-04-22", "spring"),  # 11 April
        ("2026-04-01", "2026-04-23", "summer"),  # 12 April
    ],
)
def test_a_numbered_term_is_of_the_season_that_its_middle_lies_in(first, last, season):
    found = school_days(f"\n  2025-26: {{term-1: [{first}, {last}]}}\n").terms(Cycle(2025))
    assert [term.season for term in found if term.is_stated] == [season]


def test_a_term_that_is_named_after_a_season_is_of_it_whenever_it_is():
    found = school_days("\n  2025-26: {autumn-1: [2025-09-02, 2025-12-19], autumn-2: [2026-01-05, 2026-07-21]}\n")
    assert [term.season for term in found.terms(Cycle(2025))] == ["autumn", "autumn"]
    late = school_days("\n  2025-26: {spring: [2026-04-20, 2026-05-29]}\n").terms(Cycle(2025))
    assert [term.season for term in late if term.is_stated] == ["spring"]


def test_three_terms_that_are_numbered_go_by_their_dates():
    found = school_days(
        "\n  2025-26: {term-3: [2025-09-02, 2025-12-19], term-1: [2026-01-05, 2026-03-27], term-2: [2026-04-13, 2026-07-21]}\n"
    )
    assert [term.name for term in found.terms(Cycle(2025))] == ["term 3", "term 1", "term 2"]


def test_three_that_have_the_usual_names_go_by_these():
    found = school_days("\n  2025-26: {summer: [2025-09-02, 2025-12-19], autumn: [2026-04-13, 2026-07-21]}\n")
    assert [term.key for term in found.terms(Cycle(2025))] == ["autumn", "spring", "summer"]


def test_usual_terms_fill_the_year_around_those_that_are_numbered():
    """Only those that overlap with none of them, from the first to the last."""
    found = school_days("\n  2025-26: {term-1: [2026-01-05, 2026-02-12], term-2: [2026-02-23, 2026-04-13]}\n")
    assert [(term.key, term.is_stated) for term in found.terms(Cycle(2025))] == [
        ("autumn", False),
        ("term-1", True),
        ("term-2", True),
    ]
    earlier = school_days("\n  2025-26: {term-1: [2025-12-19, 2026-02-12], term-2: [2026-02-23, 2026-04-12]}\n")
    assert [term.key for term in earlier.terms(Cycle(2025))] == ["term-1", "term-2", "summer"]


DATES = st.dates(date(2025, 6, 1), date(2026, 10, 31))


@given(st.lists(st.tuples(DATES, DATES), min_size=3, max_size=3), st.lists(st.tuples(DATES, DATES), max_size=4), DATES)
def test_whatever_is_stated_every_answer_is_a_day_in_its_place(terms, closed, now):
    lines = [
        f"{name}: [{first}, {last}]" for name, (first, last) in zip(("autumn", "spring", "summer"), terms, strict=True)
    ]
    shut = ", ".join(f"[{first}, {last}]" for first, last in closed)
    found = school_days(f"\n  2025-26: {{{', '.join(lines)}, closed: [{shut}]}}\n")
    before, after = found.on_or_before(now), found.after(now)
    assert before <= now < after
    assert not any(found.is_school_day(before + number * DAY) for number in range(1, (now - before).days + 1))
    assert not any(found.is_school_day(now + number * DAY) for number in range(1, (after - now).days))
    if found.is_school_day(now):
        assert before == now
        assert found.term_of(now)
        assert found.holiday_until(now) is None
    assert list(found.within(before, now)) == ([before] if found.is_school_day(before) else [])
    assert found.last_within(now, now - DAY) is None


@given(st.dates(date(1950, 1, 1), date(2098, 12, 31)))
def test_no_usual_school_day_is_a_weekend_or_a_bank_holiday(now):
    if USUAL.is_school_day(now):
        assert now.weekday() < 5
        assert now not in bank_holidays(now.year)
