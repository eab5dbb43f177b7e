"""Which folders no folder of results may take: the workspace's own, what it lies in, and what belongs to git."""

import contextlib
from pathlib import Path

from charterkit.errors import Refused
from charterkit.files.disk import PACKS, SCHOOLS

_OWN = frozenset({"charters", PACKS, SCHOOLS, "templates"})
"""The workspace's folders of what people wrote."""


def refuse_own(real: Path, root: Path, out: Path) -> None:
    """Raises Refused for a real path that may not become a folder of results; `root` is the workspace's real path.

    Never the workspace itself, nor what it lies in, nor its files, nor what begins with a dot, such as .git. `out` is
    what the sentence calls it.
    """
    if real.exists() and not real.is_dir():
        raise Refused("out-no-folder", out=out)
    if ".git" in real.parts:
        raise Refused("out-in-git", out=out)
    if _same(real, root) or any(_same(real, folder) for folder in root.parents):
        raise Refused("out-around-workspace", out=out)
    inside = real
    for folder in real.parents:
        if _same(folder, root):
            if inside.name.casefold() in _OWN or inside.name.startswith("."):
                raise Refused("out-among-sources", out=out)
            return
        inside = folder


def _same(path: Path, other: Path) -> bool:
    """Whether both are one folder, however they are spelt: some disks take CHARTERS for charters."""
    with contextlib.suppress(OSError):
        return path.samefile(other)
    return path == other
