"""How a workbook shows its cells, as far as it changes what they say: 0.62 that is shown as 62%."""

from xml.etree import ElementTree as ET

_PERCENT = {"9", "10"}
"""The formats of numbers that every workbook has for percentages (ECMA-376, part 1, 18.8.30)."""


def percent_looks(part: bytes) -> frozenset[str]:
    """The numbers of the looks that show a percentage, from the part of the workbook that holds the looks."""
    tree = ET.fromstring(part)  # noqa: S314 - no DTD: whoever unpacks the part has refused one
    formats = set(_PERCENT)
    found: set[str] = set()
    for element in tree.iter():
        name = element.tag.rpartition("}")[2]
        if name == "numFmt" and "%" in element.get("formatCode", ""):
            formats.add(element.get("numFmtId", ""))
        elif name == "cellXfs":
            found = {str(at) for at, look in enumerate(element) if look.get("numFmtId") in formats}
    return frozenset(found)
