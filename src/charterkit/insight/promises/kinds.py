"""What can be said of when something is kept, from its words alone; `check` and `calendar` both ask here."""

from enum import StrEnum

from charterkit.insight.promises.rhythms import RULES
from charterkit.model.dates import PartialDate
from charterkit.model.recurrences import NEED_FROM, Recurrence


class PromiseKind(StrEnum):
    """What can be said of when a promise is kept."""

    DATED = "dated"
    DAILY = "daily"
    ALWAYS = "always"
    """It holds all the time."""
    EVENT = "event"
    UNDATED = "undated"
    """It says how often, but `from` is missing."""
    NOT_UNDERSTOOD = "not-understood"
    """Its words may say when, and charterkit does not know which of two things they mean, or does not know them."""
    VAGUE = "vague"
    NONE = "none"


IMPOSSIBLE = (PromiseKind.VAGUE, PromiseKind.NONE)
"""Promises nobody can keep, because nobody can tell whether they were kept."""

UNSAID = (PromiseKind.VAGUE, PromiseKind.NOT_UNDERSTOOD)
"""Promises whose words come with the reason why they have no date."""

_BY_WORDS = {
    "event": PromiseKind.EVENT,
    "occasion": PromiseKind.EVENT,
    "always": PromiseKind.ALWAYS,
    "daily": PromiseKind.DAILY,
    "regularly": PromiseKind.VAGUE,
}


def kind_of(when: Recurrence | None, begins: PartialDate | None) -> PromiseKind:
    """What can be said of when it is kept; `begins` is its first date."""
    if when is None:
        return PromiseKind.NONE
    if when.kind in NEED_FROM and begins is None:
        return PromiseKind.UNDATED
    dated = PromiseKind.DATED if when.kind in RULES else PromiseKind.NOT_UNDERSTOOD
    return _BY_WORDS.get(when.kind, dated)


def why_unclear(when: Recurrence) -> str:
    """Why words are not understood: what either they may mean, or that they are not known."""
    if when.kind == "ambiguous":
        return "“{}” may mean {} or {}".format(when, *when.details)
    return f"“{when}” is not understood"
