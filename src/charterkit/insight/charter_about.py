"""What a charter says of itself as a table: who gave it out, what it is for, what it awards, what it was read from.

A row a fact, in six columns; a person changes it in a spreadsheet, and `new charter --from` takes it back.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from charterkit.model.charter import Charter

ABOUT_SHEET = "About"
ABOUT_HEADINGS = {"what": "About", "id": "Id", "text": "Text", "more": "More", "address": "Address", "within": "Within"}
MOST_FACTS = 2_000
"""Rows that are taken in."""


class _Facts(NamedTuple):
    """How a key of the charter stands in the table: what it is called, and the key that each column holds."""

    what: str
    columns: dict[str, str]
    """By the column, the key of the entry; empty where the value is one text."""
    is_list: bool = True


_KEYS = {
    "publisher": _Facts("Publisher", {"text": "name", "address": "url"}, is_list=False),
    "purpose": _Facts("Purpose", {}, is_list=False),
    "strategic_priority": _Facts("Strategic priority", {}, is_list=False),
    "provenance": _Facts("Provenance", {}, is_list=False),
    "focus_groups": _Facts("Focus group", {"id": "id", "text": "name"}),
    "pledge": _Facts("Duty", {"id": "id", "text": "text", "more": "fulfilled_by", "within": "within"}),
    "awards": _Facts("Award", {"id": "id", "text": "label", "more": "needs"}),
    "rated": _Facts("Rated", {}, is_list=False),
    "evidence_max_age": _Facts("Evidence no older than", {}, is_list=False),
    "written_in": _Facts("Written in", {}, is_list=False),
    "references": _Facts("Reference", {"id": "id", "text": "text", "more": "page", "address": "url"}),
    "contacts": _Facts("Contact", {"text": "name", "more": "role", "address": "email"}),
}
"""By the key, in the order in which the table has them."""
_BY_NAME = {facts.what.casefold(): key for key, facts in _KEYS.items()}
WORDS = tuple(facts.what for facts in _KEYS.values())
"""What the first column may say."""


def about_rows(charter: Charter) -> list[list[str]]:
    """The headings and a row a fact; none where the charter says nothing of the kind."""
    said = charter.model_dump(mode="json", include=set(_KEYS), exclude_defaults=True)
    rows = [_row(facts, entry) for key, facts in _KEYS.items() if key in said for entry in _entries(said[key])]
    return [list(ABOUT_HEADINGS.values()), *rows] if rows else []


def _entries(value: Any) -> list[Any]:  # noqa: ANN401 - a text, a mapping or a list of them
    return list(value) if isinstance(value, list | tuple) else [value]


def _row(facts: _Facts, entry: Any) -> list[str]:  # noqa: ANN401 - as above
    held = {"text": entry} if not facts.columns else {name: entry.get(key) for name, key in facts.columns.items()}
    return [facts.what, *(str(held.get(name) or "") for name in list(ABOUT_HEADINGS)[1:])]


def is_about(heads: Sequence[str]) -> bool:
    """Whether these are the headings of such a table."""
    return [head.strip().casefold() for head in heads[:3]] == [
        ABOUT_HEADINGS[name].casefold() for name in ("what", "id", "text")
    ]


def about_facts(rows: list[list[str]]) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """The keys of the charter that rows below the headings say, and what is wrong with which row, counted from 0."""
    made: dict[str, Any] = {}
    wrong: list[tuple[int, str]] = []
    for number, row in enumerate(rows[:MOST_FACTS]):
        cells = dict(zip(ABOUT_HEADINGS, [*map(str.strip, row), *[""] * len(ABOUT_HEADINGS)], strict=False))
        if not any(cells.values()):
            continue
        key = _BY_NAME.get(cells["what"].casefold())
        if key is None:
            wrong.append((number, f"'{cells['what']}' is none of {', '.join(WORDS)}"))
            continue
        wrong += [(number, said) for said in _taken(made, key, cells)]
    if len(rows) > MOST_FACTS:
        wrong.append((MOST_FACTS, f"of this table {MOST_FACTS:,} rows are taken in at most"))
    return {key: made[key] for key in Charter.model_fields if key in made}, wrong


def _taken(made: dict[str, Any], key: str, cells: dict[str, str]) -> Iterator[str]:
    """Takes one row in; what is wrong with it comes back."""
    facts = _KEYS[key]
    columns = facts.columns or {"text": key}
    for name in [name for name in ABOUT_HEADINGS if name not in (*columns, "what") and cells[name]]:
        yield f"leave {ABOUT_HEADINGS[name]} empty here: nothing of the kind is kept under {facts.what}"
    entry = {inside: cells[name] for name, inside in columns.items() if cells[name]}
    if not entry:
        yield f"nothing is said of this {facts.what.lower()}"
    elif facts.is_list:
        made.setdefault(key, []).append(entry)
    elif key in made:
        yield f"there is another {facts.what.lower()} above"
    else:
        made[key] = entry if facts.columns else entry[key]
