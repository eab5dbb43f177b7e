"""Where the built-in charter, example schools and templates lie: in the wheel, or at the top of the checkout."""

import sys
from pathlib import Path

PACKAGE = Path(__file__).parent
"""Where this program's own files lie."""
FACTS = PACKAGE / "facts"
"""Facts from outside, as data with their sources and dates: languages, rule packs, what no longer exists."""
LANGUAGES = PACKAGE / "languages"
"""charterkit's own words in other languages than English: a catalogue each."""

APART = "--charterkit-apart"
"""What the program that `make app` builds is given first to run one module of its own."""


def builtin() -> Path:
    """The folder that holds `charters/`, `schools/` and `templates/`.

    The build copies them into the package; a development install reads the one copy at the top of the checkout.
    """
    packaged = PACKAGE / "builtin"
    return packaged if packaged.is_dir() else PACKAGE.parents[1]


def apart(module: str, file: str) -> list[str]:
    """The beginning of a command that runs one of our modules as a program by itself, which imports nothing of ours.

    Where there is no Python but the one inside this program (`make app`), the program runs it.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, APART, module]
    return [sys.executable, "-I", "-S", file]
