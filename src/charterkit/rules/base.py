"""What a rule is: a code, a name, a severity, a docstring that is its documentation, and mostly a check."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from charterkit.choices import Severity
from charterkit.files.workspace import Document
from charterkit.findings import Code, Problem, TreePath
from charterkit.model.base import nearest
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.rules.context import Context
from charterkit.text.safe import shown

Report = tuple[Document[Any], Problem]
"""A problem and the file it is in."""


def position(document: Document[Any], way: TreePath, number: int) -> int:
    """Where the file has a list's readable entry of a number, with those before it that could not be read counted in.

    `way` leads to the list.
    """
    return document.loaded.position(way, number)


def key_points_of(document: Document[Charter]) -> Iterator[tuple[KeyPoint, TreePath]]:
    """Every readable key point of a charter's file and its place."""
    for number, point in enumerate(document.model.key_points if document.model else ()):
        yield point, ("key_points", position(document, ("key_points",), number))


def aspects_of(document: Document[Charter]) -> Iterator[tuple[Aspect, TreePath]]:
    """Every readable aspect of a charter's file and its place."""
    for point, at in key_points_of(document):
        way = (*at, "aspects")
        for beside, aspect in enumerate(point.aspects):
            yield aspect, (*way, position(document, way, beside))


def parts_of(document: Document[Charter]) -> Iterator[tuple[KeyPoint | Aspect, TreePath]]:
    """Every readable key point of a charter's file, then every readable aspect, and its place."""
    yield from key_points_of(document)
    yield from aspects_of(document)


def is_said(document: Document[Any], *at: str | int) -> bool:
    """Whether something at, below or around a place could not be read: what is missing there has been said."""
    found = (problem.at for problem in document.loaded.problems if problem.at)
    return any(each[: len(at)] == at or at[: len(each)] == each for each in found)


def listed(known: Sequence[str]) -> str:
    """What there is to choose from, as far as it fits in a sentence."""
    return f"There is: {', '.join(map(shown, known[:12]))}." if known else "There is none yet."


MOST_COMPARED = 20_000
"""Words that are compared with those of one file, for one rule."""


class Rule:
    """One rule. The docstring says in one sentence what is wrong, then under Why, Bad, Good and Mend the rest.

    A rule without a `check` of its own is about something that is found while a file is read.
    """

    code: ClassVar[Code]
    severity: ClassVar[Severity] = Severity.ERROR

    @property
    def name(self) -> str:
        """What people may call it instead of its code: "duplicate-key"."""
        return self.code.word

    def check(self, context: Context) -> Iterator[Report]:  # noqa: ARG002 - the base looks at nothing
        """Every place where the rule is broken."""
        return iter(())

    def problem(self, message: str, remedy: str, *at: str | int, on_key: bool = False) -> Problem:
        """A problem of this rule at a place of the file."""
        return Problem(self.code, message, remedy, at, "key" if on_key else "value")

    def nearest(self, context: Context, document: Document[Any], word: str, known: Collection[str]) -> str:
        """The known word that was most likely meant, or an empty text; also where a file has so many that are not
        known that guessing would take long: those further down are only counted.
        """
        place = (self.code, document.path)
        context.compared[place] += len(known)
        return nearest(word, known) if context.compared[place] <= MOST_COMPARED else ""

    def meant(self, context: Context, document: Document[Any], word: str, known: Sequence[str]) -> str:
        """What to write instead of a word that is not known."""
        guess = self.nearest(context, document, word, known)
        return f"Did you mean '{shown(guess)}'?" if guess else listed(known)

    def excerpt(self, line: str, today: date) -> str:  # noqa: ARG002 - only the rules about personal data mask some
        """The line of a finding as it may be shown in a log that others read."""
        return line
