"""A charter's own file and its versions: CK212, CK307, CK311 and CK312."""

from collections.abc import Iterator

from charterkit.findings import Severity, alternatives
from charterkit.model.scale import FEWEST, MOST, RESERVED
from charterkit.rules.across import meant
from charterkit.rules.base import Context, Report, Rule


class BadScale(Rule):
    """A charter's scale has too few or too many levels, a reserved word, or a mark that is no level.

    Why: every rating hangs on it.
    Bad: met_at: gold, where the scale is red, amber, green
    Good: met_at: green
    Mend: give 2 to 7 levels, from worst to best, and a `met_at` that is one of them.
    """

    code = "CK212"
    name = "bad-scale"

    def check(self, context: Context) -> Iterator[Report]:
        """Every charter's scale."""
        for document in context.workspace.charter_documents:
            charter = document.model
            if charter is None:
                continue
            if not FEWEST <= len(charter.scale) <= MOST:
                message = f"the scale has {len(charter.scale)} levels"
                yield document, self.problem(message, f"Give {FEWEST} to {MOST} levels, worst first.", "scale")
            for number, level in enumerate(charter.scale):
                if level.id in RESERVED:
                    message = f"'{level.id}' stands for something else and cannot be a level"
                    yield document, self.problem(message, "Choose another id.", "scale", number, "id")
            if charter.met_at and charter.met_at not in charter.levels:
                remedy = f"Write {alternatives(list(charter.levels))}."
                yield document, self.problem(f"'{charter.met_at}' is not a level of the scale", remedy, "met_at")


class DuplicateCharter(Rule):
    """Two files hold the same version of one charter.

    Why: nobody can tell which holds; only the first by name is used.
    Bad: two files with id: community-engagement and version: "1"
    Good: versions "1" and "2"
    Mend: give the newer one the next version, or delete one.
    """

    code = "CK307"
    name = "duplicate-charter"

    def check(self, context: Context) -> Iterator[Report]:
        """All charters."""
        for document in context.workspace.charter_documents:
            charter = document.model
            if charter is None or {"id", "version"} & document.loaded.broken:
                continue
            first = context.workspace.charters[charter.id, charter.version].path
            if first != document.path:
                message = f"{first} holds the same version {charter.version} of this charter"
                yield document, self.problem(message, "Write the next version here, or delete one.", "version")


class BrokenReplaces(Rule):
    """An aspect replaces one that no other version of the charter has.

    Why: its history would start anew, and a rating made before would be lost from sight.
    Bad: replaces: [gate]
    Good: replaces: [gate-greeting]
    Mend: write the aspect's id in the earlier version.
    """

    code = "CK311"
    name = "broken-replaces"

    def check(self, context: Context) -> Iterator[Report]:
        """Every aspect of every charter."""
        for document in context.workspace.charter_documents:
            charter = document.model
            if charter is None:
                continue
            others = [one for one in context.workspace.versions(charter.id) if one.version != charter.version]
            known = sorted({aspect for one in others for aspect in one.aspects})
            for number, point in enumerate(charter.key_points):
                for position, aspect in enumerate(point.aspects):
                    for which, old in enumerate(aspect.replaces):
                        if old not in known:
                            at = ("key_points", number, "aspects", position, "replaces", which)
                            message = f"no other version of this charter has an aspect '{old}'"
                            yield document, self.problem(message, meant(old, known), *at)


class UnknownReference(Rule):
    """An aspect names a source that is not among the charter's references.

    Why: a reader could not look it up.
    Bad: sources: [kingsgate]
    Good: sources: [kingsgate-policy]
    Mend: write the id of one of the charter's `references`.
    """

    code = "CK312"
    name = "unknown-reference"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every aspect of every charter."""
        for document in context.workspace.charter_documents:
            known = [reference.id for reference in document.model.references] if document.model else []
            for number, point in enumerate(document.model.key_points if document.model else ()):
                for position, aspect in enumerate(point.aspects):
                    for which, source in enumerate(aspect.sources):
                        if source not in known:
                            at = ("key_points", number, "aspects", position, "sources", which)
                            yield document, self.problem(f"there is no reference '{source}'", meant(source, known), *at)
