"""CK317, CK318, CK328 and CK329: rule packs, what names their entries, and waivers."""

from collections.abc import Iterator
from typing import Any

from charterkit.choices import Severity
from charterkit.files.workspace import Document
from charterkit.findings import Code, TreePath
from charterkit.insight.policies.packs import has_ended, known_entries, known_packs
from charterkit.model.config import Waiver
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
            if name not in (known := context.workspace.once(known_entries)):
                message = f"no rule pack has an entry '{shown(name)}'"
                yield document, self.problem(message, self._meant(context, document, name, known), *at)

    def _named(self, context: Context) -> Iterator[tuple[Document[Any], str, TreePath]]:
        for _, document, policy in context.policies:
            for number, name in enumerate(policy.requirement):
                is_alone = len(policy.requirement) == 1  # it may stand there without being a list
                place: TreePath = () if is_alone else (position(document, ("requirement",), number),)
                yield document, name, ("requirement", *place)
        for document, place, waiver in _waivers(context):
            yield document, waiver.entry, (*place, "entry")

    def _meant(self, context: Context, document: Document[Any], name: str, known: list[str]) -> str:
        first = context.beside(document)[0]  # one limit for all: of very many policies each names only one entry
        guess = self.nearest(context, first, name, known)
        return f"Did you mean '{shown(guess)}'?" if guess else "'charterkit policy gaps --all' lists them."


class WaiverEnded(Rule):
    """A waiver's last day is over.

    Why: what it waived is asked for again, and `policy gaps` counts it.
    Bad: waivers: [{entry: school-uniform, reason: No uniform yet, until: 2025-08-31}], and it is 2026
    Good: the waiver taken out, or given a later day
    Mend: take it out; or decide anew, and write the new day and who decided.
    """

    code = Code.WAIVER_ENDED
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """`waivers` of charterkit.yaml, against today's date."""
        for document, place, waiver in _waivers(context):
            if waiver.until is not None and has_ended(waiver, context.today):
                message = f"the waiver of {shown(waiver.entry)} ended on {waiver.until.spoken} and holds no longer"
                yield document, self.problem(message, "Take it out, or give it a later day.", *place, "until")


class WaiverSchool(Rule):
    """A waiver names a school that there is not.

    Why: it waives nothing.
    Bad: waivers: [{entry: school-uniform, reason: No uniform, school: oak}], with no folder schools/oak
    Good: school: oak-lane, which is the school's folder
    Mend: write the name of the school's folder.
    """

    code = Code.WAIVER_SCHOOL
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """`waivers` of charterkit.yaml that name a school."""
        for document, place, waiver in _waivers(context):
            if waiver.school and not context.workspace.has_school(waiver.school):
                message = f"there is no school '{shown(waiver.school)}'"
                meant = self.meant(context, document, waiver.school, context.workspace.slugs)
                yield document, self.problem(message, meant, *place, "school")


def _waivers(context: Context) -> Iterator[tuple[Document[Any], TreePath, Waiver]]:
    """The waivers of charterkit.yaml, each with its place."""
    if context.settings:
        settings, config = context.settings
        for number, waiver in enumerate(config.waivers):
            yield settings, ("waivers", position(settings, ("waivers",), number)), waiver
