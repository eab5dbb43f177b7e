"""Many schools' rows as one, so that where nothing has changed none of them is looked at.

A sheaf is so many schools that follow each other. Its seal stands for all their files, by their stamps, and for what
all schools share; with it is kept what its rows say of other organisations, what was asked about those, and whatever
was found out about its schools together: numbers that are added up, mostly.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from charterkit.files.attachments import Answers, Question
from charterkit.files.digests import digest
from charterkit.files.disk import SchoolFiles
from charterkit.insight.ties import NO_TIES, Ties
from charterkit.many.cache import Cache, Row
from charterkit.many.pieces import Piece
from charterkit.records import dataclass

SHEAF = 128
"""Schools in one."""
_MOST_PARTS = 8
"""Things that were found out about all sheaves, of which the last so many are kept: there is a new one each day."""


@dataclass(frozen=True, slots=True)
class Sheaf:
    """What is known of one. `mark` stands for all of it: it is another where anything has changed."""

    mark: str
    own: Mapping[Piece, str]
    """The digest of each organisation's own file."""
    ties: Mapping[Piece, Ties]
    asked: Answers


class Sheaves:
    """All schools, and those sheaves of them that are as they were."""

    def __init__(self, work: str, slugs: SchoolFiles, salt: str, cache: Cache | None) -> None:
        """`salt` stands for what all schools share; without a cache there are none that are known."""
        self._work, self._slugs, self._salt, self._cache = f"{work} sheaf", slugs, salt, cache
        every = [*slugs]
        self.pieces = {str(start): every[start : start + SHEAF] for start in range(0, len(every), SHEAF)}
        """By its name the schools of each."""
        self.name_of = {slug: name for name, pieces in self.pieces.items() for slug in pieces} if cache else {}
        self.known: dict[str, Sheaf] = {}
        kept = cache.texts(self._work) if cache and salt else {}
        for name in self.pieces.keys() & kept.keys():
            sheaf = self._read(name, kept[name][0])
            if sheaf:
                self.known[name] = sheaf
        self._new: dict[str, tuple[str, str]] = {}
        self._parts: dict[str, dict[str, tuple[str, str]]] = {}
        self._new_parts: dict[str, dict[str, tuple[str, str]]] = {}

    def loose(self) -> list[Piece]:
        """The schools that are in no sheaf which is known."""
        return [slug for name, pieces in self.pieces.items() if name not in self.known for slug in pieces]

    def asking(self) -> list[str]:
        """The sheaves that depend on something outside them."""
        return [name for name, sheaf in self.known.items() if sheaf.asked]

    def untied(self, name: str) -> list[Piece]:
        """Let go of a sheaf of which something outside has changed; its schools."""
        del self.known[name]
        return self.pieces[name]

    # -- how they are kept

    def _seal(self, name: str) -> str:
        """Stands for the files of its schools; empty where the stamp of one of them does not tell enough."""
        pieces, texts = self.pieces[name], self._slugs.texts
        if not self._salt or not all(map(self._slugs.is_settled, pieces)):
            return ""
        said = "\0\0".join(f"{slug}\0{texts[slug]}" for slug in pieces)
        return digest(f"{self._salt}\0{said}".encode(errors="surrogateescape"))

    def _read(self, name: str, facts: str) -> Sheaf | None:
        """What was kept of one, where it is as it was."""
        try:
            seal, own, ties, asked, _ = json.loads(facts)
            if not seal or seal != self._seal(name):
                return None
            known = {piece: Ties(trust, tuple(members)) for piece, (trust, members) in ties.items()}
            answers: dict[Question, Any] = {(what, a, b, c): answer for what, a, b, c, answer in asked}
            return Sheaf(digest(facts.encode()), own, known, answers)
        except (ValueError, TypeError, AttributeError):
            return None

    def bind(self, name: str, rows: Mapping[Piece, Row], own: Mapping[Piece, str]) -> None:
        """Make one of the rows of all its schools, which hold; nothing where some of them are missing."""
        pieces, seal = self.pieces[name], self._seal(name)
        if not seal or not rows.keys() >= {*pieces} or not all(self._is_stamped(rows[piece]) for piece in pieces):
            return
        asked = _asked_by([rows[piece] for piece in pieces])
        if asked is None:
            return
        ties = {piece: rows[piece].ties for piece in pieces if rows[piece].ties != NO_TIES}
        bodies = digest("\0".join(rows[piece].body for piece in pieces).encode())
        owned = {piece: own[piece] for piece in pieces}
        said = [seal, owned, ties, [[*question, answer] for question, answer in asked.items()], bodies]
        facts = json.dumps(said, separators=(",", ":"))
        self._new[name] = facts, ""
        self.known[name] = Sheaf(digest(facts.encode()), owned, ties, asked)

    def _is_stamped(self, row: Row) -> bool:
        """Whether each file was read with the stamp that was listed: only then the seal stands for what was read."""
        return all(when for when, _ in row.files.values())

    # -- what was found out about the schools of one together

    def once(self, name: str, what: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - plain data
        """What was found out about a sheaf that is known; `what` stands for all that it depends on besides it."""
        work = f"{self._work} part {digest(what.encode(errors='surrogateescape'))}"
        if work not in self._parts:
            self._parts[work] = self._cache.texts(work) if self._cache else {}
        mark, kept = self.known[name].mark, self._parts[work].get(name)
        if kept and kept[0] == _part(mark, kept[1]):
            return json.loads(kept[1])
        found = make()
        body = json.dumps(found, separators=(",", ":"))
        self._new_parts.setdefault(work, {})[name] = _part(mark, body), body
        return found

    @property
    def has_news(self) -> bool:
        """Whether there is anything to be kept."""
        return bool(self._new or self._new_parts)

    def keep(self) -> None:
        """Keep all that is new."""
        if self._cache is None:
            return
        if self._new:
            self._cache.put(self._work, self._new)
            self._new = {}
        for work, texts in self._new_parts.items():
            self._cache.put(work, texts, self._forgotten(self._cache, work))
        self._new_parts = {}

    def _forgotten(self, cache: Cache, new: str) -> Iterator[str]:
        """Note one more part; those that were not made for the longest time go."""
        listed = f"{self._work} parts"
        try:
            known: Sequence[str] = json.loads(cache.texts(listed)["list"][0])
        except (KeyError, ValueError):
            known = []
        every = [new, *(text for text in known if isinstance(text, str) and text != new)]
        cache.put(listed, {"list": (json.dumps(every[:_MOST_PARTS]), "")})
        yield from every[_MOST_PARTS:]


def _asked_by(rows: Sequence[Row]) -> dict[Question, Any] | None:
    """What was asked about others for some schools; None where an answer became another one meanwhile."""
    asked: dict[Question, Any] = {}
    for row in rows:
        for question, answer in row.asked.items():
            if not _is_alike(question, asked.setdefault(question, answer), answer):
                return None
    return asked


def _is_alike(question: Question, said: Any, answer: Any) -> bool:  # noqa: ANN401 - plain data
    """Whether two answers say the same: of a file's content its digest, with whatever stamp."""
    return bool(said[0] == answer[0] if question[0] == "sha256" else said == answer)


def _part(mark: str, body: str) -> str:
    return f"{mark} {digest(body.encode())}"
