"""The signed certificates that lie in a school's folder, each by its number: JSON that others may have put there."""

import os
from collections.abc import Iterable
from pathlib import Path

from charterkit.files.disk import UnfitError, read_bytes
from charterkit.files.places import leads_inside
from charterkit.text.later import later

FOLDER = "certificates"
GIVERS = "givers"
"""What is asked about a number, as it is noted: where a certificate of it lies."""
_NUMBER = later(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}[A-Za-z0-9])?")
_MOST = 2000


def is_number(text: str) -> bool:
    """Whether a text can be a certificate's number, and with that the name of its file."""
    return _NUMBER.fullmatch(text) is not None


def certificate_path(slug: str, number: str) -> str:
    """Where a certificate lies in the workspace."""
    return f"schools/{slug}/{FOLDER}/{number}.json"


def certificate_numbers(root: Path, slug: str) -> list[str]:
    """The numbers of the certificates in a school's folder, sorted; nothing behind a link that leads out."""
    folder = root / "schools" / slug / FOLDER
    if not leads_inside(root, folder):
        return []
    try:
        names = sorted(path.name for path in folder.iterdir())[:_MOST]
    except OSError:
        return []
    found = [name.removesuffix(".json") for name in names if name.endswith(".json")]
    return [number for number in found if is_number(number)]


def givers(root: Path, slugs: Iterable[str]) -> dict[str, list[str]]:
    """By number, in small letters, the schools in whose folder such a certificate lies: one look at each folder."""
    found: dict[str, list[str]] = {}
    for slug in slugs:
        try:
            with os.scandir(os.path.join(root, "schools", slug, FOLDER)) as inside:  # noqa: PTH118 - as in `disk`
                names = {entry.name.casefold() for entry in inside if not entry.is_symlink() and entry.is_file()}
        except (OSError, ValueError):
            continue
        for name in names:
            if name.endswith(".json") and is_number(name.removesuffix(".json")):
                found.setdefault(name.removesuffix(".json"), []).append(slug)
    return found


def certificate_data(root: Path, slug: str, number: str) -> bytes | None:
    """A certificate's bytes; None where there is none, or no plain file."""
    if not is_number(number):
        return None
    try:
        return read_bytes(root, certificate_path(slug, number))
    except UnfitError:
        return None
