"""A rule's docstring taken apart: the one place that knows how it is written."""

import inspect
import re

from charterkit.choices import Severity
from charterkit.records import dataclass
from charterkit.rules.base import Rule
from charterkit.text.docstrings import docstring

PARTS = ("Why", "Bad", "Good", "Mend")
_PART = re.compile(rf"^({'|'.join(PARTS)}):[ \t]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Documentation:
    """What is said about a rule. `bad` and `good` keep their lines; the others are sentences on one line."""

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    bad: str
    good: str
    mend: str


def documentation(rule: Rule) -> Documentation:
    """A rule's documentation. Raises ValueError where a part is missing, empty or there twice."""
    text = docstring(type(rule))
    summary, *rest = _PART.split(text)
    parts = dict(zip(rest[::2], rest[1::2], strict=True))
    missing = [part for part in PARTS if not parts.get(part, "").strip()]
    if missing or not summary.strip() or len(rest) != 2 * len(PARTS):
        raise ValueError(f"{rule.code}: the docstring needs a sentence and each once: {', '.join(PARTS)}")
    return Documentation(
        rule.code,
        rule.name,
        rule.severity,
        _sentence(summary),
        _sentence(parts["Why"]),
        _sample(parts["Bad"]),
        _sample(parts["Good"]),
        _sentence(parts["Mend"]),
    )


def _sentence(text: str) -> str:
    """Its lines joined, with a capital and a full stop."""
    joined = " ".join(text.split())
    return f"{joined[0].upper()}{joined[1:]}{'' if joined.endswith(('.', '!', '?')) else '.'}"


def _sample(text: str) -> str:
    """Its lines as they stand, without the indentation that the docstring gives them."""
    first, _, rest = text.partition("\n")
    below = inspect.cleandoc(f"\n{rest}") if rest.strip() else ""
    return "\n".join(part for part in (first.strip(), below) if part)
