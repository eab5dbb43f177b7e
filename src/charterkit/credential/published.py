"""What a workspace keeps of what its issuer published, in the folder issuer/: the next time starts from there."""

from collections.abc import Mapping
from pathlib import Path

from charterkit.credential.publishing import NAMES
from charterkit.files.places import leads_inside
from charterkit.files.write import save

PUBLISHED = "issuer"


def published_before(root: Path) -> dict[str, bytes]:
    """What a workspace keeps of what its issuer published, by the path of each file."""
    places = {name: root / PUBLISHED / name for name in NAMES}
    return {name: place.read_bytes() for name, place in places.items() if place.is_file() and leads_inside(root, place)}


def save_published(root: Path, before: Mapping[str, bytes], files: Mapping[str, bytes]) -> None:
    """Put what is published into a workspace, each file over the one that was read. Raises what `write.save` raises."""
    for path, data in files.items():
        save(root / PUBLISHED / path, before.get(path), data, root)
