"""Git repositories for tests: made as people make them, and object by object as only somebody hostile would."""

import atexit
import os
import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha1
from pathlib import Path

from .calling import call, environment

FILE, FOLDER = "100644", "40000"
Named = tuple[str, "str | bytes", str]
"""One line of a tree: mode, name, object."""


def git(folder: Path, *arguments: str, stdin: bytes = b"", **more: str) -> str:
    """What git says, with no settings but the folder's own."""
    kept = {key: value for key, value in environment().items() if not key.startswith("GIT_")}
    fixed = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    variables = {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **more}
    done = subprocess.run(
        ["git", *fixed, *arguments], cwd=folder, input=stdin, env=variables, capture_output=True, check=False
    )
    assert not done.returncode, done.stderr.decode(errors="replace")
    return done.stdout.decode(errors="replace").strip()


def made(folder: Path, inside: str = ".") -> Path:
    """A repository with one commit of a small workspace, the branch `change` on it; the workspace's folder."""
    shutil.copytree(_model(inside), folder, dirs_exist_ok=True)
    return folder / inside


@cache
def _model(inside: str) -> Path:
    """Made once, as git and `init` take their time."""
    folder = Path(tempfile.mkdtemp(prefix="charterkit-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    git(folder, "init", "-q", "-b", "main")
    assert not call("init", inside, cwd=folder).returncode
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    git(folder, "checkout", "-qb", "change")
    return folder


def stored(folder: Path, kind: str, data: bytes) -> str:
    """An object put where git looks for it, whatever git thinks of it; its name."""
    whole = f"{kind} {len(data)}\0".encode() + data
    name = sha1(whole).hexdigest()
    path = folder / ".git/objects" / name[:2] / name[2:]
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.write_bytes(zlib.compress(whole))
    return name


def blob(folder: Path, data: bytes = b"name: X\n") -> str:
    """A file's object."""
    return stored(folder, "blob", data)


def tree(folder: Path, *entries: Named) -> str:
    """A tree of exactly these entries, in this order."""
    lines = (
        f"{mode} ".encode() + (name if isinstance(name, bytes) else name.encode()) + b"\0" + bytes.fromhex(one)
        for mode, name, one in entries
    )
    return stored(folder, "tree", b"".join(lines))


def branch(folder: Path, name: str, top: str) -> None:
    """A branch with one commit more than `main`: that of a tree."""
    parent = git(folder, "rev-parse", "main")
    who = "T <t@example.org> 1700000000 +0000"
    text = f"tree {top}\nparent {parent}\nauthor {who}\ncommitter {who}\n\nnext\n"
    path = folder / ".git/refs/heads" / name
    path.write_text(stored(folder, "commit", text.encode()) + "\n", encoding="ascii")


def schools(folder: Path, name: str, *entries: Named) -> None:
    """A branch of that name whose folder schools/ holds these entries."""
    branch(folder, name, tree(folder, (FOLDER, "schools", tree(folder, *entries))))


def written(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    """Files by path, committed."""
    for path, text in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    git(folder, "add", "-A", "-f")
    git(folder, "commit", "-qm", "next")


def compared(folder: Path, span: str = "main..change", *more: str, **variables: str) -> tuple[int, str, str]:
    """The exit code of `compare --rev`, and what it says on both outputs."""
    done = call("compare", "--rev", span, *more, cwd=folder, **variables)
    return done.returncode, done.stdout, done.stderr


def refused(folder: Path, span: str = "main..change", **variables: str) -> str:
    """Why `compare --rev` refuses, in two lines: never a fault of ours."""
    code, out, err = compared(folder, span, **variables)
    assert (code, out, err.count("\n")) == (2, "", 2), (code, out, err)
    return err


def chained(parts: Sequence[str]) -> str:
    """Folders as PATH names them."""
    return os.pathsep.join(parts)
