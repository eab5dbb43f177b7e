"""Which of several files is the real one, by their names: the copies that people, editors and shared drives make.

The file that bears the name of what it holds wins, always; whatever gives way to it is kept apart, so that it can be
said. A copy also gives way to a file that cannot be read: nobody is shown the copy in its place.
"""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import field
from typing import Any, Generic, TypeVar

from charterkit.choices import TERMS
from charterkit.files.document import Document
from charterkit.files.load import UNREADABLE
from charterkit.files.notices import COPIES, note
from charterkit.model.adoption import Adoption
from charterkit.model.base import Model, slug
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Evaluation
from charterkit.model.policy import Policy
from charterkit.model.survey import Survey
from charterkit.model.translation import Translation
from charterkit.model.visit import Visit
from charterkit.records import dataclass
from charterkit.text.english import joined, plural
from charterkit.text.later import later

M = TypeVar("M", bound=Model)

_BEFORE = later(r"\Acopy(?: \([0-9]+\))? of +", re.IGNORECASE)
_BEHIND = later(
    r"""(?:
        [ ]-[ ]copy(?:[ ]\([0-9]+\))?              # Explorer: x - Copy (2)
      | [ _-]copy(?:[ _-]?[0-9]+)?                 # macOS: x copy 2
      | [ ]?\([0-9]+\)                             # Google Drive, browsers: x (1)
      | [ ][0-9]{1,2}                              # iCloud: x 2
      | [ ]\([^()]*conflict[^()]*\)                # Dropbox, Nextcloud: x (Jo's conflicted copy 2026-11-28)
      | [ ._-](?:sync-)?conflict(?:ed)?(?:[ ._-].*)?  # Syncthing: x.sync-conflict-20261128-101112-ABCDEFG
      | \.?~[0-9]*~?                               # Emacs and others: x~, x.~1~
      | [ ._-](?:bak|backup|orig|old|tmp)[0-9]*
      | _(?:BACKUP|BASE|LOCAL|REMOTE)_[0-9]+       # git mergetool
      | \.ya?ml
    )\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_COMPUTER = later(r"[A-Za-z0-9-]+")
_LONGEST = 255


def original(stem: str) -> str:
    """The name, without its ending, that a copy's name was made from; empty for a name that is no copy's."""
    name = stem[:_LONGEST]
    for _ in range(4):  # a copy of a copy
        shorter = _BEHIND.sub("", _BEFORE.sub("", name, count=1), count=1)
        shorter = _without_computer(shorter)
        if shorter == name or not shorter:
            break
        name = shorter
    return "" if name == stem[:_LONGEST] else name


def _without_computer(name: str) -> str:
    """Without what OneDrive appends: x-LAPTOP7, x-Jos-MacBook-2. Names of ours have no capitals, but for a slip."""
    capital = next((place for place, letter in enumerate(name) if letter.isascii() and letter.isupper()), 0)
    start = name.rfind("-", 0, capital)
    tail = name[start + 1 :]
    is_computer = start > 0 and _COMPUTER.fullmatch(tail) and tail.lower() not in TERMS
    return name[:start] if is_computer else name


@dataclass(frozen=True, slots=True)
class Rival(Generic[M]):
    """A file that gives way to another one, which is about the same."""

    document: Document[M]
    real: Document[M]
    is_copy: bool
    """Whether its name says that it is a copy; else both have names of their own."""


@dataclass(frozen=True, slots=True)
class Settled(Generic[M]):
    """The files of one folder and kind that count, by name, and those that give way to one of them."""

    kept: tuple[Document[M], ...]
    rivals: tuple[Rival[M], ...] = field(default=())


def settled(documents: Sequence[Document[M]]) -> Settled[M]:
    """Which of the files of one folder and kind count."""
    if len(documents) < 2:  # noqa: PLR2004 - nothing to be taken for another
        return Settled(tuple(documents))
    keys = {document.path: _key(document) for document in documents}
    reals = _reals(documents, keys)
    rivals = [
        Rival(document, real, bool(original(document.stem)))
        for document in documents
        if (real := reals.get(document.path)) is not None
    ]
    gone = {rival.document.path for rival in rivals}
    return Settled(tuple(document for document in documents if document.path not in gone), tuple(rivals))


def _reals(documents: Sequence[Document[M]], keys: dict[str, Hashable]) -> dict[str, Document[M]]:
    """By path of each file that gives way, the one that it gives way to."""
    by_stem = {document.stem: document for document in documents}
    groups: dict[Hashable, list[Document[M]]] = {}
    found: dict[str, Document[M]] = {}
    for document in documents:
        real, key = by_stem.get(original(document.stem)), keys[document.path]
        if real is not None and (key is None or keys[real.path] is None):
            found[document.path] = real
        elif key is not None:
            groups.setdefault(key, []).append(document)
    for group in groups.values():
        first = min(group, key=_distance)
        for document in group:
            if document is not first and (document.kind in _ALONE or original(document.stem)):
                found[document.path] = first
    return found


def _distance(document: Document[Any]) -> tuple[bool, bool]:
    """How far a file's name is from that of what it holds. Of two that are equal, the first by name counts."""
    own = document.stem in _OWN[document.kind](document.model) if document.kind in _OWN else False
    return not own, bool(original(document.stem))


def _key(document: Document[Any]) -> Hashable:
    """What a file is about; None where that cannot be told."""
    if document.model is None or document.kind is None:
        return None
    key = _KEYS[document.kind](document.model)
    return None if any(part in (None, UNREADABLE) for part in key) else key


_KEYS: dict[type[Model], Callable[[Any], tuple[object, ...]]] = {
    Evaluation: lambda model: (model.charter, model.cycle),
    Policy: lambda model: (model.id,),
    Visit: lambda model: (model.date, model.school or "", model.charter or ""),
    Survey: lambda model: (model.title, model.date),
    Adoption: lambda model: (model.policy, model.from_),
    Charter: lambda model: (model.id, model.version),
    Translation: lambda model: (model.charter, model.version, model.language.lower()),
}
"""What tells two files of a kind apart."""
_OWN: dict[type[Model] | None, Callable[[Any], tuple[str, ...]]] = {
    Evaluation: lambda model: (str(model.cycle), f"{model.charter}-{model.cycle}"),
    Policy: lambda model: (model.id,),
    Visit: lambda model: (str(model.date),),
    Adoption: lambda model: (model.policy,),
    Charter: lambda model: (model.id, f"{model.id}-{model.version}", f"{model.id}-v{slug(model.version)}"),
}
"""The names that files of a kind bear. A survey's name is its id."""
_ALONE = (Evaluation, Charter, Translation)
"""Kinds of which one file may be about one thing. A policy may have an archived one beside it."""


def contested(rivals: Sequence[Rival[Any]]) -> list[str]:
    """A sentence for each file to which others give way, with their names and what to do."""
    groups: dict[tuple[str, bool], list[str]] = {}
    for rival in rivals:
        groups.setdefault((rival.real.path, rival.is_copy), []).append(rival.document.path)
    return [_rivals(real, paths, is_copy=is_copy) for (real, is_copy), paths in groups.items()]


def note_copies(rivals: Sequence[Rival[Any]]) -> None:
    """Keep what is said of files that give way for the end of the call, whatever it is about."""
    for sentence in contested(rivals):
        note(f"{COPIES}{sentence}", sentence)


def _rivals(real: str, paths: Sequence[str], *, is_copy: bool) -> str:
    named, many = joined([path.rsplit("/", 1)[-1] for path in paths]), len(paths)
    if not is_copy:
        said = f"{real} is used; {named} beside it {plural(many, 'is', 'are')} about the same."
        return f"{said} Join them in one file, or correct what one is about."
    are = plural(many, "is a copy and is not", "are copies and are not")
    remedy = plural(many, "the copy has, then delete it", "the copies have, then delete them")
    return f"{real} is used; {named} beside it {are}. Take over what only {remedy}."
