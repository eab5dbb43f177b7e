"""Where a workspace begins, and whether a path really lies in it once all links are followed."""

import errno
import os
from functools import lru_cache
from pathlib import Path

SETTINGS = "charterkit.yaml"


def cache_folder() -> Path:
    """Where what can be made again is kept, in the user's own files: not in the workspace, which others write to.

    Raises OSError for a user who has no such place.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415 - only writing and checking need it

    try:
        return user_cache_path("charterkit")
    except RuntimeError as error:  # what pathlib raises where there is no home
        raise OSError(errno.ENOENT, "there is no home folder") from error


def find(start: Path) -> Path | None:
    """The workspace around a folder: the first upwards with `charterkit.yaml`, or with both charters/ and schools/."""
    start = start.absolute()
    for folder in (start, *start.parents):
        try:
            if (folder / SETTINGS).is_file() or ((folder / "charters").is_dir() and (folder / "schools").is_dir()):
                return folder
        except (OSError, ValueError):  # a folder that may not be looked into, a name no disk can hold
            continue
    return None


def leads_inside(root: Path, path: Path) -> bool:
    """Whether a path, with all links followed, stays in the workspace."""
    try:
        real, top = os.path.realpath(path), _real(root)
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name no disk can hold
        return False
    return real == top or real.startswith(top if top.endswith(os.sep) else top + os.sep)


@lru_cache(maxsize=16)
def _real(root: Path) -> str:
    return os.path.realpath(root)
