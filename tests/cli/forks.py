"""A process that has the program loaded, and runs it for a test in a fork of itself: several times as fast as anew.

It is a process of its own, which never runs any of the program itself: threads that a test's process has started, such
as those of typst, would not be there in a fork of that one. Loading takes seconds of the processor, so one serves all
workers of a run: it takes calls at a socket, with the caller's own streams, several at once, and answers
the number of the process, and how it ended.
`tests.cli.asks` is the program that scripts call (`calling.program`).
"""

import fcntl
import gc
import importlib
import io
import json
import os
import pkgutil
import select
import signal
import socket
import sys
import tempfile
import termios
import traceback
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any, NoReturn

OTHERS = (
    "concurrent.futures.process",
    "docx",
    "duckdb",
    "encodings.cp437",  # of zip files
    "holidays.countries",
    "icalendar",
    "multiprocessing.pool",
    "openbadgeslib.baking",
    "openbadgeslib.ob3.ldp",
    "pypdf",
    "rich.progress",
    "segno",
    "xlsxwriter.workbook",
)
"""What the program imports only where it is needed: else each fork would for itself, which is half of a short call."""


def load() -> None:
    """Import the whole program, and make what every process of it would make anew: it takes longer than most calls."""
    import charterkit

    gc.disable()  # all of it stays
    for module in pkgutil.walk_packages(charterkit.__path__, "charterkit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in OTHERS:
        with suppress(ImportError):  # an extra that is not installed
            importlib.import_module(name)
    _build_models()
    _compile_templates()
    gc.collect()
    gc.enable()
    gc.freeze()  # else the first collection in each fork would copy all of it


def _build_models() -> None:
    from charterkit.model.base import Model

    waiting = [Model]
    while waiting:
        model = waiting.pop()
        model.model_rebuild()
        waiting += model.__subclasses__()


def _compile_templates() -> None:
    from charterkit.render.engine.environment import fence
    from charterkit.render.engine.templates import FOLDER, Templates
    from charterkit.resources import builtin

    for path in sorted((builtin() / FOLDER).glob("*.j2")):
        fence(path.name)(Templates(None)).get_template(path.name)


WARM = ("check", "remind", "report --format html", "evaluate example-primary --set gate-greeting=red", "policies")
"""Calls after which every other one is sooner done: none starts a thread or keeps what it found in files."""


def warm() -> None:
    """Call the program a few times, as tests in their own process do, so that what each process makes once is made."""
    from charterkit.cli.app import VERBS, run
    from tests.cli.calling import example

    with tempfile.TemporaryDirectory() as name, open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        root = str(example(Path(name)))
        os.environ["XDG_CACHE_HOME"] = name
        with redirect_stdout(nowhere), redirect_stderr(nowhere):
            for call in (*WARM, *(f"{verb} --help" for verb in VERBS)):
                run(["--workspace", root, *call.split()])


def listen(place: str) -> None:
    """Run what is asked for at a socket, several at once, until our own input ends."""
    load()
    warm()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(f"{place}.new")
        door.listen(64)
        os.rename(f"{place}.new", place)  # noqa: PTH104 - it stands there once somebody listens
        asking: dict[int, socket.socket] = {}
        ended, end = os.pipe()
        os.set_blocking(end, False)
        signal.set_wakeup_fd(end, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        while sys.stdin not in (heard := select.select([door, sys.stdin, ended], [], [])[0]):
            if door in heard:
                asked, _ = door.accept()
                child = os.fork()
                if not child:
                    _begin(asked, [door.fileno(), ended, end, *(other.fileno() for other in asking.values())])
                asking[child] = asked
                with suppress(OSError):  # it has gone already
                    asked.sendall(b"%d\n" % child)
            if ended in heard:
                os.read(ended, 4096)
                _answer(asking)


def _answer(asking: dict[int, socket.socket]) -> None:
    """Say of each child that has ended how it did."""
    with suppress(ChildProcessError):  # there is none any more
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            with asking.pop(found[0]) as asked, suppress(OSError):  # nobody waits for it any more
                asked.sendall(b"%d\n" % os.waitstatus_to_exitcode(found[1]))


def _begin(asked: socket.socket, ours: list[int]) -> NoReturn:
    """In the child: nothing of the server's stays, and what is asked for is run."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number in ours:
        os.close(number)
    _, streams, _, _ = socket.recv_fds(asked, 1, 3)
    data = b""
    while not data.endswith(b"\n"):
        more = asked.recv(1 << 20)
        if not more:  # whoever asked has gone
            os._exit(1)
        data += more
    asked.close()
    wanted = json.loads(data)
    if wanted.get("terminal"):  # it is ours then, with its keys for signals
        os.setsid()
        fcntl.ioctl(streams[0], termios.TIOCSCTTY, 0)
    run({**wanted, "streams": streams})


def run(wanted: dict[str, Any]) -> NoReturn:
    """In the child: become the program, and end as it ends."""
    code = 1
    try:
        for number, stream in enumerate(wanted["streams"]):
            os.dup2(stream, number)
            os.close(stream)
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(io.FileIO(number, mode), encoding="utf-8", write_through=number == 2)
            for number, mode in enumerate(("r", "w", "w"))
        )
        os.chdir(wanted["cwd"])
        os.environ.clear()
        os.environ.update(wanted["environment"])
        sys.argv = ["charterkit", *wanted["arguments"]]
        from charterkit.cli import main

        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter would show it
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


if __name__ == "__main__":
    listen(sys.argv[1])
