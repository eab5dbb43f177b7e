"""Questions about a whole key point, once its aspects are answered, and about everything, at the end."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from charterkit.insight.evaluations.best_fit import OVERALL
from charterkit.session.parts import Parts
from charterkit.text.safe import shown

if TYPE_CHECKING:
    from charterkit.cli.guide import Guide


class PartQuestions:
    """What is asked besides aspects in one sitting, each once. Enter alone leaves it for another time."""

    def __init__(self, guide: "Guide") -> None:
        """Of a sitting; nothing is asked where the charter rates aspects alone."""
        self.guide = guide
        self.parts = Parts(guide.file)
        self.asked: set[str] = set()

    def after(self, aspect: str) -> None:
        """Ask about the key point of an aspect, if it was the last of it to be answered."""
        point = self.guide.file.charter.key_point_of[aspect]
        if all(self.guide.file.standings[each.id].is_answered for each in point.aspects):
            self._ask([point.id])

    def at_the_end(self) -> None:
        """Ask about whatever has no level yet, the whole last."""
        self._ask(self.parts.headings)

    def taken_back(self, part: str) -> bool:
        """Whether the answer that was taken back was about a part; it is asked about again then."""
        self.asked.discard(part)
        return part in self.parts.headings and part not in self.guide.file.charter.aspects

    def _ask(self, parts: Iterable[str]) -> None:
        for part in parts:
            if part in self.parts.headings and part not in self.asked and not self.parts.standing(part).is_answered:
                self.asked.add(part)
                self._one(part)

    def _one(self, part: str) -> None:
        guide, heading = self.guide, shown(self.parts.headings[part])
        before = self.parts.before(part)
        said = f" Last time: {shown(before.level.label)}." if before and before.level else ""
        what = "Seen as a whole, how are you doing?" if part == OVERALL else f"And “{heading}” as a whole?"
        guide.screen.before_meeting(part)
        level = guide.level(f"{what}{said}", leave="leaves it")
        if level is None:
            return
        self.parts.rate(part, level.id)
        guide.screen.line(f"Saved for {'the whole' if part == OVERALL else f'“{heading}”'}: {shown(level.label)}.")
        guide.screen.line(self.parts.fit(part))
        if guide.keeps_words(part):
            return
        note = guide.keys.line("A note on it (may be left empty): ").strip()
        if note:
            self.parts.note(part, note)
