"""Notes, a line for all that one rule found: nobody need mend them, and many of them would hide what matters."""

from collections import Counter
from collections.abc import Iterable, Iterator

from charterkit.findings import Code, Finding
from charterkit.text.english import figures, plural

_SAID = {
    Code.BARE_RATING: (
        "note of aspects rated as met without a note or evidence",
        "notes of aspects rated as met without a note or evidence",
    ),
    Code.ACTION_WITHOUT_DATE: ("open action has no due date", "open actions have no due date"),
    Code.NO_FREQUENCY: (
        "promise says no date that somebody could keep",
        "promises say no date that somebody could keep",
    ),
    Code.WHEN_NOT_UNDERSTOOD: (
        "promise says when in words that are not understood",
        "promises say when in words that are not understood",
    ),
    Code.NO_FIRST_DATE: ("promise does not say from when", "promises do not say from when"),
    Code.BROKEN_RELATED: (
        "policy that is named as related is not here",
        "policies that are named as related are not here",
    ),
}
"""What a rule's notes say when they are counted; of another rule its name is said."""


def note_lines(notes: Iterable[Finding]) -> Iterator[str]:
    """A sentence for each rule, the one with the most notes first."""
    for code, count in Counter(finding.code for finding in notes).most_common():
        word = Code(code)
        said = _SAID.get(word, (f"note of the rule {word.word}", f"notes of the rule {word.word}"))
        yield f"{figures(count, *said)} ({code}): --notes lists {plural(count, 'it', 'them')}."
