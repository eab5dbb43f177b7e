"""Writes the command reference into docs/commands.md from `--help`. A test holds that it is fresh."""

import os
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
START, END = "<!-- reference: start -->\n", "<!-- reference: end -->\n"
COMMANDS = (
    (),
    ("init",),
    ("new",),
    ("new", "school"),
    ("new", "trust"),
    ("new", "policy"),
    ("new", "charter"),
    ("new", "evaluation"),
    ("sign",),
    ("evaluate",),
    ("actions",),
    ("action",),
    *(("action", step) for step in ("add", "done", "change", "drop", "carry")),
    ("compare",),
    ("report",),
    ("policies",),
    ("policy",),
    *(("policy", step) for step in ("show", "gaps", "draft", "review", "approve", "publish", "archive")),
    ("remind",),
    ("calendar",),
    ("render-poster",),
    ("render-form",),
    ("translate",),
    ("translate", "status"),
    ("translate", "new"),
    ("site",),
    ("check",),
    ("explain",),
    ("rules",),
    ("schema",),
)


def help_of(command: tuple[str, ...]) -> str:
    """What `--help` says, in 80 columns."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CHARTERKIT_")}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "charterkit", *command, "--help"],
        env={**kept, "COLUMNS": "80", "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.decode().strip().splitlines())


def reference() -> str:
    """The whole reference as Markdown."""
    blocks = []
    for command in COMMANDS:
        name = " ".join(("charterkit", *command))
        level = "#" * max(len(command) + 2, 3)
        blocks.append(f"{level} `{name}`\n\n```text\n{help_of(command)}\n```\n")
    return "\n".join(blocks)


def renewed(text: str) -> str:
    """The page with the reference between its two marks."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{reference()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
