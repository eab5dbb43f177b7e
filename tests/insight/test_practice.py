"""Which schools are at the top on an aspect and agreed to share, and that nothing else of them is told."""

from pathlib import Path
from typing import Any

from charterkit.files.workspace import Workspace
from charterkit.insight.practice import FEWEST, Practices, practices
from tests.insight.samples import charter, evaluation, write

TOP = {
    "gate": "{rating: green, strengths: We wave, evidence: [{kind: survey, note: n}, {kind: document, path: a.pdf}]}"
}
SHARES = "shares_practice: yes\n"


def found(root: Path, files: dict[str, str], aspect: str = "gate", **more: Any) -> Practices:
    write(root, {"charters/v1.yaml": charter(["gate", "door"]), **files})
    workspace = Workspace(root)
    chosen = workspace.choose_charter("small").as_rated()
    is_personal = more.get("is_personal", lambda _: False)
    return practices(workspace, chosen, [aspect], workspace.own_slugs, is_personal)


def school(slug: str, made: str, more: str = SHARES) -> dict[str, str]:
    return {
        f"schools/{slug}/school.yaml": f"name: The {slug} school\n{more}",
        f"schools/{slug}/evaluations/2025-26.yaml": made,
    }


AGREED = "status: agreed\n"


def test_only_the_top_of_what_was_agreed_by_schools_that_share(tmp_path: Path) -> None:
    files = {
        **school("ash", evaluation(TOP, more=AGREED)),
        **school("beech", evaluation(TOP, more=AGREED), ""),
        **school("cedar", evaluation(TOP)),
        **school("dogwood", evaluation({"gate": "{rating: amber, strengths: Nearly}"}, more=AGREED)),
        **school("elm", evaluation({"gate": "{rating: not-applicable, reason: No}"}, more=AGREED)),
        **school("fir", evaluation({"door": "green"}, more=AGREED)),
        **school("made-up", evaluation(TOP, more=AGREED)),
        "schools/trust/school.yaml": "name: T\nkind: trust\nshares_practice: yes\n",
        "charterkit.yaml": "examples: [made-up]\n",
    }
    made = found(tmp_path, files)
    assert [(each.slug, each.strengths, each.kinds) for each in made.found] == [
        ("ash", "We wave", ("survey", "document"))
    ]
    assert (made.looked_at, made.silent, made.silent_said) == (6, 1, None)


def test_the_newest_agreed_one_counts(tmp_path: Path) -> None:
    files = {
        **school("ash", evaluation({"gate": "amber"}, more=AGREED)),
        "schools/ash/evaluations/2024-25.yaml": evaluation(TOP, "2024-25", "2024-10-14", more=AGREED),
    }
    assert not found(tmp_path, files).found


def test_schools_that_do_not_share_are_counted_only_where_there_are_enough(tmp_path: Path) -> None:
    files: dict[str, str] = {}
    for number in range(FEWEST):
        files |= school(f"s{number}", evaluation(TOP, more=AGREED), "")
    made = found(tmp_path, files)
    assert (made.found, made.silent_said) == ((), FEWEST)


def test_an_older_version_counts_through_replaces(tmp_path: Path) -> None:
    """A joined aspect is at the top where all that it joins are."""
    both = {"gate": "{rating: green, strengths: We wave}", "door": "{rating: green, strengths: We open}"}
    half = {"gate": "{rating: green, strengths: We wave}", "door": "{rating: amber, strengths: We open}"}
    files = {
        "charters/v2.yaml": charter([("entrance", "gate", "door")], "2", scale="two"),
        **school("ash", evaluation(both, more=AGREED)),
        **school("beech", evaluation(half, more=AGREED)),
    }
    made = found(tmp_path, files, "entrance")
    assert [(each.slug, each.strengths, each.version, each.level) for each in made.found] == [
        ("ash", "We wave.\nWe open.", "1", "Green")
    ]


def test_what_may_be_about_a_person_is_withheld_and_what_is_unreadable_is_named(tmp_path: Path) -> None:
    files = school("ash", evaluation(TOP, more=AGREED + "oddly: 1\n"))
    made = found(tmp_path, files, is_personal=lambda text: "wave" in text)
    assert (made.found[0].strengths, made.found[0].is_withheld) == ("", True)
    assert made.unread == ("schools/ash/evaluations/2025-26.yaml",)


def test_a_word_for_sharing_that_cannot_be_read_is_no_consent(tmp_path: Path) -> None:
    made = found(tmp_path, school("ash", evaluation(TOP, more=AGREED), "shares_practice: maybe\n"))
    assert (made.found, made.silent) == ((), 1)


def test_a_school_of_which_nothing_can_be_read_is_named_and_not_said_to_be_silent(tmp_path: Path) -> None:
    made = found(tmp_path, school("ash", evaluation(TOP, more=AGREED), "shares_practice: [yes\n"))
    assert (made.found, made.silent, made.unread) == ((), 0, ("schools/ash/school.yaml",))
