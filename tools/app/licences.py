"""What is in the program and from whom: the licence of every part as its makers wrote it, and a bill of materials.

Parts are the packages that a file was taken from, fonts among them, Python itself, PyInstaller, which starts it all,
and on Linux libraries of the system, which Debian and its kin say the licence of.
"""

import json
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

from packaging.utils import canonicalize_name

from tools.pins import Part, bill, licences, parts

BILL = "charterkit-program.cdx.json"
_TEXTS = re.compile(r"licen[cs]e|copying|notice|authors|ofl", re.IGNORECASE)
_STARTER = "pyinstaller"


@dataclass(frozen=True, slots=True)
class Bundled:
    """A part and the files that say under which licence it is."""

    part: Part
    texts: tuple[Path, ...]


def laid(folder: Path, held: Path) -> None:
    """Write the licences and the bill of what PyInstaller says it took. Raises SystemExit where a part says nothing."""
    found = {each.part.name: each for each in bundled(held)}
    folder.mkdir(parents=True)
    for name, each in found.items():
        place = folder / re.sub(r"[^\w.+ -]", "-", f"{name} {each.part.version}")  # as every disk takes it
        place.mkdir()
        for number, text in enumerate(each.texts):
            shutil.copyfile(text, place / (f"{number} {text.name}" if number else text.name))
        if not each.texts:
            place.joinpath("licence.txt").write_text("\n".join(each.part.licences) + "\n", encoding="utf-8")
    folder.joinpath(BILL).write_text(bill(_tied(found)), encoding="utf-8")
    silent = [name for name, each in found.items() if not each.texts and not each.part.licences]
    if silent:
        sys.exit(f"Nothing says under which licence these are: {', '.join(silent)}.")


def bundled(held: Path) -> Iterator[Bundled]:
    """Every part, charterkit first."""
    sources = {Path(source).resolve() for _, source, _ in json.loads(held.read_text(encoding="utf-8")) if source}
    owned: dict[Path, str] = {}
    for there in metadata.distributions():
        owner = canonicalize_name(there.metadata["Name"])
        owned |= {Path(str(file.locate())).resolve(): owner for file in there.files or ()}
    names = {owned[source] for source in sources if source in owned} | {"charterkit", _STARTER}
    for name in sorted(names, key=lambda name: (name != "charterkit", name)):
        yield Bundled(Part(name, metadata.version(name), tuple(licences(name))), tuple(_texts(name)))
    yield _python()
    if sys.platform == "linux":
        yield from _of_the_system(source for source in sources if source not in owned)


def _texts(name: str) -> Iterator[Path]:
    for file in metadata.files(name) or ():
        place = Path(str(file.locate()))
        is_said = ".dist-info" in str(file) and (_TEXTS.search(file.name) or "/sboms/" in file.as_posix())
        if is_said and place.is_file():
            yield place


def _python() -> Bundled:
    """Python with what its makers bundle; their licence file has the licences of that too."""
    places = [Path(sys.base_prefix, "LICENSE.txt"), Path(json.__file__).parents[1] / "LICENSE.txt"]
    part = Part("python", platform.python_version(), ("PSF-2.0",), kind="generic")
    return Bundled(part, tuple(place for place in places if place.is_file())[:1])


def _of_the_system(sources: Iterator[Path]) -> Iterator[Bundled]:
    """The packages of the system that libraries were taken from. Raises SystemExit for one that nobody knows."""
    home = Path(sys.base_prefix).resolve()
    libraries = [source for source in sources if ".so" in source.name and not source.is_relative_to(home)]
    packages = {_package(library) for library in libraries}
    for package in sorted(packages):
        version = _said("dpkg-query", "-W", "-f", "${Version}", package)
        text = Path("/usr/share/doc", package.partition(":")[0], "copyright")
        part = Part(package.partition(":")[0], version, ("as its copyright file says",), kind="deb")
        yield Bundled(part, (text,) if text.is_file() else ())


def _package(library: Path) -> str:
    said = _said("dpkg-query", "-S", f"*/{library.name}")
    if not said:
        sys.exit(f"{library} is of no package, so nothing says under which licence it is.")
    return said.splitlines()[0].partition(": ")[0].partition(",")[0]


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout.strip()


def _tied(found: Mapping[str, Bundled]) -> Mapping[str, Part]:
    """The parts with what each of them needs of the others; charterkit needs what is of no package's need."""
    known = parts()
    tied = {
        name: replace(each.part, needs=tuple(need for need in known[name].needs if need in found))
        if name in known
        else each.part
        for name, each in found.items()
    }
    needed = {need for part in tied.values() for need in part.needs}
    more = tuple(name for name in tied if name not in needed and name != "charterkit")
    tied["charterkit"] = replace(tied["charterkit"], needs=(*tied["charterkit"].needs, *more))
    return tied
