"""CK320: the aspects that a promise or a survey's question serves."""

from collections.abc import Iterator
from typing import Any

from charterkit.choices import Severity
from charterkit.files.workspace import Document
from charterkit.findings import Code, TreePath
from charterkit.rules.across import aspect_ids, unread_charters
from charterkit.rules.base import Context, Report, Rule, position, schools
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
        for folder in schools(context) if not unread_charters(context.workspace) else ():
            for policy in folder.policies:
                found = policy.model.commitments if policy.model else ()
                yield from self._in(context, policy, "commitments", found)
            for survey in folder.surveys:
                yield from self._in(context, survey, "questions", survey.model.questions if survey.model else ())

    def _in(self, context: Context, document: Document[Any], key: str, entries: tuple[Any, ...]) -> Iterator[Report]:
        for number, entry in enumerate(entries):
            for place, aspect in enumerate(entry.aspects):
                if aspect not in (known := _known(context)):
                    at: TreePath = (key, position(document, (key,), number), "aspects")
                    message = f"no charter has an aspect '{shown(aspect)}'"
                    remedy = self.meant(context, document, aspect, sorted(known))
                    yield document, self.problem(message, remedy, *at, position(document, at, place))


def _known(context: Context) -> frozenset[str]:
    """The ids of all aspects, those that cannot be read themselves among them."""
    if "aspects" not in context.memo:
        context.memo["aspects"] = frozenset().union(*map(aspect_ids, context.workspace.charter_documents))
    found: frozenset[str] = context.memo["aspects"]
    return found
