"""`policy review|approve|publish A B C`, `--all-due`, and `policy undo`: a whole meeting, and a slip taken back."""

from pathlib import Path

import pytest

from .calling import call

HEAD = "# Ours.\nid: {0}\ntitle: {1}\nstatus: {2}\n"
HISTORY = "review: {every: 1 year}\nhistory:\n  - {date: 2025-09-10, event: approved, by: TR}   # by hand\n"
FILES = {
    "ash/policies/behaviour": HEAD.format("behaviour", "Behaviour", "live") + "approver: committee\n" + HISTORY,
    "ash/policies/visits": HEAD.format("visits", "Visits", "live") + "approver: full-governing-body\n" + HISTORY,
    "ash/policies/charging": HEAD.format("charging", "Charging", "live") + HISTORY.replace("2025-09", "2026-06"),
    "ash/policies/uniform": HEAD.format("uniform", "Uniform", "draft"),
    "beech/policies/visits": HEAD.format("visits", "Visits", "live") + HISTORY,
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name in ("ash", "beech"):
        (tmp_path / f"schools/{name}/policies").mkdir(parents=True)
        (tmp_path / f"schools/{name}/school.yaml").write_text(f"name: {name.title()} School\n", encoding="utf-8")
    (tmp_path / "charters").mkdir()
    for name, text in FILES.items():
        (tmp_path / f"schools/{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def texts(place: Path) -> dict[str, str]:
    return {name: (place / f"schools/{name}.yaml").read_text(encoding="utf-8") for name in FILES}


def test_a_meeting_is_recorded_at_once_and_taken_back(place: Path) -> None:
    meant = ("policy", "review", "behaviour", "visits", "--by", "Governing body", "--date", "2026-11-20")
    several = call(*meant, cwd=place)
    assert (several.returncode, texts(place)) == (2, FILES), "which school's visits?"
    asked = call(*meant, "--school", "ash", "--dry-run", cwd=place)
    assert (asked.returncode, texts(place)) == (0, FILES)
    done = call("policy", "review", "behaviour", "visits", "Ash School", *meant[4:], cwd=place)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "Behaviour: reviewed 20 November 2026. Next review: 20 November 2027 (1 year after the last).",
        "Visits: reviewed 20 November 2026. Next review: 20 November 2027 (1 year after the last).",
    ]
    assert asked.stderr.splitlines()[:2] == done.stderr.splitlines()
    line = "  - {date: 2026-11-20, event: reviewed, by: Governing body}\n"
    after = {n: t + line * (n in ("ash/policies/behaviour", "ash/policies/visits")) for n, t in FILES.items()}
    assert texts(place) == after
    edited = place / "schools/ash/policies/visits.yaml"
    edited.write_text(after["ash/policies/visits"].replace("title: Visits", "title: School visits"), encoding="utf-8")
    back = call("policy", "undo", cwd=place)
    assert back.returncode == 0, back.stderr
    assert "Taken back: Behaviour: reviewed 20 November 2026. schools/ash/policies/behaviour.yaml is as" in back.stderr
    assert "keeps what else was changed" in back.stderr
    assert texts(place) == {
        **FILES,
        "ash/policies/visits": FILES["ash/policies/visits"].replace("Visits", "School visits"),
    }
    assert "nothing to take back" in call("policy", "undo", cwd=place).stderr


def test_a_decision_by_somebody_else_than_the_policy_says_is_asked_about(place: Path) -> None:
    for who, asked in (("Deputy headteacher", True), ("Full governing body", False)):
        done = call("policy", "approve", "visits", "--school", "ash", "--by", who, "--date", "2026-11-20", cwd=place)
        assert done.returncode == 0, done.stderr
        assert ("is for Full governing body to decide: was it decided there?" in done.stderr) == asked
        call("policy", "undo", cwd=place)


def test_all_that_is_due(place: Path) -> None:
    for approver, titles in (
        ("Committee of", ["Behaviour"]),
        ("The FULL-governing", ["Visits"]),
        (None, ["Behaviour", "Visits"]),
    ):
        more = ("--approver", approver) if approver else ()
        asked = call("policy", "approve", "--all-due", *more, "--school", "ash", "--dry-run", cwd=place)
        assert [line.partition(":")[0] for line in asked.stderr.splitlines()[:-1]] == titles
    done = call("policy", "approve", "--all-due", "Ash", "School", "--except", "visits", cwd=place)
    assert (done.returncode, done.stderr.count("approved")) == (0, 1)
    call("policy", "publish", "visits", "behaviour", "--school", "ash", "--visibility", "public", cwd=place)
    one = call("policy", "undo", "visits", "--school", "ash", cwd=place)
    assert one.returncode == 0, one.stderr
    assert texts(place)["ash/policies/visits"] == FILES["ash/policies/visits"]
    assert "visibility: public" in texts(place)["ash/policies/behaviour"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["review"], "--all-due"),
        (["review", "behaviour", "--all-due"], "not both"),
        (["review", "behaviour", "--approver", "committee"], "--by 'committee'"),
        (["review", "--all-due"], "charterkit policy review --all-due ash"),
        (["review", "--all-due", "--approver", "Bursar", "--school", "ash"], "Full governing body"),
        (["review", "--all-due", "--school", "beech", "--except", "visits"], "left out"),
        (["approve", "behaviour", "charging", "--version", "2"], "of one policy"),
        (["approve", "behaviour", "uniform", "--school", "ash"], "--except uniform"),
        (["review", "behaviour", "charging", "ashes"], "There is no policy 'ashes'"),
        (["review", "behaviour", "charging", "--date", "2026-01"], "Charging: January 2026 is earlier"),
        (["undo"], "nothing to take back"),
        (["undo", "behaviour"], "nothing to take back in schools/ash/policies/behaviour.yaml"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_written(place: Path, arguments: list[str], said: str) -> None:
    done = call("policy", *arguments, cwd=place, COLUMNS="400")
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert texts(place) == FILES


def test_what_cannot_be_recorded_may_be_skipped(place: Path) -> None:
    done = call("policy", "approve", "behaviour", "uniform", "--school", "ash", "--skip", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "Left out: Uniform. Nothing has been drafted yet" in done.stderr
    assert texts(place)["ash/policies/uniform"] == FILES["ash/policies/uniform"]


def test_nothing_is_taken_back_over_what_somebody_wrote_since(place: Path) -> None:
    call("policy", "review", "behaviour", cwd=place)
    file = place / "schools/ash/policies/behaviour.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "  - {date: 2026-11-22, event: published}\n", encoding="utf-8")
    before = file.read_bytes()
    refused = call("policy", "undo", "behaviour", cwd=place)
    assert (refused.returncode, file.read_bytes()) == (2, before)
    assert "Somebody has changed 'history' in schools/ash/policies/behaviour.yaml since" in refused.stderr
