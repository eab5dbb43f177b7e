"""The name of a file that has a place for the school in it: 'out/{school}.pdf'."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from charterkit.errors import Refused

if TYPE_CHECKING:
    from charterkit.files.workspace import Workspace

_PLACE = re.compile(r"\{([^{}]*)\}")
_UNFIT = re.compile(r"""[/\\:*?"<>|{}]+""")
"""What some system has in no file's name, besides what no terminal shows.

(Microsoft, "Naming Files, Paths, and Namespaces".)
"""
_LONGEST = 100
"""Letters of a school's name in a file's."""
_MOST_BYTES = 200
"""The same in bytes: a whole name has room for 255 on most disks, and one letter may take four."""


class Pattern:
    """Where a command writes that makes a document for each school."""

    def __init__(self, output: str | None, params: Mapping[str, Any]) -> None:
        """Raises CharterkitError for one that has no place for the school, or a place of another name."""
        if output in (None, "", "-"):
            raise Refused("every-where", wanted="out/{school}.html")
        self.shown = str(output)
        self._params = params
        self._places = set(_PLACE.findall(self.shown))
        known = ["school", "name", *(["cycle"] if {"cycle", "end"} & params.keys() and "charter" in params else [])]
        for name in sorted(self._places - set(known)):
            raise Refused("every-no-place", place=f"{{{name}}}", known=[f"{{{each}}}" for each in known])
        if not {"school", "name"} & self._places:
            path = Path(self.shown)
            raise Refused("every-one-file", output=self.shown, wanted=str(path.with_name(_with_place(path))))

    def path(self, slug: str, workspace: "Workspace") -> str:
        """A school's file. Raises CharterkitError where it has no cycle and one is wanted."""
        facts = {"school": slug}
        if "name" in self._places:
            facts["name"] = _as_name(workspace.school(slug).school.name)
        if "cycle" in self._places:
            facts["cycle"] = _cycle(workspace, slug, self._params)
        return _PLACE.sub(lambda found: facts[found[1]], self.shown)

    def refuse_shared(self, schools: Mapping[str, str]) -> None:
        """Raises CharterkitError where two schools would write one file; disks may take capitals for small letters."""
        taken: dict[str, str] = {}
        for slug in schools:
            path = self._told(slug, schools[slug])
            same = normalize("NFC", os.path.normpath(path)).casefold()
            if same in taken:
                raise Refused("every-shared", path=path, first=taken[same], second=slug)
            taken[same] = slug

    def _told(self, slug: str, name: str) -> str:
        """The file's name as far as it is known without reading more than who the school is."""
        facts = {"school": slug, "name": _as_name(name), "cycle": ""}
        return _PLACE.sub(lambda found: facts[found[1]], self.shown)

    def sweep(self, schools: Mapping[str, str]) -> None:
        """Clear away what processes that were killed left of such files, in folders that are the same for all."""
        from charterkit.files.beside import sweep_folder

        folder = Path(self.shown).absolute().parent
        if not _PLACE.search(str(folder)):
            sweep_folder(folder, [Path(self._told(*each)).name for each in schools.items()])


def _with_place(path: Path) -> str:
    """A file's name with the place for the school before its ending."""
    return f"{path.stem}-{{school}}{path.suffix}" if path.suffix else "{school}.html"


def _as_name(name: str) -> str:
    """A school's name as every disk can have it, without what nobody sees or what turns other text round."""
    from charterkit.model.base import is_device
    from charterkit.text.safe import visible

    plain = _UNFIT.sub(" ", visible(name).replace("\ufffd", " "))
    short = plain[:_LONGEST].encode(errors="replace")[:_MOST_BYTES].decode(errors="ignore")
    found = " ".join(short.split()).strip(". ") or "school"
    return f"{found} (school)" if is_device(found) else found


def _cycle(workspace: "Workspace", slug: str, params: Mapping[str, Any]) -> str:
    """The cycle that the document is about: the one that is asked for, else the newest."""
    from charterkit.insight.evaluations.choosing import evaluations_of, pick

    wanted = params.get("cycle") or params.get("end")
    found = evaluations_of(workspace, workspace.school(slug), params["charter"], lambda _: None, wanted)
    return str(pick(found, wanted).cycle)
