"""What an overview is made of: the schools that are meant, each as a summary, on one charter in one cycle."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from charterkit.choices import GroupedBy
from charterkit.errors import Refused
from charterkit.files.disk import UnfitError
from charterkit.files.workspace import Workspace
from charterkit.insight.organisations import Organisations
from charterkit.insight.overview.batch import Batch
from charterkit.insight.overview.grouping import FEWEST
from charterkit.insight.overview.overview import Overview, OverviewWish, overview
from charterkit.insight.overview.summary import SchoolSummary, summary
from charterkit.insight.public import demand_settled
from charterkit.model.base import slug
from charterkit.model.dates import Cycle
from charterkit.records import dataclass
from charterkit.render.overview.data import overview_json
from charterkit.render.overview.sheets import overview_sheets
from charterkit.render.overview.view import OverviewView, overview_view
from charterkit.render.shared.voice import Voice
from charterkit.render.shared.workbook import SheetPage

Gather = Callable[[Workspace, Sequence[str], date], Iterable[SchoolSummary | Batch]]
"""Makes the summaries of organisations, or batches of them, in any order."""
_CHUNK = 64
"""Schools that are read before what was read of them is let go of."""


@dataclass(frozen=True)
class ManySchools:
    """An overview as a document. `report_of` gives the address of a school's report, empty where there is none."""

    overview: Overview
    title: str
    report_of: Callable[[str], str]

    @cached_property
    def view(self) -> OverviewView:
        """For people."""
        return overview_view(self.overview, self.title)

    @cached_property
    def page(self) -> OverviewView:
        """The same with the heat map, which is to look around in."""
        return overview_view(self.overview, self.title, self.report_of)

    @property
    def data(self) -> dict[str, Any]:
        """For programs."""
        return overview_json(self.overview)

    @property
    def sheets(self) -> list[SheetPage]:
        """For a spreadsheet."""
        return overview_sheets(self.overview, self.view)

    @property
    def has_declined(self) -> bool:
        """Whether any rating fell back."""
        return bool(self.overview.moves and self.overview.moves.declined)


def many_schools(
    workspace: Workspace,
    today: date,
    voice: Voice,
    *,
    school: str | None = None,
    charter: str | None = None,
    cycle: Cycle | None = None,
    before: Cycle | None = None,
    by: GroupedBy | None = None,
    public: bool = False,
    gather: Gather | None = None,
    report_of: Callable[[str], str] = lambda _: "",
) -> ManySchools:
    """The overview of all schools, or of a trust's or an authority's members.

    `gather` makes the summaries, here in this process where it is None. Raises CharterkitError where it is asked of a
    school, of a body without members, or publicly of fewer than five schools, or of each, or while two files are about
    one version of a charter.
    """
    if public:
        if by == "school":
            raise Refused("public-names-none")
        demand_settled(workspace, ())
    chosen = workspace.choose_charter(charter)
    slugs = members_of(workspace, school) if school else workspace.own_slugs
    beside = _above(workspace, slugs) if school else []
    wish = OverviewWish(workspace.versions(chosen.id), today, cycle, before, by, public, beside)
    found = overview((gather or summaries)(workspace, [*slugs, *beside], today), chosen.id, wish)
    document = workspace.charters[chosen.id, found.charter.version]
    if document.loaded.problems:
        voice.warn(f"Not all of {document.path} can be read: 'charterkit check' says where.")
    if public and found.schools < FEWEST:
        raise Refused("public-too-few", schools=found.schools, cycle=found.cycle.spoken)
    return ManySchools(found, _title(workspace, school), report_of)


def members_of(workspace: Workspace, body: str) -> list[str]:
    """A trust or an authority and its members, but for made-up ones of one that is not. Raises CharterkitError for a
    school, and for a body that has no members here.
    """
    folder = workspace.school(body)
    if folder.is_school:
        raise Refused("one-school-only", name=folder.school.name, slug=body)
    examples = set(workspace.config.examples)
    members = dict.fromkeys(each for each in Organisations(workspace).members(body) if workspace.has_school(each))
    if folder.school.kind == "local-authority":
        members |= dict.fromkeys(_in_authority(workspace, folder.school.name))
    own = [each for each in members if body in examples or each not in examples]
    if not own:
        raise Refused("no-members", name=folder.school.name, slug=body)
    return [body, *own]


def _above(workspace: Workspace, slugs: Sequence[str]) -> list[str]:
    """The other trusts and authorities of some schools: visits and certificates of theirs may lie in their folders."""
    found = dict.fromkeys(body for each in slugs for body in Organisations(workspace).above(each))
    found |= dict.fromkeys(_named_authorities(workspace, slugs))
    return [body for body in found if body not in slugs and body not in workspace.config.examples]


def _named_authorities(workspace: Workspace, slugs: Sequence[str]) -> Iterator[str]:
    """The authorities that have a folder here and that some schools name, though they may list none of them."""
    named = {slug(said) or said for _, said in _authorities(workspace, slugs)}
    for each in workspace.own_slugs if named else ():
        try:
            data = workspace.snapshot.peek(f"schools/{each}/school.yaml")
        except UnfitError:
            continue
        if b"kind" in data or b"\\" in data:  # of very many few are read as a whole
            body = workspace.school(each).school
            if body.kind == "local-authority" and (slug(body.name) or body.name) in named:
                yield each


def _in_authority(workspace: Workspace, name: str) -> Iterator[str]:
    """The schools whose own file names an authority, whatever capitals and blanks it has there."""
    meant = slug(name) or name
    return (each for each, said in _authorities(workspace, workspace.own_slugs) if (slug(said) or said) == meant)


def _authorities(workspace: Workspace, slugs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The schools among some organisations whose own file names an authority, with its name."""
    for start in range(0, len(slugs), _CHUNK):
        part = workspace.apart()
        for each in slugs[start : start + _CHUNK]:
            school = part.school(each).school
            if school.kind == "school" and school.local_authority:
                yield each, school.local_authority


def summaries(workspace: Workspace, slugs: Sequence[str], today: date) -> Iterator[SchoolSummary]:
    """The summaries, one after another in this process; what was read of some schools is let go of before the next."""
    for start in range(0, len(slugs), _CHUNK):
        part = workspace.apart()
        for each in slugs[start : start + _CHUNK]:
            yield summary(part, each, today)


def _title(workspace: Workspace, body: str | None) -> str:
    if body:
        return workspace.school(body).school.name
    return workspace.config.organisation or "All schools"
