"""What the register said of each school when it was taken in last, kept in the workspace beside the schemas.

With it a person's own change in a school.yaml can be told from one that nobody has made. Without it nothing is lost:
what a file says otherwise than the register then counts as a person's.
"""

import json
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from charterkit.errors import Refused
from charterkit.exchange.answers import plain_bytes
from charterkit.exchange.gias.compare import FIELDS
from charterkit.files.places import leads_inside
from charterkit.files.together import NewFile, Rewrite
from charterkit.records import dataclass

PATH = ".charterkit/gias.jsonl"
_MOST_BYTES = 256 * 1024 * 1024
_KEY = "id"


@dataclass
class GiasMemory:
    """By "urn 100000" or "group 2053" what was said, and the file's bytes (None: there is none)."""

    data: bytes | None = None
    said: dict[str, dict[str, str]] = field(default_factory=dict)
    strange: int = 0
    """Lines that could not be read; they are left out when it is written anew."""

    def file(
        self, more: Mapping[str, Mapping[str, str]], gone: frozenset[str] = frozenset()
    ) -> Rewrite | NewFile | None:
        """The file with what is said now; None where that is what it holds. What is no longer said stays in it."""
        new = {key: said for key, said in self.said.items() if key not in gone}
        for key, said in more.items():
            new[key] = {**new.get(key, {}), **said}
        lines = [_line(key, new[key]) for key in sorted(new)]
        data = "".join(f"{line}\n" for line in lines).encode(errors="replace")
        if data == (self.data or b""):
            return None
        note = "What the register said"
        return NewFile(PATH, data, note) if self.data is None else Rewrite(PATH, self.data, data, note)


def recalled(root: Path) -> GiasMemory:
    """What is kept in a workspace. Raises CharterkitError where it cannot be read."""
    place = root / PATH
    if not leads_inside(root, place):
        raise Refused("leads-out", parent=place.parent)
    try:
        place.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return GiasMemory()
    data = plain_bytes(place, _MOST_BYTES)
    made = GiasMemory(data)
    for line in data.decode(errors="replace").split("\n"):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            found = None
        key = found.get(_KEY) if isinstance(found, dict) else None
        if isinstance(key, str):
            made.said[key] = {name: found[name] for name in FIELDS if isinstance(found.get(name), str)}
        else:
            made.strange += 1
    return made


def _line(key: str, said: Mapping[str, str]) -> str:
    return json.dumps({_KEY: key, **{name: said[name] for name in FIELDS if name in said}}, ensure_ascii=False)
