"""How often something is kept, as people read it: the file's own words, and what they leave open."""

import re

from charterkit.choices import TERMS
from charterkit.insight.promises.occurrence import WEEKDAYS
from charterkit.insight.promises.rhythms import times_a_year
from charterkit.model.dates import MONTHS, PartialDate
from charterkit.model.recurrences import Recurrence
from charterkit.text.english import joined
from charterkit.text.speech import month_name

_NAMES = re.compile(
    rf"\b(?:{'|'.join((*(name.lower() for name in MONTHS), *WEEKDAYS, 'christmas', 'easter'))})s?\b", re.IGNORECASE
)
_BY = {
    "termly": "by the end of term",
    "term": "by the end of term",
    "half-termly": "by the end of each half term",
}
"""What is taken where the words name a time and no place in it."""


def when_words(when: Recurrence | None, begins: PartialDate | None = None) -> str:
    """How often: "Each term, by the end of term", "Every October", "After Ofsted inspection"; empty for None."""
    if when is None:
        return ""
    if when.kind == "event":
        return f"After {when.details[0]}"
    is_free = when.kind in ("other", "occasion")
    words = when.text if is_free else _NAMES.sub(lambda found: found[0].capitalize(), when.text.lower().rstrip(" ."))
    said = ", ".join(filter(None, (words, _by(when, begins))))
    return said[:1].upper() + said[1:]


def rhythm_words(when: Recurrence | None, begins: PartialDate | None) -> str:
    """How often, with what `from` adds: "Fortnightly, from 9 September 2026"."""
    words = when_words(when, begins)
    return f"{words}, from {begins.spoken}" if words and begins else words


def _by(when: Recurrence, begins: PartialDate | None) -> str:
    if when.kind == "times" and when.details[1] == "year" and begins is None:
        if int(when.details[0]) == len(TERMS):
            return f"by the end of the {joined(TERMS)} terms"
        months = [month_name(each, MONTHS[each - 1]) for each in times_a_year(int(when.details[0]))]
        return f"by the end of {joined(months)}"
    return _BY.get(when.kind, "")
