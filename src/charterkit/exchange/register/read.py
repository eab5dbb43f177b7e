"""A register's file read into a plan: which sheets count, what their rows say, and the files they come to."""

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from itertools import islice
from pathlib import Path

from charterkit.errors import Refused
from charterkit.exchange.answers import plain_bytes
from charterkit.exchange.grid import KNOWN, Grid, large_grids
from charterkit.exchange.register.columns import Table, find_table
from charterkit.exchange.register.plan import Planner, RegisterPlan, RowPlan, plain_title
from charterkit.exchange.register.rows import RegisterRows, read_rows
from charterkit.exchange.register.words import ARCHIVED, words_in
from charterkit.exchange.workbook.limits import REGISTER
from charterkit.files.collector import uncollected
from charterkit.files.load import load
from charterkit.files.schema_line import schema_line
from charterkit.files.together import NewFile, Rewrite
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.edit import edited
from charterkit.files.yaml.emit import document
from charterkit.files.yaml.reader import BYTE_ORDER_MARK
from charterkit.model.policy import Policy
from charterkit.records import dataclass

MOST_BYTES = 16 * 1024 * 1024
"""Of a register; fifty thousand policies with their notes have half of it."""


@dataclass(frozen=True)
class RegisterWishes:
    """What was said on the command line: columns as `COLUMN=WORD`, sheets by name, and whether archived ones count."""

    columns: Sequence[str] = ()
    sheets: Sequence[str] = ()
    archived: bool = False


@dataclass
class RegisterRead:
    """The sheets that are read, those that are not and why, and the plan of all rows."""

    sheets: list[RegisterRows]
    left: list[tuple[str, str]] = field(default_factory=list)
    plan: RegisterPlan = field(default_factory=RegisterPlan)

    @property
    def rows(self) -> list[RowPlan]:
        """In the order of the sheet."""
        return self.plan.rows


@uncollected
def read_register(
    path: Path, wishes: RegisterWishes, workspace: Workspace, today: date, slug: str | None = None
) -> RegisterRead:
    """What a file's rows come to. `slug` is the one organisation that is asked for.

    Raises CharterkitError for a file or an option that cannot be read, and where no sheet has a column of titles.
    """
    if path.suffix.lower() not in KNOWN:
        raise Refused("no-table-format", name=path.name, known=KNOWN)
    data = plain_bytes(path, MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise Refused("register-too-large", name=path.name, most=MOST_BYTES // 1024 // 1024)
    return _read(path.name, large_grids(path.name, data, MOST_BYTES, REGISTER), wishes, workspace, today, slug)


def _read(  # noqa: PLR0917 - what is read, how, and for whom
    name: str, grids: Sequence[Grid], wishes: RegisterWishes, workspace: Workspace, today: date, slug: str | None
) -> RegisterRead:
    tables, left = _tables(name, grids, wishes, today)
    made = RegisterRead([read_rows(table, today, archived=_is_archive(table.grid)) for table in tables], left)
    planner = Planner(workspace, today, slug, wishes.archived or _asks_for_archive(wishes))
    made.plan = planner.made(row for sheet in made.sheets for row in sheet.rows)
    return made


def _is_archive(grid: Grid) -> bool:
    words = words_in(grid.name)
    return any(f" {word} " in f" {words} " for word in ARCHIVED)


def _asks_for_archive(wishes: RegisterWishes) -> bool:
    """Whoever names the sheet of the archived ones asks for them."""
    return any(f" {word} " in f" {words_in(sheet)} " for sheet in wishes.sheets for word in ARCHIVED)


def _tables(
    name: str, grids: Sequence[Grid], wishes: RegisterWishes, today: date
) -> tuple[list[Table], list[tuple[str, str]]]:
    """The sheets that are a register, and those that are left out, each with why."""
    wanted = {words_in(sheet) for sheet in wishes.sheets}
    unknown = wanted - {words_in(grid.name) for grid in grids}
    if unknown:
        said = next(sheet for sheet in wishes.sheets if words_in(sheet) in unknown)
        raise Refused("no-such-sheet", name=name, sheet=said, known=[grid.name for grid in grids])
    found: list[Table] = []
    left: list[tuple[str, str]] = []
    faults: list[Refused] = []
    for grid in grids:
        if wanted and words_in(grid.name) not in wanted:
            continue
        if grid.is_hidden and not wanted:
            left.append((grid.name, "it is hidden"))
            continue
        try:
            table = find_table(grid, wishes.columns, today)
        except Refused as refused:
            faults.append(refused)
            continue
        if table is None:
            left.append((grid.name, "no row of it names the columns of a register"))
        else:
            found.append(table)
    if not found:
        raise faults[0] if faults else Refused("no-register", name=name)
    kept = found if wanted else _chosen(found, left)
    return kept, left


def _chosen(found: Sequence[Table], left: list[tuple[str, str]]) -> list[Table]:
    """The sheet with most columns and rows; beside it those of archived policies, and those that go on with it."""
    live = [table for table in found if not _is_archive(table.grid)] or list(found)
    best = max(live, key=lambda table: (table.known, len(table.grid.rows)))
    titles, kept = _titles(best) if len(found) > 1 else set(), []
    for table in found:
        if table is best or _is_archive(table.grid):
            kept.append(table)
            continue
        own = _titles(table)
        if set(table.fields) == set(best.fields) and not own & titles:
            kept.append(table)
            titles |= own
        else:
            left.append((table.grid.name, "another sheet is the register: to take this one, add --sheet with its name"))
    return kept


def _titles(table: Table) -> set[str]:
    at = table.fields["title"].at
    return {plain_title(table.grid.text(row, at)) for row in table.rows}


TRIED = 100
"""Files that a trial run makes, to see whether they are sound; of more, what is written is looked at before it is."""


def files_of(plan: RegisterPlan, workspace: Workspace, most: int | None = None) -> list[Rewrite | NewFile]:
    """The files as they are to be, the first `most`. Raises CharterkitError for one that `check` would not pass."""
    made: list[Rewrite | NewFile] = []
    for row in islice((row for row in plan.rows if row.becomes == "made" or row.changes), most):
        if row.facts is not None:
            head = schema_line(workspace.root, row.path, "policy")
            made.append(
                NewFile(row.path, (head + document(row.facts)).encode(), f"{row.title}, taken in from a register")
            )
            _demand_sound(row, made[-1].after, 0)
        elif row.changes and row.known:
            before = row.known.document.data
            mark = BYTE_ORDER_MARK if before.startswith(BYTE_ORDER_MARK) else b""
            after = mark + edited(before[len(mark) :].decode(), row.changes).encode()
            made.append(Rewrite(row.path, before, after, f"{row.title}, changed from a register"))
            _demand_sound(row, after, len(row.known.document.loaded.problems))
    return made


def _demand_sound(row: RowPlan, data: bytes, had: int) -> None:
    problems = load(Policy, data).problems
    if len(problems) > had:
        raise Refused("register-unfit", where=row.row.where("title", sheet=True), why=problems[-1].message)
