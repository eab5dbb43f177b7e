"""The issuer's keys: Ed25519, each in a file of its own in the user's own settings, which nobody else may read.

A key's file is PKCS #8 in PEM, encrypted where a passphrase was given; beside it lies its public half. Its id is made
of the public half, so that no two keys share one.
"""

import hashlib
import json
import os
import re
import stat
from datetime import date
from pathlib import Path

from charterkit.credential.library import ldp, multikey
from charterkit.errors import Missing, NotThere, Refused
from charterkit.files.leaving import repositories
from charterkit.files.places import find
from charterkit.records import dataclass

_IS_WINDOWS = os.name == "nt"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_ID = re.compile(r"key-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What may be known of a key."""

    id: str
    public: str
    """Its public half, as `publicKeyMultibase`."""
    created: str
    """The day on which it was made."""
    is_encrypted: bool


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that can sign. Its private half is in memory only."""

    id: str
    public: str
    private: bytes
    """PEM, not encrypted."""

    def __repr__(self) -> str:
        """Without the private half, which no log may hold."""
        return f"SigningKey({self.id!r})"

    def method(self, issuer: str) -> str:
        """The name under which the issuer's document has the public half. Raises Refused for the did:key of another."""
        return method(issuer, self.id, self.public)


def method(issuer: str, key: str, public: str) -> str:
    """The name of an issuer's key in its document: did:key is made of the key itself, and has no other."""
    if not issuer.startswith("did:key:"):
        return f"{issuer}#{key}"
    if issuer != f"did:key:{public}":
        raise Refused("key-of-another-did", issuer=issuer, key=key)
    return f"{issuer}#{public}"


def new_key(folder: Path, passphrase: bytes | None, today: date) -> PublicKey:
    """Make a key in a folder, mode 600, which is made as well, mode 700.

    Raises Refused where the folder lies in a workspace or a git repository, or the disk refuses.
    """
    ldp()
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415 - of the extra
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - as above

    _refuse_shared(folder)
    made = Ed25519PrivateKey.generate()
    public = multikey(made.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo))
    cipher = form.BestAvailableEncryption(passphrase) if passphrase else form.NoEncryption()
    key = PublicKey(key_id(public), public, today.isoformat(), passphrase is not None)
    known = {"id": key.id, "publicKeyMultibase": public, "created": key.created}
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _IS_WINDOWS and folder.stat().st_mode & _OTHERS:
            folder.chmod(0o700)
        private = made.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, cipher)
        _write(folder / f"{key.id}.pem", private)
        _write(folder / f"{key.id}.json", f"{json.dumps(known, indent=2)}\n".encode())
    except OSError as error:
        raise Refused("file-not-written", path=folder, reason=error.strerror or error) from None
    return key


def key_id(public: str) -> str:
    """The id of a key, of its public half."""
    return f"key-{hashlib.sha256(public.encode()).hexdigest()[:8]}"


def known_keys(folder: Path) -> list[PublicKey]:
    """Every key in a folder, oldest first; none where there is no folder."""
    paths = [path for path in folder.glob("key-*.pem") if _ID.fullmatch(path.stem)] if folder.is_dir() else []
    return sorted(map(_known, paths), key=lambda key: (key.created, key.id))


def signing_key(folder: Path, key: str, passphrase: bytes | None) -> SigningKey:
    """A key to sign with.

    Raises NotThere where there is none of this id, Refused where others can read it or the passphrase is wrong, and
    Missing where it takes a passphrase.
    """
    ldp()
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415 - of the extra
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - as above

    path = folder / f"{key}.pem"
    if not _ID.fullmatch(key) or not path.is_file():
        raise NotThere("no-key", key=key, known=[each.id for each in known_keys(folder)])
    data = _private(path)
    if _is_encrypted(data) and not passphrase:
        raise Missing("no-passphrase", key=key)
    try:
        made = form.load_pem_private_key(data, passphrase if _is_encrypted(data) else None)
    except (ValueError, TypeError):
        raise Refused("wrong-passphrase" if _is_encrypted(data) else "key-spoilt", key=key, path=path) from None
    if not isinstance(made, Ed25519PrivateKey):
        raise Refused("key-spoilt", key=key, path=path)
    public = multikey(made.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo))
    if key_id(public) != key:
        raise Refused("key-spoilt", key=key, path=path)
    plain = made.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    return SigningKey(key, public, plain)


def _known(path: Path) -> PublicKey:
    try:
        said = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        return PublicKey(
            path.stem, str(said["publicKeyMultibase"]), str(said["created"]), _is_encrypted(_private(path))
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise Refused("key-spoilt", key=path.stem, path=path.with_suffix(".json")) from None


def _is_encrypted(data: bytes) -> bool:
    return b"ENCRYPTED" in data.partition(b"\n")[0]


def _private(path: Path) -> bytes:
    """The bytes of a private key's file. Raises Refused where another user of the computer could read them too."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not _IS_WINDOWS and mode & _OTHERS:
                raise Refused("key-readable", path=path, mode=f"{stat.S_IMODE(mode):o}")
            return file.read(16 * 1024)
    except OSError as error:
        raise Refused("key-not-read", path=path, reason=error.strerror or error) from None


def _refuse_shared(folder: Path) -> None:
    """A key in a workspace or a repository is one commit away from everybody."""
    folder = folder.absolute()
    for place in (folder, Path(os.path.realpath(folder))):
        top = find(place) or next(iter(repositories(place)), None)
        if top is not None:
            raise Refused("key-in-repository", folder=folder, top=top)


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
