"""A workspace packed for machines that do not see it: what a look at its schools needs, in one stream of bytes.

That is what is read, and of everything else below schools/ the name: evidence is looked for, and its content only where
a file says what its hash is. Hidden files and private keys are names too; nothing of git, of templates or of what was
made goes along. The same files give the same bytes on the same machine. The stream is gzip of entries, each a line of
JSON with a path and a size (none for a folder) and then so many bytes; what is a link or a device has no such form.
"""

import errno
import gzip
import json
import os
import re
import stat
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

from charterkit.errors import Refused
from charterkit.files import texts
from charterkit.files.certificates import FOLDER as CERTIFICATES
from charterkit.files.disk import PACKS, SCHOOLS
from charterkit.files.names import NEARLY_SETTINGS, right_name
from charterkit.files.places import PUBLISHED, SETTINGS
from charterkit.files.secrets import key_at
from charterkit.files.yaml.subset import MAX_BYTES
from charterkit.records import dataclass

PIECE = 8 * 1024 * 1024
"""Bytes of the stream that travel together."""
MOST_PACKED = 512 * 1024 * 1024
"""Bytes of the whole stream: each worker holds it in its memory."""
_MOST_WHOLE = 64 * 1024 * 1024
"""Bytes of one file that is no YAML."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_LEVEL = 1
"""Of packing: the next takes 40% longer and saves a tenth (November 2026)."""
_HASHED = re.compile(rb"sha256|\\[xuU]")
"""In a school's files where one may say a hash, also spelt with escapes."""
_STATUS = f"{PUBLISHED}/status"

Take = Callable[[bytes], None]
"""Gets the pieces of the stream, in their order."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed: the digest of the whole stream, and how much there is in it."""

    digest: str
    bytes: int
    """Of the stream."""
    entries: int
    size: int
    """Bytes of all files in it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    is_folder: bool = False

    @property
    def is_read(self) -> bool:
        """Whether it is read as YAML, or would be but for its name."""
        return self.path.lower().endswith((".yaml", ".yml")) or bool(right_name(self.path))

    @property
    def is_hidden(self) -> bool:
        return "/." in self.path

    @property
    def is_text(self) -> bool:
        """Whether it is read besides: a policy's own text, a certificate, a list of the issuer's."""
        path = self.path.lower()
        is_signed = path.endswith(".json") and (f"/{CERTIFICATES}/" in path or path.startswith(f"{_STATUS}/"))
        return is_signed or (path.startswith(f"{SCHOOLS}/") and path.endswith(texts.ENDINGS))


def pack(root: Path, take: Take) -> Packed:
    """Pack the workspace in a folder.

    Raises Refused for what is no plain file or folder there, for what cannot be read, and for more than MOST_PACKED.
    """
    stream = _Stream(take)
    with gzip.GzipFile("", "wb", _LEVEL, stream, mtime=0) as packing:
        entries, size = 0, 0
        for entry, data in _content(root):
            line = json.dumps([entry.path, None if entry.is_folder else len(data)]).encode()
            packing.write(b"%b\n%b" % (line, data))
            entries, size = entries + 1, size + len(data)
    stream.finish()
    return Packed(stream.seen.hexdigest(), stream.bytes, entries, size)


class _Stream:
    """Cuts what is written to it into pieces."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._held = bytearray()
        self.seen, self.bytes = blake2b(digest_size=20), 0

    def write(self, data: bytes) -> int:
        self._held += data
        while len(self._held) >= PIECE:
            self._give(PIECE)
        return len(data)

    def flush(self) -> None:
        """Nothing waits but what is no whole piece yet."""

    def finish(self) -> None:
        self._give(len(self._held))

    def _give(self, size: int) -> None:
        piece = bytes(self._held[:size])
        del self._held[:size]
        self.bytes += size
        if self.bytes > MOST_PACKED:
            raise Refused("packed-too-large", most=MOST_PACKED // 1024**2)
        self.seen.update(piece)
        self._take(piece)


# -- what is in it


def _content(root: Path) -> Iterator[tuple[_Entry, bytes]]:
    """Everything, folders before what is in them, each file with its bytes."""
    tops = [_Entry(name) for name in (SETTINGS, *NEARLY_SETTINGS) if os.path.lexists(root / name)]
    yield from _filled(root, [_plain(root, entry) for entry in tops])
    for folder in ("charters", PACKS, _STATUS):
        if os.path.lexists(root / folder):
            tops = [_plain(root, _Entry(top, is_folder=True)) for top in _down_to(folder)]
            yield from _filled(root, [*tops, *_below(root, folder)])
    if os.path.lexists(root / SCHOOLS):
        yield _plain(root, _Entry(SCHOOLS, is_folder=True)), b""
        for entry in _inside(root, SCHOOLS):  # each for itself: all of its files are held at once
            yield from _filled(root, [entry, *(_below(root, entry.path) if entry.is_folder else ())])


def _down_to(folder: str) -> list[str]:
    """A folder, after those that it lies in."""
    parts = folder.split("/")
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def _plain(root: Path, entry: _Entry) -> _Entry:
    """An entry at which no link and nothing odd stands."""
    is_wanted = stat.S_ISDIR if entry.is_folder else stat.S_ISREG
    try:
        mode = (root / entry.path).lstat().st_mode
    except OSError as error:
        raise Refused("packed-not-read", path=entry.path, reason=error.strerror) from None
    if not is_wanted(mode):
        raise Refused("packed-not-plain", path=entry.path)
    return entry


def _below(root: Path, folder: str) -> Iterator[_Entry]:
    for entry in _inside(root, folder):
        yield entry
        if entry.is_folder:
            yield from _below(root, entry.path)


def _inside(root: Path, folder: str) -> list[_Entry]:
    """What is in a folder, by name, but for git's own. Raises Refused for what cannot be packed."""
    try:
        with os.scandir(root / folder) as inside:
            found = sorted((entry for entry in inside if entry.name != ".git"), key=lambda entry: entry.name)
    except FileNotFoundError:  # gone since it was listed
        return []
    except OSError as error:
        raise Refused("packed-not-read", path=folder, reason=error.strerror) from None
    return [_entry(f"{folder}/{entry.name}", entry) for entry in found]


def _entry(path: str, found: "os.DirEntry[str]") -> _Entry:
    is_folder = found.is_dir(follow_symlinks=False)
    if not is_folder and not found.is_file(follow_symlinks=False):
        raise Refused("packed-not-plain", path=path)
    return _Entry(path, is_folder)


def _filled(root: Path, entries: list[_Entry]) -> Iterator[tuple[_Entry, bytes]]:
    """Entries with their bytes; one that has just gone is left out."""
    read = {entry: _bytes(root, entry.path, MAX_BYTES + 1) for entry in entries if _is_source(entry)}
    is_hashed = any(data and _HASHED.search(data) for data in read.values())
    for entry in entries:
        data = read.get(entry, b"")
        if entry not in read and not entry.is_folder and not entry.is_hidden and (is_hashed or entry.is_text):
            data = _without_key(_bytes(root, entry.path, _MOST_WHOLE + 1))
            if data and len(data) > _MOST_WHOLE:
                raise Refused("packed-too-large-file", path=entry.path, most=_MOST_WHOLE // 1024**2)
        if data is not None:
            yield entry, data


def _is_source(entry: _Entry) -> bool:
    return not entry.is_folder and not entry.is_hidden and entry.is_read


def _without_key(data: bytes | None) -> bytes | None:
    """The bytes of a file; nothing of a private key: nobody far away has to have it."""
    return b"" if data and key_at(data) is not None else data


def _bytes(root: Path, path: str, most: int) -> bytes | None:
    """The bytes of a plain file, not more than `most`; None where there is none any more."""
    try:
        handle = os.open(root / path, _FLAGS)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Refused("packed-not-plain", path=path)
            return file.read(most)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Refused("packed-not-plain", path=path) from None
        raise Refused("packed-not-read", path=path, reason=error.strerror) from None
