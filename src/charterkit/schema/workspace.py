"""The schemas that a workspace keeps for its editors, with its own charters in them."""

from charterkit.choices import FILE_KINDS
from charterkit.files.schema_line import SCHEMAS
from charterkit.files.workspace import Workspace
from charterkit.files.write import save
from charterkit.schema.own import RATED, of_workspace
from charterkit.schema.shipped import as_text, shipped_text

CHARTERS_FOLDER = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "description": "A file in charters/: a charter, or with a top-level `language` a translation of one.",
    "if": {"required": ["language"]},
    "then": {"allOf": [{"$ref": "translation.json"}]},
    "else": {"allOf": [{"$ref": "charter.json"}]},
}
"""For editors that choose a schema by the folder: both kinds lie in charters/."""


def texts(workspace: Workspace) -> dict[str, str]:
    """Every schema's text, by its path below the workspace."""
    ids = workspace.charter_ids
    charters = [charter for name in ids for charter in reversed(workspace.versions(name))]
    found = {
        kind: as_text(of_workspace(kind, charters)) if kind in RATED else shipped_text(kind) for kind in FILE_KINDS
    }
    found["charters-folder"] = as_text(CHARTERS_FOLDER)
    return {f"{SCHEMAS}/{name}.json": text for name, text in found.items()}


def update(workspace: Workspace) -> list[str]:
    """Write those that are missing or no longer right; their paths. Raises CharterkitError when that cannot be."""
    written = []
    for path, text in texts(workspace).items():
        whole = workspace.root / path
        before = whole.read_bytes() if whole.is_file() else None
        if before != text.encode():
            save(whole, before, text.encode(), workspace.root)
            written.append(path)
    return written


def refresh(workspace: Workspace) -> None:
    """The same after a charter was written, where the workspace keeps schemas at all."""
    if (workspace.root / SCHEMAS).is_dir():
        update(workspace)
