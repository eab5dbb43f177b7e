"""The folder of charters and schools: found, listed and read, each file once and only when somebody asks for it."""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from charterkit.errors import CharterkitError
from charterkit.files.load import Loaded, load
from charterkit.files.yaml_text import MAX_BYTES
from charterkit.findings import Problem
from charterkit.model.base import Model, nearest
from charterkit.model.charter import Charter
from charterkit.model.config import Config
from charterkit.model.evaluation import Evaluation
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.model.survey import Survey
from charterkit.model.translation import Translation
from charterkit.model.visit import Visit

M = TypeVar("M", bound=Model)

SETTINGS = "charterkit.yaml"
FOLDERS: Mapping[str, type[Model]] = {
    "evaluations": Evaluation,
    "policies": Policy,
    "visits": Visit,
    "surveys": Survey,
}
"""What each folder of a school holds."""


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
    def stem(self) -> str:
        """The file's name without its ending."""
        return Path(self.path).stem


def find(start: Path) -> Path | None:
    """The workspace around a folder: the first upwards with `charterkit.yaml`, or with both charters/ and schools/."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file() or ((folder / "charters").is_dir() and (folder / "schools").is_dir()):
            return folder
    return None


@dataclass
class Workspace:
    """One folder of files. `builtin` is where the charters lie that every workspace has without a file of its own."""

    root: Path
    builtin: Path | None = None
    _seen: dict[str, "Document[Model]"] = field(default_factory=dict)

    # -- reading one file

    def read(self, path: str, kind: type[M] | None) -> Document[M]:
        """A file's document; read again only when it is asked for after `forget`."""
        if path not in self._seen:
            self._seen[path] = self._read(self.root, path, kind)  # type: ignore[assignment]  # Document[M] is one
        return self._seen[path]  # type: ignore[return-value]  # one path has one kind

    def forget(self, path: str) -> None:
        """Read the file anew next time: it has just been written."""
        self._seen.pop(path, None)
        self._schools.clear()

    @staticmethod
    def _read(root: Path, path: str, kind: type[M] | None, *, builtin: bool = False) -> Document[M]:
        try:
            data = _bytes(root, path)
        except _UnfitError as unfit:
            return Document(path, kind, Loaded(None, (unfit.problem,)), builtin=builtin)
        if kind is None:
            return Document(path, kind, Loaded(None, (_misplaced(path),)), data, builtin)
        return Document(path, kind, load(kind, data), data, builtin)

    # -- the whole

    def paths(self) -> Iterator[tuple[str, type[Model] | None]]:
        """Every YAML file of the workspace and its kind; None for one in a place that means nothing."""
        for name in (SETTINGS, "charterkit.yml"):
            if (self.root / name).is_file():
                yield name, Config if name == SETTINGS else None
        for path in _yaml_files(self.root, "charters"):
            parts = path.split("/")
            yield path, self._charter_kind(path) if _fits(parts, 2) else None
        for path in _yaml_files(self.root, "schools"):
            yield path, _school_kind(path)

    def documents(self) -> Iterator[Document[Model]]:
        """Every file, read."""
        for path, kind in self.paths():
            yield self.read(path, kind)

    @cached_property
    def config(self) -> Config:
        """The workspace's settings; the defaults where there is no `charterkit.yaml`."""
        if not (self.root / SETTINGS).is_file():
            return Config()
        return self.read(SETTINGS, Config).model or Config()

    # -- charters

    def _charter_kind(self, path: str) -> type[Model]:
        try:
            data = _bytes(self.root, path)
        except _UnfitError:
            return Charter
        return Translation if b"\nlanguage:" in data or data.startswith(b"language:") else Charter

    @cached_property
    def charter_documents(self) -> list[Document[Charter]]:
        """The workspace's charters, then the built-in ones it has no file for."""
        own = [
            self.read(path, Charter)
            for path in _yaml_files(self.root, "charters")
            if _fits(path.split("/"), 2) and self._charter_kind(path) is Charter
        ]
        have = {(found.model.id, found.model.version) for found in own if found.model}
        if self.builtin is not None and self.builtin != self.root:
            for path in _yaml_files(self.builtin, "charters"):
                document: Document[Charter] = self._read(self.builtin, path, Charter, builtin=True)
                if document.model and (document.model.id, document.model.version) not in have:
                    own.append(document)
        return own

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
        found = [
            document.model for (name, _), document in self.charters.items() if name == charter and document.model
        ]
        return sorted(found, key=lambda one: version_key(one.version))

    @property
    def charter_ids(self) -> list[str]:
        """The ids of all charters."""
        return sorted({name for name, _ in self.charters})

    def charter_of(self, evaluation: Evaluation) -> Charter | None:
        """The charter version an evaluation was made with, if the workspace has it."""
        document = self.charters.get((evaluation.charter, evaluation.charter_version))
        return document.model if document else None

    def choose_charter(self, named: str | None) -> Charter:
        """The newest version of the named charter, or of the default one.

        Raises CharterkitError where there is none, or several and no default.
        """
        ids = self.charter_ids
        chosen = named or self.config.charter or (ids[0] if len(ids) == 1 else None)
        if not ids:
            raise CharterkitError("There is no charter here.", "Run 'charterkit init' to get the built-in one.")
        if chosen is None:
            raise CharterkitError("There are several charters here.", f"Add --charter with one of: {', '.join(ids)}.")
        if chosen not in ids:
            meant = nearest(chosen, ids)
            hint = f"Did you mean {meant}?" if meant else f"There is: {', '.join(ids)}."
            raise CharterkitError(f"There is no charter '{chosen}'.", hint)
        return self.versions(chosen)[-1]

    # -- schools

    @cached_property
    def _schools(self) -> "dict[str, SchoolFolder]":
        return {}

    @cached_property
    def slugs(self) -> list[str]:
        """The folders below schools/, sorted."""
        try:
            with os.scandir(self.root / "schools") as found:
                return sorted(one.name for one in found if one.is_dir(follow_symlinks=False) and one.name[0] != ".")
        except OSError:
            return []

    def school(self, slug: str) -> "SchoolFolder":
        """One school by slug. Raises CharterkitError with the nearest slug where there is none."""
        if slug not in self.slugs:
            meant = nearest(slug, self.slugs)
            hint = f"Did you mean {meant}?" if meant else f"There is: {_some(self.slugs)}."
            raise CharterkitError(f"There is no school '{slug}'.", hint if self.slugs else "Run 'charterkit new school'.")
        if slug not in self._schools:
            self._schools[slug] = SchoolFolder(self, slug)
        return self._schools[slug]

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

    @property
    def path(self) -> str:
        """The folder, relative to the workspace."""
        return f"schools/{self.slug}"

    @cached_property
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

    def _all(self, folder: str, kind: type[M]) -> list[Document[M]]:
        paths = _yaml_files(self.workspace.root, f"{self.path}/{folder}")
        return [self.workspace.read(path, kind) for path in paths if _school_kind(path) is kind]

    @cached_property
    def evaluations(self) -> list[Document[Evaluation]]:
        """All its self-evaluations, by file name."""
        return self._all("evaluations", Evaluation)

    @cached_property
    def policies(self) -> list[Document[Policy]]:
        """Its own policies, by file name."""
        return self._all("policies", Policy)

    @cached_property
    def visits(self) -> list[Document[Visit]]:
        """Visits to it, by file name."""
        return self._all("visits", Visit)

    @cached_property
    def surveys(self) -> list[Document[Survey]]:
        """Its surveys, by file name."""
        return self._all("surveys", Survey)


def version_key(version: str) -> tuple[tuple[int, str], ...]:
    """Sorts "1", "1.1", "2", "10" as people count."""
    parts = version.replace("-", ".").split(".")
    return tuple((int(part), "") if part.isdecimal() and len(part) < 10 else (0, part) for part in parts)  # noqa: PLR2004


def _some(slugs: list[str], most: int = 12) -> str:
    if len(slugs) <= most:
        return ", ".join(slugs)
    return f"{', '.join(slugs[:most])} and {len(slugs) - most} more"


def _fits(parts: list[str], depth: int) -> bool:
    return len(parts) == depth and parts[-1].endswith(".yaml")


def _school_kind(path: str) -> type[Model] | None:
    parts = path.split("/")
    if _fits(parts, 3) and parts[2] == "school.yaml":
        return School
    return FOLDERS.get(parts[2]) if _fits(parts, 4) else None


def _misplaced(path: str) -> Problem:
    if path.endswith(".yml"):
        return Problem("CK114", "a .yml file is not read", "Give it the ending .yaml.", line=1, column=1)
    remedy = "Move it to charters/, or to evaluations/, policies/, visits/ or surveys/ of a school."
    return Problem("CK114", "a YAML file in this place means nothing", remedy, line=1, column=1)


def _yaml_files(root: Path, folder: str) -> list[str]:
    """Every .yaml and .yml file below a folder, relative, sorted; folders behind links are not entered."""
    found: list[str] = []
    top = root / folder
    if top.is_symlink() and not _leads_inside(root, top):
        return found
    for here, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            Path(here, name).relative_to(root).as_posix()
            for name in names
            if name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")
        ]
    return sorted(found)


def _leads_inside(root: Path, path: Path) -> bool:
    """Whether a path, with all links followed, stays in the workspace; a loop of links does not."""
    try:
        return path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a symlink loop is a RuntimeError before Python 3.13
        return False


class _UnfitError(Exception):
    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.problem = Problem("CK113", message, remedy, line=1, column=1)


def _bytes(root: Path, path: str) -> bytes:
    """A file's bytes, one more than the limit at most; refused when it is no plain file of this workspace."""
    whole = root / path
    try:
        if whole.is_symlink() and not _leads_inside(root, whole):
            raise _UnfitError("the file is a link that leads out of the workspace", "Put the file itself here.")
        with whole.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _UnfitError("this is no plain file", "Put a plain file here.")
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _UnfitError("there is no such file", "Restore it, or delete what points at it.") from None
    except (OSError, RuntimeError) as error:  # a symlink loop is a RuntimeError before Python 3.13
        reason = getattr(error, "strerror", None) or "a loop of links"
        raise _UnfitError(f"the file cannot be read: {reason}", "Check its permissions.") from None


