"""Pages of other people's PDF files behind a document of ours: what they show, and nothing that acts.

pypdf reads and writes them, in this process and within limits of its own: it copies pages, runs nothing, and what is
packed may not unpack to more than a few times the largest file, nor may a file take long. Links, forms, scripts and
attached files stay behind.
"""

import io
import logging
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from charterkit.errors import Missing
from charterkit.records import dataclass

MOST_BYTES = 30 * 1024 * 1024
_MOST_UNPACKED = 2 * MOST_BYTES
MOST_PAGES = 200
"""Of one file: beyond either it is left in the folder, as all of it would have to be held in memory."""
MOST_SECONDS = 30
"""For looking through one file, where the system can tell (not on Windows, and not beside the main thread)."""


class _TooLong(BaseException):
    """The time is over. No Exception, of which pypdf swallows some."""


@dataclass(frozen=True, slots=True)
class Appendix:
    """A PDF to be appended: its heading among the bookmarks, and the file."""

    title: str
    source: Path


def is_pdf(path: Path) -> bool:
    """Whether a file begins as PDFs do."""
    try:
        with path.open("rb") as file:
            return file.read(5) == b"%PDF-"
    except OSError:
        return False


def why_not(source: Path) -> str:
    """Why the pages of a PDF cannot be taken; empty where they can. Raises CharterkitError where pypdf is missing."""
    if source.stat().st_size > MOST_BYTES:
        return "it is too large to be put in"
    pypdf = _pypdf()
    try:
        with _in_time(MOST_SECONDS), _limited(pypdf):
            reader = pypdf.PdfReader(source, strict=False)
            if reader.is_encrypted:
                return "it is locked with a password"
            many = len(_bare_pages(pypdf, reader))
    except _TooLong:
        return f"it takes more than {MOST_SECONDS} seconds to read"
    except Exception:  # noqa: BLE001 - whatever strangers' bytes bring a reader to
        return "it cannot be read"
    return f"it has more than {MOST_PAGES} pages" if many > MOST_PAGES else "" if many else "it has no pages"


def appended(data: bytes, others: Sequence[Appendix]) -> bytes:
    """A PDF with the pages of others behind its own: those of which `why_not` says nothing."""
    if not others:
        return data
    pypdf = _pypdf()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    with _limited(pypdf):
        for other in others:
            start = len(writer.pages)
            for page in _bare_pages(pypdf, pypdf.PdfReader(other.source, strict=False)):
                writer.add_page(page)
            writer.add_outline_item(title=other.title, page_number=start)
    writer.root_object.pop("/Metadata", None)  # it says that every page is tagged, which others' pages are not
    writer.metadata = {**(writer.metadata or {}), "/Producer": "charterkit"}
    writer.pdf_header = "%PDF-1.7"
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _limited(pypdf: Any) -> AbstractContextManager[Any]:  # noqa: ANN401 - a module that is loaded late
    """Within it, what is packed in a file unpacks to a bounded size, and no program of somebody else's is started."""
    limited: AbstractContextManager[Any] = pypdf.apply_configuration(
        jbig2dec_binary=None,
        zlib_maximum_output_length=_MOST_UNPACKED,
        lzw_maximum_output_length=_MOST_UNPACKED,
        run_length_maximum_output_length=_MOST_UNPACKED,
        stream_decoding_work_maximum_length=4 * _MOST_UNPACKED,
    )
    return limited


@contextmanager
def _in_time(seconds: float) -> Iterator[None]:
    """Within it, plain Python code is ended when the time is over, where the system can do that."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, end)
    other = signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # again each second: some code catches everything
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, *other)


def _bare_pages(pypdf: Any, reader: Any) -> list[Any]:  # noqa: ANN401 - a module that is loaded late
    """A file's pages, one more than the most at most, without what acts or says something of itself."""
    bare = pypdf.PdfWriter()
    for page in reader.pages[: MOST_PAGES + 1]:
        for key in ("/Annots", "/AA", "/Metadata", "/PieceInfo"):
            page.pop(key, None)
        bare.add_page(page)
    return list(bare.pages)


def _pypdf() -> Any:  # noqa: ANN401 - as above
    try:
        import pypdf  # noqa: PLC0415 - only packs with PDFs need it

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is said by us
    except ImportError:
        raise Missing("needs-pypdf") from None
    return pypdf
