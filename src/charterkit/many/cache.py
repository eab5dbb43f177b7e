"""What an earlier call found out, so that what has not changed need not be looked at again.

One row a piece of work and a school: the school's files with their stamps and digests, what was looked up besides them,
and what was found. A row counts only when all of that is as it was, and so are the day, what was wanted, and what every
school shares: `known.py` asks for it. The stamp is compared first and the content only where it differs: git changes
times. The database lies in the user's own cache folder, never in the workspace, where a pull request could bring one
along; a damaged one is as good as none.
"""

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from charterkit.files.attachments import Answers
from charterkit.files.digests import digest
from charterkit.insight.ties import NO_TIES, Ties
from charterkit.many.pieces import Piece
from charterkit.records import dataclass

_WAIT = 0.5
"""Seconds to wait for another call that is writing."""
_KEPT = 90 * 24 * 60 * 60
"""Seconds after which a database that nothing was written to is of a workspace that is gone."""
_TABLE = """CREATE TABLE IF NOT EXISTS piece
(work TEXT, name TEXT, proof BLOB, facts TEXT, body TEXT, PRIMARY KEY (work, name)) WITHOUT ROWID"""
_AT_ONCE = 500
"""Names in one question."""


Seen = Sequence[str | None]
"""A file as it was when it was looked at: its stamp, None where that proves nothing, and its content's digest."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one piece. `salt` stands for all that was found depends on besides the school's own files."""

    salt: str
    files: Mapping[str, Seen]
    asked: Answers
    ties: Ties = NO_TIES
    """What the school's file says of other organisations."""
    body: str = ""
    """The digest of what was found; empty for nothing."""


Found = tuple[Row, str]
"""A row and its body, a text."""
_Text = tuple[str, str, str, str]
"""A work, a name, facts and a body."""


class Cache:
    """The rows of one workspace."""

    def __init__(self, folder: Path, root: Path, program: str) -> None:
        """`folder` is where all databases lie, `program` tells this state of charterkit from others."""
        self._file = folder / f"{digest(os.fsencode(root))}.sqlite"
        self._program = program.encode()

    def rows(self, work: str, pieces: Sequence[Piece] | None = None) -> dict[Piece, Row]:
        """What is known, of all pieces or of some; nothing where the database is not there, is damaged, or in use."""
        if pieces is None:
            found = self._select("SELECT name, proof, facts FROM piece WHERE work = ?", work)
        else:
            found = [*self._of(work, "name, proof, facts", map(_name, pieces))]
        try:
            return dict(self._rows(work, found))
        except (ValueError, TypeError):
            self._discard()
            return {}

    def texts(self, work: str) -> dict[str, tuple[str, str]]:
        """By name what was `put`: facts, and a body. One that was damaged is left out, or has another body than its
        facts say.
        """
        found = self._select("SELECT name, proof, facts, body FROM piece WHERE work = ?", work)
        return {
            name: (facts, body)
            for name, proof, facts, body in found
            if isinstance(facts, str) and isinstance(body, str) and self._proof(work, name, facts) == proof
        }

    def put(self, work: str, texts: Mapping[str, tuple[str, str]], forgotten: Iterable[str] = ()) -> None:
        """Keep texts, each with its name, in place of those with that name; and let go of some other works."""
        self._safely(
            [(work, name, facts, body) for name, (facts, body) in texts.items()],
            "DELETE FROM piece WHERE work = ?",
            [(other,) for other in forgotten],
        )

    def names(self, work: str) -> list[Piece]:
        """The pieces of which anything is known."""
        try:
            return [json.loads(name) for (name,) in self._select("SELECT name FROM piece WHERE work = ?", work)]
        except (ValueError, TypeError):
            self._discard()
            return []

    def bodies(self, work: str, rows: Mapping[Piece, Row]) -> dict[Piece, str]:
        """What was found in some pieces. One is left out where it is not, or no longer, what its row says."""
        names = {_name(piece): piece for piece, row in rows.items() if row.body}
        found: dict[Piece, str] = dict.fromkeys((piece for piece, row in rows.items() if not row.body), "")
        pairs = ((names[name], body) for name, body in self._of(work, "name, body", names))
        found.update((piece, body) for piece, body in pairs if digest(body.encode()) == rows[piece].body)
        return found

    def _of(self, work: str, what: str, names: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Some columns of some rows."""
        every = [*names]
        for start in range(0, len(every), _AT_ONCE):
            some = every[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            question = f"SELECT {what} FROM piece WHERE work = ? AND name IN ({marks})"  # noqa: S608 - our own words
            yield from self._select(question, work, *some)

    def keep(self, work: str, rows: Mapping[Piece, Found], gone: Iterable[Piece] = ()) -> None:
        """Put rows in place of what is known, all or none. What cannot be kept is not: the next call takes longer."""
        self._safely(
            [(work, _name(piece), packed_facts(row), body) for piece, (row, body) in rows.items()],
            "DELETE FROM piece WHERE work = ? AND name = ?",
            [(work, _name(piece)) for piece in gone],
        )

    def _safely(self, texts: Sequence[_Text], removal: str, gone: Sequence[tuple[str, ...]]) -> None:
        try:
            self._write(texts, removal, gone)
        except sqlite3.OperationalError:
            return  # in use, read-only, or a full disk
        except sqlite3.DatabaseError:
            self._discard()
            with contextlib.suppress(sqlite3.Error, OSError):
                self._write(texts, removal, gone)
        except OSError:
            return

    def _select(self, question: str, *given: str) -> list[tuple[Any, ...]]:
        try:
            with contextlib.closing(self._open(read_only=True)) as database:
                return database.execute(question, given).fetchall()
        except sqlite3.OperationalError as refused:
            if getattr(refused, "sqlite_errorcode", sqlite3.SQLITE_ERROR) == sqlite3.SQLITE_ERROR:
                self._discard()  # of another form
            return []  # else not there, or in use
        except (sqlite3.Error, OSError, ValueError, TypeError):
            self._discard()
            return []

    def _write(self, texts: Sequence[_Text], removal: str, gone: Sequence[tuple[str, ...]]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.closing(self._open()) as database, database:
            database.execute("PRAGMA synchronous = OFF")  # what a power cut damages is made anew
            database.execute(_TABLE)
            database.executemany(removal, gone)
            values = ((work, name, self._proof(work, name, facts), facts, body) for work, name, facts, body in texts)
            database.executemany("INSERT OR REPLACE INTO piece VALUES (?, ?, ?, ?, ?)", values)
        self._sweep()

    def _rows(self, work: str, found: Iterable[tuple[str, bytes, str]]) -> Iterator[tuple[Piece, Row]]:
        whole = [(name, facts) for name, proof, facts in found if self._proof(work, name, facts) == proof]
        facts = json.loads(f"[{','.join(text for _, text in whole)}]")  # at once: a third of the time of one by one
        for (name, _), fields in zip(whole, facts, strict=True):
            yield json.loads(name), _row(*fields)

    def _proof(self, work: str, name: str, facts: str) -> bytes:
        """Tells a row that was damaged, or that another state of the program wrote."""
        return blake2b(f"{work}\0{name}\0{facts}".encode(), digest_size=20, key=self._program).digest()

    def _open(self, *, read_only: bool = False) -> "sqlite3.Connection":
        mode = "ro" if read_only else "rwc"
        return sqlite3.connect(f"{self._file.as_uri()}?mode={mode}", timeout=_WAIT, uri=True)

    def _sweep(self) -> None:
        """Databases of workspaces that nobody has looked at for long go."""
        now = self._file.stat().st_mtime
        for file in self._file.parent.glob("*.sqlite"):
            with contextlib.suppress(OSError):
                if file.stat().st_mtime < now - _KEPT:
                    file.unlink()

    def _discard(self) -> None:
        for ending in ("", "-journal", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._file.with_name(self._file.name + ending).unlink(missing_ok=True)


def _name(piece: Piece) -> str:
    """A folder's name in letters that every database takes."""
    return json.dumps(piece)


def packed_facts(row: Row) -> str:
    """A row as it is kept."""
    asked = [[*question, answer] for question, answer in row.asked.items()]
    return json.dumps([row.salt, row.files, asked, row.ties, row.body], separators=(",", ":"))


def _row(
    salt: str, files: Mapping[str, Seen], asked: list[tuple[str, str, str, str, Any]], ties: list[Any], body: str
) -> Row:
    answers = {(what, school, base, path): answer for what, school, base, path, answer in asked}
    trust, members = ties
    return Row(salt, files, answers, Ties(trust, tuple(members)) if trust or members else NO_TIES, body)
