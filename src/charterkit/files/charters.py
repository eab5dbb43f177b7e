"""A workspace's charters: which there are, in which versions, and which one is meant."""

import re
from functools import cached_property

from charterkit.errors import CharterkitError, Conflict, Missing, NotThere
from charterkit.files.copies import Rival, note_copies, settled
from charterkit.files.document import Document
from charterkit.files.kinds import is_charter
from charterkit.files.load import Loaded
from charterkit.files.snapshot import Snapshot
from charterkit.model.base import nearest
from charterkit.model.charter import Charter, version_key

FOLDER = "charters"


class Charters:
    """The charters of a snapshot, and of `builtin`, the one of those that every workspace has."""

    def __init__(self, snapshot: Snapshot, builtin: Snapshot | None) -> None:
        self._snapshot = snapshot
        self._shipped = builtin
        self._own = _of(snapshot)

    @cached_property
    def _builtin(self) -> list[Document[Charter]]:
        return _of(self._shipped, builtin=True) if self._shipped else []

    @cached_property
    def _added(self) -> list[Document[Charter]]:
        """The built-in ones but for those that the workspace has a file for, which are not even read."""
        return _of(self._shipped, builtin=True, beside=self._snapshot) if self._shipped else []

    @cached_property
    def documents(self) -> list[Document[Charter]]:
        """The workspace's charters, then the built-in ones it has no file for.

        A file of its own that cannot be read is never passed over in favour of a built-in one it may hold.
        """
        have = {(found.model.id, found.model.version) for found in self._own if found.model}
        return self._own + [
            document
            for document in self._added
            if document.model
            and (document.model.id, document.model.version) not in have
            and not self._unread_of(document.model.id)
        ]

    @cached_property
    def by_version(self) -> dict[tuple[str, str], Document[Charter]]:
        """By id and version; of two files with one pair, the one that is named after it."""
        found: dict[tuple[str, str], Document[Charter]] = {}
        gone = {rival.document.path for rival in self.rivals}
        for document in (document for document in self.documents if document.path not in gone):
            if document.model and not {"id", "version"} & document.loaded.broken:
                found.setdefault((document.model.id, document.model.version), document)
        return found

    @cached_property
    def rivals(self) -> tuple[Rival[Charter], ...]:
        """The workspace's own files that give way to another one of the same charter and version."""
        return settled(self._own).rivals

    @cached_property
    def versions(self) -> dict[str, list[Charter]]:
        """By id a charter's versions, oldest first: "1", "2", "10"; the ids sorted."""
        found: dict[str, list[Charter]] = {name: [] for name in sorted({name for name, _ in self.by_version})}
        for (name, _), document in self.by_version.items():
            if document.model:
                found[name].append(document.model)
        for versions in found.values():
            versions.sort(key=lambda charter: version_key(charter.version))
        return found

    def choose(self, named: str | None, used: str | None = None) -> Charter:
        """As in `Workspace.choose_charter`, where no name is the only charter's."""
        chosen = named or self._only()
        if chosen not in self.versions:
            raise self._nothing(chosen)
        note_copies([rival for rival in self.rivals if rival.real.model and rival.real.model.id == chosen])
        versions = self.versions[chosen]
        fit = [charter for charter in versions if charter.status != "withdrawn"]
        settled = [charter for charter in fit if charter.status == "published" or charter.version == used]
        return (settled or fit or versions)[-1]

    def _only(self) -> str:
        """The only charter with a file of the workspace's own, else the only built-in one."""
        own = {_id_in(document) for document in self._own} - {""}
        if not own and self._unread:
            raise _cannot_read(self._unread)
        ids = sorted(own) or list(self.versions)
        if len(ids) > 1:
            raise Conflict("several-charters", known=list(self.versions))
        if not ids:
            raise NotThere("no-charters")
        return ids[0]

    def _nothing(self, chosen: str) -> CharterkitError:
        ids = list(self.versions)
        unread = self._unread_of(chosen) or ([] if ids else self._unread)
        if unread:
            return _cannot_read(unread)
        return NotThere("no-charter", charter=chosen, meant=nearest(chosen, ids), known=ids)

    @cached_property
    def _unread(self) -> list[Document[Charter]]:
        """The workspace's own files of which it cannot be told which charter and version they hold."""
        is_closed = FOLDER in self._snapshot.files(FOLDER)
        closed = [Document(FOLDER, Charter, Loaded(None))] if is_closed else []
        return closed + [
            document for document in self._own if not document.model or {"id", "version"} & document.loaded.broken
        ]

    def _unread_of(self, charter: str) -> list[Document[Charter]]:
        """Those of them that may well hold this charter, by the id in them or the built-in one's file name."""
        names = {document.path for document in self._builtin if document.model and document.model.id == charter} | {
            FOLDER
        }
        return [document for document in self._unread if document.path in names or _id_in(document) == charter]


def _of(snapshot: Snapshot, *, builtin: bool = False, beside: Snapshot | None = None) -> list[Document[Charter]]:
    """The charters of a snapshot; but for those in whose place another one has a file."""
    return [
        snapshot.document(path, Charter, builtin=builtin)
        for path in snapshot.files(FOLDER)
        if (builtin or is_charter(path))
        and not (beside and beside.has(path))
        and snapshot.charter_kind(path) is Charter
    ]


def _id_in(document: Document[Charter]) -> str:
    """The charter's id as far as it can be told, also from a file that cannot be read as YAML."""
    if document.model and "id" not in document.loaded.broken:
        return document.model.id
    found = _ID.search(document.data.replace(b"\0", b""))  # UTF-16 of an English file is ASCII with NULs between
    return found[1].decode() if found else ""


def _cannot_read(documents: list[Document[Charter]]) -> CharterkitError:
    return Missing("unreadable", path=documents[0].path)


_ID = re.compile(
    rb"""^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?id[ \t]*:[ \t]*["']?([a-z0-9-]+)["']?[ \t]*(?:#.*)?\r?$""", re.MULTILINE
)
