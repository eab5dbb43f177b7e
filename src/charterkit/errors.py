"""The one exception that means "cannot go on"; a person's mistake in a file is a Finding, not an exception."""

from pathlib import Path


class CharterkitError(Exception):
    """Something the person has to change before the command can go on.

    `message` says what is wrong, `hint` what to do about it. The command line prints both and exits with 2.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep both sentences apart, so that an interface can show them apart."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class Conflict(CharterkitError):  # noqa: N818 - the word for it
    """Somebody else wrote the file meanwhile, so it was left as it is.

    `kept` is the file in which lies what was to be written; None where that was nothing.
    """

    def __init__(self, message: str, hint: str = "", kept: Path | None = None) -> None:
        """Say both, and where what was meant is kept."""
        super().__init__(message, hint)
        self.kept = kept
