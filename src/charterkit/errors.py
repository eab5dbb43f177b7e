"""The one exception that means "cannot go on"; a person's mistake in a file is a Finding, not an exception."""


class CharterkitError(Exception):
    """Something the person has to change before the command can go on.

    `message` says what is wrong, `hint` what to do about it. The command line prints both and exits with 2.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep both sentences apart, so that an interface can show them apart."""
        super().__init__(message)
        self.message = message
        self.hint = hint
