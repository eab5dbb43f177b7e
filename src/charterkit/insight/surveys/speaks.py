"""Which aspects a question speaks to: as the last survey said, else as its words propose."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from charterkit.model.base import slug
from charterkit.model.charter import Charter
from charterkit.model.survey import Question, Survey

_LIKELY = 0.3
"""How alike a question and an aspect have to be, from 0 to 1, to be proposed. Of the example schools' 16
questions, whose aspects were chosen by hand, 6 get a proposal at this mark, each one that was chosen too; at 0.2 half
would be wrong."""
_COMMON = frozenset(
    [
        "a",
        "about",
        "all",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "child",
        "children",
        "do",
        "does",
        "for",
        "from",
        "get",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "its",
        "know",
        "like",
        "me",
        "my",
        "of",
        "on",
        "or",
        "our",
        "school",
        "schools",
        "so",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "us",
        "was",
        "we",
        "what",
        "when",
        "which",
        "who",
        "with",
        "would",
        "you",
        "your",
    ]
)


def asked_before(text: str, earlier: Sequence[Survey]) -> Question | None:
    """The same question in an earlier survey, the newest first; None where none asked it."""
    said = slug(text)
    return next((each for survey in earlier for each in survey.questions if slug(each.text) == said), None)


def proposed(text: str, charter: Charter) -> tuple[str, ...]:
    """The one aspect whose sentence is most like a question; none where none is."""
    weights = _weights(tuple(aspect.text for aspect in charter.aspects.values()))
    words = _words(text)
    scores = {name: _alike(words, _words(aspect.text), weights) for name, aspect in charter.aspects.items()}
    best = max(scores, key=lambda name: scores[name], default="")
    return (best,) if best and scores[best] >= _LIKELY else ()


@lru_cache(maxsize=8)
def _weights(sentences: tuple[str, ...]) -> dict[str, float]:
    """What a word tells: the more, the fewer sentences have it."""
    found = Counter(word for sentence in sentences for word in _words(sentence))
    return {word: math.log(1 + len(sentences) / many) for word, many in found.items()}


def _words(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in re.findall(r"[a-z]+", text.lower()) if word not in _COMMON)


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2:  # noqa: PLR2004 - a stem of three letters
            return word.removesuffix(ending)
    return word


def _alike(one_side: Iterable[str], other: Iterable[str], weights: dict[str, float]) -> float:
    """The weight of the words they share against all of both."""
    first, second = set(one_side), set(other)
    unknown = math.log(1 + len(weights))
    if len(first & second) < 2:  # noqa: PLR2004 - one word alone is chance
        return 0.0
    both = sum(weights.get(word, unknown) for word in first & second)
    sizes = [sum(weights.get(word, unknown / 2) for word in words) for words in (first, second)]
    return both / math.sqrt(sizes[0] * sizes[1]) if all(sizes) else 0.0
