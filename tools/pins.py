"""What charterkit needs to run, in the versions that were tested together, written down twice from constraints.txt.

Once as constraints for the workflows that `init` writes, once as a bill of materials (CycloneDX) that lies in every
wheel. Both are the same on every system and with every Python. A test holds that they are fresh.
"""

import hashlib
import sys
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PINS = ROOT / "constraints.txt"
FOR_WORKFLOWS = ROOT / "templates" / "with" / "any" / "dot-github" / "charterkit-constraints.txt"
BILL = ROOT / "charterkit.cdx.json"

NAME, EXTRAS = "charterkit", ("certificate", "docx", "pdf", "tables", "xlsx")
_SYSTEMS = (("linux", "posix", "Linux"), ("darwin", "posix", "Darwin"), ("win32", "nt", "Windows"))
_PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_ONLY_ELSEWHERE = {"colorama": "BSD-3-Clause"}
"""What only another system needs is not installed here to be asked. Source: its LICENSE.txt, read in November 2026."""
_HEAD = f"""\
# What the workflows in this folder install: {NAME}, and what it needs, in the versions that were tested together.
# To go on to a newer {NAME}, take this file of its "{NAME} init --with git" in an empty folder.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A package: its version, its licences as it states them, and what it needs; `kind` is where it comes from."""

    name: str
    version: str
    licences: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    kind: str = field(default="pypi", repr=False)


def parts() -> Mapping[str, Part]:
    """All of it by name, charterkit first. Raises SystemExit where something is not in constraints.txt."""
    found: dict[str, Part] = {}
    waiting: list[tuple[str, tuple[str, ...]]] = [(NAME, EXTRAS)]
    while waiting:
        name, extras = waiting.pop(0)
        if name not in found:
            needs = dict(_needs(name, extras))
            found[name] = Part(name, _version(name), tuple(licences(name)), tuple(sorted(needs)))
            waiting.extend(needs.items())
    return found


def constraints(found: Iterable[Part]) -> str:
    """The lines for pip."""
    return _HEAD + "".join(f"{part.name}=={part.version}\n" for part in sorted(found, key=lambda part: part.name))


def bill(found: Mapping[str, Part]) -> str:
    """The bill of materials as JSON: no time, and a number that stays while what it says stays."""
    ours = uuid.UUID(hashlib.sha256(repr(found).encode()).hexdigest()[:32], version=4)
    bom = Bom(serial_number=ours)
    components = {name: _component(part) for name, part in found.items()}
    bom.metadata.component = components[NAME]
    bom.components = [component for name, component in components.items() if name != NAME]
    for name, part in found.items():
        bom.register_dependency(components[name], [components[need] for need in part.needs])
    bom.metadata.timestamp = None  # type: ignore[assignment]
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _component(part: Part) -> Component:
    purl = PackageURL(part.kind, name=part.name, version=part.version)
    kind = ComponentType.APPLICATION if part.name == NAME else ComponentType.LIBRARY
    stated = [_licence(text) for text in part.licences]
    return Component(name=part.name, version=part.version, type=kind, purl=purl, bom_ref=str(purl), licenses=stated)


def _licence(text: str) -> License:
    made = LicenseFactory().make_from_string(text)
    return made or DisjunctiveLicense(name=text)


def _needs(name: str, extras: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if name in _ONLY_ELSEWHERE:
        return
    for text in metadata.requires(name) or []:
        need = Requirement(text)
        if need.marker is None or any(need.marker.evaluate(each) for each in _environments(extras)):
            yield canonicalize_name(need.name), tuple(sorted(need.extras))


def _environments(extras: Iterable[str]) -> Iterator[dict[str, str]]:
    for extra in extras or ("",):
        for system, kind, called in _SYSTEMS:
            for python in _PYTHONS:
                yield {
                    "extra": extra,
                    "sys_platform": system,
                    "os_name": kind,
                    "platform_system": called,
                    "python_version": python,
                    "python_full_version": f"{python}.0",
                }


def licences(name: str) -> Iterator[str]:
    """The licences of an installed package, as it states them."""
    if name in _ONLY_ELSEWHERE:
        yield _ONLY_ELSEWHERE[name]
        return
    stated = metadata.metadata(name).json
    classes = [line for line in stated.get("classifier", ()) if line.startswith("License :: ")]
    if "license_expression" in stated:
        yield str(stated["license_expression"])
    elif classes:
        yield from (line.rpartition(" :: ")[2] for line in classes)
    elif "license" in stated:
        yield str(stated["license"])


def _version(name: str) -> str:
    if name == NAME:
        return metadata.version(NAME)
    if name not in _pinned():
        sys.exit(f"{name} is needed and has no line in constraints.txt.")
    return _pinned()[name]


@cache
def _pinned() -> Mapping[str, str]:
    lines = (line.partition("==") for line in PINS.read_text(encoding="utf-8").splitlines() if "==" in line)
    return {canonicalize_name(name): version for name, _, version in lines}


def main() -> None:
    """Write both."""
    found = parts()
    FOR_WORKFLOWS.write_text(constraints(found.values()), encoding="utf-8", newline="\n")
    BILL.write_text(bill(found), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
