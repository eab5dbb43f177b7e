"""What is wanted of a check: findings below some paths, or all but those below others."""

import fnmatch
import re
from collections.abc import Collection, Iterable

from charterkit.findings import CheckResult, Finding
from charterkit.text.english import counted

Told = tuple[str, str]
"""What settings left out: the pattern of a path, empty for everywhere, and the words."""


def narrowed(
    paths: Iterable[str], findings: Iterable[Finding], only: Collection[str] | None, told: Iterable[Told] = ()
) -> CheckResult:
    """What was looked at and found, or what is wanted of it, by file and place; `told` is what settings left out."""
    only = None if only is None else frozenset(only)
    wanted = [path for path in paths if only is None or under(path, only)]
    return CheckResult(
        len(wanted),
        tuple(sorted(finding for finding in findings if only is None or under(finding.path, only))),
        tuple(wanted),
        _said(told, None if only is None else wanted),
    )


_MOST_PLACES = 5
"""Patterns of paths that are named; the others are counted."""


def _said(told: Iterable[Told], wanted: Collection[str] | None) -> tuple[str, ...]:
    """The words of what settings left out, as far as it is about what is wanted; None for everything."""
    found = [each for each in told if not each[0] or wanted is None or any(map(pattern(each[0]).fullmatch, wanted))]
    rest = [words for place, words in found if place][_MOST_PLACES:]
    said = [words for _, words in found]
    if rest:
        first = said.index(rest[0])
        said[first : first + len(rest)] = [f"others are off in {counted(len(rest), 'more place')}"]
    return tuple(said)


def pattern(path: str) -> re.Pattern[str]:
    """A file's or folder's path, in which * stands for anything; a folder's takes in what lies below it."""
    path = path.removeprefix("./").rstrip("/")
    return re.compile(f"{fnmatch.translate(path)}|{fnmatch.translate(f'{path}/*')}")


def without(found: CheckResult, folders: Collection[str]) -> CheckResult:
    """What was looked at and found, but for what lies in some folders."""
    paths = tuple(path for path in found.paths if not under(path, folders))
    findings = tuple(finding for finding in found.findings if not under(finding.path, folders))
    return CheckResult(len(paths), findings, paths, found.settings)


def under(path: str, only: Collection[str]) -> bool:
    """Whether a file is one of those named, or lies in a folder that is; quick for a set of very many."""
    if path in only or "" in only or "." in only:
        return True
    end = path.rfind("/")
    while end > 0:
        if path[:end] in only:
            return True
        end = path.rfind("/", 0, end)
    return False
