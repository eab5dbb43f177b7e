"""Comments that silence a rule: `# charterkit: ignore[CK412] agreed by governors`.

On a line with something else it covers that line, and the whole text that a `|` or `>` there begins; on a line of its
own the next entry, with all that belongs to it.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import field
from itertools import accumulate, islice

from charterkit.files.yaml.marks import Mark, marks
from charterkit.files.yaml.subset import MOST_SAID
from charterkit.findings import UNSILENCED, Code, Problem, TreePath
from charterkit.model.base import nearest
from charterkit.records import dataclass
from charterkit.text.safe import shown

Placed = tuple[Problem, int, int]
"""A problem with its line and column."""

MOST_COMMENTS = 500
"""Comments of one file that are read; those behind them silence nothing."""
MOST_CODES = 20
"""Codes of one comment that are read."""
_MENTION = re.compile(rb"charterkit:[ \t]*ignore")
_COMMENT = re.compile(r"#[ \t]*+charterkit:[ \t]*+ignore\b[ \t]*+(?:\[([^\]\n]*)\])?([^\n]*)")
_FORM = "Write '# charterkit: ignore[CK412] the reason'."


@dataclass(slots=True)
class _Comment:
    """One such comment: where it stands, the lines it covers, and the codes that it silences; True once one did."""

    line: int
    column: int
    first: int
    last: int
    codes: dict[str, bool] = field(default_factory=dict)


def is_mentioned(data: bytes) -> bool:
    """Whether a file may hold such a comment; nearly none does, and this is quick."""
    return b"charterkit:" in data and _MENTION.search(data) is not None


def suppressed(
    text: str, found: Sequence[Placed], known: Collection[str], has_run: Callable[[str], bool]
) -> list[Placed]:
    """What is left of a file's problems, and what is wrong with the comments themselves.

    `has_run` says whether a rule was looked at: a comment for one that was not cannot be called unused.
    """
    comments, wrong = _comments(text, known)
    kept = [each for each in found if not _is_covered(each, comments)]
    if any(problem.code.startswith(UNSILENCED) for problem, _, _ in found):
        return [*kept, *wrong]  # what cannot be read hides from the rules: nothing is known to be unused
    for comment in comments:
        for code, was_used in comment.codes.items():
            if not was_used and has_run(code):
                message = f"{code} finds nothing here that this comment could silence"
                remedy = "Delete the code, or the comment."
                wrong.append(_placed(Code.UNUSED_IGNORE, message, remedy, comment.line, comment.column))
    return [*kept, *wrong]


def written(text: str) -> Iterator[str]:
    """The words of every such comment of a file, whether or not it silences anything."""
    return (found[0].strip() for found in _Page(text).written())


def _is_covered(found: Placed, comments: Sequence[_Comment]) -> bool:
    problem, line, _ = found
    covering = [
        comment for comment in comments if comment.first <= line <= comment.last and problem.code in comment.codes
    ]
    for comment in covering:
        comment.codes[problem.code] = True
    return bool(covering)


def _placed(code: Code, message: str, remedy: str, line: int, column: int) -> Placed:
    return Problem(code, message, remedy, line=line, column=column), line, column


def _comments(text: str, known: Collection[str]) -> tuple[list[_Comment], list[Placed]]:
    page = _Page(text)
    comments: list[_Comment] = []
    wrong: list[Placed] = []
    for written in islice(page.written(), MOST_COMMENTS):
        line, column = page.place(written.start())
        codes = [code.strip() for code in (written[1] or "").split(",", MOST_CODES)[:MOST_CODES] if code.strip()]
        says_why = re.search(r"\w", written[2]) is not None
        if not says_why:
            message = "this comment does not say why, so it silences nothing"
            remedy = "Write the reason behind the bracket."
            wrong.append(_placed(Code.IGNORE_WITHOUT_REASON, message, remedy, line, column))
        if not codes:
            wrong.append(_placed(Code.BAD_IGNORE, "this comment names no rule", _FORM, line, column))
        unfit = {code: why for code in codes if (why := _unfit(code, known, may_guess=len(wrong) < MOST_SAID))}
        wrong += [_placed(Code.BAD_IGNORE, *why, line, column) for why in unfit.values()]
        usable = [code for code in codes if code not in unfit]
        if usable and says_why:
            first, last = page.covered(line, column)
            comments.append(_Comment(line, column, first, last, dict.fromkeys(usable, False)))
    return comments, wrong


def _unfit(code: str, known: Collection[str], *, may_guess: bool) -> tuple[str, str] | None:
    if code.startswith(UNSILENCED) and code in known:
        return f"{code} cannot be silenced", "Mend what it names."
    if code not in known:
        guess = nearest(code.upper(), known) if may_guess else ""
        return f"there is no rule '{shown(code)}'", f"Did you mean {guess}?" if guess else _FORM
    return None


class _Page:
    """A text by lines, numbered from 1, and where its entries begin and end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self.spans: list[tuple[int, int]] = []
        """From where to where a `#` is part of a text; a block text begins below its `|`, behind which one may be."""
        self.last_of_entry: dict[int, int] = {}
        """By the line an entry begins on, the line it ends on; of several, the longest."""
        self.last_of_block: dict[int, int] = {}
        self.following = 0
        """The line of the next entry after the last comment that stood alone."""
        for way, mark in marks(text).items():
            self.note(way, mark)
        self.spans.sort()

    def note(self, way: TreePath, mark: Mark) -> None:
        last = self.place(mark.end)[0]
        if way:
            first = (mark.key or mark).line
            self.last_of_entry[first] = max(last, self.last_of_entry.get(first, first))
        if mark.key is not None:
            self.spans.append((mark.key.start, mark.key.end))
        if mark.kind == "scalar":
            start = mark.start
            if mark.style in ("|", ">"):
                start = min(self.starts[mark.line], mark.end)
                self.last_of_block[mark.line] = last
            self.spans.append((start, mark.end))

    def place(self, index: int) -> tuple[int, int]:
        """Line and column of a character."""
        line = min(bisect_right(self.starts, index), len(self.lines))
        return line, index - self.starts[line - 1] + 1

    def written(self) -> Iterator[re.Match[str]]:
        """The comments of a file that can be read as YAML."""
        for found in _COMMENT.finditer(self.text) if self.last_of_entry else ():
            number = bisect_right(self.spans, (found.start(), len(self.text))) - 1
            is_text = number >= 0 and found.start() < self.spans[number][1]
            if not is_text and self.text[found.start() - 1 : found.start()] in ("", " ", "\t", "\n"):
                yield found

    def covered(self, line: int, column: int) -> tuple[int, int]:
        """The first and last line that a comment covers."""
        if self.lines[line - 1][: column - 1].strip():
            return line, self.last_of_block.get(line, line)
        if not line < self.following:  # else the comment above has looked already
            self.following = line + 1
            while self.following <= len(self.lines) and self.lines[self.following - 1].lstrip()[:1] in ("", "#"):
                self.following += 1
        return self.following, self.last_of_entry.get(self.following, self.following)
