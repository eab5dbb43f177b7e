"""How far a self-evaluation has come, and the filters of its page."""

from collections.abc import Iterator

from charterkit.insight.evaluations.compare import MoveKind, compare
from charterkit.insight.evaluations.raters import Agreement
from charterkit.insight.evaluations.summary import distribution
from charterkit.model.scale import Level
from charterkit.render.shared.tally import rated_words
from charterkit.serve.sheet import RatingSheet
from charterkit.session.questionnaire import Questionnaire

SHOWS = {
    "all": "All",
    "open": "Not rated yet",
    "fell": "Fell back",
    "lowest": "",
    "below": "Below the mark",
    "differ": "",
}
"""The filters, by their names in an address; the lowest level has the charter's own word. Raters need not be there."""


def progress(sheet: RatingSheet, show: str = "all") -> dict[str, object]:
    """How far it has come, the filters with their numbers, and where to go on."""
    file = sheet.file
    questions = Questionnaire(file)
    done, of = questions.progress
    going_on = questions.question
    lowest = _lowest(sheet)
    differ = "Raters differ" if sheet.merging else ""
    names = {**SHOWS, "lowest": lowest.label if lowest else "", "differ": differ}
    counts = {name: sum(1 for _ in shown_aspects(sheet, name)) for name in SHOWS}
    return {
        "rated": rated_words(distribution(file.charter, file.standings), file.charter.rated_noun),
        "done": done,
        "of": of,
        "go_on": going_on.aspect.id if going_on else "",
        "shows": [(name, words, counts[name], name == show) for name, words in names.items() if words],
        "can_undo": file.can_undo,
        "is_agreed": file.is_agreed,
        "address": sheet.address,
        "query": sheet.query,
    }


def shown_aspects(sheet: RatingSheet, show: str) -> Iterator[str]:
    """The aspects that a filter lets through, in the charter's order."""
    file = sheet.file
    fell = _fell(sheet) if show == "fell" else frozenset()
    lowest, apart = _lowest(sheet), _apart(sheet)
    for aspect in file.charter.aspects:
        if (
            show == "all"
            or (show == "open" and not file.standings[aspect].is_answered)
            or (show == "lowest" and lowest is not None and file.standings[aspect].level == lowest)
            or (show == "below" and file.evaluated.is_below(aspect))
            or (show == "differ" and aspect in apart)
            or aspect in fell
        ):
            yield aspect


def _apart(sheet: RatingSheet) -> frozenset[str]:
    said = sheet.said_by.items()
    return frozenset(name for name, each in said if each.agreement in (Agreement.FAR, Agreement.NEAR))


def _lowest(sheet: RatingSheet) -> Level | None:
    return next(iter(sheet.file.charter.levels.values()), None)


def _fell(sheet: RatingSheet) -> frozenset[str]:
    file = sheet.file
    if file.previous is None:
        return frozenset()
    moves = compare(file.previous, file.evaluated, file.workspace.versions(file.charter.id), ()).moves
    return frozenset(move.aspect for move in moves if move.kind is MoveKind.DECLINED)
