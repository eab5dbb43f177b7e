"""Whether the whole suite has passed on exactly this tree: `make test` notes it, and `make check` runs nothing twice.

`python -m tools.tested COMMAND...` runs the tests and, where all pass and no file changed meanwhile, keeps a hash of
the tree; without a command it exits with 0 where the tree still has that hash. The tree is every file that git knows
or would add, and the Python that ran them. Without git nothing is kept, and every test runs.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "build" / "tested"


def tree() -> str:
    """A hash of all files and of the Python; empty where git does not say which files there are."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
    made = hashlib.sha256(f"{sys.version} {sys.prefix}".encode())
    for name in sorted(filter(None, listed.split(b"\0"))):
        path = ROOT / name.decode()
        data = path.read_bytes() if path.is_file() else b""
        made.update(b"%s\0%d\0%s" % (name, len(data), data))
    return made.hexdigest()


def main(command: list[str]) -> int:
    """Run the tests, or say whether they need not be run."""
    before = tree()
    if not command:
        is_same = bool(before) and KEPT.is_file() and KEPT.read_text(encoding="utf-8") == before
        if is_same:
            print("The whole suite has passed on exactly this tree: no test is run again.")
        return int(not is_same)
    KEPT.unlink(missing_ok=True)
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if not code and before and tree() == before:
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(before, encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
