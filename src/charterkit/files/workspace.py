"""The door to a folder of charters and schools: what lies in it is asked for here, and shared by all who ask.

A workspace stands on one snapshot (`snapshot.py`) until `refresh` finds that the disk says something else.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from charterkit.errors import Conflict, NotThere
from charterkit.files.apart import Apart
from charterkit.files.attachments import Answers
from charterkit.files.charters import Charters
from charterkit.files.copies import Rival
from charterkit.files.disk import PACKS, Disk, FolderListing
from charterkit.files.document import Document
from charterkit.files.kinds import is_charter, is_pack, school_kind
from charterkit.files.names import NEARLY_SETTINGS
from charterkit.files.places import SETTINGS, find
from charterkit.files.school_folder import SchoolFolder
from charterkit.files.snapshot import Snapshot
from charterkit.model.base import Model, nearest
from charterkit.model.charter import Charter
from charterkit.model.config import Config
from charterkit.model.evaluation import Evaluation
from charterkit.model.pack import Pack
from charterkit.records import dataclass

__all__ = ["SETTINGS", "Document", "SchoolFolder", "Workspace", "find"]

M = TypeVar("M", bound=Model)
T = TypeVar("T")


@dataclass
class Workspace:
    """One folder of files. `builtin` is where the charters lie that every workspace has without a file of its own.

    `unsaved` are texts that count in place of what is on the disk, by path: what an editor has not saved yet. `listed`
    is a look at its schools that was had already.
    """

    root: Path
    builtin: Path | None = None
    unsaved: Mapping[str, bytes] = field(default_factory=dict)
    listed: FolderListing | None = field(default=None, repr=False, compare=False)
    whole: "Workspace | None" = field(default=None, repr=False, compare=False)
    """Of one that is `apart`, the workspace it is a part of."""
    own: str | None = field(default=None, repr=False, compare=False)
    """Of one that is `apart`, the school it looks at, if it is about one."""

    @cached_property
    def snapshot(self) -> Snapshot:
        """What it stands on."""
        return (
            Apart(self.whole.snapshot, self.own) if self.whole else Snapshot(Disk(self.root, self.unsaved), self.listed)
        )

    @cached_property
    def _shipped(self) -> Snapshot | None:
        return Snapshot(Disk(self.builtin)) if self.builtin and self.builtin != self.root else None

    def refresh(self) -> None:
        """Look whether the disk still says the same: from now on what it says now. To be called after each write."""
        self.snapshot = self.snapshot.renewed()

    def apart(self, own: str | None = None) -> "Workspace":
        """The same workspace, for a look at some of very many schools: what is read of them goes with it.

        With `own` it is a look at that one alone: what is asked about others is noted, as in `Apart`.
        """
        return Workspace(self.root, self.builtin, self.unsaved, whole=self, own=own)

    @property
    def asked(self) -> Answers:
        """Of a look at one school, what was asked about others."""
        return self.snapshot.asked if isinstance(self.snapshot, Apart) else {}

    def once(self, make: Callable[["Workspace"], T]) -> T:
        """What a function finds out about the whole workspace; it is called once a snapshot."""
        whole = self.whole or self
        memo = whole.snapshot.memo
        if make not in memo:
            memo[make] = make(whole)
        found: T = memo[make]
        return found

    # -- its files

    def read(self, path: str, kind: type[M] | None) -> Document[M]:
        """A file's document."""
        return self.snapshot.document(path, kind)

    def files(self, folder: str) -> tuple[str, ...]:
        """The paths of every YAML file below a folder, sorted."""
        return self.snapshot.files(folder)

    def paths(self) -> Iterator[tuple[str, type[Model] | None]]:
        """Every YAML file of the workspace and its kind; None for one in a place that means nothing."""
        yield from self.shared_paths()
        listing = self.snapshot.listing
        for path in sorted(path for files in listing.schools.values() for path in files):
            yield path, school_kind(path)

    def shared_paths(self) -> Iterator[tuple[str, type[Model] | None]]:
        """Those that lie in no school's folder."""
        for name in (SETTINGS, *NEARLY_SETTINGS):
            if self.snapshot.has(name):
                yield name, Config if name == SETTINGS else None
        yield from self.charter_paths()
        for path in self.files(PACKS):
            yield path, Pack if is_pack(path) else None
        for path in self.snapshot.listing.loose:
            yield path, None

    def charter_paths(self) -> Iterator[tuple[str, type[Model] | None]]:
        """Those in charters/: charters, and translations of some."""
        for path in self.files("charters"):
            yield path, self.snapshot.charter_kind(path) if is_charter(path) else None

    def documents(self) -> Iterator[Document[Model]]:
        """Every file, read."""
        for path, kind in self.paths():
            yield self.read(path, kind)

    @property
    def config(self) -> Config:
        """The workspace's settings; the defaults where there is no `charterkit.yaml`."""
        return self.once(_config)

    # -- charters

    @property
    def _charters(self) -> Charters:
        return self.once(_shelf)

    @property
    def charter_documents(self) -> list[Document[Charter]]:
        """The workspace's charters, then the built-in ones it has no file for.

        A file of its own that cannot be read is never passed over in favour of a built-in one it may hold.
        """
        return self._charters.documents

    @property
    def charters(self) -> dict[tuple[str, str], Document[Charter]]:
        """By id and version; of two files with one pair, the one that is named after it."""
        return self._charters.by_version

    @property
    def charter_rivals(self) -> tuple[Rival[Charter], ...]:
        """The charters' files that give way to another one of the same charter and version."""
        return self._charters.rivals

    def versions(self, charter: str) -> list[Charter]:
        """A charter's versions, oldest first: "1", "2", "10"."""
        return list(self._charters.versions.get(charter, ()))

    @property
    def charter_ids(self) -> list[str]:
        """The ids of all charters."""
        return list(self._charters.versions)

    def charter_of(self, evaluation: Evaluation) -> Charter | None:
        """The charter version an evaluation was made with, if the workspace has it."""
        document = self.charters.get((evaluation.charter, evaluation.charter_version))
        return document.model if document else None

    def choose_charter(self, named: str | None, used: str | None = None) -> Charter:
        """The version to work with of the named charter, of the default one, or of the only one.

        That is the newest published version; a draft only where none is published, and a withdrawn one only where there
        is nothing else. `used` is the version a school used last: it is not left for an unfinished newer one.
        Raises CharterkitError where there is none, where its file cannot be read, or of several and no default.
        """
        return self._charters.choose(named or self.config.charter, used)

    # -- schools

    @cached_property
    def _schools(self) -> dict[str, SchoolFolder]:
        return {}

    @property
    def slugs(self) -> list[str]:
        """The folders below schools/, sorted."""
        return self.snapshot.slugs

    @property
    def own_slugs(self) -> list[str]:
        """Those of them that count where no school is named: all but the made-up examples."""
        examples = frozenset(self.config.examples)
        return [slug for slug in self.slugs if slug not in examples] if examples else self.slugs

    def has_school(self, slug: str) -> bool:
        """Whether there is a folder of this name below schools/."""
        return slug in self.snapshot.slug_set

    def school(self, slug: str) -> SchoolFolder:
        """One school by slug. Raises CharterkitError with the nearest slug where there is none."""
        if not self.has_school(slug):
            raise NotThere("no-school", slug=slug, meant=nearest(slug, self.slugs), known=self.slugs)
        return self._schools.setdefault(slug, SchoolFolder(self, slug))

    def looked_into(self) -> list[SchoolFolder]:
        """The schools whose self-evaluations were asked for since the last `refresh`."""
        return [folder for folder in self._schools.values() if self.snapshot.has_settled(f"{folder.path}/evaluations")]

    def choose_school(self, slug: str | None) -> SchoolFolder:
        """The named school, or the only one of their own. Raises CharterkitError with the slugs to choose from."""
        if slug:
            return self.school(slug)
        schools = [name for name in self.own_slugs if self.school(name).is_school]
        if len(schools) == 1:
            return self.school(schools[0])
        if schools:
            raise Conflict("several-schools", known=schools)
        if examples := [name for name in self.config.examples if self.has_school(name)]:
            raise NotThere("no-own-school", known=examples[:1])
        raise NotThere("no-schools")


def _config(workspace: Workspace) -> Config:
    has_one = workspace.snapshot.has(SETTINGS)
    return (workspace.read(SETTINGS, Config).model if has_one else None) or Config()


def _shelf(workspace: Workspace) -> Charters:
    return Charters(workspace.snapshot, workspace._shipped)  # noqa: SLF001 - made here for the class above
