"""What is due or overdue on a day, of every kind."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charterkit.files.workspace import Workspace
from charterkit.insight.reminder import DueState
from charterkit.insight.reminders import KINDS, reminders, shown_of, window
from tests.cli.calling import ROOT
from tests.insight.samples import charter, evaluation, write

SCHOOL = "schools/lathom/school.yaml"
FILES = {
    "charterkit.yaml": "charter: small\n",
    "charters/small.yaml": charter(["gate"]),
    SCHOOL: "name: Lathom High School\n",
}


def made(root: Path, files: dict[str, str]) -> Workspace:
    write(root, FILES | files)
    return Workspace(root)


def due(
    workspace: Workspace, today: str, slug: str | None = None, ahead: int = 60
) -> list[tuple[str, str, str, str, int]]:
    """Kind, item, when, how it stands, and in how many days: all of them."""
    now = date.fromisoformat(today)
    found = reminders(workspace, now, slug)
    return [(one.kind, one.item, str(one.due), one.standing(now, ahead).value, one.days(now)) for one in found]


def policy(text: str, status: str = "live") -> dict[str, str]:
    return {"schools/lathom/policies/behaviour.yaml": f"id: behaviour\ntitle: Behaviour\nstatus: {status}\n{text}"}


class TestReviews:
    @pytest.mark.parametrize(
        ("today", "state", "days"),
        [
            ("2024-07-01", "upcoming", 91),
            ("2024-08-01", "due", 60),
            ("2024-09-01", "due", 29),
            ("2024-09-30", "due", 0),
            ("2024-10-01", "overdue", -1),
            ("2026-11-22", "overdue", -783),
        ],
    )
    def test_a_month_is_overdue_when_it_is_over(self, tmp_path, today, state, days):
        workspace = made(tmp_path, policy("next_review: 2024-09\n"))
        assert due(workspace, today) == [("review", "behaviour", "2024-09", state, days)]

    @pytest.mark.parametrize(("today", "state"), [("2024-12-31", "due"), ("2025-01-01", "overdue")])
    def test_a_year_is_overdue_when_it_is_over(self, tmp_path, today, state):
        assert due(made(tmp_path, policy("next_review: 2024\n")), today)[0][3] == state

    @pytest.mark.parametrize(
        ("text", "when"),
        [
            ("issued: 2024-02-29\nreview: {every: 1 year}\n", "2025-02-28"),
            ("history: [{date: 2019-01, event: reviewed}]\nreview: {every: 18 months}\n", "2020-07"),
            ("next_review: 2025-03-01\nreview: {every: live}\n", "2025-03-01"),
        ],
    )
    def test_the_date_is_the_register_s(self, tmp_path, text, when):
        assert due(made(tmp_path, policy(text)), "2026-01-01")[0][2] == when

    @pytest.mark.parametrize(
        "text", ["review: {every: live}\n", "issued: 2019-01\nreview: {every: as needed}\n", "issued: 2019-01\n", ""]
    )
    def test_what_has_no_date_is_not_reminded(self, tmp_path, text):
        assert due(made(tmp_path, policy(text)), "2026-01-01") == []

    @pytest.mark.parametrize("status", ["draft", "archived"])
    def test_a_draft_and_an_archived_policy_never(self, tmp_path, status):
        assert due(made(tmp_path, policy("next_review: 2019\n", status)), "2026-01-01") == []

    def test_a_withdrawn_one_never_but_one_that_came_back(self, tmp_path):
        gone = "next_review: 2019\nhistory: [{date: 2018, event: withdrawn}]\n"
        assert due(made(tmp_path / "a", policy(gone)), "2026-01-01") == []
        back = "next_review: 2020\nhistory: [{date: 2018, event: withdrawn}, {date: 2019, event: approved}]\n"
        assert len(due(made(tmp_path / "b", policy(back)), "2026-01-01")) == 1

    def test_under_review_still(self, tmp_path):
        assert len(due(made(tmp_path, policy("next_review: 2019\n", "under-review")), "2026-01-01")) == 1

    def test_two_policies_without_a_readable_id_are_two(self, tmp_path):
        text = "id: Not An Id\ntitle: \nstatus: live\nnext_review: 2024-09\n"
        files = {f"schools/lathom/policies/{name}.yaml": text for name in ("first-aid", "uniform")}
        found = reminders(made(tmp_path, files), date(2026, 1, 1))
        assert [(one.item, one.title) for one in found] == [("first-aid", "First aid"), ("uniform", "Uniform")]


ACTIONS = """actions:
  - {action: Paint the gate, id: paint, due: 2025-12, owner: Kim}
  - {action: Ring families, due: 2026-01-10}
  - {action: Done with, due: 2025-11, status: done}
  - {action: Dropped, due: 2025-11, status: dropped}
  - {action: Under way, due: 2026-03-01, status: in-progress}
  - {action: Some day}
"""


class TestActions:
    def test_the_open_ones_with_a_date(self, tmp_path):
        files = {"schools/lathom/evaluations/2025-26.yaml": evaluation({"gate": "red"}, more=ACTIONS)}
        found = [one for one in due(made(tmp_path, files), "2026-01-02") if one[0] == "action"]
        assert found == [
            ("action", "paint", "2025-12", "overdue", -2),
            ("action", "ring-families", "2026-01-10", "due", 8),
            ("action", "under-way", "2026-03-01", "due", 58),
        ]

    def test_those_of_every_plan_until_they_are_closed(self, tmp_path):
        files = {
            "schools/lathom/evaluations/2024-25.yaml": evaluation(
                {"gate": "red"}, "2024-25", "2024-10-14", more="actions: [{action: Old, due: 2025-01}]\n"
            ),
            "schools/lathom/evaluations/2025-26.yaml": evaluation(
                {"gate": "red"}, more="actions: [{action: New, due: 2026-01}]\n"
            ),
            "schools/lathom/evaluations/2026-27.yaml": evaluation({}, "2026-27", "2026-10-14"),
        }
        found = reminders(made(tmp_path, files), date(2026, 11, 22))
        assert [one.title for one in found if one.kind == "action"] == ["Old", "New"]

    def test_one_that_cannot_be_read_changes_no_other_s_name(self, tmp_path):
        good = "actions:\n  - {action: First, due: 2026-01}\n  - {action: Second, due: 2026-02}\n"
        bad = good.replace("action: First, due: 2026-01", "due: 2026-01")
        path = "schools/lathom/evaluations/2025-26.yaml"
        for folder, text in (("a", good), ("b", bad)):
            workspace = made(tmp_path / folder, {path: evaluation({"gate": "red"}, more=text)})
            assert due(workspace, "2026-02-01")[-2][1] == "second"

    def test_the_owner_is_a_name_or_a_role(self, tmp_path):
        files = {"schools/lathom/evaluations/a.yaml": evaluation({"gate": "red"}, more=ACTIONS)}
        owners = {one.title: one.owner_name for one in reminders(made(tmp_path, files), date(2026, 1, 2))}
        assert (owners["Paint the gate"], owners["Ring families"]) == ("Kim", None)


class TestEvaluations:
    PATH = "schools/lathom/evaluations/2025-26.yaml"

    @pytest.mark.parametrize(
        ("said", "when"),
        [
            ("", "2026-10-14"),
            ("reminders: {re_evaluate: 6 months}\n", "2026-04-14"),
            ("reminders: {within: 7d}\n", "2026-10-14"),
            ("reminders: {re_evaluate: 2 years}\n", "2027-10-14"),
        ],
    )
    def test_again_after_a_year_or_as_the_settings_say(self, tmp_path, said, when):
        files = {"charterkit.yaml": f"charter: small\n{said}", self.PATH: evaluation({"gate": "red"})}
        assert due(made(tmp_path, files), "2025-11-22") == [
            ("evaluation", "small", when, "upcoming", (date.fromisoformat(when) - date(2025, 11, 22)).days)
        ]

    @pytest.mark.parametrize("said", ["live", "as needed", "9999 years"])
    def test_never_where_the_settings_say_so(self, tmp_path, said):
        files = {"charterkit.yaml": f"reminders: {{re_evaluate: {said}}}\n", self.PATH: evaluation({"gate": "red"})}
        assert due(made(tmp_path, files), "2025-11-22") == []

    def test_from_the_newest_and_once_a_charter(self, tmp_path):
        other = charter(["gate"]).replace("id: small", "id: other", 1)
        files = {
            "charters/other.yaml": other,
            "schools/lathom/evaluations/old.yaml": evaluation({"gate": "red"}, "2023-24", "2023-10"),
            "schools/lathom/evaluations/new.yaml": evaluation({"gate": "red"}, "2024-25", "2024-11"),
            "schools/lathom/evaluations/other.yaml": evaluation({"gate": "red"}, "2023-24", "2023-09").replace(
                "charter: small", "charter: other"
            ),
        }
        found = due(made(tmp_path, files), "2025-11-30")
        assert found == [
            ("evaluation", "other", "2024-09", "overdue", -426),
            ("evaluation", "small", "2025-11", "due", 0),
        ]

    def test_one_without_a_readable_date_is_passed_over(self, tmp_path):
        files = {self.PATH: evaluation({"gate": "red"}, date="14/10/25")}
        assert due(made(tmp_path, files), "2026-11-22") == []


def visit(text: str, name: str = "2026-03-10", folder: str = "lathom") -> dict[str, str]:
    return {f"schools/{folder}/visits/{name}.yaml": f"charter: small\n{text}"}


class TestVisits:
    @pytest.mark.parametrize(
        ("text", "today", "expected"),
        [
            ("date: 2026-03-10\npurpose: support\n", "2026-03-10", "due"),
            ("date: 2026-03-10\npurpose: support\n", "2026-03-11", None),
            ("date: 2026-03-10\n", "2026-01-01", "upcoming"),
            ("date: 2026-03-10\npurpose: certification\n", "2026-03-11", "overdue"),
            ("date: 2026-03-10\npurpose: certification\noutcome: not-yet\n", "2026-03-11", None),
            ("date: 2026-03-10\npurpose: certification\nfindings: {gate: {rating: red}}\n", "2026-03-11", None),
            ("date: 2026-03\npurpose: certification\noutcome: met\n", "2026-03-11", None),
            ("date: 2026-03\npurpose: support\n", "2026-03-31", "due"),
            ("purpose: certification\n", "2026-03-11", None),
        ],
    )
    def test_to_come_or_without_an_outcome(self, tmp_path, text, today, expected):
        found = due(made(tmp_path, visit(text)), today)
        assert [one[3] for one in found if one[0] == "visit"] == ([expected] if expected else [])

    def test_what_each_is_called(self, tmp_path):
        files = visit("date: 2026-03-10\npurpose: support\n") | visit("date: 2026-04-10\n", "b")
        assert [one.title for one in reminders(made(tmp_path, files), date(2026, 1, 1))] == ["Support visit", "Visit"]

    def test_one_in_the_trust_s_folder_is_the_trust_s_and_the_school_s(self, tmp_path):
        files = {
            "schools/trust/school.yaml": "name: The Trust\nkind: trust\nmembers: [lathom]\n",
            "schools/other/school.yaml": "name: Other\n",
        }
        files |= visit(
            "school: lathom\ndate: 2026-03-10\npurpose: certification\ncertificate: {number: C-1, valid_until: 2027-01}\n",
            folder="trust",
        )
        workspace = made(tmp_path, files)
        for slug in (None, "trust", "lathom"):
            found = reminders(workspace, date(2026, 1, 1), slug)
            assert [(one.folder.slug, one.title) for one in found] == [
                ("trust", "Certification visit, Lathom High School"),
                ("trust", "Certificate C-1: A small charter, Lathom High School"),
            ]
        assert reminders(workspace, date(2026, 1, 1), "other") == []

    def test_a_certificate_says_which_award_it_is_of(self, tmp_path):
        text = "date: 2026-03-10\naward: silver\ncertificate: {number: C-1, valid_until: 2027-01}\n"
        workspace = made(tmp_path, visit(text))
        path = next((workspace.root / "charters").iterdir())
        awards = "awards: [{id: silver, label: Silver, needs: amber}]\nkey_points:"
        path.write_text(path.read_text(encoding="utf-8").replace("key_points:", awards), encoding="utf-8")
        titles = [one.title for one in reminders(Workspace(workspace.root), date(2026, 1, 1))]
        assert "Certificate C-1: A small charter, Silver" in titles

    @pytest.mark.parametrize(("head", "about"), [("charter: small\n", "small"), ("", "")])
    def test_each_tells_its_charter(self, tmp_path, head, about):
        path = "schools/lathom/visits/v.yaml"
        text = f"{head}date: 2026-03-10\npurpose: certification\ncertificate: {{number: C-1, valid_until: 2027}}\n"
        found = reminders(made(tmp_path, {path: text}), date(2026, 1, 1))
        assert [(one.kind, one.about) for one in found] == [("visit", about), ("certificate", about)]


class TestCertificates:
    @staticmethod
    def given(number: str, year: int, school: str = "") -> str:
        named = f"school: {school}\n" if school else ""
        return f"{named}date: {year}-03-10\npurpose: certification\noutcome: met\ncertificate: {{number: {number}, valid_until: {year + 3}}}\n"

    def test_each_school_has_its_own(self, tmp_path):
        files = {"schools/other/school.yaml": "name: Other\n"}
        files |= visit(self.given("L-1", 2023)) | visit(self.given("O-1", 2024), folder="other")
        found = reminders(made(tmp_path, files), date(2026, 1, 1))
        assert [(one.folder.slug, one.item) for one in found] == [("lathom", "L-1"), ("other", "O-1")]

    def test_each_school_has_its_own_in_a_trust_s_folder_too(self, tmp_path):
        files = {
            "schools/trust/school.yaml": "name: The Trust\nkind: trust\nmembers: [lathom, other]\n",
            "schools/other/school.yaml": "name: Other\n",
        }
        for number, (school, year) in enumerate((("lathom", 2023), ("other", 2024), ("lathom", 2025), ("", 2022))):
            files |= visit(self.given(f"C-{number}", year, school), f"v{number}", folder="trust")
        files |= visit(self.given("OLD", 2021))
        found = reminders(made(tmp_path, files), date(2026, 1, 1))
        assert [one.item for one in found] == ["C-3", "C-1", "C-2"]

    def test_each_charter_has_its_own(self, tmp_path):
        files = {"charters/other.yaml": charter(["gate"]).replace("id: small", "id: other", 1)}
        files |= visit(self.given("S-1", 2023), "a")
        files |= {
            path: text.replace("charter: small", "charter: other")
            for path, text in visit(self.given("X-1", 2024), "b").items()
        }
        found = reminders(made(tmp_path, files), date(2026, 1, 1))
        assert [(one.item, one.about) for one in found] == [("S-1", "small"), ("X-1", "other")]

    def ends(self, root: Path, *texts: str) -> list[tuple[str, str]]:
        files: dict[str, str] = {}
        for number, text in enumerate(texts):
            files |= visit(
                f"date: 202{number}-03-10\npurpose: certification\noutcome: met\ncertificate: {{{text}}}\n",
                f"v{number}",
            )
        return [(one.item, str(one.due)) for one in reminders(made(root, files), date(2026, 1, 1))]

    def test_the_newest_alone(self, tmp_path):
        found = self.ends(tmp_path, "number: C-1, valid_until: 2023", "number: C-2, valid_until: 2025-06")
        assert found == [("C-2", "2025-06")]

    def test_a_newer_one_counts_though_it_ends_sooner_or_never(self, tmp_path):
        assert self.ends(tmp_path / "a", "number: C-1, valid_until: 2030", "number: C-2, valid_until: 2026") == [
            ("C-2", "2026")
        ]
        assert self.ends(tmp_path / "b", "number: C-1, valid_until: 2025", "number: C-2") == []

    def test_by_the_day_it_was_given(self, tmp_path):
        late = "number: C-1, issued: 2025-05, valid_until: 2028"
        assert self.ends(tmp_path, late, "number: C-2, valid_until: 2027") == [("C-1", "2028")]


PROMISES = """commitments:
  - {id: newsletter, what: A newsletter, when: monthly, owner: Office}
  - {id: greeting, what: A greeting at the gate, when: daily}
  - {id: vague, what: A chat, when: regularly}
  - {id: survey, what: A survey, when: every 2 years}
  - {id: report, what: A report, when: every july}
"""


class TestCommitments:
    @pytest.mark.parametrize("today", ["2025-09-01", "2025-11-28", "2025-12-25", "2026-07-31", "2026-08-31"])
    def test_the_next_of_each_that_has_a_date_and_never_overdue(self, tmp_path, today):
        found = due(made(tmp_path, policy(PROMISES)), today)
        assert sorted(one[1] for one in found) == ["newsletter", "report"]
        assert all(one[3] != "overdue" and one[4] >= 0 for one in found)

    def test_on_the_day_it_is_due_and_the_day_after_the_next_one(self, tmp_path):
        workspace = made(tmp_path, policy(PROMISES))
        assert due(workspace, "2025-11-28")[0] == ("commitment", "newsletter", "2025-11-28", "due", 0)
        assert due(workspace, "2025-11-29")[0] == ("commitment", "newsletter", "2025-12-19", "due", 20)

    def test_by_the_stated_terms(self, tmp_path):
        terms = "terms: {2025-26: {autumn: [2025-09-02, 2025-12-12]}}\n"
        workspace = made(tmp_path, {"charterkit.yaml": terms} | policy(PROMISES))
        assert due(workspace, "2025-12-01")[0][2] == "2025-12-12"

    def test_none_of_a_draft(self, tmp_path):
        assert due(made(tmp_path, policy(PROMISES, "draft")), "2025-11-28") == []

    def test_which_policy_and_which_time(self, tmp_path):
        one = reminders(made(tmp_path, policy(PROMISES)), date(2025, 11, 28))[0]
        assert (one.about, one.period, one.owner_name) == ("behaviour", "2025-11", "Office")


def test_a_trust_s_policy_once_over_all_and_under_each_member_it_holds_for(tmp_path):
    files = {
        "schools/trust/school.yaml": "name: The Trust\nkind: trust\nmembers: [lathom, other]\n",
        "schools/other/school.yaml": "name: Other School\n",
        "schools/trust/policies/all.yaml": f"id: all\ntitle: All\nstatus: live\nnext_review: 2026-01\n{PROMISES}",
        "schools/trust/policies/one.yaml": "id: one\ntitle: One\nstatus: live\nnext_review: 2026-02\napplies_to: [other]\n",
    }
    workspace = made(tmp_path, files)
    of = {
        slug: [one[1] for one in due(workspace, "2026-01-15", slug) if one[0] == "review"]
        for slug in (None, "trust", "lathom", "other")
    }
    assert of == {None: ["all", "one"], "trust": ["all", "one"], "lathom": ["all"], "other": ["all", "one"]}
    for slug in (None, "trust", "lathom", "other"):
        found = reminders(workspace, date(2026, 1, 15), slug)
        assert {one.folder.slug for one in found} == {"trust"}
        assert Counter(one.item for one in found if one.kind == "commitment") == {"newsletter": 1, "report": 1}


@pytest.mark.parametrize(
    ("said", "given_days", "days"),
    [
        ("", None, 60),
        ("", 7, 7),
        ("reminders: {within: 8 weeks}\n", None, 56),
        ("reminders: {within: 0d}\n", None, 0),
        ("reminders: {within: 90d}\n", 0, 0),
    ],
)
def test_how_far_ahead(tmp_path, said, given_days, days):
    assert window(made(tmp_path, {"charterkit.yaml": f"charter: small\n{said}"}), given_days) == days


def test_what_is_shown(tmp_path):
    files = {
        f"schools/lathom/policies/{name}.yaml": f"id: {name}\ntitle: {name}\nstatus: live\nnext_review: {when}\n"
        for name, when in {
            "late": "2025-12-31",
            "today": "2026-01-01",
            "edge": "2026-03-02",
            "over": "2026-03-03",
        }.items()
    }
    now, found = date(2026, 1, 1), reminders(made(tmp_path, files), date(2026, 1, 1))
    assert [one.item for one in found] == ["late", "today", "edge", "over"]
    assert [one.standing(now, 60) for one in found] == [DueState.OVERDUE, DueState.DUE, DueState.DUE, DueState.UPCOMING]
    assert [one.item for one in shown_of(found, now, 60)] == ["late", "today", "edge"]
    assert shown_of(found, now, 60, every=True) == found
    assert [one.item for one in shown_of(found, now, 0)] == ["late", "today"]


SEEDS = Workspace(ROOT)


@settings(max_examples=15)
@given(st.dates(date(2012, 1, 1), date(2032, 12, 31)), st.integers(0, 9999))
def test_over_every_school_of_this_repository(now, ahead):
    found = reminders(SEEDS, now)
    assert [one.due_by for one in found] == sorted(one.due_by for one in found)
    assert {one.kind for one in found} <= set(KINDS)
    keys = [(one.kind, one.folder.slug, one.path, one.about, one.item) for one in found]
    assert len(keys) == len(set(keys))
    for one in found:
        days = one.days(now)
        assert one.due_by == now + timedelta(days=days)
        assert one.standing(now, ahead) is (
            DueState.OVERDUE if days < 0 else DueState.DUE if days <= ahead else DueState.UPCOMING
        )
        assert days >= 0 or one.kind != "commitment"
    shown = shown_of(found, now, ahead)
    assert shown == [one for one in found if one.days(now) <= ahead]
    for slug in SEEDS.slugs:
        own = {(one.kind, one.item, one.due_by) for one in reminders(SEEDS, now, slug)}
        assert {(one.kind, one.item, one.due_by) for one in found if one.folder.slug == slug} <= own


@pytest.mark.parametrize(
    ("today", "late"),
    [
        ("2013-02-28", []),
        ("2013-03-01", [("ravensfield", "2013-02")]),
        ("2018-07-02", [("ravensfield", "2013-02"), ("leading-learning-trust", "2018-07-01")]),
        (
            "2024-10-01",
            [("ravensfield", "2013-02"), ("leading-learning-trust", "2018-07-01"), ("kingsgate", "2024-09")],
        ),
    ],
)
def test_the_published_policies_read_beside_their_documents(today, late):
    now = date.fromisoformat(today)
    found = [one for one in reminders(SEEDS, now) if one.kind == "review" and one.days(now) < 0]
    assert [(one.folder.slug, str(one.due)) for one in found if not one.folder.slug.startswith("example-")] == late
