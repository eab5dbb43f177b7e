"""The one function that makes paper out of a view: `pdf`; `png` and `svg` for a picture of its first page.

A view is plain data. It goes to typst as a JSON file beside the template, in a folder made for this one document, so
that a person's words are never part of what is evaluated, and nothing else of the disk can be read. It runs in a
process of its own, `press.py`, with limits of memory and time: a file of somebody else's never takes the program
with it. Fonts come from packages alone: the same view gives the same bytes on every machine.
"""

import datetime as dt
import hashlib
import json
import re
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from charterkit import __version__
from charterkit.errors import Missing, Refused
from charterkit.records import dataclass
from charterkit.render.engine import press
from charterkit.render.engine.tokens import FILE
from charterkit.resources import apart, builtin
from charterkit.text.safe import visible
from charterkit.text.speech import draft_note, page_language, word_list

INSTALL = "Install it with: pip install 'charterkit[pdf]'"
FONTS = {
    "fontpkg_noto_sans": "fontpkg-noto-sans",
    "fontpkg_noto_sans_arabic": "fontpkg-noto-sans-arabic",
    "fontpkg_amiri": "fontpkg-amiri",
    "fontpkg_hind_siliguri": "fontpkg-hind-siliguri",
}
"""Modules that carry fonts, and the packages they come from: Latin, Greek and Cyrillic; Arabic and Urdu; Bengali."""
PREVIEW_DPI = 96
MOST_TEXTS = 16_000
"""In one document: so many make some hundred pages and take an idle processor up to ten seconds.

Measured in November 2026 on a busy machine: 1.0 to 1.3 ms a text of lists, where loops that met no other work took half
as long; 0.25 ms a text of tables; a line within a text a twentieth of one.
"""
LINES_OF_A_TEXT = 20
MOST_BYTES = 2 * 1024**3
"""Of memory for one document: the largest of MOST_TEXTS takes less than 0.5 GiB."""
MOST_SECONDS = 60
"""Of a processor for one document."""
WAIT_SECONDS = 600
"""By the clock, on a computer that is busy, or that cannot count the other."""
_NO_MEMORY = ("MemoryError", "allocate memory", "failed to map segment")
"""How Python and the system's loader say that there is none left; others are ended for it."""
_ENDED_BY_WINDOWS = 0xC0000000
"""Where it ends a process, the exit code is the reason (NTSTATUS): these are errors."""
_PDF = {"format": "pdf", "pdf_standards": ["ua-1"]}
_SHARED = ("base.typ", "document.typ")
_RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
_RTL_SCRIPTS = frozenset({"arab", "aran", "hebr", "syrc", "thaa", "nkoo"})
_REFUSED = re.compile(r"panicked with: charterkit-unfit (.*)")
_NO_GLYPH = re.compile(r"the text `\"(.*)\"` could not be displayed", re.DOTALL)


class PaperError(Exception):
    """The template's own refusal: what does not fit, in its own short words ("points 85")."""


@dataclass(frozen=True, slots=True)
class _About:
    """What the file says about itself."""

    title: str
    author: str
    lang: str
    region: str | None
    dir: str
    when: dt.date


def direction(language: str) -> str:
    """The way a language is written, ltr or rtl, by its tag: its script where it names one."""
    first, *more = language.lower().split("-")
    scripts = [part for part in more if len(part) == 4 and part.isalpha()]  # noqa: PLR2004 - BCP 47: a script has four
    is_rtl = scripts[0] in _RTL_SCRIPTS if scripts else first in _RTL
    return "rtl" if is_rtl else "ltr"


def pdf(
    template: str,
    view: object,
    *,
    title: str,
    lang: str,
    when: dt.date,
    author: str = "",
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """A view as the built-in typst template has it, as a tagged PDF/UA-1 file.

    `files` are pictures by the names that the view calls them; `when` is the day that the file says it was made.
    Raises CharterkitError where typst or a font is missing, or a character has no shape in them; UnfitError where the
    template refuses the view.
    """
    return _made(template, view, _about(title, author, lang, when), files or {})[0]


def png(
    template: str,
    view: object,
    *,
    title: str,
    lang: str,
    when: dt.date,
    author: str = "",
    files: Mapping[str, bytes] | None = None,
    dpi: int = PREVIEW_DPI,
) -> bytes:
    """The first page as a picture; whatever `pdf` would refuse is refused here too."""
    return _made(template, view, _about(title, author, lang, when), files or {}, _png(dpi))[1]


def svg(
    template: str,
    view: object,
    *,
    title: str,
    lang: str,
    when: dt.date,
    author: str = "",
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """The first page as a picture that is sharp at every size; letters are shapes in it, and need no font."""
    return _made(template, view, _about(title, author, lang, when), files or {}, {"format": "svg"})[1]


def _png(dpi: int) -> dict[str, object]:
    return {"format": "png", "ppi": dpi}


def _about(title: str, author: str, lang: str, when: dt.date) -> _About:
    first, *more = lang.split("-")
    region = next((part.upper() for part in more if len(part) == 2), None)  # noqa: PLR2004 - BCP 47: a country has two
    return _About(title, author or "charterkit", first.lower(), region, direction(lang), when)


def pdf_identity(
    template: str,
    view: object,
    *,
    title: str,
    lang: str,
    when: dt.date,
    author: str = "",
    files: Mapping[str, bytes] | None = None,
) -> str:
    """What tells the bytes of a PDF from every other's: a digest of all that `pdf` would make it of.

    That is every file that typst is given, and the engine and the fonts as they are installed. Raises as `pdf` does,
    but for what typst itself refuses.
    """
    engine, fonts = _engine()
    given = _given(template, view, _about(title, author, lang, when), files or {})
    told = [__version__, template, _PDF, _midnight(when), _installed((engine, *fonts))]
    for item, content in sorted(given.items()):
        told += [item, hashlib.sha256(content).hexdigest()]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@cache
def _installed(folders: tuple[str, ...]) -> list[list[str | int]]:
    """The typst module and the fonts, by place, size and time."""
    found: list[list[str | int]] = []
    for folder in (Path(folders[0], "typst"), *map(Path, folders[1:])):
        for path in sorted(filter(Path.is_file, folder.iterdir())):
            about = path.stat()
            found.append([str(path), about.st_size, about.st_mtime_ns])
    return found


def _midnight(when: dt.date) -> int:
    return int(dt.datetime.combine(when, dt.time(), dt.UTC).timestamp())


def _given(template: str, view: object, about: _About, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that typst reads, by their names."""
    shown = for_paper(view)
    document = {**asdict(about), "when": None, "note": draft_note(), "spoken": page_language()}
    text = json.dumps({"view": shown, "document": plain(document), "words": word_list()}, ensure_ascii=False)
    own = {word: (builtin() / "templates" / word).read_bytes() for word in (template, *_SHARED, FILE)}
    return {**own, "data.json": text.encode(), **files}


def _made(
    template: str, view: object, about: _About, files: Mapping[str, bytes], also: Mapping[str, object] | None = None
) -> list[bytes]:
    """The PDF; with `also` the pictures of its pages in that format as well."""
    engine, fonts = _engine()
    given = _given(template, view, about, files)
    with tempfile.TemporaryDirectory(prefix="charterkit-") as name:
        folder = Path(name, "read")
        folder.mkdir()
        for item, content in given.items():
            (folder / item).write_bytes(content)
        kinds = [_PDF, *([also] if also else [])]
        order = {
            "engine": engine,
            "bytes": MOST_BYTES,
            "seconds": MOST_SECONDS,
            "compiler": {
                "input": str(folder / template),
                "root": str(folder),
                "font_paths": fonts,
                "ignore_system_fonts": True,
                "package_path": str(folder),
                "package_cache_path": str(folder),
            },
            "compile": [{**kind, "timestamp": _midnight(about.when)} for kind in kinds],
        }
        return _pressed(Path(name), template, order)


def for_paper(view: object) -> Any:  # noqa: ANN401 - plain data
    """A view as `plain` has it. Raises CharterkitError where it holds more than is put on paper."""
    shown = plain(view)
    if _texts(shown) > MOST_TEXTS:
        raise Refused("too-much-paper", most=MOST_TEXTS)
    return shown


def _texts(value: Any) -> int:  # noqa: ANN401 - plain data
    """How many texts are in it, many lines as more than one; what a cell or another record says twice counts once."""
    if isinstance(value, str):
        return value.count("\n") // LINES_OF_A_TEXT + 1 if value else 0
    if isinstance(value, list):
        return sum(map(_texts, value))
    if not isinstance(value, dict):
        return 0
    texts = {text for text in value.values() if isinstance(text, str)}
    return sum(map(_texts, texts)) + sum(_texts(each) for each in value.values() if not isinstance(each, str))


def _pressed(folder: Path, template: str, order: Mapping[str, object]) -> list[bytes]:
    """What a process of its own makes of an order. Raises CharterkitError where typst refuses, or takes too much."""
    (folder / "order.json").write_text(json.dumps(order), encoding="utf-8")
    try:
        done = subprocess.run(
            [*apart(press.__name__, press.__file__), str(folder / "order.json")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=WAIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused("too-much") from None
    if not 0 <= done.returncode < _ENDED_BY_WINDOWS:
        raise Refused("too-much")
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        if any(words in said for words in _NO_MEMORY):
            raise Refused("too-much")
        raise Refused("paper-fails", template=template, said=visible(said))
    answer = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    if "mistake" in answer:
        raise _mistake(template, answer["mistake"])
    if "fault" in answer:
        raise Refused("paper-fails", template=template, said=visible(answer["fault"]))
    return [(folder / f"made-{number}").read_bytes() for number in range(answer["pages"])]


def _engine() -> tuple[str, list[str]]:
    """The folder that holds the typst module, and the folders with fonts. Raises CharterkitError: what to install."""
    origin = _origin("typst")
    if origin is None:
        raise Missing("needs-typst")
    return str(Path(origin).parent.parent), [str(folder) for folder in _font_folders()]


def font_files() -> list[Path]:
    """One file of each font in upright letters, in the order in which they are tried.

    Raises CharterkitError where a package is missing.
    """
    return [min(folder.glob("*.?tf"), key=_uprightness) for folder in _font_folders()]


def _uprightness(path: Path) -> tuple[bool, bool, str]:
    return "Italic" in path.name, "Regular" not in path.name, path.name


def _font_folders() -> list[Path]:
    """The folders with fonts. Raises CharterkitError that says what to install."""
    folders = []
    for module, package in FONTS.items():
        origin = _origin(module)
        if origin is None:
            raise Missing("needs-fonts", package=package)
        folders.append(Path(origin).parent / "files")
    return folders


def _origin(module: str) -> str | None:
    """The file of an installed module, which is not imported."""
    try:
        spec = find_spec(module)
    except ImportError:
        return None
    return spec.origin if spec else None


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever a view holds
    """A view as mappings, lists and texts that may be shown; what its dataclasses work out (properties) is among it."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _names(type(value))}
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass, and its properties."""
    found = [text for text in dir(kind) if isinstance(getattr(kind, text, None), property) and not text.startswith("_")]
    return (*(field.name for field in fields(kind)), *found)


def _mistake(template: str, said: str) -> Exception:
    """What typst says as a sentence."""
    if refused := _REFUSED.search(said):
        return PaperError(refused[1].strip())
    if missing := _NO_GLYPH.search(said):
        codes = " ".join(f"U+{ord(text):04X}" for text in missing[1][:4])
        return Refused("no-glyph", missing=missing[1], codes=codes)
    if "decode" in said or "image" in said or "SVG" in said:
        return Refused("picture-fails", said=visible(said))
    return Refused("paper-fails", template=template, said=visible(said))
