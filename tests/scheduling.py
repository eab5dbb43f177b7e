"""Which worker runs what: tests that share what takes long to make go to one, every other to whichever is free.

pytest-xdist has groups for this, but 3.8 does not see them under pytest 9.2, which no longer lets a test's id be changed.
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = (
    ("tests/browser/",),
    (
        "tests/test_architecture.py",
        "tests/test_choices.py::test_no_choice_stands_a_second_time",
        "tests/test_expressions.py",
        "tests/test_sentences.py",
        "tests/files/test_git.py::test_nothing_else_starts_programs",
        "tests/rules/test_codes.py::test_no_code_is_written_out",
        "tests/text/test_safe.py::test_dangerous_characters_are_listed_nowhere_else",
    ),
)
"""The browser and its pages; the package's code as trees (tests/sources.py)."""


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]  # it says nothing of types
    """The largest lot goes first, so that the other worker has all the rest meanwhile."""

    def _split_scope(self, nodeid: str) -> str:
        return next((lot[0] for lot in TOGETHER if nodeid.startswith(lot)), nodeid)
