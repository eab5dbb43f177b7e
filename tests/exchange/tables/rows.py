"""The rows of every organisation, made in this process."""

from collections.abc import Iterator
from datetime import date

from charterkit.exchange.tables.export import SchoolTables, of_school
from charterkit.exchange.tables.rows import Rows, rows_of
from charterkit.files.workspace import Workspace


def each_school(workspace: Workspace, today: date, *, public: bool) -> Iterator[Rows]:
    """One after another."""
    for slug in workspace.own_slugs:
        yield rows_of(workspace.apart(), slug, today, public=public)


def each_packed(workspace: Workspace, today: date, chosen: str, *, public: bool) -> Iterator[SchoolTables]:
    """As `export` asks other processes for them, one after another."""
    for slug in workspace.own_slugs:
        yield of_school(workspace.apart(), slug, today, [chosen, "public" if public else "whole"])
