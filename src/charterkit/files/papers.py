"""PDFs of a site that need not be made again: what each was made of, and the digest of what came of it.

That is kept in the user's own cache folder. A PDF counts only while the site's folder holds the very bytes that were
made then; where either is missing, damaged or of somebody else, it is made anew.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from charterkit.errors import CharterkitError
from charterkit.files.places import cache_folder
from charterkit.files.write import write_output
from charterkit.records import dataclass

FOLDER = "sites"
_MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Papers:
    """What is known of the PDFs in one site's folder; `record` is None where nothing can be kept."""

    folder: Path
    record: Path | None
    made: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, folder: Path) -> "Papers":
        """What is known of a site's folder."""
        real = os.path.realpath(folder)
        try:
            record = cache_folder() / FOLDER / f"{hashlib.sha256(os.fsencode(real)).hexdigest()[:40]}.json"
        except OSError:
            return cls(Path(real), None, {})
        return cls(Path(real), record, _read(record))

    def known(self, path: str, identity: str) -> bytes | None:
        """The bytes of a PDF that was made of the same; None where it has to be made."""
        made_of, digest = self.made.get(path, ("", ""))
        if made_of != identity:
            return None
        with suppress(OSError):
            file = self.folder / path
            data = file.read_bytes() if file.is_file() else b""
            return data if hashlib.sha256(data).hexdigest() == digest else None
        return None

    def keep(self, made_of: Mapping[str, str], digests: Mapping[str, str]) -> None:
        """Keep what PDFs were made of, with the digest of each. What cannot be kept makes the next run take longer."""
        rows = {path: (identity, digests[path]) for path, identity in made_of.items() if path in digests}
        if self.record is None or rows == self.made:
            return
        with suppress(OSError, CharterkitError):
            self.record.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_output(self.record, json.dumps(rows).encode())


def _read(record: Path) -> dict[str, tuple[str, str]]:
    try:
        with record.open("rb") as file:
            rows: Any = json.loads(file.read(_MOST_BYTES))
        return {str(path): (str(made_of), str(digest)) for path, (made_of, digest) in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
