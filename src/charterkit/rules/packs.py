"""CK317 and CK318: rule packs, and what names their entries."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.files.places import SETTINGS
from charterkit.findings import Code
from charterkit.insight.policies.packs import known_packs
from charterkit.model.config import Config
from charterkit.rules.base import Context, Report, Rule, position, schools
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
        config = next((one for one in context.documents if one.path == SETTINGS), None)
        named = config.model.packs if config and isinstance(config.model, Config) else ()
        known = list(known_packs(context.workspace)) if named else []
        for number, name in enumerate(named):
            if config is not None and name not in known:
                at = ("packs", position(config, ("packs",), number))
                message = f"there is no rule pack '{shown(name)}'"
                yield config, self.problem(message, self.meant(context, config, name, known), *at)


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
        for folder in schools(context):
            for document in folder.policies:
                name = document.model.requirement if document.model else None
                if name and name not in (known := _entries(context)):
                    message = f"no rule pack has an entry '{shown(name)}'"
                    yield document, self.problem(message, self._meant(context, name, known), "requirement")
        config = next((one for one in context.documents if one.path == SETTINGS), None)
        waivers = config.model.waivers if config and isinstance(config.model, Config) else ()
        for number, waiver in enumerate(waivers):
            if config is not None and waiver.entry not in (known := _entries(context)):
                at = ("waivers", position(config, ("waivers",), number), "entry")
                message = f"no rule pack has an entry '{shown(waiver.entry)}'"
                yield config, self.problem(message, self._meant(context, waiver.entry, known), *at)

    def _meant(self, context: Context, name: str, known: list[str]) -> str:
        guess = self.nearest(context, context.documents[0], name, known)
        return f"Did you mean '{shown(guess)}'?" if guess else "'charterkit policy gaps --all' lists them."


def _entries(context: Context) -> list[str]:
    """The ids of all packs' entries."""
    notes = context.workspace.notes
    if "entries" not in notes:
        packs = known_packs(context.workspace).values()
        notes["entries"] = sorted({one.id for pack in packs for one in pack.entries})
    found: list[str] = notes["entries"]
    return found
