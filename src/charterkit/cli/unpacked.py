"""The program for people without Python, which `make app` builds: a file to double-click, and the whole command line.

It is started in three ways. With a command it is `charterkit`. With nothing, or with a folder that was dropped on it,
it is `charterkit open`, without a terminal: what would be said there is shown as a page. And it starts itself where
charterkit has work done in a process of its own, since there is no Python to do it with.
"""

import io
import os
import sys
from contextlib import suppress
from pathlib import Path

from charterkit.resources import APART

FOLDER = "charterkit"
"""In the person's documents: where the school's files are, if nothing else is said."""
MESSAGE = "charterkit has stopped.html"
_AUTHORITIES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where systems keep whom they trust: Debian, Fedora, openSUSE, Alpine. Source: their manuals, November 2026."""


def main() -> None:
    """Do what the call says."""
    _as_the_system_was()
    arguments = sys.argv[1:]
    if arguments[:1] == [APART]:
        _apart(*arguments[1:])
    elif not arguments or _is_folder(arguments):
        _page(Path(arguments[0]) if arguments else None)
    else:
        from charterkit.cli import main as run

        run()


def _as_the_system_was() -> None:
    """Give other programs their own libraries, not those that lie beside us; and find whom this computer trusts."""
    if sys.platform != "linux":
        return
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    found = next((place for place in _AUTHORITIES if Path(place).is_file()), None)
    if found:
        os.environ.setdefault("SSL_CERT_FILE", found)


def _apart(module: str, *arguments: str) -> None:
    """Run one of our modules as a program by itself: it has a `main` that takes paths."""
    import importlib

    if module.partition(".")[0] == "charterkit":
        importlib.import_module(module).main(*map(Path, arguments))


def _is_folder(arguments: list[str]) -> bool:
    """Whether a folder was dropped on the program. Whoever types gives half a path, which might be a command's name."""
    return len(arguments) == 1 and Path(arguments[0]).is_absolute() and Path(arguments[0]).is_dir()


def _page(given: Path | None) -> None:
    """`charterkit open` in the right folder, and the words of a refusal where the person sees them."""
    from charterkit.cli import main as run

    is_seen = sys.stderr is not None and sys.stderr.isatty()
    said = io.StringIO()
    if not is_seen:
        sys.stdout = sys.stderr = said
    code: str | int | None = 2
    try:
        os.chdir(given or _folder())
        sys.argv[1:] = ["open"]
        run()
    except SystemExit as leaving:
        code = leaving.code
    except OSError as error:
        said.write(f"The folder {error.filename or FOLDER} cannot be used: {error.strerror}.\n")
        if is_seen:
            sys.stderr.write(said.getvalue())
    if code and not is_seen:
        _show(said.getvalue())
    sys.exit(code)


def _folder() -> Path:
    """The workspace that the program was put into; else the folder for it in the documents, which is made."""
    from platformdirs import user_documents_path

    from charterkit.files.places import find

    around = find(Path(sys.executable).parent)
    if around is not None:
        return around
    own = user_documents_path() / FOLDER
    own.mkdir(parents=True, exist_ok=True)
    return own


def _show(text: str) -> None:
    """Show words in the browser, from a file beside the person's documents, where every browser may read it.

    On Windows in a window too where no browser opens.
    """
    from charterkit.cli.place import opened

    shown = None
    for folder in _places():
        with suppress(OSError):
            shown = folder / MESSAGE
            shown.write_text(_as_page(text), encoding="utf-8")
            break
    if shown is None or not opened(shown, Path.cwd()):
        _window(text)


def _places() -> list[Path]:
    import tempfile

    from platformdirs import user_documents_path

    return [user_documents_path(), Path(tempfile.gettempdir())]


def _as_page(text: str) -> str:
    from markupsafe import escape

    from charterkit.text.safe import visible

    lines = "".join(f"<p>{escape(line)}</p>" for line in visible(text).splitlines() if line)
    return _PAGE.format(lines=lines)


_PAGE = """<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>charterkit has stopped</title>
<style>body{{font:1.1rem/1.55 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}}</style>
<h1>charterkit has stopped</h1>
{lines}
<p>What was saved before is saved. This page is a file that you can delete.</p>
</html>
"""


def _window(text: str) -> None:
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, "charterkit has stopped", 0x10)
