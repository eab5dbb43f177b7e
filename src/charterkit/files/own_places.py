"""Which folders no folder of results may take: the workspace's own, what it lies in, and what belongs to git."""

import contextlib
from pathlib import Path
from typing import Literal

from charterkit.files.disk import PACKS, SCHOOLS

InTheWay = Literal["", "no-folder", "in-git", "around-workspace", "among-sources"]
"""Why a folder is not to be taken; empty where it may be."""
_OWN = frozenset({"charters", PACKS, SCHOOLS, "templates"})
"""The workspace's folders of what people wrote."""


def in_the_way(real: Path, root: Path) -> InTheWay:
    """Whether a real path may become a folder of results beside or in a workspace, whose real path is `root`.

    Never the workspace itself, nor what it lies in, nor its files, nor what begins with a dot, such as .git.
    """
    if real.exists() and not real.is_dir():
        return "no-folder"
    if ".git" in real.parts:
        return "in-git"
    if _same(real, root) or any(_same(real, folder) for folder in root.parents):
        return "around-workspace"
    inside = real
    for folder in real.parents:
        if _same(folder, root):
            is_own = inside.name.casefold() in _OWN or inside.name.startswith(".")
            return "among-sources" if is_own else ""
        inside = folder
    return ""


def _same(path: Path, other: Path) -> bool:
    """Whether both are one folder, however they are spelt: some disks take CHARTERS for charters."""
    with contextlib.suppress(OSError):
        return path.samefile(other)
    return path == other
