"""The bodies that approve policies, by the words that people write for them on the command line and in registers."""

from collections.abc import Mapping

from charterkit.choices import Approver

BODIES: Mapping[Approver, tuple[str, ...]] = {
    "full-governing-body": (
        "full governing body",
        "full governing board",
        "governing body",
        "governing board",
        "full governors",
        "governors",
        "fgb",
        "gb",
        "full gb",
        "board of governors",
        "local governing body",
        "local governing board",
        "lgb",
        "local governing committee",
        "lgc",
        "management committee",
        "full board",
    ),
    "individual-governor": (
        "individual governor",
        "link governor",
        "a governor",
        "governor",
        "chair",
        "chair of governors",
        "chair of gb",
        "cog",
        "safeguarding governor",
        "named governor",
    ),
    "headteacher": (
        "headteacher",
        "head teacher",
        "head",
        "the head",
        "ht",
        "principal",
        "executive headteacher",
        "executive head",
        "head of school",
        "executive principal",
    ),
    "trustees": (
        "trustees",
        "trust",
        "trust board",
        "board of trustees",
        "the trust",
        "trustee board",
        "mat board",
        "directors",
        "board of directors",
        "trust trustees",
    ),
    "proprietor": ("proprietor", "the proprietor"),
    "local-authority": ("local authority", "la", "the la", "council", "county council"),
    "committee": (
        "committee",
        "committee of the governing body",
        "governors committee",
        "a committee",
        "sub committee",
    ),
}
"""Each body, and the words for it; ours, from no list."""
