"""CK317 and CK318: rule packs, and what names their entries."""

from collections.abc import Iterator
from typing import Any

from charterkit.choices import Severity
from charterkit.files.workspace import Document, Workspace
from charterkit.findings import Code, TreePath
from charterkit.insight.policies.packs import known_packs
from charterkit.rules.base import Report, Rule, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown


class UnknownPack(Rule):
    """The settings name a rule pack that there is not.

    Why: `policy gaps` cannot say what is missing.
    Bad: packs: [englnd]
    Good: packs: [england]
    Mend: write the id of a built-in pack, or of one in packs/.
    """

    code = Code.UNKNOWN_PACK

    def check(self, context: Context) -> Iterator[Report]:
        """`packs` of charterkit.yaml."""
        if context.settings is None or not context.settings.config.packs:
            return
        document, config = context.settings
        known = list(known_packs(context.workspace))
        for number, name in enumerate(config.packs):
            if name not in known:
                at = ("packs", position(document, ("packs",), number))
                message = f"there is no rule pack '{shown(name)}'"
                yield document, self.problem(message, self.meant(context, document, name, known), *at)


class UnknownRequirement(Rule):
    """A policy or a waiver names an entry that no rule pack has.

    Why: the policy does not count as the answer to what the pack asks for, or the waiver waives nothing.
    Bad: requirement: behavior
    Good: requirement: behaviour
    Mend: write the entry's id, which `charterkit policy gaps --all --format json` lists.
    """

    code = Code.UNKNOWN_REQUIREMENT
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """`requirement` of every policy, and `waivers` of charterkit.yaml; against all packs there are."""
        for document, name, at in self._named(context):
            if name not in (known := context.workspace.once(_entries)):
                message = f"no rule pack has an entry '{shown(name)}'"
                yield document, self.problem(message, self._meant(context, document, name, known), *at)

    def _named(self, context: Context) -> Iterator[tuple[Document[Any], str, TreePath]]:
        for _, document, policy in context.policies:
            for number, name in enumerate(policy.requirement):
                is_alone = len(policy.requirement) == 1  # it may stand there without being a list
                place: TreePath = () if is_alone else (position(document, ("requirement",), number),)
                yield document, name, ("requirement", *place)
        if context.settings:
            settings, config = context.settings
            for number, waiver in enumerate(config.waivers):
                yield settings, waiver.entry, ("waivers", position(settings, ("waivers",), number), "entry")

    def _meant(self, context: Context, document: Document[Any], name: str, known: list[str]) -> str:
        first = context.beside(document)[0]  # one limit for all: of very many policies each names only one entry
        guess = self.nearest(context, first, name, known)
        return f"Did you mean '{shown(guess)}'?" if guess else "'charterkit policy gaps --all' lists them."


def _entries(workspace: Workspace) -> list[str]:
    """The ids of all packs' entries."""
    return sorted({requirement.id for pack in known_packs(workspace).values() for requirement in pack.entries})
