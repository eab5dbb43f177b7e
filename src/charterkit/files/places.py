"""Where a workspace begins, and whether a path really lies in it once all links are followed."""

from pathlib import Path

SETTINGS = "charterkit.yaml"


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
    """Whether a path, with all links followed, stays in the workspace; a loop of links does not."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # a loop of links is a RuntimeError before Python 3.13
        return False
