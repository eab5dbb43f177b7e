"""A folder of pages on disk: only ever what this program wrote there is replaced or taken away.

A small file in the folder lists every page with its hash. Without that list, a folder that holds anything is somebody
else's and is left alone.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from charterkit.errors import CharterkitError
from charterkit.files.disk import PACKS, SCHOOLS
from charterkit.files.words import shown
from charterkit.files.write import write_output

LIST = ".charterkit-site"
"""The file in the folder that lists what was written."""

_TITLE = "# Written by charterkit site: it replaces and removes the files below, and no others."
_ROW = re.compile(r"([0-9a-f]{64})  ([a-z0-9]+(?:[-./][a-z0-9]+)*)")
"""A hash and a page's path: never up, never absolute."""
_OWN = frozenset({"charters", PACKS, SCHOOLS, "templates"})
"""The workspace's folders of what people wrote."""


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it: how many pages there are; those taken away, and those left because somebody changed them."""

    pages: int
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def publish(out: Path, pages: Mapping[str, bytes], root: Path) -> Published:
    """Make the folder `out` hold the pages, by path, and no longer those that it wrote before and that have gone.

    `root` is the workspace. Raises CharterkitError, before anything is written, for a folder that is not to be written
    to: one of the workspace's own, one with files of somebody else, or one with links where pages are to lie; and
    where the disk refuses.
    """
    try:
        real = Path(os.path.realpath(out))
        _refuse_own(real, Path(os.path.realpath(root)), out)
        before = _listed(real, out)
        _refuse_others(real, pages, before, out)
        for path in {*pages, *before}:
            _refuse_links(real, path, out)
        hashes = {path: hashlib.sha256(data).hexdigest() for path, data in pages.items()}
        _put(real / LIST, _list({**before, **hashes}))  # whoever is cut off half-way still knows what is his
        for path, data in pages.items():
            _put(real / path, data)
        gone = sorted(before.keys() - pages.keys())
        kept = [path for path in gone if not _remove(real, path, before[path])]
        _put(real / LIST, _list(hashes))
    except (OSError, ValueError) as error:  # a name that no disk can hold is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise CharterkitError(f"{_said(out)} cannot be written: {reason}.", "Check the folder and the disk.") from None
    return Published(len(pages), tuple(path for path in gone if path not in kept), tuple(kept))


def _said(path: Path) -> str:
    return shown(path, 200)


def _refuse_own(real: Path, root: Path, out: Path) -> None:
    """Never the workspace itself, nor what it lies in, nor its files, nor what begins with a dot, such as .git."""
    if real.exists() and not real.is_dir():
        raise CharterkitError(f"{_said(out)} is no folder.", "Name a folder with --out.")
    if ".git" in real.parts:
        raise CharterkitError(f"{_said(out)} belongs to git.", _ANOTHER)
    if _same(real, root) or any(_same(real, folder) for folder in root.parents):
        raise CharterkitError(f"{_said(out)} holds the workspace itself.", _ANOTHER)
    inside = real
    for folder in real.parents:
        if _same(folder, root):
            if inside.name.casefold() in _OWN or inside.name.startswith("."):
                raise CharterkitError(f"{_said(out)} is among the workspace's own files.", _ANOTHER)
            return
        inside = folder


_ANOTHER = "Choose another folder, such as --out site."


def _same(one: Path, other: Path) -> bool:
    """Whether both are one folder, however they are spelt: some disks take CHARTERS for charters."""
    with contextlib.suppress(OSError):
        return one.samefile(other)
    return one == other


def _listed(real: Path, out: Path) -> dict[str, str]:
    """What was written before: each page's hash by its path; nothing where the folder is new or empty."""
    if not real.exists() or not any(real.iterdir()):
        return {}
    file = real / LIST
    if file.is_symlink() or not file.is_file():
        raise CharterkitError(
            f"{_said(out)} holds files that charterkit did not write.", "Choose an empty folder, or a new one."
        )
    title, *rows = file.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
    found = [_ROW.fullmatch(row) for row in rows]
    if title != _TITLE or None in found:
        raise CharterkitError(
            f"{_said(out / LIST)} is not as charterkit wrote it, so nothing was touched.",
            "Empty the folder yourself, or choose another one.",
        )
    return {one[2]: one[1] for one in found if one}


def _list(hashes: Mapping[str, str]) -> bytes:
    rows = (f"{digest}  {path}" for path, digest in sorted(hashes.items()))
    return "\n".join([_TITLE, *rows, ""]).encode()


def _refuse_others(real: Path, pages: Iterable[str], before: Mapping[str, str], out: Path) -> None:
    """A file of somebody else that lies where a page is to lie is not written over."""
    taken = [path for path in pages if path not in before and os.path.lexists(real / path)]
    if taken:
        raise CharterkitError(
            f"{_said(out / taken[0])} is there already, and charterkit did not write it.", "Move it away first."
        )


def _refuse_links(real: Path, path: str, out: Path) -> None:
    """Nothing is written or deleted through a link inside the folder: it could lead anywhere. No file is a folder."""
    for place in (real / path, *(one for one in (real / path).parents if one.is_relative_to(real) and one != real)):
        if os.path.realpath(place) != str(place):
            raise CharterkitError(f"{_said(out / path)} is or lies behind a link.", "Take the link away first.")
        if place != real / path and place.exists() and not place.is_dir():
            raise CharterkitError(f"{_said(place)} is no folder.", "Move it away first.")


def _put(path: Path, data: bytes) -> None:
    """A file that holds these bytes already is not touched, so that copying the site copies what has changed."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        if path.read_bytes() == data:
            return
    write_output(path, data)


def _remove(real: Path, path: str, digest: str) -> bool:
    """Delete a page that is still as it was written, and the folders it leaves empty; False for one that is not."""
    file = real / path
    try:
        if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            return False
        file.unlink()
    except FileNotFoundError:
        return True
    for folder in file.parents:
        if folder == real:
            break
        try:
            folder.rmdir()
        except OSError:  # something else lies there
            break
    return True
