"""Beginning an evaluation from last time's words: notes, strengths, ideas and evidence, and no rating.

Each aspect that was copied carries the cycle it comes from, until somebody answers anything about it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from charterkit.errors import NotThere
from charterkit.files.yaml.edit import Change
from charterkit.files.yaml.reader import parse, value_at
from charterkit.insight.evaluations.lineage import lineage
from charterkit.insight.evaluations.raters_words import TEXTS, as_written
from charterkit.model.evaluation import Rating
from charterkit.session.evaluation_file import EvaluationFile

CARRIED = "carried"


def copy_forward(file: EvaluationFile) -> int:
    """Copy what was said last time of each aspect that has no entry yet, through renames, merges and splits.

    Gives how many aspects it was. It is one write. Raises CharterkitError where there is no last time.
    """
    if file.previous is None:
        raise NotThere("nothing-before", cycle=file.cycle.spoken)
    line = lineage(file.previous.charter, file.charter, file.workspace.versions(file.charter.id))
    standings, written = file.previous.standings, _written(file)
    made = [
        Change(("ratings", aspect), {**said, CARRIED: file.previous.cycle})
        for aspect, olds in line.items()
        if aspect not in written and (said := _said([entry for old in olds if (entry := standings[old].entry)]))
    ]
    if made:
        file.plan(made, *(str(change.at[1]) for change in made))
    return len(made)


def _written(file: EvaluationFile) -> set[str]:
    """The aspects of which anything stands in the file, whether or not it can be used."""
    there = value_at(parse(file.evaluated.document.data).tree, (file.charter.ratings_key,))
    return {str(key) for key in there} if isinstance(there, dict) else set()


def _said(before: Sequence[Rating]) -> dict[str, Any]:
    """The words of the aspects that one goes on from, together; none of what is a judgement."""
    texts = {key: "\n\n".join(_once(getattr(each, key) for each in before)) for key in TEXTS}
    ideas = _once(idea for each in before for idea in each.ideas)
    seen = [as_written(piece) for each in before for piece in each.evidence]
    evidence = [piece for place, piece in enumerate(seen) if piece not in seen[:place]]
    return {key: value for key, value in {**texts, "ideas": ideas, "evidence": evidence}.items() if value}


def _once(found: Iterable[str | None]) -> list[str]:
    """Texts without those that are empty or stand there already."""
    return list(dict.fromkeys(text.strip() for text in found if text and text.strip()))
