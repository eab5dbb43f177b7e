"""Regular expressions that most runs never need: compiling one takes longer than many texts take to look through."""

import re
from typing import Any, AnyStr, Generic, cast

_METHODS = (
    "search",
    "match",
    "fullmatch",
    "split",
    "findall",
    "finditer",
    "sub",
    "subn",
    "flags",
    "groupindex",
    "groups",
)


class Later(Generic[AnyStr]):
    """What `later` gives: an expression that becomes the compiled one when it is first used."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._given = flags

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy, also in another process, is a compiled one."""
        return re.compile, (self.pattern, self._given)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a compiled one has
        """What is not there yet: from now on it is, so that this is asked once."""
        compiled = re.compile(self.pattern, self._given)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


def later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, but compiled when it is first used, for a module to keep by name."""
    made: Later[AnyStr] = Later(pattern, flags)
    return cast("re.Pattern[AnyStr]", made)
