"""What an earlier check found, so that what has not changed need not be checked again.

One row a family: its files with their stamps and SHA-256, what was looked up besides them, and the findings. A row
counts only when all of that is as it was, and so are the day, the rules that are wanted, and what every family shares.
The stamp is compared first and the content only where it differs: git changes times. The database lies in the user's
own cache folder, never in the workspace, where a pull request could bring one along; a damaged one is as good as none.
"""

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from charterkit.choices import Severity
from charterkit.files.attachments import Answers
from charterkit.findings import Finding
from charterkit.rules.running.families import Family, Told

_WAIT = 0.5
"""Seconds to wait for another check that is writing."""
_KEPT = 90 * 24 * 60 * 60
"""Seconds after which a database that nothing was written to is of a workspace that is gone."""
_TABLE = "CREATE TABLE IF NOT EXISTS family (name TEXT PRIMARY KEY, proof BLOB, body TEXT) WITHOUT ROWID"


Seen = Sequence[str | None]
"""A file as it was when it was checked: its stamp, None where that proves nothing, and its content's digest."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one family. `salt` stands for all that its findings depend on besides its own files."""

    salt: str
    files: Mapping[str, Seen]
    kin: Mapping[str, tuple[str, ...]]
    """The organisations that each of the family's own names."""
    asked: Answers
    findings: tuple[Finding, ...]
    told: tuple[Told, ...] = ()
    """What the settings of that check left out."""


class Cache:
    """The rows of one workspace."""

    def __init__(self, folder: Path, root: Path, program: str) -> None:
        """`folder` is where all databases lie, `program` tells this state of charterkit from others."""
        self._file = folder / f"{digest(os.fsencode(root))}.sqlite"
        self._program = program.encode()

    def rows(self) -> dict[Family, Row]:
        """All that is known; nothing where the database is not there, is damaged, or in use."""
        try:
            with contextlib.closing(self._open(read_only=True)) as database:
                found = database.execute("SELECT name, proof, body FROM family").fetchall()
            return dict(self._rows(found))
        except sqlite3.OperationalError as refused:
            if getattr(refused, "sqlite_errorcode", sqlite3.SQLITE_ERROR) == sqlite3.SQLITE_ERROR:
                self._discard()  # of another form
            return {}  # else not there, or in use
        except (sqlite3.Error, OSError, ValueError, TypeError):
            self._discard()
            return {}

    def keep(self, rows: Mapping[Family, Row], gone: Iterable[Family]) -> None:
        """Put rows in place of what is known, all or none. What cannot be kept is not: the next check takes longer."""
        try:
            self._write(rows, gone)
        except sqlite3.OperationalError:
            return  # in use, read-only, or a full disk
        except sqlite3.DatabaseError:
            self._discard()
            with contextlib.suppress(sqlite3.Error, OSError):
                self._write(rows, gone)
        except OSError:
            return

    def _write(self, rows: Mapping[Family, Row], gone: Iterable[Family]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.closing(self._open()) as database, database:
            database.execute("PRAGMA synchronous = OFF")  # what a power cut damages is made anew
            database.execute(_TABLE)
            database.executemany("DELETE FROM family WHERE name = ?", [(_name(family),) for family in gone])
            packed = ((_name(family), _packed(row)) for family, row in rows.items())
            values = ((name, self._proof(name, body), body) for name, body in packed)
            database.executemany("INSERT OR REPLACE INTO family VALUES (?, ?, ?)", values)
        self._sweep()

    def _rows(self, found: Iterable[tuple[str, bytes, str]]) -> Iterator[tuple[Family, Row]]:
        whole = [(name, body) for name, proof, body in found if self._proof(name, body) == proof]
        bodies = json.loads(f"[{','.join(body for _, body in whole)}]")  # at once: a third of the time of one by one
        for (name, _), body in zip(whole, bodies, strict=True):
            yield tuple(json.loads(name)), _row(*body)

    def _proof(self, name: str, body: str) -> bytes:
        """Tells a row that was damaged, or that another state of the program wrote."""
        return blake2b(f"{name}\0{body}".encode(), digest_size=20, key=self._program).digest()

    def _open(self, *, read_only: bool = False) -> sqlite3.Connection:
        mode = "ro" if read_only else "rwc"
        return sqlite3.connect(f"{self._file.as_uri()}?mode={mode}", timeout=_WAIT, uri=True)

    def _sweep(self) -> None:
        """Databases of workspaces that nobody has checked for long go."""
        now = self._file.stat().st_mtime
        for file in self._file.parent.glob("*.sqlite"):
            with contextlib.suppress(OSError):
                if file.stat().st_mtime < now - _KEPT:
                    file.unlink()

    def _discard(self) -> None:
        for ending in ("", "-journal", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._file.with_name(self._file.name + ending).unlink(missing_ok=True)


def digest(data: bytes) -> str:
    """What identifies some bytes."""
    return blake2b(data, digest_size=20).hexdigest()


def schools_digest(found: Iterable[tuple[str, str]]) -> str:
    """What identifies the files of all organisations: each one's slug and its file's digest, empty without a file."""
    return digest(repr(sorted(found)).encode(errors="surrogateescape"))


def _name(family: Family) -> str:
    return json.dumps(family)


def _packed(row: Row) -> str:
    findings = [
        [
            finding.path,
            finding.line,
            finding.column,
            finding.code,
            finding.name,
            finding.severity,
            finding.message,
            finding.help,
            finding.excerpt,
        ]
        for finding in row.findings
    ]
    asked = [[*question, answer] for question, answer in row.asked.items()]
    return json.dumps([row.salt, row.files, row.kin, asked, findings, row.told], separators=(",", ":"))


def _row(  # noqa: PLR0917 - in the order in which they are packed
    salt: str,
    files: Mapping[str, Seen],
    kin: Mapping[str, tuple[str, ...]],
    asked: list[tuple[str, str, str, str, Any]],
    findings: list[list[Any]],
    told: list[list[str]],
) -> Row:
    answers = {(what, school, base, path): answer for what, school, base, path, answer in asked}
    return Row(
        salt, files, kin, answers, tuple(map(_finding, findings)), tuple((place, words) for place, words in told)
    )


def _finding(row: list[Any]) -> Finding:
    path, line, column, code, name, severity, message, remedy, excerpt = row
    return Finding(path, line, column, code, name, Severity(severity), message, remedy, excerpt)
