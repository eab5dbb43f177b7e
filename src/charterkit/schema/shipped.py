"""The schemas as they are shipped: files, so that nobody waits while they are made."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "files"


def shipped_text(kind: str) -> str:
    """One kind's schema, as it is in the package."""
    return (FOLDER / f"{kind}.json").read_text(encoding="utf-8")


def shipped(kind: str) -> dict[str, Any]:
    """The same, as data to fill in."""
    found: dict[str, Any] = json.loads(shipped_text(kind))
    return found


def as_text(schema: dict[str, Any]) -> str:
    """A schema as it is written to a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
