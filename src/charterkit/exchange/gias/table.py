"""A table as GIAS gives it out: rows of texts as a stream, in whatever letters it was saved, and only if whole."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from charterkit.errors import Refused
from charterkit.exchange.answers import plain_file
from charterkit.records import dataclass
from charterkit.text.english import figures

MOST_BYTES = 512 * 1024 * 1024
"""Of a file: the extract of all 52,000 establishments has 60 MB."""
MOST_LETTERS = 100_000
"""Of a cell."""
_CHUNK = 1024 * 1024
_SEPARATORS = ",;\t"
_NOT_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that Windows-1252 leaves without a letter (Unicode's mapping cp1252.txt)."""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class GiasTable:
    """The file's name, its headings, and its rows one after another, each with its number as a spreadsheet counts."""

    name: str
    headings: list[str]
    rows: Iterator[tuple[int, list[str]]]


@contextmanager
def opened(path: Path) -> Iterator[GiasTable]:
    """A table of which the rows can be gone through once. Raises CharterkitError for what is none, or not whole."""
    before = csv.field_size_limit(MOST_LETTERS)
    try:
        with plain_file(path) as file:
            encoding = _encoding(path.name, file)
            file.seek(0)
            text = io.TextIOWrapper(file, encoding=encoding, newline="")
            try:
                first = text.readline(MOST_LETTERS)
                text.seek(0)
                separator = max(_SEPARATORS, key=first.count)
                reader = csv.reader(text, delimiter=separator, strict=True)
                headings = _headings(path.name, reader)
                yield GiasTable(path.name, headings, _rows(path.name, reader, len(headings)))
            except UnicodeError:
                raise _unlike(path.name, file, encoding) from None
    finally:
        csv.field_size_limit(before)


def _encoding(name: str, file: BinaryIO) -> str:
    """How the letters are kept: UTF-8 where all of it is that, else Windows-1252, as GIAS gives it out."""
    if file.seek(0, io.SEEK_END) > MOST_BYTES:
        raise Refused("gias-too-large", name=name, most=MOST_BYTES // 1024 // 1024)
    file.seek(0)
    head = file.read(4)
    if head.startswith(_UTF_16):
        return "utf-16"
    if head == _ZIP:
        raise Refused("gias-packed", name=name)
    file.seek(0)
    if _is_utf_8(name, file):
        return "utf-8-sig"
    if head.startswith(codecs.BOM_UTF8):
        raise Refused("gias-letters", name=name, encoding="UTF-8")
    return "cp1252"


def _unlike(name: str, file: BinaryIO, encoding: str) -> Refused:
    """Why a file cannot be read in its letters, with the line where that is known."""
    if encoding != "cp1252":
        return Refused("gias-letters", name=name, encoding=encoding.upper())
    file.seek(0)
    line = 1
    while chunk := file.read(_CHUNK):
        if found := _NOT_1252.search(chunk):
            return Refused("gias-no-letters", name=name, line=line + chunk.count(b"\n", 0, found.start()))
        line += chunk.count(b"\n")
    return Refused("gias-no-letters", name=name, line=line)


def _is_utf_8(name: str, file: BinaryIO) -> bool:
    """Whether all of a file is UTF-8. Raises for one that is no text."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf_8, line = True, 1
    while chunk := file.read(_CHUNK):
        if (nul := chunk.find(0)) >= 0:
            raise Refused("gias-nul", name=name, line=line + chunk.count(b"\n", 0, nul))
        line += chunk.count(b"\n")
        is_utf_8 = is_utf_8 and _goes_on(decoder, chunk)
    return is_utf_8 and _goes_on(decoder, b"", is_end=True)


def _goes_on(decoder: codecs.IncrementalDecoder, data: bytes, *, is_end: bool = False) -> bool:
    try:
        decoder.decode(data, is_end)
    except UnicodeDecodeError:
        return False
    return True


def _headings(name: str, reader: Iterator[list[str]]) -> list[str]:
    try:
        found = next(reader, [])
    except csv.Error as error:
        raise _broken(name, 1, error) from None
    headings = [" ".join(cell.split()) for cell in found]
    if not any(headings):
        raise Refused("gias-empty", name=name)
    return headings


def _rows(name: str, reader: Iterator[list[str]], width: int) -> Iterator[tuple[int, list[str]]]:
    number = 1
    try:
        for number, cells in enumerate(reader, 2):
            if len(cells) == width:
                yield number, cells
            elif cells:
                if len(cells) < width and next(reader, None) is None:
                    raise Refused("gias-cut-off", name=name, row=number)
                raise Refused("gias-uneven", name=name, row=number, cells=figures(len(cells), "cell"), width=width)
    except csv.Error as error:
        raise _broken(name, number + 1, error) from None


def _broken(name: str, row: int, error: csv.Error) -> Refused:
    said = str(error)
    if "end of data" in said:
        return Refused("gias-cut-off", name=name, row=row)
    if "field limit" in said:
        why = f"a cell has more than {MOST_LETTERS:,} letters, as where quotes are opened and never closed"
        return Refused("gias-broken", name=name, row=row, why=why)
    return Refused("gias-broken", name=name, row=row, why=f"this is no table with commas ({said})")
