"""Private keys that lie where others get to see them: among a workspace's files, or in its git history.

Only files with names that keys have are opened, and only small ones; the history is read within limits of count and
time, by git's own program. What a key looks like: PEM, also encrypted; a JWK with its private part; a multibase secret.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from charterkit.errors import CharterkitError

_KEYS = (
    re.compile(rb"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY-----"),
    re.compile(rb"\"d\"\s{0,9}:\s{0,9}\"[A-Za-z0-9_-]{40}"),
    re.compile(rb"secretKeyMultibase\W{1,9}z[1-9A-HJ-NP-Za-km-z]{40}"),
    re.compile(rb"\bz3u2[1-9A-HJ-NP-Za-km-z]{43}"),
)
_MARKS = (b"PRIVATE KEY-----", b'"d"', b"secretKeyMultibase", b"z3u2")
_NAMES = re.compile(r"\.(?:pem|key|p8|pk8|jwk|jwks|json|txt|asc|bak|old)\Z|\Akey|secret|private", re.IGNORECASE)
_MOST_BYTES = 64 * 1024
_MOST_FILES = 20_000
_MOST_OBJECTS = 5_000
_MOST_COMMITS = 20_000


def key_at(data: bytes) -> int | None:
    """Where a private key begins in a file's bytes; None where there is none."""
    if not any(mark in data for mark in _MARKS):
        return None
    found = [match.start() for pattern in _KEYS if (match := pattern.search(data))]
    return min(found, default=None)


def stray_keys(root: Path) -> Iterator[str]:
    """Files below a folder that hold a private key, by their path from there. YAML files are looked at as files are."""
    looked = 0
    for top, folders, names in os.walk(root):
        folders[:] = sorted(folder for folder in folders if folder not in (".git", ".venv", "node_modules"))
        for name in sorted(names):
            looked += 1
            if looked > _MOST_FILES:
                return
            path = Path(top, name)
            if _NAMES.search(name) and _holds_key(path):
                yield path.relative_to(root).as_posix()


def keys_in_history(root: Path, variables: Mapping[str, str], here: Path | None) -> list[str]:
    """Paths under which a private key was ever committed; none where there is no git, or nothing it can read.

    `variables` and `here` are the environment and the current folder of the call.
    """
    from charterkit.files.repository import borrowed  # noqa: PLC0415 - only where certificates are issued

    try:
        with borrowed(root, variables, here, reflogs=False) as (git, _):
            said = git.ask("rev-list", "--all", "--objects", f"--max-count={_MOST_COMMITS}") or b""
            named = [line.partition(b" ") for line in said.splitlines()]
            wanted = {
                name.decode("ascii"): path.decode("utf-8", "replace")
                for name, _, path in named
                if path and _NAMES.search(path.rpartition(b"/")[2].decode("utf-8", "replace"))
            }
            found = []
            names = list(wanted)[:_MOST_OBJECTS]
            with git.stream(names, "cat-file", "--batch") as answers:
                for name in names:
                    head = answers.readline().split()
                    if len(head) != 3:  # noqa: PLR2004 - name, kind and size; else it is missing
                        continue
                    size = int(head[2])
                    data, rest = answers.read(min(size, _MOST_BYTES)), size - _MOST_BYTES
                    while rest > 0:
                        rest -= len(answers.read(min(rest, _MOST_BYTES))) or rest
                    answers.read(1)
                    if head[1] == b"blob" and size <= _MOST_BYTES and key_at(data) is not None:
                        found.append(wanted[name])
            return sorted(set(found))
    except (CharterkitError, OSError, ValueError):
        return []


def _holds_key(path: Path) -> bool:
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return False
        return key_at(path.read_bytes()) is not None
    except (OSError, ValueError):
        return False
