"""What a person should hear of although the work went on; only the command line says it, once, at its end."""

_NOTED: dict[str, str] = {}


def note(about: str, sentence: str) -> None:
    """Keep a sentence for the end of the call; the first one about a matter stands for all of them."""
    _NOTED.setdefault(about, sentence)


def noted() -> tuple[str, ...]:
    """All that was noted since the last time, in its order; after that there is nothing."""
    found = tuple(_NOTED.values())
    _NOTED.clear()
    return found
