"""An issuer at work on a small made-up charter, with the commands that people type, in this process."""

import contextlib
import io
import json
import os
from pathlib import Path
from typing import Any

import yaml

from charterkit.cli.app import run
from charterkit.files.workspace import Workspace
from charterkit.insight.charter_text import text_hash

TODAY = "2026-11-22"
SEEN = ("--visitor", "Helen Marsh, Adviser", "--looked-at", "walkthrough=The entrance")
"""What a visit says of itself where it is met."""
CHARTER = """\
id: small
version: "{version}"
title: A small charter
status: published
awards:
  - {{id: silver, label: Silver, needs: amber}}
  - {{id: gold, label: Gold, needs: green}}
key_points:
  - id: welcome
    title: Welcome
    aspects:
      - {{id: gate, text: "{text}"}}
      - {{id: office, text: The office answers}}
"""
SETTINGS = """\
charter: small
issuer:
  id: did:web:charter.example
  name: Made-up Borough Council
  signatories:
    - {name: Helen Marsh, role: School improvement adviser}
"""


class Office:
    """A workspace with one made-up school, the settings of an issuer beside it, and a key."""

    def __init__(self, folder: Path, school: str = "Lathom Invented School") -> None:
        self.root, self.settings, self.today = folder / "workspace", folder / "settings", TODAY
        for path, text in {
            "charterkit.yaml": SETTINGS,
            "charters/small.yaml": CHARTER.format(version="1", text="The gate is kept"),
            "schools/lathom/school.yaml": f"name: {school}\nkind: school\nphase: primary\n",
        }.items():
            place = self.root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        self.run("keys", "rotate")

    def call(self, *arguments: str, **more: str) -> tuple[int, str]:
        """The exit code of a command, and what it said, its lines joined."""
        out = io.StringIO()
        before, here = dict(os.environ), Path.cwd()
        settings = {"CHARTERKIT_SETTINGS": str(self.settings), "CHARTERKIT_TODAY": self.today, "COLUMNS": "300"}
        os.environ.update({**settings, **more})
        try:
            os.chdir(self.root)
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                code = run(list(arguments))
        finally:
            os.chdir(here)
            os.environ.clear()
            os.environ.update(before)
        return code, " ".join(out.getvalue().split())

    def run(self, *arguments: str, code: int = 0, **more: str) -> str:
        """The same, of a command that is known to end so."""
        found, said = self.call(*arguments, **more)
        assert found == code, said
        return said

    def visit(self, day: str = "2026-11-20", gate: str = "green", *more: str) -> None:
        """Record a certification visit that is met."""
        ratings = ("--set", f"gate={gate}", "--set", "office=green")
        self.run(
            "visit", "record", "--purpose", "certification", "--date", day, *ratings, *SEEN, "--outcome", "met", *more
        )

    @property
    def hash_now(self) -> str:
        """The hash of version 1 of the charter, as it stands."""
        return self.hash_of("1")

    def hash_of(self, version: str) -> str:
        """The hash of a version of the charter, as it stands."""
        model = Workspace(self.root).charters["small", version].model
        assert model
        return text_hash(model)

    def evaluations(self, version: str) -> list[dict[str, Any]]:
        """The school's self-evaluations of a version of the charter, read by another reader."""
        found = sorted((self.root / "schools/lathom/evaluations").glob("*.yaml"))
        every = [yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in found]
        return [each for each in every if each["charter_version"] == version]

    def visits(self) -> dict[str, dict[str, Any]]:
        """What the files of the visits say, read by another reader."""
        found = sorted((self.root / "schools/lathom/visits").glob("*.yaml"))
        return {path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in found}

    def certificates(self) -> dict[str, dict[str, Any]]:
        """The signed credentials, by their numbers."""
        found = sorted((self.root / "schools/lathom/certificates").glob("*.json"))
        return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in found}

    def path(self, number: str) -> str:
        """Where a certificate lies."""
        return str(self.root / f"schools/lathom/certificates/{number}.json")


def certified(folder: Path, school: str) -> Path:
    """A workspace with a certificate of a school of that name, which is written as it stands in a file."""
    office = Office(folder, school)
    office.visit("2026-11-20", "green", "--award", "silver")
    office.run("certificate", "issue")
    return office.root
