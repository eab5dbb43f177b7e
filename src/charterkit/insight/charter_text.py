"""A charter's text in one number: what was agreed, visited or certified against it is told apart from later words."""

import hashlib
import json

from charterkit.model.charter import Charter

_AROUND = {"status", "contacts", "publisher"}
"""What may change without the charter becoming another one: whether it is in use, who answers, who gave it out."""


def text_hash(charter: Charter) -> str:
    """`sha256:` and 64 hex digits over all that a charter asks, means and awards, however its file is laid out.

    It is made of the whole charter, not of what one school is asked. Keys that are left out do not count, so that a
    later charterkit with further keys finds the same number for the same file.
    """
    meant = charter.model_dump(mode="json", exclude=_AROUND, exclude_defaults=True)
    plain = json.dumps(meant, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(plain.encode('utf-8', 'surrogatepass')).hexdigest()}"
