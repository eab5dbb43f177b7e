"""The command line. This module stays light: it is all that a shell waits for before `--version` answers."""

import atexit
import gc
import os
import sys
from contextlib import suppress

OUT_OF_MEMORY = b"There is not enough memory for this. Close other programs, or ask for less: one school, one file.\n"
NO_MEMORY = ("Cannot allocate memory", "failed to map segment")
"""How a library that finds no room says so."""
RESERVE = [bytes(1 << 18)]
"""Given back where there is no memory left, so that there is some to say it with."""
MANY = 60_000
"""Objects made since the collector last looked: to load the program makes as many, none of them to be thrown away."""

ROOM = 17_000
"""Words of memory that the frame of `main` reserves and does not use; the system gives none of it until it is used."""


def main() -> None:
    """What the console script calls: run the command line and exit."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        from charterkit import __version__

        with suppress(OSError):  # then it is said below why it cannot be written
            sys.stdout.write(f"charterkit {__version__}\n")
            sys.stdout.flush()
            return
    gc.set_threshold(MANY)
    atexit.register(gc.freeze)  # all memory goes back at once: looking for circles first is a sixth of a call
    # Pydantic looks through every installed package for plugins; none is wanted, and it is a tenth of a small call.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Processes that help us start with `python -c`, which takes modules from the current folder first: anybody's files.
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        from charterkit.cli.sooner import sooner

        sooner()
        from charterkit.cli.app import main as run

        run()
    except MemoryError:
        RESERVE.clear()
        _out_of_memory()
    except (ImportError, OSError) as error:  # a library that finds no room says it in its own way
        if not any(words in str(error) for words in NO_MEMORY):
            raise
        _out_of_memory()
    except KeyboardInterrupt:  # while the program is loaded: from then on `run` says it
        with suppress(OSError):
            os.write(2, b"\nStopped.\n")
        sys.exit(130)


def _out_of_memory() -> None:
    """A sentence that was made before, and out: nothing that needs memory is done any more."""
    try:  # noqa: SIM105
        os.write(2, OUT_OF_MEMORY)
    except OSError:  # nobody hears it; and `suppress` would need memory
        pass
    os._exit(3)


# CPython 3.11 keeps frames in pages of 16 KiB, and asks the system for a page and gives it back at each call that
# crosses the end of one: a twentieth of a small call. A frame with much room is given a large page, which the calls
# below it share (push_chunk in Python/pystate.c, read November 2026).
main.__code__ = main.__code__.replace(co_stacksize=main.__code__.co_stacksize + ROOM)
