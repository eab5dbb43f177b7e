"""Writes the command reference into docs/commands.md from `--help`. A test holds that it is fresh."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import typer

from charterkit.cli.app import VERBS, app

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
START, END = "<!-- reference: start -->\n", "<!-- reference: end -->\n"


def commands() -> Iterator[tuple[str, ...]]:
    """The program itself, each verb in the order of a school's year, and each of its steps."""
    whole = typer.main.get_command(app)
    yield ()
    for verb in VERBS:
        yield (verb,)
        command = whole.get_command(None, verb)  # type: ignore[attr-defined]  # it is the group of all verbs
        yield from ((verb, step) for step in getattr(command, "commands", {}))


def help_of(command: tuple[str, ...]) -> str:
    """What `--help` says, in 80 columns."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CHARTERKIT_")}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "charterkit", *command, "--help"],
        env={**kept, "COLUMNS": "80", "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    return tidy(done.stdout.decode())


def tidy(text: str) -> str:
    """What was said, without blanks at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def reference(ask: Callable[[tuple[str, ...]], str] = help_of) -> str:
    """The whole reference as Markdown. `ask` gives the help of a command."""
    blocks = []
    for command in commands():
        name = " ".join(("charterkit", *command))
        level = "#" * max(len(command) + 2, 3)
        blocks.append(f"{level} `{name}`\n\n```text\n{ask(command)}\n```\n")
    return "\n".join(blocks)


def renewed(text: str, ask: Callable[[tuple[str, ...]], str] = help_of) -> str:
    """The page with the reference between its two marks."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{reference(ask)}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
