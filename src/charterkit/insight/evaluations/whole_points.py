"""A whole key point that does not apply: said once, for all its aspects that are not rated yet."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from charterkit.errors import Refused
from charterkit.insight.evaluations.answers import Answer, level_meant
from charterkit.insight.evaluations.evaluated import RatingState, Standing
from charterkit.insight.evaluations.naming import aspects_meant, key_point_meant
from charterkit.model.charter import Charter, KeyPoint
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.text.english import plural
from charterkit.text.safe import shown


def not_rated_yet(point: KeyPoint, standings: Mapping[str, Standing]) -> tuple[str, ...]:
    """A key point's aspects without an answer; one whose entry cannot be read is left to be mended."""
    return tuple(each.id for each in point.aspects if standings[each.id].state is RatingState.NOT_RATED)


def spread(
    answers: Sequence[Answer], charter: Charter, standings: Mapping[str, Standing]
) -> tuple[list[Answer], tuple[str, ...]]:
    """Answers that a key point does not apply as answers about its aspects, and what was done, in sentences.

    An aspect that is rated, or that is answered beside it, keeps its own. What else is said of a key point comes back
    as it is. Raises CharterkitError where no reason is given.
    """
    kept: list[Answer] = []
    about: dict[str, list[Answer]] = {}
    for answer in answers:
        point = None if aspects_meant(answer.aspect, charter) else key_point_meant(answer.aspect, charter)
        if point and charter.rated != "key-points":
            about.setdefault(point.id, []).append(answer)
        else:
            kept.append(answer)
    said = {name for answer in kept if answer.rating for name in aspects_meant(answer.aspect, charter)}
    notices: list[str] = []
    for point in charter.key_points:
        found = about.get(point.id, [])
        apart = next((each for each in found if _is_apart(each, charter)), None)
        if apart is None or not all(_is_apart(each, charter) or set(each.texts) == {"reason"} for each in found):
            kept += found
            continue
        reason = next((text for each in found for text in each.texts.values() if text.strip()), "")
        if not reason:
            raise Refused("no-reason", aspect=point.id)
        if charter.rated == "both":
            kept.append(replace(apart, texts={"reason": reason}))
        names = [name for name in not_rated_yet(point, standings) if name not in said]
        kept += [replace(apart, aspect=name, texts={"reason": reason}) for name in names]
        notices.append(spread_said(point, len(names)))
    return kept, tuple(notices)


def spread_said(point: KeyPoint, number: int) -> str:
    """How many of a key point's aspects were said not to apply, and how many keep what they had."""
    others = len(point.aspects) - number
    done = plural(number, "1 aspect is", f"{number} aspects are") + " set to not applicable"
    kept = f"; {plural(others, '1 answered before keeps its own', f'{others} answered before keep their own')}"
    return f"“{shown(point.title)}”: {done}{kept if others else ''}."


def _is_apart(answer: Answer, charter: Charter) -> bool:
    """Whether it says that something does not apply, and at most why."""
    is_said = answer.rating is not None and level_meant(answer.rating, charter) == NOT_APPLICABLE
    others = (answer.ideas, answer.groups, answer.evidence, answer.cleared)
    return is_said and set(answer.texts) <= {"reason"} and not any(others)
