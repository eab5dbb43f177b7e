"""What one organisation has on a site, made without looking at what the others have: in this process or in another."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import field, replace
from datetime import date
from posixpath import dirname
from typing import Any

from charterkit.errors import CharterkitError
from charterkit.files.copies import contested
from charterkit.files.notices import taken
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.certificates.held import HeldCertificate
from charterkit.insight.evaluations.unread import said_of_unread
from charterkit.insight.organisations import Organisations
from charterkit.model.dates import Cycle
from charterkit.records import dataclass
from charterkit.render.engine.environment import render
from charterkit.render.listings.listing import spoken
from charterkit.render.promises.planner import TEMPLATE
from charterkit.render.site.facts import facts
from charterkit.render.site.parts import Group, IndexView, Pages, Way, way
from charterkit.render.site.school import INDEX, KnownPaper, Maker, variables_of
from charterkit.text.speech import ENGLISH, speaking, tr

FRONT = "index.html"
_IN_ENGLISH = ("policy.html.j2", TEMPLATE)
"""Pages that have no words in other languages yet."""
_TOGETHER = 16
"""Organisations after which what was read of them is let go: what a trust has is read once for so many schools."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of one organisation: its pages by path, but for its first one where that leads to others."""

    is_empty: bool
    pages: Mapping[str, bytes]
    notices: tuple[str, ...] = ()
    papers: Mapping[str, str] = field(default_factory=dict)
    """What each of its PDFs was made of, by path."""
    groups: tuple[Group, ...] = ()
    ways: tuple[tuple[str, str], ...] = ()
    """The way through its pages, for its first one."""
    rivals: tuple[str, ...] = ()
    """Sentences about files of it that are about the same."""
    error: CharterkitError | None = None
    """Why nothing of it may be published."""
    notes: tuple[tuple[str, str, str], ...] = ()

    @property
    def is_stopped(self) -> bool:
        """Whether nothing of it may be published before somebody has mended something."""
        return bool(self.rivals or self.error)

    @property
    def why_stopped(self) -> tuple[str, ...]:
        """What is to be mended, in sentences."""
        return (*self.rivals, *((f"{self.error.message} {self.error.hint}".strip(),) if self.error else ()))


@dataclass
class Making:
    """Makes what organisations have on a site, one after the other, by their slugs.

    `top` is the one at the top of the site. `papers` are PDFs that were made before.
    """

    workspace: Workspace
    year: Cycle
    today: date
    charter: str | None
    certificates: Mapping[str, Sequence[HeldCertificate]]
    """By the organisation's slug, in the order of their numbers."""
    top: str | None = None
    papers: KnownPaper = lambda _path, _identity: None
    _looked: list[Workspace] = field(default_factory=list)
    _count: int = 0

    def root(self, slug: str) -> str:
        """Where an organisation's pages lie."""
        return "" if slug == self.top else f"schools/{slug}/"

    def __call__(self, slug: str) -> Finished:
        """What came of an organisation."""
        if self._count % _TOGETHER == 0:
            self._looked = [self.workspace.apart()]
        self._count += 1
        folder = self._looked[0].school(slug)
        taken()
        if rivals := folder.rivals():
            return Finished(is_empty=False, pages={}, rivals=tuple(contested(rivals)))
        try:
            made, pages = self._made(folder)
        except CharterkitError as error:
            return Finished(is_empty=False, pages={}, error=error)
        unread = tuple((sentence, sentence, core) for core, sentence in said_of_unread(folder.workspace, folder))
        root = self.root(slug)
        return Finished(
            made.is_empty,
            pages,
            tuple(made.notices),
            {root + path: identity for path, identity in made.papers.items() if path in made.files},
            tuple(made.groups),
            self._ways(folder, made),
            notes=(*taken(), *unread),
        )

    def _made(self, folder: SchoolFolder) -> tuple[Pages, dict[str, bytes]]:
        root, held = self.root(folder.slug), tuple(self.certificates.get(folder.slug, ()))
        maker = Maker(
            folder.workspace,
            folder,
            self.year,
            self.today,
            self.charter,
            held,
            known=lambda path, identity: self.papers(root + path, identity),
        )
        made = maker.pages()
        pages = dict(self._inner(folder, made))
        if not Organisations(self.workspace).members(folder.slug):
            pages[f"{root}{FRONT}"] = self.front(folder, tuple(made.groups), self._ways(folder, made))
        return made, pages

    def _inner(self, folder: SchoolFolder, made: Pages) -> Iterator[tuple[str, bytes]]:
        """All pages but the first one."""
        root, ways = self.root(folder.slug), self._ways(folder, made)
        leading = {root + page.path for page in made.pages if page.way and page.template == INDEX}
        for page in made.pages:
            path = root + page.path
            variables = dict(page.view)
            if page.template == INDEX:
                variables["groups"] = tuple(placed(group, path, root) for group in variables["groups"])
            within = "" if page.way else next((up for up in leading if path.startswith(f"{dirname(up)}/")), "")
            yield path, self.written(page.template, variables, _site(ways, path, within))
        for name, data in made.files.items():
            yield root + name, data

    def _ways(self, folder: SchoolFolder, made: Pages) -> tuple[tuple[str, str], ...]:
        root, above = self.root(folder.slug), self._above(folder)
        inside = ((root + page.path, page.way) for page in made.pages if page.way)
        return (*(((FRONT, above),) if above else ()), (f"{root}{FRONT}", folder.school.name), *inside)

    def _above(self, folder: SchoolFolder) -> str:
        """The name of the page above an organisation's; empty for the topmost."""
        if self.top is None:
            return whole(self.workspace)
        return "" if self.top == folder.slug else self.workspace.school(self.top).school.name

    def front(
        self,
        folder: SchoolFolder,
        groups: Sequence[Group],
        ways: Sequence[tuple[str, str]],
        more: Sequence[Group] = (),
    ) -> bytes:
        """An organisation's first page; the links of `more` count from the top of the site."""
        root = self.root(folder.slug)
        path = f"{root}{FRONT}"
        view = IndexView(
            overline=tr("Working with families"),
            title=folder.school.name,
            facts=tuple(facts(self.workspace, folder)),
            groups=tuple(placed(group, path, root) for group in (*groups, *more)),
            made=spoken(self.today),
        )
        return self.written(INDEX, variables_of(view), _site(ways, path))

    def written(self, template: str, view: Mapping[str, Any], ways: tuple[Way, ...]) -> bytes:
        """A page."""
        with speaking(ENGLISH) if template in _IN_ENGLISH else nullcontext():
            return render(template, {**view, "site": ways}, self.workspace.root).encode()


def whole(workspace: Workspace) -> str:
    """What a site of all organisations is called."""
    return workspace.config.organisation or tr("Our schools")


def placed(group: Group, here: str, root: str) -> Group:
    """A group with the addresses of its links as they are from a page."""
    return replace(group, links=tuple(replace(link, href=way(link.within(root), here)) for link in group.links))


def _site(ways: Sequence[tuple[str, str]], here: str, within: str = "") -> tuple[Way, ...]:
    """The way through the site, as it is from one of its pages; `within` leads to it, where it is not in the way."""
    return tuple(Way(way(path, here), name, path == here, path == within) for path, name in ways)
