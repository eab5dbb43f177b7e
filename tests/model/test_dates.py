"""Dates, cycles, intervals and recurrences as schools write them."""

import calendar
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.model.base import BadValue
from charterkit.model.dates import FIRST_YEAR, LAST_YEAR, Cycle, Interval, PartialDate
from charterkit.model.recurrences import Recurrence

days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
partial = st.builds(
    lambda day, precision: PartialDate(*(day.year, day.month, day.day)[:precision]), days, st.integers(1, 3)
)
cycles = st.builds(Cycle, st.integers(FIRST_YEAR, LAST_YEAR - 1), st.sampled_from([None, "autumn", "spring", "summer"]))
intervals = st.one_of(
    st.builds(Interval, st.integers(1, 9999), st.sampled_from(["year", "month", "week", "day"])),
    st.sampled_from([Interval(0, "live"), Interval(0, "as needed")]),
)


def refused(parse, text):
    with pytest.raises(BadValue) as caught:
        parse(text)
    return caught.value


class TestPartialDate:
    @given(partial)
    def test_round_trip(self, when):
        assert PartialDate.parse(str(when)) == when

    @given(partial)
    def test_first_and_last_frame_it(self, when):
        assert when.first <= when.last
        assert str(when.first).startswith(str(when))
        assert str(when.last).startswith(str(when))
        assert not str(when.last + timedelta(1)).startswith(str(when))

    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2024", date(2024, 1, 1), date(2024, 12, 31)),
            ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
            ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
            ("2025-10-14", date(2025, 10, 14), date(2025, 10, 14)),
        ],
    )
    def test_the_first_and_the_last_day_it_may_mean(self, text, first, last):
        assert (PartialDate.parse(text).first, PartialDate.parse(text).last) == (first, last)

    @given(partial, partial)
    def test_order_is_total_and_agrees_with_equality(self, one, other):
        assert (one < other) + (other < one) + (one == other) == 1

    @given(st.lists(partial, max_size=8))
    def test_sorted_by_the_last_day(self, dates):
        assert [when.last for when in sorted(dates)] == sorted(when.last for when in dates)

    @given(days)
    def test_of_a_day(self, day):
        assert str(PartialDate.of(day)) == day.isoformat()
        assert PartialDate.of(day).first == PartialDate.of(day).last == day

    @pytest.mark.parametrize(
        ("text", "spoken"), [("2025-10-14", "14 October 2025"), ("2025-10", "October 2025"), ("2025", "2025")]
    )
    def test_spoken(self, text, spoken):
        assert PartialDate.parse(text).spoken == spoken

    @pytest.mark.parametrize(
        ("text", "iso"),
        [
            ("1/05/17", "2017-05-01"),
            ("01.05.2017", "2017-05-01"),
            ("1-5-17", "2017-05-01"),
            ("31/12/1999", "1999-12-31"),
        ],
    )
    def test_a_british_date_is_refused_with_the_day_first(self, text, iso):
        assert refused(PartialDate.parse, text).remedy == f"Write {iso} (day first)."

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "2019-1",
            "2019-13",
            "2019-02-29",
            "2019-00",
            "0000",
            "0025-10-14",
            "19",
            "2019-01-05 ",
            "2019-01-05T10:00",
            "31/02/17",
            "99/99/99",
            "２０１９",
            "2019\n",
            "soon",
            "-2019",
        ],
    )
    def test_what_is_no_date(self, text):
        bad = refused(PartialDate.parse, text)
        assert bad.code == "CK205"
        assert bad.remedy

    @given(st.text(max_size=20))
    def test_any_text_is_read_or_refused(self, text):
        with suppress(BadValue):
            assert str(PartialDate.parse(text)) == text


class TestCycle:
    @given(cycles)
    def test_round_trip(self, cycle):
        assert Cycle.parse(str(cycle)) == cycle

    @given(days.filter(lambda day: day < date(LAST_YEAR, 9, 1) and day >= date(FIRST_YEAR, 9, 1)))
    def test_containing(self, day):
        cycle = Cycle.containing(day)
        assert cycle.first <= day <= cycle.last
        assert cycle.holds(PartialDate.of(day))

    @given(cycles, partial)
    def test_holds_exactly_the_days_between_first_and_last(self, cycle, when):
        assert cycle.holds(when) == (not (when.last < cycle.first or when.first > cycle.last))

    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2025-26", date(2025, 9, 1), date(2026, 8, 31)),
            ("2025-26-autumn", date(2025, 9, 1), date(2025, 12, 31)),
            ("2023-24-spring", date(2024, 1, 1), date(2024, 4, 30)),
            ("2025-26-summer", date(2026, 5, 1), date(2026, 8, 31)),
        ],
    )
    def test_its_first_and_last_day_are_in_it_and_those_around_are_not(self, text, first, last):
        cycle = Cycle.parse(text)
        assert (cycle.first, cycle.last) == (first, last)
        for day, is_in in ((first, True), (last, True), (first - timedelta(1), False), (last + timedelta(1), False)):
            assert cycle.holds(PartialDate.of(day)) is is_in
            assert cycle.holds(PartialDate(day.year, day.month)) is is_in

    @given(st.integers(FIRST_YEAR, LAST_YEAR - 1))
    def test_terms_fill_the_year_in_order(self, year):
        autumn, spring, summer = (Cycle(year, term) for term in ("autumn", "spring", "summer"))
        assert Cycle(year).first == autumn.first
        assert autumn.last + timedelta(1) == spring.first
        assert spring.last + timedelta(1) == summer.first
        assert summer.last == Cycle(year).last

    def test_the_century_wraps(self):
        assert Cycle.parse("2099-00") == Cycle(2099)
        assert str(Cycle(2099, "spring")) == "2099-00-spring"

    def test_spoken(self):
        assert Cycle.parse("2025-26-autumn").spoken == "autumn term 2025-26"
        assert Cycle.parse("2025-26").spoken == "2025-26"

    def test_the_wrong_second_year_is_refused_with_the_right_one(self):
        assert refused(Cycle.parse, "2025-27-autumn").remedy == "Write 2025-26-autumn."

    @pytest.mark.parametrize(
        "text", ["2025", "2025/26", "2025-2026", "2025-26-winter", "2025-26-Autumn", "0000-01", "9999-00", "", "x"]
    )
    def test_what_is_no_cycle(self, text):
        bad = refused(Cycle.parse, text)
        assert bad.code == "CK206"
        assert bad.remedy


class TestInterval:
    @given(intervals)
    def test_round_trip(self, interval):
        assert Interval.parse(str(interval)) == interval

    @pytest.mark.parametrize(
        ("start", "interval", "end"),
        [
            ("2019-01", "18 months", "2020-07"),
            ("2024-02-29", "1 year", "2025-02-28"),
            ("2024-02-29", "4 years", "2028-02-29"),
            ("2025-01-31", "1 month", "2025-02-28"),
            ("2025-08-31", "13 months", "2026-09-30"),
            ("2025-10-31", "3 months", "2026-01-31"),
            ("2019", "2 years", "2021"),
            ("2019", "24 months", "2021"),
            ("2019", "18 months", None),
            ("2019", "90 days", None),
            ("2019", "6 weeks", None),
            ("2025-12-30", "3 days", "2026-01-02"),
            ("2025-12-30", "2 weeks", "2026-01-13"),
            ("2025-12", "1 week", "2026-01"),
            ("2025-10-14", "live", None),
            ("2025-10-14", "as needed", None),
            ("2999-12-31", "1 day", None),
            ("2999", "1 year", None),
            ("2999-12", "1 month", None),
        ],
    )
    def test_after(self, start, interval, end):
        found = Interval.parse(interval).after(PartialDate.parse(start))
        assert (str(found) if found else None) == end

    @given(intervals, partial)
    def test_after_never_raises_keeps_the_precision_and_is_later(self, interval, start):
        end = interval.after(start)
        if end is None:
            return
        assert len(str(end)) == len(str(start))
        assert end > start
        assert PartialDate.parse(str(end)) == end
        if interval.unit in ("year", "month") and start.day:
            longest = calendar.monthrange(end.year, end.month)[1]
            assert end.day == min(start.day, longest)

    @pytest.mark.parametrize(
        "text",
        ["0 years", "0 days", "00 weeks", "-1 year", "1.5 years", "year", "10000 days", "1  year", "annually", ""],
    )
    def test_what_is_no_interval(self, text):
        assert refused(Interval.parse, text).code == "CK207"

    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("annually", "1 year"),
            ("Every 2 years", "2 years"),
            ("three-yearly", "3 years"),
            ("every three years", "3 years"),
            ("biennially", "2 years"),
            ("twice a year", "6 months"),
            ("18 Months", "18 months"),
            ("every year", "1 year"),
            ("ongoing", "live"),
        ],
    )
    def test_what_people_say_is_read_when_typed_and_named_in_a_file(self, text, meant):
        assert str(Interval.meant(text)) == meant
        assert refused(Interval.parse, text).remedy == f"Write {meant}."

    def test_what_may_be_two_intervals_is_asked_about(self):
        for text in ("bi-annual", "Biannually", "bi-yearly"):
            assert refused(Interval.meant, text).remedy == (
                "It may be twice a year or every two years: write 6 months, or 2 years."
            )


class TestRecurrence:
    @pytest.mark.parametrize(
        ("text", "kind", "details"),
        [
            ("daily", "daily", ()),
            ("every friday", "weekday", ("friday",)),
            ("every Friday", "weekday", ("friday",)),
            ("weekly", "weekly", ()),
            ("fortnightly", "fortnightly", ()),
            ("Monthly", "monthly", ()),
            ("each term", "termly", ()),
            ("start of each term", "start of term", ()),
            ("every october and february", "months", ("october", "february")),
            ("every October, February and May", "months", ("october", "february", "may")),
            ("every july", "months", ("july",)),
            ("every spring term", "term", ("spring",)),
            ("once a year", "yearly", ()),
            ("every 2 years", "years", ("2",)),
            ("after: Ofsted inspection", "event", ("Ofsted inspection",)),
            ("regularly", "regularly", ()),
            ("every now and then", "other", ()),
            ("every 1 years", "yearly", ()),
            ("every october february", "other", ()),
            ("", "other", ()),
        ],
    )
    def test_forms(self, text, kind, details):
        found = Recurrence.parse(text)
        assert (found.kind, found.details, str(found)) == (kind, details, text)

    @given(st.text(max_size=300))
    def test_any_text_keeps_its_words(self, text):
        assert str(Recurrence.parse(text)) == text


class TestAsEnglandWritesThem:
    @pytest.mark.parametrize(
        ("text", "iso"),
        [
            ("31/01/2027", "2027-01-31"),
            ("1.2.2027", "2027-02-01"),
            ("31 January 2027", "2027-01-31"),
            ("31st of jan 2027", "2027-01-31"),
            ("Jan 2027", "2027-01"),
            ("January 2027", "2027-01"),
            ("Sept 2027", "2027-09"),
            ("01/2027", "2027-01"),
            ("2027/1/31", "2027-01-31"),
            (" 2027-01 ", "2027-01"),
        ],
    )
    def test_a_date(self, text, iso):
        assert str(PartialDate.meant(text)) == iso

    @pytest.mark.parametrize(
        ("text", "iso"),
        [
            ("2026/27", "2026-27"),
            ("2026-2027", "2026-27"),
            ("2026 – 27", "2026-27"),
            ("Academic year 2026/27", "2026-27"),
            ("1999/2000", "1999-00"),
            ("2026-27-Autumn", "2026-27-autumn"),
            ("Autumn 2026", "2026-27-autumn"),
            ("Spring term 2027", "2026-27-spring"),
            ("summer 2026/27", "2026-27-summer"),
        ],
    )
    def test_a_cycle(self, text, iso):
        assert str(Cycle.meant(text)) == iso

    @given(partial)
    def test_what_is_said_of_a_date_is_read_as_the_same(self, when):
        assert PartialDate.meant(when.spoken) == PartialDate.meant(str(when)) == when

    @given(cycles)
    def test_what_is_said_of_a_cycle_is_read_as_the_same(self, cycle):
        assert Cycle.meant(cycle.spoken) == Cycle.meant(str(cycle)) == cycle

    @pytest.mark.parametrize("text", ["next Friday", "31/02/2027", "soon", "13/2027", "31 Janember 2027", "27", ""])
    def test_no_date(self, text):
        assert refused(PartialDate.meant, text).code == "CK205"

    @pytest.mark.parametrize("text", ["2026-28", "2026/2028", "26/27", "Winter 2026", "2026", ""])
    def test_no_cycle(self, text):
        assert refused(Cycle.meant, text).code == "CK206"

    def test_a_year_of_two_figures_is_refused_with_both_readings(self):
        bad = refused(PartialDate.meant, "31/01/27")
        assert bad.message == "'31/01/27' may be 31 January 2027 or 31 January 1927"
        assert bad.remedy == "Write the year in full, such as 31/01/2027."
        assert refused(Cycle.meant, "2026").remedy.startswith("Write 2025-26 or 2026-27")
        assert refused(Cycle.meant, "26/27").remedy == refused(Cycle.parse, "2627").remedy == "Write 2026-27."
        assert refused(Cycle.meant, "26/28").remedy != "Write 2026-28."

    @given(st.text(max_size=20))
    def test_any_text_is_read_or_refused(self, text):
        for kind in (PartialDate, Cycle):
            with suppress(BadValue):
                kind.meant(text)
            with suppress(BadValue):
                kind.parse(text)
