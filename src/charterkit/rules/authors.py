"""CK729 to CK731: what an author of a charter wants to know before anybody prints it or rates by it."""

import re
from collections.abc import Iterator

from charterkit.choices import Severity
from charterkit.findings import Code
from charterkit.insight.evaluations.naming import plain_word
from charterkit.insight.poster_points import MOST, poster_lists
from charterkit.model.scale import MOST as MOST_LEVELS
from charterkit.model.scale import Level
from charterkit.rules.base import Report, Rule, is_said, position
from charterkit.rules.context import Context
from charterkit.text.safe import shown

COMMAND_WORDS = frozenset(
    {
        *("not applicable", "not", "key", "key point not applicable", "note", "idea", "action", "action to take"),
        *("evidence", "focus", "focus group", "change", "remove", "take", "take back", "undo", "skip", "next", "back"),
        *("jump", "help", "stop", "quit", "exit"),
    }
)
"""What the guided evaluation does when somebody types it; a test holds that none is missing."""
_MOST_WORDS, _MOST_LETTERS = 6, 40


class NoPoster(Rule):
    """A charter has more key points than a poster can list, and no parts that it could list instead.

    Why: whoever prints it finds out late.
    Bad: 31 key points without `part`
    Good: 31 key points under five parts; or 30 key points
    Mend: give each key point a `part`, and the poster lists the parts. Or leave it: everything else is made.
    """

    code = Code.NO_POSTER
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """Every charter with key points."""
        for document, charter in context.charters:
            if not charter.key_points or is_said(document, "key_points") or poster_lists(charter):
                continue
            count = len(charter.key_points)
            message = f"there will be no poster: it lists at most {MOST} key points, or parts, and these are {count}"
            remedy = "Give each key point a 'part', such as part: Leadership, and the poster lists those."
            yield document, self.problem(message, remedy, "key_points", on_key=True)


class LabelInSentences(Rule):
    """A level's label cannot be read out in a sentence: it has a comma or a full stop, or is a sentence itself.

    Why: reports say "ten at Red and three at Amber", and "an aspect counts as met at Green".
    Bad: label: Yes, all of it.
    Good: label: All of it, with meaning: Every class does it
    Mend: make the label a word or two, and say the rest in `meaning`.
    """

    code = Code.LABEL_IN_SENTENCES
    severity = Severity.INFO

    def check(self, context: Context) -> Iterator[Report]:
        """Every charter's scale; one of too many levels is another finding."""
        for document, charter in context.charters:
            for number, level in enumerate(charter.scale if len(charter.scale) <= MOST_LEVELS else ()):
                if why := _unreadable(level.label):
                    at = ("scale", position(document, ("scale",), number), "label")
                    message = f"'{shown(level.label)}' {why}: a sentence such as “ten at {shown(level.label)}” stumbles"
                    yield document, self.problem(message, "Shorten it, and say the rest in 'meaning'.", *at)


def _unreadable(label: str) -> str:
    """Why a label does not fit into a sentence; empty where it does."""
    if re.search(r"[,;]", label):
        return "has a comma or semicolon"
    if re.search(r"[.!?:]\s*$|[.!?]\s", label):
        return "is written as a sentence"
    if len(label.split()) > _MOST_WORDS or len(label) > _MOST_LETTERS:
        return f"is longer than {_MOST_WORDS} words or {_MOST_LETTERS} letters"
    return ""


class WordOfCommand(Rule):
    """A level is called as a command of the guided evaluation is.

    Why: somebody who types `skip` means to skip, and gets a rating.
    Bad: {id: skip, label: Skip}
    Good: {id: left-out, label: Left out}
    Mend: choose another id and label.
    """

    code = Code.WORD_OF_COMMAND
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterator[Report]:
        """Every charter's scale; one of too many levels is another finding."""
        for document, charter in context.charters:
            for number, level in enumerate(charter.scale if len(charter.scale) <= MOST_LEVELS else ()):
                at = ("scale", position(document, ("scale",), number), "id")
                if (word := _command(level)) and not is_said(document, *at):
                    message = f"'{shown(word)}' is this level, and a command of the guided evaluation"
                    yield document, self.problem(message, "Choose another id and label.", *at)


def _command(level: Level) -> str:
    return next((word for word in (plain_word(level.label), level.id) if word in COMMAND_WORDS), "")
