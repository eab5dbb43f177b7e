"""A small charter, a school and its one evaluation, as real files."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from charterkit.errors import CharterkitError
from charterkit.files.workspace import Workspace
from charterkit.model.dates import Cycle, PartialDate
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.session.questionnaire import Questionnaire
from tests.insight.samples import charter, evaluation, write

TODAY = date(2026, 11, 22)
FOLDER = "schools/lathom/evaluations"
TWO_POINTS = charter(["gate", "phone", "post"]) + (
    "  - id: learning\n    title: Learning at home\n    aspects:\n"
    "      - {id: maths, text: Maths at home}\n      - {id: reading, text: Reading at home}\n"
)
NOW = evaluation({"gate": "red"}, "2026-27", "2026-10-01")


def workspace(root: Path, files: Mapping[str, str] | None = None, text: str = TWO_POINTS) -> Workspace:
    write(root, {"charters/small.yaml": text, "schools/lathom/school.yaml": "name: Lathom High School\n"})
    write(root, {f"{FOLDER}/{name}.yaml": content for name, content in (files or {}).items()})
    return Workspace(root)


def opened(found: Workspace, cycle: str | None = None, today: date = TODAY, when: str | None = None) -> EvaluationFile:
    meant = Cycle.parse(cycle) if cycle else None
    dated = PartialDate.parse(when) if when else None
    return EvaluationFile(found, found.school("lathom"), found.choose_charter("small"), meant, today, when=dated)


def again(file: EvaluationFile) -> EvaluationFile:
    """The same, as the next run of the program finds it."""
    return opened(Workspace(file.workspace.root), str(file.cycle))


def asked(questions: Questionnaire) -> str | None:
    return questions.question.aspect.id if questions.question else None


def next_open(file: EvaluationFile) -> str | None:
    """Where somebody who opens it now would begin."""
    return asked(Questionnaire(file))


def data(file: EvaluationFile) -> bytes | None:
    path = file.workspace.root / file.path
    return path.read_bytes() if path.exists() else None


def on_disk(file: EvaluationFile) -> str:
    return (file.workspace.root / file.path).read_text(encoding="utf-8")


def ratings(file: EvaluationFile) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(on_disk(file), yaml.BaseLoader)["ratings"]
    return found


def refused(do: Any, *arguments: Any) -> CharterkitError:
    with pytest.raises(CharterkitError) as error:
        do(*arguments)
    return error.value
