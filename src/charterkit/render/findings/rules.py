"""The rules as people read them: one in the terminal, one as a page, all as a table."""

import json
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict

from charterkit.rules.documentation import Documentation

WIDTH = 80
NARROW = 25
"""Columns that are too few for a sentence beside something else."""
FAMILIES = {
    "CK1": "The file as YAML",
    "CK2": "The file as data",
    "CK3": "Across files",
    "CK4": "Evidence and completeness",
    "CK5": "Policies and dates",
    "CK6": "Privacy and safety",
    "CK7": "Charters and translations",
}
"""What the first digit of a code stands for."""


def plain(rule: Documentation, columns: int = WIDTH) -> str:
    """One rule for a terminal so wide, without colour or markup; the samples stay as they are."""
    heading = f"{rule.code} {rule.name} ({rule.severity.value})"
    return f"{heading}\n\n{_wrapped(rule.summary, columns)}\n\n{plain_body(rule, columns)}"


def plain_body(rule: Documentation, columns: int = WIDTH) -> str:
    """Why, bad, good and mend as plain text."""
    why, mend = _wrapped(rule.why, columns), _wrapped(rule.mend, columns)
    parts = (("Why", why), ("Bad", rule.bad), ("Good", rule.good), ("Mend", mend))
    return "\n\n".join(f"{title}\n{textwrap.indent(text, '  ')}" for title, text in parts)


def _wrapped(text: str, columns: int) -> str:
    return textwrap.fill(text, columns - 2, break_long_words=False, break_on_hyphens=False)


def markdown_page(rule: Documentation) -> str:
    """One rule as a page of the documentation."""
    heading = f"# {rule.code} {rule.name}"
    return f"{heading}\n\n{escaped(rule.summary)} Severity: {rule.severity.value}.\n\n{markdown_body(rule, 2)}\n"


def markdown_body(rule: Documentation, level: int = 3) -> str:
    """Why, bad, good and mend as Markdown."""
    sections = (
        ("Why", escaped(rule.why)),
        ("Bad", _fenced(rule.bad)),
        ("Good", _fenced(rule.good)),
        ("Mend", escaped(rule.mend)),
    )
    return "\n\n".join(f"{'#' * level} {title}\n\n{text}" for title, text in sections)


def _fenced(text: str) -> str:
    return f"```text\n{text}\n```"


def escaped(text: str) -> str:
    """Our own sentences in Markdown: code in backticks stays code, the rest is text."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _literal(text)
    return "`".join(part if number % 2 else _literal(part) for number, part in enumerate(parts))


def _literal(text: str) -> str:
    for character in "\\*_<[|`":
        text = text.replace(character, f"\\{character}")
    return text


def markdown_index(rules: Iterable[Documentation], link: Callable[[str], str] | None = None) -> str:
    """All rules as Markdown tables, a table a family; with `link` each code leads to its page."""
    blocks: list[str] = []
    family = ""
    for rule in rules:
        if rule.code[:3] != family:
            family = rule.code[:3]
            title = FAMILIES.get(family, "Others")
            blocks.append(f"\n## {title}\n\n| code | name | severity | what it finds |\n| --- | --- | --- | --- |")
        code = f"[{rule.code}]({link(rule.code)})" if link else rule.code
        blocks.append(f"| {code} | {rule.name} | {rule.severity.value} | {escaped(rule.summary)} |")
    return "\n".join(blocks).lstrip("\n")


def table(rules: Sequence[Documentation], columns: int = WIDTH) -> str:
    """All rules for a terminal: a line each, and more where the sentence is long or the terminal narrow."""
    names = max((len(rule.name) for rule in rules), default=0)
    lines = []
    for rule in rules:
        start = f"{rule.code}  {rule.name:<{names}}  {rule.severity.value:<7}  "
        room = columns - len(start)
        if room < NARROW:
            indent = " " * (len(rule.code) + 2)
            said = textwrap.wrap(rule.summary, columns - len(indent), break_long_words=False)
            lines += [f"{rule.code}  {rule.name} ({rule.severity.value})", *(indent + line for line in said)]
            continue
        first, *more = textwrap.wrap(rule.summary, room, break_long_words=False)
        lines += [start + first, *(f"{'':{len(start)}}{line}" for line in more)]
    return "\n".join(lines)


def as_json(rules: Sequence[Documentation]) -> str:
    """All rules for programs: a list, one entry a rule."""
    return json.dumps([asdict(rule) for rule in rules], ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Sequence[Documentation]], str]] = {
    "table": table,
    "json": as_json,
    "markdown": markdown_index,
}
