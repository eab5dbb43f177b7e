"""What `charterkit evidence pack` does: the pack's words and files, put where they are asked for."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from charterkit.cli.options import Session
from charterkit.cli.output import Destination, deliver_bytes, deliver_format, foreign, refuse_sources
from charterkit.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from charterkit.files.packing import PackedFile
    from charterkit.files.pictures import Picture
    from charterkit.render.evidence.pack import EvidencePack

_SIZE = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?) ?(KB|MB|GB)?", re.IGNORECASE)
_UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9}
_MOST_NAMED = 3
_ELSEWHERE = "in the school’s folder, not in this file"


def pack(call: Session, output: str | None, most: str, today: date, **asked: Any) -> None:  # noqa: ANN401 - as asked
    """Make the pack. Raises CharterkitError for a place or a size that it cannot have."""
    from charterkit.documents import DOCUMENTS

    limit = _size(most)
    if output in (None, "", "-"):
        raise Refused("pack-where")
    where = str(output)
    refuse_sources(call, where)
    document = DOCUMENTS["evidence pack"]
    ending = Path(where).suffix.lower()
    is_page = ending in (".html", ".htm")

    def sized(folder: str, paths: "Sequence[str]") -> None:
        if not is_page:
            _refuse_large({path: _size_of(call.root / folder, path) for path in paths}, limit)

    content: EvidencePack = document.content(call.workspace, today, call, sized=sized, **asked)
    if is_page:
        view = content.view.in_one_file({file.packed: f"{file.path}, {_ELSEWHERE}" for file in content.files}, ())
        deliver_format(call, document, replace(content, view=view), Destination("html", where), today)
        return
    files = _files(call, content, limit)
    if ending == ".pdf":
        _pdf(call, content, files, where, today)
        return
    from charterkit.documents import Place
    from charterkit.files.packing import pack_folder, pack_zip
    from charterkit.render.evidence.pack import INDEX

    page = document.formats["html"].made(content, Place(today, call.workspace.root)).encode(errors="replace")
    make = pack_zip if ending == ".zip" else pack_folder
    make(Path(where), {INDEX: page}, files, foreign(call.root))
    _say(call, files, where, f": begin with {INDEX}")


def _size(text: str) -> int:
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise Refused("bad-size", text=text)
    return int(float(found[1]) * _UNITS[(found[2] or "MB").upper()])


def _spoken(size: int) -> str:
    """A size as people say it: nothing is 0.0 of anything."""
    if size < _UNITS["KB"]:
        from charterkit.text.english import counted

        return counted(size, "byte")
    unit = "GB" if size >= _UNITS["GB"] else "MB" if size >= _UNITS["MB"] else "KB"
    return f"{size / _UNITS[unit]:,.1f} {unit}"


def _files(call: Session, content: "EvidencePack", limit: int) -> "list[PackedFile]":
    """Every file measured; the sizes are looked at before any is read."""
    from charterkit.files.packing import measured

    top = call.root / content.folder
    _refuse_large({source.path: (top / source.path).stat().st_size for source in content.files}, limit)
    return [measured(top / source.path, source.packed) for source in content.files]


def _size_of(folder: Path, path: str) -> int:
    """A file's size; nothing of one that has gone since it was looked for."""
    from charterkit.files.attachments import on_disk

    try:
        return (folder / on_disk(folder, path)).stat().st_size
    except OSError:
        return 0


def _refuse_large(sizes: "Mapping[str, int]", limit: int) -> None:
    """Refuse files that are too large together."""
    if sum(sizes.values()) > limit:
        largest = sorted(sizes, key=lambda path: -sizes[path])[:_MOST_NAMED]
        raise Refused(
            "pack-too-large",
            size=_spoken(sum(sizes.values())),
            most=_spoken(limit),
            largest=[f"{path} ({_spoken(sizes[path])})" for path in largest],
            wanted=f"{sum(sizes.values()) // _UNITS['MB'] + 1}MB",
        )


def _pdf(call: Session, content: "EvidencePack", files: "list[PackedFile]", where: str, today: date) -> None:
    """The pack's own pages with the pictures, and behind them those of the PDFs among the evidence."""
    from charterkit.exchange.pdf_pages import Appendix, appended
    from charterkit.render.evidence.pack import PackPicture, pack_paper
    from charterkit.text.english import counted, plural, sentence

    paths = {source.packed: source.path for source in content.files}
    pictures = {file.path: found for file in files if (found := _picture(call, content, paths[file.path]))}
    pages = [file for file in files if file.path not in pictures and _is_page(call, file)]
    told = {file.path: f"{paths[file.path]}, {_ELSEWHERE}" for file in files}
    told |= {path: f"Under Pictures: {_name(path)}" for path in pictures}
    told |= {file.path: f"At the end: {_name(file.path)}" for file in pages}
    named = {f"picture-{number}.{found.kind}": (path, found) for number, (path, found) in enumerate(pictures.items())}
    shown = [PackPicture(_name(path), name) for name, (path, _) in named.items()]
    view = content.view.in_one_file(told, shown)
    made = pack_paper(view, today, {name: found.data for name, (_, found) in named.items()})
    for notice in made.notices:
        call.warn(notice)
    others = len(files) - len(pages) - len(pictures)
    if others:
        they = plural(others, "it is", "they are")
        call.say(sentence(f"{counted(others, 'file')} cannot be a page: {they} in a pack that is a folder or a .zip"))
    deliver_bytes(call, appended(made.data, [Appendix(_name(file.path), file.source) for file in pages]), where)


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _picture(call: Session, content: "EvidencePack", path: str) -> "Picture | None":
    """A picture that may be shown; None for anything else, which stays a file."""
    from charterkit.errors import CharterkitError
    from charterkit.files.pictures import read_picture

    if Path(path).suffix.lower() not in (".png", ".jpg", ".jpeg"):
        return None
    try:
        return read_picture(call.root, content.folder, path)
    except CharterkitError:
        return None


def _is_page(call: Session, file: "PackedFile") -> bool:
    """Whether a file is a PDF whose pages can be taken; why not is said."""
    from charterkit.exchange.pdf_pages import is_pdf, why_not

    if not is_pdf(file.source):
        return False
    why = why_not(file.source)
    if why:
        call.warn(f"{_name(file.path)} is not in the PDF: {why}.")
    return not why


def _say(call: Session, files: "list[PackedFile]", where: str, more: str) -> None:
    from charterkit.text.english import counted

    size = sum(file.size for file in files)
    call.say(f"Packed into {where}: {counted(len(files), 'file')}, {_spoken(size)}{more}.")
