"""The rows of every organisation, made in this process."""

from collections.abc import Iterator
from datetime import date

from charterkit.exchange.tables.export import of_school
from charterkit.exchange.tables.rows import Rows
from charterkit.files.workspace import Workspace


def each_school(workspace: Workspace, today: date, *, public: bool) -> Iterator[Rows]:
    """As `export` asks other processes for them, one after another."""
    for slug in workspace.own_slugs:
        yield of_school(workspace.apart(), slug, today, "public" if public else "whole")
