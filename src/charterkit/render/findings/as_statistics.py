"""How often each code was found, most often first: as lines for people, or as JSON."""

import json
from collections import Counter
from typing import TYPE_CHECKING

from charterkit.render.findings.style import PLAIN, Style, total, wrapped

if TYPE_CHECKING:
    from charterkit.findings import CheckResult


def _rows(result: "CheckResult") -> list[dict[str, str | int]]:
    found = Counter((finding.code, finding.name, finding.severity) for finding in result.findings)
    order = sorted(found.items(), key=lambda row: (-row[1], row[0]))
    return [
        {"count": count, "code": code, "name": name, "severity": severity.value}
        for (code, name, severity), count in order
    ]


def _as_text(result: "CheckResult", style: Style = PLAIN) -> str:
    rows = _rows(result)
    width = max((len(f"{row['count']:,}") for row in rows), default=0)
    lines = [f"{row['count']:>{width},}  {row['code']}  {row['severity']:<7}  {row['name']}" for row in rows]
    return "\n".join([*lines, *([""] if lines else []), wrapped(total(result), style.columns)])


def _as_json(result: "CheckResult", style: Style = PLAIN) -> str:  # noqa: ARG001 - every format takes both
    whole = {"files": result.files, "counts": result.counts, "statistics": _rows(result)}
    return json.dumps(whole, ensure_ascii=False, indent=2)


STATISTICS = {"text": _as_text, "json": _as_json}
"""The formats that have statistics."""
