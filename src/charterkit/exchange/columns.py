"""The columns of a table of answers, by our names and by those that schools' own spreadsheets have."""

from collections.abc import Mapping, Sequence

from charterkit.insight.evaluations.answers import TEXTS
from charterkit.model.base import nearest
from charterkit.text.safe import shown

COLUMNS = ("aspect", "rating", *TEXTS, "idea", "evidence", "target", "target by", "value")
"""The columns a table may have; `idea` and `evidence` may hold several, each on a line of its own in the cell."""

_ABOUT = ("statement", "aspect", "number")
"""Columns that may say which aspect a row is about, the one that counts first where there are several."""

_ALSO = {
    "statement": ("sentence", "question", "indicator", "standard", "criterion", "aspect of practice"),
    "aspect": ("aspect id", "id"),
    "number": ("no", "no.", "nr", "ref", "ref.", "reference", "#"),
    "rating": ("rag", "rag rating", "score", "level", "grade", "judgement", "judgment", "self-assessment"),
    "note": ("notes", "comment", "comments", "commentary"),
    "reason": ("why",),
    "strengths": ("strength", "what is going well", "what we do well"),
    "idea": ("ideas", "next step", "next steps", "ideas and next steps"),
    "evidence": ("where it can be seen",),
    "target": ("target level", "target rating"),
    "target by": ("target date", "by when"),
    "value": ("counted",),
}
_MEANT = {other: name for name, others in _ALSO.items() for other in (name, *others)}


def meant(heading: object) -> str:
    """The column that a heading means; as it is written where that is none of ours."""
    plain = " ".join(str(heading).lower().split()).removesuffix(":").strip()
    return _MEANT.get(plain, plain)


def is_heading(columns: Sequence[str]) -> bool:
    """Whether a row may name the columns: one that tells the aspect, and one with something about it."""
    return bool(set(columns) & set(_ABOUT)) and bool(set(columns) & (set(COLUMNS) - {"aspect"}))


def complaint(columns: Sequence[str]) -> tuple[int, str] | None:
    """What is wrong with the names of the columns, and with which of them; None where nothing is."""
    known = {*COLUMNS, *_ABOUT}
    if not set(columns) & known:
        return 0, "the first line does not name the columns"
    for place, column in enumerate(columns):
        if column and column not in known:
            guess = nearest(column, _MEANT)
            did_you = f" (did you mean '{guess}'?)" if guess else ""
            return place, f"'{shown(column)}' is not a column of answers{did_you}"
        if column and column in columns[:place]:
            return place, f"the column '{column}' stands here twice"
    return None if set(columns) & set(_ABOUT) else (0, "there is no column 'aspect'")


def aspect_in(row: Mapping[str, str]) -> tuple[str, str]:
    """What a row says of which aspect it is about, and the column that says so; empty where none does."""
    found = ((row.get(column, "").strip(), column) for column in _ABOUT)
    return next((pair for pair in found if pair[0]), ("", "aspect"))
