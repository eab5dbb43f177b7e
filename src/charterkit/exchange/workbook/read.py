"""Answers from a filled-in form: all of it or nothing, every complaint with the sheet and the cell to mend."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from charterkit.errors import Refused
from charterkit.exchange.aims import MisreadCell, aims_of
from charterkit.exchange.workbook.aims import aim_text
from charterkit.exchange.workbook.carry import Carried, Target, carry
from charterkit.exchange.workbook.plan import PlanReader
from charterkit.exchange.workbook.rows import Rows, plain
from charterkit.exchange.workbook.xlsx import Sheet, sheets
from charterkit.files.yaml.subset import MAX_BYTES, MOST_SAID
from charterkit.insight.evaluations.answers import Answer, at_odds, level_meant
from charterkit.insight.evaluations.form_layout import (
    ACTION,
    AIMS,
    ANSWERS,
    ASPECT,
    FORMAT,
    HEAD,
    MACHINE_SHEET,
    MARK,
    TEXT,
    key,
)
from charterkit.insight.evaluations.planning import PlanAnswer
from charterkit.model.base import BadValue
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle
from charterkit.model.scale import NOT_APPLICABLE, own_number
from charterkit.records import dataclass
from charterkit.text.english import alternatives
from charterkit.text.safe import shown

ASK = "Make a form with: charterkit render-form -o form.xlsx"
FEWER = "Take pictures and other sheets out, or copy the answers into a fresh form."
_AS_TEXT = "write it as words: begin the cell with an apostrophe, or format it as text and type it again"


@dataclass(frozen=True, slots=True)
class FormAnswers:
    """What a form holds, and what the person should know about how it was taken in, in sentences."""

    answers: list[Answer]
    notices: tuple[str, ...] = ()
    plan: list[PlanAnswer] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Option:
    """One entry of the drop-down, as the workbook's own hidden sheet has it."""

    text: str
    level: str
    letter: str
    label: str

    @property
    def words(self) -> set[str]:
        """Everything that may be written for it.

        A number that the form once gave to a label with another number of its own is none: nobody means it.
        """
        joined = f"{self.letter} {self.label}"
        letter = self.letter if own_number(self.label) in ("", self.letter) else ""
        return {plain(text) for text in (self.text, self.level, letter, self.label, joined)} - {""}


@dataclass(frozen=True, slots=True)
class _About:
    """What the hidden sheet says."""

    charter: str
    version: str
    school: str
    options: tuple[_Option, ...]
    sentences: dict[str, str]
    """Each aspect's, as the form shows it."""
    choices: dict[str, str]
    """The words for what may become of an action, by key."""
    actions: dict[str, tuple[str, ...]]
    """Owner and date of each open action, as the form was made with."""


def read_form(name: str, data: bytes, target: Target) -> FormAnswers:
    """The answers of a filled-in form. Raises CharterkitError with every complaint and its cell."""
    if len(data) > MAX_BYTES:
        raise Refused("form-too-large", name=name)
    book = sheets(name, data, (MARK, ASPECT, ACTION))
    about = _about(name, book)
    charter = target.charter_of(name, about.charter, about.version)
    found = _form_sheet(name, book)
    reader = _Reader(*found, about.options, charter, Rows(about.sentences, charter.aspects, charter.rated_noun))
    reader.head(about, target)
    answers = list(reader.answers())
    reader.twice(answers)
    made = carry(answers, charter, target) if not reader.complaints else Carried([], [])
    plan = PlanReader(target, charter, about.sentences, about.choices, about.actions)
    actions = plan.answers(book)
    complaints = [*reader.complaints, *made.complaints, *plan.complaints]
    if complaints:
        rest = [f"And {len(complaints) - MOST_SAID} more."] if len(complaints) > MOST_SAID else []
        raise Refused("bad-answers", complaints="\n".join([*complaints[:MOST_SAID], *rest]))
    if not made.answers and not actions:
        raise Refused("empty-form", name=name, sheet=found[0].name)
    return FormAnswers(made.answers, (*reader.rows.notices, *made.notices), actions)


def _about(name: str, book: Sequence[Sheet]) -> _About:
    sheet = next((sheet for sheet in book if sheet.name == MACHINE_SHEET), None)
    if sheet is None or sheet.value(0, 0) != MARK or sheet.formulas:
        raise Refused("no-form", name=name)
    if sheet.value(0, 1) != FORMAT:
        raise Refused("form-of-another-program", name=name)
    said = {str(cells[0]): str(cells[1]) for cells in sheet.rows if len(cells) > 1}
    rows = [[*(str(cell) for cell in cells), "", "", "", ""] for cells in sheet.rows if cells and cells[0] == "option"]
    options = tuple(_Option(*cells[1:5]) for cells in rows)
    sentences = {str(cells[1]): str(cells[2]) for cells in sheet.rows if len(cells) > 2 and cells[0] == "aspect"}  # noqa: PLR2004 - its word, the id and the sentence
    choices = {str(cells[2]): str(cells[1]) for cells in sheet.rows if len(cells) > 2 and cells[0] == "became"}  # noqa: PLR2004 - its word, the words and the key
    actions = {str(cells[1]): tuple(map(str, cells[2:4])) for cells in sheet.rows if cells and cells[0] == "action"}
    charter, version, school = (said.get(name, "") for name in ("charter", "charter_version", "school"))
    return _About(charter, version, school, options, sentences, choices, actions)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where things stand on the form's sheet, from 0."""

    top: int
    """The hidden row of keys."""
    ids: int
    text: int
    """The column of the aspects' sentences."""
    columns: dict[str, int]


def _form_sheet(name: str, book: Sequence[Sheet]) -> tuple[Sheet, _Places]:
    """The sheet with the hidden keys, however it is called now; of several the one with answers."""
    found = [(sheet, row) for sheet in book for row, cells in enumerate(sheet.rows) if ASPECT in cells]
    forms = [(sheet, _places(name, sheet, row)) for sheet, row in found]
    if not forms:
        raise Refused("form-lost-marks", name=name)
    used = [(sheet, places) for sheet, places in forms if _has_answers(sheet, places)]
    if len(used) > 1:
        titles = " and ".join(f"“{sheet.name}”" for sheet, _ in used)
        raise Refused("form-twice", name=name, titles=titles)
    return (used or forms)[0]


def _places(name: str, sheet: Sheet, row: int) -> _Places:
    cells = sheet.rows[row]
    columns = {text: cells.index(key(text)) for text in (*ANSWERS, *AIMS, TEXT) if key(text) in cells}
    missing = [text for text in (*ANSWERS, TEXT) if text not in columns]
    if missing:
        raise Refused("form-lost-column", sheet_name=sheet.name, name=name, missing=missing)
    return _Places(row, cells.index(ASPECT), columns.pop(TEXT), columns)


def _has_answers(sheet: Sheet, places: _Places) -> bool:
    """Whether anything stands in a cell to fill in, below the visible header."""
    return any(
        str(sheet.value(row, column)).strip() or (row, column) in sheet.formulas
        for row in range(places.top + 2, len(sheet.rows))
        for column in places.columns.values()
    )


@dataclass
class _Reader:
    """Reads the cells of one form."""

    sheet: Sheet
    places: _Places
    options: tuple[_Option, ...]
    charter: Charter
    rows: Rows
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
        wrong = _wrong_cycle(cycle, target)
        if wrong:
            self.complain(where, wrong)
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
            texts = {name: self.text(row, column, name) for name, column in self.places.columns.items()}
            aspect, said = self.rows.aspect(self._fixed(row, self.places.ids), self._fixed(row, self.places.text))
            if len(self.complaints) > before or not any(text.strip() for text in texts.values()):
                continue
            if said:
                self.complain(self.sheet.where(row, self.places.text), said)
                continue
            yield self._answer(row, aspect, texts)

    def _fixed(self, row: int, column: int) -> str:
        """A cell that is not filled in; empty where something else than text stands in it."""
        value = self.sheet.value(row, column)
        return value if isinstance(value, str) and (row, column) not in self.sheet.formulas else ""

    def _answer(self, row: int, aspect: str, texts: dict[str, str]) -> Answer:
        first = next(name for name, text in texts.items() if text.strip())
        level = self._level(row, texts)
        rating = texts["rating"].strip()
        if texts["reason"].strip() and level != NOT_APPLICABLE and (level or not rating):
            apart = next((option.text for option in self.options if option.level == NOT_APPLICABLE), NOT_APPLICABLE)
            state = (
                f"the {self.charter.rated_noun} is rated" if rating else f"the {self.charter.rated_noun} has no rating"
            )
            self.complain(
                self.where(row, "reason"),
                f"a reason stands here, but {state}: empty this cell, "
                f"or choose “{apart}” in {self.where(row, 'rating')}",
            )
        given = {name: texts[name] for name in ("reason", "note") if texts[name].strip()}
        ideas = tuple(_unmarked(line.strip()) for line in texts["ideas"].split("\n") if line.strip())
        return replace(Answer(aspect, self.where(row, first), level, given, ideas), **self._aims(row, texts))

    def _aims(self, row: int, texts: dict[str, str]) -> dict[str, Any]:
        """Target and value of a row; what is wrong with them is noted."""
        cells = {_AIM_COLUMN[name]: texts.get(name, "") for name in AIMS}
        word = cells["target"].strip()
        cells["target"] = self._option(word) or word
        try:
            return aims_of(cells)
        except MisreadCell as bad:
            name = next(name for name, column in _AIM_COLUMN.items() if column == bad.column)
            self.complain(self.where(row, name), bad.why.rstrip("."))
            return {}

    def _option(self, word: str) -> str | None:
        """The level of a word of the drop-down's."""
        said = plain(word)
        return next((option.level for option in self.options if said in option.words), None)

    def twice(self, answers: Sequence[Answer]) -> None:
        """Two rows of one aspect must not say different things."""
        for answer, name, where in at_odds(answers):
            what = self.charter.aspects[answer.aspect].text
            self.complain(answer.where, f"the {name} of “{shown(what)}” is another one at {where}: keep one")

    def _level(self, row: int, texts: dict[str, str]) -> str | None:
        word = texts["rating"]
        if not word.strip():
            return None
        level = self._option(word) or level_meant(word, self.charter)
        if level is None:
            options = alternatives([option.text for option in self.options])
            self.complain(
                self.where(row, "rating"),
                f"‘{shown(word.strip()[:60])}’ is no level: write one of {options}, as in the drop-down",
            )
        elif level == NOT_APPLICABLE and not texts["reason"].strip():
            self.complain(self.where(row, "reason"), f"the {self.charter.rated_noun} does not apply: write here why")
        return level

    def text(self, row: int, column: int, name: str = "") -> str:
        """A cell's text as it was written; a complaint where it holds something else."""
        at = (row, column)
        if at in self.sheet.formulas:
            self.complain(self.sheet.where(*at), f"a formula stands here, and none is worked out: {_AS_TEXT}")
            return ""
        if at in self.sheet.errors:
            self.complain(self.sheet.where(*at), "an error of the workbook stands here: write the answer anew")
            return ""
        value = self.sheet.value(*at)
        if isinstance(value, float) and value.is_integer() and name == "rating":
            return str(int(value))
        aim = aim_text(self.sheet, at, _AIM_COLUMN.get(name, ""))
        if aim is not None:
            return aim
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


_AIM_COLUMN = dict(zip(AIMS, ("target", "target by", "value"), strict=True))
"""The columns as a table of answers calls them."""
_BULLET = re.compile(r"[-–•*]\s+(?=\S)")


def _unmarked(idea: str) -> str:
    """An idea without the mark of a list before it, as it stands before last time's ideas."""
    return _BULLET.sub("", idea, count=1) if _BULLET.match(idea) else idea


def _wrong_cycle(said: str, target: Target) -> str:
    """What is wrong with the cycle above the table; empty where it is the one meant, or none is written."""
    if not said or plain(said) in (target.cycle, plain(target.cycle_spoken)):
        return ""
    try:
        cycle = Cycle.meant(said)
    except BadValue:
        return f"‘{shown(said)}’ is no cycle: write {target.cycle}"
    if str(cycle) == target.cycle:
        return ""
    return f"these answers are for the cycle {cycle}, not {target.cycle}: write {target.cycle}, or add --cycle {cycle}"


def _kind(value: Any) -> str:  # noqa: ANN401 - a cell
    if isinstance(value, bool):
        return "a yes or no (TRUE or FALSE)"
    return "a date or time" if isinstance(value, date | datetime | time | timedelta) else "a number"


def _same_school(said: str, target: Target) -> bool:
    """Whether a name written by hand can be the school's: "Larkfield" is Larkfield Primary School."""
    words = set(plain(said).split())
    known = set(plain(target.school_name).split())
    return plain(said) == target.school or words <= known or known <= words
