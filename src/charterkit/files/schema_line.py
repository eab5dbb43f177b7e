"""The comment on a file's first line that tells editors which JSON Schema the file follows."""

import re
from pathlib import Path

SCHEMAS = ".charterkit/schemas"
"""Where a workspace keeps the schemas, so that editors find them without a network."""
_LINE = re.compile(r"\A(?:[ \t]*(?:#[^\n]*)?\n)*?#[ \t]*yaml-language-server:[ \t]*\$schema=")


def schema_line(root: Path, path: str, kind: str) -> str:
    """The line for a file of a kind ("evaluation") at a path below the workspace, with its line end.

    Empty where the workspace keeps no schema of that kind.
    """
    if not (root / SCHEMAS / f"{kind}.json").is_file():
        return ""
    return f"# yaml-language-server: $schema={'../' * path.count('/')}{SCHEMAS}/{kind}.json\n"


def has_schema_line(text: str) -> bool:
    """Whether one of the comments at a text's head is such a line already, whatever schema it names."""
    return bool(_LINE.match(text.replace("\r\n", "\n")))


def with_schema_line(text: str, line: str) -> str:
    """The text under the line; as it is where it has one."""
    return text if has_schema_line(text) else line + text
