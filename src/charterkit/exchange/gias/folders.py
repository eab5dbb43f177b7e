"""The organisations that a workspace has, by the numbers and names that a register knows them by."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path

from charterkit.exchange.gias.facts import plain_words
from charterkit.files.document import Document
from charterkit.files.workspace import Workspace
from charterkit.insight.organisations import Organisations
from charterkit.model.school import School
from charterkit.records import dataclass

_NUMBER = re.compile(rb"(?<![0-9])[0-9]{5,6}(?![0-9])")
UNREADABLE = "{path} cannot be read and may be this {what}: mend it first, or give the folder another name"


@dataclass(frozen=True, slots=True)
class FoundFolder:
    """One organisation that is there: its folder's name, its file and what that says."""

    slug: str
    document: Document[School]
    school: School

    @property
    def held(self) -> dict[str, str]:
        """What its file says, by key."""
        return {key: str(found) for key, found in self.school if isinstance(found, str) and found}


@dataclass
class Folders:
    """All of them. Of a number that several bear, all those are named."""

    workspace: Workspace
    by_urn: dict[str, list[FoundFolder]] = field(default_factory=lambda: defaultdict(list))
    by_former: dict[str, list[FoundFolder]] = field(default_factory=lambda: defaultdict(list))
    by_dfe: dict[str, list[FoundFolder]] = field(default_factory=lambda: defaultdict(list))
    by_group: dict[str, list[FoundFolder]] = field(default_factory=lambda: defaultdict(list))
    unnumbered: dict[str, list[FoundFolder]] = field(default_factory=lambda: defaultdict(list))
    """Schools without a URN, by name."""
    trusts: dict[str, list[FoundFolder]] = field(default_factory=lambda: defaultdict(list))
    """Trusts without a number, by name."""
    numbered: dict[str, list[FoundFolder]] = field(default_factory=lambda: defaultdict(list))
    """Those with one, by name: an extract may lack the column of numbers."""
    by_slug: dict[str, FoundFolder] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    """By number that stands in a file with mistakes, that file's path: whose number it is nobody can tell."""
    hidden: dict[str, str] = field(default_factory=dict)
    """By name of folder, in small letters, what does not tell which school it is: a file that is missing or cannot be
    read, a link.
    """
    broken: list[str] = field(default_factory=list)
    """The paths of files that cannot be read."""
    taken: set[str] = field(default_factory=set)
    """All names of folders, in small letters."""

    def hidden_at(self, names: Iterable[str]) -> str:
        """The first of these folders that does not tell which school it is; empty where there is none."""
        return next((self.hidden[name] for name in names if name in self.hidden), "")

    def trust_of(self, found: FoundFolder) -> str:
        """The trust that a school names, else the one that lists it; empty where there is none."""
        if found.school.trust:
            return found.school.trust
        above = Organisations(self.workspace).above(found.slug)
        return next((slug for slug in above if slug in self.by_slug and self.by_slug[slug].school.kind == "trust"), "")


def folders_of(workspace: Workspace) -> Folders:
    """The organisations of a workspace, its made-up examples aside."""
    place = workspace.root / "schools"
    names, known = _names(place), frozenset(workspace.slugs)
    made = Folders(workspace, taken={name.casefold() for name in names})
    made.hidden = {name.casefold(): f"schools/{name}" for name in names if name not in known}
    for slug in workspace.own_slugs:
        folder = workspace.school(slug)
        document = folder.document
        if not document.data and _is_left_over(place / slug):
            made.taken.discard(slug.casefold())
            continue
        if document.loaded.problems:
            made.broken.append(document.path)
            for number in _NUMBER.findall(document.data):
                made.unread.setdefault(number.decode(), document.path)
        if document.model is not None:
            _place(made, FoundFolder(slug, document, folder.school))
        elif document.data or any(each.is_dir() for each in (place / slug).iterdir()):
            made.hidden[slug.casefold()] = document.path
    return made


def _names(place: Path) -> list[str]:
    """All that lies in schools/, files too: no folder can have such a name."""
    return [each.name for each in place.iterdir()] if place.is_dir() else []


def _is_left_over(folder: Path) -> bool:
    """Whether nothing lies in a folder but what a call left there that was killed while it made the folder's file."""
    return not folder.is_symlink() and all(name.startswith(".school.yaml.") for name in _names(folder))


def _place(made: Folders, found: FoundFolder) -> None:
    school = found.school
    made.by_slug[found.slug] = found
    if school.kind == "trust":
        if school.group_uid:
            made.by_group[school.group_uid].append(found)
            made.numbered[plain_words(school.name)].append(found)
        else:
            made.trusts[plain_words(school.name)].append(found)
        return
    if school.kind != "school":
        return
    for urn in school.former_urns:
        made.by_former[urn].append(found)
    if school.dfe_number:
        made.by_dfe[school.dfe_number].append(found)
    if school.urn:
        made.by_urn[school.urn].append(found)
    elif "name" not in found.document.loaded.broken:
        made.unnumbered[plain_words(school.name)].append(found)
