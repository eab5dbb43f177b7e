"""What a filled-in form says of the action plan: open actions that are done, carried on or dropped, and new ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import Any

from charterkit.exchange.workbook.carry import Target
from charterkit.exchange.workbook.rows import plain
from charterkit.exchange.workbook.xlsx import Sheet
from charterkit.insight.evaluations.form_layout import ACTION, PLAN, key
from charterkit.insight.evaluations.naming import aspects_meant
from charterkit.insight.evaluations.planning import Became, PlanAnswer, aspect_in
from charterkit.model.base import BadValue
from charterkit.model.charter import Charter
from charterkit.model.dates import PartialDate
from charterkit.model.readings import day_first
from charterkit.records import dataclass
from charterkit.text.english import alternatives
from charterkit.text.safe import shown

_BECAME: dict[str, Became] = {"done": "done", "carry-on": "carry on", "drop": "drop"}
_FACTS = {"who": "owner", "by-when": "due", "note": "note"}


@dataclass
class PlanReader:
    """Reads the sheet of the action plan, where a form has one; a sheet that has lost its hidden marks is none."""

    target: Target
    charter: Charter
    """The version that the form is for."""
    sentences: Mapping[str, str]
    """Each aspect's, as the form shows it."""
    choices: Mapping[str, str]
    """The words on the form for what may become of an action, by key."""
    made: Mapping[str, Sequence[str]]
    """Owner and date of each open action, as the form was made with: what still says so was not changed."""
    complaints: list[str] = field(default_factory=list)

    def answers(self, book: Sequence[Sheet]) -> list[PlanAnswer]:
        """The rows that say something; what is wrong with the others is noted."""
        for sheet in book:
            for row, cells in enumerate(sheet.rows):
                if ACTION in cells:
                    columns = {name: cells.index(key(name)) for name in PLAN if key(name) in cells}
                    return list(self._rows(sheet, row, cells.index(ACTION), columns)) if "what" in columns else []
        return []

    def _rows(self, sheet: Sheet, top: int, ids: int, columns: Mapping[str, int]) -> Iterator[PlanAnswer]:
        for row in range(top + 1, len(sheet.rows)):
            if sheet.value(row, ids) == "id":
                continue  # the visible header
            before = len(self.complaints)
            cells = {name: self._text(sheet, row, columns[name], name) for name in columns}
            if len(self.complaints) > before or not any(cells.values()):
                continue
            where = {name: sheet.where(row, column) for name, column in columns.items()}
            answer = self._answer(str(sheet.value(row, ids)), cells, where)
            if answer is not None and len(self.complaints) == before:
                yield answer

    def _text(self, sheet: Sheet, row: int, column: int, name: str) -> str:
        value: Any = sheet.value(row, column)
        if (row, column) in sheet.formulas or (row, column) in sheet.errors:
            self._complain(sheet.where(row, column), "a formula or an error stands here: write it as words")
            return ""
        if isinstance(value, datetime | date) and name == "by-when":
            return value.strftime("%Y-%m-%d")
        if isinstance(value, float) and value.is_integer() and name == "by-when":
            return str(int(value))
        if not isinstance(value, str):
            self._complain(sheet.where(row, column), "something else than text stands here: write it as words")
            return ""
        return value.replace("\r\n", "\n").strip()

    def _answer(self, hidden: str, cells: Mapping[str, str], where: Mapping[str, str]) -> PlanAnswer | None:
        what = cells["what"]
        known = {action.id: plain(action.action.action) for action in self.target.actions}
        meant = [name for name, words in known.items() if words == plain(what)]
        is_said = bool(cells.get("became") or hidden)  # without either it is a new one, or one taken in before
        name = hidden if hidden in meant else next(iter(meant), "") if is_said else ""
        if hidden and not meant:
            said = (
                "this action is closed, or another one than the form was made with: empty the row, or make a new form"
            )
            self._complain(where["what"], said)
            return None
        if not name:
            return self._new(what, cells, where, self._facts(cells, where))
        before = dict(zip(("who", "by-when"), self.made.get(name, ()), strict=False))
        facts = self._facts({cell: text for cell, text in cells.items() if text != before.get(cell)}, where)
        said = cells.get("became", "")
        became = self._became(said, where)
        if facts and not said:
            self._complain(where["became"], f"say what has become of it: {self._known}")
        return PlanAnswer(where["what"], name, became, facts) if said else None

    def _new(
        self, what: str, cells: Mapping[str, str], where: Mapping[str, str], facts: dict[str, Any]
    ) -> PlanAnswer | None:
        if not what:
            self._complain(where["what"], "write here what will be done, or empty the row")
            return None
        if cells.get("became"):
            self._complain(where["became"], "this is a new action, of which nothing has become yet: empty this cell")
        aspect = self._aspect(cells.get("about", ""), where)
        return PlanAnswer(where["what"], "", None, {"action": what, **facts, **({"aspect": aspect} if aspect else {})})

    def _facts(self, cells: Mapping[str, str], where: Mapping[str, str]) -> dict[str, Any]:
        facts: dict[str, Any] = {fact: cells[name] for name, fact in _FACTS.items() if cells.get(name)}
        if "due" in facts:
            facts["due"] = self._date(facts["due"], where["by-when"])
        return facts

    def _date(self, text: str, where: str) -> PartialDate | None:
        meant = day_first(text)
        try:
            return PartialDate.of(meant) if meant else PartialDate.meant(text)
        except BadValue as bad:
            self._complain(where, f"{bad.message}: {bad.remedy[:1].lower()}{bad.remedy[1:].rstrip('.')}")
            return None

    @property
    def _known(self) -> str:
        return alternatives([self.choices.get(name, name) for name in _BECAME])

    def _became(self, text: str, where: Mapping[str, str]) -> Became | None:
        if not text:
            return None
        words = {plain(self.choices.get(name, name)): became for name, became in _BECAME.items()}
        words |= {plain(name.replace("-", " ")): became for name, became in _BECAME.items()}
        if plain(text) not in words:
            self._complain(where["became"], f"‘{shown(text)}’ is no choice: write {self._known}")
        return words.get(plain(text))

    def _aspect(self, text: str, where: Mapping[str, str]) -> str | None:
        """The aspect of a sentence, a number or an id, in the charter version that the answers are for."""
        if not text:
            return None
        by_words = {plain(words): name for name, words in self.sentences.items()}
        found = aspects_meant(by_words.get(plain(text), text), self.charter, from_table=True)
        if len(found) != 1:
            noun = self.charter.rated_noun
            said = f"may mean more than one {noun}" if found else f"is no {noun} of the charter"
            self._complain(where["about"], f"‘{shown(text)}’ {said}: choose one from the list")
            return None
        name = found[0]
        return aspect_in(name, self.charter, self.target.charter, list(self.target.versions))

    def _complain(self, where: str, what: str) -> None:
        self.complaints.append(f"{where}: {what}.")
