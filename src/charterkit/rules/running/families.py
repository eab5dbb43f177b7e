"""Which organisations' findings hang together: a trust with its members is looked at as one, so that a check can be cut
into parts that know nothing of each other.
"""

import fnmatch
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from charterkit.files.disk import SCHOOLS
from charterkit.findings import CheckResult, Finding
from charterkit.text.english import counted

Told = tuple[str, str]
"""What settings left out: the pattern of a path, empty for everywhere, and the words."""
Family = tuple[str, ...]
"""Slugs, sorted. The one without any is what all share: the settings, the charters and what lies in no school."""

SHARED: Family = ()
CHUNK = 64
"""Files that are looked at together: enough to be worth the way to another process and back, and for each rule to stay
at hand in the processor (a fifth of the time in November 2026); more would only take memory."""


def families(slugs: Iterable[str], kin_of: Mapping[str, Iterable[str]]) -> list[Family]:
    """Every organisation in one family, with all that it names and all that name it."""
    head = {slug: slug for slug in slugs}

    def top(slug: str) -> str:
        while head[slug] != slug:
            head[slug] = head[head[slug]]
            slug = head[slug]
        return slug

    for slug in list(head):
        for other in kin_of.get(slug, ()):
            if other in head:
                head[top(other)] = top(slug)
    found: dict[str, list[str]] = {}
    for slug in head:
        found.setdefault(top(slug), []).append(slug)
    return sorted(tuple(sorted(each)) for each in found.values())


def concerned(every: Sequence[Family], only: Collection[str] | None) -> list[Family]:
    """The families in whose files, or around whose files, one of these files or folders may lie; and what all share."""
    if only is None or not {"", ".", SCHOOLS}.isdisjoint(only):
        return [SHARED, *every]
    named = {text.split("/", 2)[1] for text in only if text.startswith(f"{SCHOOLS}/")}
    return [SHARED, *(family for family in every if not named.isdisjoint(family))]


def chunks(sizes: Mapping[Family, int]) -> Iterator[Sequence[Family]]:
    """Families, given with the number of their files, in parts that are looked at together.

    The largest come first, so that none is begun when the others are done.
    """
    chunk: list[Family] = []
    held = 0
    for family in sorted(sizes, key=lambda family: (-sizes[family], family)):
        chunk.append(family)
        held += max(1, sizes[family])  # a school without any file is some work too
        if held >= CHUNK:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


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
    return CheckResult(
        len(paths), tuple(finding for finding in found.findings if not under(finding.path, folders)), paths
    )


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
