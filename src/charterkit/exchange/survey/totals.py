"""The totals of an export's questions, and of its groups; and what has to be said of its rows."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from charterkit.exchange.survey.classify import texts
from charterkit.exchange.survey.draft import AskedColumn, SurveyDraft
from charterkit.exchange.survey.table import ExportTable
from charterkit.exchange.survey.words import FAMILIES, NO_ANSWER, answer_id, family_of, personal_content
from charterkit.insight.surveys.suppression import withheld
from charterkit.text.english import figures, joined_some

_WHO = ("email", "email-address", "e-mail", "your-email", "respondent-id", "user-name", "username")
"""Headings of what is one person's alone."""
_MOST_NAMED = 5
_DAY = re.compile(r"([0-9]{4})[/-]([0-9]{1,2})[/-][0-9]{1,2}")


def count(
    table: ExportTable, draft: SurveyDraft, rows: Sequence[int], groups: Mapping[str, str], smallest: int
) -> None:
    """Count what the rows answered to each question, in all and by group."""
    column_of_groups = next((column for column in draft.columns if column.use == "group"), None)
    answered: set[int] = set()
    for column in draft.questions:
        odd: list[str] = []
        unknown = _stray(table, column)
        by_group: dict[str, Counter[str]] = {}
        for row in rows:
            text = table.grid.text(row, column.at)
            answer = answer_id(text)
            if answer in NO_ANSWER and (row, column.at) not in table.grid.odd:
                continue
            if (row, column.at) in table.grid.odd or not answer or answer in unknown:
                odd.append(table.grid.where(row, column.at))
                continue
            answered.add(row)
            column.counts[answer] += 1
            column.words.setdefault(answer, text)
            group = groups.get(answer_id(table.grid.text(row, column_of_groups.at))) if column_of_groups else None
            if group:
                by_group.setdefault(group, Counter())[answer] += 1
        column.counts = _in_order(column.counts)
        column.agreeing = column.agreeing or _agreeing(column.counts)
        _by_group(column, by_group, groups if column_of_groups else {}, smallest)
        if odd:
            many = figures(len(odd), "cell")
            column.notes.append(f"{many} hold no answer of this question, and are not counted: {joined_some(odd)}")
    draft.responses = len(answered)


def _by_group(column: AskedColumn, found: Mapping[str, Counter[str]], groups: Mapping[str, str], smallest: int) -> None:
    known = dict.fromkeys(group for group in groups.values() if group in found)
    column.groups = {group: Counter({answer: found[group][answer] for answer in column.counts}) for group in known}
    counts = {group: each.total() for group, each in column.groups.items()}
    column.withheld = withheld(counts, column.answers, smallest)


def _stray(table: ExportTable, column: AskedColumn) -> set[str]:
    """Answers that do not belong to the family of nearly all others, each given by few: no answer that was offered."""
    if column.agreeing:
        return set()
    ids = Counter(answer_id(text) for text in texts(table, column.at))
    for empty in NO_ANSWER:
        ids.pop(empty, None)
    few = {answer for answer, many in ids.items() if many < _FEW * ids.total()}
    family = family_of(set(ids) - few)
    return {answer for answer in few if answer not in {*family[0], *family[1]}} if family else set()


_FEW = 0.1


def _in_order(counts: Counter[str]) -> Counter[str]:
    """As its family has them; numbers by size; else as they came."""
    family = family_of(set(counts))
    if family:
        place = {answer: at for at, answer in enumerate([*family[0], *family[1]])} | {"dont-know": _LAST - 1}
        return Counter({answer: counts[answer] for answer in sorted(counts, key=lambda each: place.get(each, _LAST))})
    if all(answer.isdigit() for answer in counts):
        return Counter({answer: counts[answer] for answer in sorted(counts, key=int)})
    return counts


_LAST = 99


def _agreeing(counts: Collection[str]) -> tuple[str, ...]:
    family = family_of(set(counts))
    return tuple(answer for answer in counts if family and answer in family[0])


def once_each(table: ExportTable, draft: SurveyDraft, *, latest_only: bool) -> list[int]:
    """The rows to be counted: all, or of each person the last. That somebody answered twice is said either way."""
    column = next((each for each in draft.columns if answer_id(each.heading) in _WHO), None)
    by_person: dict[str, list[int]] = {}
    for row in table.rows if column else ():
        said = table.grid.text(row, column.at).casefold() if column else ""
        if said and said != "anonymous":
            by_person.setdefault(said, []).append(row)
    twice = [rows for rows in by_person.values() if len(rows) > 1]
    if not twice or column is None:
        return table.rows
    places = "; ".join(" and ".join(_line(table, row) for row in rows[:3]) for rows in twice[:_MOST_NAMED])
    more = f"; and {len(twice) - _MOST_NAMED:,} more" if len(twice) > _MOST_NAMED else ""
    who = f"{figures(len(twice), 'person', 'people')} answered more than once, by “{column.heading}” ({places}{more})"
    if latest_only:
        draft.notes.append(f"{who}: the last answer of each is counted.")
        gone = {row for rows in twice for row in rows[:-1]}
        return [row for row in table.rows if row not in gone]
    draft.notes.append(f"{who}: all their answers are counted; add --latest-only to count the last of each.")
    return table.rows


def _line(table: ExportTable, row: int) -> str:
    return table.grid.where(row, 0).rpartition(", cell")[0].rpartition(", ")[2] or f"row {row + 1}"


def say_of_rows(table: ExportTable, draft: SurveyDraft) -> None:
    """Rows that are longer than the headings cannot be read; shorter ones can, and are said."""
    width = max(table.headings) + 1
    beyond = [row for row in table.rows if any(cell.strip() for cell in table.grid.rows[row][width:])]
    for row in beyond[:_MOST_NAMED]:
        where = table.grid.where(row, width)
        draft.complaints.append(f"{where}: this stands under no heading: put texts with commas in quotes.")
    if len(beyond) > _MOST_NAMED:
        draft.complaints.append(f"And {len(beyond) - _MOST_NAMED:,} more rows.")
    short = sum(len(table.grid.rows[row]) < width for row in table.rows)
    if short and not table.grid.name:
        are = figures(short, "row is", "rows are")
        draft.notes.append(f"{are} shorter than the headings: what is not there counts as not answered.")


def say_of_formulas(table: ExportTable, draft: SurveyDraft) -> None:
    """Nothing is ever worked out."""
    found = [(row, at) for row, at in table.grid.formulas if row in set(table.rows)]
    if found:
        are = figures(len(found), "cell is a formula", "cells are formulas")
        draft.notes.append(f"{are}: what they came to when the workbook was saved is taken.")


def month(table: ExportTable) -> str:
    """The month in which most answered, as 2025-10; empty where the time stamps do not tell it beyond doubt."""
    found: Counter[str] = Counter()
    stamps = [at for at, head in table.headings.items() if answer_id(head) in _STAMPS]
    for row in table.rows if stamps else ():
        at = (row, stamps[-1])
        told = _DAY.match(table.grid.dates.get(at, "") or table.grid.text(*at))
        if told:
            found[f"{told[1]}-{int(told[2]):02}"] += 1
    return found.most_common(1)[0][0] if found else ""


_STAMPS = ("timestamp", "time-stamp", "start-time", "completion-time", "start-date", "end-date", "submitted-at")


def quotes(table: ExportTable, columns: Sequence[AskedColumn]) -> list[tuple[str, str]]:
    """Every line of the columns of free text that were asked for, with its place: of an answer of several lines each
    by itself. One with an address or a number that leads to a person has none of its words.
    """
    return [
        (table.grid.where(row, column.at), line)
        for column in columns
        for row in table.rows
        for line in _free_lines(table.grid.text(row, column.at))
    ]


def _free_lines(answer: str) -> list[str]:
    """The lines of an answer; where a number that leads to a person is broken over several, none has its words."""
    lines = [line for each in answer.splitlines() if (line := " ".join(each.split()))]
    kept = ["" if personal_content(line) else line for line in lines]
    is_broken = personal_content(" ".join(filter(None, kept)))
    return [""] * len(lines) if is_broken else kept


def of_totals(table: ExportTable, draft: SurveyDraft) -> None:
    """The questions of a table of totals: a row each, an answer a column."""
    answers = {at: answer_id(head) for at, head in table.headings.items() if at and _is_answer(answer_id(head))}
    how_many = next((at for at, head in table.headings.items() if at and _RESPONSES.search(head)), None)
    rows = {row: [table.grid.text(row, at) for at in answers] for row in table.rows if table.grid.text(row, 0)}
    numbers = {row: [_number(text) for text in cells] for row, cells in rows.items()}
    numbers = {row: found for row, found in numbers.items() if any(number is not None for number in found)}
    percent = any(text.endswith("%") for cells in rows.values() for text in cells) or all(
        abs(sum(number or 0 for number in found) - 100) <= len(found) for found in numbers.values()
    )
    for row, found in numbers.items():
        column = AskedColumn(row, f"row {row + 1}", table.grid.text(row, 0), "question", "a row of totals")
        ids = list(answers.values())
        bad = [text for text, number in zip(rows[row], found, strict=True) if number is None and text not in _NONE]
        if bad:
            draft.complaints.append(f"{table.grid.where(row, 0)}: '{bad[0][:40]}' is no number.")
        if percent:
            column.shares = {
                name: f"{number:g}%" for name, number in zip(ids, found, strict=True) if number is not None
            }
        column.counts = Counter({name: round(number or 0) for name, number in zip(ids, found, strict=True)})
        column.agreeing = _agreeing(ids)
        said = _number(table.grid.text(row, how_many)) if how_many is not None else None
        column.responses = int(said) if percent and said is not None else None
        draft.columns.append(column)
    draft.responses = _responses_above(table) or max((each.responses or 0 for each in draft.columns), default=0) or None
    for column in draft.columns:
        if column.responses == draft.responses:
            column.responses = None


_RESPONSES = re.compile(r"\b(responses?|respondents|answered|total)\b", re.IGNORECASE)
_NONE = ("", "-", "–", "*")


def _is_answer(answer: str) -> bool:
    return any(answer in {*family[0], *family[1]} for family in FAMILIES)


def _number(text: str) -> float | None:
    found = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,6})?) ?%?", text.replace(",", ""))
    return float(found[1]) if found else None


def _responses_above(table: ExportTable) -> int | None:
    """What a line above the table says of how many answered."""
    for row in range(table.top):
        cells = [cell.strip() for cell in table.grid.rows[row] if cell.strip()]
        line = " ".join(cells)
        found = re.search(r"[0-9][0-9,]*", line)
        if _RESPONSES.search(line) and found and not re.search("rate|%", line):
            return int(found[0].replace(",", ""))
    return None
