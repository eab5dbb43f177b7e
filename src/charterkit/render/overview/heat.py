"""The heat map of schools and aspects: letters on colours in a table, in as few bytes as a page can have.

Two thousand schools with forty aspects are eighty thousand cells: their markup is made here, of nothing but signs and
people's words that are escaped, since a template would go round in its loops too often.
"""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from markupsafe import Markup, escape

from charterkit.insight.overview.lines import SchoolLine
from charterkit.insight.overview.overview import Overview
from charterkit.insight.overview.signs import NOT_APPLICABLE, NOT_ASKED, NOT_RATED, UNREADABLE
from charterkit.records import dataclass
from charterkit.render.overview.words import standing_briefly
from charterkit.render.shared import levels
from charterkit.render.shared.levels import Badge
from charterkit.resources import builtin
from charterkit.text.english import figures, plural
from charterkit.text.safe import visible

SCRIPT = "overview.js"
"""What sorts and filters the table; without it the table is there all the same."""
MOST_AT_ONCE = 300
"""Rows that a browser lays out at once; 2,000 took Chromium 156 four seconds, and half a second one by one."""
_STATES = {NOT_RATED: levels.NOT_RATED, NOT_APPLICABLE: levels.NOT_APPLICABLE, UNREADABLE: levels.UNREADABLE}


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """One aspect: its number over the column, and what it says."""

    id: str
    number: str
    title: str
    point: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The table: `facts` are the headings of the columns before the aspects, `body` its rows."""

    caption: str
    facts: tuple[str, ...]
    columns: tuple[HeatColumn, ...]
    key: tuple[Badge, ...]
    body: Markup
    rows: int
    style: Markup
    script: Markup
    policy: str
    """By which the script is let in: the hash of its bytes (Content Security Policy Level 3, "hash-source")."""
    says: Mapping[str, str]
    """The words of the script, which stand at the table under `data-`; a number or a heading takes the place of `#`."""
    most: int = MOST_AT_ONCE

    @property
    def is_long(self) -> bool:
        """Whether the browser is to lay out only those rows that are seen."""
        return self.rows > self.most


def heat_map(
    found: Overview, known: Mapping[str, Badge], numbers: Mapping[str, str], report_of: Callable[[str], str]
) -> HeatMap:
    """The heat map of an overview whose schools may be named."""
    columns = tuple(
        HeatColumn(each.aspect.id, numbers[each.aspect.id], each.aspect.text, each.point.title)
        for each in found.aspects
    )
    facts = [heading for heading, fact in _FACTS.items() if len({fact(line) for line in found.lines}) > 1]
    cells = {str(rank): _cell(f"l{rank}", badge) for rank, badge in enumerate(known.values())}
    cells |= {sign: _state(badge) for sign, badge in _STATES.items()} | {NOT_ASKED: "<td>"}
    rows = [_row(line, facts, cells, len(columns), report_of(line.slug)) for line in found.lines]
    script = _script()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return HeatMap(
        f"{figures(len(rows), 'school')} by {figures(len(columns), found.charter.rated_noun)}",
        tuple(facts),
        columns,
        (*known.values(), *_STATES.values()),
        Markup("\n").join(rows),
        len(rows),
        Markup("\n").join(_style(known)),
        Markup(f"<script>{script}</script>"),  # noqa: S704 - a file of this program
        f"'sha256-{digest}'",
        _said(len(rows)),
    )


def _said(schools: int) -> dict[str, str]:
    """What the script says of so many schools, and the words of its fields."""
    of = f"of {figures(schools, 'school')}"
    return {
        "all": f"All {figures(schools, 'school')} are shown." if schools > 1 else "The only school is shown.",
        "some": f"# {of} {plural(schools, 'is', 'are')} shown.",
        "single": f"1 {of} is shown.",
        "name": "Name",
        "holds": "# holds",
        "any": "Any",
        "unsaid": "Not said",
        "unsought": _MET,
    }


_MET = "At the mark"
"""What nobody looks for: schools are in no order of it."""
_FACTS: dict[str, Callable[[SchoolLine], str]] = {
    "Trust": lambda line: line.trust_name,
    "Authority": lambda line: line.local_authority,
    "Phase": lambda line: line.phase.replace("-", " "),
    "Standing": standing_briefly,
    _MET: lambda line: f"{line.counts.met} of {line.counts.rated}" if line.counts else "",
}
"""What stands before the aspects, where it tells schools apart."""


def _row(line: SchoolLine, facts: list[str], cells: Mapping[str, str], aspects: int, address: str) -> Markup:
    """End tags that HTML does not ask for are left out: they would be half of the page."""
    name = escape(visible(line.name))
    linked = Markup('<a href="{}">{}</a>').format(address, name) if address else name
    said = Markup("").join(Markup("<td>{}").format(visible(_FACTS[fact](line))) for fact in facts)
    ratings = "".join(cells[sign] for sign in line.ratings or NOT_ASKED * aspects)
    return Markup("<tr><th scope=row dir=auto>{}{}{}").format(linked, said, Markup(ratings))  # noqa: S704 - signs alone


def _cell(name: str, badge: Badge) -> str:
    return f"<td class={name}>{escape(visible(badge.letter or badge.shape))}"


def _state(badge: Badge) -> str:
    """Signs that say nothing aloud have their words beside them."""
    return f'<td aria-label="{escape(badge.word)}">{escape(badge.shape)}'


def _style(known: Mapping[str, Badge]) -> Iterator[Markup]:
    for rank, badge in enumerate(known.values()):
        yield Markup(".heat .l{}{{background:{};color:{}}}").format(rank, badge.colour, badge.ink)


@cache
def _script() -> str:
    return (builtin() / "templates" / SCRIPT).read_text(encoding="utf-8").strip()
