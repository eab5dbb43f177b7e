"""What a rule pack asks for, judged against what a school has."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.errors import CharterkitError
from charterkit.files.workspace import Workspace
from charterkit.insight.policies.gaps import Gap, GapKind, gaps, months
from charterkit.insight.policies.packs import chosen_packs
from charterkit.insight.policies.titles import TitleNames, reading, words_of
from charterkit.model.dates import Interval
from charterkit.model.pack import Requirement
from charterkit.model.policy import Policy

Write = Callable[[Mapping[str, str | bytes]], Path]
TODAY = date(2026, 11, 29)
PACK = """\
id: own
title: Our list
entries:
  - {id: behaviour, title: Behaviour, names: [Positive behaviour], every: 1 year, approvers: [headteacher], publish: yes}
"""
GOOD = """\
id: conduct
title: Positive Behaviour Policy
status: live
approver: headteacher
review: {every: 1 year}
publication: {url: "https://example.org/", visibility: public}
"""


def found(write: Write, files: Mapping[str, str], school: str | None = "ash", *named: str) -> list[Gap]:
    base = {
        "packs/own.yaml": PACK,
        "charterkit.yaml": "packs: [own]\n",
        "schools/ash/school.yaml": "name: Ash School\n",
    }
    workspace = Workspace(write({**base, **files}), None)
    return list(gaps(workspace, chosen_packs(workspace, named), TODAY, school))


def told(found: list[Gap]) -> list[tuple[str, str]]:
    return [(one.kind.value, one.detail) for one in found]


def policy(text: str) -> dict[str, str]:
    return {"schools/ash/policies/conduct.yaml": text}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", [("met", "")]),
        ("status: live", "status: under-review", [("met", "")]),
        ("status: live", "status: draft", [("missing", "only a draft")]),
        ("status: live", "status: archived", [("missing", "no policy answers it")]),
        (
            "status: live",
            "status: live\nhistory: [{date: 2020, event: withdrawn}]",
            [("missing", "no policy answers it")],
        ),
        ("Positive Behaviour Policy", "Uniform", [("missing", "no policy answers it")]),
        ("Positive Behaviour Policy", "Uniform\nrequirement: behaviour", [("met", "")]),
        ("status: live", "status: live\nrequirement: uniform", [("missing", "no policy answers it")]),
        ("Positive Behaviour Policy", "The Ash School’s behaviour policy", [("met", "")]),
        ("Positive Behaviour Policy", "Ash School behaviour policy", [("met", "")]),
        ("approver: headteacher\n", "", [("approver", "the policy does not say who approves it")]),
        ("approver: headteacher", "approver: trustees", [("approver", "somebody else approves it")]),
        ("every: 1 year", "every: live", [("met", "")]),
        ("every: 1 year", "every: 12 months", [("met", "")]),
        ("every: 1 year", "every: 52 weeks", [("met", "")]),
        ("every: 1 year", "every: 366 days", [("met", "")]),
        ("every: 1 year", "every: 6 months", [("met", "")]),
        ("every: 1 year", "every: 13 months", [("interval", "reviewed every 13 months")]),
        ("every: 1 year", "every: 54 weeks", [("interval", "reviewed every 54 weeks")]),
        ("every: 1 year", "every: 2 years", [("interval", "reviewed every 2 years")]),
        ("every: 1 year", "every: as needed", [("interval", "reviewed as needed")]),
        ("review: {every: 1 year}\n", "", [("interval", "the policy does not say how often it is reviewed")]),
        ("visibility: public", "visibility: staff", [("unpublished", "it is open to staff only")]),
        ('url: "https://example.org/", ', "", [("unpublished", "no web address is on record")]),
        (GOOD.splitlines(keepends=True)[-1], "", [("unpublished", "the policy does not say that it is published")]),
    ],
)
def test_each_kind(workspace: Write, old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert told(found(workspace, policy(GOOD.replace(old, new)))) == expected


def test_several_at_once_and_several_policies(workspace: Write) -> None:
    poor = "id: behaviour\ntitle: Something else\nstatus: live\n"
    assert [one.kind for one in found(workspace, policy(poor))] == [
        GapKind.INTERVAL,
        GapKind.APPROVER,
        GapKind.UNPUBLISHED,
    ]
    both = {**policy(GOOD), "schools/ash/policies/behaviour.yaml": poor}
    assert {(one.kind, one.policy.id) for one in found(workspace, both) if one.policy} == {
        (GapKind.INTERVAL, "behaviour"),
        (GapKind.APPROVER, "behaviour"),
        (GapKind.UNPUBLISHED, "behaviour"),
        (GapKind.MET, "conduct"),
    }


@pytest.mark.parametrize(
    ("most", "every", "kind"),
    [
        ("live", "live", "met"),
        ("live", "1 year", "interval"),
        ("as needed", "5 years", "met"),
        ("3 years", "36 months", "met"),
        ("3 years", "37 months", "interval"),
        ("6 months", "26 weeks", "met"),
        ("6 months", "183 days", "met"),
        ("6 months", "1 year", "interval"),
    ],
)
def test_intervals(workspace: Write, most: str, every: str, kind: str) -> None:
    files = {**policy(GOOD.replace("1 year", every)), "packs/own.yaml": PACK.replace("1 year", most)}
    assert [one.kind.value for one in found(workspace, files)] == [kind]


@given(st.integers(1, 200), st.sampled_from(["year", "month", "week", "day"]))
def test_months_grow_with_the_count(count: int, unit: str) -> None:
    here, more = (Interval.parse(f"{one} {unit}{'s' if one > 1 else ''}") for one in (count, count + 1))
    assert 0 < months(here) < months(more)


class TestForWhom:
    @pytest.mark.parametrize(
        ("school", "entry", "expected"),
        [
            ("", "", [True]),
            ("type: academy\n", "kinds: [academy]", [True]),
            ("type: maintained\n", "kinds: [academy]", []),
            ("", "kinds: [academy]", [False]),
            ("", "kinds: [academy, maintained]", [True]),
            ("trust: north\n", "kinds: [academy]", [True]),
            ("trust: north\n", "kinds: [maintained]", []),
            ("type: maintained\ntrust: north\n", "kinds: [maintained]", [True]),
            ("phase: primary\n", "phases: [primary]", [True]),
            ("phase: primary\n", "phases: [secondary, all-through]", []),
            ("", "phases: [secondary]", [False]),
            ("phase: primary\n", "phases: [primary], kinds: [academy]", [False]),
            ("type: academy\n", "phases: [primary], kinds: [academy]", [False]),
            ("type: maintained\n", "phases: [primary], kinds: [academy]", []),
            ("phase: secondary\n", "phases: [primary], kinds: [academy]", []),
            ("", "level: trust", []),
            ("kind: trust\n", "level: trust", [True]),
            ("kind: trust\n", "", []),
            ("kind: local-authority\n", "level: trust", []),
        ],
    )
    def test_it_holds(self, workspace: Write, school: str, entry: str, expected: list[bool]) -> None:
        files = {
            "schools/ash/school.yaml": f"name: Ash\n{school}",
            "packs/own.yaml": f"id: own\ntitle: Ours\nentries:\n  - {{id: one, title: One{f', {entry}' if entry else ''}}}\n",
        }
        assert [one.is_certain for one in found(workspace, files)] == expected


class TestTrusts:
    TRUST: Mapping[str, str] = {
        "schools/north/school.yaml": "name: North Trust\nkind: trust\nmembers: [ash, beech]\n",
        "schools/beech/school.yaml": "name: Beech\n",
        "schools/oak/school.yaml": "name: Oak\n",
    }

    def test_a_trust_s_policy_answers_for_its_members(self, workspace: Write) -> None:
        files = {**self.TRUST, "schools/north/policies/conduct.yaml": GOOD}
        assert {one.folder.slug: one.kind.value for one in found(workspace, files, None)} == {
            "ash": "met",
            "beech": "met",
            "oak": "missing",
        }

    def test_for_those_it_applies_to(self, workspace: Write) -> None:
        files = {**self.TRUST, "schools/north/policies/conduct.yaml": GOOD + "applies_to: [beech]\n"}
        assert {one.folder.slug: one.kind.value for one in found(workspace, files, None)} == {
            "ash": "missing",
            "beech": "met",
            "oak": "missing",
        }

    def test_a_trust_is_told_what_its_own_policies_answer_and_what_is_left_to_its_schools(
        self, workspace: Write
    ) -> None:
        assert told(found(workspace, self.TRUST, "north")) == [("schools", "no policy answers it")]
        files = {**self.TRUST, "schools/north/policies/conduct.yaml": GOOD}
        assert told(found(workspace, files, "north")) == [("met", "")]


def test_a_near_miss_is_named_with_the_line_to_write(workspace: Write) -> None:
    near = "id: rewards\ntitle: Rewards and sanctions\nstatus: live\n"
    (gap,) = found(workspace, {"schools/ash/policies/rewards.yaml": near})
    assert [(each.policy.id, each.line) for each in gap.near] == [("rewards", "requirement: behaviour")]


class TestPacks:
    def test_a_waiver_is_shown_with_its_reason(self, workspace: Write) -> None:
        settings = "packs: [own]\nwaivers: [{entry: behaviour, reason: We have no pupils yet}]\n"
        (one,) = found(workspace, {"charterkit.yaml": settings})
        assert (one.kind, one.detail) == (GapKind.WAIVED, "We have no pupils yet")

    @pytest.mark.parametrize(
        ("waivers", "expected"),
        [
            (
                "school: ash, by: Trustees, until: 2026-11-29",
                ("waived", "No pupils; decided by Trustees; until 29 November 2026"),
            ),
            ("until: 2026-11-28", ("missing", "no policy answers it; the waiver ended on 28 November 2026")),
            ("school: beech", ("missing", "no policy answers it")),
        ],
    )
    def test_a_waiver_may_name_a_school_and_end(
        self, workspace: Write, waivers: str, expected: tuple[str, str]
    ) -> None:
        settings = f"packs: [own]\nwaivers: [{{entry: behaviour, reason: No pupils, {waivers}}}]\n"
        assert told(found(workspace, {"charterkit.yaml": settings})) == [expected]

    def test_the_built_in_one_where_none_is_named(self, workspace: Write) -> None:
        assert {one.pack.id for one in found(workspace, {"charterkit.yaml": ""})} == {"england"}

    def test_those_named_take_the_place_of_the_settings(self, workspace: Write) -> None:
        assert {one.pack.id for one in found(workspace, {}, "ash", "england-2022", "own")} == {"england-2022", "own"}

    def test_an_own_one_takes_the_place_of_a_built_in_one(self, workspace: Write) -> None:
        files = {"packs/england.yaml": PACK.replace("id: own", "id: england"), "charterkit.yaml": ""}
        assert [one.requirement.id for one in found(workspace, files)] == ["behaviour"]

    def test_one_that_there_is_not(self, workspace: Write) -> None:
        with pytest.raises(CharterkitError, match="no rule pack 'englnd'") as why:
            found(workspace, {}, "ash", "englnd")
        assert why.value.hint == "Did you mean england?"

    def test_one_that_cannot_be_read(self, workspace: Write) -> None:
        with pytest.raises(CharterkitError, match=r"packs/own.yaml cannot be read"):
            found(workspace, {"packs/own.yaml": "id: [\n"})

    def test_of_one_with_mistakes_the_rest_counts(self, workspace: Write) -> None:
        entries = "  - {id: two, title: Two, every: sometimes}\n  - {id: three, title: [3]}\n  - four\n  - {id: five, title: Five}\n"
        found_here = found(workspace, {"packs/own.yaml": PACK + entries})
        assert [one.requirement.id for one in found_here] == ["behaviour", "five"]

    def test_a_policy_s_file_with_mistakes_is_said_to_have_them(self, workspace: Write) -> None:
        (one,) = found(workspace, policy(GOOD.replace("1 year", "sometimes")))
        assert (one.kind, one.is_whole) == (GapKind.INTERVAL, False)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=20))
def test_any_title_can_be_compared(title: str, other: str, school: str) -> None:
    asked = Requirement(id="one", title=title)
    made = Policy(id="two", title=other, status="live")
    names, own = TitleNames([asked]), words_of(school)
    assert names.meant(made, own).answers in (("one",), ())
    if words_of(title):
        assert names.meant(Policy(id="two", title=title, status="live"), own).answers == ("one",)
    elif not words_of(other) and reading(title).exact != reading(other).exact:
        assert not names.meant(made, own).answers, "two titles without words are not one"
