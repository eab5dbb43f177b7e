"""For programs: the keys of `commands.md`."""

import json
from typing import TYPE_CHECKING

from charterkit.render.findings.style import PLAIN, Style

if TYPE_CHECKING:
    from charterkit.findings import CheckResult

KEYS = ("code", "name", "severity", "path", "line", "column", "message", "help")


def as_json(result: "CheckResult", style: Style = PLAIN) -> str:  # noqa: ARG001 - every format takes both
    """`{"files", "counts", "settings", "findings"}`."""
    rows = [{key: getattr(finding, key) for key in KEYS} for finding in result.findings]
    made = {"files": result.files, "counts": result.counts, "settings": result.settings, "findings": rows}
    return json.dumps(made, ensure_ascii=False, indent=2)
