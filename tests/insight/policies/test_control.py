"""Steps in a policy's life: what is written, what is refused, and what stays as it was."""

import difflib
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import event as noted
from hypothesis import given
from hypothesis import strategies as st

from charterkit.errors import CharterkitError
from charterkit.files.load import load
from charterkit.files.workspace import Document, Workspace
from charterkit.files.yaml.edit import edited
from charterkit.insight.policies.control import Step, Taken, default_decision, take, with_version
from charterkit.insight.policies.reviews import version
from charterkit.model.dates import PartialDate
from charterkit.model.policy import Policy, PolicyEvent
from charterkit.rules.running.check import check

TODAY = date(2026, 11, 22)
PATH = "schools/ash/policies/behaviour.yaml"
HEAD = "id: behaviour\ntitle: Behaviour\n"
YEARLY = "review: {every: 1 year}\n"


def document(text: str) -> Document[Policy]:
    data = text.encode()
    return Document(PATH, Policy, load(Policy, data), data)


def step(
    event: str,
    when: str = "2026-11-01",
    *,
    next_review: str | None = None,
    backdate: bool = False,
    **more: str,
) -> Step:
    made = PolicyEvent(date=PartialDate.parse(when), event=event, **more)  # type: ignore[arg-type]
    return Step(made, backdate, PartialDate.parse(next_review) if next_review else None)


def taken(text: str, *steps: Step) -> tuple[str, Taken]:
    """The file's text after the steps, and what the last one came to."""
    done = None
    for one in steps:
        found = document(text)
        assert found.model is not None
        done = take(found, with_version(one, found.model), TODAY)
        text = edited(text, done.changes)
        again = document(text)
        assert again.loaded.problems == ()
        assert again.model == done.policy, "the file says what was meant"
    assert done is not None
    return text, done


def refused(text: str, one: Step) -> CharterkitError:
    found = document(text)
    assert found.model is not None
    with pytest.raises(CharterkitError) as why:
        take(found, with_version(one, found.model), TODAY)
    return why.value


def live(history: str = "", more: str = YEARLY) -> str:
    return f"{HEAD}status: live\n{more}{history}"


DRAFTED = "history:\n  - {date: 2026-01, event: drafted}\n"
REVIEWED = "history:\n  - {date: 2025-09-10, event: reviewed, by: TR}\n"


class TestStatus:
    @pytest.mark.parametrize(
        ("before", "event", "after"),
        [
            ("draft", "drafted", "draft"),
            ("draft", "consulted", "draft"),
            ("draft", "reviewed", "draft"),
            ("draft", "approved", "live"),
            ("draft", "ratified", "live"),
            ("draft", "signed", "live"),
            ("live", "drafted", "under-review"),
            ("live", "reviewed", "live"),
            ("live", "approved", "live"),
            ("live", "published", "live"),
            ("live", "withdrawn", "archived"),
            ("under-review", "reviewed", "live"),
            ("under-review", "approved", "live"),
            ("under-review", "withdrawn", "archived"),
            ("draft", "withdrawn", "archived"),
        ],
    )
    def test_moves_on(self, before: str, event: str, after: str) -> None:
        history = DRAFTED if before == "draft" else REVIEWED
        assert taken(f"{HEAD}status: {before}\n{history}", step(event))[1].policy.status == after

    def test_a_whole_life(self) -> None:
        text, done = taken(
            f"{HEAD}status: draft\n{YEARLY}history: []\n",
            step("drafted", "2024-01", version="1.0"),
            step("consulted", "2024-02"),
            step("approved", "2024-03-05", by="governors"),
            step("published", "2024-03-06"),
            step("reviewed", "2025-03"),
            step("drafted", "2026-01", version="2.0"),
            step("approved", "2026-03-03"),
            step("withdrawn", "2026-10"),
            step("drafted", "2026-11", version="3.0"),
        )
        assert done.policy.status == "draft"
        assert [one.version for one in done.policy.history if one.event == "approved"] == ["1.0", "2.0"]
        assert text.startswith(f"{HEAD}status: draft\n{YEARLY}history:\n  - date: 2024-01\n    event: drafted\n")

    def test_a_draft_of_a_new_version_awaits_its_decision_whatever_is_reviewed_in_between(self) -> None:
        text = live(REVIEWED)
        for one in (step("reviewed", "2026-11-05"), step("reviewed", "2026-11-06", by="committee")):
            text, done = taken(text, step("drafted", "2026-11-04"), one) if "drafted" not in text else taken(text, one)
            assert done.policy.status == "under-review"
        assert taken(text, step("approved", "2026-11-07"))[1].policy.status == "live"

    def test_a_new_version_awaits_approval_as_often_as_it_is_reviewed(self) -> None:
        text = live('approver: trustees\nhistory: [{date: 2024-01, event: approved, version: "1"}]\n')
        for when in ("2026-11-05", "2026-11-06"):
            text, done = taken(text, step("reviewed", when, version="2"))
            assert done.policy.status == "under-review"
        text, done = taken(text, step("approved", "2026-11-07"))
        assert done.policy.status == "live"
        assert done.policy.history[-1].version == "2"
        no_approval = taken(text, step("reviewed", "2026-11-08", version="2", by="RA"))[1]
        assert (no_approval.policy.status, no_approval.next.source, no_approval.next.by) == (
            "under-review",
            "waiting",
            "Trustees",
        )
        assert taken(text, step("reviewed", "2026-11-08", version="2", by="the trustees"))[1].policy.status == "live"

    def test_what_is_put_in_before_other_lines_does_not_move_it(self) -> None:
        history = "history:\n  - {date: 2024-01, event: drafted}\n  - {date: 2025-01, event: reviewed}\n"
        for event in ("drafted", "withdrawn"):
            done = taken(live(history), step(event, "2024-06", backdate=True))[1]
            assert done.policy.status == "live"
            assert [one.event for one in done.policy.history][1] == event

    def test_an_approval_that_was_forgotten_moves_it_though_it_was_published_since(self) -> None:
        history = "history:\n  - {date: 2024-01, event: drafted}\n  - {date: 2025-01, event: published}\n"
        text = f"{HEAD}status: draft\n{history}"
        assert taken(text, step("approved", "2024-06", backdate=True))[1].policy.status == "live"

    def test_issuing_takes_nothing_of_a_decision_back(self) -> None:
        history = "history:\n  - {date: 2024-01, event: drafted}\n  - {date: 2025-01, event: issued}\n"
        text = f"{HEAD}status: draft\n{history}"
        assert taken(text, step("approved", "2024-06", backdate=True))[1].policy.status == "live"

    @pytest.mark.parametrize(
        ("status", "more", "history", "version", "after"),
        [
            # of a draft that was issued meanwhile nothing waits any more
            ("under-review", "", "{date: 2024-01, event: drafted}, {date: 2024-02, event: issued}", None, "live"),
            (
                "under-review",
                "",
                "{date: 2024-01, event: drafted}, {date: 2024-02, event: published}",
                None,
                "under-review",
            ),
            # while the next one is under review, the last that was decided on holds
            ("under-review", "approver: headteacher\n", '{date: 2024-01, event: approved, version: "1"}', "1", "live"),
            ("under-review", "approver: headteacher\n", '{date: 2024-01, event: issued, version: "1"}', "1", "live"),
            (
                "under-review",
                "approver: trustees\n",
                '{date: 2024-01, event: approved, version: "1"}',
                "2",
                "under-review",
            ),
            (
                "under-review",
                "approver: trustees\n",
                '{date: 2024-01, event: reviewed, version: "1"}',
                "1",
                "under-review",
            ),
            ("under-review", "approver: trustees\n", "", "1", "under-review"),
            # of a live one, the last that any line names
            ("live", "approver: headteacher\n", '{date: 2024-01, event: reviewed, version: "1"}', "1", "live"),
            # a review is no approval where a body approves, whatever version it is of
            ("live", "approver: trustees\n", '{date: 2024-01, event: reviewed, version: "1"}', "1", "under-review"),
            ("live", "approver: trustees\n", '{date: 2024-01, event: reviewed, version: "1"}', "2", "under-review"),
            ("live", "", '{date: 2024-01, event: reviewed, version: "1"}', "2", "live"),
        ],
    )
    def test_a_review_awaits_a_decision_or_does_not(
        self, status: str, more: str, history: str, version: str | None, after: str
    ) -> None:
        text = f"{HEAD}status: {status}\n{more}history: [{history}]\n"
        made = step("reviewed", version=version) if version else step("reviewed")
        assert taken(text, made)[1].policy.status == after


class TestVersion:
    HISTORY = (
        'history:\n  - {date: 2024-01, event: drafted, version: "1.0"}\n'
        '  - {date: 2024-02, event: approved, version: "1.0"}\n'
    )

    def test_a_decision_is_on_what_was_drafted_last(self) -> None:
        text, done = taken(live(self.HISTORY), step("drafted", "2026-01", version="2.0"), step("approved"))
        assert done.policy.history[-1].version == "2.0"
        assert version(done.policy) == "2.0"
        assert taken(text, step("published", "2026-11-02"))[1].policy.history[-1].version == "2.0"

    def test_publishing_while_the_next_one_is_drafted_is_of_the_one_that_holds(self) -> None:
        done = taken(live(self.HISTORY), step("drafted", "2026-01", version="2.0"), step("published"))[1]
        assert done.policy.history[-1].version == "1.0"

    def test_a_decision_of_the_past_is_on_what_was_drafted_then(self) -> None:
        text, _ = taken(live(self.HISTORY), step("drafted", "2026-01", version="2.0"))
        done = taken(text, step("ratified", "2024-03", backdate=True))[1]
        assert done.policy.history[2].version == "1.0"


class TestNextReview:
    @pytest.mark.parametrize(
        ("more", "one", "expected"),
        [
            # derived: nothing is written
            (YEARLY, step("reviewed"), ("2027-11-01", "derived", None)),
            (YEARLY, step("reviewed", "2026-11"), ("2027-11", "derived", None)),
            (YEARLY, step("reviewed", "2026"), ("2027", "derived", None)),
            (YEARLY, step("reviewed", "2024-02-29", backdate=True), ("2026-09-10", "derived", None)),
            ("review: {every: 18 months}\n", step("reviewed", "2026-08-31"), ("2028-02-29", "derived", None)),
            ("review: {every: 1 month}\n", step("reviewed", "2026-01-31"), ("2026-02-28", "derived", None)),
            ("review: {every: 18 months}\n", step("reviewed", "2026"), (None, "unknown", None)),
            ("", step("reviewed"), (None, "unknown", None)),
            ("review: {every: live}\n", step("reviewed"), (None, "live", None)),
            ("review: {every: as needed}\n", step("reviewed"), (None, "as-needed", None)),
            # stated: worked out anew
            (f"{YEARLY}next_review: 2026-09\n", step("reviewed"), ("2027-11-01", "stated", "2027-11-01")),
            (f"{YEARLY}next_review: 2026-09\n", step("signed", "2026-10"), ("2027-10", "stated", "2027-10")),
            (f"{YEARLY}next_review: 2026-09\n", step("drafted"), ("2026-09", "stated", "2026-09")),
            (f"{YEARLY}next_review: 2026-09\n", step("published"), ("2026-09", "stated", "2026-09")),
            ("next_review: 2027-09\n", step("reviewed"), ("2027-09", "stated", "2027-09")),
            (
                f"{YEARLY}next_review: 2026-09\n",
                step("reviewed", "2024-03", backdate=True),
                ("2026-09", "stated", "2026-09"),
            ),
            # said
            (YEARLY, step("reviewed", next_review="2028-02-29"), ("2028-02-29", "stated", "2028-02-29")),
            ("", step("approved", next_review="2027"), ("2027", "stated", "2027")),
            ("next_review: 2026-09\n", step("reviewed", next_review="2027-09"), ("2027-09", "stated", "2027-09")),
        ],
    )
    def test_is_worked_out(self, more: str, one: Step, expected: tuple[str | None, str, str | None]) -> None:
        done = taken(live(REVIEWED, more), one)[1]
        stated = done.policy.next_review
        said = (str(done.next.due) if done.next.due else None, done.next.source, str(stated) if stated else None)
        assert said == expected

    def test_a_leap_day(self) -> None:
        assert str(taken(live(), step("reviewed", "2024-02-29"))[1].next.due) == "2025-02-28"

    def test_a_stated_one_that_is_over_and_no_interval(self) -> None:
        found = refused(live(REVIEWED, "next_review: 2026-09\n"), step("reviewed"))
        assert "no interval" in found.message
        assert "--next" in (found.hint or "")

    def test_a_stated_one_that_is_the_day_of_the_review_is_over(self) -> None:
        assert "no interval" in refused(live(REVIEWED, "next_review: 2026-11-01\n"), step("reviewed")).message
        done = taken(live(REVIEWED, "next_review: 2026-11-02\n"), step("reviewed"))[1]
        assert str(done.policy.next_review) == "2026-11-02"

    @pytest.mark.parametrize("said", ["2026", "2026-10-31", "2026-11", "2026-11-01", "2025"])
    def test_must_come_after(self, said: str) -> None:
        assert "not after" in refused(live(REVIEWED), step("reviewed", next_review=said)).message

    def test_must_come_after_the_last_review_of_all(self) -> None:
        one = step("reviewed", "2024-01", backdate=True, next_review="2025-01")
        assert "not after 10 September 2025" in refused(live(REVIEWED), one).message


class TestRefused:
    @pytest.mark.parametrize("event", ["approved", "ratified", "signed"])
    @pytest.mark.parametrize("history", ["", "history:\n", "history: []\n"])
    def test_approving_what_nobody_drafted(self, event: str, history: str) -> None:
        found = refused(f"{HEAD}status: draft\n{history}", step(event))
        assert "drafted" in found.message
        assert "charterkit policy draft behaviour" in (found.hint or "")

    def test_a_version_that_nobody_drafted(self) -> None:
        found = refused(live(TestVersion.HISTORY), step("approved", version="3.0"))
        assert "3.0" in found.message
        assert "1.0" in (found.hint or "")

    def test_before_it_was_drafted(self) -> None:
        text = f"{HEAD}status: draft\n{DRAFTED}"
        assert "before it was drafted" in refused(text, step("approved", "2025-12", backdate=True)).message

    @pytest.mark.parametrize("event", ["drafted", "consulted", "reviewed"])
    def test_what_shows_that_there_is_a_text_to_decide_on(self, event: str) -> None:
        text = f"{HEAD}status: draft\nhistory: [{{date: 2026-01, event: {event}}}]\n"
        assert taken(text, step("approved"))[1].policy.status == "live"

    @pytest.mark.parametrize("event", ["published", "issued"])
    def test_what_does_not(self, event: str) -> None:
        text = f"{HEAD}status: draft\nhistory: [{{date: 2026-01, event: {event}}}]\n"
        assert "drafted" in refused(text, step("approved")).message

    def test_a_draft_without_a_version_may_be_approved_as_any(self) -> None:
        assert taken(f"{HEAD}status: draft\n{DRAFTED}", step("approved", version="1.0"))[1].policy.status == "live"

    def test_on_the_day_of_the_draft_it_may_be_decided(self) -> None:
        text = f"{HEAD}status: draft\nhistory: [{{date: 2026-01-10, event: drafted}}]\n"
        assert taken(text, step("approved", "2026-01-10"))[1].policy.status == "live"
        assert "10 January 2026" in refused(text, step("approved", "2026-01-09", backdate=True)).message

    def test_only_a_draft_of_the_same_version_says_from_when(self) -> None:
        lines = (
            '{date: 2023-01, event: reviewed, version: "1"}',
            '{date: 2023-02, event: drafted, version: "2"}',
            '{date: 2024-01, event: drafted, version: "1"}',
            '{date: 2025-01, event: drafted, version: "1"}',
        )
        text = live(f"history: [{', '.join(lines)}]\n")
        found = refused(text, step("approved", "2023-06", version="1", backdate=True))
        assert "before it was drafted, January 2024" in found.message
        assert taken(text, step("approved", "2023-06", version="2", backdate=True))

    def test_between_two_drafts_is_no_mistake(self) -> None:
        text = live("history:\n  - {date: 2020-01, event: drafted}\n  - {date: 2026-01, event: drafted}\n")
        assert taken(text, step("approved", "2020-02", backdate=True))[1].policy.history[1].event == "approved"

    @pytest.mark.parametrize("when", ["2026-11-23", "2026-12", "2027", "2999"])
    def test_the_future(self, when: str) -> None:
        assert "not come yet" in refused(live(REVIEWED), step("reviewed", when)).message

    @pytest.mark.parametrize("when", ["2026-11-22", "2026-11", "2026"])
    def test_today_is_no_future(self, when: str) -> None:
        assert taken(live(REVIEWED), step("reviewed", when))[1].policy.status == "live"

    @pytest.mark.parametrize("when", ["2025-09-09", "2025-08", "2024"])
    def test_earlier_than_the_last_line(self, when: str) -> None:
        found = refused(live(REVIEWED), step("reviewed", when))
        assert "10 September 2025" in found.message
        assert "--backdate" in (found.hint or "")

    def test_the_latest_of_several_is_named_and_nobody_goes_back_unsaid(self) -> None:
        text = live(f"{REVIEWED}  - {{date: 2025-10-10, event: published}}\n")
        bare = Step(step("reviewed", "2024-01").event)
        assert "10 October 2025" in refused(text, bare).message

    @pytest.mark.parametrize("when", ["2025-09-10", "2025-09", "2025"])
    def test_perhaps_not_earlier(self, when: str) -> None:
        assert taken(live(REVIEWED), step("consulted", when))[1].policy.history[-1].event == "consulted"

    def test_earlier_than_a_day_of_a_year_that_stands_there_too(self) -> None:
        text = live("history:\n  - {date: 2025, event: reviewed}\n  - {date: 2025-06-10, event: published}\n")
        assert "10 June 2025" in refused(text, step("reviewed", "2025-03-01")).message

    def test_twice(self) -> None:
        assert "already" in refused(live(REVIEWED), step("reviewed", "2025-09-10", by="TR")).message
        assert taken(live(REVIEWED), step("reviewed", "2025-09-10", by="RO"))

    def test_publishing_a_draft(self) -> None:
        assert "draft" in refused(f"{HEAD}status: draft\n{DRAFTED}", step("published")).message

    @pytest.mark.parametrize(
        "text",
        [
            f"{HEAD}status: archived\n{REVIEWED}",
            live("history:\n  - {date: 2024-01, event: withdrawn}\n"),
        ],
        ids=["archived", "withdrawn"],
    )
    @pytest.mark.parametrize(
        "event", ["consulted", "reviewed", "approved", "ratified", "signed", "published", "withdrawn"]
    )
    def test_anything_on_what_is_archived_but_a_draft(self, text: str, event: str) -> None:
        assert "charterkit policy draft behaviour" in (refused(text, step(event)).hint or "")
        done = taken(text, step("drafted"), step("approved", "2026-11-02"))[1]
        assert done.policy.status == "live"

    @pytest.mark.parametrize("mistake", ["owner: Head\n", "nonsense: 1\n", "review: {every: fortnight}\n"])
    def test_a_file_with_a_mistake(self, mistake: str) -> None:
        with pytest.raises(CharterkitError, match="has a mistake"):
            take(document(live(REVIEWED) + mistake), step("reviewed"), TODAY)


class TestChain:
    CHAIN = (
        "approval_chain:\n"
        "  - {step: reviewed, by: School Leadership Team, every: 1 year}\n"
        "  - {step: ratified, by: Trustees}\n"
    )
    THREE = (
        "approval_chain:\n"
        "  - {step: reviewed, by: Head}\n  - {step: approved, by: Committee}\n  - {step: ratified, by: Trustees}\n"
    )

    def test_one_reviews_and_another_ratifies(self) -> None:
        text = live(REVIEWED, YEARLY + self.CHAIN)
        text, done = taken(text, step("reviewed", "2026-10-01", by="SLT"))
        assert done.policy.status == "under-review"
        assert default_decision(done.policy) == "ratified"
        text, done = taken(text, step("ratified", "2026-11-01", by="Trustees"))
        assert done.policy.status == "live"
        assert str(done.next.due) == "2027-11-01"

    def test_the_last_of_two_decisions_counts(self) -> None:
        text = live(REVIEWED, YEARLY + self.THREE)
        text, done = taken(text, step("reviewed", "2026-10-01"), step("approved", "2026-10-02"))
        assert done.policy.status == "under-review"
        assert taken(text, step("ratified", "2026-10-03"))[1].policy.status == "live"

    REVIEW_LAST = "approval_chain:\n  - {step: ratified, by: Trustees}\n  - {step: reviewed, by: Head}\n"
    REVIEW_ALONE = "approval_chain:\n  - {step: reviewed, by: Head}\n"

    def test_a_chain_may_end_with_a_review_and_the_decision_is_the_last_that_decides(self) -> None:
        text, done = taken(live(REVIEWED, YEARLY + self.REVIEW_LAST), step("reviewed", "2026-10-01"))
        assert done.policy.status == "under-review"
        assert default_decision(done.policy) == "ratified"
        assert taken(text, step("approved", "2026-10-02"))[1].policy.status == "under-review"
        assert taken(text, step("ratified", "2026-10-02"))[1].policy.status == "live"

    def test_a_chain_in_which_nobody_decides_and_none_at_all(self) -> None:
        for chain in (self.REVIEW_ALONE, ""):
            text, done = taken(live(REVIEWED, YEARLY + chain), step("reviewed", "2026-10-01"))
            assert done.policy.status == "live"
            assert default_decision(done.policy) == "approved"
            assert taken(text, step("approved", "2026-10-02"))[1].policy.status == "live"

    def test_the_trust_of_the_published_policy(self) -> None:
        path = Path(__file__).parents[3] / "schools/leading-learning-trust/policies"
        text = (path / "parental-and-community-engagement.yaml").read_text(encoding="utf-8")
        after, done = taken(text, step("reviewed", "2026-10", by="School Leadership Team"), step("ratified", "2026-11"))
        assert done.policy.status == "live"
        assert str(done.next.due) == "2027-11"
        assert done.policy.history[-1].version == "1.0"
        assert added(text, after) == [
            "  - {date: 2026-10, event: reviewed, by: School Leadership Team}",
            '  - {date: 2026-11, event: ratified, version: "1.0"}',
        ]


def added(before: str, after: str) -> list[str]:
    """The lines that were added, where none was taken away."""
    found = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert not [line for line in found if line[0] == "-"], found
    return [line[2:] for line in found]


class TestTheRestOfTheFile:
    BLOCK = """\
# The head of the file.
id: behaviour          # its id
title:   'Behaviour'
status: live   # since 2019

review: {every: 1 year}
history:
  # The first.
  - {date: 2019-01, event: drafted}   # by hand
  # The second,
  # in two lines.
  - date: 2019-02
    event: approved
    by: "Governors"

  - {date: 2020-02, event: reviewed}
  # What follows the last.
people: {TR: Tim}
# The end."""

    @pytest.mark.parametrize("end", ["", "\n", "\n\n"])
    def test_comments_stay_with_the_line_below_them(self, end: str) -> None:
        text = self.BLOCK + end
        after, _ = taken(text, step("reviewed", "2019-01-20", by="TR", backdate=True))
        assert added(text, after) == ["  - {date: 2019-01-20, event: reviewed, by: TR}"] or added(text, after) == [
            "  - date: 2019-01-20",
            "    event: reviewed",
            "    by: TR",
        ]
        lines = after.splitlines()
        assert lines.index("  # The second,") > lines.index("  - {date: 2019-01, event: drafted}   # by hand") + 1
        assert lines[lines.index("  # in two lines.") + 1] == "  - date: 2019-02"

    def test_at_the_end(self) -> None:
        after, _ = taken(self.BLOCK, step("reviewed"))
        assert added(self.BLOCK, after) == ["  - {date: 2026-11-01, event: reviewed}"]

    def test_before_the_first(self) -> None:
        after, _ = taken(self.BLOCK, step("consulted", "2018", backdate=True))
        lines = after.splitlines()
        assert lines[lines.index("  # The first.") + 1] == "  - {date: 2019-01, event: drafted}   # by hand"
        assert added(self.BLOCK, after) == ["  - {date: 2018, event: consulted}"]

    def test_line_ends_and_the_byte_order_mark(self) -> None:
        text = self.BLOCK.replace("\n", "\r\n")
        after, _ = taken(text, step("reviewed"), step("withdrawn", "2026-11-02"))
        assert after.replace("\r\n", "").count("\n") == 0
        assert after.replace("\r\n", "\n") == taken(self.BLOCK, step("reviewed"), step("withdrawn", "2026-11-02"))[0]

    @pytest.mark.parametrize(
        "history",
        ["", "history:\n", "history: []\n", "history: [ ]  # none yet\n", "history:  # none yet\n", "history: {}\n"],
    )
    def test_no_history_yet(self, history: str) -> None:
        text = f"{HEAD}status: live\n{history}people: {{TR: Tim}}  # who\n"
        if history == "history: {}\n":
            with pytest.raises(CharterkitError):
                taken(text, step("reviewed"))
            return
        after, done = taken(text, step("reviewed"), step("withdrawn", "2026-11-02"))
        assert len(done.policy.history) == 2
        assert "people: {TR: Tim}  # who\n" in after
        assert after.count("# none yet") == history.count("# none yet")

    @pytest.mark.parametrize(
        "history",
        [
            "history: [{date: 2019-01, event: drafted}, {date: 2021-01, event: approved}]  # all\n",
            "history: [\n  {date: 2019-01, event: drafted},  # one\n  {date: 2021-01, event: approved},\n]\n",
        ],
    )
    def test_a_list_in_brackets(self, history: str) -> None:
        text = live(history)
        for when, place in (("2018", 0), ("2020-05", 1), ("2026-05", 2)):
            after, done = taken(text, step("reviewed", when, backdate=True))
            assert done.policy.history[place].event == "reviewed"
            for part in ("{date: 2019-01, event: drafted}", "{date: 2021-01, event: approved}", "# all", "# one"):
                assert after.count(part) == text.count(part)

    @pytest.mark.parametrize(
        "said",
        [
            "a\nb",
            "😀",
            "أولياء الأمور",
            "[bold]x[/bold]",
            "# not a comment",
            "- {x}",
            "{a: b}",
            "a: b",
            "'",
            '"',
            "null",
            "2026-01-01",
            "yes",
            "x" * 2000,
            "\u202eabc",
            "trailing ",
        ],
    )
    def test_odd_words(self, said: str) -> None:
        one = step("reviewed", by=said, outcome=said, note=said, version=said)
        for text in (self.BLOCK, live(), live("history: [{date: 2019-01, event: drafted}]\n")):
            after, done = taken(text, one)
            assert done.policy.history[-1].by == said
            assert after.splitlines()[: len(HEAD.splitlines())] == text.splitlines()[: len(HEAD.splitlines())]

    def test_where_it_was_published(self) -> None:
        text = live(REVIEWED + "publication: {url: https://example.org/old, visibility: parents}  # the old place\n")
        one = step("published")
        made = Step(one.event, url="https://example.org/new")
        after, done = taken(text, made)
        assert (
            "publication: {url: https://example.org/new, visibility: parents, published: 2026-11-01}  # the old"
            in after
        )
        assert done.policy.publication is not None
        assert str(done.policy.publication.published) == "2026-11-01"

    PUBLISHED = "history:\n  - {date: 2026-01-10, event: published}\n"

    @pytest.mark.parametrize(
        ("known", "said", "expected"),
        [
            ("", {"url": "https://example.org/a"}, {"url": "https://example.org/a", "published": "2026-01-10"}),
            ("", {}, {"published": "2026-01-10"}),
            (
                "publication: {url: https://example.org/a, published: 2026-01-10}\n",
                {"url": "https://example.org/a", "visibility": "staff"},
                {"visibility": "staff"},
            ),
            (
                "publication: {url: https://example.org/a, published: 2026-01-10}\n",
                {"url": "https://example.org/b"},
                {"url": "https://example.org/b"},
            ),
            ("publication: {published: 2026-02}\n", {"visibility": "public"}, {"visibility": "public"}),
        ],
    )
    def test_what_stands_in_the_history_already_may_say_anew_where_it_is(
        self, known: str, said: dict[str, str], expected: dict[str, str]
    ) -> None:
        text = live(self.PUBLISHED, known)
        after, done = taken(text, Step(step("published", "2026-01-10").event, **said))  # type: ignore[arg-type]
        assert {one.at: str(one.value) for one in done.changes} == {
            ("publication", key): value for key, value in expected.items()
        }
        before = document(text).model
        assert before is not None
        assert done.policy.history == before.history
        assert not document(after).loaded.problems

    @pytest.mark.parametrize("said", [{}, {"url": "https://example.org/a"}, {"visibility": "parents"}])
    def test_but_nothing_anew_is_refused(self, said: dict[str, str]) -> None:
        known = "publication: {url: https://example.org/a, visibility: parents, published: 2026-01-10}\n"
        one = Step(step("published", "2026-01-10").event, **said)  # type: ignore[arg-type]
        assert "already" in refused(live(self.PUBLISHED, known), one).message
        other = Step(step("reviewed", "2025-09-10", by="TR").event, url="https://example.org/new")
        assert "already" in refused(live(REVIEWED), other).message

    def test_the_day_of_a_month_that_is_known_is_the_better_date(self) -> None:
        text = live(REVIEWED + "publication: {published: 2026-01}\n")
        done = taken(text, step("published", "2026-01-01"))[1]
        assert done.policy.publication is not None
        assert str(done.policy.publication.published) == "2026-01-01"

    def test_a_line_of_the_history_says_what_was_said_and_nothing_else(self) -> None:
        done = taken(live(REVIEWED), step("published", by="TR"))[1]
        assert done.changes[0].value == {"date": PartialDate.parse("2026-11-01"), "event": "published", "by": "TR"}

    def test_an_earlier_publication_does_not_take_the_place_of_a_later_one(self) -> None:
        text = live(REVIEWED + "publication: {url: https://example.org/new, published: 2026-01}\n")
        done = taken(text, step("published", "2024-01", backdate=True))[1]
        assert done.policy.publication is not None
        assert str(done.policy.publication.published) == "2026-01"


# -- whatever is done

dates = st.one_of(
    st.dates(date(2015, 1, 1), date(2027, 3, 1)).map(str),
    st.tuples(st.integers(2015, 2027), st.integers(1, 12)).map(lambda one: f"{one[0]}-{one[1]:02}"),
    st.integers(2015, 2027).map(str),
)
words = st.one_of(
    st.none(), st.sampled_from(["TR", "1.0", "2.0", "a: b # c", "x\ny", "سلام", "- a"]), st.text(min_size=1, max_size=9)
).filter(lambda one: one is None or bool(one.strip()))
events = st.sampled_from(
    ["drafted", "consulted", "reviewed", "approved", "ratified", "signed", "published", "withdrawn"]
)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    made = PolicyEvent(
        date=PartialDate.parse(draw(dates)),
        event=draw(events),  # type: ignore[arg-type]
        version=draw(st.sampled_from([None, None, "1.0", "2.0"])),
        by=draw(words),
        note=draw(words),
    )
    said = draw(st.one_of(st.none(), st.none(), dates))
    return Step(made, draw(st.booleans()), PartialDate.parse(said) if said else None)


@st.composite
def written(draw: st.DrawFn) -> str:
    """A policy as somebody may have written it."""
    history = [
        f"{{date: {when}, event: {event}}}"
        for when, event in zip(
            sorted(draw(st.lists(dates, max_size=4)), reverse=draw(st.booleans())),
            draw(st.lists(st.sampled_from(["drafted", "reviewed", "approved"]), min_size=4, max_size=4)),
            strict=False,
        )
    ]
    block = "".join(f"{draw(st.sampled_from(['', '  # a word', '']))}\n  - {one}" for one in history)
    listed = draw(
        st.sampled_from([f"history:{block}\n" if history else "history:\n", f"history: [{', '.join(history)}] # x\n"])
    )
    parts = [
        "# top\nid: behaviour # a\ntitle: Behaviour\n",
        f"status: {draw(st.sampled_from(['draft', 'live', 'under-review', 'archived']))} # b\n",
        draw(
            st.sampled_from(["", "review: {every: 1 year}\n", "review: {every: live}\n", "review:\n  every: 2 years\n"])
        ),
        draw(st.sampled_from(["", "next_review: 2026-09 # c\n"])),
        draw(st.sampled_from(["", "approver: trustees\n", TestChain.CHAIN])),
        listed,
        draw(
            st.sampled_from(["", "publication: {visibility: public} # d\n", "\npublication:\n  visibility: staff\n\n"])
        ),
        draw(st.sampled_from(["", "definitions:\n  a: |\n    b\n    # c\n", "# end"])),
    ]
    text = "".join(parts)
    return draw(st.sampled_from([text, text.replace("\n", "\r\n")]))


def codes(text: str) -> list[str]:
    """The errors of a file, and whether its history is out of order."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "charters").mkdir()
        (root / PATH).parent.mkdir(parents=True)
        (root / "schools/ash/school.yaml").write_text("name: Ash\n", encoding="utf-8")
        (root / PATH).write_bytes(text.encode())
        found = check(Workspace(root, None), TODAY).findings
    return sorted({one.code for one in found if one.severity.value == "error" or one.code == "CK507"})


@given(written(), st.lists(steps(), min_size=1, max_size=6))
def test_a_random_life(text: str, life: list[Step]) -> None:
    before = codes(text)
    start = text
    for one in life:
        try:
            text, _ = taken(text, one)
        except CharterkitError as why:
            noted(why.message[:18])
    assert set(codes(text)) <= set(before)
    newline = "\r\n" if "\r\n" in start else "\n"
    assert text.count("\n") == text.count(newline)
    kept = [line for line in start.split(newline) if not line.startswith(("status:", "next_review:", "history:"))]
    if "publication:" not in start:
        rest = iter(text.split(newline))
        assert all(line in rest for line in kept), "every other line stands there still, in its order"
    for comment in ("# top", "# a", "# b", "# c", "# d", "# x", "# a word", "# end"):
        assert text.count(comment) >= start.count(comment)
