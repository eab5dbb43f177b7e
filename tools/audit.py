"""Asks a public database (OSV) for known faults of what constraints.txt pins. Where it cannot be reached, says so.

The asking is pip-audit's, in an environment of its own. Nothing is installed of what is asked about.
"""

import json
import re
import subprocess
import sys
import venv

from tools.pins import PINS, ROOT

PLACE = ROOT / "build" / "audit"
_UNREACHED = re.compile(r"\b(?:\w*ConnectionError|\w*Timeout|ServiceError|HTTPError|ProxyError|SSLError)\b")
"""What pip-audit's last words are where the database does not answer."""


def verdict(report: str, complaint: str) -> tuple[int, str]:
    """The exit code and what to say, from pip-audit's JSON (empty where it made none) and what it complained of."""
    if report:
        asked = json.loads(report)["dependencies"]
        bad = [
            f"{each['name']} {each['version']}: {fault['id']}, mended in {' or '.join(fault['fix_versions']) or 'none'}"
            for each in asked
            for fault in each.get("vulns", [])
        ]
        return (1, "\n".join(bad)) if bad else (0, f"No known faults in the {len(asked)} packages of constraints.txt.")
    if _UNREACHED.search(complaint):
        return 0, "Nothing was audited: no database of known faults could be reached from here."
    return 2, f"Nothing was audited, as pip-audit failed:\n{complaint}"


def main() -> int:
    """Audit; the exit code."""
    python = PLACE / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(PLACE, with_pip=True)
    install = [
        str(python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-c",
        str(PINS),
        "pip-audit",
    ]
    if subprocess.run(install, check=False).returncode:
        sys.stdout.write("Nothing was audited: pip-audit could not be installed.\n")
        return 0
    report = PLACE / "report.json"
    report.unlink(missing_ok=True)
    ask = [str(python), "-m", "pip_audit", "-s", "osv", "--no-deps", "--disable-pip", "--progress-spinner", "off"]
    done = subprocess.run(
        [*ask, "-r", str(PINS), "-f", "json", "-o", str(report)], stderr=subprocess.PIPE, encoding="utf-8", check=False
    )
    code, said = verdict(report.read_text(encoding="utf-8") if report.exists() else "", done.stderr)
    sys.stdout.write(f"{said}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
