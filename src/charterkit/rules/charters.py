"""A charter's own file and its versions: CK212, CK307, CK311, CK312 and CK706 to CK708."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.files.workspace import Document
from charterkit.findings import Code
from charterkit.insight.evaluations.answers import NOT_APPLICABLE_WORDS, level_words
from charterkit.insight.sight import Alike, alike, apart
from charterkit.model.charter import Charter, version_key
from charterkit.model.scale import FEWEST, MOST, RESERVED, keyed
from charterkit.rules.base import Report, Rule, aspects_of, is_said, parts_of, position
from charterkit.rules.charter_parts import aspect_ids
from charterkit.rules.context import Context
from charterkit.text.english import alternatives, plural
from charterkit.text.safe import shown


class BadScale(Rule):
    """A charter's scale has too few or too many levels, a reserved word, or a mark that is no level.

    Why: every rating hangs on it.
    Bad: met_at: gold, where the scale is red, amber, green
    Good: met_at: green
    Mend: give 2 to 7 levels, from worst to best, and a `met_at` that is one of them.
    """

    code = Code.BAD_SCALE

    def check(self, context: Context) -> Iterator[Report]:
        """Every charter's scale."""
        for document, charter in context.charters:
            if not FEWEST <= len(charter.scale) <= MOST and not is_said(document, "scale"):
                count = len(charter.scale)
                message = f"the scale has {count} {plural(count, 'level')}"
                yield document, self.problem(message, f"Give {FEWEST} to {MOST} levels, worst first.", "scale")
            for number, level in enumerate(charter.scale):
                at = ("scale", position(document, ("scale",), number), "id")
                if level.id in RESERVED and not is_said(document, *at):
                    message = f"'{shown(level.id)}' stands for something else and cannot be a level"
                    yield document, self.problem(message, "Choose another id.", *at)
            if charter.met_at and charter.levels and charter.met_at not in charter.levels:
                remedy = f"Write {alternatives([level for level in charter.levels if level not in RESERVED])}."
                yield document, self.problem(f"'{shown(charter.met_at)}' is not a level of the scale", remedy, "met_at")
            for aspect, way in aspects_of(document) if charter.levels and not is_said(document, "scale") else ():
                if aspect.met_at and aspect.met_at not in charter.levels:
                    message = f"{shown(aspect.id)}: '{shown(aspect.met_at)}' is not a level of the scale"
                    remedy = f"Write {alternatives(list(charter.levels))}."
                    yield document, self.problem(message, remedy, *way, "met_at")


class DuplicateCharter(Rule):
    """Two files hold the same version of one charter.

    Why: nobody can tell which holds; the one named after its id, or its id and version, is used.
    Bad: two files with id: community-engagement and version: "1"
    Good: versions "1" and "2"
    Mend: give the newer one the next version, or delete one.
    """

    code = Code.DUPLICATE_CHARTER

    def check(self, context: Context) -> Iterator[Report]:
        """All charters."""
        rivals = {rival.document.path: (rival,) for rival in context.workspace.charter_rivals}
        for document, charter in context.charters:
            if {"id", "version"} & document.loaded.broken:
                continue
            first = context.workspace.charters[charter.id, charter.version].path
            if first != document.path:
                is_copy = any(rival.is_copy for rival in rivals.get(document.path, ()))
                message = f"{first} holds the same version {shown(charter.version)} of this charter"
                message += ", and this file is a copy of it by its name" if is_copy else ""
                yield document, self.problem(message, "Write the next version here, or delete one.", "version")


class BrokenReplaces(Rule):
    """An aspect or a level replaces one that no earlier version of the charter has.

    Why: its history would start anew, and a rating made before would be lost from sight.
    Bad: replaces: [gate]
    Good: replaces: [gate-greeting]
    Mend: write the aspect's or the level's id in the earlier version.
    """

    code = Code.BROKEN_REPLACES

    def check(self, context: Context) -> Iterator[Report]:
        """Every aspect and every level of every charter."""
        for document, charter in context.charters:
            yield from self._levels(context, document, charter)
            known = sorted(self._earlier(context, charter))
            for aspect, at in aspects_of(document):
                for number, old in enumerate(aspect.replaces):
                    if old not in known:
                        way = (*at, "replaces")
                        message = f"no earlier version of this charter has an aspect '{shown(old)}'"
                        remedy = self.meant(context, document, old, known)
                        yield document, self.problem(message, remedy, *way, position(document, way, number))

    def _levels(self, context: Context, document: Document[Charter], charter: Charter) -> Iterator[Report]:
        """A scale that cannot be read in an earlier version may have the level."""
        if not any(level.replaces for level in charter.scale):
            return
        before = _before(context, charter)
        if any(is_said(its, "scale") for its in before):
            return
        known = sorted({level.id for its in before if its.model for level in its.model.scale})
        for number, level in enumerate(charter.scale):
            way = ("scale", position(document, ("scale",), number), "replaces")
            for place, old in enumerate(level.replaces):
                if old not in known:
                    message = f"no earlier version of this charter has a level '{shown(old)}'"
                    remedy = self.meant(context, document, old, known)
                    yield document, self.problem(message, remedy, *way, position(document, way, place))

    def _earlier(self, context: Context, charter: Charter) -> set[str]:
        return {aspect for its in _before(context, charter) for aspect in aspect_ids(its)}


def _before(context: Context, charter: Charter) -> list[Document[Charter]]:
    """The earlier versions of a charter."""
    now, workspace = version_key(charter.version), context.workspace
    before = [version for version in workspace.versions(charter.id) if version_key(version.version) < now]
    return [workspace.charters[version.id, version.version] for version in before]


class UnknownReference(Rule):
    """An aspect or a key point names a source that is not among the charter's references.

    Why: a reader could not look it up.
    Bad: sources: [kingsgate]
    Good: sources: [kingsgate-policy]
    Mend: write the id of one of the charter's `references`.
    """

    code = Code.UNKNOWN_REFERENCE
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every aspect and key point of every charter."""
        for document, charter in context.charters:
            known = [reference.id for reference in charter.references]
            for part, at in parts_of(document):
                for number, source in enumerate(part.sources):
                    if source not in known and not is_said(document, "references"):
                        way = (*at, "sources")
                        place = (*way, position(document, way, number))
                        remedy = self.meant(context, document, source, known)
                        yield document, self.problem(f"there is no reference '{shown(source)}'", remedy, *place)


class NothingToRate(Rule):
    """A charter has nothing to rate: no key points, or a key point without aspects.

    Why: a school rates itself on aspects; a heading without any is shown on the poster and asked nowhere.
    Bad: aspects: []
    Good: aspects: [{id: gate-greeting, text: Senior leaders greet families at the gate}]
    Mend: write at least one aspect under every key point, or delete the key point. A draft may hold headings that
    have none yet, as long as there is something to rate under another.
    """

    code = Code.NOTHING_TO_RATE

    def check(self, context: Context) -> Iterator[Report]:
        """Every charter; of a draft only the whole."""
        for document, charter in context.charters:
            if is_said(document, "key_points"):
                continue
            if not charter.key_points or (charter.status == "draft" and not charter.aspects):
                message = "there is nothing to rate in this charter"
                yield document, self.problem(message, "Add key points with aspects.", "key_points", on_key=True)
            elif charter.status != "draft":
                for number, point in enumerate(charter.key_points):
                    if not point.aspects:
                        at = ("key_points", position(document, ("key_points",), number), "aspects")
                        message = f"{shown(point.id)}: there is no aspect to rate under this key point"
                        yield document, self.problem(message, "Add one, or delete the key point.", *at, on_key=True)


class LevelsLookAlike(Rule):
    """Two levels of a charter have colours that some people cannot tell apart, or nobody on a black and white print.

    Why: a letter, a word and a shape tell every level anyway; but whoever skims a page goes by colour, and about 8% of
    men cannot tell some reds from greens (Machado, Oliveira and Fernandes, 2009).
    Bad: colour: "#d04040" for one level and "#3a8a3a" for another
    Good: colour: "#7a0019" for one level and "#3d9a74" for another
    Mend: choose colours that differ in lightness, from dark to light; or leave `colour` out of every level, and
    charterkit takes its own. Each two colours are compared as they are, as a black and white printer has them, and as
    people with protanopia, deuteranopia and tritanopia see them; they have to be 10 apart (CIEDE2000).
    """

    code = Code.LEVELS_LOOK_ALIKE
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every charter's own colours; each level is named once, beside the one it is most like.

        A scale of too many levels is another finding, and each two of thousands would take hours.
        """
        for document, charter in context.charters:
            if len(charter.scale) > MOST:
                continue
            levels = [(at, level) for at, level in enumerate(charter.scale) if level.colour]
            colours = [level.colour.lower() for _, level in levels if level.colour]
            worst: dict[int, Alike] = {}
            for found in alike(colours):
                known = worst.get(found.second)
                if known is None or found.difference < known.difference:
                    worst[found.second] = found
            for second, found in worst.items():
                number, level = levels[second]
                other = levels[found.first][1]
                message = f"'{shown(other.id)}' and '{shown(level.id)}' look alike{_SEEN[found.seen]}"
                better = apart(colours, second)
                example = f'; for example "{better}" for {shown(level.id)}' if better else ""
                at = ("scale", position(document, ("scale",), number), "colour")
                yield document, self.problem(message, f"Choose colours that differ in lightness{example}.", *at)


class AmbiguousLevel(Rule):
    """A level is called what means something else as well: that an aspect does not apply, or another level.

    Why: whoever answers `na` or `1` in a table, a form or on the command line must mean one thing. A level called NA is
    that level before it is "not applicable"; a word for two levels is refused.
    Bad: {id: na, label: NA, meaning: Not achieved}
    Good: {id: not-achieved, label: Not achieved}
    Mend: give the level an id and a label of its own, unlike the key on another level's badge.
    """

    code = Code.AMBIGUOUS_LEVEL
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every charter's scale; one of too many levels is another finding."""
        for document, charter in context.charters:
            if len(charter.scale) > MOST:
                continue
            levels = keyed(charter.levels.values())
            words = {level.id: level_words(level, known) for level, known in levels}
            for number, level in enumerate(charter.scale):
                if charter.levels.get(level.id) is not level:
                    continue
                apart = sorted(words[level.id] & NOT_APPLICABLE_WORDS)
                also = [other for other in words if other != level.id and level.id in words[other]]
                if not apart and not also:
                    continue
                message = (
                    f"'{shown(apart[0])}' is this level, though elsewhere it says that an aspect does not apply"
                    if apart
                    else f"'{shown(level.id)}' is this level's id, and also a name or the key of '{shown(also[0])}'"
                )
                at = ("scale", position(document, ("scale",), number), "id")
                yield document, self.problem(message, "Choose another id and label.", *at)


_SEEN = {
    "colour": "",
    "greyscale": " when printed in black and white",
    "protanopia": " to people who see no red (protanopia)",
    "deuteranopia": " to people who see no green (deuteranopia)",
    "tritanopia": " to people who see no blue (tritanopia)",
}
"""Ends of a sentence by how the two are seen."""
