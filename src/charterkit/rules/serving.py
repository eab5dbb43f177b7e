"""CK320: the aspects that a promise or a survey's question serves."""

from collections.abc import Iterator
from typing import Any

from charterkit.choices import Severity
from charterkit.files.workspace import Document, Workspace
from charterkit.findings import Code, TreePath
from charterkit.rules.base import Report, Rule, position
from charterkit.rules.charter_named import unread_charters
from charterkit.rules.charter_parts import aspect_ids
from charterkit.rules.context import Context
from charterkit.text.safe import shown


class UnknownServedAspect(Rule):
    """A promise or a survey's question names an aspect that no charter has.

    Why: what families are promised, or what they said, would not show beside the aspect.
    Bad: {id: newsletter, what: Newsletter sent home, aspects: [newsleters]}
    Good: {id: newsletter, what: Newsletter sent home, aspects: [newsletters]}
    Mend: spell it as the message says, or take it out.
    """

    code = Code.UNKNOWN_SERVED_ASPECT
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """`aspects` of every commitment and every question, against all versions of all charters.

        Nothing is said while a charter cannot be read: it may have the aspect.
        """
        if context.workspace.once(unread_charters):
            return
        for _, document, policy in context.policies:
            yield from self._in(context, document, "commitments", policy.commitments)
        for _, found, survey in context.surveys:
            yield from self._in(context, found, "questions", survey.questions)

    def _in(self, context: Context, document: Document[Any], key: str, entries: tuple[Any, ...]) -> Iterator[Report]:
        for number, entry in enumerate(entries):
            for place, aspect in enumerate(entry.aspects):
                if aspect not in (known := context.workspace.once(_every_aspect)):
                    at: TreePath = (key, position(document, (key,), number), "aspects")
                    message = f"no charter has an aspect '{shown(aspect)}'"
                    remedy = self.meant(context, document, aspect, sorted(known))
                    yield document, self.problem(message, remedy, *at, position(document, at, place))


def _every_aspect(workspace: Workspace) -> frozenset[str]:
    """The ids of all aspects, those that cannot be read themselves among them."""
    return frozenset().union(*map(aspect_ids, workspace.charter_documents))
