"""What means "cannot go on": four kinds of one exception. A person's mistake in a file is a Finding, not an exception.

An error is data: a code and facts, which a program can act on. Its sentences for people are made in `sentences`.
"""

from typing import Any

from charterkit.sentences import said


class CharterkitError(Exception):
    """Something that has to change before the command can go on; the command line prints it, and exits with 2.

    `code` names what it is, `facts` what it is about; `message` says what is wrong, `hint` what to do about it.
    """

    code = ""
    facts: dict[str, Any] = {}  # noqa: RUF012 - goes with the old form

    def __init__(self, message: str, hint: str = "") -> None:
        """The old form, until every room raises a kind."""
        super().__init__(message)
        self.message, self.hint = message, hint


class _Kind(CharterkitError):  # noqa: N818 - goes with the old form
    def __init__(self, code: str, /, **facts: object) -> None:
        """Make the sentences. Raises KeyError for a code without one, or a fact that its sentence needs."""
        self.code = code
        self.facts = facts
        super().__init__(*said(code, facts))

    def __reduce__(self) -> tuple[object, ...]:
        """What another process makes it anew from."""
        return _again, (type(self), self.code, self.facts)


class NotThere(_Kind):
    """What was named is not there: a school, a cycle, a file, a rule."""


class Conflict(_Kind):
    """Something is there that stands against it: changed by somebody else meanwhile, taken, or being written."""


class Refused(_Kind):
    """What was asked for is not done: a call, an answer or a file is wrong, or a place is not to be written to."""


class Missing(_Kind):
    """What it takes is not there yet: a package, a rating, a date, a part of a file that can be read."""


def _again(kind: type[_Kind], code: str, facts: dict[str, Any]) -> CharterkitError:
    return kind(code, **facts)
