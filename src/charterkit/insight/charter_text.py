"""A charter's text in one number: what was agreed, visited or certified against it is told apart from later words."""

import hashlib
import json

from charterkit.files.workspace import Workspace
from charterkit.model.charter import Charter
from charterkit.model.evaluation import Evaluation

_AROUND = {"status", "contacts", "publisher", "written_in"}
"""What may change without the charter becoming another one: whether it is in use, who answers, who gave it out, and
that it is said which language it is in."""


def text_hash(charter: Charter) -> str:
    """`sha256:` and 64 hex digits over all that a charter asks, means and awards, however its file is laid out.

    It is made of the whole charter, not of what one school is asked. Keys that are left out do not count, so that a
    later charterkit with further keys finds the same number for the same file.
    """
    meant = charter.model_dump(mode="json", exclude=_AROUND, exclude_defaults=True)
    plain = json.dumps(meant, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(plain.encode('utf-8', 'surrogatepass')).hexdigest()}"


def text_now(workspace: Workspace, made: Evaluation) -> str | None:
    """The hash of the charter that an evaluation names, as its file is today; None where it cannot be read."""
    found = workspace.charters.get((made.charter, made.charter_version))
    return text_hash(found.model) if found and found.model else None


def has_changed(workspace: Workspace, made: Evaluation) -> bool:
    """Whether the charter says something else, under the same version, than when an evaluation was agreed.

    Never of one that does not say what the text was: it is older than that key, or not agreed yet.
    """
    return made.charter_text is not None and text_now(workspace, made) not in (None, made.charter_text)
