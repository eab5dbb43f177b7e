"""The table of what could not be read, so that nobody takes what is missing for nothing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from charterkit.exchange.tables.columns import TidyTable, text, whole
from charterkit.files.copies import Rival
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.files.yaml.marks import locate
from charterkit.files.yaml.reader import decode
from charterkit.findings import Problem
from charterkit.insight.evaluations.evaluated import Evaluated
from charterkit.insight.evaluations.unread import said_of_problem, unread, why_unusable

SHOWN = 20
"""Mistakes of one file that are told one by one."""


class NotRead(NamedTuple):
    """A place of a file that could not be read, why, and its number among those of the file."""

    path: str
    position: int
    line: int | None
    column: int | None
    why: str


UNREAD = TidyTable(
    "unread",
    "What of the files could not be read, and so is in no other table: `charterkit check` says what to write instead.",
    ("path", "position"),
    (
        text("path", "path", "", "The file in the workspace.").filled,
        whole("position", "position", "", "Its number among those of the file, from 1.").filled,
        whole("line", "line", "", "The line in the file."),
        whole("column_number", "column", "", "The column in the line."),
        text("why", "why", "", "What is wrong.").filled,
    ),
)


def unread_in(folder: SchoolFolder, found: Iterable[Evaluated]) -> list[NotRead]:
    """What of a school's files could not be read; `found` are its self-evaluations that can be used."""
    read = {held.document.path: held for held in found}
    said: list[NotRead] = []
    every: list[Document[Any]] = [folder.document, *folder.policies, *folder.visits, *folder.surveys]
    for document in every:
        said += of_document(document)
    for evaluation in folder.evaluations:
        held = read.get(evaluation.path)
        if held is None:
            said.append(NotRead(evaluation.path, 1, None, None, why_unusable(folder.workspace, evaluation)))
        else:
            said += _placed(evaluation, unread(held))
    return [*said, *of_rivals(folder.rivals())]


def unread_charters(workspace: Workspace) -> Iterator[NotRead]:
    """What of the charters could not be read."""
    for document in workspace.charter_documents:
        yield from of_document(document)
    yield from of_rivals(workspace.charter_rivals)


def of_document(document: Document[Any]) -> list[NotRead]:
    """What of a file could not be read."""
    return _placed(document, document.loaded.problems) if document.loaded.problems else []


def of_rivals(rivals: Iterable[Rival[Any]]) -> list[NotRead]:
    """The files that give way to another one."""
    said = "it is about the same as {} and is not read"
    return [NotRead(rival.document.path, 1, None, None, said.format(rival.real.path)) for rival in rivals]


def _placed(document: Document[Any], problems: Sequence[Problem]) -> list[NotRead]:
    shown = problems[:SHOWN]
    places = locate(decode(document.data)[0], shown)
    made = [
        NotRead(document.path, number, line, column, said_of_problem(problem))
        for number, ((line, column), problem) in enumerate(zip(places, shown, strict=True), 1)
    ]
    rest = len(problems) - SHOWN
    return [*made, NotRead(document.path, SHOWN + 1, None, None, f"{rest} more of the kind")] if rest > 0 else made
