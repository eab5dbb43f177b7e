"""What a trial run says: what each column is taken for, what becomes of each row, and what was not understood."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from charterkit.exchange.register.columns import unknown
from charterkit.exchange.register.plan import RowPlan
from charterkit.exchange.register.read import RegisterRead
from charterkit.exchange.register.rows import RegisterRows
from charterkit.files.collector import uncollected
from charterkit.text.english import figures, joined, plural
from charterkit.text.safe import shown

_MOST = 60
_ALL = 1_000
"""Rows of which each is shown; of more only the first that would be made, and all others."""
_VERBS = {"made": "make", "changed": "change", "stays": "stays", "left out": "LEAVE"}


@uncollected
def told(read: RegisterRead, *, is_many: bool) -> list[str]:
    """The lines of a trial run, one a sentence. `is_many` says whose policy each is."""
    return list(_told(read, is_many=is_many))


def _told(read: RegisterRead, *, is_many: bool) -> Iterator[str]:
    shown_sheets = [sheet for sheet in read.sheets if any(row.row.table is sheet.table for row in read.rows)]
    for sheet in shown_sheets or read.sheets[:1]:
        yield from _sheet(sheet)
    for name, why in read.left:
        yield f"Left out: the sheet “{shown(name)}”: {why}."
    yield ""
    is_alone = len(shown_sheets) < 2  # noqa: PLR2004 - of several, each row says which it is of
    shown_rows = read.rows
    if len(shown_rows) > _ALL:
        new = islice((row for row in read.rows if row.becomes == "made"), _ALL)
        shown_rows = [*(row for row in read.rows if row.becomes != "made"), *new]
    for row in shown_rows:
        yield from _row(row, is_many=is_many, is_alone=is_alone)
    if len(shown_rows) < len(read.rows):
        yield f"      and {len(read.rows) - len(shown_rows):,} more to make, of which not each is shown."
    yield from _asked(read, is_alone=is_alone)
    yield from _passed(read)
    yield ""
    yield summary(read)


def _sheet(sheet: RegisterRows) -> Iterator[str]:
    table = sheet.table
    name = f"The sheet “{shown(table.grid.name)}”" if table.grid.name else "The table"
    yield f"{name}: its headings stand in row {table.top + 1}, {figures(len(sheet.rows), 'policy', 'policies')} below."
    for column in table.columns:
        yield f"  {column.letter:>2}  {shown(column.heading or 'no heading', 32)}: {column.taken_for}"
    strange = [column.heading for column in unknown(table.columns)]
    if strange:
        yield f'To say what a column is: --map "{shown(strange[0])}=note", or another of the words of --help.'
    yield ""


def _row(row: RowPlan, *, is_many: bool, is_alone: bool) -> Iterator[str]:
    """One row's lines: a policy that is left as it is has one, whatever stands in the row."""
    number = f"{row.row.number + 1:>4}" if is_alone else f"{shown(row.row.table.grid.name, 20)} {row.row.number + 1}"
    school = f" ({row.slug})" if is_many and row.slug else ""
    name = f" as {row.id}" if row.becomes == "made" else ""
    yield f"{number}  {_VERBS[row.becomes]:<6}  {shown(row.title, _MOST)}{name}{school}"
    if row.words:
        yield f"{' ' * len(number)}          {'; '.join(shown(words, 120) for words in row.words)}"


def _asked(read: RegisterRead, *, is_alone: bool) -> Iterator[str]:
    """What was not understood, by cell; what was taken otherwise; and what has to be mended first."""
    doubtful = (row for row in read.rows if row.row.unread or row.row.puzzles)
    questions = [_in(row, said, is_alone) for row in doubtful for said in row.row.questions]
    notes = [_in(row, said, is_alone) for row in read.rows for said in row.row.notes]
    for heading, lines in (
        ("Not understood, and left out (the rest of these rows is taken in):", questions),
        ("Please look at:", notes),
        ("To be mended before anything is written:", read.plan.blocks),
    ):
        if lines:
            yield ""
            yield heading
            yield from (f"  {said}" for said in lines)


def _in(row: RowPlan, said: str, is_alone: bool) -> str:
    """A sentence that begins with a cell, with its sheet where there are several."""
    return said if is_alone else f"{shown(row.row.table.grid.name)}: {said}"


def _passed(read: RegisterRead) -> Iterator[str]:
    passed = [row for sheet in read.sheets for row in sheet.passed]
    plan = read.plan
    if passed or plan.archived or plan.elsewhere or plan.absent:
        yield ""
    for row in passed:
        yield f"Passed over: {row.where} “{row.text}”: {row.why}."
    if plan.archived:
        are = plural(plan.archived, "row is about a policy", "rows are about policies")
        yield f"Left out: {plan.archived} {are} out of use. To take them in as archived, add --archived."
    if plan.elsewhere:
        yield f"Left out: {figures(plan.elsewhere, 'row')} of other schools."
    if plan.absent:
        titles = [shown(each.title) for each in plan.absent]
        some = [*titles[:5], f"{len(titles) - 5} more"] if len(titles) > 5 else titles  # noqa: PLR2004 - a line's worth
        yield f"Here and not in the sheet, left as they are: {joined(some)}."


def summary(read: RegisterRead) -> str:
    """How many would be made, changed and left as they are."""
    count = Counter([row.becomes for row in read.rows])
    made, changed, stay, left = (count[each] for each in ("made", "changed", "stays", "left out"))
    parts = [f"{made} to make", f"{changed} to change", f"{stay} to stay as {plural(stay, 'it is', 'they are')}"]
    said = f"{figures(len(read.rows), 'policy', 'policies')}: {joined(parts)}"
    return f"{said}; {figures(left, 'row')} not taken in." if left else f"{said}."
