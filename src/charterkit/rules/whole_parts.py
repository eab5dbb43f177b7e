"""CK322, CK323, CK408 and CK717: levels of key points and of the whole."""

from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.findings import Code
from charterkit.insight.evaluations.best_fit import OVERALL, above_the_lowest
from charterkit.insight.evaluations.evaluated import asked_of, evaluated
from charterkit.rules.base import Report, Rule, aspects_of, position
from charterkit.rules.context import Context
from charterkit.text.english import joined, joined_some, plural
from charterkit.text.safe import shown


class PartNotRated(Rule):
    """A level is given to what the charter does not rate: key points or the whole, or aspects where key points are.

    Why: it is kept, and shown and counted nowhere.
    Bad: key_points: {welcome: {rating: amber}}, where the charter rates aspects
    Good: ratings: {gate-greeting: {rating: amber}}
    Mend: take it out; or say what is rated in the charter: `rated: key-points`, or `rated: both`.
    """

    code = Code.PART_NOT_RATED
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every evaluation, once a key."""
        for _, document, evaluation, charter in context.evaluations:
            if charter is None:
                continue
            given = {"ratings": evaluation.ratings, "key_points": evaluation.key_points, OVERALL: evaluation.overall}
            rated = _RATED[charter.rated]
            for key, said in given.items():
                if said and key not in rated:
                    what = joined([_WHAT[each] for each in rated])
                    message = f"this charter does not rate {_WHAT[key]}: it rates {what}"
                    remedy = "What stands here is kept, and not counted."
                    yield document, self.problem(message, remedy, key, on_key=True)


_WHAT = {"ratings": "aspects", "key_points": "key points", OVERALL: "the whole"}
_RATED = {
    "aspects": ("ratings",),
    "key-points": ("key_points", OVERALL),
    "both": ("ratings", "key_points", OVERALL),
}


class UnknownKeyPoint(Rule):
    """A key point is rated that the charter does not have.

    Why: its level would count nowhere.
    Bad: key_points: {welcom: {rating: amber}}
    Good: key_points: {welcome: {rating: amber}}
    Mend: spell it as the message says.
    """

    code = Code.UNKNOWN_KEY_POINT

    def check(self, context: Context) -> Iterator[Report]:
        """Every evaluation of a charter that rates key points."""
        for _, document, evaluation, charter in context.evaluations:
            if charter is None or not charter.rates_key_points:
                continue
            known = [point.id for point in charter.key_points]
            its = context.workspace.charters[charter.id, charter.version].loaded
            if ("key_points",) in its.gone or "key_points" in its.broken:
                continue  # one that cannot be read may be meant
            for point in evaluation.key_points:
                if point not in known:
                    message = f"'{shown(point)}' is not a key point of this charter"
                    remedy = self.meant(context, document, point, known)
                    yield document, self.problem(message, remedy, "key_points", point, on_key=True)


class AboveTheLowest(Rule):
    """A key point, or the whole, is said to be at a level that something under it does not reach.

    Why: best fit or secure fit? Both are used; whoever reads it should know which was meant. Nothing is worked out.
    Bad: key_points: {welcome: {rating: green}}, with gate-greeting rated amber and no note
    Good: key_points: {welcome: {rating: green, note: Best fit; the gate is the one thing left}}
    Mend: say in a note why it is at that level, or change one of the two. With a note nothing is said here.
    """

    code = Code.ABOVE_THE_LOWEST
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """Every evaluation of a charter that rates more than aspects."""
        for folder, document, _, charter in context.evaluations:
            if charter is None or not charter.rates_key_points:
                continue
            found = evaluated(document, asked_of(folder, charter))
            for above in above_the_lowest(found) if found else ():
                if above.note.strip():
                    continue
                at = (OVERALL, "rating") if above.part == OVERALL else ("key_points", above.part, "rating")
                names = joined_some([shown(name) for name in above.below])
                are = plural(len(above.below), "is", "are")
                message = f"{above.part}: rated {above.level.id}, and {names} {are} below that"
                yield document, self.problem(message, "Best fit or secure fit? Say so in a note.", *at)


class AmbiguousPart(Rule):
    """A key point that is rated has the id of an aspect, or one of the two is called overall.

    Why: `evaluate --set welcome=amber` can mean only one; it means the aspect.
    Bad: the key point welcome with an aspect welcome, in a charter with rated: both
    Good: the key point welcome with an aspect welcome-desk
    Mend: give one of them another id.
    """

    code = Code.AMBIGUOUS_PART
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every charter that rates more than aspects."""
        for document, charter in context.charters:
            if not charter.rates_key_points:
                continue
            taken = {*(charter.aspects if charter.rated == "both" else ()), OVERALL}
            for number, point in enumerate(charter.key_points):
                if point.id in taken:
                    what = "stands for the whole" if point.id == OVERALL else "is the id of an aspect too"
                    at = ("key_points", position(document, ("key_points",), number), "id")
                    yield document, self.problem(f"'{shown(point.id)}' {what}", "Choose another id.", *at)
            for aspect, way in aspects_of(document) if charter.rated == "both" else ():
                if aspect.id == OVERALL:
                    message = f"'{OVERALL}' stands for the whole"
                    yield document, self.problem(message, "Choose another id.", *way, "id")
