"""Files copied out of a school's folder into a folder or a ZIP archive: streamed, and whole or not at all.

Every file is read once to be measured and once to be copied, and has to be the same both times.
"""

import contextlib
import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

from charterkit.errors import CharterkitError, Conflict, Refused
from charterkit.files.copying import chunks, digest
from charterkit.files.leaving import place
from charterkit.records import dataclass

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of everything in an archive, so that the same files give the same bytes: the first that ZIP knows."""
_BIG = 2**31 - 1
_STORED = frozenset({".zip", ".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx", ".pptx", ".mp3", ".mp4", ".mov"})
"""Endings of files that are packed tightly already."""


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file to be copied, the path it gets, how large it is and what identifies its content."""

    source: Path
    path: str
    size: int
    sha256: str


def measured(source: Path, path: str) -> PackedFile:
    """A file as it is now. Raises CharterkitError where it cannot be read."""
    try:
        return PackedFile(source, path, source.stat().st_size, digest(source))
    except OSError as error:
        raise Refused("evidence-not-read", path=source, reason=error.strerror) from None


def pack_folder(out: Path, pages: dict[str, bytes], files: Sequence[PackedFile], tops: Sequence[Path]) -> None:
    """A new folder of pages and files. Raises CharterkitError for one that holds anything; so where disks refuse."""

    def fill(folder: Path) -> None:
        folder.mkdir()
        for name, data in pages.items():
            (folder / name).write_bytes(data)
        for file in files:
            target = folder / file.path
            target.parent.mkdir(exist_ok=True)
            with target.open("xb") as written:
                _copy(file, written)

    with _refusing(out):
        real = place(out.absolute(), tops)
        if real.is_dir() and any(real.iterdir()):
            raise Conflict("pack-not-empty", out=out)
        if os.path.lexists(real) and not real.is_dir():
            raise Conflict("pack-not-empty", out=out)
        _made(real, fill)


def pack_zip(out: Path, pages: dict[str, bytes], files: Sequence[PackedFile], tops: Sequence[Path]) -> None:
    """Make an archive of pages and files, in place of one that was there. Raises CharterkitError where disks refuse."""

    def fill(path: Path) -> None:
        with zipfile.ZipFile(path, "x") as archive:
            for name, data in pages.items():
                archive.writestr(_member(name, len(data)), data)
            for file in files:
                with archive.open(_member(file.path, file.size), "w", force_zip64=file.size > _BIG) as written:
                    _copy(file, written)

    with _refusing(out):
        _made(place(out.absolute(), tops), fill)


def _member(name: str, size: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, FIRST_DAY)
    info.create_system, info.external_attr, info.file_size = 3, 0o644 << 16, size
    info.compress_type = zipfile.ZIP_STORED if Path(name).suffix.lower() in _STORED else zipfile.ZIP_DEFLATED
    return info


def _copy(file: PackedFile, written: IO[bytes]) -> None:
    """Copy a file and look that it still is the one that was measured."""
    found = hashlib.sha256()
    with file.source.open("rb") as read:
        for chunk in chunks(read):
            found.update(chunk)
            written.write(chunk)
    if found.hexdigest() != file.sha256:
        raise Conflict("pack-changed-meanwhile", path=file.source)


def _made(real: Path, fill: Callable[[Path], None]) -> None:
    """Fill something beside its place and move it there once it is whole."""
    real.parent.mkdir(parents=True, exist_ok=True)
    new = real.with_name(f".{real.name[:40]}.{os.urandom(4).hex()}.tmp")
    try:
        fill(new)
        if real.is_dir():
            real.rmdir()
        new.replace(real)
    finally:
        if new.is_dir():
            shutil.rmtree(new, ignore_errors=True)
        with contextlib.suppress(OSError):
            new.unlink()


@contextlib.contextmanager
def _refusing(out: Path) -> Iterator[None]:
    try:
        yield
    except CharterkitError:
        raise
    except (OSError, ValueError) as error:
        raise Refused("file-not-written", path=out, reason=getattr(error, "strerror", None) or error) from None
