"""What kind of file lies where in a workspace."""

from collections.abc import Callable, Mapping

from charterkit.files.copies import original
from charterkit.files.names import DRAFTS, is_backup, right_name
from charterkit.findings import Code, Problem
from charterkit.model.adoption import Adoption
from charterkit.model.base import Model
from charterkit.model.evaluation import Evaluation, RaterDraft
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.model.survey import Survey
from charterkit.model.visit import Visit

FOLDERS: Mapping[str, type[Model]] = {
    "evaluations": Evaluation,
    "policies": Policy,
    "visits": Visit,
    "surveys": Survey,
    "adopted": Adoption,
}
"""What each folder of a school holds."""


def is_charter(path: str) -> bool:
    """Whether a charter, or a translation of one, may lie in a place."""
    return _fits(path.split("/"), 2)


def is_pack(path: str) -> bool:
    """Whether a rule pack may lie in a place."""
    return _fits(path.split("/"), 2)


def school_kind(path: str) -> type[Model] | None:
    """What a file in a school's folder holds; None for one in a place that means nothing."""
    parts = path.split("/")
    if _fits(parts, 3) and parts[2] == "school.yaml":
        return School
    if _fits(parts, 5) and parts[2:4] == DRAFTS.split("/"):
        return RaterDraft
    return FOLDERS.get(parts[2]) if _fits(parts, 4) else None


def misplaced(path: str, is_there: Callable[[str], bool]) -> Problem:
    """What is said of one in such a place, or with such a name. `is_there` tells whether there is a file at a path."""
    folder, _, name = path.rpartition("/")
    meant = right_name(path) or f"{folder}/{original(name.removesuffix('.yaml'))}.yaml".lstrip("/")
    if is_there(meant) and not is_backup(path):
        remedy = f"Take over into {meant} what only this file has, then delete this file."
        return Problem(Code.MISPLACED_FILE, f"this is a copy of {meant} and is not read", remedy, line=1, column=1)
    right = right_name(path).rsplit("/", 1)[-1]
    if right and is_backup(path):
        remedy = f"Delete it; or name it {right}, if it is the one that counts."
        return Problem(Code.BACKUP, "this is a backup, which is not read", remedy, line=1, column=1)
    if right:
        message, remedy = "the file is not read, as its name does not end in .yaml", f"Name it {right}."
        return Problem(Code.MISPLACED_FILE, message, remedy, line=1, column=1)
    if not name.endswith(".yaml"):
        ending = "." + name.rsplit(".", 1)[-1]
        return Problem(
            Code.MISPLACED_FILE, f"a {ending} file is not read", "Give it the ending .yaml.", line=1, column=1
        )
    remedy = "Move it to charters/ or packs/, or to evaluations/, policies/, visits/, surveys/ or adopted/ of a school."
    return Problem(Code.MISPLACED_FILE, "a YAML file in this place means nothing", remedy, line=1, column=1)


def _fits(parts: list[str], depth: int) -> bool:
    return len(parts) == depth and parts[-1].endswith(".yaml")
