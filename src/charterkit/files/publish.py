"""A folder of pages on disk: only ever what this program wrote there is replaced or taken away.

A small file in the folder lists every page with its hash. Without that list, a folder that holds anything is somebody
else's and is left alone. A page that is withdrawn goes even if somebody changed it, as what is no longer public may not
stay so; what it had become is kept in the workspace, which is not public.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from charterkit.errors import Conflict, Refused
from charterkit.files import leaving
from charterkit.files.beside import sweep_folder
from charterkit.files.own_places import refuse_own
from charterkit.files.write import write_output
from charterkit.records import dataclass
from charterkit.text.english import plural
from charterkit.text.safe import shown

LIST = ".charterkit-site"
"""The file in the folder that lists what was written."""

_BEGUN = re.compile(rf"\.{re.escape(LIST)}\.(?:[0-9a-f]{{8}}(?:\.[0-9a-f]{{8}})?\.tmp|lock)")
"""What is left in a new folder by whoever was cut off before its list was written."""
_TITLE = "# Written by charterkit site: it replaces and removes the files below, and no others."
_ROW = re.compile(r"([0-9a-f]{64})  ((?:\.well-known/)?[A-Za-z0-9]+(?:[-./][A-Za-z0-9]+)*)")
"""A hash and a page's path: never up, never absolute, and of hidden folders the one that the web has a use for."""
_ABOUT = re.compile(r"# Made for ([a-z0-9-]+|\*), about:((?: [a-z0-9-]+)*)")
"""The second line: which organisation was asked for, and all that the pages are about."""
KEPT = ".charterkit/changed"
"""Where in the workspace the pages lie that somebody had changed."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The organisation that was asked for, empty for all of them; and all that the pages are about."""

    asked: str = ""
    organisations: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """As in "this site is of ..."."""
        return self.asked or "every organisation"


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it: how many pages there are, how many of them were written now, and those taken away.

    `changed` are the pages that somebody had changed, made anew or taken away, each with the file that keeps what it
    had become.
    """

    pages: int
    written: int
    removed: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)
    """By page what identifies it; of a PDF its SHA-256."""


@dataclass(frozen=True, slots=True)
class _Before:
    """What was written the last time: each page's hash by its path, and what it was about, where that is known."""

    hashes: Mapping[str, str]
    scope: Scope | None = None


def publish(
    out: Path,
    pages: Mapping[str, bytes],
    root: Path,
    scope: Scope | None = None,
    tops: Sequence[Path] | None = None,
) -> Published:
    """Make the folder `out` hold the pages, by path, and no longer those that it wrote before and that have gone.

    `root` is the workspace; `tops` are the folders whose links may be somebody else's, the workspace and its
    repositories when left out. Raises CharterkitError, before anything is written, for a folder that is not to be
    written to: one of the workspace's own, one with files of somebody else, one behind a link that leads out of the
    workspace, one with links where pages are to lie, or one made for another `scope` of which pages would be lost; and
    where the disk refuses.
    """
    try:
        real = Path(os.path.realpath(leaving.place(out, leaving.around(root) if tops is None else tops)))
        refuse_own(real, Path(os.path.realpath(root)), out)
        there = _listed(real, out)
        before = there.hashes
        gone = sorted(before.keys() - pages.keys())
        _refuse_others(real, pages, before, out)
        _refuse_narrower(there.scope, scope, gone, out)
        _refuse_links(real, {*pages, *before}, out)
        _refuse_links(Path(os.path.realpath(root)), [f"{KEPT}/{path}" for path in before], root)
        hashes = {path: _hash(path, data) for path, data in pages.items()}
        _put(real / LIST, _list({**before, **hashes}, scope))  # whoever is cut off half-way still knows what is his
        changed = [
            (path, _keep(real / path, path, root)) for path in sorted(before) if _is_changed(real, path, there, hashes)
        ]
        for path in gone:
            _remove(real, path)
        written = sum(_put(real / path, data) for path, data in pages.items())
        _put(real / LIST, _list(hashes, scope))
        _sweep(real, pages)
    except (OSError, ValueError) as error:  # a name that no disk can hold is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise Refused("site-not-written", out=_said(out), reason=reason) from None
    return Published(len(pages), written, tuple(gone), tuple(changed), hashes)


def _hash(path: str, data: bytes) -> str:
    """Of a page's text, however its lines end: git and some editors change that by themselves."""
    return hashlib.sha256(data if path.endswith(".pdf") else data.replace(b"\r\n", b"\n")).hexdigest()


def _is_changed(real: Path, path: str, before: _Before, hashes: Mapping[str, str]) -> bool:
    """Whether a page is neither as it was written nor as it will be: a run that was cut off has written some."""
    try:
        return _hash(path, (real / path).read_bytes()) not in (before.hashes[path], hashes.get(path))
    except FileNotFoundError:
        return False


def _keep(file: Path, path: str, root: Path) -> str:
    """Put a copy of a page that somebody changed into the workspace; where it lies, as the workspace counts."""
    data = file.read_bytes()
    stem, dot, kind = path.rpartition(".")
    kept = f"{KEPT}/{stem}-{hashlib.sha256(data).hexdigest()[:8]}{dot}{kind}"
    _refuse_links(Path(os.path.realpath(root)), [kept], root)
    _put(Path(os.path.realpath(root), kept), data)
    return kept


def _said(path: Path) -> str:
    return shown(path, 200)


def _listed(real: Path, out: Path) -> _Before:
    """What was written before; nothing where the folder is new or empty."""
    if not real.exists() or all(_BEGUN.fullmatch(file.name) for file in real.iterdir()):
        return _Before({})
    file = real / LIST
    if file.is_symlink() or not file.is_file():
        raise Conflict("site-not-empty", out=_said(out))
    title, *rows = file.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
    about = _ABOUT.fullmatch(rows[0]) if rows else None
    rows = rows[1:] if about else rows
    found = [_ROW.fullmatch(row) for row in rows]
    if title != _TITLE or None in found:
        raise Conflict("site-list-changed", out=_said(out / LIST))
    scope = Scope("" if about[1] == "*" else about[1], tuple(about[2].split())) if about else None
    return _Before({match[2]: match[1] for match in found if match}, scope)


def _list(hashes: Mapping[str, str], scope: Scope | None) -> bytes:
    about = (
        [f"# Made for {scope.asked or '*'}, about:{''.join(f' {slug}' for slug in scope.organisations)}"]
        if scope
        else []
    )
    rows = (f"{digest}  {path}" for path, digest in sorted(hashes.items()))
    return "\n".join([_TITLE, *about, *rows, ""]).encode()


def _refuse_narrower(before: Scope | None, now: Scope | None, gone: Sequence[str], out: Path) -> None:
    """A call for somebody else does not take away the pages of those it says nothing of.

    The same call again does: then an organisation has left the workspace, or publishes nothing any more.
    """
    if before is None or now is None or before.asked == now.asked:
        return
    lost = len(set(before.organisations) - set(now.organisations))
    if not lost:
        return
    others = plural(lost, "another organisation", f"{lost} other organisations")
    pages = plural(len(gone), "one page", f"{len(gone)} pages")
    going = f", and {pages} would be taken away" if gone else ""
    raise Conflict("site-of-others", out=_said(out), words=before.words, others=others, going=going)


def _refuse_others(real: Path, pages: Iterable[str], before: Mapping[str, str], out: Path) -> None:
    """A file of somebody else that lies where a page is to lie is not written over."""
    taken = [path for path in pages if path not in before and os.path.lexists(real / path)]
    if taken:
        raise Conflict("site-page-already", out=_said(out / taken[0]))


def _refuse_links(real: Path, paths: Iterable[str], out: Path) -> None:
    """Nothing is written or deleted through a link inside the folder: it could lead anywhere. No file is a folder.

    Of very many pages in few folders each folder is looked at once.
    """
    looked: set[str] = set()
    for path in sorted(paths):
        parts = path.split("/")[:-1]
        for folder in ("/".join(parts[:count]) for count in range(1, len(parts) + 1)):
            if folder not in looked:
                looked.add(folder)
                place = real / folder
                if os.path.realpath(place) != str(place):
                    raise Refused("site-behind-link", out=_said(out / path))
                if place.exists() and not place.is_dir():
                    raise Refused("site-place-no-folder", place=_said(place))
        if os.path.islink(os.path.join(real, path)):  # noqa: PTH114, PTH118 - among thousands a Path costs more
            raise Refused("site-behind-link", out=_said(out / path))


def _put(path: Path, data: bytes) -> bool:
    """Whether a file had to be written: one that holds these bytes already is not touched.

    So copying the site copies what has changed.
    """
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        if path.read_bytes() == data:
            return False
    write_output(path, data)
    return True


def _sweep(real: Path, pages: Iterable[str]) -> None:
    """Clear away what a run that was killed left beside its pages."""
    names: dict[str, list[str]] = {}
    for path in pages:
        folder, _, name = path.rpartition("/")
        names.setdefault(folder, []).append(name)
    for folder, inside in names.items():
        sweep_folder(real / folder, inside)


def _remove(real: Path, path: str) -> None:
    """Delete a page, and the folders it leaves empty."""
    file = real / path
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == real:
            break
        try:
            folder.rmdir()
        except OSError:  # something else lies there
            break
