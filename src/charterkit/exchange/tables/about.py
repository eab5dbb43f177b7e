"""The table about an export itself: of which day, and by which charterkit."""

from datetime import date
from typing import NamedTuple

from charterkit import __version__
from charterkit.exchange.tables.columns import TidyTable, day, flag, public, text, whole

TABLES_VERSION = 1
"""Goes up when a table or a column is taken away or comes to mean something else; new ones leave it as it is."""


class Made(NamedTuple):
    """An export: the day that it acts on, and whether it is the one for everybody."""

    today: date
    is_public: bool


ABOUT = TidyTable(
    "about",
    "This export itself, in one row.",
    ("tables_version",),
    public(
        whole(
            "tables_version",
            lambda _: TABLES_VERSION,
            "",
            "Goes up when a table or a column is taken away or comes to mean something else.",
        ).filled,
        text("charterkit", lambda _: __version__, "", "The version of charterkit that made it.").filled,
        day("as_of", lambda made: made.today, "The day by which it is told what is due or overdue.").filled,
        flag("is_public", lambda made: made.is_public, "", "Whether it holds only what may be published.").filled,
    ),
)
