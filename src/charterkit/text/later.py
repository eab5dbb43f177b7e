"""Regular expressions that most runs never need: compiling one takes longer than many texts take to look through."""

import re
from functools import cached_property


class Later:
    """An expression that is compiled when it is first used, for a module to keep by name."""

    def __init__(self, source: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._source, self._flags = source, flags

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression itself."""
        return re.compile(self._source, self._flags)
