"""Where a workspace begins, and whether a path really lies in it once all links are followed."""

import errno
import os
import stat
import sys
from functools import lru_cache
from pathlib import Path

SETTINGS = "charterkit.yaml"
PUBLISHED = "issuer"
"""The folder of a workspace with what its issuer of certificates has published."""
_IS_WINDOWS = sys.platform == "win32"


def cache_folder() -> Path:
    """Where what can be made again is kept, in the user's own files: not in the workspace, which others write to.

    Raises OSError for a user who has no such place.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415 - only writing and checking need it

    try:
        return user_cache_path("charterkit")
    except RuntimeError as error:  # what pathlib raises where there is no home
        raise OSError(errno.ENOENT, "there is no home folder") from error


def settings_folder() -> Path:
    """The user's own folder for what charterkit keeps beside any workspace: keys, and issuers that are trusted.

    Raises OSError for a user who has no such place.
    """
    from platformdirs import user_config_path  # noqa: PLC0415 - as above

    try:
        return user_config_path("charterkit")
    except RuntimeError as error:
        raise OSError(errno.ENOENT, "there is no home folder") from error


def find(start: Path) -> Path | None:
    """The workspace around a folder: the first upwards with `charterkit.yaml`, or with both charters/ and schools/."""
    start = start.absolute()
    return next((folder for folder in (start, *start.parents) if _is_workspace(folder)), None)


def below(start: Path) -> list[Path]:
    """The workspaces among the folders of a folder, by name; links and hidden ones are passed over."""
    try:
        with os.scandir(start) as entries:
            looked = [entry for entry, _ in zip(entries, range(_MOST_LOOKED_AT), strict=False)]
    except OSError:
        return []
    names = sorted(
        entry.name for entry in looked if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
    )
    return [folder for name in names if _is_workspace(folder := start.absolute() / name)]


_MOST_LOOKED_AT = 1000


def _is_workspace(folder: Path) -> bool:
    try:
        return (folder / SETTINGS).is_file() or ((folder / "charters").is_dir() and (folder / "schools").is_dir())
    except (OSError, ValueError):  # a folder that may not be looked into, a name no disk can hold
        return False


def leads_inside(root: Path, path: Path) -> bool:
    """Whether a path, with all links followed, stays in the workspace."""
    if _is_without_links(root, path):
        return True
    try:
        real, top = os.path.realpath(path), _real(root)
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name no disk can hold
        return False
    return real == top or real.startswith(top if top.endswith(os.sep) else top + os.sep)


def _is_without_links(root: Path, path: Path) -> bool:
    """Whether no part of a path below the workspace is a link: a look at each part is enough to tell for most."""
    if _IS_WINDOWS or not path.is_relative_to(root):  # there a folder may lead elsewhere without being a link
        return False
    here, parts = os.fspath(root), path.relative_to(root).parts
    try:
        for part in parts:
            here = f"{here}{os.sep}{part}"
            if part == ".." or stat.S_ISLNK(os.lstat(here).st_mode):
                return False
    except FileNotFoundError:
        return ".." not in parts
    except (OSError, ValueError):
        return False
    return True


@lru_cache(maxsize=16)
def _real(root: Path) -> str:
    return os.path.realpath(root)
