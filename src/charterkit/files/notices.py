"""What a person should hear of although the work went on; only the command line says it, once, at its end."""

COPIES = "copies: "
"""What notes about files that give way to others are filed under."""
_NOTED: dict[str, tuple[str, str]] = {}
_HEARD: set[str] = set()


def note(about: str, sentence: str, core: str = "") -> None:
    """Keep a sentence for the end of the call; the first one about a matter stands for all of them.

    `core` are the words of it by which it counts as said, where another sentence of the call has them too.
    """
    _NOTED.setdefault(about, (sentence, core or sentence))


def heard(sentence: str) -> None:
    """That a sentence was said already: it is not said again at the end."""
    _HEARD.add(sentence)


def passed_over(about: str) -> None:
    """Drop what was noted of one kind of matter, where the call says it in its own way."""
    for name in [name for name in _NOTED if name.startswith(about)]:
        del _NOTED[name]


def taken() -> tuple[tuple[str, str, str], ...]:
    """All that was noted, as `note` takes it, for another process to note; after that there is nothing."""
    found = tuple((about, sentence, core) for about, (sentence, core) in _NOTED.items())
    _NOTED.clear()
    return found


def noted() -> tuple[str, ...]:
    """All that was noted since the last time and not said meanwhile, in its order; after that there is nothing."""
    found = tuple(sentence for sentence, core in _NOTED.values() if not any(core in line for line in _HEARD))
    _NOTED.clear()
    _HEARD.clear()
    return found
