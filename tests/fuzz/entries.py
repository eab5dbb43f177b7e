"""What must hold of entries that a change of a file did not touch: each means what it meant, or cannot be read."""

from charterkit.files.load import load
from charterkit.files.yaml.marks import marks
from charterkit.files.yaml.reader import decode
from charterkit.findings import Code
from charterkit.model.evaluation import Evaluation


def spans(text: str) -> dict[str, str]:
    """By aspect the lines of its entry, with the first line of what comes next."""
    found = marks(text)
    keys = sorted(
        (mark.key.line, at[1]) for at, mark in found.items() if len(at) == 2 and at[0] == "ratings" and mark.key
    )
    if not keys or found["ratings",].flow:
        return {}
    lines = text.split("\n")
    ends = [line for line, _ in keys[1:]] + [_end(lines, keys[-1][0])]
    return {str(name): "\n".join(lines[start - 1 : end]) for (start, name), end in zip(keys, ends, strict=True)}


def _end(lines: list[str], line: int) -> int:
    """The number of the first line after one that begins at the margin."""
    following = (n for n in range(line, len(lines)) if lines[n].strip() and not lines[n].startswith((" ", "#", "\t")))
    return next(following, len(lines)) + 1


def assert_untouched_are_kept(before: bytes, after: bytes) -> None:
    """Of an evaluation before and after some change."""
    old, new = load(Evaluation, before).model, load(Evaluation, after)
    text, unfit = decode(after)
    if old is None or unfit or new.model is None or "ratings" in new.broken:
        return
    lost = {str(name) for name in new.unreadable_in("ratings")}
    is_recovered = any(problem.code in (Code.SYNTAX, Code.TAB) for problem in new.problems)
    for name, span in spans(decode(before)[0]).items():
        if name in old.ratings and _holds(text, span) and (is_recovered or not new.problems):
            is_same = name in lost or new.model.ratings.get(name) == old.ratings[name]
            assert is_same, (name, after)


def _holds(text: str, span: str) -> bool:
    """Whether a text has these lines as they are; a file's last ones only at its end."""
    is_end = span.endswith("\n") or "\n" not in span
    return f"\n{text}".endswith(f"\n{span}") if is_end else f"\n{span}" in f"\n{text}"
