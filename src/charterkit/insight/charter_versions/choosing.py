"""Which two versions of a charter are meant: by number, as `id@version`, or files of their own."""

from collections.abc import Sequence
from pathlib import Path

from charterkit.errors import Missing, NotThere, Refused
from charterkit.files.document import Document
from charterkit.files.load import load
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.model.charter import Charter, version_key

_ENDINGS = (".yaml", ".yml")


def two_versions(
    workspace: Workspace, old: str | None, new: str | None, charter: str | None
) -> tuple[Document[Charter], Document[Charter]]:
    """The two that are meant; the newest and the one before it, as far as they are not said.

    Raises CharterkitError where there is no such version or file, where one cannot be read, and of one version alone.
    """
    after = _named(workspace, new, charter) if new else None
    before = _named(workspace, old, charter) if old else None
    known = next((each.model.id for each in (after, before) if each and each.model), None)
    chosen = known if known in workspace.charter_ids else workspace.choose_charter(charter).id
    versions = [workspace.charters[chosen, each.version] for each in workspace.versions(chosen)]
    if after is None:
        after = versions[-1]
    if before is None:
        before = _before(versions, after)
    for each in (before, after):
        if each.model is None:
            raise Missing("unreadable", path=each.path)
    return before, after


def right_way_round(before: Document[Charter], after: Document[Charter]) -> tuple[Document[Charter], Document[Charter]]:
    """Two versions of one charter, the earlier one first; two charters as they are."""
    old, new = before.model, after.model
    if old and new and old.id == new.id and version_key(old.version) > version_key(new.version):
        return after, before
    return before, after


def _before(versions: Sequence[Document[Charter]], after: Document[Charter]) -> Document[Charter]:
    at = next((number for number, each in enumerate(versions) if each.path == after.path), len(versions))
    if at == 0:
        name, version = (after.model.id, after.model.version) if after.model else ("", "")
        raise Missing("no-earlier-version", charter=name, version=version)
    return versions[at - 1]


def _named(workspace: Workspace, word: str, charter: str | None) -> Document[Charter]:
    if word.endswith(_ENDINGS):
        return _file(workspace, Path(word))
    name, _, version = word.rpartition("@")
    chosen = workspace.choose_charter(name or charter).id
    found = workspace.charters.get((chosen, version))
    if found is None:
        known = [each.version for each in workspace.versions(chosen)]
        raise NotThere("no-charter-version", charter=chosen, version=version, known=known)
    return found


def _file(workspace: Workspace, path: Path) -> Document[Charter]:
    """A charter that lies anywhere; one of the workspace's own as the workspace has it."""
    try:
        inside = path.resolve().relative_to(workspace.root.resolve()).as_posix()
        known = {each.path: each for each in workspace.charter_documents if not each.builtin}
        if inside in known:
            return known[inside]
    except (OSError, ValueError):  # elsewhere
        pass
    try:
        if not path.is_file():
            raise Refused("file-not-read", path=path, reason="there is no such file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused("file-not-read", path=path, reason=error.strerror or error) from None
    return Document(str(path), Charter, load(Charter, data), data)
