"""What was written last to a workspace's files, noted in the user's own folder so that a slip can be taken back.

Nothing depends on the notes: where they cannot be kept or read, there is nothing to take back.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from charterkit.errors import CharterkitError
from charterkit.files import write
from charterkit.files.lock import BusyError, locked
from charterkit.files.places import cache_folder
from charterkit.files.together import NewFile, Rewrite, save_all
from charterkit.files.undisturbed import undisturbed

MOST = 20
"""Calls that are remembered of a workspace."""
_MOST_BYTES = 4_000_000
_SECONDS = 5.0


def notes(root: Path) -> list[list[Rewrite]]:
    """What each of the last calls wrote, the newest call last."""
    with suppress(OSError, ValueError, TypeError, KeyError, binascii.Error):
        data = _place(root).read_bytes()
        return [[_read(entry) for entry in call] for call in json.loads(data)] if len(data) < 3 * _MOST_BYTES else []
    return []


def save_noted(root: Path, rewrites: Sequence[Rewrite | NewFile], tick: Callable[[], object] = lambda: None) -> bool:
    """Remember what is to be written, and write it, all or none. Whether it can be taken back.

    It is noted first, so that what was written before the computer lost its power can be taken back too; where it could
    not be written, the note goes. `tick` is called before each file. Raises what `save_all` raises.
    """
    noted = [each.as_rewrite if isinstance(each, NewFile) else each for each in rewrites]
    is_written = False

    def written() -> None:
        nonlocal is_written
        is_written = True

    def ticked() -> Iterator[Rewrite | NewFile]:
        for each in rewrites:
            tick()
            yield each

    is_kept = remember(root, noted)
    try:
        save_all(root, ticked(), written)
    except BaseException:
        if not is_written:  # else ^C came when all was done
            with undisturbed():
                forget(root, noted)
        raise
    return is_kept


def remember(root: Path, rewrites: Sequence[Rewrite]) -> bool:
    """Note what a call writes. False where it cannot be noted, or is too much: that is no more to be taken back then.

    Where it is too much, what earlier calls wrote is forgotten too: to take one of those back would be to take it from
    under what was written after it.
    """
    changed = [rewrite for rewrite in rewrites if rewrite.before != rewrite.after]
    is_kept = sum(len(each.before) + len(each.after) for each in changed) <= _MOST_BYTES
    if changed:
        is_kept &= _keep(root, lambda known: [*known, changed] if is_kept else [])
    return is_kept


def forget(root: Path, rewrites: Sequence[Rewrite]) -> None:
    """Take what was taken back out of the notes."""
    _keep(root, lambda known: [[each for each in call if each not in rewrites] for call in known])


def _keep(root: Path, change: Any) -> bool:  # noqa: ANN401 - notes in, notes out
    """Write the notes anew. False where they cannot be written."""
    with suppress(OSError, CharterkitError, BusyError):
        place = _place(root)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with locked(place.with_suffix(".lock"), _SECONDS):
            known = [call for call in change(notes(root)) if call][-MOST:]
            while sum(len(each.before) + len(each.after) for call in known for each in call) > _MOST_BYTES:
                known = known[1:]
            data = json.dumps([[_written(each) for each in call] for call in known]).encode()
            write.write_output(place, data)
            place.chmod(0o600)
        return True
    return False


def _place(root: Path) -> Path:
    name = hashlib.sha256(str(root.resolve()).encode(errors="surrogateescape")).hexdigest()[:32]
    return cache_folder() / "undo" / f"{name}.json"


def _written(rewrite: Rewrite) -> dict[str, str]:
    held = {"before": rewrite.before, "after": rewrite.after}
    return {
        "path": rewrite.path,
        "said": rewrite.said,
        **{key: base64.b64encode(data).decode() for key, data in held.items()},
    }


def _read(entry: dict[str, str]) -> Rewrite:
    before, after = (base64.b64decode(entry[key], validate=True) for key in ("before", "after"))
    return Rewrite(str(entry["path"]), before, after, str(entry["said"]))
