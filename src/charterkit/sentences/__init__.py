"""The sentences of every error, in one place: by its code, what is wrong and what to do about it.

A sentence names its facts in braces. `{known:or}` is a list as "red, amber or green", `{known:list}` as "red, amber,
green", `{known:some}` the first few of it; `{name:shown}` and `{path:long}` are people's own words, made fit for one line.
"""

from collections.abc import Callable, Mapping, Sequence
from string import Formatter
from typing import Any

from charterkit.sentences import (
    browser,
    calls,
    clusters,
    credentials,
    documents,
    evaluations,
    evidence,
    files,
    policies,
    registers,
    surveys,
    visits,
)
from charterkit.text.english import alternatives
from charterkit.text.safe import shown

Table = Mapping[str, tuple[str, ...]]
"""By code: what is wrong, then what can be done, best first. The first remedy is said whose facts are all there."""

ROOMS = (
    browser,
    calls,
    clusters,
    files,
    evaluations,
    evidence,
    policies,
    registers,
    documents,
    surveys,
    visits,
    credentials,
)
SENTENCES: Table = {code: said for room in ROOMS for code, said in room.SENTENCES.items()}


def said(code: str, facts: Mapping[str, object]) -> tuple[str, str]:
    """An error's two sentences; the second is empty where there is nothing to do about it."""
    message, *hints = SENTENCES[code]
    return _WORDS.vformat(message, (), facts), _best(hints, facts)


def said_in_page(code: str, facts: Mapping[str, object]) -> str:
    """An error's first sentence for somebody in the page in the browser, where there are no options."""
    return _WORDS.vformat(browser.SAID_IN_PAGE.get(code) or SENTENCES[code][0], (), facts)


def hint_in_page(code: str, facts: Mapping[str, object]) -> str:
    """An error's second sentence for somebody in the page in the browser: what to press there, as far as that does it."""
    return _best(browser.IN_PAGE.get(code) or SENTENCES[code][1:], facts)


def _best(hints: Sequence[str], facts: Mapping[str, object]) -> str:
    """The first whose facts are all there."""
    fit = (hint for hint in hints if all(facts.get(name) not in (None, "", (), []) for name in fields(hint)))
    return _WORDS.vformat(next(fit, ""), (), facts)


def fields(sentence: str) -> set[str]:
    """The facts that a sentence names."""
    return {name for _, name, _, _ in _WORDS.parse(sentence) if name}


class _Words(Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        form = _FORMS.get(format_spec)
        return str(form(value)) if form else str(super().format_field(value, format_spec))


def _some(words: Sequence[str], most: int = 12) -> str:
    rest = len(words) - most
    return ", ".join(words[:most]) + (f" and {rest} more" if rest > 0 else "")


_FORMS: dict[str, Callable[[Any], str]] = {
    "or": alternatives,
    "list": ", ".join,
    "some": _some,
    "shown": shown,
    "long": lambda value: shown(value, 200),
}
_WORDS = _Words()
