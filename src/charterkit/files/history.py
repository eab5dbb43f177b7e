"""The same workspace as it was at a git revision, read by git's own program without touching the work tree."""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from charterkit.errors import Missing, NotThere, Refused
from charterkit.files.git import Git
from charterkit.files.objects import Entry, Objects
from charterkit.files.repository import borrowed
from charterkit.files.workspace import SETTINGS, Workspace
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.records import dataclass
from charterkit.text.safe import UNFIT_FOR_A_NAME

PARTS = frozenset({SETTINGS.encode(), b"charters", b"packs", b"schools"})
"""What of a revision is looked at; its templates are not, for they may be somebody else's."""
UNFIT = re.compile(UNFIT_FOR_A_NAME)
UNFIT_ON_WINDOWS = re.compile(
    rf"{UNFIT.pattern}|[\\/:]|^(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³])[ ]*(\.|$)", re.IGNORECASE
)
"""There a colon leads into a file, a backslash out of a folder, and the others to a device, whatever follows a dot."""
_UNFIT = UNFIT_ON_WINDOWS if sys.platform == "win32" else UNFIT


@dataclass(frozen=True, slots=True)
class Revision:
    """What a call named, and the workspace as it was there."""

    name: str
    workspace: Workspace


@contextmanager
def between(
    workspace: Workspace, span: str, variables: Mapping[str, str], here: Path | None
) -> Iterator[tuple[Revision, Revision]]:
    """The workspace at the two ends of `A..B`, or of `A...B`, which begins where B left A; each in a folder of its own.

    `variables` and `here` are the environment and the current folder of the call. Raises CharterkitError where the span
    names no two revisions, where there is no git, no repository or no such revision, and where one holds what cannot be
    read or more than a workspace ever does.
    """
    start, end, is_forked = _ends(span)
    with borrowed(workspace.root, variables, here, reflogs="@{" in span) as (git, place):
        old, new = commit_at(git, start), commit_at(git, end)
        if is_forked:
            start = old = _fork(git, (old, new), span)
        olds, news = Objects(git, start, old), Objects(git, end, new)
        with _taken_out(workspace, olds, place.way) as before, _taken_out(workspace, news, place.way) as after:
            yield Revision(start, before), Revision(end, after)


def _ends(span: str) -> tuple[str, str, bool]:
    """Both names, HEAD where one is left out; and whether the comparison begins where they parted."""
    dots = "..." if "..." in span else ".."
    start, found, end = span.partition(dots)
    if not found or ".." in end:
        raise Refused("no-revisions", span=span)
    return start or "HEAD", end or "HEAD", dots == "..."


def commit_at(git: Git, name: str) -> str:
    """The id of the commit that a name means. Raises CharterkitError where there is none."""
    said = git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if said is None:
        raise NotThere("no-revision", name=name)
    return said.decode().strip()


def _fork(git: Git, commits: tuple[str, str], span: str) -> str:
    said = git.ask("merge-base", *commits)
    if said is None:
        raise NotThere("no-common-revision", span=span)
    return said.decode().splitlines()[0]


@contextmanager
def _taken_out(workspace: Workspace, objects: Objects, way: Sequence[str]) -> Iterator[Workspace]:
    """The files of a commit that charterkit reads, written to a folder for as long as needed.

    They are as committed: no filter or attribute of git has a say. Links are left out.
    """
    try:
        folder = TemporaryDirectory(prefix="charterkit-", ignore_cleanup_errors=True)
    except OSError as error:
        raise Missing("no-temporary-folder", reason=error.strerror) from None
    with folder as root:
        entries = [file for file in objects.files([os.fsencode(part) for part in way], PARTS) if is_read(file)]
        names = {entry: named(entry.path, _UNFIT) for entry in entries}
        for entry in entries:
            if names[entry] is None:
                raise Refused("unfit-name", said=entry.said, revision=objects.revision)
        for entry, data in objects.contents(entries, MAX_BYTES):
            _write(Path(root, *(names[entry] or ())), data, f"{entry.said} of '{objects.revision}'")
        yield Workspace(Path(root), workspace.builtin)


def is_read(entry: Entry) -> bool:
    """Whether a file of a commit is one that charterkit reads."""
    return entry.path[-1].endswith((b".yaml", b".yml"))


def named(path: Sequence[bytes], unfit: re.Pattern[str]) -> tuple[str, ...] | None:
    """A path's names for a disk; None where one leads elsewhere, or tells a log or a terminal something."""
    try:
        names = tuple(part.decode() for part in path)
    except UnicodeDecodeError:
        return None
    return None if any(name in ("", ".", "..") or unfit.search(name) for name in names) else names


def _write(path: Path, data: bytes, said: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        raise Refused("name-twice", said=said) from None
    except OSError as error:
        raise Refused("no-temporary-file", said=said, reason=error.strerror) from None
