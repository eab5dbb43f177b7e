"""A folder of results put into a store, through fsspec: a bucket of objects, or a server of files.

A store has no way to exchange a folder at once. So its list is written twice: before anything else as one of what is
being written, and at the end as that of a whole folder, `whole_folder.LIST`. A folder that holds anything which no
such list names is somebody's, and is left alone. Whoever reads while it is being written sees some of before and some
of now.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from charterkit.errors import CharterkitError, Conflict, Missing, Refused
from charterkit.files.whole_folder import LIST, TITLE
from charterkit.records import dataclass

STORES: Mapping[str, str] = {
    "s3": "s3fs",
    "gs": "gcsfs",
    "az": "adlfs",
    "abfs": "adlfs",
    "ftp": "",
    "sftp": "paramiko",
}
"""What an address begins with, and the package that fsspec needs for it; empty for none. (fsspec, *Other Known
Implementations*, filesystem-spec.readthedocs.io, read November 2026.)
"""
_WITH_FOLDERS = frozenset({"ftp", "sftp"})
"""Where a folder has to be made before anything is written to it; elsewhere it is a part of a name."""
_HOLDERS = {"s3": "bucket", "gs": "bucket", "az": "container", "abfs": "container", "ftp": "server", "sftp": "server"}
"""What each address names first."""
_BEGUN = "# charterkit export is writing here, or was stopped: this folder is not whole."
_MOST_LISTED = 4 * 1024 * 1024
"""Bytes of a list: a larger one is none of ours."""


def is_store(out: str) -> bool:
    """Whether a place is the address of a store and no folder of this machine."""
    return "://" in out


def said(address: str) -> str:
    """An address without the name and the password that may stand in it: nothing of one that may hide them."""
    scheme, _, rest = address.partition("://")
    where, slash, path = rest.partition("/")
    who, at, host = where.rpartition("@")
    shown = where if at and _HOLDERS.get(scheme) == "container" and ":" not in who else host
    return f"{scheme}://…" if _is_split(address) else f"{scheme}://{shown}{slash}{path}"


def _is_split(address: str) -> bool:
    """Whether a name or a password has a sign in it that ends them for whoever reads addresses."""
    where, _, path = address.partition("://")[2].partition("/")
    who, _, host = where.rpartition("@")
    if who:
        return not {*"#?[]"}.isdisjoint(who)
    has_port = host.endswith("]") or ":" not in host or host.rpartition(":")[2].isdigit()
    return "@" in path and not has_port


@dataclass(frozen=True)
class Store:
    """A folder in a store, to which results may be written."""

    address: str
    """As it is said to people."""
    _files: Any = field(repr=False)
    """The store, as fsspec has it."""
    _path: str
    _has_folders: bool

    def put(self, folder: Path) -> None:
        """Put a folder that `whole_folder` has made in place of what an earlier export wrote.

        Raises CharterkitError where something else lies there, and where the store refuses; then what was begun is
        there, and the next one goes on from it.
        """
        with _refusing(self.address):
            before = self._demand_free()
            paths = [path for path in (folder / LIST).read_text(encoding="utf-8").splitlines()[1:] if path]
            self._write_list(_BEGUN, sorted({*paths, *before}))
            for path in paths:
                self._put(folder / path, path)
            for path in sorted(before - {*paths, LIST}):
                self._files.rm_file(self._at(path))
            self._write_list(TITLE, paths)

    def _at(self, path: str) -> str:
        return f"{self._path}/{path}"

    def _demand_free(self) -> set[str]:
        """The files that an earlier export wrote. Raises Conflict for a folder that holds any other."""
        there = self._there()
        ours = self._listed() if LIST in there else set()
        for path in sorted(there - ours):
            raise Conflict("export-not-ours", out=self.address, name=path)
        return there

    def _there(self) -> set[str]:
        self._files.invalidate_cache()
        try:
            found = self._files.find(self._path)
        except FileNotFoundError:
            return set()
        top = self._path.strip("/")
        return {path.strip("/").removeprefix(top).lstrip("/") for path in found}

    def _listed(self) -> set[str]:
        if self._files.info(self._at(LIST))["size"] > _MOST_LISTED:
            return set()
        text = self._files.cat_file(self._at(LIST)).decode("utf-8", "replace")
        title, *paths = text.splitlines() or [""]
        return {LIST, *paths} if title in (TITLE, _BEGUN) else set()

    def _write_list(self, title: str, paths: list[str]) -> None:
        if self._has_folders:
            self._files.makedirs(self._path, exist_ok=True)
        self._files.pipe_file(self._at(LIST), "\n".join([title, *paths, ""]).encode())

    def _put(self, source: Path, path: str) -> None:
        if self._has_folders:
            self._files.makedirs(self._at(path).rpartition("/")[0], exist_ok=True)
        self._files.put_file(str(source), self._at(path))
        self._files.invalidate_cache()
        size = source.stat().st_size
        if self._files.info(self._at(path))["size"] != size:
            raise Refused("store-cut", out=self.address, path=path)


def store_at(address: str) -> Store:
    """The folder at an address such as s3://bucket/folder, which may be written to.

    Raises CharterkitError for an address of no store that is known, a package that is not installed, a store that does
    not answer, and a folder that holds what no export wrote.
    """
    scheme, _, rest = address.partition("://")
    if scheme in STORES and "::" not in address and (lacks := _lacks(scheme, rest)):
        form = f"{scheme}://{_HOLDERS[scheme].upper()}/FOLDER"
        raise Refused("store-lacks", out=said(address), lacks=lacks, form=form)
    if scheme not in STORES or "::" in address or {"", ".", ".."} & {*rest.rstrip("/").split("/")}:
        raise Refused("no-store", out=said(address), stores=[f"{name}://" for name in STORES])
    if _is_split(address):
        raise Refused("store-password", out=said(address))
    try:
        import fsspec  # noqa: PLC0415 - only a store needs it
    except ImportError:
        raise Missing("no-fsspec") from None
    with _refusing(said(address)):
        try:
            where, who = _asked_of_fsspec(address.rstrip("/"))
            files, path = fsspec.url_to_fs(where, skip_instance_cache=True, **who)
        except ImportError:
            raise Missing("no-package-of-store", scheme=f"{scheme}://", package=STORES[scheme]) from None
        found = Store(said(address.rstrip("/")), files, path.rstrip("/"), scheme in _WITH_FOLDERS)
        found._demand_free()  # noqa: SLF001 - made here: before the work that is to be put there
        return found


def _lacks(scheme: str, rest: str) -> str:
    """What an address does not name: its bucket, container or server, or the folder in it; empty where it has both.

    Azure's addresses name an account too, as in CONTAINER@ACCOUNT.dfs.core.windows.net, and no container has a dot
    (learn.microsoft.com, *Naming and referencing containers, blobs, and metadata*, read November 2026).
    """
    where, _, folder = rest.partition("/")
    is_account = _HOLDERS[scheme] == "container" and ("." in where if "@" not in where else where.startswith("@"))
    if not where or is_account:
        return _HOLDERS[scheme]
    return "" if folder.strip("/") else "folder"


def _asked_of_fsspec(address: str) -> tuple[str, dict[str, str]]:
    """An address as fsspec takes it, and who one is where it says so: fsspec leaves %40 and the like as they are."""
    scheme, _, rest = address.partition("://")
    who, _, _ = rest.partition("/")[0].rpartition("@")
    if scheme not in _WITH_FOLDERS or not who:
        return address, {}
    name, colon, password = who.partition(":")
    return said(address), {"username": unquote(name), **({"password": unquote(password)} if colon else {})}


@contextmanager
def _refusing(address: str) -> Iterator[None]:
    """Each kind of store has errors of its own, which have nothing in common."""
    try:
        yield
    except CharterkitError:
        raise
    except Exception as error:  # noqa: BLE001 - as above
        why = str(error) or type(error).__name__
        raise Refused("store-refuses", out=address, why=why) from None
