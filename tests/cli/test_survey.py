"""`import survey`, `survey show` and `said add`, as a head calls them."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from charterkit import render
from charterkit.files.load import load
from charterkit.model.survey import Survey
from charterkit.resources import builtin

from .calling import call

EXPORT = "Timestamp,Your name,I feel welcome at Larkfield,What else?\n" + "".join(
    f"2026/11/{1 + at % 20:02},Sam Smith{at},{'Agree' if at % 4 else 'Disagree'},Line {at} on 07700 900123\n"
    if at == 3
    else f"2026/11/{1 + at % 20:02},Sam Smith{at},{'Agree' if at % 4 else 'Disagree'},Line {at}\n"
    for at in range(60)
)


@pytest.fixture
def school(tmp_path: Path) -> Path:
    shutil.copytree(builtin() / "charters", tmp_path / "charters")
    shutil.copytree(builtin() / "schools/example-primary", tmp_path / "schools/larkfield")
    (tmp_path / "charterkit.yaml").write_text("name: Ours\n", encoding="utf-8")
    return tmp_path


def flat(*arguments: str, cwd: Path) -> str:
    """What a call prints, without the ends of its lines."""
    return " ".join(call(*arguments, cwd=cwd).stdout.split())


def test_a_survey_goes_in_and_out(school):
    (school / "Parent survey (Responses).csv").write_text(EXPORT, encoding="utf-8")
    asked = ("import", "survey", "Parent survey (Responses).csv", "--school", "larkfield")
    before = sorted(path for path in school.rglob("*"))
    trial = call(*asked, cwd=school)
    assert (trial.returncode, sorted(school.rglob("*"))) == (0, before), trial.stderr
    for words in ("PERSONAL, dropped", "Speaks to: gate-greeting", "(welcome)", "as in the last survey", "trial run"):
        assert words in trial.stdout + trial.stderr
    assert "Smith" not in trial.stdout
    assert "Line 5" not in trial.stdout
    assert "already" in call(*asked, "--yes", cwd=school).stderr, "parents-2026 is there"
    more = ("--name", "parents-late", "--quotes", "D", "--sent", "75")
    refused = call(*asked, *more, "--keep", "4", "--yes", cwd=school)
    assert (refused.returncode, "is not kept" in refused.stderr) == (2, True)
    done = call(*asked, *more, "--keep", "6", "--yes", cwd=school)
    assert "1 of 60 lines are kept" in done.stdout
    text = (school / "schools/larkfield/surveys/parents-late.yaml").read_text(encoding="utf-8")
    found = load(Survey, text.encode())
    assert not found.problems
    assert [each.said for each in (found.model.you_said_we_did if found.model else ())] == ["Line 5"]
    assert not any(one in text for one in ("Smith", "2026/11", "Line 6"))
    shown = flat("survey", "show", "parents-late", "--school", "larkfield", cwd=school)
    assert "75% agree (95% interval: 63% to 84%), 45 of 60" in shown
    assert "Down 16 percentage points since October 2026: more than chance explains." in shown
    assert "Answered: 60 of 75 (80%)" in shown
    call("import", "survey", "none.csv", "--school", "larkfield", cwd=school)
    assert (
        "Did you mean parents-late?"
        in call("survey", "show", "parents-lat", "--school", "larkfield", cwd=school).stderr
    )


def test_what_is_not_shown_is_in_no_format(school):
    shown = ("survey", "show", "parents-2026", "--school", "larkfield")
    data = json.loads(call(*shown, "--format", "json", cwd=school).stdout)
    schema = json.loads((Path(render.__file__).parent / "schemas/survey.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(data)
    hidden = {"group": "white-british-disadvantaged", "shown": False}
    assert data["questions"][0]["groups"][1] == hidden
    path = school / "schools/larkfield/surveys/parents-2026.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("{withheld: yes}", "{agree: 3, neutral: 0, disagree: 0}"),
        encoding="utf-8",
    )
    assert json.loads(call(*shown, "--format", "json", cwd=school).stdout)["questions"][0]["groups"][1] == hidden
    row = call(*shown, "--format", "csv", cwd=school).stdout.splitlines()[3]
    assert row.startswith("larkfield,parents-2026,welcome,white-british-disadvantaged,")
    assert row.endswith(",,,,,,no")
    assert "not shown, as too few answered" in call(*shown, "--format", "markdown", cwd=school).stdout
    report = call("report", "larkfield", "--format", "markdown", cwd=school)
    assert "91% agree (95% interval: 87% to 95%), 181 of 198" in report.stdout
    assert "CK426" in call("check", cwd=school).stdout


def test_a_rating_that_families_contradict_is_said_everywhere(school):
    path = school / "schools/larkfield/surveys/parents-2026.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "agree: 181, neutral: 11, disagree: 6", "agree: 61, neutral: 11, disagree: 126"
    )
    path.write_text(text, encoding="utf-8")
    assert "gate-greeting: rated green, and only 31% agree with" in call("check", cwd=school).stdout
    assert "which says otherwise" in flat("survey", "show", "--school", "larkfield", cwd=school)
    report = call("report", "larkfield", "--format", "markdown", cwd=school).stdout
    assert "Fewer than half agree, and the aspect is rated as met" in report


def test_you_said_we_did(school):
    line = ("said", "add", "--school", "larkfield", "--said", "The gate is too narrow")
    path = school / "schools/larkfield/surveys/parents-2026.yaml"
    before = path.read_text(encoding="utf-8")
    assert "shown to nobody outside" in call(*line, cwd=school).stderr
    done = call(*line, "--did", "A second gate opens in the morning", "--date", "2026-11", cwd=school)
    assert done.returncode == 0
    after = path.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n")), "all else stays as it was written"
    entry = load(Survey, after.encode()).model.you_said_we_did[-1]  # type: ignore[union-attr]
    assert (entry.did, str(entry.date)) == ("A second gate opens in the morning", "2026-11")
    assert "already" in call(*line, "--did", "A second gate opens in the morning", cwd=school).stderr
    assert call(*line, "--did", "Nothing", cwd=school).returncode == 2
    assert call(*line, "--did", "Later", "--date", "2027-05", cwd=school).returncode == 2
    for survey in (school / "schools/larkfield/surveys").iterdir():
        survey.unlink()
    alone = call(*line, "--did", "Done", cwd=school)
    assert "surveys/said.yaml" in alone.stderr
    assert not load(Survey, (school / "schools/larkfield/surveys/said.yaml").read_bytes()).problems
    assert "no survey yet" in call("survey", "show", "--school", "larkfield", cwd=school).stderr
