"""Levels of key points and of the whole: what is asked besides the aspects, and what every answer leaves on disk."""

from typing import Any

from charterkit.errors import NotThere, Refused
from charterkit.files.yaml.edit import Change
from charterkit.files.yaml.reader import parse
from charterkit.insight.evaluations.best_fit import OVERALL, above_the_lowest
from charterkit.insight.evaluations.evaluated import NOT_RATED, Standing
from charterkit.insight.evaluations.part_answers import cleared, entry_in, part_way, parts_of
from charterkit.model.base import nearest
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.text.english import joined_some, plural
from charterkit.text.safe import shown


class Parts:
    """The key points and the whole of one EvaluationFile, which writes, takes back and refuses as it does for aspects.

    A charter that rates aspects alone has none.
    """

    def __init__(self, file: EvaluationFile) -> None:
        """Of an evaluation."""
        self.file = file

    @property
    def headings(self) -> dict[str, str]:
        """Every part by what it is called in files, with its heading: key points in their order, then overall."""
        return parts_of(self.file.charter)

    def standing(self, part: str) -> Standing:
        """Where the school stands on it now."""
        found = self.file.evaluated
        return found.overall if part == OVERALL else found.points.get(part, NOT_RATED)

    def before(self, part: str) -> Standing | None:
        """Last cycle's; None where there was none."""
        previous = self.file.previous
        if previous is None:
            return None
        return previous.overall if part == OVERALL else previous.points.get(part)

    def fit(self, part: str) -> str:
        """The question that is open where something under it is lower; empty where nothing is."""
        found = self.file.evaluated
        above = next((each for each in above_the_lowest(found) if each.part == part), None)
        if above is None:
            return ""
        names = [f"“{shown(found.charter.aspects[each].text)}”" for each in above.below]
        are = plural(len(names), "is", "are")
        return f"{joined_some(names)} {are} below that: best fit or secure fit? A note can say which."

    def rate(self, part: str, level: str) -> None:
        """Give it a level of the charter's scale; a reason why it did not apply goes."""
        tree = self._tree(part)
        if level not in self.file.charter.levels:
            raise Refused(
                "no-such-answer", word=level, what="a level of this charter", known=list(self.file.charter.levels)
            )
        was_apart = entry_in(tree, part).get("rating") == NOT_APPLICABLE
        reason = cleared(tree, part, "reason") if was_apart else []
        self.file.plan([Change((*part_way(part), "rating"), level), *reason], part)

    def not_applicable(self, part: str, reason: str) -> None:
        """Say that it does not apply, and why."""
        self._tree(part)
        if not reason.strip():
            raise Refused("no-reason", aspect=part)
        way = part_way(part)
        self.file.plan([Change((*way, "rating"), NOT_APPLICABLE), Change((*way, "reason"), reason)], part)

    def note(self, part: str, text: str) -> None:
        """Write its note anew; an empty text takes it out."""
        tree = self._tree(part)
        made = [Change((*part_way(part), "note"), text)] if text.strip() else cleared(tree, part, "note")
        if made:
            self.file.plan(made, part)

    def clear(self, part: str) -> None:
        """Take its level out. Nothing is written where it has none."""
        made = cleared(self._tree(part), part, "rating")
        if made:
            self.file.plan(made, part)

    def _tree(self, part: str) -> dict[str, Any]:
        """What the file holds. Raises CharterkitError where the charter does not rate the part."""
        if part not in self.headings:
            charter = self.file.charter
            meant = nearest(part, self.headings)
            raise NotThere("no-part", part=part, meant=meant, charter=charter.id, version=charter.version)
        tree = parse(self.file.evaluated.document.data).tree
        return tree if isinstance(tree, dict) else {}
