"""What means "cannot go on": one exception of four kinds. A person's mistake in a file is a Finding, not an exception.

An error is data: a code and facts, which a program can act on. Its sentences for people are made in `sentences`.
"""

from typing import Any


class CharterkitError(Exception):
    """Something that has to change before the command can go on; the command line prints it, and exits with 2.

    `code` names what it is, `facts` what it is about; `message` says what is wrong, `hint` what to do about it. One of
    the four kinds below is raised, never this.
    """

    def __init__(self, code: str, /, **facts: Any) -> None:  # noqa: ANN401 - whatever the sentence needs
        """Make the sentences. Raises KeyError for a code that has none, or a fact that its sentence lacks."""
        self.code = code
        self.facts = facts
        from charterkit.sentences import said  # noqa: PLC0415 - most runs of a command say none

        self.message, self.hint = said(code, facts)
        super().__init__(self.message)

    @property
    def message_in_page(self) -> str:
        """What is wrong, for somebody in the page in the browser: no option is named."""
        from charterkit.sentences import said_in_page  # noqa: PLC0415 - only the page asks for it

        return said_in_page(self.code, self.facts)

    @property
    def hint_in_page(self) -> str:
        """What to do about it for somebody in the page in the browser: what to press there, as far as that does it."""
        from charterkit.sentences import hint_in_page  # noqa: PLC0415 - only the page asks for it

        return hint_in_page(self.code, self.facts)

    def __reduce__(self) -> tuple[Any, ...]:
        """What another process makes it anew from."""
        return _again, (type(self), self.code, self.facts)


class NotThere(CharterkitError):  # noqa: N818 - the word for it; so with the others
    """What was named is not there: a school, a cycle, a file, a rule."""


class Conflict(CharterkitError):  # noqa: N818
    """Something stands against it: changed by somebody else meanwhile, being written, taken, or there more than once.

    Of a file, the fact `kept` is where what was to be written lies now.
    """


class Refused(CharterkitError):  # noqa: N818
    """What was asked for is not done: a call, an answer or a file is wrong, or a place is not to be written to."""


class Missing(CharterkitError):  # noqa: N818
    """What it takes is not there yet: a package, a rating, a date, a part of a file that can be read."""


def _again(kind: type[CharterkitError], code: str, facts: dict[str, Any]) -> CharterkitError:
    return kind(code, **facts)
