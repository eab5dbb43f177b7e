"""GitHub's side of `gh api`, for the test of the reminders' workflow: a repository's issues, kept in a file.

Called as `gh`; $FAKE_GITHUB is a folder. `issues.json` holds the issues and pull requests, the newest first, `calls` a
line for every call, and whatever is in `refuses` (GET, POST, PATCH) is answered as to a token without the right.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

LONGEST = 65536
"""Characters of an issue; GitHub refuses more (422, "body is too long (maximum is 65536 characters)")."""
PAGE = 100
ALL = "repos/ours/data/issues"
US = "github-actions[bot]"
LIST = f"{ALL}?state=all&creator=github-actions%5Bbot%5D&per_page={PAGE}"


def main() -> int:
    """One call."""
    folder = Path(os.environ["FAKE_GITHUB"])
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("command", choices=["api"])
    parser.add_argument("path")
    parser.add_argument("--method", default="GET")
    parser.add_argument("--paginate", action="store_true")
    parser.add_argument("--silent", action="store_true")
    parser.add_argument("--jq")
    parser.add_argument("--field", action="append", default=[])
    parser.add_argument("--raw-field", action="append", default=[])
    given = parser.parse_args()
    with (folder / "calls").open("a", encoding="utf-8") as file:
        file.write(f"{given.method} {given.path}\n")
    refuses = folder / "refuses"
    if not os.environ.get("GH_TOKEN") or (refuses.exists() and given.method in refuses.read_text(encoding="utf-8")):
        return _refuse("Resource not accessible by integration (HTTP 403)")
    issues: list[dict[str, Any]] = json.loads((folder / "issues.json").read_text(encoding="utf-8"))
    if given.method == "GET":
        return _list(given, issues)
    said = _fields(given)
    if len(said.get("body", "x")) not in range(1, LONGEST + 1) or said.get("state", "open") not in ("open", "closed"):
        return _refuse("Validation Failed (HTTP 422)")
    if given.method == "POST" and given.path == ALL and said.get("title"):
        number = 1 + max((one["number"] for one in issues), default=0)
        issues.insert(0, {"number": number, "state": "open", "user": {"login": US}, **said})
    else:
        found = [one for one in issues if given.path == f"{ALL}/{one['number']}"]
        if given.method != "PATCH" or not found:
            return _refuse("Not Found (HTTP 404)")
        found[0].update(said)
    (folder / "issues.json").write_text(json.dumps(issues), encoding="utf-8")
    return 0


def _fields(given: argparse.Namespace) -> dict[str, str]:
    """As gh reads them: a `--field` that starts with @ is the text of a file."""
    found = dict(one.split("=", 1) for one in given.raw_field)
    for one in given.field:
        name, _, value = one.partition("=")
        found[name] = Path(value[1:]).read_bytes().decode("utf-8") if value.startswith("@") else value
    return found


def _list(given: argparse.Namespace, issues: list[dict[str, Any]]) -> int:
    """Page by page, the filter on each, as gh does."""
    if given.path != LIST:
        return _refuse("Not Found (HTTP 404)")
    issues = [one for one in issues if one["user"]["login"] == US]
    for start in range(0, max(len(issues), 1) if given.paginate else PAGE, PAGE):
        page = json.dumps(issues[start : start + PAGE])
        done = subprocess.run(["jq", "-r", given.jq], input=page, encoding="utf-8", check=False)
        if done.returncode:
            return 1
    return 0


def _refuse(said: str) -> int:
    sys.stderr.write(f"gh: {said}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
