"""The page of a folder for a real browser; killed, it is there again in a moment: what has read everything forks.

As a program, `python -m tests.browser.serving FOLDER PORT`: each line of its input is a start.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

from charterkit.files import write

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]


class Serving:
    """One workspace's page, always at the same port."""

    def __init__(self, folder: Path, *, is_late: bool = False) -> None:
        """Start it. One that `is_late` has a fault: it says that something is saved before it is on disk."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "tests.browser.serving", str(folder), str(self.port), *["late"] * is_late]
        self._parent = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.process = 0
        self.start()

    @property
    def base(self) -> str:
        """Where its pages are, since the last start."""
        return f"http://127.0.0.1:{self.port}{self._way}"

    @property
    def opening(self) -> str:
        """The address that lets a browser in, once a start."""
        return f"http://127.0.0.1:{self.port}/enter?token={self._token}"

    def start(self) -> None:
        """Start it anew, after it was killed."""
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.write("\n")
        self._parent.stdin.flush()
        process, self._token, self._way = self._parent.stdout.readline().split()
        self.process = int(process)

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)

    def close(self) -> None:
        """End all of it."""
        self.kill()
        self._parent.kill()
        self._parent.communicate()


def make_late() -> None:
    """Have what is written come to the disk only after the page has said so."""
    real = write.save

    def save(path: Path, before: bytes | None, after: bytes, root: Path) -> None:
        threading.Timer(1, real, (path, before, after, root)).start()

    write.save = save


def main(folder: Path, port: int, *, is_late: bool) -> None:
    """Serve once for each line."""
    from charterkit.serve.app import application
    from charterkit.serve.desk import Desk
    from charterkit.serve.running import bound, serve

    if is_late:
        make_late()
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            desk = Desk(folder, lambda: TODAY)
            said = f"{os.getpid()} {desk.door.token()} {desk.door.way}"
            try:
                serve(application(desk, print), desk, bound(port, is_asked=True), partial(print, said, flush=True))
            finally:
                os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), is_late="late" in sys.argv)
