"""CK301 and CK302: the charter and the version that a file names."""

from collections.abc import Iterator
from typing import Any

from charterkit.files.load import UNREADABLE
from charterkit.files.workspace import Document, Workspace
from charterkit.findings import Code
from charterkit.rules.base import Report, Rule, listed, position
from charterkit.rules.context import Context
from charterkit.text.english import alternatives
from charterkit.text.safe import shown


def unread_charters(workspace: Workspace) -> list[str]:
    """The charters' files of which it cannot be told which charter and version they hold."""
    return [
        document.path
        for document in workspace.charter_documents
        if document.model is None or {"id", "version"} & document.loaded.broken
    ]


class UnknownCharter(Rule):
    """A charter is named that the workspace does not have.

    Why: without it nothing that hangs on it can be shown.
    Bad: charter: comunity-engagement
    Good: charter: community-engagement
    Mend: correct the id, or add the charter's file to charters/.
    """

    code = Code.UNKNOWN_CHARTER

    def check(self, context: Context) -> Iterator[Report]:
        """Evaluations, sign-ups, visits and the settings."""
        known = context.workspace.charter_ids
        there = set(known)
        unread = context.workspace.once(unread_charters)
        for document, name, at in self._named(context):
            if name not in there and name != UNREADABLE:
                guess = self.nearest(context, document, name, known)
                remedy = f"Did you mean '{guess}'?" if guess else listed(known)
                if unread and not guess:
                    remedy = f"Mend {unread[0]} first."
                yield document, self.problem(f"there is no charter '{shown(name)}'", remedy, *at)

    def _named(self, context: Context) -> Iterator[tuple[Document[Any], str, tuple[str | int, ...]]]:
        for _, document, evaluation, _ in (*context.evaluations, *context.drafts):
            yield document, evaluation.charter, ("charter",)
        for _, file, school in context.organisations:
            for number, signed in enumerate(school.charters):
                yield file, signed.charter, ("charters", position(file, ("charters",), number), "charter")
        for _, document_of_visit, visit, _ in context.visits:
            if visit.charter:
                yield document_of_visit, visit.charter, ("charter",)
        if context.settings and context.settings.config.charter:
            yield context.settings.document, context.settings.config.charter, ("charter",)


class UnknownVersion(Rule):
    """A version of a charter is named that the workspace does not have.

    Why: ratings belong to the aspects of one version.
    Bad: charter_version: "3", where there are 1 and 2
    Good: charter_version: "2"
    Mend: correct it, or add that version's file to charters/.
    """

    code = Code.UNKNOWN_CHARTER_VERSION

    def check(self, context: Context) -> Iterator[Report]:
        """Evaluations and visits."""
        unread = context.workspace.once(unread_charters)
        for document, charter, version in self._named(context):
            known = [version.version for version in context.workspace.versions(charter)]
            if known and version not in known and version != UNREADABLE:
                message = f"there is no version {shown(version)} of {shown(charter)}"
                words = alternatives([f'"{shown(word)}"' for word in known])
                remedy = f"Write {words}, or mend {unread[0]} first." if unread else f"Write {words}."
                yield document, self.problem(message, remedy, "charter_version")

    def _named(self, context: Context) -> Iterator[tuple[Document[Any], str, str]]:
        for _, document, evaluation, _ in (*context.evaluations, *context.drafts):
            yield document, evaluation.charter, evaluation.charter_version
        for _, found, visit, _ in context.visits:
            if visit.charter and visit.charter_version:
                yield found, visit.charter, visit.charter_version
