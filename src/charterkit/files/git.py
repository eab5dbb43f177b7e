"""The one place that calls git: it reads objects for us, and runs nothing that a repository names.

Every call is told its repository, so that git looks for none; is kept from every protocol, hook, helper and setting of
the computer and of the person; waits for nobody; and is understood by its exit code and the words it has for programs.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Timer
from typing import IO

from charterkit.errors import CharterkitError, Missing
from charterkit.files.programs import Program, located
from charterkit.records import dataclass

MOST_SECONDS = 120
"""Longer than any repository that people work with takes; one that was made to hold git up is given up then."""
MOST_MEMORY = "128m"
"""The largest object that git may unpack, or unpack another from."""

_SETTINGS = {
    "safe.bareRepository": "explicit",
    "protocol.allow": "never",
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
    "core.excludesFile": os.devnull,
    "core.fsmonitor": "false",
    "core.pager": "cat",
    "core.editor": ":",
    "core.askPass": "",
    "core.sshCommand": "false",
    "core.alternateRefsCommand": ":",
    "core.commitGraph": "false",
    "credential.helper": "",
    "diff.external": "",
    "gpg.program": "false",
    "submodule.recurse": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
}
"""Stronger than those of any file. The plumbing that is called needs none of it; this is for the day it does."""

_VARIABLES = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_PROTOCOL_FROM_USER": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": ":",
    "GIT_ALLOC_LIMIT": MOST_MEMORY,
}
"""GIT_NO_LAZY_FETCH is known from git 2.44 on; an older one asks for a protocol, and none is allowed."""
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows a program without a window of its own would open one for git."""


@dataclass(frozen=True, slots=True)
class Git:
    """git, to be asked about one repository; `objects` is where its objects lie, if not in it."""

    program: Program
    repository: Path
    objects: Path | None = None

    def ask(self, *arguments: str) -> bytes | None:
        """What git answers; None where it refuses. Raises CharterkitError where it does not end."""
        try:
            done = subprocess.run(
                self._command(arguments),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=self._environment,
                cwd=self.repository,
                creationflags=_NO_WINDOW,
                timeout=MOST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _slow() from None
        except OSError as error:
            raise _unfit(error) from None
        return None if done.returncode else done.stdout

    @contextmanager
    def stream(self, lines: Iterable[str], *arguments: str) -> Iterator[IO[bytes]]:
        """What git answers to lines of its input, to be read piece by piece; git is ended when the reader leaves.

        A CharterkitError of the reader is replaced by another where git was ended for being slow.
        """
        late = Event()
        with TemporaryFile() as asked:
            asked.writelines(f"{line}\n".encode() for line in lines)
            asked.seek(0)
            try:
                process = subprocess.Popen(
                    self._command(arguments),
                    stdin=asked,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=self._environment,
                    cwd=self.repository,
                    creationflags=_NO_WINDOW,
                )
            except OSError as error:
                raise _unfit(error) from None

        def give_up() -> None:
            late.set()
            process.kill()

        watch = Timer(MOST_SECONDS, give_up)
        watch.daemon = True
        watch.start()
        assert process.stdout
        try:
            yield process.stdout
        except CharterkitError:
            if late.is_set():
                raise _slow() from None
            raise
        finally:
            watch.cancel()
            process.kill()
            process.stdout.close()
            process.wait()

    def _command(self, arguments: Iterable[str]) -> list[str]:
        fixed = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        return [self.program.path, "--no-pager", f"--git-dir={self.repository}", *fixed, *arguments]

    @property
    def _environment(self) -> dict[str, str]:
        objects = {} if self.objects is None else {"GIT_OBJECT_DIRECTORY": str(self.objects)}
        return {**self.program.variables, **_VARIABLES, **objects}


def git_program(variables: Mapping[str, str], away: Iterable[Path], here: Path | None) -> Program:
    """git, for an environment; `away` and `here` as `located` has them. Raises CharterkitError where there is none."""
    found = located("git", variables, away, here)
    if found is None:
        raise Missing("no-git")
    return found


def _slow() -> CharterkitError:
    return Missing("git-too-slow", seconds=MOST_SECONDS)


def _unfit(error: OSError) -> CharterkitError:
    return Missing("git-not-started", reason=error.strerror)
