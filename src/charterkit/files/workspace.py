"""The folder of charters and schools: found, listed and read, each file once and only when somebody asks for it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from charterkit.errors import CharterkitError
from charterkit.files.disk import PACKS, SCHOOLS, Disk, UnfitError
from charterkit.files.kinds import is_charter, is_pack, misplaced, school_kind
from charterkit.files.load import Loaded, load
from charterkit.files.places import SETTINGS, find
from charterkit.findings import Code
from charterkit.model.base import Model, nearest
from charterkit.model.charter import Charter, version_key
from charterkit.model.config import Config
from charterkit.model.evaluation import Evaluation
from charterkit.model.pack import Pack
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.model.survey import Survey
from charterkit.model.translation import Translation
from charterkit.model.visit import Visit

__all__ = ["SETTINGS", "Document", "SchoolFolder", "Workspace", "find"]

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Document(Generic[M]):
    """One file as it was read. `path` is relative to the workspace, with forward slashes."""

    path: str
    kind: type[M] | None
    loaded: Loaded[M]
    data: bytes = b""
    builtin: bool = False

    @property
    def model(self) -> M | None:
        """What the file means, as far as it can be read."""
        return self.loaded.model

    @property
    def is_fit(self) -> bool:
        """Whether its bytes could be read."""
        return all(problem.code != Code.UNFIT_FILE for problem in self.loaded.problems)

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return Path(self.path).stem


@dataclass
class Workspace:
    """One folder of files. `builtin` is where the charters lie that every workspace has without a file of its own.

    `unsaved` are texts that count in place of what is on the disk, by path: what an editor has not saved yet.
    """

    root: Path
    builtin: Path | None = None
    unsaved: Mapping[str, bytes] = field(default_factory=dict)
    _seen: dict[str, "Document[Model]"] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    """What was found out about the whole of it and takes long to find out again; until something is written."""
    _forgotten: int = 0
    """How often `forget` was called: lists made before the last time are made anew."""

    @cached_property
    def disk(self) -> Disk:
        """Its folder, with what is not saved yet."""
        return Disk(self.root, self.unsaved)

    # -- reading one file

    def read(self, path: str, kind: type[M] | None) -> Document[M]:
        """A file's document; read again only when it is asked for after `forget`."""
        if path not in self._seen:
            self._seen[path] = self._read(self.disk, path, kind)
        return self._seen[path]  # type: ignore[return-value]  # one path has one kind

    def forget(self, path: str) -> None:
        """Read the file anew next time: it has just been written."""
        self._seen.pop(path, None)
        self._forgotten += 1
        self.notes.clear()
        self.disk.forget()
        lists = {"charters": ("_own_charters", "charter_documents", "charters"), "schools": ("slugs", "_slugs")}
        for name in lists.get(path.partition("/")[0], ("config",)):
            self.__dict__.pop(name, None)

    def leave(self, slug: str) -> None:
        """Keep nothing of what was read of a school: of very many only a few are wanted at a time."""
        self._schools.pop(slug, None)
        for path in self.disk.files(f"schools/{slug}"):
            self._seen.pop(path, None)

    @staticmethod
    def _read(disk: Disk, path: str, kind: type[M] | None, *, builtin: bool = False) -> Document[M]:
        try:
            data = disk.read(path)
        except UnfitError as unfit:
            return Document(path, kind, Loaded(None, (unfit.problem,)), builtin=builtin)
        if kind is None:
            return Document(path, kind, Loaded(None, (misplaced(path),)), data, builtin)
        return Document(path, kind, load(kind, data), data, builtin)

    # -- the whole

    def paths(self) -> Iterator[tuple[str, type[Model] | None]]:
        """Every YAML file of the workspace and its kind; None for one in a place that means nothing."""
        yield from self.shared_paths()
        for path in self.disk.files(SCHOOLS):
            if path.count("/") > 1 or self.has_school(path[len(SCHOOLS) + 1 :]):
                yield path, school_kind(path)

    def shared_paths(self) -> Iterator[tuple[str, type[Model] | None]]:
        """Those that lie in no school's folder."""
        for name in (SETTINGS, "charterkit.yml"):
            if self.disk.has(name):
                yield name, Config if name == SETTINGS else None
        for path in self.disk.files("charters"):
            yield path, self._charter_kind(self.disk, path) if is_charter(path) else None
        for path in self.disk.files(PACKS):
            yield path, Pack if is_pack(path) else None
        for path in self.disk.files(SCHOOLS):
            if path.count("/") < 2 and not self.has_school(path[len(SCHOOLS) + 1 :]):  # noqa: PLR2004 - not below one
                yield path, None

    def documents(self) -> Iterator[Document[Model]]:
        """Every file, read."""
        for path, kind in self.paths():
            yield self.read(path, kind)

    @cached_property
    def config(self) -> Config:
        """The workspace's settings; the defaults where there is no `charterkit.yaml`."""
        if not self.disk.has(SETTINGS):
            return Config()
        return self.read(SETTINGS, Config).model or Config()

    # -- charters

    @staticmethod
    def _charter_kind(disk: Disk, path: str) -> type[Model]:
        try:
            data = disk.read(path)
        except UnfitError:
            return Charter
        return Translation if _LANGUAGE.search(data) else Charter

    @cached_property
    def charter_documents(self) -> list[Document[Charter]]:
        """The workspace's charters, then the built-in ones it has no file for.

        A file of its own that cannot be read is never passed over in favour of a built-in one it may hold.
        """
        own = self._own_charters
        have = {(found.model.id, found.model.version) for found in own if found.model}
        return own + [
            document
            for document in self._builtin_charters
            if document.model
            and (document.model.id, document.model.version) not in have
            and not self.disk.has(document.path)
            and not self._unread_of(document.model.id)
        ]

    @cached_property
    def _own_charters(self) -> list[Document[Charter]]:
        return [
            self.read(path, Charter)
            for path in self.disk.files("charters")
            if is_charter(path) and self._charter_kind(self.disk, path) is Charter
        ]

    @property
    def _unread_charters(self) -> list[Document[Charter]]:
        """The workspace's own files of which it cannot be told which charter and version they hold."""
        closed = [self._read(self.disk, "charters", Charter)] if "charters" in self.disk.files("charters") else []
        return closed + [one for one in self._own_charters if not one.model or {"id", "version"} & one.loaded.broken]

    def _unread_of(self, charter: str) -> list[Document[Charter]]:
        """Those of them that may well hold this charter, by the id in them or the built-in one's file name."""
        names = {one.path for one in self._builtin_charters if one.model and one.model.id == charter} | {"charters"}
        return [one for one in self._unread_charters if one.path in names or _id_in(one) == charter]

    @cached_property
    def _builtin_charters(self) -> list[Document[Charter]]:
        if self.builtin is None or self.builtin == self.root:
            return []
        disk = Disk(self.builtin)
        return [
            self._read(disk, path, Charter, builtin=True)
            for path in disk.files("charters")
            if self._charter_kind(disk, path) is Charter
        ]

    @cached_property
    def charters(self) -> dict[tuple[str, str], Document[Charter]]:
        """By id and version; of two files with one pair, the first by name."""
        found: dict[tuple[str, str], Document[Charter]] = {}
        for document in self.charter_documents:
            if document.model and not {"id", "version"} & document.loaded.broken:
                found.setdefault((document.model.id, document.model.version), document)
        return found

    def versions(self, charter: str) -> list[Charter]:
        """A charter's versions, oldest first: "1", "2", "10"."""
        found = [document.model for (name, _), document in self.charters.items() if name == charter and document.model]
        return sorted(found, key=lambda one: version_key(one.version))

    @property
    def charter_ids(self) -> list[str]:
        """The ids of all charters."""
        return sorted({name for name, _ in self.charters})

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
        chosen = named or self.config.charter or self._only_charter()
        if chosen not in self.charter_ids:
            raise self._no_charter(chosen)
        versions = self.versions(chosen)
        fit = [one for one in versions if one.status != "withdrawn"]
        settled = [one for one in fit if one.status == "published" or one.version == used]
        return (settled or fit or versions)[-1]

    def _only_charter(self) -> str:
        """The only charter with a file of the workspace's own, else the only built-in one."""
        own = {_id_in(one) for one in self._own_charters} - {""}
        if not own and self._unread_charters:
            raise _unread(self._unread_charters)
        ids = sorted(own) or self.charter_ids
        if len(ids) > 1:
            known = ", ".join(self.charter_ids)
            raise CharterkitError("There are several charters here.", f"Add --charter with one of: {known}.")
        if not ids:
            raise CharterkitError("There is no charter here.", "Run 'charterkit init' to get the built-in one.")
        return ids[0]

    def _no_charter(self, chosen: str) -> CharterkitError:
        ids = self.charter_ids
        unread = self._unread_of(chosen) or ([] if ids else self._unread_charters)
        if unread:
            return _unread(unread)
        meant = nearest(chosen, ids)
        hint = f"Did you mean {meant}?" if meant else f"There is: {', '.join(ids)}."
        if not ids:
            hint = "Run 'charterkit init' to get the built-in one."
        return CharterkitError(f"There is no charter '{chosen}'.", hint)

    # -- schools

    @cached_property
    def _schools(self) -> "dict[str, SchoolFolder]":
        return {}

    @cached_property
    def slugs(self) -> list[str]:
        """The folders below schools/, sorted."""
        return self.disk.schools()

    @cached_property
    def _slugs(self) -> frozenset[str]:
        return frozenset(self.slugs)

    def has_school(self, slug: str) -> bool:
        """Whether there is a folder of this name below schools/."""
        return slug in self._slugs

    def school(self, slug: str) -> "SchoolFolder":
        """One school by slug. Raises CharterkitError with the nearest slug where there is none."""
        if slug in self._schools:
            return self._schools[slug]
        if not self.has_school(slug):
            meant = nearest(slug, self.slugs)
            hint = f"Did you mean {meant}?" if meant else f"There is: {_some(self.slugs)}."
            raise CharterkitError(
                f"There is no school '{slug}'.", hint if self.slugs else "Run 'charterkit new school'."
            )
        return self._schools.setdefault(slug, SchoolFolder(self, slug))

    def choose_school(self, slug: str | None) -> "SchoolFolder":
        """The named school, or the only one there is. Raises CharterkitError with the slugs to choose from."""
        if slug:
            return self.school(slug)
        schools = [one for one in self.slugs if self.school(one).is_school]
        if len(schools) == 1:
            return self.school(schools[0])
        if not schools:
            raise CharterkitError("There is no school here yet.", "Run 'charterkit new school \"Name of the school\"'.")
        raise CharterkitError("There are several schools here: say which.", f"Add one of: {_some(schools)}.")


@dataclass
class SchoolFolder:
    """One folder below schools/: the organisation and what is kept about it."""

    workspace: Workspace
    slug: str
    _lists: dict[str, list[str]] = field(default_factory=dict, repr=False)
    _at: int = 0

    @property
    def path(self) -> str:
        """The folder, relative to the workspace."""
        return f"schools/{self.slug}"

    @property
    def document(self) -> Document[School]:
        """The file school.yaml."""
        return self.workspace.read(f"{self.path}/school.yaml", School)

    @property
    def school(self) -> School:
        """The organisation; of an unreadable file, one that has only the folder's name."""
        model = self.document.model
        if model is None or "name" in self.document.loaded.broken:
            blank = model or School(name=self.slug)
            return blank.model_copy(update={"name": self.slug})
        return model

    @property
    def is_school(self) -> bool:
        """Whether it is a school, not a trust or an authority."""
        return self.school.kind == "school"

    def documents(self) -> Iterator[Document[Model]]:
        """Every file below it, read."""
        for path in self.workspace.disk.files(self.path):
            yield self.workspace.read(path, school_kind(path))

    def _all(self, folder: str, kind: type[M]) -> list[Document[M]]:
        if self._at != self.workspace._forgotten:  # noqa: SLF001 - the two keep one set of books
            self._lists.clear()
            self._at = self.workspace._forgotten  # noqa: SLF001
        if folder not in self._lists:
            paths = self.workspace.disk.files(f"{self.path}/{folder}")
            self._lists[folder] = [path for path in paths if school_kind(path) is kind]
        return [self.workspace.read(path, kind) for path in self._lists[folder]]

    @property
    def evaluations(self) -> list[Document[Evaluation]]:
        """All its self-evaluations, by file name."""
        return self._all("evaluations", Evaluation)

    @property
    def policies(self) -> list[Document[Policy]]:
        """Its own policies, by file name."""
        return self._all("policies", Policy)

    @property
    def visits(self) -> list[Document[Visit]]:
        """Visits to it, by file name."""
        return self._all("visits", Visit)

    @property
    def surveys(self) -> list[Document[Survey]]:
        """Its surveys, by file name."""
        return self._all("surveys", Survey)


def _id_in(document: Document[Charter]) -> str:
    """The charter's id as far as it can be told, also from a file that cannot be read as YAML."""
    if document.model and "id" not in document.loaded.broken:
        return document.model.id
    found = _ID.search(document.data.replace(b"\0", b""))  # UTF-16 of an English file is ASCII with NULs between
    return found[1].decode() if found else ""


def _unread(documents: list[Document[Charter]]) -> CharterkitError:
    return CharterkitError(f"{documents[0].path} cannot be read.", "Run 'charterkit check' and mend what it names.")


def _some(slugs: list[str], most: int = 12) -> str:
    if len(slugs) <= most:
        return ", ".join(slugs)
    return f"{', '.join(slugs[:most])} and {len(slugs) - most} more"


_LANGUAGE = re.compile(rb"""^(?:\xef\xbb\xbf)?(["']?)language\1[ \t]*:""", re.MULTILINE)
"""The top-level key that makes a file in charters/ a translation."""
_ID = re.compile(
    rb"""^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?id[ \t]*:[ \t]*["']?([a-z0-9-]+)["']?[ \t]*(?:#.*)?\r?$""", re.MULTILINE
)
