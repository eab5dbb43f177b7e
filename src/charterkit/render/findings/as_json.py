"""For programs: the keys of `commands.md`."""

import json
from dataclasses import asdict

from charterkit.rules.check import CheckResult

KEYS = ("code", "name", "severity", "path", "line", "column", "message", "help")


def as_json(result: CheckResult) -> str:
    """`{"files", "counts", "findings"}`."""
    rows = [{key: asdict(finding)[key] for key in KEYS} for finding in result.findings]
    return json.dumps({"files": result.files, "counts": result.counts, "findings": rows}, ensure_ascii=False, indent=2)
