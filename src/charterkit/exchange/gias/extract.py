"""The establishments of an extract: their columns by name, never by place, and which of their rows are asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from charterkit.errors import NotThere, Refused
from charterkit.exchange.gias.table import GiasTable, opened
from charterkit.model.base import nearest
from charterkit.records import dataclass
from charterkit.text.safe import shown

NEEDED = {
    "urn": "URN",
    "name": "EstablishmentName",
    "status": "EstablishmentStatus (name)",
}
USED = NEEDED | {
    "closed": "CloseDate",
    "la_code": "LA (code)",
    "la": "LA (name)",
    "number": "EstablishmentNumber",
    "type": "TypeOfEstablishment (name)",
    "phase": "PhaseOfEducation (name)",
    "trust_flag": "TrustSchoolFlag (name)",
    "trust_code": "Trusts (code)",
    "trust": "Trusts (name)",
    "ukprn": "UKPRN",
    "street": "Street",
    "locality": "Locality",
    "address3": "Address3",
    "town": "Town",
    "county": "County (name)",
    "postcode": "Postcode",
    "website": "SchoolWebsite",
}
"""What is read, by what it is called here; the headings are those of the extract of 24 September 2026."""
_ABOUT_PEOPLE = ("head", "telephone", "props")
"""How headings of columns about people begin (HeadTitle (name), HeadFirstName, HeadLastName, HeadPreferredJobTitle,
TelephoneNum, PropsName): nothing looks into these."""
LINKED = "LinkURN"
_MOST_VALUES = 500
_MOST_PUZZLES = 1_000


class Establishment(NamedTuple):
    """One row: the number it has in the file, whether it is asked for, and what stands in the columns that are used."""

    row: int
    is_wanted: bool
    urn: str
    name: str
    status: str
    closed: str
    la_code: str
    la: str
    number: str
    type: str
    phase: str
    trust_flag: str
    trust_code: str
    trust: str
    ukprn: str
    street: str
    locality: str
    address3: str
    town: str
    county: str
    postcode: str
    website: str

    @property
    def is_closed(self) -> bool:
        """Whether it is no more."""
        return self.status.strip().casefold() == "closed"

    @property
    def is_open(self) -> bool:
        """Whether it is there: open, open but to be closed, or with nothing said of it."""
        return not self.is_closed and not self.status.strip().casefold().startswith("proposed to open")

    @property
    def dfe_number(self) -> str:
        """As in 888/4042; empty where the local authority's code or its own number is none."""
        code, number = self.la_code.strip(), self.number.strip()
        is_whole = code.isascii() and code.isdecimal() and len(code) == 3  # noqa: PLR2004 - digits
        is_whole = is_whole and number.isascii() and number.isdecimal() and len(number) == 4  # noqa: PLR2004 - so too
        return f"{code}/{number}" if is_whole else ""


@dataclass
class Extract:
    """What a file holds: the establishments by URN, and what could not be taken as it stands, in sentences."""

    name: str
    lacking: list[str] = field(default_factory=list)
    """Columns that would be used and are not there."""
    by_urn: dict[str, Establishment] = field(default_factory=dict)
    twice: dict[str, list[Establishment]] = field(default_factory=dict)
    """Further rows of a URN that say something else than its first one."""
    puzzles: list[str] = field(default_factory=list)
    wished: str = ""
    """What was asked for, in words."""

    def note(self, puzzle: str) -> None:
        """Keep a sentence about a row; of very many the first ones."""
        if len(self.puzzles) < _MOST_PUZZLES:
            self.puzzles.append(puzzle)

    def open(self, urn: str) -> bool:
        """Whether the file has an establishment of this number that is open."""
        found = self.by_urn.get(urn)
        return found is not None and found.is_open


def read_extract(path: Path, wishes: Sequence[str] = ()) -> Extract:
    """An extract's establishments. `wishes` are as `LA (name)=Camden`: of one column any of them, of several all.

    Raises CharterkitError for a file that is no extract or not whole, and for a wish that no row can meet.
    """
    with opened(path) as table:
        known = {heading.casefold(): heading for heading in table.headings}
        if LINKED.casefold() in known:
            raise Refused("gias-is-links", name=path.name)
        _demand(table, known)
        made = Extract(path.name, [column for column in USED.values() if column.casefold() not in known])
        filters = _filters(table, wishes)
        made.wished = " and ".join(each.said for each in filters)
        _take(table, made, filters)
        for each in filters:
            each.demand_met()
        return made


def _demand(table: GiasTable, known: Mapping[str, str]) -> None:
    """Raises where a column is missing that is needed, or where two have one heading."""
    for column in NEEDED.values():
        if column.casefold() not in known:
            raise Refused("gias-no-column", name=table.name, column=column, near=nearest(column, table.headings))
    headings = [heading.casefold() for heading in table.headings]
    for column in USED.values():
        if headings.count(column.casefold()) > 1:
            raise Refused("gias-two-columns", name=table.name, column=column)


def is_urn(text: str) -> bool:
    """Whether it is written as a unique reference number: five or six digits."""
    return text.isascii() and text.isdecimal() and 5 <= len(text) <= 6  # noqa: PLR2004 - as said


def _take(table: GiasTable, made: Extract, filters: Sequence["_Filter"]) -> None:
    """Go through the rows. What stands in columns that are not used is let go of at once."""
    take, tests = _taker(table.headings), [each.test for each in filters]
    by_urn = made.by_urn
    for number, cells in table.rows:
        is_wanted = True
        for test in tests:
            is_wanted &= test(cells)  # each sees every row, for what it can suggest
        cells.append("")  # for columns that are not there
        found = Establishment._make((number, is_wanted, *take(cells)))
        urn = found.urn
        if not is_urn(urn):
            made.note(f"row {number}, URN: “{shown(urn)}” is none, and the row is left out.")
        elif not found.name.strip():
            made.note(f"row {number}, EstablishmentName: nothing stands there, and the row is left out.")
        elif urn in by_urn:
            first = by_urn[urn]
            if first[1:] != found[1:]:
                made.twice.setdefault(urn, []).append(found)
        else:
            by_urn[urn] = found


def _taker(headings: Sequence[str]) -> Callable[[Sequence[str]], Iterable[str]]:
    """Picks the cells that are used out of a row with an empty cell behind it, which stands for columns not there."""
    places = {heading.casefold(): at for at, heading in enumerate(headings)}
    return itemgetter(*(places.get(column.casefold(), -1) for column in USED.values()))


class _Filter:
    """One column and the texts that are asked for in it."""

    def __init__(self, name: str, heading: str, at: int) -> None:
        self.name, self.heading, self.at = name, heading, at
        self.wanted: dict[str, str] = {}
        self.met: set[str] = set()
        self.seen: dict[str, bool] = {}

    @property
    def said(self) -> str:
        return f"{self.heading} = {' or '.join(map(shown, self.wanted.values()))}"

    def test(self, cells: Sequence[str]) -> bool:
        """Whether a row has one of them there."""
        cell = cells[self.at]
        found = self.seen.get(cell)
        if found is None:
            plain = _plain(cell)
            found = self.seen[cell] = plain in self.wanted
            if found:
                self.met.add(plain)
        return found

    def demand_met(self) -> None:
        """Raises for a text that no row has there."""
        for plain, said in self.wanted.items():
            if plain not in self.met:
                values = sorted({cell.strip() for cell in self.seen} - {""})
                near = nearest(said, values) if len(values) <= _MOST_VALUES else ""
                known = values if len(values) <= 12 else []  # noqa: PLR2004 - a line's worth
                raise NotThere("gias-no-value", name=self.name, column=self.heading, text=said, near=near, known=known)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _filters(table: GiasTable, wishes: Sequence[str]) -> list[_Filter]:
    """What was asked for, by column. Raises for a wish of no such form, or about a column that is not there."""
    places = {heading.casefold(): at for at, heading in reversed([*enumerate(table.headings)])}
    made: dict[str, _Filter] = {}
    for wish in wishes:
        column, parted, text = wish.partition("=")
        heading, plain = " ".join(column.split()), _plain(column)
        if not parted or not plain or not text.strip():
            raise Refused("gias-bad-wish", text=wish)
        if plain.startswith(_ABOUT_PEOPLE):
            raise Refused("gias-about-people", column=heading)
        if plain not in places:
            raise NotThere("gias-wish-column", name=table.name, column=heading, near=_near(plain, table.headings))
        at = places[plain]
        made.setdefault(plain, _Filter(table.name, table.headings[at], at)).wanted[_plain(text)] = text.strip()
    return list(made.values())


def _near(plain: str, headings: Sequence[str]) -> str:
    """The heading that was most likely meant: many have "(name)" or "(code)" behind what people call them."""
    known = {each.casefold(): each for each in reversed(headings) if not each.casefold().startswith(_ABOUT_PEOPLE)}
    begun = [known[each] for each in (f"{plain} (name)", f"{plain} (code)") if each in known]
    return begun[0] if begun else known.get(nearest(plain, known), "")
