"""The comments of a file: where they stand is no matter here, only that none is lost when its text is made anew."""

import re
from collections import Counter

from charterkit.files.yaml.marks import Mark, marks

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[^\r\n]*", re.MULTILINE)


def comments(text: str) -> list[str]:
    """Every comment of a text, with its #, in their order."""
    found = marks(text)
    held = [mark for mark in found.values() if mark.kind == "scalar"]
    held += [mark.key for mark in found.values() if mark.key]
    pieces, done = [], 0
    for start, end in sorted(_words(text, mark) for mark in held):
        if start >= done:
            pieces += [text[done:start], "\0" * (end - start)]
            done = end
    return [comment.rstrip() for comment in _COMMENT.findall("".join([*pieces, text[done:]]))]


def with_comments_of(text: str, before: str) -> str:
    """A text with those comments of an earlier one behind it that it lacks."""
    if "#" not in before:
        return text
    lost = Counter(comments(before)) - Counter(comments(text))
    if not lost:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    start = text if text.endswith("\n") else text + end
    return start + "".join(f"{comment}{end}" for comment in lost.elements())


def _words(text: str, mark: Mark) -> tuple[int, int]:
    """From where to where a scalar's own words reach: a comment may stand behind the | of a block."""
    if mark.style in ("|", ">"):
        head = text.find("\n", mark.start, mark.end)
        return (mark.end, mark.end) if head < 0 else (head, mark.end)
    return mark.start, mark.end
