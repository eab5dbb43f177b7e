"""The guides: every command in them, typed in their order from an empty folder, does what the guide says."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.calling import call

DOCS = Path(__file__).parents[1] / "docs"
TODAY = "2026-11-29"
JOURNEYS = {
    "the office": ("policies", "reminders", "office"),
    "many schools": ("many",),
}
"""Guides that go on where another ends; each journey starts in an empty folder."""
ENDS = {
    ("many", "charterkit overview --public"): 2,  # fewer than five schools
    ("reminders", "charterkit remind --format email --send"): 2,  # there is no mail server to send with
    ("reminders", "charterkit remind --format email --send --again"): 2,
}
"""Where a command ends otherwise than with 0, as its guide says."""
_BLOCK = re.compile(r"^([ ]*)```console\n(.*?)^\1```", re.MULTILINE | re.DOTALL)


def commands(guide: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a guide, and the lines that it says in the guide."""
    text = (DOCS / f"{guide}.md").read_text(encoding="utf-8")
    for indent, block in _BLOCK.findall(text):
        lines = "".join(line.removeprefix(indent) for line in block.splitlines(keepends=True)).replace("\\\n", " ")
        for part in re.split(r"^\$ ", lines, flags=re.MULTILINE)[1:]:
            command, *said = part.splitlines()
            yield command, said


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
def test_a_guide_is_followed_from_an_empty_folder(tmp_path: Path, journey: tuple[str, ...]) -> None:
    for guide in journey:
        for command, said in commands(guide):
            words = shlex.split(command, comments=True)
            assert words[0] == "charterkit", command
            done = call(*words[1:], cwd=tmp_path, CHARTERKIT_TODAY=TODAY, COLUMNS="400")
            wanted = ENDS.get((guide, " ".join(words)), 0)
            assert done.returncode == wanted, f"{guide}: {command}\n{done.stdout}{done.stderr}"
            missing = [line for line in said if line.strip() not in done.stdout + done.stderr]
            assert not missing, f"{guide}: {command}\n{done.stdout}{done.stderr}"


def test_every_command_stands_in_a_block_that_is_followed() -> None:
    for guide in (guide for journey in JOURNEYS.values() for guide in journey):
        text = (DOCS / f"{guide}.md").read_text(encoding="utf-8")
        assert list(commands(guide)), guide
        assert not re.search(r"^ *```\w*\n(?:[^`]*\n)?charterkit ", text, re.MULTILINE), guide
