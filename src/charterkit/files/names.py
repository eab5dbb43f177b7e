"""Names that are nearly those of a file that is read: what Notepad, Explorer, editors and hands make of them."""

import difflib
import re

from charterkit.text.later import later

SCHOOL_FOLDERS = ("evaluations", "policies", "visits", "surveys", "adopted")
"""The folders of a school in which files are read."""
DRAFTS = "evaluations/drafts"
"""Where one person's ratings before a meeting are kept, below a school's folder."""
NEARLY_SETTINGS = ("charterkit.yml", "charterkit.yaml.txt")
"""Names that the workspace's settings are given by mistake."""


def right_name(path: str) -> str:
    """The path that a file was most likely meant to have, which is not read because of its name; else empty.

    Notepad and Explorer hide and append endings (2025-26.yaml.txt), hands slip (2025-26.yam), editors leave backups
    (2025-26.yaml~). A policy's own text and a document that is evidence have names of their own, and are none of these.
    """
    folder, _, name = path.rpartition("/")
    if name.endswith(".yaml") or not _is_read(path.split("/")):
        return ""
    stem = _stem(name) or (_ENDING.sub("", name) if _is_named(folder, _ENDING.sub("", name)) else "")
    return f"{folder}/{stem}.yaml".lstrip("/") if stem else ""


def _stem(name: str) -> str:
    """A name without an ending that was meant to be .yaml; empty where there is none."""
    inside = _INSIDE.match(name)
    if inside:
        return inside[1].rstrip(" .")
    stem, dot, ending = name.rpartition(".")
    slipped = (
        1 < len(ending) < len("yaml") + 2 and difflib.SequenceMatcher(None, ending.lower(), "yaml").ratio() >= _ALIKE
    )
    return stem if dot and slipped else ""


def is_backup(path: str) -> bool:
    """Whether a file's name is that of a backup of another one."""
    return _BACKUP.search(path) is not None


_INSIDE = later(r"(.+?)\.ya?ml(?!\.unsaved-)(?:[ ._~-].*)?\Z", re.IGNORECASE)
_BACKUP = later(r"\.ya?ml(?:\.?~[0-9]*~?|[._-](?:bak|backup|orig|old|sav|save|sw[a-p]|tmp)[0-9]*)\Z", re.IGNORECASE)
_ENDING = later(r"\.te?xt\Z", re.IGNORECASE)
_ALIKE = 0.75
"""How alike an ending is: .yml, .yam and .ymal are, .html, .xml and .toml are not."""
_CYCLE = r"[0-9]{4}-[0-9]{2}(?:-(?:autumn|spring|summer))?"
_NAMES = {
    "evaluations": re.compile(rf"(?:[a-z0-9-]+-)?{_CYCLE}", re.IGNORECASE),
    "visits": re.compile(r"[0-9]{4}(?:-[0-9]{2}){1,2}"),
}
"""The names of what lies in a folder in which nothing else has such a name."""


def _is_named(folder: str, stem: str) -> bool:
    """Whether a file without a right ending can be nothing but one of those that are read there."""
    parts = folder.split("/")
    if len(parts) == _IN_A_SCHOOL:
        return stem == "school"
    return len(parts) > _IN_A_SCHOOL and parts[2] in _NAMES and _NAMES[parts[2]].fullmatch(stem) is not None


_IN_A_SCHOOL = 2


def _is_read(parts: list[str]) -> bool:
    """Whether files are read in the folder of a path."""
    if len(parts) == 1:
        return parts[0].startswith("charterkit.")
    if parts[0] != "schools":
        return len(parts) == 2 and parts[0] in ("charters", "packs")  # noqa: PLR2004 - right inside
    if parts[2:-1] == DRAFTS.split("/"):
        return True
    return len(parts) == _IN_A_SCHOOL + 1 or (len(parts) == _IN_A_SCHOOL + 2 and parts[2] in SCHOOL_FOLDERS)
