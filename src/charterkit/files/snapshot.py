"""A workspace's YAML files as they were when they were first asked for, and whether the disk would still say the same.

Each folder is listed once and each file read once, when somebody asks for it, so that a command about one school never
looks at a thousand others. What a snapshot has said it goes on saying; nobody tells it that something was written.
`renewed` puts every question that it was asked to the disk again, by names and stamps. It gives the same snapshot, or
a new one that takes over what was read of the files that stand as they were. `apart.py` looks at one school of many.
"""

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from charterkit.files.copies import Settled, note_copies, settled
from charterkit.files.disk import SCHOOLS, Disk, FolderListing, Stamp, UnfitError, before
from charterkit.files.document import Document
from charterkit.files.kinds import misplaced, school_kind
from charterkit.files.load import Loaded, load
from charterkit.model.base import Model
from charterkit.model.charter import Charter
from charterkit.model.translation import Translation

M = TypeVar("M", bound=Model)

_MOST_LENT = 256
_TWICE = ""
"""Stands in place of the stamp of a file that had another one when it was read again: no file has it."""


class Snapshot:
    """What a workspace's disk has answered so far. `listing` is a look at all schools that was had already."""

    def __init__(self, disk: Disk, listing: FolderListing | None = None) -> None:
        self.disk = disk
        self.memo: dict[Callable[..., Any], Any] = {}
        """What was found out about the whole of it, by the function that did; filled by `Workspace.once`."""
        self._until = before()
        self._listing = listing
        self._slugs: list[str] | None = None
        self._lists: dict[str, tuple[str, ...]] = {}
        self._there: dict[str, bool] = {}
        self._documents: dict[str, Document[Any]] = {}
        self._settled: dict[str, Settled[Any]] = {}
        self._stamps: dict[str, Stamp | None] = {}
        self._charters: dict[str, bytes] = {}
        self._lent: dict[str, Document[Any]] = {}

    # -- what is there

    @property
    def slugs(self) -> list[str]:
        """The folders below schools/, sorted."""
        if self._slugs is None:
            self._slugs = list(self._listing.schools) if self._listing else self.disk.schools()
        return self._slugs

    @cached_property
    def slug_set(self) -> frozenset[str]:
        """The same, quick to look up."""
        return frozenset(self.slugs)

    @property
    def listing(self) -> FolderListing:
        """All that lies below schools/, from one look."""
        if self._listing is None:
            self._listing = self.disk.listing()
        return self._listing

    def files(self, folder: str) -> tuple[str, ...]:
        """Every YAML file below a folder, and the folder itself where it cannot be looked into; sorted."""
        if folder not in self._lists:
            self._lists[folder] = self._files(folder)
        return self._lists[folder]

    def _files(self, folder: str) -> tuple[str, ...]:
        if folder == SCHOOLS:
            return self.listing.files
        parts = folder.split("/", 2)
        if parts[0] != SCHOOLS or self._listing is None:
            return self.disk.files(folder)
        inside = self._listing.schools.get(parts[1], {})
        if len(parts) == 2:  # noqa: PLR2004 - the whole of a school's folder
            return tuple(inside)
        return tuple(path for path in inside if path == folder or path.startswith(f"{folder}/"))

    def has(self, path: str) -> bool:
        """Whether there is a file, or anything else, at a path."""
        if path not in self._there:
            self._there[path] = self.disk.has(path)
        return self._there[path]

    # -- what stands in it

    def document(self, path: str, kind: type[M] | None, *, builtin: bool = False) -> Document[M]:
        """A file's document; of one path there is one kind."""
        if path not in self._documents:
            self._documents[path] = self._read(path, kind, builtin=builtin)
        return self._documents[path]

    def has_read(self, path: str) -> bool:
        """Whether a file's document is at hand."""
        return path in self._documents

    def settled(self, folder: str, kind: type[M]) -> Settled[M]:
        """The documents of one kind that lie in a folder, by file name, and which of them count; of one folder there is
        one kind.
        """
        if folder not in self._settled:
            paths = [path for path in self.files(folder) if school_kind(path) is kind]
            self._settled[folder] = settled([self.document(path, kind) for path in paths])
            note_copies(self._settled[folder].rivals)
        return self._settled[folder]

    def has_settled(self, folder: str) -> bool:
        """Whether it was asked which of a folder's files count."""
        return folder in self._settled

    def _read(self, path: str, kind: type[M] | None, *, builtin: bool) -> Document[M]:
        try:
            data = self.peek(path)
        except UnfitError as unfit:
            return Document(path, kind, Loaded(None, (unfit.problem,)), builtin=builtin)
        if kind is None:
            return Document(path, kind, Loaded(None, (misplaced(path, self._is_file),)), data, builtin)
        return Document(path, kind, load(kind, data), data, builtin)

    def _is_file(self, path: str) -> bool:
        """Whether a file has just this name, its capitals too, whatever the disk takes for the same."""
        folder = path.rpartition("/")[0]
        return path in self.files(folder) if folder else self.has(path)

    def peek(self, path: str) -> bytes:
        """A file's bytes, which are not kept. Raises UnfitError when it is no plain file of the workspace."""
        if path in self._documents and self._documents[path].is_fit:
            return self._documents[path].data
        if path in self._charters:
            return self._charters[path]
        stamp = None
        try:
            data, stamp = self.disk.read_stamped(path, self._until, is_inside=self._is_listed(path))
        finally:
            if self._stamps.setdefault(path, stamp) != stamp:
                self._stamps[path] = _TWICE
        return data

    def stamp_of(self, path: str) -> Stamp | None:
        """The stamp that a file had when it was read here; None where it tells nothing."""
        return self._stamps.get(path) or None

    def _is_listed(self, path: str) -> bool:
        """Whether the folder around a file was met on a way from the top on which there is no link."""
        if self._listing is None or not path.startswith(f"{SCHOOLS}/"):
            return False
        return path in self._listing.schools.get(path.split("/", 2)[1], ())

    def charter_kind(self, path: str) -> type[Model]:
        """Whether a file in charters/ is a charter or the translation of one; it is read from the same bytes."""
        try:
            data = self._charters[path] = self.peek(path)
        except UnfitError:
            return Charter
        return Translation if _LANGUAGE.search(data) else Charter

    def lend(self, path: str, kind: type[M] | None) -> Document[M]:
        """A school's document for looks at other ones. Of very many only the last few are kept: those of a trust or an
        authority, which all its members ask for.
        """
        if path in self._documents:
            return self._documents[path]
        if path not in self._lent:
            if len(self._lent) >= _MOST_LENT:
                self._lent.clear()
            self._lent[path] = self._read(path, kind, builtin=False)
        return self._lent[path]

    def note(self, what: str, about: str, answer: Any) -> None:  # noqa: ANN401 - plain data
        """Be told of an answer about other organisations that whoever looks at one depends on; here nobody does."""

    # -- whether that still holds

    def holds(self) -> bool:
        """Whether the disk would answer every question that was asked so far in the same way."""
        return self._lists_hold() and all(map(self._stands, [*self._stamps]))

    def renewed(self) -> "Snapshot":
        """What is there now: this one where it holds, else a new one."""
        standing = {path for path in [*self._stamps] if self._stands(path)}
        if len(standing) == len(self._stamps) and self._lists_hold():
            return self
        made = Snapshot(self.disk)
        for path in standing & self._documents.keys():
            made._documents[path], made._stamps[path] = self._documents[path], self._stamps[path]
        return made

    def _lists_hold(self) -> bool:
        now = Snapshot(self.disk)
        if self._listing is not None and _names(now.listing) != _names(self._listing):
            return False
        if self._slugs is not None and now.slugs != self._slugs:
            return False
        is_same = all(now.has(path) == answer for path, answer in self._there.items())
        return is_same and all(now.files(folder) == found for folder, found in self._lists.items())

    def _stands(self, path: str) -> bool:
        """Whether a file is as it was read: by its stamp, else by its content."""
        if path in self.disk.unsaved:
            return True
        stamp = self._stamps[path]
        if stamp is not None:
            return self.disk.stamp(path) == stamp
        document = self._documents.get(path)
        if document is None:
            return False
        try:
            data, self._stamps[path] = self.disk.read_stamped(path, before())
        except UnfitError as unfit:
            return document.loaded.problems == (unfit.problem,)
        return document.is_fit and document.data == data


def _names(listing: FolderListing) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    return {slug: tuple(files) for slug, files in listing.schools.items()}, tuple(listing.loose)


_LANGUAGE = re.compile(rb"""^(?:\xef\xbb\xbf)?(["']?)language\1[ \t]*:""", re.MULTILINE)
"""The top-level key that makes a file in charters/ a translation."""
