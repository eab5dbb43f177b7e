"""What families said and what was done about it: which survey it is written into, and what is said of that."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from charterkit.errors import CharterkitError
from charterkit.files.workspace import Workspace
from charterkit.model.dates import PartialDate
from charterkit.session.said import PutSaid, add_said
from tests.insight.samples import write

TODAY = date(2026, 11, 22)
DAY = PartialDate.parse("2026-10")


def survey(day: str, audience: str = "parents", said: str = "") -> str:
    whose = f"audience: {audience}\n" if audience else ""
    lines = f"you_said_we_did: [{said}]\n" if said else ""
    return f"title: Families\ndate: {day}\n{whose}questions: []\n{lines}"


def place(root: Path, **surveys: str) -> Path:
    write(root, {"schools/elm/school.yaml": "name: Elm\n"})
    write(root, {f"schools/elm/surveys/{name}.yaml": text for name, text in surveys.items()})
    return root


def add(root: Path, said: str, did: str = "", name: str | None = None, on: PartialDate | None = None) -> PutSaid:
    return add_said(Workspace(root), ("elm", name), (said, did), on, TODAY)


def lines(root: Path, put: PutSaid) -> list[dict[str, str]]:
    found: list[dict[str, str]] = yaml.load((root / put.path).read_text("utf-8"), yaml.BaseLoader)["you_said_we_did"]
    return found


@pytest.mark.parametrize(
    ("surveys", "name", "chosen", "is_public"),
    [
        ({"a": survey("2026-05"), "b": survey("2026-06"), "c": survey("2026-04")}, None, "b", True),
        ({"a": survey("2026-05"), "b": survey("2026-05")}, None, "b", True),
        ({"a": survey("2026-05"), "b": survey("2026-06", "staff"), "c": survey("2026-07", "")}, None, "a", True),
        ({"a": survey("2026-05", ""), "b": survey("2026-06", "staff"), "c": survey("2026-04", "")}, None, "a", False),
        ({"a": survey("2026-05", "parents\nkind: 1")}, None, "a", False),
        ({"a": survey("2026-05", "pupils"), "b": survey("2026-06", "staff")}, "b", "b", False),
        ({"a": survey("2026-05", "staff")}, None, "said", True),
        ({}, None, "said", True),
    ],
)
def test_it_is_written_into_the_newest_survey_of_families(
    tmp_path: Path, surveys: dict[str, str], name: str | None, chosen: str, is_public: bool
) -> None:
    put = add(place(tmp_path, **surveys), "It is cold", "We lit it", name, DAY)
    assert put == PutSaid(f"schools/elm/surveys/{chosen}.yaml", is_public, is_change=True)
    assert lines(tmp_path, put) == [{"said": "It is cold", "did": "We lit it", "date": "2026-10"}]
    again = add(tmp_path, "It is dark", "", chosen)
    assert lines(tmp_path, again)[1:] == [{"said": "It is dark"}]


def test_a_school_without_a_survey_gets_one_of_parents_and_no_questions(tmp_path: Path) -> None:
    put = add(place(tmp_path), "It is cold", "We lit it")
    found = yaml.load((tmp_path / put.path).read_text("utf-8"), yaml.BaseLoader)
    entry = {"said": "It is cold", "did": "We lit it", "date": "2026-11-22"}
    about = {"title": "What families have told us", "date": "2026-11-22", "audience": "parents", "questions": []}
    assert found == {**about, "you_said_we_did": [entry]}


def test_the_same_words_get_their_answer_once(tmp_path: Path) -> None:
    place(tmp_path, a=survey("2026-05", said="{said: It is dark}, {said: It is Cold}"))
    answered = [{"said": "It is dark"}, {"said": "It is Cold", "did": "We lit it", "date": "2026-11-22"}]
    assert not add(tmp_path, "it is cold").is_change
    put = add(tmp_path, "it is cold", "We lit it")
    assert (put.is_change, lines(tmp_path, put)) == (True, answered)
    for did in ("", "We lit it"):
        put = add(tmp_path, "IT IS COLD", did)
        assert (put.is_change, lines(tmp_path, put)) == (False, answered)
    with pytest.raises(CharterkitError) as refused:
        add(tmp_path, "It is cold", "Something else")
    assert "schools/elm/surveys/a.yaml" in f"{refused.value.message} {refused.value.hint}"
    assert lines(tmp_path, put) == answered


@pytest.mark.parametrize("name", [None, "b"])
def test_a_survey_that_cannot_be_read_is_mended_first(tmp_path: Path, name: str | None) -> None:
    place(tmp_path, a=survey("2026-05"), b="title: [Families\n")
    with pytest.raises(CharterkitError) as refused:
        add(tmp_path, "It is cold", "", name)
    assert "schools/elm/surveys/b.yaml" in refused.value.message
    assert add(tmp_path, "It is cold", "", "a").is_change
