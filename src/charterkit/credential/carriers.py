"""What carries a credential: JSON itself, a PDF with it attached, a PNG or an SVG with it baked in."""

import io
import logging
import re
from itertools import islice
from xml.sax.saxutils import escape

from charterkit.errors import Missing, Refused

ATTACHED = "certificate.json"
"""The name of the file that a PDF of ours has attached."""
MOST_BYTES = 20 * 1024 * 1024
"""The largest file that is looked into."""
_MOST_INSIDE = 256 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG_CREDENTIAL = re.compile(rb"<openbadges:credential[\s/>]")
_SPACE = b" \t\r\n\xef\xbb\xbf"


def kind_of(data: bytes) -> str:
    """pdf, png, svg or json, from how a file begins; json where it is nothing else."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_PNG):
        return "png"
    return "svg" if data.lstrip(_SPACE).startswith(b"<") else "json"


def extracted(data: bytes) -> bytes:
    """The credential in a file, which for JSON is the file.

    Raises Missing where it carries none or several, where it cannot be read, or unpacks to too much.
    """
    if len(data) > MOST_BYTES:
        raise Missing("carrier-too-large", most=MOST_BYTES // 1024 // 1024)
    kind = kind_of(data)
    if kind == "json":
        return data
    found = {"pdf": _from_pdf, "png": _from_png, "svg": _from_svg}[kind](data)
    if found is None:
        raise Missing("carrier-empty", kind=kind.upper())
    return found


def bake(data: bytes, credential: bytes) -> bytes:
    """The PDF, PNG or SVG with a credential in it. Raises Refused for another file, or one that cannot be read."""
    kind = kind_of(data)
    if kind == "json":
        raise Refused("no-carrier")
    try:
        return {"pdf": _into_pdf, "png": _into_png, "svg": _into_svg}[kind](data, credential)
    except (Missing, Refused):
        raise
    except Exception as error:  # noqa: BLE001 - a library's own for each way in which a file can be spoilt
        raise Refused("carrier-spoilt", kind=kind.upper(), reason=type(error).__name__) from None


def _into_png(data: bytes, credential: bytes) -> bytes:
    from openbadgeslib import baking  # noqa: PLC0415 - of the extra

    return bytes(baking.bake_png(data, credential.decode(), keyword=baking.ITXT_KEYWORD_OB3))


def _into_svg(data: bytes, credential: bytes) -> bytes:
    """Written before the end of the picture, all of which stays as it is.

    The library's own way would take out every picture inside it that is an SVG as well, such as the QR code.
    """
    begin, end, behind = data.rpartition(b"</svg>")
    if not end or _SVG_CREDENTIAL.search(data):
        raise Refused("carrier-spoilt", kind="SVG", reason="no end" if not end else "it carries one already")
    named = b'openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    inside = escape(credential.decode()).encode()
    return begin + b"<" + named + b">" + inside + b"</openbadges:credential>" + end + behind


def _into_pdf(data: bytes, credential: bytes) -> bytes:
    """Written behind the file, all of which stays as it is: its tags, its fonts, its title."""
    from pypdf import PdfWriter  # noqa: PLC0415 - of the extra

    writer = PdfWriter(io.BytesIO(data), incremental=True)
    writer.add_attachment(ATTACHED, credential)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _from_png(data: bytes) -> bytes | None:
    from openbadgeslib import baking  # noqa: PLC0415 - of the extra

    try:
        found = baking.extract_png(data, _MOST_INSIDE, keyword=baking.ITXT_KEYWORD_OB3)
    except Exception as error:  # noqa: BLE001 - as above
        raise Missing("carrier-spoilt", kind="PNG", reason=type(error).__name__) from None
    return None if found is None else found.encode()


def _from_svg(data: bytes) -> bytes | None:
    from openbadgeslib import baking  # noqa: PLC0415 - of the extra

    if len(_SVG_CREDENTIAL.findall(data)) > 1:
        raise Missing("carrier-several", kind="SVG")
    try:
        found = baking.extract_svg(data, element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    except (Exception, RecursionError) as error:  # noqa: BLE001 - as above
        raise Missing("carrier-spoilt", kind="SVG", reason=type(error).__name__) from None
    return None if found is None else found.encode()


def _from_pdf(data: bytes) -> bytes | None:
    from pypdf import PdfReader, apply_configuration  # noqa: PLC0415 - of the extra

    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # it would tell the terminal what the file lacks
    try:
        with apply_configuration(
            jbig2dec_binary=None,  # a program that a stream of the file would have run
            zlib_maximum_output_length=MOST_BYTES,
            lzw_maximum_output_length=MOST_BYTES,
            run_length_maximum_output_length=MOST_BYTES,
            stream_decoding_work_maximum_length=4 * MOST_BYTES,
        ):
            reader = PdfReader(io.BytesIO(data), strict=False)
            attached = list(islice((item for item in reader.attachment_list if item.name.endswith(".json")), 2))
            found = [bytes(item.content) for item in attached]
    except (Exception, RecursionError) as error:  # noqa: BLE001 - as above
        raise Missing("carrier-spoilt", kind="PDF", reason=type(error).__name__) from None
    if len(found) > 1:
        raise Missing("carrier-several", kind="PDF")
    return found[0] if found else None
