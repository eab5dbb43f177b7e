"""Words in files that were taken as meant: Green for green, Agreed for agreed, a level's label for its id."""

from collections.abc import Container, Iterator
from typing import Any

from charterkit.files.explain import is_level
from charterkit.files.load import WordMeant
from charterkit.files.workspace import Document, Workspace
from charterkit.findings import TreePath
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Evaluation


def words_meant(document: Document[Any], charter: Charter | None) -> Iterator[WordMeant]:
    """The words that a file's meaning was taken from although they are written in another way.

    `charter` is the version that an evaluation or a visit is about. Without it nobody knows which levels there are, and
    only capitals are taken for small letters.
    """
    taken = document.loaded.meant
    for word in taken:
        if not is_level(word.at):
            yield word
            continue
        level = charter.level_of(word.written) if charter else word.written.lower()
        if level is not None and (charter or level == word.meant):
            yield WordMeant(word.at, word.written, level)
    known = {word.at for word in taken}
    for at, written in _levels(document, charter.levels) if charter else ():
        level = charter.level_of(written) if charter and at not in known else None
        if level is not None and level != written:
            yield WordMeant(at, written, level)


def charter_of(workspace: Workspace, document: Document[Any]) -> Charter | None:
    """The charter version that a file's levels are of; None where it has none, or the workspace lacks it."""
    model = document.model
    if model is None or not (hasattr(model, "ratings") or hasattr(model, "findings")):
        return None
    found = workspace.charters.get((model.charter or "", model.charter_version or ""))
    return found.model if found else None


def _levels(document: Document[Any], known: Container[str]) -> Iterator[tuple[TreePath, str]]:
    """Every level of an evaluation or a visit that can be read, with its place; of an evaluation but for known ones."""
    model = document.model
    if isinstance(model, Evaluation):
        yield from levels_given(model, known)
        return
    for aspect, entry in getattr(model, "findings", {}).items():
        if entry.rating is not None:
            yield ("findings", aspect, "rating"), entry.rating
        for group, level in entry.groups.items():
            yield ("findings", aspect, "groups", group), level


def levels_given(evaluation: Evaluation, known: Container[str]) -> Iterator[tuple[TreePath, str]]:
    """Every level but for known ones that an evaluation gives to an aspect, a focus group, a key point or the whole, or
    aims at.
    """
    for way, entry in evaluation.entries:
        if entry.rating is not None and entry.rating not in known:
            yield (*way, "rating"), entry.rating
        if entry.target is not None and entry.target.level not in known:
            yield (*way, "target", "level"), entry.target.level
        if entry.groups:
            yield from (((*way, "groups", group), level) for group, level in entry.groups.items() if level not in known)
