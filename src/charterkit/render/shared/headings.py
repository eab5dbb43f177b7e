"""What stands above and before a charter's aspects: the numbers a framework gives, its parts, examples."""

from charterkit.model.charter import Aspect, Charter, KeyPoint


def with_number(number: str | None, text: str) -> str:
    """A title with the number its framework gives it before it; by itself where it has none."""
    said = " ".join((number or "").split())
    return f"{said} {text}" if said else text


def parts(charter: Charter) -> dict[str, str]:
    """By key point, the part that begins with it; empty where the one before is of the same, or it is of none."""
    found: dict[str, str] = {}
    above = ""
    for point in charter.key_points:
        part = " ".join((point.part or "").split())
        found.setdefault(point.id, "" if part == above else part)
        above = part
    return found


def examples(of: KeyPoint | Aspect) -> tuple[str, ...]:
    """How other schools do it, each with the school's name where it is told."""
    return tuple(f"{example.text} ({example.school})" if example.school else example.text for example in of.examples)
