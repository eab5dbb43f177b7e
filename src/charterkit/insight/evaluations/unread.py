"""What of a school's self-evaluations cannot be read or used, each in the sentence that `check` has for it."""

from collections.abc import Iterator, Sequence
from typing import Any

from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.files.yaml.marks import locate
from charterkit.files.yaml.reader import decode
from charterkit.findings import Code, Problem
from charterkit.insight.evaluations.evaluated import (
    Evaluated,
    RatingState,
    left_out,
    may_be_of,
    unknown_level,
    usable,
)
from charterkit.insight.evaluations.newest import newest
from charterkit.model.base import nearest
from charterkit.text.safe import shown

MOST = 5
"""Mistakes of one file that are said one by one where something else is asked for than a check."""


def places(document: Document[Any], problems: Sequence[Problem], most: int = MOST) -> list[str]:
    """The first problems of a file, each with line, column and what to write instead; the last line counts the rest."""
    found = locate(decode(document.data)[0], problems[:most])
    said = [
        f"line {line}, column {column}: {said_of_problem(problem)}"
        for (line, column), problem in zip(found, problems, strict=False)
    ]
    rest = len(problems) - most
    return [*said, f"{rest} more of the kind: 'charterkit check' shows them."] if rest > 0 else said


def said_of_problem(problem: Problem) -> str:
    """What is wrong and what to write instead, as sentences."""
    end = "" if problem.message.endswith((".", "?")) else "."
    return f"{problem.message}{end} {problem.help}".strip()


def unread_entries(found: Evaluated) -> list[Problem]:
    """The entries of an evaluation that cannot be read: ratings, also of levels that the charter lacks, and actions.

    Levels of focus groups are left out: nothing public shows them.
    """
    loaded = found.document.loaded
    key = found.charter.ratings_key
    whole = [problem for problem in loaded.problems if problem.at == (key,)] if key in loaded.broken else []
    return [*whole, *(entry.problem for entry in loaded.unreadable), *_ratings(found)]


def unread(found: Evaluated) -> list[Problem]:
    """All that cannot be read in an evaluation's file."""
    return [*found.document.loaded.problems, *_ratings(found), *_groups(found)]


def _ratings(found: Evaluated) -> Iterator[Problem]:
    for aspect, standing in found.standings.items():
        entry = standing.entry
        if standing.state is RatingState.UNREADABLE and entry is not None and entry.rating is not None:
            yield _level(found, entry.rating, found.charter.ratings_key, aspect, "rating")


def _groups(found: Evaluated) -> Iterator[Problem]:
    for aspect, standing in found.standings.items():
        entry = standing.entry
        for group, level in entry.groups.items() if entry is not None and entry.groups else ():
            if level not in found.charter.levels:
                yield _level(found, level, found.charter.ratings_key, aspect, "groups", group)


def _level(found: Evaluated, word: str, *at: str) -> Problem:
    meant = nearest(word, found.charter.levels)
    remedy = f"Did you mean {meant}?" if meant else ""
    return Problem(Code.UNKNOWN_LEVEL, f"{shown(at[1])}: {unknown_level(word, found.charter)}", remedy, at)


def unusable(workspace: Workspace, folder: SchoolFolder, charter: str | None = None) -> list[str]:
    """A sentence about each self-evaluation of a school that cannot be used at all, and each that is not read.

    With a charter, only about those that may be of it.
    """
    paths = left_out(workspace, folder)
    documents = [document for document in folder.evaluations if document.path in paths]
    said = [
        f"{document.path} cannot be used: {why_unusable(workspace, document)}"
        for document in documents
        if charter is None or may_be_of(document, charter)
    ]
    near = folder.nearly_named("evaluations")
    return said + [f"{path} is not read: name it {right.rsplit('/', 1)[-1]}." for path, right in near]


def said_of_unread(workspace: Workspace, folder: SchoolFolder) -> Iterator[tuple[str, str]]:
    """What cannot be read of a school's self-evaluations, each sentence behind those of its words that tell it: what
    cannot be used at all, all of the newest of each charter, and of older ones the actions, which live on. So of the
    school's own file: documents bear its name and go by what stands in it.
    """
    for place in places(folder.document, folder.document.loaded.problems) if folder.document.is_fit else ():
        yield place, f"{folder.document.path} is not read whole: {place}"
    for sentence in unusable(workspace, folder):
        yield sentence.partition(" cannot be used: ")[2] or sentence.partition(": name it")[0], sentence
    last = {document.path for document in newest(folder)}
    for found in usable(workspace, folder):
        document = found.document
        if document.path in last or document.loaded.unreadable_in("actions"):
            for place in places(document, unread(found)):
                yield place, f"{document.path} is not read whole: {place}"


def why_unusable(workspace: Workspace, document: Document[Any]) -> str:
    """Why a self-evaluation cannot be used: the first of its mistakes, with its place."""
    model, problems = document.model, document.loaded.problems
    if model is not None and not {"charter", "charter_version"} & document.loaded.broken:
        if workspace.charter_of(model) is None:
            return f"there is no charter '{shown(model.charter)}', version {shown(model.charter_version)}, here."
        problems = tuple(problem for problem in problems if problem.at[:1] in (("cycle",), ("date",))) or problems
    return " ".join(places(document, problems, 1)[:1]) or "'charterkit check' says why."
