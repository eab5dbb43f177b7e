"""The files of a commit, as git keeps them: sizes first, then their bytes, piece by piece and within limits.

Nobody has looked at what is in there: a tree may name one folder a thousand times in another, and that one a thousand
times in a third; a name may be anything; an object may be missing, damaged, or of another kind than its tree says.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import field
from typing import IO

from charterkit.errors import CharterkitError, Missing, Refused
from charterkit.files.git import Git
from charterkit.records import dataclass

MOST_ENTRIES = 250_000
"""In all the folders that are looked into: a thousand schools with all their evidence have fewer."""
MOST_DEPTH = 40
"""Of folders in folders; a workspace has four."""
_MOST_TREES = 64 * 1024 * 1024
"""Bytes of what lists the folders."""
_MOST_BYTES = 256 * 1024 * 1024
"""Of the files: a thousand schools with all their policies have fewer."""
_LONGEST = 100
"""Characters of a path that is said."""
_KIND, _FOLDER, _FILE = 0o170000, 0o040000, 0o100000
"""Of a tree's modes: the bits that tell what a name stands for, and two of the answers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A plain file of a commit: the way to it, name by name, and its object."""

    path: tuple[bytes, ...]
    name: str

    @property
    def said(self) -> str:
        """Its path for a sentence: on one line, and not for ever."""
        text = b"/".join(self.path)[: 4 * _LONGEST].decode("utf-8", "replace")
        text = "".join(word if word.isprintable() else "\ufffd" for word in text)
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


@dataclass(slots=True)
class Objects:
    """What a commit holds; `revision` is what the person calls it. Every method raises CharterkitError where it cannot
    be read whole, or where there is more of it than of any workspace.
    """

    git: Git
    revision: str
    commit: str
    _weight: int = field(default=0, init=False)

    def files(self, way: Sequence[bytes], parts: Collection[bytes]) -> list[Entry]:
        """Every plain file in the named `parts` of a folder, to which `way` leads from the top; no links.

        There are none where the commit has no such folder.
        """
        top = self._down(way)
        level: list[tuple[tuple[bytes, ...], str]] = [((), top)] if top else []
        found: list[Entry] = []
        count = depth = 0
        while level:
            trees = self._trees(name for _, name in level)
            below = []
            for path, tree in level:
                count += len(trees[tree])
                self._bound(count, MOST_ENTRIES, "files and folders")
                for mode, part, name in trees[tree]:
                    if not path and part not in parts:
                        continue
                    if mode & _KIND == _FOLDER:
                        below.append(((*path, part), name))
                    elif mode & _KIND == _FILE:
                        found.append(Entry((*path, part), name))
            level, depth = below, depth + 1
            self._bound(depth, MOST_DEPTH, "folders in each other")
        return found

    def contents(self, entries: Iterable[Entry], most: int) -> Iterator[tuple[Entry, bytes]]:
        """Each file and its bytes; for one with more than `most`, which is never unpacked, one nought more."""
        named: dict[str, list[Entry]] = {}
        for entry in entries:
            named.setdefault(entry.name, []).append(entry)
        sizes = self._sizes(named, "blob")
        self._bound(sum(min(size, most + 1) * len(named[name]) for name, size in sizes.items()), _MOST_BYTES, "bytes")
        for name in (name for name, size in sizes.items() if size > most):
            yield from ((entry, bytes(most + 1)) for entry in named[name])
        for name, data in self._bytes({name: size for name, size in sizes.items() if size <= most}):
            yield from ((entry, data) for entry in named[name])

    def _down(self, way: Sequence[bytes]) -> str | None:
        tree = f"{self.commit}^{{tree}}"
        for part in way:
            inside = self._trees([tree])[tree]
            found = next((name for mode, each, name in inside if each == part and mode & _KIND == _FOLDER), None)
            if found is None:
                return None
            tree = found
        return tree

    def _trees(self, names: Iterable[str]) -> dict[str, list[tuple[int, bytes, str]]]:
        sizes = self._sizes(names, "tree")
        self._weight += sum(sizes.values())
        self._bound(self._weight, _MOST_TREES, "bytes of names")
        return {name: list(self._listed(data)) for name, data in self._bytes(sizes)}

    def _listed(self, data: bytes) -> Iterator[tuple[int, bytes, str]]:
        """Mode, name and object of everything in a tree, as gitformat has it: `100644 name`, a nought, the object."""
        width = len(self.commit) // 2
        at = 0
        while at < len(data):
            end = data.find(b"\0", at)
            mode, blank, name = data[at : max(end, at)].partition(b" ")
            at = end + 1 + width
            if end < 0 or not blank or at > len(data) or not mode.isdigit() or len(mode) > 6 or b"/" in name:  # noqa: PLR2004
                raise self._damaged()
            try:
                yield int(mode, 8), name, data[end + 1 : at].hex()
            except ValueError:
                raise self._damaged() from None

    # -- what git answers

    def _sizes(self, names: Iterable[str], kind: str) -> dict[str, int]:
        """The sizes of objects, each of which has to be there and of a kind."""
        asked = list(dict.fromkeys(names))
        found = {}
        with self.git.stream(asked, "cat-file", "--buffer", "--batch-check") as answers:
            for name in asked:
                found[name] = self._size(answers, kind)
        return found

    def _bytes(self, sizes: dict[str, int]) -> Iterator[tuple[str, bytes]]:
        """The bytes of objects of known sizes, one after the other."""
        with self.git.stream(sizes, "cat-file", "--buffer", "--batch") as answers:
            for name, size in sizes.items():
                self._size(answers, None)
                data = answers.read(size)
                if len(data) != size or answers.read(1) != b"\n":
                    raise self._damaged()
                yield name, data

    def _size(self, answers: IO[bytes], kind: str | None) -> int:
        said = answers.readline().split()
        if len(said) == 2 and said[1] == b"missing":  # noqa: PLR2004 - name and word
            raise Missing("revision-partial", revision=self.revision)
        if len(said) != 3 or kind not in (None, said[1].decode()):  # noqa: PLR2004 - name, kind and size
            raise self._damaged()
        return int(said[2])

    def _damaged(self) -> CharterkitError:
        return Missing("revision-damaged", revision=self.revision)

    def _bound(self, number: int, most: int, what: str) -> None:
        if number > most:
            raise Refused("revision-too-large", revision=self.revision, most=most, what=what)
