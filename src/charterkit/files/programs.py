"""Other people's programs: where they are looked for, and what of the person's environment they are told.

A workspace may hold anybody's files, so nothing in it is ever a program: neither one of that name, nor one that a
variable names.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from charterkit.files.places import leads_inside
from charterkit.records import dataclass

_ENDING = ".exe" if sys.platform == "win32" else ""
"""On Windows never a .bat or .cmd: cmd.exe, which runs them, takes commands out of their arguments."""
_LANGUAGES = ("LC_", "LANG")
_STARTERS = frozenset({"PAGER", "EDITOR", "VISUAL", "SSH_ASKPASS", "BROWSER"})
"""Variables that name programs for a program to start."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program's whole path, and the environment it is started with."""

    path: str
    variables: Mapping[str, str]


def located(name: str, variables: Mapping[str, str], away: Iterable[Path], here: Path | None) -> Program | None:
    """The first program of that name on the PATH of `variables`; None where there is none that may be run.

    Passed over are folders that are named by half a path, which would lead on from the current folder; the current
    folder `here` itself; and all that lies in one of the folders `away`. The program is told of the other folders
    only, and speaks English. On Windows only an .exe is taken, and the current folder is not looked into first.
    """
    closed = list(away)
    folders = searched(variables, closed, here)
    for folder in folders:
        found = Path(folder, f"{name}{_ENDING}")
        is_program = found.is_file() and os.access(found, os.X_OK)
        if is_program and not any(leads_inside(path, found) for path in closed):
            return Program(str(found), {**_passed_on(variables), "PATH": os.pathsep.join(folders), "LC_ALL": "C"})
    return None


def searched(variables: Mapping[str, str], away: Iterable[Path], here: Path | None) -> list[str]:
    """The folders of the PATH of `variables` in which a program may lie, as `located` has them."""
    closed = list(away)
    named = [variable.strip('"') for variable in variables.get("PATH", os.defpath).split(os.pathsep)]
    return [text for text in named if Path(text).is_absolute() and not _is_closed(Path(text), closed, here)]


def _is_closed(folder: Path, closed: list[Path], here: Path | None) -> bool:
    is_here = here is not None and os.path.realpath(folder) == os.path.realpath(here)
    return is_here or any(leads_inside(path, folder) for path in closed)


def _passed_on(variables: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in variables.items() if name.upper() not in _STARTERS}
    return {name: value for name, value in kept.items() if not name.upper().startswith((*_LANGUAGES, "GIT_"))}
