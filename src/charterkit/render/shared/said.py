"""What families said in surveys and what the school did, as plain data."""

from collections.abc import Sequence

from charterkit.insight.public import Followed
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class SaidLine:
    """What families said, what the school did, and when."""

    said: str
    did: str
    when: str


@dataclass(frozen=True, slots=True)
class SaidGroup:
    """What came of one survey."""

    survey: str
    when: str
    lines: tuple[SaidLine, ...]


def said_groups(found: Sequence[Followed]) -> tuple[SaidGroup, ...]:
    """The surveys' outcomes as plain data."""
    return tuple(
        SaidGroup(
            answer.survey.title,
            answer.survey.date.spoken if answer.survey.date else "",
            tuple(
                SaidLine(each.said, each.did or "", each.date.spoken if each.date else "") for each in answer.answers
            ),
        )
        for answer in found
    )
