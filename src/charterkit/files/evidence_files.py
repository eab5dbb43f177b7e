"""A file that a person names as evidence: where it lies in the school's folder, or the copy that comes into it.

What is written down is a path that holds on every computer: below the school's folder, with forward slashes, without
links, and of names that Windows can have.
"""

import os
import re
import stat
from pathlib import Path

from charterkit.errors import Conflict, NotThere, Refused
from charterkit.files.copying import copy_in, digest
from charterkit.files.kinds import school_kind
from charterkit.files.places import leads_inside
from charterkit.model.base import is_device, slug
from charterkit.model.policy import Policy
from charterkit.records import dataclass
from charterkit.text.safe import UNFIT_FOR_A_NAME

FOLDER = "evidence"
"""Where copies lie, below a school's folder."""
_UNFIT = re.compile(f'{UNFIT_FOR_A_NAME}|[<>:"|?*\\\\]')
"""Characters of no name on Windows (Microsoft, "Naming Files, Paths, and Namespaces")."""
_LONGEST = 180
"""Letters of a path below the school's folder: Windows has 260 for all of it."""
_LONGEST_NAME = 80
_MOST_COPIES = 1000


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file below the school's folder. `copied_from` says where a copy came from that was just made."""

    path: str
    sha256: str
    copied_from: Path | None = None


def evidence_file(root: Path, school: str, given: str, here: Path, *, copies: bool) -> EvidenceFile:
    """The file that `given` names, from the folder `here` or from the school's. One outside is copied where asked.

    Raises CharterkitError for one that is not there, that is no plain file, that lies outside and is not to be copied,
    that a link of the workspace leads to, whose name not every computer can have, or that charterkit reads itself.
    """
    folder = root / school
    found = _found(given, [here / given, folder / given])
    real, top = Path(os.path.realpath(found)), Path(os.path.realpath(folder))
    if real.is_relative_to(top):
        path = real.relative_to(top).as_posix()
        _refuse_unfit(path)
        if school_kind(f"{school}/{path}") not in (None, Policy):
            raise Refused("evidence-own-file", path=path)
        return EvidenceFile(path, _read(real))
    whole = Path(os.path.normpath(found))
    if whole.is_relative_to(root) and not leads_inside(root, whole):
        raise Refused("evidence-behind-link", given=given)
    if not copies:
        raise Refused("evidence-outside", given=given, folder=school)
    return _copied(real, root, school)


def _found(given: str, places: list[Path]) -> Path:
    for path in places:
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError, RuntimeError):  # not there, a name no disk can hold, a loop of links
            continue
        if not stat.S_ISREG(mode):
            raise Refused("evidence-no-file", given=given)
        return path
    raise NotThere("no-evidence-file", given=given)


def _refuse_unfit(path: str) -> None:
    parts = path.split("/")
    why = next((why for part in parts if (why := unfit(part))), "")
    if not why and len(path) > _LONGEST:
        why = f"it is longer than {_LONGEST} letters"
    if why:
        raise Refused("evidence-name", path=path, why=why)


def unfit(name: str) -> str:
    """Why not every computer can have a file or folder of this name; empty where all can."""
    if is_device(name):
        return f"Windows keeps the name {name.partition('.')[0]} for a device"
    if _UNFIT.search(name):
        return 'a name can have none of < > : " | ? * and \\ on Windows'
    if name.endswith((" ", ".")):
        return "no name ends in a blank or a dot on Windows"
    return "names that begin with a dot are hidden" if name.startswith(".") else ""


def safe_name(name: str) -> str:
    """A file's name made of letters, digits and hyphens, with its ending: one that every computer can have."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, slug(ending)) if dot and stem else (name, "")
    made = slug(stem)[:_LONGEST_NAME].strip("-") or "file"
    made = f"{made}-file" if is_device(made) else made
    return f"{made}.{ending[:10]}" if ending else made


def _read(path: Path) -> str:
    try:
        return digest(path)
    except OSError as error:
        raise Refused("evidence-not-read", path=path, reason=error.strerror) from None


def _copied(source: Path, root: Path, school: str) -> EvidenceFile:
    """The copy in the school's evidence folder; one that holds the same already is taken as it is."""
    wanted, sha256 = safe_name(source.name), _read(source)
    stem, dot, ending = wanted.partition(".")
    for more in ("", *(f"-{number}" for number in range(2, _MOST_COPIES))):
        path = f"{FOLDER}/{stem}{more}{dot}{ending}"
        target = root / school / path
        if not os.path.lexists(target):
            copy_in(source, target, root)
            return EvidenceFile(path, _read(target), source)
        if target.is_file() and leads_inside(root, target) and _read(target) == sha256:
            return EvidenceFile(path, sha256)
    raise Conflict("evidence-name-taken", path=f"{FOLDER}/{wanted}")
