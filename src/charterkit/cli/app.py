"""The command line: parses, calls, prints and exits; everything else is below it.

Only the verb that was called is imported, and heavy libraries inside it, so that `--version` and completion stay quick.
"""

import errno
import importlib
import os
import sys
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from charterkit import __version__
from charterkit.choices import ColorChoice
from charterkit.cli import NO_MEMORY
from charterkit.cli.calm import Calm, is_action
from charterkit.cli.common import complete
from charterkit.cli.light import lightened
from charterkit.cli.options import Session
from charterkit.cli.params import now_read, spelling
from charterkit.cli.telling import forgiving, tell
from charterkit.cli.typed import understood
from charterkit.errors import CharterkitError, NotThere
from charterkit.files.notices import noted

VERBS: dict[str, str] = {
    "init": "init",
    "new": "new",
    "charter": "charter",
    "migrate": "migrate",
    "sign": "sign",
    "open": "open",
    "evaluate": "evaluate",
    "actions": "actions",
    "action": "action",
    "evidence": "evidence",
    "compare": "compare",
    "report": "report",
    "overview": "overview",
    "render-poster": "render_poster",
    "render-form": "render_form",
    "best-practice": "best_practice",
    "examples": "examples",
    "visits": "visits",
    "ready": "ready",
    "visit": "visit",
    "certificate": "certificate",
    "translate": "translate",
    "site": "site",
    "survey": "survey",
    "said": "said",
    "import": "importing",
    "verify": "verify",
    "keys": "issuer_keys",
    "policies": "policies",
    "policy": "policy",
    "concern": "concern",
    "agenda": "agenda",
    "remind": "remind",
    "calendar": "calendar",
    "export": "export",
    "check": "check",
    "explain": "explain",
    "rules": "rules",
    "schema": "schema",
}
"""Each command and the module of this package that holds its `app`, in the order of a school's year."""


class Verbs(TyperGroup):
    """Imports a verb when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - typer's signature
        """All of them, for `--help` and completion."""
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - typer's signature
        """One verb's command, or CharterkitError with the nearest."""
        if cmd_name not in VERBS:
            from charterkit.model.base import nearest

            meant = "--version" if cmd_name == "version" else nearest(cmd_name, VERBS)
            raise NotThere("no-command", name=cmd_name, meant=meant)
        command = typer.main.get_command(importlib.import_module(f"charterkit.cli.{VERBS[cmd_name]}").app)
        command.name = cmd_name
        return complete(command)


app = typer.Typer(
    cls=Verbs,
    name="charterkit",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={
        "token_normalize_func": spelling,
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
    },
)


def _version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"charterkit {__version__}")
        raise typer.Exit


@app.callback()
def charterkit(
    ctx: typer.Context,
    workspace: Annotated[
        str | None,
        typer.Option(
            metavar="DIR",
            envvar="CHARTERKIT_WORKSPACE",
            help="The folder that holds charters/ and schools/; otherwise the one around the current folder.",
        ),
    ] = None,
    color: Annotated[
        ColorChoice, typer.Option(help="Whether to use colour; auto: in a terminal only.")
    ] = ColorChoice.auto,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but the result and what is wrong.")] = False,
    version: Annotated[  # noqa: ARG001 - the callback acts on it
        bool,
        typer.Option(
            "--version", callback=lambda value: _version(wanted=value), is_eager=True, help="Show the version."
        ),
    ] = False,
) -> None:
    """Work with a charter for engaging parents, carers, pupils and communities: rate your school, see what has moved
    since last time, and print the report.
    """
    ctx.obj = Session(workspace, color, quiet)
    if ctx.invoked_subcommand is None:
        from charterkit.cli.alone import alone
        from charterkit.cli.common import note_unread, standing

        alone(ctx.obj, standing(ctx.obj))
        note_unread(ctx.obj)


def main() -> None:
    """Run the call in sys.argv and exit: 0 done, 1 a check failed, 2 the call is wrong, 3 a fault, 130 interrupted."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever called us; what takes its place stays open to the end
            setattr(sys, name, _closed(name))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what a program reads is the same on every system, line ends too
            stream.reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8", "newline": ""}))
    if not sys.stderr.isatty():
        sys.stderr = forgiving(sys.stderr)
    if is_action():
        sys.stdout, sys.stderr = Calm(sys.stdout), Calm(sys.stderr)
    sys.exit(run(sys.argv[1:]))


def _closed(name: str) -> TextIO:
    """What takes the place of a stream that is closed. A result that goes there is lost, which has to be said."""
    only_read = name == "stdout"
    handle = os.open(os.devnull, os.O_RDONLY if only_read or name == "stdin" else os.O_WRONLY)
    return os.fdopen(handle, "r" if name == "stdin" else "w", encoding="utf-8")


def run(arguments: list[str]) -> int:
    """The exit code of one call. What was noted on the way is said at its end."""
    noted()
    now_read()
    code = _run(understood(arguments))
    for sentence in noted():
        tell(sentence)
    return code


def _run(arguments: list[str]) -> int:
    """Every error becomes a sentence here, and nowhere else."""
    try:
        code = lightened(typer.main.get_command(app)).main(arguments, prog_name="charterkit", standalone_mode=False)
        sys.stdout.flush()
    except CharterkitError as error:
        return _complain(error.message, error.hint, _mended(error, arguments))
    except typer.TyperException as error:
        mended = _mended(error, arguments)
        return _complain(error.format_message(), mended or "Add --help to see how the command is called.")
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write("\nStopped.\n")
        return 130
    except (BrokenPipeError, SystemExit) as leaving:
        if not _is_cut_off(leaving):
            raise
        _discard_output()
        return 0
    except MemoryError:
        raise  # said by whoever called, without anything that needs memory
    except Exception as fault:  # noqa: BLE001 - the last resort: no traceback reaches a person
        if any(words in str(fault) for words in NO_MEMORY):  # of a library that is loaded
            raise MemoryError from None
        return tell_fault(fault)
    return int(code or 0)


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def _is_read_only() -> bool:
    """Whether nothing can be written to what we were given as stdout."""
    try:
        os.write(sys.stdout.fileno(), b"")
    except OSError as error:
        return error.errno == errno.EBADF
    return False


def _is_cut_off(leaving: BaseException | None) -> bool:
    """Whether whoever read our output went away (`report | head`): typer and rich make an exit of that."""
    while leaving is not None and not isinstance(leaving, BrokenPipeError):
        leaving = leaving.__context__
    return leaving is not None


def _mended(error: Exception, arguments: list[str]) -> str:
    from charterkit.cli.mending import mended

    return mended(error, arguments, typer.main.get_command(app))


def _complain(message: str, *hints: str) -> int:
    for line in (*message.splitlines(), *hints):
        if line:
            tell(line)
    return 2


def _discard_output() -> None:
    """Nobody reads the rest: keep the interpreter from complaining when it closes stdout."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell_fault(fault: Exception) -> int:
    """An error nobody foresaw: one line here, the rest in a log that can be sent in; it holds the last one only.

    A full disk behind our output is no fault of ours.
    """
    import traceback

    from platformdirs import user_log_path

    if isinstance(fault, OSError) and fault.errno == errno.EBADF and _is_read_only():
        _discard_output()
        return _complain(
            "The result cannot be written: the output is closed, or only for reading.", "Name a file with -o."
        )
    if isinstance(fault, OSError) and fault.errno in _FULL:
        _discard_output()
        return _complain(f"The result cannot be written: {fault.strerror}.", "Make room on the disk, then try again.")
    said = f"Something went wrong inside charterkit ({type(fault).__name__})."
    try:
        log = user_log_path("charterkit") / "fault.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.unlink(missing_ok=True)
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            traceback.print_exception(fault, file=file)
        tell(f"{said} The log is {log}. Please send it to us, and look through it first: it may quote what you wrote.")
    except (OSError, RuntimeError):  # without a home there is no place for it
        tell(f"{said} No log could be written.")
    return 3
