"""What a school says of a whole cycle: what it means to reach, at the start, and what has changed for families."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from charterkit.errors import Refused
from charterkit.files.yaml.edit import Change

if TYPE_CHECKING:
    from charterkit.session.evaluation_file import EvaluationFile

LONGEST = 4_000
"""Characters of a statement, the most: it stands at the head of a report."""


def statement_changes(file: "EvaluationFile", said: Mapping[str, str | None]) -> list[Change]:
    """The changes that write some statements; an empty text takes one out, and None leaves it as it is.

    Nothing of what stands there already. Raises CharterkitError for a text that is too long.
    """
    made = []
    for key, text in said.items():
        held = getattr(file.evaluated.evaluation, key)
        if text is None or text.strip() == (held or "").strip():
            continue
        if len(text) > LONGEST:
            raise Refused("long-statement", option=f"--{key}", most=LONGEST)
        made.append(Change((key,), text.strip()) if text.strip() else Change((key,), remove=True))
    return made


def state(file: "EvaluationFile", key: str, text: str) -> None:
    """Write a statement, or take it out with an empty text. It can be taken back like any other answer."""
    made = statement_changes(file, {key: text})
    if made:
        file.plan(made)
