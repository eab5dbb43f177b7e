"""Where the guide can jump to: a key point from a list, an aspect by its number or id."""

from collections.abc import Sequence

from charterkit.insight.evaluations.naming import numbers_shown
from charterkit.model.charter import Charter
from charterkit.text.safe import shown


class Places:
    """The key points under their own numbers, or counted ones where not all have one apart; and the aspects."""

    def __init__(self, charter: Charter) -> None:
        """Gather them."""
        points = charter.key_points
        own = [_typed(point.number or "") for point in points]
        is_apart = all(own) and len(set(own)) == len(own)
        self.keys: Sequence[str] = own if is_apart else [str(number) for number in range(1, len(points) + 1)]
        """What is typed for each key point."""
        self.lines = [
            f"{key}  {shown(point.title) if is_apart or not point.number else shown(f'{point.number} {point.title}')}"
            for key, point in zip(self.keys, points, strict=True)
        ]
        has_numbers = any(aspect.number for aspect in charter.aspects.values()) or is_apart
        self.title = "To which key point, or to which aspect by its number?" if has_numbers else "To which key point?"
        numbers = [_typed(number) for number in numbers_shown(charter).values()] if has_numbers else []
        names: dict[str, int | str] = {word: word for word in (*numbers, *charter.aspects)}
        self.answers = names | {key: place for place, key in enumerate(self.keys, 1)}
        """By what may be typed: a key point's place from 1, or what names an aspect."""


def _typed(number: str) -> str:
    return "".join(number.split()).casefold().removesuffix(".")
