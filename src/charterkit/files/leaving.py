"""Where an output really goes, and the refusal of links that somebody else may have brought.

A pull request, or a folder that was sent round, can hold a link under the very name that a command writes to; it may
lead to a person's own files. So no output goes through a link in the workspace, or in a repository around it, that
leads out of it. Nor does one go to hidden files such as `.git`, or from `report.html` to a file of another kind, which
some program may obey. Links anywhere else are the person's own, and are followed.
"""

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from charterkit.errors import Refused
from charterkit.files.places import find
from charterkit.text.safe import shown

_MOST_LINKS = 40
"""As Linux follows them; more are a loop."""
_IS_WINDOWS = sys.platform == "win32"
_HINT = (
    "Nothing was written. The link may have come with somebody else's change: delete it, or name the place itself "
    "where you want to write."
)


def repositories(folder: Path) -> tuple[Path, ...]:
    """Every git repository that holds a folder, as it is spelt and as it really lies: links may be in either."""
    real = Path(os.path.realpath(folder))
    above = dict.fromkeys((folder, *folder.parents, real, *real.parents))
    return tuple(path for path in above if os.path.lexists(path / ".git"))


def around(folder: Path) -> tuple[Path, ...]:
    """A folder whose links may be somebody else's, and the repositories that hold it."""
    return folder, *repositories(folder)


def _likely(path: Path) -> tuple[Path, ...]:
    """The same around a path of which nobody says whose it is: its workspace, where it lies in one."""
    workspace = find(path.parent)
    return (workspace, *repositories(path.parent)) if workspace else repositories(path.parent)


def place(path: Path, tops: Sequence[Path] | None = None) -> Path:
    """The real place of an absolute path, every link on the way to it followed one by one.

    `tops` are the folders whose links may be somebody else's, the workspace and the repositories around the path when
    left out; a link in several of them stays in the innermost. Raises CharterkitError for one that leads out of it, to
    hidden files, or to a file of another kind, and OSError for a loop.
    """
    tops = _likely(path) if tops is None else tops
    if _IS_WINDOWS:
        path = Path(os.path.normpath(path))  # Windows goes up before it follows
    here, ahead = Path(path.anchor), list(path.parts[:0:-1])
    followed = 0
    while ahead:
        name = ahead.pop()
        link = here / name
        target = _target(link)
        if target is None:
            here = here.parent if name == ".." else link
            continue
        followed += 1
        if followed > _MOST_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        _refuse(link, tops, is_file=not ahead)
        if target.anchor:
            here, target = Path((here / target).anchor), target.relative_to(target.anchor)
        ahead.extend(reversed(target.parts))
    return here


def _target(path: Path) -> Path | None:
    """What a link says; None for all else."""
    try:
        said = os.readlink(path)  # noqa: PTH115 - as it stands; and it reads Windows' junctions too
    except (OSError, ValueError):
        return None
    is_drive = _IS_WINDOWS and said.startswith("\\\\?\\") and said[5:6] == ":"
    return Path(said[4:] if is_drive else said)


def _refuse(link: Path, tops: Sequence[Path], *, is_file: bool) -> None:
    top, before = _inside(link.parent, tops)
    if top is None:
        return
    real = Path(os.path.realpath(link))
    stays, after = _inside(real, [top])
    said = f"{shown(link, 200)} is a link"
    if stays is None:
        raise Refused("link-out", said=said, top=top, real=real)
    if any(part.startswith(".") and part not in before for part in after):
        raise Refused("link-hidden", said=said, real=real)
    if is_file and real.suffix.casefold() != link.suffix.casefold() and not real.is_dir():
        raise Refused("link-of-another-kind", said=said, real=real)


def _inside(path: Path, tops: Sequence[Path]) -> tuple[Path | None, tuple[str, ...]]:
    """The innermost of the folders that holds a path, and the way from there; None and nothing where there is none."""
    for folder in (path, *path.parents):
        if (folder.name or _IS_WINDOWS) and any(_same(folder, top) for top in tops):  # nothing lies outside of /
            return folder, path.relative_to(folder).parts
    return None, ()


def _same(path: Path, other: Path) -> bool:
    """Whether both are one folder, however they are spelt: some disks take REPORTS for reports."""
    try:
        found = path.stat()
        return path == other or (found.st_ino != 0 and os.path.samestat(found, other.stat()))
    except (OSError, RuntimeError, ValueError):
        return path == other
