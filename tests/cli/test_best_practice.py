"""`best-practice`: what may be shown of schools that agreed to share, and nothing that is private, in any format."""

import json
from pathlib import Path

import jsonschema
import pytest

from charterkit import render
from charterkit.documents import DOCUMENTS
from tests.insight.samples import charter, evaluation, write

from .conftest import Caller

PRIVATE = (
    "{rating: green, strengths: We wave at everybody, note: SECRETNOTE, ideas: [SECRETIDEA], groups: {boys: red},"
    " evidence: [{kind: observation, by: SECRETBY, note: SECRETEVIDENCE}, {kind: document, path: SECRETPATH.pdf}],"
    " target: {level: green, by: 2027-07}, value: 62 SECRETVALUE}"
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    files = {
        "charterkit.yaml": "charter: small\n",
        "charters/small-v1.yaml": charter(["gate", "door"]),
        "schools/ash/school.yaml": "name: Ash School\nshares_practice: yes\nwebsite: https://ash.example\n"
        "contacts: [{name: SECRETNAME, email: SECRET@ash.example}]\n",
        "schools/ash/evaluations/2025-26.yaml": evaluation(
            {"gate": PRIVATE, "door": "{rating: amber, strengths: SECRETBELOW}"},
            more="status: agreed\nintent: SECRETINTENT\n",
        ),
        "schools/silent/school.yaml": "name: SECRETSCHOOL\n",
        "schools/silent/evaluations/2025-26.yaml": evaluation(
            {"gate": "{rating: green, strengths: SECRETWORDS}"}, more="status: agreed\n"
        ),
        "schools/phone/school.yaml": "name: Phone School\nshares_practice: yes\n",
        "schools/phone/evaluations/2025-26.yaml": evaluation(
            {"gate": "{rating: green, strengths: Ring SECRET on 020 7946 0991}"}, more="status: agreed\n"
        ),
    }
    write(tmp_path, files)
    return tmp_path


@pytest.mark.parametrize("chosen", [name for name in DOCUMENTS["best practice"].formats if name != "pdf"])
def test_nothing_private_stands_in_any_format(place: Path, said: Caller, chosen: str) -> None:
    done = said("best-practice", "gate", "--format", chosen, cwd=place, columns=200)
    assert done.code == 0
    assert "We wave at everybody" in done.out
    assert "SECRET" not in done.out + done.err
    assert "020 7946" not in done.out


def test_how_many_were_looked_at_is_said(place: Path, said: Caller) -> None:
    out = said("best-practice", "The gate is good", cwd=place, columns=200).out
    assert "Of three schools looked at, two schools are at the top on this and agreed to share." in out
    assert "Fewer than five have not agreed to share" in out
    assert "Not shown: it may hold a telephone number" in out
    none = said("best-practice", "1.2", cwd=place, columns=200).out
    assert "Of three schools looked at, no school is at the top on this and agreed to share." in none


def test_as_json_it_has_its_schema(place: Path, said: Caller) -> None:
    made = json.loads(said("best-practice", "gate", "--format", "json", cwd=place).out)
    schema = json.loads((Path(render.__file__).parent / "schemas/best-practice.json").read_text(encoding="utf-8"))
    jsonschema.validate(made, schema)
    assert (made["looked_at"], made["not_agreed"]) == (3, None)
    assert [(row["school"], row["kinds"], row["withheld"]) for row in made["schools"]] == [
        ("ash", ["document", "observation"], False),
        ("phone", [], True),
    ]


def test_an_aspect_that_there_is_not(place: Path, said: Caller) -> None:
    done = said("best-practice", "gates", cwd=place)
    assert (done.code, "Did you mean gate?" in done.err) == (2, True)


def test_a_later_file_that_cannot_be_read_is_named(place: Path, said: Caller) -> None:
    path = place / "schools/ash/evaluations/2026-27.yaml"
    path.write_text("charter: small\n  ratings: [\n", encoding="utf-8")
    for words in (("best-practice", "gate"), ("examples", "propose")):
        for name in ("table", "csv", "json"):
            done = said(*words, "--format", name, cwd=place)
            assert done.err.count("schools/ash/evaluations/2026-27.yaml has mistakes") == 1
        assert json.loads(done.out)["unread"] == ["schools/ash/evaluations/2026-27.yaml"]
