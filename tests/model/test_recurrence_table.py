"""What the table of words looks for first stands in everything that its expression finds."""

from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]  # how Python reads an expression: nothing else does exactly
from typing import Any

import pytest

from charterkit.model.recurrences import _KNOWN, _SOUGHT


def musts(parsed: Any) -> Iterator[set[str]]:
    """Sets of words; of each set one stands in whatever the expression finds."""
    run = ""
    for kind, value in parsed:
        if str(kind) == "LITERAL":
            run += chr(value)
            continue
        if run:
            yield {run}
        run = ""
        match str(kind):
            case "SUBPATTERN":
                yield from musts(value[3])
            case "ASSERT":
                yield from musts(value[1])
            case "MAX_REPEAT" if value[0]:
                yield from musts(value[2])
            case "BRANCH":
                each = [list(musts(way)) for way in value[1]]
                for least in range(max(map(len, each))):
                    yield set().union(*(way[min(least, len(way) - 1)] if way else {""} for way in each))
    if run:
        yield {run}


@pytest.mark.parametrize(
    ("needs", "pattern"),
    [(needs, pattern) for needs, pattern, _ in _SOUGHT] + [(needs, pattern) for _, needs, pattern in _KNOWN],
)
def test_what_is_looked_for_first_stands_in_what_is_found(needs: tuple[str, ...], pattern: str) -> None:
    sets = [{""}, *musts(_parser.parse(pattern))]
    assert any(all(any(need in word for need in needs) for word in words) for words in sets)


@pytest.mark.parametrize(("pattern", "words"), [("(?:a|bc)d?", {"a", "bc"}), ("ab(?=c)x*", {"ab"}), ("[ab]", set())])
def test_words_that_an_expression_must_find(pattern: str, words: set[str]) -> None:
    found = list(musts(_parser.parse(pattern)))
    assert (words in found) if words else found == []
