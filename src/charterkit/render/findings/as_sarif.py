"""For code scanning (GitHub, Azure DevOps, editors): SARIF 2.1.0, an OASIS standard of 2020 with errata of 2023."""

import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from charterkit import __version__
from charterkit.choices import Severity
from charterkit.findings import Finding
from charterkit.render.findings.style import PLAIN, Style
from charterkit.text.safe import one_line

if TYPE_CHECKING:
    from charterkit.findings import CheckResult

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "charterkit/v1"
"""Not `primaryLocationLineHash`: GitHub's upload action works that one out itself, and warns of each that differs."""
ROOT = "%SRCROOT%"
"""What paths are relative to, by the name that GitHub and others give it."""
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PRECISE = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
"""GitHub's words for how much a rule matters."""
_LONGEST = 1000
"""A longer line is not repeated in the log."""


def as_sarif(result: "CheckResult", style: Style = PLAIN) -> str:
    """One run: every rule with its help, and each finding with a fingerprint that stays when lines move."""
    descriptors, index = _descriptors()
    fingerprints = _Fingerprints(style)
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "charterkit", "semanticVersion": __version__, "rules": descriptors}},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {ROOT: {"description": {"text": "The top folder of the repository."}}},
                "results": [_result(found, index, fingerprints.of(found), style) for found in result.findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False)  # indented it takes four times as long, and no person reads it


def _descriptors() -> tuple[list[dict[str, Any]], dict[str, int]]:
    from charterkit.render.findings.rules import markdown_body, plain_body  # noqa: PLC0415 - only this format needs the rules
    from charterkit.rules.documentation import documentation  # noqa: PLC0415
    from charterkit.rules.registry import RULES  # noqa: PLC0415

    descriptors = []
    for rule in RULES.values():
        said = documentation(rule)
        descriptors.append(
            {
                "id": said.code,
                "name": said.name,
                "shortDescription": {"text": said.summary},
                "fullDescription": {"text": f"{said.summary} {said.why}"},
                "help": {"text": plain_body(said), "markdown": markdown_body(said)},
                "defaultConfiguration": {"level": _LEVELS[said.severity]},
                "properties": {"problem.severity": _PRECISE[said.severity], "precision": "very-high"},
            }
        )
    return descriptors, {code: number for number, code in enumerate(RULES)}


def _result(finding: Finding, index: dict[str, int], fingerprint: str, style: Style) -> dict[str, Any]:
    place: dict[str, Any] = {
        "artifactLocation": {"uri": uri(style.folder + finding.path), "uriBaseId": ROOT},
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }
    if 0 < len(finding.excerpt) <= _LONGEST:
        place["contextRegion"] = {"startLine": finding.line, "snippet": {"text": finding.excerpt}}
    return {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": _sentence(finding)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }


def _sentence(finding: Finding) -> str:
    """What is wrong and what to do. `[text](1)` would be a link in SARIF: people's text makes none."""
    whole = one_line(f"{finding.message.rstrip('.')}. {finding.help}".strip())
    return whole.replace("](", "] (")


def uri(path: str) -> str:
    """A relative path as a URI reference, its bytes percent-encoded as far as they must be."""
    return quote(path, safe="/-._~!$&'()*+,;=@", errors="surrogateescape")


class _Fingerprints:
    """Code, path, the words of the line and which of several such findings it is: no number of a line."""

    def __init__(self, style: Style) -> None:
        self.folder = style.folder
        self.seen: Counter[str] = Counter()
        self.words: dict[str, str] = {}
        """Of a line with many findings the words are taken once."""

    def of(self, finding: Finding) -> str:
        from hashlib import sha256  # noqa: PLC0415 - only this format needs it

        line = finding.excerpt
        if line not in self.words:
            words = " ".join(line.split())
            self.words[line] = sha256(words.encode(errors="surrogatepass")).hexdigest()
        whole = "\0".join((finding.code, self.folder + finding.path, self.words[line]))
        made = sha256(whole.encode(errors="surrogatepass")).hexdigest()[:16]
        self.seen[made] += 1
        return f"{made}:{self.seen[made]}"
