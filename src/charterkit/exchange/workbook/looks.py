"""How a workbook shows its cells, as far as it changes what they say: 0.62 that is shown as 62%, a day as its month."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from charterkit.records import dataclass

_PERCENT = {"9", "10"}
"""The formats of numbers that every workbook has for percentages (ECMA-376, part 1, 18.8.30)."""
_MONTH = {"17": "month"}
"""The one that every workbook has for a month and its year: mmm-yy."""
_ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*\]|_.|\*.')
"""What a format shows besides the number, or says of its colour and language."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The numbers of the looks that show a percentage, and of those that show of a date its month or year alone."""

    percents: frozenset[str]
    vague: Mapping[str, str]

    @classmethod
    def at(cls, part: bytes) -> "Looks":
        """Reads the part of the workbook that holds the looks."""
        tree = ET.fromstring(part)  # noqa: S314 - no DTD: whoever unpacks the part has refused one
        percents, months = set(_PERCENT), dict(_MONTH)
        looks: list[ET.Element] = []
        for element in tree.iter():
            name = element.tag.rpartition("}")[2]
            if name == "numFmt":
                number, code = element.get("numFmtId", ""), element.get("formatCode", "")
                percents |= {number} if "%" in code else set()
                months |= {number: shows} if (shows := _shows(code)) else {}
            elif name == "cellXfs":
                looks = list(element)
        ids = {str(at): look.get("numFmtId", "") for at, look in enumerate(looks)}
        return cls(
            frozenset(look for look, number in ids.items() if number in percents),
            {look: months[number] for look, number in ids.items() if number in months},
        )


def _shows(code: str) -> str:
    """month, where a format shows a date's month and year; year, where only that; else empty."""
    letters = set(_ASIDE.sub("", code.partition(";")[0]).lower()) & set("ymdhs0#?")
    return {frozenset("ym"): "month", frozenset("y"): "year"}.get(frozenset(letters), "")
