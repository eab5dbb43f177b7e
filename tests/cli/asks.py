"""The program, as scripts call it: asks `tests.cli.forks` at a socket to run it with our streams, and ends as it ends."""

import json
import os
import socket
import sys


def main() -> int:
    """The socket's name comes first, then the program's own arguments."""
    wanted = {"arguments": sys.argv[2:], "cwd": os.getcwd(), "environment": dict(os.environ)}  # noqa: PTH109 - light
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(sys.argv[1])
        socket.send_fds(asking, [b"."], [0, 1, 2])
        asking.sendall(json.dumps(wanted).encode() + b"\n")
        answer = asking.makefile().readline()
    return int(answer or 3)


if __name__ == "__main__":
    sys.exit(main())
