"""For editors and for grep: a line a finding, as compilers write it."""

from typing import TYPE_CHECKING

from charterkit.findings import Finding
from charterkit.render.findings.style import PLAIN, Style, place
from charterkit.text.safe import one_line

if TYPE_CHECKING:
    from charterkit.findings import CheckResult


def as_concise(result: "CheckResult", style: Style = PLAIN) -> str:  # noqa: ARG001 - every format takes both
    """`path:line:column: CODE message`, and nothing else."""
    return "\n".join(concise_line(finding) for finding in result.findings)


def concise_line(finding: Finding) -> str:
    """One finding."""
    return f"{place(finding)}: {finding.code} {one_line(finding.message)}"
