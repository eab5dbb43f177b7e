"""The public site: a page a school, what it publishes behind that, and the way from one to the other.

Nothing is put in that `insight/public.py`, the public report and the public page of a policy do not let through.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from charterkit.errors import Conflict, NotThere, Refused
from charterkit.files.notices import note
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.certificates.held import HeldCertificate
from charterkit.insight.organisations import Organisations
from charterkit.insight.public import demand_settled
from charterkit.many.hands import spread
from charterkit.model.dates import Cycle
from charterkit.records import dataclass
from charterkit.render.listings.listing import spoken
from charterkit.render.site.certified import certified
from charterkit.render.site.facts import kind
from charterkit.render.site.making import FRONT, Finished, Making, placed, whole
from charterkit.render.site.parts import Group, IndexView, Link
from charterkit.render.site.school import INDEX, KnownPaper, unknown, variables_of
from charterkit.render.site.spool import PageSpool
from charterkit.text.alike import About, condensed
from charterkit.text.english import counted
from charterkit.text.speech import tr

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Site:
    """The pages by path, the organisations they are about, and sentences about what could not be made.

    `about` is the one that was asked for; empty for all of them.
    """

    pages: Mapping[str, bytes]
    organisations: tuple[str, ...]
    notices: tuple[str, ...]
    about: str = ""
    papers: Mapping[str, str] = field(default_factory=dict)
    """What each PDF was made of, by path; two that are made of the same are the same."""
    stopped: int = 0
    """Schools that are left off because something of theirs must not be published."""


def site(
    workspace: Workspace,
    slug: str | None,
    *,
    year: Cycle,
    today: date,
    charter: str | None = None,
    jobs: int = 1,
    papers: KnownPaper = unknown,
    tick: Callable[[], object] = lambda: None,
) -> Site:
    """The site of one organisation and its members, or of all; of the only one there is, its own at the top.

    `charter` keeps that one where a school has signed several. `jobs` is by how many processes it is made, `papers`
    what is known of PDFs that were made before; `tick` is called for each organisation that is made. A school of which
    two files are about the same, or a self-evaluation that would be published cannot be read whole, is left off where
    there are others; its certificates stay, by which others are told whether they hold. Raises CharterkitError for that
    of the topmost or of a body, whose files are on its members' pages, for a slug or charter there is none of, and
    where no organisation can be shown.
    """
    if charter is not None:
        workspace.choose_charter(charter)
    notices: list[str] = []
    folders = _folders(workspace, slug, notices)
    if not folders and not notices and (examples := list(filter(workspace.has_school, workspace.config.examples))):
        raise NotThere("no-own-school", known=examples[:1])
    if not folders:
        raise NotThere("nothing-to-publish", new="\n".join(notices) or _NEW)
    _read_once(folders)
    top = folders[0] if slug is not None or len(folders) == 1 else None
    slugs = [folder.slug for folder in folders]
    certificates = certified(workspace, frozenset(slugs), today, notices, is_all=slug is None)
    held: dict[str, list[HeldCertificate]] = defaultdict(list)
    for each in certificates.held:
        held[each.folder.slug].append(each)
    making = Making(workspace, year, today, charter, held, top.slug if top else None, papers)
    spool = PageSpool()
    every = dict(_finished(making, slugs, jobs, spool, tick))
    stopped = {
        folder.slug for folder in folders if folder is not top and folder.is_school and every[folder.slug].is_stopped
    }
    left_off = stopped.union(folder.slug for folder in folders if folder.is_school and every[folder.slug].is_empty)
    if all(folder.slug in left_off for folder in folders if folder.is_school):
        stopped = set()
    _demand(workspace, [every[text] for text in slugs if text not in stopped])
    shown = [folder for folder in folders if folder is top or folder.slug not in left_off]
    roots = {folder.slug: making.root(folder.slug) for folder in shown}
    said = [About("", "", sentence) for sentence in notices]
    for folder in folders:
        here = folder.slug, folder.school.name
        said += [About(*here, sentence) for sentence in (*every[folder.slug].notices, *every[folder.slug].why_stopped)]
        if folder.slug in roots:
            spool.put(dict(_front(making, folder, every[folder.slug], roots)))
        else:
            said.append(About(*here, f"{folder.school.name} is left off the site."))
    if top is None:
        spool.put({FRONT: _of_all(making, shown, roots)})
    spool.put(certificates.files)
    made_of = {path: identity for text in roots for path, identity in every[text].papers.items()}
    about = folders[0].slug if slug is not None else ""
    return Site(spool, tuple(roots), tuple(condensed(said)), about, made_of, len(stopped))


_NEW = "Run 'charterkit new school \"Name of the school\"'."


def _folders(workspace: Workspace, slug: str | None, notices: list[str]) -> list[SchoolFolder]:
    """The organisations to show: the one that is meant first, then its members and theirs."""
    slugs = list(workspace.own_slugs)
    if slug is not None:
        first = workspace.school(slug).slug
        slugs = [first, *filter(workspace.has_school, Organisations(workspace).below(first))]
    found = [workspace.school(text) for text in slugs]
    refused = [(folder, why) for folder in found if (why := _why_not(folder))]
    if slug is not None and refused and refused[0][0] is found[0]:
        raise Refused("not-public", refused=refused[0][1])
    notices += [why for _, why in refused]
    return [folder for folder in found if not _why_not(folder)]


def _why_not(folder: SchoolFolder) -> str:
    """Why an organisation has no page; empty where nothing is in its way."""
    if not _SLUG.fullmatch(folder.slug):
        return f"{folder.path} has no page: rename the folder to small letters, digits and hyphens."
    if folder.document.model is None or "name" in folder.document.loaded.broken:
        return f"{folder.slug} has no page: {folder.document.path} cannot be read. 'charterkit check' says why."
    return ""


# -- one organisation


def _read_once(folders: Iterable[SchoolFolder]) -> None:
    """Read what trusts and authorities have, which is on the pages of all their members."""
    for folder in folders:
        if not folder.is_school:
            list(folder.documents())


def _finished(
    making: Making, slugs: Sequence[str], jobs: int, spool: PageSpool, tick: Callable[[], object]
) -> Iterator[tuple[str, Finished]]:
    """What came of each, in any order; its pages go into the spool."""
    for slug, finished in spread(making, slugs, jobs):
        if not finished.is_empty or slug == making.top or not making.workspace.school(slug).is_school:
            spool.put(finished.pages)
        for about, sentence, core in finished.notes:
            note(about, sentence, core)
        tick()
        yield slug, replace(finished, pages={})


def _demand(workspace: Workspace, every: Iterable[Finished]) -> None:
    """Raises CharterkitError, of several the first one's, where something must not be published."""
    rivals = [sentence for finished in every for sentence in finished.rivals]
    if rivals:
        raise Conflict("copies-first", said="\n".join(rivals))
    demand_settled(workspace, ())
    for finished in every:
        if finished.error:
            raise finished.error


def _front(
    making: Making, folder: SchoolFolder, finished: Finished, roots: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """The first page of an organisation that has members, which leads to theirs."""
    members = Organisations(making.workspace).members(folder.slug)
    if not members:
        return
    links = tuple(_link(making.workspace.school(member), roots) for member in members if member in roots)
    path = f"{roots[folder.slug]}{FRONT}"
    ours = (Group(tr("Our schools"), (), links),) if links else ()
    yield path, making.front(folder, finished.groups, finished.ways, ours)


def _link(folder: SchoolFolder, roots: Mapping[str, str]) -> Link:
    return Link(f"/{roots[folder.slug]}{FRONT}", folder.school.name, kind(folder))


# -- all of them


def _of_all(making: Making, folders: Sequence[SchoolFolder], roots: Mapping[str, str]) -> bytes:
    schools = [folder for folder in folders if folder.is_school]
    view = IndexView(
        overline=tr("Working with families"),
        title=whole(making.workspace),
        facts=(),
        groups=tuple(placed(group, FRONT, "") for group in _families(making.workspace, folders, roots)),
        made=spoken(making.today),
        subtitle=counted(len(schools), "school").capitalize() if schools else tr("Nothing is published here yet"),
    )
    return making.written(INDEX, variables_of(view), ())


def _families(workspace: Workspace, folders: Iterable[SchoolFolder], roots: Mapping[str, str]) -> Iterator[Group]:
    """Each trust and authority with its members, then the schools that belong to none."""
    organisations, by_slug = Organisations(workspace), {folder.slug: folder for folder in folders}
    placed_already = set()
    for folder in by_slug.values():
        if folder.is_school:
            continue
        inside = [by_slug[member] for member in organisations.members(folder.slug) if member in by_slug]
        placed_already |= {folder.slug, *(folder.slug for folder in inside)}
        yield Group(folder.school.name, (), tuple(_link(school, roots) for school in (folder, *inside)))
    alone = [folder for folder in by_slug.values() if folder.slug not in placed_already]
    if alone:
        alone.sort(key=lambda school: school.school.name.casefold())
        heading = tr("Other schools") if placed_already else tr("Schools")
        yield Group(heading, (), tuple(_link(folder, roots) for folder in alone))
