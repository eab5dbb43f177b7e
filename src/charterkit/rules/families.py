"""Which organisations' findings hang together: a trust with its members is looked at as one, so that a check can be cut
into parts that know nothing of each other.
"""

from collections.abc import Collection, Iterable, Mapping

from charterkit.findings import CheckResult, Finding

Family = tuple[str, ...]
"""Slugs, sorted. The one without any is what all share: the settings, the charters and what lies in no school."""

SHARED: Family = ()


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


def concerns(family: Family, only: Collection[str] | None) -> bool:
    """Whether one of these files or folders may lie in a family's, or around them."""
    if only is None or family == SHARED:
        return True
    folders = [f"schools/{slug}" for slug in family]
    return any(under(folder, only) or any(under(one, [folder]) for one in only) for folder in folders)


def narrowed(paths: Iterable[str], findings: Iterable[Finding], only: Collection[str] | None) -> CheckResult:
    """What was looked at and found, or what is wanted of it, by file and place."""
    wanted = [path for path in paths if only is None or under(path, only)]
    return CheckResult(
        len(wanted), tuple(sorted(one for one in findings if only is None or under(one.path, only))), tuple(wanted)
    )


def under(path: str, only: Collection[str]) -> bool:
    """Whether a file is one of those named, or lies in a folder that is."""
    return any(one in ("", ".") or path == one or path.startswith(f"{one}/") for one in only)
