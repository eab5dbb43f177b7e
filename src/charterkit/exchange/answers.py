"""Answers about aspects from a file: YAML in the form of an evaluation, or CSV from a spreadsheet."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from charterkit.errors import CharterkitError
from charterkit.files.marks import Mark, marks
from charterkit.files.yaml_text import MAX_BYTES, decode, parse
from charterkit.findings import TreePath, alternatives
from charterkit.insight.answers import TEXTS, Answer
from charterkit.model.base import nearest

COLUMNS = ("aspect", "rating", *TEXTS, "idea")
"""The columns a CSV file may have; `idea` may hold several, each on a line of its own in the cell."""

KEYS = ("rating", *TEXTS, "ideas", "groups")


def read_answers(path: Path) -> list[Answer]:
    """Read an answers file by its ending. Raises CharterkitError with every complaint and its place."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise CharterkitError(f"{path.name}: answers are read from {alternatives(sorted(READERS))} files.", "")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CharterkitError(f"{path} cannot be read: {error.strerror}.", "Check the name.") from None
    answers, complaints = reader(path.name, data)
    if complaints:
        raise CharterkitError("\n".join(complaints), "Nothing was changed.")
    if not answers:
        raise CharterkitError(f"{path.name} holds no answers.", f"Give the columns {', '.join(COLUMNS)}.")
    return answers


Read = tuple[list[Answer], list[str]]


def from_yaml(name: str, data: bytes) -> Read:
    """The form of an evaluation's `ratings`, with or without that key; an entry may be a level alone."""
    parsed = parse(data)
    if parsed.problems:
        return [], [
            f"{name}, line {one.line}, column {one.column}: {one.message}. {one.help}" for one in parsed.problems
        ]
    tree = parsed.tree
    base: TreePath = ()
    if isinstance(tree, dict) and isinstance(tree.get("ratings"), dict):
        tree, base = tree["ratings"], ("ratings",)
    if not isinstance(tree, dict):
        return [], [f"{name}, line 1: write one line an aspect, such as 'gate-greeting: amber'."]
    found = marks(decode(data)[0])
    answers, complaints = [], []
    for aspect, entry in tree.items():
        where = _where(name, found.get((*base, aspect)))
        answer = _yaml_answer(aspect, entry, where)
        if isinstance(answer, str):
            complaints.append(f"{where}: {aspect}: {answer}")
        else:
            answers.append(answer)
    return answers, complaints


def _where(name: str, mark: Mark | None) -> str:
    place = mark.key or mark if mark else None
    return f"{name}, line {place.line}, column {place.column}" if place else name


def _yaml_answer(aspect: str, entry: Any, where: str) -> Answer | str:  # noqa: ANN401 - whatever the file holds
    if isinstance(entry, str):
        return Answer(aspect, where, rating=entry)
    if not isinstance(entry, dict):
        return "write a level, or keys such as 'rating: amber'"
    for key, value in entry.items():
        if key not in KEYS:
            guess = nearest(key, KEYS)
            return f"'{key}' is not a key of an answer" + (f": did you mean '{guess}'?" if guess else "")
        fits = isinstance(value, dict) if key == "groups" else isinstance(value, str) or key == "ideas"
        if not fits:
            return f"'{key}' holds something else than text"
    ideas = entry.get("ideas", [])
    ideas = [ideas] if isinstance(ideas, str) else ideas
    texts = {key: entry[key] for key in TEXTS if key in entry}
    groups = entry.get("groups", {})
    if not all(isinstance(text, str) for text in (*ideas, *groups.values())):
        return "ideas and groups hold text only"
    return Answer(aspect, where, entry.get("rating"), texts, tuple(ideas), groups)


def from_csv(name: str, data: bytes) -> Read:
    """A table with a heading line; with commas, semicolons or tabs; in UTF-8, or Windows-1252 as Excel writes it."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    heading = text.partition("\n")[0]
    separator = max(",;\t", key=heading.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return _rows(name, rows)
    except csv.Error as error:
        return [], [f"{name}, line {rows.line_num}: this is not a table: {error}."]


def _rows(name: str, rows: Any) -> Read:  # noqa: ANN401 - csv's reader
    columns = [cell.strip().lower() for cell in next(rows, [])]
    unknown = [column for column in columns if column and column not in (*COLUMNS, "ideas")]
    if "aspect" not in columns or unknown:
        said = f"'{unknown[0]}' is not a column of answers" if unknown else "there is no column 'aspect'"
        return [], [f"{name}, line 1: {said}: the columns are {', '.join(COLUMNS)}."]
    answers, complaints = [], []
    line = rows.line_num
    for cells in rows:
        start, line = line + 1, rows.line_num
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{name}, line {start}"
        if len(cells) > len(columns):
            complaints.append(
                f"{where}: {len(cells)} cells under {len(columns)} columns: put text with commas in quotes."
            )
            continue
        row = dict(zip(columns, cells, strict=False))
        answers.append(_csv_answer(row, where))
    return answers, complaints


def _csv_answer(row: dict[str, str], where: str) -> Answer:
    ideas = [line.strip() for line in (row.get("idea") or row.get("ideas") or "").splitlines()]
    texts = {key: row[key] for key in TEXTS if row.get(key, "").strip()}
    return Answer(
        row["aspect"].strip(), where, row.get("rating", "").strip() or None, texts, tuple(filter(None, ideas))
    )


READERS: dict[str, Callable[[str, bytes], Read]] = {".yaml": from_yaml, ".yml": from_yaml, ".csv": from_csv}


def from_options(ratings: Sequence[str], notes: Sequence[str]) -> list[Answer]:
    """`--set ASPECT=LEVEL` and `--note ASPECT=TEXT`. Raises CharterkitError for one without an equals sign."""
    answers = []
    for option, values in (("--set", ratings), ("--note", notes)):
        for value in values:
            aspect, equals, said = value.partition("=")
            if not equals or not aspect.strip():
                form = "ASPECT=LEVEL" if option == "--set" else "ASPECT=TEXT"
                raise CharterkitError(f"{option} {value}: write {option} {form}.", "Nothing was changed.")
            where = f"{option} {value if option == '--set' else aspect}"
            if option == "--set":
                answers.append(Answer(aspect.strip(), where, rating=said))
            else:
                answers.append(Answer(aspect.strip(), where, texts={"note": said}))
    return answers
