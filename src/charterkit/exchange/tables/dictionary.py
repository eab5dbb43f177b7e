"""The data dictionary: every column with its type, its meaning and whether it may be empty.

What a column means that stands in the files as it is, the models say themselves: their docstrings, as the shipped
schemas carry them. Whatever is worked out says so where the column is.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from charterkit.exchange.tables.columns import TableColumn, TidyTable, flag, public, text, whole
from charterkit.schema.shipped import shipped

PUBLIC_RULE = (
    "It holds what `charterkit site` may show to everybody, and nothing else: what schools signed; self-evaluations "
    "that are agreed and read whole, with their levels and what has moved, and no word of what leaders wrote; policies "
    "in force whose file says `visibility: public`, with what they promise families; what families said in a survey "
    "that was theirs, and what was done. No levels of groups, no evidence, actions, visits or counts of answers, no "
    "names of people but who approves such a policy, as its own page says it, and not what could not be read. A school "
    "that publishes nothing is not named. Where a table says "
    "every, it means every one of these."
)


class Described(NamedTuple):
    """A column and the table that it stands in, with its place from 1."""

    table: TidyTable
    position: int
    column: TableColumn


def described(tables: Sequence[TidyTable]) -> Iterator[Described]:
    """Every column in its order."""
    for table in tables:
        for position, column in enumerate(table.columns, 1):
            yield Described(table, position, column)


def meaning(column: TableColumn) -> str:
    """What a column means. Raises KeyError where it names a key that no model has."""
    return " ".join(part for part in (_of_key(column.field) if column.field else "", column.meaning) if part)


@cache
def _schema(kind: str) -> dict[str, Any]:
    return shipped(kind)


def _of_key(field: str) -> str:
    kind, _, name = field.partition("/")
    schema = _schema(kind)
    if "." in name:
        part, _, name = name.partition(".")
        schema = schema["definitions"][part]
    found: str = schema["properties"][name]["description"]
    return found


DICTIONARY = TidyTable(
    "dictionary",
    "What each column of each table means.",
    ("table_name", "column_name"),
    public(
        text("table_name", "table.name", "", "The table.").filled,
        text("column_name", "column.name", "", "The column.").filled,
        whole("position", "position", "", "Its place in the table, from 1.").filled,
        text("type", "column.kind.value", "", "What it holds.").filled,
        flag("is_key", lambda its: its.column.name in its.table.key, "", "Whether it is part of the key.").filled,
        flag("may_be_empty", lambda its: not its.column.is_filled, "", "Whether it may be empty.").filled,
        text("meaning", lambda its: meaning(its.column), "", "What it means.").filled,
        text("from_key", lambda its: its.column.field or None, "", "The key of the files that it is, if it is one."),
    ),
)


def dictionary_markdown(tables: Sequence[TidyTable], *, is_public: bool) -> str:
    """The dictionary for people."""
    made = [
        "# What the tables hold",
        "",
        _intro(is_public=is_public),
        "",
        "| table | a row is told by | |",
        "| --- | --- | --- |",
    ]
    made += [f"| [{table.name}](#{table.name}) | {', '.join(table.key)} | {table.about} |" for table in tables]
    for table in tables:
        made += ["", f"## {table.name}", "", table.about, *_ways(table, tables), ""]
        made += ["| column | type | may be empty | |", "| --- | --- | --- | --- |"]
        made += [_line(table, column) for column in table.columns]
    return "\n".join([*made, ""])


def _intro(*, is_public: bool) -> str:
    said = (
        "Made by `charterkit export`. Keys are the words of the files (folders, ids, cycles), so they are the same in "
        "every export for as long as the files have them. Tables are joined by columns of the same name."
    )
    hidden = "Private: it holds names, notes and small numbers. `--public` makes one that may be published."
    return f"{said}\n\n{PUBLIC_RULE if is_public else hidden}"


def _ways(table: TidyTable, tables: Sequence[TidyTable]) -> list[str]:
    names = {other.name for other in tables}
    ways = [f"{', '.join(columns)} → {name}" for columns, name in table.leads_to if name in names]
    return ["", f"Leads to: {'; '.join(ways)}."] if ways else []


def _line(table: TidyTable, column: TableColumn) -> str:
    name = f"**{column.name}**" if column.name in table.key else column.name
    empty = "" if column.is_filled else "yes"
    return f"| {name} | {column.kind.value} | {empty} | {meaning(column).replace('|', chr(92) + '|')} |"
