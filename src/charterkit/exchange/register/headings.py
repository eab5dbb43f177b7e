"""The headings of other people's registers, as data."""

import re
from functools import lru_cache

FIELDS = {
    "title": "its title",
    "id": "its id",
    "school": "the school",
    "owner": "who looks after it",
    "role": "the owner’s role",
    "email": "the owner’s email address",
    "approver": "who approves it",
    "committee": "the committee that approves it",
    "statutory": "whether the law requires it",
    "every": "how often it is reviewed",
    "last_review": "when it was last reviewed",
    "approved": "when it was approved",
    "ratified": "when it was ratified",
    "issued": "when it was issued",
    "by": "who reviewed it",
    "next_review": "when it is reviewed next",
    "version": "its version",
    "address": "where it can be read",
    "status": "its status",
    "archived": "when it was archived",
    "note": "notes",
    "-": "left out",
}
"""What a column may be, by the word that `--map` has for it, and what is said of it."""
DATED = ("last_review", "approved", "ratified", "issued", "archived")
"""Columns with the date of something that happened."""
WORKED_OUT = "charterkit works it out"
_NOT_TAKEN = {
    "it counts the rows": (
        "no",
        "number",
        "policy no",
        "policy number",
        "ref",
        "reference",
        "ref no",
        "nr",
        "code",
        "#",
    ),
    "a governor who keeps an eye on it is none of what is kept": ("link governor", "lead governor", "governor lead"),
    WORKED_OUT: ("state", "next review from", "last review was", "applies to", "members adopted", "review state"),
}
"""Columns that are known and are not taken in, by why not."""
_HEADINGS: dict[str, tuple[str, ...]] = {
    "id": ("id", "policy id", "slug"),
    "school": ("school", "academy", "setting", "site", "school academy", "school name"),
    "title": (
        "policy",
        "policy name",
        "policy title",
        "title",
        "name",
        "document",
        "document name",
        "document title",
        "policy document",
        "policy or document",
        "policy procedure",
        "procedure",
        "item",
    ),
    "role": ("role", "post", "job title", "owner role", "owner s role", "role owner"),
    "email": ("email", "owner email", "owner s email", "email address", "owner s email address"),
    "by": ("reviewed by", "last reviewed by", "last review by"),
    "last_review": (
        "last review",
        "last reviewed",
        "reviewed",
        "date last review",
        "date reviewed",
        "reviewed on",
        "review date last",
        "date last reviewed",
        "previous review",
        "review completed",
        "most recent review",
        "review",
        "review date",
        "last review approval",
        "last updated",
        "updated",
    ),
    "ratified": ("ratified", "date ratified", "ratified on", "ratification", "ratification date"),
    "approved": (
        "approved",
        "date approved",
        "approved on",
        "approval",
        "approval date",
        "last approved",
        "date last approved",
        "last approval",
        "adopted",
        "date adopted",
        "adopted on",
        "adoption",
        "date agreed",
        "agreed",
        "agreed on",
        "date adoption",
    ),
    "issued": ("issued", "date issued", "issue date", "issued on", "date issue", "in force since", "effective from"),
    "archived": (
        "archived",
        "archived on",
        "date archived",
        "withdrawn",
        "withdrawn on",
        "date withdrawn",
        "superseded",
    ),
    "every": (
        "frequency",
        "review frequency",
        "frequency review",
        "cycle",
        "review cycle",
        "how often",
        "how often reviewed",
        "review period",
        "period",
        "interval",
        "review interval",
        "reviewed every",
        "review every",
        "every",
        "timescale",
        "review timescale",
        "review schedule",
        "renewal period",
        "years between reviews",
        "review",
    ),
    "next_review": (
        "next review",
        "next reviewed",
        "next",
        "due",
        "next due",
        "due date",
        "date due",
        "review due",
        "due review",
        "review date",
        "next review date",
        "date next review",
        "next review due",
        "to be reviewed",
        "review by",
        "expiry",
        "expires",
        "expiry date",
        "renewal",
        "renewal date",
        "review",
    ),
    "committee": ("committee name", "name committee", "which committee", "approver name"),
    "approver": (
        "approver",
        "approved by",
        "approval by",
        "approving body",
        "committee",
        "responsible committee",
        "governors committee",
        "governor committee",
        "committee responsible",
        "ratified by",
        "adopted by",
        "agreed by",
        "signed off by",
        "sign off",
        "approval level",
        "level approval",
        "approval",
        "approved",
        "body",
        "delegated to",
        "governors",
    ),
    "owner": (
        "owner",
        "policy owner",
        "lead",
        "policy lead",
        "slt lead",
        "slt",
        "slt link",
        "smt lead",
        "staff lead",
        "lead person",
        "lead member staff",
        "responsible",
        "responsibility",
        "person responsible",
        "responsible person",
        "staff responsible",
        "who responsible",
        "author",
        "who",
        "person",
        "named person",
        "staff",
        "staff member",
        "member staff",
        "reviewer",
        "name",
    ),
    "statutory": (
        "statutory",
        "stat",
        "statutory policy",
        "is statutory",
        "statutory y n",
        "statutory yes no",
        "statutory non statutory",
        "required by law",
        "legal requirement",
        "legally required",
        "mandatory",
        "compulsory",
        "required",
        "status",
        "type",
        "category",
    ),
    "version": (
        "version",
        "ver",
        "v",
        "version no",
        "version number",
        "issue",
        "issue no",
        "issue number",
        "edition",
        "revision",
    ),
    "address": (
        "link",
        "url",
        "web link",
        "weblink",
        "hyperlink",
        "website",
        "website link",
        "web",
        "on website",
        "website y n",
        "online",
        "address",
        "web address",
        "published",
        "published on website",
        "location",
        "where",
    ),
    "status": ("status", "policy status", "live"),
    "note": (
        "notes",
        "note",
        "comments",
        "comment",
        "remarks",
        "further information",
        "additional information",
        "actions",
    ),
}
"""Headings as words, in any order; where a heading is in several lists, what stands below it decides."""
_NOISE = frozenset({"the", "a", "an", "of", "on", "for", "to", "in", "our", "is", "and", "be"})
WORD = re.compile(r"[^\W_]+|#")


def heading_words(text: str) -> frozenset[str]:
    """A heading as a set of small words, without those that say nothing."""
    said = frozenset(WORD.findall(text.casefold().replace("e-mail", "email").replace("policies", "policy")))
    return (said - _NOISE) or said


_PHRASES = [(heading_words(text), name) for name, texts in _HEADINGS.items() for text in texts]
_OTHERS = [(heading_words(text), why) for why, texts in _NOT_TAKEN.items() for text in texts]


@lru_cache(maxsize=1024)
def candidates(heading: str) -> tuple[tuple[str, int], ...]:
    """What a heading may mean, what fits best first, each with how well: twice the words, one more where it is all."""
    words = heading_words(heading)
    best: dict[str, int] = {}
    for phrase, name in _PHRASES:
        if phrase <= words:
            best[name] = max(best.get(name, 0), 2 * len(phrase) + (len(phrase) == len(words)))
    if len(words) > 1 and best.get("title") == 2 and len(best) > 1:  # noqa: PLR2004 - "Policy owner": its one word
        del best["title"]
    return tuple(sorted(best.items(), key=lambda each: -each[1]))


def not_taken(heading: str) -> str:
    """Why a column of this heading is known and not taken in; empty for every other one."""
    words = heading_words(heading)
    return next((why for phrase, why in _OTHERS if phrase == words), "")
