"""GitHub's side of `gh api`, for the workflow's test: one pull request's comments, kept in a file.

Called as `gh`; $FAKE_GITHUB is a folder. `comments.json` holds the comments, `calls` a line for every call, and
whatever is in `refuses` (GET, POST, PATCH) is answered as GitHub answers a token without the right.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

LONGEST = 65536
"""Characters of a comment; GitHub refuses more (422, "body is too long (maximum is 65536 characters)")."""
PAGE = 100


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
    parser.add_argument("--field")
    given = parser.parse_args()
    with (folder / "calls").open("a", encoding="utf-8") as file:
        file.write(f"{given.method} {given.path}\n")
    refuses = folder / "refuses"
    if not os.environ.get("GH_TOKEN") or (refuses.exists() and given.method in refuses.read_text(encoding="utf-8")):
        return _refuse("Resource not accessible by integration (HTTP 403)")
    comments = json.loads((folder / "comments.json").read_text(encoding="utf-8"))
    if given.method == "GET":
        return _list(given, comments)
    name, _, file_name = given.field.partition("=@")
    body = Path(file_name).read_bytes().decode("utf-8")
    if name != "body" or not body.strip() or len(body) > LONGEST:
        return _refuse("Validation Failed (HTTP 422)")
    if given.method == "POST" and given.path == "repos/ours/data/issues/7/comments":
        comments.append({"id": 100 + len(comments), "user": {"login": "github-actions[bot]"}, "body": body})
    else:
        found = [one for one in comments if given.path == f"repos/ours/data/issues/comments/{one['id']}"]
        if given.method != "PATCH" or not found:
            return _refuse("Not Found (HTTP 404)")
        found[0]["body"] = body
    (folder / "comments.json").write_text(json.dumps(comments), encoding="utf-8")
    return 0


def _list(given: argparse.Namespace, comments: list[object]) -> int:
    """Page by page, the filter on each, as gh does."""
    if given.path != f"repos/ours/data/issues/7/comments?per_page={PAGE}":
        return _refuse("Not Found (HTTP 404)")
    for start in range(0, len(comments) if given.paginate else PAGE, PAGE):
        page = json.dumps(comments[start : start + PAGE])
        done = subprocess.run(["jq", "-r", given.jq], input=page, encoding="utf-8", check=False)
        if done.returncode:
            return 1
    return 0


def _refuse(said: str) -> int:
    sys.stderr.write(f"gh: {said}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
