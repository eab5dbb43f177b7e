"""What each column of an export is taken for, and why. What is not surely a question is left out."""

from collections import Counter
from collections.abc import Collection, Mapping

from charterkit.exchange.cells import letters
from charterkit.exchange.survey.draft import AskedColumn, Use
from charterkit.exchange.survey.table import ExportTable
from charterkit.exchange.survey.words import (
    GROUPING,
    MACHINE,
    NO_ANSWER,
    PLACING,
    answer_id,
    family_of,
    looks_like_name,
    personal_content,
    personal_heading,
)
from charterkit.records import dataclass

_PERSONAL_SHARE = 0.05
"""Of the cells that have something in them: from here on the column is personal. Free text below it is read line by
line, before any of it is kept."""
_FEW_ANSWERS, _SHORT = 12, 60
"""A column of more different texts, or of longer ones, is free text."""


def classified(table: ExportTable, groups: Mapping[str, str], said: Mapping[int, Use]) -> list[AskedColumn]:
    """Every column with a heading. `groups` are focus groups by what they may be called, `said` is what columns are."""
    found = []
    for at, heading in table.headings.items():
        column = AskedColumn(at, letters(at), heading)
        column.use, column.why = _use(table, column, groups)
        if at in said:
            if column.use == "personal" and said[at] != "out":
                column.notes.append(f"it was dropped as personal ({column.why}), and is kept because you said so")
            column.use, column.why = said[at], "as you said"
        found.append(column)
    return found


def texts(table: ExportTable, at: int) -> list[str]:
    """What stands in a column, without its empty cells."""
    return [text for row in table.rows if (text := table.grid.text(row, at))]


Taken = tuple[Use, str]
"""What a column is taken for, and why."""


def _use(table: ExportTable, column: AskedColumn, groups: Mapping[str, str]) -> Taken:
    found = texts(table, column.at)
    ids = Counter(answer for text in found if (answer := answer_id(text)) not in NO_ANSWER)
    dates = sum((row, column.at) in table.grid.dates for row in table.rows)
    is_tick = column.at in table.ticks
    seen = _Seen(column, found, ids, dates, is_tick, groups)
    return next(taken for look in _LOOKS if (taken := look(seen)))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A column's cells that have something in them, the answers they make, and how many are dates."""

    column: AskedColumn
    found: list[str]
    ids: Counter[str]
    dates: int
    is_tick: bool
    groups: Mapping[str, str]

    @property
    def heading(self) -> str:
        return self.column.heading.casefold()

    @property
    def say(self) -> str:
        """The option that makes a question of it."""
        return f"--use {self.column.letter}=question"

    @property
    def is_few(self) -> bool:
        """Whether few short texts come again and again."""
        is_short = max(map(len, self.found)) <= _SHORT
        return len(self.ids) <= _FEW_ANSWERS and len(self.ids) * 2 <= len(self.found) and is_short


def _of_machine(seen: _Seen) -> Taken | None:
    if answer_id(seen.column.heading) in MACHINE:
        return "personal", "the form tool wrote it, about a person or a moment"
    if seen.dates:
        return "personal", f"{seen.dates:,} of its cells hold a date or a time"
    return ("out", "nobody answered it") if not seen.ids else None


def _of_person(seen: _Seen) -> Taken | None:
    personal = _personal(seen.found)
    if personal:
        return "personal", personal
    if not personal_heading(seen.heading):
        return None
    though = f", though answers stand in it: {seen.say} keeps it" if family_of(set(seen.ids)) else ""
    return "personal", f"its heading asks for something personal{though}"


def _of_groups(seen: _Seen) -> Taken | None:
    many = sum(many for answer, many in seen.ids.items() if answer in seen.groups)
    if many and (GROUPING.search(seen.heading) or many > len(seen.found) / 2):
        return "group", "its answers name the charter’s focus groups"
    return ("out", "one tick box of several: a person may tick many") if seen.is_tick else None


def _of_answers(seen: _Seen) -> Taken | None:
    known = sum(many for answer, many in seen.ids.items() if family_of({answer}))
    if known < _MOSTLY * seen.ids.total():
        return None
    if family_of(set(seen.ids)):
        return "question", "its answers are words that people tick"
    return ("question", "most of its answers are words that people tick") if len(seen.ids) <= _FEW_ANSWERS else None


def _of_names(seen: _Seen) -> Taken | None:
    if _is_names(seen.found, seen.ids):
        return "personal", "what stands in it looks like people’s names"
    if all(text.replace(".", "").isdigit() for text in seen.found):
        return "out", f"numbers: if they are a scale, say {seen.say} and which of them agree"
    return None


def _of_few(seen: _Seen) -> Taken | None:
    if not seen.is_few:
        return None
    if GROUPING.search(seen.heading):
        how = f"say --use {seen.column.letter}=group and --group"
        return "out", f"it tells groups apart, and none is a focus group of the charter: {how}"
    if PLACING.search(seen.heading):
        return "out", "it says whose child or which class, which no total needs"
    return "out", f"answers of its own: if it is a question, say {seen.say} and which of them agree"


def _of_text(_: _Seen) -> Taken:
    return "text", "what people wrote"


_LOOKS = (_of_machine, _of_person, _of_groups, _of_answers, _of_names, _of_few, _of_text)
"""What a column may be, the surest first."""


_MOSTLY = 0.8


def _personal(found: Collection[str]) -> str:
    kinds = Counter(kind for text in found if (kind := personal_content(text)))
    if kinds.total() < max(_PERSONAL_SHARE * len(found), 1):
        return ""
    kind, _ = kinds.most_common(1)[0]
    return f"{kinds.total():,} of its {len(found):,} cells hold {kind}"


def _is_names(found: Collection[str], ids: Counter[str]) -> bool:
    """Mostly different short texts, capitalised as names are."""
    names = sum(map(looks_like_name, found))
    return names >= _MOSTLY * len(found) and len(ids) > len(found) / 2
