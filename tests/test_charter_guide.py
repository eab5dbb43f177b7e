"""The guide for authors: every YAML in it is a charter, or what may be laid over its first, and has nothing to mend."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from charterkit.choices import Severity
from charterkit.files.workspace import Workspace
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.model.scale import Level
from charterkit.rules.running.check import check

GUIDE = (Path(__file__).parents[1] / "docs/charters.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
SCHOOL = "name: Elm\nphase: primary\ncharters: [{charter: good-lunchtimes, signed: 2025-09}]\n"


def by_key(block: str) -> dict[str, str]:
    """A block's text by the key at the left margin that it stands under."""
    return {part.partition(":")[0]: part for part in re.split(r"^(?=\S)", block, flags=re.MULTILINE) if part}


def workspaces() -> Iterator[dict[str, str]]:
    """The files of each block: the first with it laid over, beside the first; an evaluation by what was laid over last."""
    charter = first = by_key(BLOCKS[0])
    for block in map(by_key, BLOCKS):
        files = {"charters/good-lunchtimes.yaml": BLOCKS[0]}
        if "ratings" in block:
            files |= {
                "schools/elm/school.yaml": SCHOOL,
                "schools/elm/evaluations/2025-26.yaml": "".join(block.values()),
            }
        else:
            charter = {**first, **block}
        name = "good-lunchtimes" + ("" if charter["version"] == first["version"] else "-v2")
        yield {**files, f"charters/{name}.yaml": "".join(charter.values())}


def test_every_block_is_valid(workspace: Callable[[Mapping[str, str]], Path]) -> None:
    for number, files in enumerate(workspaces()):
        root = workspace({f"{number}/{name}": text for name, text in files.items()}) / str(number)
        found = check(Workspace(root), date(2026, 4, 1)).findings
        assert not [finding for finding in found if finding.severity is not Severity.INFO], BLOCKS[number]


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for each in value.values() for key in keys(each)}
    return {key for each in value for key in keys(each)} if isinstance(value, list) else set()


def test_every_key_of_a_charter_has_an_example() -> None:
    known = {*Charter.model_fields, *KeyPoint.model_fields}
    known |= {field.name for part in (Aspect, Level) for field in fields(part)}
    shown = keys([yaml.safe_load(block) for block in BLOCKS])
    assert known - shown == {"strategic_priority"}, "the plan that a charter serves"
