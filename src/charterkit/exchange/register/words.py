"""The words of other people's registers for bodies, posts and what stands in a cell, as data."""

import re

from charterkit.exchange.register.headings import WORD
from charterkit.insight.policies.bodies import BODIES

# -- bodies

BODY_OF = {" ".join(WORD.findall(text)): body for body, texts in BODIES.items() for text in texts}
_COMMITTEES = frozenset({"committee", "cttee", "ctte", "comm", "subcommittee", "panel"})


def is_committee(text: str) -> bool:
    """Whether a text is the name of one committee: one of its words says so, and nothing parts it."""
    words = words_in(text)
    return (not _COMMITTEES.isdisjoint(words.split()) or "working party" in words) and not set("/;,") & set(text)


def words_in(text: str) -> str:
    """A text as small words with blanks between."""
    return " ".join(WORD.findall(text.casefold()))


# -- people

_POSTS = """
head headteacher deputy assistant principal dsl ddsl sbm senco sendco sencos lead leader manager governor
governors coordinator co-ordinator bursar officer administrator admin office director teacher slt smt clerk
chair business premises site caretaker nurse ceo cfo coo hr dpo finance head's ht dht aht subject curriculum
pastoral inclusion eyfs ks1 ks2 trust team staff safeguarding designated secretary librarian technician
counsellor year
"""
ROLES = frozenset(_POSTS.split())
"""Words of posts, none of which is anybody's name."""


def is_role(text: str) -> bool:
    """Whether somebody is named by what they do."""
    return any(word in ROLES for word in re.findall(r"[\w'-]+", text.casefold()))


# -- rows that are no policies

_TOTAL = re.compile(
    r"(?:grand |sub-?)?(?:totals?|count|sum|number of policies|no\. of policies|policies)\b[^\w]*\d*|key:?|legend:?",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?:[*†•]|n\.?b\.?\b|notes?:|last updated|updated|page \d|printed|prepared by|key\b)", re.IGNORECASE
)
MOST_TITLE = 200
"""Letters of a title; what is longer is a remark."""


def is_total(text: str) -> bool:
    """Whether a row that begins so adds up the others."""
    return _TOTAL.fullmatch(text.strip()) is not None


def is_remark(text: str) -> bool:
    """Whether a row that begins so says something about the table."""
    return len(text) > MOST_TITLE or _REMARK.match(text) is not None


ARCHIVED = ("archived", "archive", "withdrawn", "old", "superseded", "obsolete", "retired", "no longer in use")
"""How sheets, and the status of policies, say that they are out of use."""
STATUSES = {
    "live": ("live", "current", "in force", "active", "approved", "in use", "in date", "final", "adopted", "ratified"),
    "draft": ("draft", "in draft", "new", "being written", "to be written", "in development"),
    "under-review": (
        "under review",
        "in review",
        "being reviewed",
        "with governors",
        "awaiting approval",
        "under consultation",
    ),
    "archived": ARCHIVED,
}
STATUS_OF = {word: status for status, texts in STATUSES.items() for word in texts}
YES = frozenset(
    {"y", "yes", "true", "statutory", "required", "✓", "✔", "√", "☑", "mandatory", "legal requirement", "stat"}
)
NO = frozenset(
    {"n", "no", "false", "non statutory", "non-statutory", "not statutory", "nonstatutory", "not required", "☐"}
)
NO |= frozenset({"recommended", "good practice", "best practice", "optional", "non stat", "✗", "✘"})
TICKS = frozenset({"x", "✓", "✔", "√", "☑", "☒", "•", "●", "y", "yes"})
NOTHING = frozenset(
    {"", "-", "–", "—", "n/a", "na", "none", "nil", "tbc", "tbd", "tba", "?", "not applicable", "unknown"}
)
"""What says that nothing is known."""
