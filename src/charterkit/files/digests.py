"""What tells bytes apart, for a cache: no signature, and nothing that is shown."""

from collections.abc import Iterable
from hashlib import blake2b


def digest(data: bytes) -> str:
    """What identifies some bytes."""
    return blake2b(data, digest_size=20).hexdigest()


def schools_digest(found: Iterable[tuple[str, str]]) -> str:
    """What identifies the files of all organisations: each one's slug and its file's digest, empty without a file."""
    return digest(repr(sorted(found)).encode(errors="surrogateescape"))
