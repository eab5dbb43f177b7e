"""The same workspace as it was at a git revision, read by git's own program without touching the work tree."""

import io
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from charterkit.errors import CharterkitError
from charterkit.files.workspace import SETTINGS, Workspace
from charterkit.files.yaml.subset import MAX_BYTES

PARTS = (SETTINGS, "charters", "packs", "schools")
"""What of a revision is looked at; its templates are not, for they may be somebody else's."""


@contextmanager
def at_revision(workspace: Workspace, revision: str) -> Iterator[Workspace]:
    """The workspace's files at a revision (a branch, tag or commit), in a folder of their own for as long as needed.

    Raises CharterkitError where there is no git, no repository or no such revision.
    """
    root = workspace.root
    commit = (
        _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    )
    with TemporaryDirectory(prefix="charterkit-", ignore_cleanup_errors=True) as folder:
        for path, data in _files(root, commit):
            target = Path(folder, *path.split("/"))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        yield Workspace(Path(folder), workspace.builtin)


def _files(root: Path, commit: str) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every plain file that charterkit reads, as committed: no filter or attribute of git has a say.

    Links are left out. Of a file over the limit only so much is taken that the reader sees it is too large.
    """
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", *PARTS).decode("utf-8", "surrogateescape")
    entries = [line.partition("\t") for line in listed.split("\0") if line]
    plain = [(facts.split()[2], path) for facts, _, path in entries if facts.startswith("100") and _is_plain(path)]
    asked = "".join(f"{name}\n" for name, _ in plain).encode()
    stream = io.BytesIO(_git(root, "cat-file", "--batch", stdin=asked))
    for _, path in plain:
        size = int(stream.readline().split()[2])
        yield path, stream.read(size)[: MAX_BYTES + 1]
        stream.read(1)


def _is_plain(path: str) -> bool:
    """A relative path that any system can hold, to a file that charterkit reads."""
    parts = path.split("/")
    is_safe = not any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts)
    return is_safe and path.isprintable() and path.endswith((".yaml", ".yml"))


def both_ends(workspace: Workspace, span: str) -> tuple[str, str]:
    """The two revisions of `A..B`, or of `A...B`: where B left A, and B. An end left out is HEAD."""
    dots = "..." if "..." in span else ".."
    start, found, end = span.partition(dots)
    if not found or ".." in end:
        raise CharterkitError(f"--rev {span}: this names no two revisions.", "Write two with dots between: main..HEAD.")
    start, end = start or "HEAD", end or "HEAD"
    if dots == "...":
        start = _git(workspace.root, "merge-base", "--end-of-options", start, end).decode().strip()
    return start, end


def _git(root: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """What git says; its refusal as a sentence."""
    try:
        done = subprocess.run(("git", "-C", str(root), *arguments), input=stdin, capture_output=True, check=False)
    except FileNotFoundError:
        raise CharterkitError("There is no git on this computer.", "Install git, or leave --rev out.") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        if any("not a git repository" in line for line in said):
            raise CharterkitError("This workspace is not in a git repository.", "Run it in a clone of the repository.")
        what = arguments[-1].removesuffix("^{commit}")
        raise CharterkitError(f"git knows no revision '{what}' here.", said[-1] if said else "'git log' lists them.")
    return done.stdout
