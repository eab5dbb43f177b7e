"""Answers from a filled-in form: all of it or nothing, every complaint with the sheet and the cell to mend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from charterkit.errors import CharterkitError
from charterkit.exchange.form_carry import Carried, Target, carry
from charterkit.exchange.xlsx import Sheet, sheets
from charterkit.files.subset import MAX_BYTES, MOST_SAID
from charterkit.files.words import shown
from charterkit.findings import alternatives
from charterkit.insight.answers import Answer, level_meant
from charterkit.insight.form_layout import ANSWERS, ASPECT, FORMAT, HEAD, MACHINE_SHEET, MARK, key
from charterkit.model.charter import Charter
from charterkit.model.scale import NOT_APPLICABLE

ASK = "Make a form with: charterkit render-form -o form.xlsx"
_AS_TEXT = "write it as words: begin the cell with an apostrophe, or format it as text and type it again"


@dataclass(frozen=True, slots=True)
class FormAnswers:
    """What a form holds, and what the person should know about how it was taken in, in sentences."""

    answers: list[Answer]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Option:
    """One entry of the drop-down, as the workbook's own hidden sheet has it."""

    text: str
    level: str
    letter: str
    label: str

    @property
    def words(self) -> set[str]:
        """Everything that may be written for it."""
        joined = f"{self.letter} {self.label}"
        return {_plain(one) for one in (self.text, self.level, self.letter, self.label, joined)} - {""}


@dataclass(frozen=True, slots=True)
class _About:
    """What the hidden sheet says."""

    charter: str
    version: str
    school: str
    options: tuple[_Option, ...]


def read_form(name: str, data: bytes, target: Target) -> FormAnswers:
    """The answers of a filled-in form. Raises CharterkitError with every complaint and its cell."""
    if len(data) > MAX_BYTES:
        raise CharterkitError(f"{name} is larger than 1 MiB, which is the most.", "Take pictures and other sheets out.")
    book = sheets(name, data, (MARK, ASPECT))
    about = _about(name, book)
    charter = target.charter_of(name, about.charter, about.version)
    found = _form_sheet(name, book)
    reader = _Reader(*found, about.options, charter)
    reader.head(about, target)
    answers = list(reader.answers())
    made = carry(answers, charter, target) if not reader.complaints else Carried([], [])
    complaints = [*reader.complaints, *made.complaints]
    if complaints:
        rest = [f"And {len(complaints) - MOST_SAID} more."] if len(complaints) > MOST_SAID else []
        raise CharterkitError("\n".join([*complaints[:MOST_SAID], *rest]), "Nothing was changed.")
    if not made.answers:
        raise CharterkitError(
            f"{name} holds no answers yet.", f"Fill in the pale cells of the sheet “{found[0].name}”."
        )
    return FormAnswers(made.answers, made.notices)


def _about(name: str, book: Sequence[Sheet]) -> _About:
    sheet = next((one for one in book if one.name == MACHINE_SHEET), None)
    if sheet is None or sheet.value(0, 0) != MARK or sheet.formulas:
        raise CharterkitError(f"{name} is no self-evaluation form of charterkit’s.", ASK)
    if sheet.value(0, 1) != FORMAT:
        raise CharterkitError(f"{name} was made by a newer charterkit.", "Install that version, then try again.")
    said = {str(cells[0]): str(cells[1]) for cells in sheet.rows if len(cells) > 1}
    rows = [[*(str(cell) for cell in cells), "", "", "", ""] for cells in sheet.rows if cells and cells[0] == "option"]
    options = tuple(_Option(*cells[1:5]) for cells in rows)
    return _About(said.get("charter", ""), said.get("charter_version", ""), said.get("school", ""), options)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where things stand on the form's sheet, from 0."""

    top: int
    """The hidden row of keys."""
    ids: int
    columns: dict[str, int]


def _form_sheet(name: str, book: Sequence[Sheet]) -> tuple[Sheet, _Places]:
    """The sheet with the hidden keys, however it is called now."""
    for sheet in book:
        for row, cells in enumerate(sheet.rows):
            if ASPECT not in cells:
                continue
            columns = {one: cells.index(key(one)) for one in ANSWERS if key(one) in cells}
            missing = [one for one in ANSWERS if one not in columns]
            if missing:
                raise CharterkitError(
                    f"The sheet “{sheet.name}” of {name} has lost its column for {alternatives(missing)}.", ASK
                )
            return sheet, _Places(row, cells.index(ASPECT), columns)
    raise CharterkitError(f"{name} has lost the hidden row or column that tells its cells apart.", ASK)


@dataclass
class _Reader:
    """Reads the cells of one form."""

    sheet: Sheet
    places: _Places
    options: tuple[_Option, ...]
    charter: Charter
    complaints: list[str] = field(default_factory=list)

    def head(self, about: _About, target: Target) -> None:
        """The school and the cycle above the table: they must be those that the answers are taken in for."""
        said = {}
        for row in range(self.places.top):
            for name in HEAD:
                if self.sheet.value(row, self.places.ids) == key(name):
                    text = self.text(row, self.places.ids + 2).strip()
                    said[name] = (text, self.sheet.where(row, self.places.ids + 2))
        cycle, where = said.get("cycle", ("", ""))
        if cycle and cycle.casefold() not in (target.cycle, target.cycle_spoken):
            self.complain(where, f"these answers are for the cycle {shown(cycle)}, not {target.cycle}: add --cycle")
        school, where = said.get("school", ("", self.sheet.name))
        if about.school and about.school != target.school:
            named = school or about.school
            self.complain(where, f"this form was made for {shown(named)}, not for {shown(target.school_name)}")
        elif not about.school and school and not _same_school(school, target):
            self.complain(
                where,
                f"this form is filled in for {shown(school)}, not for {shown(target.school_name)}: write that name",
            )

    def answers(self) -> Iterator[Answer]:
        """The rows that say something, as answers; what is wrong with the others is noted."""
        for row in range(self.places.top + 1, len(self.sheet.rows)):
            if row == self.places.top + 1 and self.sheet.value(row, self.places.ids) == "id":
                continue  # the visible header
            before = len(self.complaints)
            texts = {name: self.text(row, column) for name, column in self.places.columns.items()}
            if len(self.complaints) > before:
                continue
            aspect = self.sheet.value(row, self.places.ids)
            if not any(text.strip() for text in texts.values()):
                continue
            answer = self._answer(row, aspect, texts)
            if answer is not None:
                yield answer

    def _answer(self, row: int, aspect: Any, texts: dict[str, str]) -> Answer | None:  # noqa: ANN401 - a cell
        first = next(name for name, text in texts.items() if text.strip())
        where = self.where(row, first)
        if (row, self.places.ids) in self.sheet.formulas or not isinstance(aspect, str) or not aspect.strip():
            self.complain(where, "this row belongs to no aspect: write beside one of the charter’s aspects")
            return None
        if aspect not in self.charter.aspects:
            self.complain(where, f"the charter has no aspect of this row any more ({shown(aspect)}): empty the row")
            return None
        level = self._level(row, texts)
        if texts["reason"].strip() and level is not None and level != NOT_APPLICABLE:
            self.complain(
                self.where(row, "reason"),
                "a reason stands here, but the aspect is rated: empty this cell, or the rating",
            )
        given = {name: texts[name] for name in ("reason", "note") if texts[name].strip()}
        ideas = tuple(line.strip() for line in texts["ideas"].split("\n") if line.strip())
        return Answer(aspect, where, level, given, ideas)

    def _level(self, row: int, texts: dict[str, str]) -> str | None:
        word = texts["rating"]
        if not word.strip():
            return None
        said = _plain(word)
        level = next((one.level for one in self.options if said in one.words), None) or level_meant(word, self.charter)
        if level is None:
            options = alternatives([one.text for one in self.options])
            self.complain(
                self.where(row, "rating"),
                f"‘{shown(word.strip()[:60])}’ is no level: write one of {options}, as in the drop-down",
            )
        elif level == NOT_APPLICABLE and not texts["reason"].strip():
            self.complain(self.where(row, "reason"), "the aspect does not apply: write here why")
        return level

    def text(self, row: int, column: int) -> str:
        """A cell's text as it was written; a complaint where it holds something else."""
        at = (row, column)
        if at in self.sheet.formulas:
            self.complain(self.sheet.where(*at), f"a formula stands here, and none is worked out: {_AS_TEXT}")
            return ""
        if at in self.sheet.errors:
            self.complain(self.sheet.where(*at), "an error of the workbook stands here: write the answer anew")
            return ""
        value = self.sheet.value(*at)
        if isinstance(value, float) and value.is_integer() and column == self.places.columns["rating"]:
            return str(int(value))
        if not isinstance(value, str):
            self.complain(self.sheet.where(*at), f"{_kind(value)} stands here, not text: {_AS_TEXT}")
            return ""
        return value.replace("\r\n", "\n")

    def where(self, row: int, column: str) -> str:
        """A cell as a person finds it."""
        return self.sheet.where(row, self.places.columns[column])

    def complain(self, where: str, what: str) -> None:
        """One more thing to mend."""
        self.complaints.append(f"{where}: {what}.")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _kind(value: Any) -> str:  # noqa: ANN401 - a cell
    if isinstance(value, bool):
        return "a yes or no (TRUE or FALSE)"
    return "a date or time" if isinstance(value, date | datetime | time | timedelta) else "a number"


def _same_school(said: str, target: Target) -> bool:
    """Whether a name written by hand can be the school's: "Larkfield" is Larkfield Primary School."""
    words = set(_plain(said).split())
    known = set(_plain(target.school_name).split())
    return _plain(said) == target.school or words <= known or known <= words
