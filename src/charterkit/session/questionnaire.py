"""What is asked next. Nothing here touches the disk: each terminal or tab has its own, over answers that all share."""

from collections.abc import Mapping
from typing import Protocol

from charterkit.insight.evaluations.evaluated import Standing
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.records import dataclass


class Answered(Protocol):
    """What is asked about and what was answered so far: an EvaluationFile, or anything that knows the same."""

    charter: Charter

    @property
    def standings(self) -> Mapping[str, Standing]:
        """Where each of the charter's aspects stands now."""

    def before(self, aspect: str) -> Standing | None:
        """Where an aspect stood last cycle; None where there was no earlier cycle or no such aspect."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One aspect, as a question: where it stands in the charter, what it holds now, and what was said last time."""

    key_point: KeyPoint
    point_number: int
    aspect: Aspect
    number: int
    """Its place among the aspects of its key point, from 1."""
    of: int
    now: Standing
    before: Standing | None
    """Last cycle's standing; None where there was no earlier cycle or no such aspect."""


class Questionnaire:
    """A place among the aspects, and ways to move it. What somebody else answers meanwhile counts at once."""

    def __init__(self, answers: Answered) -> None:
        """Begin at the first aspect that is not answered."""
        self.answers = answers
        self.aspects = tuple(answers.charter.aspects.values())
        self.position: int | None = None
        """Among the aspects in the charter's order, from 0; None at the end."""
        self.resume()

    @property
    def progress(self) -> tuple[int, int]:
        """How many aspects are answered, of how many."""
        standings = self.answers.standings.values()
        return sum(standing.is_answered for standing in standings), len(standings)

    @property
    def question(self) -> Asked | None:
        """What is asked at this place; None at the end."""
        if self.position is None:
            return None
        charter, aspect = self.answers.charter, self.aspects[self.position]
        point = charter.key_point_of[aspect.id]
        point_number = [beside.id for beside in charter.key_points].index(point.id) + 1
        number = [beside.id for beside in point.aspects].index(aspect.id) + 1
        now, before = self.answers.standings[aspect.id], self.answers.before(aspect.id)
        return Asked(point, point_number, aspect, number, len(point.aspects), now, before)

    def resume(self) -> None:
        """Go to the first aspect that is not answered, else to the end."""
        self.position = self._open_from(0)

    def forward(self) -> None:
        """Go to the next aspect not answered behind this one, else to the first there is; else to the end."""
        if self.position is None:
            return
        following = self._open_from(self.position + 1)
        self.position = self._open_from(0) if following is None else following

    def skip(self) -> bool:
        """Leave this one for later: on to the next in the charter's order. False at the last one."""
        if self.position is None or self.position + 1 >= len(self.aspects):
            self.position = None
            return False
        self.position += 1
        return True

    def back(self) -> bool:
        """One aspect back; False at the first. From the end, to the last."""
        last = len(self.aspects) if self.position is None else self.position
        if last == 0:
            return False
        self.position = last - 1
        return True

    def go_to(self, aspect: str) -> None:
        """To an aspect by its id; nowhere for one that is not asked about."""
        ids = [known.id for known in self.aspects]
        if aspect in ids:
            self.position = ids.index(aspect)

    def jump(self, key_point: int) -> bool:
        """To a key point by its number from 1: its first open aspect, else its first. False where there is none."""
        points = self.answers.charter.key_points
        if not 1 <= key_point <= len(points):
            return False
        inside = {aspect.id for aspect in points[key_point - 1].aspects}
        places = [place for place, aspect in enumerate(self.aspects) if aspect.id in inside]
        if not places:
            return False
        self.position = next((place for place in places if self._is_open(place)), places[0])
        return True

    def _is_open(self, place: int) -> bool:
        return not self.answers.standings[self.aspects[place].id].is_answered

    def _open_from(self, start: int) -> int | None:
        return next((place for place in range(start, len(self.aspects)) if self._is_open(place)), None)
