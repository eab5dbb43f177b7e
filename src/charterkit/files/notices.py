"""What a person should hear of although the work went on; only the command line says it, once, at its end."""

COPIES = "copies: "
"""What notes about files that give way to others are filed under."""
_NOTED: dict[str, str] = {}
_HEARD: set[str] = set()


def note(about: str, sentence: str) -> None:
    """Keep a sentence for the end of the call; the first one about a matter stands for all of them."""
    _NOTED.setdefault(about, sentence)


def heard(sentence: str) -> None:
    """That a sentence was said already: it is not said again at the end."""
    _HEARD.add(sentence)


def passed_over(about: str) -> None:
    """Drop what was noted of one kind of matter, where the call says it in its own way."""
    for name in [name for name in _NOTED if name.startswith(about)]:
        del _NOTED[name]


def noted() -> tuple[str, ...]:
    """All that was noted since the last time and not said meanwhile, in its order; after that there is nothing."""
    found = tuple(sentence for sentence in _NOTED.values() if sentence not in _HEARD)
    _NOTED.clear()
    _HEARD.clear()
    return found
