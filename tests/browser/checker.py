"""The Nu HTML checker (validator.github.io), which npm brings as vnu-jar and Java runs."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "build" / "vnu" / "package" / "build" / "dist" / "vnu.jar"
"""Where tools/system-packages.sh puts it."""
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Of a program that ends after seconds, Java is not to make the best of code: that takes as long again as the pages."""
MISSING = "NO HTML CHECKER: sh tools/system-packages.sh gets it (make test does), where there are npm and java"
MEANT = {
    f"The “list” role is unnecessary for element “{name}”.": "Safari takes a list without bullets for none at all"
    for name in ("ol", "ul")
}
"""What the checker remarks on and we mean, each with the reason."""


def installed() -> bool:
    """Whether it can run here."""
    return PLACE.is_file() and shutil.which("java") is not None


def remarks(pages: Iterable[Path]) -> list[str]:
    """What it has against any of the pages, warnings too. One run for all: starting it takes as long as ten pages."""
    command = ["java", "-Xss4m", *QUICK, "-jar", str(PLACE), "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run([*command, *map(str, pages)], capture_output=True, encoding="utf-8", check=True)
    found = json.loads(done.stdout)["messages"]
    return [
        f"{one.get('url', '').rpartition('/')[2]}:{one.get('lastLine', 0)}: {one['message']} {one.get('extract', '')}"
        for one in found
        if one["message"] not in MEANT
    ]
