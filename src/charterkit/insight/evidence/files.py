"""What has become of the files that evidence names: there as they were recorded, changed, gone, or outside."""

from enum import StrEnum

from charterkit.files.attachments import Attachments, Lies
from charterkit.model.evaluation import Evidence


class FileState(StrEnum):
    """How a file stands to what was recorded of it."""

    AS_RECORDED = "as-recorded"
    """There; and the same, where its hash was recorded."""
    CHANGED = "changed"
    MISSING = "missing"
    OUTSIDE = "outside"


def file_state(evidence: Evidence, folder: str, attachments: Attachments) -> FileState | None:
    """What has become of a document of a school's `folder`; None for evidence that names no file.

    `attachments` looks each file up once, however often it is named.
    """
    if not evidence.path:
        return None
    lies = attachments.lies(folder, "", evidence.path)
    if lies is not Lies.INSIDE:
        return FileState.OUTSIDE if lies is Lies.OUTSIDE else FileState.MISSING
    if evidence.sha256 and attachments.sha256(folder, "", evidence.path) != evidence.sha256.lower():
        return FileState.CHANGED
    return FileState.AS_RECORDED
