"""A check of a workspace on disk as the command runs it: only what has changed, by as many processes as are worth it.

Little is imported before it is known that something has changed.
"""

import os
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from charterkit import __version__
from charterkit.files.attachments import EVERY_SCHOOL, is_unchanged
from charterkit.files.disk import PACKS, SCHOOLS, Disk, Stamp, UnfitError, before, entries, school_folders, stamp
from charterkit.files.names import NEARLY_SETTINGS
from charterkit.files.places import SETTINGS
from charterkit.findings import CheckResult, Finding
from charterkit.resources import PACKAGE
from charterkit.rules.running.cache import Cache, Row, Seen, digest, schools_digest
from charterkit.rules.running.families import SHARED, Family, concerned, families, narrowed

if TYPE_CHECKING:
    from charterkit.files.workspace import Workspace
    from charterkit.rules.running.check import Examined
    from charterkit.rules.running.settings import Settings

Files = Mapping[str, Stamp | None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a check is asked for; as in `check`. `jobs` is how many processes; None for as many as are worth it."""

    today: date
    only: tuple[str, ...] | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    jobs: int | None = None


def run(root: Path, builtin: Path | None, wish: Wish, cache: Cache | None = None) -> CheckResult:
    """The same result as `check` gives, sooner. Raises CharterkitError for a code that no rule has."""
    return _Run(root, builtin, wish, cache).result()


@dataclass
class _Run:
    root: Path
    builtin: Path | None
    wish: Wish
    cache: Cache | None
    fresh: dict[Family, Row] = field(default_factory=dict)
    """What is known and still holds."""
    kin: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """By slug the digest of a school's file, empty where there is none, and the organisations that it names."""

    def __post_init__(self) -> None:
        self.until = before() if self.cache else None
        self.disk = Disk(self.root)
        self.listing = self.disk.listing(self.until)
        self.slugs = self.listing.schools
        self.shared = {**self._shared(), **self.listing.loose}
        self.known = self.cache.rows() if self.cache else {}

    def result(self) -> CheckResult:
        self._meet()
        every = families(self.slugs, {slug: names for slug, (_, names) in self.kin.items()})
        wanted = concerned(every, self.wish.only)
        salt = self._salt()
        for family in wanted if salt else ():
            row = self._still(family, salt)
            if row:
                self.fresh[family] = row
        stale = {family: len(self._files(family)) for family in wanted if family not in self.fresh}
        made = dict(self._examined(stale)) if stale else {}
        if self.cache:
            self._keep(self.cache, made, salt, [SHARED, *every])
        return self._joined(wanted, made)

    # -- what is there

    def _shared(self) -> Files:
        top = [self.root / name for name in (SETTINGS, *NEARLY_SETTINGS)]
        found = {path.name: stamp(path, self.until or 0) for path in top if self.disk.has(path.name)}
        for folder in ("charters", PACKS):
            found.update(entries(self.root, folder, self.until))
        return found

    def _files(self, family: Family) -> Files:
        if family == SHARED:
            return self.shared
        if len(family) == 1:
            return self.slugs.get(family[0], {})
        return {path: when for slug in family for path, when in self.slugs.get(slug, {}).items()}

    def _digest(self, path: str, when: Stamp | None, known: Seen | None) -> str:
        """What identifies a file's content; read only where its stamp does not tell. Empty where it cannot be read."""
        if known and when and known[0] == when:
            return known[1] or ""
        try:
            return digest(self.disk.read(path, is_inside=path.startswith(f"{SCHOOLS}/")))
        except UnfitError:
            return ""

    # -- what is known of it

    def _meet(self) -> None:
        """Learn which organisations each one names: from what is known, or from its file."""
        owner = {slug: row for row in self.known.values() for slug in row.kin}
        for slug in self.slugs:
            path, files, row = f"{SCHOOLS}/{slug}/school.yaml", self.slugs[slug], owner.get(slug)
            known = row.files.get(path) if row else None
            if row and known and path in files and self._digest(path, files[path], known) == known[1]:
                self.kin[slug] = known[1] or "", row.kin[slug]
            else:
                self.kin[slug] = self._introduced(path) if path in files else ("", ())

    def _introduced(self, path: str) -> tuple[str, tuple[str, ...]]:
        from charterkit.rules.running.check import kin

        try:
            data = self.disk.read(path, is_inside=True)
        except UnfitError:
            return "", ()
        return digest(data), kin(data)

    def _salt(self) -> str:
        """Stands for all that a finding depends on besides its family's files; empty where that cannot be told."""
        if not self.cache:
            return ""
        row = self.known.get(SHARED)
        loose = {path: when for path, when in self.shared.items() if path.startswith(SCHOOLS)}
        shared = {**self._shared(), **loose}
        known = row.files if row else {}
        digests = sorted((path, self._digest(path, when, known.get(path))) for path, when in shared.items())
        if not all(text for path, text in digests if path not in loose):
            return ""
        wish = self.wish
        told = (str(wish.today), sorted(wish.select), sorted(wish.ignore), school_folders(self.root), digests)
        return digest(repr(told).encode(errors="surrogateescape"))

    def _still(self, family: Family, salt: str) -> Row | None:
        """The family's row with stamps as they are now, where all is as it was."""
        row, files = self.known.get(family), self._files(family)
        if row is None or row.salt != salt or row.files.keys() != files.keys():
            return None
        renewed: dict[str, Seen] = {}
        for path, known in row.files.items():
            when = files[path]
            if when is None or when != known[0]:
                if self._digest(path, None, None) != known[1]:
                    return None
                renewed[path] = when, known[1]
        if row.asked.get(EVERY_SCHOOL, self.every_school) != self.every_school:
            return None
        if not is_unchanged(self.root, row.asked):
            return None
        return replace(row, files={**row.files, **renewed}) if any(when for when, _ in renewed.values()) else row

    @cached_property
    def every_school(self) -> str:
        """Stands for the files of all organisations, as in `schools_digest`."""
        return schools_digest((slug, item) for slug, (item, _) in self.kin.items())

    # -- what has to be looked at

    @cached_property
    def workspace(self) -> "Workspace":
        from charterkit.files.workspace import Workspace

        return Workspace(self.root, self.builtin, listed=self.listing)

    @cached_property
    def chosen(self) -> "Settings":
        """Which rules are wanted, and where."""
        from charterkit.rules.running.settings import settings

        return settings(self.workspace.config.check, self.wish.select, self.wish.ignore)

    def _examined(self, sizes: Mapping[Family, int]) -> "Iterator[tuple[Family, Examined]]":
        from charterkit.rules.running.parallel import examined, processors

        return examined(self.workspace, sizes, self.chosen, self.wish.today, self.wish.jobs or processors())

    def _keep(self, cache: Cache, made: "Mapping[Family, Examined]", salt: str, every: Collection[Family]) -> None:
        """Only what was made of the very files that were listed before, and with what all share as it was then."""
        rows = {family: row for family, row in self.fresh.items() if row is not self.known[family]}
        if salt and made and salt == self._salt():
            rows.update((family, row) for family, part in made.items() if (row := self._row(family, part, salt)))
        gone = self.known.keys() - set(every)
        if rows or gone:
            cache.keep(rows, gone)

    def _row(self, family: Family, part: "Examined", salt: str) -> Row | None:
        files, made = self._files(family), dict(part.files)
        seen = {path: (files[path], item) for path, item in made.items() if item and path in files}
        is_whole = files.keys() == made.keys() == seen.keys()
        is_kin = all(made.get(f"{SCHOOLS}/{slug}/school.yaml", "") == self.kin[slug][0] for slug in family)
        kin = {slug: self.kin[slug][1] for slug in family}
        return Row(salt, seen, kin, part.asked, part.findings, self.chosen.told) if is_whole and is_kin else None

    def _joined(self, wanted: Collection[Family], made: "Mapping[Family, Examined]") -> CheckResult:
        paths: list[str] = []
        findings: list[Finding] = []
        for family in wanted:
            part = made.get(family)
            paths += [path for path, _ in part.files] if part else self.fresh[family].files
            findings += part.findings if part else self.fresh[family].findings
        told = self.chosen.told if made else next((row.told for row in self.fresh.values()), ())
        return narrowed(paths, findings, self.wish.only, told)


def program(builtin: Path | None) -> str:
    """What tells one state of this program, of what it is built from, and of its own charters from another."""
    installed = [folder for folder in sys.path if folder.endswith(("site-packages", "dist-packages"))]
    charters = list(entries(builtin, "charters", sys.maxsize)) if builtin else []
    code = sorted(
        (entry.path, stamp(entry, sys.maxsize)) for entry in _below(PACKAGE) if entry.name.endswith((".py", ".yaml"))
    )
    packages = [(text, Path(text).stat().st_mtime_ns) for text in installed if Path(text).is_dir()]
    return digest(repr((__version__, sys.version, str(builtin), charters, code, packages)).encode())


def _below(folder: "Path | os.DirEntry[str]") -> "Iterator[os.DirEntry[str]]":
    """Everything below a folder, which takes a quarter of the time that a Path takes: every check asks for it."""
    with os.scandir(folder) as inside:
        for entry in inside:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry) if entry.name != "__pycache__" else ()
            else:
                yield entry
