"""Where a document goes that no -o names: into a file of its own name beside the person, or into a pipe."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from charterkit.errors import CharterkitError

if TYPE_CHECKING:
    from charterkit.cli.options import Session
    from charterkit.documents import DocumentType

PAGES = ("html", "pdf", "png", "svg", "docx", "xlsx", "markdown", "ics")
"""Formats that a person looks at in another program than the terminal."""
_MARKS = {"html": b"charterkit", "markdown": b"charterkit", "pdf": b"Typst", "ics": b"charterkit"}
"""What a document of ours holds, by format. Of the others nothing can be told, and some are there to be filled in."""
_MOST_COUNTED = 1000


def in_own_file(call: "Session", document: "DocumentType", wanted: str | None, usual: str) -> str | None:
    """The format of a document that goes into a file of its own name; None where it is shown, or goes into a pipe."""
    if not (call.opens or sys.stdout.isatty()):
        return None
    is_page = usual in PAGES or call.opens
    shown = "html" if is_page and "html" in document.formats else usual
    chosen = wanted or shown
    return chosen if chosen in PAGES else None


def with_ending(document: "DocumentType", output: str, usual: str) -> tuple[str, str]:
    """A file's name that says nothing of its format, with an ending; and the format."""
    chosen = "html" if "html" in document.formats else usual
    return output + ending(chosen), chosen


def needs_ending(output: str | None) -> bool:
    """Whether a name has no ending, and is none of something that is there: a pipe, a device, a file."""
    return output not in (None, "", "-") and not Path(output or "").suffix and not os.path.lexists(output or "")


def in_folder(output: str, name: str) -> str:
    """A file's place: in a folder that is there it gets a name of its own; anything else is the file itself."""
    return str(Path(output, name)) if Path(output).is_dir() else output


def ending(chosen: str) -> str:
    """The end of the name of a file of some format: ".pdf"."""
    from charterkit.documents import ENDINGS

    return next((end for end, name in ENDINGS.items() if name == chosen), "")


def own_file(call: "Session", name: str, chosen: str) -> str:
    """A file in the current folder, or in the workspace where we stand among its sources.

    Over an older document of the same name, never over anything else: then with a number.
    """
    folder = Path() if not _is_among_sources(call) else call.root
    for number in range(1, _MOST_COUNTED):
        path = folder / f"{name}{'' if number == 1 else f'-{number}'}{ending(chosen)}"
        if not os.path.lexists(path) or _is_ours(path, chosen):
            break
    return str(path)


def _is_among_sources(call: "Session") -> bool:
    with suppress(CharterkitError, OSError, ValueError):
        return bool(Path.cwd().relative_to(call.root).parts)
    return False


def _is_ours(path: Path, chosen: str) -> bool:
    mark = _MARKS.get(chosen)
    with suppress(OSError):
        return mark is not None and path.is_file() and not path.is_symlink() and mark in path.read_bytes()
    return False


def opened(path: Path, root: Path) -> bool:
    """Show a file in the program that the computer has for it, none of the workspace's; False where there is none."""
    import webbrowser

    from charterkit.files.leaving import around
    from charterkit.files.programs import searched

    os.environ["PATH"] = os.pathsep.join(searched(os.environ, around(root), Path.cwd()))
    return webbrowser.open(path.resolve().as_uri())
