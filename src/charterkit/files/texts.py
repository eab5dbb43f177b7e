"""The texts that YAML files point at, such as a policy's own: read whole, or why not."""

import os
import stat
from pathlib import Path

from charterkit.files.attachments import Lies, on_disk, where
from charterkit.records import dataclass

MAX_BYTES = 131_072
"""Of a text: reading Markdown that was made to be slow takes a second or two at this size, and far longer beyond."""
ENDINGS = (".md", ".markdown", ".txt")
"""What is read as Markdown; anything else, a PDF or the school's data, is only named."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without O_NONBLOCK a pipe that nobody writes to would hold us up."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text; or `why_not`, the end of a sentence that begins with the file's name."""

    name: str
    text: str = ""
    why_not: str = ""


def read_text(root: Path, school: str, base: str, path: str) -> Text:
    """The text at a path, which counts from `base` in a school's folder and must not lead out of that."""
    if not path.lower().endswith(ENDINGS):
        return Text(path, why_not=f"is not shown here: only Markdown is, in a file that ends in {ENDINGS[0]}")
    lies = where(root, school, base, path)
    if lies is not Lies.INSIDE:
        return Text(path, why_not=_ELSEWHERE[lies])
    try:
        data = _bytes(root / school / base / on_disk(root / school / base, path))
    except OSError as error:
        return Text(path, why_not=f"cannot be read: {error.strerror or 'it is no plain file'}")
    if len(data) > MAX_BYTES:
        return Text(path, why_not="is larger than 128 KiB and is not shown here")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Text(path, why_not="is not UTF-8: save it with that encoding to see it here")
    return Text(path, text.replace("\r\n", "\n").replace("\r", "\n"))


_ELSEWHERE = {
    Lies.OUTSIDE: "leads out of the school’s folder and is not read",
    Lies.MISSING: "is not there",
}


def _bytes(path: Path) -> bytes:
    """One byte more than the limit at most."""
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError
        return file.read(MAX_BYTES + 1)
