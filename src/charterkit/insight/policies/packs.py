"""The rule packs of a workspace: its own, and those that come with charterkit."""

import re
from datetime import date
from functools import cache

from charterkit.errors import Missing, NotThere
from charterkit.files.disk import PACKS
from charterkit.files.kinds import is_pack
from charterkit.files.load import load
from charterkit.files.workspace import Document, Workspace
from charterkit.model.base import nearest
from charterkit.model.config import Waiver
from charterkit.model.pack import Pack
from charterkit.resources import FACTS

DEFAULT = ("england",)
"""What holds where the settings name no pack."""
_FOLDER = FACTS / "packs"
_ENTRY = re.compile(rb"^  - id: ([a-z0-9-]+)$", re.MULTILINE)
"""How an entry of those that come with charterkit begins."""


@cache
def builtin_packs() -> dict[str, Pack]:
    """Those that come with charterkit, by id. Raises ValueError where one of them is broken, which a test forbids."""
    found: dict[str, Pack] = {}
    for path in sorted(_FOLDER.glob("*.yaml")):
        loaded = load(Pack, path.read_bytes())
        if loaded.model is None or loaded.problems:
            raise ValueError(f"{path.name}: {loaded.problems[:1]}")
        found[loaded.model.id] = loaded.model
    return found


def pack_files(workspace: Workspace) -> list[Document[Pack]]:
    """The workspace's own packs, as they were read."""
    return [workspace.read(path, Pack) for path in workspace.files(PACKS) if is_pack(path)]


def known_packs(workspace: Workspace) -> dict[str, Pack]:
    """Every pack there is, by id; a workspace's own takes the place of one that comes with charterkit."""
    files = pack_files(workspace)
    own = {
        document.model.id: document.model for document in files if document.model and "id" not in document.loaded.broken
    }
    return {**builtin_packs(), **own}


def known_entries(workspace: Workspace) -> list[str]:
    """The ids of all packs' entries, sorted.

    Where no pack of the workspace's own may take the place of one that comes with charterkit, those are not read for
    it: that would be a sixtieth of a check of one school.
    """
    if not workspace.files(PACKS):
        files = _FOLDER.glob("*.yaml")
        return sorted({found.decode() for path in files for found in _ENTRY.findall(path.read_bytes())})
    return sorted({requirement.id for pack in known_packs(workspace).values() for requirement in pack.entries})


def has_ended(waiver: Waiver, today: date) -> bool:
    """Whether the last day of a waiver is over."""
    return waiver.until is not None and waiver.until.last < today


def chosen_packs(workspace: Workspace, named: tuple[str, ...] = ()) -> list[Pack]:
    """The packs that hold: those named, else the workspace's, else the built-in one.

    Raises CharterkitError for one that there is not.
    """
    known = known_packs(workspace)
    found = []
    for name in named or workspace.config.packs or DEFAULT:
        if name not in known:
            unread = [document.path for document in pack_files(workspace) if document.stem == name]
            if unread:
                raise Missing("unreadable", path=unread[0])
            raise NotThere("no-pack", name=name, meant=nearest(name, known), known=sorted(known))
        found.append(known[name])
    return found
