"""A framework's table read row by row into the draft of a charter."""

from collections.abc import Sequence
from dataclasses import field
from typing import get_args

from charterkit.choices import EVIDENCE_KINDS, PHASES, SchoolType
from charterkit.errors import Refused
from charterkit.exchange.framework.columns import Columns, find, is_of_levels
from charterkit.exchange.framework.draft import Draft, DraftAspect, DraftLevel, DraftPoint
from charterkit.exchange.framework.words import folded, numbered, same
from charterkit.exchange.grid import Grid, below
from charterkit.insight.charter_about import about_facts, is_about
from charterkit.insight.charter_sheet import ABOUT_POINT, LEVEL_HEADINGS, examples_of
from charterkit.insight.evaluations.form_layout import ACTION, ASPECT
from charterkit.model.base import BadValue, slug
from charterkit.model.dates import Interval
from charterkit.model.scale import RED_AMBER_GREEN
from charterkit.records import dataclass
from charterkit.text.safe import shown

TICKS = frozenset({"x", "✓", "✔", "☑", "☒", "•", "●", "yes", "y", "1"})
"""What people put into a column to say that it is this one."""
_COLOUR = 7


def read_framework(name: str, found: Sequence[Grid], *, sheet: str | None, said: Sequence[str], title: str) -> Draft:
    """The draft that a file's tables make. `title` is what it is called where the table does not say.

    Raises CharterkitError where no table, or none of that name, has a heading that can be the aspects'.
    """
    meanings = next((_levels_of(grid) for grid in found if is_of_levels(grid)), {})
    told = [grid for grid in found if grid.rows and is_about(grid.rows[0])]
    chosen, columns = _chosen(name, [grid for grid in found if grid not in told], sheet, said, list(meanings))
    made = _Reader(chosen, columns, meanings).draft(_title(chosen, columns) or title)
    for grid in told[:1]:
        made.about, wrong = about_facts([list(row) for row in grid.rows[1:]])
        made.complaints += [f"{grid.where(row + 1, 0)}: {said}." for row, said in wrong]
    return made


def _chosen(
    name: str, found: Sequence[Grid], sheet: str | None, said: Sequence[str], labels: Sequence[str]
) -> tuple[Grid, Columns]:
    """The table with most columns that are known, of those there are or of the one that is named.

    `labels` are the levels' where another table says what they mean.
    """
    names = [grid.name for grid in found if grid.name]
    wanted = [grid for grid in found if sheet is None or folded(grid.name) == folded(sheet)]
    if not wanted and sheet is not None:
        raise Refused("no-sheet", name=name, sheet=sheet, known=names)
    faults, fit = [], []
    for grid in wanted:
        if is_of_levels(grid) or (sheet is None and _is_form(grid)):
            continue
        try:
            columns = find(grid, [*said, *_labelled(grid, labels)])
        except Refused as refused:
            faults.append(refused)
            continue
        if columns is not None and "aspect" in columns.fields:
            fit.append((len(columns.fields) + len(columns.nexts), grid, columns))
    if not fit and faults:
        raise faults[0]
    if not fit:
        raise Refused("no-framework", name=name)
    most = max(score for score, _, _ in fit)
    best = [(grid, columns) for score, grid, columns in fit if score == most]
    if len(best) > 1:
        raise Refused("frameworks-twice", name=name, known=[grid.name for grid, _ in best], first=best[0][0].name)
    return best[0]


def _labelled(grid: Grid, labels: Sequence[str]) -> list[str]:
    """That the columns with these headings are levels, as --map has it; nothing where one of them has no column."""
    there = {same(cell) for cells in grid.rows[:_FORM_ROWS] for cell in cells}
    return [f"Level={label}" for label in labels] if all(same(label) in there for label in labels) else []


def _is_form(grid: Grid) -> bool:
    """Whether it is a form of ours, to be filled in: what it shows stands in the charter's own table."""
    return any({ASPECT, ACTION} & set(cells) for cells in grid.rows[:_FORM_ROWS])


_FORM_ROWS = 12


def _title(grid: Grid, columns: Columns) -> str:
    """The text above the headings that stands alone in its row."""
    alone = [(row, filled[0]) for row in range(columns.top) if len(filled := grid.filled(row)) == 1]
    return " ".join(grid.text(*alone[0]).split()) if alone else ""


def _levels_of(grid: Grid) -> dict[str, DraftLevel]:
    """What a table of levels says, by their labels."""
    heads = {folded(cell): at for at, cell in enumerate(grid.rows[0])}
    places = {name: heads.get(folded(heading), -1) for name, heading in LEVEL_HEADINGS.items()}
    made = {}
    for row in below(grid, 0):
        said = {name: grid.text(row, at) if at >= 0 else "" for name, at in places.items()}
        if said["label"]:
            colour = said["colour"] if len(said["colour"]) == _COLOUR and said["colour"].startswith("#") else ""
            own = said["id"] if said["id"] == slug(said["id"]) else ""
            made[said["label"]] = DraftLevel(
                said["label"], said["meaning"], said["letter"], colour, own, bool(said["met"])
            )
    return made


@dataclass
class _Reader:
    """Goes down the rows of one table."""

    grid: Grid
    columns: Columns
    meanings: dict[str, DraftLevel]
    points: list[DraftPoint] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    point: DraftPoint | None = None
    part: str = ""
    alike: dict[tuple[str, str], list[DraftPoint]] = field(default_factory=dict)
    """The key points by title and part."""
    seen: dict[tuple[int, str, str], str] = field(default_factory=dict)
    """Where each aspect of a key point stands."""

    def draft(self, title: str) -> Draft:
        """Everything that is below the headings."""
        levels = self.levels()
        for row in below(self.grid, self.columns.top):
            if self.is_top(row):
                self.notes.append(f"The headings stand in row {row + 1} again, which is passed over.")
            else:
                self.row(row, title)
        for point in self.points:
            if not point.aspects:
                self.complain_at(point.where, "no aspect stands under this key point: delete it, or write one below")
        if not self.points and not self.complaints:
            self.complain(self.columns.top, self.columns.fields["aspect"], "nothing stands below these headings")
        made = Draft(self.grid.name, title, self.columns, levels, self.points, self.complaints, self.notes)
        self.numbers()
        made.name()
        self.twice(made)
        self.alike_numbers(made)
        return made

    def numbers(self) -> None:
        """Takes numbers from before the texts where there is no column for them, and every text has one."""
        aspects = [aspect for point in self.points for aspect in point.aspects]
        if "number" not in self.columns.fields and (found := numbered([aspect.text for aspect in aspects])):
            for aspect, (number, text) in zip(aspects, found, strict=True):
                aspect.number, aspect.text = number, text
            self.notes.append("The numbers before the aspects are taken for their numbers.")
        is_free = not any(point.number for point in self.points) and len(self.points) > 1
        if is_free and (found := numbered([point.title for point in self.points])):
            for point, (number, text) in zip(self.points, found, strict=True):
                point.number, point.title = number, text
            self.notes.append("The numbers before the key points are taken for their numbers.")

    def levels(self) -> list[DraftLevel]:
        """The levels of the columns; of ours, with what the other table says of them and in its order."""
        own = {column.label: DraftLevel(column.label, column.meaning) for column in self.columns.levels}
        if self.meanings and set(own) <= set(self.meanings):
            return list(self.meanings.values())
        if len(own) < len(self.columns.levels):
            self.complain(self.columns.top, self.columns.levels[0].column, "two levels have one name")
        return list(own.values())

    def row(self, row: int, title: str) -> None:
        """One row that holds something."""
        before = len(self.complaints)
        cells = {name: self.text(row, at) for name, at in self.columns.fields.items()}
        rubric = {level.label: self.text(row, level.column) for level in self.columns.levels if level.column >= 0}
        is_odd = len(self.complaints) > before
        if self.is_heading(row, cells):
            self.open(row, {"point": cells["aspect"], "point-number": cells.get("number", "")}, title)
            if _ALONE not in self.notes:
                self.notes.append(_ALONE)
            return
        is_only_point = not cells["aspect"] and not any(rubric.values())
        if is_only_point and cells.get("number") and not cells.get("point-number"):
            cells["point-number"] = cells.pop("number")
        self.open(row, cells, title)
        if cells["aspect"]:
            self.aspect(row, cells, rubric)
        elif is_odd:
            return
        elif self.said_beside(cells, rubric):
            self.complain(
                row, self.columns.fields["aspect"], "no aspect stands in this row, and other cells are filled"
            )
        elif not any(cells.get(name) for name in ABOUT_POINT):
            first = self.grid.filled(row)[0]
            self.complain(row, first, "this row has no aspect: delete it, or write one")

    def is_top(self, row: int) -> bool:
        """Whether a row says the headings once more, as one does where a page ended."""
        top, own = ([folded(cell) for cell in self.grid.rows[at] if cell.strip()] for at in (self.columns.top, row))
        return len(own) > 1 and own == top

    def is_heading(self, row: int, cells: dict[str, str]) -> bool:
        """Whether a row of a table without a column for key points is one: its aspect's cell alone is filled."""
        own = {self.columns.fields[name] for name in ("aspect", "number") if name in self.columns.fields}
        others = {at for at, head in enumerate(self.columns.heads) if head} - own
        is_alone = bool(cells["aspect"]) and others and not (set(self.grid.filled(row)) & others)
        return "point" not in self.columns.fields and bool(is_alone) and self.has_more(row, others)

    def has_more(self, row: int, others: set[int]) -> bool:
        """Whether the next row with something in it is fuller."""
        following = next(below(self.grid, row), None)
        return following is not None and bool(set(self.grid.filled(following)) & others)

    def open(self, row: int, cells: dict[str, str], title: str) -> None:
        """The key point that a row names, or the one above where its cell is empty, as merged cells are."""
        part, name = (" ".join(cells.get(key, "").split()) for key in ("part", "point"))
        if part and part != self.part:
            self.part, self.point = part, None
        if not name and self.point is None and cells.get("aspect"):
            if "point" in self.columns.fields:
                self.complain(row, self.columns.fields["point"], "no key point is named here or above")
                return
            name = self.part or title
        if name:
            self.point = self.known(row, name, cells.get("point-id", ""))
        if self.point is not None:
            self.fill(self.point, row, cells)

    def known(self, row: int, title: str, own: str) -> DraftPoint:
        """The key point of a title, or of an id of its own; it may come back after others."""
        has_column = "point" in self.columns.fields
        part = self.part if has_column or self.part != title else ""
        where = self.grid.where(row, self.columns.fields["point" if has_column else "aspect"])
        alike = self.alike.setdefault((title, part), [])
        found = next((point for point in alike if own in ("", point.id)), None)
        if found is None:
            found = DraftPoint(where, title, part, id=self.own_id(row, "point-id", own) if own else "")
            self.points.append(found)
            alike.append(found)
        elif found is not self.points[-1]:
            self.notes.append(f"{where}: “{shown(title)}” comes back; what stands here joins it.")
        return found

    def fill(self, point: DraftPoint, row: int, cells: dict[str, str]) -> None:
        """What the row says of its key point, which a merged cell says once and others in every row."""
        for name in ("number", "detail", "poster"):
            said = cells.get(f"point-{name}", "")
            known = getattr(point, name)
            if said and known and said != known:
                self.complain(row, self.columns.fields[f"point-{name}"], f"the key point has another {name} above")
            elif said:
                setattr(point, name, said)
        if applies_to := self.applying(row, cells, "point-"):
            point.applies_to = applies_to
        point.sources = point.sources or self.ids(row, "point-sources", cells)
        if cells.get("point-examples") and not point.examples:
            point.examples = _examples(cells["point-examples"])

    def aspect(self, row: int, cells: dict[str, str], rubric: dict[str, str]) -> None:
        """The row's own aspect."""
        point = self.point
        if point is None:
            return
        text, where = " ".join(cells["aspect"].split()), self.grid.where(row, self.columns.fields["aspect"])
        own = self.own_id(row, "id", cells["id"]) if cells.get("id") else ""
        earlier = self.seen.setdefault((id(point), folded(text), own), where)
        if earlier != where:
            self.complain_at(where, f"the same aspect stands at {earlier}: keep one")
            return
        nexts = {
            level.label: self.text(row, at)
            for level in self.columns.levels
            if (at := self.columns.nexts.get(same(level.label), -1)) >= 0 and self.text(row, at)
        }
        known = {label: said for label, said in rubric.items() if said and folded(said) not in TICKS}
        if len(known) < sum(map(bool, rubric.values())) and not any("ticks" in note for note in self.notes):
            self.notes.append(
                f"{where}: ticks stand under the levels, which are answers: they are left out. "
                "charterkit evaluate --from takes them in."
            )
        point.aspects.append(
            DraftAspect(
                where,
                text,
                cells.get("number", ""),
                cells.get("detail", ""),
                known,
                nexts,
                _examples(cells.get("examples", "")),
                self.applying(row, cells, ""),
                self.mark(row, cells.get("met-at", "")),
                self.ids(row, "kinds", cells, EVIDENCE_KINDS),
                self.age(row, cells.get("age", "")),
                self.ids(row, "sources", cells),
                self.ids(row, "replaces", cells),
                own,
            )
        )

    def applying(self, row: int, cells: dict[str, str], about: str) -> dict[str, list[str]]:
        """The phases and types of school that are asked, which cells name with commas between."""
        found: dict[str, list[str]] = {}
        for name, known in (("phases", PHASES), ("types", get_args(SchoolType))):
            words = [slug(word) for word in cells.get(f"{about}{name}", "").split(",") if word.strip()]
            for word in [word for word in words if word not in known]:
                said = f"‘{shown(word)}’ is none of {', '.join(known)}"
                self.complain(row, self.columns.fields[f"{about}{name}"], said)
            found |= {name: words} if words else {}
        return found

    def ids(self, row: int, name: str, cells: dict[str, str], known: Sequence[str] = ()) -> list[str]:
        """The ids in a cell, with commas between them; of those that are known, where that is said."""
        words = [word.strip() for word in cells.get(name, "").split(",") if word.strip()]
        for word in words:
            if known and word not in known:
                self.complain(row, self.columns.fields[name], f"‘{shown(word)}’ is none of {', '.join(known)}")
            elif word != slug(word):
                said = f"‘{shown(word)}’ is no id: write small letters and hyphens"
                self.complain(row, self.columns.fields[name], said)
        return words

    def age(self, row: int, said: str) -> str:
        """How old evidence may be."""
        try:
            return str(Interval.parse(said)) if said else ""
        except BadValue as bad:
            self.complain(row, self.columns.fields["age"], bad.message)
            return ""

    def mark(self, row: int, said: str) -> str:
        """The label of the level at which an aspect counts as met."""
        labels = [level.label for level in self.columns.levels] or [level.label for level in RED_AMBER_GREEN]
        label = next((label for label in labels if same(label) == same(said)), "")
        if said and not label:
            self.complain(row, self.columns.fields["met-at"], f"‘{shown(said)}’ is none of {', '.join(labels)}")
        return label

    def said_beside(self, cells: dict[str, str], rubric: dict[str, str]) -> bool:
        return any(rubric.values()) or any(cells.get(name) for name in ("number", "detail", "examples", "id"))

    def own_id(self, row: int, name: str, said: str) -> str:
        if said != slug(said) or said.startswith("x-"):
            self.complain(row, self.columns.fields[name], f"‘{shown(said)}’ is no id: write small letters and hyphens")
            return ""
        return said

    def twice(self, made: Draft) -> None:
        """Two aspects with one id of their own."""
        known: dict[str, str] = {}
        for aspect in made.aspects:
            earlier = known.setdefault(aspect.id, aspect.where)
            if earlier != aspect.where:
                self.complain_at(aspect.where, f"the id {aspect.id} stands at {earlier} too")

    def alike_numbers(self, made: Draft) -> None:
        """Two key points or two aspects with one number: a number would not tell which of them is meant."""
        for what, parts in (("key point", made.points), ("aspect", made.aspects)):
            known: dict[str, str] = {}
            for part in parts:
                earlier = known.setdefault(same(part.number), part.where) if part.number else part.where
                if earlier != part.where:
                    said = f"the number {shown(part.number)} stands at {earlier} too: give this {what} another one"
                    self.notes.append(f"{part.where}: {said}.")

    def text(self, row: int, column: int) -> str:
        """A cell's text; a complaint where it has none that can be taken."""
        if (row, column) in self.grid.odd:
            self.complain(row, column, self.grid.odd[row, column])
        return self.grid.text(row, column)

    def complain(self, row: int, column: int, said: str) -> None:
        """One more thing that was not understood."""
        self.complain_at(self.grid.where(row, column), said)

    def complain_at(self, where: str, said: str) -> None:
        self.complaints.append(f"{where}: {said}.")


_ALONE = "There is no column for key points: a row in which the aspect's cell alone is filled is taken for one."


def _examples(cell: str) -> list[dict[str, str]]:
    return [{"text": text, **({"school": school} if school else {})} for text, school in examples_of(cell)]
