"""Files that the YAML ones point at, evidence and policies' texts: where a path leads, and what lies there.

Every answer is noted with its question, so that it can be asked again later whether all is still as it was.
"""

import os
import re
import stat
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from charterkit.files.disk import before, stamp
from charterkit.text.later import later

Question = tuple[str, str, str, str]
"""What is asked, a school's folder, the folder in it that the path counts from, and the path."""
Answers = Mapping[Question, Any]
"""Plain data."""
Hashes = dict[tuple[int, int, int, int], list[Any]]
"""By file, as the disk tells one from another, its digest and stamp."""
EVERY_SCHOOL: Question = ("schools", "", "", "")
"""Stands for every organisation's own file; whoever keeps answers compares that one himself."""
CONTENT, NAMES = "content", "files"
"""What is asked about another organisation's YAML file or folder; compared as that is."""

_CHUNK = 1024 * 1024
_LONGEST_PATH = 4096
"""Characters of a path, beyond which no disk has it and following it part by part takes long."""
_DRIVE = later(r"[A-Za-z]:")


class Lies(StrEnum):
    """Where a path that a file names leads."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    MISSING = "missing"


class Attachments:
    """Looks things up below a workspace's folder, each once. `school` and `base` are as in `Question`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.answers: dict[Question, Any] = {}
        self._hashes: Hashes = {}

    def lies(self, school: str, base: str, path: str) -> Lies:
        """Where a path leads."""
        return Lies(self._ask("lies", school, base, path))

    def names(self, school: str, base: str, path: str) -> list[str]:
        """The files in the folder in which the path would lie."""
        found: list[str] = self._ask("names", school, base, path)
        return found

    def sha256(self, school: str, base: str, path: str) -> str:
        """What identifies the content, in small letters; empty for a file that cannot be read."""
        digest: str = self._ask("sha256", school, base, path)[0]
        return digest

    def note_schools(self, digest: str) -> None:
        """Note that a finding depends on every organisation's own file; `digest` stands for all of them."""
        self.answers[EVERY_SCHOOL] = digest

    def _ask(self, what: str, school: str, base: str, path: str) -> Any:  # noqa: ANN401 - plain data
        question = what, school, base, path
        if question not in self.answers:
            self.answers[question] = _answer(self.root, question, self._hashes)
        return self.answers[question]


def is_unchanged(root: Path, answers: Answers) -> bool:
    """Whether everything that was asked would be answered in the same way now."""
    hashes: Hashes = {}
    asked = ((question, answer) for question, answer in answers.items() if question != EVERY_SCHOOL)
    return all(_is_same(root, question, answer, hashes) for question, answer in asked)


def _is_same(root: Path, question: Question, answer: Any, hashes: Hashes) -> bool:  # noqa: ANN401 - plain data
    what, school, base, path = question
    if what == "sha256":
        digest, when = answer
        if when is not None and when == stamp(root / school / base / path, before()):
            return True
        return bool(_sha256(root, question, hashes)[0] == digest)
    return bool(_answer(root, question, hashes) == answer)


def _answer(root: Path, question: Question, hashes: Hashes) -> Any:  # noqa: ANN401 - plain data
    what, school, base, path = question
    return _sha256(root, question, hashes) if what == "sha256" else _LOOK_UP[what](root, school, base, path)


def where(root: Path, school: str, base: str, path: str) -> Lies:
    """Where a path leads. It counts from `base`, a folder in the school's; empty for that one itself.

    Outside is an absolute path, also one of Windows (with a drive letter, or to a server), one whose `..` leave the
    school's folder, and one that a link takes out of it. All but a plain file that is there is missing.
    """
    if len(path) > _LONGEST_PATH:
        is_out = path.startswith(("/", "\\")) or _climbs_out(base, path)
        return Lies.OUTSIDE if is_out else Lies.MISSING
    folder = root / school
    whole = folder / base / on_disk(folder / base, path) if "\0" not in path else folder
    if path.startswith(("/", "\\")) or _DRIVE.match(path) or _climbs_out(base, path):
        return Lies.OUTSIDE
    try:
        real, top = os.path.realpath(whole), _real(str(folder))
        if real != top and not real.startswith(top + os.sep):
            return Lies.OUTSIDE
        is_file = "\\" not in path and "\0" not in path and stat.S_ISREG(whole.stat().st_mode)
    except (OSError, RuntimeError, ValueError):  # not there, a loop of links, a name that no disk can hold
        is_file = False
    return Lies.INSIDE if is_file else Lies.MISSING


def on_disk(folder: Path, path: str) -> str:
    """A path below a folder as the disk spells it: what people type as é, a Mac may have kept as e and an accent.

    The path itself where it is there as it stands, or where nothing on the disk is meant by it. (Apple, *Apple File
    System Guide*, FAQ, read November 2026: file names of HFS+ are decomposed.)
    """
    if path.isascii() or os.path.lexists(folder / path):
        return path
    spelt: list[str] = []
    for part in path.split("/"):
        here = folder.joinpath(*spelt)
        spelt.append(part if part in ("", ".", "..") or os.path.lexists(here / part) else _alike(here, part))
    return "/".join(spelt)


def _alike(folder: Path, name: str) -> str:
    try:
        names = [entry.name for entry in folder.iterdir()]
    except (OSError, ValueError):
        return name
    return next((each for each in names if normalize("NFC", each) == normalize("NFC", name)), name)


@lru_cache(maxsize=16)
def _real(folder: str) -> str:
    return os.path.realpath(folder)


def _climbs_out(base: str, path: str) -> bool:
    depth = len(base.split("/")) if base else 0
    for part in re.split(r"[\\/]", path):
        depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if depth < 0:
            return True
    return False


def _names(root: Path, school: str, base: str, path: str) -> list[str]:
    try:
        with os.scandir((root / school / base / path).parent) as found:
            return sorted(entry.name for entry in found if not entry.is_symlink() and entry.is_file())
    except (OSError, ValueError):
        return []


def _sha256(root: Path, question: Question, hashes: Hashes) -> list[Any]:
    """A file's digest and stamp: of one that is named often, however it is spelt or linked, it is read once."""
    _, school, base, path = question
    whole = root / school / base / on_disk(root / school / base, path)
    try:
        info = whole.stat()
    except OSError:
        return ["", None]
    file = (info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns)
    if file not in hashes:
        hashes[file] = _digest(whole)
    return hashes[file]


def _digest(whole: Path) -> list[Any]:
    import hashlib  # noqa: PLC0415 - few workspaces need it

    when, digest = stamp(whole, before()), hashlib.sha256()
    try:
        with whole.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return ["", None]
    return [digest.hexdigest(), when]


_LOOK_UP: dict[str, Callable[[Path, str, str, str], Any]] = {"lies": where, "names": _names}
