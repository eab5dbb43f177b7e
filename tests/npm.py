"""Programs of others from the registry of npm, in the versions of a package.json, in the user's cache."""

import shutil
import subprocess
import warnings
from pathlib import Path

import pytest
from platformdirs import user_cache_path


def installed(here: Path, program: str) -> Path:
    """The folder in which the program of a folder `here` can be started with what its package.json asks for.

    Where it cannot be installed, that is said loudly, and the test skipped: a part of the proof is missing then.
    """
    folder = user_cache_path("charterkit-tests") / here.name
    wanted = (here / "package.json").read_text(encoding="utf-8")
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        loudly("there is no Node.js")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(here / program, folder)
    mark = folder / "installed.json"
    if not mark.is_file() or mark.read_text(encoding="utf-8") != wanted:
        shutil.copy(here / "package.json", folder)
        command = [str(npm), "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=280)
        if done.returncode:
            loudly(f"npm could not install it: {done.stderr[-300:]}")
        mark.write_text(wanted, encoding="utf-8")
    return folder


def loudly(why: str) -> None:
    """What cannot be had from a registry is said, and not taken for proven."""
    warnings.warn(f"NOT PROVEN by others: {why}", stacklevel=2)
    pytest.skip(why)
