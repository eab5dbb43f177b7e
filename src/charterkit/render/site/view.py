"""The public site: a page a school, what it publishes behind that, and the way from one to the other.

Nothing is put in that `insight/public.py`, the public report and the public page of a policy do not let through.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from posixpath import dirname
from typing import Any

from charterkit.errors import NotThere, Refused
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.insight.organisations import Organisations
from charterkit.insight.public import demand_settled
from charterkit.model.dates import Cycle
from charterkit.render.certificate.published import ShownCertificates
from charterkit.render.engine.environment import render
from charterkit.render.listings.listing import spoken
from charterkit.render.promises.planner import TEMPLATE
from charterkit.render.site.certified import certified
from charterkit.render.site.parts import Group, IndexView, Link, Way, way
from charterkit.render.site.school import INDEX, Maker, Pages, variables_of
from charterkit.text.english import counted
from charterkit.text.speech import ENGLISH, mark, speaking, tr

_INDEX = "index.html"
_IN_ENGLISH = ("policy.html.j2", TEMPLATE)
"""Pages that have no words in other languages yet."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KINDS = {"school": mark("School"), "trust": mark("Trust"), "local-authority": mark("Local authority")}
_PHASES = {
    "nursery": mark("Nursery"),
    "primary": mark("Primary"),
    "secondary": mark("Secondary"),
    "all-through": mark("All-through"),
    "special": mark("Special"),
    "pupil-referral-unit": mark("Pupil referral unit"),
    "sixth-form": mark("Sixth-form"),
}


@dataclass(frozen=True, slots=True)
class Site:
    """The pages by path, the organisations they are about, and sentences about what could not be made.

    `about` is the one that was asked for; empty for all of them.
    """

    pages: dict[str, bytes]
    organisations: tuple[str, ...]
    notices: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True)
class _Maker:
    workspace: Workspace
    year: Cycle
    today: date
    charter: str | None
    certificates: ShownCertificates

    def pages(self, folder: SchoolFolder) -> Pages:
        held = [each for each in self.certificates.held if each.folder.slug == folder.slug]
        return Maker(self.workspace, folder, self.year, self.today, self.charter, tuple(held)).pages()

    def written(self, template: str, view: Mapping[str, Any], ways: tuple[Way, ...]) -> bytes:
        with speaking(ENGLISH) if template in _IN_ENGLISH else nullcontext():
            return render(template, {**view, "site": ways}, self.workspace.root).encode()


def site(workspace: Workspace, slug: str | None, *, year: Cycle, today: date, charter: str | None = None) -> Site:
    """The site of one organisation and its members, or of all; of the only one there is, its own at the top.

    `charter` keeps that one where a school has signed several. Raises CharterkitError for a slug or charter there is
    none of, where no organisation can be shown, and where two files are about the same or a self-evaluation that would
    be published cannot be read whole.
    """
    if charter is not None:
        workspace.choose_charter(charter)
    notices: list[str] = []
    folders = _folders(workspace, slug, notices)
    if not folders and not notices and (examples := list(filter(workspace.has_school, workspace.config.examples))):
        raise NotThere("no-own-school", known=examples[:1])
    if not folders:
        raise NotThere("nothing-to-publish", new="\n".join(notices) or _NEW)
    demand_settled(workspace, folders)
    top = folders[0] if slug is not None or len(folders) == 1 else None
    certificates = certified(workspace, [folder.slug for folder in folders], today, notices, is_all=slug is None)
    maker = _Maker(workspace, year, today, charter, certificates)
    every = [(folder, maker.pages(folder)) for folder in folders]
    shown = [(folder, made) for folder, made in every if folder is top or not (folder.is_school and made.is_empty)]
    roots = {folder.slug: "" if folder is top else f"schools/{folder.slug}/" for folder, _ in shown}
    found = dict(certificates.files)
    for folder, made in every:
        notices += made.notices
        if folder.slug in roots:
            found.update(_of_one(maker, folder, made, roots, _above(workspace, top, folder)))
        else:
            notices.append(f"{folder.school.name} is left off the site.")
    if top is None:
        found[_INDEX] = _of_all(maker, [folder for folder, _ in shown], roots)
    return Site(found, tuple(roots), tuple(dict.fromkeys(notices)), folders[0].slug if slug is not None else "")


_NEW = "Run 'charterkit new school \"Name of the school\"'."


def _folders(workspace: Workspace, slug: str | None, notices: list[str]) -> list[SchoolFolder]:
    """The organisations to show: the one that is meant first, then its members and theirs."""
    organisations = Organisations(workspace)
    slugs = list(workspace.own_slugs)
    if slug is not None:
        slugs = [workspace.school(slug).slug]
        for text in slugs:  # grows while it is gone through
            slugs += [each for each in organisations.members(text) if each not in slugs and workspace.has_school(each)]
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


def _above(workspace: Workspace, top: SchoolFolder | None, folder: SchoolFolder) -> str:
    """The name of the page above an organisation's; empty for the topmost."""
    if top is None:
        return _whole(workspace)
    return "" if top is folder else top.school.name


def _whole(workspace: Workspace) -> str:
    return workspace.config.organisation or tr("Our schools")


# -- one organisation


def _of_one(
    maker: _Maker, folder: SchoolFolder, made: Pages, roots: dict[str, str], above: str
) -> Iterator[tuple[str, bytes]]:
    root = roots[folder.slug]
    ways = [(f"{root}{_INDEX}", folder.school.name), *((root + page.path, page.way) for page in made.pages if page.way)]
    leading = {root + page.path for page in made.pages if page.way and page.template == INDEX}
    if above:
        ways.insert(0, (_INDEX, above))
    for page in made.pages:
        path = root + page.path
        variables = dict(page.view)
        if page.template == INDEX:
            variables["groups"] = tuple(_from(group, path, root) for group in variables["groups"])
        within = "" if page.way else next((up for up in leading if path.startswith(f"{dirname(up)}/")), "")
        yield path, maker.written(page.template, variables, _site(ways, path, within))
    for name, data in made.files.items():
        yield root + name, data
    path = f"{root}{_INDEX}"
    yield path, maker.written(INDEX, variables_of(_index(maker, folder, made, roots)), _site(ways, path))


def _site(ways: Sequence[tuple[str, str]], here: str, within: str = "") -> tuple[Way, ...]:
    """The way through the site, as it is from one of its pages; `within` leads to it, where it is not in the way."""
    return tuple(Way(way(path, here), name, path == here, path == within) for path, name in ways)


def _index(maker: _Maker, folder: SchoolFolder, made: Pages, roots: dict[str, str]) -> IndexView:
    root = roots[folder.slug]
    groups = [_from(group, f"{root}{_INDEX}", root) for group in made.groups]
    members = [member for member in Organisations(maker.workspace).members(folder.slug) if member in roots]
    if members:
        links = tuple(_link(maker.workspace.school(member), roots) for member in members)
        groups.append(_from(Group(tr("Our schools"), (), links), f"{root}{_INDEX}", ""))
    return IndexView(
        overline=tr("Working with families"),
        title=folder.school.name,
        facts=tuple(_facts(maker.workspace, folder)),
        groups=tuple(groups),
        made=spoken(maker.today),
    )


def _from(group: Group, here: str, root: str) -> Group:
    """A group with the addresses of its links as they are from a page."""
    return replace(group, links=tuple(replace(link, href=way(link.within(root), here)) for link in group.links))


def _link(folder: SchoolFolder, roots: dict[str, str]) -> Link:
    return Link(f"{roots[folder.slug]}{_INDEX}", folder.school.name, _kind(folder))


def _kind(folder: SchoolFolder) -> str:
    """What an organisation is, in a sentence: "Primary, Lancashire."."""
    school = folder.school
    kind = _phase(school.phase) or tr(_KINDS[school.kind])
    return f"{kind}{f', {school.local_authority}' if school.local_authority else ''}."


def _phase(phase: str | None) -> str:
    return "" if phase is None else tr(_PHASES[phase])


def _facts(workspace: Workspace, folder: SchoolFolder) -> Iterator[tuple[str, str]]:
    """What GIAS, the register of schools in England, tells everybody too: no address, website or person."""
    school = folder.school
    above = [workspace.school(rganisation).school for rganisation in Organisations(workspace).above(folder.slug)]
    trusts = [school.name for school in above if school.kind == "trust"]
    yield from (
        (name, text)
        for name, text in (
            (tr("Phase"), _phase(school.phase)),
            (tr("Local authority"), school.local_authority),
            (tr("Trust"), ", ".join(trusts)),
            (tr("Unique reference number (URN)"), school.urn),
        )
        if text
    )


# -- all of them


def _of_all(maker: _Maker, folders: list[SchoolFolder], roots: dict[str, str]) -> bytes:
    name, schools = _whole(maker.workspace), [folder for folder in folders if folder.is_school]
    view = IndexView(
        overline=tr("Working with families"),
        title=name,
        facts=(),
        groups=tuple(_from(root, _INDEX, "") for root in _families(maker.workspace, folders, roots)),
        made=spoken(maker.today),
        subtitle=counted(len(schools), "school").capitalize() if schools else tr("Nothing is published here yet"),
    )
    return maker.written(INDEX, variables_of(view), ())


def _families(workspace: Workspace, folders: Iterable[SchoolFolder], roots: dict[str, str]) -> Iterator[Group]:
    """Each trust and authority with its members, then the schools that belong to none."""
    organisations, by_slug = Organisations(workspace), {folder.slug: folder for folder in folders}
    placed = set()
    for folder in by_slug.values():
        if folder.is_school:
            continue
        inside = [by_slug[member] for member in organisations.members(folder.slug) if member in by_slug]
        placed |= {folder.slug, *(folder.slug for folder in inside)}
        yield Group(folder.school.name, (), tuple(_link(school, roots) for school in (folder, *inside)))
    alone = [folder for folder in by_slug.values() if folder.slug not in placed]
    if alone:
        alone.sort(key=lambda school: school.school.name.casefold())
        yield Group(
            tr("Other schools") if placed else tr("Schools"), (), tuple(_link(folder, roots) for folder in alone)
        )
