"""What a workspace keeps of what its issuer published, in the folder issuer/: the next time starts from there."""

import os
from collections.abc import Mapping
from pathlib import Path

from charterkit.credential.publishing import NAMES
from charterkit.errors import Refused
from charterkit.files.places import PUBLISHED, leads_inside
from charterkit.files.write import save


def published_before(root: Path) -> dict[str, bytes]:
    """What a workspace keeps of what its issuer published, by the path of each file."""
    places = {name: root / PUBLISHED / name for name in NAMES}
    return {name: place.read_bytes() for name, place in places.items() if place.is_file() and leads_inside(root, place)}


def save_published(root: Path, before: Mapping[str, bytes], files: Mapping[str, bytes]) -> None:
    """Put what is published into a workspace, each file over the one that was read. Raises what `write.save` raises.

    The first time all of it appears at once: a part of it would look as if the rest had been lost.
    """
    folder = root / PUBLISHED
    if before or os.path.lexists(folder):
        for path, data in files.items():
            save(folder / path, before.get(path), data, root)
        return
    aside = root / f".{PUBLISHED}-{os.urandom(4).hex()}.tmp"
    for path, data in files.items():
        save(aside / path, None, data, root)
    try:
        aside.rename(folder)
    except OSError as error:
        raise Refused("file-not-written", path=folder, reason=error.strerror or error) from None
