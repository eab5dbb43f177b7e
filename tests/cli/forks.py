"""A process that has the program loaded, and runs it for a test in a fork of itself: several times as fast as anew.

It is a process of its own, which never runs any of the program itself: threads that a test's process has started, such
as those of typst, would not be there in a fork of that one. Lines of JSON go in, an exit code for each comes out.

With the name of a socket it takes calls there instead, with the caller's own streams: `tests.cli.asks` is the program
that scripts call (`calling.program`), in a fraction of the time that a start of Python and of everything takes.
"""

import gc
import importlib
import io
import json
import os
import pkgutil
import select
import socket
import sys
import traceback
from contextlib import suppress
from typing import Any, NoReturn


def load() -> None:
    """Import the whole program, and make what every process of it would make anew: it takes longer than most calls."""
    import charterkit

    for module in pkgutil.walk_packages(charterkit.__path__, "charterkit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    importlib.import_module("holidays.countries")
    _build_models()
    _compile_templates()
    gc.collect()
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


def serve() -> None:
    """Run one call after another until nobody asks any more."""
    load()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            run(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201 - it is the answer


def listen(place: str) -> None:
    """Run what is asked for at a socket, several at once, until our own input ends."""
    load()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(place)
        door.listen(64)
        print("ready", flush=True)  # noqa: T201 - whoever started us waits for it
        while sys.stdin not in select.select([door, sys.stdin], [], [])[0]:
            asked, _ = door.accept()
            if not os.fork():
                door.close()
                _answer(asked)
            asked.close()
            with suppress(ChildProcessError):  # there is none any more
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


def _answer(asked: socket.socket) -> NoReturn:
    """In a child of its own: run it in another one, and say how that ended."""
    _, streams, _, _ = socket.recv_fds(asked, 1, 3)
    data = b""
    while not data.endswith(b"\n"):
        data += asked.recv(1 << 20)
    child = os.fork()
    if not child:
        run({**json.loads(data), "streams": streams})
    with suppress(OSError):  # nobody waits for it any more
        asked.sendall(b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    os._exit(0)


def run(wanted: dict[str, Any]) -> NoReturn:
    """In the child: become the program, and end as it ends."""
    code = 1
    try:
        for number, stream in enumerate(wanted["streams"]):
            opened = os.open(stream, os.O_RDWR | (os.O_APPEND if number else 0)) if isinstance(stream, str) else stream
            os.dup2(opened, number)
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
    listen(sys.argv[1]) if len(sys.argv) > 1 else serve()
