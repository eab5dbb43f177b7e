"""What of an earlier call still holds, piece by piece, by what the disk says now.

Little is imported before it is known that something has changed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from charterkit.files.attachments import CONTENT, EVERY_SCHOOL, NAMES, Answers, Question, is_unchanged
from charterkit.files.certificates import GIVERS, givers
from charterkit.files.collector import uncollected
from charterkit.files.digests import digest, schools_digest
from charterkit.files.disk import PACKS, SCHOOLS, Disk, Stamp, UnfitError, before, entries, school_folders, stamp
from charterkit.files.names import NEARLY_SETTINGS
from charterkit.files.places import SETTINGS
from charterkit.insight.ties import ABOVE, MEMBERS, NO_TIES, TRUST, Belonging, Ties, ties_in
from charterkit.many.cache import Cache, Found, Row, Seen
from charterkit.many.pieces import SHARED, Piece, piece_of
from charterkit.many.sheaves import Sheaves

Files = Mapping[str, Stamp | None]
Read = Mapping[str, tuple[Stamp | None, str | None]]
"""The files that were looked at: the stamp that each had when it was read, and its digest, None for one that could not
be read. The worker that read it may see the disk later than we do."""


class Known:
    """The rows of one piece of work over a workspace, held against the disk as it is now."""

    @uncollected
    def __init__(
        self,
        root: Path,
        cache: Cache | None,
        work: str,
        told: Any,  # noqa: ANN401 - plain data
        *,
        has_sheaves: bool = False,
    ) -> None:
        """`work` tells what is done from what else is kept, `told` is what it depends on besides files.

        With sheaves rows are read of those pieces alone that are in none which is as it was.
        """
        self.root, self.work = root, work
        self._cache, self._told = cache, told
        self._until = before() if cache else None
        self.disk = Disk(root)
        self.listing = self.disk.listing(self._until)
        self.slugs = self.listing.schools
        self._shared = {**self._looked_up(), **self.listing.loose}
        self.rows = cache.rows(work, [SHARED] if has_sheaves else None) if cache else {}
        self._content: dict[str, str] = {}
        self._salt = self._salted()
        self.sheaves = Sheaves(work, self.slugs, self._salt, cache if has_sheaves else None)
        self._is_same = bool(self.sheaves.known)
        """Whether the schools are certainly those that they were."""
        if has_sheaves and cache:
            self.rows |= cache.rows(work, self.sheaves.loose())
        self._meet()
        for name in self.sheaves.asking():
            if not self._holds(self.sheaves.known[name].asked):
                self.rows |= cache.rows(work, self.sheaves.untied(name)) if cache else {}

    # -- what is there

    def _looked_up(self) -> Files:
        top = [self.root / name for name in (SETTINGS, *NEARLY_SETTINGS)]
        found = {path.name: stamp(path, self._until or 0) for path in top if self.disk.has(path.name)}
        for folder in ("charters", PACKS):
            found.update(entries(self.root, folder, self._until))
        return found

    def files(self, piece: Piece) -> Files:
        """The files of a piece, with their stamps."""
        return self._shared if piece == SHARED else self.slugs.get(piece, {})

    def _digest(self, path: str, when: Stamp | None, known: Seen | None) -> str:
        """What identifies a file's content; read only where its stamp does not tell. Empty where it cannot be read."""
        if known and when and known[0] == when:
            return known[1] or ""
        try:
            return digest(self.disk.read(path, is_inside=path in self.slugs.get(piece_of(path), ())))
        except UnfitError:
            return ""

    def _meet(self) -> None:
        """Learn whom each organisation names: from what is known, or from its file."""
        self._own: dict[str, str] = {}
        named: dict[str, Ties] = {}
        for sheaf in self.sheaves.known.values():
            self._own |= sheaf.own
            named |= sheaf.ties
        for slug in self.sheaves.loose():
            path, row, files = f"{SCHOOLS}/{slug}/school.yaml", self.rows.get(slug), self.slugs[slug]
            self._own[slug], ties = self._introduced(path, files.get(path), row) if path in files else ("", NO_TIES)
            if ties != NO_TIES:
                named[slug] = ties
        in_order = {slug: named[slug] for slug in sorted(named)}  # as whoever looks at every file has them
        self.belonging = Belonging(in_order, frozenset(self.slugs))

    def _introduced(self, path: str, when: Stamp | None, row: Row | None) -> tuple[str, Ties]:
        known = row.files.get(path) if row else None
        if row and known and when and known[0] == when and known[1]:
            return known[1], row.ties
        try:
            data = self.disk.read(path, is_inside=True)
        except UnfitError:
            return "", NO_TIES
        return digest(data), ties_in(data)

    def _salted(self) -> str:
        """Stands for all that is found depends on besides its school's files; empty where that cannot be told."""
        if not self._cache:
            return ""
        row = self.rows.get(SHARED)
        loose = self.listing.loose
        shared = {**self._looked_up(), **loose}
        known = row.files if row else {}
        digests = sorted((path, self._digest(path, when, known.get(path))) for path, when in shared.items())
        if not all(text for path, text in digests if path not in loose):
            return ""
        told = (self._told, school_folders(self.root), digests)
        return digest(repr(told).encode(errors="surrogateescape"))

    # -- what still holds

    @uncollected
    def still(self, pieces: Iterable[Piece]) -> dict[Piece, Row]:
        """The rows of those of some pieces for which all is as it was, with stamps as they are now."""
        found = ((piece, self._still(piece)) for piece in pieces) if self._salt else ()
        return {piece: row for piece, row in found if row}

    def _still(self, piece: Piece) -> Row | None:
        row, files = self.rows.get(piece), self.files(piece)
        if row is None or row.salt != self._salt or row.files.keys() != files.keys():
            return None
        renewed: dict[str, Seen] = {}
        for path, known in row.files.items():
            when = files[path]
            if when is None or when != known[0]:
                if self._digest(path, None, None) != known[1]:
                    return None
                renewed[path] = when, known[1]
        if not self._holds(row.asked):
            return None
        return replace(row, files={**row.files, **renewed}) if any(when for when, _ in renewed.values()) else row

    def _holds(self, asked: Answers) -> bool:
        """Whether everything that was asked would be answered as it was."""
        return not asked or (self._is_as_answered(asked) and is_unchanged(self.root, _of_disk(asked)))

    def _is_as_answered(self, asked: Answers) -> bool:
        """Whether what was asked about other organisations would be answered as it was."""
        for question, answer in asked.items():
            reply = self._replies.get(question[0])
            if reply and reply(question[1]) != answer:
                return False
        return True

    @cached_property
    def _replies(self) -> Mapping[str, Callable[[str], Any]]:
        """What is asked about other organisations, and what answers it: in the form in which JSON gives it back."""
        return {
            CONTENT: self._content_of,
            NAMES: self._names_in,
            MEMBERS: lambda slug: list(self.belonging.members.get(slug, ())),
            ABOVE: lambda slug: list(self.belonging.above.get(slug, ())),
            TRUST: self.belonging.trust,
            GIVERS: lambda number: self._givers.get(number, []),
            EVERY_SCHOOL[0]: lambda _: self._every_school,
        }

    def _content_of(self, path: str) -> str:
        """The digest of a school's file, found out once."""
        if path not in self._content:
            slug = piece_of(path)
            row = self.rows.get(slug)
            known = row.files.get(path) if row else None
            is_own = path == f"{SCHOOLS}/{slug}/school.yaml"
            found = self._own.get(slug, "") if is_own else self._digest(path, self.files(slug).get(path), known)
            self._content[path] = found
        return self._content[path]

    def _names_in(self, folder: str) -> list[str]:
        inside = self.files(piece_of(folder))
        return [path for path in inside if f"{path}/".startswith(f"{folder}/")]

    @cached_property
    def _every_school(self) -> str:
        """Stands for the files of all organisations, as in `schools_digest`."""
        return schools_digest(self._own.items())

    @cached_property
    def _givers(self) -> dict[str, list[str]]:
        return givers(self.root, self.slugs)

    # -- what is made anew

    def row(self, piece: Piece, read: Read, asked: Answers, body: str) -> Row | None:
        """A row of what was found in a piece; None where its files are no longer those that were listed before."""
        files = self.files(piece)
        seen: dict[str, Seen] = {
            path: (when if when == files[path] else None, text)
            for path, (when, text) in read.items()
            if text and path in files
        }
        if not files.keys() == read.keys() == seen.keys():
            return None
        path = f"{SCHOOLS}/{piece}/school.yaml"
        if piece != SHARED and (read[path][1] if path in read else "") != self._own[piece]:
            return None
        plain = {question: list(answer) if isinstance(answer, tuple) else answer for question, answer in asked.items()}
        ties = self.belonging.named.get(piece, NO_TIES)
        return Row(self._salt, seen, plain, ties, digest(body.encode()) if body else "")

    def keep(self, found: Mapping[Piece, Found]) -> None:
        """Keep what was found, if what all share is as it was before."""
        if self._cache and self._salt and found and self._salt == self._salted():
            self._cache.keep(self.work, found)

    def tidy(self) -> None:
        """Let go of what is known of schools that are gone."""
        if self._cache and not self._is_same:
            gone = {*self._cache.names(self.work)} - self.slugs.keys() - {SHARED}
            if gone:
                self._cache.keep(self.work, {}, gone)

    def bind(self, name: str, rows: Mapping[Piece, Row]) -> None:
        """Keep the rows of all pieces of a sheaf together, where all of them are known and hold."""
        self.sheaves.bind(name, rows, self._own)

    def keep_sheaves(self) -> None:
        """Keep what is known of whole sheaves, if what all share is as it was before."""
        if self.sheaves.has_news and self._salt and self._salt == self._salted():
            self.sheaves.keep()

    def bodies(self, rows: Mapping[Piece, Row]) -> dict[Piece, str]:
        """What was found in pieces that still hold; one is left out that cannot be read any more."""
        return self._cache.bodies(self.work, rows) if self._cache else {}


_ELSEWHERE = {CONTENT, NAMES, MEMBERS, ABOVE, TRUST, GIVERS, EVERY_SCHOOL[0]}


def _of_disk(asked: Answers) -> dict[Question, Any]:
    """The questions that are put to the disk itself."""
    return {question: answer for question, answer in asked.items() if question[0] not in _ELSEWHERE}
