"""Answers about aspects from a file: YAML in the form of an evaluation, or CSV from a spreadsheet."""

import csv
import io
import os
import re
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from charterkit.errors import Missing, Refused
from charterkit.exchange import columns
from charterkit.exchange.aims import MisreadCell, aims_of, yaml_aims
from charterkit.exchange.cells import letters
from charterkit.files.load import load, without_own_keys
from charterkit.files.yaml.emit import document
from charterkit.files.yaml.marks import Mark, marks
from charterkit.files.yaml.reader import decode, parse
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.findings import TreePath
from charterkit.insight.evaluations.aims import read_aim
from charterkit.insight.evaluations.answers import TEXTS, Answer
from charterkit.model.base import BadValue, Model, nearest
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Evidence
from charterkit.model.value import Value
from charterkit.text.english import alternatives
from charterkit.text.safe import shown

FORM = ".xlsx"
"""A filled-in form, which `form_read` reads: it has to know the charter, to map one version to another."""

_WORKBOOKS = (".xls", ".ods", ".xlsm", ".xlsb", ".numbers")
"""Workbooks of other kinds."""

KEYS = ("rating", *TEXTS, "ideas", "groups", "evidence", "target", "value")


About = Mapping[str, str]
"""The charter, charter_version and cycle that the answers are for: a file that names others was meant for elsewhere."""


def demand_ending(name: str) -> None:
    """Raises Refused for a file that no answers are read from, by its name."""
    ending = Path(name).suffix.lower()
    if ending not in READERS:
        known = alternatives(sorted([*READERS, FORM]))
        raise Refused("another-workbook" if ending in _WORKBOOKS else "no-answers-format", name=name, known=known)


def answers_of(name: str, data: bytes, about: About = MappingProxyType({})) -> list[Answer]:
    """The answers of a file's bytes. Raises CharterkitError with every complaint and its place."""
    demand_ending(name)
    answers, complaints = READERS[Path(name).suffix.lower()](name, data, about)
    if complaints:
        raise Refused("bad-answers", complaints="\n".join(complaints))
    if not answers:
        raise Refused("no-answers", name=name, columns=columns.COLUMNS)
    return answers


def plain_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """A file's bytes; of one larger than the most, one more than that. Raises CharterkitError where there are none."""
    with plain_file(path) as file:
        try:
            return file.read(most + 1)
        except OSError as error:
            raise Missing("not-read", path=path, reason=error.strerror) from None


def plain_file(path: Path) -> BinaryIO:
    """A file opened to be read. Raises CharterkitError where there is none, and for a pipe, a folder or a device."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if stat.S_ISREG(os.fstat(handle).st_mode):  # a pipe without a writer would hold us up otherwise
            return os.fdopen(handle, "rb")
        os.close(handle)
    except (OSError, ValueError) as error:
        raise Missing("not-read", path=path, reason=getattr(error, "strerror", None) or error) from None
    raise Refused("no-plain-file", path=path)


Read = tuple[list[Answer], list[str]]


def from_yaml(name: str, data: bytes, about: About = MappingProxyType({})) -> Read:
    """The form of an evaluation's `ratings`, with or without that key; an entry may be a level alone.

    Nothing else of an evaluation is taken in, so any other key beside `ratings` is complained about, but for what
    says truly which charter and cycle the answers are for.
    """
    parsed = parse(data)
    if parsed.problems:
        return [], [
            f"{name}, line {problem.line}, column {problem.column}: {problem.message}. {problem.help}"
            for problem in parsed.problems
        ]
    tree = without_own_keys(parsed.tree)
    base: TreePath = ()
    beside: dict[str, Any] = {}
    if isinstance(tree, dict) and isinstance(tree.get("ratings"), dict):
        beside = {key: value for key, value in tree.items() if key != "ratings"}
        tree, base = tree["ratings"], ("ratings",)
    if not isinstance(tree, dict):
        return [], [f"{name}, line 1: write one line an aspect, such as 'gate-greeting: amber'."]
    found = marks(decode(data)[0])
    said_beside = ((key, _beside(key, value, about)) for key, value in beside.items())
    complaints = [f"{_where(name, found.get((key,)))}: {said}" for key, said in said_beside if said]
    answers = []
    for aspect, entry in tree.items():
        where = _where(name, found.get((*base, aspect)))
        answer = _yaml_answer(aspect, entry, where)
        if isinstance(answer, str):
            complaints.append(f"{where}: {shown(aspect)}: {answer}")
        else:
            answers.append(answer)
    return answers, complaints


def _beside(key: str, value: Any, about: About) -> str:  # noqa: ANN401 - whatever the file holds
    """What is wrong with a key that stands beside `ratings`; empty when nothing is."""
    if key not in _ABOUT:
        return (
            f"'{shown(key)}' is not taken in, only ratings are: take it out, or write it in the evaluation's own file"
        )
    meant = about.get(key, value)
    return "" if value == meant else f"these answers are for {_ABOUT[key]} {shown(value)}, not {shown(meant)}"


_ABOUT = {"charter": "the charter", "charter_version": "version", "cycle": "the cycle"}


class _Evidence(Model):
    """What an answer says of evidence, read by itself: an evaluation would name the aspect before each mistake."""

    evidence: tuple[Evidence, ...] = ()


def _evidence_refused(entry: dict[str, Any]) -> str:
    """What the model says about an aspect's evidence that it would refuse; empty when it takes it."""
    if "evidence" not in entry:
        return ""
    problems = load(_Evidence, document({"evidence": entry["evidence"]}).encode()).problems
    return f"{problems[0].message}. {problems[0].help}".strip() if problems else ""


def _dated(evidence: dict[str, Any]) -> dict[str, Any]:
    """A piece of evidence to be written: a date is written as one, not as a text in quotes."""
    return {**evidence, "date": PartialDate.parse(evidence["date"])} if "date" in evidence else evidence


_SHAPES: dict[str, Any] = {"groups": dict, "ideas": str | list, "evidence": list, "target": str | dict}
"""What a key of an answer holds, where that is not text."""


def _where(name: str, mark: Mark | None) -> str:
    place = mark.key or mark if mark else None
    return f"{name}, line {place.line}, column {place.column}" if place else name


def _yaml_answer(aspect: str, entry: Any, where: str) -> Answer | str:  # noqa: ANN401 - whatever the file holds
    """An aspect's entry as an answer, or what is wrong with it."""
    if isinstance(entry, str):
        return Answer(aspect, where, rating=entry)
    wrong = _wrong_shape(entry)
    if wrong:
        return wrong
    texts = {key: entry[key] for key in TEXTS if key in entry}
    evidence = tuple(_dated(seen) for seen in entry.get("evidence", ()))
    made = Answer(aspect, where, entry.get("rating"), texts, _ideas(entry), entry.get("groups", {}), evidence)
    try:
        return replace(made, **yaml_aims(entry))
    except BadValue as bad:
        return f"{bad.message}. {bad.remedy}"


def _wrong_shape(entry: Any) -> str:  # noqa: ANN401 - whatever the file holds
    """What is wrong with an entry that is no lone level; empty when nothing is."""
    if not isinstance(entry, dict):
        return "write a level, or keys such as 'rating: amber'"
    refused = _evidence_refused(entry)
    if refused:
        return refused
    for key, value in entry.items():
        if key not in KEYS:
            guess = nearest(key, KEYS)
            return f"'{shown(key)}' is not a key of an answer" + (f": did you mean '{guess}'?" if guess else "")
        if not isinstance(value, _SHAPES.get(key, str)):
            return f"'{key}' holds something else than text"
    target = entry.get("target")
    if isinstance(target, dict) and not ("level" in target and {*target} <= {"level", "by"} and _all_text(target)):
        return "a target holds 'level' and, where there is a date, 'by'"
    is_text = all(isinstance(text, str) for text in (*_ideas(entry), *entry.get("groups", {}).values()))
    return "" if is_text else "ideas and groups hold text only"


def _all_text(entry: Mapping[str, Any]) -> bool:
    return all(isinstance(text, str) for text in entry.values())


def _ideas(entry: dict[str, Any]) -> tuple[Any, ...]:
    ideas = entry.get("ideas", [])
    return (ideas,) if isinstance(ideas, str) else tuple(ideas)


def from_csv(name: str, data: bytes) -> Read:
    """A table with a heading line; with commas, semicolons or tabs; in UTF-8, or Windows-1252 as Excel writes it."""
    text, complaint = table_text(data)
    if complaint:
        return [], [f"{name}, {complaint}"]
    lines = text.split("\n")
    heading = next((line for line in lines if line.strip(" \t\r,;")), "")
    separator = max(",;\t", key=heading.count)
    csv.field_size_limit(MAX_BYTES)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    read = _Table(name, separator)
    start = 1
    try:
        for cells in rows:
            read.row(cells, start)
            start = rows.line_num + 1
    except csv.Error as error:
        said = (
            "quotes are opened here and never closed"
            if "end of data" in str(error)
            else f"this is not a table: {error}"
        )
        read.complaints.append(f"{name}, line {start}: {said}.")
    return read.answers, read.complaints


def table_text(data: bytes, most: int = MAX_BYTES) -> tuple[str, str]:
    """A table's text; or a complaint, its place first."""
    if len(data) > most:
        return "", f"line 1: the file is larger than {most // 1024 // 1024} MiB, which is the most."
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", "line 1: the file is saved as UTF-16: save it as 'CSV UTF-8'."
    if 0 in data:
        return "", f"line {data.count(10, 0, data.index(0)) + 1}: a NUL character stands here: save the table as CSV."
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), ""
    except UnicodeDecodeError as bad:
        line = data.count(10, 0, bad.start) + 1
        return "", f"line {line}: the letters are neither UTF-8 nor Windows-1252: save it as 'CSV UTF-8'."


class _Table:
    """The rows of a table, read one after another; the first one names the columns."""

    def __init__(self, name: str, separator: str) -> None:
        self.name = name
        self.separator = {",": "commas", ";": "semicolons", "\t": "tabs"}[separator]
        self.columns: list[str] | None = None
        self.is_usable = True
        self.number = 0
        """Of the row, as a spreadsheet counts them."""
        self.answers: list[Answer] = []
        self.complaints: list[str] = []

    def row(self, cells: list[str], line: int) -> None:
        """One more row; an empty one says nothing."""
        self.number += 1
        if not any(cell.strip() for cell in cells):
            return
        where = f"{self.name}, line {line}"
        if self.columns is None:
            self.columns = [columns.meant(cell) for cell in cells]
            wrong = columns.complaint(self.columns)
            if wrong:
                self.complain(line, wrong[0], f"{wrong[1]}: the columns are {', '.join(columns.COLUMNS)}")
            self.is_usable = not wrong
        elif self.is_usable:
            beyond = [place for place, cell in enumerate(cells) if cell.strip() and not self.named(place)]
            row = {column: cell for column, cell in zip(self.columns, cells, strict=False) if column}
            if beyond:
                said = f"'{shown(cells[beyond[0]])}' stands under no column: put text with {self.separator} in quotes"
                self.complain(line, beyond[0], said)
            elif not columns.aspect_in(row)[0]:
                self.complaints.append(f"{where}: no aspect is named in this row.")
            else:
                places = {column: f"{where}, cell {self.cell(at)}" for at, column in enumerate(self.columns) if column}
                try:
                    self.answers.append(answer_of(row, where, places))
                except MisreadCell as bad:
                    self.complaints.append(f"{places[bad.column]}: {bad.why}")

    def named(self, place: int) -> str:
        """The column that a cell stands in; empty beyond the last one."""
        return self.columns[place] if self.columns and place < len(self.columns) else ""

    def cell(self, place: int) -> str:
        """A cell of this row, as a spreadsheet calls it."""
        return f"{letters(place)}{self.number}"

    def complain(self, line: int, place: int, said: str) -> None:
        """One more thing to mend, in one cell."""
        self.complaints.append(f"{self.name}, line {line}, cell {self.cell(place)}: {said}.")


def answer_of(row: Mapping[str, str], where: str, places: Mapping[str, str]) -> Answer:
    """A row of a table by its columns' names; `places` names the cell of each."""
    cells = {column: cell.replace("\r\n", "\n") for column, cell in row.items()}
    aspect, column = columns.aspect_in(cells)
    texts = {key: cells[key] for key in TEXTS if cells.get(key, "").strip()}
    evidence = tuple(_seen(line) for line in _lines(cells.get("evidence", "")))
    rating = cells.get("rating", "").strip() or None
    found = {**places, "aspect": places.get(column, where)}
    made = Answer(aspect, where, rating, texts, tuple(_lines(cells.get("idea", ""))), {}, evidence, places=found)
    return replace(made, **aims_of(cells))


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.split("\n") if line.strip()]


def _seen(line: str) -> dict[str, str]:
    """A line about evidence: an address is a link, anything else what can be seen on paper."""
    is_address = line.startswith(("https://", "http://")) and " " not in line
    return {"kind": "link", "url": line} if is_address else {"kind": "document", "note": line}


READERS: dict[str, Callable[[str, bytes, About], Read]] = {
    ".yaml": from_yaml,
    ".yml": from_yaml,
    ".csv": lambda name, data, _about: from_csv(name, data),
}


def from_options(
    ratings: Sequence[str],
    notes: Sequence[str],
    reasons: Sequence[str] = (),
    targets: Sequence[str] = (),
    values: Sequence[str] = (),
) -> list[Answer]:
    """`--set ASPECT=LEVEL`, `--note` and `--reason ASPECT=TEXT`, `--target ASPECT=LEVEL@DATE`, `--value ASPECT=NUMBER`.

    With nothing behind the equals sign, what stands there is cleared. Raises CharterkitError for one without an equals
    sign, for a reason that is empty, and for a date or a number that is none.
    """
    given = {"--set": ratings, "--note": notes, "--reason": reasons, "--target": targets, "--value": values}
    return [_option(option, said) for option, every in given.items() for said in every]


_FORMS: dict[str, tuple[str, str]] = {
    "--set": ("rating", "ASPECT=LEVEL"),
    "--note": ("note", "ASPECT=TEXT"),
    "--reason": ("reason", "ASPECT=TEXT"),
    "--target": ("target", "ASPECT=LEVEL or ASPECT=LEVEL@DATE"),
    "--value": ("value", "ASPECT=NUMBER, such as 62% or '14 families'"),
}
"""The key of a rating that each option is about, and how it is written."""


def _option(option: str, value: str) -> Answer:
    key, form = _FORMS[option]
    aspect, equals, said = value.partition("=")
    if not equals or not aspect.strip() or (key == "reason" and not said.strip()):
        raise Refused("bad-answer", option=option, value=value, form=form, meant=_with_equals(value, form))
    where = f"{option} {value if option == '--set' else aspect}"
    blank = Answer(aspect.strip(), where)
    if not said.strip():
        return replace(blank, cleared=(key,))
    try:
        return replace(blank, **{key: _READ[key](said)} if key in _READ else {"texts": {key: said}})
    except BadValue as bad:
        raise Refused("bad-option", option=where, why=bad.message, remedy=bad.remedy, text=said, meant="") from None


def _with_equals(value: str, form: str) -> str:
    """What was probably meant: "gate=green" by "gate green"; else with the word of the form that is to come."""
    aspect, mark, said = re.sub(r"[:=]", " ", value, count=1).partition(" ")
    wanted = re.split(r"[, ]", form.partition("=")[2])[0]
    return f"{aspect or 'ASPECT'}={said.strip() if mark and aspect else wanted}"


_READ: dict[str, Callable[[str], Any]] = {"rating": str, "target": read_aim, "value": Value.parse}
