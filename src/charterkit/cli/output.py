"""Where a result goes, and which format it has: to the terminal, into a pipe, or whole into the file asked for.

The table of documents is imported where it is asked: `check` has no need of it.
"""

import contextlib
import io
import os
import sys
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from charterkit.cli.place import in_folder, in_own_file, needs_ending, opened, own_file, with_ending
from charterkit.errors import Refused

if TYPE_CHECKING:
    from charterkit.cli.options import Session
    from charterkit.documents import DocumentType, Recipe
    from charterkit.render.engine.paper import Paper

FILE_WIDTH = 100
"""Columns of a table that goes into a file."""


class Destination(NamedTuple):
    """Which format is asked for, and where it goes: a file, or stdout where `output` is None or "-"."""

    format: str
    output: str | None


def target(
    call: "Session", name: str, wanted: str | None, output: str | None, *, default: str = "", file: str = ""
) -> Destination:
    """Where a document of the table goes. Raises CharterkitError for a format or a place that it cannot have.

    In a terminal a page goes into a file of its own name. `default` is the format in place of the document's first one,
    `file` the file's name in place of its own.
    """
    from charterkit.documents import DOCUMENTS

    document = DOCUMENTS[name]
    usual = default or document.usual
    if output is None and (page := in_own_file(call, document, wanted, usual)):
        wanted = chosen_format(page, None, document.formats, usual)
        output = own_file(call, file or document.file, wanted)
    elif output is not None and wanted is None:
        output = in_folder(output, file or document.file)
        if needs_ending(output):
            output, wanted = with_ending(document, output, usual)
    refuse_sources(call, output)
    chosen = chosen_format(wanted, output, document.formats, usual)
    refuse_screen(chosen, output, file or document.file)
    return Destination(chosen, output)


def refuse_others(option: str, chosen: str, name: str) -> None:
    """Raises CharterkitError for a format that the document which an option asks for instead does not have."""
    from charterkit.documents import DOCUMENTS

    formats = DOCUMENTS[name].formats
    if chosen not in formats:
        raise Refused("no-format-of-option", option=option, chosen=chosen, known=formats)


def produce(
    call: "Session", name: str, to: Destination, today: date, spoken: str | None = None, /, **options: object
) -> Any:  # noqa: ANN401 - each its own
    """Make a document of the table and deliver it; its content, for whoever asks how it stands.

    `spoken` is the language for a document that speaks others than English; the workspace's where it is None. Data is
    in no language.
    """
    from charterkit.documents import DATA, DOCUMENTS
    from charterkit.render.shared.spoken import in_language

    document = DOCUMENTS[name]
    speaks = document.speaks and to.format not in DATA
    with in_language(call.workspace, call, spoken) if speaks else contextlib.nullcontext():
        content = document.content(call.workspace, today, call, **options)
        deliver_format(call, document, content, to, today)
    return content


def deliver_format(call: "Session", document: "DocumentType", content: object, to: Destination, today: date) -> None:
    """One format of a document, made and delivered."""
    from charterkit.documents import Place
    from charterkit.text.safe import MARK

    chosen = document.formats[to.format]
    made = chosen.made(content, Place(today, call.workspace.root, _columns(call, chosen, to.output)))
    if to.format == "csv" and to.output not in (None, "-"):
        made = f"{MARK}{made}"  # without it Excel takes the letters of a file for those of Windows
    _DELIVER[chosen.gives](call, made, to.output)


def _columns(call: "Session", chosen: "Recipe", output: str | None) -> int:
    if chosen.takes != "columns":
        return 0
    return call.console.width if output is None else FILE_WIDTH


def chosen_format(wanted: str | None, output: str | None, formats: Collection[str], default: str) -> str:
    """The format asked for, else the one the file's name tells, else the default."""
    from charterkit.documents import ENDINGS
    from charterkit.model.base import nearest

    ending = Path(output or "").suffix.lower()
    if wanted is None:
        told = ENDINGS.get(ending, default)
        if ending and (ending not in ENDINGS or told not in formats):
            known = [item for item, name in ENDINGS.items() if name in formats]
            right = nearest(ending, known)
            meant = f"{(output or '')[: -len(ending)]}{right}" if right else ""
            raise Refused("no-format-of-ending", ending=ending, known=", ".join(known), output=output, meant=meant)
        return told
    if wanted not in formats:
        from charterkit.cli.params import format_called

        raise Refused("no-format", wanted=wanted, known=formats, meant=format_called(wanted, formats))
    return wanted


# -- to a file or the terminal


def deliver(call: "Session", text: str, output: str | None) -> None:
    """A result: to stdout, or whole into the file that was asked for."""
    text = text if text.endswith("\n") else f"{text}\n"
    if output is None or output == "-":
        sys.stdout.write(on_screen(text))
        return
    refuse_sources(call, output)
    path = Path(output).absolute()
    from charterkit.files.write import write_output

    write_output(path, text.encode(errors="replace"), foreign(call.root))  # a file name may hold half a character
    _written(call, output)


def on_screen(text: str) -> str:
    """A result for stdout: JSON in a terminal with escapes for what nobody would see; everything else as it is."""
    from charterkit.text.safe import spelt_out

    whole = text.strip()
    return spelt_out(text) if whole[:1] + whole[-1:] in ("{}", "[]") and sys.stdout.isatty() else text


def deliver_bytes(call: "Session", data: bytes, output: str | None) -> None:
    """A result that is bytes, whose line ends are its own: to stdout, or whole into the file that was asked for."""
    if output is None or output == "-":
        _write_bytes(data)
        return
    refuse_sources(call, output)
    from charterkit.files.write import write_output

    write_output(Path(output).absolute(), data, foreign(call.root))
    _written(call, output)


def _written(call: "Session", output: str) -> None:
    """Say where a result is, and open it where that was asked for."""
    is_offered = not call.opens and sys.stdout.isatty() and Path(output).suffix in _OPENED
    call.say(f"Written to {output}." + (" Add --open to look at it." if is_offered else ""))
    if call.opens and not opened(Path(output), call.root):
        call.warn(f"Nothing on this computer opens it from here: open {Path(output).absolute()} yourself.")


_OPENED = (".html", ".pdf", ".png", ".svg", ".docx", ".xlsx")


def _write_bytes(data: bytes) -> None:
    from charterkit.cli.calm import is_action

    if is_action():
        with contextlib.suppress(UnicodeDecodeError):  # then it is no text, and no line of it is a command
            sys.stdout.write(data.decode())
            return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def deliver_paper(call: "Session", made: "Paper", output: str | None) -> None:
    """A document on paper, and what there is to say about it: letters that no font has."""
    for notice in made.notices:
        call.warn(notice)
    deliver_bytes(call, made.data, output)


def print_table(call: "Session", renderable: object, output: str | None) -> None:
    """A table to the terminal, or its plain text into a file."""
    if output is None:
        call.console.print(renderable)
        return
    from rich.console import Console

    console = Console(width=FILE_WIDTH, no_color=True, highlight=False, record=True, file=io.StringIO())
    console.print(renderable)
    deliver(call, console.export_text(), output)


_DELIVER: dict[str, Callable[[Any, Any, str | None], None]] = {
    "text": deliver,
    "bytes": deliver_bytes,
    "paper": deliver_paper,
    "table": print_table,
}
"""By what a format gives; letters are no one file, and go by cli/remind_email.py."""


# -- what is refused


def refuse_screen(chosen: str, output: str | None, name: str) -> None:
    """Raises CharterkitError where a file that is no text would be written over somebody's terminal.

    `name` is what the hint calls the file, without its ending.
    """
    from charterkit.documents import NOT_TEXT

    if chosen in NOT_TEXT and output in (None, "-") and sys.stdout.isatty():
        raise Refused("not-for-terminal", what=NOT_TEXT[chosen], name=name, chosen=chosen)


def foreign(root: Path | None) -> tuple[Path, ...]:
    """The folders whose links may have come with somebody else's change, so that no output may leave through them.

    The workspace, if there is one; the checkout, which on GitHub may be without its repository; and all repositories
    around these and around the current folder.
    """
    from charterkit.files.leaving import around, repositories

    checkout = os.environ.get("GITHUB_WORKSPACE")
    own = [path for path in (root, Path(checkout).absolute() if checkout else None) if path is not None]
    with contextlib.suppress(OSError):  # the current folder is gone
        return tuple(dict.fromkeys([*(top for path in own for top in around(path)), *repositories(Path.cwd())]))
    return tuple(top for path in own for top in around(path))


def refuse_sources(call: "Session", output: str | None) -> None:
    """Never over the files people wrote, however their names are spelt: some disks take CHARTERS for charters.

    Nor through a link that leads out of the workspace or its repository.
    """
    if output is None or output == "-":
        return
    from charterkit.files.leaving import place

    root = call.workspace.root
    try:
        real = place(Path(output).absolute(), foreign(root)).resolve()
    except OSError:  # a loop of links: it cannot be written either, which says so
        return
    for folder in real.parents:
        with contextlib.suppress(OSError):
            if folder.samefile(root):
                inside = real.relative_to(folder)
                if inside.parts[0].casefold() in _SOURCES:
                    raise Refused("among-sources", path=inside.as_posix())
                return


_SOURCES = ("charterkit.yaml", "charters", "packs", "schools", "templates")
