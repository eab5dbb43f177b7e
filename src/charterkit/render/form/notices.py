"""What the person who makes a translated form should know about its texts."""

from collections.abc import Sequence

from charterkit.render.poster.words import Speaker, Spoken
from charterkit.text.english import joined, plural


def notices(speaker: Speaker) -> tuple[str, ...]:
    """What of the charter is in English, and what was translated from other English than it has now."""
    found = []
    if speaker.missing:
        found.append(f"{_summary(speaker.missing)} in English.")
    if speaker.stale:
        found.append(f"{_summary(speaker.stale)} translated from other English than the charter has now.")
    return tuple(found)


def _summary(texts: Sequence[Spoken]) -> str:
    """What is said of texts of the charter: of many of one kind, how many. "40 aspects and their details are"."""
    known = dict.fromkeys(texts)
    aspects = sum(text.kind == "aspect" for text in known)
    details = sum(text.kind == "detail" for text in known)
    guidance = sum(text.kind == "guidance" for text in known)
    parts = [text.name for text in known if not text.kind]
    counted = []
    if aspects:
        counted.append(f"{aspects} {plural(aspects, 'aspect')}")
    if details and details == aspects:
        counted.append(plural(aspects, "its detail", "their details"))
    elif details:
        counted.append(f"the details of {details} {plural(details, 'aspect')}")
    if guidance:
        counted.append(f"{guidance} {plural(guidance, 'text')} of guidance")
    counted += parts[:3] if len(parts) <= 4 else [*parts[:3], f"{len(parts) - 3} more"]  # noqa: PLR2004 - as many as read well
    counted += parts[3:4] if len(parts) == 4 else []  # noqa: PLR2004 - the same
    sentence = joined(counted)
    are = "is" if len(counted) == 1 and (aspects == 1 or guidance == 1 or parts) and not details else "are"
    return f"{sentence[:1].upper()}{sentence[1:]} {are}"
