"""A git repository to look things up in, of which git gets to see nothing but objects and the names of commits.

The repository's own settings are data like everything else in a folder that somebody sent: they can name programs, and
places to fetch from. So git is given an empty repository of ours in the folder for temporary files, which holds copies
of the names and looks for objects where they lie. There is no setting that has to be known to be dangerous.
"""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from charterkit.errors import CharterkitError, Missing
from charterkit.files.git import Git, git_program
from charterkit.records import dataclass

_MOST_BYTES = 64 * 1024 * 1024
"""Of one file with names, such as packed-refs."""
_MOST_FILES = 100_000
"""With names, in one repository."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

_HEADS = re.compile("[A-Z_]*HEAD")
_LINK = b"gitdir: "
_FORMATS = {"extensions.objectformat": ("sha1", "sha256"), "extensions.refstorage": ("files", "reftable")}
_FOLLOWING = re.compile(r"(branch)\.([\w./+@-]+)\.(remote|merge)|(remote)\.([\w./+@-]+)\.(fetch)")
_VALUE = re.compile(r"[\w./+@:*-]+")
"""What `@{upstream}` is worked out from: neither an address nor anything that could be a command."""


@dataclass(frozen=True, slots=True)
class RepositoryPlace:
    """Where a workspace lies in a repository: its top, the folders down from there, and where git keeps its things."""

    top: Path
    way: tuple[str, ...]
    own: Path
    shared: Path
    """Of a second work tree, what it shares with the first; else the same as `own`."""


def place(root: Path) -> RepositoryPlace:
    """The repository around a workspace, by the first `.git` upwards; a folder that only looks like one is none.

    Raises CharterkitError where there is no repository.
    """
    real = Path(os.path.realpath(root))
    for top in (real, *real.parents):
        own = _led(top / ".git")
        if own is not None:
            return RepositoryPlace(top, real.relative_to(top).parts, own, _shared(own))
    raise Missing("no-repository")


def _led(link: Path) -> Path | None:
    """The folder that a `.git` is, or that it names where it is a file: of a submodule, or of a second work tree."""
    try:
        target = link if link.is_dir() else _named(link, _plain(link), _LINK)
        is_one = target is not None and (target / "HEAD").is_file() and (_shared(target) / "objects").is_dir()
    except (OSError, ValueError):  # a name that no disk can hold, a folder that may not be looked into
        return None
    return target if is_one else None


def _shared(own: Path) -> Path:
    return _named(own / "commondir", _plain(own / "commondir"), b"") or own


def _named(file: Path, data: bytes | None, before: bytes) -> Path | None:
    if data is None or not data.startswith(before):
        return None
    target = file.parent / os.fsdecode(data.removeprefix(before).rstrip(b"\r\n"))
    return None if is_elsewhere(target, file) else target


def is_elsewhere(target: PurePath, start: PurePath) -> bool:
    """Whether a path leads to another computer than another does: Windows would send it the person's password hash."""
    return target.drive.startswith("\\\\") and target.drive != start.drive


@contextmanager
def borrowed(
    root: Path, variables: Mapping[str, str], here: Path | None, *, reflogs: bool
) -> Iterator[tuple[Git, RepositoryPlace]]:
    """git, ready to be asked about the repository around a workspace, and where that lies.

    `variables` and `here` are the environment and the current folder of the call; neither from the workspace, nor from
    the rest of its repository, is a program run. `reflogs`: whether what names meant earlier is asked for, as in
    `main@{1}`. Raises CharterkitError where there is no git, no repository, or one that cannot be read.
    """
    found = place(root)
    program = git_program(variables, (root, found.top), here)
    try:
        folder = TemporaryDirectory(prefix="charterkit-git-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _unreadable(error) from None
    with folder as name:
        git = Git(program, Path(name), Path(os.path.realpath(found.shared / "objects")))
        try:
            _copy_names(found, git.repository, reflogs=reflogs)
            _settle(git, _plain(found.shared / "config") or b"", reflogs=reflogs)
        except (OSError, ValueError) as error:
            raise _unreadable(error) from None
        yield git, found


def _unreadable(error: Exception) -> CharterkitError:
    reason = getattr(error, "strerror", None) or "it is not as git writes it"
    return Missing("repository-not-read", reason=reason)


def _copy_names(found: RepositoryPlace, target: Path, *, reflogs: bool) -> None:
    """Branches, tags and heads, those of this work tree last; and where a shallow clone ends."""
    (target / "refs").mkdir()
    count = 0
    for source in dict.fromkeys((found.shared, found.own)):
        folders = [source / reflog for reflog in ("refs", "reftable", *(["logs"] if reflogs else []))]
        listed = [source / name for name in ("packed-refs", "shallow")]
        if source == found.own:
            listed += [path for path in source.iterdir() if _HEADS.fullmatch(path.name)]
        for file in (*listed, *(file for folder in folders for file in _below(folder))):
            data = _plain(file)
            count += 1
            if count > _MOST_FILES:
                raise ValueError
            if data is not None:
                copy = target / file.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(data)


def _below(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        yield from (Path(where, name) for name in names if not name.endswith(".lock"))


def _plain(file: Path) -> bytes | None:
    """A plain file's bytes, also behind a link; None for all else. Raises ValueError for a file of no likely size."""
    try:
        handle = os.open(file, _FLAGS)
    except (OSError, ValueError):
        return None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        with open(handle, "rb", closefd=False) as opened:
            data = opened.read(_MOST_BYTES + 1)
    finally:
        os.close(handle)
    if len(data) > _MOST_BYTES:
        raise ValueError
    return data


def _settle(git: Git, theirs: bytes, *, reflogs: bool) -> None:
    """Write our repository's settings; of theirs only how things are kept and, for reflogs, what follows what."""
    ours, copy = git.repository / "config", git.repository / "theirs"
    ours.write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n", encoding="utf-8")
    copy.write_bytes(theirs)
    listed = git.ask("config", "--file", str(copy), "--no-includes", "--null", "--list")
    if listed is None:
        raise ValueError
    lines = ["[core]", "\trepositoryformatversion = 1", "\tbare = true"]
    for entry in listed.decode("utf-8", "replace").split("\0"):
        name, _, value = entry.partition("\n")
        if value in _FORMATS.get(name, ()):
            lines += ["[extensions]", f"\t{name.partition('.')[2]} = {value}"]
        found = _FOLLOWING.fullmatch(name)
        if reflogs and found and _VALUE.fullmatch(value):
            kind, what, key = filter(None, found.groups())
            lines += [f'[{kind} "{what}"]', f"\t{key} = {value}"]
    ours.write_text("\n".join(lines) + "\n", encoding="utf-8")
