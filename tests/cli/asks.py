"""The program, as scripts call it: asks `tests.cli.forks` at a socket to run it with our streams, and ends as it ends."""

import json
import os
import socket
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO


def ask(place: str, wanted: "Mapping[str, object]", streams: "list[int]") -> int:
    """Have it run at the socket of that name, with these streams; its exit code."""
    with begun(place, wanted, streams) as answers:
        answers.readline()
        return int(answers.readline() or 3)


def begun(place: str, wanted: "Mapping[str, object]", streams: "list[int]") -> "IO[str]":
    """The same, where the number of its process is read, and later its exit code."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(place)
        socket.send_fds(asking, [b"."], streams)
        asking.sendall(json.dumps(wanted).encode() + b"\n")
        return asking.makefile()


def main() -> int:
    """The socket's name comes first, then the program's own arguments."""
    wanted = {"arguments": sys.argv[2:], "cwd": os.getcwd(), "environment": dict(os.environ)}  # noqa: PTH109 - light
    return ask(sys.argv[1], wanted, [0, 1, 2])


if __name__ == "__main__":
    sys.exit(main())
